"""Every way in which a run can end before its time: real signals, real processes, each story with the checker."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from support.forks import Forks
from support.stories import Done, Story
from support.story_workbooks import campaign

from bulkload.sandbox.faults import Fault

SLOW = {"delay": 0.15, "visible_after": 0.3}
"""A service that takes its time, so that a signal finds requests on their way."""


def ten(forks: Forks, folder: Path, **how) -> Story:
    """Ten campaigns to create; the service's settings are ``SLOW`` but for those given."""
    return Story(
        forks,
        folder,
        [campaign(number) for number in range(10)],
        sandbox=SLOW | how.pop("sandbox", {}),
        settings={"BULKLOAD_WINDOW": "0.2", **how.pop("settings", {})},
        **how,
    )


def said(done: Done) -> list[str]:
    """What a person is told of the run as a whole."""
    return [problem["message"] for problem in done.document["problems"]]


def all_created(story: Story, done: Done) -> None:
    """The last command of a story that ended well."""
    assert (done.status, set(done.statuses.values())) == (0, {"created"}), done.out + done.err
    story.check(done).must_be_clean()


# --- Ctrl-C -----------------------------------------------------------------------------------------------


def test_ctrl_c_once_sends_no_new_row_lets_what_is_under_way_come_back_and_writes_the_results(
    forks, tmp_path
):
    with ten(forks, tmp_path, points=[("arrived", 6, signal.SIGINT)]) as story:
        done = story.submit()

        assert done.status == 130
        assert set(done.statuses.values()) == {"created", "not_sent"}
        run = done.document["run"]
        assert said(done) == [
            f"Stopped as you asked. 'bulkload resume {run}' goes on where this run stopped."
        ]
        assert "Stopping: no new row is sent, what is under way gets its time." in done.err
        assert Path(done.document["results"]).exists()
        story.check(done).must_be_clean()

        all_created(story, story.resume())


def test_ctrl_c_twice_leaves_at_once_and_a_resume_looks_up_what_was_under_way(forks, tmp_path):
    """Three creates are answered, four hang; the tenth request is another person's, and the moment to insist."""
    points = [("arrived", 9, signal.SIGINT), ("arrived", 9, 0), ("arrived", 10, signal.SIGINT)]
    hang = Fault("hang", "after", "create", nth=4, times=None).to_json()
    with ten(forks, tmp_path, points=points, sandbox={"faults": [hang]}) as story:
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        story.client.list()
        done = running.done()

        assert (done.status, sorted(done.statuses.values())) == (
            130,
            ["created"] * 3 + ["not_sent"] * 3 + ["unknown"] * 4,
        )
        assert set(story.states(done).values()) >= {"sending"}, "it did not wait for an answer"
        story.check(done).must_be_clean()

        story.configure(faults=[])
        all_created(story, story.resume())


def test_ctrl_c_before_anything_was_sent_is_a_report_too(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 1, signal.SIGINT)], sandbox={"delay": 1.0}) as story:
        done = story.submit()

        assert (done.status, set(done.statuses.values())) == (130, {"not_sent"})
        assert said(done) == ["Stopped before anything more was sent."]
        assert story.log.effects == ()
        story.check(done).must_be_clean()


def test_a_polite_request_to_end_is_heard_like_ctrl_c(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 6, signal.SIGTERM)]) as story:
        done = story.submit()

        assert (done.status, set(done.statuses.values())) == (130, {"created", "not_sent"})
        story.check(done).must_be_clean()

        all_created(story, story.submit())


# --- the service is ill -------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "after"])
def test_several_failures_in_a_row_hold_the_run_back_until_the_service_answers_again(forks, tmp_path, when):
    faults = [Fault("answer", when, "create", nth=3, times=4, status=503).to_json()]
    with ten(forks, tmp_path, sandbox={"faults": faults}) as story:
        done = story.submit()

        lost = [status for status in done.statuses.values() if status != "created"]
        assert lost == (["not_sent"] * 4 if when == "before" else [])
        assert done.status == int(when == "before")
        assert "Trying again in 0.1 s." in done.err
        story.check(done).must_be_clean()

        if lost:
            all_created(story, story.resume())


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_service_that_does_not_recover_ends_the_run_with_everything_unsent_still_to_be_sent(
    forks, tmp_path, when
):
    faults = [
        Fault("answer", when, "create", nth=3, times=None, status=503).to_json(),
        Fault("answer", "before", "list", nth=2, times=None, status=503).to_json(),
    ]
    with ten(forks, tmp_path, sandbox={"faults": faults}) as story:
        done = story.submit()

        found = sorted(done.statuses.values())
        assert done.status == 5
        assert found == ["created"] * 2 + ["not_sent"] * found.count("not_sent") + ["unknown"] * found.count(
            "unknown"
        )
        assert found.count("not_sent") >= 2
        assert "Traceback" not in done.err
        story.check(done).must_be_clean()

        story.configure(faults=[])
        all_created(story, story.resume())


# --- clocks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("offset", [-7200.0, 7200.0])
def test_a_clock_that_is_off_stops_the_run_and_is_named(forks, tmp_path, offset):
    with ten(forks, tmp_path, sandbox={"clock_offset": offset}) as story:
        done = story.submit()

        assert (done.status, set(done.statuses.values())) == (4, {"not_sent"})
        assert "clock" in said(done)[0]
        story.check(done).must_be_clean()

        story.configure(clock_offset=0.0)
        all_created(story, story.submit())


