"""The rules that follow from a column's own entry: its kind's limits, and for which rows it is needed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, TypeAlias

from bulkload.columns import AS_IT_IS, Choice, Detection, ListedNames, Text, WholeNumber
from bulkload.model import ApiVersion, DialingMode
from bulkload.rules.kinds.texts import length
from bulkload.rules.messages import cells as cell_messages
from bulkload.rules.messages import rows as row_messages
from bulkload.rules.pandera_checks import Rule
from bulkload.rules.suggestions import Suggester
from bulkload.rules.typed_sheet import filled
from bulkload.text import did_you_mean, name_key, or_list

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    import pandas as pd

    from bulkload.columns import Cases, Column

Values: TypeAlias = "pd.Series[Any]"
Answer: TypeAlias = "pd.Series[bool]"
Details: TypeAlias = "Mapping[str, object]"

MODE = "dialing_mode"
SUPPOSED_MODE = "supposed mode"
"""The frame's column with each row's mode, or the mode that a mistyped one is close to."""


def rules_of(column: Column, version: ApiVersion, *, absent: bool = False) -> Iterator[Rule]:
    """Every rule that the column's entry in ``columns`` implies; ``absent``: the sheet does not have the column."""
    match column.kind:
        case Text(longest):
            yield _at_most_long(column.field, longest)
        case WholeNumber() as kind:
            yield _within(column.field, kind)
        case ListedNames(most):
            yield _at_most_many(column.field, most)
            yield _no_repetition(column.field)
            yield _no_list_in_a_name(column.field)
        case Choice(choices, noun):
            yield _one_of(column.field, choices, noun)
        case Detection() as kind:
            choices = kind.choices(version)
            yield _one_of(column.field, (*choices, AS_IT_IS), f"one of {or_list(choices)}")
            yield _as_it_is_with_id(column.field, choices)
        case _:  # the parser has found everything that one cell can show
            pass
    yield from _presence(column, version, absent=absent)


def modes_of(cases: Cases, version: ApiVersion) -> frozenset[DialingMode]:
    """The modes among these cases, in this version."""
    return frozenset(mode for case_version, mode in cases if case_version is version)


# --- one cell ------------------------------------------------------------------------------------------


def _at_most_long(field: str, longest: int) -> Rule:
    def test(texts: Values) -> Answer:
        # A name of calling hours is in many rows, so each different text is measured once.
        fits = {text: length(text) <= longest for text in set(texts)}
        return texts.map(fits.__getitem__)

    def details(text: str) -> Details:
        counting = "" if length(text) == len(text) else " (an emoji counts as two or more)"
        return {"count": length(text), "longest": longest, "counting": counting}

    return Rule(cell_messages.TOO_LONG, field, test, details, (field,))


def _within(field: str, kind: WholeNumber) -> Rule:
    most = float("inf") if kind.most is None else kind.most

    def nearest(number: int) -> tuple[str, ...]:
        return (str(kind.least if number < kind.least else kind.most),)

    return Rule(
        cell_messages.OUT_OF_RANGE,
        field,
        lambda numbers: numbers.between(kind.least, most),
        lambda _: {"limits": kind.limits},
        (field,),
        proposals=nearest,
    )


def _at_most_many(field: str, most: int) -> Rule:
    return Rule(
        cell_messages.TOO_MANY_NAMES,
        field,
        lambda names: names.map(len) <= most,
        lambda names: {"count": len(names), "most": most},
        (field,),
    )


def _no_repetition(field: str) -> Rule:
    def test(names: Values) -> Answer:
        # Campaigns often share their lists, so each different cell is checked once.
        is_fine = {several: len(set(map(name_key, several))) == len(several) for several in set(names)}
        return names.map(is_fine.__getitem__)

    def each_once(names: Sequence[str]) -> tuple[str, ...]:
        return ("; ".join({name_key(name): name for name in names}.values()),)

    return Rule(
        cell_messages.REPEATED_NAME,
        field,
        test,
        lambda names: {"name": _repeated(names)},
        (field,),
        proposals=each_once,
    )


def _no_list_in_a_name(field: str) -> Rule:
    """Names may contain commas; but a part that is a name elsewhere, or parts that begin alike, look like several."""

    def test(names: Values) -> Answer:
        different = set(names)
        known = {name_key(name) for several in different for name in several}
        is_fine = {several: _list_in_a_name(several, known) is None for several in different}
        return names.map(is_fine.__getitem__)

    def details(names: Sequence[str]) -> Details:
        name = next((name for name in names if "," in name and len(_parts(name)) > 1), names[0])
        return {"name": name, "separated": "; ".join(_parts(name))}

    def separated(names: Sequence[str]) -> tuple[str, ...]:
        return ("; ".join(part for name in names for part in _parts(name)),)

    return Rule(cell_messages.COMMA_IN_NAME, field, test, details, (field,), proposals=separated)


