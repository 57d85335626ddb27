"""Start and check: a file becomes a workbook on the page, is looked at, and its cells are changed."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bulkload.editing import CellEdit
from bulkload.errors import UsageError, WorkbookError
from bulkload.model import Hidden
from bulkload.web.messages import workbooks as said
from bulkload.web.messages.door import BOOK_GONE, UNREADABLE_REQUEST
from bulkload.web.messages.labels import CHECK_WORDS, START_WORDS
from bulkload.web.messages.wording import MessageText, page_marks
from bulkload.web.rendering import error_json
from bulkload.web.serialize import SHEETS, CheckedView
from bulkload.web.uploads import BodyTooLargeError, clean_file_name, read_body, read_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from bulkload.model import Cell, Problem
    from bulkload.web.frame import Site
    from bulkload.web.workspace import OpenWorkbook, Workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HIDDEN_ROWS_CODE = "hidden-rows"


class WorkbookPages:
    """The pages and endpoints of steps 1 and 2."""

    def __init__(self, site: Site) -> None:
        self._frame = site.frame
        self._workspace = site.workspace

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/", self._start),
            Route("/template.xlsx", self._template),
            Route("/example.xlsx", self._example),
            Route("/workbooks", self._add, methods=["POST"]),
            Route("/workbooks/{book}", self._check),
            Route("/workbooks/{book}/data", self._data),
            Route("/workbooks/{book}/cells", self._edit, methods=["POST"]),
            Route("/workbooks/{book}/undo-edit", self._undo_edit, methods=["POST"]),
            Route("/workbooks/{book}/file", self._file),
        ]

    def add_workbook(self, name: str, content: bytes) -> str:
        """Take in the workbook of a command line; the address that shows it, or what is wrong with it."""
        try:
            return f"/workbooks/{self._workspace.add(name, content).book}"
        except WorkbookError as error:
            self._frame.refused = refusal_json(clean_file_name(name), error)
            return "/"

    # --- step 1 ----------------------------------------------------------------------------------------

    async def _start(self, request: Request) -> Response:
        refused, self._frame.refused = self._frame.refused, None
        return self._frame.page(
            request,
            "start.html",
            said.START(),
            step=1,
            kept=[
                said.say_kept(kept.name, kept.book, kept.edits, kept.changed)
                for kept in self._workspace.kept()
            ],
            words=START_WORDS,
            refused=refused,
            **self._frame.start_values(),
        )

    async def _add(self, request: Request) -> Response:
        name = clean_file_name(request.query_params.get("name", ""))
        hidden = request.query_params.get("hidden", Hidden.REFUSE)
        try:
            content = await read_body(request)
            book = await asyncio.to_thread(self._workspace.add, name, content, Hidden(hidden))
        except BodyTooLargeError as error:
            return error_json(error.explanation, 413)
        except WorkbookError as error:
            return JSONResponse(refusal_json(name, error), 422)
        return JSONResponse({"url": f"workbooks/{book.book}"}, 201)

    async def _template(self, _request: Request) -> Response:
        return attachment(await asyncio.to_thread(_write_template, with_examples=False), "campaigns.xlsx")

    async def _example(self, _request: Request) -> Response:
        return attachment(await asyncio.to_thread(_write_template, with_examples=True), "example.xlsx")

    # --- step 2 ----------------------------------------------------------------------------------------

    async def _check(self, request: Request) -> Response:
        book = await self._book(request)
        now = said_of(book)
        return self._frame.page(
            request,
            "check.html",
            MessageText(now["headline"], now["rest"]),
            step=2,
            book=book.book,
            name=book.name,
            check=now,
            words=CHECK_WORDS,
        )

    async def _data(self, request: Request) -> Response:
        book = await self._book(request)
        async with book.lock:
            view = await asyncio.to_thread(CheckedView, book.checked)
            whole = await asyncio.to_thread(view.whole)
        return JSONResponse({**whole, "said": said_of(book)})

    async def _edit(self, request: Request) -> Response:
        book = await self._book(request)
        wanted = await read_json(request)
        async with book.lock:
            before = CheckedView(book.checked)
            edits = _edits(wanted)
            await asyncio.to_thread(book.edited.edit, edits)
            return await self._changed(book, before, edits)

    async def _undo_edit(self, request: Request) -> Response:
        book = await self._book(request)
        async with book.lock:
            before = CheckedView(book.checked)
            edits = await asyncio.to_thread(book.edited.undo_edit)
            return await self._changed(book, before, edits)

    async def _changed(
        self, book: OpenWorkbook, before: CheckedView, edits: tuple[CellEdit, ...]
    ) -> Response:
        book.save_edits()
        after = CheckedView(book.checked)
        changed = await asyncio.to_thread(
            after.changed_since, before, [(edit.sheet, edit.row) for edit in edits]
        )
        cells = [{"sheet": edit.sheet, "row": edit.row, "heading": edit.heading} for edit in edits]
        return JSONResponse({**changed, "said": said_of(book), "edited": cells})

    async def _file(self, request: Request) -> Response:
        book = await self._book(request)
        async with book.lock:
            content = await asyncio.to_thread(book.edited.file)
        path = Path(book.name)
        name = f"{path.stem}.fixed{path.suffix}" if book.edited.has_edits else path.name
        return attachment(content, name)

    async def _book(self, request: Request) -> OpenWorkbook:
        """The workbook of the address. Raises UsageError where it is gone."""
        return await open_book(request, self._workspace)


async def open_book(request: Request, workspace: Workspace) -> OpenWorkbook:
    """The workbook of the address. Raises NotOpenError where it is gone."""
    book = await asyncio.to_thread(workspace.get, request.path_params["book"])
    if book is None:
        raise NotOpenError(BOOK_GONE())
    return book


class NotOpenError(UsageError):
    """The address names something that is not there any more."""


def said_of(book: OpenWorkbook) -> dict[str, Any]:
    """The headline, what is below it and the main button of a check page."""
    return said.say_check(CheckedView(book.checked).counts()) | {"edits": len(book.edited.edits)}


def refusal_json(name: str, error: WorkbookError) -> dict[str, Any]:
    """Why a file can't be used, and whether the user can decide it here."""
    problems: tuple[Problem, ...] = error.problems
    texts = [problem.explanation.render(page_marks) for problem in problems]
    hidden = [problem for problem in problems if problem.explanation.code == HIDDEN_ROWS_CODE]
    title = said.HIDDEN_ROWS if hidden and len(hidden) == len(problems) else said.BAD_FILE
    headline, rest = title(name=name, count=len(problems)).render(page_marks)
    return {
        "title": headline,
        "rest": rest,
        "error": headline,
        "fix": rest,
        "problems": [
            {"cell": problem.cell, "message": text, "fix": fix}
            for problem, (text, fix) in zip(problems, texts, strict=True)
        ]
        or [{"cell": None, "message": str(error), "fix": ""}],
        "choices": ["include", "skip"] if title is said.HIDDEN_ROWS else [],
    }


