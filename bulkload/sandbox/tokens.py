"""Tokens as the documents ask for them, checked with the standard library.

JWT (RFC 7519), HS256 alone, claims ``appId`` (the Client ID, spelt exactly so), ``exp``, ``jti``. PyJWT is not
used here on purpose: a second implementation must accept what our client signs with it.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST = 3600.0
"""Seconds from now to ``exp`` at most (Kore.ai's page on JTI: at most one hour)."""
MALFORMED = "Invalid JWT token"
WRONG = "Invalid SDK credentials"
REPLAYED = "error verifying the jwt: possibly a replay"
WRONG_SCOPE = "Permission denied. Scope is incorrect!"


class TokenError(Exception):
    """The token can't be accepted; ``str`` is the text that the service answers."""

    def __init__(self, answer: str, problem: str, code: int = 4002) -> None:
        super().__init__(answer)
        self.problem = problem
        """What exactly was wrong: for the log of the sandbox, never in the answer."""
        self.code = code
        """The ``code`` in the answer's body."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How strict the service is."""

    enforces_jti: bool = True
    """Every token needs a ``jti``, and an ``exp`` within an hour."""
    iat_leeway: float | None = 30.0
    """Seconds by which a token may be issued in the future; None: not looked at."""
    names_fault: bool = False
    """Whether the answer says what is wrong with a time."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token whose signature and claims are right; whether its ``jti`` is fresh, the account decides."""

    client_id: str
    jti: str | None
    """None where there is none, and none is demanded."""
    expires: float
    """Seconds since 1970."""


def verify(text: str | None, *, secrets: Mapping[str, str], now: float, policy: Policy) -> Token:
    """Read a token and check all of it at ``now`` (seconds since 1970); raises TokenError.

    ``secrets`` has the Client Secret of each Client ID.
    """
    if not text:
        raise TokenError(WRONG, "the header auth is missing")
    if text.lower().startswith("bearer"):
        raise TokenError(MALFORMED, "the header auth holds the raw token, no Bearer")
    client_id, claims = _signed_claims(text, secrets)
    if not isinstance(claims.get("sub"), str):
        raise TokenError(MALFORMED, "the claim sub is missing or no text")
    _check_issued(claims, now, policy)
    expires = _expiry(claims, now, policy)
    jti = claims.get("jti")
    if isinstance(jti, str) and jti:
        return Token(client_id, jti, expires)
    if policy.enforces_jti:
        raise TokenError(MALFORMED, "the claim jti is missing")
    return Token(client_id, None, expires)


def _expiry(claims: Mapping[str, Any], now: float, policy: Policy) -> float:
    expires = _moment(claims, "exp")
    if expires is None and not policy.enforces_jti:
        return now
    if expires is None:
        raise TokenError(MALFORMED, "the claim exp is missing")
    if expires <= now:
        raise TokenError("jwt expired" if policy.names_fault else MALFORMED, "the claim exp is past")
    if policy.enforces_jti and expires > now + LONGEST:
        raise TokenError(MALFORMED, "the claim exp is more than an hour away")
    return expires


def _check_issued(claims: Mapping[str, Any], now: float, policy: Policy) -> None:
    issued = _moment(claims, "iat")
    if policy.iat_leeway is None or issued is None or issued <= now + policy.iat_leeway:
        return
    words = "Token used before issued: iat is in the future" if policy.names_fault else MALFORMED
    raise TokenError(words, "the claim iat lies in the future")


def _signed_claims(text: str, secrets: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The Client ID and the claims, once the signature was found right."""
    parts = text.split(".")
    if len(parts) != 3:
        raise TokenError(MALFORMED, "a token has three parts")
    if _json_part(parts[0]).get("alg") != "HS256":
        raise TokenError(MALFORMED, "the token is not signed with HS256")
    signature = _bytes_part(parts[2])
    claims = _json_part(parts[1])
    client_id = claims.get("appId")
    if not isinstance(client_id, str) or client_id not in secrets:
        raise TokenError(WRONG, "the claim appId is not the Client ID of any application")
    signed = f"{parts[0]}.{parts[1]}".encode()
    if not hmac.compare_digest(
        hmac.new(secrets[client_id].encode(), signed, hashlib.sha256).digest(), signature
    ):
        raise TokenError(WRONG, "the signature is wrong")
    return client_id, claims


def _bytes_part(part: str) -> bytes:
    """One part of a token; base64url without padding (RFC 7515), nothing more forgiving."""
    try:
        return base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise TokenError(MALFORMED, "a part of the token is not base64url") from None


def _json_part(part: str) -> dict[str, Any]:
    try:
        value = json.loads(_bytes_part(part))
    except ValueError:
        raise TokenError(MALFORMED, "a part of the token is not JSON") from None
    if not isinstance(value, dict):
        raise TokenError(MALFORMED, "a part of the token is not a JSON object")
    return value


def _moment(claims: Mapping[str, Any], name: str) -> float | None:
    value = claims.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)
