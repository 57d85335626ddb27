"""Plan and start: what a submission would do, shown before anything is sent."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from bulkload.errors import UsageError
from bulkload.model import SubmitOptions
from bulkload.web.messages import plans as said
from bulkload.web.messages.door import BOOK_GONE, UNREADABLE_REQUEST
from bulkload.web.messages.wording import MessageText, page_marks
from bulkload.web.outcome_view import plan_view
from bulkload.web.pages import NotOpenError
from bulkload.web.rendering import error_json
from bulkload.web.uploads import read_json
from bulkload.web.worker import Phase, Worker

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.web.frame import Site
    from bulkload.web.workspace import OpenWorkbook

BEGIN_SECONDS = 300.0
"""How long a start waits for the run's name: the account is listed again before."""


@dataclass(slots=True)
class OpenPlan:
    """The last plan of one workbook."""

    worker: Worker
    account: str | None
    is_trial: bool


class PlanPages:
    """The pages and endpoints of step 3."""

    def __init__(self, site: Site) -> None:
        self._frame = site.frame
        self._workspace = site.workspace
        self._account = site.account
        self._state_dir = site.state_dir
        self._plans: dict[str, OpenPlan] = {}
        self.started: list[Worker] = []
        """Every worker that was asked to send."""

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/workbooks/{book}/plan", self._show),
            Route("/workbooks/{book}/plan", self._make, methods=["POST"]),
            Route("/workbooks/{book}/plan/data", self._data),
            Route("/workbooks/{book}/start", self._start, methods=["POST"]),
        ]

    def _book(self, request: Request) -> OpenWorkbook:
        book = self._workspace.get(request.path_params["book"])
        if book is None:
            raise NotOpenError(BOOK_GONE())
        return book

    def _plan(self, book: OpenWorkbook) -> OpenPlan:
        found = self._plans.get(book.book)
        if found is None:
            raise NotOpenError(said.PLAN_GONE())
        return found

    # --- looking ---------------------------------------------------------------------------------------

    async def _make(self, request: Request) -> Response:
        """Begin to look at the account."""
        book = self._book(request)
        wanted = await read_json(request)
        options = _options(wanted)
        async with book.lock:
            checked = await asyncio.to_thread(book.check_file_to_send)
        old = self._plans.pop(book.book, None)
        if old is not None and not old.worker.is_at_work:
            old.worker.drop()
        trial = wanted.get("trial")
        if trial:
            options = replace(options, only=_first_rows(old, int(trial)))
        name = self._account.name
        worker = Worker(
            checked,
            options,
            lambda: self._account.open(checked, checked.workbook.account, name=name, as_new=options.as_new),
            self._state_dir,
            book=book.book,
        )
        self._plans[book.book] = OpenPlan(worker, name, bool(trial))
        worker.start()
        return JSONResponse({"url": f"workbooks/{book.book}/plan"}, 202)

    async def _show(self, request: Request) -> Response:
        book = self._book(request)
        plan = self._plans.get(book.book)
        if plan is None:  # a browser's Back from a run leads here
            return RedirectResponse(f"{self._frame.base}/workbooks/{book.book}", 303)
        now = self._said(plan)
        return self._frame.page(
            request,
            "plan.html",
            MessageText(now["headline"], now["rest"]),
            step=3,
            name=book.name,
            book=book.book,
            phase=plan.worker.phase,
            now=now,
            words=said.PLAN_WORDS,
        )

    async def _data(self, request: Request) -> Response:
        """The plan's rows; while the account is looked at, an answer when that has ended, at most 10 s later."""
        book = self._book(request)
        plan = self._plan(book)
        worker = plan.worker
        await asyncio.to_thread(worker.wait, 10.0, lambda: worker.phase is not Phase.LOOKING)
        if worker.lacks_names:
            return JSONResponse({"phase": worker.phase, "url": self._back_to_cells(book, worker)})
        return JSONResponse({"phase": worker.phase, "now": self._said(plan), "rows": _rows(worker)})

    def _back_to_cells(self, book: OpenWorkbook, worker: Worker) -> str:
        """Show on the check page which cells name what the account lacks."""
        known = set(book.checked.validation.problems)
        book.edited.add_problems(one for one in worker.checked.validation.problems if one not in known)
        return f"workbooks/{book.book}"

    def _said(self, plan: OpenPlan) -> dict[str, Any]:
        worker = plan.worker
        if worker.phase is Phase.LOOKING:
            headline, rest = said.LOOKING().render(page_marks)
            return {"headline": headline, "rest": rest, "place": "", "button": "", "trial_button": ""}
        if worker.report is None:
            headline, _ = said.NO_PLAN().render(page_marks)
            rest = worker.stopped.explanation.join(page_marks) if worker.stopped else ""
            anew = worker.checked.workbook.account is not None and not worker.options.as_new
            said_so = {"headline": headline, "rest": rest, "place": "", "button": "", "trial_button": ""}
            return {**said_so, "as_new": said.AS_NEW if anew and worker.stopped_by_settings else ""}
        summary = self._account.summary if plan.account else None
        chip = self._frame.chip()
        notice = worker.notice.join(page_marks) if worker.notice else ""
        return said.say_plan(
            worker.report,
            notice=notice,
            account=chip.title,
            practice=worker.report.practice,
            production=summary is not None and summary.production,
            trial=plan.is_trial,
        ) | {"plan": worker.digest, "options": _chosen(worker.options)}

    # --- starting --------------------------------------------------------------------------------------

    async def _start(self, request: Request) -> Response:
        """Carry out the plan that was seen, and no other."""
        book = self._book(request)
        plan = self._plan(book)
        worker = plan.worker
        seen = str((await read_json(request)).get("plan", ""))
        if worker.phase is not Phase.PLANNED:
            return error_json((said.RUN_AT_WORK if worker.is_at_work else said.NOT_READY)(), 409)
        async with book.lock:
            current = await asyncio.to_thread(book.sha256)
        if (
            seen != worker.digest
            or current != worker.checked.workbook.sha256
            or plan.account != self._account.name
        ):
            return error_json(said.PLAN_STALE(), 409)
        self.started.append(worker)
        worker.send()
        has_begun = await asyncio.to_thread(
            worker.wait, BEGIN_SECONDS, lambda: worker.run is not None or worker.phase is Phase.ENDED
        )
        if worker.run is None:
            message = worker.stopped.explanation if worker.stopped else said.NOT_BEGUN()
            return error_json(message, 409, begun=has_begun)
        self._plans.pop(book.book, None)
        return JSONResponse({"url": f"runs/{worker.run}"}, 201)


