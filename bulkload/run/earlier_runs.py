"""What this machine's other runs did to the account: who created which name, what an id was last given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.run.states import SUCCEEDED, UNRESOLVED, State
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from bulkload.model import Payload
    from bulkload.run.records import JournalRow


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run, as far as the order of files and runs is asked for."""

    number: int
    """Grows from run to run."""
    workbook: str
    """The path of its file."""
    sha256: str
    keys: frozenset[str]
    """The folded names of its rows."""
    seen: frozenset[str] = frozenset()
    """The campaigns that were in the account before it."""


class History:
    """The rows of other runs that may have left something in the account, found by what planning asks."""

    def __init__(
        self,
        rows: Iterable[JournalRow],
        runs: Mapping[str, RunFacts] | None = None,
    ) -> None:
        """``rows``: every row of the other runs, sent or not; ``runs``: every run, the asking one too."""
        self._runs = runs or {}
        self.rows = tuple(rows)
        self._of_run: dict[str, list[JournalRow]] = {}
        for row in self.rows:
            self._of_run.setdefault(row.run, []).append(row)
        self.given_ids: dict[str, None] = {}
        """The campaigns that the service has confirmed, the oldest first."""
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
        if row.state in SUCCEEDED and (given := row.campaign_id or row.target_id):
            self.given_ids.setdefault(given)
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

    def seen_before(self, run: str) -> frozenset[str]:
        """The campaigns that were in the account before a run."""
        return self._runs[run].seen if run in self._runs else frozenset()

    def owner(self, key: str) -> JournalRow | None:
        """The row that last gave a campaign this name, unless the campaign was renamed since."""
        return self._owners.get(key)

    def latest(self, campaign_id: str) -> JournalRow | None:
        """The row that last wrote, or may have written, the campaign."""
        return self._latest.get(campaign_id)

    # --- files that follow one another ---------------------------------------------------------------------

    def superseding(self, row: JournalRow) -> str | None:
        """The later run that makes this row of an interrupted run obsolete; None: no run does.

        It wrote, or may have written, the row's campaign; or it sent a newer version of the same file, in which the
        row is changed, renamed or dropped.
        """
        own = self._runs.get(row.run)
        if own is None:
            return None
        latest = self._latest.get(row.target_id or "")
        if latest is not None and self._is_later(latest.run, own) and latest.digest != row.digest:
            return latest.run
        for run, rows in self._of_run.items():
            if self._is_later(run, own) and self._replaces(rows, row, self._runs[run], own):
                return run
        return None

    def _is_later(self, run: str, own: RunFacts) -> bool:
        return run in self._runs and self._runs[run].number > own.number

    def _replaces(self, rows: list[JournalRow], row: JournalRow, later: RunFacts, own: RunFacts) -> bool:
        if later.sha256 == own.sha256:
            return False
        same = [one for one in rows if one.key == row.key]
        if same:
            # What was written is judged by the account; what waits there with other values is newer.
            return same[0].digest != row.digest and not same[0].attempts
        is_same_file = later.workbook == own.workbook
        return is_same_file or any(_content(one) == _content(row) for one in rows if one.key not in own.keys)

    def renamed_in_doubt(self, payload: Payload, keys: Collection[str], workbook: str) -> JournalRow | None:
        """The row in doubt of another run that this one may be under a new name; None: there is none."""
        key = name_key(payload.name)
        for doubt in self._in_doubt.values():
            run = self._runs.get(doubt.run)
            if run is None or doubt.key in keys or key in run.keys:
                continue
            is_its_row = run.workbook == workbook and doubt.row == payload.row
            if is_its_row or _without_name(payload.body) == _content(doubt):
                return doubt
        return None


def _content(row: JournalRow) -> Mapping[str, Any]:
    return _without_name(row.body)


def _without_name(body: Mapping[str, Any]) -> Mapping[str, Any]:
    return {key: value for key, value in body.items() if key != "name"}
