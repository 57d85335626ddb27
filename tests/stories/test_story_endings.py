"""Every way in which a run can end before its time: real signals, real processes, each story with the checker."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from support.program.endings import all_created, said, ten

from bulkload.sandbox.faults import Fault

# --- Ctrl-C -----------------------------------------------------------------------------------------------


def test_ctrl_c_sends_no_new_row_finishes_open_requests_and_writes_results(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 6, signal.SIGINT)]) as story:
        done = story.submit()

        assert done.status == 130
        assert set(done.statuses.values()) == {"created", "not_sent"}
        assert said(done) == ["Stopped as you asked."]
        assert "Stopping: no new row is sent, and requests under way are finished." in done.err
        assert Path(done.document["results"]).exists()
        story.check(done).must_be_clean()

        all_created(story, story.resume())


def test_two_ctrl_c_stop_at_once_and_a_resume_checks_open_requests(forks, tmp_path):
    """Three creates are answered, four hang; the eleventh request is another person's, and the moment to insist."""
    points = [("arrived", 10, signal.SIGINT), ("arrived", 10, 0), ("arrived", 11, signal.SIGINT)]
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
def test_several_failures_in_a_row_pause_the_run_until_service_answers(forks, tmp_path, when):
    faults = [Fault("answer", when, "create", nth=3, times=4, status=503).to_json()]
    one_by_one = {"BULKLOAD_CONCURRENCY": "1"}
    with ten(forks, tmp_path, sandbox={"faults": faults}, settings=one_by_one) as story:
        done = story.submit()

        lost = [status for status in done.statuses.values() if status != "created"]
        assert lost == (["not_sent"] * 4 if when == "before" else [])
        assert done.status == int(when == "before")
        assert done.err.count("Trying again in") == 2, (
            "after three in a row, and after the one that tried then"
        )
        story.check(done).must_be_clean()

        if lost:
            all_created(story, story.resume())


@pytest.mark.parametrize("when", ["before", "after"])
def test_service_that_stays_down_ends_the_run_with_unsent_rows_left(forks, tmp_path, when):
    faults = [
        Fault("answer", when, "create", nth=3, times=None, status=503).to_json(),
        Fault("answer", "before", "list", nth=3, times=None, status=503).to_json(),
    ]
    one_by_one = {
        "BULKLOAD_CONCURRENCY": "1"
    }  # side by side, an earlier answer may come late and end the count
    with ten(forks, tmp_path, sandbox={"faults": faults}, settings=one_by_one) as story:
        done = story.submit()

        assert done.status == 5
        assert list(done.statuses.values()) == ["created"] * 2 + ["unknown"] * 3 + ["not_sent"] * 5
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
def test_clock_change_during_a_run_stops_it_and_loses_nothing(forks, tmp_path, offset):
    points = [("arrived", 6, signal.SIGSTOP), ("arrived", 6, 0)]  # it stands still while the clock is set
    with ten(forks, tmp_path, points=points, settings={"BULKLOAD_CONCURRENCY": "1"}) as story:
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        story.configure(clock_offset=offset)
        running.child.signal(signal.SIGCONT)
        done = running.done()

        assert (done.status, set(done.statuses.values())) == (4, {"created", "unknown", "not_sent"})
        assert "clock" in said(done)[0]
        story.check(done).must_be_clean()

        story.configure(clock_offset=0.0)
        all_created(story, story.resume())


def test_run_continues_after_the_machine_sleeps(forks, tmp_path):
    """Stopped for longer than a request may take: what was under way is given up and looked up.

    A request that was stopped half sent was never done: its row is not sent, and a resume sends it.
    """
    points = [("arrived", 7, signal.SIGSTOP), ("arrived", 7, 0)]
    with ten(forks, tmp_path, points=points, settings={"BULKLOAD_TIMEOUT": "3"}) as story:
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        assert running.child.wait(4) is None
        running.child.signal(signal.SIGCONT)
        done = running.done()

        assert set(done.statuses.values()) <= {"created", "not_sent"}
        story.check(done).must_be_clean()

        all_created(story, story.resume() if done.status else done)
