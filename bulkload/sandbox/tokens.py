"""Tokens as the documents ask for them, checked with the standard library.

JWT (RFC 7519), HS256 alone, claims ``appId`` (the Client ID, spelt exactly so), ``exp``, ``jti``. PyJWT is not
used here on purpose: what our client signs with it must hold before somebody else's eyes.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

LEEWAY = 30.0
"""Seconds by which a token may be issued in our future: clocks differ."""
LONGEST = 3600.0
"""Seconds from now to ``exp`` at most (Kore.ai's page on JTI: at most one hour)."""
MALFORMED = "Invalid JWT token"
WRONG = "Invalid SDK credentials"
REPLAYED = "error verifying the jwt: possibly a replay"
WRONG_SCOPE = "Permission denied. Scope is incorrect!"


class TokenError(Exception):
    """The token can't be accepted; ``str`` is the text the service answers with."""

    def __init__(self, answer: str, problem: str, code: int = 4002) -> None:
        super().__init__(answer)
        self.problem = problem
        """What exactly was wrong: for the log of the sandbox, never in the answer."""
        self.code = code
        """The ``code`` in the answer's body."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose signature and claims hold; whether its ``jti`` is fresh is for the account to say."""

    jti: str
    expires: float
    """Seconds since 1970."""


def verify(text: str | None, *, client_id: str, secret: str, now: float) -> Token:
    """The token, if all of it holds at ``now`` (seconds since 1970); raises TokenError."""
    if not text:
        raise TokenError(WRONG, "the header auth is missing")
    if text.lower().startswith("bearer"):
        raise TokenError(MALFORMED, "the header auth holds the raw token, no Bearer")
    claims = _signed_claims(text, secret)
    if claims.get("appId") != client_id:
        raise TokenError(WRONG, "the claim appId is not the Client ID")
    if not isinstance(claims.get("sub"), str):
        raise TokenError(MALFORMED, "the claim sub is missing or no text")
    expires = _moment(claims, "exp")
    if expires is None or not now < expires <= now + LONGEST:
        raise TokenError(MALFORMED, "the claim exp is missing, past, or more than an hour away")
    issued = _moment(claims, "iat")
    if issued is not None and issued > now + LEEWAY:
        raise TokenError(MALFORMED, "the claim iat lies in the future")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti:
        raise TokenError(MALFORMED, "the claim jti is missing")
    return Token(jti, expires)


def _signed_claims(text: str, secret: str) -> dict[str, Any]:
    parts = text.split(".")
    if len(parts) != 3:
        raise TokenError(MALFORMED, "a token has three parts")
    header = _json_part(parts[0])
    if header.get("alg") != "HS256":
        raise TokenError(MALFORMED, "the token is not signed with HS256")
    expected = hmac.new(secret.encode(), f"{parts[0]}.{parts[1]}".encode(), hashlib.sha256).digest()
    if not hmac.compare_digest(expected, _bytes_part(parts[2])):
        raise TokenError(WRONG, "the signature does not hold")
    return _json_part(parts[1])


def _bytes_part(part: str) -> bytes:
    """One part of a token; base64url without padding (RFC 7515), nothing more forgiving."""
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenError(MALFORMED, "a part of the token is no base64url") from None


def _json_part(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_bytes_part(part))
    except ValueError:
        raise TokenError(MALFORMED, "a part of the token is no JSON") from None
    if not isinstance(value, dict):
        raise TokenError(MALFORMED, "a part of the token is no JSON object")
    return value


def _moment(claims: dict[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
