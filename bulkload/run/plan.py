"""What a run will do, decided for every row before anything is sent, so that a person can look at it first.

A create is sent only where nobody has the name: neither the account's listing, nor an earlier run of this
machine whose campaign a late listing may not show yet, nor one whose answer was lost. Wall time is used for
one thing alone: whether a missing campaign is merely late; either way nothing is created twice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulkload.kore.body import digest
from bulkload.messages import quoted
from bulkload.model import Action
from bulkload.run.audit import differences, is_ready
from bulkload.run.messages import planned as words
from bulkload.run.records import Change
from bulkload.run.states import SUCCEEDED, UNRESOLVED, State
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import datetime

    from bulkload.messages import Message
    from bulkload.model import Payload, RemoteCampaign
    from bulkload.run.earlier_runs import EarlierRow, History
    from bulkload.run.messages.wording import RowMessage


@dataclass(frozen=True, slots=True)
class Decision:
    """What will become of one row."""

    payload: Payload
    change: Change
    """PLANNED is to be sent, UNKNOWN to be looked up first; everything else is already decided."""
    is_done: bool = False
    """Whether an earlier part of the same run has dealt with the row."""

    @property
    def state(self) -> State:
        """Where the row stands when the run begins."""
        return self.change.state

    @property
    def action(self) -> Action | None:
        """What the plan does about the row; None where the run has dealt with it before."""
        if self.is_done:
            return None
        if self.state is State.PLANNED:
            return Action.UPDATE if self.payload.updates else Action.CREATE
        return _ACTIONS[self.state]

    @property
    def reason(self) -> Message | None:
        """Why, and what the person can do; None where the action says it all."""
        message, fix = self.change.message, self.change.fix
        return quoted(message, fix) if message or fix else None

    @property
    def is_sendable(self) -> bool:
        """Whether the row may be sent."""
        return self.state in {State.PLANNED, State.UNKNOWN} and not self.is_done


_ACTIONS = {
    State.UNKNOWN: Action.LOOK_UP,
    State.ALREADY_CREATED: Action.ALREADY_THERE,
    State.UNCHANGED: Action.UNCHANGED,
    State.CONFLICT: Action.CONFLICT,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision for every row, in the order of the sheet, and the listing that it rests on."""

    decisions: tuple[Decision, ...]
    listing: tuple[RemoteCampaign, ...]
    """Every campaign of the account before the run."""
    listing_requests: Callable[[int], int] = lambda _: 1
    """How many requests a listing of so many campaigns takes."""
    planned_at: float = 0.0
    """When the listing was begun, on the clock."""

    @property
    def creates(self) -> tuple[Decision, ...]:
        """Campaigns that will be created."""
        return self._with(Action.CREATE)

    @property
    def updates(self) -> tuple[Decision, ...]:
        """Campaigns that will be changed."""
        return self._with(Action.UPDATE)

    @property
    def in_doubt(self) -> tuple[Decision, ...]:
        """Rows of an interrupted run that are looked up first; sent only where the account lacks them."""
        return self._with(Action.LOOK_UP)

    @property
    def already_created(self) -> tuple[Decision, ...]:
        """Rows whose campaign is there already."""
        return self._with(Action.ALREADY_THERE)

    @property
    def unchanged(self) -> tuple[Decision, ...]:
        """Rows whose campaign needs no update."""
        return self._with(Action.UNCHANGED)

    @property
    def conflicts(self) -> tuple[Decision, ...]:
        """Rows that need a person; they are not sent."""
        return (*self._with(Action.CONFLICT), *self._with(Action.BLOCKED))

    @property
    def sends(self) -> bool:
        """Whether anything may be written."""
        return any(one.is_sendable for one in self.decisions)

    @property
    def sendable_rows(self) -> frozenset[int]:
        """The Excel rows that may be sent."""
        return frozenset(one.payload.row for one in self.decisions if one.is_sendable)

    @property
    def requests(self) -> int:
        """About how many requests the run takes: one for each row, one listing before and two after them."""
        if not self.sends:
            return 0
        before, creates = len(self.listing), len(self.creates)
        looks = self.listing_requests(before) + 2 * self.listing_requests(before + creates)
        return creates + len(self.updates) + looks

    def without(self, rows: Collection[int]) -> Plan:
        """The same without these Excel rows."""
        return replace(self, decisions=tuple(one for one in self.decisions if one.payload.row not in rows))

    def narrowed_to(self, today: Plan) -> Plan:
        """What may be done of this plan by the account of today: never more than was shown."""
        now = {one.payload.row: one for one in today.decisions}
        decisions = tuple(now[one.payload.row] if one.is_sendable else one for one in self.decisions)
        return replace(today, decisions=decisions)

    def _with(self, action: Action) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.action is action)


def content_digest(payload: Payload) -> str:
    """Of what is sent alone: the same whether it creates a campaign or changes one."""
    return digest(payload.body)


