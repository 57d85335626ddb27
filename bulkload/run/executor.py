"""The course of a run: look up what is in doubt, send what is planned, look at what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bulkload.errors import ROWS_NEED_A_PERSON, BulkloadError, ServiceError, SettingsError
from bulkload.model import RemoteCampaign
from bulkload.run.account_poller import AccountPoller
from bulkload.run.messages import sent as messages
from bulkload.run.records import Change
from bulkload.run.sender import Sender
from bulkload.run.states import State
from bulkload.run.stop import race
from bulkload.run.write_guards import has_all

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.model import Created
    from bulkload.run.context import RunContext
    from bulkload.run.plan import Plan
    from bulkload.run.planner import Planner
    from bulkload.run.records import JournalRow

LAST_LOOK = 15.0
"""Seconds that a look at the account may take after the person has asked to stop."""


class TrialWaitsError(BulkloadError):
    """The trial is done, and the person decides about the other rows."""

    exit_status = ROWS_NEED_A_PERSON


class RunExecutor:
    """One process's part of a run, from its first request to its last."""

    def __init__(self, context: RunContext) -> None:
        self._context = context
        self._sender = Sender(context)
        self._watch = AccountPoller(context, self._sender.last_sign)
        self._sendable: frozenset[int] | None = None
        self._before: dict[int, Mapping[str, Any]] = {}
        """The documents that the plan of a resume showed, by row."""

    @property
    def unrecorded(self) -> Mapping[int, Created]:
        """Row: the answer that came when the journal could not be written any more."""
        return self._sender.unrecorded

    @property
    def listing(self) -> tuple[RemoteCampaign, ...]:
        """The account as it was last seen."""
        return self._watch.listing

    async def resolve_unknown_rows(self, listing: tuple[RemoteCampaign, ...]) -> None:
        """Settle the rows that an earlier process left on their way, before anything else is sent."""
        cut_off = Change(State.UNKNOWN, messages.CUT_OFF())
        self._context.move(*((row, cut_off) for row in self._rows() if row.state is State.SENDING))
        await self._watch.judge(listing, self._context.clock.now())
        for row in self._rows():
            if row.state is State.UNKNOWN and row.updates:
                await self._look_at_update(row)
        if any(row.state is State.UNKNOWN and not row.updates for row in self._rows()):
            await self._watch.until_settled({State.UNKNOWN}, "Looking up what was interrupted")

    async def _look_at_update(self, row: JournalRow) -> None:
        """An update whose answer was lost is done if the campaign has all of it."""
        found = await self._context.service.campaign(row.target_id or "")
        if isinstance(found, RemoteCampaign) and has_all(row, found, self._context):
            done = Change(State.ACCEPTED, campaign_id=row.target_id, platform_status=found.status)
            self._context.move((row, done))

    def replan(self, planner: Planner, shown: Plan) -> None:
        """Plan again what is certainly not there, unless its name was taken meanwhile; never more than was shown."""
        self._sendable = shown.sendable_rows
        self._context.move(
            *(
                (row, Change(State.PLANNED))
                for row in self._rows()
                if _may_be_sent_again(row) and row.row in self._sendable
            )
        )
        decisions = [
            (row, planner.decide_again(row).change) for row in self._rows() if row.state is State.PLANNED
        ]
        in_doubt = [row for row in self._rows() if row.state is State.UNKNOWN and row.updates]
        blocked = [(row, planner.decide_again(row).change) for row in in_doubt]
        self._context.move(*((row, change) for row, change in blocked if change.state is State.CONFLICT))
        self._before = {
            row.row: before
            for row, change in decisions
            if (before := shown.document_of(row.row) or change.before) is not None
        }
        self._context.move(
            *(
                (row, change)
                for row, change in decisions
                if change.state not in {State.PLANNED, State.UNKNOWN}
            )
        )

    async def send(self, trial: int | None = None) -> None:
        """Send every planned row, or the first few of a trial.

        Raises the BulkloadError that ended it early, when all is written down.
        """
        planned = self._planned()
        if trial is not None:
            planned = choose_trial(planned, trial)
        if planned and not self._context.stop.requested:
            await self._sender.send(planned)
        if self._sender.ended is not None:
            raise self._sender.ended

    async def look(self) -> None:
        """Verify and audit, if anything was sent or waits to be verified; in short where the person stops."""
        open_states = {State.ACCEPTED, State.UNKNOWN}
        if not self._sender.last_sign and not any(row.state in open_states for row in self._rows()):
            return
        await self._watch.until_settled(open_states, "Checking at Kore.ai")
        if self._context.stop.requested:
            try:
                await race(self._watch.look(), self._context.clock.sleep(LAST_LOOK))
            except (ServiceError, SettingsError):
                return  # it was a courtesy: what is not known now, a resume will ask

    def end_trial(self) -> None:
        """Raise TrialWaitsError where rows are left for after the trial."""
        if self._planned():
            count = len(self._sender.last_sign)
            raise TrialWaitsError(messages.TRIAL_WAITS(count=count, run=self._context.run))

    def _planned(self) -> list[JournalRow]:
        return [
            replace(row, before=self._before.get(row.row, row.before))
            for row in self._rows()
            if row.state is State.PLANNED and (self._sendable is None or row.row in self._sendable)
        ]

    def _rows(self) -> tuple[JournalRow, ...]:
        return self._context.journal.rows(self._context.run)


def choose_trial(rows: list[JournalRow], count: int) -> list[JournalRow]:
    """So many rows, first one for each mode and each name of a list, queue or flow that no row before it has."""
    known: set[tuple[str, str]] = set()
    chosen: list[JournalRow] = []
    for row in rows:
        facts = _facts_of(row.body)
        if len(chosen) < count and not facts <= known:
            chosen.append(row)
            known |= facts
    chosen += [row for row in rows if row not in chosen][: count - len(chosen)]
    return sorted(chosen, key=lambda row: row.row)


def _facts_of(body: Mapping[str, Any]) -> set[tuple[str, str]]:
    lists = body.get("contactLists") or ()
    single = {
        "mode": body.get("dialingMode"),
        "dnc": (body.get("dncLists") or {}).get("name"),
        "queue": body.get("queue_name"),
        "flow": body.get("experienceFlowName"),
    }
    return {(kind, value) for kind, value in single.items() if value} | {("list", name) for name in lists}


def _may_be_sent_again(row: JournalRow) -> bool:
    return row.state is State.ABSENT or (row.state is State.UNKNOWN and row.updates)
