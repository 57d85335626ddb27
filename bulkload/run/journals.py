"""The journals of this machine, one for each host and application, looked through for their runs.

A journal that is damaged, or that a later version of bulkload wrote, is told of and hides no other's runs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulkload.errors import JournalError
from bulkload.run.journal import Journal
from bulkload.run.journal_queries import no_such_run, only_name
from bulkload.run.lock import run_at_work
from bulkload.run.storage import journal_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bulkload.model import RunInfo


def runs_of_this_machine(state_dir: Path) -> tuple[RunInfo, ...]:
    """Every run of every account whose journal can be read, the latest first."""
    found = [info for _, runs in _journals(state_dir) if not isinstance(runs, JournalError) for info in runs]
    return tuple(sorted(found, key=lambda info: info.started, reverse=True))


def unreadable_journals(state_dir: Path) -> tuple[JournalError, ...]:
    """What is wrong with each journal that can't be read: whoever lists the runs must say that some may be missing."""
    return tuple(runs for _, runs in _journals(state_dir) if isinstance(runs, JournalError))


def journal_of(state_dir: Path, run: str) -> Journal:
    """The journal that contains a run, opened for reading.

    Raises UsageError where none does, JournalError where the one that does may be among those that can't be read.
    """
    error: JournalError | None = None
    for path, runs in _journals(state_dir):
        if isinstance(runs, JournalError):
            error = error or runs
        elif run in {info.run for info in runs} and (journal := Journal.read_file(path)):
            return journal
    raise error or no_such_run(run)


def whole_name(state_dir: Path, beginning: str) -> str:
    """The name of the one run of this machine that begins like this.

    Raises UsageError where several do or none does, JournalError where it may be in a journal that can't be read.
    """
    names = [info.run for info in runs_of_this_machine(state_dir)]
    if not any(name.startswith(beginning) for name in names) and (errors := unreadable_journals(state_dir)):
        raise errors[0]
    return only_name(beginning, names)


def _runs_in(path: Path) -> tuple[RunInfo, ...]:
    journal = Journal.read_file(path)
    if journal is None:
        return ()
    with journal:
        at_work = run_at_work(path.with_suffix(".lock"))
        return tuple(replace(info, is_at_work=info.run == at_work) for info in journal.runs())


def _journals(state_dir: Path) -> Iterator[tuple[Path, tuple[RunInfo, ...] | JournalError]]:
    """Each journal's file with its runs, or with what is wrong with it."""
    for path in sorted(journal_folder(state_dir).glob("*.sqlite3")):
        try:
            runs = _runs_in(path)
        except JournalError as error:
            yield path, error
        else:
            yield path, runs