@pytest.mark.parametrize("offset", [-7200.0, 7200.0])
def test_a_clock_that_is_set_in_mid_run_stops_it_and_nothing_is_lost(forks, tmp_path, offset):
    with ten(forks, tmp_path, points=[("arrived", 6, 0)], settings={"BULKLOAD_CONCURRENCY": "1"}) as story:
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        story.configure(clock_offset=offset)
        done = running.done()

        assert (done.status, set(done.statuses.values())) == (4, {"created", "not_sent"})
        assert "clock" in said(done)[0]
        story.check(done).must_be_clean()

        story.configure(clock_offset=0.0)
        all_created(story, story.resume())


def test_a_machine_that_sleeps_in_mid_run_wakes_to_a_run_that_goes_on(forks, tmp_path):
    """Stopped for longer than a request may take: what was under way is given up and looked up."""
    points = [("arrived", 7, signal.SIGSTOP), ("arrived", 7, 0)]
    with ten(forks, tmp_path, points=points, settings={"BULKLOAD_TIMEOUT": "1"}) as story:
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        assert running.child.wait(2) is None
        running.child.signal(signal.SIGCONT)

        all_created(story, running.done())


# --- one at a time ---------------------------------------------------------------------------------------------


def test_a_second_process_is_told_at_once_who_is_busy_and_disturbs_nothing(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 5, 0)]) as story:
        first = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        second, resumed = story.submit(), story.resume()
        reading = [story.run("runs"), story.submit("--dry-run")]
        done = first.done()

        assert {second.status, resumed.status} == {5}
        assert set(second.statuses.values()) == {"not_sent"}
        assert f"(run {done.document['run']}, process {first.child.pid}, since " in said(second)[0]
        assert f"(run {done.document['run']}, process {first.child.pid}, since " in said(resumed)[0]
        assert {command.status for command in reading} <= {0, 1}
        all_created(story, done)


def test_two_processes_that_begin_at_the_same_moment_create_every_row_once(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        running = [story.start("submit", story.workbook, "--yes", "--json") for _ in range(4)]
        ends = [one.done() for one in running]

        assert sorted(end.status for end in ends) == [0, 5, 5, 5]
        all_created(story, next(end for end in ends if end.status == 0))


def test_a_killed_run_leaves_no_lock_behind(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 5, signal.SIGKILL)]) as story:
        assert story.submit().status == -signal.SIGKILL

        all_created(story, story.submit())


# --- taking up ----------------------------------------------------------------------------------------------


def test_the_same_workbook_submitted_after_a_crash_says_that_a_run_is_unfinished_and_continues_it(
    forks, tmp_path
):
    with ten(forks, tmp_path, points=[("arrived", 7, signal.SIGKILL)]) as story:
        story.submit()
        (unfinished,) = story.runs()
        done = story.submit()

        assert unfinished["finished"] is None
        assert done.document["run"] == unfinished["run"]
        assert f"Run {unfinished['run']} of this workbook is unfinished: it is continued." in done.err
        assert [run["finished"] is None for run in story.runs()] == [False]
        all_created(story, done)


def test_a_run_is_resumed_although_its_workbook_was_deleted(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 7, signal.SIGKILL)]) as story:
        story.submit()
        copy = tmp_path / "elsewhere.xlsx"
        story.workbook.rename(copy)
        done = story.resume()

        assert (done.status, set(done.statuses.values())) == (0, {"created"})
        story.check(done, copy).must_be_clean()


def test_a_workbook_edited_after_a_crash_waits_for_the_rows_in_doubt_and_creates_nothing_twice(
    forks, tmp_path
):
    points = [("answered", 7, signal.SIGKILL)]
    with ten(forks, tmp_path, points=points, sandbox={"visible_after": 1.5}) as story:
        story.submit()
        old = tmp_path / "as-it-was.xlsx"
        old.write_bytes(story.workbook.read_bytes())
        changed = {0: {"Description": "Another text"}, 9: {"Priority": 3}}
        story.write(campaign(number, **changed.get(number, {})) for number in range(11))

        done = story.submit(BULKLOAD_SETTLE="2")
        assert done.status == 1
        assert done.statuses[2] == "conflict", "created with other values"
        assert {done.statuses[row] for row in (11, 12)} == {"created"}, "changed before it was sent, and new"
        assert set(done.statuses.values()) == {"already_created", "created", "conflict"}
        story.check(done).must_be_clean()

        resumed = story.resume(BULKLOAD_SETTLE="2")
        story.check(resumed, old).must_be_clean()
        assert set(resumed.statuses.values()) <= {"created", "already_created", "conflict"}

        again = story.submit()
        assert again.statuses == dict.fromkeys(range(2, 13), "already_created") | {2: "conflict"}
        story.check(again).must_be_clean()


def test_a_run_against_the_embedded_sandbox_is_resumed_without_any_setting(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        story.account = tmp_path / "state" / "sandbox" / "embedded.sqlite3"
        for name in ("HOST", "APP_ID", "ACCOUNT_ID", "CLIENT_ID", "CLIENT_SECRET"):
            del story.environment[f"BULKLOAD_{name}"]
        killed = story.submit("--sandbox", points=[("connect", 7, signal.SIGKILL)])
        done = story.resume()

        assert killed.status == -signal.SIGKILL
        assert [run["host"] for run in story.runs()] == ["sandbox"]
        all_created(story, done)


def test_there_is_nothing_to_resume_where_nothing_was_interrupted(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        before = story.resume()
        story.submit()
        after = story.resume()

        assert [(done.status, done.err) for done in (before, after)] == [
            (2, "No run of this machine was interrupted: there is nothing to resume.\n")
        ] * 2
