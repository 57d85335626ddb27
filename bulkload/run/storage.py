"""The journal's file: SQLite, durable at every commit, private to the user, checked when it is opened.

``synchronous=FULL`` with a rollback journal (``journal_mode=TRUNCATE``). In WAL mode the last commits live in a
second file whose damaged end SQLite drops without a word: of single damaged bits in the frames of the last commit,
every one took it away, and the row in flight seemed never sent. With a rollback journal a commit is in the file
itself, where ``integrity_check`` and the digests see the damage. Measured here: 0.40 ms a commit instead of 0.07 ms,
for about two commits a second. NORMAL could lose a committed intent on power loss.

The file is in the user's state folder and never beside the workbook, where a synchronised folder could break it.
"""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulkload.errors import JournalError
from bulkload.run import schema
from bulkload.run.messages import journal as messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulkload.model import AccountIdentity

PATIENCE = 10.0
"""Seconds to wait for another process that reads or writes the same file."""


def journal_folder(state_dir: Path) -> Path:
    """Where all journals of this user are."""
    return state_dir / "journals"


def journal_path(state_dir: Path, account: AccountIdentity) -> Path:
    """The file for one host and application: readable, and never the same for two.

    The account id is kept with each run, because older journals did not know it.
    """
    label, application = account.host, account.application
    words = re.sub(r"[^A-Za-z0-9.-]+", "-", f"{label.partition('://')[2] or label}-{application}")[:80]
    exact = hashlib.sha256(f"{label}\n{application}".encode()).hexdigest()[:8]
    return journal_folder(state_dir) / f"{words}-{exact}.sqlite3"


def make_private(path: Path) -> None:
    """Make the folder and the file, readable by the user alone.

    SQLite gives its own files beside it the same rights. Raises JournalError where that can't be done.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.parent.chmod(0o700)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        path.chmod(0o600)
    except OSError as error:
        raise JournalError(messages.NOT_WRITABLE(path=str(path), reason=error.strerror)) from None


def connect_to_write(path: Path, account: AccountIdentity) -> sqlite3.Connection:
    """The file with today's tables, made or migrated; only the holder of the lock may.

    Raises JournalError for a file that is damaged, of a later version, or of another account.
    """
    with _opened(path) as connection, speaking_of(path):
        _check(connection, path)
        connection.execute("PRAGMA journal_mode = TRUNCATE")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone does not reach the disk there
        connection.execute("PRAGMA foreign_keys = ON")
        if is_empty(connection):
            with transaction(connection):
                schema.make_tables(connection, account.host, account.application)
        elif _version(connection) < schema.VERSION:
            _migrate(connection, path)
        _check_account(connection, path, account)
    return connection


def connect_to_read(path: Path) -> sqlite3.Connection | None:
    """The file as it is, in today's tables; None where nothing was written yet. Raises JournalError.

    An older file is left as it is: its migrated copy is in memory.
    """
    if not path.exists():
        return None
    with _opened(path) as connection, speaking_of(path):
        _check(connection, path)
        if is_empty(connection):
            connection.close()
            return None
        if _version(connection) < schema.VERSION:
            copy = _open(":memory:")
            connection.backup(copy)
            connection.close()
            _migrate(copy, path)
            return copy
    return connection


def connect_to_memory(account: AccountIdentity) -> sqlite3.Connection:
    """A journal that is empty and leaves nothing."""
    connection = _open(":memory:")
    with transaction(connection):
        schema.make_tables(connection, account.host, account.application)
    return connection


def _open(database: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(database, isolation_level=None, timeout=PATIENCE)
    connection.row_factory = sqlite3.Row
    return connection


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The connection, closed where the block fails."""
    with speaking_of(path):
        connection = _open(path)
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise JournalError where the file is damaged or of a later version."""
    (found,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise damaged(path, str(found))
    version = _version(connection)
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
        # A file of ours always has a version: a zero that a bit made must not hide what was sent.
        raise damaged(path, "it has tables, and no version")
    if version == schema.VERSION and schema.tables_of(connection) != schema.TABLES:
        raise damaged(path, "its tables are not as they were made")
    if not 0 <= version <= schema.VERSION:
        raise JournalError(messages.LATER_VERSION(path=str(path), found=version, known=schema.VERSION))


def _check_account(connection: sqlite3.Connection, path: Path, account: AccountIdentity) -> None:
    found = [tuple(row) for row in connection.execute("SELECT label, application FROM account")]
    if found != [(account.host, account.application)]:
        whose = ", ".join(str(value) for row in found for value in row)
        raise JournalError(messages.OF_ANOTHER_ACCOUNT(path=str(path), found=whose))


def is_empty(connection: sqlite3.Connection) -> bool:
    """Whether nothing was written into the file yet: its maker was killed, or is about to write."""
    return _version(connection) == 0


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        with transaction(connection):
            schema.migrate(connection)
    except (LookupError, TypeError, ValueError) as error:
        raise damaged(path, "it can't be brought to today's form") from error
    connection.execute("PRAGMA foreign_keys = ON")


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


def damaged(path: Path | str, reason: str) -> JournalError:
    """The error of a journal that can't be believed."""
    return JournalError(messages.DAMAGED(path=str(path), reason=reason))


_DAMAGE_CODES = {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_SCHEMA, sqlite3.SQLITE_ERROR}
"""SQLITE_ERROR: a missing table or column, or text that is no UTF-8; our own statements are right."""


@contextmanager
def speaking_of(database: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into JournalErrors, in words."""
    try:
        yield
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _DAMAGE_CODES:
            raise damaged(database, str(error)) from error
        raise JournalError(messages.NOT_USABLE(path=str(database), reason=str(error))) from error
    except UnicodeDecodeError as error:
        raise damaged(database, "a text in it can't be read") from error