def attachment(content: bytes, name: str) -> Response:
    """A workbook to download."""
    plain = "".join(
        character if character.isascii() and character not in '\\"' else "_" for character in name
    )
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=XLSX, headers={"content-disposition": disposition})


def _edits(wanted: dict[str, Any]) -> tuple[CellEdit, ...]:
    """The edits that a request names. Raises UsageError where it names something else."""
    try:
        found = tuple(
            CellEdit(wanted["sheet"], int(edit["row"]), str(edit["heading"]), str(edit["value"]))
            for edit in wanted["edits"]
        )
    except (KeyError, TypeError, ValueError):
        found = ()
    if not found or wanted["sheet"] not in SHEETS or any(len(edit.value) > 32_767 for edit in found):
        raise UsageError(UNREADABLE_REQUEST())
    return found


def _write_template(*, with_examples: bool) -> bytes:
    from bulkload.workbook.template.examples import HOURS_EXAMPLES, campaign_examples  # noqa: PLC0415
    from bulkload.workbook.template.write import write_template  # noqa: PLC0415  (only a download needs it)

    with tempfile.TemporaryDirectory(prefix="bulkload-") as folder:
        path = Path(folder) / "template.xlsx"
        campaigns = [_renamed(cells) for _, cells in campaign_examples()] if with_examples else []
        hours = [cells for _, cells in HOURS_EXAMPLES] if with_examples else []
        write_template(path, campaigns=campaigns, calling_hours=hours)
        return path.read_bytes()


def _renamed(cells: Mapping[str, Cell]) -> dict[str, Cell]:
    """An example row as a row of its own: an unchanged example of the template is refused as forgotten."""
    own = {heading: f"{cells[heading]} (practice)" for heading in ("Campaign name", "Description")}
    return {**cells, **own}
