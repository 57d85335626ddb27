"""A journal of version 1 (``data/schema-1.sqlite3``): shown as it is, migrated once, resumed.

It was written by the code before version 2: a finished run of seven rows and an unfinished one of nine, with a row
in every state.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support.runs.run_world import ACCOUNT, World

from bulkload.errors import JournalError
from bulkload.run.journal import Journal
from bulkload.run.journals import runs_of_this_machine
from bulkload.run.states import State
from bulkload.run.storage import journal_path
from bulkload.run.submission import Submission

FINISHED, UNFINISHED = "20261121-120000-a1", "20261121-130000-b2"


@pytest.fixture
def world(tmp_path):
    world = World(tmp_path)
    path = journal_path(world.state_dir, ACCOUNT)
    path.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "data" / "schema-1.sqlite3", path)
    return world


def version(world):
    with closing(sqlite3.connect(journal_path(world.state_dir, ACCOUNT))) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def test_reading_shows_every_run_and_leaves_the_file_as_it_is(world):
    assert [(info.run, info.counts) for info in runs_of_this_machine(world.state_dir)] == [
        (UNFINISHED, {"created": 2, "unknown": 3, "not_sent": 4}),
        (
            FINISHED,
            {"created": 2, "conflict": 2, "refused": 1, "already_created": 1, "unchanged": 1},
        ),
    ]
    assert version(world) == 1


def test_each_row_keeps_its_state_its_words_and_what_it_sent(world):
    with world.reading() as before, world.journal() as after:
        for run in (FINISHED, UNFINISHED):
            assert before.rows(run) == after.rows(run)
            assert before.stored(run) == after.stored(run)
        rows = after.rows(FINISHED)

    assert version(world) == 2
    assert [row.state for row in rows] == [
        State.VERIFIED, State.MISMATCH, State.PREPARING, State.REJECTED, State.CONFLICT, State.ALREADY_CREATED,
        State.UNCHANGED,
    ]  # fmt: skip
    assert str(rows[3].explanation) == "Kore.ai refused it: Contact list 'Summer' not found."
    assert [(row.operation, row.target_id) for row in rows][-2:] == [("create", None), ("update", "cd-8")]
    assert all(row.is_found for row in rows), "which ids were found by a look is not known"
    assert rows[0].body["name"] == "Campaign 0"


def test_run_without_an_account_waits_for_confirmation(world):
    with world.reading() as journal:
        submission = Submission.stored(journal, UNFINISHED)
    assert submission.needs_account_confirmation

    ended = world.resume(run=UNFINISHED)

    assert ended.stopped.exit_status == 4
    assert ended.stopped.explanation.code == "account-not-confirmed"
    assert {request.split()[0] for request in world.service.requests} == {"list", "get"}, "nothing was sent"


def test_confirmed_run_is_resumed_and_then_belongs_to_the_account(world):
    campaigns = [("cd-22", 2), ("cd-24", 4)]
    for campaign_id, row in campaigns:
        world.put(campaign_id, UNFINISHED, row)
    for campaign_id, row in (("cd-9", 9), ("cd-7", 10)):
        world.put(campaign_id, UNFINISHED, row)
        world.service.campaigns_there[campaign_id].created_for = None
        world.service.campaigns_there[campaign_id].body["description"] = "As somebody left it"

    ended = world.resume(run=UNFINISHED, confirmed=True)

    assert ended.stopped is None
    assert set(ended.statuses().values()) <= {"created", "updated", "not_sent"}
    assert world.twice() == {}
    with world.reading() as journal:
        assert journal.stored(UNFINISHED).account_id == ACCOUNT.account_id
        assert not Submission.stored(journal, UNFINISHED).needs_account_confirmation


def test_a_migration_that_fails_leaves_the_old_file_whole(world):
    path = journal_path(world.state_dir, ACCOUNT)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DROP TABLE seen")

    with pytest.raises(JournalError, match="is damaged"):
        Journal.open(world.state_dir, ACCOUNT)

    assert version(world) == 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM rows").fetchone()[0] == 16
