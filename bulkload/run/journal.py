"""The journal: what was meant, what was sent, what came of it, durable at each step.

One file for each host and application. Whoever writes holds the lock; whoever only reads (``runs``,
``results``, a dry run) needs none. Every change of a row's state passes ``move``, which commits before it
returns: so the intent is on the disk before the first byte may leave, and an answer before it is reported.

Nothing of a row is kept in memory between two steps: what the file says is what is so.
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Self

from bulkload.run.journal_queries import JournalReading
from bulkload.run.lock import RunLock
from bulkload.run.records import step
from bulkload.run.states import FIRST, State
from bulkload.run.storage import (
    connect,
    connect_filled,
    is_empty,
    journal_path,
    make_private,
    speaking_of,
    transaction,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from bulkload.model import AccountIdentity, RemoteCampaign
    from bulkload.run.records import Change, JournalRow, StoredRun


def wall_clock() -> datetime:
    """Now, with the zone of this machine; for display and for the age of what other runs did."""
    return datetime.now(UTC).astimezone()


class Journal(JournalReading):
    """The runs of one host and application on this machine; a context manager."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | str,
        wall: Callable[[], datetime],
        lock: RunLock | None,
    ) -> None:
        super().__init__(connection, path)
        self._wall = wall
        self._lock = lock
        self._sent = self._ask("SELECT coalesce(max(sent), 0) FROM rows")[0][0]

    @classmethod
    def open(
        cls, state_dir: Path, account: AccountIdentity, *, wall: Callable[[], datetime] = wall_clock
    ) -> Self:
        """Open it for a run. Raises RunInProgressError where another process has it, JournalError otherwise."""
        path = journal_path(state_dir, account)
        make_private(path)
        lock = RunLock(path.with_suffix(".lock"), wall())
        try:
            return cls(connect_filled(path, account.host, account.application), path, wall, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read(
        cls, state_dir: Path, account: AccountIdentity, *, wall: Callable[[], datetime] = wall_clock
    ) -> Self:
        """Open it for reading, whoever else has it; an account without a journal has an empty one."""
        path = journal_path(state_dir, account)
        return cls.read_file(path, account.host, account.application, wall=wall)

    @classmethod
    def read_file(
        cls,
        path: Path,
        label: str = "",
        application: str = "",
        *,
        wall: Callable[[], datetime] = wall_clock,
    ) -> Self:
        """Open one of the journals for reading; whose it is, it says itself. Raises JournalError."""
        connection = _connect_to_read(path) or connect_filled(":memory:", label, application)
        try:
            return cls(connection, path, wall, None)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let the next process in."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def now(self) -> datetime:
        """The wall clock's time, as the journal notes it."""
        return self._wall()

    # --- writing -------------------------------------------------------------------------------------------

    def begin(self, run: StoredRun, rows: Sequence[JournalRow], seen: Iterable[RemoteCampaign]) -> None:
        """Write down a whole run before anything of it is sent. Raises JournalError."""
        if strangers := {row.state for row in rows} - FIRST:
            raise AssertionError(f"No row can begin as {', '.join(sorted(strangers))}.")
        with self._together():
            self._connection.execute(
                "INSERT OR IGNORE INTO workbooks VALUES (?, ?)", (run.sha256, run.content)
            )
            self._connection.execute(
                "INSERT INTO runs (run, workbook, sha256, options, started) VALUES (?, ?, ?, ?, ?)",
                (run.run, str(run.workbook), run.sha256, json.dumps(run.options), run.started.isoformat()),
            )
            self._connection.executemany(
                "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (_values(row) for row in rows),
            )
            self._connection.executemany(
                "INSERT OR IGNORE INTO seen VALUES (?, ?, ?)",
                ((run.run, listed.campaign_id, listed.name) for listed in seen),
            )
        self.describe_lock(run.run)

    def describe_lock(self, run: str) -> None:
        """Tell other processes which run it is that keeps them out."""
        if self._lock is not None:
            self._lock.describe(run)

    def move(self, *moves: tuple[JournalRow, Change]) -> tuple[JournalRow, ...]:
        """Change the states of rows, all or none; durable when it returns. The rows as they are now.

        Raises AssertionError for an impossible step, JournalError where it can't be written.
        """
        with self._together():
            return tuple(self._step(row, change) for row, change in moves)

    def _step(self, row: JournalRow, change: Change) -> JournalRow:
        after = step(row, change)
        if change.state is State.SENDING:
            self._sent += 1
        changed = self._connection.execute(
            "UPDATE rows SET state = ?, campaign_id = ?, platform_status = ?, attempts = ?, happened = ?, to_do = ?,"
            " sent = iif(?1 = 'sending', ?, sent), accepted = iif(?1 = 'accepted', ?, accepted)"
            " WHERE run = ? AND row = ? AND state = ?",
            (
                after.state,
                after.campaign_id,
                after.platform_status,
                after.attempts,
                after.message,
                after.fix,
                self._sent,
                self._wall().isoformat(),
                row.run,
                row.row,
                row.state,
            ),
        )
        if changed.rowcount != 1:
            raise AssertionError(f"Row {row.row} of run {row.run} is not {row.state} in the journal.")
        return after

    def end(self, run: str, stopped: str) -> None:
        """Note why a run ended before its time, and that it is finished where nothing is left to do."""
        finished = None if self.is_unfinished(run) else self._wall().isoformat()
        with self._together():
            self._connection.execute(
                "UPDATE runs SET stopped = ?, finished = ? WHERE run = ?", (stopped, finished, run)
            )

    @contextmanager
    def _together(self) -> Iterator[None]:
        with speaking_of(self._path), transaction(self._connection):
            yield


def _connect_to_read(path: Path) -> sqlite3.Connection | None:
    """None where nothing was written yet: a process that only reads writes nothing either."""
    if not path.exists():
        return None
    connection = connect(path)
    if is_empty(connection):
        connection.close()
        return None
    return connection


def _values(row: JournalRow) -> tuple[object, ...]:
    """In the order of the table's columns."""
    return (
        row.run,
        row.row,
        row.name,
        row.digest,
        row.version,
        json.dumps(row.body, ensure_ascii=False),
        row.target_id,
        row.state,
        row.campaign_id,
        row.platform_status,
        row.attempts,
        row.message,
        row.fix,
        row.sent,
        row.accepted.isoformat() if row.accepted else None,
    )
