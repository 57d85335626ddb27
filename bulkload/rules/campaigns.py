"""The campaigns sheet: validate its rows one by one and together, and make campaigns of the valid ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, fields, replace
from itertools import starmap
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.model import Campaign, DialingMode
from bulkload.rules.campaign_rules import (
    SIMILAR,
    UNIQUE,
    campaign_rules,
    says_not_to_send,
    with_true_advice,
)
from bulkload.rules.cells import display_text
from bulkload.rules.column_rules import MODE, SUPPOSED_MODE, modes_of
from bulkload.rules.pandera_checks import check_frame, make_schema
from bulkload.rules.parse import objects, parse
from bulkload.rules.similar_names import similar_names
from bulkload.rules.suggestions import Suggester
from bulkload.rules.typed_sheet import SHOWN_ROWS, TypedSheet, filled, find_problems, row_reference
from bulkload.rules.windows import NO_ROW
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.model import ApiVersion, Problem, RowReference, Sheet
    from bulkload.rules.hours import ValidatedHours
    from bulkload.rules.parse import ParsedColumn

KEYED = (*UNIQUE, "description", "calling_hours")
"""Fields that are compared by their folded key."""
NOT_ALIKE = ("send", "name", "notes")
"""Fields in which rows that are alike may differ."""
ESSENTIAL = ("description", "dialing_mode", "contact_lists", "caller_id", "calling_hours")
"""Fields of which everybody who writes a campaign fills in one."""

_FIELDS = tuple(field.name for field in fields(Campaign))
_COLUMNS = {column.field: column for column in CAMPAIGN_COLUMNS}


@dataclass(frozen=True, slots=True)
class ValidatedCampaigns:
    """The first sheet after validation."""

    problems: tuple[Problem, ...]
    campaigns: tuple[Campaign, ...]
    """Only rows without errors."""
    names: Mapping[int, str]
    """By Excel row, the rows that are left out included."""
    left_out: Mapping[int, str]
    """The names of the rows with No in Send, by Excel row."""


def validate_campaigns(
    sheet: Sheet, hours: ValidatedHours, hours_sheet: str, version: ApiVersion
) -> ValidatedCampaigns:
    """Validate every row of the campaigns sheet; ``hours_sheet`` is the second sheet's name in the workbook.

    Raises RuleBrokenError where a rule could not be applied.
    """
    names = _names(sheet)
    left_out = {row: names[row] for row in _left_out(sheet, version)}
    dnc_lists = _dnc_lists(sheet, version)
    if left_out:  # before anything is compared: a row that is left out is neither wrong nor a namesake
        sheet = replace(sheet, frame=sheet.frame.drop(index=list(left_out)))
    typed = typed_campaigns(sheet, CAMPAIGN_COLUMNS, version)
    frame = typed.frame()
    compared = frame.assign(**_comparisons(typed, frame, dnc_lists))
    rules = campaign_rules(sheet, hours, hours_sheet, version)
    failures = check_frame(compared, make_schema(typed.types(), rules, sheet.name), rules)
    found = find_problems(typed, compared, failures)
    campaigns = _campaigns(typed, compared, ~found.has_error, hours)
    problems = with_true_advice(found.problems) if hours.faulty else found.problems
    return ValidatedCampaigns(problems, campaigns, names, left_out)


def typed_campaigns(sheet: Sheet, known: Sequence[Column], version: ApiVersion) -> TypedSheet:
    """The sheet's columns parsed; where a row's mode has no use for a value, neither it nor a default matters."""
    columns = {column.field: parse(sheet, column, version) for column in known}
    modes = pd.Series(_supposed_modes(columns[MODE]))
    for field, parsed in columns.items():
        used = modes_of(parsed.column.used, version)
        if used != frozenset(DialingMode):
            idle = modes.isin(frozenset(DialingMode) - used).to_numpy() | (not used)
            columns[field] = replace(parsed, not_applicable=idle)
    return TypedSheet(sheet, columns, ESSENTIAL)


def _supposed_modes(column: ParsedColumn) -> NDArray[np.object_]:
    """Each row's mode. A mistyped one counts as the mode it is close to, so that all problems show at once."""
    suggester = Suggester(DialingMode, fixed_vocabulary=True)
    values = (cell.value for cell in column.parsed)
    different = [value and (suggester.suggest(value) or value) for value in values]
    return objects(different)[column.codes]


def _names(sheet: Sheet) -> dict[int, str]:
    """The name in every row as Excel shows it, by Excel row."""
    cells = sheet.frame.get(_COLUMNS["name"].heading, [None] * len(sheet.frame))
    return {row: display_text(cell) for row, cell in zip(sheet.frame.index.tolist(), cells, strict=True)}


def _left_out(sheet: Sheet, version: ApiVersion) -> list[int]:
    """The Excel rows with No in Send."""
    is_no = parse(sheet, _COLUMNS["send"], version).values() == "No"
    rows: list[int] = sheet.frame.index[is_no].tolist()
    return rows


