"""Rows of the journal and campaigns of a listing, as short as a test can say them."""

from __future__ import annotations

from datetime import UTC, datetime

from support.runs.run_world import payload

from bulkload.model import RemoteCampaign
from bulkload.run.records import CREATE, UPDATE, JournalRow
from bulkload.run.states import State

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def journal_row(
    state: State, number: int = 2, *, run: str = "run-1", target_id: str | None = None, **values
) -> JournalRow:
    """A row of ``support.runs.run_world.payload`` in that state."""
    asked = payload(number)
    known = {
        "run": run,
        "row": number,
        "name": asked.name,
        "digest": asked.digest,
        "version": asked.version,
        "body": asked.body,
        "state": state,
        "target_id": target_id,
        "operation": CREATE if target_id is None else UPDATE,
    }
    return JournalRow(**(known | values))


def listed(campaign_id: str, name: str = "Campaign 2", **values) -> RemoteCampaign:
    """What the listing shows of a row's campaign."""
    known = {
        "campaign_id": campaign_id,
        "name": name,
        "status": "Ready",
        "dialing_mode": "Preview",
        "priority": 5,
        "dnc_list": "Never call",
        "contact_lists": ("Summer", "Autumn"),
        "connection": "Sales",
    }
    return RemoteCampaign(**(known | values))
