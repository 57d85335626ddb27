"""The computer itself: versions, the state folder and its disk, the journals."""

from __future__ import annotations

import os
import platform
import shutil
import stat
import tempfile
from importlib.metadata import version
from pathlib import Path

from bulkload.doctor import messages
from bulkload.doctor.findings import Finding, fault, good, warning
from bulkload.errors import JournalError
from bulkload.run.journals import runs_of_this_machine, unreadable_journals
from bulkload.text import count_of

NETWORK_DISKS = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "ceph",
    "gluster",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "vboxsf",
)
"""File systems on which SQLite's locks and its write-ahead log are not safe (sqlite.org, "How To Corrupt")."""
SYNCED = ("Dropbox", "OneDrive", "Google Drive", "GoogleDrive", "Mobile Documents", "Nextcloud", "iCloud")
"""Folders whose files another program replaces while we write them."""
LITTLE = 200_000_000
"""Bytes that a large run may need: its workbook, its journal, its results."""


def versions() -> Finding:
    """The versions of bulkload, Python and the system, for a report."""
    system = f"{platform.system()} {platform.release()}".strip()
    return good(
        "Versions",
        messages.VERSIONS(bulkload=version("bulkload"), python=platform.python_version(), system=system),
    )


def state_folder(path: Path) -> list[Finding]:
    """Whether the journals are safe in this folder: writable, private, on a local disk, with room."""
    if (reason := _why_not_writable(path)) is not None:
        return [fault("State folder", messages.FOLDER_NOT_WRITABLE(path=path, reason=reason), 5)]
    free = shutil.disk_usage(path).free
    found = [*_privacy(path), *locality(path, mounted_disks()), *room(path, free)]
    usable = messages.FOLDER_USABLE(path=path, size=_bytes(_size(path)), free=_bytes(free))
    return found or [good("State folder", usable)]


def journals(state_dir: Path) -> list[Finding]:
    """Each journal that is damaged, and each run that is not finished."""
    damaged = [
        fault("Journals", error.explanation, JournalError.exit_status)
        for error in unreadable_journals(state_dir)
    ]
    count = len(list((state_dir / "journals").glob("*.sqlite3"))) - len(damaged)
    waiting = [
        warning("Journals", messages.UNFINISHED(run=run.run, workbook=run.workbook))
        for run in runs_of_this_machine(state_dir)
        if run.finished is None and not run.is_at_work
    ]
    return [*damaged, *waiting, good("Journals", messages.JOURNALS(count=count_of(count, "journal")))]


def _why_not_writable(path: Path) -> str | None:
    try:
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(b"\0" * 4096)
            file.flush()
    except OSError as error:
        return error.strerror or str(error)
    return None


def _privacy(path: Path) -> list[Finding]:
    # Windows keeps such rights elsewhere, and gives a home folder to its owner alone.
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        return [warning("State folder", messages.FOLDER_NOT_PRIVATE(path=path))]
    return []


def mounted_disks() -> tuple[tuple[str, str], ...]:
    """Each mounted disk's folder and file system, where the system says them (Linux)."""
    try:
        lines = Path("/proc/self/mounts").read_text("utf-8", "replace").splitlines()
    except OSError:
        return ()
    return tuple(
        (fields[1].replace("\\040", " "), fields[2]) for line in lines if len(fields := line.split(" ")) > 2
    )


def locality(path: Path, disks: tuple[tuple[str, str], ...]) -> list[Finding]:
    """Whether the folder is on one of these disks that is not this computer's own."""
    kind = disk_kind(path.resolve(), disks)
    if kind is None:
        return []
    return [fault("State folder", messages.DISK_NOT_LOCAL(path=path, kind=kind), 5)]


def disk_kind(path: Path, disks: tuple[tuple[str, str], ...]) -> str | None:
    """The kind of network or synced disk that a folder is on; None for a local one."""
    if str(path).startswith("\\\\"):
        return "network share"
    synced = next((part for part in path.parts if part.startswith(SYNCED)), None)
    below = [(folder, kind) for folder, kind in disks if path.is_relative_to(folder)]
    kind = max(below, key=lambda disk: len(disk[0]))[1] if below else ""
    return kind if kind.startswith(NETWORK_DISKS) else synced


def room(path: Path, free: int) -> list[Finding]:
    """Whether so many free bytes are enough."""
    if free >= LITTLE:
        return []
    return [warning("State folder", messages.DISK_FULL(path=path, free=_bytes(free)))]


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def _bytes(number: int) -> str:
    """``3 MB``, ``40 GB``."""
    if number < 10**9:
        return f"{number / 10**6:,.0f} MB"
    return f"{number / 10**9:,.0f} GB"
