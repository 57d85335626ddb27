"""The hidden sheet Lists: what the dropdowns offer, what the live checks look up, and their helper columns."""

from __future__ import annotations

from functools import cache
from importlib import resources
from itertools import zip_longest
from types import MappingProxyType
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from bulkload.columns import DITTO_MARKS, PLACEHOLDERS
from bulkload.workbook.template.grid import (
    DAY_CHOICES,
    DAY_WORDS,
    FIRST_ROW,
    HEADING_ROW,
    HOURS_CHOICES,
    INVISIBLE,
    NO_VALUES,
    TIME_CHOICES,
    ZONE_CHOICES,
    ZONE_NAMES,
)
from bulkload.workbook.template.hours_formulas import KEY, LISTS_SHEET, WORDS_PER_DAY
from bulkload.workbook.template.status import COMPLAINTS
from bulkload.workbook.writer.cell_writer import write_cell
from bulkload.workbook.writer.styles import HEADING, NAVY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Cell
    from bulkload.workbook.template.grid import Grid
    from bulkload.workbook.template.hours_formulas import Helper
    from bulkload.workbook.template.status import Given, LiveRow
    from bulkload.workbook.writer.styles import Formats

INVISIBLE_CHARACTERS = "\t\xad\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\ufffd"
"""Those that come with copied text; the rules know some more."""

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MORE_DAY_WORDS = {
    "Monday": ("m",),
    "Tuesday": ("tues",),
    "Wednesday": ("w", "weds"),
    "Thursday": ("thur", "thurs"),
    "Friday": ("f",),
}
_GROUPS = (
    ("weekday", "weekdays", "workday", "workdays", "working days"),
    ("weekend", "weekends"),
    ("every day", "everyday", "daily", "all days"),
)
_HALF_HOURS = 48

ZONES, DAY_COLUMN, WORDS, TIMES, INVISIBLES, ORDER, CHOICES, NO_VALUE, FIRST_NAMES = range(9)
"""Indexes of the columns with lists; from the last one on, the names of the account."""


