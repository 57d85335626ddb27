"""One sheet's cells become a table: rows below the headings, columns by their headings, nothing changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bulkload.model import Hidden, Problem
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.cell_refs import MOST_LISTED, in_words, letter
from bulkload.workbook.reader.formatted import formatted_numbers
from bulkload.workbook.reader.headings import lay_out, with_content
from bulkload.workbook.reader.inspect import far_cell
from bulkload.workbook.reader.scan import LAST_HEADING_ROW, MOST_TABLE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    import numpy.typing as npt

    from bulkload.columns import Column
    from bulkload.workbook.reader.cell_refs import Place
    from bulkload.workbook.reader.headings import Layout
    from bulkload.workbook.reader.scan import Scan


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's rows with content."""

    layout: Layout
    frame: pd.DataFrame
    """As ``model.Sheet`` describes it."""
    problems: tuple[Problem, ...]
    """Warnings, and errors for which the workbook can't be used."""


LONGEST_NAME = 60
"""Characters of a heading in a message."""


def table_of(
    sheet: str, scan: Scan, cells: npt.NDArray[Any], columns: Sequence[Column], hidden: Hidden
) -> Table | tuple[Problem, ...]:
    """The table of a sheet with these cells, or the problems for which none can be made out."""
    layout = lay_out(sheet, cells[:LAST_HEADING_ROW].tolist(), columns)
    if isinstance(layout, Problem):
        return (layout,)
    if any(problem.is_error for problem in layout.problems):
        return layout.problems
    first_row = layout.heading_row + 1
    body = cells[layout.heading_row :]
    filled = pd.notna(body)
    with_headings = set(layout.places)
    layout = with_content(layout, np.flatnonzero(filled.any(axis=0)).tolist())
    kept = list(layout.places.values())
    rows = np.flatnonzero(filled[:, layout.telling].any(axis=1)) + first_row
    shown = rows[~np.isin(rows, list(scan.hidden_rows))] if hidden is Hidden.SKIP else rows
    frame = pd.DataFrame(
        body[:, kept][shown - first_row], index=shown, columns=list(layout.places), dtype=object
    )
    beyond = rows[rows > layout.heading_row + MOST_TABLE_ROWS][:1].tolist()
    far = (beyond[0], _first_filled(filled[beyond[0] - first_row], kept)) if beyond else None
    nameless = {
        label: int(filled[:, column].argmax()) + first_row
        for label, column in layout.places.items()
        if label not in with_headings
    }
    judge = _Judge(sheet, scan, layout, rows.tolist(), shown.tolist(), far, nameless, hidden)
    formatted = formatted_numbers(sheet, scan, layout, frame, columns) if scan.styled else ()
    return Table(layout, frame, (*layout.problems, *judge.errors(), *judge.warnings(), *formatted))


def _first_filled(filled: npt.NDArray[np.bool_], kept: Sequence[int]) -> int:
    """The leftmost column of a row that has content, of those that are kept."""
    return next(column for column in sorted(kept) if filled[column])


@dataclass(frozen=True, slots=True)
class _Judge:
    """What there is to say of a table, beyond its headings."""

    sheet: str
    scan: Scan
    layout: Layout
    rows: Sequence[int]
    """Rows with content, hidden ones included."""
    kept: Sequence[int]
    """Those of them that are in the table."""
    far: Place | None
    """The first cell of the first row beyond those that are read."""
    nameless: Mapping[str, int]
    """The first row with content of each column without a heading, by the label that it was given."""
    hidden: Hidden

    def errors(self) -> Iterator[Problem]:
        """What makes the whole sheet unusable."""
        yield from self._far_rows()
        yield from self._merged_cells()
        hidden = self._hidden_rows()
        if hidden and self.hidden is Hidden.REFUSE:
            yield complaints.HIDDEN_ROWS.problem(sheet=self.sheet, value=in_words(hidden))

    def warnings(self) -> Iterator[Problem]:
        """What the person should know."""
        yield from self._own_columns()
        hidden = self._hidden_rows()
        if hidden and self.hidden is Hidden.SKIP:
            yield complaints.SKIPPED_ROWS.problem(sheet=self.sheet, value=in_words(hidden))
        yield from self._hidden_columns()
        yield from self._formulas()

    def _hidden_rows(self) -> list[int]:
        return sorted(self.scan.hidden_rows.intersection(self.rows)) if self.scan.hidden_rows else []

    def _far_rows(self) -> Iterator[Problem]:
        if self.far is not None:
            yield far_cell(self.sheet, self.far)

    def _merged_cells(self) -> Iterator[Problem]:
        """Ranges that reach into the rows of the table, wherever they begin."""
        if not self.kept:
            return
        columns = set(self.layout.places.values())
        merged = sorted(
            area
            for area in self.scan.merged
            if area.last_row > self.layout.heading_row
            and area.first_row <= self.kept[-1]
            and not columns.isdisjoint(range(area.first_column, area.last_column + 1))
        )
        if merged:
            words = [str(area) for area in merged[:MOST_LISTED]]
            words += [f"{len(merged) - MOST_LISTED:,} more"] if len(merged) > MOST_LISTED else []
            yield complaints.MERGED_CELLS.problem(sheet=self.sheet, value=complaints.listed(words))

    def _own_columns(self) -> Iterator[Problem]:
        own = [heading for heading in self.layout.own if heading not in self.nameless]
        if own:
            yield complaints.OWN_COLUMNS.problem(
                sheet=self.sheet,
                row=self.layout.heading_row,
                value=self._named(own),
                **complaints.columns(len(own)),
            )
        if self.nameless:
            cells = [f"{letter(self.layout.places[label])}{row}" for label, row in self.nameless.items()]
            label, row = next(iter(self.nameless.items()))
            yield complaints.NAMELESS_COLUMNS.problem(
                sheet=self.sheet,
                row=row,
                column=letter(self.layout.places[label]),
                value=complaints.listed(cells),
                **complaints.columns(len(cells)),
            )

    def _hidden_columns(self) -> Iterator[Problem]:
        names = [name for name, column in self.layout.places.items() if column in self.scan.hidden_columns]
        if names:
            yield complaints.HIDDEN_COLUMNS.problem(
                sheet=self.sheet, value=self._named(names), **complaints.columns(len(names), "hidden ")
            )

    def _formulas(self) -> Iterator[Problem]:
        for heading, column in self.layout.places.items():
            if column not in self.scan.formulas or heading in self.layout.own:
                continue
            formulas = set(self.scan.formulas[column]).intersection(self.kept)
            if formulas:
                yield complaints.FORMULAS.problem(
                    sheet=self.sheet,
                    column=letter(column),
                    heading=heading,
                    value=in_words(formulas, letter(column)),
                )

    def _named(self, headings: Sequence[str]) -> str:
        """The headings with their letters, long ones cut: a whole story may stand in a cell."""
        return complaints.listed(
            [f"{_cut(heading)} ({letter(self.layout.places[heading])})" for heading in headings]
        )


def _cut(heading: str) -> str:
    return heading if len(heading) <= LONGEST_NAME else f"{heading[:LONGEST_NAME]}…"
