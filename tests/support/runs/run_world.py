"""One machine and one account: runs that can be killed at any moment, and the checker that ends each story."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from support.fakes.fake_service import FakeService, Fault, Killed, Standing
from support.fakes.run_time import RunTime

from bulkload.model import AccountIdentity, ApiVersion, Outcome, Payload, Status, StopReason, SubmitOptions
from bulkload.ports import NoProgress
from bulkload.run.context import Limits, RunContext
from bulkload.run.journal import Journal
from bulkload.run.plan import Plan
from bulkload.run.stop import StopSignal
from bulkload.run.submission import RunRequest, Submission
from bulkload.text import name_key

APPLICATION = "st-0603182c"
ACCOUNT = AccountIdentity("sandbox", APPLICATION, "5f1e0c2b9d8a7e6f5c4b3a21")
"""The account of every story that this world tells."""


def payload(row: int, name: str | None = None, *, campaign_id: str | None = None, **values) -> Payload:
    """What a row asks for: a v2 Preview campaign, as far as a listing shows it."""
    name = name or f"Campaign {row}"
    body = {
        "name": name,
        "description": "Reminds customers",
        "contactLists": ["Summer", "Autumn"],
        "dncLists": {"name": "Never call"},
        "priority": "5",
        "dialingMode": "Preview",
        "queue_name": "Sales",
    }
    whole = body | values
    return Payload(row, name, ApiVersion.V2, whole, campaign_id, digest=digest(whole))


def digest(body: dict) -> str:
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def rows(count: int) -> list[Payload]:
    return [payload(row) for row in range(2, 2 + count)]


def latest_unfinished(journal: Journal) -> str | None:
    """The run that a person would resume."""
    return next((info.run for info in journal.runs() if info.finished is None), None)


def request(payloads: Sequence[Payload], **values) -> RunRequest:
    """What a person submits with these rows."""
    content = repr(payloads).encode()
    every = frozenset(payload.row for payload in payloads)
    known = {
        "workbook": Path("campaigns.xlsx"),
        "sha256": sha256(content).hexdigest(),
        "content": content,
        # Whoever tells a story agrees to every row; the guards have tests of their own.
        "options": {"api_version": "v2", **SubmitOptions(update=every, overwrite=every).to_json()},
        "payloads": tuple(payloads),
    }
    return RunRequest(**(known | values))


@dataclass
class Heard(NoProgress):
    """Progress as it was told."""

    stages: list[tuple[str, int | None]] = field(default_factory=list)
    advanced: list[int] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def stage(self, name: str, total: int | None = None) -> None:
        self.stages.append((name, total))
        self.advanced.append(0)

    def advance(self, rows: int = 1) -> None:
        self.advanced[-1] += rows

    def say(self, sentence: str) -> None:
        self.said.append(sentence)


@dataclass
class Ended:
    """A run as one process left it."""

    run: str
    plan: Plan
    stopped: StopReason | None
    outcomes: tuple[Outcome, ...]

    def statuses(self) -> dict[int, str]:
        return {outcome.row: str(outcome.status) for outcome in self.outcomes}

    def of(self, row: int) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.row == row)


class World:
    """A state folder, an account, and the time that both live in."""

    def __init__(self, folder: Path, **account) -> None:
        self.time = RunTime()
        self.service = FakeService(self.time, **account)
        self.folder = folder
        self.state_dir = folder / "state-0"
        self.limits = Limits()
        self.heard = Heard()
        self.between: Callable[[Plan], None] = lambda _plan: None
        """What happens after the plan was shown and before anything is sent."""
        self.is_sending = False
        """Whether the run holds the journal's lock, after a plan that needed none."""
        self._machines = 0
        self._fatal_commit = 0

    def journal(self) -> Journal:
        return Journal.open(self.state_dir, ACCOUNT, wall=self.time.wall)

    def reading(self) -> Journal:
        return Journal.read(self.state_dir, ACCOUNT, wall=self.time.wall)

    def submit(
        self, payloads: Sequence[Payload], *faults: Fault, stop: StopSignal | None = None, **values
    ) -> Ended:
        """A new run to its end, with these faults at its first requests that write."""

        return self._go(Submission.new(request(payloads, **values), ACCOUNT), faults, stop)

    def resume(
        self,
        *faults: Fault,
        run: str | None = None,
        stop: StopSignal | None = None,
        confirmed: bool = False,
    ) -> Ended:
        """The latest unfinished run, or that of this name, continued to its end."""
        with self.reading() as journal:
            submission = Submission.stored(journal, run or latest_unfinished(journal) or "")
        if confirmed:
            submission.confirm_account(ACCOUNT)
        return self._go(submission, faults, stop)

    def _go(self, submission: Submission, faults: Sequence[Fault], stop: StopSignal | None) -> Ended:
        self.service.faults.extend(faults)
        self.is_sending = False

        async def work() -> Ended:
            with self.reading() as journal:
                plan = await submission.plan(self.service, journal, self.limits, self.time)
            self.between(plan)
            with self.journal() as journal:
                self._watch_commits(journal)
                context = RunContext(
                    self.service, journal, self.limits, self.time, self.heard, stop or StopSignal()
                )
                self.is_sending = True
                stopped = await submission.execute(plan, context)
                if asyncio.get_running_loop() is self.service.dead:
                    raise Killed
                return Ended(submission.run, plan, stopped, submission.outcomes(journal))

        return self.time.run(work)

    def put(self, campaign_id: str, run: str | None, row: int) -> None:
        """The campaign is in the account: as this row of a run made it, or as somebody else did."""
        body = {"name": f"Somebody's {campaign_id}"}
        if run is not None:
            with self.reading() as journal:
                body = dict(next(one.body for one in journal.rows(run) if one.row == row))
        self.service.campaigns_there[campaign_id] = Standing(
            campaign_id, body, 0.0, 0.0, row if run else None, first_name=body["name"]
        )

    # --- the end of a process ------------------------------------------------------------------------------

    def kill_at(self, moment: int) -> None:
        """The process dies at so many moments from now: what its files hold then is all that is left.

        What it does after that is done on files that nobody looks at again, as if it were not done.
        """
        left = moment

        def hook(when: str, row: int) -> None:
            nonlocal left
            left -= 1
            if left == 0:
                self.die()

        self.service.hook = hook

    def kill_at_commit(self, number: int) -> None:
        """The process dies right before that commit of the journal takes place."""
        self._fatal_commit = number

    def forget_kills(self) -> None:
        """A run that ended before its moment came lives on."""
        self._fatal_commit = 0

    def _watch_commits(self, journal: Journal) -> None:
        left = self._fatal_commit

        def hook(statement: str) -> None:
            nonlocal left
            left -= statement == "COMMIT"
            if left == 0:
                left = -1
                self._leave_remains()

        if left:
            self._fatal_commit = 0
            journal._connection.set_trace_callback(hook)

    def die(self) -> None:
        """The process ends now."""
        self._leave_remains()
        raise Killed

    def _leave_remains(self) -> None:
        self._machines += 1
        remains = self.folder / f"state-{self._machines}"
        if self.state_dir.exists():
            shutil.copytree(self.state_dir, remains)
        self.state_dir = remains
        self.service.hook = lambda _when, _row: None
        self.service.faults.clear()
        self.service.dead = asyncio.get_running_loop()

    # --- the checker ---------------------------------------------------------------------------------------

    def twice(self) -> dict[str, list[str]]:
        """Names that our requests created more than once: the promise is that there are none."""
        made: dict[str, list[str]] = {}
        for one in self.service.campaigns_there.values():
            if one.created_for is not None:
                made.setdefault(name_key(one.first_name), []).append(one.campaign_id)
        return {name: ids for name, ids in made.items() if len(ids) > 1}

    def contradictions(self, ended: Ended) -> list[str]:
        """Rows of the run whose report says something else than the account; no row may be missing."""
        with self.journal() as journal:
            asked = {row.row: row.payload for row in journal.rows(ended.run)}
            owners = journal.owners()
        others = {campaign_id for campaign_id, by in owners.items() if any(run != ended.run for run, _ in by)}
        assert sorted(asked) == sorted(outcome.row for outcome in ended.outcomes), "a row is lost"
        return [
            f"row {outcome.row} is {outcome.status} as {outcome.campaign_id}"
            for outcome in ended.outcomes
            if not self._agrees(outcome, asked[outcome.row], others)
        ]

    def _agrees(self, outcome: Outcome, asked: Payload, others: set[str]) -> bool:
        ours = [
            one.campaign_id
            for one in self.service.campaigns_there.values()
            if one.created_for is not None
            and name_key(one.first_name) == name_key(asked.name)
            and one.campaign_id not in others
        ]
        there = self.service.campaigns_there.get(outcome.campaign_id or "")
        match outcome.status:
            case Status.CREATED:
                return there is not None and ours == [outcome.campaign_id]
            case Status.UPDATED | Status.UNCHANGED:
                return there is not None and self._has_all(there, asked)
            case Status.ALREADY_CREATED:
                is_adopted = there is not None and self._has_all(there, asked)
                return is_adopted or outcome.campaign_id in others
            case Status.NOT_SENT | Status.REFUSED:
                return asked.updates or not ours
            case Status.UNKNOWN | Status.CONFLICT:
                return True
            case _:
                return False

    def _has_all(self, there: Standing, asked: Payload) -> bool:
        """Whether the campaign is what was asked for, unless a later request changed it again."""
        return there.body | asked.body == there.body or there.changed > 1
