"""All journals of the machine: their runs, listed and found, also beside a journal that can't be read."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from support.runs.run_records import NOON, journal_row
from support.runs.run_world import APPLICATION

from bulkload import run_reports as telling
from bulkload.errors import JournalError, UsageError
from bulkload.model import AccountIdentity
from bulkload.run.journal import Journal
from bulkload.run.journals import journal_of, runs_of_this_machine, unreadable_journals
from bulkload.run.records import StoredRun
from bulkload.run.states import State
from bulkload.run.storage import journal_path

HOST = "https://platform.kore.ai"


def begin(folder, run, label=HOST, days=0, state=State.PLANNED):
    """A run that ended at once, so many days later than the others; its journal's file."""
    account = AccountIdentity(label, APPLICATION)
    with Journal.open(folder, account) as journal:
        journal.begin(
            StoredRun(run, Path("campaigns.xlsx"), run, b"", {}, NOON + timedelta(days=days)),
            [journal_row(state, run=run)],
            [],
        )
        journal.end(run, "")
    return journal_path(folder, account)


def damage(path):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"this is no database at all, but a text of some length" * 100)


def damage_rows(path):
    """Its head is whole: only whoever asks for the runs learns that it is damaged."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    content = bytearray(path.read_bytes())
    content[8192:] = b"x" * (len(content) - 8192)
    path.write_bytes(content)


def make_later(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 7")


UNREADABLE = {
    damage: "is damaged",
    damage_rows: "is damaged",
    make_later: "by a later version of this program",
}


def test_all_runs_are_listed_newest_first_and_found_by_name(tmp_path):
    for days, (run, label) in enumerate([("run-1", HOST), ("run-2", "sandbox"), ("run-3", HOST)]):
        begin(tmp_path, run, label, days)

    assert [(info.run, info.host) for info in runs_of_this_machine(tmp_path)] == [
        ("run-3", HOST),
        ("run-2", "sandbox"),
        ("run-1", HOST),
    ]
    with journal_of(tmp_path, "run-2") as journal:
        assert (journal.label, journal.application) == ("sandbox", APPLICATION)
    with pytest.raises(UsageError, match="There is no run run-9 here"):
        journal_of(tmp_path, "run-9")


def test_a_machine_without_runs_has_none(tmp_path):
    assert runs_of_this_machine(tmp_path) == unreadable_journals(tmp_path) == telling.runs(tmp_path) == ()


@pytest.mark.parametrize("label", ["aaa", "zzz"])
@pytest.mark.parametrize("spoil", UNREADABLE)
def test_unreadable_journal_is_reported_and_hides_no_run_of_another(tmp_path, spoil, label):
    spoil(begin(tmp_path, "run-1", label, days=1))
    begin(tmp_path, "run-2")

    assert [info.run for info in runs_of_this_machine(tmp_path)] == ["run-2"]
    (error,) = unreadable_journals(tmp_path)
    assert f"{journal_path(tmp_path, AccountIdentity(label, APPLICATION))} " in str(error)
    assert UNREADABLE[spoil] in str(error)
    with journal_of(tmp_path, "run-2") as journal:
        assert journal.label == HOST


@pytest.mark.parametrize("spoil", UNREADABLE)
def test_run_in_no_journal_may_be_in_the_unreadable_one(tmp_path, spoil):
    spoil(begin(tmp_path, "run-1", "aaa"))
    begin(tmp_path, "run-2")

    with pytest.raises(JournalError, match=UNREADABLE[spoil]):
        journal_of(tmp_path, "run-1")


def test_unreadable_journal_prevents_an_answer_that_no_run_is_unfinished(tmp_path):
    damage(journal_path(tmp_path, AccountIdentity("aaa", APPLICATION)))
    with pytest.raises(JournalError, match="is damaged"):
        telling.runs(tmp_path)

    begin(tmp_path, "run-2", state=State.ALREADY_CREATED)
    assert [info.run for info in telling.runs(tmp_path)] == ["run-2"]
    with pytest.raises(JournalError, match="is damaged"):
        telling.find_unfinished(tmp_path, None)
