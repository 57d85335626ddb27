"""What becomes of an account's file that can't be used: an error in words, for whoever starts the sandbox."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_BEYOND_USE = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR})
"""SQLite's codes for a file that is no database, a broken one, and one with other tables than an account's."""


class AccountFileError(Exception):
    """An account's file that is damaged, or that can't be had; its text says which file, and what to do."""


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """SQLite's errors become AccountFileError. Nobody's work is lost with a pretend account, so it may be deleted."""
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
