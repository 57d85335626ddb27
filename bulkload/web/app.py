"""The application: every address of the page, behind the guard."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route

from bulkload.errors import BulkloadError, to_stop_reason
from bulkload.model import ApiVersion
from bulkload.ports import MonotonicClock
from bulkload.web.account_pages import AccountPages
from bulkload.web.accounts_in_use import AccountInUse
from bulkload.web.frame import PageFrame, Site
from bulkload.web.look_pages import LookPages
from bulkload.web.messages.door import CLOSED, NOT_FOUND, REFUSALS
from bulkload.web.messages.wording import page_marks
from bulkload.web.pages import NotOpenError, WorkbookPages
from bulkload.web.plan_pages import PlanPages
from bulkload.web.rendering import error_json, error_page, wants_page
from bulkload.web.run_pages import RunPages
from bulkload.web.security import PUBLIC_FILES, Guard
from bulkload.web.uploads import BodyTooLargeError, read_body
from bulkload.web.workspace import Workspace

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.ports import Clock
    from bulkload.web.security import Access, Refusal

STATIC = Path(__file__).parent / "static"


class PageServer:
    """Everything that one ``bulkload open`` serves, from its start to its end."""

    def __init__(
        self,
        state_dir: Path,
        folder: Path,
        access: Access,
        *,
        version: ApiVersion = ApiVersion.V2,
        clock: Clock | None = None,
    ) -> None:
        """``folder``: the page's own, private to the user."""
        self.ending = threading.Event()
        """Set when the server ends, so that streams of events end too."""
        self.is_quitting = False
        self._access = access
        self._state_dir = state_dir
        self._clock = clock or MonotonicClock()
        self._last_seen = self._clock.now()
        self.workspace = Workspace(folder, version)
        account = AccountInUse(folder)
        frame = PageFrame(access, lambda: account.chip)
        frame.has_plans = True
        frame.menu = [("runs", "/runs"), ("accounts", "/accounts"), ("health", "/health")]
        self._site = Site(frame, self.workspace, account, state_dir, self.ending)
        self._pages = WorkbookPages(self._site)
        self._plans = PlanPages(self._site)
        self._runs = RunPages(self._site, self._plans)
        self.app = Guard(self._application(), access, self._refuse)

    def add_workbook(self, name: str, content: bytes) -> str:
        """Take in the workbook of the command line; where its page is."""
        return self._pages.add_workbook(name, content)

    def idle_seconds(self) -> float:
        """Seconds since a page was last seen; 0 while a run is at work."""
        if self._runs.is_at_work:
            self._last_seen = self._clock.now()
        return self._clock.now() - self._last_seen

    def close(self) -> None:
        """End what is at work, in order, and forget the workbooks without edits."""
        self.ending.set()
        self._runs.close()
        self.workspace.close()

    def _application(self) -> Starlette:
        own = [
            Route("/enter", self._enter),
            Route("/tickets", self._ticket, methods=["POST"]),
            Route("/alive", self._alive, methods=["POST"]),
            Route("/quit", self._quit, methods=["POST"]),
            Route("/static/{name}", self._static),
        ]
        return Starlette(
            routes=[
                Mount(self._access.prefix, routes=[*own, *self._page_routes()]),
                *(Route(path, self._static) for path in sorted(PUBLIC_FILES)),
            ],
            exception_handlers={
                HTTPException: self._not_found,
                BulkloadError: self._stopped,
                Exception: self._fault,
            },
        )

    def _page_routes(self) -> list[BaseRoute]:
        own = (self._pages, self._plans, self._runs, AccountPages(self._site), LookPages(self._site))
        return [route for pages in own for route in pages.routes()]

    # --- coming and going ------------------------------------------------------------------------------

    async def _enter(self, request: Request) -> Response:
        """Swap a ticket for a session, and lead on.

        A refresh, not a redirect: a Strict cookie does not travel on a redirect that another program began.
        """
        target = self._access.redeem_ticket(request.query_params.get("ticket", ""))
        if target is None:
            return error_page(REFUSALS["no-session"](), 403)
        icon = (
            '<link rel="icon" href="/static/icon.svg">'  # or the browser asks for one outside our addresses
        )
        refresh = f'<meta http-equiv="refresh" content="0; url={self._access.prefix}{target}">'
        response = HTMLResponse(f"<!doctype html>{icon}{refresh}")
        response.set_cookie(
            self._access.cookie,
            self._access.begin_session(),
            path=f"{self._access.prefix}/",
            httponly=True,
            samesite="strict",
        )
        return response

    async def _ticket(self, request: Request) -> Response:
        """A ticket for another ``bulkload open`` of the same user, with the workbook that it names."""
        name = request.query_params.get("name", "")
        content = await read_body(request)
        return JSONResponse(
            {"url": self._access.issue_ticket(self.add_workbook(name, content) if name else "/")}
        )

    async def _alive(self, _request: Request) -> Response:
        """A page is still open somewhere."""
        self._last_seen = self._clock.now()
        return JSONResponse({"at_work": self._runs.is_at_work})

    async def _quit(self, _request: Request) -> Response:
        """End once this answer has left."""
        self.is_quitting = True
        headline, rest = CLOSED().render(page_marks)
        return JSONResponse({"headline": headline, "rest": rest})

    async def _static(self, request: Request) -> Response:
        """One of our own files."""
        path = STATIC / request.url.path.rpartition("/")[2]
        if path.name not in _STATIC_FILES:
            raise HTTPException(404)
        return FileResponse(path)

    # --- what can't be answered ------------------------------------------------------------------------

    def _refuse(self, request: Request, refusal: Refusal) -> Response:
        answer = error_page if wants_page(request) else error_json
        return answer(REFUSALS[refusal.code](), refusal.status)

    async def _not_found(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 404
        if wants_page(request):
            return error_page(NOT_FOUND(), status, base=self._access.prefix, again="/")
        return error_json(NOT_FOUND(), status)

    async def _stopped(self, request: Request, error: Exception) -> Response:
        """What was asked for can't be done, and the error says why."""
        assert isinstance(error, BulkloadError)
        status = (
            413 if isinstance(error, BodyTooLargeError) else 404 if isinstance(error, NotOpenError) else 409
        )
        if wants_page(request):
            return error_page(error.explanation, status, base=self._access.prefix, again="/")
        return error_json(error.explanation, status)

    async def _fault(self, request: Request, error: Exception) -> Response:
        """A mistake of ours: nothing is lost, and the details are in a file."""
        message = to_stop_reason(error, self._state_dir).explanation
        if wants_page(request):
            return error_page(message, 500, base=self._access.prefix, again="/")
        return error_json(message, 500)


_STATIC_FILES = frozenset(path.name for path in STATIC.iterdir())
