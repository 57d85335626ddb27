"""The calling-hours sheet: validate its rows one by one and together, then group them by name.

A name is the same whatever its case. If a row can't be assigned to a name, the hours above it are invalid too:
otherwise a time window would be lost without anybody noticing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bulkload.columns import FREQUENCIES, HOURS_COLUMNS
from bulkload.model import CallingHours
from bulkload.rules.hours_lint import lint_columns
from bulkload.rules.hours_rules import hours_rules
from bulkload.rules.pandera_checks import check_frame, make_schema
from bulkload.rules.parse import parse
from bulkload.rules.typed_sheet import TypedSheet, filled, find_problems
from bulkload.rules.windows import NO_ROW, windows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bulkload.model import ApiVersion, Problem, Sheet
    from bulkload.rules.windows import Windows

ESSENTIAL = ("days", "start", "end")
"""Fields of which everybody who writes calling hours fills in one."""


@dataclass(frozen=True, slots=True)
class ValidatedHours:
    """The second sheet after validation."""

    problems: tuple[Problem, ...]
    names: Mapping[str, str]
    """Every name as first typed, by its folded key."""
    faulty: Mapping[str, tuple[int, ...]]
    """The Excel rows whose mistakes make a name unusable, by its folded key."""
    hours: Mapping[str, CallingHours]
    """The names without mistakes, by folded key."""
    longest_windows: Mapping[str, int]
    """Minutes of the longest single window of each name without mistakes; windows that touch count as two."""

    def longest_window(self, key: str) -> int:
        """Minutes in which calls may be made without a break, at most; windows that touch count as one."""
        blocks = [
            (block.day, block.start.hour * 60 + block.start.minute, block.end.hour * 60 + block.end.minute)
            for block in self.hours[key].blocks
        ]
        longest, begin = 0, blocks[0][1]
        for place, (_, start, end) in enumerate(blocks):
            # A new window begins unless this block starts on the same day at the minute the last one ended.
            if place and (blocks[place - 1][0], blocks[place - 1][2]) != (blocks[place][0], start):
                begin = start
            longest = max(longest, end - begin)
        return longest


def validate_hours(sheet: Sheet, version: ApiVersion) -> ValidatedHours:
    """Validate every row of the calling-hours sheet, and group the valid ones by name.

    Raises RuleBrokenError where a rule could not be applied.
    """
    columns = {column.field: parse(sheet, column, version) for column in HOURS_COLUMNS}
    typed = TypedSheet(sheet, columns, ESSENTIAL)
    frame = typed.frame()
    groups, different = pd.factorize(columns["name"].keys())
    keys: list[str] = different.tolist()
    windows = windows_of(frame, groups)
    compared = frame.assign(**_comparisons(typed, frame, groups, windows))
    rules = hours_rules(frame, typed.rows, version)
    found = find_problems(
        typed, compared, check_frame(compared, make_schema(typed.types(), rules, sheet.name), rules)
    )
    faulty = _faulty(typed.rows, groups, found.has_error, keys)
    first_rows = np.unique(compared["first row"].to_numpy())
    firsts = compared.iloc[first_rows[first_rows != NO_ROW]]
    hours = _grouped(compared, firsts, keys, windows, faulty)
    longest = dict(zip(keys, windows.longest(len(keys)).tolist(), strict=True))
    return ValidatedHours(
        problems=found.problems,
        names=dict(zip(keys, firsts["name"], strict=True)),
        faulty=faulty,
        hours=hours,
        longest_windows={key: longest[key] for key in hours},
    )


def _comparisons(
    typed: TypedSheet, frame: pd.DataFrame, groups: NDArray[np.intp], windows: Windows
) -> dict[str, Any]:
    """What the rules across rows compare; rows of the same name as numbers counted from 0, or NO_ROW."""
    is_named = groups >= 0
    has_zone = frame["timezone"].notna().to_numpy()
    has_frequency = frame["frequency"].isin(FREQUENCIES).to_numpy()
    overlap, day = windows.overlaps(len(frame))
    first = _first(groups, is_named)
    return {
        "first row": first,
        "zone given row": _first(groups, is_named & frame[filled("timezone")].to_numpy()),
        "zone row": _first(groups, is_named & has_zone),
        "frequency row": _first(groups, is_named & has_frequency),
        "overlap row": overlap,
        "overlap day": day,
        "is struck": typed.sheet.frame.index.isin(typed.sheet.struck_rows),
        **lint_columns(frame, groups, windows, first),
    }


def _first(groups: NDArray[np.intp], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each row, the first row of the same group that is wanted."""
    first = np.full(len(groups) + 1, NO_ROW, dtype=np.intp)  # the last place is that of no group, -1
    backwards = np.flatnonzero(wanted)[::-1]  # so that the first row of a group is written last
    first[groups[backwards]] = backwards
    return first[groups]


def _faulty(
    numbers: list[int], groups: NDArray[np.intp], has_error: NDArray[np.bool_], keys: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """The Excel rows with mistakes by name; a row without a name counts for the one above it."""
    # maximum.accumulate carries the last named row down to the rows without a name.
    above = np.maximum.accumulate(np.where(groups >= 0, np.arange(len(groups)), 0))
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(has_error & (groups[above] >= 0)).tolist():
        rows[keys[groups[above[row]]]].append(numbers[row])
    return {key: tuple(found) for key, found in rows.items()}


def _grouped(
    compared: pd.DataFrame,
    firsts: pd.DataFrame,
    keys: Sequence[str],
    windows: Windows,
    faulty: Mapping[str, tuple[int, ...]],
) -> dict[str, CallingHours]:
    """The calling hours of every name without mistakes, by its folded key; ``firsts``: each name's first row."""
    zones = compared["timezone"].to_numpy()[firsts["zone row"].to_numpy()]
    rows = zip(keys, firsts["name"], firsts["frequency"], zones, windows.blocks(len(keys)), strict=True)
    return {
        key: CallingHours(name, frequency, zone, blocks)
        for key, name, frequency, zone, blocks in rows
        if key not in faulty
    }
