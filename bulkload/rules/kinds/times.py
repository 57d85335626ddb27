"""Parse a time of day by a small closed grammar; everything outside it is refused with the reason.

No library's parser can be used: dateutil reads '1800' as a year, '09.00' as the 9th and '9:00-18:00' as 9:00, and
``time.fromisoformat('18.30')`` is 18:00:00.3. A time is minutes since midnight, 0 to 1439. As an end, midnight
and 24:00 become 1439, because the API documents nothing later than 11:59 PM.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from bulkload.rules.cells import clock, excel_serial
from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok, warning
from bulkload.text import half_width, or_list

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

DAY = 24 * 60
LAST_MINUTE = DAY - 1

# Files that write dates as text put a time alone on day 0, which programs call by two different dates.
_DAYS_OF_TIMES = frozenset({date(1899, 12, 30), date(1899, 12, 31)})
# Day 1, counted from 1900 or from 1904. A cell for times hides the day, so a typed 1 shows as 12:00 AM.
_FIRST_DAYS = frozenset({date(1900, 1, 1), date(1904, 1, 2)})

_TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)? ?([ap])(?:\.? ?m\.?)", re.ASCII)
# A point as in 18.30 is how much of Europe writes a time; as a text it has no other meaning here.
_TWENTY_FOUR = re.compile(r"(\d{1,2})[:.](\d\d)(?::(\d\d))?", re.ASCII)
_HOUR_LETTER = re.compile(r"(\d{1,2}) ?h(?: ?(\d\d))?", re.ASCII)
_UHR = re.compile(r"(\d{1,2})(?:[:.](\d\d))? ?uhr", re.ASCII)
_WORDS = {"noon": 720, "midday": 720, "midnight": 0}
_WORDS |= {f"{twelve} {word}": minutes for word, minutes in _WORDS.items() for twelve in ("12", "12:00")}

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_BARE = re.compile(r"(\d{1,2})[.,]?(\d\d)?", re.ASCII)
_ANY = r"(?:\d{1,2}(?:[:.h]\d\d)?(?::\d\d)? ?(?:[ap]\.? ?m\.?|h|uhr)?|\d{3,4}|noon|midday|midnight)"
_TWO = re.compile(rf"({_ANY})(?: ?[-‐‑‒–—―−~,;/&] ?| | ?(?:to|until|till|bis|and|or) ?)({_ANY})", re.ASCII)  # noqa: RUF001
_WITH_ZONE = re.compile(
    rf"({_ANY}) ?\(?(?:(?![ap]m\b)[a-z]{{2,5}}|z|[a-z]+/[a-z_/]+|(?:utc|gmt)? ?[+-]\d.*)\)?", re.ASCII
)
_WITH_UNIT = re.compile(r"\d ?(?:min|minute|hr|hour|sec|second)s?\.?", re.ASCII)
_WITH_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b",
    re.ASCII,
)


def parse_time(cell: NonEmptyCell, *, is_end: bool) -> ParsedCell:  # noqa: PLR0911  (one line per type of cell)
    """Minutes since midnight, or the reason why the cell is not a time; ``is_end``: midnight is the day's end."""
    match cell:
        case str():
            return _parse_text(_SPACES.sub(" ", half_width(cell)).lower(), is_end=is_end)
        case bool():
            return invalid(messages.NOT_A_TIME)
        case int() | float():
            return _parse_number(cell, is_end=is_end)
        # datetime comes before date, which it is to Python.
        case datetime():
            return _parse_moment(cell, is_end=is_end)
        case time():
            return _parse_seconds(_seconds(cell), is_end=is_end)
        case timedelta():
            return _parse_seconds(cell.total_seconds(), is_end=is_end)
        case date():
            return invalid(messages.TIME_DATE_INSIDE)
        case _ as never:
            assert_never(never)


def _parse_moment(moment: datetime, *, is_end: bool) -> ParsedCell:
    """A time on Excel's day 0 is a time; a day soon after is a number in a cell formatted as a time."""
    if moment.date() in _DAYS_OF_TIMES:
        return _parse_seconds(_seconds(moment.time()), is_end=is_end)
    number = excel_serial(moment)
    if number is not None and moment.date() in _FIRST_DAYS:
        return _refuse_whole_day(number, moment.time(), is_end=is_end)
    if number is not None:
        reading, (advice, proposals) = clock(int(_seconds(moment.time()) / 60)), _times_for(number)
        return invalid(
            messages.NUMBER_AS_TIME, number=number, reading=reading, suggestion=advice, proposals=proposals
        )
    proposals = (clock(int(_seconds(moment.time()) / 60)),) if moment.time() != time(0) else ()
    return invalid(messages.TIME_DATE_INSIDE, proposals=proposals)


