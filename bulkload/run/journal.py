"""The journal: what was meant, what was sent, what came of it, durable at each step.

One file for each host and application. Whoever writes holds the lock; whoever only reads (``runs``,
``results``, a plan) needs none. Every change of a row's state passes ``move``, which commits before it
returns: so the intent is on the disk before the first byte may leave, and an answer before it is reported.

Nothing of a row is kept in memory between two steps: the file alone decides.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

from bulkload.run.journal_queries import JournalReading, write_message
from bulkload.run.lock import RunLock
from bulkload.run.messages import journal as messages
from bulkload.run.records import step
from bulkload.run.schema import ROW_COLUMNS, RUN_COLUMNS, insert, sealed
from bulkload.run.states import FIRST, State
from bulkload.run.storage import (
    connect_to_memory,
    connect_to_read,
    connect_to_write,
    journal_path,
    make_private,
    speaking_of,
    transaction,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
        account: AccountIdentity | None,
        wall: Callable[[], datetime],
        lock: RunLock | None,
    ) -> None:
        super().__init__(connection, path, account)
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
            return cls._opened(connect_to_write(path, account), path, account, wall, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def read(
        cls, state_dir: Path, account: AccountIdentity, *, wall: Callable[[], datetime] = wall_clock
    ) -> Self:
        """Open it for reading, whoever else has it; an account without a journal has an empty one."""
        path = journal_path(state_dir, account)
        connection = connect_to_read(path) or connect_to_memory(account)
        return cls._opened(connection, path, account, wall, None)

    @classmethod
    def read_file(cls, path: Path, *, wall: Callable[[], datetime] = wall_clock) -> Self | None:
        """Open one of the journals for reading; it says itself whose it is. Raises JournalError.

        None where nothing was written into the file yet.
        """
        connection = connect_to_read(path)
        return None if connection is None else cls._opened(connection, path, None, wall, None)

    @classmethod
    def _opened(cls, connection: sqlite3.Connection, *others: Any) -> Self:
        try:
            return cls(connection, *others)
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
            insert(self._connection, "runs", RUN_COLUMNS, self._values_of_run(run, rows, seen))
            for row in rows:
                insert(self._connection, "rows", ROW_COLUMNS, _values(row))
        self.describe_lock(run.run)

    def _values_of_run(
        self, run: StoredRun, rows: Sequence[JournalRow], seen: Iterable[RemoteCampaign]
    ) -> dict[str, Any]:
        (number,) = self._ask("SELECT coalesce(max(number), 0) + 1 FROM runs")[0]
        return {
            "number": number,
            "run": run.run,
            "workbook": str(run.workbook),
            "sha256": run.sha256,
            "options": json.dumps(run.options),
            "started": run.started.isoformat(),
            "finished": None,
            "stopped": "",
            "account_id": run.account_id or self.account.account_id or "",
            "kind": run.kind,
            "batch": run.batch,
            "seen": json.dumps(sorted(listed.campaign_id for listed in seen)),
            "rows": len(rows),
        }

    def describe_lock(self, run: str | None) -> None:
        """Tell other processes which run it is that keeps them out."""
        if self._lock is not None:
            self._lock.describe(run)

    def move(self, *moves: tuple[JournalRow, Change]) -> tuple[JournalRow, ...]:
        """Change the states of rows, all or none; durable when it returns. The rows as they are now.

        Raises AssertionError for an impossible step, JournalError where it can't be written.
        """
        if not moves:
            return ()
        with self._together():
            return tuple(self._step(row, change) for row, change in moves)

    def _step(self, row: JournalRow, change: Change) -> JournalRow:
        found = self._ask("SELECT * FROM rows WHERE run = ? AND row = ?", row.run, row.row)
        now = self._row(found[0]) if found else None
        if now is None or (now.state, now.attempts, now.sent) != (row.state, row.attempts, row.sent):
            raise AssertionError(f"Row {row.row} of run {row.run} is not {row.state} in the journal.")
        after = step(row, change)
        if change.state is State.SENDING:
            self._sent += 1
            after = replace(after, sent=self._sent, sent_at=self._wall())
        if change.state is State.ACCEPTED:
            after = replace(after, accepted=self._wall())
        values = _values(after)
        sets = ", ".join(f"{column} = ?" for column in (*ROW_COLUMNS, "seal"))
        self._connection.execute(
            f"UPDATE rows SET {sets} WHERE run = ? AND row = ?",  # noqa: S608  (ours)
            (*sealed(values[column] for column in ROW_COLUMNS), row.run, row.row),
        )
        return after

    def end(self, run: str, stopped: str) -> None:
        """Note why a run ended before its time, and that it is finished where nothing is left to do."""
        finished = None if self.is_unfinished(run) else self._wall().isoformat()
        self._change_run(run, stopped=stopped, finished=finished)

    def close_run(self, run: str) -> None:
        """End an obsolete run: it is not offered for a resume any more, and what is in doubt stays known."""
        self._change_run(run, stopped=messages.CLOSED().text, finished=self._wall().isoformat())

    def confirm_account(self, run: str, account_id: str) -> None:
        """Note that a run of an older version belongs to this account, as the person has confirmed."""
        self._change_run(run, account_id=account_id)

    def _change_run(self, run: str, **values: Any) -> None:
        for found in self._runs("WHERE run = ?", run):
            after = found | values
            sets = ", ".join(f"{column} = ?" for column in (*RUN_COLUMNS, "seal"))
            with self._together():
                self._connection.execute(
                    f"UPDATE runs SET {sets} WHERE run = ?",  # noqa: S608  (ours)
                    (*sealed(after[column] for column in RUN_COLUMNS), run),
                )

    def learn(self, name: str, value: float) -> None:
        """Keep what was learned about the account for later runs."""
        with self._together():
            self._connection.execute("INSERT OR REPLACE INTO learned VALUES (?, ?)", (name, value))

    def keep_facts(self, read: Mapping[str, RemoteCampaign | None]) -> None:
        """Keep what was read by ids; None: the service has no such campaign."""
        with self._together():
            for campaign_id, found in read.items():
                self._connection.execute(
                    "INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?, ?)",
                    sealed(_fact(campaign_id, found)),
                )

    def save_plan(self, name: str, content: Mapping[str, Any]) -> str:
        """Keep a plan under a name, in place of an older one; its digest."""
        text = json.dumps(content, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        with self._together():
            self._connection.execute("INSERT OR REPLACE INTO plans VALUES (?, ?, ?)", (name, digest, text))
        return digest

    @contextmanager
    def _together(self) -> Iterator[None]:
        with speaking_of(self._path), transaction(self._connection):
            yield


def _fact(campaign_id: str, found: RemoteCampaign | None) -> tuple[str | None, ...]:
    if found is None:
        return campaign_id, None, None, None, None
    updated = found.updated_at.isoformat() if found.updated_at else None
    return campaign_id, updated, found.status, found.connection, json.dumps(dict(found.source))


def _values(row: JournalRow) -> dict[str, Any]:
    """By the table's columns."""
    code, message = write_message(row.explanation)
    return {
        "run": row.run,
        "row": row.row,
        "name": row.name,
        "digest": row.digest,
        "version": str(row.version),
        "body": json.dumps(row.body),
        "operation": row.operation,
        "target_id": row.target_id,
        "state": str(row.state),
        "campaign_id": row.campaign_id,
        "platform_status": row.platform_status,
        "attempts": row.attempts,
        "code": code,
        "message": message,
        "is_found": int(row.is_found),
        "before": _document(row.before),
        "deleted": _document(row.deleted),
        "sent": row.sent,
        "sent_at": _moment(row.sent_at),
        "accepted": _moment(row.accepted),
    }


def _document(document: Mapping[str, Any] | None) -> str | None:
    return None if document is None else json.dumps(dict(document))


def _moment(when: datetime | None) -> str | None:
    return when.isoformat() if when else None
