"""What the results workbook says of an outcome, in words; the signs and words of a status stand in ``report``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import MessageTemplate, plain_marks
from bulkload.model import Status
from bulkload.report import STATUS_LABELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulkload.messages import Marks
    from bulkload.model import Outcome, Problem
    from bulkload.report import Report

STATUS_DESCRIPTIONS: Mapping[Status, str] = {
    Status.CREATED: "A new campaign stands at Kore.ai. It calls nobody until somebody starts it there.",
    Status.UPDATED: "The campaign with this ID was changed.",
    Status.ALREADY_CREATED: "An earlier run created it, or made it just so, and it was not sent again.",
    Status.UNCHANGED: "An earlier run sent it just this. What Kore.ai's list doesn't show was not compared.",
    Status.INVALID: "Not sent: a cell is missing or wrong.",
    Status.REFUSED: "Kore.ai looked at it and said no. Nothing was done.",
    Status.NOT_SENT: "Nothing was sent for this row.",
    Status.UNKNOWN: "The answer was lost, so it may exist or not. It is never sent again by itself.",
    Status.CONFLICT: "What stands at Kore.ai does not fit this row; only a person can say which of the two is right.",
}
"""What a status means, a sentence each."""

MOST_LINES = 6
"""Lines in one cell of the sheet Campaigns: a row with a dozen of them would fill the screen."""

TO_MEND = frozenset({Status.INVALID, Status.REFUSED})
"""Rows that are mended in the workbook."""
UNFINISHED = frozenset({Status.UNKNOWN, Status.NOT_SENT})
"""Rows that going on with the run brings to an end; one that was left out on purpose needs no action."""

GO_ON = MessageTemplate(
    "go-on",
    "{resume:{run}} finds out what became of each row, and sends what was not sent.",
    example={"run": "20261121-104205-7c"},
)
SUBMIT_OR_GO_ON = MessageTemplate("submit-or-go-on", "Submit this same workbook, or {resume:}.")


def result(status: Status) -> str:
    """``✓ Created``."""
    word = STATUS_LABELS[status]
    return f"{word.sign} {word.word}"


def message(outcome: Outcome) -> str:
    """What happened to the row, with what was found wrong in it; a line each, several of them numbered."""
    errors = [problem.message for problem in outcome.problems if problem.is_error]
    warnings = [
        f"Please check: {problem.message}"
        for problem in outcome.problems
        if not problem.is_error and problem.message != outcome.message
    ]
    return _few((outcome.message, *_numbered(errors), *warnings))


def fix(outcome: Outcome) -> str:
    """What the person should do, a line for each thing; the numbers are those of what happened."""
    return _few((outcome.fix, *_numbered([problem.fix for problem in outcome.problems if problem.is_error])))


def complaint(problems: Sequence[Problem]) -> str:
    """What is wrong with one cell and what would be right."""
    return _lines(text for problem in problems for text in (problem.message, problem.fix))


def headline(report: Report) -> tuple[str, bool]:
    """The one sentence at the top, and whether it is good news."""
    need = len(report.need_attention)
    loose = sum(problem.is_error for problem in report.problems)
    unsent = report.summary[Status.NOT_SENT]
    if need:
        return f"{_count(need, 'row')} {'needs' if need == 1 else 'need'} you.", False
    if loose:
        return f"{_count(loose, 'problem')} {'needs' if loose == 1 else 'need'} you.", False
    if unsent and not report.sent:
        return f"{_count(unsent, 'row')} {'was' if unsent == 1 else 'were'} not sent.", False
    if report.stopped:
        return "The run ended before its time.", False
    if unsent:
        return (
            f"Every row is as wanted; {_count(unsent, 'row')} {'was' if unsent == 1 else 'were'} left out.",
            True,
        )
    return "Every row is as wanted.", True


def steps(report: Report, marks: Marks = plain_marks) -> tuple[str, ...]:
    """What to do next: three steps where there is something to do."""
    statuses = {outcome.status for outcome in report.need_attention}
    if statuses & TO_MEND or any(problem.is_error for problem in report.problems):
        return (
            "Open the sheet Problems: its links lead to each cell that needs you (red frame, with a note).",
            "Mend them there, in this workbook, and save it.",
            "Submit this same workbook. What is already created is never sent twice.",
        )
    if statuses & UNFINISHED:
        return (
            GO_ON(run=report.run.run if report.run else "").join(marks),
            "Then open the new results workbook: it says what is left to do, if anything is.",
            "What is already created is never sent twice.",
        )
    if statuses:
        return (
            "Open the sheet Campaigns: the column What to do says what is left for each row.",
            "Do what it says there.",
            "If you changed this workbook, save it and submit it. What is already created is never sent twice.",
        )
    if report.stopped or (report.summary[Status.NOT_SENT] and not report.sent):
        return (
            "See to what is said above, if anything is.",
            SUBMIT_OR_GO_ON().join(marks),
            "What is already created is never sent twice.",
        )
    return ("Nothing is left to do. Keep this workbook: it holds the campaign IDs.",)


def _numbered(texts: Sequence[str]) -> Sequence[str]:
    return [f"{number}. {text}" for number, text in enumerate(texts, start=1)] if len(texts) > 1 else texts


def _few(texts: Iterable[str]) -> str:
    """The first lines, and how many more there are: the sheet Problems has them all."""
    lines = _lines(texts).split("\n")
    if len(lines) <= MOST_LINES:
        return "\n".join(lines)
    shown = lines[: MOST_LINES - 1]
    return "\n".join((*shown, f"... and {len(lines) - len(shown)} more: see the sheet Problems."))


def _lines(texts: Iterable[str]) -> str:
    """Each text on a line of its own, none said twice."""
    lines: list[str] = []
    for text in texts:
        if text and not any(text in line for line in lines):
            lines.append(text)
    return "\n".join(lines)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
