"""The audit: what a listing says of a row that was answered, and whether anything stands there beside it.

Per row exactly one new campaign of its name, with the values that were sent; anything else is a conflict that
a person must judge. The tool never deletes by itself. A listing carries no dialing strategy, so calling hours
are not compared: one request for each campaign would cost the budget of creating them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.run.messages import looked as words
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.model import RemoteCampaign
    from bulkload.run.context import Limits
    from bulkload.run.records import JournalRow

READY = frozenset({"ready", "active", "paused", "completed", "stopped", "scheduled", "rescheduled"})
"""Every documented status but Preparing: the campaign has been prepared."""


class AccountSnapshot:
    """One listing of the account, seen from one run."""

    def __init__(
        self,
        listing: Iterable[RemoteCampaign],
        *,
        seen: frozenset[str],
        owners: Mapping[str, frozenset[tuple[str, int]]],
    ) -> None:
        self._by_id = {listed.campaign_id: listed for listed in listing}
        self._seen = seen
        self._owners = owners
        self._new: dict[str, list[RemoteCampaign]] = {}
        for campaign_id, listed in self._by_id.items():
            if campaign_id not in seen and campaign_id not in owners:
                self._new.setdefault(name_key(listed.name), []).append(listed)

    def get(self, campaign_id: str | None) -> RemoteCampaign | None:
        """The campaign of that id."""
        return self._by_id.get(campaign_id or "")

    def new(self, row: JournalRow) -> list[RemoteCampaign]:
        """Campaigns of the row's name that were not there before the run and belong to no row."""
        return [one for one in self._new.get(row.key, ()) if one.campaign_id != row.campaign_id]

    def is_its_own(self, row: JournalRow) -> bool:
        """Whether the id that a create was answered with is a new campaign's, and no other row's."""
        creators = self._owners.get(row.campaign_id or "", frozenset())
        return row.campaign_id not in self._seen and creators <= {(row.run, row.row)}


def audit(row: JournalRow, sight: AccountSnapshot, age: float, limits: Limits) -> Change | None:
    """What the row becomes; None: it stays as it is.

    ``age`` is the seconds between the row's answer and this listing.
    """
    match row.state:
        case State.ACCEPTED | State.PREPARING | State.MISMATCH | State.VERIFIED:
            return _beside(row, sight) or _itself(row, sight, age, limits)
        case State.REJECTED if not row.updates and (others := sight.new(row)):
            return Change(State.CONFLICT, *words.refused_yet_there(row.message, others))
        case State.PLANNED | State.ABSENT if row.attempts and not row.updates and (others := sight.new(row)):
            return Change(State.UNKNOWN, *words.shows_up(others))
        case _:
            return None


def _beside(row: JournalRow, sight: AccountSnapshot) -> Change | None:
    if row.target_id is not None:
        if row.campaign_id == row.target_id:
            return None
        return Change(State.CONFLICT, *words.another_id(row.target_id, row.campaign_id))
    if not sight.is_its_own(row):
        return Change(State.CONFLICT, *words.not_a_new_id(row.campaign_id))
    others = sight.new(row)
    return Change(State.CONFLICT, *words.doubled(row.campaign_id, others)) if others else None


def _itself(row: JournalRow, sight: AccountSnapshot, age: float, limits: Limits) -> Change | None:
    listed = sight.get(row.campaign_id)
    change: Change | None = None
    if listed is None:
        if row.state is State.ACCEPTED and age >= limits.settle:
            change = Change(State.CONFLICT, *words.not_listed(row.campaign_id, age))
    elif not row.updates and name_key(listed.name) != row.key:
        if age >= limits.settle:  # new as it is, somebody else may have created it meanwhile
            change = Change(State.CONFLICT, *words.another_name(listed))
    elif differing := differences(row.body, listed):
        if age >= limits.settle:  # before, the listing may still show what was there
            change = Change(State.MISMATCH, *words.differs(differing), platform_status=listed.status)
    elif is_ready(listed):
        change = Change(State.VERIFIED, row.message, platform_status=listed.status)
    elif age >= limits.ready_timeout:
        change = Change(
            State.PREPARING, *words.still_preparing(listed.status, age), platform_status=listed.status
        )
    # What already is so, and a verified row that another look can't improve, stay.
    return None if change is None or change.state is row.state or row.state is State.VERIFIED else change


def is_ready(listed: RemoteCampaign) -> bool:
    """Whether it has been prepared. A status that no document names is not taken for good."""
    return (listed.status or "").strip().casefold() in READY


def differences(body: Mapping[str, Any], listed: RemoteCampaign) -> dict[str, tuple[str, str]]:
    """Heading: (what was sent, what the listing shows), for each value that a listing shows and that differs.

    Names of lists, queues and flows are compared folded, for the service finds them whatever their case; the
    campaign's own name exactly, but for spaces at its ends.
    """
    pairs: dict[str, tuple[str | None, str | None]] = {
        "Campaign name": (body["name"], listed.name),
        "Dialing mode": (body.get("dialingMode"), listed.dialing_mode),
        "Priority": (body.get("priority"), None if listed.priority is None else str(listed.priority)),
        "DNC list": ((body.get("dncLists") or {}).get("name"), listed.dnc_list),
        "Contact lists": (_joined(body.get("contactLists")), _joined(listed.contact_lists)),
        "Connection": (body.get("queue_name") or body.get("experienceFlowName"), listed.connection),
    }
    return {
        heading: (sent, shown)
        for heading, (sent, shown) in pairs.items()
        if sent is not None and shown is not None and not _same(heading, sent, shown)
    }


def _same(heading: str, sent: str, shown: str) -> bool:
    if heading == "Campaign name":
        return sent.strip() == shown.strip()
    return name_key(sent) == name_key(shown)


def _joined(names: Iterable[str] | None) -> str | None:
    """In an order of its own: the service keeps none."""
    return None if names is None else ", ".join(sorted((name.strip() for name in names), key=name_key))
