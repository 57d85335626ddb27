"""Every state of a row as it is told: status, words, what to do."""

from __future__ import annotations

import pytest
from support.runs.run_records import journal_row

from bulkload.messages import quoted
from bulkload.model import Level, Outcome, Problem, Status
from bulkload.run.messages import ended
from bulkload.run.outcomes import outcome, outcomes, status
from bulkload.run.states import State

TOLD = {
    (State.PLANNED, False): (
        "not_sent", "The run ended before this row was sent.", "To send it: resume run run-1."
    ),
    (State.SENDING, False): (
        "unknown",
        "The program ended while this row was on its way. Its answer is not known.",
        "To look it up at Kore.ai: resume run run-1. Don't create it by hand: it may be there.",
    ),
    (State.SENDING, True): (
        "unknown",
        "The program ended while this row was on its way. Its answer is not known.",
        "To look at it and to finish the update: resume run run-1.",
    ),
    (State.ACCEPTED, False): (
        "created", "Kore.ai accepted it. It was not looked at since.", "To look at it: resume run run-1."
    ),
    (State.ACCEPTED, True): (
        "updated", "Kore.ai accepted it. It was not looked at since.", "To look at it: resume run run-1."
    ),
    (State.VERIFIED, False): ("created", "", ""),
    (State.VERIFIED, True): ("updated", "", ""),
    (State.PREPARING, False): ("created", "", ""),
    (State.MISMATCH, False): ("conflict", "", ""),
    (State.CONFLICT, False): ("conflict", "", ""),
    (State.REJECTED, False): ("refused", "", "Correct the row and submit the workbook again."),
    (State.UNKNOWN, False): (
        "unknown", "", "To look it up at Kore.ai: resume run run-1. Don't create it by hand: it may be there."
    ),
    (State.ABSENT, False): ("not_sent", "", "To send it again: resume run run-1."),
    (State.ALREADY_CREATED, False): ("already_created", "", ""),
    (State.UNCHANGED, True): ("unchanged", "", ""),
}  # fmt: skip


@pytest.mark.parametrize(("state", "updates"), TOLD)
def test_each_state_is_told_in_its_own_words(state, updates):
    told = outcome(journal_row(state, target_id="cd-1" if updates else None))

    assert (str(told.status), told.message, told.fix) == TOLD[state, updates]


@pytest.mark.parametrize(
    "state", [State.PLANNED, State.UNKNOWN, State.ABSENT, State.ACCEPTED, State.CONFLICT]
)
def test_what_was_noted_in_the_journal_is_told(state):
    assert outcome(journal_row(state, explanation=quoted("This happened."))).message.startswith(
        "This happened."
    )


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("target_id", [None, "cd-1"])
def test_only_a_conflict_hides_the_id_of_the_answer(state, target_id):
    told = outcome(journal_row(state, target_id=target_id, campaign_id="cd-9"))

    assert told.campaign_id == (target_id if state is State.CONFLICT else "cd-9")


def test_every_state_has_a_status_and_every_run_status_is_used():
    given = {status(state, updates=updates) for state in State for updates in (False, True)}

    assert given == set(Status) - {Status.INVALID}


def test_a_refusal_is_a_problem_of_its_row():
    row = journal_row(State.REJECTED, attempts=1, explanation=quoted("Kore.ai refused it: no such list."))
    told = ended.REFUSED_AT_END(before="Kore.ai refused it: no such list.")

    assert outcomes([row], sheet="Campaigns") == (
        Outcome(
            row=2,
            name="Campaign 2",
            status=Status.REFUSED,
            explanation=told,
            attempts=1,
            problems=(Problem(Level.ERROR, told, sheet="Campaigns", row=2),),
        ),
    )
