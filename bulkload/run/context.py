"""What a run works with: the service as a protocol, the bounds within which it asks, and the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from bulkload.model import SubmitOptions
from bulkload.ports import MonotonicClock, NoProgress
from bulkload.run.outcomes import outcome
from bulkload.run.stop import StopSignal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bulkload.model import ApiVersion, ContactList, Missing, Payload, RemoteCampaign, Reply, Unreadable
    from bulkload.ports import Clock, Progress
    from bulkload.run.journal import Journal
    from bulkload.run.records import Change, JournalRow


class Service(Protocol):
    """The account, seen from a run; ``kore.client.Client`` is one."""

    async def send(self, payload: Payload, *, on_send: Callable[[], None]) -> Reply:
        """Create or update; the pace, and the wait after a rate-limit answer, are the service's own subject.

        ``on_send`` is called when the wait is over, right before the first byte of each request may leave; what
        it raises comes out unchanged, and then nothing has left. A BulkloadError that comes out proves that
        nothing was done, and stops the run. A cancellation after ``on_send`` proves nothing.
        """

    async def campaigns(self) -> tuple[RemoteCampaign, ...]:
        """Every campaign of the account, page by page. Raises BulkloadError where it can't be read."""

    async def campaign(self, campaign_id: str) -> RemoteCampaign | Missing | Unreadable:
        """One campaign with its document. Missing only where the service says in recognised words that it is none."""

    async def delete(self, campaign_id: str, *, on_send: Callable[[], None]) -> Reply:
        """Delete it; ``on_send`` as for ``send``."""

    async def contact_lists(self) -> tuple[ContactList, ...] | None:
        """The account's contact lists; None where the service does not tell."""

    async def queues(self) -> tuple[str, ...] | None:
        """The names of the account's queues; None where the service does not tell all of them."""

    def read_body(self, body: Mapping[str, Any], version: ApiVersion) -> RemoteCampaign:
        """What a campaign with this body looks like when it is read."""

    def read_source(self, source: Mapping[str, Any]) -> RemoteCampaign | None:
        """The campaign whose ``source`` was kept in a journal; None where it can't be read any more."""

    def listing_requests(self, count: int) -> int:
        """How many requests a listing of so many campaigns takes."""

    async def is_answering(self) -> bool:
        """Whether the service answers a read, asked once. Raises BulkloadError where asking is no use."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How many at once and how long to wait; the settings of the same names."""

    concurrency: int = 8
    """Requests in flight at most."""
    settle: float = 120.0
    """Seconds after which a campaign that was created is certain to stand in the listing."""
    ready_timeout: float = 120.0
    """Seconds to wait for Preparing to become Ready."""
    window: float = 60.0
    """Seconds over which the service counts requests: the measure of how long to leave an ill service alone."""


@dataclass(frozen=True, slots=True)
class RunContext:
    """What one process's part of a run works with."""

    service: Service
    journal: Journal
    """Opened with its lock."""
    limits: Limits = field(default_factory=Limits)
    clock: Clock = field(default_factory=MonotonicClock)
    progress: Progress = field(default_factory=NoProgress)
    stop: StopSignal = field(default_factory=StopSignal)
    run: str = ""
    """The run's name; filled by ``Submission.execute``."""
    options: SubmitOptions = field(default_factory=SubmitOptions)
    """What the person chose; filled by ``Submission.execute``."""

    def move(self, *moves: tuple[JournalRow, Change]) -> tuple[JournalRow, ...]:
        """Change rows in the journal, durably, and tell the progress. The rows as they are now."""
        moved = self.journal.move(*moves)
        if moved:
            self.progress.rows([outcome(row, at_work=True) for row in moved])
        return moved
