"""The operating system's own word that the intent reaches the disk before the first byte leaves."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

RUN = '''
"""Three campaigns created over a socket pair by the real engine."""
import asyncio, socket, sys
from pathlib import Path
from bulkload.model import Created, RemoteCampaign
from bulkload.run.journal import Journal
from bulkload.run.context import Limits, RunContext
from bulkload.run.submission import Submission
from support.runs.run_world import ACCOUNT, request, rows

ours, theirs = socket.socketpair()

class Service:
    there = ()
    async def send(self, payload, *, on_send):
        on_send()
        ours.send(b"create row %d" % payload.row)
        await asyncio.sleep(0)
        body = payload.body
        self.there += (RemoteCampaign(f"cd-{payload.row}", payload.name, "Ready"),)
        theirs.recv(100)
        return Created(f"cd-{payload.row}")
    async def campaigns(self):
        return self.there
    def listing_requests(self, count):
        return 1
    def read_body(self, body, version):
        return RemoteCampaign("", body["name"])
    async def is_answering(self):
        return True

async def go(journal):
    submission = Submission.new(request(rows(3)), ACCOUNT)
    context = RunContext(Service(), journal, Limits(concurrency=1))
    plan = await submission.plan(context.service, journal, context.limits, context.clock)
    await submission.execute(plan, context)
    print([str(outcome.status) for outcome in submission.outcomes(journal)])

with Journal.open(Path(sys.argv[1]), ACCOUNT) as journal:
    asyncio.run(go(journal))
'''


@pytest.fixture
def calls(tmp_path):
    """The system calls of a run: writes and syncs of the journal, and what went into the socket."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "calls"
    done = subprocess.run(
        [
            strace, "-f", "-y", "-s", "300", "-e", "trace=pwrite64,write,fsync,fdatasync,sendto,sendmsg",
            "-o", str(log), sys.executable, "-c", RUN, str(tmp_path / "state"),
        ],
        capture_output=True,
        text=True,
        env={"PYTHONPATH": f"{Path(__file__).parents[1]}:{Path(__file__).parents[2]}"},
        check=False,
    )  # fmt: skip
    if "ptrace" in done.stderr or not log.exists():
        pytest.skip(f"strace may not trace here: {done.stderr[:200]}")
    assert done.stdout == "['created', 'created', 'created']\n", done.stderr
    return log.read_text().splitlines()


def moments(calls):
    """Each call in a word: write, sync, row 2."""
    told = []
    for call in calls:
        if row := re.search(r"send(?:to|msg)\(.*create (row \d)", call):
            told.append(row[1])
        elif re.search(r"pwrite64\(\d+<[^>]*\.sqlite3>", call):
            told.append("write")
        elif re.search(r"f(?:data)?sync\(\d+<[^>]*\.sqlite3>", call):
            told.append("sync")
    return told


def test_before_each_create_leaves_the_journal_was_written_and_then_synced(calls):
    told = moments(calls)

    assert [word for word in told if word.startswith("row")] == ["row 2", "row 3", "row 4"]
    for row in ("row 2", "row 3", "row 4"):
        before = told[: told.index(row)]
        assert before[-1] == "sync"
        assert before[-2] == "write"


def test_between_an_answer_and_the_next_create_it_was_synced_twice(calls):
    told = moments(calls)

    between = told[told.index("row 2") + 1 : told.index("row 3")]

    assert between.count("sync") == 2, "the answer, and the next intent"
