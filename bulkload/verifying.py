"""Verify whether the account still has what the workbook says.

Reads only, by construction: it works with a client that has no writing calls.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from importlib.metadata import version as version_of
from typing import TYPE_CHECKING, Any

from bulkload.errors import EVERY_ROW_AS_WANTED, ROWS_NEED_A_PERSON, JournalError, RunInProgressError
from bulkload.kore.reader import AccountReader
from bulkload.messages import MessageTemplate, plain_marks, warning
from bulkload.model import DifferenceKind, Missing, RemoteCampaign, Unreadable
from bulkload.ports import NoProgress
from bulkload.run.compare import differences
from bulkload.run.journal import Journal
from bulkload.run.snapshot import read_documents, requests_for
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bulkload.checking import CheckedWorkbook
    from bulkload.messages import Marks, Message
    from bulkload.model import AccountIdentity, Campaign, Difference, Problem
    from bulkload.ports import Clock, Progress
    from bulkload.run.snapshot import Facts, Lookup
    from bulkload.settings import Settings

SEVERAL = MessageTemplate(
    "verify-several",
    "The account has {count} campaigns of this name: {ids}.",
    "Look at them at Kore.ai, and keep one.",
    example={"count": 2, "ids": "cd-1, cd-2"},
)
UNREADABLE = MessageTemplate(
    "verify-unreadable",
    "The campaign could not be read: {reason}.",
    example={"reason": "the answer is empty"},
)
MISSING = MessageTemplate(
    "verify-missing",
    "The account has no such campaign.",
    "To create it, submit this row without a Campaign ID.",
)
DIFFERS = warning(
    "differs-at-kore",
    '{heading} is "{theirs}" at Kore.ai.{who}',
    "Correct the cell, or submit the row to change the campaign.",
    "Max attempts",
    "5",
    theirs="3",
    who=" It was changed there.",
)
_CHANGED_THERE = {DifferenceKind.DRIFT, DifferenceKind.BOTH}


class Verdict(StrEnum):
    """What a comparison comes to; the values are the keys of ``summary`` in ``--json``."""

    EQUAL = "equal"
    DIFFERS = "differs"
    MISSING = "missing"
    ONLY_IN_ACCOUNT = "only_in_account"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class VerifyOptions:
    """What to read and what to leave out."""

    quick: bool = False
    """Whether to compare with the listing alone: no calling hours, caller ID, attempts or times."""
    full: bool = False
    """Whether to read every document again, also where the listing shows no change."""
    part: tuple[int, int] | None = None
    """``(2, 7)``: read the documents of the second seventh of the rows; the others are compared with the listing."""
    ignore: frozenset[str] = frozenset()
    """Headings that are not compared, folded."""


@dataclass(frozen=True, slots=True)
class VerifiedRow:
    """One row of the workbook, or one campaign that only the account has."""

    verdict: Verdict
    name: str
    row: int | None = None
    """The Excel row; None for a campaign that only the account has."""
    campaign_id: str | None = None
    changes: tuple[Difference, ...] = ()
    """The most important first."""
    explanation: Message | None = None
    """Why the row is not equal, where the changes do not say it."""


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What a verification came to."""

    workbook: Path
    account: AccountIdentity
    rows: tuple[VerifiedRow, ...]
    requests: int = 0
    """Documents that were read."""

    @property
    def summary(self) -> Mapping[str, int]:
        """Rows by verdict."""
        counts = Counter(row.verdict for row in self.rows)
        return {str(verdict): counts[verdict] for verdict in Verdict}

    @property
    def exit_status(self) -> int:
        """0 where every row of the workbook equals its campaign, else 1."""
        fine = {Verdict.EQUAL, Verdict.ONLY_IN_ACCOUNT}
        is_equal = all(row.verdict in fine for row in self.rows)
        return EVERY_ROW_AS_WANTED if is_equal else ROWS_NEED_A_PERSON

    def to_json(self, marks: Marks = plain_marks) -> dict[str, Any]:
        """The document that ``--json`` prints."""
        return {
            "workbook": str(self.workbook),
            "version": version_of("bulkload"),
            "account": self.account.to_json(),
            "practice": self.account.practice,
            "exit_status": self.exit_status,
            "summary": dict(self.summary),
            "rows": [_row(row, marks) for row in self.rows],
        }


def _row(row: VerifiedRow, marks: Marks) -> dict[str, Any]:
    return {
        "row": row.row,
        "name": row.name,
        "verdict": str(row.verdict),
        "campaign_id": row.campaign_id,
        "changes": [change.to_json() for change in row.changes],
        "why": row.explanation.join(marks) if row.explanation else None,
    }


async def verify(
    checked: CheckedWorkbook,
    settings: Settings,
    options: VerifyOptions,
    *,
    progress: Progress | None = None,
    clock: Clock | None = None,
) -> VerifyReport:
    """Compare every valid row of the workbook with its campaign in the account.

    Raises BulkloadError where the account can't be read.
    """
    progress = progress or NoProgress()
    campaigns = checked.validation.campaigns
    async with AccountReader(settings, clock=clock) as reader:
        progress.stage("Reading the list of campaigns")
        account = _Account(await reader.campaigns())
        facts = {} if options.full else _facts(settings)
        wanted = [] if options.quick else list(_to_read(campaigns, account, options))
        count = requests_for(wanted, facts)
        documents = await read_documents(
            reader, wanted, facts, concurrency=settings.concurrency, progress=progress
        )
        bases = _bases(settings, reader)
    _keep(settings, documents)
    rows = [_verified(campaign, account, documents, bases, options) for campaign in campaigns]
    matched = {row.campaign_id for row in rows}
    others = [
        VerifiedRow(Verdict.ONLY_IN_ACCOUNT, one.name, campaign_id=one.campaign_id)
        for one in account.campaigns
        if one.campaign_id not in matched
    ]
    return VerifyReport(checked.workbook.path, settings.identity, (*rows, *others), count)


