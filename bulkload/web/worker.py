"""One submission in a thread of its own: it plans, waits for the user, sends, and can be watched meanwhile.

The page's server must answer while a run waits for Kore.ai or writes its journal, so the run has its own event loop.
Closing the page stops nothing. What the thread learns goes to a ``Board``, which any number of tabs may read.
"""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING

from bulkload.checking import check
from bulkload.errors import BulkloadError, SettingsError, to_stop_reason
from bulkload.flow import WorkbookHasProblemsError, open_submission
from bulkload.run.stop import StopSignal
from bulkload.web.board import Board

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from bulkload.accounts import AccountChoice
    from bulkload.checking import CheckedWorkbook
    from bulkload.flow import OpenSubmission
    from bulkload.messages import Message
    from bulkload.model import AccountIdentity, StopReason, SubmitOptions
    from bulkload.report import Report
    from bulkload.settings import Settings


class Phase(StrEnum):
    """How far a submission is."""

    LOOKING = "looking"
    """The account is read."""
    PLANNED = "planned"
    """The plan waits for the user."""
    FAILED = "failed"
    """The plan failed; ``stopped`` says why."""
    RUNNING = "running"
    ENDED = "ended"


class Worker:
    """A submission at work."""

    def __init__(  # noqa: PLR0913  (what a submission needs)
        self,
        checked: CheckedWorkbook,
        options: SubmitOptions,
        account: Callable[[], AbstractContextManager[tuple[Settings, AccountChoice]]],
        state_dir: Path,
        *,
        run: str | None = None,
        book: str | None = None,
        starts_at_once: bool = False,
    ) -> None:
        """``account`` opens the account; ``run``: the unfinished run to go on with.

        ``book``: the workbook on the page that it sends. ``starts_at_once``: a run that the user has agreed
        to before is planned and sent without waiting.
        """
        self.options = options
        self.checked = checked
        self.phase = Phase.LOOKING
        self.board = Board()
        self.report: Report | None = None
        """The plan, and at the end its outcome."""
        self.identity: AccountIdentity | None = None
        self.notice: Message | None = None
        """What the user must know about the account of the workbook."""
        self.stopped: StopReason | None = None
        self.lacks_names = False
        """Whether rows name what the account lacks, so that ``checked`` has problems it had not before."""
        self.book = book
        self.run = run
        """The run's name; None until it has begun."""
        self._account = account
        self._state_dir = state_dir
        self._starts_at_once = starts_at_once
        self._loop = asyncio.new_event_loop()
        self._decided = asyncio.Event()
        self._is_wanted = starts_at_once
        self._stop = StopSignal()
        self._changed = threading.Condition()
        self._thread = threading.Thread(target=self._work, daemon=True, name="bulkload-run")

    # --- from the page's thread ------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to look at the account."""
        self._thread.start()

    def send(self) -> None:
        """Carry out the plan."""
        self._is_wanted = True
        self._call(self._decided.set)

    def drop(self) -> None:
        """Forget the plan."""
        self._call(self._decided.set)

    def stop(self) -> None:
        """Stop in order; asked again, at once."""
        self.board.is_stopping = True
        self._call(self._stop.request)

    @property
    def is_at_work(self) -> bool:
        """Whether something is being sent, or about to be."""
        return self.phase is Phase.RUNNING or (
            self._is_wanted and self.phase in {Phase.LOOKING, Phase.PLANNED}
        )

    def wait(self, seconds: float, until: Callable[[], bool]) -> bool:
        """Whether this has come true within so many seconds; it is looked at when the phase or the run changes."""
        with self._changed:
            return self._changed.wait_for(until, seconds)

    def join(self, seconds: float) -> None:
        """Wait for the end."""
        self._thread.join(seconds)

    def _call(self, callback: Callable[[], None]) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(callback)

    # --- in the worker's thread ------------------------------------------------------------------------

    def _work(self) -> None:
        try:
            with self._account() as (settings, choice):
                self.identity, self.notice = settings.identity, choice.notice
                self.options = replace(self.options, as_new=self.options.as_new or choice.ignore_ids)
                self.checked = self._checked_for(settings)
                self._loop.run_until_complete(self._submit(settings))
        except Exception as error:  # noqa: BLE001  (a mistake of ours, too, becomes a sentence on the page)
            self._fail(to_stop_reason(error, self._state_dir))
        finally:
            self._loop.close()

    def _checked_for(self, settings: Settings) -> CheckedWorkbook:
        """The workbook, checked for the version of the service that the account has."""
        checked = self.checked
        if checked.version is settings.api_version or self.run is not None:
            return checked
        workbook = checked.workbook
        version = settings.api_version
        return check(workbook.path, content=workbook.content, version=version, hidden=checked.hidden)

    async def _submit(self, settings: Settings) -> None:
        async with open_submission(self.checked, self.options, settings, run=self.run) as submission:
            try:
                plan = await submission.plan()
            except BulkloadError as error:
                self.lacks_names = isinstance(error, WorkbookHasProblemsError)
                self.checked = submission.checked
                self._fail(error.stop_reason)
                return
            self._show_plan(submission)
            if not self._starts_at_once:
                await self._decided.wait()
            if not self._is_wanted:
                return
            self._set_phase(Phase.RUNNING)
            self.report = await submission.send(plan, progress=_Watching(self), stop=self._stop)
            self.stopped = self.report.stopped
            self._set_phase(Phase.ENDED)

    def _show_plan(self, submission: OpenSubmission) -> None:
        self.checked = submission.checked
        self.report = submission.report()
        if self._starts_at_once:
            self.board.rows(self.report.outcomes)
        self._set_phase(Phase.PLANNED)

    @property
    def stopped_by_settings(self) -> bool:
        """Whether another account, or other settings, would have made a plan possible."""
        return self.stopped is not None and self.stopped.exit_status == SettingsError.exit_status

    def _fail(self, reason: StopReason) -> None:
        self.stopped = reason
        self._set_phase(Phase.ENDED if self.phase is Phase.RUNNING else Phase.FAILED)

    def begun(self, run: str) -> None:
        """The run has this name from now on."""
        self.run = run
        with self._changed:
            self._changed.notify_all()

    def _set_phase(self, phase: Phase) -> None:
        with self._changed:
            self.phase = phase
            self.board.touch()
            self._changed.notify_all()

    @property
    def digest(self) -> str:
        """Names the plan: the file, the account, and what is to become of every row."""
        if self.report is None:
            return ""
        parts = [
            self.checked.workbook.sha256,
            repr(self.identity and self.identity.to_json()),
            repr(self.options),
        ]
        parts += [
            f"{outcome.row} {outcome.action} {outcome.payload.digest if outcome.payload else ''}"
            for outcome in self.report.outcomes
        ]
        return sha256("\n".join(parts).encode()).hexdigest()


class _Watching:
    """The run's progress, handed on to the board and to the start that waits for the run's name."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.stage = worker.board.stage
        self.advance = worker.board.advance
        self.say = worker.board.say
        self.rows = worker.board.rows

    def begun(self, run: str) -> None:
        """The run has a name."""
        report = self._worker.report
        if report is not None:
            self._worker.board.rows(report.outcomes, is_first=True)
        self._worker.begun(run)
