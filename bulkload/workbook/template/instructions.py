"""The sheet Instructions: how to fill in, every column, what the colours mean, how to check and to submit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.workbook.template.grid import PREPARED_ROWS
from bulkload.workbook.writer.cell_formats import TEXT, needed_words, title
from bulkload.workbook.writer.heights import height, lines
from bulkload.workbook.writer.sheet_parts import PAPER_A4
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    GREY,
    HEADING,
    MISSING,
    NAVY,
    READY,
    SUBTITLE,
    TITLE,
    UNUSED,
)

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column
    from bulkload.workbook.writer.styles import Colours, Formats

INSTRUCTIONS_SHEET = "Instructions"

STEPS = (
    (
        "Calling hours first",
        "On the sheet Calling hours give each set of hours a name, a time zone and its days.",
    ),
    (
        "One row per campaign",
        (
            "On the sheet Campaigns choose the dialing mode first. What the mode does not use turns grey; what it "
            "still needs turns red."
        ),
    ),
    (
        "Watch Status",
        (
            "✓ Ready: nothing is missing. ✗ Fix: the last column, What to fix, says what is wrong. The counters above "
            "the headings add it up."
        ),
    ),
    (
        "Look at Examples",
        "The sheet Examples has a filled row for each mode, to be copied. It is never submitted.",
    ),
    ("Save and check", "Checking reads every cell and names whatever is wrong. It sends nothing."),
    (
        "Submit",
        (
            "Submitting shows what will be done, asks, creates the campaigns and writes a results workbook. You can "
            "practise in a sandbox first, without an account."
        ),
    ),
)

SIGNS: tuple[tuple[Colours, str, str], ...] = (
    (
        READY,
        "✓ Ready",
        "The row can be submitted, as far as the sheet can know. Every cell is checked again.",
    ),
    (MISSING, "✗ Fix", "Something is missing or wrong. A red empty cell must be filled in."),
    (DOUBTFUL, "Filled, yellow", "The value is wrong or doubtful: What to fix says why."),
    (UNUSED, "Empty, grey", "The row's dialing mode does not use this column: leave it empty."),
)

GOOD_TO_KNOW = (
    "Phone numbers, names and IDs are text: the cells are prepared for that, so + and zeros stay.",
    "Several contact lists in one cell are separated by a semicolon or a line break (Alt+Enter).",
    "A hidden or filtered row is never sent without asking: show all rows before you save.",
    f"{PREPARED_ROWS} rows are prepared on each sheet. Further rows are read as well, but have no live Status.",
    "Status is about version v2 of the campaign service; for v1, the check before submitting knows the differences.",
)

NOT_HERE = (
    "Start and end dates: a new campaign makes no calls until it is started or scheduled at Kore.ai.",
    "Contact lists, Do Not Call lists, queues and voice flows must exist at Kore.ai. The workbook only names them.",
    "Filters on contacts, and the dialing modes Power and Predictive: set them at Kore.ai.",
    "Deleting campaigns: removing a row here deletes nothing at Kore.ai.",
)
"""What people look for in the workbook, and do elsewhere."""

_WIDTHS = (24, 26, 62, 34)


def write_instructions(workbook: Workbook, formats: Formats) -> None:
    """Add the sheet."""
    sheet = workbook.add_worksheet(INSTRUCTIONS_SHEET)
    sheet.set_tab_color(GREY)
    sheet.hide_gridlines(2)
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, "How to fill in this workbook", formats(TITLE))
    row = _steps(sheet, formats, 2)
    row = _signs(sheet, formats, row + 1)
    row = _notes(sheet, formats, row + 1, "Good to know", GOOD_TO_KNOW)
    row = _notes(sheet, formats, row + 1, "What this workbook does not do", NOT_HERE)
    for name, columns in ((CAMPAIGNS_SHEET, CAMPAIGN_COLUMNS), (HOURS_SHEET, HOURS_COLUMNS)):
        row = _columns(sheet, formats, row + 1, name, columns)
    sheet.set_paper(PAPER_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&F - &A&RPage &P of &N")


def _section(sheet: Worksheet, formats: Formats, row: int, words: str) -> int:
    sheet.set_row(row, 24)
    sheet.write_string(row, 0, words, formats(bold=True, font_size=14, font_color=NAVY, valign="vcenter"))
    return row + 1


def _steps(sheet: Worksheet, formats: Formats, row: int) -> int:
    row = _section(sheet, formats, row, "Step by step")
    bold = formats(bold=True, valign="vcenter")
    for number, (words, explanation) in enumerate(STEPS, start=1):
        _line(sheet, formats, row, (f"{number}. {words}", bold), explanation)
        row += 1
    return row


def _signs(sheet: Worksheet, formats: Formats, row: int) -> int:
    row = _section(sheet, formats, row, "What the signs and colours mean")
    for look, sign, explanation in SIGNS:
        style = formats.filled(
            look, bold=True, align="center", valign="vcenter", border=1, border_color="#FFFFFF"
        )
        _line(sheet, formats, row, (sign, style), explanation)
        row += 1
    return row


def _notes(sheet: Worksheet, formats: Formats, row: int, words: str, notes: tuple[str, ...]) -> int:
    row = _section(sheet, formats, row, words)
    for note in notes:
        sheet.set_row(row, 18)
        sheet.write_string(row, 0, f"•  {note}", formats(valign="vcenter"))
        row += 1
    return row


def _line(sheet: Worksheet, formats: Formats, row: int, sign: tuple[str, Format], explanation: str) -> None:
    sheet.set_row(row, 20)
    sheet.write_string(row, 0, *sign)
    sheet.write_string(row, 1, explanation, formats(valign="vcenter", indent=1))


def _columns(sheet: Worksheet, formats: Formats, row: int, name: str, columns: tuple[Column, ...]) -> int:
    row = _section(sheet, formats, row, f"The columns of the sheet {name}")
    for index, heading in enumerate(("Column", "Needed", "What to type", "Example")):
        sheet.write_string(row, index, heading, formats(HEADING, bg_color=NAVY))
    styles = (
        formats(BODY, bold=True, text_wrap=True),
        formats(SUBTITLE, BODY, text_wrap=True),
        formats(BODY, text_wrap=True),
        formats(BODY, text_wrap=True, num_format=TEXT),
    )
    for column in columns:
        row += 1
        texts = (title(column), needed_words(column), column.help, column.example)
        sheet.set_row(row, height(max(map(lines, texts, _WIDTHS))))
        for index, (text, style) in enumerate(zip(texts, styles, strict=True)):
            sheet.write_string(row, index, text, style)
    return row + 1
