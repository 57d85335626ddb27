"""A story: one person's folder, one workbook, one pretend account in a process of its own, and what is run there.

with Story(forks, tmp_path, rows=[...], visible_after=0.3) as story:
    done = story.submit()
    assert done.status == 0
    story.check(done).must_be_clean()
"""

from __future__ import annotations

import json
import os
import select
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import httpx
from support.crash import checker
from support.fakes.sandbox_server import GENEROUS, Client, held_port
from support.fakes.service_log import Log, read_log
from support.program.forks import Child, Forks
from support.workbooks import story_workbooks

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

QUICK = {
    "BULKLOAD_RATE": "10000",
    "BULKLOAD_WINDOW": "0.5",
    "BULKLOAD_TIMEOUT": "60",
    "BULKLOAD_SETTLE": "0.6",
    "BULKLOAD_READY_TIMEOUT": "120",
    "BULKLOAD_CONCURRENCY": "4",
    "NO_COLOR": "1",
}
"""Settings with which a run takes a second or two; pauses after trouble are measured in windows. The timeouts are
longer than any machine needs: a story in which something hangs sets its own."""
LONGEST = 120.0
"""Seconds after which what does not come is given up, and the test fails; nothing takes so long on any machine."""


@dataclass(frozen=True)
class Done:
    """One command that has ended."""

    status: int
    """Negative: the signal that ended it."""
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON document on standard output; fails where anything else stands there."""
        return json.loads(self.out)

    @property
    def statuses(self) -> dict[int, str]:
        """Row: its status."""
        return {row["row"]: row["status"] for row in self.document["rows"]}


@dataclass
class Story:
    """See the module."""

    forks: Forks
    folder: Path
    rows: Iterable[story_workbooks.Row]
    sandbox: dict[str, Any] = field(default_factory=dict)
    """Settings of the pretend service, ``GENEROUS`` but for these; two campaigns may have one name, for the
    service's own refusal of a second one would hide ours."""
    settings: dict[str, str] = field(default_factory=dict)
    """Settings of the program by their environment variables, ``QUICK`` but for these."""
    points: Sequence[tuple[str, int, int]] = ()
    """Moments of the service (``kill_points``), and the signals that the program then gets."""
    sandbox_dies: tuple[str, int] | None = None
    """A moment of ``kill_points`` at which the service itself is killed."""
    of_others: set[str] = field(default_factory=set)
    """Ids of campaigns that somebody else created."""

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.write(self.rows)
        self.account = self.folder / "account.sqlite"
        self._commands = 0
        os.mkfifo(self.folder / "told")
        self._held = ExitStack()
        port = self._held.enter_context(held_port()) if self.sandbox_dies else 0
        self._server, self.url = self._serve(points=self.points, dies=self.sandbox_dies, port=port)
        self.environment = {
            "HOME": str(self.folder),
            "BULKLOAD_HOST": self.url,
            "BULKLOAD_APP_ID": APP_ID,
            "BULKLOAD_ACCOUNT_ID": ACCOUNT_ID,
            "BULKLOAD_CLIENT_ID": CLIENT_ID,
            "BULKLOAD_CLIENT_SECRET": CLIENT_SECRET,
            "BULKLOAD_STATE_DIR": str(self.folder / "state"),
            **QUICK,
            **self.settings,
        }
        return self

    def __exit__(self, *_: object) -> None:
        self._server.__exit__()
        self._held.close()

    def _serve(self, **how: Any) -> tuple[Child, str]:
        child, said = self.forks.start(
            folder=str(self.folder),
            sandbox={**GENEROUS, "duplicate_names": True, **self.sandbox},
            **how,
        )
        return child, said["url"]

    # --- what a person does --------------------------------------------------------------------------------

    def write(self, rows: Iterable[story_workbooks.Row]) -> Path:
        """Fill in the workbook, in place of what stands in it."""
        self.workbook = story_workbooks.write(self.folder / "campaigns.xlsx", rows)
        return self.workbook

    def start(self, *arguments: object, **how: Any) -> Running:
        """Begin a command; ``how``: ``points``, ``spoilt``, ``largest_file``, and settings in upper case."""
        self._commands += 1
        name = f"command-{self._commands}"
        settings = {key: str(how.pop(key)) for key in list(how) if key.isupper()}
        out, err = (self.folder / f"{name}.{end}" for end in ("out", "err"))
        for path in (out, err):  # a child may be killed before it could make them
            path.touch()
        child, _ = self.forks.start(
            folder=str(self.folder),
            name=name,
            arguments=[str(argument) for argument in arguments],
            environment={**self.environment, **settings},
            **how,
        )
        return Running(child, out, err)

    def run(self, *arguments: object, **how: Any) -> Done:
        """A command from its beginning to its end."""
        return self.start(*arguments, **how).done()

    def submit(self, *more: object, **how: Any) -> Done:
        return self.run("submit", self.workbook, "--yes", "--json", *more, **how)

    def resume(self, *more: object, **how: Any) -> Done:
        return self.run("resume", "--yes", "--json", *more, **how)

    # --- what there is to see ------------------------------------------------------------------------------

    @property
    def log(self) -> Log:
        """What truly happened at the service."""
        return read_log(self.account)

    def states(self, done: Done) -> dict[int, str]:
        """Row: its state in the journal."""
        rows = checker.read_journal(self.folder / "state" / "journals", done.document["run"])
        return {number: row.state for number, row in rows.items()}

    def runs(self) -> list[dict[str, Any]]:
        """What ``bulkload runs`` lists."""
        return self.run("runs", "--json").document

    def configure(self, **settings: Any) -> None:
        """Change how the service behaves, live."""
        httpx.post(f"{self.url}/_sandbox/settings", json=settings, timeout=LONGEST).raise_for_status()

    def wait_until_told(self) -> None:
        """Return when a moment of ``points`` with signal 0 has come."""
        told = os.open(
            self.folder / "told", os.O_RDONLY | os.O_NONBLOCK
        )  # or a moment that never comes hangs
        try:
            assert select.select([told], [], [], LONGEST)[0], "the moment has not come"
        finally:
            os.close(told)

    def revive(self) -> None:
        """Wait until the service has died, and start it anew on its port, with its account."""
        with self._server:
            assert self._server.wait(LONGEST) is not None, "the service still lives"
        self._server, _ = self._serve(port=int(self.url.rpartition(":")[2]))

    @property
    def client(self) -> Client:
        """Somebody else who uses the account."""
        return Client(self.url)

    def add(self, content: dict[str, Any]) -> str:
        """Somebody else creates a campaign; its id."""
        campaign_id = str(self.client.create(content).json()["data"]["id"])
        self.of_others.add(campaign_id)
        return campaign_id

    def check(self, done: Done, workbook: Path | None = None) -> checker.Verdict:
        """What the checker says of the last command."""
        return checker.check(
            checker.Witnesses(
                account=self.account,
                journals=self.folder / "state" / "journals",
                workbook=workbook or self.workbook,
                document=done.document,
                status=done.status,
                of_others=frozenset(self.of_others),
            )
        )


@dataclass
class Running:
    """A command that is under way."""

    child: Child
    out: Path
    err: Path

    def done(self, seconds: float | None = LONGEST) -> Done:
        """What it wrote and how it ended; after so many seconds it is killed."""
        with self.child:
            status = self.child.wait(seconds)
            if status is None:
                self.child.signal(9)
                status = self.child.wait()
        return Done(int(status or 0), self.out.read_text(), self.err.read_text())
