"""Problems as they are to be read in the results workbook: with its own cells, and each with a cell to look at.

The person mends the results, so the rows that a message names are named as they stand there; and a refusal, of
which the service names no cell, is given the cell whose value the service repeats.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from bulkload.columns import CAMPAIGN_COLUMNS, RESULT_HEADINGS, CallerId, ListedName, ListedNames
from bulkload.messages import quoted
from bulkload.model import ErrorCell, Status, UncalculatedCell
from bulkload.workbook.results.output_sheet import heading_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.messages import Marks, Message
    from bulkload.model import Cell, Outcome, Problem, RowReference, Sheet
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import Place

RESULT = RESULT_HEADINGS[0]

NO_FORMULA = "Type the value itself: the formula stands in your own file alone."
"""What would be right where a formula came to nothing: the results carry values, and here an error for it."""

REPEATED = tuple(
    column.heading
    for column in CAMPAIGN_COLUMNS
    if isinstance(column.kind, (ListedName, ListedNames, CallerId))
)
"""Columns that hold what must be known to the account: the service repeats such a value when it is not."""


def relocated(report: Report, places: Sequence[Place]) -> Report:
    """The same report, its problems told for somebody who has this workbook before them."""
    here = _Here(places)
    return replace(
        report,
        problems=tuple(map(here.problem, report.problems)),
        outcomes=tuple(map(here.outcome, report.outcomes)),
    )


def rendered(report: Report, marks: Marks) -> Report:
    """The same report, its messages as complete sentences in the words of a front end."""

    def in_words(explanation: Message) -> Message:
        return quoted(*explanation.render(marks))

    def problems(found: tuple[Problem, ...]) -> tuple[Problem, ...]:
        return tuple(replace(problem, explanation=in_words(problem.explanation)) for problem in found)

    stopped = report.stopped
    return replace(
        report,
        problems=problems(report.problems),
        outcomes=tuple(
            replace(
                outcome,
                explanation=outcome.explanation and in_words(outcome.explanation),
                problems=problems(outcome.problems),
            )
            for outcome in report.outcomes
        ),
        stopped=stopped and replace(stopped, explanation=in_words(stopped.explanation)),
    )


class _Here:
    """What the places know, gathered once: there may be a hundred thousand problems."""

    def __init__(self, places: Sequence[Place]) -> None:
        self._campaigns = places[0].given
        self._places = {place.given.name: place for place in places}
        self._rows = {name: place.row_indexes() for name, place in self._places.items()}
        self._columns = {name: place.heading_indexes() for name, place in self._places.items()}

    def outcome(self, outcome: Outcome) -> Outcome:
        """What became of a row; what is wrong with it as a whole is shown at its Result."""
        by_cell = outcome.status is Status.REFUSED  # a refusal alone is mended in a cell
        problems = (self._placed(self.problem(problem), by_cell=by_cell) for problem in outcome.problems)
        return replace(outcome, problems=tuple(problems))

    def problem(self, problem: Problem) -> Problem:
        """The problem with this workbook's cells in its message, and what would be right here."""
        if self._came_to_nothing(problem):
            problem = replace(problem, explanation=quoted(problem.message, NO_FORMULA))
        if not problem.explanation.references:
            return problem
        explanation = problem.explanation.with_references(
            lambda mention: self._as_here(mention, mention.sheet or problem.sheet or "")
        )
        return replace(problem, explanation=explanation)

    def _came_to_nothing(self, problem: Problem) -> bool:
        """Whether the problem's cell was a formula without a value; what it shows tells at once of most that not."""
        place = self._places.get(problem.sheet or "")
        if place is None or not (problem.value or "").startswith(("=", "#")):
            return False
        frame: Any = place.given.frame  # pandas' types know no cell of ours
        if problem.row not in frame.index or problem.heading not in frame.columns:
            return False
        return isinstance(frame.at[problem.row, problem.heading], UncalculatedCell | ErrorCell)

    def _as_here(self, mention: RowReference, sheet: str) -> RowReference:
        place, rows = self._places[sheet], self._rows[sheet]
        column = mention.column
        if column is not None:
            heading = next(text for text, letter in place.given.letters.items() if letter == column)
            column = xl_col_to_name(self._columns[sheet][heading])
        return replace(mention, rows=tuple(rows[row] + 1 for row in mention.rows), column=column)

    def _placed(self, problem: Problem, *, by_cell: bool) -> Problem:
        """What names no cell: at the one cell whose value its words repeat, or at the row's Result."""
        if problem.sheet != self._campaigns.name or heading_of(problem, self._campaigns) is not None:
            return problem
        placed = locate_refusal(problem, self._campaigns) if by_cell else problem
        return placed if placed.heading else replace(problem, heading=RESULT)


def locate_refusal(problem: Problem, given: Sheet) -> Problem:
    """A refusal at the one cell of its row whose value the service repeats; as it is where there is no such cell."""
    frame: Any = given.frame  # pandas' types know no cell of ours
    row = problem.row
    headings = [heading for heading in REPEATED if heading in frame.columns and row in frame.index]
    cells: Mapping[str, Cell] = {heading: frame.at[row, heading] for heading in headings}
    repeated = [heading for heading, cell in cells.items() if _repeats(problem.message, cell)]
    if len(repeated) != 1:
        return problem
    heading = repeated[0]
    return replace(problem, heading=heading, column=given.letters.get(heading), value=str(cells[heading]))


def _repeats(message: str, cell: Cell) -> bool:
    """Whether the words hold one of the cell's names whole; a number may stand there for any other reason."""
    names = re.split(r"[;\n]", cell) if isinstance(cell, str) else []
    return any(
        re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", message, re.IGNORECASE)
        for name in names
        if name.strip()
    )
