"""A row on its way out: held back, withdrawn or gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.run_records import NOON, journal_row
from support.run_world import ACCOUNT

from bulkload.errors import JournalError
from bulkload.model import Created, RetryLater
from bulkload.run.circuit_breaker import GATES_IN_A_ROW, Trouble
from bulkload.run.context import RunContext
from bulkload.run.journal import Journal
from bulkload.run.records import StoredRun
from bulkload.run.row_request import RowRequest, SendWithheldError
from bulkload.run.states import State

LIMITED = RetryLater("the rate limit is reached", limited=True)
UNSENT = RetryLater("there is no network")


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path, ACCOUNT, wall=lambda: NOON) as journal:
        rows = [journal_row(State.PLANNED, number) for number in range(2, 12)]
        journal.begin(StoredRun("run-1", Path("a.xlsx"), "aa", b"", {}, NOON), rows, [])
        yield journal


def departures(journal, trouble, *, is_closed=lambda: False):
    return [RowRequest(row, RunContext(None, journal), trouble, is_closed) for row in journal.rows("run-1")]


def standing(journal):
    row = journal.rows("run-1")[0]
    return row.state, row.attempts


def test_a_row_that_leaves_is_on_its_way_in_the_journal_and_leaves_once(journal):
    departure = departures(journal, Trouble(60.0))[0]
    assert not departure.left

    departure.leave()
    departure.leave()

    assert departure.left
    assert standing(journal) == (State.SENDING, 1)


def test_a_row_does_not_leave_when_nothing_may_or_something_has_gone_wrong_since_its_turn(journal):
    trouble = Trouble(60.0)
    first, second, *_ = departures(journal, trouble)
    (closed, *_) = departures(journal, trouble, is_closed=lambda: True)
    with pytest.raises(SendWithheldError):
        closed.leave()

    second.leave()
    second.arrive(UNSENT)

    with pytest.raises(SendWithheldError):
        first.leave()
    assert standing(journal) == (State.PLANNED, 0)


def test_a_closed_gate_holds_nobody_back_who_waits_at_it(journal):
    first, second, *_ = departures(journal, Trouble(60.0))
    first.leave()
    first.arrive(LIMITED)

    second.leave()

    assert second.left


def test_a_row_for_which_nothing_was_done_is_taken_back_whether_it_had_left_or_not(journal):
    departure = departures(journal, Trouble(60.0))[0]

    departure.take_back()
    assert standing(journal) == (State.PLANNED, 0)
    departure.leave()
    departure.take_back()

    assert standing(journal) == (State.PLANNED, 0)


def test_an_answer_is_written_down_before_it_is_counted(journal):
    trouble = Trouble(60.0)
    first, second, *_ = departures(journal, trouble)
    for departure in (first, second):
        departure.leave()
    first.arrive(Created("cd-1"))
    journal._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(JournalError, match="can't be used"):
        second.arrive(UNSENT)

    assert standing(journal) == (State.ACCEPTED, 1)
    assert trouble.take_pause() is None


def test_a_rate_limit_answer_says_something_new_where_the_request_last_left_through_the_open_gate(journal):
    trouble = Trouble(60.0)
    early, repeated, *later = departures(journal, trouble)
    early.leave()
    repeated.leave()
    for departure in later[: GATES_IN_A_ROW - 1]:
        departure.leave()
        departure.arrive(LIMITED)

    early.arrive(LIMITED)
    assert trouble.ending is None
    repeated.leave()  # once more, with a fresh token
    repeated.arrive(LIMITED)

    assert trouble.ending is not None
