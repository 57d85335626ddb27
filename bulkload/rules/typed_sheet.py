"""A sheet as typed columns, and its problems in the order of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bulkload.columns import TimeOfDay
from bulkload.messages import Message
from bulkload.model import Problem, RowReference
from bulkload.rules.cells import display_text, display_value, excel_serial
from bulkload.rules.messages.rows import FILLED_DOWN, ONLY_ONE_CELL, TOTALS_ROW
from bulkload.text import and_list, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.messages import MessageTemplate
    from bulkload.model import Cell, Sheet
    from bulkload.rules.pandera_checks import RuleFailure
    from bulkload.rules.parse import ParsedColumn

Finding: TypeAlias = tuple[Message, tuple[str, ...]]
"""A message and the proposals that go with it."""

_COLUMNS_AT_MOST = 64
"""More than any sheet's columns; a row's number times this, plus the column's, sorts problems."""
FILLED_DOWN_FROM = 3
"""Rows in a row without any content of their own from which they are taken for values filled down."""
_TOTALS = frozenset({"total", "totals", "grand total", "sum", "subtotal", "summe", "gesamt", "ergebnis"})


SHOWN_ROWS = 5
"""Rows that a message names before it says how many more there are."""


def row_reference(
    rows: Sequence[int], total: int, *, column: str | None = None, sheet: str | None = None
) -> RowReference:
    """The first of these Excel rows, and how many more there are; ``rows`` may be longer than what is named."""
    named = tuple(rows[:SHOWN_ROWS])
    return RowReference(named, column, total - len(named), sheet)


def filled(field: str) -> str:
    """The typed frame's column that says whether a field's cells contain anything."""
    return f"{field} filled"


def dtype_of(column: Column) -> str:
    """The type of a column's values in the typed frame; empty and unreadable cells are missing values."""
    return "Int64" if column.kind.is_integer else "object"


@dataclass(frozen=True, slots=True)
class SingleCellRows:
    """Rows that are not entries of the table: notes, totals, values filled down. Each has one problem and no other."""

    rows: NDArray[np.intp]
    """Counted from 0."""
    problems: list[Problem]
    """One for each of the rows."""


