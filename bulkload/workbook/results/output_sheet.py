"""Where a person's sheet stands in the results workbook: its columns, its rows, the cells of its problems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bulkload.columns import Column
from bulkload.workbook.reader.headings import FOR_THE_EYE, fold, free

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format

    from bulkload.model import Cell, Problem, Sheet

HEADING_ROW = 4
"""The Excel row of the headings; above it stand a title, a hint and the words ``always``, ``for ...``."""


@dataclass(frozen=True, slots=True)
class Added:
    """A column that the results add."""

    heading: str
    width: int


AnyColumn: TypeAlias = Column | Added | str
"""A column of the template, one that the results add, or (a str) one that only the person knows."""

Marked: TypeAlias = "Mapping[int, Mapping[str, Sequence[Problem]]]"
"""The problems of a cell, by the person's Excel row, then by the heading."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written."""

    cells: Mapping[str, Cell]
    """The person's cells by heading."""
    added: Mapping[str, tuple[str | int, Format]]
    """What the results say, by heading of an added column, and how it looks."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person's sheet as it is to stand in the results workbook."""

    given: Sheet
    sheet: str
    """The sheet's name in the results workbook."""
    columns: tuple[AnyColumn, ...]
    """From left to right."""
    numbers: tuple[int, ...]
    """The person's Excel rows, from top to bottom."""

    def heading_indexes(self) -> Mapping[str, int]:
        """The column's index here (0 is A) for each heading."""
        return {heading(column): index for index, column in enumerate(self.columns)}

    def row_indexes(self) -> Mapping[int, int]:
        """The row's index here (0 is the first) for each Excel row of the person's."""
        return {row: HEADING_ROW + position for position, row in enumerate(self.numbers)}

    def marked(self, problems: Iterable[Problem]) -> Marked:
        """Those problems that are about cells of this sheet."""
        found: dict[int, dict[str, list[Problem]]] = {}
        for problem in problems:
            column = heading_of(problem, self.given)
            if problem.sheet == self.given.name and problem.row is not None and column is not None:
                found.setdefault(problem.row, {}).setdefault(column, []).append(problem)
        return found


def heading(column: AnyColumn) -> str:
    """The column's heading, without a star."""
    return column if isinstance(column, str) else column.heading


def heading_of(problem: Problem, given: Sheet) -> str | None:
    """The heading of the problem's column; None where it has none."""
    if problem.heading is not None:
        return problem.heading
    return next((column for column, letter in given.letters.items() if letter == problem.column), None)


def with_headings_apart(given: Sheet) -> Sheet:
    """The sheet with another heading for each column of the person's own that bears one of ours.

    ``Result`` becomes ``Result (your own)``, so that it is neither taken for the results' own column here nor
    skipped as one when the results are read.
    """
    headings = [str(heading) for heading in given.frame.columns]
    ours = [heading for heading in headings if fold(heading) in FOR_THE_EYE]
    if not ours:
        return given
    apart = {heading: free(f"{heading} (your own)", headings) for heading in ours}
    letters = {apart.get(heading, heading): letter for heading, letter in given.letters.items()}
    return replace(given, frame=given.frame.rename(columns=apart), letters=letters)


def own_headings(given: Sheet, columns: Sequence[Column]) -> tuple[str, ...]:
    """The headings that only the person knows."""
    known = {column.heading for column in columns}
    return tuple(str(column) for column in given.frame.columns if column not in known)
