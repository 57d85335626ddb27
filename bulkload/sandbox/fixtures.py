"""The pretend account: its credentials and the names it knows, as data.

The credentials are fixed and public, because they open nothing but a sandbox on this machine. The names hold every
list, queue, flow and caller ID of the seeds' samples, so that a sample can be sent as it is.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias

APP_ID = "st-0603182c-7ffb-53c3-b307-47ca14b90000"
"""The application id (iid); the seeds' own, its masked end filled in."""
ACCOUNT_ID = "67777ce93e25326494e90000"
"""24 hexadecimal digits; the seeds' own, its masked end filled in."""
CLIENT_ID = "cs-5a9d2c1e-77a1-5b06-9f4e-0c8e5d3b0000"
CLIENT_SECRET = "pretend-secret-of-the-sandbox-on-127.0.0.1"  # noqa: S105  (opens this sandbox alone)

ListStatus: TypeAlias = Literal["Ready", "Validated", "Validating", "Invalid"]
KINDS = ("contact_lists", "dnc_lists", "queues", "flows", "caller_ids")


@dataclass(frozen=True, slots=True)
class ContactList:
    """What the account says about a contact list, apart from its name."""

    status: ListStatus = "Validated"
    total_records: int = 1
    source: str = "localDrive"
    """``localDrive`` for an uploaded file, ``passiveApi`` for a list that a program fills."""


FED_BY_API = ContactList("Ready", 0, "passiveApi")
"""A list that a program fills: Ready and empty in the samples."""


@dataclass(frozen=True, slots=True)
class Fixtures:
    """The names that an application knows; any other is "... not found"."""

    contact_lists: tuple[str, ...] = ()
    dnc_lists: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    """Experience flows."""
    caller_ids: tuple[str, ...] = ()
    details: dict[str, ContactList] = field(default_factory=dict)
    """By name, the contact lists that are not an uploaded file with one record."""

    def rows(self) -> list[tuple[str, str, str, str]]:
        """List (kind, name, id, details as JSON) of each; the kinds are the field names."""
        return [
            (kind, name, identifier(kind, name), self._details_of(kind, name))
            for kind in KINDS
            for name in dict.fromkeys(getattr(self, kind))
        ]

    def _details_of(self, kind: str, name: str) -> str:
        found = self.details.get(name, ContactList()) if kind == "contact_lists" else None
        return json.dumps(asdict(found) if found else {})


@dataclass(frozen=True, slots=True)
class Application:
    """One application of an account: where it is, who may use it, and what it knows."""

    app_id: str
    account_id: str
    """Applications of one account share its rate limit."""
    client_id: str
    client_secret: str = field(repr=False)
    fixtures: Fixtures = Fixtures()
    """Names that it knows in addition to ``KNOWN``."""

    @classmethod
    def numbered(
        cls, number: int, *, account: int | None = None, fixtures: Fixtures | None = None
    ) -> Application:
        """Make up application ``number``, in an account of its own or in account number ``account``."""
        account = number if account is None else account
        return cls(
            f"st-{uuid.uuid5(uuid.NAMESPACE_OID, f'application {number}')}",
            f"{account:024x}",
            f"cs-{uuid.uuid5(uuid.NAMESPACE_OID, f'client {number}')}",
            f"pretend-secret-of-application-{number}",
            fixtures or Fixtures(),
        )

    def to_json(self) -> dict[str, Any]:
        """Everything about it as JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Application:
        """Read what ``to_json`` wrote."""
        names = dict(value.get("fixtures", {}))
        details = {name: ContactList(**one) for name, one in names.pop("details", {}).items()}
        fixtures = Fixtures(**{kind: tuple(of_kind) for kind, of_kind in names.items()}, details=details)
        return cls(**{**value, "fixtures": fixtures})


PRETEND = Application(APP_ID, ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET)
"""The application that every sandbox has."""

KNOWN = Fixtures(
    contact_lists=(
        "Recent Buyers - Q2 2025",
        "CL Only 2020 Dec 4",
        "Loan holders - Nov",
        "Loan holders - Dec",
        "Card renewals",
        "Welcome calls",
        "Payment reminders",
        "Store openings, north",
        "Insurance renewals 30/60 days",
        "Lapsed customers 2024",
        "Survey panel | spring",
        "Appointment reminders",
        "Card holders Ireland",
        "Loan holders - Oct",
        "Appointments tomorrow",
    ),
    dnc_lists=("DNC CL Dec 4", "Do not call - company", "DNC global"),
    queues=(
        "Default Queue",
        "Collections",
        "Card services",
        "Sales - inbound & outbound",
        "Customer care",
        "Collections EN",
    ),
    flows=("Voice Survey Entry Flow", "Payment reminder flow", "Appointment confirmation", "Welcome message"),
    caller_ids=(
        "+181234567",
        "+18123456789",
        "+15101234567",
        "+15123456789",
        "+181633xxxxx",
        "+14155550123",
        "+442079460958",
        "sip:outbound@voice.example.com",
    ),
    details={"Recent Buyers - Q2 2025": FED_BY_API},
)
"""What every application knows. The seeds' names come first in each kind, those of the template's examples last.
Telephone numbers of our own are from the ranges set aside for fiction."""


def identifier(kind: str, name: str) -> str:
    """Make the id of a name, the same in every sandbox: ``cl-68b802a-2b99-...`` (seeds, ``dncLists.id``)."""
    digits = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}/{name}"))
    prefix = {"contact_lists": "cl", "dnc_lists": "cl", "queues": "qu", "flows": "cf"}.get(kind, "ph")
    return f"{prefix}-{digits}" if kind == "flows" else f"{prefix}-{digits[1:]}"