class _Account:
    """The listing, found by what a row names."""

    def __init__(self, campaigns: tuple[RemoteCampaign, ...]) -> None:
        self.campaigns = campaigns
        self._by_id = {one.campaign_id: one for one in campaigns}
        self._by_name: dict[str, list[RemoteCampaign]] = {}
        for one in campaigns:
            self._by_name.setdefault(name_key(one.name), []).append(one)

    def of(self, campaign: Campaign) -> Sequence[RemoteCampaign]:
        """The campaign of the row's ID; without an ID every one of its name."""
        if campaign.campaign_id:
            found = self._by_id.get(campaign.campaign_id)
            return [found] if found else []
        return self._by_name.get(name_key(campaign.name), [])


def _to_read(
    campaigns: Iterable[Campaign], account: _Account, options: VerifyOptions
) -> Iterator[RemoteCampaign]:
    number, parts = options.part or (1, 1)
    for index, campaign in enumerate(campaigns):
        found = account.of(campaign)
        if len(found) == 1 and index % parts == number - 1:
            yield found[0]


def _verified(
    campaign: Campaign,
    account: _Account,
    documents: Mapping[str, Lookup],
    bases: Mapping[str, RemoteCampaign],
    options: VerifyOptions,
) -> VerifiedRow:
    found = account.of(campaign)
    if not found:
        return VerifiedRow(Verdict.MISSING, campaign.name, campaign.row, campaign.campaign_id, (), MISSING())
    if len(found) > 1:
        ids = ", ".join(sorted(one.campaign_id for one in found))
        said = SEVERAL(count=len(found), ids=ids)
        return VerifiedRow(Verdict.DIFFERS, campaign.name, campaign.row, None, (), said)
    listed = found[0]
    match documents.get(listed.campaign_id, listed):
        case Missing():
            return VerifiedRow(
                Verdict.MISSING, campaign.name, campaign.row, listed.campaign_id, (), MISSING()
            )
        case Unreadable(reason=reason):
            said = UNREADABLE(reason=reason)
            return VerifiedRow(Verdict.UNREADABLE, campaign.name, campaign.row, listed.campaign_id, (), said)
        case actual:
            changes = _changes(campaign, bases.get(listed.campaign_id), actual, options)
            verdict = Verdict.DIFFERS if changes else Verdict.EQUAL
            return VerifiedRow(verdict, campaign.name, campaign.row, listed.campaign_id, changes)


def _changes(
    campaign: Campaign, base: RemoteCampaign | None, actual: RemoteCampaign, options: VerifyOptions
) -> tuple[Difference, ...]:
    return tuple(
        one
        for one in differences(campaign, base, actual)
        if one.kind is not DifferenceKind.UNREADABLE and name_key(one.heading) not in options.ignore
    )


# --- what the journal keeps ------------------------------------------------------------------------------


def _facts(settings: Settings) -> Facts:
    """What earlier reads have kept; nothing where the journal can't be read, for it only spares requests."""
    with suppress(JournalError), Journal.read(settings.state_dir, settings.identity) as journal:
        return journal.facts()
    return {}


def _bases(settings: Settings, reader: AccountReader) -> Mapping[str, RemoteCampaign]:
    """What our runs last sent to each campaign, to say who changed it."""
    with suppress(JournalError), Journal.read(settings.state_dir, settings.identity) as journal:
        return {
            campaign_id: reader.read_body(body, version)
            for campaign_id, (body, version) in journal.last_sent().items()
        }
    return {}


def _keep(settings: Settings, documents: Mapping[str, Lookup]) -> None:
    """Keep what was read; where a run holds the journal, the next verification reads it again."""
    read = {key: found for key, found in documents.items() if isinstance(found, RemoteCampaign)}
    with (
        suppress(JournalError, RunInProgressError),
        Journal.open(settings.state_dir, settings.identity) as journal,
    ):
        journal.keep_facts(read)


# --- the marked workbook ---------------------------------------------------------------------------------


def problems_of(report: VerifyReport, checked: CheckedWorkbook) -> Iterator[Problem]:
    """A warning at each cell that differs, for the marked workbook."""
    sheet = checked.workbook.campaigns
    for row in report.rows:
        for change in row.changes:
            yield DIFFERS.problem(
                sheet=sheet.name,
                row=row.row,
                column=sheet.letters.get(change.heading),
                heading=change.heading,
                value=change.desired,
                proposals=(change.actual,) if change.actual is not None else (),
                theirs=change.actual or "",
                who=" It was changed there." if change.kind in _CHANGED_THERE else "",
            )


def with_their_values(report: VerifyReport, checked: CheckedWorkbook) -> CheckedWorkbook:
    """The workbook with Kore.ai's values in the cells that differ.

    Calling hours keep the workbook's name: the account has hours without a name.
    """
    sheet = checked.workbook.campaigns
    frame: Any = sheet.frame.copy()
    for row in report.rows:
        for change in row.changes:
            if change.heading in frame.columns and change.field != "calling_hours":
                frame.at[row.row, change.heading] = change.actual
    workbook = replace(checked.workbook, campaigns=replace(sheet, frame=frame))
    return replace(checked, workbook=workbook)
