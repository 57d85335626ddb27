"""Read the times of other systems: HHMM, ends that mean nothing, names that say hours."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import TYPE_CHECKING

from bulkload.converting import messages
from bulkload.converting.values import Value, as_text
from bulkload.rules.kinds.times import LAST_MINUTE, parse_time
from bulkload.text import half_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.converting.hours_book import Window
    from bulkload.model import Cell

EVERY_DAY = tuple(range(7))
_HHMM = re.compile(r"0|\d{3,4}", re.ASCII)
_FULL_DAY = 2400
_CLOCK = r"\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?"
_RANGE_IN_NAME = re.compile(rf"({_CLOCK})\s*(?:-|–|to)\s*({_CLOCK})", re.IGNORECASE)  # noqa: RUF001
_WHEN_NOT = re.compile(
    r"\b(?:do\s?not|don'?t|no|never|not)\s?(?:be\s)?(?:dial|call)|black\s?out|exclu|prohibit|forbid|dialing rule"
)


def says_when_not(heading: str) -> bool:
    """Whether a column's name says when not to call, as the dialing rules of Five9 do."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])|[_.\-]+", " ", heading).lower()
    return _WHEN_NOT.search(spaced) is not None


def from_hhmm(text: str, *, is_end: bool) -> Value:
    """900 is 9:00 AM, 2400 the day's end. One or two digits are refused, because 9 may be nine o'clock or 0:09."""
    digits = half_width(text)
    if ":" in digits:
        parsed = parse_time(digits, is_end=is_end)
        return Value(parsed.value) if parsed.value is not None else Value(why=messages.NOT_HHMM(value=text))
    number = int(digits) if _HHMM.fullmatch(digits) else -1
    hours, minutes = divmod(number, 100)
    if number == _FULL_DAY and is_end:
        return Value(LAST_MINUTE)
    if not 0 <= number < _FULL_DAY or minutes > 59:
        return Value(why=messages.NOT_HHMM(value=text))
    return Value(hours * 60 + minutes)


def is_zero(cell: Cell) -> bool:
    """Whether an end is 0, which means a default."""
    if isinstance(cell, time | timedelta):
        return cell in {time(0), timedelta(0)}
    return cell is not None and not isinstance(cell, bool) and as_text(cell).strip("0") in {"", ":"}


def is_same(first: Cell, last: Cell) -> bool:
    """Whether two ends are the same time, in whatever form each is typed."""
    if as_text(first) == as_text(last):
        return True
    both = []
    for cell in (first, last):
        text = as_text(cell)
        value = from_hhmm(text, is_end=False)
        if value.cell is None and isinstance(cell, str | time | timedelta):
            value = Value(parse_time(cell, is_end=False).value)
        both.append(value.cell)
    return both[0] is not None and both[0] == both[1]


def is_round_the_clock(windows: Sequence[Window]) -> bool:
    """Whether the windows leave out no minute of the week."""
    whole = [day for one in windows if (one.start, one.end) == (0, LAST_MINUTE) for day in one.days]
    return sorted(whole) == list(EVERY_DAY)


def range_in(name: str) -> tuple[int, int] | None:
    """The window that a name such as ``12pm-9pm`` says; None where it says none."""
    found = _RANGE_IN_NAME.search(name)
    if not found:
        return None
    start, end = parse_time(found[1], is_end=False).value, parse_time(found[2], is_end=True).value
    return (start, end) if start is not None and end is not None else None
