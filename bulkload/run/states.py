"""The states of a row, and the only steps between them: an impossible step fails loudly.

::

    PLANNED -commit-> SENDING -answer with id-> ACCEPTED -seen, and equal-> VERIFIED | MISMATCH | PREPARING
                         |- provably not done -> PLANNED
                         |- refused -> REJECTED
                         '- anything else, or found so at start -> UNKNOWN
    UNKNOWN -settle, list-> ACCEPTED (adopted) | ABSENT | CONFLICT
    ABSENT -resume-> PLANNED

Every change of a state in the journal passes ``records.step``. Beside the drawing stand the steps that a later
look allows: a campaign that shows up although its row was refused, limited or absent; a second one beside a
verified one. An update alone may go from UNKNOWN back to PLANNED: a PUT may be repeated, a create never.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, assert_never

from bulkload.model import Created, Refused, Reply, RetryLater, Uncertain

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(StrEnum):
    """Where a row of a run stands; the values are what the journal holds."""

    PLANNED = "planned"
    """To be sent; nothing of it is at the service."""
    SENDING = "sending"
    """It may leave at any moment, or has left; no answer yet."""
    ACCEPTED = "accepted"
    """The service gave an id for it."""
    VERIFIED = "verified"
    """Seen in the listing, past Preparing, equal in all that a listing shows."""
    MISMATCH = "mismatch"
    """Seen in the listing, and something differs from what was sent."""
    PREPARING = "preparing"
    """Seen in the listing, still not Ready when the waiting time was over."""
    REJECTED = "rejected"
    """The service looked at it and said no."""
    UNKNOWN = "unknown"
    """It was sent, and no answer says what became of it."""
    ABSENT = "absent"
    """It was sent, the answer was lost, and the account has no such campaign after the settling time."""
    CONFLICT = "conflict"
    """The account holds something that only a person can judge."""
    ALREADY_CREATED = "already_created"
    """An earlier run created just this."""
    UNCHANGED = "unchanged"
    """An earlier run gave the campaign just this, and the listing shows nothing else."""


FINAL = frozenset({State.CONFLICT, State.ALREADY_CREATED, State.UNCHANGED})
"""The states that planning gives to a row that will not be sent."""
FIRST = FINAL | {State.PLANNED, State.UNKNOWN}
"""The states in which planning can enter a row."""

STEPS: Mapping[State, frozenset[State]] = {
    State.PLANNED: frozenset(
        # A resume may find that its name was taken meanwhile, or that another run has done it; and a row that
        # was answered "rate limit" and stands in the account all the same is looked up like a lost answer.
        {State.SENDING, State.UNKNOWN, State.CONFLICT, State.ALREADY_CREATED, State.UNCHANGED}
    ),
    # MISMATCH: the answer itself shows other values than were sent.
    State.SENDING: frozenset({State.ACCEPTED, State.PLANNED, State.REJECTED, State.UNKNOWN, State.MISMATCH}),
    # REJECTED: the service had answered, and a look found that nothing was created.
    State.UNKNOWN: frozenset({State.ACCEPTED, State.ABSENT, State.CONFLICT, State.REJECTED, State.UNKNOWN}),
    State.ABSENT: frozenset({State.PLANNED, State.UNKNOWN}),
    State.ACCEPTED: frozenset({State.VERIFIED, State.MISMATCH, State.PREPARING, State.CONFLICT}),
    State.PREPARING: frozenset({State.VERIFIED, State.MISMATCH, State.CONFLICT}),
    State.MISMATCH: frozenset({State.VERIFIED, State.PREPARING, State.CONFLICT}),
    State.VERIFIED: frozenset({State.CONFLICT}),
    State.REJECTED: frozenset({State.CONFLICT}),
    State.CONFLICT: frozenset(),
    State.ALREADY_CREATED: frozenset(),
    State.UNCHANGED: frozenset(),
}
"""From each state, the states that may follow."""

UNFINISHED = frozenset({State.PLANNED, State.SENDING, State.ACCEPTED, State.UNKNOWN, State.ABSENT})
"""States that leave a resume something to do."""
UNRESOLVED = frozenset({State.SENDING, State.UNKNOWN})
"""States in which a campaign may stand in the account without anybody knowing its id."""
SUCCEEDED = frozenset({State.ACCEPTED, State.VERIFIED, State.PREPARING, State.MISMATCH})
"""States in which the service has said yes."""


def is_allowed(before: State, after: State, *, updates: bool) -> bool:
    """Whether a row may go from one state to the other; only an update may be repeated out of doubt."""
    return after in STEPS[before] or (updates and before is State.UNKNOWN and after is State.PLANNED)


def after_reply(reply: Reply) -> State:
    """What an answer makes of a row that was being sent."""
    match reply:
        case Created():
            return State.ACCEPTED
        case Refused():
            return State.REJECTED
        case RetryLater():
            return State.PLANNED
        case Uncertain():
            return State.UNKNOWN
        case _:
            assert_never(reply)
