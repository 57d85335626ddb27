"""The rules of the campaigns sheet: every column's own, and those across columns and rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.model import RowReference
from bulkload.rules.column_rules import rules_of
from bulkload.rules.messages import rows as words
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.suggestions import Suggester
from bulkload.rules.windows import NO_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

    from bulkload.model import ApiVersion, Sheet
    from bulkload.rules.column_rules import Answer
    from bulkload.rules.hours import HoursSheet

UNIQUE = {"name": words.NAME_CLASH, "campaign_id": words.ID_CLASH}
"""Fields that must not stand in two rows, whatever their case."""
SHOWN_ROWS = 5
"""Places that a message names before it says how many more there are."""


def campaign_rules(
    sheet: Sheet, hours: HoursSheet, hours_sheet: str, version: ApiVersion
) -> tuple[Rule, ...]:
    """All rules for this sheet; ``hours_sheet`` is what the person calls the second one."""
    own = (
        rule
        for column in CAMPAIGN_COLUMNS
        for rule in rules_of(column, version, absent=column.heading not in sheet.letters)
    )
    return (*own, *_unique(), *_calling_hours(hours, hours_sheet), *_doubts(sheet.frame.index.tolist()))


def mention(
    rows: Sequence[int], total: int, *, column: str | None = None, sheet: str | None = None
) -> RowReference:
    """The first of these Excel rows, and how many more there are; ``rows`` may hold more than are named."""
    named = tuple(rows[:SHOWN_ROWS])
    return RowReference(named, column, total - len(named), sheet)


def _unique() -> Iterator[Rule]:
    for field, wording in UNIQUE.items():
        yield Rule(
            wording,
            field,
            partial(_stands_once, key=f"{field} key"),
            lambda others: {"others": others},
            (f"{field} others",),
            on_frame=True,
        )


def _stands_once(rows: pd.DataFrame, key: str) -> Answer:
    return rows[key].isna() | ~rows[key].duplicated(keep=False)


def _calling_hours(hours: HoursSheet, sheet: str) -> Iterator[Rule]:
    near = Suggester(hours.names.values())
    yield Rule(
        words.HOURS_UNKNOWN,
        "calling_hours",
        lambda rows: rows["calling_hours key"].isna() | rows["calling_hours key"].isin(hours.names),
        lambda typed: {"hint": near.hint(typed), "sheet": sheet},
        ("calling_hours",),
        on_frame=True,
    )
    yield Rule(
        words.HOURS_FAULTY,
        "calling_hours",
        lambda rows: ~rows["calling_hours key"].isin(hours.faulty),
        lambda key: {"sheet": sheet, **_rows(hours.faulty[key], sheet)},
        ("calling_hours key",),
        on_frame=True,
    )


def _rows(numbers: Sequence[int], sheet: str) -> Mapping[str, object]:
    noun = "rows" if len(numbers) > 1 else "row"
    return {"noun": noun, "rows": mention(numbers, len(numbers), sheet=sheet)}


def _doubts(numbers: Sequence[int]) -> Iterator[Rule]:
    """What is shown and stops nothing."""
    yield Rule(
        words.DESCRIPTION_REPEATS,
        "description",
        lambda rows: rows["description key"].isna() | (rows["description key"] != rows["name key"]),
        on_frame=True,
    )
    yield Rule(
        words.ROWS_ALIKE,
        "name",
        lambda rows: rows["alike row"] == NO_ROW,
        lambda other: {"other": RowReference((numbers[other],))},
        ("alike row",),
        on_frame=True,
    )
