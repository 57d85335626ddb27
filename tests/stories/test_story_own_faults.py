"""A mistake of ours in the middle of everything: every row is told of, and nothing is done twice afterwards."""

from __future__ import annotations

import signal
from collections import Counter
from pathlib import Path

from support.program.endings import all_created, said, ten


def test_program_fault_during_a_run_reports_every_row_and_writes_results(forks, tmp_path):
    with ten(forks, tmp_path, settings={"BULKLOAD_CONCURRENCY": "1"}) as story:
        done = story.submit(spoilt=["a_fault_of_our_own_at_the_fourth_create"])

        assert done.status == done.document["exit_status"] == 5
        assert done.statuses == dict.fromkeys(range(2, 5), "created") | {5: "unknown"} | dict.fromkeys(
            range(6, 12), "not_sent"
        )
        (message,) = said(done)
        assert "This program has a fault of its own (ZeroDivisionError)" in message
        assert Path(done.document["results"]).is_file()
        assert "Traceback" not in done.out + done.err
        (details,) = (story.folder / "state").glob("fault-*.txt")
        assert "ZeroDivisionError" in details.read_text()
        story.check(done).must_be_clean()

        resumed = story.resume()
        all_created(story, resumed)


def test_program_fault_before_sending_is_reported_with_every_row(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        done = story.submit(spoilt=["a_fault_of_our_own"])

        assert done.status == done.document["exit_status"] == 5
        assert done.statuses == dict.fromkeys(range(2, 12), "not_sent")
        assert story.log.effects == ()


def test_program_fault_in_a_resume_reports_what_the_journal_contains(forks, tmp_path):
    with ten(forks, tmp_path, settings={"BULKLOAD_CONCURRENCY": "1"}) as story:
        first = story.submit(spoilt=["a_fault_of_our_own_at_the_fourth_create"])
        done = story.resume(spoilt=["a_fault_of_our_own"])

        assert done.status == done.document["exit_status"] == 5
        assert done.statuses == first.statuses
        all_created(story, story.resume())


def test_a_fault_of_our_own_in_writing_the_results_hides_no_outcome(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        done = story.submit(spoilt=["a_fault_of_our_own_in_writing_the_results"])

        assert done.status == done.document["exit_status"] == 5
        assert done.statuses == dict.fromkeys(range(2, 12), "created")
        assert done.document["run"] == story.runs()[0]["run"]
        assert done.document["results"] is None


def test_submission_refused_after_a_crash_reports_what_the_run_has_done(forks, tmp_path):
    with ten(forks, tmp_path, points=[("answered", 9, signal.SIGKILL)]) as story:
        story.submit()
        refused = story.submit("--valid-rows-only")

        assert (refused.status, refused.document["run"]) == (2, story.runs()[0]["run"])
        known = Counter(refused.statuses.values())
        assert known["created"] + known["unknown"] >= 6
        all_created(story, story.submit())
