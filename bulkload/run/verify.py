"""What one listing of the account says of a row: whether it was created, what it became, what is beside it.

Settling judges a row whose answer was lost. A candidate is a campaign that was not in the account before the run
and belongs to no row. Names prove nothing, because services store them otherwise: whatever a document does not
contradict stays a candidate, and while there is one the row is not called absent. No candidate means nothing
before the settling time is over, or in a listing that hides campaigns. Looking by name at once and sending again
made 392 duplicates in 100,000 simulated rows, settling for 120 s none.

The audit judges a row that was answered: per row exactly one new campaign of its name, with the values that were
sent. Anything else needs a person. The tool never deletes by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.run.messages import ended as messages
from bulkload.run.messages import sent
from bulkload.run.messages.wording import duration, ids_of
from bulkload.run.normalise import names_match_widely
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.text import and_list, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.messages import Message
    from bulkload.model import RemoteCampaign
    from bulkload.run.context import Limits
    from bulkload.run.records import JournalRow

READY = frozenset(
    {
        *("ready", "active", "paused", "completed", "stopped", "scheduled", "rescheduled"),
        *("rerun", "running", "run as emergency"),
    }
)
"""Every documented status but Preparing: the campaign has been prepared."""
FAILED = frozenset({"failed", "error"})
"""Statuses with which a campaign can't be started."""
APART = 0.25
"""The second look that finds nothing comes this share of the settling time after the first."""


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
        self.listed_ids = frozenset(self._by_id)
        self._seen = seen
        self._owners = owners
        self._new: dict[str, list[RemoteCampaign]] = {}
        for campaign_id, listed in self._by_id.items():
            if campaign_id not in seen and campaign_id not in owners:
                self._new.setdefault(name_key(listed.name), []).append(listed)

    @property
    def strangers(self) -> list[RemoteCampaign]:
        """Campaigns that were not there before the run and belong to no row."""
        return [one for found in self._new.values() for one in found]

    def claimants(self, stranger: RemoteCampaign, rows: Iterable[JournalRow]) -> list[JournalRow]:
        """The rows whose campaign this may be by its name, however the service stores names."""
        of_the_name = [row for row in rows if row.key == name_key(stranger.name)]
        return of_the_name or [row for row in rows if names_match_widely(row.name, stranger.name)]

    def add(self, document: RemoteCampaign) -> None:
        """A campaign that the listing lacks, and that is there: it was asked for by its id."""
        self._by_id[document.campaign_id] = document

    def get(self, campaign_id: str | None) -> RemoteCampaign | None:
        """The campaign of that id."""
        return self._by_id.get(campaign_id or "")

    def new_namesakes(self, row: JournalRow) -> list[RemoteCampaign]:
        """Campaigns of the row's name that were not there before the run and belong to no row."""
        return [one for one in self._new.get(row.key, ()) if one.campaign_id != row.campaign_id]

    def is_new_and_own(self, row: JournalRow) -> bool:
        """Whether the id that a create was answered with is a new campaign's, and no other row's."""
        creators = self._owners.get(row.campaign_id or "", frozenset())
        return row.campaign_id not in self._seen and creators <= {(row.run, row.row)}


@dataclass(frozen=True, slots=True)
class Candidates:
    """The new campaigns that may be the one of a row whose answer was lost."""

    named: tuple[RemoteCampaign, ...] = ()
    """Those whose name may be the row's."""
    is_equal: bool = False
    """Whether the only one of them was read by its id and equals what was sent."""
    differing: tuple[str, ...] = ()
    """Headings in which the only one of them is known to differ."""
    others: tuple[RemoteCampaign, ...] = ()
    """New campaigns of other names that nothing contradicts."""
    is_provable: bool = True
    """Whether the listing shows every campaign that it must show."""


def audit(row: JournalRow, snapshot: AccountSnapshot, age: float, limits: Limits) -> Change | None:
    """What the row becomes; None: it stays as it is.

    ``age`` is the seconds between the row's answer and this listing.
    """
    match row.state:
        case State.ACCEPTED | State.PREPARING | State.MISMATCH | State.VERIFIED:
            return _beside(row, snapshot) or _itself(row, snapshot, age, limits)
        case State.REJECTED if row.attempts and not row.updates and (others := snapshot.new_namesakes(row)):
            return Change(State.CONFLICT, _refused_yet_there(row, others))
        case State.PLANNED | State.ABSENT if (
            row.attempts and not row.updates and (others := snapshot.new_namesakes(row))
        ):
            return Change(State.UNKNOWN, messages.SHOWS_UP(ids=ids_of(others)))
        case _:
            return None


def _beside(row: JournalRow, snapshot: AccountSnapshot) -> Change | None:
    if row.target_id is not None:
        if row.campaign_id == row.target_id:
            return None
        return Change(State.CONFLICT, messages.ANOTHER_ID(target=row.target_id, campaign_id=row.campaign_id))
    if not snapshot.is_new_and_own(row):
        return Change(State.CONFLICT, messages.NOT_A_NEW_ID(campaign_id=row.campaign_id))
    others = snapshot.new_namesakes(row)
    return (
        Change(State.CONFLICT, messages.DOUBLED(campaign_id=row.campaign_id, ids=ids_of(others)))
        if others
        else None
    )


