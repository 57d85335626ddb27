"""Reports of runs: from the journal and the run's own copy of the workbook, now or at any later time.

A run's results are a projection of the journal, so they can be made again whatever has become of the file.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkload.checking import AccountLists, CheckedWorkbook, check
from bulkload.errors import JournalError, UsageError
from bulkload.messages import MessageTemplate, plain_marks
from bulkload.model import ApiVersion, Hidden, Status, StopReason, SubmitOptions
from bulkload.run.journal import Journal
from bulkload.run.journals import journal_of, runs_of_this_machine, unreadable_journals, whole_name
from bulkload.run.submission import RunRequest, Submission
from bulkload.workbook.results.plan_workbook import write_plan_workbook
from bulkload.workbook.results.relocate import locate_refusal
from bulkload.workbook.results.write import results_path, write_results
from bulkload.workbook.writer.atomic_write import Existing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulkload.messages import Marks
    from bulkload.model import AccountIdentity, CallingHours, Outcome, RunInfo, Sheet
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.run.records import StoredRun

ACCOUNT_LISTS_OPTION = "contact_lists"
"""The option under which a run keeps ``AccountLists``, where a row named a list that the account lacks."""
RESULTS_NOT_WRITTEN = MessageTemplate(
    "results-not-written",
    "The results workbook could not be written: {reason}.",
    "Choose another place: {results:{run}}.",
    example={"reason": "No space left on device", "run": "20261121-104205-7c"},
)


@dataclass(frozen=True, slots=True)
class UnfinishedRun:
    """A run that was interrupted, and its workbook as it was then."""

    stored: StoredRun
    account: AccountIdentity
    checked: CheckedWorkbook

    @property
    def options(self) -> SubmitOptions:
        """What the user chose when the run began."""
        return SubmitOptions.from_json(self.stored.options)


# --- finding runs ----------------------------------------------------------------------------------------


def runs(state_dir: Path) -> tuple[RunInfo, ...]:
    """Every run of this machine whose journal can be read, the newest first.

    Raises JournalError where none is found and a journal that can't be read may contain some.
    """
    found = runs_of_this_machine(state_dir)
    if not found:
        _raise_if_unreadable(state_dir)
    return found


def find_unfinished(state_dir: Path, run: str | None) -> UnfinishedRun | None:
    """The run of that name, or (None) the last that was not finished; None where there is none.

    Raises UsageError where no run has the name.
    """
    if run is None:
        open_runs = [info for info in runs(state_dir) if info.finished is None]
        # One that is at work comes last: opening its journal says who is busy with it.
        run = next((info.run for info in sorted(open_runs, key=lambda info: info.is_at_work)), None)
    if run is None:
        _raise_if_unreadable(state_dir)
        return None
    with journal_of(state_dir, run) as journal:
        stored = journal.stored(run)
        return UnfinishedRun(stored, journal.account, _checked_again(stored))


def _raise_if_unreadable(state_dir: Path) -> None:
    """A journal that can't be read may contain a run, so "there is none" would be a guess."""
    if errors := unreadable_journals(state_dir):
        raise errors[0]


def _checked_again(stored: StoredRun | RunRequest) -> CheckedWorkbook:
    """The workbook as it was when its run began, read from the journal's own copy."""
    options = stored.options
    checked = check(
        stored.workbook,
        content=stored.content,
        version=ApiVersion(options["api_version"]),
        hidden=Hidden(options["hidden"]),
    ).only_rows(SubmitOptions.from_json(options).only)
    return with_stored_account_lists(checked, options)


def with_stored_account_lists(checked: CheckedWorkbook, options: Mapping[str, Any]) -> CheckedWorkbook:
    """The same, with a problem for each contact list that the account lacked when the run began."""
    lists = options.get(ACCOUNT_LISTS_OPTION)
    if lists is None or checked.has_account_lists:
        return checked
    return checked.with_account_lists(AccountLists(tuple(lists["names"]), frozenset(lists["rows"])))


def workbook_of_run(state_dir: Path, run: str) -> tuple[bytes, Hidden]:
    """The run's own copy of the workbook, and how its hidden rows were read. Raises UsageError for an unknown run."""
    with journal_of(state_dir, run) as journal:
        stored = journal.stored(run)
        return stored.content, Hidden(stored.options["hidden"])


def close_run(state_dir: Path, run: str) -> str:
    """End an obsolete run, so that it is not offered any more; what is in doubt stays known. Its whole name.

    Raises UsageError where no run has this name, RunInProgressError while a process is at work with its account.
    """
    run = whole_name(state_dir, run)
    with journal_of(state_dir, run) as found:
        account = found.account
    with Journal.open(state_dir, account) as journal:
        journal.close_run(run)
    return run


# --- reports ---------------------------------------------------------------------------------------------


