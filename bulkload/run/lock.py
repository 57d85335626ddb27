"""One process at a time for one account: a lock of the operating system, which ends with its process.

filelock takes it, on every system; a killed run leaves no stale lock. A file next to it says who holds it. A lock
inside SQLite was refused: it would keep the list of runs from being read, and could not say who holds it.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from bulkload.errors import JournalError, RunInProgressError
from bulkload.run.messages import journal as messages

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from bulkload.messages import Message

PATIENCE = 0.1
"""Seconds to wait for a lock that is held: listing the runs holds it for a moment, a run for longer."""


class RunLock:
    """Held from construction to ``release``.

    Raises RunInProgressError where another process holds it, JournalError where it can't be taken at all.
    """

    def __init__(self, path: Path, since: datetime) -> None:
        self._since = since
        self._holder = _holder_file(path)
        self._lock = _lock(path, PATIENCE)
        try:
            self._lock.acquire()
        except Timeout:
            raise RunInProgressError(_who(self._holder)) from None
        except (OSError, NotImplementedError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise JournalError(messages.NOT_LOCKABLE(path=str(path), reason=reason)) from None
        self.describe(None)

    def describe(self, run: str | None) -> None:
        """Write who holds it, for the message that the other process shows."""
        holder = {"pid": os.getpid(), "run": run, "since": f"{self._since:%Y-%m-%d %H:%M:%S}"}
        # On a full disk the lock is held all the same; only its description is missing.
        with contextlib.suppress(OSError):
            self._holder.touch(mode=0o600)
            self._holder.write_text(json.dumps(holder), encoding="utf-8")

    def release(self) -> None:
        """Let the next process in."""
        self._lock.release()


def run_at_work(path: Path) -> str | None:
    """The run for which a process holds this lock now; None where no process does, or where it has no name yet."""
    holder = _read(_holder_file(path))
    if not holder or not path.exists():
        return None
    try:
        with _lock(path, 0):
            return None
    except Timeout:
        run = holder.get("run")
        return run if isinstance(run, str) else None
    except (OSError, NotImplementedError):
        return None


def _lock(path: Path, patience: float) -> FileLock:
    # Without preserve_lock_file two processes could lock two files of one name; a lock that falls back to the mere
    # existence of a file would stay behind when its process is killed.
    return FileLock(
        path,
        timeout=patience,
        mode=0o600,
        thread_local=False,
        poll_interval=0.02,
        preserve_lock_file=True,
        fallback_to_soft=False,
    )


def _holder_file(path: Path) -> Path:
    return path.with_suffix(".holder")


def _read(path: Path) -> dict[str, object]:
    """Who holds the lock; empty where it does not say, or is just being written."""
    try:
        holder = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return holder if isinstance(holder, dict) else {}


def _who(path: Path) -> Message:
    holder = _read(path)
    if not holder.keys() >= {"pid", "run", "since"}:
        return messages.BUSY(who="it does not say which")
    run = f"run {holder['run']}" if holder["run"] else "a run that is about to begin"
    return messages.BUSY(who=f"{run}, process {holder['pid']}, since {holder['since']}")