def _dnc_lists(sheet: Sheet, version: ApiVersion) -> dict[str, RowReference]:
    """The first cell of every name in the DNC column, by folded key; rows that are left out count too."""
    column = _COLUMNS["dnc_list"]
    keys = parse(sheet, column, version).keys()
    letter = sheet.letters.get(column.heading)
    # np.unique can't compare None with texts, so every key becomes a text first.
    _, firsts = np.unique(keys.astype(str), return_index=True)
    numbers = sheet.frame.index
    return {
        keys[row]: row_reference([int(numbers[row])], 1, column=letter)
        for row in firsts.tolist()
        if keys[row] is not None
    }


def _comparisons(
    typed: TypedSheet, frame: pd.DataFrame, dnc_lists: Mapping[str, RowReference]
) -> dict[str, Any]:
    """What the rules across columns and rows compare: folded keys, and where else the same is."""
    keys = {f"{field} key": pd.Series(typed.columns[field].keys(), dtype=object) for field in KEYED}
    others = {
        f"{field} others": _others(keys[f"{field} key"], typed.letter(field), typed.rows) for field in UNIQUE
    }
    similar = {
        f"{field} similar": similar_names(typed.columns[field], typed.rows, typed.letter(field))
        for field in SIMILAR
    }
    return {
        **keys,
        **others,
        **similar,
        "alike row": _alike(typed.columns, frame, keys),
        "dnc among contacts": _dnc_among_contacts(typed.columns["contact_lists"], dnc_lists),
        "is struck": typed.sheet.frame.index.isin(typed.sheet.struck_rows),
        "notes say no": _notes_say_no(typed.columns["notes"]),
        SUPPOSED_MODE: _supposed_modes(typed.columns[MODE]),
    }


def _notes_say_no(column: ParsedColumn) -> NDArray[np.bool_]:
    return np.array([says_not_to_send(cell) for cell in column.cells], dtype=bool)[column.codes]


def _dnc_among_contacts(column: ParsedColumn, dnc_lists: Mapping[str, RowReference]) -> NDArray[np.object_]:
    """For each row, the first contact list that is a DNC list too and where it is one; None where there is none."""
    different = []
    for cell in column.parsed:
        found = (name for name in cell.value or () if name_key(name) in dnc_lists)
        name = next(found, None)
        different.append(None if name is None else (name, dnc_lists[name_key(name)]))
    return objects(different)[column.codes]


def _others(keys: pd.Series[Any], letter: str | None, numbers: Sequence[int]) -> pd.Series[Any]:
    """For each row whose key another row has too, the cells of the others; None elsewhere."""
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
            others[row] = row_reference([numbers[other] for other in named], len(same) - 1, column=letter)
    return pd.Series(others, dtype=object)


def _alike(
    columns: Mapping[str, ParsedColumn], frame: pd.DataFrame, keys: Mapping[str, pd.Series[Any]]
) -> NDArray[np.intp]:
    """For each row, the first row above that is alike except for the name; NO_ROW where there is none.

    The case and the spaces of names make no difference. Rows of the same name have another problem already, and
    unreadable values can't be compared.
    """
    names = keys["name key"].to_numpy()

    def contents_of(field: str) -> NDArray[np.object_]:
        if f"{field} key" in keys:
            return keys[f"{field} key"].to_numpy(dtype=object)
        if columns[field].column.kind.folds_case:
            return columns[field].keys()
        return frame[field].to_numpy(dtype=object)

    fields = [field for field in columns if field not in NOT_ALIKE]
    unreadable = np.zeros(len(frame), dtype=bool)
    for field in fields:
        unreadable |= (frame[filled(field)] & frame[field].isna()).to_numpy()
    alike = np.full(len(frame), NO_ROW, dtype=np.intp)
    # Rows that are alike have the same description, and few rows share theirs with another one.
    rows = np.flatnonzero(keys["description key"].duplicated(keep=False).to_numpy() & ~unreadable)
    first: dict[tuple[object, ...], int] = {}
    contents = zip(*(contents_of(field)[rows] for field in fields), strict=True)
    for row, content in zip(rows.tolist(), contents, strict=True):
        above = first.setdefault(content, row)
        alike[row] = above if names[above] != names[row] else NO_ROW
    return alike


def _campaigns(
    typed: TypedSheet, compared: pd.DataFrame, is_valid: NDArray[np.bool_], hours: ValidatedHours
) -> tuple[Campaign, ...]:
    """The rows without errors, in the order of the sheet."""
    values: dict[str, list[Any]] = {
        field: [
            None if value is pd.NA else value for value in compared[field].to_numpy(dtype=object)[is_valid]
        ]
        for field, parsed in typed.columns.items()
        if parsed.column.kind.is_judged
    }
    modes = {mode: DialingMode(mode) for mode in set(values[MODE])}
    values[MODE] = [modes[mode] for mode in values[MODE]]
    keys = compared["calling_hours key"].to_numpy()[is_valid]
    values["calling_hours"] = [hours.hours[key] for key in keys]
    values["row"] = np.array(typed.rows)[is_valid].tolist()
    if missing := set(_FIELDS) - values.keys():
        raise AssertionError(f"no column fills in {sorted(missing)}")
    return tuple(starmap(Campaign, zip(*(values[field] for field in _FIELDS), strict=True)))