def report_of_past_run(state_dir: Path, run: str, stopped: StopReason | None = None) -> Report:
    """What the journal knows of a run. Raises UsageError where no run has this name. No file is written."""
    with journal_of(state_dir, run) as journal:
        submission = Submission.stored(journal, run)
        checked = _checked_again(submission.request)
        return report_of_run(checked, submission, journal, stopped)


def report_of_workbook(
    checked: CheckedWorkbook, state_dir: Path, account: AccountIdentity, stopped: StopReason
) -> Report:
    """A submission that could not begin or go on, with what an unfinished run of this very file has done."""
    with suppress(JournalError), Journal.read(state_dir, account) as journal:
        if run := journal.unfinished(checked.workbook.sha256):
            return report_of_run(checked, Submission.stored(journal, run), journal, stopped)
    return replace(checked.report(), stopped=stopped, account=account)


def report_of_run(
    checked: CheckedWorkbook, submission: Submission, journal: Journal, stopped: StopReason | None
) -> Report:
    """What the journal knows of a run, with what the check found of the rows that were not in it."""
    campaigns = checked.workbook.campaigns
    outcomes = {
        outcome.row: _at_its_cell(outcome, campaigns)
        for outcome in submission.outcomes(journal, sheet=campaigns.name)
    }
    return replace(
        checked.report(outcomes),
        workbook=submission.request.workbook,
        run=journal.info(submission.run),
        account=submission.account,
        sent=True,
        stopped=stopped,
    )


def report_of_plan(checked: CheckedWorkbook, submission: Submission, plan: Plan) -> Report:
    """What a submission would do: for each row its action, and the body that it would send."""
    predicted = submission.predicted_outcomes(plan, sheet=checked.workbook.campaigns.name)
    return checked.report({outcome.row: outcome for outcome in predicted})


def _at_its_cell(outcome: Outcome, campaigns: Sheet) -> Outcome:
    """A refusal, for which the service names no cell, with the cell whose value it repeats."""
    if outcome.status is not Status.REFUSED:
        return outcome
    problems = tuple(locate_refusal(problem, campaigns) for problem in outcome.problems)
    return replace(outcome, problems=problems)


# --- the results workbook --------------------------------------------------------------------------------


def write_results_workbook(
    report: Report,
    checked: CheckedWorkbook,
    path: Path | None,
    *,
    marks: Marks = plain_marks,
    replace_file: bool = False,
) -> Report:
    """The report, with its results workbook written; where it can't be written, the report says so.

    ``path`` None: next to the workbook, or in the current folder where nothing can be written there.

    A file that exists is never replaced unless ``replace_file`` says so: without a ``path`` the results take the next
    free name, with one they are not written.
    """
    existing = Existing.REPLACE if replace_file else Existing.REFUSE if path else Existing.NEXT_NAME
    hours = _hours_of(checked)
    failure: OSError | None = None
    for place in _places(report, path):
        try:
            written = write_results(
                report, checked.workbook, place, marks, calling_hours=hours, existing=existing
            )
            return replace(report, results=written)
        except OSError as error:
            failure = failure or error
    reason = str(failure and (failure.strerror or failure))
    run = report.run.run if report.run else ""
    lost = StopReason(JournalError.exit_status, RESULTS_NOT_WRITTEN(reason=reason, run=run))
    return replace(report, stopped=report.stopped or lost)


def write_plan_of(
    report: Report,
    checked: CheckedWorkbook,
    path: Path,
    *,
    marks: Marks = plain_marks,
    replace_file: bool = False,
) -> Report:
    """The report of a plan, with its workbook written. Raises UsageError where nothing can be written there."""
    existing = Existing.REPLACE if replace_file else Existing.REFUSE
    try:
        written = write_plan_workbook(
            report, checked.workbook, path, marks, calling_hours=_hours_of(checked), existing=existing
        )
    except OSError as error:
        raise UsageError(
            "{path} could not be written: {reason}.",
            "Choose another place.",
            path=path,
            reason=error.strerror,
        ) from None
    return replace(report, results=written)


def _hours_of(checked: CheckedWorkbook) -> tuple[CallingHours, ...]:
    """The calling hours that valid campaigns use, each once."""
    return tuple(dict.fromkeys(campaign.calling_hours for campaign in checked.validation.campaigns))


def write_results_of_run(
    state_dir: Path, run: str, path: Path | None, *, marks: Marks = plain_marks, replace_file: bool = False
) -> Report:
    """Write a run's results workbook again. Raises UsageError where no run has this name."""
    with journal_of(state_dir, run) as journal:
        submission = Submission.stored(journal, run)
        checked = _checked_again(submission.request)
        report = report_of_run(checked, submission, journal, None)
    return write_results_workbook(report, checked, path, marks=marks, replace_file=replace_file)


def _places(report: Report, path: Path | None) -> Iterator[Path]:
    if path is not None:
        yield path
        return
    beside = results_path(report.workbook, datetime.now().astimezone())
    yield beside
    yield Path.cwd() / beside.name
