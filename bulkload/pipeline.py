"""Plan, submit, resume, tell again: the flow, in the user's words; the check before it stands in ``checking``.

::

    path -> Workbook -> Campaign | Problem -> Payload -> Reply -> Outcome -> results workbook, summary, exit status

Everything is checked before anything is sent. What is said at the end is a ``Report``, made from the outcomes.
"""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bulkload.api.client import Client
from bulkload.checking import Checked, check
from bulkload.errors import Interrupted, JournalError, ServiceError, SettingsError, UsageError, WorkbookError
from bulkload.model import ApiVersion, Hidden, Status, Stopped
from bulkload.ports import Silent
from bulkload.run.journal import Journal, journal_of, runs_of_this_machine
from bulkload.run.service import Limits
from bulkload.run.submission import Submission
from bulkload.workbook.results import results_path, write_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulkload.model import RunInfo
    from bulkload.ports import Clock, Progress
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.run.records import StoredRun
    from bulkload.run.stop import StopSignal
    from bulkload.settings import Settings

SANDBOX = "sandbox"
"""The label under which the embedded sandbox's runs are kept."""
_LISTS = "contact_lists"
"""The option under which a run keeps the account's contact lists, where a row named another."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose for one submission."""

    only: frozenset[int] | None = None
    """Excel rows; None: all."""
    valid_rows_only: bool = False
    dry_run: bool = False
    results: Path | None = None
    """Where the results workbook goes; None: beside the workbook."""


class Consent(Protocol):
    """Somebody who looks at the plan and says whether it may be carried out."""

    def __call__(self, plan: Plan) -> bool:
        """Whether to send."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that was interrupted, and its workbook as it was then."""

    stored: StoredRun
    label: str
    """The service it was sent to: a base address, or ``sandbox``."""
    application: str
    checked: Checked

    @property
    def is_pretend(self) -> bool:
        """Whether it was sent to the embedded sandbox."""
        return self.label == SANDBOX


@dataclass(frozen=True, slots=True)
class Company:
    """Who goes along with a submission: somebody to ask, to tell, and to be stopped by."""

    consent: Consent
    progress: Progress = field(default_factory=Silent)
    stop: StopSignal | None = None
    clock: Clock | None = None
    """None: the machine's monotonic clock."""


def refusal(checked: Checked, choices: Choices) -> Report | None:
    """The report of a workbook that can't be submitted as it stands; None where it can."""
    if not checked.has_errors(choices.only):
        return None
    if choices.valid_rows_only and checked.payloads(choices.only):
        return None
    report = checked.report()
    return report if choices.dry_run else _with_results(report, checked, choices.results)


async def submit(checked: Checked, choices: Choices, settings: Settings, company: Company) -> Report:
    """Look at the account, show the plan, send, wait until all is Ready, write the results workbook.

    Raises SettingsError, JournalError or RunInProgressError before anything is sent; whatever stops it later
    stands in the report, with every row accounted for.
    """
    with _journal(settings, read_only=choices.dry_run) as journal:
        async with Client(settings, clock=company.clock) as client:
            try:
                submission = _continued(journal, checked, choices) or _begun(journal, checked, choices)
                plan = await submission.prepare(client, settle=settings.settle, clock=company.clock)
                lists = await _lists_if_some_are_missing(client, checked, plan)
                if lists is not None:
                    checked = checked.beside_account(lists)
                    if refused := refusal(checked, choices):
                        return refused
                    submission = _begun(journal, checked, choices, lists)
                    plan = await submission.prepare(client, settle=settings.settle, clock=company.clock)
                if choices.dry_run:
                    return _foretold(checked, submission, choices)
                _ask(company, plan)
            except (ServiceError, SettingsError, Interrupted) as error:
                report = replace(checked.report(), stopped=Stopped(error.exit_status, str(error)))
                return report if choices.dry_run else _with_results(report, checked, choices.results)
            report = await _carry_out(submission, client, checked, settings, company)
            return _with_results(report, checked, choices.results)


async def resume(
    unfinished: Unfinished, settings: Settings, company: Company, results: Path | None
) -> Report:
    """Look up what is not known, send what is left, write the results workbook.

    Raises as ``submit`` does, and UsageError where the settings name another service than the run's.
    """
    if (settings.label, settings.app_id) != (unfinished.label, unfinished.application):
        raise UsageError(
            f"Run {unfinished.stored.run} was sent to {unfinished.label}, application {unfinished.application}; your "
            f"settings name {settings.label}, application {settings.app_id}. Set those of the run to resume it."
        )
    checked = unfinished.checked
    with _journal(settings) as journal:
        async with Client(settings, clock=company.clock) as client:
            submission = Submission.resume(journal, unfinished.stored.run)
            try:
                plan = await submission.prepare(client, settle=settings.settle, clock=company.clock)
                _ask(company, plan)
            except (ServiceError, SettingsError, Interrupted) as error:
                report = _told(checked, submission, Stopped(error.exit_status, str(error)))
                return _with_results(report, checked, results)
            report = await _carry_out(submission, client, checked, settings, company)
            return _with_results(report, checked, results)


def find_unfinished(state_dir: Path, run: str | None) -> Unfinished:
    """The run of that name, or (None) the last that was not finished. Raises UsageError where there is none."""
    if run is None:
        run = next((info.run for info in runs(state_dir) if info.finished is None), None)
    if run is None:
        raise UsageError("No run of this machine was interrupted: there is nothing to resume.")
    with journal_of(state_dir, run) as journal:
        stored = journal.stored(run)
        return Unfinished(stored, journal.label, journal.application, _checked_again(stored))


def runs(state_dir: Path) -> tuple[RunInfo, ...]:
    """Every run of this machine, the newest first."""
    return runs_of_this_machine(state_dir)


