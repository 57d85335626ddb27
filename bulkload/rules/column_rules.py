"""The rules that follow from a column's own description: its kind's limits, and for which rows it is needed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from bulkload.columns import (
    HOURS_SHEET,
    Choice,
    Detection,
    HoursName,
    ListedNames,
    Text,
    TimeZone,
    WholeNumber,
)
from bulkload.model import ApiVersion, DialingMode
from bulkload.rules.kinds.choices import either
from bulkload.rules.kinds.texts import length
from bulkload.rules.kinds.whole_numbers import limits
from bulkload.rules.messages import cells as cell_words
from bulkload.rules.messages import rows as row_words
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.suggestions import Suggester
from bulkload.rules.tables import given
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import pandas as pd

    from bulkload.columns import Cases, Column

Values: TypeAlias = "pd.Series[Any]"
Answer: TypeAlias = "pd.Series[bool]"
Details: TypeAlias = "Mapping[str, object]"

MODE = "dialing_mode"


def rules_of(column: Column, version: ApiVersion, *, absent: bool = False) -> Iterator[Rule]:
    """Every rule that the column's entry in ``workbook.columns`` implies; ``absent``: the sheet lacks the column."""
    match column.kind:
        case Text(longest):
            yield _at_most_long(column.field, longest)
        case WholeNumber(least, most):
            yield _within(column.field, least, most)
        case ListedNames(most):
            yield _at_most_many(column.field, most)
            yield _no_repetition(column.field)
            yield _no_list_in_a_name(column.field)
        case Choice(choices):
            yield _one_of(column.field, choices)
        case Detection() as kind:
            yield _one_of(column.field, kind.choices(version))
        case _:  # the parser has said all there is to say of one cell
            pass
    yield from _presence(column, version, absent=absent)


def modes_of(cases: Cases, version: ApiVersion) -> frozenset[DialingMode]:
    """The modes among these cases, in this version."""
    return frozenset(mode for case_version, mode in cases if case_version is version)


# --- one cell ------------------------------------------------------------------------------------------


def _at_most_long(field: str, longest: int) -> Rule:
    def test(texts: Values) -> Answer:
        # A name of calling hours stands in many rows: each different text is measured once.
        fine = {text: length(text) <= longest for text in set(texts)}
        return texts.map(fine.__getitem__)

    def details(text: str) -> Details:
        counting = "" if length(text) == len(text) else " (an emoji counts as two or more)"
        return {"count": length(text), "longest": longest, "counting": counting}

    return Rule(cell_words.TOO_LONG, field, test, details, (field,))


def _within(field: str, least: int, most: int | None) -> Rule:
    def test(numbers: Values) -> Answer:
        return numbers.between(least, float("inf") if most is None else most)

    return Rule(cell_words.OUT_OF_LIMITS, field, test, lambda: {"limits": limits(least, most)})


def _at_most_many(field: str, most: int) -> Rule:
    def test(names: Values) -> Answer:
        return names.map(len) <= most

    return Rule(
        cell_words.TOO_MANY_NAMES, field, test, lambda names: {"count": len(names), "most": most}, (field,)
    )


def _no_repetition(field: str) -> Rule:
    def test(names: Values) -> Answer:
        # Campaigns often share their lists: each different cell is looked at once.
        fine = {several: len(set(map(name_key, several))) == len(several) for several in set(names)}
        return names.map(fine.__getitem__)

    return Rule(cell_words.REPEATED_NAME, field, test, lambda names: {"name": _repeated(names)}, (field,))


def _no_list_in_a_name(field: str) -> Rule:
    """Names may hold commas; a part that is a name elsewhere, or parts that begin alike, look like several."""

    def test(names: Values) -> Answer:
        different = set(names)
        known = {name_key(name) for several in different for name in several}
        fine = {
            several: not any("," in name and _looks_like_several(name, known) for name in several)
            for several in different
        }
        return names.map(fine.__getitem__)

    return Rule(cell_words.COMMA_IN_NAME, field, test)


def _looks_like_several(name: str, known: AbstractSet[str]) -> bool:
    parts = list(filter(None, map(name_key, name.split(","))))
    beginnings = {part.split()[0] for part in parts}
    return len(parts) > 1 and (len(beginnings) < len(parts) or not known.isdisjoint(parts))


def _repeated(names: Sequence[str]) -> str | None:
    """The first name that stands there a second time, whatever its case."""
    counts = Counter(name_key(name) for name in names)
    return next((name for name in names if counts[name_key(name)] > 1), None)


def _one_of(field: str, choices: Sequence[str]) -> Rule:
    near = Suggester(choices, are_given=True)

    def test(words: Values) -> Answer:
        return words.isin(choices)

    def details(word: str) -> Details:
        return {"choices": either(choices), "hint": near.hint(word)}

    return Rule(cell_words.NOT_A_CHOICE, field, test, details, (field,))


# --- needed, or of no use ------------------------------------------------------------------------------


def _presence(column: Column, version: ApiVersion, *, absent: bool) -> Iterator[Rule]:
    if isinstance(column.kind, TimeZone):
        return  # one row of a name is enough: judged across the rows
    needing = modes_of(column.needed, version)
    if needing:
        yield _needed(column, version, needing, absent=absent)
    if modes_of(column.used, version) != frozenset(DialingMode):
        yield _of_use(column, version)


def _needed(column: Column, version: ApiVersion, modes: frozenset[DialingMode], *, absent: bool) -> Rule:
    filled, fill_in = given(column.field), _fill_in(column, version)
    absence = ""
    if absent:
        absence = f', and the sheet has no column "{column.heading}"'
        fill_in = f'Add a column with the heading "{column.heading}" and fill it in wherever it is needed.'
    if modes == frozenset(DialingMode):
        why = "" if column.always_needed else f": version {version} of the service needs it"
        return Rule(
            row_words.MISSING,
            column.field,
            lambda frame: frame[filled],
            lambda: {"why": f"{why}{absence}", "fill_in": fill_in},
            on_frame=True,
        )
    return Rule(
        row_words.MISSING,
        column.field,
        lambda frame: frame[filled] | ~frame[MODE].isin(modes),
        lambda mode: {"why": f": {mode} needs it{absence}", "fill_in": fill_in},
        (MODE,),
        on_frame=True,
    )


def _of_use(column: Column, version: ApiVersion) -> Rule:
    filled, modes = given(column.field), modes_of(column.used, version)
    if not modes and column.field == "dnc_list":
        return Rule(row_words.DNC_WOULD_BE_DROPPED, column.field, lambda frame: ~frame[filled], on_frame=True)
    idle = frozenset(DialingMode) - modes

    def case(mode: str) -> Details:
        elsewhere = any(other_mode == mode for _, other_mode in column.used)
        return {"case": f"{mode} in version {version} of the service" if elsewhere else mode}

    return Rule(
        row_words.UNUSED,
        column.field,
        lambda frame: ~(frame[filled] & frame[MODE].isin(idle)),
        case,
        (MODE,),
        on_frame=True,
    )


def _fill_in(column: Column, version: ApiVersion) -> str:
    """What to type into an empty cell."""
    match column.kind:
        case Choice(choices):
            return f"Type {either(choices)}."
        case Detection() as kind:
            return f"Type {either(kind.choices(version))}."
        case WholeNumber(least, most):
            return f"Type {limits(least, most)}."
        case HoursName():
            return f"Type a name from the sheet {HOURS_SHEET}."
        case _:
            return f'Fill it in, for example "{column.example}".'
