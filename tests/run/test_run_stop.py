"""The person's wish to stop, heard by everything that waits."""

from __future__ import annotations

import asyncio

import pytest
from support.fakes.run_time import RunTime

from bulkload.run.stop import StopSignal, race


def test_a_wait_lasts_as_long_as_it_should_while_nobody_asks():
    time = RunTime()

    time.run(lambda: StopSignal().sleep(time, 30.0))

    assert time.now() == pytest.approx(1030)


def test_a_wait_ends_when_somebody_asks_and_none_begins_after_that():
    time, stop = RunTime(), StopSignal()

    async def wait():
        asyncio.get_running_loop().call_later(5, stop.request)
        await stop.sleep(time, 30.0)
        await stop.sleep(time, 30.0)

    time.run(wait)

    assert time.now() == pytest.approx(1005)
    assert stop.requested


def test_only_the_second_time_is_insisting():
    async def ask():
        stop = StopSignal()
        stop.request()
        forced = asyncio.ensure_future(stop.forced())
        await asyncio.sleep(0)
        once = forced.done()
        stop.request()
        await forced
        return once

    assert asyncio.run(ask()) is False


def test_exception_of_the_wanted_task_is_raised_if_both_end_together():
    async def fail():
        raise ValueError("wanted")

    async def nothing():
        return None

    with pytest.raises(ValueError, match="wanted"):
        asyncio.run(race(fail(), nothing()))


def test_what_is_left_over_is_ended_before_the_first_is_told():
    ended = []

    async def linger():
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("linger")

    async def both():
        return [await race(asyncio.sleep(0), linger()), await race(linger(), asyncio.sleep(0))]

    assert asyncio.run(both()) == [True, False]
    assert ended == ["linger", "linger"]
