"""Sending: a few workers take the planned rows, each intent durable before its first byte may leave.

A row turns SENDING at the very moment before it leaves, not when it begins to wait for the pace: so an
interruption leaves as few rows in doubt as can be, and a row that still waits can be withdrawn.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque
from typing import TYPE_CHECKING, assert_never

from bulkload.errors import (
    ROWS_NEED_A_PERSON,
    BulkloadError,
    JournalError,
    ServiceError,
    SettingsError,
)
from bulkload.messages import quoted
from bulkload.model import (
    Created,
    DifferenceKind,
    Refused,
    RemoteCampaign,
    RetryLater,
    Uncertain,
)
from bulkload.run.circuit_breaker import CircuitBreaker
from bulkload.run.compare import differences
from bulkload.run.messages import ended
from bulkload.run.messages import sent as messages
from bulkload.run.messages.wording import duration, sentence
from bulkload.run.records import Change
from bulkload.run.states import State, after_reply
from bulkload.run.write_guards import what_is_there, what_they_share
from bulkload.text import and_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bulkload.model import Reply
    from bulkload.run.circuit_breaker import Pause
    from bulkload.run.context import RunContext
    from bulkload.run.records import JournalRow

UPDATE_RETRIES = 3
"""An update whose answer was lost is sent again so often; a create never is."""
UPDATE_WAIT = 2.0
"""Seconds of the first such wait at most; each further one at most twice the one before (full jitter)."""


class SendWithheldError(Exception):
    """The row must not leave now; it waits for its turn again."""


class RowRequest:
    """A row that is handed to the service: here until ``mark_sending`` is called, then on its way."""

    def __init__(
        self, row: JournalRow, context: RunContext, breaker: CircuitBreaker, is_closed: Callable[[], bool]
    ) -> None:
        """``is_closed``: whether nothing may leave any more."""
        self._context = context
        self._breaker = breaker
        self._is_closed = is_closed
        self._began = breaker.generation
        self._closures = breaker.rate_limit_closures
        self.row = row
        """As it stands in the journal."""

    @property
    def left(self) -> bool:
        """Whether its first byte may be on its way."""
        return self.row.state is State.SENDING

    def mark_sending(self) -> None:
        """The last moment before the first byte. Called again when the service asks with a fresh token.

        Raises SendWithheldError where something has gone wrong since the row was handed over.
        """
        self._closures = self._breaker.rate_limit_closures
        if self.left:
            return
        if self._is_closed() or self._breaker.generation != self._began:
            raise SendWithheldError
        (self.row,) = self._context.move((self.row, Change(State.SENDING, attempts=1)))

    def mark_in_doubt(self, error: BulkloadError) -> None:
        """The request failed in a way that proves nothing: an attempt that has left is kept."""
        if self.left:
            said = messages.NO_ANSWER(reason=sentence(error.explanation.text))
            (self.row,) = self._context.move((self.row, Change(State.UNKNOWN, said)))

    def record_reply(self, reply: Reply) -> None:
        """Write the answer down, and only then count it. Raises JournalError."""
        (self.row,) = self._context.move((self.row, self._change(reply)))
        self._breaker.note(reply, self._began, self._closures)

    def _change(self, reply: Reply) -> Change:
        stored = reply.stored if isinstance(reply, Created) else None
        if stored is not None and (headings := self._differing(stored)):
            said = ended.STORED_AT_ONCE_OTHERWISE(headings=headings)
            status = stored.status or (reply.platform_status if isinstance(reply, Created) else None)
            return Change(State.MISMATCH, said, campaign_id=stored.campaign_id, platform_status=status)
        return _change(reply)

    def _differing(self, stored: RemoteCampaign) -> str:
        """The headings in which the answer shows other values than were sent."""
        desired = self._context.service.read_body(self.row.body, self.row.version)
        found = differences(desired, None, stored)
        headings = [one.heading for one in found if one.kind is not DifferenceKind.UNREADABLE]
        return and_list((*headings, *stored.not_expressible))


def _change(reply: Reply) -> Change:
    """What an answer makes of a row, with the words for it."""
    state = after_reply(reply)
    match reply:
        case Created():
            return Change(state, campaign_id=reply.campaign_id, platform_status=reply.platform_status)
        case Refused():
            said = messages.REFUSED(words=sentence(reply.message))
            # The plan found the name free. Who has it now may be this row's own campaign: it is looked up.
            is_in_doubt = reply.says_name_exists or reply.campaign_id is not None
            return Change(State.UNKNOWN if is_in_doubt else state, said)
        case RetryLater():
            # A rate-limit answer is an attempt: the audit looks whether it was done all the same.
            return Change(
                state, messages.NOT_DONE(reason=sentence(reply.reason)), attempts=0 if reply.limited else -1
            )
        case Uncertain():
            template = messages.ANSWERED_WITHOUT_RESULT if _is_answer(reply) else messages.NO_ANSWER
            return Change(state, template(reason=sentence(reply.message)))
        case _:
            assert_never(reply)


def _is_answer(reply: Uncertain) -> bool:
    """Whether the service, or somebody before it, said no to this row in its own words."""
    status = reply.http_status or 0
    return 400 <= status < 500 and status not in {401, 408, 425, 429}


class TooManyRefusalsError(BulkloadError):
    """The brake: so many rows were refused that something is wrong with all of them."""

    exit_status = ROWS_NEED_A_PERSON


class Sender:
    """Sends the planned rows of a run; used once.

    ``ended`` says what stopped it before every row was done, ``unrecorded`` which answers came when the journal
    could not be written any more, ``last_sign`` when each row's request was last heard of, on the clock.
    """

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._door = asyncio.Lock()
        self._closing = asyncio.Event()
        self._breaker = CircuitBreaker(context.limits.window, context.run)
        self._limit_told_until = float("-inf")
        self._waiting: deque[JournalRow] = deque()
        self._repeated: Counter[int] = Counter()
        self._refused: list[JournalRow] = []
        """Rows that were refused since the last accepted one."""
        self._stopping_rows: set[int] = set()
        """Rows in turn whose answer would stop the run."""
        self.ended: BulkloadError | None = None
        self.unrecorded: dict[int, Created] = {}
        self.last_sign: dict[int, float] = {}

    async def send(self, rows: Iterable[JournalRow]) -> None:
        """Send them all, or until something stops it; what is in flight then gets its time."""
        # Rows that were never tried go first: one row that always fails must not block the others.
        self._waiting.extend(sorted(rows, key=lambda row: row.attempts > 0))
        self._context.progress.stage("Sending", len(self._waiting))
        workers = [asyncio.ensure_future(self._work()) for _ in range(self._context.limits.concurrency)]
        stopping = asyncio.ensure_future(self._close_when_asked())
        try:
            await asyncio.wait(workers)
            for worker in workers:
                worker.result()
        finally:
            for task in (*workers, stopping):
                task.cancel()
            await asyncio.gather(*workers, stopping, return_exceptions=True)

    async def _close_when_asked(self) -> None:
        await self._context.stop.wait()
        self._closing.set()

    async def _work(self) -> None:
        while True:
            async with self._door:  # one at a time: whoever waits for the service waits for all
                row = await self._next()
                if row is not None and self._breaker.is_half_open:
                    await self._do(row)
                    continue
            if row is None:
                return
            await self._do(row)

    async def _next(self) -> JournalRow | None:
        while not self._is_closed() and (pause := self._breaker.take_pause()) is not None:
            await self._hold_back(pause)
        return self._waiting.popleft() if self._waiting and not self._is_closed() else None

    def _is_closed(self) -> bool:
        return self._closing.is_set() or self._context.stop.requested

    async def _hold_back(self, pause: Pause) -> None:
        self._context.progress.say(
            messages.TRYING_AGAIN(reason=sentence(pause.reason), wait=duration(pause.seconds)).text
        )
        await self._context.stop.sleep(self._context.clock, pause.seconds)
        if not pause.probe or self._is_closed():
            return
        try:
            if not await self._context.service.is_answering():
                self._breaker.probe_failed(pause.reason)
                self._end_if_hopeless()
        except BulkloadError as error:
            self._end(error)

    # --- one row -------------------------------------------------------------------------------------------

    async def _do(self, row: JournalRow) -> None:
        """Send one row and write down what came of it."""
        try:
            if row.updates and not await self._may_write(row):
                return
            uncertain = await self._attempt(row)
            if uncertain is not None and uncertain.updates:
                await self._repeat(uncertain)
        except BulkloadError as error:
            self._end(error)
        except BaseException:
            self._closing.set()
            raise

    async def _repeat(self, row: JournalRow) -> None:
        """An update may be sent again: after a while, and after the rows that wait."""
        tried = self._repeated[row.row]
        if tried == UPDATE_RETRIES:
            return
        self._repeated[row.row] += 1
        # full jitter: clients that were cut off together don't come back together
        wait = random.uniform(0, UPDATE_WAIT * 2**tried)  # noqa: S311  (no secret)
        await self._context.stop.sleep(self._context.clock, wait)
        if self._is_closed():
            return
        change = await self._look_before_write(row)
        if change is None:
            self._waiting.extend(self._context.move((row, Change(State.PLANNED, row.explanation))))
        else:
            self._context.move((row, change))

    async def _may_write(self, row: JournalRow) -> bool:
        """Whether the campaign still is what the plan showed; else the row says what became of it."""
        change = await self._look_before_write(row)
        if change is None:
            return True
        if change.state is State.ACCEPTED:  # an earlier attempt was done
            (row,) = self._context.move((row, Change(State.UNKNOWN)))
        self._context.move((row, change))
        self._context.progress.advance()
        return False

    async def _look_before_write(self, row: JournalRow) -> Change | None:
        """One GET right before an update: None where it may be sent."""
        return what_is_there(row, await self._context.service.campaign(row.target_id or ""), self._context)

    async def _attempt(self, row: JournalRow) -> JournalRow | None:
        """Send it once; the row where the answer says nothing, None where it says something."""
        request = RowRequest(row, self._context, self._breaker, self._is_closed)
        try:
            reply = await self._withdrawable(request)
        except SendWithheldError:
            self._waiting.appendleft(row)
            return None
        except BulkloadError as error:
            request.mark_in_doubt(error)
            raise
        if reply is None:
            return None
        self.last_sign[row.row] = self._context.clock.now()
        self._record(request, reply)
        await self._heed(reply, request.row)
        self._end_if_hopeless()
        if isinstance(reply, RetryLater) and reply.limited:
            self._tell_of_limit(reply)
        return request.row if request.row.state is State.UNKNOWN else None

    async def _heed(self, reply: Reply, row: JournalRow) -> None:
        """What an answer to one row means for the others."""
        match reply:
            case Created():
                self._refused.clear()
                self._stopping_rows.clear()
            case Refused():
                self._refused.append(row)
                self._stopping_rows.clear()
                if len(self._refused) >= self._context.options.stop_after:
                    self._end(self._brake())
            case Uncertain(stops=True):
                self._stopping_rows.add(row.row)
                if not await self._is_of_one_row(reply):
                    self._end(_error_of(reply))

    async def _is_of_one_row(self, reply: Uncertain) -> bool:
        """Whether such an answer is one row's own: a firewall may dislike its words, while reads are answered."""
        if reply.http_status not in {401, 403} or len(self._stopping_rows) > 1:
            return False
        try:
            return await self._context.service.is_answering()
        except BulkloadError as error:
            self._end(error)
            return False

    def _brake(self) -> TooManyRefusalsError:
        common = what_they_share(row.body for row in self._refused)
        return TooManyRefusalsError(
            messages.TOO_MANY_REFUSALS(count=len(self._refused), common=common, run=self._context.run)
        )

    def _tell_of_limit(self, reply: RetryLater) -> None:
        """Once for all rows that meet the same closed gate."""
        now = self._context.clock.now()
        if now >= self._limit_told_until:
            wait = reply.retry_after or self._context.limits.window
            self._limit_told_until = now + wait
            self._context.progress.say(messages.LIMITED(wait=duration(wait)).text)

    async def _withdrawable(self, request: RowRequest) -> Reply | None:
        """The answer; None where the run is being ended and the row has not left yet."""
        task = asyncio.ensure_future(
            self._context.service.send(request.row.payload, on_send=request.mark_sending)
        )
        closing = asyncio.ensure_future(self._closing.wait())
        try:
            await asyncio.wait((task, closing), return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() or request.left else None
        finally:
            task.cancel()
            closing.cancel()
            await asyncio.gather(task, closing, return_exceptions=True)

    def _record(self, request: RowRequest, reply: Reply) -> None:
        row = request.row.row
        try:
            request.record_reply(reply)
        except JournalError:
            if isinstance(reply, Created):
                self.unrecorded[row] = reply
            raise
        if request.row.state is State.PLANNED:
            self._waiting.appendleft(request.row)
        elif not self._repeated[row]:
            self._context.progress.advance()

    # --- the end -------------------------------------------------------------------------------------------

    def _end_if_hopeless(self) -> None:
        if self._breaker.ending is not None:
            self._end(self._breaker.ending)

    def _end(self, error: BulkloadError) -> None:
        """No new rows. The first reason is the one that is told."""
        self.ended = self.ended or error
        self._closing.set()


def _error_of(reply: Uncertain) -> BulkloadError:
    """Why a run ends at an answer that every other row would meet, too."""
    reason = reply.stop_reason
    if reason is None:
        return ServiceError(quoted(sentence(reply.message)))
    kind = SettingsError if reason.exit_status == SettingsError.exit_status else ServiceError
    return kind(reason.explanation)
