"""The machine's clock: durations go on while the machine sleeps, whatever its system calls that clock."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from bulkload.ports import MonotonicClock

AWAKE, ASLEEP_TOO = 100.0, 3700.0
"""Seconds that a machine was awake, and those since its start: its lid was closed for an hour."""


def system(**clocks: float) -> SimpleNamespace:
    """The module ``time`` of a system that has these clocks beside its monotonic one."""
    names = {name: number for number, name in enumerate(clocks)}
    if clocks:
        names["clock_gettime"] = list(clocks.values()).__getitem__
    return SimpleNamespace(monotonic=lambda: AWAKE, **names)


@pytest.mark.parametrize(
    "clocks",
    [{"CLOCK_MONOTONIC": AWAKE, "CLOCK_BOOTTIME": ASLEEP_TOO}, {"CLOCK_MONOTONIC": ASLEEP_TOO}],
    ids=["Linux", "macOS"],
)
def test_the_clock_goes_on_while_the_machine_sleeps(clocks: dict[str, float]) -> None:
    assert MonotonicClock(system(**clocks)).now() == ASLEEP_TOO


def test_the_clock_of_a_system_with_one_alone_is_that_one() -> None:
    assert MonotonicClock(system()).now() == AWAKE


def test_the_clock_of_this_system_runs_with_the_time() -> None:
    clock = MonotonicClock()
    began, first = time.monotonic(), clock.now()
    assert 0 <= clock.now() - first <= time.monotonic() - began
