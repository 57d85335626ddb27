"""Days of the week, read from a day, a list, a range or a word; Monday is 0."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from bulkload.rules.messages import hours as words
from bulkload.rules.parsed_cell import bad, good
from bulkload.rules.suggestions import Suggester

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As the API writes them (seeds, ``days[].day``)."""
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_OTHER_SPELLINGS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAYS = (
    {code.lower(): day for day, code in enumerate(CODES)}
    | {name[:3].lower(): day for day, name in enumerate(NAMES)}
    | {name.lower(): day for day, name in enumerate(NAMES)}
    | {name.lower() + "s": day for day, name in enumerate(NAMES)}
    | _OTHER_SPELLINGS
)
_GROUPS = {
    "weekday": (0, 1, 2, 3, 4),
    "weekdays": (0, 1, 2, 3, 4),
    "weekend": (5, 6),
    "weekends": (5, 6),
    "every day": (0, 1, 2, 3, 4, 5, 6),
    "everyday": (0, 1, 2, 3, 4, 5, 6),
}
_SEPARATORS = re.compile(r"[,;\r\n]+")
_DASHES = re.compile(r"\s*[-‐‑‒–—―−﹘﹣－]\s*")  # noqa: RUF001  (any dash is what people type)
_JOINED = re.compile(r"(\S+) (?:to|through|thru|till|until|bis|a|à) (\S+)", re.IGNORECASE)
_NEAR = Suggester((*NAMES, "Weekdays", "Weekend", "Every day"), are_given=True)


def read_days(cell: NonEmptyCell) -> Reading:
    """A tuple of days, each once, Monday first; or the reason why the cell names none."""
    if not isinstance(cell, str):
        return bad(words.DAY_UNKNOWN, hint="")
    days: list[int] = []
    for part in filter(None, (" ".join(part.split()) for part in _SEPARATORS.split(cell))):
        reading = _read_part(part)
        if reading.finding:
            return reading
        days += reading.value
    twice = [day for day, times in Counter(days).items() if times > 1]
    if twice:
        return bad(words.DAY_TWICE, day=NAMES[min(twice)])
    return good(tuple(sorted(days))) if days else bad(words.DAY_UNKNOWN, hint="")


def _read_part(part: str) -> Reading:
    word = part.lower()
    if word in _GROUPS:
        return good(_GROUPS[word])
    ends = [_DAYS.get(end.removesuffix(".")) for end in _DASHES.split(word)]
    match ends:
        case [int(day)]:
            return good((day,))
        case [int(first), int(last)] if first == last:
            return bad(words.DAY_RANGE, day=NAMES[first])
        case [int(first), int(last)]:
            return good(tuple((first + step) % 7 for step in range((last - first) % 7 + 1)))
        case _:
            return bad(words.DAY_UNKNOWN, hint=_joined(part) or _NEAR.hint(part))


def _joined(part: str) -> str:
    """A question that offers the range, where two days are joined by a word."""
    found = _JOINED.fullmatch(part)
    if not found or not all(end.lower().removesuffix(".") in _DAYS for end in found.groups()):
        return ""
    return f' Did you mean "{found[1]}-{found[2]}"?'
