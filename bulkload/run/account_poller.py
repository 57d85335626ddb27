"""Looking: whole listings until every row of a run is settled, verified and audited, and no more than needed.

One listing serves all three. The first follows the last answer at once; each wait is at least as long as the
last listing took, and grows, so that looking never spends more of the request budget than half of what
passes. 500 campaigns cost 10 pages a look, and two looks see nearly every run to its end.

Absence is concluded only from a listing that shows every campaign that it must show. One that it lacks is asked
for by its id: if it is there, the listing hides campaigns and proves nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulkload.errors import ServiceError
from bulkload.model import DifferenceKind, Missing, RemoteCampaign
from bulkload.run.circuit_breaker import PROBE_WAITS
from bulkload.run.compare import contradictions, differences
from bulkload.run.messages import ended
from bulkload.run.messages import sent as messages
from bulkload.run.messages.wording import duration
from bulkload.run.records import Change, step
from bulkload.run.states import State
from bulkload.run.verify import APART, AccountSnapshot, Candidates, audit, settle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.model import Unreadable
    from bulkload.run.context import RunContext
    from bulkload.run.records import JournalRow

SHORTEST_WAIT = 0.25
"""Seconds between two looks at least: campaigns were Ready 0.1 s to 17 s after their creation (seeds)."""
LONGEST_WAIT = 30.0
"""Seconds between two looks at most, unless a listing itself takes longer."""
LONGEST_SETTLING = 900.0
"""Seconds after which a row whose fate can't be proved is left unknown."""
SETTLINGS = 7.5
"""Settling times after which it is left unknown, where that is sooner."""
SAFETY = 4.0
"""Times the longest delay of the listing that was seen: the settling time is at least that."""
LISTING_DELAY = "listing_delay"
"""The name under which the journal keeps the longest delay."""


