"""Plan, submit, resume: the flow, in the user's words; the check before it stands in ``checking``.

::

    path -> Workbook -> Campaign | Problem -> Payload -> Reply -> Outcome -> results workbook, summary, exit status

Everything is checked before anything is sent. What is said at the end is a ``Report``, made in ``telling`` from
the outcomes.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

from bulkload.checking import AccountLists
from bulkload.errors import BulkloadError, Interrupted, ServiceError, SettingsError, UsageError, WorkbookError
from bulkload.kore.client import Client
from bulkload.messages import quoted
from bulkload.model import AccountIdentity, Status, StopReason
from bulkload.ports import MonotonicClock, NoProgress
from bulkload.run.context import Limits, RunContext
from bulkload.run.journal import Journal
from bulkload.run.stop import StopSignal
from bulkload.run.submission import RunRequest, Submission
from bulkload.run_reports import (
    ACCOUNT_LISTS_OPTION,
    Unfinished,
    predicted_outcomes,
    report_not_started,
    report_of_run,
    with_stored_account_lists,
    write_results_workbook,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bulkload.checking import CheckedWorkbook
    from bulkload.ports import Clock, Progress
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.settings import Settings


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person chose for one submission."""

    valid_rows_only: bool = False
    dry_run: bool = False
    results: Path | None = None
    """Where the results workbook goes; None: beside the workbook."""


class Consent(Protocol):
    """Somebody who looks at the plan and says whether it may be carried out."""

    def __call__(self, plan: Plan) -> bool:
        """Whether to send."""


@dataclass(frozen=True, slots=True)
class Company:
    """Who goes along with a submission: somebody to ask, to tell, and to be stopped by."""

    consent: Consent
    progress: Progress = field(default_factory=NoProgress)
    stop: StopSignal | None = None
    clock: Clock | None = None
    """None: the machine's monotonic clock."""
    shown: Callable[[Plan, CheckedWorkbook], None] = lambda *_: None
    """Somebody to be shown the plan and what is known of the rows, also where it will not be carried out."""
    fault: Callable[[Exception], StopReason] | None = None
    """Somebody who keeps the details of a mistake of ours and has the words for it; None: it is raised."""


def refusal(checked: CheckedWorkbook, choices: Choices) -> Report | None:
    """The report of a workbook that can't be submitted as it stands; None where it can."""
    if not checked.has_errors:
        return None
    if choices.valid_rows_only and checked.payloads():
        return None
    report = checked.report()
    outcomes = tuple(
        replace(outcome, explanation=quoted(_HELD_BACK, _SEND_THE_OTHERS))
        if outcome.status is Status.NOT_SENT and not outcome.message
        else outcome
        for outcome in report.outcomes
    )
    report = replace(report, outcomes=outcomes, refused=True)
    return report if choices.dry_run else write_results_workbook(report, checked, choices.results)


_HELD_BACK = "Nothing is wrong with this row, but a workbook with problems is not submitted, none of it."
_SEND_THE_OTHERS = (
    "Mend what is wrong and submit again, or send the rows without problems: --valid-rows-only."
)


async def submit(checked: CheckedWorkbook, choices: Choices, settings: Settings, company: Company) -> Report:
    """Look at the account, show the plan, send, wait until all is Ready, write the results workbook.

    Raises UsageError, SettingsError, JournalError or RunInProgressError before the service is asked anything;
    whatever stops it later stands in the report, with every row accounted for.
    """
    with _journal(settings, read_only=True) as journal:
        continued = None if choices.dry_run else _continued(journal, checked, choices, company)
        submission = continued or _begun(settings, checked, choices)
        if continued:
            checked = with_stored_account_lists(checked, continued.request.options)
        async with Client(settings, clock=company.clock) as client:
            try:
                plan = await _plan(submission, journal, client, settings, company)
                lists = None if continued else await _lists_if_some_are_missing(client, checked, plan)
                if lists is not None:
                    checked = checked.with_account_lists(lists)
                    if refused := refusal(checked, choices):
                        return refused
                    submission = _begun(settings, checked, choices, lists)
                    plan = await _plan(submission, journal, client, settings, company)
                company.shown(plan, checked)
                if choices.dry_run:
                    return predicted_outcomes(checked, submission, plan)
            except (ServiceError, SettingsError) as error:
                report = _stopped_early(checked, continued, journal, error)
                return report if choices.dry_run else write_results_workbook(report, checked, choices.results)
            except asyncio.CancelledError:
                return _stopped_early(checked, continued, journal, _INTERRUPTED)
            if not company.consent(plan):
                return _stopped_early(checked, continued, journal, _DECLINED)
            stopped = await _carry_out(submission, plan, client, settings, company)
            with _journal(settings, read_only=True) as after:
                report = report_of_run(checked, submission, after, stopped)
            return _with_results(report, checked, choices.results, company)


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
    with _journal(settings, read_only=True) as journal:
        submission = Submission.stored(journal, unfinished.stored.run)
        async with Client(settings, clock=company.clock) as client:
            try:
                plan = await _plan(submission, journal, client, settings, company)
                company.shown(plan, checked)
            except (ServiceError, SettingsError) as error:
                return write_results_workbook(
                    _stopped_early(checked, submission, journal, error), checked, results
                )
            except asyncio.CancelledError:
                return _stopped_early(checked, submission, journal, _INTERRUPTED)
            if not company.consent(plan):
                return _stopped_early(checked, submission, journal, _DECLINED)
            stopped = await _carry_out(submission, plan, client, settings, company)
            with _journal(settings, read_only=True) as after:
                report = report_of_run(checked, submission, after, stopped)
            return _with_results(report, checked, results, company)