@dataclass(frozen=True, slots=True)
class TypedSheet:
    """A sheet after parsing: one entry for each column of the catalogue."""

    sheet: Sheet
    columns: Mapping[str, ParsedColumn]
    """By field, in the order of the template."""
    essential: Sequence[str] = ()
    """Fields of which every entry has at least one; a row without any of them was not written by hand."""

    @property
    def rows(self) -> list[int]:
        """The Excel row of each row."""
        return self.sheet.frame.index.tolist()

    def types(self) -> dict[str, str]:
        """The columns of typed values and their types, which pandera checks before the rules."""
        return {field: dtype_of(parsed.column) for field, parsed in self._judged()}

    def frame(self) -> pd.DataFrame:
        """The typed values and which cells are filled; the index counts from 0."""
        values = {
            field: pd.Series(parsed.values(), dtype=dtype_of(parsed.column))
            for field, parsed in self._judged()
        }
        are_filled = {filled(field): parsed.is_filled() for field, parsed in self._judged()}
        return pd.DataFrame({**values, **are_filled}, index=pd.RangeIndex(len(self.sheet.frame)))

    def letter(self, field: str) -> str | None:
        """The column's letter; None where the sheet does not have the column."""
        return self.sheet.letters.get(self.columns[field].column.heading)

    def single_cell_rows(self) -> SingleCellRows:
        """The rows that are not entries of the table, with their problems; people's own columns count too."""
        is_filled = self._is_filled()
        counts = is_filled.sum(axis=0)
        is_single = counts == 1
        totals = self._totals(is_filled, counts)
        filled_down = self._filled_down(is_filled)
        is_single[[*totals, *filled_down]] = False
        single = {
            row: self._problem(ONLY_ONE_CELL, row, is_filled[:, row].argmax())
            for row in np.flatnonzero(is_single).tolist()
        }
        found = dict(sorted((single | filled_down | totals).items()))
        return SingleCellRows(np.array([*found], dtype=np.intp), [*found.values()])

    def _is_filled(self) -> NDArray[np.bool_]:
        """For each column of the sheet and each row, whether the cell contains anything."""
        known = {parsed.column.heading: parsed for parsed in self.columns.values()}
        cells = self.sheet.frame
        return np.array(
            [
                known[heading].is_filled() if heading in known else cells[heading].notna().to_numpy()
                for heading in cells.columns
            ]
        )

    def _is_bare(self) -> NDArray[np.bool_]:
        """For each row, whether no essential cell is filled and the name is at most a number."""
        name = self.columns["name"]
        has_name = np.array([isinstance(cell, str) and bool(cell.strip()) for cell in name.cells], dtype=bool)
        bare = ~has_name[name.codes]
        for field in self.essential:
            bare &= ~self.columns[field].is_filled()
        return bare

    def _totals(self, is_filled: NDArray[np.bool_], counts: NDArray[np.intp]) -> dict[int, Problem]:
        """The totals rows of Excel's tables: a word such as Total, and nothing that a campaign needs."""
        if not self.essential:
            return {}
        empty = ~np.logical_or.reduce([self.columns[field].is_filled() for field in self.essential])
        found = {}
        is_declared = self.sheet.frame.index.isin(list(self.sheet.totals_rows))
        for row in np.flatnonzero((empty | is_declared) & (counts > 0)).tolist():
            for place in np.flatnonzero(is_filled[:, row]).tolist():
                cell = self._cell(row, place)
                if is_declared[row] or (isinstance(cell, str) and name_key(display_text(cell)) in _TOTALS):
                    found[row] = self._problem(TOTALS_ROW, row, place)
                    break
        return found

    def _filled_down(self, is_filled: NDArray[np.bool_]) -> dict[int, Problem]:
        """Runs of rows with only defaults or running numbers, as Excel's fill handle leaves them."""
        if not self.essential:
            return {}
        bare = np.flatnonzero(self._is_bare()).tolist()
        found: dict[int, Problem] = {}
        # Consecutive rows with the same filled columns: a note between them belongs to no run.
        for _, group in groupby(
            enumerate(bare), key=lambda item: (item[1] - item[0], is_filled[:, item[1]].tobytes())
        ):
            run = [row for _, row in group]
            if len(run) < FILLED_DOWN_FROM:
                continue
            places = np.flatnonzero(is_filled[:, run[0]]).tolist()
            values = {
                "first": RowReference((self.rows[run[0]],)),
                "last": RowReference((self.rows[run[-1]],)),
                "headings": and_list(self.sheet.frame.columns[place] for place in places),
            }
            for row in run:
                found[row] = self._problem(FILLED_DOWN, row, is_filled[:, row].argmax(), **values)
        return found

    def _cell(self, row: int, place: int) -> Cell:
        frame: Any = self.sheet.frame  # pandas' stubs know no frame of cells
        cell: Cell = frame.iloc[row, place]
        return cell

    def _problem(self, template: MessageTemplate, row: int, place: Any, **values: Any) -> Problem:
        heading = str(self.sheet.frame.columns[place])
        return template.problem(
            sheet=self.sheet.name,
            row=self.rows[row],
            column=self.sheet.letters[heading],
            heading=heading,
            value=display_value(self._cell(row, place)),
            **values,
        )

    def _judged(self) -> Iterator[tuple[str, ParsedColumn]]:
        for field, parsed in self.columns.items():
            if parsed.column.kind.is_judged:
                yield field, parsed


@dataclass(frozen=True, slots=True)
class SheetProblems:
    """What is wrong with a sheet."""

    problems: tuple[Problem, ...]
    """By row, and in a row by column."""
    has_error: NDArray[np.bool_]
    """For each row, whether it has an error."""


