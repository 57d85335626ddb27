"""What a check, a plan or a submission comes to: summary, exit status and ``--json``.

The console, the page, the results workbook, ``--json`` and the exit status all read this one value. It is made from
the plan and the outcomes alone, so they can't disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

from bulkload.errors import EVERY_ROW_AS_WANTED, ROWS_NEED_A_PERSON, WORKBOOK_HAS_PROBLEMS
from bulkload.messages import MessageTemplate, plain_marks
from bulkload.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bulkload.messages import Marks
    from bulkload.model import AccountIdentity, Outcome, PlanFigures, Problem, RunInfo, StopReason


@dataclass(frozen=True, slots=True)
class StatusLabel:
    """How a status is shown to a person: never by colour alone."""

    sign: str
    word: str


STATUS_LABELS: Mapping[Status, StatusLabel] = {
    Status.CREATED: StatusLabel("✓", "Created"),
    Status.UPDATED: StatusLabel("✓", "Updated"),
    Status.ALREADY_CREATED: StatusLabel("↺", "Already there"),
    Status.UNCHANGED: StatusLabel("↺", "Unchanged"),
    Status.INVALID: StatusLabel("✗", "To fix"),
    Status.REFUSED: StatusLabel("✗", "Refused by Kore.ai"),
    Status.NOT_SENT: StatusLabel("○", "Not sent"),
    Status.UNKNOWN: StatusLabel("?", "Not known"),
    Status.CONFLICT: StatusLabel("!", "Needs a decision"),
}
"""The label of every status, the same on the console, on the page and in the results workbook."""

LEFT_OUT = MessageTemplate("left-out", "Left out: other rows were chosen.")
"""Of a row that the user does not want sent now."""
SEND_IS_NO = MessageTemplate("send-is-no", "Left out: Send is No.")
"""Of a row that the workbook itself leaves out."""
NEEDS_ATTENTION = frozenset({Status.INVALID, Status.REFUSED, Status.UNKNOWN, Status.CONFLICT})
"""What a person must look at. A row that was not sent waits for other rows, or was left out."""


@dataclass(frozen=True)  # no slots: its figures are computed once and kept
class Report:
    """Everything there is to say at the end."""

    workbook: Path
    outcomes: tuple[Outcome, ...]
    """One for each campaign row of the sheet, in the order of the sheet."""
    problems: tuple[Problem, ...] = ()
    """Problems of no single campaign row: the file, its headings, calling-hours rows."""
    sent: bool = False
    """Whether a run began: a check, a plan and a workbook that is refused send nothing."""
    refused: bool = False
    """Whether a submission ended here because the workbook has problems."""
    account: AccountIdentity | None = None
    """The account that the plan or the run belongs to; None for a check."""
    figures: PlanFigures | None = None
    """What the plan counts besides the rows; None where no plan was made."""
    run: RunInfo | None = None
    results: Path | None = None
    """The results workbook, where one was written."""
    stopped: StopReason | None = None
    """Why the run ended before its time."""

    @property
    def practice(self) -> bool:
        """Whether everything happened in the sandbox."""
        return self.account is not None and self.account.practice

    @cached_property
    def summary(self) -> Mapping[str, int]:
        """Rows, and rows by status; the statuses always add up to the rows.

        Raises AssertionError where they do not: a row without an outcome would be a campaign that no report names.
        """
        counts = Counter(outcome.status for outcome in self.outcomes)
        rows = len({outcome.row for outcome in self.outcomes})
        if rows != sum(counts.values()):
            raise AssertionError(f"{rows} rows have {sum(counts.values())} outcomes")
        return {"rows": rows} | {str(status): counts[status] for status in Status}

    @cached_property
    def need_attention(self) -> tuple[Outcome, ...]:
        """The rows that a user must look at."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.status in NEEDS_ATTENTION or (self.sent and outcome.fix and not outcome.is_at_work)
        )

    @cached_property
    def all_problems(self) -> tuple[Problem, ...]:
        """The problems of the file and of every row."""
        return (*self.problems, *(problem for outcome in self.outcomes for problem in outcome.problems))

    @property
    def exit_status(self) -> int:
        """0, 1, 3, or what stopped the run; the table is in ``docs/exit-statuses.md``."""
        if self.stopped is not None:
            return self.stopped.exit_status
        has_errors = any(problem.is_error for problem in self.problems) or any(
            outcome.status is Status.INVALID for outcome in self.outcomes
        )
        if has_errors and not self.sent and (self.refused or self.account is None):
            return WORKBOOK_HAS_PROBLEMS
        return ROWS_NEED_A_PERSON if has_errors or self.need_attention else EVERY_ROW_AS_WANTED

    @property
    def is_worth_a_workbook(self) -> bool:
        """Whether a results workbook has something to say: something was sent, or something is wrong."""
        return self.sent or self.refused or any(problem.is_error for problem in self.all_problems)

    def to_json(self, marks: Marks = plain_marks) -> dict[str, Any]:
        """The document that ``--json`` prints; other programs are written against its shape."""
        return {
            "workbook": str(self.workbook),
            "version": version_of("bulkload"),
            "account": self.account.to_json() if self.account else None,
            **({"practice": self.practice} if self.account else {}),
            "run": self.run.run if self.run else None,
            "results": str(self.results) if self.results else None,
            "exit_status": self.exit_status,
            "summary": dict(self.summary),
            "rows": [_row(outcome, marks) for outcome in self.outcomes],
            "problems": [_problem(problem, marks) for problem in self.problems]
            + ([_stop(self.stopped, marks)] if self.stopped else []),
        }


def _row(outcome: Outcome, marks: Marks) -> dict[str, Any]:
    document: dict[str, Any] = {
        "row": outcome.row,
        "name": outcome.name,
        "status": str(outcome.status),
        "action": str(outcome.action) if outcome.action else None,
        "campaign_id": outcome.campaign_id,
        "platform_status": outcome.platform_status,
        "attempts": outcome.attempts,
        "changes": [change.to_json() for change in outcome.changes],
        "problems": [_problem(problem, marks) for problem in outcome.problems],
    }
    if outcome.payload is not None:
        document["payload"] = outcome.payload.body
    return document


def _problem(problem: Problem, marks: Marks) -> dict[str, Any]:
    message, fix = problem.explanation.render(marks)
    return {
        "code": problem.code,
        "level": str(problem.level),
        "sheet": problem.sheet,
        "cell": problem.cell,
        "heading": problem.heading,
        "value": problem.value,
        "message": message,
        "fix": fix,
        "proposals": list(problem.proposals),
    }


def _stop(stopped: StopReason, marks: Marks) -> dict[str, Any]:
    message, fix = stopped.explanation.render(marks)
    place = dict.fromkeys(("sheet", "cell", "heading", "value"))
    code = stopped.explanation.code
    return {"code": code, "level": "error", **place, "message": message, "fix": fix, "proposals": []}
