"""Parse days of the week from a day, a list, a range or a word; Monday is 0."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok
from bulkload.rules.suggestions import Suggester
from bulkload.text import did_you_mean, half_width

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""As the API writes them (seeds, ``days[].day``)."""
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

# T and S are missing: each is the first letter of two days.
_LETTERS = {"m": 0, "w": 2, "f": 4}
_TWO_DAYS = {"t": (1, 3), "s": (5, 6)}
_OTHER_SPELLINGS = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_DAYS = (
    {code.lower(): day for day, code in enumerate(CODES)}
    | {name[:3].lower(): day for day, name in enumerate(NAMES)}
    | {name.lower(): day for day, name in enumerate(NAMES)}
    | {name.lower() + "s": day for day, name in enumerate(NAMES)}
    | _OTHER_SPELLINGS
    | _LETTERS
)
_WORKDAYS, _EVERY_DAY = (0, 1, 2, 3, 4), (0, 1, 2, 3, 4, 5, 6)
_GROUPS = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays", "working days"), _WORKDAYS),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
    **dict.fromkeys(("every day", "everyday", "daily", "all days"), _EVERY_DAY),
}
_SEPARATORS = re.compile(r"[,;&+\r\n]+|\s+and\s+", re.IGNORECASE)
_RANGE = re.compile(r"\s*[-‐‑‒–—―−﹘﹣－]\s*|\s+to\s+")  # noqa: RUF001  (any dash is what people type)
_JOINED = re.compile(r"(\S+) (?:through|thru|till|until|bis|a|à) (\S+)", re.IGNORECASE)
_LISTED = re.compile(r"(\S+?)(?: ?/ ?| )(\S+)")
_SUGGESTER = Suggester((*NAMES, "Weekdays", "Workdays", "Weekend", "Every day"), fixed_vocabulary=True)


def parse_days(cell: NonEmptyCell) -> ParsedCell:
    """A tuple of days, each once, Monday first; or the reason why the cell names none."""
    if isinstance(cell, date):
        day = NAMES[cell.weekday()]
        return invalid(messages.DATE_FOR_DAY, weekday=day, proposals=(day,))
    if not isinstance(cell, str):
        return invalid(messages.NOT_A_DAY, hint="")
    text = half_width(cell)
    days: list[int] = []
    for part in filter(None, (" ".join(part.split()) for part in _SEPARATORS.split(text))):
        parsed = _parse_part(part)
        if parsed.finding:
            # The cell may have several parts; a proposal is the whole cell with this part corrected.
            return parsed.proposing(lambda right: text.replace(part, right, 1))  # noqa: B023  (called at once)
        days += parsed.value
    twice = [day for day, times in Counter(days).items() if times > 1]
    if twice:
        return invalid(messages.DAY_TWICE, day=NAMES[min(twice)], proposals=(days_in_words(days),))
    return ok(tuple(sorted(days))) if days else invalid(messages.NOT_A_DAY, hint="")


def days_in_words(days: Iterable[int]) -> str:
    """``Mon-Fri`` for days in a row, also over the weekend; ``Mon, Wed`` for others."""
    different = sorted(set(days))
    starts = [day for day in different if (day - 1) % 7 not in different]
    if len(starts) == 1 and len(different) > 2:
        first = starts[0]
        return f"{NAMES[first][:3]}-{NAMES[(first + len(different) - 1) % 7][:3]}"
    return "Mon-Sun" if len(different) == 7 else ", ".join(NAMES[day][:3] for day in different)


def _parse_part(part: str) -> ParsedCell:
    word = part.lower()
    if word in _GROUPS:
        return ok(_GROUPS[word])
    ends = [end.removesuffix(".") for end in _RANGE.split(word)]
    # M-T may end on Tuesday or Thursday, so one such letter is enough to refuse the range.
    if len(ends) <= 2 and (letter := next((end for end in ends if end in _TWO_DAYS), None)):
        return _refuse_letter(part, letter)
    match [_DAYS.get(end) for end in ends]:
        case [int(day)]:
            return ok((day,))
        case [int(first), int(last)] if first == last:
            return invalid(messages.SAME_DAY_RANGE, day=NAMES[first], proposals=(NAMES[first], "Every day"))
        case [int(first), int(last)]:
            # Modulo 7, because Fri-Mon runs over the weekend.
            return ok(tuple((first + step) % 7 for step in range((last - first) % 7 + 1)))
        case _:
            return _refuse(part)


def _refuse_letter(part: str, letter: str) -> ParsedCell:
    first, second = (NAMES[day] for day in _TWO_DAYS[letter])
    whole = re.compile(rf"\b{letter}\b", re.IGNORECASE)
    proposals = tuple(whole.sub(name[:3], part, count=1) for name in (first, second))
    return invalid(
        messages.AMBIGUOUS_DAY, letter=letter.upper(), first=first, second=second, proposals=proposals
    )


def _refuse(part: str) -> ParsedCell:
    name = _joined(part, _JOINED, "-") or _joined(part, _LISTED, ", ") or _SUGGESTER.suggest(part)
    return invalid(messages.NOT_A_DAY, hint=did_you_mean(name), proposals=(name,) if name else ())


def _joined(part: str, pattern: re.Pattern[str], sign: str) -> str | None:
    """Two days as a range or a list, where a word or sign joins them that may mean either."""
    found = pattern.fullmatch(part)
    if not found or not all(end.lower().removesuffix(".") in _DAYS for end in found.groups()):
        return None
    return f"{found[1]}{sign}{found[2]}"
