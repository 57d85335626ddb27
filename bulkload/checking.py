"""Check: a workbook, everything that is wrong with it, and what its valid rows ask of the service.

A module of its own, so that ``bulkload check`` reads nothing of HTTP, of the journal or of Excel writing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulkload.api.payload import to_payload
from bulkload.errors import UsageError
from bulkload.model import Hidden, Outcome, Status
from bulkload.report import Report
from bulkload.rules.account import lists_not_in_account
from bulkload.rules.judge import Judged, judge
from bulkload.workbook.reading.read import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bulkload.model import ApiVersion, Payload, Problem, Workbook


@dataclass(frozen=True, slots=True)
class Checked:
    """A workbook with everything that is known of it before anything is sent."""

    workbook: Workbook
    judged: Judged
    version: ApiVersion
    hidden: Hidden
    """How hidden rows were read."""

    def payloads(self, only: frozenset[int] | None = None) -> tuple[Payload, ...]:
        """What the valid rows ask of the service, those in ``only`` where it is given.

        Raises UsageError for rows that the sheet doesn't have.
        """
        strangers = sorted((only or frozenset()) - self.judged.names.keys())
        if strangers:
            rows = ", ".join(str(row) for row in strangers[:20])
            raise UsageError(
                f"No campaign stands in row {rows} of {self.workbook.path}. Give rows that hold one."
            )
        return tuple(
            to_payload(campaign, self.version)
            for campaign in self.judged.campaigns
            if only is None or campaign.row in only
        )

    def beside_account(self, lists: Iterable[str]) -> Checked:
        """The same, with a problem for each contact list that a valid row names and the account lacks."""
        more = lists_not_in_account(self.workbook.campaigns, self.judged.campaigns, lists)
        stopped = {problem.row for problem in more}
        campaigns = tuple(campaign for campaign in self.judged.campaigns if campaign.row not in stopped)
        judged = replace(self.judged, campaigns=campaigns, problems=self.judged.problems + more)
        return replace(self, judged=judged)

    def has_errors(self, only: frozenset[int] | None = None) -> bool:
        """Whether anything stands in the way of sending these rows (None: all)."""
        general, by_row = self._sorted_problems()
        rows = self.judged.names if only is None else only
        return any(problem.is_error for problem in general) or any(
            problem.is_error for row in rows for problem in by_row.get(row, ())
        )

    def report(self, sent: Mapping[int, Outcome] | None = None) -> Report:
        """What there is to say: for each row its own outcome where it was sent, else what the check found."""
        general, by_row = self._sorted_problems()
        return Report(
            workbook=self.workbook.path,
            outcomes=tuple(
                _outcome(row, name, by_row.get(row, ()), (sent or {}).get(row))
                for row, name in self.judged.names.items()
            ),
            problems=(*self.workbook.problems, *general),
        )

    def _sorted_problems(self) -> tuple[tuple[Problem, ...], dict[int, tuple[Problem, ...]]]:
        general: list[Problem] = []
        by_row: dict[int, list[Problem]] = {}
        for problem in self.judged.problems:
            if (
                problem.row is not None
                and problem.sheet == self.workbook.campaigns.name
                and problem.row in self.judged.names
            ):
                by_row.setdefault(problem.row, []).append(problem)
            else:
                general.append(problem)
        return tuple(general), {row: tuple(problems) for row, problems in by_row.items()}


def _outcome(row: int, name: str, problems: tuple[Problem, ...], sent: Outcome | None) -> Outcome:
    if sent is not None:
        return replace(sent, problems=problems + sent.problems)
    invalid = any(problem.is_error for problem in problems)
    return Outcome(
        row=row, name=name, status=Status.INVALID if invalid else Status.NOT_SENT, problems=problems
    )


def check(path: Path, *, version: ApiVersion, hidden: Hidden = Hidden.REFUSE) -> Checked:
    """Read and validate; sends nothing. Raises WorkbookError where the file can't be used at all."""
    workbook = read(path, hidden=hidden)
    return Checked(workbook, judge(workbook, version), version, hidden)
