"""What a submission or a check comes to: summary, exit status and ``--json``, functions of the outcomes alone.

The console, the results workbook, ``--json`` and the exit status all read this one value, so they can't
disagree.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bulkload.errors import EVERY_ROW_AS_WANTED, ROWS_NEED_A_PERSON, WORKBOOK_HAS_PROBLEMS
from bulkload.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bulkload.model import Outcome, Problem, RunInfo, StopReason


@dataclass(frozen=True, slots=True)
class Word:
    """How a status is said to a person: never by colour alone."""

    sign: str
    word: str


STATUS_WORDS: Mapping[Status, Word] = {
    Status.CREATED: Word("✓", "Created"),
    Status.UPDATED: Word("✓", "Updated"),
    Status.ALREADY_CREATED: Word("↺", "Already created"),
    Status.UNCHANGED: Word("↺", "Unchanged"),
    Status.INVALID: Word("✗", "To fix"),
    Status.REFUSED: Word("✗", "Refused by Kore.ai"),
    Status.NOT_SENT: Word("○", "Not sent"),
    Status.UNKNOWN: Word("?", "Not known"),
    Status.CONFLICT: Word("!", "Conflict"),
}
"""The words of every status, the same on the console and in the results workbook."""

LEFT_OUT = "Left out, as --only says."
"""What happened to a row that the person does not want sent now."""
NEEDS_ATTENTION = frozenset({Status.INVALID, Status.REFUSED, Status.UNKNOWN, Status.CONFLICT})
"""What a person must look at; a row that was not sent waits for the others, or was not asked for."""


@dataclass(frozen=True)  # no slots: its figures are worked out once, and kept
class Report:
    """Everything there is to say at the end."""

    workbook: Path
    outcomes: tuple[Outcome, ...]
    """One for each campaign row of the sheet, in the order of the sheet."""
    problems: tuple[Problem, ...] = ()
    """Problems of no single campaign row: the file, its headings, calling-hours rows."""
    sent: bool = False
    """Whether a run began: a check, a dry run and a workbook that is refused send nothing."""
    refused: bool = False
    """Whether a submission ended here because the workbook has problems."""
    run: RunInfo | None = None
    results: Path | None = None
    stopped: StopReason | None = None
    """Why the run ended before its time."""

    @cached_property
    def summary(self) -> Mapping[str, int]:
        """Rows, and rows by status; the statuses always add up to the rows.

        Raises AssertionError where they do not: a row without an outcome is a campaign nobody knows about.
        """
        counts = Counter(outcome.status for outcome in self.outcomes)
        rows = len({outcome.row for outcome in self.outcomes})
        if rows != sum(counts.values()):
            raise AssertionError(f"{rows} rows have {sum(counts.values())} outcomes")
        return {"rows": rows} | {str(status): counts[status] for status in Status}

    @cached_property
    def need_attention(self) -> tuple[Outcome, ...]:
        """The rows that somebody must look at."""
        return tuple(
            outcome
            for outcome in self.outcomes
            if outcome.status in NEEDS_ATTENTION or (self.sent and outcome.fix)
        )

    @property
    def exit_status(self) -> int:
        """0, 1, 3, or what stopped the run; the table stands in ``errors``."""
        if self.stopped is not None:
            return self.stopped.exit_status
        has_errors = any(problem.is_error for problem in self.problems) or any(
            outcome.status is Status.INVALID for outcome in self.outcomes
        )
        if has_errors and not self.sent:
            return WORKBOOK_HAS_PROBLEMS
        return ROWS_NEED_A_PERSON if has_errors or self.need_attention else EVERY_ROW_AS_WANTED

    def to_json(self) -> dict[str, Any]:
        """The document that ``--json`` prints; its shape is a contract with other programs."""
        return {
            "workbook": str(self.workbook),
            "run": self.run.run if self.run else None,
            "results": str(self.results) if self.results else None,
            "exit_status": self.exit_status,
            "summary": dict(self.summary),
            "rows": [_row(outcome) for outcome in self.outcomes],
            "problems": [_problem(problem) for problem in self.problems]
            + ([_stop(self.stopped)] if self.stopped else []),
        }


def _row(outcome: Outcome) -> dict[str, Any]:
    document: dict[str, Any] = {
        "row": outcome.row,
        "name": outcome.name,
        "status": str(outcome.status),
        "campaign_id": outcome.campaign_id,
        "platform_status": outcome.platform_status,
        "attempts": outcome.attempts,
        "problems": [_problem(problem) for problem in outcome.problems],
    }
    if outcome.payload is not None:
        document["payload"] = outcome.payload.body
    return document


def _problem(problem: Problem) -> dict[str, Any]:
    return {
        "level": str(problem.level),
        "sheet": problem.sheet,
        "cell": problem.cell,
        "heading": problem.heading,
        "value": problem.value,
        "message": problem.message,
        "fix": problem.fix,
    }


def _stop(stopped: StopReason) -> dict[str, Any]:
    return {
        "level": "error",
        "sheet": None,
        "cell": None,
        "heading": None,
        "value": None,
        "message": stopped.message,
        "fix": "",
    }
