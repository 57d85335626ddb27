"""Change cells in the person's own file: every other part of it stays byte for byte as it was.

A library that reads a workbook and writes it again loses what it does not know: pictures, comments, formats. So the
bytes of each cell are replaced where they are, in the one sheet that has it. A new value is written as text with the
cell's own style, which is what a person gets who types it into a cell of the format Text.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat
from xml.sax.saxutils import escape

from bulkload.errors import WorkbookError
from bulkload.messages import MessageTemplate
from bulkload.workbook.reader.package import open_package
from bulkload.workbook.reader.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SHARED_FORMULA = MessageTemplate(
    "patch-shared-formula",
    "{cell} contains a formula that other cells share, so it is not changed here.",
    "Change it in Excel, save, and use that file.",
    example={"cell": "L7"},
)
NOT_PATCHABLE = MessageTemplate(
    "patch-not-possible",
    "{cell} can't be changed in this file, because of how the file was written.",
    "Open it in Excel, save it, and use that file.",
    example={"cell": "L7"},
)
CATALOGUE = {template.code: template for template in (SHARED_FORMULA, NOT_PATCHABLE)}

_REFERENCE = re.compile("([A-Z]{1,3})([1-9][0-9]{0,6})")
_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads ``_x0041_`` as A, so the underscore of a text that looks like this is escaped itself."""


@dataclass(slots=True)
class _Cell:
    """One cell of the sheet's XML."""

    start: int
    """Offset of its first byte."""
    end: int
    """Offset behind its last byte."""
    style: str | None
    has_formula: bool = False
    is_shared: bool = False
    """Whether other cells depend on its formula."""


@dataclass(slots=True)
class _Row:
    """One row of the sheet's XML that has cells to change."""

    inside: int = 0
    """Offset of the place where its cells end."""
    cells: dict[int, _Cell] = field(default_factory=dict)
    """By the number of the column, from 1."""


def patch_cells(file_name: str, content: bytes, edits: Mapping[str, Mapping[str, str]]) -> bytes:
    """The file with these texts: sheet name, then cell (``G7``), then text; an empty text empties the cell.

    Raises WorkbookError for a cell that can't be changed where it is.
    """
    sheets = {entry.name: entry.part for entry in open_package(file_name, Parts(file_name, content)).sheets}
    by_part = {sheets[sheet]: texts for sheet, texts in edits.items() if texts}
    patched = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(patched, "w") as new:
        new.comment = old.comment
        parts = {_part_name(entry): old.read(entry) for entry in old.infolist()}
        changed = _changed_parts(parts, by_part)
        for entry in old.infolist():
            part = changed.get(_part_name(entry), parts[_part_name(entry)])
            if part is not None:
                new.writestr(entry, part)
    return patched.getvalue()


def _part_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


def _changed_parts(
    parts: Mapping[str, bytes], by_part: Mapping[str, Mapping[str, str]]
) -> dict[str, bytes | None]:
    """The parts that differ; None: left out."""
    changed: dict[str, bytes | None] = {}
    loses_formulas = False
    for name, texts in by_part.items():
        changed[name], lost = patch_sheet(parts[name], texts)
        loses_formulas |= lost
    chain = next((name for name in parts if name.lower().endswith("/calcchain.xml")), None)
    if loses_formulas and chain:
        # Excel calls a file damaged whose list of formulas names a cell without one. It makes the list anew.
        changed[chain] = None
        for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            if name in parts:
                changed[name] = _CALC_CHAIN.sub(b"", parts[name])
    return changed


_CALC_CHAIN = re.compile(
    rb"""<(?:\w+:)?(?:Override|Relationship)\b[^>]*?/calcChain\.xml["'][^>]*?/>|"""
    rb"""<(?:\w+:)?Relationship\b[^>]*?["']calcChain\.xml["'][^>]*?/>""",
    re.IGNORECASE,
)


def cells_with_shared_formulas(file_name: str, content: bytes, sheet: str) -> frozenset[str]:
    """The cells of a sheet that ``patch_cells`` refuses, because other cells share their formula."""
    parts = Parts(file_name, content)
    part = next(entry.part for entry in open_package(file_name, parts).sheets if entry.name == sheet)
    rows = _SheetParser(b"".join(parts.chunks(part)), None).rows
    return frozenset(
        f"{_letters(column)}{number}"
        for number, row in rows.items()
        for column, cell in row.cells.items()
        if cell.is_shared
    )


