"""Read any sheet of an Excel workbook: typed cells, and what a value alone does not show."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from bulkload.errors import refusal
from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.workbook.foreign import messages
from bulkload.workbook.foreign.letters import column_letter
from bulkload.workbook.foreign.table import MOST_COLUMNS, make_table
from bulkload.workbook.reader.file import MEGABYTE, open_file
from bulkload.workbook.reader.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from openpyxl.cell.cell import Cell as ExcelCell
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from bulkload.model import Cell
    from bulkload.workbook.foreign.table import ForeignTable

ROWS_SEARCHED = 20
"""Titles and notes may be above the headings, within so many rows."""
LAST_ROW = 50_000
MOST_PART_MEGABYTES = 40
"""Unpacked; the sheet of 10,000 rows has about 10."""
MOST_CELLS = 2_500_000
"""Empty ones included, for openpyxl makes an object of each that is walked over."""
_PLAIN_FORMATS = frozenset({"General", "0", "@", "#", "#,##0", "0.00"})
_CROSSED_OUT = "(crossed out)"
_ZEROS = re.compile("0{2,30}")


def read_excel(path: Path, content: bytes | None = None) -> ForeignTable:
    """The first visible sheet with content. Raises WorkbookError where the file can't be used."""
    values, formulas = open_workbook(path, content)
    for sheet in values.worksheets:
        _refuse_if_too_large(path, sheet)
    sheets = [sheet for sheet in values.worksheets if sheet.sheet_state == "visible" and _has_content(sheet)]
    if not sheets:
        raise refusal(messages.NO_VISIBLE_SHEET, value=path.name)
    sheet = sheets[0]
    reader = _SheetReader(sheet, formulas[sheet.title])
    rows = reader.rows()
    kept = rows[_heading_index(rows) :]
    return replace(
        make_table(path, kept),
        sheet=sheet.title,
        other_sheets=tuple(other.title for other in sheets[1:]),
        struck=frozenset(reader.struck),
        hidden=frozenset(number for number, _ in kept if sheet.row_dimensions[number].hidden),
        shown=reader.shown,
    )


def open_workbook(path: Path, content: bytes | None = None) -> tuple[Workbook, Workbook]:
    """The workbook with its saved values, and with its formulas. Raises WorkbookError beyond the reader's limits."""
    file = open_file(path, content)
    # The limits of sizes, of parts and of document types are checked here, before openpyxl unpacks anything.
    parts = Parts(path.name, file.content)
    # openpyxl keeps every text and cell of a part, some ten times its bytes.
    for part in zipfile.ZipFile(BytesIO(file.content)).infolist():
        if part.file_size > MOST_PART_MEGABYTES * MEGABYTE:
            raise parts.too_large(part.filename, MOST_PART_MEGABYTES)
    try:
        values = load_workbook(BytesIO(file.content), data_only=True, rich_text=True)
        formulas = load_workbook(BytesIO(file.content))
    except (
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        OSError,
        zipfile.BadZipFile,
    ) as e:
        raise refusal(messages.MAP_UNREADABLE, value=path.name) from e
    return values, formulas


def _refuse_if_too_large(path: Path, sheet: Worksheet) -> None:
    """Look at the sheet's last cell before its cells are walked over: one far cell would take gigabytes."""
    last_row, last_column = sheet.max_row, sheet.max_column
    if last_row > LAST_ROW or last_column > MOST_COLUMNS or last_row * last_column > MOST_CELLS:
        cell = f"{column_letter(last_column - 1)}{last_row}"
        raise refusal(messages.SHEET_TOO_LARGE, value=path.name, sheet=sheet.title, cell=cell)


def _has_content(sheet: Worksheet) -> bool:
    return any(
        cell is not None
        for row in sheet.iter_rows(max_row=1_000, max_col=50, values_only=True)
        for cell in row
    )


def _heading_index(rows: list[tuple[int, list[Cell]]]) -> int:
    """The index of the row with the most texts among the first; the first of several."""
    counts = [len({cell for cell in cells if isinstance(cell, str)}) for _, cells in rows[:ROWS_SEARCHED]]
    return counts.index(max(counts)) if counts else 0


def _is_marked(run: str | TextBlock) -> bool:
    """Whether a run of characters is struck through, raised or lowered."""
    if isinstance(run, str):
        return False
    return bool(run.font.strike) or run.font.vertAlign in {"superscript", "subscript"}


class _SheetReader:
    """The cells of one sheet, with the facts that are found on the way."""

    def __init__(self, values: Worksheet, formulas: Worksheet) -> None:
        self._values = values
        self._formulas = formulas
        self.struck: set[int] = set()
        self.shown: dict[tuple[int, int], str] = {}

    def rows(self) -> list[tuple[int, list[Cell]]]:
        """The rows with content, with their Excel numbers."""
        last_row, last_column = (
            min(self._values.max_row, LAST_ROW),
            min(self._values.max_column, MOST_COLUMNS),
        )
        pairs = zip(
            self._values.iter_rows(max_row=last_row, max_col=last_column),
            self._formulas.iter_rows(max_row=last_row, max_col=last_column),
            strict=True,
        )
        return list(self._filled(pairs))

    def _filled(self, pairs: Any) -> Iterator[tuple[int, list[Cell]]]:
        for values, formulas in pairs:
            cells = [self._cell(value, formula) for value, formula in zip(values, formulas, strict=True)]
            filled = [index for index, cell in enumerate(cells) if cell is not None]
            if not filled:
                continue
            row = values[0].row
            struck = [index for index in filled if values[index].font.strike]
            if struck == filled:
                self.struck.add(row)
            else:
                self.shown |= {(row, index): _CROSSED_OUT for index in struck}
            yield row, cells

    def _cell(self, value: ExcelCell, formula: ExcelCell) -> Cell:
        if formula.data_type == "f" and value.value is None:
            return UncalculatedCell(str(formula.value).removeprefix("=")[:60])
        if value.data_type == "e":
            return ErrorCell(str(value.value))
        found: Any = value.value
        if isinstance(found, CellRichText):
            # 3 with a footnote's raised 1 has the text 31.
            if any(map(_is_marked, found)):
                self.shown[value.row, value.column - 1] = "".join(
                    str(run) for run in found if not _is_marked(run)
                )
            found = str(found)
        if isinstance(found, str):
            return found.strip() or None
        if isinstance(found, float) and found.is_integer():
            found = int(found)
        if isinstance(found, int | float) and not isinstance(found, bool):
            self._note_format(value, found)
        result: Cell = found
        return result

    def _note_format(self, cell: ExcelCell, number: float) -> None:
        code = str(cell.number_format).partition(";")[0]
        if code in _PLAIN_FORMATS:
            return
        shown = (
            f"{number:0{len(code)}}"
            if _ZEROS.fullmatch(code) and isinstance(number, int)
            else f"format {code}"
        )
        if shown != str(number):
            self.shown[cell.row, cell.column - 1] = shown
