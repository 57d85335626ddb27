"""Values of a column in a form in which equal ones are equal, and in a form for people.

The service and people write one value in several ways: a number as text, days in any order, touching windows,
a phone number with separators, an old name of a time zone. None of these is a difference.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from bulkload.columns import CallerId, Choice, Detection, HoursName, ListedName, ListedNames, Text
from bulkload.model import CallingHours
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Mapping
    from datetime import time

    from bulkload.columns import Column

DAY_NAMES = {"MO": "Mon", "TU": "Tue", "WE": "Wed", "TH": "Thu", "FR": "Fri", "SA": "Sat", "SU": "Sun"}
"""The API's days, Monday first, as people write them."""
SHORTEST_CUT = 30
"""Bytes that a name has at least where a service cut it; cuts at 48 bytes are known."""
_DAY_MINUTES = 24 * 60
_SEPARATORS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]+")


def equality_key(column: Column, value: Any) -> Hashable:
    """Equal for two values of the column that mean the same; None for None."""
    return None if value is None else _EQUALITY.get(type(column.kind), str)(value)


def wide_key(column: Column, value: Any) -> Hashable:
    """As ``equality_key``, but texts count by their letters and digits alone."""
    match value:
        case str():
            return letters_and_digits(value)
        case tuple():
            return frozenset(letters_and_digits(name) for name in value)
        case _:
            return equality_key(column, value)


def names_match_widely(sent: str, shown: str) -> bool:
    """Whether a service may have stored the name ``sent`` as ``shown``.

    Services escape, compose, cut or drop characters. So letters and digits count, with accents or without the
    characters that have them, and a long beginning counts as the whole.
    """
    for key in (letters_and_digits, _ascii_letters_and_digits):
        first, second = key(sent), key(shown)
        if first and first == second:
            return True
        if len(shown.encode()) >= SHORTEST_CUT and second and first.startswith(second):
            return True
    return name_key(sent) == name_key(shown)


def letters_and_digits(text: str) -> str:
    """Letters without accents and digits, in lower case; the folded text itself where it has none of them."""
    decomposed = unicodedata.normalize("NFKD", html.unescape(text)).casefold()
    return "".join(filter(str.isalnum, decomposed)) or name_key(text)


def _ascii_letters_and_digits(text: str) -> str:
    composed = unicodedata.normalize("NFC", html.unescape(text)).casefold()
    return "".join(character for character in composed if character.isascii() and character.isalnum())


def zone_key(name: str) -> str:
    """The same for two names of one time zone, as the database links them (US/Eastern, America/New_York)."""
    key = name.strip().casefold()
    return _zone_links().get(key, key)


def hours_key(hours: CallingHours) -> Hashable:
    """The same for two calling hours in which calls are made at the same times."""
    windows = frozenset((day, *window) for day in DAY_NAMES for window in _windows(hours, day))
    return hours.frequency.strip().upper(), zone_key(hours.timezone), windows


def phone_key(caller_id: str) -> str:
    """A phone number without separators; an address (``sip:...``) in lower case."""
    text = caller_id.strip().casefold()
    return text if "@" in text or text.startswith("sip:") else _SEPARATORS.sub("", text)


def display(value: Any) -> str:
    """A value as people read it."""
    match value:
        case CallingHours():
            return describe_hours(value)
        case tuple():
            return "; ".join(map(str, value))
        case _:
            return str(value)


def describe_hours(hours: CallingHours) -> str:
    """``Mon-Fri 9:00 AM-6:00 PM, Sat 10:00 AM-2:00 PM (America/New_York)``."""
    frequency = "" if hours.frequency.upper() == "WEEKLY" else f"{hours.frequency} "
    return f"{frequency}{', '.join(_groups(hours))} ({hours.timezone})"


def _groups(hours: CallingHours) -> Iterator[str]:
    """Neighbouring days with equal windows, shown once."""
    days = [(name, tuple(_windows(hours, day))) for day, name in DAY_NAMES.items()]
    while days:
        first, windows = days[0]
        alike = next((at for at, (_, other) in enumerate(days) if other != windows), len(days))
        last = days[alike - 1][0]
        if windows:
            label = first if alike == 1 else f"{first}-{last}"
            yield f"{label} {' and '.join(f'{_clock(start)}-{_clock(end)}' for start, end in windows)}"
        days = days[alike:]


def _windows(hours: CallingHours, day: str) -> list[tuple[int, int]]:
    """The windows of a day in minutes since midnight, touching and overlapping ones merged."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((_minutes(b.start), _end_minutes(b.end)) for b in hours.blocks if b.day == day):
        # 9-12 and 12-18 are the same hours as 9-18.
        touches = merged and start <= merged[-1][1]
        first, last = merged.pop() if touches else (start, end)
        merged.append((first, max(last, end)))
    return merged


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _end_minutes(moment: time) -> int:
    # 11:59 PM is how the API writes the day's end.
    minutes = _minutes(moment)
    return _DAY_MINUTES if minutes == _DAY_MINUTES - 1 else minutes


def _clock(minutes: int) -> str:
    if minutes == _DAY_MINUTES:
        return "midnight"
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{minute:02d} {'AM' if hour < 12 else 'PM'}"


def _one_line(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@cache
def _zone_links() -> Mapping[str, str]:
    """Old names of time zones, folded, to the one that the database keeps (tzdata's links)."""
    text = resources.files("tzdata.zoneinfo").joinpath("tzdata.zi").read_text(encoding="utf-8")
    links = {
        words[2].casefold(): words[1].casefold()
        for line in text.splitlines()
        if line.startswith("L ") and len(words := line.split()) == 3
    }
    return {name: _end_of(name, links) for name in links}


def _end_of(name: str, links: Mapping[str, str]) -> str:
    while name in links:
        name = links[name]
    return name


_EQUALITY: Mapping[type, Callable[[Any], Hashable]] = {
    # The case of a campaign's own name counts: correcting it is a change that a person made.
    Text: _one_line,
    ListedName: name_key,
    ListedNames: lambda names: frozenset(map(name_key, names)),
    Choice: lambda word: str(word).casefold(),
    Detection: lambda word: str(word).casefold(),
    CallerId: phone_key,
    HoursName: hours_key,
}
"""How values of each kind of column are compared; whole numbers as they are written."""
