"""One submission from start to finish: what the flow sees of this room.

``new`` or ``stored``, then ``plan`` (read the account, decide every row, write nothing, hold nothing), then
``execute`` (with the journal's lock: read the account again, write the run down, send, settle, verify), then
``outcomes``. Whatever ends ``execute``, the journal knows what was done.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from bulkload.errors import BulkloadError, Interrupted, ServiceError, SettingsError
from bulkload.model import (
    Action,
    Level,
    Missing,
    Outcome,
    Problem,
    RemoteCampaign,
    Status,
    StopReason,
    SubmitOptions,
)
from bulkload.run.executor import RunExecutor
from bulkload.run.journal import wall_clock
from bulkload.run.messages import journal as messages
from bulkload.run.messages import planned, sent
from bulkload.run.messages.wording import duration, sentence
from bulkload.run.outcomes import outcome, outcomes
from bulkload.run.plan import Decision, Plan
from bulkload.run.planner import Planner
from bulkload.run.records import CREATE, SUBMIT, UPDATE, Change, JournalRow, StoredRun
from bulkload.run.states import State
from bulkload.run.stop import race
from bulkload.text import and_list

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from bulkload.model import AccountIdentity, Created, Payload, RunInfo, Unreadable
    from bulkload.ports import Clock
    from bulkload.run.context import Limits, RunContext, Service
    from bulkload.run.journal import Journal

    Documents: TypeAlias = Mapping[str, RemoteCampaign | Missing | Unreadable]


PLAN_KEEPS = 300.0
"""Seconds for which the documents that a plan has read are used again; an update is read once more anyway."""
OPEN = frozenset({State.PLANNED, State.ABSENT, State.SENDING, State.UNKNOWN})
"""States in which a resume still decides about a row."""


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What a run is asked to do: enough to finish it whatever has become of the workbook."""

    workbook: Path
    """As the person gave it."""
    sha256: str
    """Hexadecimal digest of the content."""
    content: bytes = field(repr=False)
    """The whole workbook."""
    options: Mapping[str, Any]
    """How it was read and what the person chose: JSON values, never a secret."""
    payloads: tuple[Payload, ...]
    """Every row of the run, in the order of the sheet."""
    kind: str = SUBMIT
    """``submit``, ``trial`` or ``undo``."""
    batch: str | None = None
    """Names the submission of several workbooks that the run belongs to."""


def new_run_name(now: datetime) -> str:
    """``20261128-154205-3f9a1c0b7d2e``: when it was planned, and 48 random bits."""
    return f"{now:%Y%m%d-%H%M%S}-{secrets.token_hex(6)}"


