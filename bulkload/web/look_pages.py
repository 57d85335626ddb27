"""Looks that send nothing: does the account still match a workbook, and is everything all right here."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bulkload.doctor import examine, machine
from bulkload.errors import UsageError
from bulkload.verifying import VerifyOptions, verify
from bulkload.web.messages import looks as said
from bulkload.web.pages import open_book

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.checking import CheckedWorkbook
    from bulkload.doctor import Finding
    from bulkload.verifying import VerifyReport
    from bulkload.web.frame import Site


class LookPages:
    """The pages and endpoints of verify and health."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/workbooks/{book}/verify", self._show_verify),
            Route("/workbooks/{book}/verify/data", self._verify, methods=["POST"]),
            Route("/health", self._health),
        ]

    async def _show_verify(self, request: Request) -> Response:
        book = await open_book(request, self._site.workspace)
        return self._site.frame.page(
            request,
            "verify.html",
            said.VERIFY(),
            name=book.name,
            book=book.book,
            words=said.VERIFY_WORDS,
        )

    async def _verify(self, request: Request) -> Response:
        """Read the account and compare. It is a POST because reading spends requests of the account."""
        book = await open_book(request, self._site.workspace)
        async with book.lock:
            checked = await asyncio.to_thread(book.check_file_to_send)
        if checked.has_errors:
            raise UsageError(said.FIX_FIRST())
        report = await asyncio.to_thread(self._compare, checked, self._site.account.name)
        return JSONResponse(said.say_verified(report))

    def _compare(self, checked: CheckedWorkbook, name: str | None) -> VerifyReport:
        with self._site.account.open(checked, checked.workbook.account, name=name) as (settings, _):
            return asyncio.run(verify(checked, settings, VerifyOptions()))

    async def _health(self, request: Request) -> Response:
        findings: list[Any] = await asyncio.to_thread(self._examine, self._site.account.name)
        return self._site.frame.page(
            request,
            "health.html",
            said.HEALTH(),
            section="health",
            findings=[said.say_finding(finding) for finding in findings],
        )

    def _examine(self, name: str | None) -> list[Finding]:
        """Everything for a real account; for practice, which needs no network, this computer alone."""
        if name is not None:
            return list(asyncio.run(examine({"account": name})).findings)
        folder = self._site.state_dir
        return [machine.versions(), *machine.state_folder(folder), *machine.journals(folder)]