class AccountPoller:
    """Looks at the account for one run, and moves its rows by what it sees."""

    def __init__(self, context: RunContext, last_sign: Mapping[int, float]) -> None:
        """``last_sign``: when each row's request was last heard of; a row that it lacks counts from now."""
        self._context = context
        self._last_sign = last_sign
        self._began = context.clock.now()
        self._first_empty: dict[tuple[int, int], float] = {}
        self._found_at: dict[int, float] = {}
        self._missing_for: dict[int, float] = {}
        self._delay = context.journal.learned(LISTING_DELAY)
        self._deleted = {
            campaign_id for campaign_id, fact in context.journal.facts().items() if fact["document"] is None
        }
        self._read: dict[str, RemoteCampaign] = {}
        self._hides = False
        """Whether the latest listing that could have proved an absence hid a campaign."""
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
                self._say_what_is_not_provable()
                return
            took = self._context.clock.now() - began
            wait = max(SHORTEST_WAIT, took, min(2 * wait, LONGEST_WAIT))
            await self._context.stop.sleep(self._context.clock, self._no_longer_than_needed(wait, waiting))

    def _say_what_is_not_provable(self) -> None:
        journal, run = self._context.journal, self._context.run
        rows = [row for row in journal.rows(run) if row.state is State.UNKNOWN and not row.updates]
        if self._hides:
            said = ended.NOT_PROVABLE(run=run)
            self._context.move(*((row, Change(State.UNKNOWN, said)) for row in rows))

    async def _look_again(self) -> None:
        """One look; a listing that fails is tried again after a while, because what was sent must be reported."""
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
        await self.judge(await self._context.service.campaigns(), began)

    async def judge(self, listing: tuple[RemoteCampaign, ...], began: float) -> None:
        """Move every row by a listing that was begun at that time on the clock."""
        self.listing = listing
        journal, run = self._context.journal, self._context.run
        rows = journal.rows(run)
        snapshot = AccountSnapshot(listing, seen=journal.seen(run), owners=journal.owners())
        self._learn_delay(rows, snapshot, began)
        gone = await self._ask_for_missing(rows, snapshot, began)
        candidates = await self._all_candidates(rows, snapshot, began)
        moves: list[tuple[JournalRow, Change]] = [(row, gone[row.row]) for row in rows if row.row in gone]
        for row in rows:
            after = row
            while row.row not in gone:
                change = self._verdict(after, snapshot, candidates.get(row.row), began)
                if change is None:
                    break
                moves.append((after, change))
                after = step(after, change)
                if change.is_found:
                    self._found_at[row.row] = began
        self._context.move(*moves)

    def _verdict(
        self, row: JournalRow, snapshot: AccountSnapshot, candidates: Candidates | None, began: float
    ) -> Change | None:
        age = self._age(row, began)
        if row.state is not State.UNKNOWN:
            return audit(row, snapshot, age, self._context.limits)
        if candidates is None:
            return None  # it became unknown in this look, and is settled by the next one
        this_try = (row.row, row.attempts)
        change = settle(row, candidates, age, self.settling, self._first_empty.get(this_try))
        if change is None and age >= self.settling and candidates.is_provable:
            self._first_empty.setdefault(this_try, age)
        return change

    def _age(self, row: JournalRow, began: float) -> float:
        """Seconds between the last that was heard of the row and the beginning of a look."""
        heard = self._last_sign.get(row.row, self._began)
        return began - self._found_at.get(row.row, heard)

    # --- how late the listing is -----------------------------------------------------------------------------

    @property
    def settling(self) -> float:
        """Seconds after which a campaign that was created is certain to be listed, as far as was seen."""
        return max(self._context.limits.settle, SAFETY * max((self._delay, *self._missing_for.values())))

    def _learn_delay(self, rows: Iterable[JournalRow], snapshot: AccountSnapshot, began: float) -> None:
        before = self._delay
        for row in rows:
            if row.state is State.ACCEPTED and not row.updates and row.row in self._last_sign:
                if row.campaign_id not in snapshot.listed_ids:
                    self._missing_for[row.row] = began - self._last_sign[row.row]
                else:
                    self._delay = max(self._delay, self._missing_for.pop(row.row, 0.0))
        if self._delay > before:
            self._context.journal.learn(LISTING_DELAY, self._delay)

    # --- what a listing must show ----------------------------------------------------------------------------

    async def _ask_for_missing(
        self, rows: Iterable[JournalRow], snapshot: AccountSnapshot, began: float
    ) -> dict[int, Change]:
        """The rows whose campaign is proved to be gone; those that are there in spite of the listing are added."""
        gone: dict[int, Change] = {}
        for row in rows:
            is_late = row.state is State.ACCEPTED and self._age(row, began) >= self._context.limits.settle
            if not is_late or row.campaign_id is None or snapshot.get(row.campaign_id):
                continue
            found = await self._context.service.campaign(row.campaign_id)
            if isinstance(found, Missing):
                self._missing_for.pop(row.row, None)
                said = ended.NOT_FOUND_BY_ID(campaign_id=row.campaign_id)
                gone[row.row] = Change(State.CONFLICT, said)
            elif isinstance(found, RemoteCampaign):
                snapshot.add(found)
        return gone

    async def _shows_what_it_must(self, snapshot: AccountSnapshot) -> bool:
        """Whether every campaign of which we know is listed, or was deleted."""
        journal = self._context.journal
        known = journal.seen(self._context.run) | journal.given_ids()
        for campaign_id in sorted(known - snapshot.listed_ids - self._deleted):
            found = await self._context.service.campaign(campaign_id)
            if not isinstance(found, Missing):
                return False  # it is there, or can't be read: the listing proves nothing
            self._deleted.add(campaign_id)
            journal.keep_facts({campaign_id: None})
        return True

    # --- whose campaign a new one may be ---------------------------------------------------------------------

    async def _all_candidates(
        self, rows: tuple[JournalRow, ...], snapshot: AccountSnapshot, began: float
    ) -> dict[int, Candidates]:
        # An unknown row without attempts of its own was tried by an earlier run.
        tried = [
            row
            for row in rows
            if (row.attempts or row.state is State.UNKNOWN) and not row.updates and row.campaign_id is None
        ]
        claims = [(stranger, snapshot.claimants(stranger, tried)) for stranger in snapshot.strangers]
        found: dict[int, Candidates] = {}
        for row in tried:
            if row.state is State.UNKNOWN:
                found[row.row] = await self._candidates(row, claims, self._age(row, began))
        if any(self._would_be_absent(row, found[row.row], began) for row in tried if row.row in found):
            is_provable = await self._shows_what_it_must(snapshot)
            self._hides = not is_provable
            found = {number: replace(one, is_provable=is_provable) for number, one in found.items()}
        return found

    def _would_be_absent(self, row: JournalRow, candidates: Candidates, began: float) -> bool:
        return not candidates.named and self._age(row, began) >= self.settling

    async def _candidates(
        self, row: JournalRow, claims: list[tuple[RemoteCampaign, list[JournalRow]]], age: float
    ) -> Candidates:
        named = tuple(stranger for stranger, claimants in claims if claimants == [row])
        if len(named) == 1:
            return await self._one_candidate(row, named[0])
        if named or age < self.settling:
            return Candidates(named)
        unclaimed = [stranger for stranger, claimants in claims if not claimants or row in claimants]
        others = [stranger for stranger in unclaimed if not await self._is_contradicted(row, stranger)]
        return Candidates(others=tuple(others))

    async def _one_candidate(self, row: JournalRow, stranger: RemoteCampaign) -> Candidates:
        """One GET says whether it is what was sent."""
        listed = self._differing(row, stranger)
        document = await self._context.service.campaign(stranger.campaign_id)
        if not isinstance(document, RemoteCampaign):
            return Candidates((stranger,), differing=listed)
        differing = tuple(dict.fromkeys((*listed, *self._differing(row, document))))
        return Candidates((stranger,), is_equal=not differing, differing=differing)

    def _differing(self, row: JournalRow, actual: RemoteCampaign) -> tuple[str, ...]:
        """Headings in which it is not what was sent; the name is left out, which services store otherwise."""
        desired = self._context.service.read_body(row.body, row.version)
        found = tuple(
            one.heading
            for one in differences(desired, None, actual)
            if one.kind is not DifferenceKind.UNREADABLE and one.field != "name"
        )
        return (*found, *actual.not_expressible)

    async def _is_contradicted(self, row: JournalRow, stranger: RemoteCampaign) -> bool:
        desired = self._context.service.read_body(row.body, row.version)
        if contradictions(desired, stranger):
            return True
        document: RemoteCampaign | Missing | Unreadable | None = self._read.get(stranger.campaign_id)
        if document is None:
            document = await self._context.service.campaign(stranger.campaign_id)
        if isinstance(document, RemoteCampaign):
            self._read[stranger.campaign_id] = document
            return bool(contradictions(desired, document))
        return isinstance(document, Missing)

    # --- when to look again ----------------------------------------------------------------------------------

    def _open(self, states: frozenset[State]) -> tuple[JournalRow, ...]:
        """Rows that another look may bring on; no listing settles an update, because it made nothing new."""
        return tuple(
            row
            for row in self._context.journal.rows(self._context.run)
            if row.state in states
            and not (row.state is State.UNKNOWN and (row.updates or self._is_given_up(row)))
        )

    def _is_given_up(self, row: JournalRow) -> bool:
        longest = min(LONGEST_SETTLING, max(1.0, SETTLINGS * self._context.limits.settle))
        return self._age(row, self._context.clock.now()) > longest

    def _no_longer_than_needed(self, wait: float, waiting: tuple[JournalRow, ...]) -> float:
        """The wait, cut at the moment when time alone lets every row in doubt be decided."""
        needed = [self._until_decided(row) for row in waiting if row.state is State.UNKNOWN]
        return min(wait, max(needed)) if needed and max(needed) > 0 else wait

    def _until_decided(self, row: JournalRow) -> float:
        first_empty = self._first_empty.get((row.row, row.attempts))
        due = self.settling if first_empty is None else first_empty + APART * self.settling
        return due - self._age(row, self._context.clock.now())
