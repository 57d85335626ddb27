"""What the rooms ask of the world outside, as protocols: a clock and a progress display.

Both have a default that needs nothing, so that a test hands in its own and nothing is patched. Only ``cli``
knows that a terminal exists.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.model import Outcome


class Clock(Protocol):
    """Durations only: a wall clock that is set back must not change what a run does."""

    def now(self) -> float:
        """Seconds on a clock that never runs backwards."""

    async def sleep(self, seconds: float) -> None:
        """Return after so many seconds of this clock."""


class MonotonicClock:
    """The machine's monotonic clock, which goes on while the machine sleeps.

    A plan that a person looked at for an hour with the lid closed is an hour old, and the service's minute is over.
    """

    def __init__(self, source: Any = time) -> None:
        """``source`` has what the module ``time`` has on this system."""
        # On Linux and macOS time.monotonic stands still while a laptop sleeps. Linux's clock that does not is
        # CLOCK_BOOTTIME; macOS has no such name, but its CLOCK_MONOTONIC, asked for directly, does not either.
        # Windows has neither of them, and needs none: its time.monotonic goes on.
        self._number = getattr(source, "CLOCK_BOOTTIME", getattr(source, "CLOCK_MONOTONIC", None))
        self._source = source

    def now(self) -> float:
        """Seconds since some fixed moment."""
        if self._number is None:
            return float(self._source.monotonic())
        return float(self._source.clock_gettime(self._number))

    async def sleep(self, seconds: float) -> None:
        """Give way to the other tasks for so many seconds of a machine that is awake, or a few more."""
        await asyncio.sleep(max(0.0, seconds))


class Progress(Protocol):
    """Shows how far a run is."""

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins: ``Sending``, of ``total`` rows where that is known; the one before it has ended."""

    def advance(self, rows: int = 1) -> None:
        """So many more rows of the stage are done."""

    def say(self, sentence: str) -> None:
        """Something the user should know now."""

    def begun(self, run: str) -> None:
        """The run has this name from now on, and can be resumed by it."""

    def rows(self, outcomes: Sequence[Outcome]) -> None:
        """These rows have just changed; the outcomes are those of a run at work."""


class NoProgress:
    """Shows nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, rows: int = 1) -> None:
        """Say nothing."""

    def say(self, sentence: str) -> None:
        """Say nothing."""

    def begun(self, run: str) -> None:
        """Say nothing."""

    def rows(self, outcomes: Sequence[Outcome]) -> None:
        """Say nothing."""