def _itself(row: JournalRow, snapshot: AccountSnapshot, age: float, limits: Limits) -> Change | None:
    listed = snapshot.get(row.campaign_id)
    change: Change | None = None
    if listed is None:
        if row.state is State.ACCEPTED and age >= limits.settle:
            wait = duration(age)
            change = Change(State.CONFLICT, messages.NOT_LISTED(campaign_id=row.campaign_id, wait=wait))
    elif row.target_id is None and not names_match_widely(row.name, listed.name):
        if age >= limits.settle:
            said = messages.ANOTHER_NAME(campaign_id=listed.campaign_id, name=listed.name)
            change = Change(State.CONFLICT, said)
    else:
        change = _compared(row, listed, age, limits)
    # What already is so, and a verified row that another look can't improve, stay.
    return None if change is None or change.state is row.state or row.state is State.VERIFIED else change


def _compared(  # noqa: PLR0911  (a table, the most important first)
    row: JournalRow, listed: RemoteCampaign, age: float, limits: Limits
) -> Change | None:
    status = listed.status
    if differing := listed_differences(row.body, listed):
        if age < limits.settle:  # the listing may still show what was there before
            return None
        said = messages.STORED_OTHERWISE(headings=and_list(differing))
        return Change(State.MISMATCH, said, platform_status=status)
    if is_mismatch_by_answer(row):  # the listing does not show what differs
        return None
    if (status or "").strip().casefold() in FAILED:
        return Change(State.MISMATCH, messages.BAD_STATUS(status=status), platform_status=status)
    if is_ready(listed):
        # A second campaign may show up late beside one that was found, or that was sent more than once.
        is_sure = age >= limits.settle or not (row.is_found or row.attempts > 1)
        return Change(State.VERIFIED, row.explanation, platform_status=status) if is_sure else None
    if age < limits.ready_timeout:
        return None
    if status and status.strip().casefold() != "preparing":
        return Change(State.MISMATCH, messages.BAD_STATUS(status=status), platform_status=status)
    said = messages.STILL_PREPARING(status=status or "not known", wait=duration(age))
    return Change(State.PREPARING, said, platform_status=status)


def is_mismatch_by_answer(row: JournalRow) -> bool:
    """Whether the answer itself showed other values than were sent."""
    return row.state is State.MISMATCH and row.explanation is not None and row.explanation.code == _STORED


_STORED = messages.STORED_AT_ONCE_OTHERWISE.code


def is_ready(listed: RemoteCampaign) -> bool:
    """Whether it has been prepared. A status that no document names is not taken for good."""
    return (listed.status or "").strip().casefold() in READY


def listed_differences(body: Mapping[str, Any], listed: RemoteCampaign) -> dict[str, tuple[str, str]]:
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


def settle(  # noqa: PLR0911  (a table)
    row: JournalRow, candidates: Candidates, age: float, limit: float, first_empty: float | None
) -> Change | None:
    """What the row becomes; None: nobody can say yet, or it is an update, which a listing can't settle.

    ``age`` is the seconds between the last sign of life of the row's request and this listing, ``limit`` the
    settling time, ``first_empty`` the age at which a listing first proved nothing after that time.
    """
    if row.updates:
        return None
    named = candidates.named
    if len(named) > 1:
        return Change(State.CONFLICT, messages.SEVERAL_FOUND(ids=ids_of(named)))
    if named and candidates.is_equal:
        return Change(State.ACCEPTED, messages.FOUND(), campaign_id=named[0].campaign_id, is_found=True)
    if named:
        # While it is prepared, it may not show all of itself yet.
        is_sure = age >= limit and candidates.differing
        return Change(State.CONFLICT, _found_otherwise(named[0], candidates.differing)) if is_sure else None
    if first_empty is None or age < first_empty + APART * limit or not candidates.is_provable:
        return None
    if candidates.others:
        other = candidates.others[0]
        said = messages.MAY_BE_STRANGER(campaign_id=other.campaign_id, name=other.name)
        return Change(State.CONFLICT, said)
    return _not_there(row)


def _not_there(row: JournalRow) -> Change:
    """Not created: refused where the service had answered so, else to be sent again by a resume."""
    said = row.explanation
    if said is not None and said.code in _ANSWERED:
        return Change(State.REJECTED, said)
    if said is not None and said.code == sent.NO_ANSWER.code:
        return Change(State.ABSENT, messages.NOT_CREATED_WITH_WORDS(reason=said.values["reason"]))
    return Change(State.ABSENT, messages.NOT_CREATED())


_ANSWERED = frozenset({sent.REFUSED.code, sent.ANSWERED_WITHOUT_RESULT.code})


def _refused_yet_there(row: JournalRow, others: list[RemoteCampaign]) -> Message:
    words = str(row.explanation.values.get("words", "")) if row.explanation else ""
    return messages.REFUSED_YET_THERE(words=words, ids=ids_of(others))


def _found_otherwise(listed: RemoteCampaign, differing: Iterable[str]) -> Message:
    return messages.FOUND_OTHERWISE(campaign_id=listed.campaign_id, headings=and_list(differing))
