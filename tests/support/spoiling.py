"""The negative controls: in a child process, one promise of the product is broken, and the checker must see it.

A crash harness that can't catch these proves nothing. They reach inside because the product rightly has no
setting with which to break it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bulkload.run.journal import Journal
from bulkload.run.records import Change, step
from bulkload.run.states import State


def intent_not_written() -> None:
    """The intent is written down together with the answer, instead of before the first byte."""
    true_move = Journal.move

    def move(self: Journal, *moves: Any) -> Any:
        if [change.state for _, change in moves] == [State.SENDING]:
            return tuple(step(row, change) for row, change in moves)
        late = [row for row, _ in moves if row.state is State.SENDING and row.attempts]
        for row in late:
            before = replace(row, state=State.PLANNED, attempts=row.attempts - 1)
            true_move(self, (before, Change(State.SENDING, attempts=1)))
        return true_move(self, *moves)

    Journal.move = move  # type: ignore[method-assign]
