"""What the rooms ask of the world outside, as protocols: a clock, and somebody who watches the progress.

Both have a default that needs nothing, so that a test hands in its own and nothing is patched. Only ``cli``
knows that a terminal exists.
"""

from __future__ import annotations

import asyncio
import time
from typing import Protocol


class Clock(Protocol):
    """Durations only: a wall clock that is set back must not change what a run does."""

    def now(self) -> float:
        """Seconds on a clock that never runs backwards."""

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds of this clock."""


class MonotonicClock:
    """The machine's monotonic clock."""

    def now(self) -> float:
        """Seconds since some fixed moment."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Give way to the other tasks for so many seconds."""
        await asyncio.sleep(max(0.0, seconds))


class Progress(Protocol):
    """Somebody who watches a run."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins: ``Sending``, of ``total`` rows where that is known; the one before it has ended."""

    def advance(self, rows: int = 1) -> None:
        """So many more rows of the stage are done."""

    def say(self, sentence: str) -> None:
        """Something the person should know now."""


class Silent:
    """Nobody watches."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, rows: int = 1) -> None:
        """Say nothing."""

    def say(self, sentence: str) -> None:
        """Say nothing."""