def find_problems(typed: TypedSheet, frame: pd.DataFrame, failures: Iterable[RuleFailure]) -> SheetProblems:
    """The parsers' findings and the failures that pandera found, as problems."""
    rows: list[NDArray[np.intp]] = []
    problems: list[list[Problem]] = []
    order = {field: position for position, field in enumerate(typed.columns)}
    has_error = np.zeros(len(frame), dtype=bool)
    single = typed.single_cell_rows()
    has_error[single.rows] = True
    # Rows that are not entries come first, so that no rule adds to their one problem.
    is_entry = ~has_error  # a note under the table lacks every needed cell, which is no news

    def add(field: str, at: NDArray[np.intp], found: list[Problem]) -> None:
        rows.append(at * _COLUMNS_AT_MOST + order[field])
        problems.append(found)
        has_error[at[[problem.is_error for problem in found]]] = True

    for field, parsed in typed.columns.items():
        at = _among(parsed.rows_with_findings(), is_entry)
        add(field, at, _problems(typed, field, at, parsed.codes[at].tolist(), partial(_finding_of, parsed)))
    for failure in failures:
        rule, at = failure.rule, _among(failure.rows, is_entry)
        needs = zip(*(frame[need].to_numpy(dtype=object)[at] for need in rule.needs), strict=True)
        keys = list(needs) if rule.needs else [()] * len(at)
        add(rule.field, at, _problems(typed, rule.field, at, keys, rule.finding))
    for field, at, problem in _found_by_reader(typed):
        add(field, _among(at, is_entry), [problem] if is_entry[at[0]] else [])
    rows.append(single.rows * _COLUMNS_AT_MOST)
    problems.append(single.problems)
    return SheetProblems(_sorted(rows, problems), has_error)


def _found_by_reader(typed: TypedSheet) -> Iterator[tuple[str, NDArray[np.intp], Problem]]:
    """What the reader found in single cells of these rows, with the field and the row counted from 0."""
    if not typed.sheet.problems:
        return
    places = {row: place for place, row in enumerate(typed.rows)}
    fields = {parsed.column.heading: field for field, parsed in typed.columns.items()}
    first = next(iter(typed.columns))
    for problem in typed.sheet.problems:
        if problem.row in places:  # a row that is left out is not in the frame
            yield fields.get(problem.heading or "", first), np.array([places[problem.row]]), problem


def _among(at: NDArray[np.intp], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    return at[wanted[at]]


def _finding_of(parsed: ParsedColumn, code: int) -> Finding:
    cell = parsed.parsed[code]
    assert cell.finding is not None
    return cell.finding, cell.proposals


def _problems(
    typed: TypedSheet, field: str, at: NDArray[np.intp], keys: list[Any], finding_of: Callable[[Any], Finding]
) -> list[Problem]:
    """A problem for each of these rows; the same cell with the same key gets the same message object."""
    parsed, numbers = typed.columns[field], typed.rows
    heading, letter, sheet = parsed.column.heading, typed.letter(field), typed.sheet.name
    # 10,000 equal cells share one message: making each anew took most of the time for faulty workbooks.
    made: dict[tuple[int, Any], tuple[Message, str | None, tuple[str, ...]]] = {}
    problems = []
    for row, code, key in zip(at.tolist(), parsed.codes[at].tolist(), keys, strict=True):
        found = made.get((code, key))
        if found is None:
            finding, proposals = finding_of(key)
            value = _display(parsed.column, parsed.cells[code])
            explanation = finding.template(**{"heading": heading, "value": value, **finding.values})  # noqa: PD011  (no frame)
            found = made[code, key] = (explanation, value, proposals)
        explanation, value, proposals = found
        level = explanation.template.level
        problems.append(Problem(level, explanation, sheet, numbers[row], letter, heading, value, proposals))
    return problems


def _display(column: Column, cell: Cell) -> str | None:
    """The value as Excel shows it; a number in a cell for times shows only its time of day."""
    if isinstance(column.kind, TimeOfDay) and isinstance(cell, datetime) and excel_serial(cell):
        return display_value(cell.time())
    return display_value(cell)


def _sorted(rows: list[NDArray[np.intp]], problems: list[list[Problem]]) -> tuple[Problem, ...]:
    """By row and column; within a cell in the order found."""
    every = [problem for found in problems for problem in found]
    return tuple(every[position] for position in np.argsort(np.concatenate(rows), kind="stable").tolist())
