"""Problems as lines on a console: the same mistake once, with its cells, the most harmful first."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks
from bulkload.model import Level
from bulkload.text import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulkload.model import Problem

RANGES_AT_MOST = 8
"""Ranges of cells that one line names; the rest is counted."""
SIGNS = {Level.ERROR: click.style("✗", fg="red"), Level.WARNING: click.style("!", fg="yellow")}


@dataclass(slots=True)
class ProblemGroup:
    """Problems that say the same of different cells."""

    level: Level
    sheet: str | None
    text: str
    fix: str
    column: str | None
    rows: list[int] = field(default_factory=list)

    @property
    def where(self) -> str:
        """``G6-G45``, ``rows 8-9``, or nothing where the file as a whole is meant."""
        ranges = _ranges(self.rows)
        named = [self._range(first, last) for first, last in ranges[:RANGES_AT_MOST]]
        more = sum(last - first + 1 for first, last in ranges[RANGES_AT_MOST:])
        cells = ", ".join(named) + (f" and {more:,} more" if more else "")
        return cells if self.column or not cells else f"row{'s' if len(self.rows) > 1 else ''} {cells}"

    def _range(self, first: int, last: int) -> str:
        column = self.column or ""
        return f"{column}{first}" if first == last else f"{column}{first}-{column}{last}"


def group_problems(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """Equal problems together: errors first, those of the file before those of cells, larger groups first."""
    groups: dict[tuple[object, ...], ProblemGroup] = {}
    for problem in problems:
        text, fix = problem.explanation.render(cli_marks)
        text = _with_heading(problem, text)
        key = (problem.level, problem.sheet, problem.column, text, fix)
        group = groups.get(key)
        if group is None:
            group = groups[key] = ProblemGroup(problem.level, problem.sheet, text, fix, problem.column)
        if problem.row is not None:
            group.rows.append(problem.row)
    return sorted(groups.values(), key=_harm)


def _harm(group: ProblemGroup) -> tuple[bool, bool, int]:
    return (group.level is not Level.ERROR, bool(group.rows), -len(group.rows))


def _with_heading(problem: Problem, text: str) -> str:
    """The text, with the heading and the value in front where it does not name them itself."""
    heading = problem.heading if problem.heading and problem.heading not in text else ""
    value = f'"{problem.value}"' if problem.value and problem.value not in text else ""
    where = ", ".join(part for part in (heading, value) if part)
    return f"{where}: {text}" if where else text


def problem_lines(groups: Sequence[ProblemGroup], *, width: int) -> list[list[str]]:
    """For each group its lines, folded at the window's width."""
    sheets: defaultdict[str | None, int] = defaultdict(int)
    for group in groups:
        sheets[group.sheet] += 1
    return [_lines(group, width=width, names_sheet=len(sheets) > 1) for group in groups]


def _lines(group: ProblemGroup, *, width: int, names_sheet: bool) -> list[str]:
    sheet = group.sheet if names_sheet and group.sheet and group.rows else ""
    place = " ".join(part for part in (sheet, group.where) if part)
    text = sanitize(f"{place}: {group.text} {group.fix}" if place else f"{group.text} {group.fix}").strip()
    folded = textwrap.wrap(text, max(20, width - 4), break_long_words=False, break_on_hyphens=False)
    first, *rest = folded or [""]
    return [f"  {SIGNS[group.level]} {first}", *(f"    {line}" for line in rest)]


def _ranges(rows: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring rows, each with its first and last."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(set(rows)):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        else:
            ranges.append((row, row))
    return ranges