def patch_sheet(part: bytes, texts: Mapping[str, str]) -> tuple[bytes, bool]:
    """The XML of a sheet with these texts, by cell, and whether a formula went.

    Raises WorkbookError for a cell that can't be changed.
    """
    wanted = {reference: _place(reference) for reference in texts}
    parser = _SheetParser(part, frozenset(row for row, _ in wanted.values()))
    changes = [
        _change(parser, reference, row, column, texts[reference])
        for reference, (row, column) in wanted.items()
    ]
    cells = (parser.rows[row].cells.get(column) for row, column in wanted.values())
    lost = any(cell is not None and cell.has_formula for cell in cells)
    return _spliced(part, sorted(changes, key=lambda change: change[:3])), lost


def _change(
    parser: _SheetParser, reference: str, row: int, column: int, text: str
) -> tuple[int, int, int, bytes]:
    """First byte, byte behind the last, column (the order of cells put in at one place), new bytes."""
    found = parser.rows.get(row)
    if found is None or parser.prefix is None:
        raise WorkbookError(NOT_PATCHABLE(cell=reference))
    old = found.cells.get(column)
    if old is None:
        start = min(
            (cell.start for number, cell in found.cells.items() if number > column), default=found.inside
        )
        return start, start, column, _cell_xml(parser.prefix, reference, None, text)
    if old.is_shared:
        raise WorkbookError(SHARED_FORMULA(cell=reference))
    return old.start, old.end, column, _cell_xml(parser.prefix, reference, old.style, text)


def _cell_xml(prefix: str, reference: str, style: str | None, text: str) -> bytes:
    attributes = f' r="{reference}"' + (f' s="{style}"' if style is not None else "")
    if not text:
        return f"<{prefix}c{attributes}/>".encode()
    safe = escape(_ESCAPED.sub("_x005F_", text))
    inside = f'<{prefix}is><{prefix}t xml:space="preserve">{safe}</{prefix}t></{prefix}is>'
    return f'<{prefix}c{attributes} t="inlineStr">{inside}</{prefix}c>'.encode()


def _spliced(part: bytes, changes: Iterable[tuple[int, int, int, bytes]]) -> bytes:
    def pieces() -> Iterator[bytes]:
        done = 0
        for start, end, _, replacement in changes:
            yield part[done:start]
            yield replacement
            done = end
        yield part[done:]

    return b"".join(pieces())


class _SheetParser:
    """Finds rows and cells, with the offsets of their bytes. Its offsets are right for UTF-8 alone."""

    def __init__(self, part: bytes, wanted: frozenset[int] | None) -> None:
        """``wanted``: the rows whose cells are kept; None: all."""
        self.rows: dict[int, _Row] = {}
        self.prefix: str | None = None
        """The prefix of the sheet's elements (``x:``), mostly empty; None where offsets can't be trusted."""
        self._part = part
        self._wanted = wanted
        self._row_number = self._column = 0
        self._row: _Row | None = None
        self._cell: _Cell | None = None
        self._parse()

    def _parse(self) -> None:
        head = self._part[:200]
        if b"encoding=" in head and not re.search(
            rb"encoding=[\"'](utf-8|us-ascii)[\"']", head, re.IGNORECASE
        ):
            return
        parser = self._parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(self._part, True)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        prefix, _, local = name.rpartition(":")
        if local == "sheetData":
            self.prefix = f"{prefix}:" if prefix else ""
        elif local == "row" and self.prefix is not None:
            self._row_number = int(attributes.get("r", self._row_number + 1))
            self._column = 0
            self._row = _Row() if self._wanted is None or self._row_number in self._wanted else None
        elif local == "c" and self._row is not None:
            reference = attributes.get("r")
            self._column = _place(reference)[1] if reference else self._column + 1
            self._cell = _Cell(self._parser.CurrentByteIndex, 0, attributes.get("s"))
        elif local == "f" and self._cell is not None:
            self._cell.has_formula = True
            self._cell.is_shared = "ref" in attributes

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "c" and self._row is not None and self._cell is not None:
            self._cell.end = self._behind(self._cell)
            self._row.cells[self._column] = self._cell
            self._cell = None
        elif local == "row" and self._row is not None:
            self._row.inside = self._parser.CurrentByteIndex
            if self._row.cells:  # an empty row may be <row/>, which has no place for a cell
                self.rows[self._row_number] = self._row
            self._row = None

    def _behind(self, cell: _Cell) -> int:
        """The offset behind the cell that ends now."""
        tag = _TAG.match(self._part, cell.start)
        assert tag is not None
        if tag[0].endswith(b"/>"):
            return tag.end()
        return self._part.index(b">", self._parser.CurrentByteIndex) + 1


_TAG = re.compile(rb"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
"""A tag; its attributes may contain ``>``."""


def _place(reference: str) -> tuple[int, int]:
    """Row and column, both from 1, of ``G7``."""
    match = _REFERENCE.fullmatch(reference)
    assert match is not None, reference
    column = 0
    for character in match[1]:
        column = column * 26 + ord(character) - ord("A") + 1
    return int(match[2]), column


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
