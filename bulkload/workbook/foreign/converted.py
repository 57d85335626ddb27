"""Write a converted list as our workbook, with marks on what is empty and on what was filled in."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.workbook.template.sheet import write_headings
from bulkload.workbook.writer import atomic_write
from bulkload.workbook.writer.atomic_write import Existing
from bulkload.workbook.writer.cell_formats import alignment, cell_format, empty_format
from bulkload.workbook.writer.cell_writer import visible, write_cell, write_text
from bulkload.workbook.writer.sheet_parts import print_wide, write_account, write_title
from bulkload.workbook.writer.styles import BODY, DOUBTFUL, MISSING, Formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column
    from bulkload.model import AccountBinding, Cell

HEADING_ROW = 4
"""Excel row of the headings; the rows follow it."""
FIRST_ROW = HEADING_ROW + 1
FROZEN_COLUMNS = 2
"""Columns of Campaigns that stay in view: as far as the campaign's name."""
REPORT_SHEET = "Conversion"
HINT = "Red: empty, to be filled in. Yellow: filled in from the map, please check. Notes says where each value is from."


@dataclass(frozen=True, slots=True)
class ConvertedRow:
    """One row of our workbook."""

    cells: Mapping[str, Cell]
    """The cells by heading; an absent one is empty."""
    empty: frozenset[str] = frozenset()
    """Headings of the cells that a person must fill in."""
    filled_in: frozenset[str] = frozenset()
    """Headings of the cells whose value is not from the list."""


def write_converted(  # noqa: PLR0913  (what the workbook is made of)
    path: Path,
    campaigns: Sequence[ConvertedRow],
    calling_hours: Sequence[ConvertedRow],
    report: Sequence[Sequence[str]],
    *,
    own: tuple[Sequence[str], Sequence[str]] = ((), ()),
    account: AccountBinding | None = None,
    existing: Existing = Existing.NEXT_NAME,
) -> Path:
    """Write the workbook and return the name taken. Raises OSError.

    ``own``: headings that each sheet has beyond ours. ``account``: the account that the workbook belongs to.
    """
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    workbook.set_size(1600, 900)
    formats = Formats(workbook)
    for name, columns, rows, more in (
        (CAMPAIGNS_SHEET, CAMPAIGN_COLUMNS, campaigns, own[0]),
        (HOURS_SHEET, HOURS_COLUMNS, calling_hours, own[1]),
    ):
        sheet = _write_sheet(workbook, formats, name, columns, rows, more)
        if account and name == CAMPAIGNS_SHEET:
            write_account(sheet, formats, account, FROZEN_COLUMNS)
    sheet = workbook.add_worksheet(REPORT_SHEET)
    sheet.set_column(0, 6, 30)
    for number, line in enumerate(report):
        for index, text in enumerate(line):
            write_text(sheet, number, index, visible(text), formats(text_wrap=True, valign="top"))
    workbook.close()
    return atomic_write.write_whole(path, content.getvalue(), existing)


def _write_sheet(  # noqa: PLR0913, PLR0917  (what a sheet is made of)
    workbook: Workbook,
    formats: Formats,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[ConvertedRow],
    own: Sequence[str],
) -> Worksheet:
    sheet = workbook.add_worksheet(name)
    write_title(sheet, formats, name, HINT)
    headings = [*(column.heading for column in columns), *own]
    write_headings(sheet, formats, headings, columns, HEADING_ROW)
    known: list[Column | None] = [*columns, *[None] * len(own)]
    for index, column in enumerate(known):
        width, code = (column.width, empty_format(column.kind)) if column else (20, "General")
        sheet.set_column(index, index, width, formats(num_format=code))
    for number, row in enumerate(rows, start=HEADING_ROW):
        for index, (heading, column) in enumerate(zip(headings, known, strict=True)):
            _write_cell(sheet, formats, (number, index), heading, column, row)
    sheet.freeze_panes(HEADING_ROW, FROZEN_COLUMNS if name == CAMPAIGNS_SHEET else 1)
    print_wide(sheet, HEADING_ROW)
    return sheet


def _write_cell(  # noqa: PLR0913, PLR0917  (a cell's place and look)
    sheet: Worksheet,
    formats: Formats,
    place: tuple[int, int],
    heading: str,
    column: Column | None,
    row: ConvertedRow,
) -> None:
    cell = row.cells.get(heading)
    kind = column.kind if column else None
    traits = {"num_format": cell_format(kind, cell), "align": alignment(kind)}
    if heading in row.empty:
        style = formats.filled(MISSING, BODY, traits)
    elif heading in row.filled_in:
        style = formats.filled(DOUBTFUL, BODY, traits)
    else:
        style = formats(BODY, traits)
    write_cell(sheet, *place, cell, style)
