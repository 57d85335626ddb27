"""Days and times as the live sheet reads them, in helper columns of the hidden sheet Lists.

A sheet has no function that reads ``Mon, Wed`` or ``9h30``, and TIMEVALUE reads other texts in a German Excel than
in an English one. So each row of Calling hours is taken apart step by step, in the same row of Lists: a time into
minutes since midnight, days into seven marks. The steps follow ``rules.kinds.times`` and ``rules.kinds.days``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from bulkload.workbook.template.formula_parts import (
    first_of,
    half_width,
    is_digits,
    is_one_of,
    substituted,
    trimmed,
)
from bulkload.workbook.template.grid import DAY_WORDS, FIRST_ROW, HEADING_ROW, STATUS, Grid

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS_SHEET = "Lists"

DAYS_IN_WEEK = 7
MOST_PARTS = 7
"""Days or ranges in one cell; an eighth would name a day twice."""

WORDS_PER_DAY = 8
"""The list of words for days has so many places for each day, so a word's place says which day it is."""
WEEKDAYS, WEEKEND, EVERY_DAY = 8, 9, 10
"""Numbers of the groups, after those of the days (Monday is 1)."""

_DASHES = "‐‑‒–—―−﹘﹣－"  # noqa: RUF001  (any dash is what people type)
_NOON = ("noon", "midday", "12 noon", "12 midday", "12:00 noon", "12:00 midday")
_MIDNIGHT = ("midnight", "12 midnight", "12:00 midnight")

_NO_HALF, _UHR = -1, -2
RANGE = 10_000
"""Added to the number of a range, to tell it from a day."""


@dataclass(frozen=True, slots=True)
class Helper:
    """One helper column of the sheet Lists, in the rows of the live sheet that it helps."""

    name: str
    """Its defined name, without the sheet's prefix."""
    column: int
    """Its index (0 is A)."""

    @property
    def letter(self) -> str:
        """``H``."""
        return str(xl_col_to_name(self.column))

    @property
    def here(self) -> str:
        """``Lists!$H1``: the helper cell in the row of the formula."""
        return f"{LISTS_SHEET}!${self.letter}1"

    def span(self, grid: Grid) -> str:
        """``Lists!$H$5:$H$505``: the helper's heading and every row."""
        return f"{LISTS_SHEET}!${self.letter}${HEADING_ROW}:${self.letter}${grid.last_row}"

    @property
    def above(self) -> str:
        """``Lists!$H$6:$H1``: from the first row as far as that of the formula."""
        return f"{LISTS_SHEET}!${self.letter}${FIRST_ROW}:${self.letter}1"


FIRST_HELPER = 14
"""Column O: before it are the lists of the dropdowns."""

KEY = Helper("key", FIRST_HELPER)
ROW_STATUS = Helper("row_status", FIRST_HELPER + 1)


