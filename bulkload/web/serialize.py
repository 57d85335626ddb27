"""A workbook as the check page's script reads it: columns, rows, problems, counts and the week of each name."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS, Choice, Detection, HoursName, TimeZone
from bulkload.editing import CAMPAIGNS, HOURS, cell_text, typed_text
from bulkload.model import DialingMode
from bulkload.web.messages.wording import page_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.checking import CheckedWorkbook
    from bulkload.columns import Column
    from bulkload.model import CallingHours, Problem, Sheet

SHEETS = (CAMPAIGNS, HOURS)
_COLUMNS: Mapping[str, Mapping[str, Column]] = {
    CAMPAIGNS: {column.heading: column for column in CAMPAIGN_COLUMNS},
    HOURS: {column.heading: column for column in HOURS_COLUMNS},
}
_MODES = {str(mode).casefold(): mode for mode in DialingMode}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
READY, TO_FIX, TO_CHECK, LEFT_OUT = "ready", "fix", "check", "out"
"""The states of a row."""
ERROR, WARNING, UNUSED = "error", "warning", "unused"
"""The states of a cell; a cell without one is as it should be."""


class CheckedView:
    """One state of a workbook, and its parts as JSON."""

    def __init__(self, checked: CheckedWorkbook) -> None:
        self._checked = checked
        workbook = checked.workbook
        self._sheets = {CAMPAIGNS: workbook.campaigns, HOURS: workbook.calling_hours}
        self.problems = {sheet: self._problems_by_row(sheet) for sheet in SHEETS}

    def whole(self) -> dict[str, Any]:
        """Everything the page needs."""
        return {
            **{sheet: self._whole_sheet(sheet) for sheet in SHEETS},
            "weeks": weeks(self._checked.validation.hours),
            "counts": self.counts(),
        }

    def changed_since(self, before: CheckedView, edited: Iterable[tuple[str, int]]) -> dict[str, Any]:
        """The rows that differ from an earlier state, with all that is wrong in them now."""
        touched: dict[str, set[int]] = {sheet: set() for sheet in SHEETS}
        for sheet, row in edited:
            touched[sheet].add(row)
        for sheet in SHEETS:
            old, new = before.problems[sheet], self.problems[sheet]
            touched[sheet] |= {row for row in old.keys() | new.keys() if old.get(row) != new.get(row)}
        hours = {"weeks": weeks(self._checked.validation.hours)} if touched[HOURS] else {}
        return {
            **{sheet: self._part(sheet, touched[sheet]) for sheet in SHEETS},
            "counts": self.counts(),
            **hours,
        }

    def counts(self) -> dict[str, int]:
        """Rows of campaigns by state, errors of both sheets, and problems of no row."""
        states = Counter(self._state(CAMPAIGNS, row) for row in self._sheets[CAMPAIGNS].frame.index.tolist())
        found = [problem for sheet in SHEETS for rows in self.problems[sheet].values() for problem in rows]
        return {
            "rows": states.total(),
            "ready": states[READY] + states[TO_CHECK],
            "fix": states[TO_FIX],
            "check": states[TO_CHECK],
            "out": states[LEFT_OUT],
            "errors": sum(problem.is_error for problem in found),
            "loose": sum(problem.is_error for problem in self._loose()),
        }

    # --- sheets ----------------------------------------------------------------------------------------

    def _whole_sheet(self, sheet: str) -> dict[str, Any]:
        found = self._sheets[sheet]
        columns = [self._column(sheet, heading) for heading in found.frame.columns]
        numbers = set(found.frame.index.tolist())
        loose = [_problem(sheet, problem) for problem in self._loose()] if sheet == CAMPAIGNS else []
        return {"sheet": found.name, "columns": columns, **self._part(sheet, numbers), "loose": loose}

    def _part(self, sheet: str, numbers: set[int]) -> dict[str, Any]:
        """Some rows, and what is wrong in them."""
        frame = self._sheets[sheet].frame
        if len(numbers) < len(frame):
            frame = frame.loc[sorted(numbers & set(frame.index))]
        headings = list(frame.columns)
        rows = [
            self._row(sheet, row, headings, cells)
            for row, cells in zip(frame.index.tolist(), frame.itertuples(index=False, name=None), strict=True)
        ]
        problems = [
            _problem(sheet, problem)
            for row in sorted(numbers)
            for problem in self.problems[sheet].get(row, ())
        ]
        return {"rows": rows, "problems": problems}

    def _row(self, sheet: str, row: int, headings: list[str], cells: tuple[Any, ...]) -> dict[str, Any]:
        unused = self._unused(sheet, dict(zip(headings, cells, strict=True)))
        states = dict.fromkeys(unused, UNUSED)
        for problem in self.problems[sheet].get(row, ()):
            if problem.heading and states.get(problem.heading) != ERROR:
                states[problem.heading] = ERROR if problem.is_error else WARNING
        texts = [_cell(cell, states.get(heading)) for heading, cell in zip(headings, cells, strict=True)]
        return {"row": row, "state": self._state(sheet, row), "cells": texts}

    def _unused(self, sheet: str, cells: Mapping[str, Any]) -> list[str]:
        """The headings that the row's dialing mode has no use for."""
        mode = _MODES.get(cell_text(cells.get("Dialing mode")).casefold())
        if sheet == HOURS or mode is None:
            return []
        case = (self._checked.version, mode)
        return [heading for heading, column in _COLUMNS[CAMPAIGNS].items() if case not in column.used]

    def _column(self, sheet: str, heading: str) -> dict[str, Any]:
        column = _COLUMNS[sheet].get(heading)
        return {
            "heading": heading,
            "letter": self._sheets[sheet].letters[heading],
            "help": column.help if column else "",
            "choices": _choices(column, self._checked),
            "suggests": column is not None
            and (column.kind.is_in_account or isinstance(column.kind, _SUGGESTED)),
            "width": column.width if column else 18,
            "own": column is None,
        }

    # --- problems --------------------------------------------------------------------------------------

    def _problems_by_row(self, sheet: str) -> dict[int, tuple[Problem, ...]]:
        found: defaultdict[int, list[Problem]] = defaultdict(list)
        own: Sheet = self._sheets[sheet]
        for problem in self._checked.validation.problems:
            if problem.sheet == own.name and problem.row is not None:
                found[problem.row].append(problem)
        return {row: tuple(problems) for row, problems in found.items()}

    def _loose(self) -> list[Problem]:
        """What is wrong with the file or a sheet as a whole."""
        judged = [problem for problem in self._checked.validation.problems if problem.row is None]
        return [*self._checked.workbook.problems, *judged]

    def _state(self, sheet: str, row: int) -> str:
        problems = self.problems[sheet].get(row, ())
        if sheet == CAMPAIGNS and row in self._checked.validation.left_out:
            return LEFT_OUT
        if any(problem.is_error for problem in problems):
            return TO_FIX
        return TO_CHECK if problems else READY


