"""Check: a workbook, everything that is wrong with it, and what its valid rows ask of the service.

A module of its own, so that ``bulkload check`` reads nothing of HTTP, of the journal or of Excel writing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulkload.errors import UsageError
from bulkload.gc_control import gc_paused
from bulkload.kore.body import to_payload
from bulkload.messages import quoted
from bulkload.model import Action, Hidden, Outcome, Status
from bulkload.report import LEFT_OUT, Report
from bulkload.rules.account import lists_not_in_account
from bulkload.workbook.reader.read import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bulkload.model import ApiVersion, Payload, Problem, Workbook
    from bulkload.rules.validate import ValidationResult


@dataclass(frozen=True, slots=True)
class AccountLists:
    """The contact lists of an account, and the rows that are held against them."""

    names: tuple[str, ...]
    rows: frozenset[int]
    """The Excel rows that are to be sent: what an earlier run has created is not judged anew."""


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """A workbook with everything that is known of it before anything is sent."""

    workbook: Workbook
    judged: ValidationResult
    version: ApiVersion
    hidden: Hidden
    """How hidden rows were read."""
    only: frozenset[int] | None = None
    """The Excel rows that the person wants; None: all."""

    def only_rows(self, only: frozenset[int] | None) -> CheckedWorkbook:
        """The same, with these rows alone to be sent (None: all). Raises UsageError for rows that hold no campaign."""
        strangers = sorted((only or frozenset()) - self.judged.names.keys())
        if strangers:
            rows = ", ".join(str(row) for row in strangers[:20])
            more = f" and {len(strangers) - 20:,} more" if len(strangers) > 20 else ""
            raise UsageError(
                f"No campaign stands in row {rows}{more} of {self.workbook.path}. Give rows that hold one."
            )
        return replace(self, only=only)

    @gc_paused()
    def payloads(self) -> tuple[Payload, ...]:
        """What the valid rows that are wanted ask of the service."""
        return tuple(
            to_payload(campaign, self.version)
            for campaign in self.judged.campaigns
            if self._is_wanted(campaign.row)
        )

    def with_account_lists(self, lists: AccountLists) -> CheckedWorkbook:
        """The same, with a problem for each contact list that such a row names and the account lacks."""
        to_send = [campaign for campaign in self.judged.campaigns if campaign.row in lists.rows]
        more = lists_not_in_account(self.workbook.campaigns, to_send, lists.names)
        stopped = {problem.row for problem in more}
        campaigns = tuple(campaign for campaign in self.judged.campaigns if campaign.row not in stopped)
        judged = replace(self.judged, campaigns=campaigns, problems=self.judged.problems + more)
        return replace(self, judged=judged)

    @property
    def has_errors(self) -> bool:
        """Whether anything stands in the way of sending the rows that are wanted."""
        general, by_row = self._sorted_problems()
        return any(problem.is_error for problem in general) or any(
            problem.is_error
            for row, problems in by_row.items()
            if self._is_wanted(row)
            for problem in problems
        )

    def report(self, sent: Mapping[int, Outcome] | None = None) -> Report:
        """What there is to say: for each row its own outcome where it was sent, else what the check found."""
        general, by_row = self._sorted_problems()
        return Report(
            workbook=self.workbook.path,
            outcomes=tuple(
                self._outcome(row, name, by_row.get(row, ()), (sent or {}).get(row))
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
            elif self.only is None:  # a wanted row that uses faulty calling hours has a problem of its own
                general.append(problem)
        return tuple(general), {row: tuple(problems) for row, problems in by_row.items()}

    def _outcome(self, row: int, name: str, problems: tuple[Problem, ...], sent: Outcome | None) -> Outcome:
        if sent is not None:
            return replace(sent, problems=problems + sent.problems)
        if row in self.judged.left_out:
            return Outcome(
                row, name, Status.NOT_SENT, explanation=quoted("Left out: Send is No."), action=Action.LEFT_OUT
            )
        if not self._is_wanted(row):  # and what is wrong with it is not asked
            return Outcome(row, name, Status.NOT_SENT, explanation=quoted(LEFT_OUT))
        invalid = any(problem.is_error for problem in problems)
        return Outcome(row, name, Status.INVALID if invalid else Status.NOT_SENT, problems=problems)

    def _is_wanted(self, row: int) -> bool:
        return self.only is None or row in self.only


def check(path: Path, *, version: ApiVersion, hidden: Hidden = Hidden.REFUSE) -> CheckedWorkbook:
    """Read and validate; sends nothing. Raises WorkbookError where the file can't be used at all."""
    # The cells are parsed without Python's lock, so the rules, with pandera behind them, are loaded meanwhile.
    with ThreadPoolExecutor(1) as beside:
        rules = beside.submit(_rules)
        workbook = read(path, hidden=hidden)
    validate = rules.result()
    return CheckedWorkbook(workbook, validate(workbook, version), version, hidden)


def _rules() -> Callable[[Workbook, ApiVersion], ValidationResult]:
    from bulkload.rules.validate import validate  # noqa: PLC0415  (to be loaded beside something else)

    return validate
