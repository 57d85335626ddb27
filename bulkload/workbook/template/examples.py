"""The sheet Examples: one filled row for each dialing mode, laid out like the sheets to fill in.

A sheet of its own, because the reader takes Campaigns and Calling hours alone: an example can't be submitted
by accident, and all of them go when the sheet is deleted.
"""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, EXAMPLE_CAMPAIGNS, HOURS_COLUMNS, WholeNumber
from bulkload.model import DialingMode
from bulkload.workbook.template.grid import HEADING_ROW
from bulkload.workbook.template.sheet import write_headings, write_person_cell
from bulkload.workbook.writer.cell_formats import empty_format, used_modes
from bulkload.workbook.writer.sheet_parts import print_wide, write_title
from bulkload.workbook.writer.styles import BODY, GREY, UNUSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column
    from bulkload.model import Cell
    from bulkload.workbook.writer.styles import Formats

EXAMPLES_SHEET = "Examples"
BANNER = (
    "Nothing on this sheet is ever submitted. To use an example, copy its cells from column C on into the sheet that "
    "they belong to. Delete this sheet whenever you like."
)

_SHOWS: Mapping[DialingMode, str] = {
    DialingMode.PREVIEW: "Preview: an agent sees the contact before the call, and may skip Max skips of them.",
    DialingMode.PROGRESSIVE: "Progressive: a person who answers is put through to a free agent of the queue.",
    DialingMode.AGENTLESS: (
        "Agentless: a voice flow talks, without agents, and says what to do when a machine answers."
    ),
}

HOURS_EXAMPLES: tuple[tuple[str, Mapping[str, Cell]], ...] = (
    (
        "On working days from 9 to 6, by the clock of New York.",
        {
            "Calling hours": "US office",
            "Frequency": "WEEKLY",
            "Time zone": "America/New_York",
            "Day": "Mon-Fri",
            "Start": time(9),
            "End": time(18),
        },
    ),
    (
        "The same name again: a shorter Saturday. The time zone is on the first row only.",
        {"Calling hours": "US office", "Day": "Saturday", "Start": time(10), "End": time(14)},
    ),
    (
        "Two blocks in one day are two rows.",
        {
            "Calling hours": "UK, not at lunch",
            "Time zone": "Europe/London",
            "Day": "Mon-Thu",
            "Start": time(9),
            "End": time(12),
        },
    ),
    ("", {"Calling hours": "UK, not at lunch", "Day": "Mon-Thu", "Start": time(14), "End": time(17, 30)}),
)

_BEFORE = ("", "What it shows")
_BEFORE_WIDTHS = (10, 44)
_HEIGHT = 45


def campaign_examples() -> tuple[tuple[str, Mapping[str, Cell]], ...]:
    """What each example shows, and its cells: the columns that its mode uses, with the column table's examples."""
    return tuple((_SHOWS[mode], _campaign(mode)) for mode in DialingMode)


def write_examples(workbook: Workbook, formats: Formats) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(EXAMPLES_SHEET)
    sheet.set_tab_color(GREY)
    write_title(sheet, formats, EXAMPLES_SHEET, BANNER)
    for index, width in enumerate(_BEFORE_WIDTHS):
        sheet.set_column(index, index, width)
    for index, column in enumerate(CAMPAIGN_COLUMNS, start=len(_BEFORE)):
        sheet.set_column(index, index, column.width, formats(num_format=empty_format(column.kind)))
    end = _block(sheet, formats, CAMPAIGN_COLUMNS, campaign_examples(), HEADING_ROW)
    _block(sheet, formats, HOURS_COLUMNS, HOURS_EXAMPLES, end + 4)
    sheet.freeze_panes(HEADING_ROW, len(_BEFORE))
    print_wide(sheet, HEADING_ROW)


def _campaign(mode: DialingMode) -> Mapping[str, Cell]:
    example = EXAMPLE_CAMPAIGNS[mode]
    cells: dict[str, Cell] = {
        column.heading: int(column.example) if isinstance(column.kind, WholeNumber) else column.example
        for column in CAMPAIGN_COLUMNS
        if mode in used_modes(column) and column.example
    }
    own = {
        "Campaign name": example.name,
        "Description": example.description,
        "Contact lists": example.contact_lists,
        "Dialing mode": str(mode),
        "Notes": None,
    }
    return {**cells, **own}


def _block(
    sheet: Worksheet,
    formats: Formats,
    columns: Sequence[Column],
    examples: Sequence[tuple[str, Mapping[str, Cell]]],
    heading_row: int,
) -> int:
    """Headings and examples from Excel row ``heading_row`` on; the last row used."""
    headings = (*_BEFORE, *(column.heading for column in columns))
    write_headings(sheet, formats, headings, columns, heading_row)
    explanation = formats(BODY, italic=True, font_size=9, font_color=GREY, text_wrap=True)
    for index, (words, cells) in enumerate(examples, start=heading_row):
        sheet.set_row(index, _HEIGHT)
        sheet.write_string(index, 0, "Example", explanation)
        sheet.write_string(index, 1, words, explanation)
        for position, column in enumerate(columns, start=len(_BEFORE)):
            cell = cells.get(column.heading)
            unused = cell is None and columns is CAMPAIGN_COLUMNS and _is_unused(column, cells)
            if unused:
                sheet.write_blank(index, position, None, formats.filled(UNUSED, BODY))
            else:
                write_person_cell(sheet, formats, column, (index, position), cell)
    return heading_row + len(examples)


def _is_unused(column: Column, cells: Mapping[str, Cell]) -> bool:
    return str(cells["Dialing mode"]) not in used_modes(column)