_SUGGESTED = (HoursName, TimeZone)


def weeks(hours: Mapping[str, CallingHours]) -> dict[str, Any]:
    """For each name, folded, its time zone and the seven days: pairs of minutes since midnight."""
    return {key: week(entry) for key, entry in hours.items()}


def week(hours: CallingHours) -> dict[str, Any]:
    """One name's week, Monday first."""
    days: list[list[list[int]]] = [[] for _ in _DAYS]
    for block in hours.blocks:
        start, end = (moment.hour * 60 + moment.minute for moment in (block.start, block.end))
        days[_DAYS.index(block.day)].append([start, end])
    return {"name": hours.name, "timezone": hours.timezone, "days": days}


def _cell(cell: Any, state: str | None) -> list[str]:
    """Text, then the state, then what an editor begins with where that differs."""
    text, typed = cell_text(cell), typed_text(cell)
    if typed != text:
        return [text, state or "", typed]
    return [text, state] if state else [text]


def _problem(sheet: str, problem: Problem) -> dict[str, Any]:
    message, fix = problem.explanation.render(page_marks)
    return {
        "sheet": sheet,
        "row": problem.row,
        "cell": problem.cell,
        "heading": problem.heading,
        "level": str(problem.level),
        "message": message,
        "fix": fix,
        "value": problem.value,
        "code": problem.code,
        "proposals": list(problem.proposals),
    }


def _choices(column: Column | None, checked: CheckedWorkbook) -> list[str]:
    """The only values that the column accepts; empty where there are others."""
    match column.kind if column else None:
        case Choice() as kind:
            return list(kind.choices)
        case Detection() as kind:
            return list(kind.choices(checked.version))
        case _:
            return []
