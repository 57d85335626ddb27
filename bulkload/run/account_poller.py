"""Looking: whole listings until every row of a run is settled, verified and audited, and no more than needed.

One listing serves all three. The first follows the last answer at once; each wait is at least as long as the
last listing took, and grows, so that looking never spends more of the request budget than half of what
passes. 500 campaigns cost 10 pages a look, and two looks see nearly every run to its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.errors import ServiceError
from bulkload.run.circuit_breaker import PROBE_WAITS
from bulkload.run.messages import sent as messages
from bulkload.run.messages.wording import duration
from bulkload.run.records import step
from bulkload.run.states import State
from bulkload.run.verify import APART, AccountSnapshot, audit, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.model import RemoteCampaign
    from bulkload.run.context import RunContext
    from bulkload.run.records import Change, JournalRow

SHORTEST_WAIT = 0.25
"""Seconds between two looks at least: campaigns were Ready 0.1 s to 17 s after their creation (seeds)."""
LONGEST_WAIT = 30.0
"""Seconds between two looks at most, unless a listing itself takes longer."""


class AccountPoller:
    """Looks at the account for one run, and moves its rows by what it sees."""

    def __init__(self, context: RunContext, last_sign: Mapping[int, float]) -> None:
        """``last_sign``: when each row's request was last heard of; a row that it lacks counts from now."""
        self._context = context
        self._last_sign = last_sign
        self._began = context.clock.now()
        self._first_empty: dict[tuple[int, int], float] = {}
        self.listing: tuple[RemoteCampaign, ...] = ()
        """The latest."""

    async def until_settled(self, states: Iterable[State], stage: str) -> None:
        """Look at least once, and until no row is in one of these states or the person asks to stop.

        Raises BulkloadError where the listing can't be read; what was seen before is kept.
        """
        open_states = frozenset(states)
        waiting = self._open(open_states)
        self._context.progress.stage(stage, len(waiting))
        wait = 0.0
        while not self._context.stop.requested:
            began = self._context.clock.now()
            await self._look_again()
            left = self._open(open_states)
            self._context.progress.advance(len(waiting) - len(left))
            waiting = left
            if not waiting:
                return
            took = self._context.clock.now() - began
            wait = max(SHORTEST_WAIT, took, min(2 * wait, LONGEST_WAIT))
            await self._context.stop.sleep(self._context.clock, self._no_longer_than_needed(wait, waiting))

    async def _look_again(self) -> None:
        """One look; a listing that fails is tried again after a while, for what was sent must be reported."""
        for windows in PROBE_WAITS:
            try:
                await self.look()
            except ServiceError as error:
                if self._context.stop.requested:
                    return
                wait = windows * self._context.limits.window
                self._context.progress.say(
                    messages.LOOKING_AGAIN(reason=str(error), wait=duration(wait)).text
                )
                await self._context.stop.sleep(self._context.clock, wait)
            else:
                return
        await self.look()

    async def look(self) -> None:
        """List the account once and judge every row of the run by it."""
        # A campaign that appears while pages are read may be on an earlier one: the look is as old as its beginning.
        began = self._context.clock.now()
        self.judge(await self._context.service.campaigns(), began)

    def judge(self, listing: tuple[RemoteCampaign, ...], began: float) -> None:
        """Move every row by a listing that was begun at that time on the clock."""
        self.listing = listing
        journal, run = self._context.journal, self._context.run
        snapshot = AccountSnapshot(listing, seen=journal.seen(run), owners=journal.owners())
        moves: list[tuple[JournalRow, Change]] = []
        for row in journal.rows(run):
            after = row
            while (change := self._verdict(after, snapshot, began)) is not None:
                moves.append((after, change))
                after = step(after, change)
        self._context.move(*moves)

    def _verdict(self, row: JournalRow, snapshot: AccountSnapshot, began: float) -> Change | None:
        age = began - self._last_sign.get(row.row, self._began)
        if row.state is not State.UNKNOWN:
            return audit(row, snapshot, age, self._context.limits)
        this_try = (row.row, row.attempts)
        change = settle(row, snapshot, age, self._context.limits.settle, self._first_empty.get(this_try))
        if change is None and age >= self._context.limits.settle:
            self._first_empty.setdefault(this_try, age)
        return change

    def _open(self, states: frozenset[State]) -> tuple[JournalRow, ...]:
        """Rows that another look may bring on; no look settles an update, for it made nothing new."""
        return tuple(
            row
            for row in self._context.journal.rows(self._context.run)
            if row.state in states and not (row.updates and row.state is State.UNKNOWN)
        )

    def _no_longer_than_needed(self, wait: float, waiting: tuple[JournalRow, ...]) -> float:
        """The wait, cut at the moment when time alone lets every row in doubt be decided."""
        needed = [self._until_decided(row) for row in waiting if row.state is State.UNKNOWN]
        return min(wait, max(needed)) if needed and max(needed) > 0 else wait

    def _until_decided(self, row: JournalRow) -> float:
        settling, first_empty = self._context.limits.settle, self._first_empty.get((row.row, row.attempts))
        due = settling if first_empty is None else first_empty + APART * settling
        return due - (self._context.clock.now() - self._last_sign.get(row.row, self._began))
