"""A file appears whole or not at all: written beside its final name, flushed, synced, renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def replace(path: Path, content: bytes) -> None:
    """Put the content under this name, in place of what stands there. Raises OSError, leaving no half file."""
    with _written_beside(path, content) as written:
        written.replace(path)
    _sync_folder(path.parent)


def write_new(path: Path, content: bytes) -> Path:
    """Put the content under this name, or the next free one (``name-2.xlsx``), and return the name taken.

    A name counts as taken while a file has it or a spreadsheet program holds it open. Raises OSError, leaving
    no half file.
    """
    with _written_beside(path, content) as written:
        for candidate in _names(path):
            if candidate.exists() or _is_open(candidate):
                continue
            # Windows refuses a rename onto a file that appeared a moment ago; elsewhere the moment is ours.
            with contextlib.suppress(FileExistsError):
                written.rename(candidate)
                _sync_folder(path.parent)
                return candidate
    raise AssertionError("the names never end")


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of its own in the same folder, gone afterwards unless it was renamed."""
    beside = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        beside.unlink(missing_ok=True)


def _names(path: Path) -> Iterator[Path]:
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def _is_open(path: Path) -> bool:
    """Whether Excel (``~$name``) or LibreOffice (``.~lock.name#``) says that it has the file open."""
    return path.with_name(f"~${path.name}").exists() or path.with_name(f".~lock.{path.name}#").exists()


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Some network folders have no sync of their own; the file itself is synced already.
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
