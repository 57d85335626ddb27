from __future__ import annotations

import asyncio
import random
import time
from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.fakes.api_clock import JumpingClock
from support.fakes.raw_server import settings_for

from bulkload.kore.pace import Pace, shared_pace
from bulkload.settings import Settings


class CountingServer:
    """Counts requests in a true sliding window, as the account's limit does, and refuses beyond it."""

    def __init__(self, clock: JumpingClock, rate: int, window: float) -> None:
        self.clock = clock
        self.rate = rate
        self.window = window
        self.counted: deque[float] = deque()
        self.accepted = 0
        self.refused = 0

    def takes(self) -> bool:
        now = self.clock.now()
        while self.counted and self.counted[0] <= now - self.window:
            self.counted.popleft()
        if len(self.counted) >= self.rate:
            self.refused += 1
            return False
        self.counted.append(now)
        self.accepted += 1
        return True


async def submit(pace: Pace, server: CountingServer, rows: int, *, workers: int, latency: float) -> float:
    """Send so many rows with so many workers until each was taken; the seconds that took."""
    clock = server.clock
    chance = random.Random(rows)  # noqa: S311  (moments of arrival, the same in each run)
    waiting = list(range(rows))

    async def work() -> None:
        while waiting:
            waiting.pop()
            taken = False
            while not taken:
                async with pace.slot():
                    before = chance.random() * latency  # the server counts at any moment of a request
                    await clock.sleep(before)
                    taken = server.takes()
                    await clock.sleep(latency - before)
                    if not taken:
                        pace.close_for(None)

    began = clock.now()
    await asyncio.gather(*(work() for _ in range(workers)))
    return clock.now() - began


@settings(max_examples=60, deadline=None)
@given(
    rate=st.integers(1, 70),
    window=st.sampled_from([0.5, 6.0, 60.0]),
    rows=st.integers(1, 150),
    workers=st.integers(1, 20),
    latency=st.floats(0, 5),
)
def test_the_server_never_counts_more_than_the_rate_in_any_window(rate, window, rows, workers, latency):
    clock = JumpingClock()
    server = CountingServer(clock, rate, window)
    pace = Pace(rate, window, clock)

    clock.run(submit(pace, server, rows, workers=workers, latency=latency))

    assert (server.refused, server.accepted) == (0, rows)


@pytest.mark.parametrize(("rate", "window"), [(60, 6.0), (60, 60.0), (7, 60.0), (1, 2.0)])
def test_no_request_of_the_budget_is_wasted(rate, window):
    clock = JumpingClock()
    server = CountingServer(clock, rate, window)
    rows = rate * 5

    took = clock.run(submit(Pace(rate, window, clock), server, rows, workers=8, latency=0.02))

    least = (rows - rate) / rate * window
    assert least <= took <= least * 1.03
    assert server.refused == 0


@pytest.mark.parametrize("latency", [0.02, 0.3])
def test_sharing_half_the_budget_loses_no_row_and_little_time(latency):
    clock = JumpingClock()
    server = CountingServer(clock, 30, 60.0)  # what the other client leaves of 60

    took = clock.run(submit(Pace(60, 60.0, clock), server, 300, workers=8, latency=latency))

    assert server.accepted == 300
    assert took <= (300 - 30) / 30 * 60.0 * 1.1


def test_whoever_waits_sleeps_only_until_a_request_may_leave():
    clock = JumpingClock()
    server = CountingServer(clock, 60, 60.0)

    clock.run(submit(Pace(60, 60.0, clock), server, 300, workers=8, latency=0.0))

    sleeps_of_the_server = 300 * 2
    assert clock.sleeps - sleeps_of_the_server <= 4  # one for each of the windows after the first


def test_requests_leave_in_the_order_in_which_they_asked():
    clock = JumpingClock()
    pace = Pace(2, 10.0, clock)
    left: list[int] = []

    async def request(number: int) -> None:
        async with pace.slot():
            left.append(number)
            await clock.sleep(1.0)

    async def everything() -> None:
        await asyncio.gather(*(request(number) for number in range(20)))

    clock.run(everything())
    assert left == list(range(20))


