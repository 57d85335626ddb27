"""A damaged journal: every damage is said in words or has no effect, and nothing is sent from a damaged row."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.fakes.fake_service import Fault
from support.runs.run_world import ACCOUNT, World, rows

from bulkload.errors import BulkloadError, JournalError
from bulkload.run.journal import Journal
from bulkload.run.storage import journal_path

DAMAGES = 200
THOROUGH = 2000


@pytest.fixture
def damaged(tmp_path):
    """A journal with an unfinished run, and a function that tells it anew after a damage."""
    world = World(tmp_path / "whole")
    world.submit(rows(6), Fault.NONE, Fault.LOST_UNDONE, Fault.REFUSED)
    path = journal_path(world.state_dir, ACCOUNT)
    before = told(path)

    def tell(spoil) -> str:
        copy = tmp_path / "copy.sqlite3"
        shutil.copy(path, copy)
        content = bytearray(copy.read_bytes())
        spoil(content)
        copy.write_bytes(content)
        with contextlib.suppress(JournalError):
            after = told(copy)
            assert after in (before, None), "a damage that nobody notices"
            return "no effect" if after == before else "empty"
        return "said"

    return tell


def told(path: Path):
    """Everything that a run could be sent from; None for a journal without runs."""
    journal = Journal.read_file(path)
    if journal is None:
        return None
    with journal:
        found = [
            (info, journal.stored(info.run), journal.rows(info.run), journal.seen(info.run))
            for info in journal.runs()
        ]
        return found or None


def random_damage(seed: int):
    chance = random.Random(seed)  # noqa: S311  (no secret)

    def spoil(content: bytearray) -> None:
        if chance.random() < 0.1:
            del content[chance.randrange(1, len(content)) :]
        else:
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)

    return spoil


def test_a_damaged_journal_is_said_or_has_no_effect(damaged):
    results = [damaged(random_damage(seed)) for seed in range(DAMAGES)]

    assert results.count("empty") == 0
    assert results.count("said") > DAMAGES / 6


@pytest.mark.slow
def test_two_thousand_damages_are_said_or_have_no_effect(damaged, record_property):
    results = [damaged(random_damage(seed)) for seed in range(THOROUGH)]

    record_property("said", results.count("said"))
    assert results.count("empty") == 0


@pytest.mark.parametrize("column", ["state", "campaign_id", "attempts", "body", "sent", "target_id", "name"])
def test_a_row_that_is_not_as_it_was_written_sends_nothing(tmp_path, column):
    world = World(tmp_path)
    ended = world.submit(rows(3), Fault.LOST_UNDONE)
    with closing(sqlite3.connect(journal_path(world.state_dir, ACCOUNT))) as connection, connection:
        connection.execute(f"UPDATE rows SET {column} = '0' WHERE row = 2")  # noqa: S608
    sent = len(world.service.requests)

    with pytest.raises(JournalError, match=r"is damaged \(a row of run .* is not as it was written\)"):
        world.resume(run=ended.run)

    assert len(world.service.requests) == sent


def test_a_row_that_got_lost_is_missed(tmp_path):
    world = World(tmp_path)
    ended = world.submit(rows(3), Fault.LOST_UNDONE)
    with closing(sqlite3.connect(journal_path(world.state_dir, ACCOUNT))) as connection, connection:
        connection.execute("DELETE FROM rows WHERE row = 2")

    with pytest.raises(JournalError, match="had 3 rows and has 2"):
        world.resume(run=ended.run)


def test_a_version_of_zero_beside_tables_is_damage_and_not_no_runs(tmp_path):
    world = World(tmp_path)
    world.submit(rows(1))
    with closing(sqlite3.connect(journal_path(world.state_dir, ACCOUNT))) as connection:
        connection.execute("PRAGMA user_version = 0")

    with pytest.raises(JournalError, match=r"it has tables, and no version"):
        world.reading()


def test_a_journal_that_was_copied_from_another_account_is_noticed(tmp_path):
    world = World(tmp_path)
    world.submit(rows(1))
    with closing(sqlite3.connect(journal_path(world.state_dir, ACCOUNT))) as connection, connection:
        connection.execute("UPDATE account SET application = 'st-other'")

    with pytest.raises(JournalError, match="belongs to another account"):
        world.journal()


def test_a_journal_that_lost_its_last_commits_is_caught_by_the_look_at_the_listing(tmp_path):
    world = World(tmp_path)
    ended = world.submit(rows(3))
    path = journal_path(world.state_dir, ACCOUNT)
    older = tmp_path / "older.sqlite3"
    shutil.copy(path, older)
    world.submit([*rows(3), *rows(5)[3:]], workbook=Path("more.xlsx"))
    shutil.copy(older, path)  # the machine lost power, and a disk that lies lost what was said to be written

    again = world.submit([*rows(3), *rows(5)[3:]], workbook=Path("more.xlsx"))

    assert ended.stopped is None
    assert set(again.statuses().values()) == {"already_created"}
    assert world.twice() == {}


def test_a_damaged_wal_loses_the_last_commit_without_a_word_and_a_rollback_journal_does_not(tmp_path):
    """Why the journal is no WAL: measured for each byte of the last commit's frame header and page."""
    path = tmp_path / "wal.sqlite3"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE rows (state TEXT)")
    connection.execute("INSERT INTO rows VALUES ('planned')")
    connection.execute("UPDATE rows SET state = 'sending'")
    names = (path, Path(f"{path}-wal"))
    whole = {name: name.read_bytes() for name in names}
    connection.close()

    lost = 0
    for position in range(len(whole[names[1]]) - 4096, len(whole[names[1]]), 64):
        folder = tmp_path / str(position)
        folder.mkdir()
        for name, content in whole.items():
            spoilt = bytearray(content)
            if name == names[1]:
                spoilt[position] ^= 1
            (folder / name.name).write_bytes(spoilt)
        with closing(sqlite3.connect(folder / path.name)) as reader:
            assert reader.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            lost += reader.execute("SELECT state FROM rows").fetchone()[0] == "planned"

    assert lost == 64, "every damaged bit took the last commit away"


def test_other_journals_stay_readable_beside_a_damaged_one(tmp_path):
    world = World(tmp_path)
    world.submit(rows(1))
    path = journal_path(world.state_dir, ACCOUNT)
    other = path.with_name("other.sqlite3")
    shutil.copy(path, other)
    path.write_bytes(b"\0" * 100)

    with pytest.raises(BulkloadError):
        world.reading()
    with Journal.read_file(other) as journal:
        assert len(journal.runs()) == 1
