"""One process at a time, and no stale lock, whatever ends a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys

import pytest
from support.runs.run_records import NOON

from bulkload.errors import JournalError, RunInProgressError
from bulkload.model import AccountIdentity
from bulkload.run.journal import Journal
from bulkload.run.lock import RunLock, run_at_work

HOLD = """
import sys
from pathlib import Path
from bulkload.model import AccountIdentity
from bulkload.run.journal import Journal
with Journal.open(Path(sys.argv[1]), AccountIdentity("sandbox", "st-1")) as journal:
    if len(sys.argv) > 2:
        journal.describe_lock(sys.argv[2])
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Start another process that holds the journal until it is killed."""
    started = []

    def start(*run):
        process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path), *run],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout.readline() == "held\n"
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(
    ("run", "words"),
    [((), "a run that is about to begin"), (("20261121-104205-7c",), "run 20261121-104205-7c")],
)
def test_a_second_process_is_told_at_once_who_is_busy(tmp_path, holder, run, words):
    process = holder(*run)

    with pytest.raises(RunInProgressError) as caught:
        Journal.open(tmp_path, AccountIdentity("sandbox", "st-1"))

    told = re.sub(r"since [-0-9]+ [:0-9]+", "since then", str(caught.value))
    assert told == (
        f"Another run on this computer is busy with the same application ({words}, process {process.pid}, since "
        "then). Wait until it has ended, or stop it. Two at once could create a campaign twice."
    )


def test_run_in_progress_is_distinguished_from_one_that_was_killed(tmp_path, holder):
    process = holder("20261121-104205-7c")
    (path,) = tmp_path.rglob("*.lock")

    assert run_at_work(path) == "20261121-104205-7c"
    process.kill()
    process.wait()
    assert run_at_work(path) is None
    assert run_at_work(tmp_path / "none.lock") is None


def test_another_application_is_not_kept_out(tmp_path, holder):
    holder()

    Journal.open(tmp_path, AccountIdentity("sandbox", "st-2")).close()
    Journal.open(tmp_path, AccountIdentity("https://platform.kore.ai", "st-1")).close()


def test_a_killed_process_leaves_no_lock(tmp_path, holder):
    process = holder("20261121-104205-7c")
    os.kill(process.pid, signal.SIGKILL)
    process.wait()

    Journal.open(tmp_path, AccountIdentity("sandbox", "st-1")).close()


def test_a_closed_journal_can_be_opened_again_by_the_same_process(tmp_path):
    for _ in range(2):
        Journal.open(tmp_path, AccountIdentity("sandbox", "st-1")).close()


def test_a_lock_whose_text_is_being_written_still_keeps_others_out(tmp_path):
    path = tmp_path / "x.lock"
    held = RunLock(path, NOON)
    path.with_suffix(".holder").write_bytes(b"{")

    with pytest.raises(RunInProgressError, match="it does not say which"):
        RunLock(path, NOON)
    held.release()


def test_a_file_that_cannot_be_locked_is_told_of(tmp_path):
    with pytest.raises(JournalError, match=r"can't be locked \(Is a directory\)"):
        RunLock(tmp_path, NOON)
