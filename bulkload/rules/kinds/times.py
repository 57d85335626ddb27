"""A time of day is read by a small closed grammar; whatever is outside it is refused with the reason.

No library's parser will do: dateutil reads '1800' as a year, '09.00' as the 9th and '9:00-18:00' as 9:00, and
``time.fromisoformat('18.30')`` is 18:00:00.3. A time is minutes since midnight, 0 to 1439. As an end, midnight
and 24:00 are the day's end and become 1439, for the API documents nothing later than 11:59 PM.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from bulkload.rules.cells import clock, number_behind
from bulkload.rules.messages import hours as words
from bulkload.rules.parsed_cell import bad, doubtful, good

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

DAY = 24 * 60
LAST_MINUTE = DAY - 1

# Where a file writes dates in words, a time alone may stand on day 0, which programs call by two dates.
_DAYS_OF_TIMES = frozenset({date(1899, 12, 30), date(1899, 12, 31)})
# Day 1, counted from 1900 or from 1904: a cell for times hides the day, so a typed 1 shows as 12:00 AM.
_FIRST_DAYS = frozenset({date(1900, 1, 1), date(1904, 1, 2)})

_TWELVE = re.compile(r"(\d{1,2})(?:[:.](\d\d)(?::(\d\d))?)? ?([ap])(?:\.? ?m\.?)", re.ASCII)
_TWENTY_FOUR = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)
_HOUR_LETTER = re.compile(r"(\d{1,2}) ?h(?: ?(\d\d))?", re.ASCII)
_UHR = re.compile(r"(\d{1,2})(?:[:.](\d\d))? ?uhr", re.ASCII)
_WORDS = {"noon": 720, "midday": 720, "midnight": 0}
_WORDS |= {f"{twelve} {word}": minutes for word, minutes in _WORDS.items() for twelve in ("12", "12:00")}

_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?", re.ASCII)
_BARE = re.compile(r"(\d{1,2})[.,]?(\d\d)?", re.ASCII)
_ANY = r"(?:\d{1,2}(?:[:.h]\d\d)?(?::\d\d)? ?(?:[ap]\.? ?m\.?|h|uhr)?|\d{3,4}|noon|midday|midnight)"
_TWO = re.compile(rf"{_ANY}(?: ?[-‐‑‒–—―−~,;/&] ?| | ?(?:to|until|till|bis|and|or) ?){_ANY}", re.ASCII)  # noqa: RUF001
_WITH_ZONE = re.compile(
    rf"{_ANY} ?\(?(?:(?![ap]m\b)[a-z]{{2,5}}|z|[a-z]+/[a-z_/]+|(?:utc|gmt)? ?[+-]\d.*)\)?", re.ASCII
)
_WITH_UNIT = re.compile(r"\d ?(?:min|minute|hr|hour|sec|second)s?\.?", re.ASCII)
_WITH_DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{1,2}/\d{1,2}\b"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b"
    r"|\b(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\b",
    re.ASCII,
)


def read_time(cell: NonEmptyCell, *, is_end: bool) -> Reading:  # noqa: PLR0911  (one line for each kind of cell)
    """Minutes since midnight, or the reason why the cell is no time; ``is_end``: midnight is the day's end."""
    match cell:
        case str():
            return _read_text(_SPACES.sub(" ", cell).lower(), is_end=is_end)
        case bool():
            return bad(words.TIME_UNKNOWN)
        case int() | float():
            return _read_number(cell, is_end=is_end)
        case datetime():
            return _read_moment(cell, is_end=is_end)
        case time():
            return _read_seconds(_seconds(cell), is_end=is_end)
        case timedelta():
            return _read_seconds(cell.total_seconds(), is_end=is_end)
        case date():
            return bad(words.TIME_DATE_INSIDE)
        case _ as never:
            assert_never(never)


def _read_moment(moment: datetime, *, is_end: bool) -> Reading:
    """A time on Excel's day 0 is a time; a day soon after is a number in a cell formatted as a time."""
    if moment.date() in _DAYS_OF_TIMES:
        return _read_seconds(_seconds(moment.time()), is_end=is_end)
    number = number_behind(moment)
    if number is not None and moment.date() in _FIRST_DAYS:
        return _refuse_whole_day(number, moment.time(), is_end=is_end)
    return bad(words.TIME_DATE_INSIDE) if number is None else _refuse_number(number)


