"""A sheet as typed columns, and the problems of its cells in the order of the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bulkload.columns import FreeText, TimeOfDay, WholeNumber
from bulkload.model import Problem
from bulkload.rules.cells import number_behind, shown
from bulkload.rules.messages.rows import ONLY_ONE_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.messages import Message
    from bulkload.model import Cell, Sheet
    from bulkload.rules.pandera_checks import Verdict
    from bulkload.rules.parse import Parsed

COLUMNS_AT_MOST = 64
"""More than any sheet's columns; a row's number times this, plus the column's, sorts problems."""


def given(field: str) -> str:
    """The typed frame's column that says whether anything stands in a field's cells."""
    return f"{field} given"


def dtype_of(column: Column) -> str:
    """The type of a column's values in the typed frame; empty and unreadable cells are missing values."""
    return "Int64" if isinstance(column.kind, WholeNumber | TimeOfDay) else "object"


@dataclass(frozen=True, slots=True)
class SingleCellRows:
    """Rows in which a single cell is filled: notes, or campaigns just begun."""

    rows: NDArray[np.intp]
    """Counted from 0."""
    headings: list[str]
    """Above the cell of each."""

    def cells(self) -> Iterator[tuple[int, str]]:
        """Row and heading of each cell."""
        return zip(self.rows.tolist(), self.headings, strict=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet, read: one entry for each column that ``workbook.columns`` knows."""

    sheet: Sheet
    columns: Mapping[str, Parsed]
    """By field, in the order of the template."""

    @property
    def rows(self) -> list[int]:
        """The Excel row of each row."""
        return self.sheet.frame.index.tolist()

    def types(self) -> dict[str, str]:
        """The columns of the typed frame and their types."""
        judged = {field: dtype_of(parsed.column) for field, parsed in self._judged()}
        return judged | {given(field): "bool" for field in judged}

    def frame(self) -> pd.DataFrame:
        """The typed values and which cells were filled; the index counts from 0."""
        values = {
            field: pd.Series(parsed.values(), dtype=dtype_of(parsed.column))
            for field, parsed in self._judged()
        }
        filled = {given(field): parsed.given() for field, parsed in self._judged()}
        return pd.DataFrame({**values, **filled}, index=pd.RangeIndex(len(self.sheet.frame)))

    def lonely(self) -> SingleCellRows:
        """The rows in which nothing but one cell is filled, the person's own columns counted too."""
        known = {parsed.column.heading: parsed for parsed in self.columns.values()}
        cells = self.sheet.frame
        filled = np.array(
            [
                known[heading].given() if heading in known else cells[heading].notna().to_numpy()
                for heading in cells.columns
            ]
        )
        rows = np.flatnonzero(filled.sum(axis=0) == 1)
        return SingleCellRows(
            rows, [cells.columns[place] for place in filled[:, rows].argmax(axis=0).tolist()]
        )

    def letter(self, field: str) -> str | None:
        """The column's letter; None where the sheet lacks the column."""
        return self.sheet.letters.get(self.columns[field].column.heading)

    def _judged(self) -> Iterator[tuple[str, Parsed]]:
        for field, parsed in self.columns.items():
            if not isinstance(parsed.column.kind, FreeText):
                yield field, parsed


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong with a sheet."""

    problems: tuple[Problem, ...]
    """By row, and in a row by column."""
    faulty: NDArray[np.bool_]
    """For each row, whether it has an error."""


def find(table: Table, frame: pd.DataFrame, verdicts: Iterable[Verdict]) -> Found:
    """The parsers' troubles and pandera's verdicts as problems."""
    rows: list[NDArray[np.intp]] = []
    problems: list[list[Problem]] = []
    order = {field: position for position, field in enumerate(table.columns)}
    faulty = np.zeros(len(frame), dtype=bool)
    lonely = table.lonely()
    faulty[lonely.rows] = True
    in_company = ~faulty  # a note under the table lacks everything, which is no news

    def add(field: str, at: NDArray[np.intp], found: list[Problem]) -> None:
        rows.append(at * COLUMNS_AT_MOST + order[field])
        problems.append(found)
        faulty[at[[problem.is_error for problem in found]]] = True

    for field, parsed in table.columns.items():
        at = _among(parsed.troubled(), in_company)
        add(field, at, _say(table, field, at, parsed.codes[at].tolist(), partial(_finding_of, parsed)))
    for verdict in verdicts:
        rule, at = verdict.rule, _among(verdict.rows, in_company)
        needs = zip(*(frame[need].to_numpy(dtype=object)[at] for need in rule.needs), strict=True)
        keys = list(needs) if rule.needs else [()] * len(at)
        add(rule.field, at, _say(table, rule.field, at, keys, rule.finding))
    rows.append(lonely.rows * COLUMNS_AT_MOST)
    problems.append([_only_one_cell(table.sheet, row, heading) for row, heading in lonely.cells()])
    return Found(_sorted(rows, problems), faulty)


def _among(at: NDArray[np.intp], wanted: NDArray[np.bool_]) -> NDArray[np.intp]:
    return at[wanted[at]]


def _only_one_cell(sheet: Sheet, row: int, heading: str) -> Problem:
    value = shown(sheet.frame[heading].iloc[row])
    return ONLY_ONE_CELL.problem(
        sheet=sheet.name,
        row=sheet.frame.index.tolist()[row],
        column=sheet.letters[heading],
        heading=heading,
        value=value,
    )


def _finding_of(parsed: Parsed, code: int) -> Message:
    finding = parsed.readings[code].finding
    assert finding is not None
    return finding


def _say(
    table: Table, field: str, at: NDArray[np.intp], keys: list[Any], finding_of: Callable[[Any], Message]
) -> list[Problem]:
    """A problem for each of these rows; the same cell with the same key is said only once and repeated."""
    parsed, numbers = table.columns[field], table.rows
    heading, letter, sheet = parsed.column.heading, table.letter(field), table.sheet.name
    said: dict[tuple[int, Any], tuple[Message, str | None]] = {}
    problems = []
    for row, code, key in zip(at.tolist(), parsed.codes[at].tolist(), keys, strict=True):
        found = said.get((code, key))
        if found is None:
            finding, value = finding_of(key), _seen(parsed.column, parsed.cells[code])
            explanation = finding.template(**{"heading": heading, "value": value, **finding.values})  # noqa: PD011  (no frame)
            found = said[code, key] = (explanation, value)
        explanation, value = found
        level = explanation.template.level
        problems.append(Problem(level, explanation, sheet, numbers[row], letter, heading, value))
    return problems


def _seen(column: Column, cell: Cell) -> str | None:
    """The value as the person sees it; a number in a cell for times shows its time of day alone."""
    if isinstance(column.kind, TimeOfDay) and isinstance(cell, datetime) and number_behind(cell):
        return shown(cell.time())
    return shown(cell)


def _sorted(rows: list[NDArray[np.intp]], problems: list[list[Problem]]) -> tuple[Problem, ...]:
    """By row and column; within a cell as they were found."""
    every = [problem for found in problems for problem in found]
    return tuple(every[position] for position in np.argsort(np.concatenate(rows), kind="stable").tolist())
