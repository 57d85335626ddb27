"""The journal: durable, private, versioned, and the only memory of a run."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from support.runs.run_records import NOON, journal_row, listed
from support.runs.run_world import APPLICATION

from bulkload.errors import JournalError, UsageError
from bulkload.messages import quoted
from bulkload.model import AccountIdentity, RunInfo
from bulkload.run.journal import Journal, wall_clock
from bulkload.run.journals import runs_of_this_machine, unreadable_journals
from bulkload.run.records import Change, StoredRun
from bulkload.run.states import FIRST, State
from bulkload.run.storage import connect_to_memory, journal_path, transaction
from bulkload.run.submission import new_run_name

HOST = "https://platform.kore.ai"
ACCOUNT = AccountIdentity(HOST, APPLICATION)


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path, ACCOUNT, wall=lambda: NOON) as journal:
        yield journal


def stored(run="run-1"):
    return StoredRun(
        run=run,
        workbook=Path("folder/campaigns.xlsx"),
        sha256=sha256(b"PK the workbook").hexdigest(),
        content=b"PK the workbook",
        options={"api_version": "v2", "only": [2, 3]},
        started=NOON,
    )


def test_the_file_is_durable_at_every_commit(journal):
    def pragma(name):
        return journal._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("synchronous"), pragma("fullfsync")) == ("truncate", 2, 1)
    assert pragma("user_version") == 2


def test_nobody_but_the_user_can_read_it(tmp_path, journal):
    journal.begin(stored(), [journal_row(State.PLANNED)], [])
    folder = tmp_path / "journals"

    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert {(path.suffix, oct(path.stat().st_mode & 0o777)) for path in folder.iterdir()} == {
        (".sqlite3", "0o600"),
        (".sqlite3-journal", "0o600"),
        (".holder", "0o600"),
        (".lock", "0o600"),
    }


def test_a_folder_that_others_could_read_is_made_private(tmp_path):
    folder = tmp_path / "journals"
    folder.mkdir(mode=0o755)
    path = journal_path(tmp_path, ACCOUNT)
    path.touch(mode=0o644)

    Journal.open(tmp_path, ACCOUNT).close()

    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_each_host_and_application_has_its_own_readable_file_name(tmp_path):
    accounts = [(HOST, "st-1"), (HOST, "st-2"), ("sandbox", "st-1"), ("https://platform.kore-ai", "st-1")]

    names = [journal_path(tmp_path, AccountIdentity(*account)).name for account in accounts]

    assert len(set(names)) == 4
    assert names[0].startswith("platform.kore.ai-st-1-")


def test_what_is_written_is_read_back_the_same(journal):
    rows = (
        journal_row(State.PLANNED, 2, version=journal_row(State.PLANNED).version),
        journal_row(State.CONFLICT, 3, explanation=quoted("Name taken.", "Rename it.")),
        journal_row(State.ALREADY_CREATED, 4, campaign_id="cd-4", platform_status="Ready"),
        journal_row(
            State.UNCHANGED, 5, target_id="cd-5", name="Émile 😀", body={"name": "Émile 😀", "n": [1]}
        ),
    )

    journal.begin(stored(), rows, [listed("cd-8"), listed("cd-9")])

    assert journal.rows("run-1") == rows
    assert journal.stored("run-1") == replace(stored(), account_id="")
    assert journal.seen("run-1") == {"cd-8", "cd-9"}


def test_the_workbooks_bytes_are_kept_once_however_often_it_is_submitted(journal):
    journal.begin(stored("run-1"), [], [])
    journal.begin(stored("run-2"), [], [])

    assert journal.stored("run-2").content == b"PK the workbook"
    assert journal._connection.execute("SELECT count(*) FROM workbooks").fetchone()[0] == 1


@pytest.mark.parametrize("state", [state for state in State if state not in FIRST])
def test_no_row_begins_as_anything_that_only_sending_can_make_of_it(journal, state):
    with pytest.raises(AssertionError, match=f"No row can begin as {state}."):
        journal.begin(stored(), [journal_row(state)], [])

    assert journal.runs() == ()


def test_a_change_is_durable_for_another_process_when_it_returns(tmp_path, journal):
    journal.begin(stored(), [journal_row(State.PLANNED)], [])
    (row,) = journal.rows("run-1")

    (sending,) = journal.move((row, Change(State.SENDING, attempts=1)))
    with Journal.read(tmp_path, ACCOUNT) as other:
        assert [(one.state, one.attempts, one.sent) for one in other.rows("run-1")] == [(State.SENDING, 1, 1)]
    journal.move((sending, Change(State.ACCEPTED, campaign_id="cd-1", platform_status="Preparing")))

    (accepted,) = journal.rows("run-1")
    assert accepted == journal_row(
        State.ACCEPTED,
        campaign_id="cd-1",
        platform_status="Preparing",
        attempts=1,
        sent=1,
        accepted=NOON,
        sent_at=NOON,
    )


def test_changes_are_made_all_or_none(journal):
    journal.begin(stored(), [journal_row(State.PLANNED, 2), journal_row(State.PLANNED, 3)], [])
    first, second = journal.rows("run-1")

    with pytest.raises(AssertionError, match="can't go from planned to verified"):
        journal.move((first, Change(State.SENDING)), (second, Change(State.VERIFIED)))

    assert journal.rows("run-1") == (first, second)


def test_a_change_of_a_row_that_has_moved_on_meanwhile_fails_loudly(journal):
    journal.begin(stored(), [journal_row(State.PLANNED)], [])
    (row,) = journal.rows("run-1")
    journal.move((row, Change(State.SENDING)))

    with pytest.raises(AssertionError, match="Row 2 of run run-1 is not planned in the journal"):
        journal.move((row, Change(State.SENDING)))


def test_each_sending_gets_a_number_that_grows_also_over_restarts(tmp_path):
    for run in ("run-1", "run-2"):
        with Journal.open(tmp_path, ACCOUNT) as journal:
            journal.begin(stored(run), [journal_row(State.PLANNED, run=run)], [])
            journal.move((journal.rows(run)[0], Change(State.SENDING)))

    with Journal.read(tmp_path, ACCOUNT) as journal:
        assert [journal.rows(run)[0].sent for run in ("run-1", "run-2")] == [1, 2]


def test_a_run_is_unfinished_until_nothing_is_left_to_do(journal):
    journal.begin(stored(), [journal_row(State.PLANNED)], [])
    journal.end("run-1", "Stopped as you asked.")
    assert journal.unfinished(stored().sha256) == "run-1"
    assert journal.unfinished("bb") is None
    assert journal.info("run-1").stopped == "Stopped as you asked."

    journal.move((journal.rows("run-1")[0], Change(State.SENDING)))
    journal.move((journal.rows("run-1")[0], Change(State.REJECTED)))
    journal.end("run-1", "")

    assert journal.unfinished(stored().sha256) is None
    assert journal.info("run-1") == RunInfo(
        run="run-1",
        workbook="folder/campaigns.xlsx",
        host=HOST,
        application=APPLICATION,
        started=NOON,
        finished=NOON,
        counts={"refused": 1},
    )


def test_owner_of_an_id_is_the_row_that_created_it(journal):
    journal.begin(
        stored(),
        [
            journal_row(State.CONFLICT, 2, campaign_id="cd-2"),
            journal_row(State.PLANNED, 3, target_id="cd-2"),
            journal_row(State.PLANNED, 4, target_id="cd-4"),
            journal_row(State.ALREADY_CREATED, 5, campaign_id="cd-5"),
            journal_row(State.PLANNED, 6),
        ],
        [],
    )

    assert journal.owners() == {"cd-2": frozenset({("run-1", 2)}), "cd-4": frozenset()}


def test_a_run_that_does_not_exist_is_said_so(journal):
    with pytest.raises(UsageError, match=r"There is no run run-9 here\."):
        journal.stored("run-9")
    assert journal.info("run-9") is None


def test_every_run_gets_a_name_of_its_own_also_within_one_second():
    names = {new_run_name(NOON) for _ in range(30)}

    assert len(names) == 30
    assert {name[:16] for name in names} == {"20261121-120000-"}
    assert {len(name) for name in names} == {16 + 12}  # 48 random bits


def test_reading_an_account_without_a_journal_leaves_nothing_behind(tmp_path):
    with Journal.read(tmp_path, ACCOUNT) as journal:
        assert journal.runs() == ()

    assert list(tmp_path.iterdir()) == []


def test_journal_left_empty_by_a_killed_process_has_no_owner(tmp_path):
    path = journal_path(tmp_path, ACCOUNT)
    path.parent.mkdir()
    path.touch()

    assert runs_of_this_machine(tmp_path) == ()
    assert unreadable_journals(tmp_path) == ()
    with Journal.read(tmp_path, ACCOUNT) as journal:
        assert (journal.label, journal.runs()) == (HOST, ())
    with Journal.open(tmp_path, ACCOUNT) as journal:
        assert journal.label == HOST


def test_reading_needs_no_lock(tmp_path, journal):
    with Journal.read(tmp_path, ACCOUNT) as other:
        assert other.runs() == ()


def test_journal_of_a_later_version_is_refused_and_left_unchanged(tmp_path):
    Journal.open(tmp_path, ACCOUNT).close()
    path = journal_path(tmp_path, ACCOUNT)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.close()

    with pytest.raises(JournalError) as caught:
        Journal.open(tmp_path, ACCOUNT)

    assert str(caught.value) == (
        f"The journal {path} was written by a later version of this program (format 7, known 2). "
        "Install the latest version. Nothing was sent."
    )
    with pytest.raises(JournalError):
        Journal.open(tmp_path, ACCOUNT)  # again the version, not a lock that was left behind


def test_damaged_journal_is_reported_and_not_treated_as_empty(tmp_path):
    path = journal_path(tmp_path, ACCOUNT)
    path.parent.mkdir()
    path.write_bytes(b"this is no database at all, but a text of some length" * 100)

    with pytest.raises(
        JournalError, match=r"is damaged \(file is not a database\)\. What was created can't be told"
    ):
        Journal.open(tmp_path, ACCOUNT)


def test_a_file_of_another_program_in_its_place_is_told_of(tmp_path):
    path = journal_path(tmp_path, ACCOUNT)
    path.parent.mkdir()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE account (money REAL)")

    with pytest.raises(JournalError, match=r"is damaged \(it has tables, and no version\)"):
        Journal.open(tmp_path, ACCOUNT)


def test_a_state_folder_that_is_a_file_is_told_of(tmp_path):
    (tmp_path / "state").write_text("")

    with pytest.raises(
        JournalError, match=r"can't be written .* choose another folder: the setting state dir"
    ):
        Journal.open(tmp_path / "state", ACCOUNT)


def test_error_is_raised_after_sqlite_has_rolled_back_by_itself():
    connection = connect_to_memory(ACCOUNT)

    def fail():
        with transaction(connection):
            connection.execute("ROLLBACK")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    connection.close()


def test_the_wall_clock_knows_its_zone():
    assert wall_clock().utcoffset() is not None
