"""When a run holds back: after requests that could not leave, and after answers that say nothing."""

from __future__ import annotations

import pytest

from bulkload.errors import NetworkError, ServiceError
from bulkload.model import Created, Refused, RetryLater, Uncertain
from bulkload.run.circuit_breaker import CircuitBreaker, Pause

UNSENT = RetryLater("there is no network")
LIMITED = RetryLater("rate limit", limited=True)
NOTHING = Uncertain("it answered 503")


def notes(breaker, *replies):
    for reply in replies:
        breaker.note(reply, breaker.generation, breaker.rate_limit_closures)
    return breaker.take_pause()


def test_one_pause_is_taken_once():
    breaker = CircuitBreaker(60.0)

    assert notes(breaker, UNSENT) == Pause(1.0, "there is no network", probe=False)
    assert breaker.take_pause() is None


def test_waits_for_the_network_grow_and_then_the_run_ends():
    breaker = CircuitBreaker(60.0)

    assert [notes(breaker, UNSENT).seconds for _ in range(5)] == pytest.approx([1, 2, 5, 15, 30])
    assert notes(breaker, UNSENT) is None
    assert isinstance(breaker.ending, NetworkError)
    assert str(breaker.ending) == "Kore.ai can't be reached: There is no network."


def test_requests_that_fail_together_are_one_failure():
    breaker = CircuitBreaker(60.0)
    began = breaker.generation

    for _ in range(8):
        breaker.note(UNSENT, began, breaker.rate_limit_closures)

    assert breaker.take_pause() == Pause(1.0, "there is no network", probe=False)
    assert notes(breaker, UNSENT).seconds == pytest.approx(2)


def test_three_answers_in_a_row_that_say_nothing_call_for_a_probe():
    breaker = CircuitBreaker(60.0)

    assert notes(breaker, NOTHING, NOTHING) is None
    assert not breaker.is_half_open
    assert notes(breaker, NOTHING) == Pause(30.0, "it answered 503", probe=True)
    assert breaker.is_half_open


def test_waits_are_counted_in_the_services_windows():
    assert notes(CircuitBreaker(6.0), NOTHING, NOTHING, NOTHING).seconds == pytest.approx(3)


@pytest.mark.parametrize("definite", [Created("cd-1"), Refused("no", 400)])
def test_a_definite_answer_ends_every_count(definite):
    breaker = CircuitBreaker(60.0)
    notes(breaker, NOTHING, NOTHING, NOTHING)
    notes(breaker, UNSENT)

    assert notes(breaker, definite, NOTHING, NOTHING) is None
    assert not breaker.is_half_open
    assert notes(breaker, UNSENT).seconds == pytest.approx(1)


def test_an_answer_of_any_kind_shows_that_the_network_is_there():
    for answer in (NOTHING, LIMITED):
        breaker = CircuitBreaker(60.0)
        notes(breaker, UNSENT)
        notes(breaker, UNSENT)

        notes(breaker, answer)

        assert notes(breaker, UNSENT).seconds == pytest.approx(1)


def test_one_empty_answer_is_enough_after_a_probe_until_the_run_stops():
    breaker = CircuitBreaker(60.0)

    waits = [notes(breaker, NOTHING, NOTHING, NOTHING).seconds, notes(breaker, NOTHING).seconds]
    breaker.probe_failed("it answered 503")
    waits.append(breaker.take_pause().seconds)
    assert waits == pytest.approx([30, 60, 120])

    assert notes(breaker, NOTHING) is None
    assert isinstance(breaker.ending, ServiceError)
    assert str(breaker.ending) == "Kore.ai does not give definite answers any more: It answered 503."


def test_answers_in_flight_at_the_outage_give_no_new_information():
    breaker = CircuitBreaker(60.0)
    began = breaker.generation

    for _ in range(8):
        breaker.note(NOTHING, began, breaker.rate_limit_closures)

    assert breaker.take_pause().seconds == pytest.approx(30)
    assert notes(breaker, NOTHING).seconds == pytest.approx(60)


def test_a_rate_limit_with_nothing_done_between_ends_the_run_at_last():
    breaker = CircuitBreaker(60.0)

    notes(breaker, *[LIMITED] * 4)
    assert breaker.ending is None
    notes(breaker, Created("cd-1"), *[LIMITED] * 5)

    assert isinstance(breaker.ending, ServiceError)
    assert str(breaker.ending) == (
        "The account's rate limit was reached 5 times in a row, although this run waited each time. Wait until other "
        "programs have ended, or lower the setting rate. To go on: resume."
    )


def test_closed_gate_delays_no_row_and_earlier_answers_give_no_information():
    breaker = CircuitBreaker(60.0)
    began, gates = breaker.generation, breaker.rate_limit_closures

    for _ in range(64):
        breaker.note(LIMITED, began, gates)
    notes(breaker, *[LIMITED] * 3)

    assert breaker.ending is None
    assert (breaker.generation, breaker.take_pause()) == (began, None)
