"""What is told of a run: its report and its results workbook, now or at any later time.

A run's results are a projection of the journal and of its own copy of the workbook, so they can be made again
whatever has become of the file.
"""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkload.checking import AccountLists, CheckedWorkbook, check
from bulkload.errors import JournalError, UsageError
from bulkload.messages import quoted
from bulkload.model import AccountIdentity, ApiVersion, Hidden, Status, StopReason
from bulkload.run.journal import Journal
from bulkload.run.journals import journal_of, runs_of_this_machine, unreadable_journals
from bulkload.run.submission import Submission
from bulkload.settings import SANDBOX
from bulkload.workbook.results.relocate import locate_refusal
from bulkload.workbook.results.write import results_path, write_results

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulkload.model import Outcome, RunInfo, Sheet
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.run.records import StoredRun
    from bulkload.settings import Settings

ACCOUNT_LISTS_OPTION = "contact_lists"
"""The option under which a run keeps ``AccountLists``, where a row named another."""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A run that was interrupted, and its workbook as it was then."""

    stored: StoredRun
    label: str
    """The service it was sent to: a base address, or ``sandbox``."""
    application: str
    checked: CheckedWorkbook

    @property
    def is_pretend(self) -> bool:
        """Whether it was sent to the embedded sandbox."""
        return self.label == SANDBOX


def runs(state_dir: Path) -> tuple[RunInfo, ...]:
    """Every run of this machine whose journal can be read, the newest first.

    Raises JournalError where none is there, and a journal that can't be read may hold some.
    """
    found = runs_of_this_machine(state_dir)
    if not found:
        _raise_if_unreadable(state_dir)
    return found


def find_unfinished(state_dir: Path, run: str | None) -> Unfinished:
    """The run of that name, or (None) the last that was not finished. Raises UsageError where there is none."""
    if run is None:
        open_runs = [info for info in runs(state_dir) if info.finished is None]
        # One that is at work is chosen last: whoever opens its journal tells who is busy with it.
        run = next((info.run for info in sorted(open_runs, key=lambda info: info.is_at_work)), None)
    if run is None:
        _raise_if_unreadable(state_dir)
        raise UsageError("No run of this machine was interrupted: there is nothing to resume.")
    with journal_of(state_dir, run) as journal:
        stored = journal.stored(run)
        return Unfinished(stored, journal.label, journal.application, _checked_again(stored))


def _raise_if_unreadable(state_dir: Path) -> None:
    """Nobody can say that there is no run while a journal can't be read."""
    if errors := unreadable_journals(state_dir):
        raise errors[0]


def results(run: str, state_dir: Path, path: Path | None) -> Report:
    """Write a run's results workbook again. Raises UsageError where no run has this name."""
    with journal_of(state_dir, run) as journal:
        submission = Submission.stored(journal, run)
        checked = _checked_again(journal.stored(run))
        return write_results_workbook(report_of_run(checked, submission, journal, None), checked, path)


def report_not_started(checked: CheckedWorkbook, stopped: StopReason) -> Report:
    """A submission that was stopped before anything of it was sent: every row still waits."""
    return replace(checked.report(), stopped=stopped)


def report_not_continued(checked: CheckedWorkbook, settings: Settings, stopped: StopReason) -> Report:
    """A submission that could not begin or go on: what an unfinished run of this very file has done is told."""
    with (
        suppress(JournalError),
        Journal.read(
            settings.state_dir, AccountIdentity(settings.label, settings.app_id, settings.account_id)
        ) as journal,
    ):
        if run := journal.unfinished(checked.workbook.sha256):
            return report_of_run(checked, Submission.stored(journal, run), journal, stopped)
    return report_not_started(checked, stopped)


def report_not_resumed(unfinished: Unfinished, state_dir: Path, stopped: StopReason) -> Report:
    """A run that could not be taken up: what its journal knows of every row."""
    with journal_of(state_dir, unfinished.stored.run) as journal:
        submission = Submission.stored(journal, unfinished.stored.run)
        return report_of_run(unfinished.checked, submission, journal, stopped)


def report_of_run(
    checked: CheckedWorkbook, submission: Submission, journal: Journal, stopped: StopReason | None
) -> Report:
    """What the journal knows of a run, beside what the check found of the rows that were not in it."""
    campaigns = checked.workbook.campaigns
    outcomes = {
        outcome.row: _at_its_cell(outcome, campaigns)
        for outcome in submission.outcomes(journal, sheet=campaigns.name)
    }
    return replace(
        checked.report(outcomes),
        workbook=submission.request.workbook,
        run=submission.info(journal),
        sent=True,
        stopped=stopped,
    )


def _at_its_cell(outcome: Outcome, campaigns: Sheet) -> Outcome:
    """A refusal, of which the service names no cell, with the cell whose value it repeats."""
    if outcome.status is not Status.REFUSED:
        return outcome
    problems = tuple(locate_refusal(problem, campaigns) for problem in outcome.problems)
    return replace(outcome, problems=problems)


def predicted_outcomes(checked: CheckedWorkbook, submission: Submission, plan: Plan) -> Report:
    """What a submission would do, with the payloads it would send."""
    return checked.report({outcome.row: outcome for outcome in submission.predicted_outcomes(plan)})


def write_results_workbook(report: Report, checked: CheckedWorkbook, path: Path | None) -> Report:
    """The report, with its results workbook written; where it can't be, the report says so.

    ``path`` None: beside the workbook, or else, where nothing can be written there, in the current folder.
    """
    failure: OSError | None = None
    for wanted in _places(report, path):
        try:
            return replace(report, results=write_results(report, checked.workbook, wanted))
        except OSError as error:
            failure = failure or error
    again = f" Choose another place: bulkload results {report.run.run} --results PATH." if report.run else ""
    lost = StopReason(
        JournalError.exit_status,
        quoted(
            f"The results workbook could not be written: {failure and (failure.strerror or failure)}.{again}"
        ),
    )
    return replace(report, stopped=report.stopped or lost)


def _places(report: Report, path: Path | None) -> Iterator[Path]:
    if path is not None:
        yield path
        return
    beside = results_path(report.workbook, datetime.now().astimezone())
    yield beside
    yield Path.cwd() / beside.name


def _checked_again(stored: StoredRun) -> CheckedWorkbook:
    """The workbook as it was when its run began, read from the journal's own copy."""
    options = stored.options
    with tempfile.TemporaryDirectory(prefix="bulkload-") as folder:
        copy = Path(folder) / stored.workbook.name
        copy.write_bytes(stored.content)
        checked = check(copy, version=ApiVersion(options["api_version"]), hidden=Hidden(options["hidden"]))
    only = options["only"]
    return with_stored_account_lists(
        checked.only_rows(None if only == "all" else frozenset(map(int, only.split(",")))), options
    )


def with_stored_account_lists(checked: CheckedWorkbook, options: Mapping[str, Any]) -> CheckedWorkbook:
    """The same, with a problem for each contact list that the account lacked when the run began."""
    lists = options[ACCOUNT_LISTS_OPTION]
    if lists is None:
        return checked
    return checked.with_account_lists(AccountLists(tuple(lists["names"]), frozenset(lists["rows"])))
