"""What this machine's other runs did to the account: who created which name, what an id was last given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.run.states import SUCCEEDED, UNRESOLVED, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.run.records import JournalRow


class History:
    """The rows of other runs that may have left something in the account, found by what planning asks."""

    def __init__(
        self,
        rows: Iterable[JournalRow],
        numbers: Mapping[str, int] | None = None,
        workbooks: Mapping[str, str] | None = None,
    ) -> None:
        """``numbers``: of each run, growing; ``workbooks``: the path of each run's file."""
        self.numbers = numbers or {}
        self.workbooks = workbooks or {}
        self.rows = tuple(rows)
        """Every row of the other runs, sent or not."""
        self._created: dict[str, JournalRow] = {}
        self._in_doubt: dict[str, JournalRow] = {}
        self._latest: dict[str, JournalRow] = {}
        self._tried: dict[str, JournalRow] = {}
        for row in sorted((row for row in self.rows if row.sent), key=lambda row: row.sent):
            self._remember(row)
        self._owners = {row.key: row for row in self._latest.values()}

    def _remember(self, row: JournalRow) -> None:
        if row.target_id is None and row.attempts and row.state not in SUCCEEDED:
            self._tried[row.key] = row
        if row.target_id is None and row.state in UNRESOLVED:
            self._in_doubt[row.key] = row
        campaign_id = row.campaign_id or row.target_id
        if campaign_id is None or row.state not in SUCCEEDED | UNRESOLVED | {State.CONFLICT}:
            return
        self._latest[campaign_id] = row
        if row.target_id is None:
            self._created[row.digest] = row

    def created(self, digest: str) -> JournalRow | None:
        """The row whose create had just this content."""
        return self._created.get(digest)

    def in_doubt(self, key: str) -> JournalRow | None:
        """The row that may have created a campaign of this name."""
        return self._in_doubt.get(key)

    def tried(self, key: str) -> JournalRow | None:
        """The row of this name that was sent last without being accepted: refused, limited or not found."""
        return self._tried.get(key)

    def owner(self, key: str) -> JournalRow | None:
        """The row that last gave a campaign this name, unless the campaign was renamed since."""
        return self._owners.get(key)

    def latest(self, campaign_id: str) -> JournalRow | None:
        """The row that last wrote, or may have written, the campaign."""
        return self._latest.get(campaign_id)