def _options(wanted: dict[str, Any]) -> SubmitOptions:
    """What the page asks for. Raises UsageError where it can't be read."""
    try:
        return SubmitOptions(
            only=_row_set(wanted.get("only")),
            valid_rows_only=bool(wanted.get("valid_only")),
            update=_row_set(wanted.get("update")) or frozenset(),
            overwrite=_row_set(wanted.get("overwrite")) or frozenset(),
            as_new=bool(wanted.get("as_new")),
        )
    except (TypeError, ValueError):
        raise UsageError(UNREADABLE_REQUEST()) from None


def _chosen(options: SubmitOptions) -> dict[str, Any]:
    """What was chosen for a plan, as a request for the next one names it."""
    return {
        "only": None if options.only is None else sorted(options.only),
        "valid_only": options.valid_rows_only,
        "update": sorted(options.update or ()),
        "overwrite": sorted(options.overwrite or ()),
        "as_new": options.as_new,
    }


def _row_set(rows: Any) -> frozenset[int] | None:
    return None if rows is None else frozenset(int(row) for row in rows)


def _first_rows(shown: OpenPlan | None, most: int) -> frozenset[int]:
    """The first rows that the plan which was shown would send."""
    report = shown.worker.report if shown else None
    if report is None:
        raise NotOpenError(said.PLAN_GONE())
    rows = [outcome.row for outcome in report.outcomes if outcome.action in {"create", "update"}]
    return frozenset(rows[:most])


def _rows(worker: Worker) -> list[dict[str, Any]]:
    if worker.report is None or worker.phase in {Phase.LOOKING, Phase.FAILED}:
        return []
    campaigns = {campaign.row: campaign for campaign in worker.checked.validation.campaigns}
    return [plan_view(outcome, campaigns.get(outcome.row)) for outcome in worker.report.outcomes]
