"""What the journal holds, as values: a run, its rows, a change of one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bulkload.model import ApiVersion, Payload
from bulkload.run.states import State, allowed
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One row of one run, as it stands."""

    run: str
    row: int
    """The Excel row."""
    name: str
    """The campaign's name as sent."""
    digest: str
    """Of the body: equal digests ask for the same campaign."""
    version: ApiVersion
    body: Mapping[str, Any]
    """The JSON body, so that a resume sends exactly what was planned."""
    state: State
    target_id: str | None = None
    """The Campaign ID that the row carries: filled means update."""
    campaign_id: str | None = None
    """The id that the service gave, or under which the campaign was found."""
    platform_status: str | None = None
    attempts: int = 0
    """Requests that could have written."""
    message: str = ""
    """What happened, as far as the state alone does not say it."""
    fix: str = ""
    """What the person should do, as far as the state alone does not say it."""
    sent: int = 0
    """When it was last sent, as a number that only grows within the journal; 0: never."""
    accepted: datetime | None = None
    """When the service said yes, by the wall clock: for display, and for how old a missing campaign is."""

    @property
    def updates(self) -> bool:
        """Whether the row changes a campaign instead of creating one."""
        return self.target_id is not None

    @property
    def key(self) -> str:
        """The name as the account compares it."""
        return name_key(self.name)

    @property
    def payload(self) -> Payload:
        """What the row asks of the service."""
        return Payload(self.row, self.name, self.version, self.body, self.target_id)


@dataclass(frozen=True, slots=True)
class Change:
    """What a row becomes."""

    state: State
    message: str = ""
    fix: str = ""
    campaign_id: str | None = None
    """None: as before."""
    platform_status: str | None = None
    """None: as before."""
    attempts: int = 0
    """To be added: 1 when it is sent, -1 when it turns out that it never left."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What a run was asked to do: enough to finish it whatever has become of the workbook."""

    run: str
    """Its name: ``20261121-104205-7c``."""
    workbook: Path
    """As the person gave it."""
    sha256: str
    content: bytes = field(repr=False)
    """The whole workbook."""
    options: Mapping[str, Any]
    """How it was read and submitted: JSON values, never a secret."""
    started: datetime


def step(row: JournalRow, change: Change) -> JournalRow:
    """The row after the change; what the change leaves out stays, but the words always are the change's.

    Raises AssertionError for an impossible step: a journal that says something else than what happened would
    be worse than no journal.
    """
    if not allowed(row.state, change.state, updates=row.updates):
        raise AssertionError(f"Row {row.row} of run {row.run} can't go from {row.state} to {change.state}.")
    return replace(
        row,
        state=change.state,
        campaign_id=change.campaign_id or row.campaign_id,
        platform_status=change.platform_status or row.platform_status,
        attempts=row.attempts + change.attempts,
        message=change.message,
        fix=change.fix,
    )
