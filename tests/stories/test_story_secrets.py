"""No secret and no token in anything that a run leaves: outputs, journal, results workbook, a fault's file."""

from __future__ import annotations

import re
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path

from support.program.stories import Done, Story
from support.workbooks.story_workbooks import campaign

from bulkload.sandbox.fixtures import CLIENT_SECRET

ANOTHER_SECRET = "canary-of-a-client-secret-4711"
SECRET_NUMBER = "471147114711"
TOKEN = re.compile(rb"eyJ[\w-]{5,}\.[\w-]{5,}")
"""How a signed token begins: a header and claims, packed."""


def everything_left(story: Story) -> Iterator[tuple[str, bytes]]:
    """Every file of the person's folder, workbooks unpacked, but for those in which they wrote the secrets down.

    The pretend service's own account is not theirs.
    """
    for path in sorted(story.folder.rglob("*")):
        theirs = path.name in {".env", "profile.toml"}
        if theirs or not path.is_file() or path.name.startswith(("account.sqlite", "sandbox.")):
            continue
        yield path.name, path.read_bytes()
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as file:
                yield from ((f"{path.name}/{name}", file.read(name)) for name in file.namelist())


def without_settings(story: Story, *, profile: str, env: str) -> Done:
    """A submit that finds its Client ID and Client Secret in files alone."""
    for path, text in ((".config/bulkload/profile.toml", profile), (".env", env)):
        (story.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (story.folder / path).write_text(text)
    done = story.submit(BULKLOAD_CLIENT_ID="", BULKLOAD_CLIENT_SECRET="")
    (story.folder / ".env").unlink()
    return done


def test_no_secret_and_no_token_is_left_anywhere_however_a_run_ends(forks, tmp_path):
    with Story(forks, tmp_path, [campaign(number) for number in range(6)]) as story:
        submit = ("submit", story.workbook, "--yes")
        wrong = story.submit(BULKLOAD_CLIENT_SECRET=ANOTHER_SECRET)
        ours = story.submit(spoilt=["a_fault_of_our_own"])
        killed = story.submit(points=[("commit", 12, signal.SIGKILL)])
        stopped = story.run("resume", "--yes", points=[("connect", 3, signal.SIGINT)])
        done = story.run(*submit)
        unquoted = [
            without_settings(story, profile=f"client_{name} = {written}\n", env="")
            for name in ("id", "secret")
            for written in (SECRET_NUMBER, f"[{SECRET_NUMBER}]", f"{ANOTHER_SECRET}\n")
        ]
        elsewhere = [
            without_settings(story, profile="", env=f"BULKLOAD_CLIENT_SECRET={ANOTHER_SECRET}{end}\n")
            for end in ("", "\nBULKLOAD_RATE=many", "\n=")
        ]
        others = [
            story.run("runs"),
            story.run(*submit, "--dry-run", "--json"),
            story.run("check", story.workbook),
        ]

        assert [wrong.status, ours.status, killed.status] == [4, 5, -signal.SIGKILL]
        assert stopped.status in {0, 130}
        assert done.status == 0
        assert {other.status for other in unquoted + elsewhere} == {4}
        assert {other.status for other in others} == {0}
        left = dict(everything_left(story))
        kinds = {Path(name).suffix for name in left}
        assert {".xlsx", ".xml", ".out", ".err", ".sqlite3", ".lock", ".txt"} <= kinds
        assert any(name.startswith("fault-") and b"ZeroDivisionError" in text for name, text in left.items())
        for secret in (CLIENT_SECRET, ANOTHER_SECRET, SECRET_NUMBER):
            assert [name for name, content in left.items() if secret.encode() in content] == []
        assert [name for name, content in left.items() if TOKEN.search(content)] == []
