"""Where things stand on the template's sheets, and how a formula refers to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET

if TYPE_CHECKING:
    from bulkload.columns import Column

HEADING_ROW = 5
"""The Excel row of the headings; above it stand title, counters, legend and the words ``always``, ``for ...``."""

FIRST_ROW = HEADING_ROW + 1
PREPARED_ROWS = 500
LAST_ROW = HEADING_ROW + PREPARED_ROWS

STATUS = 0
"""Index of the column Status; it stays in view, and so does What to fix beside it."""
WHAT_TO_FIX = 1
FIRST_COLUMN = 2
"""Index of the first column that a person fills in."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet to fill in."""

    sheet: str
    columns: tuple[Column, ...]

    def index(self, heading: str) -> int:
        """Index of the column with this heading (0 is A)."""
        return FIRST_COLUMN + [column.heading for column in self.columns].index(heading)

    @property
    def last_column(self) -> int:
        """Index of the last column."""
        return FIRST_COLUMN + len(self.columns) - 1

    def cell(self, heading: str, row: int) -> str:
        """``$H6``: the cell under this heading in this Excel row."""
        return f"${xl_col_to_name(self.index(heading))}{row}"

    def span(self, heading: str) -> str:
        """``$C$5:$C$505``: every prepared cell under this heading, and the heading itself.

        With the heading, a row that is inserted above the first one is still inside.
        """
        letter = xl_col_to_name(self.index(heading))
        return f"${letter}${HEADING_ROW}:${letter}${LAST_ROW}"

    def span_down_to(self, heading: str, row: int) -> str:
        """``$C$5:$C9``: the same as far as this Excel row."""
        letter = xl_col_to_name(self.index(heading))
        return f"${letter}${HEADING_ROW}:${letter}{row}"

    def row(self, row: int) -> str:
        """``$C6:$T6``: every cell that a person fills in, in this Excel row."""
        return f"${xl_col_to_name(FIRST_COLUMN)}{row}:${xl_col_to_name(self.last_column)}{row}"

    @property
    def statuses(self) -> str:
        """``$A$5:$A$505``: the column Status with its heading."""
        return f"$A${HEADING_ROW}:$A${LAST_ROW}"

    def there(self, span: str) -> str:
        """The same span as other sheets refer to it."""
        return f"'{self.sheet}'!{span}"


CAMPAIGNS = Grid(CAMPAIGNS_SHEET, CAMPAIGN_COLUMNS)
HOURS = Grid(HOURS_SHEET, HOURS_COLUMNS)

# Names that the formulas use for what stands on another sheet: in a conditional format or a validation, Excel
# 2007 takes a name where it refuses a reference.
HOURS_NAMES = "Hours_names"
HOURS_STATUSES = "Hours_statuses"
HOURS_CHOICES = "Hours_choices"
ZONE_NAMES = "Zone_names"
ZONE_CHOICES = "Zone_choices"
DAY_WORDS = "Day_words"
DAY_CHOICES = "Day_choices"
TIME_CHOICES = "Time_choices"
