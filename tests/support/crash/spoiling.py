"""What is broken on purpose, in a child process alone: the product rightly has no setting with which to do it.

The negative controls break one promise, and the checker must see it: a harness that can't catch these proves
nothing.
"""

from __future__ import annotations

import resource
import signal
from dataclasses import replace
from typing import Any

from bulkload.kore.exchange import Exchange
from bulkload.run.journal import Journal
from bulkload.run.records import Change, step
from bulkload.run.states import State
from bulkload.run.submission import Submission


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


def a_disk_that_fills_on_a_signal() -> None:
    """From SIGUSR1 on no file grows or changes, until the sending has ended."""
    true_execute = Submission.execute

    async def execute(self: Submission, *rest: Any) -> Any:
        signal.signal(signal.SIGUSR1, lambda *_: resource.setrlimit(resource.RLIMIT_FSIZE, (0, _NO_LIMIT)))
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        try:
            return await true_execute(self, *rest)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (_NO_LIMIT, _NO_LIMIT))

    Submission.execute = execute  # type: ignore[method-assign]


_NO_LIMIT = resource.RLIM_INFINITY


def a_fault_of_our_own() -> None:
    """Every request ends in an exception that nobody expects, with the token in the frames around it."""

    async def send(_self: Exchange, _address: Any, headers: Any, *_: Any) -> Any:
        assert headers["auth"]
        raise ZeroDivisionError

    Exchange.send = send  # type: ignore[method-assign]


def a_fault_of_our_own_at_the_fourth_create() -> None:
    """The same in mid-run, when three rows have been answered."""
    true_send = Exchange.send
    creates = 0

    async def send(self: Exchange, address: Any, *rest: Any) -> Any:
        nonlocal creates
        creates += "campaignType" in address.query
        if creates == 4:
            raise ZeroDivisionError
        return await true_send(self, address, *rest)

    Exchange.send = send  # type: ignore[method-assign]


def a_fault_of_our_own_in_writing_the_results() -> None:
    """Whoever writes the results workbook ends in an exception that nobody expects."""
    from bulkload import run_reports

    def write(*_: Any) -> Any:
        raise ZeroDivisionError

    run_reports.write_results = write
