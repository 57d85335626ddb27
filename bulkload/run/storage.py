"""The journal's file: SQLite in WAL mode, durable at every commit, private to the user, its schema versioned.

``synchronous=FULL`` costs 0.4 ms a commit; NORMAL can lose a committed intent on power loss, and with it
forget that a campaign may have been created. WAL needs a local disk, which is why the file stands in the
user's state folder and never beside the workbook.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulkload.errors import JournalError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulkload.model import AccountIdentity

VERSION = 1
"""Of the schema below; a file of a later version is refused, never guessed at."""

SCHEMA = """
CREATE TABLE account (label TEXT NOT NULL, application TEXT NOT NULL);
CREATE TABLE workbooks (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    run TEXT NOT NULL UNIQUE,
    workbook TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES workbooks,
    options TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    stopped TEXT NOT NULL DEFAULT ''
);
CREATE TABLE rows (
    run TEXT NOT NULL REFERENCES runs (run),
    row INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    asked_id TEXT,
    state TEXT NOT NULL,
    campaign_id TEXT,
    platform_status TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    happened TEXT NOT NULL DEFAULT '',
    to_do TEXT NOT NULL DEFAULT '',
    sent INTEGER NOT NULL DEFAULT 0,
    accepted TEXT,
    PRIMARY KEY (run, row)
) WITHOUT ROWID;
CREATE TABLE seen (
    run TEXT NOT NULL REFERENCES runs (run),
    campaign_id TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (run, campaign_id)
) WITHOUT ROWID;
"""


def journal_folder(state_dir: Path) -> Path:
    """Where all journals of this user stand."""
    return state_dir / "journals"


def journal_path(state_dir: Path, account: AccountIdentity) -> Path:
    """The file for one host and application: readable, and never the same for two."""
    label, application = account.host, account.application
    words = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{label.partition('://')[2] or label}-{application}")[:80]
    exact = hashlib.sha256(f"{label}\n{application}".encode()).hexdigest()[:8]
    return journal_folder(state_dir) / f"{words}-{exact}.sqlite3"


def make_private(path: Path) -> None:
    """The folder and the file exist, and nobody but the user can read them.

    SQLite gives its own files beside it the same rights. Raises JournalError where that can't be done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.chmod(0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise JournalError(
            f"The journal {path} can't be written ({error.strerror}), and without it nothing is sent. "
            "Make room or give rights there, or name another folder in BULKLOAD_STATE_DIR."
        ) from None


def connect(database: Path | str) -> sqlite3.Connection:
    """An open file; ``:memory:`` is one that leaves nothing.

    Raises JournalError for a file that is damaged, or that a later version of bulkload wrote.
    """
    with speaking_of(database):
        connection = sqlite3.connect(database, isolation_level=None, timeout=10)
        try:
            _prepare(connection, database)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, database: Path | str) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk there
    connection.execute("PRAGMA foreign_keys = ON")
    version = _version(connection)
    if version > VERSION:
        raise JournalError(
            f"The journal {database} was written by a later version of bulkload (its format is {version}, "
            f"this version knows {VERSION}). Install the latest bulkload; nothing was sent."
        )


def connect_filled(database: Path | str, label: str, application: str) -> sqlite3.Connection:
    """The same with this account's tables, made where they are missing; only the holder of the lock may."""
    connection = connect(database)
    try:
        if is_empty(connection):
            with speaking_of(database):
                _make_tables(connection, label, application)
    except BaseException:
        connection.close()
        raise
    return connection


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was written into the file yet: its maker was killed, or is about to write."""
    return _version(connection) == 0


def _make_tables(connection: sqlite3.Connection, label: str, application: str) -> None:
    with transaction(connection):
        for statement in SCHEMA.split(";\n"):
            connection.execute(statement)
        connection.execute("INSERT INTO account VALUES (?, ?)", (label, application))
        connection.execute(f"PRAGMA user_version = {VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing; durable when the block has ended."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # After some failures SQLite has already rolled back by itself.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def speaking_of(database: Path | str) -> Iterator[None]:
    """SQLite's errors become JournalError, in words."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
            raise JournalError(
                f"The journal {database} is damaged ({error}), and without it nobody can tell what was created. "
                "Put back a copy of it, or move it away and look at Kore.ai for each campaign before you send it."
            ) from error
        raise JournalError(
            f"The journal {database} can't be used ({error}), and without it nothing is sent. Make room on that "
            "disk, or give rights there; then submit the workbook again, which goes on where this ended."
        ) from error
