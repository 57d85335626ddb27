"""What every written sheet has: a title, the account above the headings, a practice notice, a page setup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.styles import ACCOUNT, DOUBTFUL, SUBTITLE, TITLE

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import AccountBinding, AccountIdentity
    from bulkload.workbook.writer.styles import Formats

ACCOUNT_WORD = "Account"
"""The cell before the account's name, host, application and account id; the reader looks for it."""

PRACTICE = "PRACTICE: this is the sandbox. Nothing was sent to Kore.ai."

PAPER_A4 = 9


def write_title(  # noqa: PLR0913  (what every sheet has at its top)
    sheet: Worksheet, formats: Formats, title: str, hint: str, *, practice: bool = False, hint_column: int = 0
) -> None:
    """The title, and below it a line of explanation; practice is said before it."""
    sheet.hide_gridlines(2)
    # A format of their own keeps the columns' lines out of these rows.
    sheet.set_row(0, 32, formats())
    write_text(sheet, 0, 0, visible(title), formats(TITLE))
    sheet.set_row(1, 20, formats())
    if practice:
        notice = PRACTICE if hint_column else f"{PRACTICE} {hint}".rstrip()
        write_text(sheet, 1, 0, notice, formats(SUBTITLE, bold=True, font_color=DOUBTFUL.ink))
    if hint_column or not practice:
        write_text(sheet, 1, hint_column, hint, formats(SUBTITLE))


def write_account(
    sheet: Worksheet, formats: Formats, account: AccountIdentity | AccountBinding, first_column: int
) -> None:
    """The account in the first row, each part in a cell of its own, to bind the workbook to it."""
    parts = (ACCOUNT_WORD, account.name or "", account.host, account.application, account.account_id or "")
    for index, part in enumerate(parts, start=first_column):
        write_text(sheet, 0, index, part, formats(ACCOUNT, bold=part == ACCOUNT_WORD))


def print_wide(sheet: Worksheet, heading_row: int) -> None:
    """Landscape, as wide as the paper, the headings on every page."""
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading_row - 1)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F - &A&RPage &P of &N")