@dataclass(frozen=True, slots=True)
class TimeHelpers:
    """The steps from a time as typed to minutes since midnight."""

    heading: str
    text: Helper
    half: Helper
    body: Helper
    read: Helper
    """Minutes as read, -1 where the cell is not a time."""
    minutes: Helper
    """The same as a start or as an end."""
    is_end: bool

    def expressions(self, hours: Grid) -> Iterator[tuple[Helper, str]]:
        """Each helper with its expression."""
        cell = hours.cell(self.heading)
        yield self.text, f'IF(ISNUMBER({cell}),"",{_time_text(cell)})'
        yield self.half, self._half()
        yield self.body, self._body()
        yield self.read, self._minutes(cell)
        read = self.read.here
        # 0 and 1440 are the same midnight; the service knows nothing later than 11:59 PM.
        as_end, as_start = f"IF(OR({read}=0,{read}=1440),1439,{read})", f"IF({read}=1440,-1,{read})"
        yield self.minutes, as_end if self.is_end else as_start

    def is_wrong(self, hours: Grid) -> str:
        """Whether the cell is not a time; asked only of cells that are not empty."""
        return f"OR(ISLOGICAL({hours.cell(self.heading)}),{self.minutes.here}<0)"

    def _half(self) -> str:
        text = self.text.here
        return f'IF(RIGHT({text},2)="am",0,IF(RIGHT({text},2)="pm",12,IF(RIGHT({text},3)="uhr",{_UHR},{_NO_HALF})))'

    def _body(self) -> str:
        """The digits with colons, without any word; what is not a time stays something that is not a time."""
        text, half = self.text.here, self.half.here
        with_h = (
            substituted(substituted(text, (" h", "h "), "h"), ("h",), ":") + f'&IF(RIGHT({text})="h","00","")'
        )
        is_h = f'AND(ISNUMBER(FIND("h",{text})),ISERROR(FIND(":",{text})))'
        return first_of(
            (f"{half}>=0", substituted(f"LEFT({text},LEN({text})-2)", (".",), ":")),
            (f"{half}={_UHR}", substituted(f"TRIM(LEFT({text},LEN({text})-3))", (".",), ":")),
            (is_h, with_h),
            ("TRUE", substituted(text, (".",), ":")),
        )

    def _minutes(self, cell: str) -> str:
        """Minutes since midnight, or -1 where the cell is not a time."""
        text = self.text.here
        off = f"ABS({cell}*1440-ROUND({cell}*1440,0))>=1/120"
        number = f"IF(OR({cell}<0,{cell}>=1,{off}),-1,ROUND({cell}*1440,0))"
        return first_of(
            (f"ISNUMBER({cell})", number),
            (is_one_of(text, _NOON), "720"),
            (is_one_of(text, _MIDNIGHT), "0"),
            ("TRUE", f"IFERROR({self._of_parts()},-1)"),
        )

    def _of_parts(self) -> str:
        half, body = self.half.here, self.body.here
        colon = f'FIND(":",{body}&":")'
        hour, rest = f"LEFT({body},{colon}-1)", f"MID({body},{colon}+1,9)"
        minute = f"LEFT({rest},2)"
        has_hour = f"AND(LEN({hour})<=2,{is_digits(hour)})"
        has_minute = f'AND(LEN({minute})=2,{is_digits(minute)},OR(LEN({rest})=2,MID({rest},3,9)=":00"))'
        number = f'(VALUE({hour})*60+IF({rest}="",0,VALUE({minute})))'
        of_12 = (
            f"IF(AND(VALUE({hour})>=1,VALUE({hour})<=12),{number}-IF(VALUE({hour})=12,720,0)+{half}*60,-1)"
        )
        of_24 = f"IF({number}<=1440,{number},-1)"
        bare = f'AND({rest}="",{half}<>{_NO_HALF})'
        is_time = f'AND({has_hour},OR({bare},AND({has_minute},VALUE("0"&{minute})<=59)))'
        return f"IF({is_time},IF({half}>=0,{of_12},{of_24}),-1)"


def _time_text(cell: str) -> str:
    """The text in lower case, its digits plain, ``a. m.`` written ``am``."""
    text = f"LOWER({trimmed(half_width(cell))})"
    for half in "ap":
        text = substituted(text, (f" {half}m", f" {half}.m", f" {half}. m", f" {half} m"), f"{half}m")
        text = substituted(text, (f"{half}.m", f"{half}. m", f"{half} m"), f"{half}m")
        text = substituted(text, (f"{half}m.",), f"{half}m")
    return text


def _time_helpers(heading: str, first: int, *, is_end: bool) -> TimeHelpers:
    word = heading.lower()
    text, half, body, read, minutes = (
        Helper(f"{word}_{step}", first + place)
        for place, step in enumerate(("text", "half", "body", "read", "minutes"))
    )
    return TimeHelpers(heading, text, half, body, read, minutes, is_end)


