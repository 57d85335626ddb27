"""The calling-hours sheet: its rows judged one by one and beside each other, then gathered by name.

A name is the same whatever its case. A row whose name is missing or can't be read may belong to the name above
it, so its mistakes hold that name back: hours that lack a window nobody meant to drop must not be sent.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bulkload.columns import FREQUENCIES, HOURS_COLUMNS
from bulkload.model import CallingHours
from bulkload.rules.hours_rules import hours_rules
from bulkload.rules.pandera_checks import judge_frame, schema
from bulkload.rules.parse import parse
from bulkload.rules.tables import Table, find, given
from bulkload.rules.windows import NO_ROW, windows_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bulkload.model import ApiVersion, Problem, Sheet
    from bulkload.rules.windows import Windows


@dataclass(frozen=True, slots=True)
class HoursSheet:
    """The second sheet, judged."""

    problems: tuple[Problem, ...]
    names: Mapping[str, str]
    """Every name as first typed, by its folded key."""
    faulty: Mapping[str, tuple[int, ...]]
    """The Excel rows whose mistakes hold a name back, by its folded key."""
    hours: Mapping[str, CallingHours]
    """The names without mistakes, by folded key."""


def judge_hours(sheet: Sheet, version: ApiVersion) -> HoursSheet:
    """Every row of the calling-hours sheet judged, and the good ones gathered by name.

    Raises RuleBrokenError where a rule could not be applied.
    """
    table = Table(sheet, {column.field: parse(sheet, column, version) for column in HOURS_COLUMNS})
    frame = table.frame()
    groups, different = pd.factorize(table.columns["name"].keys())
    keys: list[str] = different.tolist()
    windows = windows_of(frame, groups)
    judged = frame.assign(**_beside(frame, groups, windows))
    rules = hours_rules(frame, table.rows, version)
    types = table.types() | dict.fromkeys(judged.columns.difference(frame.columns), "int64")
    found = find(table, judged, judge_frame(judged, schema(types, rules, sheet.name), rules))
    faulty = _faulty(table.rows, groups, found.faulty, keys)
    first_rows = np.unique(judged["first row"].to_numpy())
    firsts = judged.iloc[first_rows[first_rows != NO_ROW]]
    return HoursSheet(
        problems=found.problems,
        names=dict(zip(keys, firsts["name"], strict=True)),
        faulty=faulty,
        hours=_gathered(judged, firsts, keys, windows, faulty),
    )


def _beside(frame: pd.DataFrame, groups: NDArray[np.intp], windows: Windows) -> dict[str, NDArray[np.intp]]:
    """What the other rows of a row's name say, as row numbers counted from 0, or NO_ROW."""
    named = groups >= 0
    zone = frame["timezone"].notna().to_numpy()
    frequency = frame["frequency"].isin(FREQUENCIES).to_numpy()
    overlap, day = windows.overlaps(len(frame))
    return {
        "first row": _first(groups, named),
        "zone given row": _first(groups, named & frame[given("timezone")].to_numpy()),
        "zone row": _first(groups, named & zone),
        "frequency row": _first(groups, named & frequency),
        "overlap row": overlap,
        "overlap day": day,
    }


def _first(groups: NDArray[np.intp], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    """For each row, the first row of the same group that is wanted."""
    first = np.full(len(groups) + 1, NO_ROW, dtype=np.intp)  # the last place is that of no group, -1
    backwards = np.flatnonzero(wanted)[::-1]  # so that the first row of a group is written last
    first[groups[backwards]] = backwards
    return first[groups]


def _faulty(
    numbers: list[int], groups: NDArray[np.intp], faulty: NDArray[np.bool_], keys: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """The Excel rows with mistakes by name; a row without a name counts for the one above it."""
    above = np.maximum.accumulate(np.where(groups >= 0, np.arange(len(groups)), 0))
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(faulty & (groups[above] >= 0)).tolist():
        rows[keys[groups[above[row]]]].append(numbers[row])
    return {key: tuple(found) for key, found in rows.items()}


def _gathered(
    judged: pd.DataFrame,
    firsts: pd.DataFrame,
    keys: Sequence[str],
    windows: Windows,
    faulty: Mapping[str, tuple[int, ...]],
) -> dict[str, CallingHours]:
    """The calling hours of every name without mistakes, by its folded key; ``firsts``: each name's first row."""
    zones = judged["timezone"].to_numpy()[firsts["zone row"].to_numpy()]
    rows = zip(keys, firsts["name"], firsts["frequency"], zones, windows.blocks(len(keys)), strict=True)
    return {
        key: CallingHours(name, frequency, zone, blocks)
        for key, name, frequency, zone, blocks in rows
        if key not in faulty
    }
