"""The rules of the calling-hours sheet: every column's own, and those across columns and rows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd

from bulkload.columns import (
    DOCUMENTED_FREQUENCY,
    EARLIEST,
    FREQUENCIES,
    HOURS_COLUMNS,
    LATEST,
)
from bulkload.model import RowReference
from bulkload.rules.cells import clock
from bulkload.rules.column_rules import rules_of
from bulkload.rules.kinds.days import NAMES
from bulkload.rules.messages import hours as words
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.tables import given
from bulkload.rules.windows import NO_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulkload.model import ApiVersion
    from bulkload.rules.column_rules import Answer


def hours_rules(frame: pd.DataFrame, numbers: Sequence[int], version: ApiVersion) -> tuple[Rule, ...]:
    """All rules; ``numbers`` are the Excel rows of the frame's rows, for messages that point to another row."""
    own = (rule for column in HOURS_COLUMNS for rule in rules_of(column, version))
    return (*own, *_windows(numbers), *_one_for_each_name(frame, numbers), *_doubts())


def _windows(numbers: Sequence[int]) -> Iterator[Rule]:
    yield Rule(
        words.END_NOT_AFTER_START,
        "end",
        lambda rows: (rows["start"] < rows["end"]).fillna(value=True),
        lambda start, end: {"start": clock(start), "end": clock(end)},
        ("start", "end"),
        on_frame=True,
    )
    yield Rule(
        words.OVERLAP,
        "start",
        lambda rows: rows["overlap row"] == NO_ROW,
        lambda start, end, other, day: {
            "start": clock(start),
            "end": clock(end),
            "other": RowReference((numbers[other],)),
            "day": NAMES[day],
        },
        ("start", "end", "overlap row", "overlap day"),
        on_frame=True,
    )


def _one_for_each_name(frame: pd.DataFrame, numbers: Sequence[int]) -> Iterator[Rule]:
    zones, frequencies = frame["timezone"].to_numpy(), frame["frequency"].to_numpy()
    yield Rule(
        words.NO_ZONE,
        "timezone",
        lambda rows: (rows["zone given row"] != NO_ROW) | (rows["first row"] != rows.index),
        lambda name: {"name": name},
        ("name",),
        on_frame=True,
    )
    yield Rule(
        words.TWO_ZONES,
        "timezone",
        lambda rows: rows["timezone"].isna() | _like_first(rows, "timezone", "zone row"),
        lambda name, first: {"name": name, "other": zones[first], "row": RowReference((numbers[first],))},
        ("name", "zone row"),
        on_frame=True,
    )
    yield Rule(
        words.TWO_FREQUENCIES,
        "frequency",
        lambda rows: ~rows["frequency"].isin(FREQUENCIES) | _like_first(rows, "frequency", "frequency row"),
        lambda name, here, filled, first: {
            "name": name,
            "here": here,
            "empty": "" if filled else " (an empty cell means that)",
            "other": frequencies[first],
            "row": RowReference((numbers[first],)),
        },
        ("name", "frequency", given("frequency"), "frequency row"),
        on_frame=True,
    )


def _like_first(rows: pd.DataFrame, field: str, first: str) -> Answer:
    """Whether each row's value is that of its name's first row that has one."""
    values, at = rows[field].to_numpy(), rows[first].to_numpy()
    return pd.Series((at == NO_ROW) | (values[at] == values), index=rows.index)


def _doubts() -> Iterator[Rule]:
    """What is shown and stops nothing; a name's undocumented frequency is said once."""

    def undocumented(rows: pd.DataFrame) -> Answer:
        doubtful = rows["frequency"].isin(FREQUENCIES) & (rows["frequency"] != DOCUMENTED_FREQUENCY)
        return ~doubtful | rows["first row"].where(doubtful).duplicated()

    yield Rule(words.FREQUENCY_UNDOCUMENTED, "frequency", undocumented, on_frame=True)
    for field in ("start", "end"):
        yield Rule(
            words.UNUSUAL_HOURS,
            field,
            partial(_usual, field=field),
            lambda start, end: {"start": clock(start), "end": clock(end)},
            ("start", "end"),
            on_frame=True,
        )


def _usual(rows: pd.DataFrame, field: str) -> Answer:
    """Whether a row has no early start, or no late end; one that has both is told of its start alone."""
    right = (rows["start"] < rows["end"]).fillna(value=False)
    early = (rows["start"] < EARLIEST).fillna(value=False)
    return ~(right & (early if field == "start" else ~early & (rows["end"] > LATEST)))