@cache
def time_zones() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that the dropdown offers, and the other names that are accepted."""
    text = resources.files(__package__).joinpath("time_zones.txt").read_text("utf-8")
    offered, others = text.strip().split("\n\n")
    return tuple(line for line in offered.split("\n") if not line.startswith("#")), tuple(others.split("\n"))


def day_words() -> tuple[str, ...]:
    """Every lower-case word for a day or a group of days, as ``rules`` accepts them; eight places for each day."""
    spelt = [
        (day[:2].lower(), day[:3].lower(), day.lower(), f"{day}s".lower(), *_MORE_DAY_WORDS.get(day, ()))
        for day in _DAYS
    ]
    return tuple(
        word for words in (*spelt, *_GROUPS) for word in (*words, *[""] * (WORDS_PER_DAY - len(words)))
    )


_NOTHING_KNOWN: Mapping[str, Sequence[str]] = MappingProxyType({})


class Lists:
    """The hidden sheet, filled column by column."""

    def __init__(self, workbook: Workbook, formats: Formats) -> None:
        self._workbook = workbook
        self._formats = formats
        self._sheet: Worksheet = workbook.add_worksheet(LISTS_SHEET)
        self._sheet.hide()
        self._given: dict[tuple[int, int], int] = {}

    def write_choices(self) -> None:
        """Time zones, days and times."""
        offered, others = time_zones()
        self._define(ZONE_NAMES, self._column(ZONES, "Time zones", (*offered, *others)))
        self._define(ZONE_CHOICES, _span(ZONES, len(offered)))
        days = ("Mon-Fri", "Every day", "Weekend", *_DAYS)
        self._define(DAY_CHOICES, self._column(DAY_COLUMN, "Days", days))
        # A word that is no word fills the empty places, because an empty cell would be equal to an empty text.
        words = [word or "-" for word in day_words()]
        self._define(DAY_WORDS, self._column(WORDS, "Words for days", words))
        self._define(NO_VALUES, self._column(NO_VALUE, "No values", (*PLACEHOLDERS, *DITTO_MARKS)))
        self._define(INVISIBLE, self._column(INVISIBLES, "Invisible characters", tuple(INVISIBLE_CHARACTERS)))
        self._define(TIME_CHOICES, self._times())

    def write_names(self, number: int, heading: str, names: Sequence[str]) -> str:
        """Names of the account in a column of their own; the defined name of their span."""
        name = f"Known_{number + 1}"
        self._define(name, self._column(FIRST_NAMES + number, heading, names))
        return name

    def write_live(self, row: LiveRow, known: Mapping[str, Sequence[str]] = _NOTHING_KNOWN) -> None:
        """Define the names of a live sheet, and fill its helper columns.

        ``known``: results of helper columns by their name, where they need not be worked out.
        """
        for name, expression in row.names():
            self._define(name, expression)
        for helper, expression in row.helpers():
            name = row.name(helper.name)
            # An error in one row must not reach the formulas of the others; the row itself shows it.
            is_own = helper.name.startswith(COMPLAINTS)
            self._define(name, expression if is_own else f'IFERROR({expression},"")')
            self._fill(helper, row.grid, name, known.get(helper.name, ()))

    def write_hours_choices(self, hours: Grid) -> None:
        """Each name of the sheet Calling hours once, in its order, for the dropdown of the sheet Campaigns."""
        order, choices = xl_col_to_name(ORDER), xl_col_to_name(CHOICES)
        self._heading(ORDER, "Order")
        self._heading(CHOICES, hours.columns[0].heading)
        key, orders = KEY.letter, f"${order}${FIRST_ROW}:${order}${hours.last_row}"
        for row in range(FIRST_ROW, hours.last_row + 1):
            again = f"SUMPRODUCT(--({key}${HEADING_ROW}:{key}{row - 1}={key}{row}))>0"
            number = f"COUNT({order}${HEADING_ROW}:{order}{row - 1})+1"
            self._sheet.write_formula(
                row - 1, ORDER, f'=IF({key}{row}="","",IF({again},"",{number}))', None, ""
            )
            keys = f"${key}${FIRST_ROW}:${key}${hours.last_row}"
            found = f"INDEX({keys},MATCH(ROW()-{HEADING_ROW},{orders},0))"
            self._sheet.write_formula(row - 1, CHOICES, f'=IFERROR({found},"")', None, "")
        count = f"MAX(1,COUNT({LISTS_SHEET}!{orders}))"
        self._define(HOURS_CHOICES, f"OFFSET({LISTS_SHEET}!${choices}${FIRST_ROW},0,0,{count},1)")

    def write_given(self, given: Given, row: int, column: int, cell: Cell) -> None:
        """Remember a faulty cell (counted from 0) as it is, in the next free helper columns of its row."""
        taken = self._given.get((given.first, row), 0)
        if taken == given.most:
            return
        number, value = list(given.places())[taken]
        self._given[given.first, row] = taken + 1
        self._sheet.write_number(row, number.column, column + 1)
        write_cell(self._sheet, row, value.column, cell, self._formats())

    def _fill(self, helper: Helper, grid: Grid, name: str, known: Sequence[str]) -> None:
        self._sheet.write_string(HEADING_ROW - 1, helper.column, helper.name)
        rows = range(HEADING_ROW, grid.last_row)
        for row, value in zip_longest(rows, known, fillvalue=""):
            self._sheet.write_formula(row, helper.column, f"={name}", None, value)

    def _times(self) -> str:
        self._heading(TIMES, "Times")
        clock = self._formats(num_format="h:mm AM/PM")
        for half_hour in range(_HALF_HOURS):
            # From 6:00 AM on, because hardly anybody begins earlier.
            number = (half_hour + 12) % _HALF_HOURS / _HALF_HOURS
            self._sheet.write_number(1 + half_hour, TIMES, number, clock)
        return _span(TIMES, _HALF_HOURS)

    def _column(self, index: int, heading: str, texts: Iterable[str]) -> str:
        """Write one list; its span, as other sheets refer to it."""
        self._heading(index, heading)
        count = 0
        for count, text in enumerate(texts, start=1):
            self._sheet.write_string(count, index, text)
        return _span(index, max(1, count))

    def _heading(self, index: int, heading: str) -> None:
        self._sheet.set_column(index, index, 24)
        self._sheet.write_string(0, index, heading, self._formats(HEADING, bg_color=NAVY))

    def _define(self, name: str, expression: str) -> None:
        self._workbook.define_name(name, f"={expression}")


def _span(index: int, count: int) -> str:
    letter = xl_col_to_name(index)
    return f"{LISTS_SHEET}!${letter}$2:${letter}${1 + count}"
