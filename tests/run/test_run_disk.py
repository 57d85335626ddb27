"""A journal that can't be written any more: before an intent, after an answer, at the very end."""

from __future__ import annotations

import pytest
from support.fakes.fake_service import Fault
from support.runs.run_world import ACCOUNT, World, request, rows

from bulkload.model import Level, Problem, StopReason
from bulkload.run.context import Limits, RunContext
from bulkload.run.submission import Submission


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path, appears_after=40.0)
    world.limits = Limits(concurrency=1)
    return world


def full_from(world, moment, times=1):
    """From the moment's so-manieth time SQLite refuses every write, as on a full disk; what the run comes to."""
    with world.journal() as journal:
        met = []

        def hook(when, row):
            met.append((when, row))
            if met.count(moment) == times:
                journal._connection.execute("PRAGMA query_only = ON")

        world.service.hook = hook

        async def go():
            submission = Submission.new(request(rows(5)), ACCOUNT)
            plan = await submission.plan(world.service, journal, world.limits, world.time)
            context = RunContext(world.service, journal, world.limits, world.time)
            stopped = await submission.execute(plan, context)
            return stopped, submission.outcomes(journal, sheet="Campaigns"), submission.info(journal)

        ended = world.time.run(go)
    world.service.hook = lambda _when, _row: None
    return ended


def test_without_an_intent_in_the_journal_nothing_is_sent(world):
    stopped, outcomes, _ = full_from(world, ("waiting", 4))

    assert isinstance(stopped, StopReason)
    assert stopped.exit_status == 5
    assert "can't be used (attempt to write a readonly database)" in stopped.message
    assert "Make room on that disk" in stopped.message
    assert [str(one.status) for one in outcomes] == ["created", "created", "not_sent", "not_sent", "not_sent"]
    assert [outcome.attempts for outcome in outcomes] == [1, 1, 0, 0, 0]
    assert len(world.service.campaigns_there) == 2
    assert set(world.resume().statuses().values()) == {"created"}
    assert world.twice() == {}


def test_answer_that_cannot_be_saved_is_reported_with_row_and_id(world):
    stopped, outcomes, _ = full_from(world, ("after the effect", 4))

    assert stopped.message.endswith(" These IDs could not be written down, so note them: row 4 is cd-0003.")
    assert [str(one.status) for one in outcomes] == ["created", "created", "created", "not_sent", "not_sent"]
    assert (outcomes[2].campaign_id, outcomes[2].message) == (
        "cd-0003",
        "Kore.ai answered with cd-0003, which could not be written into the journal.",
    )
    assert outcomes[2].fix == ("Note the ID. Make room on the disk. To find the campaign again: resume.")
    assert outcomes[2].problems == (
        Problem(Level.WARNING, outcomes[2].explanation, sheet="Campaigns", row=4),
    )
    resumed = world.resume()
    assert set(resumed.statuses().values()) == {"created"}
    assert resumed.of(4).campaign_id == "cd-0003"
    assert world.twice() == {}


def test_several_answers_that_cannot_be_written_down_are_all_told(world):
    world.limits = Limits(concurrency=3)

    stopped, _, _ = full_from(world, ("leaving", 4))

    assert all(f"row {row} is cd-000{row - 1}" in stopped.message for row in (2, 3, 4))


def test_unsaved_answer_without_an_id_leaves_its_row_unknown(world):
    world.service.faults.append(Fault.REFUSED)

    stopped, outcomes, _ = full_from(world, ("leaving", 2))

    assert stopped.exit_status == 5
    assert [str(one.status) for one in outcomes] == ["unknown"] + ["not_sent"] * 4


def test_run_that_cannot_begin_sends_nothing_and_does_not_exist(world):
    stopped, outcomes, info = full_from(world, ("listed", 0), times=2)

    assert stopped.exit_status == 5
    assert (outcomes, info) == ((), None)
    assert world.service.requests == ["list", "list"]


def test_disk_full_during_the_audit_leaves_the_rest_to_a_resume(world):
    world.service.ready_after = 45.0

    stopped, outcomes, _ = full_from(world, ("listed", 0), times=3)

    assert stopped.exit_status == 5
    assert [str(one.status) for one in outcomes] == ["created"] * 5
    assert {outcome.platform_status for outcome in world.resume().outcomes} == {"Ready"}