def test_rate_limit_answer_closes_the_gate_for_all_for_its_time():
    clock = JumpingClock()
    pace = Pace(60, 60.0, clock)
    left: list[float] = []

    async def request(*, refused: bool) -> None:
        async with pace.slot():
            left.append(clock.now() - 1000.0)
            if refused:
                pace.close_for(17.0)

    async def everything() -> None:
        await request(refused=True)
        await asyncio.gather(*(request(refused=False) for _ in range(5)))

    clock.run(everything())
    assert left == [0.0, 17.0, 17.0, 17.0, 17.0, 17.0]


def test_rate_limit_answer_without_a_time_closes_gate_for_one_window():
    clock = JumpingClock()
    pace = Pace(60, 60.0, clock)

    async def everything() -> float:
        async with pace.slot():
            pace.close_for(None)
        async with pace.slot():
            return clock.now() - 1000.0

    assert clock.run(everything()) == 60.0


def test_a_service_that_says_zero_seconds_is_not_hammered():
    clock = JumpingClock()
    pace = Pace(60, 60.0, clock)

    async def everything() -> float:
        async with pace.slot():
            pace.close_for(0.0)
        async with pace.slot():
            return clock.now() - 1000.0

    assert clock.run(everything()) == 1.0


def test_request_cancelled_while_waiting_takes_nothing_from_the_budget():
    clock = JumpingClock()
    pace = Pace(1, 10.0, clock)

    async def request() -> float:
        async with pace.slot():
            return clock.now() - 1000.0

    async def everything() -> float:
        await request()
        waiting = asyncio.ensure_future(request())
        await asyncio.sleep(0)
        waiting.cancel()
        return await request()

    assert clock.run(everything()) == pytest.approx(10.0, rel=0.01)


def test_after_an_hour_asleep_the_whole_budget_is_there_and_no_more():
    clock = JumpingClock()
    server = CountingServer(clock, 60, 60.0)
    pace = Pace(60, 60.0, clock)

    async def everything() -> float:
        await submit(pace, server, 70, workers=8, latency=0.1)
        await clock.sleep(3600.0)
        return await submit(pace, server, 60, workers=8, latency=0.1)

    assert clock.run(everything()) < 5.0
    assert server.refused == 0


def test_budget_recovers_step_by_step_after_the_other_client_leaves():
    clock = JumpingClock()
    server = CountingServer(clock, 30, 6.0)
    pace = Pace(60, 6.0, clock)

    async def everything() -> float:
        await submit(pace, server, 100, workers=8, latency=0.01)
        server.rate = 60
        await submit(pace, server, 300, workers=8, latency=0.01)
        return await submit(pace, server, 300, workers=8, latency=0.01)

    assert clock.run(everything()) <= 300 / 60 * 6.0 * 1.03


# --- one budget for one account ------------------------------------------------------------------------


def settings_of(host: str, account_id: str = "67777ce93e25326494e91234", **changes: object) -> Settings:
    return settings_for(host, account_id=account_id, **changes)


def test_budget_belongs_to_a_host_and_account_id_for_any_application():
    first = shared_pace(settings_of("https://one.example", app_id="st-1"))
    assert shared_pace(settings_of("https://one.example", app_id="st-2")) is first
    assert shared_pace(settings_of("https://one.example", "67777CE93E25326494E91234")) is first
    assert shared_pace(settings_of("https://two.example")) is not first
    assert shared_pace(settings_of("https://one.example", "67777ce93e25326494e95678")) is not first


def test_a_budget_outlives_the_client_that_spent_it_and_its_event_loop():
    window = 0.3

    async def spend(requests: int) -> float:
        pace = shared_pace(settings_of("https://three.example", rate=5, window=window))
        begun = time.monotonic()
        for _ in range(requests):
            async with pace.slot():
                pass
        return time.monotonic() - begun

    assert asyncio.run(spend(5)) < window / 2
    assert asyncio.run(spend(1)) > window / 2
