"""A row on its way out: held back, withdrawn or gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.runs.run_records import NOON, journal_row
from support.runs.run_world import ACCOUNT

from bulkload.errors import CredentialsError, JournalError
from bulkload.model import Created, RetryLater
from bulkload.run.circuit_breaker import GATES_IN_A_ROW, CircuitBreaker
from bulkload.run.context import RunContext
from bulkload.run.journal import Journal
from bulkload.run.records import StoredRun
from bulkload.run.sender import RowRequest, SendWithheldError
from bulkload.run.states import State

LIMITED = RetryLater("the rate limit is reached", limited=True)
UNSENT = RetryLater("there is no network")


@pytest.fixture
def journal(tmp_path):
    with Journal.open(tmp_path, ACCOUNT, wall=lambda: NOON) as journal:
        rows = [journal_row(State.PLANNED, number) for number in range(2, 12)]
        journal.begin(StoredRun("run-1", Path("a.xlsx"), "aa", b"", {}, NOON), rows, [])
        yield journal


def requests(journal, breaker, *, is_closed=lambda: False):
    return [RowRequest(row, RunContext(None, journal), breaker, is_closed) for row in journal.rows("run-1")]


def standing(journal):
    row = journal.rows("run-1")[0]
    return row.state, row.attempts


def test_row_that_leaves_is_marked_as_sending_and_leaves_once(journal):
    request = requests(journal, CircuitBreaker(60.0))[0]
    assert not request.left

    request.mark_sending()
    request.mark_sending()

    assert request.left
    assert standing(journal) == (State.SENDING, 1)


def test_row_does_not_leave_when_sending_is_closed_or_has_failed(journal):
    breaker = CircuitBreaker(60.0)
    first, second, *_ = requests(journal, breaker)
    (closed, *_) = requests(journal, breaker, is_closed=lambda: True)
    with pytest.raises(SendWithheldError):
        closed.mark_sending()

    second.mark_sending()
    second.record_reply(UNSENT)

    with pytest.raises(SendWithheldError):
        first.mark_sending()
    assert standing(journal) == (State.PLANNED, 0)


def test_a_closed_gate_holds_nobody_back_who_waits_at_it(journal):
    first, second, *_ = requests(journal, CircuitBreaker(60.0))
    first.mark_sending()
    first.record_reply(LIMITED)

    second.mark_sending()

    assert second.left


def test_a_failure_that_proves_nothing_keeps_the_attempt_of_a_row_that_had_left(journal):
    request = requests(journal, CircuitBreaker(60.0))[0]
    failure = CredentialsError("The token was refused.")

    request.mark_in_doubt(failure)
    assert standing(journal) == (State.PLANNED, 0)
    request.mark_sending()
    request.mark_in_doubt(failure)

    assert standing(journal) == (State.UNKNOWN, 1)


def test_an_answer_is_written_down_before_it_is_counted(journal):
    breaker = CircuitBreaker(60.0)
    first, second, *_ = requests(journal, breaker)
    for request in (first, second):
        request.mark_sending()
    first.record_reply(Created("cd-1"))
    journal._connection.execute("PRAGMA query_only = ON")

    with pytest.raises(JournalError, match="can't be used"):
        second.record_reply(UNSENT)

    assert standing(journal) == (State.ACCEPTED, 1)
    assert breaker.take_pause() is None


def test_rate_limit_answer_is_new_only_if_sent_through_the_open_gate(journal):
    breaker = CircuitBreaker(60.0)
    early, repeated, *later = requests(journal, breaker)
    early.mark_sending()
    repeated.mark_sending()
    for request in later[: GATES_IN_A_ROW - 1]:
        request.mark_sending()
        request.record_reply(LIMITED)

    early.record_reply(LIMITED)
    assert breaker.ending is None
    repeated.mark_sending()  # once more, with a fresh token
    repeated.record_reply(LIMITED)

    assert breaker.ending is not None