def _list_in_a_name(names: Sequence[str], known: AbstractSet[str]) -> str | None:
    """The first name that looks like several."""
    return next((name for name in names if "," in name and _looks_like_several(name, known)), None)


def _looks_like_several(name: str, known: AbstractSet[str]) -> bool:
    parts = list(map(name_key, _parts(name)))
    beginnings = {part.split()[0] for part in parts}
    return len(parts) > 1 and (len(beginnings) < len(parts) or not known.isdisjoint(parts))


def _parts(name: str) -> list[str]:
    return list(filter(None, (part.strip() for part in name.split(","))))


def _repeated(names: Sequence[str]) -> str | None:
    """The first name that is there a second time, whatever its case."""
    counts = Counter(name_key(name) for name in names)
    return next((name for name in names if counts[name_key(name)] > 1), None)


def _one_of(field: str, choices: Sequence[str], noun: str) -> Rule:
    suggester = Suggester(map(str, choices), fixed_vocabulary=True)
    offered = or_list(choice for choice in choices if choice != AS_IT_IS)

    def details(word: str) -> Details:
        return {"choices": offered, "noun": noun, "hint": did_you_mean(suggester.suggest(word))}

    def suggested(word: str) -> tuple[str, ...]:
        name = suggester.suggest(word)
        return () if name is None else (name,)

    return Rule(
        cell_messages.UNKNOWN_CHOICE,
        field,
        lambda words: words.isin(choices),
        details,
        (field,),
        proposals=suggested,
    )


def _as_it_is_with_id(field: str, choices: Sequence[str]) -> Rule:
    """Only an update can leave a setting as it is."""
    return Rule(
        cell_messages.AS_IT_IS_WITHOUT_ID,
        field,
        lambda rows: (rows[field] != AS_IT_IS) | rows[filled("campaign_id")],
        lambda: {"choices": or_list(choices)},
        on_frame=True,
    )


# --- needed, or not used -------------------------------------------------------------------------------


def _presence(column: Column, version: ApiVersion, *, absent: bool) -> Iterator[Rule]:
    if column.kind.is_per_name:
        return  # one row of a name is enough: checked across the rows
    needing = modes_of(column.needed, version)
    if needing:
        yield _needed(column, version, needing, absent=absent)
    if modes_of(column.used, version) != frozenset(DialingMode):
        yield _not_used(column, version)


def _needed(column: Column, version: ApiVersion, modes: frozenset[DialingMode], *, absent: bool) -> Rule:
    is_filled, one = filled(column.field), "one" if column.kind.is_name else "it"
    template = row_messages.COLUMN_MISSING if absent else row_messages.EMPTY
    what_to_type = column.what_to_type(version)
    if modes == frozenset(DialingMode):
        # Only version v1 wants detection for every mode; the DNC list is not explained by a version.
        why = "" if ApiVersion.V2 is version or column.always_needed else f"; version {version} needs {one}"
        return Rule(
            template,
            column.field,
            lambda frame: frame[is_filled],
            lambda: {"why": why, "what_to_type": what_to_type},
            on_frame=True,
        )
    return Rule(
        template,
        column.field,
        lambda frame: frame[is_filled] | ~frame[SUPPOSED_MODE].isin(modes),
        lambda mode: {"why": f"; {mode} needs {one}", "what_to_type": what_to_type},
        (SUPPOSED_MODE,),
        on_frame=True,
    )


def _not_used(column: Column, version: ApiVersion) -> Rule:
    is_filled, modes = filled(column.field), modes_of(column.used, version)
    if not modes and column.field == "dnc_list":
        return Rule(row_messages.DNC_NOT_IN_V1, column.field, lambda frame: ~frame[is_filled], on_frame=True)
    idle = frozenset(DialingMode) - modes

    def case(mode: str) -> Details:
        is_used_elsewhere = any(other_mode == mode for _, other_mode in column.used)
        return {"case": f"{mode} in version {version}" if is_used_elsewhere else mode}

    return Rule(
        row_messages.NOT_USED,
        column.field,
        lambda frame: ~(frame[is_filled] & frame[SUPPOSED_MODE].isin(idle)),
        case,
        (SUPPOSED_MODE,),
        on_frame=True,
        proposals=lambda _: ("",),
    )