def results(run: str, state_dir: Path, path: Path | None) -> Report:
    """Write a run's results workbook again. Raises UsageError where no run has this name."""
    with journal_of(state_dir, run) as journal:
        submission = Submission.resume(journal, run)
        checked = _checked_again(submission.stored)
        return _with_results(_told(checked, submission, None), checked, path)


# --- the steps -----------------------------------------------------------------------------------------


@contextmanager
def _journal(settings: Settings, *, read_only: bool = False) -> Iterator[Journal]:
    open_it = Journal.read if read_only else Journal.open
    with open_it(settings.state_dir, settings.label, settings.app_id) as journal:
        yield journal


def _begun(
    journal: Journal, checked: Checked, choices: Choices, lists: Sequence[str] | None = None
) -> Submission:
    """A new run of the chosen rows; ``lists`` are the account's contact lists, where a row names another."""
    workbook = checked.workbook
    content = workbook.path.read_bytes()
    if sha256(content).hexdigest() != workbook.sha256:
        raise WorkbookError(f"{workbook.path} was changed while it was being read. Submit it again.")
    return Submission.begin(
        journal,
        workbook=workbook.path,
        content=content,
        sha256=workbook.sha256,
        options=_options(checked, choices) | {_LISTS: lists},
        payloads=checked.payloads(choices.only),
    )


def _continued(journal: Journal, checked: Checked, choices: Choices) -> Submission | None:
    """The unfinished run of this very workbook, if there is one.

    Raises UsageError where it was submitted with other options: nobody can tell which rows are meant now.
    """
    run = journal.unfinished(checked.workbook.sha256)
    if run is None or choices.dry_run:
        return None
    submission = Submission.resume(journal, run)
    if _options(checked, choices).items() - submission.stored.options.items():
        raise UsageError(
            f"Run {run} of this workbook was interrupted and had other options. "
            f"Finish it first: bulkload resume {run}."
        )
    return submission


def _options(checked: Checked, choices: Choices) -> dict[str, str]:
    """How the workbook was read and which rows were chosen, as the journal keeps it."""
    only = choices.only
    return {
        "api_version": str(checked.version),
        "hidden": str(checked.hidden),
        "only": "all" if only is None else ",".join(str(row) for row in sorted(only)),
        "rows": "valid rows only" if choices.valid_rows_only else "all rows or none",
    }


async def _lists_if_some_are_missing(client: Client, checked: Checked, plan: Plan) -> tuple[str, ...] | None:
    """The account's contact lists, where a row that is to be sent names another; a look only where it helps."""
    rows = {decision.payload.row for decision in (*plan.creates, *plan.updates)}
    lists = await client.contact_lists() if rows else None
    if lists is None:
        return None
    problems = checked.beside_account(lists).judged.problems[len(checked.judged.problems) :]
    return lists if any(problem.row in rows for problem in problems) else None


def _ask(company: Company, plan: Plan) -> None:
    """Raises Interrupted where the person does not want it."""
    if not company.consent(plan):
        raise Interrupted("Nothing was sent, as you wished.")


async def _carry_out(
    submission: Submission, client: Client, checked: Checked, settings: Settings, company: Company
) -> Report:
    stopped = await submission.carry_out(
        client,
        limits=Limits(
            concurrency=settings.concurrency,
            settle=settings.settle,
            ready_timeout=settings.ready_timeout,
            window=settings.window,
        ),
        clock=company.clock,
        progress=company.progress,
        stop=company.stop,
    )
    return _told(checked, submission, stopped)


def _told(checked: Checked, submission: Submission, stopped: Stopped | None) -> Report:
    """What the journal knows of a run, beside what the check found of the rows that were not in it."""
    sheet = checked.workbook.campaigns.name
    outcomes = {outcome.row: outcome for outcome in submission.outcomes(sheet=sheet)}
    return replace(
        checked.report(outcomes),
        workbook=submission.stored.workbook,
        run=submission.info,
        sent=True,
        stopped=stopped,
    )


def _foretold(checked: Checked, submission: Submission, choices: Choices) -> Report:
    """What a submission would do, with the payloads it would send."""
    payloads = {payload.row: payload for payload in checked.payloads(choices.only)}
    decided = {outcome.row: outcome for outcome in submission.foretold()}
    report = checked.report(decided)
    outcomes = tuple(
        replace(outcome, payload=payloads[outcome.row])
        if outcome.status is Status.NOT_SENT and outcome.row in payloads
        else outcome
        for outcome in report.outcomes
    )
    return replace(report, outcomes=outcomes)


def _with_results(report: Report, checked: Checked, path: Path | None) -> Report:
    """The report, with its results workbook written; where it can't be, the report says so."""
    wanted = path or results_path(report.workbook, datetime.now().astimezone())
    try:
        return replace(report, results=write_results(report, checked.workbook, wanted))
    except OSError as error:
        again = (
            f"Choose another place: bulkload results {report.run.run} --results PATH." if report.run else ""
        )
        lost = Stopped(
            JournalError.exit_status,
            f"The results workbook {wanted} could not be written: {error.strerror}. {again}",
        )
        return replace(report, stopped=report.stopped or lost)


def _checked_again(stored: StoredRun) -> Checked:
    """The workbook as it was when its run began, read from the journal's own copy, whatever became of the file."""
    options = stored.options
    with tempfile.TemporaryDirectory(prefix="bulkload-") as folder:
        copy = Path(folder) / stored.workbook.name
        copy.write_bytes(stored.content)
        checked = check(copy, version=ApiVersion(options["api_version"]), hidden=Hidden(options["hidden"]))
    lists = options[_LISTS]
    return checked if lists is None else checked.beside_account(lists)