class Submission:
    """One run: new, or stored in the journal. It keeps no journal and no lock."""

    def __init__(self, run: str, request: RunRequest, account: AccountIdentity, *, is_resumed: bool) -> None:
        self.run = run
        """The run's name."""
        self.request = request
        self.account = account
        """The account that the run belongs to."""
        self.is_resumed = is_resumed
        """Whether the run was in the journal before."""
        self.needs_account_confirmation = False
        """Whether an older version began the run, which did not write down the account: a person must say it."""
        self._unrecorded: Mapping[int, Created] = {}

    @classmethod
    def new(cls, request: RunRequest, account: AccountIdentity) -> Self:
        """A run that is written down when it is executed."""
        return cls(new_run_name(wall_clock()), request, account, is_resumed=False)

    @classmethod
    def stored(cls, journal: Journal, run: str) -> Self:
        """A run that was begun before: to be finished, or only to be reported.

        Raises UsageError where no run has this name.
        """
        one = journal.stored(run)
        payloads = tuple(row.payload for row in journal.rows(run))
        request = RunRequest(
            one.workbook, one.sha256, one.content, one.options, payloads, one.kind, one.batch
        )
        account = replace(journal.account, account_id=one.account_id)
        submission = cls(one.run, request, account, is_resumed=True)
        submission.needs_account_confirmation = one.account_id is None
        return submission

    def confirm_account(self, account: AccountIdentity) -> None:
        """The person says that the run belongs to this account. It is written down when the run is executed."""
        self.account = account
        self.needs_account_confirmation = False

    def keep_option(self, name: str, value: Any) -> None:
        """Write one more option down with the run: a JSON value, never a secret."""
        self.request = replace(self.request, options={**self.request.options, name: value})

    # --- what is known of it ---------------------------------------------------------------------------------

    def has_begun(self, journal: Journal) -> bool:
        """Whether the run is in the journal."""
        return self.info(journal) is not None

    def info(self, journal: Journal) -> RunInfo | None:
        """The run as ``bulkload runs`` shows it; None until it has been written down."""
        return journal.info(self.run)

    def outcomes(
        self, journal: Journal, *, sheet: str | None = None, at_work: bool = False
    ) -> tuple[Outcome, ...]:
        """One for each row, as the journal knows it, with what could not be written into it any more.

        ``at_work``: the run is still going on, so nobody need act on a row that waits or is on its way.
        """
        found = outcomes(journal.rows(self.run), sheet=sheet, at_work=at_work)
        return tuple(self._with_unrecorded(one, sheet) for one in found)

    def _with_unrecorded(self, outcome: Outcome, sheet: str | None) -> Outcome:
        answer = self._unrecorded.get(outcome.row)
        if answer is None:
            return outcome
        said = sent.UNRECORDED(campaign_id=answer.campaign_id)
        return replace(
            outcome,
            status=Status.UPDATED if outcome.campaign_id else Status.CREATED,
            explanation=said,
            campaign_id=answer.campaign_id,
            # The journal's own problem says that nobody knows the answer.
            problems=(Problem(Level.WARNING, said, sheet=sheet, row=outcome.row),),
        )

    def predicted_outcomes(self, plan: Plan, *, sheet: str | None = None) -> tuple[Outcome, ...]:
        """What the plan says of each row, with its action and the payload that would be sent."""
        return tuple(self._predicted(decision, sheet) for decision in plan.decisions)

    def _predicted(self, decision: Decision, sheet: str | None) -> Outcome:
        row = planned_row(self.run, decision)
        if not decision.is_sendable:
            told = outcome(row, sheet=sheet)
            return replace(
                told,
                action=decision.action,
                changes=decision.changes,
                campaign_id=decision.there or told.campaign_id,
            )
        return Outcome(
            row.row,
            row.name,
            Status.NOT_SENT,
            campaign_id=row.target_id,
            payload=decision.payload,
            action=decision.action,
            changes=decision.changes,
        )

    # --- planning ------------------------------------------------------------------------------------------

    async def plan(self, service: Service, journal: Journal, limits: Limits, clock: Clock) -> Plan:
        """Read the account and decide every row; nothing is written, neither there nor in the journal.

        Raises BulkloadError where the account can't be listed.
        """
        return await self._make_plan(service, journal, limits, clock, {})

    async def _make_plan(
        self, service: Service, journal: Journal, limits: Limits, clock: Clock, known: Documents
    ) -> Plan:
        planned_at = clock.now()
        listing = await service.campaigns()
        rows = journal.rows(self.run) if self.is_resumed else ()
        planner, documents = await self._planner(service, journal, listing, limits.settle, known)
        if self.is_resumed:
            decisions = [_decide_again(row, planner) for row in rows]
        else:
            decisions = [planner.decide(payload) for payload in self._payloads]
        unfinished = journal.unfinished_of_path(self.request.workbook)
        return Plan(
            tuple(decisions),
            listing,
            service.listing_requests,
            planned_at,
            documents,
            None if unfinished == self.run else unfinished,
        )

    @property
    def options(self) -> SubmitOptions:
        """What the person chose."""
        stored = self.request.options
        is_chosen = "valid_rows_only" in stored or "only" in stored
        return SubmitOptions.from_json(stored) if is_chosen else SubmitOptions()

    @property
    def _payloads(self) -> tuple[Payload, ...]:
        payloads = self.request.payloads
        if not self.options.as_new or self.is_resumed:
            return payloads
        return tuple(replace(payload, campaign_id=None) for payload in payloads)

    async def _planner(
        self,
        service: Service,
        journal: Journal,
        listing: tuple[RemoteCampaign, ...],
        settle: float,
        known: Documents,
    ) -> tuple[Planner, Documents]:
        """A planner that has read what it needs. Raises ServiceError where the listing hides campaigns."""
        planner = Planner(
            journal.history(without=self.run),
            listing,
            now=journal.now(),
            settle=settle,
            payloads=self._payloads,
            options=self.options,
            read_body=service.read_body,
            workbook=str(self.request.workbook),
        )
        open_rows = (
            {row.row for row in journal.rows(self.run) if row.state in OPEN} if self.is_resumed else None
        )
        wanted = [one for one in self._payloads if open_rows is None or one.row in open_rows]
        deleted = {one for one, fact in journal.facts().items() if fact["document"] is None}
        documents = {one: Missing() for one in deleted} | dict(known)
        for campaign_id in planner.ids_to_read(wanted):
            if campaign_id not in documents:
                documents[campaign_id] = await service.campaign(campaign_id)
        if hidden := planner.use(documents):
            raise ServiceError(planned.LISTING_HIDES(campaign_id=hidden))
        return planner, documents

    # --- execution -----------------------------------------------------------------------------------------

    async def execute(self, plan: Plan, context: RunContext) -> StopReason | None:
        """Carry out the plan, or less where the account has changed since; what stopped it early, or None.

        Only a mistake of ours comes out as an exception. Asked to stop once, it lets what is in flight come
        back and takes one quick look at the account; asked twice, it leaves at once.
        """
        context = replace(context, run=self.run, options=self.options)
        executor = RunExecutor(context)
        try:
            await race(self._follow(plan, executor, context), context.stop.forced())
            reason: BulkloadError | None = self._interruption(context) if context.stop.requested else None
        except BulkloadError as error:
            reason = error
        self._unrecorded = executor.unrecorded
        return self._end(reason, context.journal)

    async def _follow(self, shown: Plan, executor: RunExecutor, context: RunContext) -> None:
        self._check_account(context.journal)
        is_old = context.clock.now() - shown.planned_at > PLAN_KEEPS
        known: Documents = {} if is_old else shown.documents
        today = await self._make_plan(context.service, context.journal, context.limits, context.clock, known)
        if shown.creates and (stranger := self._just_created(today, context)):
            await self._wait_for_others(stranger, context)
            today = await self._make_plan(
                context.service, context.journal, context.limits, context.clock, known
            )
        plan = shown.narrowed_to(today)
        if self.is_resumed:
            context.journal.describe_lock(self.run)
        else:
            self._begin(plan, context)
        context.progress.begun(self.run)
        if self.is_resumed or plan.in_doubt:
            await executor.resolve_unknown_rows(plan.listing)
            planner, _ = await self._planner(
                context.service, context.journal, executor.listing, context.limits.settle, plan.documents
            )
            executor.replan(planner, shown)
        await executor.send(trial := None if self.is_resumed else self.options.trial)
        await executor.look()
        if trial is not None:
            executor.end_trial()

    def _just_created(self, plan: Plan, context: RunContext) -> RemoteCampaign | None:
        """A campaign that somebody else created within the settling time: there may be more, not listed yet."""
        owners, now = context.journal.owners(), context.journal.now()
        read = [one for one in plan.documents.values() if isinstance(one, RemoteCampaign)]
        for listed in (*plan.listing, *read):
            if listed.created_at is None or listed.campaign_id in owners:
                continue
            if abs((now - listed.created_at).total_seconds()) < context.limits.settle:
                return listed
        return None

    async def _wait_for_others(self, stranger: RemoteCampaign, context: RunContext) -> None:
        wait = context.limits.settle
        context.progress.say(sent.SOMEBODY_ELSE(name=stranger.name, wait=duration(wait)).text)
        await context.stop.sleep(context.clock, wait)

    def _check_account(self, journal: Journal) -> None:
        """Raise SettingsError where the run belongs to another account, or nobody knows to which one."""
        wanted = journal.account.account_id
        if self.needs_account_confirmation:
            raise SettingsError(messages.ACCOUNT_NOT_CONFIRMED(run=self.run, wanted=wanted))
        found = self.account.account_id
        if wanted and found and found != wanted:
            raise SettingsError(messages.RUN_OF_ANOTHER_ACCOUNT(run=self.run, found=found, wanted=wanted))
        if self.is_resumed and wanted and journal.stored(self.run).account_id is None:
            journal.confirm_account(self.run, wanted)

    def _begin(self, plan: Plan, context: RunContext) -> None:
        request, journal = self.request, context.journal
        stored = StoredRun(
            run=self.run,
            workbook=request.workbook,
            sha256=request.sha256,
            content=request.content,
            options=request.options,
            started=journal.now(),
            account_id=self.account.account_id,
            kind=request.kind,
            batch=request.batch,
        )
        journal.begin(stored, [planned_row(self.run, decision) for decision in plan.decisions], plan.listing)

    def _interruption(self, context: RunContext) -> Interrupted | None:
        if not context.journal.is_unfinished(self.run):
            return None
        return Interrupted(sent.INTERRUPTED(run=self.run))

    def _end(self, reason: BulkloadError | None, journal: Journal) -> StopReason | None:
        """Note in the journal how it ended; a journal that can't be written any more is a reason itself."""
        try:
            journal.end(self.run, str(reason or ""))
        except BulkloadError as error:
            reason = reason or error
        if reason is None:
            return None
        if not self._unrecorded:
            return reason.stop_reason
        ids = and_list(
            f"row {row} is {answer.campaign_id}" for row, answer in sorted(self._unrecorded.items())
        )
        explanation = sent.NOTE_THE_IDS(reason=sentence(str(reason)), ids=ids)
        return StopReason(reason.exit_status, explanation)


def _decide_again(row: JournalRow, planner: Planner) -> Decision:
    if row.state not in OPEN:
        return Decision(row.payload, Change(row.state, row.explanation), is_done=True)
    decision = planner.decide_again(row)
    if decision.action is Action.CONFLICT and row.updates and row.attempts == 0:
        return decision
    in_doubt = row.state in {State.SENDING, State.UNKNOWN} or decision.state is State.CONFLICT
    if row.updates or row.attempts == 0 or not in_doubt:
        return decision
    # What has the name may be the row's own campaign: it is looked up before anything is sent.
    return Decision(row.payload, Change(State.UNKNOWN, planned.TO_BE_LOOKED_UP()))


def planned_row(run: str, decision: Decision) -> JournalRow:
    """The row as the journal first holds it."""
    payload, change = decision.payload, decision.change
    return JournalRow(
        run=run,
        row=payload.row,
        name=payload.name,
        digest=payload.digest,
        version=payload.version,
        body=payload.body,
        state=change.state,
        operation=UPDATE if payload.updates else CREATE,
        target_id=payload.campaign_id,
        campaign_id=change.campaign_id,
        platform_status=change.platform_status,
        explanation=change.explanation,
        before=change.before,
    )
