"""A table from any kind of file: headings, rows with their numbers, cells, and facts that no value shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.errors import refusal
from bulkload.workbook.foreign import messages
from bulkload.workbook.foreign.letters import column_letter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bulkload.model import Cell

MOST_ROWS = 10_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """Rows of a list that was not made with our template."""

    path: Path
    headings: tuple[str, ...]
    """One label for each column, all different."""
    rows: tuple[int, ...]
    """The number of each row in the file; of a JSON array the number of the object."""
    cells: tuple[Sequence[Cell], ...]
    """The cells of each row, as many as there are headings."""
    is_json: bool = False
    """Whether the rows are objects, which have names and no cell references."""
    sheet: str | None = None
    """The sheet that was read; None where the file has no sheets."""
    other_sheets: tuple[str, ...] = ()
    """Visible sheets with content that were not read."""
    struck: frozenset[int] = frozenset()
    """Rows whose filled cells are all struck through."""
    hidden: frozenset[int] = frozenset()
    """Rows that are hidden or filtered out."""
    shown: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """What a cell shows where that is not its value, by row number and column index."""


def make_table(
    path: Path, rows: Sequence[tuple[int, Sequence[Cell]]], *, is_json: bool = False
) -> ForeignTable:
    """The table whose first row has the headings. Raises WorkbookError where it is empty or too large."""
    filled = [(number, cells) for number, cells in rows if any(cell is not None for cell in cells)]
    if len(filled) < 2:
        raise refusal(messages.NO_ROWS, value=path.name)
    if len(filled) - 1 > MOST_ROWS:
        raise refusal(
            messages.TOO_MANY_ROWS, value=path.name, count=f"{len(filled) - 1:,}", most=f"{MOST_ROWS:,}"
        )
    (_, first), *body = filled
    width = max(len(cells) for _, cells in filled)
    if width > MOST_COLUMNS:
        raise refusal(messages.TOO_MANY_COLUMNS, value=path.name, count=f"{width:,}", most=MOST_COLUMNS)
    used = [
        index
        for index in range(width)
        if any(index < len(cells) and cells[index] is not None for _, cells in filled)
    ]
    width = max(used) + 1
    return ForeignTable(
        path,
        _labels(first, width),
        tuple(number for number, _ in body),
        tuple([*cells[:width], *[None] * (width - len(cells))] for _, cells in body),
        is_json=is_json,
    )


def _labels(cells: Sequence[Cell], width: int) -> tuple[str, ...]:
    labels: list[str] = []
    for index in range(width):
        cell = cells[index] if index < len(cells) else None
        label = " ".join(str(cell).split()) if cell is not None else ""
        letter = column_letter(index)
        if not label:
            label = f"Column {letter}"
        # A semicolon separates columns in a map.
        label = label.replace(";", ",")
        labels.append(f"{label} (column {letter})" if label in labels else label)
    return tuple(labels)
