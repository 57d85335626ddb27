"""What the journal contains, as values: a run, its rows, a change of one row."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from bulkload.model import ApiVersion, Payload
from bulkload.run.states import State, is_allowed
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from bulkload.messages import Message

CREATE, UPDATE, DELETE = "create", "update", "delete"
"""What a row asks of the service."""
SUBMIT, TRIAL, UNDO = "submit", "trial", "undo"
"""Kinds of run."""


@dataclass(frozen=True, slots=True)
class JournalRow:
    """One row of one run, as the journal has it."""

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
    operation: str = CREATE
    """``create``, ``update`` or ``delete``."""
    target_id: str | None = None
    """The campaign that is updated or deleted; None for a create."""
    campaign_id: str | None = None
    """The id that the service gave, or under which the campaign was found."""
    platform_status: str | None = None
    attempts: int = 0
    """Requests that may have written; one is forgotten only where the transport proves that nothing left."""
    explanation: Message | None = None
    """What happened and what to do, as far as the state alone does not say it."""
    is_found: bool = False
    """Whether the campaign was found by a look, and not named by the answer to a create."""
    before: Mapping[str, Any] | None = None
    """The campaign's document that the plan showed, for an update; nothing else may be overwritten."""
    deleted: Mapping[str, Any] | None = None
    """The document with which a delete was answered."""
    sent: int = 0
    """When it was last sent, as a number that only grows within the journal; 0: never."""
    sent_at: datetime | None = None
    """When it was last sent, by the wall clock: for how long ago that was."""
    accepted: datetime | None = None
    """When the service accepted it, by the wall clock."""

    @property
    def updates(self) -> bool:
        """Whether the row changes a campaign instead of creating one."""
        return self.operation != CREATE

    @property
    def key(self) -> str:
        """The name as the account compares it."""
        return name_key(self.name)

    @property
    def payload(self) -> Payload:
        """What the row asks of the service."""
        return Payload(self.row, self.name, self.version, self.body, self.target_id, digest=self.digest)


@dataclass(frozen=True, slots=True)
class Change:
    """What a row becomes."""

    state: State
    explanation: Message | None = None
    campaign_id: str | None = None
    """None: as before."""
    platform_status: str | None = None
    """None: as before."""
    attempts: int = 0
    """To be added: 1 when it is sent, -1 when the transport proves that it never left."""
    is_found: bool | None = None
    """None: as before."""
    before: Mapping[str, Any] | None = None
    """None: as before."""
    deleted: Mapping[str, Any] | None = None
    """None: as before."""


@dataclass(frozen=True, slots=True)
class StoredRun:
    """What a run was asked to do: enough to finish it whatever has become of the workbook."""

    run: str
    """Its name: ``20261121-104205-3f9a1c0b7d2e``."""
    workbook: Path
    """As the person gave it."""
    sha256: str
    content: bytes = field(repr=False)
    """The whole workbook."""
    options: Mapping[str, Any]
    """How it was read and submitted: JSON values, never a secret."""
    started: datetime
    account_id: str | None = None
    """The account that it belongs to; None for a run of an older version, which did not keep it."""
    kind: str = SUBMIT
    """``submit``, ``trial`` or ``undo``."""
    batch: str | None = None
    """Names the submission of several workbooks that it belongs to."""


def step(row: JournalRow, change: Change) -> JournalRow:
    """The row after the change; what the change leaves out stays, but the words always are the change's.

    Raises AssertionError for an impossible step: a journal that says something else than what happened would
    be worse than no journal.
    """
    if not is_allowed(row.state, change.state, updates=row.updates):
        raise AssertionError(f"Row {row.row} of run {row.run} can't go from {row.state} to {change.state}.")
    return replace(
        row,
        state=change.state,
        campaign_id=change.campaign_id or row.campaign_id,
        platform_status=change.platform_status or row.platform_status,
        attempts=row.attempts + change.attempts,
        explanation=change.explanation,
        is_found=row.is_found if change.is_found is None else change.is_found,
        before=row.before if change.before is None else change.before,
        deleted=row.deleted if change.deleted is None else change.deleted,
    )
