"""The person's wish to stop: the first request means no new rows, the second one stops at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bulkload.ports import Clock


class StopSignal:
    """Everything that waits obeys it. ``request`` must be called within the event loop's thread."""

    def __init__(self) -> None:
        self._once = asyncio.Event()
        self._twice = asyncio.Event()

    def request(self) -> None:
        """First call: finish requests in flight, start no new ones. Second call: stop at once."""
        if self._once.is_set():
            self._twice.set()
        self._once.set()

    @property
    def requested(self) -> bool:
        """Whether no new row may be sent."""
        return self._once.is_set()

    async def wait(self) -> None:
        """Return when the person has asked."""
        await self._once.wait()

    async def forced(self) -> None:
        """Return when the person has asked twice."""
        await self._twice.wait()

    async def sleep(self, clock: Clock, seconds: float) -> None:
        """Return after so many seconds, or as soon as the person asks to stop."""
        if not self.requested:
            await race(clock.sleep(seconds), self.wait())


async def race(wanted: Coroutine[None, None, object], other: Coroutine[None, None, object]) -> bool:
    """Whether the wanted one ended before the other did; the one that is left is cancelled.

    An exception of the wanted one is raised, though the other ended too.
    """
    first, second = asyncio.ensure_future(wanted), asyncio.ensure_future(other)
    try:
        await asyncio.wait((first, second), return_when=asyncio.FIRST_COMPLETED)
        if first.done():
            first.result()
        return first.done()
    finally:
        first.cancel()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
