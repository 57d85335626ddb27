"""What the results workbook says about rows, problems and the run; ``report`` has the signs and words of a status."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.messages import MessageTemplate, plain_marks
from bulkload.model import Status
from bulkload.report import STATUS_LABELS
from bulkload.text import count_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulkload.messages import Marks, Message
    from bulkload.model import Outcome, Problem
    from bulkload.report import Report

STATUS_DESCRIPTIONS: Mapping[Status, str] = {
    Status.CREATED: "The campaign is at Kore.ai. It makes no calls until it is started there.",
    Status.UPDATED: "The campaign with this ID was changed.",
    Status.ALREADY_CREATED: "The account has this campaign already. It was not sent again.",
    Status.UNCHANGED: "The campaign with this ID is as the row says. Nothing was sent.",
    Status.INVALID: "Not sent: a cell is missing or wrong.",
    Status.REFUSED: "Kore.ai refused the row. Nothing was created or changed.",
    Status.NOT_SENT: "Nothing was sent for this row.",
    Status.UNKNOWN: "The answer was lost, so the campaign may exist or not. It is never sent again by itself.",
    Status.CONFLICT: "Kore.ai and the row differ. A person must decide which is right.",
}
"""What a status means, a sentence or two each."""

PRACTICE_DESCRIPTIONS: Mapping[Status, str] = {
    **STATUS_DESCRIPTIONS,
    Status.CREATED: "Created in the sandbox only.",
    Status.UPDATED: "Changed in the sandbox only.",
    Status.ALREADY_CREATED: "The sandbox has this campaign already.",
    Status.UNCHANGED: "The sandbox has this campaign as the row says.",
    Status.REFUSED: "The sandbox refused the row, as Kore.ai might.",
    Status.CONFLICT: "The sandbox and the row differ. A person must decide which is right.",
}

MOST_LINES = 6
"""Lines in one cell of the sheet Campaigns: a row with a dozen of them would fill the screen."""

FIXED_IN_WORKBOOK = frozenset({Status.INVALID, Status.REFUSED})
"""Rows that are fixed in the workbook."""
UNFINISHED = frozenset({Status.UNKNOWN, Status.NOT_SENT})
"""Rows that going on with the run finishes; one that was left out on purpose needs no action."""

ROWS_NEED_YOU = MessageTemplate(
    "rows-need-you", "{rows} {need} you.", example={"rows": "3 rows", "need": "need"}
)
ROWS_NOT_SENT = MessageTemplate(
    "rows-not-sent", "{rows} {were} not sent.", example={"rows": "1 row", "were": "was"}
)
ENDED_EARLY = MessageTemplate("ended-early", "The run ended before it was finished.")
ALL_AS_WANTED = MessageTemplate("all-as-wanted", "Every row is as wanted.")
SOME_LEFT_OUT = MessageTemplate(
    "some-left-out",
    "Every row is as wanted; {rows} {were} left out.",
    example={"rows": "1 row", "were": "was"},
)

OPEN_PROBLEMS = MessageTemplate(
    "open-problems",
    "Open the sheet Problems. Its links lead to each cell that needs you (red frame, with a note).",
)
FIX_HERE = MessageTemplate("fix-here", "Fix them here, in this workbook: Status turns to Ready. Then save.")
SUBMIT_AGAIN = MessageTemplate(
    "submit-again", "Submit this same workbook. What is already created is never sent twice."
)
GO_ON = MessageTemplate(
    "go-on",
    "Go on with the run: {resume:{run}}. It looks up lost answers and sends what was not sent.",
    example={"run": "20261121-104205-7c"},
)
OPEN_NEW_RESULTS = MessageTemplate(
    "open-new-results", "Then open the new results workbook: it says what is left to do, if anything is."
)
NEVER_TWICE = MessageTemplate("never-twice", "What is already created is never sent twice.")
READ_WHAT_TO_DO = MessageTemplate(
    "read-what-to-do", "Open the sheet Campaigns: the column What to do says what is left for each row."
)
DO_WHAT_IT_SAYS = MessageTemplate("do-what-it-says", "Do what it says there.")
SUBMIT_IF_CHANGED = MessageTemplate(
    "submit-if-changed",
    "If you changed this workbook, save it and submit it. What is already created is never sent twice.",
)
SEE_ABOVE = MessageTemplate("see-above", "Do what is said above.")
SUBMIT_OR_GO_ON = MessageTemplate("submit-or-go-on", "Submit this same workbook, or go on: {resume:}.")
KEEP_IDS = MessageTemplate(
    "keep-ids", "No action is needed. Keep this workbook: it contains the campaign IDs."
)
PRACTICE_DONE = MessageTemplate(
    "practice-done", "Practice is over. Submit your own workbook to send it to Kore.ai."
)

CATALOGUE: Mapping[str, MessageTemplate] = {
    template.code: template for template in globals().copy().values() if isinstance(template, MessageTemplate)
}
"""Every message of this room by its code."""


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
    """What the user should do, a line for each thing; the numbers are those of what happened."""
    return _few((outcome.fix, *_numbered([problem.fix for problem in outcome.problems if problem.is_error])))


def complaint(problems: Sequence[Problem]) -> str:
    """What is wrong with one cell and what would be right."""
    return _lines(text for problem in problems for text in (problem.message, problem.fix))


def headline(report: Report) -> tuple[str, bool]:
    """The one sentence at the top, and whether it is good news."""
    need = len(report.need_attention)
    loose = sum(problem.is_error for problem in report.problems)
    unsent = report.summary[Status.NOT_SENT]
    if need or loose:
        number, noun = (need, "row") if need else (loose, "problem")
        verb = "needs" if number == 1 else "need"
        return ROWS_NEED_YOU(rows=count_of(number, noun), need=verb).text, False
    rows = {"rows": count_of(unsent, "row"), "were": "was" if unsent == 1 else "were"}
    if unsent and not report.sent:
        return ROWS_NOT_SENT(**rows).text, False
    if report.stopped:
        return ENDED_EARLY().text, False
    return (SOME_LEFT_OUT(**rows) if unsent else ALL_AS_WANTED()).text, True


def steps(report: Report, marks: Marks = plain_marks) -> tuple[str, ...]:
    """What to do next: three steps where there is something to do."""
    return tuple(step.join(marks) for step in _steps(report))


def _steps(report: Report) -> Sequence[Message]:
    statuses = {outcome.status for outcome in report.need_attention}
    if statuses & FIXED_IN_WORKBOOK or any(problem.is_error for problem in report.problems):
        return OPEN_PROBLEMS(), FIX_HERE(), SUBMIT_AGAIN()
    if statuses & UNFINISHED:
        run = report.run.run if report.run else ""
        return GO_ON(run=run), OPEN_NEW_RESULTS(), NEVER_TWICE()
    if statuses:
        return READ_WHAT_TO_DO(), DO_WHAT_IT_SAYS(), SUBMIT_IF_CHANGED()
    if report.stopped or (report.summary[Status.NOT_SENT] and not report.sent):
        return SEE_ABOVE(), SUBMIT_OR_GO_ON(), NEVER_TWICE()
    return (PRACTICE_DONE() if report.practice else KEEP_IDS(),)


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
    """Each text on a line of its own, none twice."""
    lines: list[str] = []
    for text in texts:
        if text and not any(text in line for line in lines):
            lines.append(text)
    return "\n".join(lines)
