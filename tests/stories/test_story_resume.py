"""One process at a time, and what taking up a killed run makes good."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor, as_completed

from support.program.endings import all_created, said, ten
from support.workbooks.story_workbooks import campaign

# --- one at a time ---------------------------------------------------------------------------------------------


def test_second_process_reports_which_one_is_busy_and_changes_nothing(forks, tmp_path):
    points = [("arrived", 6, signal.SIGSTOP), ("arrived", 6, 0)]  # it stands still, or it might end meanwhile
    with ten(forks, tmp_path, points=points, settings={"BULKLOAD_TIMEOUT": "300"}) as story:
        first = story.start("submit", story.workbook, "--yes", "--json")
        story.wait_until_told()
        second, resumed = story.submit(), story.resume()
        reading = [story.run("runs"), story.submit("--dry-run")]
        first.child.signal(signal.SIGCONT)
        done = first.done()

        assert {second.status, resumed.status} == {5}
        assert second.statuses == resumed.statuses, "it is the same file: what its run has done is told"
        assert resumed.statuses.keys() == done.statuses.keys(), "what its journal knows of every row"
        assert f"(run {done.document['run']}, process {first.child.pid}, since " in said(second)[0]
        assert f"(run {done.document['run']}, process {first.child.pid}, since " in said(resumed)[0]
        assert {command.status for command in reading} <= {0, 1}
        assert "; at work\n" in reading[0].out
        all_created(story, done)


def test_two_processes_that_begin_at_the_same_moment_create_every_row_once(forks, tmp_path):
    # All four plan, for planning holds no lock; the first to send can't end before the others have tried.
    with ten(forks, tmp_path, sandbox={"ready_after": 5.0}) as story, ThreadPoolExecutor(4) as pool:
        running = [story.start("submit", story.workbook, "--yes", "--json") for _ in range(4)]
        ends = as_completed([pool.submit(one.done) for one in running])
        refused = [next(ends).result() for _ in range(3)]
        done = next(ends).result()

        assert [end.status for end in refused] == [5, 5, 5]
        all_created(story, done)


def test_a_killed_run_leaves_no_lock_behind(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 6, signal.SIGKILL)]) as story:
        assert story.submit().status == -signal.SIGKILL

        all_created(story, story.submit())


# --- taking up ----------------------------------------------------------------------------------------------


def test_workbook_submitted_again_after_a_crash_continues_its_unfinished_run(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 8, signal.SIGKILL)]) as story:
        story.submit()
        (unfinished,) = story.runs()
        done = story.submit()

        assert unfinished["finished"] is None
        assert done.document["run"] == unfinished["run"]
        assert f"This workbook has an unfinished run, {unfinished['run']}. It is continued." in done.err
        assert [run["finished"] is None for run in story.runs()] == [False]
        all_created(story, done)


def test_a_run_is_resumed_although_its_workbook_was_deleted(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 8, signal.SIGKILL)]) as story:
        story.submit()
        copy = tmp_path / "elsewhere.xlsx"
        story.workbook.rename(copy)
        done = story.resume()

        assert (done.status, set(done.statuses.values())) == (0, {"created"})
        story.check(done, copy).must_be_clean()


def test_workbook_edited_after_a_crash_waits_for_doubtful_rows_without_duplicates(forks, tmp_path):
    points = [("answered", 8, signal.SIGKILL)]
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
        killed = story.submit("--sandbox", points=[("connect", 8, signal.SIGKILL)])
        done = story.resume()

        assert killed.status == -signal.SIGKILL
        assert [run["host"] for run in story.runs()] == ["sandbox"]
        all_created(story, done)


def test_there_is_nothing_to_resume_where_nothing_was_interrupted(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        before = story.resume()
        story.submit()
        after = story.resume()

        assert [(done.status, done.err) for done in (before, after)] == [(0, "")] * 2


def test_a_run_that_was_closed_is_not_offered_any_more(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 8, signal.SIGKILL)]) as story:
        story.submit()
        (unfinished,) = story.runs()
        closed = story.run("runs", "--close", unfinished["run"][:16])
        assert (closed.status, closed.err) == (0, f"Run {unfinished['run']} is closed.\n")
        assert story.resume().document["rows"] == []
