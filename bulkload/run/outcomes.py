"""The one place that turns a row of the journal into what is said of it: status, words, problems.

A projection: it can be made again at any time, and always says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bulkload.messages import MessageTemplate, quoted
from bulkload.model import Level, Outcome, Problem, Status
from bulkload.run.messages import ended as ending
from bulkload.run.messages import sent as sending
from bulkload.run.messages.wording import RowMessage
from bulkload.run.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.messages import Message
    from bulkload.run.records import JournalRow


def outcomes(
    rows: Iterable[JournalRow], *, sheet: str | None = None, at_work: bool = False
) -> tuple[Outcome, ...]:
    """One for each row of the run, in the order of the sheet; ``sheet`` is its name, for the problems."""
    return tuple(outcome(row, sheet=sheet, at_work=at_work) for row in rows)


def outcome(row: JournalRow, *, sheet: str | None = None, at_work: bool = False) -> Outcome:
    """What became of a row, as the journal knows it; ``at_work``: the run is still going on."""
    if at_work and row.state in _AT_WORK:
        return _at_work(row)
    return Outcome(
        row=row.row,
        name=row.name,
        status=status(row.state, updates=row.updates),
        explanation=_explanation(row),
        campaign_id=_own_id(row),
        platform_status=row.platform_status,
        attempts=row.attempts,
        problems=_problems(row, sheet),
    )


_AT_WORK: Mapping[State, MessageTemplate] = {
    State.PLANNED: MessageTemplate("waiting", "Waiting."),
    State.SENDING: MessageTemplate("on-its-way", "On its way."),
    State.UNKNOWN: MessageTemplate("being-looked-up", "The answer was lost. It is looked up at Kore.ai."),
    State.ABSENT: MessageTemplate("not-there-yet", "The answer was lost. It is looked up at Kore.ai."),
    State.ACCEPTED: MessageTemplate("not-looked-at-yet", "{done}: not looked at yet."),
}
"""What is said of a row that the run still works on; nobody need act on it."""


def _at_work(row: JournalRow) -> Outcome:
    return Outcome(
        row=row.row,
        name=row.name,
        status=status(row.state, updates=row.updates),
        explanation=_AT_WORK[row.state](done="Updated" if row.updates else "Created"),
        campaign_id=_own_id(row),
        platform_status=row.platform_status,
        attempts=row.attempts,
        is_at_work=True,
    )


def _own_id(row: JournalRow) -> str | None:
    """The id that may stand in Campaign ID: a row that carries one changes that campaign when it is sent again.

    In a conflict the journal's id may be somebody else's campaign; which ids are meant, the words say.
    """
    return row.target_id if row.state is State.CONFLICT else row.campaign_id or row.target_id


def status(state: State, *, updates: bool) -> Status:  # noqa: PLR0911  (a table)
    """How a state is counted."""
    match state:
        case State.ACCEPTED | State.VERIFIED | State.PREPARING:
            return Status.UPDATED if updates else Status.CREATED
        case State.MISMATCH | State.CONFLICT:
            return Status.CONFLICT
        case State.PLANNED | State.ABSENT:
            return Status.NOT_SENT
        case State.SENDING | State.UNKNOWN:
            return Status.UNKNOWN
        case State.REJECTED:
            return Status.REFUSED
        case State.ALREADY_CREATED:
            return Status.ALREADY_CREATED
        case State.UNCHANGED:
            return Status.UNCHANGED
        case _:
            assert_never(state)


def _words(row: JournalRow) -> RowMessage:  # noqa: PLR0911  (a table)
    """The row's own words, and beside them what a resume would do about a state that is not final."""
    match row.state:
        case State.PLANNED:
            return ending.not_sent(row.run, row.message)
        case State.ABSENT:
            return ending.absent_at_end(row.run, row.message)
        case State.SENDING:
            cut_off = sending.interrupted_while_sending().message
            return ending.unknown_at_end(row.run, cut_off, updates=row.updates)
        case State.UNKNOWN:
            return ending.unknown_at_end(row.run, row.message, updates=row.updates)
        case State.ACCEPTED:
            return ending.unseen_at_end(row.run, row.message)
        case State.REJECTED:
            return ending.refused(row.message, row.target_id)
        case _:
            return RowMessage(row.message, row.fix)


DONE_BEFORE = frozenset({State.ALREADY_CREATED, State.UNCHANGED})
"""Rows that need nobody, unless there is something to do for them all the same."""

_LEVELS: Mapping[State, Level] = {
    State.REJECTED: Level.ERROR,
    State.CONFLICT: Level.ERROR,
    State.MISMATCH: Level.ERROR,
    State.UNKNOWN: Level.ERROR,
    State.SENDING: Level.ERROR,
    State.ACCEPTED: Level.WARNING,
    State.PREPARING: Level.WARNING,
}
"""What a person must look at is a problem of the row, so that it stands among the others; a row that merely
waits is none."""


def _problems(row: JournalRow, sheet: str | None) -> tuple[Problem, ...]:
    level = _LEVELS.get(row.state)
    if level is None and row.state in DONE_BEFORE and row.fix:
        level = Level.WARNING
    if level is None:
        return ()
    return (Problem(level, _explanation(row) or quoted(""), sheet=sheet, row=row.row),)


def _explanation(row: JournalRow) -> Message | None:
    message, fix = _words(row)
    return quoted(message, fix) if message or fix else None
