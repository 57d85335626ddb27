"""When a run holds back: after requests that could not leave, and after answers that say nothing."""

from __future__ import annotations

import pytest

from bulkload.errors import NetworkError, ServiceError
from bulkload.model import Created, Refused, RetryLater, Uncertain
from bulkload.run.circuit_breaker import Pause, Trouble

UNSENT = RetryLater("there is no network")
LIMITED = RetryLater("rate limit", limited=True)
NOTHING = Uncertain("it answered 503")


def notes(trouble, *replies):
    for reply in replies:
        trouble.note(reply, trouble.round, trouble.gates)
    return trouble.take_pause()


def test_one_pause_is_taken_once():
    trouble = Trouble(60.0)

    assert notes(trouble, UNSENT) == Pause(1.0, "there is no network", probe=False)
    assert trouble.take_pause() is None


def test_waits_for_the_network_grow_and_then_the_run_ends():
    trouble = Trouble(60.0)

    assert [notes(trouble, UNSENT).seconds for _ in range(5)] == pytest.approx([1, 2, 5, 15, 30])
    assert notes(trouble, UNSENT) is None
    assert isinstance(trouble.ending, NetworkError)
    assert str(trouble.ending) == "Kore.ai can't be reached: there is no network."


def test_requests_that_fail_together_are_one_failure():
    trouble = Trouble(60.0)
    began = trouble.round

    for _ in range(8):
        trouble.note(UNSENT, began, trouble.gates)

    assert trouble.take_pause() == Pause(1.0, "there is no network", probe=False)
    assert notes(trouble, UNSENT).seconds == pytest.approx(2)


def test_three_answers_in_a_row_that_say_nothing_call_for_a_probe():
    trouble = Trouble(60.0)

    assert notes(trouble, NOTHING, NOTHING) is None
    assert not trouble.tries_one
    assert notes(trouble, NOTHING) == Pause(30.0, "it answered 503", probe=True)
    assert trouble.tries_one


def test_waits_are_counted_in_the_services_windows():
    assert notes(Trouble(6.0), NOTHING, NOTHING, NOTHING).seconds == pytest.approx(3)


@pytest.mark.parametrize("definite", [Created("cd-1"), Refused("no", 400)])
def test_a_definite_answer_ends_every_count(definite):
    trouble = Trouble(60.0)
    notes(trouble, NOTHING, NOTHING, NOTHING)
    notes(trouble, UNSENT)

    assert notes(trouble, definite, NOTHING, NOTHING) is None
    assert not trouble.tries_one
    assert notes(trouble, UNSENT).seconds == pytest.approx(1)


def test_an_answer_of_any_kind_shows_that_the_network_is_there():
    for answer in (NOTHING, LIMITED):
        trouble = Trouble(60.0)
        notes(trouble, UNSENT)
        notes(trouble, UNSENT)

        notes(trouble, answer)

        assert notes(trouble, UNSENT).seconds == pytest.approx(1)


def test_after_a_probe_a_single_answer_that_says_nothing_is_enough_and_in_the_end_the_run_stops():
    trouble = Trouble(60.0)

    waits = [notes(trouble, NOTHING, NOTHING, NOTHING).seconds, notes(trouble, NOTHING).seconds]
    trouble.probe_failed("it answered 503")
    waits.append(trouble.take_pause().seconds)
    assert waits == pytest.approx([30, 60, 120])

    assert notes(trouble, NOTHING) is None
    assert isinstance(trouble.ending, ServiceError)
    assert str(trouble.ending) == "Kore.ai does not give definite answers any more: it answered 503."


def test_what_was_in_flight_when_the_service_was_found_ill_says_nothing_new():
    trouble = Trouble(60.0)
    began = trouble.round

    for _ in range(8):
        trouble.note(NOTHING, began, trouble.gates)

    assert trouble.take_pause().seconds == pytest.approx(30)
    assert notes(trouble, NOTHING).seconds == pytest.approx(60)


def test_a_rate_limit_with_nothing_done_between_ends_the_run_at_last():
    trouble = Trouble(60.0)

    notes(trouble, *[LIMITED] * 4)
    assert trouble.ending is None
    notes(trouble, Created("cd-1"), *[LIMITED] * 5)

    assert isinstance(trouble.ending, ServiceError)
    assert str(trouble.ending) == (
        "Kore.ai answered 5 times in a row that the account's rate limit is reached, although this run waited each "
        "time. Something else uses it up: wait until that has ended, or lower --rate."
    )


def test_what_left_before_the_gate_was_closed_says_nothing_new_and_a_closed_gate_holds_nobody_back():
    trouble = Trouble(60.0)
    began, gates = trouble.round, trouble.gates

    for _ in range(64):
        trouble.note(LIMITED, began, gates)
    notes(trouble, *[LIMITED] * 3)

    assert trouble.ending is None
    assert (trouble.round, trouble.take_pause()) == (began, None)
