"""A clock and an event loop in which waiting takes no time: the hours of a run pass in milliseconds."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

Result = TypeVar("Result")


class RunTime:
    """Time that passes when everybody waits; outlives the loops it drives, as a machine outlives a process."""

    def __init__(self) -> None:
        self.seconds = 1000.0
        self.wall_offset = timedelta()
        """By how much the wall clock was set forward or back; durations don't notice."""

    def now(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(max(0.0, seconds))

    def wall(self) -> datetime:
        return datetime(2026, 11, 21, 10, 0, tzinfo=UTC) + timedelta(seconds=self.seconds) + self.wall_offset

    def run(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        """Run it in a loop whose waiting moves this clock."""
        with asyncio.Runner(loop_factory=lambda: _Loop(self)) as runner:
            return runner.run(work())


class _Selector(selectors.SelectSelector):
    """Waits for nothing: a timeout only moves the clock."""

    def __init__(self, time: RunTime) -> None:
        super().__init__()
        self._time = time

    def select(self, timeout: float | None = None):
        ready = super().select(0)
        if not ready:
            if timeout is None:
                raise RuntimeError("everybody waits for something that will never come")
            self._time.seconds += max(0.0, timeout)
        return ready


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self, time: RunTime) -> None:
        super().__init__(_Selector(time))
        self._run_time = time

    def time(self) -> float:
        return self._run_time.seconds
