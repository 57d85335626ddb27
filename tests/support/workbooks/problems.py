"""Problems compared by what a person reads, whatever template and values made them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulkload.model import Level, Problem


class ProblemText(NamedTuple):
    """A problem as text. Tests write one, or a plain tuple of the same values, as what they expect."""

    level: Level
    message: str
    fix: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    value: str | None = None


def problem_text(problem: Problem) -> ProblemText:
    """What a person reads of this problem, with plain words for the marks."""
    return ProblemText(
        problem.level,
        problem.message,
        problem.fix,
        problem.sheet,
        problem.row,
        problem.column,
        problem.heading,
        problem.value,
    )


def problem_texts(problems: Iterable[Problem]) -> list[ProblemText]:
    """The same of several."""
    return [problem_text(problem) for problem in problems]
