"""The pretend account: its credentials and the names it knows, as data.

The credentials are pretend, fixed and public: they open nothing but a sandbox on this machine. The names hold
every list, queue, flow and caller ID of the seed documents' samples, so that a sample can be sent as it stands.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, fields

APP_ID = "st-0603182c-7ffb-53c3-b307-47ca14b90000"
"""The application id (iid); the seeds' own, its masked end filled in."""
ACCOUNT_ID = "67777ce93e25326494e90000"
"""24 hexadecimal digits; the seeds' own, its masked end filled in."""
CLIENT_ID = "cs-5a9d2c1e-77a1-5b06-9f4e-0c8e5d3b0000"
CLIENT_SECRET = "pretend-secret-of-the-sandbox-on-127.0.0.1"  # noqa: S105  (pretend: opens this sandbox alone)


@dataclass(frozen=True, slots=True)
class Known:
    """What exists in an account beside its campaigns; anything else is "... not found"."""

    contact_lists: tuple[str, ...] = ()
    dnc_lists: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    """Experience flows."""
    caller_ids: tuple[str, ...] = ()

    def rows(self) -> list[tuple[str, str, str]]:
        """(kind, name, id) of each, the kinds being the field names."""
        return [
            (field.name, name, identifier(field.name, name))
            for field in fields(self)
            for name in dict.fromkeys(getattr(self, field.name))
        ]


KNOWN = Known(
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
)
"""What every sandbox knows. The seeds' names come first in each kind, those of the template's examples last;
telephone numbers of our own are from the ranges set aside for fiction."""


def identifier(kind: str, name: str) -> str:
    """The id of a known thing, the same in every sandbox: ``cl-68b802a-2b99-...`` (seeds, ``dncLists.id``)."""
    digits = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{kind}/{name}"))
    prefix = {"contact_lists": "cl", "dnc_lists": "cl", "queues": "qu", "flows": "cf"}.get(kind, "ph")
    return f"{prefix}-{digits}" if kind == "flows" else f"{prefix}-{digits[1:]}"
