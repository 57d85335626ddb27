"""One of the user's sheets in the results workbook: its columns, its rows, the cells of its problems."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from bulkload.columns import (
    CAMPAIGN_COLUMNS,
    CAMPAIGNS_SHEET,
    HOURS_COLUMNS,
    HOURS_SHEET,
    RESULT_HEADINGS,
    Column,
)
from bulkload.workbook.reader.headings import DISPLAY_ONLY, fold, free
from bulkload.workbook.template.grid import HEADING_ROW, STATUS, WHAT_TO_FIX, Grid
from bulkload.workbook.template.sheet import STATUS_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter.format import Format

    from bulkload.model import Cell, Problem, Sheet

RESULT, PLATFORM_STATUS, HAPPENED, TO_DO, ROW = RESULT_HEADINGS

MOST_LIVE_ROWS = 20_000
MOST_LIVE_HOURS_ROWS = 2_000
"""Rows with live Status: each looks at all others, so a larger sheet would take minutes to open."""


@dataclass(frozen=True, slots=True)
class AddedColumn:
    """A column that the results add."""

    heading: str
    width: int


AnyColumn: TypeAlias = Column | AddedColumn | str
"""A column of the template, one that the results add, or (a str) one that only the user knows."""

Marked: TypeAlias = "Mapping[int, Mapping[str, Sequence[Problem]]]"
"""The problems of a cell, by the user's Excel row, then by the heading."""

_STATUS = AddedColumn(STATUS, STATUS_WIDTH)
_WHAT_TO_FIX = AddedColumn(WHAT_TO_FIX, 60)
LIVE = frozenset({STATUS, WHAT_TO_FIX})


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written."""

    cells: Mapping[str, Cell]
    """The user's cells by heading."""
    added: Mapping[str, tuple[str | int, Format]]
    """What the results say, by heading of an added column, and its format."""
    live: tuple[str, str] = ("", "")
    """What Status and What to fix say until a cell is changed."""


@dataclass(frozen=True, slots=True)
class OutputSheet:
    """A user's sheet as it will be in the results workbook."""

    given: Sheet
    sheet: str
    """The sheet's name in the results workbook."""
    columns: tuple[AnyColumn, ...]
    """From left to right."""
    numbers: tuple[int, ...]
    """The user's Excel rows, from top to bottom."""

    @property
    def grid(self) -> Grid:
        """Where its cells are, for live formulas."""
        columns = tuple(column for column in self.columns if isinstance(column, Column))
        headings = tuple(heading(column) for column in self.columns)
        prefix = "Campaigns" if self.sheet == CAMPAIGNS_SHEET else "Hours"
        return Grid(self.sheet, prefix, columns, headings, HEADING_ROW + max(1, len(self.numbers)))

    def heading_indexes(self) -> Mapping[str, int]:
        """The column's index here (0 is A) for each heading."""
        return {heading(column): index for index, column in enumerate(self.columns)}

    def row_indexes(self) -> Mapping[int, int]:
        """The row's index here (0 is the first) for each Excel row of the user's."""
        return {row: HEADING_ROW + position for position, row in enumerate(self.numbers)}

    def cells(self, problems: Iterable[Problem]) -> set[tuple[int, int]]:
        """Row and column here, counted from 0, of the cells that have one of these problems."""
        rows, columns = self.row_indexes(), self.heading_indexes()
        return {
            (rows[row], columns[text])
            for row, found in self.marked(problems).items()
            for text in found
            if row in rows and text in columns
        }

    def marked(self, problems: Iterable[Problem]) -> Marked:
        """Those problems that are about cells of this sheet."""
        found: dict[int, dict[str, list[Problem]]] = {}
        for problem in problems:
            column = heading_of(problem, self.given)
            if problem.sheet == self.given.name and problem.row is not None and column is not None:
                found.setdefault(problem.row, {}).setdefault(column, []).append(problem)
        return found


def campaigns_sheet(given: Sheet, outcome_rows: Sequence[int], *, live: bool) -> OutputSheet:
    """Every row of the sheet in its order; then outcomes of rows that are not in it, because no row may be lost.

    Raises AssertionError where a row has no outcome.
    """
    numbers = [int(row) for row in given.frame.index]
    missing = set(numbers) - set(outcome_rows)
    if missing:
        raise AssertionError(f"rows {sorted(missing)} of {given.name} have no outcome")
    name, campaign_id = _column("Campaign name"), _column("Campaign ID")
    status = [_STATUS] if live else []
    result: tuple[AnyColumn, ...] = (AddedColumn(RESULT, 22), *status, name)
    said = (AddedColumn(HAPPENED, 46), AddedColumn(TO_DO, 46))
    place = (campaign_id, AddedColumn(PLATFORM_STATUS, 17), AddedColumn(ROW, 9))
    rest = (column for column in CAMPAIGN_COLUMNS if column not in {name, campaign_id})
    own = own_headings(given, CAMPAIGN_COLUMNS)
    last = [_WHAT_TO_FIX] if live else []
    columns: tuple[AnyColumn, ...] = (*result, *said, *place, *rest, *own, *last)
    return OutputSheet(given, CAMPAIGNS_SHEET, columns, tuple(dict.fromkeys((*numbers, *outcome_rows))))


def hours_sheet(given: Sheet, *, live: bool) -> OutputSheet:
    """Every row of the sheet Calling hours in its order."""
    # What to fix is there without Status too: the reader skips the results' columns only together.
    first = [_STATUS] if live else []
    columns: tuple[AnyColumn, ...] = (
        *first,
        *HOURS_COLUMNS,
        *own_headings(given, HOURS_COLUMNS),
        AddedColumn(ROW, 9),
        _WHAT_TO_FIX,
    )
    return OutputSheet(given, HOURS_SHEET, columns, tuple(int(row) for row in given.frame.index))


def is_live(campaigns: Sheet, hours: Sheet) -> bool:
    """Whether the sheets are small enough for live formulas."""
    return len(campaigns.frame) <= MOST_LIVE_ROWS and len(hours.frame) <= MOST_LIVE_HOURS_ROWS


def heading(column: AnyColumn) -> str:
    """The column's heading, without a star."""
    return column if isinstance(column, str) else column.heading


def heading_of(problem: Problem, given: Sheet) -> str | None:
    """The heading of the problem's column; None where it has none."""
    if problem.heading is not None:
        return problem.heading
    return next((column for column, letter in given.letters.items() if letter == problem.column), None)


def with_headings_apart(given: Sheet) -> Sheet:
    """The sheet with another heading for each column of the user's own that has one of ours.

    ``Result`` becomes ``Result (your own)``. Otherwise it would be taken for the results' own column here, or be
    skipped as one when the results are read.
    """
    headings = [str(heading) for heading in given.frame.columns]
    ours = [heading for heading in headings if fold(heading) in DISPLAY_ONLY]
    if not ours:
        return given
    apart = {heading: free(f"{heading} (your own)", headings) for heading in ours}
    letters = {apart.get(heading, heading): letter for heading, letter in given.letters.items()}
    return replace(given, frame=given.frame.rename(columns=apart), letters=letters)


def own_headings(given: Sheet, columns: Sequence[Column]) -> tuple[str, ...]:
    """The headings that only the user knows."""
    known = {column.heading for column in columns}
    return tuple(str(column) for column in given.frame.columns if column not in known)


def _column(text: str) -> Column:
    return next(column for column in CAMPAIGN_COLUMNS if column.heading == text)
