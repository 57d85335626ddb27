"""Submissions in this process, on a clock that runs fast and can be set forward, against an embedded sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from support.crash import checker
from support.fakes.sandbox_server import embedded
from support.workbooks import story_workbooks

from bulkload.checking import check
from bulkload.errors import BulkloadError
from bulkload.flow import open_submission
from bulkload.model import ApiVersion, SubmitOptions
from bulkload.ports import MonotonicClock, NoProgress
from bulkload.report import Report
from bulkload.run_reports import write_results_workbook
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.settings import Credentials, Settings

SPEED = 20.0
"""Seconds of a run that pass in one second."""
PATIENCE = 60.0
"""Seconds, true ones, for one request, where nothing hangs."""


class FastClock:
    """Fulfils ``bulkload.ports.Clock``; ``forward`` is a machine that slept."""

    def __init__(self) -> None:
        self._true = MonotonicClock()
        self._slept = 0.0

    def now(self) -> float:
        return self._true.now() * SPEED + self._slept

    async def sleep(self, seconds: float) -> None:
        await self._true.sleep(seconds / SPEED)

    def forward(self, seconds: float) -> None:
        self._slept += seconds


class Watcher(NoProgress):
    """Calls ``react`` with the number of rows that are done, each time."""

    def __init__(self, react: Callable[[int], None]) -> None:
        self._react = react
        self._done = 0

    def advance(self, rows: int = 1) -> None:
        self._done += rows
        self._react(self._done)


@dataclass
class QuickRuns:
    """One person's folder and one account; ``with QuickRuns(tmp_path, rows, visible_after=0.1) as runs:``."""

    folder: Path
    rows: Iterable[story_workbooks.Row]
    sandbox: dict[str, Any] = field(default_factory=dict)
    clock: FastClock = field(default_factory=FastClock)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.workbook = story_workbooks.write(self.folder / "campaigns.xlsx", self.rows)
        self.server = embedded(self.folder, duplicate_names=True, **self.sandbox)
        self.server.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.__exit__(None, None, None)

    def settings(self, timeout: float) -> Settings:
        return Settings(
            host=self.server.url,
            app_id=EmbeddedSandbox.app_id,
            account_id=EmbeddedSandbox.account_id,
            credentials=Credentials(EmbeddedSandbox.client_id, EmbeddedSandbox.client_secret),
            state_dir=self.folder / "state",
            rate=10_000,
            window=1.0,
            concurrency=4,
            timeout=timeout,
            settle=5.0,
            ready_timeout=60.0,
            label=self.server.url,
        )

    def submit(self, progress: NoProgress | None = None, timeout: float = PATIENCE, **options: Any) -> Report:
        """The report of one submission, whatever it comes to; ``timeout``: true seconds for one request."""
        return asyncio.run(
            self._submit(SubmitOptions(**options), progress or NoProgress(), self.settings(timeout))
        )

    async def _submit(self, options: SubmitOptions, progress: NoProgress, settings: Settings) -> Report:
        checked = check(self.workbook, version=ApiVersion.V2)
        async with open_submission(checked, options, settings, clock=self.clock) as submission:
            try:
                plan = await submission.plan()
                report = await submission.send(plan, progress=progress)
            except BulkloadError as error:
                report = submission.report(error.stop_reason)
            return write_results_workbook(report, submission.checked, None)

    def check(self, report: Report) -> checker.Verdict:
        return checker.check(
            checker.Witnesses(
                account=self.server.path,
                journals=self.folder / "state" / "journals",
                workbook=self.workbook,
                document=report.to_json(),
                status=report.exit_status,
            )
        )