def _refuse_whole_day(number: str, seen: time, *, is_end: bool) -> Reading:
    """1 may be one o'clock, and 24:00 typed into a cell for times is the same number: nobody can tell which."""
    reading = clock(int(_seconds(seen) / 60))
    suggestion = "1:00 AM or 1:00 PM" if seen == time(0) else reading
    if is_end and seen == time(0):
        suggestion += "; for the day's end, set the cell's format to Text and type 24:00"
    return bad(words.TIME_WHOLE_DAY, number=number, reading=reading, suggestion=suggestion)


def _read_text(text: str, *, is_end: bool) -> Reading:
    if text in _WORDS:
        return _placed(_WORDS[text], is_end=is_end)
    for pattern in (_TWELVE, _TWENTY_FOUR, _HOUR_LETTER, _UHR):
        found = pattern.fullmatch(text)
        if found:
            return _read_parts(*found.groups(), is_end=is_end)
    return _refuse(text)


def _read_parts(
    hour: str, minute: str | None, second: str | None = None, half: str | None = None, *, is_end: bool
) -> Reading:
    hours, minutes = int(hour), int(minute or 0)
    if second and int(second):
        return bad(words.TIME_SECONDS if int(second) < 60 else words.TIME_NO_SUCH)
    if half:
        if not 1 <= hours <= 12:
            return bad(words.TIME_NO_SUCH)
        hours = hours % 12 + (12 if half == "p" else 0)
    if minutes > 59 or hours * 60 + minutes > DAY:
        return bad(words.TIME_NO_SUCH)
    return _placed(hours * 60 + minutes, is_end=is_end)


def _placed(minutes: int, *, is_end: bool) -> Reading:
    """A time from 0 to 1440 as a start or as an end."""
    if is_end:
        return good(LAST_MINUTE if minutes in {0, DAY} else minutes)
    return bad(words.TIME_24_START) if minutes == DAY else good(minutes)


def _read_number(number: float, *, is_end: bool) -> Reading:
    if not 0 < number < 1:
        return _refuse_number(f"{number:.15g}")
    reading = _read_seconds(number * 86_400, is_end=is_end)
    if reading.finding:
        return reading
    return doubtful(reading.value, words.TIME_FRACTION, reading=clock(reading.value))


def _read_seconds(seconds: float, *, is_end: bool) -> Reading:
    """Excel's own times carry rounding errors, far below the half second that is forgiven here."""
    minutes = round(seconds / 60)
    if not 0 <= minutes <= DAY:
        return bad(words.TIME_NO_SUCH)
    if abs(seconds - minutes * 60) >= 0.5:
        return bad(words.TIME_SECONDS)
    return _placed(minutes, is_end=is_end)


def _seconds(value: time) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


def _refuse(text: str) -> Reading:
    """The most telling reason why a text is no time."""
    if _NUMBER.fullmatch(text):
        return _refuse_number(text)
    if _WITH_DATE.search(text):
        return bad(words.TIME_DATE_INSIDE)
    if _TWO.fullmatch(text):
        return bad(words.TIME_TWO)
    if _WITH_ZONE.fullmatch(text) and not _WITH_UNIT.search(text):
        return bad(words.TIME_ZONE_INSIDE)
    return bad(words.TIME_UNKNOWN)


def _refuse_number(number: str) -> Reading:
    """A number alone is never taken for a time: 9 may be morning or evening, 930 a time or a duration."""
    found = _BARE.fullmatch(number)
    hour, minute = (int(found[1]), found[2] or "00") if found else (DAY, "")
    if hour > 23 or int(minute) > 59:
        return bad(words.TIME_BARE, number=number, suggestion="a time such as 9:00 AM or 18:00")
    if 1 <= hour <= 12:
        return bad(words.TIME_BARE, number=number, suggestion=f"{hour}:{minute} AM or {hour}:{minute} PM")
    return bad(words.TIME_BARE, number=number, suggestion=f"{hour}:{minute}")
