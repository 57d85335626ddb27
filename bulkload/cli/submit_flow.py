"""What ``submit`` and ``resume`` set going: settings, the sandbox, the question, Ctrl-C, the report."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bulkload import flow as pipeline
from bulkload import run_reports as telling
from bulkload.checking import CheckedWorkbook, check
from bulkload.cli.console import Console
from bulkload.cli.embedded_sandbox import embedded
from bulkload.cli.error_output import stopped_by
from bulkload.cli.progress import watcher
from bulkload.errors import UsageError
from bulkload.gc_control import freeze_heap
from bulkload.model import Status
from bulkload.run.stop import StopSignal
from bulkload.settings import api_version, load, state_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bulkload.model import Hidden
    from bulkload.ports import Progress
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.settings import Settings


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person wrote on the command line of ``submit``."""

    sandbox: bool
    dry_run: bool
    yes: bool
    only: frozenset[int] | None
    valid_rows_only: bool
    results: Path | None
    hidden: Hidden
    flags: Mapping[str, Any]
    """Settings given as flags, by the setting's name; None: not given."""
    as_json: bool
    quiet: bool

    @property
    def choices(self) -> pipeline.Choices:
        """The part of it that concerns the sending."""
        return pipeline.Choices(
            valid_rows_only=self.valid_rows_only, dry_run=self.dry_run, results=self.results
        )


def submit_workbook(path: Path, wishes: Wishes) -> int:
    """Check, ask, send, report; the exit status."""
    console = Console(as_json=wishes.as_json, quiet=wishes.quiet)
    with console.refusals(path):
        if wishes.dry_run and wishes.results:
            raise UsageError("A dry run writes no results workbook: leave out --results or --dry-run.")
        read = check(path, version=api_version(wishes.flags), hidden=wishes.hidden)
        checked = read.only_rows(wishes.only)
        freeze_heap()
        console.finished(
            pipeline.refusal(checked, wishes.choices) or _send_or_say_why_not(checked, wishes, console)
        )
    return console.exit_status


def _send_or_say_why_not(checked: CheckedWorkbook, wishes: Wishes, console: Console) -> Report:
    """The report; for a program also where nothing could be begun, with every row. A person gets a sentence."""
    try:
        return _send(checked, wishes, console)
    except Exception as error:
        if not wishes.as_json:
            raise
        return telling.report_not_started(checked, stopped_by(error))


def _send(checked: CheckedWorkbook, wishes: Wishes, console: Console) -> Report:
    if not (wishes.yes or wishes.dry_run or sys.stdin.isatty()):
        raise UsageError(
            "Nobody can be asked here, for this is not a terminal. Add --yes to send without asking."
        )
    with (
        _service(checked, wishes.flags, pretend=wishes.sandbox) as settings,
        watcher(quiet=wishes.quiet) as progress,
    ):
        consent = _Consent(console, settings, asks=not (wishes.yes or wishes.dry_run))
        try:
            return asyncio.run(pipeline.submit(checked, wishes.choices, settings, consent.company(progress)))
        except Exception as error:
            if not wishes.as_json:
                raise
            return telling.report_not_continued(checked, settings, stopped_by(error))


def resume_run(
    run: str | None, *, flags: Mapping[str, Any], results: Path | None, as_json: bool, quiet: bool
) -> int:
    """Finish a run that was interrupted; the exit status."""
    console = Console(as_json=as_json, quiet=quiet)
    unfinished = telling.find_unfinished(state_dir(flags), run)
    try:
        report = _resume(unfinished, flags, results, console, quiet=quiet)
    except Exception as error:
        if not as_json:
            raise
        report = telling.report_not_resumed(unfinished, state_dir(flags), stopped_by(error))
    console.finished(report)
    return console.exit_status


def _resume(
    unfinished: telling.Unfinished,
    flags: Mapping[str, Any],
    results: Path | None,
    console: Console,
    *,
    quiet: bool,
) -> Report:
    flags = {**flags, "api_version": unfinished.checked.version}
    with (
        _service(unfinished.checked, flags, pretend=unfinished.is_pretend) as settings,
        watcher(quiet=quiet) as progress,
    ):
        consent = _Consent(console, settings, asks=False)
        return asyncio.run(pipeline.resume(unfinished, settings, consent.company(progress), results))


@contextmanager
def _service(checked: CheckedWorkbook, flags: Mapping[str, Any], *, pretend: bool) -> Iterator[Settings]:
    """The settings of the service to use; the pretend one runs for as long as they are needed."""
    if not pretend:
        yield load(flags)
        return
    with embedded(checked.judged.campaigns, flags) as settings:
        yield settings


class _Consent:
    """Shows the plan, asks, and from then on hears Ctrl-C as a wish to stop in order."""

    def __init__(self, console: Console, settings: Settings, *, asks: bool) -> None:
        """``asks``: whether the person is asked before anything is sent."""
        self.stop = StopSignal()
        self._console = console
        self._settings = settings
        self._asks = asks
        self._found: Report | None = None

    def company(self, progress: Progress) -> pipeline.Company:
        """Everybody who goes along with the submission."""
        return pipeline.Company(self, progress, self.stop, shown=self._shown, fault=stopped_by)

    def _shown(self, plan: Plan, checked: CheckedWorkbook) -> None:
        self._found = checked.report()
        faulty = self._found.summary[Status.INVALID]
        self._console.planned(plan, self._settings, faulty=faulty, is_asked=self._asks and plan.sends)

    def __call__(self, plan: Plan) -> bool:
        """Whether to send; before the question stands everything that the check has found."""
        if self._found is not None and self._asks and plan.sends:
            self._console.warned(self._found)
            if not _asked("Send this?"):
                return False
        _on_interrupt(self._interrupted)
        return True

    def _interrupted(self) -> None:
        if not self.stop.asked:
            self._console.note(
                "Stopping: no new row is sent, what is under way gets its time. Ctrl-C again leaves at once."
            )
        self.stop.ask()


def _asked(question: str) -> bool:
    """The person's answer. Ctrl-C must end the program here: the event loop would swallow it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return click.confirm(question, err=True)
    finally:
        signal.signal(signal.SIGINT, before)


def _on_interrupt(react: Callable[[], None]) -> None:
    """Call ``react`` in the event loop for Ctrl-C and for a polite request to end (SIGTERM)."""
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(wish, react)
        except NotImplementedError:  # Windows: its event loop knows no signals
            signal.signal(wish, lambda *_: loop.call_soon_threadsafe(react))
