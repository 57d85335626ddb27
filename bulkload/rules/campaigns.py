"""The campaigns sheet: its rows judged one by one and beside each other, and the good ones as campaigns."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import starmap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bulkload.columns import (
    CAMPAIGN_COLUMNS,
    FreeText,
    HoursName,
    ListedName,
    ListedNames,
    Text,
)
from bulkload.model import Campaign, DialingMode
from bulkload.rules.campaign_rules import SHOWN_ROWS, UNIQUE, campaign_rules, mention
from bulkload.rules.cells import display_text
from bulkload.rules.column_rules import MODE, modes_of
from bulkload.rules.pandera_checks import judge_frame, schema
from bulkload.rules.parse import parse
from bulkload.rules.tables import Table, find, given
from bulkload.rules.windows import NO_ROW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.model import ApiVersion, Problem, RowReference, Sheet
    from bulkload.rules.hours import HoursSheet
    from bulkload.rules.parse import Parsed

KEYED = (*UNIQUE, "description", "calling_hours")
"""Fields that are compared by their folded key."""
NOT_ALIKE = ("name", "notes")
"""Fields in which rows that are alike may differ."""
_OF_ANY_CASE = (Text, HoursName, ListedName, ListedNames)
"""Kinds of texts that are alike by their folded key: at Kore.ai, Loans and LOANS are one list."""


@dataclass(frozen=True, slots=True)
class CampaignsSheet:
    """The first sheet, judged."""

    problems: tuple[Problem, ...]
    campaigns: tuple[Campaign, ...]
    """Rows without errors alone."""
    names: Mapping[int, str]
    """By Excel row, the rows that are left out included."""
    left_out: Mapping[int, str]
    """The names of the rows whose Send is No, by Excel row."""


def judge_campaigns(sheet: Sheet, hours: HoursSheet, hours_sheet: str, version: ApiVersion) -> CampaignsSheet:
    """Every row of the campaigns sheet judged; ``hours_sheet`` is what the person calls the second sheet.

    Raises RuleBrokenError where a rule could not be applied.
    """
    names = _names(sheet, version)
    left_out = {row: names[row] for row in _left_out(sheet, version)}
    if left_out:  # before anything is compared: a row that is left out is neither wrong nor a namesake
        sheet = replace(sheet, frame=sheet.frame.drop(index=list(left_out)))
    table = typed(sheet, CAMPAIGN_COLUMNS, version)
    frame = table.frame()
    judged = frame.assign(**_beside(table, frame))
    rules = campaign_rules(sheet, hours, hours_sheet, version)
    types = table.types() | {
        field: str(judged[field].dtype) for field in judged.columns.difference(frame.columns)
    }
    found = find(table, judged, judge_frame(judged, schema(types, rules, sheet.name), rules))
    return CampaignsSheet(
        problems=found.problems,
        campaigns=_campaigns(table, judged, ~found.faulty, hours),
        names=names,
        left_out=left_out,
    )


def _names(sheet: Sheet, version: ApiVersion) -> dict[int, str]:
    """The name in every row as the person sees it, by Excel row."""
    parsed = parse(sheet, _COLUMNS["name"], version)
    seen = [display_text(cell) for cell in parsed.cells]
    return dict(zip(sheet.frame.index.tolist(), (seen[code] for code in parsed.codes.tolist()), strict=True))


def _left_out(sheet: Sheet, version: ApiVersion) -> list[int]:
    """The Excel rows whose Send is No."""
    is_no = parse(sheet, _COLUMNS["send"], version).values() == "No"
    rows: list[int] = sheet.frame.index[is_no].tolist()
    return rows


def typed(sheet: Sheet, known: Sequence[Column], version: ApiVersion) -> Table:
    """The sheet's columns; where a row's mode has no use for a value, neither it nor a default matters."""
    columns = {column.field: parse(sheet, column, version) for column in known}
    modes = pd.Series(columns[MODE].values())
    for field, parsed in columns.items():
        used = modes_of(parsed.column.used, version)
        if used != frozenset(DialingMode):
            idle = modes.isin(frozenset(DialingMode) - used).to_numpy() | (not used)
            columns[field] = replace(parsed, not_applicable=idle)
    return Table(sheet, columns)


def _beside(table: Table, frame: pd.DataFrame) -> dict[str, pd.Series[Any] | NDArray[np.intp]]:
    """What the rules across rows compare: folded keys, and where else the same stands."""
    keys = {f"{field} key": pd.Series(table.columns[field].keys(), dtype=object) for field in KEYED}
    others = {
        f"{field} others": _others(keys[f"{field} key"], table.letter(field), table.rows) for field in UNIQUE
    }
    return {**keys, **others, "alike row": _alike(table.columns, frame, keys)}


def _others(keys: pd.Series[Any], letter: str | None, numbers: Sequence[int]) -> pd.Series[Any]:
    """For each row whose key another row has too, the cells of the others as a Mention; None elsewhere."""
    folded = keys.to_numpy(dtype=object)
    clashing = np.flatnonzero(keys.notna() & keys.duplicated(keep=False))
    rows: defaultdict[object, list[int]] = defaultdict(list)
    for row in clashing.tolist():
        rows[folded[row]].append(row)
    others: list[RowReference | None] = [None] * len(keys)
    for same in rows.values():
        for row in same:
            # Enough to name, and no more: 10,000 rows of one name would make 10,000 lists of 10,000.
            named = [other for other in same[: SHOWN_ROWS + 1] if other != row]
            others[row] = mention([numbers[other] for other in named], len(same) - 1, column=letter)
    return pd.Series(others, dtype=object)


def _alike(
    columns: Mapping[str, Parsed], frame: pd.DataFrame, keys: Mapping[str, pd.Series[Any]]
) -> NDArray[np.intp]:
    """For each row, the first row above that is like it but for the name; NO_ROW where there is none.

    The case and the spaces of names make no difference. Rows of the same name are told so already, and what
    can't be read can't be compared.
    """
    names = keys["name key"].to_numpy()

    def contents_of(field: str) -> NDArray[np.object_]:
        if f"{field} key" in keys:
            return keys[f"{field} key"].to_numpy(dtype=object)
        if isinstance(columns[field].column.kind, _OF_ANY_CASE):
            return columns[field].keys()
        return frame[field].to_numpy(dtype=object)

    fields = [field for field in columns if field not in NOT_ALIKE]
    unreadable = np.zeros(len(frame), dtype=bool)
    for field in fields:
        unreadable |= (frame[given(field)] & frame[field].isna()).to_numpy()
    alike = np.full(len(frame), NO_ROW, dtype=np.intp)
    # Rows that are alike have one description, and few rows share theirs with another one.
    rows = np.flatnonzero(keys["description key"].duplicated(keep=False).to_numpy() & ~unreadable)
    first: dict[tuple[object, ...], int] = {}
    contents = zip(*(contents_of(field)[rows] for field in fields), strict=True)
    for row, content in zip(rows.tolist(), contents, strict=True):
        above = first.setdefault(content, row)
        alike[row] = above if names[above] != names[row] else NO_ROW
    return alike


def _campaigns(
    table: Table, judged: pd.DataFrame, good: NDArray[np.bool_], hours: HoursSheet
) -> tuple[Campaign, ...]:
    """The rows without errors, in the order of the sheet."""
    values: dict[str, list[Any]] = {
        field: [None if value is pd.NA else value for value in judged[field].to_numpy(dtype=object)[good]]
        for field, parsed in table.columns.items()
        if not isinstance(parsed.column.kind, FreeText)
    }
    modes = {mode: DialingMode(mode) for mode in set(values[MODE])}
    values[MODE] = [modes[mode] for mode in values[MODE]]
    keys = judged["calling_hours key"].to_numpy()[good]
    values["calling_hours"] = [hours.hours[key] for key in keys]
    values["row"] = np.array(table.rows)[good].tolist()
    if missing := set(_FIELDS) - values.keys():
        raise AssertionError(f"no column fills in {sorted(missing)}")
    return tuple(starmap(Campaign, zip(*(values[field] for field in _FIELDS), strict=True)))


_FIELDS = tuple(field.name for field in fields(Campaign))
_COLUMNS = {column.field: column for column in CAMPAIGN_COLUMNS}
