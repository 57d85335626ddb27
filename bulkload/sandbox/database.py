"""The pretend account on disk: its tables, the log of requests and effects, and used tokens.

SQLite in WAL mode with ``synchronous=OFF``: a commit is then in the hands of the operating system. It survives SIGKILL
of this process, which the crash tests need, and costs no disk flush, which they could not afford. A power cut may lose
the tail, and it is only a pretend account. Nothing is cached, so several processes on one file agree.
"""

from __future__ import annotations

import json
import sqlite3
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.sandbox import log
from bulkload.sandbox.fixtures import APP_ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

VERSION = 2
"""``PRAGMA user_version``. 0 is a new file, or one of the time when a file had one application."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS campaigns (
    place INTEGER PRIMARY KEY, id TEXT UNIQUE, lname TEXT, body TEXT, status TEXT,
    created REAL, updated REAL, ready REAL, prepared TEXT DEFAULT 'Ready', app_id TEXT, deleted REAL,
    instance_id TEXT, instance_updated REAL,
    is_scheduled INTEGER DEFAULT 0, is_recurring INTEGER DEFAULT 0, has_filters INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS names (
    app_id TEXT, kind TEXT, name TEXT, id TEXT, details TEXT, PRIMARY KEY (app_id, kind, name));
CREATE TABLE IF NOT EXISTS tokens (jti TEXT PRIMARY KEY, expires REAL);
"""
_INDEX = "CREATE INDEX IF NOT EXISTS campaigns_by_app ON campaigns (app_id, lname)"
_NEW_COLUMNS = (
    ("campaigns", f"app_id TEXT DEFAULT '{APP_ID}'"),
    ("campaigns", "prepared TEXT DEFAULT 'Ready'"),
    ("campaigns", "deleted REAL"),
    ("campaigns", "instance_id TEXT"),
    ("campaigns", "instance_updated REAL"),
    ("campaigns", "is_scheduled INTEGER DEFAULT 0"),
    ("campaigns", "is_recurring INTEGER DEFAULT 0"),
    ("campaigns", "has_filters INTEGER DEFAULT 0"),
    ("requests", f"app_id TEXT DEFAULT '{APP_ID}'"),
    ("effects", f"app_id TEXT DEFAULT '{APP_ID}'"),
)
"""What an older file may lack; its campaigns belong to the one application that there was."""
_A_DAY = 86_400.0
"""Seconds after which an expired token is forgotten; generous, because the service's clock can be set."""
_BEYOND_USE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
"""SQLite's codes for another kind of file, a broken one, and one with other tables than an account's."""


class AccountFileError(Exception):
    """An account's file is damaged or unavailable; the text says which file, and what to do."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What the log says of an answer; the fields are ``LoggedRequest``'s."""

    status: int | None
    name: str | None = None
    campaign_id: str | None = None
    fault: str | None = None
    problem: str | None = None


class Database:
    """The file of a pretend account; one thread at a time uses it."""

    def __init__(self, path: Path) -> None:
        """Open the file, and make it if it is missing; raises AccountFileError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with naming_file(path):
            # Autocommit: every statement is durable by itself, unless a transaction is begun. One thread makes the
            # connection and another one serves.
            self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
            try:
                self._prepare()
            except BaseException:
                self.connection.close()
                raise

    def close(self) -> None:
        """Close the file; everything is in it already."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Commit what happens within, all of it or nothing."""
        with self.connection:
            self.connection.execute("BEGIN IMMEDIATE")
            yield

    def log_request(  # noqa: PLR0913, PLR0917  (the columns of the log)
        self,
        now: float,
        method: str,
        path: str,
        operation: str,
        campaign_id: str | None,
        app_id: str = APP_ID,
    ) -> int:
        """Write down that a request arrived; return its number."""
        cursor = self.connection.execute(
            "INSERT INTO requests (time, method, path, operation, campaign_id, app_id) VALUES (?, ?, ?, ?, ?, ?)",
            (now, method, path, operation, campaign_id, app_id),
        )
        return int(cursor.lastrowid or 0)

    def log_answer(self, number: int, answered: Answered) -> None:
        """Write down what a request is about to be answered."""
        self.connection.execute(
            "UPDATE requests SET status = ?, name = ?, fault = ?, problem = ?,"
            " campaign_id = coalesce(?, campaign_id) WHERE number = ?",
            (
                answered.status,
                answered.name,
                answered.fault,
                answered.problem,
                answered.campaign_id,
                number,
            ),
        )

    def log_effect(self, effect: log.Effect) -> None:
        """Write down what a request, or the console, did; SQLite numbers the effect."""
        self.connection.execute(
            "INSERT INTO effects (request, time, kind, campaign_id, name, body, app_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(effect.request, effect.time, effect.kind, effect.campaign_id, effect.name),
                *(json.dumps(effect.body), effect.app_id),
            ),
        )

    def use_token(self, jti: str, expires: float) -> bool:
        """Remember this ``jti``, across restarts too; False: it was used before."""
        cursor = self.connection.execute("INSERT OR IGNORE INTO tokens VALUES (?, ?)", (jti, expires))
        return cursor.rowcount == 1

    def _prepare(self) -> None:
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=OFF")
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version < VERSION:
            self._migrate()
        self.connection.execute("DELETE FROM tokens WHERE expires < ?", (time.time() - _A_DAY,))

    def _migrate(self) -> None:
        self.connection.executescript(_SCHEMA + log.SCHEMA)
        with self.transaction():
            for table, column in _NEW_COLUMNS:
                self._add_column(table, column)
            self.connection.execute(_INDEX)
            if self._columns("known"):
                self.connection.execute(
                    "INSERT OR IGNORE INTO names SELECT ?, kind, name, id, '{}' FROM known", (APP_ID,)
                )
                self.connection.execute("DROP TABLE known")
            self.connection.execute(f"PRAGMA user_version = {VERSION}")

    def _add_column(self, table: str, column: str) -> None:
        if column.split(maxsplit=1)[0] not in self._columns(table):
            self.connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")

    def _columns(self, table: str) -> set[str]:
        return {row[1] for row in self.connection.execute(f"PRAGMA table_info({table})")}


@contextmanager
def naming_file(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into AccountFileError. A pretend account may be deleted: it holds no real work."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _BEYOND_USE:
            raise AccountFileError(
                f"The pretend account {path} is damaged ({error}). Delete that file, and a new account is begun."
            ) from error
        raise AccountFileError(
            f"The pretend account {path} can't be used ({error}). Make room on that disk, or give rights there."
        ) from error
