"""No secret and no token in anything that a run leaves: outputs, journal, results workbook, a fault's file."""

from __future__ import annotations

import re
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

from support.stories import Story
from support.story_workbooks import campaign

from bulkload.sandbox.known import CLIENT_SECRET

ANOTHER_SECRET = "canary-of-a-client-secret-4711"
TOKEN = re.compile(rb"eyJ[\w-]{5,}\.[\w-]{5,}")
"""How a signed token begins: a header and claims, packed."""


def everything_left(story: Story) -> Iterator[tuple[str, bytes]]:
    """Every file of the person's folder, workbooks unpacked; the pretend service's own account is not theirs."""
    for path in sorted(story.folder.rglob("*")):
        if not path.is_file() or path.name.startswith(("account.sqlite", "sandbox.")):
            continue
        yield path.name, path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as file:
                yield from ((f"{path.name}/{name}", file.read(name)) for name in file.namelist())


def test_no_secret_and_no_token_is_left_anywhere_however_a_run_ends(forks, tmp_path):
    with Story(forks, tmp_path, [campaign(number) for number in range(6)]) as story:
        submit = ("submit", story.workbook, "--yes")
        wrong = story.submit(BULKLOAD_CLIENT_SECRET=ANOTHER_SECRET)
        ours = story.submit(spoilt=["a_fault_of_our_own"])
        killed = story.submit(points=[("commit", 12, signal.SIGKILL)])
        stopped = story.run("resume", points=[("connect", 3, signal.SIGINT)])
        done = story.run(*submit)
        others = [
            story.run("runs"),
            story.run(*submit, "--dry-run", "--json"),
            story.run("check", story.workbook),
        ]

        assert [wrong.status, ours.status, killed.status] == [4, 5, -signal.SIGKILL]
        assert stopped.status in {0, 130}
        assert done.status == 0
        assert {other.status for other in others} == {0}
        left = dict(everything_left(story))
        kinds = {Path(name).suffix for name in left}
        assert {".xlsx", ".xml", ".out", ".err", ".sqlite3", ".lock", ".txt"} <= kinds
        assert any(name.startswith("fault-") and b"ZeroDivisionError" in text for name, text in left.items())
        for secret in (CLIENT_SECRET.encode(), ANOTHER_SECRET.encode()):
            assert [name for name, content in left.items() if secret in content] == []
        assert [name for name, content in left.items() if TOKEN.search(content)] == []
