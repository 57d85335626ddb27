"""One sheet to fill in: title, counters, legend, headings, and prepared rows with live Status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import EYE_ONLY_HEADINGS
from bulkload.model import DialingMode
from bulkload.workbook.template.formula_parts import quoted
from bulkload.workbook.template.formulas import FIX_SIGN, READY_SIGN
from bulkload.workbook.template.grid import (
    FIRST_COLUMN,
    FIRST_ROW,
    HEADING_ROW,
    PREPARED_ROWS,
    STATUS,
    WHAT_TO_FIX,
)
from bulkload.workbook.template.status import Row
from bulkload.workbook.template.validation import guard
from bulkload.workbook.writer.cell_formats import (
    alignment,
    cell_format,
    empty_format,
    heading_style,
    in_column,
    is_long,
    needed_words,
    title,
    used_modes,
)
from bulkload.workbook.writer.cell_writer import write_cell
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    INK,
    MISSING,
    NEEDED,
    NEEDED_HEIGHT,
    READY,
    SUBTITLE,
    TITLE,
    UNUSED,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column
    from bulkload.model import Cell
    from bulkload.workbook.template.grid import Grid
    from bulkload.workbook.template.shared_formulas import SharedFormulaSheet
    from bulkload.workbook.writer.styles import Formats

STATUS_WIDTH = 9
FIX_WIDTH = 60
ROW_HEIGHT = 50
"""Points: four lines of What to fix, three of several contact lists."""

PRINTED_ROWS = 40
"""Prepared rows that are printed, if no more were given: the empty ones would fill fifty pages."""

PAPER_A4 = 9


def write_sheet(
    workbook: Workbook,
    formats: Formats,
    grid: Grid,
    subtitle: str,
    rows: Sequence[Mapping[str, Cell]],
) -> Worksheet:
    """Add the sheet, its first rows filled with these cells by heading. Raises ValueError for too many rows."""
    if len(rows) > PREPARED_ROWS:
        raise ValueError(f"The template has {PREPARED_ROWS} prepared rows; {len(rows)} were given.")
    sheet: SharedFormulaSheet = workbook.add_worksheet(grid.sheet)
    write_top(sheet, formats, grid.sheet, subtitle)
    _counters(sheet, formats, grid, is_empty=not rows)
    _legend(sheet, formats, grid)
    write_headings(sheet, formats, grid.columns, EYE_ONLY_HEADINGS)
    _live_columns(sheet, formats, grid)
    for position in range(PREPARED_ROWS):
        cells = rows[position] if position < len(rows) else {}
        for column in grid.columns:
            place = (HEADING_ROW + position, grid.index(column.heading))
            write_person_cell(sheet, formats, column, place, cells.get(column.heading))
    guard(sheet, formats, grid)
    sheet.freeze_panes(HEADING_ROW, FIRST_COLUMN + 1)
    sheet.set_selection(FIRST_ROW - 1, FIRST_COLUMN, FIRST_ROW - 1, FIRST_COLUMN)
    print_wide(sheet, HEADING_ROW)
    sheet.print_area(0, 0, HEADING_ROW - 1 + max(PRINTED_ROWS, len(rows)), grid.last_column)
    return sheet


def write_top(sheet: Worksheet, formats: Formats, name: str, subtitle: str) -> None:
    """The title and a line of explanation."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, name, formats(TITLE))
    sheet.set_row(1, 20)
    sheet.write_string(1, 0, subtitle, formats(SUBTITLE))


def write_headings(
    sheet: Worksheet,
    formats: Formats,
    columns: Sequence[Column],
    before: tuple[str, ...],
    row: int = HEADING_ROW,
) -> None:
    """The line that says when a column is needed, and the headings, in Excel row ``row``."""
    sheet.set_row(row - 2, NEEDED_HEIGHT)
    sheet.set_row(row - 1, 34)
    for index, heading in enumerate(before):
        sheet.write_string(row - 1, index, heading, formats(HEADING, bg_color=INK))
    for index, column in enumerate(columns, start=FIRST_COLUMN):
        sheet.write_string(row - 2, index, in_column(needed_words(column), column.width), formats(NEEDED))
        sheet.write_string(row - 1, index, title(column), formats(heading_style(column)))
    sheet.ignore_errors({"number_stored_as_text": f"A{row}:XFD{row + PREPARED_ROWS}"})


def set_widths(sheet: Worksheet, formats: Formats, columns: Sequence[Column]) -> None:
    """The columns' widths, and their formats below the prepared rows too."""
    sheet.set_column(STATUS, STATUS, STATUS_WIDTH)
    sheet.set_column(WHAT_TO_FIX, WHAT_TO_FIX, FIX_WIDTH)
    for index, column in enumerate(columns, start=FIRST_COLUMN):
        sheet.set_column(index, index, column.width, formats(num_format=empty_format(column.kind)))


def write_person_cell(
    sheet: Worksheet, formats: Formats, column: Column, place: tuple[int, int], cell: Cell
) -> None:
    """One cell that a person fills in, at a place counted from 0."""
    kind = column.kind
    style = formats(BODY, num_format=cell_format(kind, cell), text_wrap=is_long(kind), align=alignment(kind))
    write_cell(sheet, *place, cell, style)


def print_wide(sheet: Worksheet, heading_row: int) -> None:
    """Landscape, as wide as the paper, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F - &A&RPage &P of &N")


def _counters(sheet: Worksheet, formats: Formats, grid: Grid, *, is_empty: bool) -> None:
    """The live counters; without rows their results are known, else the program that opens the file counts."""
    sheet.set_row(2, 26)
    for index, (sign, words, look) in enumerate(
        ((READY_SIGN, "✓ Ready: ", READY), (FIX_SIGN, "✗ To fix: ", MISSING)), start=WHAT_TO_FIX
    ):
        count = f"={quoted(words)}&COUNTIF({grid.statuses},{quoted(sign)})"
        style = formats.filled(look, bold=True, font_size=14, valign="vcenter", align="center")
        sheet.write_formula(2, index, count, style, f"{words}0" if is_empty else "")


def _legend(sheet: Worksheet, formats: Formats, grid: Grid) -> None:
    """The colours in words, a column away from the counters."""
    words = [(MISSING, "missing"), (DOUBTFUL, "to correct or check")]
    if any(len(used_modes(column)) < len(DialingMode) for column in grid.columns):
        words.append((UNUSED, "not used: leave empty"))
    for index, (look, word) in enumerate(words, start=FIRST_COLUMN + 2):
        style = formats.filled(
            look, italic=True, font_size=9, valign="vcenter", align="center", text_wrap=True
        )
        sheet.write_string(2, index, word, style)


def _live_columns(sheet: SharedFormulaSheet, formats: Formats, grid: Grid) -> None:
    row, rows = Row(grid, FIRST_ROW), range(HEADING_ROW, HEADING_ROW + PREPARED_ROWS)
    for index in rows:
        sheet.set_row(index, ROW_HEIGHT)
    sign = formats(BODY, bold=True, align="center")
    words = formats(BODY, font_size=9, text_wrap=True, font_color=MISSING.ink, valign="top")
    sheet.write_down(rows, STATUS, row.status, sign)
    sheet.write_down(rows, WHAT_TO_FIX, row.what_to_fix, words)
