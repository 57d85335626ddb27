"""A fresh token for every request, retries included, signed with the app's Client Secret.

HS256; ``sub`` (any text), ``appId`` (the Client ID), ``iat``, ``exp`` and a random ``jti``. An app that enforces
JTI accepts each ``jti`` once, and an ``exp`` of an hour at most. Other apps accept the same token (Kore.ai's page
on JWT tokens). The raw token is sent in the header ``auth``.
"""

from __future__ import annotations

import uuid
import warnings
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

import jwt
from jwt.warnings import InsecureKeyLengthWarning

from bulkload.errors import SettingsError
from bulkload.kore import messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.settings import Credentials

LIFETIME = 300
"""Seconds that a token is valid: long enough for a slow request, far below the hour that JTI allows."""
ISSUED_BEFORE = 60
"""Seconds by which a token's issue is dated back, because this computer's clock may be a little ahead."""
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
            raise SettingsError(messages.SECRET_UNUSABLE()) from None

    def __repr__(self) -> str:
        return "Signer(***)"

    def token(self) -> str:
        """A token that no other request has used."""
        now = int(self._wall())
        claims = {
            "sub": "bulkload",
            "appId": self._credentials.client_id,
            # A clock a few seconds ahead would otherwise make a token "used before issued".
            "iat": now - ISSUED_BEFORE,
            "exp": now + LIFETIME,
            # An app that enforces JTI accepts each one for a single request.
            "jti": str(uuid.uuid4()),
        }
        with warnings.catch_warnings():
            # Kore.ai decides how long a secret is, so the warning would help no user.
            warnings.simplefilter("ignore", InsecureKeyLengthWarning)
            return jwt.encode(claims, self._credentials.client_secret, algorithm="HS256")


def clock_error(date: str | None, wall: float) -> tuple[str, str] | None:
    """By how much this computer's clock is wrong: ``("5 minutes", "ahead of")``; None where it seems right.

    ``date`` is the header of the service's answer, ``wall`` this computer's time in seconds since 1970.
    """
    try:
        difference = wall - parsedate_to_datetime(date or "").timestamp()
    except (ValueError, OverflowError):
        return None
    if abs(difference) <= TOLERABLE:
        return None
    minutes = max(1, round(abs(difference) / 60))
    amount = f"{minutes} minute{'s' if minutes > 1 else ''}"
    return amount, "ahead of" if difference > 0 else "behind"
