"""One submission from start to finish: what the pipeline sees of this room.

``begin`` or ``resume``, then ``prepare`` (list the account, decide every row, write nothing), then
``carry_out`` (write it all down, send, settle, verify, audit), then ``outcomes``. Whatever ends ``carry_out``,
the journal tells what is so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

from bulkload.errors import BulkloadError, Interrupted
from bulkload.messages import quoted
from bulkload.model import Level, Problem, Status, StopReason
from bulkload.ports import MonotonicClock, NoProgress
from bulkload.run.context import Limits, RunContext
from bulkload.run.executor import RunExecutor
from bulkload.run.messages import ended as ending
from bulkload.run.messages import planned as before
from bulkload.run.outcomes import outcome, outcomes
from bulkload.run.plan import Decision, Plan, Planner, content_digest
from bulkload.run.records import Change, JournalRow, StoredRun
from bulkload.run.states import FINAL, State
from bulkload.run.stop import StopSignal, first_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bulkload.model import Created, Outcome, Payload, RemoteCampaign, RunInfo
    from bulkload.ports import Clock, Progress
    from bulkload.run.context import Service
    from bulkload.run.journal import Journal

PLAN_KEEPS = 300.0
"""Seconds for which a listing tells what an account holds; then somebody may well have created a campaign."""


class Submission:
    """One run: new, or resumed. Used once; the journal stays the caller's."""

    def __init__(
        self, journal: Journal, stored: StoredRun, payloads: Sequence[Payload], *, resumed: bool
    ) -> None:
        self._journal = journal
        self._payloads = payloads
        self._resumed = resumed
        self._plan: Plan | None = None
        self._listed_at = 0.0
        self._unrecorded: Mapping[int, Created] = {}
        self.stored = stored
        """What the run was asked to do: workbook, its bytes, options."""

    @classmethod
    def begin(  # noqa: PLR0913  (what is known of a workbook; each is a word at the call)
        cls,
        journal: Journal,
        *,
        workbook: Path,
        content: bytes,
        sha256: str,
        options: Mapping[str, Any],
        payloads: Sequence[Payload],
    ) -> Self:
        """A new run. ``options`` are JSON values that say how the workbook was read; never a secret."""
        stored = StoredRun(
            run=journal.new_name(),
            workbook=workbook,
            sha256=sha256,
            content=content,
            options=options,
            started=journal.now(),
        )
        return cls(journal, stored, payloads, resumed=False)

    @classmethod
    def resume(cls, journal: Journal, run: str) -> Self:
        """A run that was begun before: to be finished, or only to be told of.

        Raises UsageError where no run has this name.
        """
        stored = journal.stored(run)
        return cls(journal, stored, [row.payload for row in journal.rows(run)], resumed=True)

    @property
    def run(self) -> str:
        """The run's name."""
        return self.stored.run

    @property
    def info(self) -> RunInfo | None:
        """The run as ``bulkload runs`` shows it; None until it has been written down."""
        return self._journal.info(self.run)

    def outcomes(self, *, sheet: str | None = None) -> tuple[Outcome, ...]:
        """One for each row, as the journal knows it, with what could not be written into it any more."""
        return tuple(
            self._with_unrecorded(one, sheet) for one in outcomes(self._journal.rows(self.run), sheet=sheet)
        )

    def predicted_outcomes(self) -> tuple[Outcome, ...]:
        """What ``prepare`` has decided already: rows that will be neither sent nor looked up."""
        decisions = self._plan.decisions if self._plan else ()
        return tuple(
            outcome(_planned_row(self.run, decision)) for decision in decisions if decision.state in FINAL
        )

    def _with_unrecorded(self, outcome: Outcome, sheet: str | None) -> Outcome:
        answer = self._unrecorded.get(outcome.row)
        if answer is None:
            return outcome
        said = quoted(*ending.unrecorded(answer.campaign_id))
        return replace(
            outcome,
            status=Status.UPDATED if outcome.campaign_id else Status.CREATED,
            explanation=said,
            campaign_id=answer.campaign_id,
            # The journal's own problem says that nobody knows the answer.
            problems=(Problem(Level.WARNING, said, sheet=sheet, row=outcome.row),),
        )

    # --- planning ------------------------------------------------------------------------------------------

    async def prepare(self, service: Service, *, settle: float = 120.0, clock: Clock | None = None) -> Plan:
        """List the account and decide every row; nothing is sent that writes, and nothing is written down.

        Raises BulkloadError where the account can't be listed.
        """
        self._listed_at = (clock or MonotonicClock()).now()
        listing = await service.campaigns()
        planner = self._planner(listing, settle)
        if self._resumed:
            decisions = [self._decide_again(row, planner) for row in self._journal.rows(self.run)]
        else:
            decisions = [planner.decide(payload) for payload in self._payloads]
        self._plan = Plan(tuple(decisions), listing)
        return self._plan

    def _planner(self, listing: tuple[RemoteCampaign, ...], settle: float) -> Planner:
        history = self._journal.history(without=self.run)
        now = self._journal.now()
        return Planner(history, listing, now=now, settle=settle, payloads=self._payloads)

    def _decide_again(self, row: JournalRow, planner: Planner) -> Decision:
        if row.state not in {State.PLANNED, State.ABSENT, State.SENDING, State.UNKNOWN}:
            return Decision(row.payload, Change(row.state, row.message, row.fix))
        decision = planner.decide(row.payload)
        in_doubt = row.state in {State.SENDING, State.UNKNOWN} or decision.state is State.CONFLICT
        if row.updates or row.attempts == 0 or not in_doubt:
            return decision
        # What has the name may be the row's own campaign: it is looked up before anything is sent.
        return Decision(row.payload, Change(State.UNKNOWN, *before.to_be_looked_up()))

    # --- carrying out --------------------------------------------------------------------------------------

    async def carry_out(
        self,
        service: Service,
        *,
        limits: Limits,
        clock: Clock | None = None,
        progress: Progress | None = None,
        stop: StopSignal | None = None,
    ) -> StopReason | None:
        """Do what ``prepare`` has planned; what stopped it before its time, or None.

        Only a mistake of ours comes out as an exception. Asked to stop once, it lets what is in flight come
        back and takes one quick look at the account; asked twice, it leaves at once.
        """
        stop = stop or StopSignal()
        context = RunContext(
            service,
            self._journal,
            self.run,
            limits,
            clock or MonotonicClock(),
            progress or NoProgress(),
            stop,
        )
        course = RunExecutor(context)
        try:
            await first_of(self._follow(course, context), stop.insisted())
            reason: BulkloadError | None = self._interruption() if stop.asked else None
        except BulkloadError as error:
            reason = error
        self._unrecorded = course.unrecorded
        return self._end(reason)

    async def _follow(self, course: RunExecutor, context: RunContext) -> None:
        plan = await self._recent_plan(context)
        if self._resumed:
            self._journal.hold(self.run)
            await course.resolve_unknown_rows(plan.listing)
            course.replan(self._planner(course.listing, context.limits.settle))
        else:
            rows = [_planned_row(self.run, decision) for decision in plan.decisions]
            self._journal.begin(self.stored, rows, plan.listing)
        await course.send()
        await course.look()

    async def _recent_plan(self, context: RunContext) -> Plan:
        """The plan; where the person has thought for long, made again, and then it sends no more than was shown."""
        shown = self._plan
        if shown is None:
            raise AssertionError("a submission is prepared before it is carried out")
        if context.clock.now() - self._listed_at <= PLAN_KEEPS:
            return shown
        today = await self.prepare(context.service, settle=context.limits.settle, clock=context.clock)
        pairs = zip(shown.decisions, today.decisions, strict=True)
        return Plan(tuple(new if old.is_sendable else old for old, new in pairs), today.listing)

    def _interruption(self) -> Interrupted | None:
        if not self._journal.is_unfinished(self.run):
            return None
        return Interrupted(
            f"Stopped as you asked. 'bulkload resume {self.run}' goes on where this run stopped."
        )

    def _end(self, reason: BulkloadError | None) -> StopReason | None:
        """Note in the journal how it ended; a journal that can't be written any more is a reason itself."""
        try:
            self._journal.end(self.run, str(reason or ""))
        except BulkloadError as error:
            reason = reason or error
        if reason is None:
            return None
        lost = "".join(
            f" Row {row} is {answer.campaign_id} at Kore.ai: note it, for it could not be written down."
            for row, answer in sorted(self._unrecorded.items())
        )
        return StopReason(reason.exit_status, quoted(f"{reason}{lost}"))


def _planned_row(run: str, decision: Decision) -> JournalRow:
    payload, change = decision.payload, decision.change
    return JournalRow(
        run=run,
        row=payload.row,
        name=payload.name,
        digest=content_digest(payload),
        version=payload.version,
        body=payload.body,
        state=change.state,
        target_id=payload.campaign_id,
        campaign_id=change.campaign_id,
        platform_status=change.platform_status,
        message=change.message,
        fix=change.fix,
    )
