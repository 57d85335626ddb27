"""A row on its way out: held back, withdrawn or gone, and what its answer makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bulkload.model import Created, Refused, RetryLater, Uncertain
from bulkload.run.messages import sent as words
from bulkload.run.records import Change
from bulkload.run.states import State, after_reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.model import Reply
    from bulkload.run.circuit_breaker import Trouble
    from bulkload.run.context import RunContext
    from bulkload.run.records import JournalRow


class SendWithheldError(Exception):
    """The row must not leave now; it waits for its turn again."""


class RowRequest:
    """A row that is handed to the service: here until ``leave`` is called, then on its way."""

    def __init__(
        self, row: JournalRow, context: RunContext, trouble: Trouble, is_closed: Callable[[], bool]
    ) -> None:
        """``is_closed``: whether nothing may leave any more."""
        self._context = context
        self._trouble = trouble
        self._is_closed = is_closed
        self._began = trouble.round
        self._gates = trouble.gates
        self.row = row
        """As it stands in the journal."""

    @property
    def left(self) -> bool:
        """Whether its first byte may be on its way."""
        return self.row.state is State.SENDING

    def leave(self) -> None:
        """The last moment before the first byte. Called again when the service asks with a fresh token.

        Raises HeldBackError where something has gone wrong since the row was handed over.
        """
        self._gates = self._trouble.gates
        if self.left:
            return
        if self._is_closed() or self._trouble.round != self._began:
            raise SendWithheldError
        (self.row,) = self._context.move((self.row, Change(State.SENDING, attempts=1)))

    def take_back(self) -> None:
        """Nothing was done for the row, whether it had left or not."""
        if self.left:
            (self.row,) = self._context.move((self.row, Change(State.PLANNED, attempts=-1)))

    def arrive(self, reply: Reply) -> None:
        """Write the answer down, and only then count it. Raises JournalError."""
        (self.row,) = self._context.move((self.row, _change(reply)))
        self._trouble.note(reply, self._began, self._gates)


def _change(reply: Reply) -> Change:
    """What an answer makes of a row, with the words for it."""
    state = after_reply(reply)
    match reply:
        case Created():
            return Change(state, campaign_id=reply.campaign_id, platform_status=reply.platform_status)
        case Refused():
            return Change(state, *words.refused(reply.message))
        case RetryLater():
            # A rate-limit answer is an attempt: the audit looks whether it was done all the same.
            return Change(state, *words.unsent(reply.reason), attempts=0 if reply.limited else -1)
        case Uncertain():
            return Change(state, *words.no_answer(reply.message))
        case _:
            assert_never(reply)
