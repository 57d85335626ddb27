"""Cell references as Excel writes them: ``G7``, ``B5:B7``, rows ``5-9, 12``."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

EXCEL_ROWS = 1_048_576
EXCEL_COLUMNS = 16_384
"""Excel's own limits: a file with a cell beyond them is damaged."""

MOST_LISTED = 40
"""Ranges that one message lists; the others are counted."""

CellRef: TypeAlias = tuple[int, int]
"""Row (1 is the first) and column (0 is A) of a cell."""

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


class CellRange(NamedTuple):
    """A range of cells, all limits included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        """``B5:B7``."""
        first = f"{column_letter(self.first_column)}{self.first_row}"
        return f"{first}:{column_letter(self.last_column)}{self.last_row}"


def column_letter(column: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for ``A``, 26 for ``AA``."""
    column = 0
    for character in letters:
        column = column * 26 + ord(character) - ord("A") + 1
    return column - 1


def parse_cell_ref(text: str) -> CellRef | None:
    """Row and column of ``G7``; None where the text names no cell that Excel can have."""
    found = _REFERENCE.fullmatch(text)
    if found is None:
        return None
    row, column = int(found[2]), column_index(found[1])
    return (row, column) if row <= EXCEL_ROWS and column < EXCEL_COLUMNS else None


def parse_range(text: str) -> CellRange | None:
    """The range that ``B5:B7`` or ``B5`` names; None where the text names none."""
    first, _, last = text.partition(":")
    begins, ends = parse_cell_ref(first), parse_cell_ref(last or first)
    return CellRange(*begins, *ends) if begins is not None and ends is not None else None


def number_ranges(numbers: Iterable[int], prefix: str = "") -> str:
    """``5-9, 12``, with a column's letter before each number if given; cut where there are very many."""
    groups = []
    for _, group in groupby(enumerate(sorted(set(numbers))), lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        first, last = f"{prefix}{run[0]}", f"{prefix}{run[-1]}"
        groups.append((first if len(run) == 1 else f"{first}-{last}", len(run)))
    listed = ", ".join(text for text, _ in groups[:MOST_LISTED])
    left = sum(count for _, count in groups[MOST_LISTED:])
    return f"{listed} and {left:,} more" if left else listed