def _refuse_whole_day(number: str, seen: time, *, is_end: bool) -> ParsedCell:
    """1 may mean one o'clock, and 24:00 typed into a cell for times is the same number: ask which."""
    reading = clock(int(_seconds(seen) / 60))
    proposals = ("1:00 AM", "1:00 PM") if seen == time(0) else (reading,)
    advice = or_list(proposals)
    if is_end and seen == time(0):
        advice += "; for the day's end, set the cell's format to Text and type 24:00"
    return invalid(
        messages.NUMBER_AS_TIME, number=number, reading=reading, suggestion=advice, proposals=proposals
    )


def _parse_text(text: str, *, is_end: bool) -> ParsedCell:
    if text in _WORDS:
        return _placed(_WORDS[text], is_end=is_end)
    for pattern in (_TWELVE, _TWENTY_FOUR, _HOUR_LETTER, _UHR):
        found = pattern.fullmatch(text)
        if found:
            return _parse_parts(*found.groups(), is_end=is_end)
    return _refuse(text, is_end=is_end)


def _parse_parts(
    hour: str, minute: str | None, second: str | None = None, half: str | None = None, *, is_end: bool
) -> ParsedCell:
    hours, minutes = int(hour), int(minute or 0)
    if half and not 1 <= hours <= 12:
        return invalid(messages.NO_SUCH_TIME)
    if half:
        hours = hours % 12 + (12 if half == "p" else 0)
    if minutes > 59 or int(second or 0) > 59 or hours * 60 + minutes > DAY:
        return invalid(messages.NO_SUCH_TIME)
    if second and int(second):
        return invalid(messages.TIME_SECONDS, proposals=(clock(hours * 60 + minutes),))
    return _placed(hours * 60 + minutes, is_end=is_end)


def _placed(minutes: int, *, is_end: bool) -> ParsedCell:
    """A time from 0 to 1440 as a start or as an end."""
    # The API documents nothing later than 11:59 PM (seeds, ``days[].end``).
    if is_end:
        return ok(LAST_MINUTE if minutes in {0, DAY} else minutes)
    return invalid(messages.DAY_IS_OVER, proposals=("0:00",)) if minutes == DAY else ok(minutes)


def _parse_number(number: float, *, is_end: bool) -> ParsedCell:
    if not 0 < number < 1:
        return _refuse_number(f"{number:.15g}")
    parsed = _parse_seconds(number * 86_400, is_end=is_end)
    if parsed.finding:
        return parsed
    reading = clock(parsed.value)
    return warning(parsed.value, messages.DAY_FRACTION, reading=reading, proposals=(reading,))


def _parse_seconds(seconds: float, *, is_end: bool) -> ParsedCell:
    """Excel's own times carry rounding errors, far below the half second that is forgiven here."""
    minutes = round(seconds / 60)
    if not 0 <= minutes <= DAY:
        return invalid(messages.NO_SUCH_TIME)
    if abs(seconds - minutes * 60) >= 0.5:
        return invalid(messages.TIME_SECONDS, proposals=(clock(int(seconds // 60)),))
    return _placed(minutes, is_end=is_end)


def _seconds(value: time) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


def _refuse(text: str, *, is_end: bool) -> ParsedCell:
    """The most helpful reason why a text is not a time."""
    if _NUMBER.fullmatch(text):
        return _refuse_number(text)
    if _WITH_DATE.search(text):
        return invalid(messages.TIME_DATE_INSIDE)
    if found := _TWO.fullmatch(text):
        return invalid(messages.TWO_TIMES, proposals=_clocks(found[2 if is_end else 1], is_end=is_end))
    if (found := _WITH_ZONE.fullmatch(text)) and not _WITH_UNIT.search(text):
        return invalid(messages.TIME_ZONE_INSIDE, proposals=_clocks(found[1], is_end=is_end))
    return invalid(messages.NOT_A_TIME)


def _clocks(text: str, *, is_end: bool) -> tuple[str, ...]:
    """The time that a part of a text says, in the way it is sent; none where the part alone is not a time."""
    parsed = _parse_text(text.strip(), is_end=is_end) if not _NUMBER.fullmatch(text) else None
    return (clock(parsed.value),) if parsed and parsed.value is not None else ()


def _refuse_number(number: str) -> ParsedCell:
    """A number alone is never read as a time: 9 may be morning or evening, 930 a time or a duration."""
    advice, proposals = _times_for(number)
    return invalid(messages.BARE_NUMBER, number=number, suggestion=advice, proposals=proposals)


def _times_for(number: str) -> tuple[str, tuple[str, ...]]:
    """The times that a number may mean, in words and one by one."""
    found = _BARE.fullmatch(number)
    hour, minute = (int(found[1]), found[2] or "00") if found else (DAY, "")
    if hour > 23 or int(minute) > 59:
        return "a time such as 9:00 AM or 18:00", ()
    times = (f"{hour}:{minute} AM", f"{hour}:{minute} PM") if 1 <= hour <= 12 else (f"{hour}:{minute}",)
    return or_list(times), times
