"""Find names in a column that look like one name typed twice: "Colections EN" and "Collections EN"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bulkload.model import RowReference
from bulkload.rules.parse import objects
from bulkload.rules.suggestions import near_duplicates
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from bulkload.rules.parse import ParsedColumn


@dataclass(frozen=True, slots=True)
class SimilarName:
    """A name that is probably a typing mistake."""

    name: str
    """As typed."""
    near: str
    """The other name, which more rows have or which comes first."""
    rows: RowReference
    """The first cell with the other name."""


@dataclass(slots=True)
class _Use:
    """Where a name is used."""

    spelling: str
    rows: int = 0
    first_row: int = 0
    """Counted from 0."""


def similar_names(column: ParsedColumn, numbers: Sequence[int], letter: str | None) -> NDArray[np.object_]:
    """For each row, the first of its names that is probably a typing mistake; None where there is none.

    ``numbers`` are the Excel rows. Of two similar names the one in fewer rows is reported, because that is where
    the mistake is. Of two that are equally frequent the later one is reported.
    """
    uses = _uses(column)
    # By folded key, so that "COLECTIONS en" is found as well.
    mistakes: dict[str, SimilarName] = {}
    for pair in near_duplicates(use.spelling for use in uses.values()):
        right, wrong = sorted(
            (uses[name_key(name)] for name in pair), key=lambda use: (-use.rows, use.first_row)
        )
        found = SimilarName(wrong.spelling, right.spelling, RowReference((numbers[right.first_row],), letter))
        mistakes.setdefault(name_key(wrong.spelling), found)
    different = [_mistake_in(cell.value, mistakes) for cell in column.parsed]
    by_row = objects(different)[column.codes]
    if column.not_applicable is not None:
        by_row[column.not_applicable] = None
    return by_row


def _uses(column: ParsedColumn) -> dict[str, _Use]:
    """Each name of the column by its folded key, in the order of its first row."""
    codes = np.arange(len(column.codes))
    if column.not_applicable is not None:
        codes = codes[~column.not_applicable]
    different, firsts, counts = np.unique(column.codes[codes], return_index=True, return_counts=True)
    uses: dict[str, _Use] = {}
    for code, first, count in zip(different.tolist(), codes[firsts].tolist(), counts.tolist(), strict=True):
        for name in _names(column.parsed[code].value):
            use = uses.setdefault(name_key(name), _Use(name, first_row=first))
            use.rows += count
            use.first_row = min(use.first_row, first)
    return uses


def _mistake_in(value: object, mistakes: dict[str, SimilarName]) -> SimilarName | None:
    if not mistakes:
        return None
    found = ((name, mistakes.get(name_key(name))) for name in _names(value))
    return next((SimilarName(name, mistake.near, mistake.rows) for name, mistake in found if mistake), None)


def _names(value: object) -> tuple[str, ...]:
    match value:
        case str():
            return (value,)
        case tuple():
            return value
        case _:
            return ()
