"""A process killed at every moment of a run, and the two mistakes that these tests must be able to catch."""

from __future__ import annotations

import pytest
from support.fakes.fake_service import FakeService, Fault, Killed
from support.runs.run_world import World, latest_unfinished, rows

from bulkload.run.context import Limits

TROUBLED = (Fault.NONE, Fault.LOST, Fault.LIMITED, Fault.UNSENT, Fault.LATE)
"""How the first requests of the runs below fare."""


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, appears_after=40.0, ready_after=45.0)
    world.limits = Limits(concurrency=3)
    return world


def finish(world):
    """What a person does after a crash: resume, or submit again where nothing was begun."""
    with world.journal() as journal:
        unfinished = latest_unfinished(journal)
    return world.resume() if unfinished else world.submit(rows(12))


@pytest.mark.parametrize("moment", range(1, 55))
def test_kill_at_any_moment_still_creates_every_row_once(world, moment):
    world.kill_at(moment)
    with pytest.raises(Killed):
        world.submit(rows(12), *TROUBLED)

    ended = finish(world)

    assert world.twice() == {}
    assert world.contradictions(ended) == []
    assert ended.statuses() == dict.fromkeys(range(2, 14), "created")


@pytest.mark.parametrize("commit", range(1, 32))
def test_kill_before_any_journal_commit_still_creates_every_row_once(world, commit):
    world.kill_at_commit(commit)
    with pytest.raises(Killed):
        world.submit(rows(12), *TROUBLED)

    ended = finish(world)

    assert world.twice() == {}
    assert world.contradictions(ended) == []
    assert ended.statuses() == dict.fromkeys(range(2, 14), "created")


@pytest.mark.parametrize("moment", range(1, 40, 3))
def test_second_kill_during_a_resume_still_creates_every_row_once(world, moment):
    world.kill_at(20)
    with pytest.raises(Killed):
        world.submit(rows(12), *TROUBLED)
    world.kill_at(moment)
    try:
        world.resume(Fault.LOST, Fault.NONE, Fault.LATE)
    except Killed:
        world.resume()

    ended = world.resume(run=last_run(world))

    assert world.twice() == {}
    assert ended.statuses() == dict.fromkeys(range(2, 14), "created")


def last_run(world):
    with world.journal() as journal:
        return journal.runs()[0].run


# --- negative controls: a harness that can't catch these proves nothing -----------------------------------------


class LateIntent(FakeService):
    """A service that lets a request go before the intent is written down: the mistake of a journal kept too late."""

    async def send(self, payload, *, on_send=lambda: None):
        reply = await super().send(payload)
        on_send()
        return reply


def test_without_an_intent_before_the_request_the_killed_runs_make_duplicates(tmp_path):
    duplicates = 0
    for moment in range(1, 40):
        world = World(tmp_path / str(moment), appears_after=40.0)
        world.service = LateIntent(world.time, appears_after=40.0)
        world.kill_at(moment)
        with pytest.raises(Killed):
            world.submit(rows(12))
        finish(world)
        duplicates += len(world.twice())

    assert duplicates > 10


def test_without_a_settling_time_a_late_listing_makes_duplicates(tmp_path):
    world = World(tmp_path, appears_after=40.0)
    world.limits = Limits(settle=0)
    world.submit(rows(2), Fault.LOST, Fault.LOST)  # no row teaches how late the listing is

    world.resume()

    assert set(world.twice()) == {"campaign 2", "campaign 3"}
