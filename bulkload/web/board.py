"""What is known of a run at work, for any number of tabs: each asks for what changed since it asked last."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

from bulkload.model import Action, Status
from bulkload.web.outcome_view import outcome_view

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.model import Outcome

_THERE = frozenset({Action.ALREADY_THERE, Action.UNCHANGED})
_SENT = frozenset({Action.CREATE, Action.UPDATE, Action.LOOK_UP})
DONE, REFUSED, LOST, WAITING = "done", "refused", "lost", "waiting"
"""The tiles of a run at work."""


class Board:
    """Written by the run's thread, read by the server's."""

    def __init__(self) -> None:
        self.is_stopping = False
        self._lock = threading.Lock()
        self._version = 0
        self._views: dict[int, dict[str, Any]] = {}
        self._versions: dict[int, int] = {}
        self._tiles: dict[int, str] = {}
        self._stage = ""
        self._done = 0
        self._total: int | None = None
        self._said = ""
        self._began = time.monotonic()

    # --- what the run tells (the protocol Progress) ------------------------------------------------------

    def stage(self, name: str, total: int | None = None) -> None:
        """A stage begins."""
        with self._lock:
            self._stage, self._total, self._done, self._said = name, total, 0, ""
            self._began = time.monotonic()
            self._version += 1

    def advance(self, rows: int = 1) -> None:
        """So many more rows of the stage are done."""
        with self._lock:
            self._done += rows
            self._version += 1

    def say(self, sentence: str) -> None:
        """Something the user should know now."""
        with self._lock:
            self._said = sentence
            self._version += 1

    def rows(self, outcomes: Iterable[Outcome], *, is_first: bool = False) -> None:
        """These rows have changed. ``is_first``: as the plan has them, so that they replace nothing."""
        with self._lock:
            self._version += 1
            for outcome in outcomes:
                if not (is_first and outcome.row in self._views):
                    self._views[outcome.row] = outcome_view(outcome)
                    self._versions[outcome.row] = self._version
                    self._tiles[outcome.row] = _tile(outcome)

    # --- what a tab asks ---------------------------------------------------------------------------------

    def touch(self) -> None:
        """Something other than the rows has changed."""
        with self._lock:
            self._version += 1

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self._version

    def since(self, version: int) -> dict[str, Any]:
        """Everything but the rows as it is now, and the rows that changed after this version."""
        with self._lock:
            tiles = list(self._tiles.values())
            return {
                "version": self._version,
                "stage": self._stage,
                "done": self._done,
                "total": self._total,
                "seconds_left": self._seconds_left(),
                "said": self._said,
                "stopping": self.is_stopping,
                "tally": {tile: tiles.count(tile) for tile in (DONE, REFUSED, LOST, WAITING)},
                "rows": [view for row, view in sorted(self._views.items()) if self._versions[row] > version],
            }

    def _seconds_left(self) -> float | None:
        """A guess from the pace so far; None where there is too little to guess from."""
        took = time.monotonic() - self._began
        if not self._total or self._done < 3 or took < 1:
            return None
        return (self._total - self._done) * took / self._done


_TILES: Mapping[Status, str] = {
    Status.CREATED: DONE,
    Status.UPDATED: DONE,
    Status.ALREADY_CREATED: DONE,
    Status.UNCHANGED: DONE,
    Status.REFUSED: REFUSED,
    Status.CONFLICT: REFUSED,
    Status.UNKNOWN: LOST,
}


def _tile(outcome: Outcome) -> str:
    """Under which tile a row counts; rows that are not to be sent count under none."""
    code = outcome.explanation.code if outcome.explanation else ""
    if outcome.action in _THERE:
        return ""
    if code == "on-its-way":
        return WAITING
    if outcome.status is Status.NOT_SENT:
        return WAITING if outcome.is_at_work or outcome.action in _SENT else ""
    return _TILES.get(outcome.status, "")
