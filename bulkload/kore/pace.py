"""The account's request budget, spent to the last request and never beyond it: a true sliding window.

60 requests in any 60 s for the whole account (Kore.ai's rate-limit page). The server counts a request at some
moment between its sending and its answer. So request n may be sent no earlier than a window after the *answer* to
request n-60. A leaky bucket is not that: after a burst it lets 119 through in the first minute.

A rate-limit answer closes one gate for everybody. It lowers the budget to what the service has just accepted, at
most by half at once: another client of the account uses the rest. Each window that is spent without a refusal
gives a tenth of the full budget back, request by request. With another client taking half of 60, 300 requests took
1.02 times the least possible.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bulkload.ports import MonotonicClock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bulkload.ports import Clock
    from bulkload.settings import Settings

RECOVERY = 0.1
"""Share of the full budget that comes back with each window that is spent without a refusal."""
SHORTEST = 1 / 60
"""Share of the window for which the gate stays closed at least: a service that says "0 seconds" is not hammered."""


_SHARED: dict[tuple[str, str], Pace] = {}


def shared_pace(settings: Settings) -> Pace:
    """The budget of a host and account id, shared by everything in this process that asks the same account.

    It outlives a client, because what the one before has spent counts for a minute after its end.
    """
    # The limit is counted for the account, so another application of it shares the budget.
    pace = _SHARED.setdefault(
        (settings.host, settings.account_id.casefold()),
        Pace(settings.rate, settings.window, MonotonicClock()),
    )
    pace.set_limits(settings.rate, settings.window)
    return pace


class Pace:
    """One gate for everything that is sent: ``async with pace.slot():`` around a request and its answer.

    First come, first served. Each waiter sleeps once, until its request may be sent.
    """

    def __init__(self, rate: int, window: float, clock: Clock) -> None:
        self._rate = rate
        self._window = window
        self._clock = clock
        self._usable = float(rate)
        """Requests that may count at once, between 1 and the rate."""
        self._open_at = float("-inf")
        self._is_closed = False
        """Whether a refusal has yet to be drawn lessons from, once everything that was on its way is answered."""
        self._let_through = 0
        """Requests that the service took in the window before the gate closed, and while it was closed."""
        self._in_flight = 0
        self._answered: deque[float] = deque()
        """When the requests that still count were answered, oldest first."""
        self._refused: deque[float] = deque()
        """When those of them that were refused for the rate were."""
        self._use_this_loop()

    @property
    def _kept(self) -> float:
        """Seconds for which an answered request counts: clocks of two machines differ a little."""
        return self._window * 1.001 + 0.005

    def set_limits(self, rate: int, window: float) -> None:
        """Take over limits that were set since; what has been spent stays spent."""
        if (rate, window) != (self._rate, self._window):
            self._rate, self._window, self._usable = rate, window, float(rate)

    def _use_this_loop(self) -> None:
        """Locks of asyncio belong to one event loop; a budget may outlive it."""
        self._loop = _running_loop()
        self._turn = asyncio.Lock()
        self._an_answer = asyncio.Event()

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait until a request may leave; the end of the block is its answer, or the end of waiting for one."""
        if self._loop is not _running_loop():
            self._use_this_loop()
        async with self._turn:
            while (wait := self._wait()) > 0:
                await self._sleep(wait)
            self._in_flight += 1
        try:
            yield
        finally:
            self._in_flight -= 1
            self._let_through += 1
            self._answered.append(self._clock.now())
            self._an_answer.set()

    def close_for(self, seconds: float | None) -> None:
        """Nothing leaves for so many seconds (None: a window), and less for a while: the service said so.

        Called inside the slot of the request that was refused.
        """
        now = self._clock.now()
        if not self._is_closed:
            self._is_closed = True
            self._update(now)
            self._let_through = len(self._answered) - len(self._refused)
        self._let_through -= 1  # the end of this slot will add it
        self._refused.append(now)
        wait = self._window if seconds is None else max(seconds, self._window * SHORTEST)
        self._open_at = max(self._open_at, now + wait)

    def _lower(self, now: float) -> None:
        """The lesson of a refusal: what was let through is what there is for us, though never less than half."""
        self._update(now)
        at_most = max(1.0, self._usable - 1)
        self._usable = min(at_most, max(1.0, self._let_through, self._usable / 2))
        self._is_closed = False

    def _update(self, now: float) -> None:
        """Forget what no longer counts; each request that stayed without a refusal gives its share back."""
        while self._refused and self._refused[0] + self._kept <= now:
            self._refused.popleft()
        while self._answered and self._answered[0] + self._kept <= now:
            self._answered.popleft()
            if not self._is_closed:
                self._usable = min(self._rate, self._usable + self._rate * RECOVERY / self._usable)

    def _wait(self) -> float:
        """Seconds until a request may be sent; infinite while only an answer can tell."""
        now = self._clock.now()
        if now < self._open_at:
            return self._open_at - now
        if self._is_closed:
            self._lower(now)
        self._update(now)
        beyond = self._in_flight + len(self._answered) - int(self._usable)
        if beyond < 0:
            return 0.0
        return self._answered[beyond] + self._kept - now if beyond < len(self._answered) else float("inf")

    async def _sleep(self, wait: float) -> None:
        if wait < float("inf"):
            await self._clock.sleep(wait)
            return
        self._an_answer.clear()
        await self._an_answer.wait()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