class Planner:
    """Decides row by row, against the other runs of this account and one listing of it."""

    def __init__(
        self,
        history: History,
        listing: Iterable[RemoteCampaign],
        *,
        now: datetime,
        settle: float,
        payloads: Iterable[Payload] = (),
    ) -> None:
        """``payloads``: every row of the run, so that no row changes the campaign of another one."""
        self._history = history
        self._now = now
        self._settle = settle
        self._by_id = {listed.campaign_id: listed for listed in listing}
        self._by_key: dict[str, list[RemoteCampaign]] = {}
        for listed in self._by_id.values():
            self._by_key.setdefault(name_key(listed.name), []).append(listed)
        self._rows: dict[str, int] = {}
        self._rows_by_name = {name_key(payload.name): payload.row for payload in payloads}

    def decide(self, payload: Payload) -> Decision:
        """What will become of this row."""
        first = self._rows.setdefault(name_key(payload.name), payload.row)
        if first != payload.row:
            return Decision(payload, _conflict(words.name_of_another_row(first)))
        return Decision(payload, self._update(payload) if payload.updates else self._create(payload))

    def _update(self, payload: Payload) -> Change:
        target_id = payload.campaign_id or ""
        latest, listed = self._history.latest(target_id), self._by_id.get(target_id)
        if said := self._another_campaign(payload, target_id, listed, latest):
            return _conflict(said)
        if (
            latest is not None
            and latest.digest == content_digest(payload)
            and latest.state in SUCCEEDED - {State.MISMATCH}
            # What the listing contradicts, somebody has changed by hand: it is sent again. Calling hours, description,
            # caller ID, attempts and ring time stand in no listing; the words of the row say so.
            and listed is not None
            and not differences(payload.body, listed)
        ):
            said = _not_ready(words.unchanged(latest.run, latest.accepted), listed)
            return Change(State.UNCHANGED, *said, platform_status=listed.status)
        return Change(State.PLANNED)

    def _another_campaign(
        self, payload: Payload, target_id: str, listed: RemoteCampaign | None, latest: EarlierRow | None
    ) -> RowMessage | None:
        """Why the row's Campaign ID seems to be that of another campaign than it means; None where it does not."""
        others = [one for one in self._named(payload) if one.campaign_id != target_id]
        its_row = self._rows_by_name.get(name_key(listed.name)) if listed else None
        if listed and its_row not in {None, payload.row}:
            return words.id_of_another_row(target_id, listed.name, its_row or 0, others)
        if not others:
            return None
        if listed is None and latest is None:
            return words.no_such_id(target_id, others)
        return words.name_taken_from_update(target_id, listed.name if listed else None, others)

    def _create(self, payload: Payload) -> Change:
        key = name_key(payload.name)
        content = content_digest(payload)
        created = self._history.created(content)
        owner = self._history.owner(key)
        doubt = self._history.in_doubt(key)
        taken = self._named(payload)
        if created is not None and created.campaign_id is not None:
            return self._done_before(created, payload)
        if doubt is not None:
            return _conflict(words.in_doubt_elsewhere(doubt.run))
        if owner is not None and owner.digest == content:  # an update has made it what the row asks for
            return self._done_before(owner, payload)
        if owner is not None:
            return self._owned(owner)
        if taken:
            return _conflict(words.name_taken(taken))
        return Change(State.PLANNED)

    def _done_before(self, past: EarlierRow, payload: Payload) -> Change:
        """Another run has sent just this content; what came of it, and what stands there now."""
        if past.state not in SUCCEEDED:
            return self._owned(past)
        campaign_id = past.campaign_id or past.target_id or ""
        listed = self._by_id.get(campaign_id)
        if listed is None and self._is_old(past):
            return _conflict(words.gone(past, campaign_id))
        if past.state is State.MISMATCH and listed and (differing := differences(payload.body, listed)):
            return _conflict(words.differs_still(past, campaign_id, differing))
        is_renamed = listed is not None and name_key(listed.name) != name_key(payload.name)
        said = words.done_before(past, campaign_id, listed.name if listed and is_renamed else None)
        latest = self._history.latest(campaign_id)
        if latest is not None and latest.digest != past.digest:
            said = words.changed_since(said, latest.run, campaign_id)
        return Change(
            State.ALREADY_CREATED,
            *_not_ready(said, listed),
            campaign_id=campaign_id,
            platform_status=listed.status if listed else None,
        )

    def _owned(self, owner: EarlierRow) -> Change:
        """The name belongs to a row of another run, with other content or an end that nobody can be sure of."""
        campaign_id = owner.campaign_id or owner.target_id or ""
        if owner.state in UNRESOLVED:
            return _conflict(words.in_doubt_elsewhere(owner.run))
        if campaign_id not in self._by_id and self._is_old(owner):
            return _conflict(words.gone(owner, campaign_id))
        if owner.state is State.CONFLICT:  # the id that it was answered with may be somebody else's campaign
            return _conflict(words.conflict_before(owner.run, owner.accepted, campaign_id))
        return _conflict(words.sent_otherwise(owner, campaign_id))

    def _named(self, payload: Payload) -> list[RemoteCampaign]:
        return self._by_key.get(name_key(payload.name), [])

    def _is_old(self, past: EarlierRow) -> bool:
        """Whether a listing must show it by now."""
        return past.accepted is None or (self._now - past.accepted).total_seconds() > self._settle


def _conflict(said: RowMessage) -> Change:
    return Change(State.CONFLICT, *said)


def _not_ready(said: RowMessage, listed: RemoteCampaign | None) -> RowMessage:
    """The same, and that the campaign is not ready to be started, where Kore.ai says so."""
    if listed is None or listed.status is None or is_ready(listed):
        return said
    return words.still(said, listed.status)
