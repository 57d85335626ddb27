"""A plan: a decision for every row, made before anything is sent, so that a person can look at it first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bulkload.model import Action
from bulkload.run.messages import planned as messages
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.text import and_list

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bulkload.messages import Message
    from bulkload.model import Difference, Missing, Payload, RemoteCampaign, Unreadable


@dataclass(frozen=True, slots=True)
class Decision:
    """What will become of one row."""

    payload: Payload
    change: Change
    """PLANNED is to be sent, UNKNOWN to be looked up first; everything else is already decided."""
    is_done: bool = False
    """Whether an earlier part of the same run has dealt with the row."""
    changes: tuple[Difference, ...] = ()
    """What differs between the row and the campaign in the account."""
    needs_consent: bool = False
    """Whether a person must agree to this row: it changes what this computer did not last write."""
    blocks: Action | None = None
    """BLOCKED where a guard holds the row back until the person decides."""
    there: str | None = None
    """The campaign in the account that the row may mean; None where none is known."""

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
        return self.blocks or _ACTIONS[self.state]

    @property
    def reason(self) -> Message | None:
        """Why, and what the person can do; None where the action says it all."""
        return self.change.explanation

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
    documents: Mapping[str, RemoteCampaign | Missing | Unreadable] = field(default_factory=dict)
    """What was read by ids."""
    unfinished: str | None = None
    """Another run of the file at this path that was not finished; None: there is none."""

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

    def document_of(self, row: int) -> Mapping[str, Any] | None:
        """The campaign's document that was shown for an update of this Excel row."""
        return next((one.change.before for one in self.decisions if one.payload.row == row), None)

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
        decisions = tuple(
            _no_more_than(one, now[one.payload.row]) if one.is_sendable else one for one in self.decisions
        )
        return replace(today, decisions=decisions)

    def without_consent(self) -> Plan:
        """The same where nobody can be asked: rows that a person must agree to are held back."""
        decisions = tuple(_held_back(one) if one.needs_consent else one for one in self.decisions)
        return replace(self, decisions=decisions)

    def _with(self, action: Action) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions if one.action is action)


def _no_more_than(shown: Decision, today: Decision) -> Decision:
    """Today's decision, unless it would do something else than was shown."""
    is_same = shown.payload == today.payload and shown.action is today.action
    if today.is_sendable and not is_same and shown.action is not Action.LOOK_UP:
        return Decision(
            shown.payload, Change(State.CONFLICT, messages.MOVED_SINCE_PLAN()), blocks=Action.BLOCKED
        )
    if shown.change.before is None:
        return today
    # The look right before the update compares with what the person was shown.
    return replace(today, change=replace(today.change, before=shown.change.before))


def _held_back(decision: Decision) -> Decision:
    headings = and_list(one.heading for one in decision.changes)
    said = messages.NEEDS_CONSENT(campaign_id=decision.payload.campaign_id, headings=headings)
    return replace(decision, change=Change(State.CONFLICT, said), blocks=Action.BLOCKED, needs_consent=False)
