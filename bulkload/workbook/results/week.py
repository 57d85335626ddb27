"""The sheet Week: each calling hours as seven rows of 24 hours.

A glance shows what a list of blocks hides: a night, a missing weekday, a Sunday.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.columns import EARLIEST, LATEST
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.sheet_parts import print_wide, write_title
from bulkload.workbook.writer.styles import BODY, DOUBTFUL, HEADING, NAVY, READY, UNUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Block, CallingHours
    from bulkload.workbook.writer.styles import Colours, Formats

WEEK_SHEET = "Week"
HINT = "■ calls all hour, ◧ a part of it. Yellow with ! : before 8:00 or after 21:00, in the time zone of the row."

HEADING_ROW = 4
DAYS = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
"""Names of the days by the API's codes."""

HOURS = 24
_DAY_END = 23 * 60 + 59
_FIRST_HOUR = 3
_TOTAL = _FIRST_HOUR + HOURS


@dataclass(frozen=True, slots=True)
class Day:
    """One day of calling hours."""

    name: str
    minutes: tuple[int, ...]
    """Minutes in which calls may be made, for each of the 24 hours."""
    outside: frozenset[int]
    """Hours with calls before 8:00 or after 21:00."""

    @property
    def total(self) -> str:
        """``9 h`` or ``8 h 30``; empty for a day without calls."""
        hours, minutes = divmod(sum(self.minutes), 60)
        return f"{hours} h {minutes:02}" if minutes else f"{hours} h" if hours else ""


def week_of(hours: CallingHours) -> Iterator[Day]:
    """The seven days, Monday first."""
    for code, name in DAYS.items():
        spans = [_minutes(block) for block in hours.blocks if block.day == code]
        minutes = tuple(
            sum(_common(start, end, 60 * hour, 60 * (hour + 1)) for start, end in spans)
            for hour in range(HOURS)
        )
        outside = frozenset(hour for hour in range(HOURS) if minutes[hour] and _is_outside(spans, hour))
        yield Day(name, minutes, outside)


def write_week(
    workbook: Workbook, formats: Formats, calling_hours: Iterable[CallingHours], *, practice: bool
) -> None:
    """Fill the sheet: seven rows for each of the calling hours."""
    sheet = workbook.get_worksheet_by_name(WEEK_SHEET)
    write_title(sheet, formats, WEEK_SHEET, HINT, practice=practice)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 22)
    sheet.set_column(2, 2, 12)
    sheet.set_column(_FIRST_HOUR, _TOTAL - 1, 3.6)
    sheet.set_column(_TOTAL, _TOTAL, 10)
    sheet.set_row(HEADING_ROW - 1, 22)
    headings = ("Calling hours", "Time zone", "Day", *map(str, range(HOURS)), "Total")
    for index, text in enumerate(headings):
        sheet.write_string(HEADING_ROW - 1, index, text, formats(HEADING, bg_color=NAVY, align="center"))
    row = HEADING_ROW
    for hours in calling_hours:
        _write_days(sheet, formats, row, hours, list(week_of(hours)))
        row += len(DAYS)
    sheet.freeze_panes(HEADING_ROW, _FIRST_HOUR)
    print_wide(sheet, HEADING_ROW)


def _write_days(
    sheet: Worksheet, formats: Formats, row: int, hours: CallingHours, days: Sequence[Day]
) -> None:
    for place, day in enumerate(days):
        # A line between two calling hours; their name is in every row, so that rows can be filtered and sorted.
        edge = {"top": 2} if place == 0 else {}
        body = formats(BODY, edge)
        write_text(sheet, row + place, 0, visible(hours.name), formats(BODY, edge, bold=place == 0))
        write_text(sheet, row + place, 1, visible(hours.timezone), body)
        write_text(sheet, row + place, 2, day.name, body)
        for hour in range(HOURS):
            sign, colours = _sign(day, hour)
            style = formats.filled(colours, BODY, edge, align="center") if colours else body
            write_text(sheet, row + place, _FIRST_HOUR + hour, sign, style)
        write_text(sheet, row + place, _TOTAL, day.total or "no calls", formats(BODY, edge, align="center"))


def _sign(day: Day, hour: int) -> tuple[str, Colours | None]:
    """The sign of one hour, which says without its colour what the hour is."""
    minutes = day.minutes[hour]
    if not minutes:
        return "", UNUSED if not any(day.minutes) else None
    sign = "■" if minutes == 60 else "◧"
    return (f"{sign}!", DOUBTFUL) if hour in day.outside else (sign, READY)


def _minutes(block: Block) -> tuple[int, int]:
    """Start and end as minutes since midnight; the day's last minute counts as midnight."""
    start, end = (time.hour * 60 + time.minute for time in (block.start, block.end))
    return start, end + 1 if end == _DAY_END else end


def _common(start: int, end: int, first: int, last: int) -> int:
    return max(0, min(end, last) - max(start, first))


def _is_outside(spans: Sequence[tuple[int, int]], hour: int) -> bool:
    within = sum(
        _common(start, end, max(60 * hour, EARLIEST), min(60 * (hour + 1), LATEST)) for start, end in spans
    )
    return within < sum(_common(start, end, 60 * hour, 60 * (hour + 1)) for start, end in spans)
