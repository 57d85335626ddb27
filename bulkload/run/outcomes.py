"""The one place that turns a row of the journal into what is said of it: status, words, problems.

A projection: it can be made again at any time, and always says the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bulkload.model import Level, Outcome, Problem, Status
from bulkload.run.messages import ended, sent
from bulkload.run.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.messages import Message, MessageTemplate
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
    State.PLANNED: sent.WAITING,
    State.SENDING: sent.ON_ITS_WAY,
    State.UNKNOWN: sent.BEING_LOOKED_UP,
    State.ABSENT: sent.BEING_LOOKED_UP,
    State.ACCEPTED: sent.CREATED_NOT_CHECKED,
}
"""What is said of a row that the run still works on; nobody need act on it."""


def _at_work(row: JournalRow) -> Outcome:
    return Outcome(
        row=row.row,
        name=row.name,
        status=status(row.state, updates=row.updates),
        explanation=_work_on(row),
        campaign_id=_own_id(row),
        platform_status=row.platform_status,
        attempts=row.attempts,
        is_at_work=True,
    )


def _work_on(row: JournalRow) -> Message:
    if row.updates and row.state is State.ACCEPTED:
        return sent.UPDATED_NOT_CHECKED()
    return _AT_WORK[row.state]()


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


def _explanation(row: JournalRow) -> Message | None:  # noqa: PLR0911  (a table)
    """The row's own words, and beside them what a resume would do about a state that is not final."""
    before = row.explanation.text if row.explanation else ""
    match row.state:
        case State.PLANNED:
            return (
                ended.NOT_SENT_BECAUSE(before=before, run=row.run) if before else ended.NOT_SENT(run=row.run)
            )
        case State.ABSENT:
            return ended.ABSENT_AT_END(before=before, run=row.run)
        case State.SENDING:
            return _unknown(row, sent.CUT_OFF().text)
        case State.UNKNOWN:
            return _unknown(row, before)
        case State.ACCEPTED:
            return ended.NOT_CHECKED_AT_END(before=before or "Kore.ai accepted it.", run=row.run)
        case State.REJECTED if row.target_id is None:
            return ended.REFUSED_AT_END(before=before)
        case State.REJECTED:
            return ended.REFUSED_UPDATE_AT_END(before=before, campaign_id=row.target_id)
        case _:
            return row.explanation


def _unknown(row: JournalRow, before: str) -> Message:
    if row.explanation and row.explanation.fix:
        return row.explanation
    template = ended.UNKNOWN_UPDATE_AT_END if row.updates else ended.UNKNOWN_AT_END
    return template(before=before, run=row.run)


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
    level, explanation = _LEVELS.get(row.state), _explanation(row)
    if level is None and row.state in DONE_BEFORE and explanation and explanation.fix:
        level = Level.WARNING
    if level is None or explanation is None:
        return ()
    return (Problem(level, explanation, sheet=sheet, row=row.row),)
