"""Check: a workbook, everything that is wrong with it, and what its valid rows ask of the service.

A module of its own, so that a check loads nothing of HTTP, of the journal or of writing Excel.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bulkload.errors import UsageError
from bulkload.kore.body import to_payload
from bulkload.model import Action, Hidden, Outcome, Status
from bulkload.report import LEFT_OUT, SEND_IS_NO, Report
from bulkload.rules.account import lists_not_in_account
from bulkload.rules.validate import validate
from bulkload.text import and_list
from bulkload.workbook.reader.read import read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bulkload.model import ApiVersion, Payload, Problem, SubmitOptions, Workbook
    from bulkload.rules.validate import ValidationResult


@dataclass(frozen=True, slots=True)
class AccountLists:
    """The contact lists of an account, and the rows that are compared with them."""

    names: tuple[str, ...]
    rows: frozenset[int]
    """The Excel rows that are to be sent: what an earlier run has created is not judged anew."""


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """A workbook with everything that is known of it before anything is sent."""

    workbook: Workbook
    validation: ValidationResult
    version: ApiVersion
    hidden: Hidden
    """How hidden rows were read."""
    only: frozenset[int] | None = None
    """The Excel rows that the user wants; None: all."""
    has_account_lists: bool = False
    """Whether the rows were compared with the contact lists of the account."""

    def only_rows(self, only: frozenset[int] | None) -> CheckedWorkbook:
        """The same, with these rows alone to be sent (None: all). Raises UsageError for rows without a campaign."""
        rows = self.validation.names.keys()
        unknown = sorted((only or frozenset()) - rows)
        if unknown:
            raise UsageError(
                "Row {row} of {workbook} has no campaign." if len(unknown) == 1 else _ROWS_WITHOUT_CAMPAIGN,
                "Campaigns are in rows {first}-{last}." if rows else "It has no campaigns.",
                row=unknown[0],
                rows=_some(unknown),
                workbook=self.workbook.path,
                first=min(rows, default=0),
                last=max(rows, default=0),
            )
        return replace(self, only=only)

    def payloads(self) -> tuple[Payload, ...]:
        """What the valid rows that are wanted ask of the service."""
        return tuple(
            to_payload(campaign, self.version)
            for campaign in self.validation.campaigns
            if self._is_wanted(campaign.row)
        )

    def with_account_lists(self, lists: AccountLists) -> CheckedWorkbook:
        """The same, with a problem for each contact list that such a row names and the account lacks."""
        to_send = [campaign for campaign in self.validation.campaigns if campaign.row in lists.rows]
        found = lists_not_in_account(self.workbook.campaigns, to_send, lists.names)
        faulty = {problem.row for problem in found}
        validation = replace(
            self.validation,
            campaigns=tuple(one for one in self.validation.campaigns if one.row not in faulty),
            problems=self.validation.problems + found,
        )
        return replace(self, validation=validation, has_account_lists=True)

    def with_problems(self, found: tuple[Problem, ...]) -> CheckedWorkbook:
        """The same, with more problems: what a comparison with the account found at its cells."""
        return replace(self, validation=replace(self.validation, problems=self.validation.problems + found))

    @property
    def has_errors(self) -> bool:
        """Whether the rows that are wanted must not be sent as they are."""
        general, by_row = self._sorted_problems()
        return any(problem.is_error for problem in general) or any(
            problem.is_error
            for row, problems in by_row.items()
            if self._is_wanted(row)
            for problem in problems
        )

    def is_submittable(self, options: SubmitOptions) -> bool:
        """The safety rule: whether the workbook may be submitted, all of it or its valid rows."""
        return not self.has_errors or (options.valid_rows_only and bool(self.payloads()))

    def report(self, known: Mapping[int, Outcome] | None = None) -> Report:
        """What is known of every row: its own outcome where ``known`` has one, else what the check found."""
        general, by_row = self._sorted_problems()
        return Report(
            workbook=self.workbook.path,
            outcomes=tuple(
                self._outcome(row, name, by_row.get(row, ()), (known or {}).get(row))
                for row, name in self.validation.names.items()
            ),
            problems=(*self.workbook.problems, *general),
        )

    def _sorted_problems(self) -> tuple[tuple[Problem, ...], dict[int, tuple[Problem, ...]]]:
        """The problems of no single campaign row, and those of each row."""
        general: list[Problem] = []
        by_row: dict[int, list[Problem]] = {}
        for problem in self.validation.problems:
            row = problem.row
            if (
                row is not None
                and row in self.validation.names
                and problem.sheet == self.workbook.campaigns.name
            ):
                by_row.setdefault(row, []).append(problem)
            elif self.only is None:  # a wanted row that uses faulty calling hours has a problem of its own
                general.append(problem)
        return tuple(general), {row: tuple(problems) for row, problems in by_row.items()}

    def _outcome(self, row: int, name: str, problems: tuple[Problem, ...], known: Outcome | None) -> Outcome:
        if known is not None:
            return replace(known, problems=problems + known.problems)
        if row in self.validation.left_out:
            return Outcome(row, name, Status.NOT_SENT, explanation=SEND_IS_NO(), action=Action.LEFT_OUT)
        if not self._is_wanted(row):  # what is wrong with it does not matter now
            return Outcome(row, name, Status.NOT_SENT, explanation=LEFT_OUT(), action=Action.LEFT_OUT)
        is_invalid = any(problem.is_error for problem in problems)
        return Outcome(row, name, Status.INVALID if is_invalid else Status.NOT_SENT, problems=problems)

    def _is_wanted(self, row: int) -> bool:
        return self.only is None or row in self.only


_ROWS_WITHOUT_CAMPAIGN = "Rows {rows} of {workbook} have no campaign."
_NAMED_AT_MOST = 20
"""Rows that one message names; nobody reads more."""


def _some(rows: Sequence[int]) -> str:
    """``7, 9 and 12``, or the first twenty and how many more."""
    more = len(rows) - _NAMED_AT_MOST
    named = [str(row) for row in rows[:_NAMED_AT_MOST]]
    return and_list([*named, f"{more:,} more"] if more > 0 else named)


def check(
    path: Path, *, version: ApiVersion, hidden: Hidden = Hidden.REFUSE, content: bytes | None = None
) -> CheckedWorkbook:
    """Read and validate; sends nothing.

    ``content`` is the file's content where it is at hand already; ``path`` then only names it. Raises WorkbookError
    where the file can't be used at all.
    """
    workbook = read(path, hidden=hidden, content=content)
    return CheckedWorkbook(workbook, validate(workbook, version), version, hidden)
