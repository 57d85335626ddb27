"""Two services, an account at each, and every way in which the sources of settings can mix them up."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import Any

import jwt
from support.fakes.raw_server import RawRequest, RawServer, answer

EMPTY_LISTING = answer(200, {"status": "SUCCESS", "campaigns": [], "totalResults": 0, "hasMore": False})


@dataclass(frozen=True)
class Account:
    """One account's settings."""

    name: str
    host: str
    secret: str

    @property
    def values(self) -> dict[str, str]:
        digits = "a" if self.name == "acme" else "b"
        return {
            "host": self.host,
            "app_id": f"st-{self.name}",
            "account_id": digits * 24,
            "client_id": f"cs-{self.name}",
            "client_secret": self.secret,
        }

    def of(self, *names: str) -> dict[str, str]:
        """Some of its settings by their variables."""
        return {f"BULKLOAD_{name.upper()}": self.values[name] for name in names}

    @property
    def section(self) -> str:
        lines = "".join(f'{name} = "{value}"\n' for name, value in self.values.items())
        return f"[{self.name}]\n{lines}\n"

    def owns(self, request: RawRequest) -> bool:
        """Whether the request carries a token of this account, by its claims and its signature."""
        claims: dict[str, Any] = jwt.decode(request.headers["auth"], options={"verify_signature": False})
        try:
            jwt.decode(request.headers["auth"], self.secret, algorithms=["HS256"])
        except jwt.InvalidSignatureError:
            return claims["appId"] == self.values["client_id"]
        return True


ALL = ("host", "app_id", "account_id", "client_id", "client_secret")
PARTS = (
    (),
    ALL,
    ("host",),
    ("client_id", "client_secret"),
    ("client_secret",),
    ("host", "app_id", "account_id"),
)


@dataclass(frozen=True)
class Mixture:
    """What the environment and ``.env`` say, and which account is chosen."""

    chosen: str | None
    environment: dict[str, str] = field(default_factory=dict)
    dotenv: dict[str, str] = field(default_factory=dict)


def mixtures(acme: Account, bolt: Account) -> list[Mixture]:
    """Each choice, with each part of each account in each of the two places."""
    parts = [account.of(*part) for account in (acme, bolt) for part in PARTS]
    return [
        Mixture(chosen, environment, dotenv)
        for chosen, environment, dotenv in itertools.product((None, "acme", "bolt"), parts, parts)
    ]


def server() -> RawServer:
    """A service that answers every listing with no campaigns, and keeps the requests."""
    return RawServer(EMPTY_LISTING)
