"""One process at a time for one host and application: a lock of the operating system, never a mere file.

The system lets go of it when the process ends, whatever ends it, so a killed run leaves no stale lock. The
file's text only says who holds it. A lock inside SQLite was refused: it would stop ``bulkload runs`` from
reading, and could not say who holds it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING

from bulkload.errors import JournalError, RunInProgressError
from bulkload.run.messages import journal as messages

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bulkload.messages import Message

LOOKS, LOOK = 3, 0.02
"""Times that a lock which is held is tried again, and the seconds before each: a run holds it for longer."""

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Windows locks bytes, and what is locked can't be read: a byte far behind the text."""

    def _may_live(_pid: int) -> bool:
        return True  # to ask is to send it Ctrl-C

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:  # Windows has one code for a lock that is held and most other troubles
            raise BlockingIOError from error
        finally:
            os.lseek(descriptor, 0, os.SEEK_SET)
else:
    import fcntl

    def _may_live(pid: int) -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except PermissionError:  # somebody else's
            return True
        return True

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _take_patiently(descriptor: int) -> None:
    """Take the lock; whoever lists the runs may hold it for the moment that it takes to look."""
    for _ in range(LOOKS):
        try:
            return _take(descriptor)
        except BlockingIOError:
            time.sleep(LOOK)
    return _take(descriptor)


class RunLock:
    """Held from construction to ``release``.

    Raises RunInProgressError at once where another process holds it, JournalError where nobody can.
    """

    def __init__(self, path: Path, since: datetime) -> None:
        self._since = since
        try:
            self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _not_lockable(path, error) from None
        try:
            _take_patiently(self._descriptor)
        except OSError as error:
            holder = os.read(self._descriptor, 1000)
            os.close(self._descriptor)
            if isinstance(error, BlockingIOError):
                raise RunInProgressError(_who(holder)) from None
            raise _not_lockable(path, error) from None
        self.describe(None)

    def describe(self, run: str | None) -> None:
        """Write who holds it, for the message that the other process shows."""
        text = json.dumps({"pid": os.getpid(), "run": run, "since": f"{self._since:%Y-%m-%d %H:%M:%S}"})
        with contextlib.suppress(
            OSError
        ):  # a full disk: the lock holds all the same, only its text is missing
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text.encode().ljust(200))

    def release(self) -> None:
        """Let the next process in. The file stays: removing it would let two processes lock two files."""
        os.close(self._descriptor)


def run_at_work(path: Path) -> str | None:
    """The run for whose sake a process holds the lock of this file now; None where no process does."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except OSError:
        return None
    try:
        holder = json.loads(os.read(descriptor, 1000))
        if not _may_live(holder["pid"]):
            return None  # and the lock is not touched, which somebody may just be about to take
        _take(descriptor)
    except BlockingIOError:
        run = holder.get("run")
        return run if isinstance(run, str) else None  # one that is about to begin has no name yet
    except (OSError, ValueError, KeyError, TypeError):
        return None
    finally:
        os.close(descriptor)
    return None


def _not_lockable(path: Path, error: OSError) -> JournalError:
    return JournalError(messages.NOT_LOCKABLE(path=str(path), reason=error.strerror))


def _who(text: bytes) -> Message:
    try:
        holder = json.loads(text)
        run = f"run {holder['run']}" if holder["run"] else "a run that is about to begin"
        who = f"{run}, process {holder['pid']}, since {holder['since']}"
    except (ValueError, KeyError, TypeError):  # it is just being written
        who = "it does not say which"
    return messages.BUSY(who=who)
