"""The hidden sheet Lists: what the dropdowns offer and what the live checks look up, under defined names."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from bulkload.workbook.template.grid import (
    DAY_CHOICES,
    DAY_WORDS,
    HOURS,
    HOURS_CHOICES,
    HOURS_NAMES,
    HOURS_STATUSES,
    PREPARED_ROWS,
    TIME_CHOICES,
    ZONE_CHOICES,
    ZONE_NAMES,
)
from bulkload.workbook.writer.styles import HEADING, NAVY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.workbook.writer.styles import Formats

LISTS_SHEET = "Lists"

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OTHER_DAY_WORDS = ("tues", "weds", "thur", "thurs", "weekday", "weekdays", "weekend", "weekends", "everyday")
_HALF_HOURS = 48


@cache
def time_zones() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that the dropdown offers, and the other names that are accepted."""
    text = resources.files(__package__).joinpath("time_zones.txt").read_text("utf-8")
    offered, others = text.strip().split("\n\n")
    return tuple(line for line in offered.split("\n") if not line.startswith("#")), tuple(others.split("\n"))


def day_words() -> tuple[str, ...]:
    """Every lower-case word for a day or a group of days, as ``rules`` accepts them."""
    spelt = [(day[:2], day[:3], day, f"{day}s") for day in _DAYS]
    return (*(word.lower() for words in spelt for word in words), *_OTHER_DAY_WORDS, "every day")


def write_lists(workbook: Workbook, formats: Formats) -> None:
    """Add the sheet and define its names."""
    sheet = workbook.add_worksheet(LISTS_SHEET)
    offered, others = time_zones()
    zones = _column(sheet, formats, 0, "Time zones", (*offered, *others))
    workbook.define_name(ZONE_NAMES, f"={zones}")
    workbook.define_name(ZONE_CHOICES, f"={_span(0, len(offered))}")
    days = ("Mon-Fri", "Every day", "Weekend", *_DAYS)
    workbook.define_name(DAY_CHOICES, f"={_column(sheet, formats, 1, 'Days', days)}")
    workbook.define_name(DAY_WORDS, f"={_column(sheet, formats, 2, 'Words for days', day_words())}")
    _times(workbook, sheet, formats)
    _hours_names(workbook, sheet, formats)
    sheet.hide()


def _times(workbook: Workbook, sheet: Worksheet, formats: Formats) -> None:
    times = _column(sheet, formats, 3, "Times", ())
    clock = formats(num_format="h:mm AM/PM")
    for half_hour in range(_HALF_HOURS):
        # From 6:00 AM on, for hardly anybody begins earlier.
        sheet.write_number(1 + half_hour, 3, (half_hour + 12) % _HALF_HOURS / _HALF_HOURS, clock)
    workbook.define_name(TIME_CHOICES, f"={times.rsplit('$', 1)[0]}${1 + _HALF_HOURS}")


def _hours_names(workbook: Workbook, sheet: Worksheet, formats: Formats) -> None:
    """Each name of the sheet Calling hours once, in its order, for the dropdown of the sheet Campaigns.

    The formulas reach it by position: a reference to a row that the person deletes would become an error.
    """
    workbook.define_name(HOURS_NAMES, f"={HOURS.there(HOURS.span('Calling hours'))}")
    workbook.define_name(HOURS_STATUSES, f"={HOURS.there(HOURS.statuses)}")
    _column(sheet, formats, 4, "Order", ())
    _column(sheet, formats, 5, "Calling hours", ())
    for row in range(2, PREPARED_ROWS + 2):
        # The first cell of the span is the heading, so row 2 here is the span's second cell.
        name = f"INDEX({HOURS_NAMES},ROW())"
        above = f"INDEX({HOURS_NAMES},1):INDEX({HOURS_NAMES},ROW()-1)"
        again = f"SUMPRODUCT(--(LOWER(TRIM({above}))=LOWER(TRIM({name}))))>0"
        order = f'=IFERROR(IF(TRIM({name})="","",IF({again},"",COUNT(E$1:E{row - 1})+1)),"")'
        sheet.write_formula(row - 1, 4, order, None, "")
        found = f"INDEX({HOURS_NAMES},MATCH(ROW()-1,{_span(4, PREPARED_ROWS)},0)+1)"
        sheet.write_formula(row - 1, 5, f'=IFERROR({found},"")', None, "")
    count = f"MAX(1,COUNT({_span(4, PREPARED_ROWS)}))"
    workbook.define_name(HOURS_CHOICES, f"=OFFSET({LISTS_SHEET}!$F$2,0,0,{count},1)")


def _column(sheet: Worksheet, formats: Formats, index: int, heading: str, texts: Sequence[str]) -> str:
    """Write one list; its span, as other sheets refer to it."""
    sheet.set_column(index, index, 32)
    sheet.write_string(0, index, heading, formats(HEADING, bg_color=NAVY))
    for row, text in enumerate(texts, start=1):
        sheet.write_string(row, index, text)
    return _span(index, len(texts))


def _span(index: int, count: int) -> str:
    letter = xl_col_to_name(index)
    return f"{LISTS_SHEET}!${letter}$2:${letter}${1 + count}"
