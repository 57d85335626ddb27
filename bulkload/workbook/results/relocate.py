"""Problems with the cells of the results workbook, each with a cell to look at.

People fix the results workbook, so messages name rows as they are numbered here. A refusal, for which the service
names no cell, gets the cell whose value the service repeats.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xlsxwriter.utility import xl_col_to_name

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.messages import quoted
from bulkload.model import ErrorCell, Status, UncalculatedCell
from bulkload.workbook.results.output_sheet import RESULT, heading_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.messages import Marks, Message
    from bulkload.model import Cell, Outcome, Problem, RowReference, Sheet
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import OutputSheet

NO_FORMULA = "Type the value itself: the formula is only in your own file."
"""The fix where a formula has no result: the results workbook contains values, and here an error in its place."""

REPEATED = tuple(column.heading for column in CAMPAIGN_COLUMNS if column.kind.is_in_account)
"""Columns whose values must exist in the account: the service repeats such a value when it refuses it."""


def relocated(report: Report, sheets: Sequence[OutputSheet]) -> Report:
    """The same report, its problems with the cells of the results workbook."""
    relocation = _Relocation(sheets)
    return replace(
        report,
        problems=tuple(map(relocation.problem, report.problems)),
        outcomes=tuple(map(relocation.outcome, report.outcomes)),
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


class _Relocation:
    """What the sheets know, gathered once: there may be a hundred thousand problems."""

    def __init__(self, sheets: Sequence[OutputSheet]) -> None:
        self._campaigns = sheets[0].given
        self._sheets = {sheet.given.name: sheet for sheet in sheets}
        self._rows = {name: sheet.row_indexes() for name, sheet in self._sheets.items()}
        self._columns = {name: sheet.heading_indexes() for name, sheet in self._sheets.items()}

    def outcome(self, outcome: Outcome) -> Outcome:
        """The outcome with relocated problems; a problem of the row as a whole is shown at its Result."""
        by_cell = outcome.status is Status.REFUSED  # only a refusal is fixed in a cell
        problems = (self._placed(self.problem(problem), by_cell=by_cell) for problem in outcome.problems)
        return replace(outcome, problems=tuple(problems))

    def problem(self, problem: Problem) -> Problem:
        """The problem with this workbook's cells in its message, and with what would be right here."""
        if self._has_no_result(problem):
            problem = replace(problem, explanation=quoted(problem.message, NO_FORMULA))
        if not problem.explanation.references:
            return problem
        explanation = problem.explanation.with_references(
            lambda reference: self.new_row_of(reference, reference.sheet or problem.sheet or "")
        )
        return replace(problem, explanation=explanation)

    def new_row_of(self, reference: RowReference, sheet: str) -> RowReference:
        """The same rows, and their column, as they are numbered here."""
        output, rows = self._sheets[sheet], self._rows[sheet]
        column = reference.column
        if column is not None:
            heading = next(text for text, letter in output.given.letters.items() if letter == column)
            column = xl_col_to_name(self._columns[sheet][heading])
        return replace(reference, rows=tuple(rows[row] + 1 for row in reference.rows), column=column)

    def _has_no_result(self, problem: Problem) -> bool:
        """Whether the problem's cell is a formula without a result."""
        output = self._sheets.get(problem.sheet or "")
        # The value as shown decides it at once for most problems; the frame is slow.
        if output is None or not (problem.value or "").startswith(("=", "#")):
            return False
        frame: Any = output.given.frame  # pandas' types know no cell of ours
        if problem.row not in frame.index or problem.heading not in frame.columns:
            return False
        return isinstance(frame.at[problem.row, problem.heading], UncalculatedCell | ErrorCell)

    def _placed(self, problem: Problem, *, by_cell: bool) -> Problem:
        """A problem without a cell: at the one cell whose value its words repeat, or at the row's Result."""
        if problem.sheet != self._campaigns.name or heading_of(problem, self._campaigns) is not None:
            return problem
        placed = locate_refusal(problem, self._campaigns) if by_cell else problem
        return placed if placed.heading else replace(problem, heading=RESULT)


def locate_refusal(problem: Problem, given: Sheet) -> Problem:
    """A refusal at the one cell of its row whose value the service repeats; unchanged without such a cell."""
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
    """Whether the message contains one of the cell's names as a whole; numbers occur in messages for other reasons."""
    names = re.split(r"[;\n]", cell) if isinstance(cell, str) else []
    return any(
        re.search(rf"(?<!\w){re.escape(name.strip())}(?!\w)", message, re.IGNORECASE)
        for name in names
        if name.strip()
    )