@dataclass(frozen=True, slots=True)
class DayHelpers:
    """The steps from days as typed to seven marks."""

    text: Helper
    parts: tuple[Helper, ...]
    """Each is first * 100 + last, 10,000 more for a range, 0 for a missing part, -1 for one that is not a day."""
    marks: tuple[Helper, ...]
    """How often each day is named, Monday first."""

    def expressions(self, hours: Grid) -> Iterator[tuple[Helper, str]]:
        """Each helper with its expression."""
        yield self.text, _day_text(hours.cell("Day"))
        for place, part in enumerate(self.parts):
            yield part, self._part(place)
        for day, mark in enumerate(self.marks, start=1):
            yield mark, self._mark(day)

    def is_unknown(self, hours: Grid) -> str:
        """Whether a part of the cell is neither a day nor a range of days."""
        too_many = f'LEN({self.text.here})-LEN(SUBSTITUTE({self.text.here},",",""))>={MOST_PARTS}'
        parts = _across(self.parts)
        first, last = _ends(parts)
        # Mon-Mon may mean a day or a week; weekend-Tue means nothing.
        strange = f"((({first}={last})+({first}>{DAYS_IN_WEEK})+({last}>{DAYS_IN_WEEK}))>0)"
        odd = f"SUMPRODUCT(({parts}>={RANGE})*{strange})>0"
        return f"OR(ISNUMBER({hours.cell('Day')}),SUM({parts})=0,MIN({parts})<0,{odd},{too_many})"

    @property
    def is_repeated(self) -> str:
        """Whether the cell names a day twice."""
        return f"MAX({_across(self.marks)})>1"

    def overlap(self) -> str:
        """An array: in which rows as far as this one a day of this row is named too, as numbers above 0."""
        return f"({'+'.join(f'{mark.above}*{mark.here}' for mark in self.marks)})"

    def _part(self, place: int) -> str:
        start = 1 + 60 * place
        text = f'TRIM(MID(SUBSTITUTE({self.text.here},",",REPT(" ",60)),{start},60))'
        both = f'IF(ISNUMBER(FIND("-",{text})),{_range(text)},{_day_number(text)}*101)'
        return f'IF({text}="",0,IFERROR({both},-1))'

    def _mark(self, day: int) -> str:
        parts = _across(self.parts)
        first, last = _ends(parts)
        is_range = f"({parts}>0)*({last}<={DAYS_IN_WEEK})"
        forward = f"({first}<={last})*({first}<={day})*({last}>={day})"
        # Fri-Mon goes on past the week's end.
        around = f"({first}>{last})*((({first}<={day})+({last}>={day}))>0)"
        groups = {WEEKDAYS: day <= 5, WEEKEND: day > 5, EVERY_DAY: True}
        of_groups = "+".join(f"({first}={group})" for group, has_day in groups.items() if has_day)
        return f"SUMPRODUCT({is_range}*({forward}+{around})+{of_groups})"


def _ends(parts: str) -> tuple[str, str]:
    """Arrays: the first and the last day of each part."""
    days = f"({parts}-{RANGE}*({parts}>={RANGE}))"
    return f"INT({days}/100)", f"({days}-100*INT({days}/100))"


def _range(text: str) -> str:
    """The number of a range of two days; an error where an end is not a day."""
    first, last = f'TRIM(LEFT({text},FIND("-",{text})-1))', f'TRIM(MID({text},FIND("-",{text})+1,60))'
    return f"({RANGE}+{_day_number(first)}*100+{_day_number(last)})"


def _day_number(word: str) -> str:
    """1 to 7 for a day, 8 to 10 for a group; an error where the word is none."""
    # MATCH takes these for patterns.
    plain = substituted(word, "*?~", "!")
    return f"(INT((MATCH({plain},{DAY_WORDS},0)-1)/{WORDS_PER_DAY})+1)"


def _day_text(cell: str) -> str:
    """The text in lower case with commas between its parts and a hyphen within a range."""
    text = substituted(f"LOWER({trimmed(half_width(cell))})", (".",), "")
    text = substituted(text, _DASHES, "-")
    text = substituted(text, (" to ",), "-")
    text = substituted(text, (";", "&", "+", " and "), ",")
    return f'SUBSTITUTE({text},CHAR(10),",")'


def _across(helpers: tuple[Helper, ...]) -> str:
    """The neighbouring helper cells in the row of the formula: ``Lists!$N1:$T1``."""
    return f"{helpers[0].here}:${helpers[-1].letter}1"


_TIMES = FIRST_HELPER + 2
START = _time_helpers("Start", _TIMES, is_end=False)
END = _time_helpers("End", _TIMES + 5, is_end=True)
_DAYS = _TIMES + 10
DAY = DayHelpers(
    Helper("day_text", _DAYS),
    tuple(Helper(f"day_part_{place + 1}", _DAYS + 1 + place) for place in range(MOST_PARTS)),
    tuple(Helper(f"day_mark_{day}", _DAYS + 1 + MOST_PARTS + day - 1) for day in range(1, DAYS_IN_WEEK + 1)),
)
CALLER_TEXT = Helper("caller_text", _DAYS + 1 + MOST_PARTS + DAYS_IN_WEEK)
AFTER_HOURS = CALLER_TEXT.column + 1
"""Index of the first column behind the helpers of Calling hours."""


def hours_expressions(hours: Grid) -> Iterator[tuple[Helper, str]]:
    """Every helper column of Calling hours with its expression."""
    yield KEY, trimmed(hours.cell("Calling hours"))
    yield ROW_STATUS, hours.cell(STATUS)
    yield from START.expressions(hours)
    yield from END.expressions(hours)
    yield from DAY.expressions(hours)
