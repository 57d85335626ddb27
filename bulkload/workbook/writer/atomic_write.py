"""A file appears whole or not at all: written under another name, flushed, synced, then renamed."""

from __future__ import annotations

import contextlib
import os
import secrets
from enum import Enum
from itertools import count
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Existing(Enum):
    """What to do where a file of that name exists."""

    NEXT_NAME = "next name"
    """Take the next free name: ``name-2.xlsx``."""
    REFUSE = "refuse"
    """Write nothing, and raise FileExistsError."""
    REPLACE = "replace"
    """Put the new file in its place."""


def write_whole(path: Path, content: bytes, existing: Existing) -> Path:
    """Write the file under this name, and return the name taken. Raises OSError, leaving no half file.

    For the next free name, a name is taken while a file has it or a spreadsheet program has it open.
    """
    with _written_beside(path, content) as written:
        match existing:
            case Existing.REPLACE:
                written.replace(path)
                taken = path
            case Existing.REFUSE:
                _give_name(written, path)
                taken = path
            case Existing.NEXT_NAME:
                taken = _give_next_name(written, path)
            case _:
                assert_never(existing)
    _sync_folder(path.parent)
    return taken


def replace(path: Path, content: bytes) -> None:
    """Put the content under this name, in place of the file there. Raises OSError, leaving no half file."""
    write_whole(path, content, Existing.REPLACE)


def write_new(path: Path, content: bytes) -> Path:
    """Put the content under this name, or the next free one, and return the name taken; see ``write_whole``."""
    return write_whole(path, content, Existing.NEXT_NAME)


def _give_next_name(written: Path, path: Path) -> Path:
    for candidate in _names(path):
        if _is_open(candidate):
            continue
        with contextlib.suppress(FileExistsError):
            _give_name(written, candidate)
            return candidate
    raise AssertionError("the names never end")


def _give_name(written: Path, path: Path) -> None:
    """Give the file this name. Raises FileExistsError where a file has it, even one of a moment ago."""
    try:
        # A rename would replace a file that appeared a moment ago; a link never does.
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:
        # Some network folders and USB sticks have no links. There an empty file takes the name first.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        written.replace(path)


@contextlib.contextmanager
def _written_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in a file of its own in the same folder; that name of it is gone afterwards."""
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
