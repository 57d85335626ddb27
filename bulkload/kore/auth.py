"""A fresh token for every request, retries included, signed with the app's Client Secret.

HS256; ``sub`` (any text), ``appId`` (the Client ID), ``iat``, ``exp`` and a random ``jti``. An app that enforces
JTI takes each ``jti`` once and an ``exp`` of an hour at most; one that does not takes the same token, so this is
valid under both settings (Kore.ai's page on JWT tokens). The raw token travels in the header ``auth``.
"""

from __future__ import annotations

import uuid
import warnings
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import jwt
from jwt.warnings import InsecureKeyLengthWarning

from bulkload.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.settings import Credentials

LIFETIME = 300
"""Seconds that a token is valid: long enough for a slow request, far below the hour that JTI allows."""
TOLERABLE = 60
"""Seconds by which this computer's clock may be wrong before it is the likely reason for a refused token."""


class Signer:
    """Makes tokens; shows neither its secret nor a token in ``repr``.

    Raises SettingsError at once for a secret that can't sign anything.
    """

    def __init__(self, credentials: Credentials, wall: Callable[[], float]) -> None:
        self._credentials = credentials
        self._wall = wall
        try:
            self.token()
        except (jwt.PyJWTError, UnicodeEncodeError):
            raise SettingsError(
                "BULKLOAD_CLIENT_SECRET can't be a Client Secret. "
                "Copy it again from the app's page at Kore.ai, without line breaks or other additions."
            ) from None

    def __repr__(self) -> str:
        return "Signer(***)"

    def token(self) -> str:
        """A token that no other request has used."""
        now = int(self._wall())
        claims = {
            "sub": "bulkload",
            "appId": self._credentials.client_id,
            "iat": now,
            "exp": now + LIFETIME,
            "jti": str(uuid.uuid4()),
        }
        with warnings.catch_warnings():
            # How long a secret is, Kore.ai decides; a person could do nothing about the warning.
            warnings.simplefilter("ignore", InsecureKeyLengthWarning)
            return jwt.encode(claims, self._credentials.client_secret, algorithm="HS256")


def clock_note(date: str | None, wall: float) -> str:
    """A sentence that says this computer's clock is wrong; empty where it is not, or nothing can be said.

    ``date`` is the header of the service's answer, ``wall`` this computer's time in seconds since 1970.
    """
    try:
        difference = wall - parsedate_to_datetime(date or "").timestamp()
    except (ValueError, OverflowError):
        return ""
    if abs(difference) <= TOLERABLE:
        return ""
    minutes = max(1, round(abs(difference) / 60))
    return (
        f" This computer's clock is about {minutes} minute{'s' if minutes > 1 else ''} "
        f"{'ahead of' if difference > 0 else 'behind'} the service's, which alone can be the reason: set it right."
    )
