"""What this machine's other runs have done to the account: who created which name, what an id last was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.run.states import SUCCEEDED, UNRESOLVED, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """A row of another run, as far as planning asks."""

    run: str
    row: int
    key: str
    """The name as the account compares it."""
    digest: str
    """Of the body alone, whether it was created or updated."""
    state: State
    target_id: str | None
    campaign_id: str | None
    sent: int
    accepted: datetime | None


class History:
    """The rows of other runs that may have left something in the account, found by what planning asks."""

    def __init__(self, rows: Iterable[EarlierRow]) -> None:
        self._created: dict[str, EarlierRow] = {}
        self._in_doubt: dict[str, EarlierRow] = {}
        self._latest: dict[str, EarlierRow] = {}
        for past in sorted(rows, key=lambda past: past.sent):
            self._remember(past)
        self._owners = {past.key: past for past in self._latest.values()}

    def _remember(self, past: EarlierRow) -> None:
        if past.target_id is None and past.state in UNRESOLVED:
            self._in_doubt[past.key] = past
        campaign_id = past.campaign_id or past.target_id
        if campaign_id is None or past.state not in SUCCEEDED | UNRESOLVED | {State.CONFLICT}:
            return
        self._latest[campaign_id] = past
        if past.target_id is None:
            self._created[past.digest] = past

    def created(self, digest: str) -> EarlierRow | None:
        """The row whose create had just this content."""
        return self._created.get(digest)

    def in_doubt(self, key: str) -> EarlierRow | None:
        """The row that may have created a campaign of this name."""
        return self._in_doubt.get(key)

    def owner(self, key: str) -> EarlierRow | None:
        """The row that last gave a campaign this name, unless the campaign was renamed since."""
        return self._owners.get(key)

    def latest(self, campaign_id: str) -> EarlierRow | None:
        """The row that last wrote, or may have written, the campaign."""
        return self._latest.get(campaign_id)
