"""One sheet's cells become a table: rows below the headings, columns by their headings, nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bulkload.model import Hidden, Problem
from bulkload.workbook.reader.headings import find_headings, with_nameless_columns
from bulkload.workbook.reader.sheet_part import LAST_HEADING_ROW, MOST_TABLE_ROWS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.columns import Column
    from bulkload.model import Cell
    from bulkload.workbook.reader.cell_refs import CellRef
    from bulkload.workbook.reader.headings import Layout
    from bulkload.workbook.reader.sheet_part import SheetFacts


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's rows with content."""

    layout: Layout
    frame: pd.DataFrame
    """As ``model.Sheet`` describes it."""
    first_rows: dict[str, int]
    """The first row with content of each column without a heading, by the label that it was given."""
    hidden_rows: tuple[int, ...]
    """The rows of the table that are hidden or filtered out, those that were skipped included."""
    done_rows: frozenset[int]
    """Those of them that our own results workbook hides because they need nothing: they are in the table."""
    far: CellRef | None
    """The first cell of the first row beyond those that are read."""

    @property
    def rows(self) -> list[int]:
        """The Excel rows in the table."""
        return self.frame.index.tolist()


def build_table(
    facts: SheetFacts, sheet: str, columns: Sequence[Column], hidden: Hidden
) -> Table | tuple[Problem, ...]:
    """The table of a sheet, or the problems because of which there is none."""
    layout = find_headings(sheet, _first_rows(facts), columns)
    if isinstance(layout, Problem):
        return (layout,)
    if any(problem.is_error for problem in layout.problems):
        return layout.problems
    body = _body(facts, layout)
    layout, first_rows = _with_nameless(body, layout)
    body = _with_content(body, layout)
    done_rows = _done_rows(facts, body, layout)
    hidden_rows = tuple(number for number, _ in body if number in facts.hidden_rows)
    far = next(
        ((number, cells) for number, cells in body if number > layout.heading_row + MOST_TABLE_ROWS), None
    )
    if hidden is Hidden.SKIP:
        body = [
            (number, cells)
            for number, cells in body
            if number not in facts.hidden_rows or number in done_rows
        ]
    return Table(
        layout,
        _frame(body, layout),
        first_rows,
        hidden_rows,
        done_rows,
        far=None if far is None else (far[0], _first_filled(far[1], layout)),
    )


Row = tuple[int, "list[Cell]"]
"""The Excel row and its cells from column A on."""


def _first_rows(facts: SheetFacts) -> list[list[Cell]]:
    """The first rows of the sheet, blank ones included."""
    cells: list[list[Cell]] = [[] for _ in range(LAST_HEADING_ROW)]
    for number, row in zip(facts.row_numbers[:LAST_HEADING_ROW], facts.rows, strict=False):
        if number <= LAST_HEADING_ROW:
            cells[number - 1] = row
    return cells


def _body(facts: SheetFacts, layout: Layout) -> list[Row]:
    rows = zip(facts.row_numbers, facts.rows, strict=True)
    return [(number, cells) for number, cells in rows if number > layout.heading_row]


def _with_nameless(body: list[Row], layout: Layout) -> tuple[Layout, dict[str, int]]:
    """The layout with columns that have content and no heading, and the first row of each."""
    width = max((len(cells) for _, cells in body), default=0)
    taken = {*layout.places.values(), *layout.display_only}
    firsts = {}
    for column in sorted(set(range(width)) - taken):
        first = next((number for number, cells in body if _cell(cells, column) is not None), None)
        if first is not None:
            firsts[column] = first
    layout, labels = with_nameless_columns(layout, list(firsts))
    return layout, {label: firsts[column] for label, column in labels.items()}


def _with_content(body: list[Row], layout: Layout) -> list[Row]:
    """The rows that have more than what the template or the results show in them."""
    counted = layout.row_columns
    if not layout.display_only and len(counted) == len(layout.places):
        return body
    return [row for row in body if any(_cell(row[1], column) is not None for column in counted)]


def _done_rows(facts: SheetFacts, body: list[Row], layout: Layout) -> frozenset[int]:
    """The rows with an ID that the AutoFilter of our own results workbook hides."""
    column = layout.places.get("Campaign ID")
    if not layout.is_results or facts.filter_range is None or column is None:
        return frozenset()
    first, last = facts.filter_range.first_row, facts.filter_range.last_row
    return frozenset(
        number
        for number, cells in body
        if number in facts.hidden_rows and first < number <= last and _cell(cells, column) is not None
    )


def _frame(body: list[Row], layout: Layout) -> pd.DataFrame:
    columns = list(zip_longest(*(cells for _, cells in body)))
    array = np.full((len(body), len(layout.places)), None, dtype=object)
    for place, column in enumerate(layout.places.values()):
        if column < len(columns):
            array[:, place] = columns[column]
    index = pd.Index([number for number, _ in body], dtype="int64")
    return pd.DataFrame(array, index=index, columns=list(layout.places), dtype=object)


def _first_filled(cells: list[Cell], layout: Layout) -> int:
    """The leftmost column of a row that has content, of those in the table."""
    return next(column for column in sorted(layout.places.values()) if _cell(cells, column) is not None)


def _cell(cells: list[Cell], column: int) -> Cell:
    return cells[column] if column < len(cells) else None
