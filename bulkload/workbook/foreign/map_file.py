"""Write and read mapping workbooks: sheets of plain texts that people edit in Excel."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from bulkload.errors import refusal
from bulkload.workbook.foreign import messages
from bulkload.workbook.foreign.letters import column_letter
from bulkload.workbook.writer import atomic_write
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.styles import BODY, DOUBTFUL, HEADING, NAVY, Formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

MAP_SHEETS: Mapping[str, tuple[str, ...]] = {
    "Columns": ("Our column", "Their column", "If empty", "Rule"),
    "Values": ("Our column", "Their value", "Our value"),
    "Hours": ("Part", "Their column", "If empty", "Rule"),
}
"""The sheets of a map and their headings, in the first row."""
HELP_SHEET = "Help"
_WIDTHS = (28, 44, 28, 34)
_LONGEST = 500
"""Characters of one of their values in a map."""


def write_map(
    path: Path, sheets: Mapping[str, Sequence[Sequence[str]]], help_lines: Sequence[str], rules: Sequence[str]
) -> Path:
    """Write a draft under this name or the next free one, and return the name. Raises OSError."""
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    formats = Formats(workbook)
    for name, headings in MAP_SHEETS.items():
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for index, heading in enumerate(headings):
            sheet.set_column(index, index, _WIDTHS[index], formats(num_format="@"))
            write_text(sheet, 0, index, heading, formats(HEADING, bg_color=NAVY))
        for number, row in enumerate(sheets[name], start=1):
            for index, text in enumerate(row):
                is_open = not text and index == len(headings) - 1
                style = (
                    formats.filled(DOUBTFUL, BODY)
                    if is_open
                    else formats(BODY, num_format="@", text_wrap=True)
                )
                write_text(sheet, number, index, visible(text, _LONGEST), style)
        if headings[-1] == "Rule" and sheets[name]:
            sheet.data_validation(
                1,
                3,
                len(sheets[name]),
                3,
                {"validate": "list", "source": list(rules), "error_type": "information"},
            )
    notes = workbook.add_worksheet(HELP_SHEET)
    notes.set_column(0, 0, 120)
    for number, line in enumerate(help_lines):
        write_text(notes, number, 0, line, formats(text_wrap=True))
    workbook.close()
    return atomic_write.write_new(path, content.getvalue())


def read_map(path: Path) -> Mapping[str, list[tuple[int, tuple[str, ...]]]]:
    """The rows of each sheet with their numbers; every cell as text. Raises WorkbookError."""
    from bulkload.workbook.foreign.excel_files import open_workbook  # noqa: PLC0415  (openpyxl is slow to import)

    _, workbook = open_workbook(path)
    found = {}
    for name, headings in MAP_SHEETS.items():
        if name not in workbook.sheetnames:
            raise refusal(messages.MAP_SHEET_MISSING, value=path.name, missing=name)
        found[name] = _rows(workbook[name], headings)
    return found


def _rows(sheet: Worksheet, headings: Sequence[str]) -> list[tuple[int, tuple[str, ...]]]:
    first = [_text(cell.value) for cell in sheet[1]]
    places = []
    for heading in headings:
        if heading not in first:
            raise refusal(messages.MAP_HEADING_MISSING, sheet=sheet.title, missing=heading)
        places.append(first.index(heading))
    rows = []
    for number, cells in enumerate(sheet.iter_rows(min_row=2, max_row=5_000), start=2):
        for index in places:
            if cells[index].data_type == "f":
                cell = f"{sheet.title}!{column_letter(index)}{number}"
                raise refusal(messages.MAP_FORMULA, value=_text(cells[index].value), cell=cell)
        texts = tuple(_text(cells[index].value) for index in places)
        if any(texts):
            rows.append((number, texts))
    return rows


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
