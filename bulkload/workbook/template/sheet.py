"""One sheet to fill in: title, counters, legend, headings, and prepared rows with live Status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGNS_SHEET
from bulkload.model import DialingMode
from bulkload.workbook.template.formula_parts import quoted
from bulkload.workbook.template.formulas import FIX_SIGN, READY_SIGN
from bulkload.workbook.template.grid import FIRST_ROW, HEADING_ROW, STATUS, WHAT_TO_FIX
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
from bulkload.workbook.writer.sheet_parts import print_wide, write_account, write_title
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    INK,
    MISSING,
    NEEDED,
    NEEDED_HEIGHT,
    READY,
    UNUSED,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column
    from bulkload.model import AccountIdentity, Cell
    from bulkload.workbook.template.grid import Grid
    from bulkload.workbook.template.status import LiveRow
    from bulkload.workbook.writer.styles import Formats

STATUS_WIDTH = 11
FIX_WIDTH = 150
"""Characters: nine problems take three lines of small type."""
ROW_HEIGHT = 38
"""Points: two lines of a description, three of What to fix."""

PRINTED_ROWS = 40
"""Prepared rows that are printed, if no more were given: the empty ones would fill fifty pages."""

COUNTERS_ROW = 3
"""Excel row of the counters and of the legend."""


def write_sheet(  # noqa: PLR0913, PLR0917  (what a sheet is made of)
    workbook: Workbook,
    formats: Formats,
    row: LiveRow,
    hint: str,
    rows: Sequence[Mapping[str, Cell]],
    account: AccountIdentity | None = None,
) -> Worksheet:
    """Add the sheet, its first rows filled with these cells by heading."""
    grid = row.grid
    sheet = workbook.add_worksheet(grid.sheet)
    write_title(sheet, formats, grid.sheet, hint)
    if account and grid.sheet == CAMPAIGNS_SHEET:
        write_account(sheet, formats, account, frozen_columns(grid))
    write_counters(sheet, formats, grid, counts=(0, 0) if not rows else None)
    write_headings(sheet, formats, grid.headings, grid.columns)
    for index in range(HEADING_ROW, grid.last_row):
        sheet.set_row(index, ROW_HEIGHT)
    write_live_columns(sheet, formats, row)
    for position in range(grid.last_row - HEADING_ROW):
        cells = rows[position] if position < len(rows) else {}
        for column in grid.columns:
            place = (HEADING_ROW + position, grid.index(column.heading))
            write_person_cell(sheet, formats, column, place, cells.get(column.heading))
    sheet.freeze_panes(HEADING_ROW, frozen_columns(grid))
    sheet.set_selection(FIRST_ROW - 1, 1, FIRST_ROW - 1, 1)
    print_wide(sheet, HEADING_ROW)
    sheet.print_area(0, 0, HEADING_ROW - 1 + max(PRINTED_ROWS, len(rows)), len(grid.headings) - 1)
    set_widths(sheet, formats, grid)
    return sheet


def frozen_columns(grid: Grid) -> int:
    """How many columns stay in view: as far as the campaign's name, or the name of the calling hours."""
    name = next(column for column in grid.columns if column.field == "name")
    return grid.index(name.heading) + 1


def write_headings(
    sheet: Worksheet,
    formats: Formats,
    headings: Sequence[str],
    columns: Sequence[Column],
    row: int = HEADING_ROW,
) -> None:
    """The line that says when a column is needed, and the headings, in Excel row ``row``."""
    sheet.set_row(row - 2, NEEDED_HEIGHT)
    sheet.set_row(row - 1, 34)
    known = {column.heading: column for column in columns}
    for index, heading in enumerate(headings):
        column = known.get(heading)
        if column is None:
            sheet.write_string(row - 1, index, heading, formats(HEADING, bg_color=INK))
        else:
            words = in_column(needed_words(column), column.width)
            sheet.write_string(row - 2, index, words, formats(NEEDED))
            sheet.write_string(row - 1, index, title(column), formats(heading_style(column)))
    # Without this, Excel puts a green triangle into every cell with a phone number.
    sheet.ignore_errors({"number_stored_as_text": f"A{row}:XFD1048576"})


def set_widths(sheet: Worksheet, formats: Formats, grid: Grid) -> None:
    """The columns' widths, and their formats below the prepared rows too."""
    sheet.set_column(grid.index(STATUS), grid.index(STATUS), STATUS_WIDTH)
    sheet.set_column(grid.index(WHAT_TO_FIX), grid.index(WHAT_TO_FIX), FIX_WIDTH)
    for column in grid.columns:
        index = grid.index(column.heading)
        sheet.set_column(index, index, column.width, formats(num_format=empty_format(column.kind)))


def write_person_cell(
    sheet: Worksheet, formats: Formats, column: Column, place: tuple[int, int], cell: Cell
) -> None:
    """One cell that a person fills in, at a place counted from 0."""
    kind = column.kind
    style = formats(BODY, num_format=cell_format(kind, cell), text_wrap=is_long(kind), align=alignment(kind))
    write_cell(sheet, *place, cell, style)


def write_counters(sheet: Worksheet, formats: Formats, grid: Grid, counts: tuple[int, int] | None) -> None:
    """The live counters, and next to them the colours in words.

    ``counts``: how many rows are ready and how many to fix; None where only a program that calculates knows.
    """
    # A format of its own keeps the columns' lines out of the row.
    sheet.set_row(COUNTERS_ROW - 1, 24, formats())
    index = frozen_columns(grid) - 1
    style = formats(bold=True, font_size=12, valign="vcenter", font_color=READY.ink)
    known = f"✓ Ready: {counts[0]:,}   ✗ To fix: {counts[1]:,}" if counts else ""
    ready, to_fix = (f"COUNTIF({grid.span(STATUS)},{quoted(sign)})" for sign in (READY_SIGN, FIX_SIGN))
    count = f"={quoted('✓ Ready: ')}&{ready}&{quoted('   ✗ To fix: ')}&{to_fix}"
    sheet.write_formula(COUNTERS_ROW - 1, 0, count, style, known)
    words = [(READY, "✓ ready"), (MISSING, "✗ missing"), (DOUBTFUL, "! correct or check")]
    if any(len(used_modes(column)) < len(DialingMode) for column in grid.columns):
        words.append((UNUSED, "empty: not used"))
    for place, (look, word) in enumerate(words, start=index + 1):
        style = formats.filled(
            look, italic=True, font_size=9, valign="vcenter", align="center", text_wrap=True
        )
        sheet.write_string(COUNTERS_ROW - 1, place, word, style)


def write_live_columns(
    sheet: Worksheet, formats: Formats, row: LiveRow, known: Iterable[tuple[str, str]] = ()
) -> None:
    """Status and What to fix in every live row; ``known``: what they say of the first rows, where that is known."""
    grid, said = row.grid, iter(known)
    sign = formats(BODY, bold=True, align="center")
    words = formats(BODY, font_size=9, text_wrap=True, font_color=MISSING.ink)
    status, fix = grid.index(STATUS), grid.index(WHAT_TO_FIX)
    for index in range(HEADING_ROW, grid.last_row):
        now, why = next(said, ("", ""))
        sheet.write_formula(index, status, f"={row.name('status')}", sign, now)
        sheet.write_formula(index, fix, f"={row.name('what_to_fix')}", words, why)
