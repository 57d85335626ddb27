"""Warn about calling hours that are valid but look like a mistake.

None of these needs a law: a name that says other hours than its rows, a forgotten weekday, a window of a few
minutes, two names with the same hours.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from bulkload.rules.cells import clock
from bulkload.rules.kinds.days import NAMES
from bulkload.rules.kinds.times import DAY, LAST_MINUTE
from bulkload.rules.messages import hours as messages
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.typed_sheet import filled, row_reference
from bulkload.rules.windows import NO_ROW
from bulkload.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from bulkload.rules.column_rules import Answer
    from bulkload.rules.windows import Windows

Blocks: TypeAlias = tuple[tuple[int, int, int], ...]
"""Day, start and end of each window of a name."""

SHORT = 15
"""Minutes below which a window is hardly meant."""
_LEAST_HOURS_OF_BARE_NUMBERS = 3
"""Hours between two numbers without am, pm or minutes from which they are read as times: Team 2-3 is a name."""

_TIME = r"(\d{1,2})(?:[:.h](\d\d))? ?(am|pm|a\.m\.|p\.m\.)?"
_TO = "(?:[-\u2010-\u2014\u2212]|to|until)"
_RANGE = re.compile(rf"(?<![\w:.-]){_TIME} ?{_TO} ?{_TIME}(?![\w:-])", re.ASCII | re.IGNORECASE)


def lint_columns(
    frame: pd.DataFrame, groups: NDArray[np.intp], windows: Windows, first: NDArray[np.intp]
) -> dict[str, Any]:
    """What the warnings look at, found once per name, at its first row. ``first``: that row, for each row."""
    said = np.full(len(frame), None, dtype=object)
    missing = np.full(len(frame), NO_ROW, dtype=np.intp)
    same: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    blocks_of = windows.by_name(int(groups.max(initial=NO_ROW)) + 1)
    names, zones, frequencies = (
        frame[field].to_numpy(dtype=object) for field in ("name", "timezone", "frequency")
    )
    is_sound = frequencies == frequencies[first]
    is_sound &= (zones == zones[first]) | ~frame[filled("timezone")].to_numpy()
    for group, head in _sound_groups(groups, windows, first, is_sound):
        blocks = blocks_of[group]
        said[head] = _contradicted_hours(names[head], blocks)
        missing[head] = _missing_weekday({day for day, _, _ in blocks})
        if zones[head] is not None:
            same[blocks, zones[head], frequencies[head]].append(head)
    return {
        "said hours": said,
        "missing weekday": missing,
        "same hours rows": _repeats(same.values(), len(frame)),
    }


def _repeats(same: Iterable[list[int]], rows: int) -> NDArray[np.object_]:
    """At the second of several names with the same hours the rows of all the others; None elsewhere."""
    repeats = np.full(rows, None, dtype=object)
    # One warning for each set of equal hours: ten thousand names would otherwise give as many.
    for first, second, *more in (heads for heads in same if len(heads) > 1):
        repeats[second] = (first, *more)
    return repeats


def _sound_groups(
    groups: NDArray[np.intp], windows: Windows, first: NDArray[np.intp], is_sound: NDArray[np.bool_]
) -> Iterator[tuple[int, int]]:
    """Number and first row of each name whose every row is sound and gives a window; others have errors already."""
    has_window = np.zeros(len(groups), dtype=bool)
    has_window[windows.rows] = True
    incomplete = set(groups[~(has_window & is_sound)].tolist())
    heads = np.flatnonzero(first == np.arange(len(groups)))
    for head, group in zip(heads.tolist(), groups[heads].tolist(), strict=True):
        if group not in incomplete:
            yield group, head


def _contradicted_hours(name: str, blocks: Blocks) -> str | None:
    """The hours in a name, as written there, where no block has them."""
    said = _said_hours(name)
    return said[0] if said and not _has_hours(blocks, *said[1:]) else None


def _said_hours(name: str) -> tuple[str, set[int], set[int]] | None:
    """The hours in a name as written, and what their start and end may mean in minutes; None without any."""
    found = _RANGE.search(name) if any(map(str.isdigit, name)) else None
    if found is None:
        return None
    start, end = found.groups()[:3], found.groups()[3:]
    starts, ends = _meanings(*start) - {DAY}, _meanings(*end)
    is_bare = not any((*start[1:], *end[1:]))
    if not starts or not ends:
        return None
    if is_bare and int(end[0]) - int(start[0]) < _LEAST_HOURS_OF_BARE_NUMBERS and int(start[0]) < int(end[0]):
        return None
    return found[0].strip(), starts, ends


def _meanings(hour: str, minute: str | None, half: str | None) -> set[int]:
    """Minutes since midnight that a time in a name may mean; 9 may be morning or evening."""
    hours, minutes = int(hour), int(minute or 0)
    if half:
        return (
            {hours % 12 * 60 + minutes + (DAY // 2 if half[0] in "pP" else 0)} if 1 <= hours <= 12 else set()
        )
    # Without am or pm, 9-6 is nine to eighteen as well as nine to six in the morning.
    if hours > 24 or minutes > 59:
        return set()
    both = {hours * 60 + minutes}
    return both | {hours * 60 + minutes + DAY // 2} if hours <= 12 else both


def _has_hours(blocks: Blocks, starts: set[int], ends: set[int]) -> bool:
    """Whether one window, or the first start and the last end of the week, is what the name says."""
    if not {0, DAY}.isdisjoint(ends):
        ends = ends | {LAST_MINUTE}
    pairs = {(start, end) for _, start, end in blocks}
    # "9-18" may name the whole day although a break divides it.
    pairs.add((min(start for start, _ in pairs), max(end for _, end in pairs)))
    return any(start in starts and end in ends for start, end in pairs)


def _missing_weekday(days: set[int]) -> int:
    """Tuesday, Wednesday or Thursday where it is the only weekday that is missing; NO_ROW otherwise."""
    missing = {0, 1, 2, 3, 4} - days
    # Without Monday or Friday a week is only shorter; a hole in the middle is rarely meant.
    return min(missing) if len(missing) == 1 and missing <= {1, 2, 3} else NO_ROW


def lint_rules(numbers: Sequence[int]) -> Iterator[Rule]:
    """The warnings as rules; ``numbers`` are the Excel rows."""
    yield Rule(
        messages.SHORT_WINDOW,
        "end",
        _is_long,
        lambda start, end: {
            "start": clock(start),
            "end": clock(end),
            "length": count_of(end - start, "minute"),
        },
        ("start", "end"),
        on_frame=True,
    )
    yield Rule(
        messages.NAME_SAYS_OTHERWISE,
        "name",
        lambda rows: rows["said hours"].isna(),
        lambda name, said: {"name": name, "said": said},
        ("name", "said hours"),
        on_frame=True,
    )
    yield Rule(
        messages.WEEKDAY_MISSING,
        "days",
        lambda rows: rows["missing weekday"] == NO_ROW,
        lambda name, day: {"name": name, "day": NAMES[day]},
        ("name", "missing weekday"),
        on_frame=True,
    )
    yield Rule(
        messages.SAME_HOURS,
        "name",
        lambda rows: rows["same hours rows"].isna(),
        lambda name, rows: {
            "name": name,
            "noun": "rows" if len(rows) > 1 else "row",
            "others": row_reference([numbers[row] for row in rows], len(rows)),
        },
        ("name", "same hours rows"),
        on_frame=True,
    )


def _is_long(rows: pd.DataFrame) -> Answer:
    minutes = (rows["end"] - rows["start"]).fillna(SHORT)
    return (minutes <= 0) | (minutes >= SHORT)
