"""The account's names, offered in the template's dropdowns and listed on a sheet of their own."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.sheet_parts import print_wide, write_title
from bulkload.workbook.writer.styles import BODY, GREY, HEADING, NAVY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from xlsxwriter import Workbook

    from bulkload.workbook.template.lists import Lists
    from bulkload.workbook.writer.styles import Formats

NAMES_SHEET = "Names at Kore.ai"
HINT = "The dropdowns of the sheet Campaigns offer these names."

HEADING_ROW = 4
_WIDTH = 34


@dataclass(frozen=True, slots=True)
class NamesInUse:
    """Names of an account, as they were at one moment."""

    at: datetime
    """When the account was read, with its zone."""
    names: Mapping[str, Sequence[tuple[str, int | None]]] = field(default_factory=dict)
    """By heading of the column that takes them: each name with its count (contacts of a list, campaigns that use a
    queue), or None without a count."""
    account: str = ""
    """What people call the account."""

    @property
    def as_of(self) -> str:
        """``as of 28 Nov 14:02``, in local time."""
        local = self.at.astimezone()
        return f"as of {local.day} {local:%b %H:%M %Z}".rstrip()

    def write_sources(self, lists: Lists) -> dict[str, str]:
        """Put the names into the hidden lists; the span of each heading's names."""
        return {
            heading: lists.write_names(number, heading, [name for name, _ in names])
            for number, (heading, names) in enumerate(self.names.items())
            if names
        }


def write_account_names(workbook: Workbook, formats: Formats, names: NamesInUse) -> None:
    """Add the sheet: a column for each kind of name, with its counts."""
    sheet = workbook.add_worksheet(NAMES_SHEET)
    sheet.set_tab_color(GREY)
    title = " ".join(("Names at Kore.ai", *([f"({names.account})"] if names.account else ()), names.as_of))
    write_title(sheet, formats, title, HINT)
    sheet.set_row(HEADING_ROW - 1, 22)
    body, number = formats(BODY, num_format="@"), formats(BODY, num_format="#,##0")
    for place, (heading, listed) in enumerate(names.names.items()):
        index = 2 * place
        sheet.set_column(index, index, _WIDTH)
        sheet.set_column(index + 1, index + 1, 11)
        counted = "Contacts" if heading == "Contact lists" else "Campaigns"
        for offset, text in enumerate((heading, counted)):
            sheet.write_string(HEADING_ROW - 1, index + offset, text, formats(HEADING, bg_color=NAVY))
        for row, (name, count) in enumerate(listed, start=HEADING_ROW):
            write_text(sheet, row, index, visible(name), body)
            if count is not None:
                sheet.write_number(row, index + 1, count, number)
    sheet.freeze_panes(HEADING_ROW, 0)
    print_wide(sheet, HEADING_ROW)
