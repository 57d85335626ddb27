"""Plan, send, report: one submission, from a checked workbook to the outcome of every row.

::

    checked = check(source, version=..., hidden=...)
    async with open_submission(checked, options, settings) as submission:
        plan = await submission.plan()                     reads the account, decides every row, writes nothing
        report = submission.report()                       the plan as a report: for a dry run, or a "no"
        report = await submission.send(plan, ...)          whatever happens, a report

The safety rule is here and nowhere else: a workbook with problems is not submitted, none of it, unless the user
chose the valid rows alone. ``plan`` refuses it, and ``send`` refuses it again, whoever calls. Submitting and
resuming are one path: a run that was interrupted is planned again, and what its plan shows is sent. Between ``plan``
and ``send`` nothing is held or locked, so a page may show a plan for days; ``send`` looks at the account again.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulkload.checking import AccountLists
from bulkload.errors import Interrupted, JournalError, UsageError, WorkbookError, to_stop_reason
from bulkload.kore.client import Client
from bulkload.messages import MessageTemplate
from bulkload.model import Hidden, PlanFigures, Status
from bulkload.ports import MonotonicClock, NoProgress
from bulkload.run.context import Limits, RunContext
from bulkload.run.journal import Journal
from bulkload.run.stop import StopSignal
from bulkload.run.submission import RunRequest, Submission
from bulkload.run_reports import (
    ACCOUNT_LISTS_OPTION,
    report_of_plan,
    report_of_run,
    with_stored_account_lists,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bulkload.checking import CheckedWorkbook
    from bulkload.model import StopReason, SubmitOptions
    from bulkload.ports import Clock, Progress
    from bulkload.report import Report
    from bulkload.run.plan import Plan
    from bulkload.settings import Settings

HELD_BACK = MessageTemplate(
    "held-back",
    "This row is right. It was not sent because other rows have problems.",
    "Fix them and submit again, or send the valid rows alone: {choice:valid_rows}.",
)
"""Of a good row in a workbook that is refused."""
DECLINED = MessageTemplate("declined", "You answered no. Nothing was sent.")
"""Of a plan that the user did not agree to."""
CANCELLED = MessageTemplate("cancelled", "Stopped before anything more was sent.")
"""Of Ctrl-C before a plan is agreed to: the event loop turns it into a cancellation."""


HIDDEN_ROW = MessageTemplate(
    "hidden-row",
    "This row is hidden, and submitting it would change its campaign.",
    "Show the row to see what you send, or choose {choice:include_hidden}.",
)
"""Of a done row that the filter of a results workbook hides, and that was changed since."""


class WorkbookHasProblemsError(WorkbookError):
    """The workbook has problems, so none of it is submitted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """What a submission works with from its beginning to its end."""

    options: SubmitOptions
    settings: Settings
    client: Client
    clock: Clock


@asynccontextmanager
async def open_submission(
    checked: CheckedWorkbook,
    options: SubmitOptions,
    settings: Settings,
    *,
    run: str | None = None,
    clock: Clock | None = None,
) -> AsyncIterator[OpenSubmission]:
    """Open the service for one submission of a checked workbook.

    ``run`` is the unfinished run to go on with; None begins a new one, or goes on with the unfinished run of this
    very file. Raises UsageError for rows of ``options`` that contain no campaign.
    """
    clock = clock or MonotonicClock()
    async with Client(settings, clock=clock) as client:
        yield OpenSubmission(checked.only_rows(options.only), Opened(options, settings, client, clock), run)


