"""Where the cells of a live sheet are, and how formulas refer to them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_col_to_name

from bulkload.columns import (
    CAMPAIGN_COLUMNS,
    CAMPAIGNS_SHEET,
    EYE_ONLY_HEADINGS,
    HOURS_COLUMNS,
    HOURS_SHEET,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulkload.columns import Column

HEADING_ROW = 5
"""The Excel row of the headings. Above it: title, hint, counters with the legend, and when a column is needed."""

FIRST_ROW = HEADING_ROW + 1
PREPARED_ROWS = 500
"""Rows of an empty template that have formulas, dropdowns and formats."""

STATUS, WHAT_TO_FIX = EYE_ONLY_HEADINGS


@dataclass(frozen=True, slots=True)
class Grid:
    """One live sheet: its columns from left to right, and its rows.

    Formulas are defined names. A reference without ``$`` in a defined name is relative to cell A1 (ECMA-376 part 1,
    18.2.5). So ``$H1`` means column H of the row in which the name is used.
    """

    sheet: str
    prefix: str
    """The first word of the sheet's defined names."""
    columns: tuple[Column, ...]
    """The columns that a person fills in."""
    headings: tuple[str, ...]
    """Every heading of the sheet, from column A on."""
    last_row: int
    """The last Excel row that is live."""

    def index(self, heading: str) -> int:
        """Index of the column with this heading (0 is A)."""
        return self.headings.index(heading)

    def letter(self, heading: str) -> str:
        """``H``."""
        return str(xl_col_to_name(self.index(heading)))

    def cell(self, heading: str) -> str:
        """``Campaigns!$H1``: the cell under this heading, in the row of the formula."""
        return f"{self._prefix}${self.letter(heading)}1"

    def span(self, heading: str) -> str:
        """``Campaigns!$H$5:$H$505``: every live cell under this heading, and the heading itself.

        With the heading, a row that is inserted above the first one is still inside.
        """
        letter = self.letter(heading)
        return f"{self._prefix}${letter}${HEADING_ROW}:${letter}${self.last_row}"

    def down_to_here(self, heading: str) -> str:
        """``Campaigns!$H$5:$H1``: the same as far as the row of the formula."""
        letter = self.letter(heading)
        return f"{self._prefix}${letter}${HEADING_ROW}:${letter}1"

    def filled_in(self) -> str:
        """Every cell of the formula's row that a person fills in, as the arguments of a function."""
        return ",".join(f"{self._prefix}${first}1:${last}1" for first, last in self._runs())

    def row_of_formula(self) -> str:
        """``Campaigns!$A1:$X1``: every cell of the formula's row."""
        return f"{self._prefix}$A1:${xl_col_to_name(len(self.headings) - 1)}1"

    def heading_row(self) -> str:
        """``Campaigns!$A$5:$X$5``."""
        return f"{self._prefix}$A${HEADING_ROW}:${xl_col_to_name(len(self.headings) - 1)}${HEADING_ROW}"

    def name(self, *words: str) -> str:
        """The defined name for something about a row of this sheet: ``Campaigns_missing_queue``."""
        return "_".join((self.prefix, *words))

    @property
    def _prefix(self) -> str:
        return f"{quote_sheetname(self.sheet)}!"

    def _runs(self) -> Iterator[tuple[str, str]]:
        """First and last letter of the neighbouring columns that a person fills in."""
        indexes = sorted(self.index(column.heading) for column in self.columns)
        for _, run in groupby(enumerate(indexes), key=lambda pair: pair[1] - pair[0]):
            neighbours = [index for _, index in run]
            yield xl_col_to_name(neighbours[0]), xl_col_to_name(neighbours[-1])


def _of_template(sheet: str, prefix: str, columns: tuple[Column, ...], rows: int) -> Grid:
    headings = (STATUS, *(column.heading for column in columns), WHAT_TO_FIX)
    return Grid(sheet, prefix, columns, headings, HEADING_ROW + rows)


def campaigns_grid(rows: int = PREPARED_ROWS) -> Grid:
    """The template's sheet Campaigns."""
    return _of_template(CAMPAIGNS_SHEET, "Campaigns", CAMPAIGN_COLUMNS, rows)


def hours_grid(rows: int = PREPARED_ROWS) -> Grid:
    """The template's sheet Calling hours."""
    return _of_template(HOURS_SHEET, "Hours", HOURS_COLUMNS, rows)


# Names of what is on the hidden sheet Lists. In a conditional format or a validation, Excel 2007 takes a name where
# it refuses a reference to another sheet.
HOURS_CHOICES = "Hours_choices"
ZONE_NAMES = "Zone_names"
ZONE_CHOICES = "Zone_choices"
DAY_WORDS = "Day_words"
DAY_CHOICES = "Day_choices"
TIME_CHOICES = "Time_choices"
INVISIBLE = "Invisible_characters"
NO_VALUES = "No_values"