# --- the steps -----------------------------------------------------------------------------------------

_DECLINED = Interrupted("You answered no: nothing was sent.")
_INTERRUPTED = Interrupted("Stopped before anything more was sent.")
"""Ctrl-C before the plan is agreed to: the event loop makes a cancellation of it."""


@contextmanager
def _journal(settings: Settings, *, read_only: bool = False) -> Iterator[Journal]:
    open_it = Journal.read if read_only else Journal.open
    with open_it(settings.state_dir, _account(settings)) as journal:
        yield journal


def _account(settings: Settings) -> AccountIdentity:
    return AccountIdentity(settings.label, settings.app_id, settings.account_id)


def _begun(
    settings: Settings, checked: CheckedWorkbook, choices: Choices, lists: AccountLists | None = None
) -> Submission:
    """A new run of the chosen rows; ``lists`` are given where a row names one that the account lacks.

    Raises WorkbookError where the file is not the one any more that was checked.
    """
    workbook = checked.workbook
    content = workbook.path.read_bytes() if workbook.path.is_file() else b""
    if sha256(content).hexdigest() != workbook.sha256:
        raise WorkbookError(f"{workbook.path} was changed while it was being read. Submit it again.")
    request = RunRequest(
        workbook=workbook.path,
        content=content,
        sha256=workbook.sha256,
        options=_options(checked, choices)
        | {ACCOUNT_LISTS_OPTION: lists and {"names": lists.names, "rows": sorted(lists.rows)}},
        payloads=checked.payloads(),
    )
    return Submission.new(request, _account(settings))


def _continued(
    journal: Journal, checked: CheckedWorkbook, choices: Choices, company: Company
) -> Submission | None:
    """The unfinished run of this very workbook, if there is one; the person is told of it.

    Raises UsageError where it was submitted with other options: nobody can tell which rows are meant now.
    """
    run = journal.unfinished(checked.workbook.sha256)
    if run is None:
        return None
    submission = Submission.stored(journal, run)
    before = submission.request.options
    if any(before.get(name) != value for name, value in _options(checked, choices).items()):
        raise UsageError(
            f"Run {run} of this workbook was interrupted and had other options. "
            f"Finish it first: bulkload resume {run}."
        )
    company.progress.say(f"Run {run} of this workbook is unfinished: it is continued.")
    return submission


def _options(checked: CheckedWorkbook, choices: Choices) -> dict[str, str]:
    """How the workbook was read and which rows were chosen, as the journal keeps it."""
    only = checked.only
    return {
        "api_version": str(checked.version),
        "hidden": str(checked.hidden),
        "only": "all" if only is None else ",".join(str(row) for row in sorted(only)),
        "rows": "valid rows only" if choices.valid_rows_only else "all rows or none",
    }


async def _lists_if_some_are_missing(
    client: Client, checked: CheckedWorkbook, plan: Plan
) -> AccountLists | None:
    """The account's contact lists, where a row that is to be sent names another; a look only where it helps."""
    rows = frozenset(decision.payload.row for decision in (*plan.creates, *plan.updates))
    names = await client.contact_lists() if rows else None
    if names is None:
        return None
    lists = AccountLists(names, rows)
    are_missing = checked.with_account_lists(lists).judged.problems != checked.judged.problems
    return lists if are_missing else None


def _stopped_early(
    checked: CheckedWorkbook, begun_before: Submission | None, journal: Journal, error: BulkloadError
) -> Report:
    """Nothing was sent now; what an earlier part of the run has done is told all the same."""
    stopped = error.stop_reason
    return (
        report_not_started(checked, stopped)
        if begun_before is None
        else report_of_run(checked, begun_before, journal, stopped)
    )


def _with_results(report: Report, checked: CheckedWorkbook, path: Path | None, company: Company) -> Report:
    """The report of what was sent, with its results workbook: a mistake of ours in writing it hides no outcome."""
    try:
        return write_results_workbook(report, checked, path)
    except Exception as error:
        if company.fault is None:
            raise
        return replace(report, stopped=report.stopped or company.fault(error))


def _limits(settings: Settings) -> Limits:
    return Limits(
        concurrency=settings.concurrency,
        settle=settings.settle,
        ready_timeout=settings.ready_timeout,
        window=settings.window,
    )


async def _plan(
    submission: Submission, journal: Journal, client: Client, settings: Settings, company: Company
) -> Plan:
    return await submission.plan(client, journal, _limits(settings), company.clock or MonotonicClock())


async def _carry_out(
    submission: Submission, plan: Plan, client: Client, settings: Settings, company: Company
) -> StopReason | None:
    try:
        with _journal(settings) as journal:
            context = RunContext(
                client,
                journal,
                _limits(settings),
                company.clock or MonotonicClock(),
                company.progress,
                company.stop or StopSignal(),
            )
            return await submission.execute(plan, context)
    except BulkloadError:
        raise
    except Exception as error:
        if company.fault is None:
            raise
        return company.fault(error)  # what was done before it stands in the journal, and is told all the same
