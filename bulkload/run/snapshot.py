"""The campaigns of the account as they are now: the listing, and the documents behind it.

A document (a GET) costs one request of sixty a minute. It is spared where the listing shows that nothing has moved
since it was read: the same ``updatedAt``, status and connection. Whether ``updatedAt`` moves with every change is
not documented, so ``full`` reads every document again, and whatever will be written is read right before.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from bulkload.model import Missing, RemoteCampaign, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.ports import Progress

Lookup: TypeAlias = RemoteCampaign | Missing | Unreadable


class Reader(Protocol):
    """The reading half of the service; ``kore.reader.AccountReader`` is one."""

    async def campaign(self, campaign_id: str) -> Lookup:
        """One campaign's document."""

    def read_source(self, source: Mapping[str, Any]) -> RemoteCampaign | None:
        """The campaign whose ``source`` was kept; None where it can't be read any more."""


Facts: TypeAlias = "Mapping[str, Mapping[str, Any]]"
"""What the journal keeps of earlier reads, by campaign id: ``updated_at``, ``status``, ``connection``, ``document``."""


async def read_documents(
    reader: Reader, listed: Iterable[RemoteCampaign], facts: Facts, *, concurrency: int, progress: Progress
) -> Mapping[str, Lookup]:
    """The document of each of these listing rows, by id; from ``facts`` where the listing shows no change.

    Raises BulkloadError where no campaign can be read at all. A cancellation keeps nothing.
    """
    found: dict[str, Lookup] = {}
    to_read = []
    for row in listed:
        known = _known(reader, row, facts.get(row.campaign_id))
        if known is None:
            to_read.append(row.campaign_id)
        else:
            found[row.campaign_id] = known
    progress.stage("Reading", len(to_read))
    turns = asyncio.Semaphore(concurrency)

    async def read(campaign_id: str) -> None:
        async with turns:
            found[campaign_id] = await reader.campaign(campaign_id)
        progress.advance()

    async with asyncio.TaskGroup() as group:
        for campaign_id in to_read:
            group.create_task(read(campaign_id))
    return found


def requests_for(listed: Iterable[RemoteCampaign], facts: Facts) -> int:
    """How many documents would be read."""
    return sum(not _is_unmoved(row, facts.get(row.campaign_id)) for row in listed)


def _known(reader: Reader, row: RemoteCampaign, fact: Mapping[str, Any] | None) -> RemoteCampaign | None:
    if fact is None or not _is_unmoved(row, fact):
        return None
    return reader.read_source(fact["document"])


def _is_unmoved(row: RemoteCampaign, fact: Mapping[str, Any] | None) -> bool:
    """Whether the listing shows the campaign as it was when its document was read."""
    if fact is None or not fact["document"] or row.updated_at is None:
        return False
    then = (fact["updated_at"], fact["status"], fact["connection"])
    return then == (row.updated_at.isoformat(), row.status, row.connection)
