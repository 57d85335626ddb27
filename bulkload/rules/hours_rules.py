"""The rules of the calling-hours sheet: those of every column, and those across columns and rows."""

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
from bulkload.rules.hours_lint import lint_rules
from bulkload.rules.kinds.days import NAMES, days_in_words
from bulkload.rules.messages import hours as messages
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.typed_sheet import filled
from bulkload.rules.windows import NO_ROW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulkload.model import ApiVersion
    from bulkload.rules.column_rules import Answer


def hours_rules(frame: pd.DataFrame, numbers: Sequence[int], version: ApiVersion) -> tuple[Rule, ...]:
    """All rules; ``numbers`` are the Excel rows of the frame's rows, for messages that point to another row."""
    own = (rule for column in HOURS_COLUMNS for rule in rules_of(column, version))
    return (
        *own,
        *_struck_rows(),
        *_windows(numbers),
        *_one_for_each_name(frame, numbers),
        *_warnings(),
        *lint_rules(numbers),
    )


def _struck_rows() -> Iterator[Rule]:
    yield Rule(messages.HOURS_ROW_STRUCK, "name", lambda rows: ~rows["is struck"], on_frame=True)


def _windows(numbers: Sequence[int]) -> Iterator[Rule]:
    yield Rule(
        messages.NOT_AFTER_START,
        "end",
        # Where the days are known, an end before its start is the next day's, and the other rule says how to type it.
        lambda rows: ~((rows["start"] >= rows["end"]).fillna(value=False) & ~_ends_next_day(rows)),
        lambda start, end: {"start": clock(start), "end": clock(end)},
        ("start", "end"),
        on_frame=True,
    )
    yield Rule(
        messages.ENDS_NEXT_DAY,
        "end",
        lambda rows: ~_ends_next_day(rows),
        lambda start, end, days: {
            "start": clock(start),
            "end": clock(end),
            "days": days_in_words(days),
            "next_days": days_in_words((day + 1) % 7 for day in days),
        },
        ("start", "end", "days"),
        on_frame=True,
    )
    yield Rule(
        messages.OVERLAP,
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


def _ends_next_day(rows: pd.DataFrame) -> Answer:
    return (rows["start"] > rows["end"]).fillna(value=False) & rows["days"].notna()


def _one_for_each_name(frame: pd.DataFrame, numbers: Sequence[int]) -> Iterator[Rule]:
    zones, frequencies = frame["timezone"].to_numpy(), frame["frequency"].to_numpy()
    yield Rule(
        messages.ZONE_MISSING,
        "timezone",
        lambda rows: (rows["zone given row"] != NO_ROW) | (rows["first row"] != rows.index),
        lambda name: {"name": name},
        ("name",),
        on_frame=True,
    )
    yield Rule(
        messages.TWO_ZONES,
        "timezone",
        # A zone that can't be read has its own error, and is not compared.
        lambda rows: rows["timezone"].isna() | _like_first(rows, "timezone", "zone row"),
        lambda name, first: {"name": name, "other": zones[first], "row": RowReference((numbers[first],))},
        ("name", "zone row"),
        on_frame=True,
        proposals=lambda _, first: (str(zones[first]),),
    )
    yield Rule(
        messages.TWO_FREQUENCIES,
        "frequency",
        lambda rows: ~rows["frequency"].isin(FREQUENCIES) | _like_first(rows, "frequency", "frequency row"),
        lambda name, here, filled, first: {
            "name": name,
            "here": here,
            "empty": "" if filled else " (an empty cell means that)",
            "other": frequencies[first],
            "row": RowReference((numbers[first],)),
        },
        ("name", "frequency", filled("frequency"), "frequency row"),
        on_frame=True,
        proposals=lambda _name, _here, _filled, first: (str(frequencies[first]),),
    )


def _like_first(rows: pd.DataFrame, field: str, first: str) -> Answer:
    """Whether each row's value is that of its name's first row that has one."""
    values, at = rows[field].to_numpy(), rows[first].to_numpy()
    return pd.Series((at == NO_ROW) | (values[at] == values), index=rows.index)


def _warnings() -> Iterator[Rule]:
    """What is shown and does not stop a row; a name's undocumented frequency is reported once."""

    def undocumented(rows: pd.DataFrame) -> Answer:
        is_other = rows["frequency"].isin(FREQUENCIES) & (rows["frequency"] != DOCUMENTED_FREQUENCY)
        return ~is_other | rows["first row"].where(is_other).duplicated()

    yield Rule(
        messages.FREQUENCY_UNDOCUMENTED,
        "frequency",
        undocumented,
        on_frame=True,
        proposals=lambda: (DOCUMENTED_FREQUENCY,),
    )
    for field in ("start", "end"):
        yield Rule(
            messages.UNUSUAL_HOURS,
            field,
            partial(_usual, field=field),
            lambda start, end: {"start": clock(start), "end": clock(end)},
            ("start", "end"),
            on_frame=True,
        )


def _usual(rows: pd.DataFrame, field: str) -> Answer:
    """Whether a row has no early start, or no late end; a row with both has only the problem of its start."""
    right = (rows["start"] < rows["end"]).fillna(value=False)
    early = (rows["start"] < EARLIEST).fillna(value=False)
    return ~(right & (early if field == "start" else ~early & (rows["end"] > LATEST)))
