"""The rules of the campaigns sheet: those of every column, and those across columns and rows."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bulkload.columns import CAMPAIGN_COLUMNS, EXAMPLE_CAMPAIGNS
from bulkload.model import RowReference
from bulkload.rules.column_rules import rules_of
from bulkload.rules.kinds.times import DAY
from bulkload.rules.messages import rows as messages
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.suggestions import Suggester
from bulkload.rules.typed_sheet import filled, row_reference
from bulkload.rules.windows import NO_ROW
from bulkload.text import did_you_mean, name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulkload.messages import Message
    from bulkload.model import ApiVersion, Problem, Sheet
    from bulkload.rules.column_rules import Answer
    from bulkload.rules.hours import ValidatedHours
    from bulkload.rules.similar_names import SimilarName

UNIQUE = {"name": messages.NAME_CLASH, "campaign_id": messages.ID_CLASH}
"""Fields whose value may be in one row only, whatever its case."""
SIMILAR = ("contact_lists", "dnc_list", "queue", "experience_flow")
"""Fields whose names are compared with each other for typing mistakes."""

_NOT_TO_SEND = re.compile(
    r"\b(?:do not|don\W?t|never|not to be) (?:send|call|dial|submit|use|start|load)\b"
    r"|\bnot (?:yet )?(?:approved|ready|final|confirmed)\b|\bon hold\b|\b(?:cancel+ed|obsolete)\b",
    re.IGNORECASE,
)
_EXAMPLES = frozenset(
    (name_key(example.name), name_key(example.description)) for example in EXAMPLE_CAMPAIGNS.values()
)


def campaign_rules(
    sheet: Sheet, hours: ValidatedHours, hours_sheet: str, version: ApiVersion
) -> tuple[Rule, ...]:
    """All rules for this sheet; ``hours_sheet`` is the name of the second one in the workbook."""
    of_columns = (
        rule
        for column in CAMPAIGN_COLUMNS
        for rule in rules_of(column, version, absent=column.heading not in sheet.letters)
    )
    return (
        *of_columns,
        *_whole_rows(),
        *_unique(),
        *_contact_lists(),
        *_calling_hours(hours, hours_sheet),
        *_warnings(hours, sheet.frame.index.tolist()),
    )


def says_not_to_send(note: object) -> bool:
    """Whether a note asks not to send its row."""
    return isinstance(note, str) and _NOT_TO_SEND.search(note) is not None


def _whole_rows() -> Iterator[Rule]:
    yield Rule(
        messages.ROW_STRUCK,
        "send",
        # People cross out what is not to be sent, and also what is done; only they can say which.
        lambda rows: ~rows["is struck"] | rows[filled("send")],
        on_frame=True,
        proposals=lambda: ("No", "Yes"),
    )
    yield Rule(messages.EXAMPLE_ROW, "name", _is_no_example, on_frame=True)


def _is_no_example(rows: pd.DataFrame) -> Answer:
    pairs = zip(rows["name key"], rows["description key"], strict=True)
    return pd.Series([pair not in _EXAMPLES for pair in pairs], index=rows.index, dtype=bool)


def _unique() -> Iterator[Rule]:
    for field, template in UNIQUE.items():
        yield Rule(
            template,
            field,
            partial(_is_unique, key=f"{field} key"),
            lambda others: {"others": others},
            (f"{field} others",),
            on_frame=True,
        )


def _is_unique(rows: pd.DataFrame, key: str) -> Answer:
    return rows[key].isna() | ~rows[key].duplicated(keep=False)


def _contact_lists() -> Iterator[Rule]:
    def without(names: Sequence[str], found: tuple[str, RowReference]) -> tuple[str, ...]:
        others = [name for name in names if name_key(name) != name_key(found[0])]
        return ("; ".join(others),) if others else ()

    yield Rule(
        messages.CONTACTS_ARE_DNC,
        "contact_lists",
        lambda rows: rows["dnc among contacts"].isna(),
        lambda _, found: {"name": found[0], "others": found[1]},
        ("contact_lists", "dnc among contacts"),
        on_frame=True,
        proposals=without,
    )


def _calling_hours(hours: ValidatedHours, sheet: str) -> Iterator[Rule]:
    suggester = Suggester(hours.names.values())

    def suggested(typed: str) -> tuple[str, ...]:
        name = suggester.suggest(typed)
        return () if name is None else (name,)

    yield Rule(
        messages.HOURS_UNKNOWN,
        "calling_hours",
        lambda rows: rows["calling_hours key"].isna() | rows["calling_hours key"].isin(hours.names),
        lambda typed: {"hint": did_you_mean(suggester.suggest(typed)), "sheet": sheet},
        ("calling_hours",),
        on_frame=True,
        proposals=suggested,
    )
    yield Rule(
        messages.HOURS_FAULTY,
        "calling_hours",
        lambda rows: ~rows["calling_hours key"].isin(hours.faulty),
        lambda key: {"sheet": sheet, **_rows(hours.faulty[key], sheet)},
        ("calling_hours key",),
        on_frame=True,
    )


def _rows(numbers: Sequence[int], sheet: str) -> Mapping[str, object]:
    noun = "rows" if len(numbers) > 1 else "row"
    rows = row_reference(numbers, len(numbers), sheet=sheet)
    return {"noun": noun, "rows": rows, "rest": "; this row itself is right"}


def with_true_advice(problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """The problems, where rows with other errors are not called right because only their hours have mistakes."""
    errors = Counter(problem.row for problem in problems if problem.is_error)
    return tuple(
        replace(problem, explanation=_without_praise(problem.explanation))
        if problem.explanation.template is messages.HOURS_FAULTY and errors[problem.row] > 1
        else problem
        for problem in problems
    )


def _without_praise(explanation: Message) -> Message:
    return explanation.template(**{**explanation.values, "rest": ""})  # noqa: PD011  (no frame)


def _warnings(hours: ValidatedHours, numbers: Sequence[int]) -> Iterator[Rule]:
    """What is shown and does not stop a row."""
    yield Rule(
        messages.DESCRIPTION_REPEATS,
        "description",
        lambda rows: rows["description key"].isna() | (rows["description key"] != rows["name key"]),
        on_frame=True,
    )
    yield Rule(
        messages.ROWS_ALIKE,
        "name",
        lambda rows: rows["alike row"] == NO_ROW,
        lambda other: {"other": RowReference((numbers[other],))},
        ("alike row",),
        on_frame=True,
    )
    for field in SIMILAR:
        yield _nearly_the_same(field)
    yield Rule(
        # Whoever typed Yes has decided, whatever the note says.
        messages.SAYS_NOT_TO_SEND,
        "notes",
        lambda rows: ~rows["notes say no"] | rows[filled("send")],
        on_frame=True,
    )
    yield Rule(
        messages.RETRY_TOO_LONG,
        "retry_period",
        partial(_retries_within, hours=hours),
        lambda key: {"window": hours.longest_window(key)},
        ("calling_hours key",),
        on_frame=True,
    )


def _nearly_the_same(field: str) -> Rule:
    similar = f"{field} similar"
    return Rule(
        messages.NEARLY_THE_SAME,
        field,
        lambda rows: rows[similar].isna(),
        lambda _, found: {"name": found.name, "near": found.near, "others": found.rows},
        (field, similar),
        on_frame=True,
        proposals=_respelled,
    )


def _respelled(names: str | tuple[str, ...], found: SimilarName) -> tuple[str, ...]:
    """The whole cell with the similar name in place of the typed one."""
    if isinstance(names, str):
        return (found.near,)
    return ("; ".join(found.near if name == found.name else name for name in names),)


def _retries_within(rows: pd.DataFrame, hours: ValidatedHours) -> Answer:
    """Whether a second call fits into the longest window; rows without usable hours are not compared."""
    keys = rows["calling_hours key"].to_numpy()
    retries = rows["retry_period"].to_numpy(dtype=float, na_value=0)
    single = np.array([hours.longest_windows.get(key, np.inf) for key in keys])
    fits = (retries <= single) | (retries > DAY)  # what is out of range has an error already
    # Windows that touch make a longer one. That is looked at only where it matters, because it costs a loop.
    for row in np.flatnonzero(~fits).tolist():
        fits[row] = retries[row] <= hours.longest_window(keys[row])
    return pd.Series(fits, index=rows.index)