class OpenSubmission:
    """One submission: ``plan``, then ``send``; ``report`` at any time."""

    def __init__(self, checked: CheckedWorkbook, opened: Opened, run: str | None) -> None:
        self._checked = checked
        self._opened = opened
        self._run = run
        self._submission: Submission | None = None
        self._plan: Plan | None = None
        self._figures: PlanFigures | None = None
        self._is_refused = False
        self._has_sent = False

    @property
    def checked(self) -> CheckedWorkbook:
        """The workbook as it was checked last: ``plan`` compares it with the account's names."""
        return self._checked

    @property
    def was_named(self) -> bool:
        """Whether the caller named the run to go on with."""
        return self._run is not None

    @property
    def continues(self) -> str | None:
        """The run that this submission goes on with; None for a new one, and before ``plan``."""
        submission = self._submission
        return submission.run if submission is not None and submission.is_resumed else None

    @property
    def needs_account_confirmation(self) -> bool:
        """Whether an older version began the run without writing its account down: the user must confirm it."""
        return self._submission is not None and self._submission.needs_account_confirmation

    def confirm_account(self) -> None:
        """The user says that the run belongs to the account of the settings. Without that nothing is sent."""
        if self._submission is not None and self._submission.needs_account_confirmation:
            self._submission.confirm_account(self._opened.settings.identity)

    # --- plan --------------------------------------------------------------------------------------------

    async def plan(self) -> Plan:
        """Read the account and decide every row; write nothing, hold nothing.

        Raises WorkbookHasProblemsError where the workbook has problems, or names what the account lacks; another
        BulkloadError where the account can't be read, or another run of the workbook must be finished first.
        ``report`` then tells everything that is known.
        """
        self._refuse_if_invalid()
        try:
            plan = self._plan = await self._make_plan()
        except asyncio.CancelledError:
            raise Interrupted(CANCELLED()) from None
        self._figures = self._count(plan)
        return plan

    async def _make_plan(self) -> Plan:
        opened = self._opened
        with self._journal_to_read() as journal:
            submission = self._submission = self._unfinished(journal) or self._new()
            self._refuse_other_options(submission)
            if opened.settings.identity.practice:  # there is one practice account, so nothing can be confused
                self.confirm_account()
            plan = await submission.plan(opened.client, journal, self._limits, opened.clock)
        plan = self._without_hidden_rows(plan)
        if submission.is_resumed:
            self._checked = with_stored_account_lists(self._checked, submission.request.options)
            return plan
        return await self._without_unknown_lists(plan, submission)

    def _without_hidden_rows(self, plan: Plan) -> Plan:
        """The plan without hidden rows: our own filter hides what is done, and a user does not see what would change.

        Raises WorkbookHasProblemsError as ``plan`` does.
        """
        checked, sheet = self._checked, self._checked.workbook.campaigns
        if checked.hidden is not Hidden.REFUSE:
            return plan
        rows = [
            one.payload.row
            for one in plan.decisions
            if one.is_sendable and one.payload.row in sheet.hidden_rows
        ]
        if not rows:
            return plan
        self._checked = checked.with_problems(
            tuple(HIDDEN_ROW.problem(sheet=sheet.name, row=row) for row in rows)
        )
        self._refuse_if_invalid()
        return plan.without(frozenset(rows))

    def _refuse_if_invalid(self) -> None:
        """The safety rule. Raises WorkbookHasProblemsError where the workbook must not be submitted."""
        checked = self._checked
        if checked.is_submittable(self._opened.options):
            return
        self._is_refused = True
        raise WorkbookHasProblemsError(
            "{workbook} has problems, so none of it was sent.",
            "Fix them and submit again.",
            workbook=checked.workbook.path,
        )

    def _new(self) -> Submission:
        """A new run of the wanted rows."""
        checked = self._checked
        workbook = checked.workbook
        request = RunRequest(
            workbook=workbook.path,
            sha256=workbook.sha256,
            content=workbook.content,
            options={**self._reading_options(), ACCOUNT_LISTS_OPTION: None},
            payloads=checked.payloads(),
        )
        return Submission.new(request, self._opened.settings.identity)

    def _unfinished(self, journal: Journal) -> Submission | None:
        """The run to go on with, if there is one."""
        run = self._run or journal.unfinished(self._checked.workbook.sha256)
        return Submission.stored(journal, run) if run else None

    def _refuse_other_options(self, submission: Submission) -> None:
        """Raises UsageError for a run with other options than now: which rows are meant is not known."""
        if self._run is None and not _has_options(submission, self._reading_options()):
            raise UsageError(
                "Run {run} of this workbook was interrupted and had other options.",
                "Finish it first: {resume:{run}}.",
                run=submission.run,
            )

    def _reading_options(self) -> dict[str, object]:
        """How the workbook was read and what the user chose, as the journal keeps it."""
        checked = self._checked
        return {
            "api_version": str(checked.version),
            "hidden": str(checked.hidden),
            **self._opened.options.to_json(),
        }

    async def _without_unknown_lists(self, plan: Plan, submission: Submission) -> Plan:
        """The plan without the rows that name a contact list which the account lacks.

        What an earlier run created is not judged anew. Raises WorkbookHasProblemsError as ``plan`` does.
        """
        rows = frozenset(decision.payload.row for decision in (*plan.creates, *plan.updates))
        contact_lists = await self._opened.client.contact_lists() if rows else None
        if contact_lists is None:
            return plan
        lists = AccountLists(tuple(one.name for one in contact_lists), rows)
        checked = self._checked.with_account_lists(lists)
        if len(checked.validation.problems) == len(self._checked.validation.problems):
            return plan
        self._checked = checked
        self._refuse_if_invalid()
        submission.keep_option(ACCOUNT_LISTS_OPTION, {"names": list(lists.names), "rows": sorted(lists.rows)})
        faulty = rows - {payload.row for payload in checked.payloads()}
        return plan.without(faulty)

    def _count(self, plan: Plan) -> PlanFigures:
        settings = self._opened.settings
        windows = max(0, plan.requests - 1) // settings.rate
        return PlanFigures(
            requests=plan.requests,
            seconds=windows * settings.window,
            campaigns_there=len(plan.listing),
        )

    # --- send --------------------------------------------------------------------------------------------

    async def send(
        self, plan: Plan, *, progress: Progress | None = None, stop: StopSignal | None = None
    ) -> Report:
        """Carry out the plan and see it through until every campaign is Ready; never more than the plan shows.

        Whatever happens, a report: what was done is in the journal, and what stopped it is in the report.
        """
        stopped: StopReason | None
        try:
            self._refuse_if_invalid()
            stopped = await self._execute(plan, progress or NoProgress(), stop or StopSignal())
        except WorkbookHasProblemsError:
            stopped = None
        except Exception as error:  # noqa: BLE001  (what was done before it is in the journal, and is reported)
            stopped = to_stop_reason(error, self._opened.settings.state_dir)
        return self.report(stopped)

    async def _execute(self, plan: Plan, progress: Progress, stop: StopSignal) -> StopReason | None:
        if plan is not self._plan or self._submission is None:
            raise AssertionError("a submission sends the plan that it made")
        opened, settings = self._opened, self._opened.settings
        self._has_sent = True
        with Journal.open(settings.state_dir, settings.identity) as journal:
            context = RunContext(opened.client, journal, self._limits, opened.clock, progress, stop)
            return await self._submission.execute(plan, context)

    @property
    def _limits(self) -> Limits:
        settings = self._opened.settings
        return Limits(
            concurrency=settings.concurrency,
            settle=settings.settle,
            ready_timeout=settings.ready_timeout,
            window=settings.window,
        )

    # --- report ------------------------------------------------------------------------------------------

    def report(self, stopped: StopReason | None = None) -> Report:
        """What is known of every row now: from the check, from the plan, or from the journal once a run began."""
        return replace(self._report(stopped), account=self._opened.settings.identity, figures=self._figures)

    def _report(self, stopped: StopReason | None) -> Report:
        if self._is_refused:
            return _refused(self._checked)
        submission = self._submission
        if submission is None:
            return replace(self._checked.report(), stopped=stopped)
        with suppress(JournalError), self._journal_to_read() as journal:
            if submission.has_begun(journal) and (self._plan is None or stopped or self._has_sent):
                return report_of_run(self._checked, submission, journal, stopped)
        if self._plan is None:
            return replace(self._checked.report(), stopped=stopped)
        return replace(report_of_plan(self._checked, submission, self._plan), stopped=stopped)

    def declined(self) -> Report:
        """The report of a plan that the user did not agree to."""
        return self.report(Interrupted(DECLINED()).stop_reason)

    def _journal_to_read(self) -> Journal:
        settings = self._opened.settings
        return Journal.read(settings.state_dir, settings.identity)


def _refused(checked: CheckedWorkbook) -> Report:
    """The report of a workbook that is not submitted: its good rows say why they were held back."""
    report = checked.report()
    outcomes = tuple(
        replace(outcome, explanation=HELD_BACK())
        if outcome.status is Status.NOT_SENT and outcome.explanation is None
        else outcome
        for outcome in report.outcomes
    )
    return replace(report, outcomes=outcomes, refused=True)


def _has_options(submission: Submission, wanted: dict[str, object]) -> bool:
    stored = submission.request.options
    return all(stored.get(name) == value for name, value in wanted.items())
