"""Runs: one address for a run that is at work, was stopped or has ended; and the list of them all."""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bulkload.errors import BulkloadError, UsageError
from bulkload.model import Action, Status
from bulkload.report import LEFT_OUT
from bulkload.run_reports import (
    find_unfinished,
    report_of_past_run,
    runs,
    workbook_of_run,
    write_results_of_run,
)
from bulkload.web.messages import runs as said
from bulkload.web.messages.wording import MessageText, moment, page_marks
from bulkload.web.outcome_view import outcome_view
from bulkload.web.pages import NotOpenError, attachment
from bulkload.web.worker import Phase, Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.report import Report
    from bulkload.web.frame import Site
    from bulkload.web.plan_pages import PlanPages

EVENT_SECONDS = 0.25
"""At most four events a second."""
KEEP_ALIVE_SECONDS = 15.0
LAST_RUNS = 3


class RunPages:
    """The pages and endpoints of steps 4 and 5, and the list of runs."""

    def __init__(self, site: Site, plans: PlanPages) -> None:
        self._frame = site.frame
        self._workspace = site.workspace
        self._account = site.account
        self._state_dir = site.state_dir
        self._ending = site.ending
        self._plans = plans
        site.frame.start_values = self.start_values

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/runs", self._list),
            Route("/runs/{run}", self._show),
            Route("/runs/{run}/events", self._events),
            Route("/runs/{run}/stop", self._stop, methods=["POST"]),
            Route("/runs/{run}/continue", self._continue, methods=["POST"]),
            Route("/runs/{run}/fix", self._fix, methods=["POST"]),
            Route("/runs/{run}/results.xlsx", self._results),
        ]

    @property
    def is_at_work(self) -> bool:
        """Whether anything is being sent."""
        return any(worker.is_at_work for worker in self._plans.started)

    def close(self) -> None:
        """Stop in order what is at work; what then still is under way is left to be looked up."""
        at_work = [worker for worker in self._plans.started if worker.is_at_work]
        for seconds in (20.0, 5.0):
            for worker in at_work:
                if worker.is_at_work:
                    worker.stop()
            for worker in at_work:
                worker.join(seconds)

    def start_values(self) -> dict[str, Any]:
        """What the start page shows of runs."""
        try:
            found = runs(self._state_dir)
        except BulkloadError:
            found = ()
        here = {worker.run for worker in self._plans.started if worker.is_at_work}
        unfinished = [
            info for info in found if info.finished is None and not info.is_at_work and info.run not in here
        ]
        return {
            "unfinished": said.say_unfinished(unfinished[0]) if unfinished else None,
            "last_runs": [said.say_run(info) for info in found[:LAST_RUNS]],
            "more_links": [],
        }

    # --- pages -----------------------------------------------------------------------------------------

    async def _list(self, request: Request) -> Response:
        found = await asyncio.to_thread(runs, self._state_dir)
        return self._frame.page(
            request,
            "runs.html",
            said.RUNS() if found else said.NO_RUNS(),
            section="runs",
            runs=[said.say_run(info) for info in found],
        )

    async def _show(self, request: Request) -> Response:
        run = request.path_params["run"]
        worker = self._worker(run)
        is_at_work = worker is not None and worker.is_at_work
        view = await self._view(run, worker)
        return self._frame.page(
            request,
            "run.html",
            MessageText(view["headline"], view["rest"]),
            step=4 if is_at_work else 5,
            run=run,
            view=view,
            words=said.RUN_WORDS,
            account=self._account_title(view),
        )

    def _worker(self, run: str) -> Worker | None:
        """The last worker of this run in this process."""
        return next((worker for worker in reversed(self._plans.started) if worker.run == run), None)

    async def _view(self, run: str, worker: Worker | None) -> dict[str, Any]:
        """Everything but the rows of a run at work, or everything of one that has ended."""
        if worker is not None and worker.is_at_work:
            name = worker.checked.workbook.path.name
            words = said.RUN_WORDS
            return {
                "headline": words["looking"],
                "rest": words["working_note"],
                "workbook": name,
                "when": "",
                "is_at_work": True,
                "is_unfinished": False,
                "practice": worker.identity is None or worker.identity.practice,
                "tiles": [],
            }
        report = await asyncio.to_thread(self._report, run, worker)
        others = self._others(worker, report)
        return {
            **self._ended_view(report, others),
            "book": worker.book if worker and others else None,
            "others": others,
        }

    def _others(self, worker: Worker | None, report: Report) -> int:
        """How many rows a trial left for later, where its workbook is still open."""
        if worker is None or worker.book is None or worker.options.only is None:
            return 0
        if self._workspace.get(worker.book) is None:
            return 0
        return sum(
            outcome.action is Action.LEFT_OUT
            and outcome.explanation is not None
            and outcome.explanation.code == LEFT_OUT.code
            for outcome in report.outcomes
        )

    def _report(self, run: str, worker: Worker | None) -> Report:
        """What is known of a run. Raises UsageError where there is none of this name."""
        try:
            return report_of_past_run(self._state_dir, run, worker.stopped if worker else None)
        except UsageError as error:
            raise NotOpenError(error.explanation) from None

    def _ended_view(self, report: Report, others: int) -> dict[str, Any]:
        info = report.run
        assert info is not None
        is_unfinished = info.finished is None and not info.is_at_work
        return {
            **said.say_report(report, is_unfinished=is_unfinished, others=others),
            "workbook": said.file_name(info.workbook),
            "when": moment(info.started.astimezone()),
            "is_at_work": False,
            "is_unfinished": is_unfinished,
            "practice": report.practice,
            "fixable": sum(outcome.status is Status.REFUSED for outcome in report.outcomes),
            "rows": [outcome_view(outcome) for outcome in _in_order(report)],
        }

    def _account_title(self, view: dict[str, Any]) -> str:
        return "" if view["practice"] else self._frame.chip().title

    # --- events ----------------------------------------------------------------------------------------

    async def _events(self, request: Request) -> Response:
        run = request.path_params["run"]
        worker = self._worker(run)
        if worker is None:
            await asyncio.to_thread(
                self._report, run, None
            )  # an unknown run is an error, not an empty stream
        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(self._stream(run, worker), media_type="text/event-stream", headers=headers)

    async def _stream(self, run: str, worker: Worker | None) -> AsyncIterator[str]:
        version, quiet = -1, 0.0
        while worker is not None and worker.is_at_work and not self._ending.is_set():
            if worker.board.version != version:
                data = worker.board.since(version)
                version, quiet = data["version"], 0.0
                yield _event(version, {"phase": str(worker.phase), **data})
            elif quiet >= KEEP_ALIVE_SECONDS:
                quiet = 0.0
                yield ":\n\n"
            await asyncio.sleep(EVENT_SECONDS)
            quiet += EVENT_SECONDS
        if not self._ending.is_set():
            view = await self._view(run, worker)
            yield _event(version + 1, {"phase": str(Phase.ENDED), **view})

    # --- what a person can do --------------------------------------------------------------------------

    async def _stop(self, request: Request) -> Response:
        run = request.path_params["run"]
        worker = self._worker(run)
        if worker is not None and worker.is_at_work:
            worker.stop()
        return JSONResponse({"url": f"runs/{run}"})

    async def _continue(self, request: Request) -> Response:
        """Plan again what the run has not finished, and send it: the user has agreed to all of it before."""
        run = request.path_params["run"]
        worker = self._worker(run)
        if worker is None or not worker.is_at_work:
            worker = await asyncio.to_thread(self._worker_for, run)
            self._plans.started.append(worker)
            worker.start()
        return JSONResponse({"url": f"runs/{run}"})

    def _worker_for(self, run: str) -> Worker:
        unfinished = find_unfinished(self._state_dir, run)
        if unfinished is None:
            raise NotOpenError("Run {run} is not among the runs of this computer.", run=run)
        checked = unfinished.checked
        name = None if unfinished.account.practice else self._account_of(unfinished.account)
        return Worker(
            checked,
            unfinished.options,
            lambda: self._account.open(checked, unfinished.account.binding, name=name),
            self._state_dir,
            run=run,
            starts_at_once=True,
        )

    def _account_of(self, identity: Any) -> str:
        """The name of the account that a run belongs to, whichever is in use. Raises UsageError."""
        name = self._account.named_like(identity)
        if name is None:
            raise UsageError(
                "This run belongs to {host}, application {application}, which is not among your accounts.",
                "Add that account under Accounts, then continue.",
                host=identity.host,
                application=identity.application,
            )
        return name

    async def _fix(self, request: Request) -> Response:
        """Open the run's own copy of the workbook, with what Kore.ai refused at its cells."""
        book = await asyncio.to_thread(self._open_refused, request.path_params["run"])
        return JSONResponse({"url": f"workbooks/{book}"})

    def _open_refused(self, run: str) -> str:
        report = self._report(run, None)
        content, hidden = workbook_of_run(self._state_dir, run)
        book = self._workspace.add(said.file_name(str(report.workbook)), content, hidden)
        refused = [outcome for outcome in report.outcomes if outcome.status is Status.REFUSED]
        book.edited.add_problems(
            problem for outcome in refused for problem in outcome.problems if problem.is_error
        )
        return book.book

    async def _results(self, request: Request) -> Response:
        run = request.path_params["run"]
        content, name = await asyncio.to_thread(self._results_workbook, run)
        return attachment(content, name)

    def _results_workbook(self, run: str) -> tuple[bytes, str]:
        with tempfile.TemporaryDirectory(prefix="bulkload-") as folder:
            path = Path(folder) / "results.xlsx"
            report = write_results_of_run(self._state_dir, run, path, marks=page_marks)
            stem = Path(said.file_name(str(report.workbook))).stem
            return path.read_bytes(), f"{stem}.results-{run[:15]}.xlsx"


def _in_order(report: Report) -> list[Any]:
    """The rows that need the user first, each part in the order of the sheet."""
    needs = {outcome.row for outcome in report.need_attention}
    return sorted(report.outcomes, key=lambda outcome: outcome.row not in needs)


def _event(number: int, data: dict[str, Any]) -> str:
    return f"event: run\nid: {number}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
