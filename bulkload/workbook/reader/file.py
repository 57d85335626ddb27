"""The file on the disk: whether it exists, what type it has, and whether its size can be read.

The content is read once, so that the digest is that of the very bytes that are parsed.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.errors import refusal
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.file_types import encryption_of, type_of

if TYPE_CHECKING:
    from pathlib import Path

    from bulkload.model import Problem

MOST_MEGABYTES = 50
MEGABYTE = 1_000_000

END_OF_DIRECTORY = b"PK\x05\x06"
"""Begins the last record of every zip archive."""


@dataclass(frozen=True, slots=True)
class File:
    """A file that may be a workbook."""

    path: Path
    content: bytes
    sha256: str
    """Hexadecimal digest of the content."""
    problems: tuple[Problem, ...]
    """Warnings about the file's surroundings."""


def open_file(path: Path, content: bytes | None = None) -> File:
    """The file's content, if it can be that of a workbook.

    Raises WorkbookError where the file does not exist, is too large, or is something else: a lock
    file, another format whatever its name says, a protected workbook, half a workbook.
    """
    if content is None:
        _refuse_lock_file(path)
        content = _content(path)
    name = path.name
    if not content:
        raise refusal(messages.EMPTY_FILE, value=name)
    other = encryption_of(content) or type_of(content)
    if other is not None:
        raise refusal(other, value=name)
    if END_OF_DIRECTORY not in content:
        raise refusal(messages.CUT_SHORT, value=name)
    return File(path, content, hashlib.sha256(content).hexdigest(), _lock_beside(path))


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise refusal(messages.NO_FILE, value=str(path))
        if not path.is_file():
            raise refusal(messages.NOT_A_FILE, value=str(path))
        size = path.stat().st_size
        if size > MOST_MEGABYTES * MEGABYTE:
            raise refusal(
                messages.TOO_LARGE, value=path.name, size=f"{size / MEGABYTE:,.0f}", most=MOST_MEGABYTES
            )
        with path.open("rb") as file:
            return file.read(MOST_MEGABYTES * MEGABYTE)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(messages.UNREADABLE_FILE, value=str(path), reason=reason.lower()) from error


def _refuse_lock_file(path: Path) -> None:
    for program, prefix, suffix in _LOCKS:
        real = path.name.removeprefix(prefix).removesuffix(suffix)
        if path.name == f"{prefix}{real}{suffix}" and real:
            raise refusal(messages.LOCK_FILE, value=path.name, program=program, real=real)


def _lock_beside(path: Path) -> tuple[Problem, ...]:
    return tuple(
        messages.OPEN_ELSEWHERE.problem(value=path.name, program=program, lock=lock)
        for program, prefix, suffix in _LOCKS
        # os.path.exists is False for a name that is too long; Path.exists raises.
        if os.path.exists(path.with_name(lock := f"{prefix}{path.name}{suffix}"))  # noqa: PTH110
    )


_LOCKS = (("Excel", "~$", ""), ("LibreOffice", ".~lock.", "#"))
"""Program, and what it puts before and after the workbook's name for its lock file."""
