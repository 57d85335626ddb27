"""The states of a row: every step that is allowed, and every one that is not."""

from __future__ import annotations

import itertools

import pytest
from support.runs.run_records import journal_row

from bulkload.messages import quoted
from bulkload.model import Created, Refused, RetryLater, Uncertain
from bulkload.run.records import Change, step
from bulkload.run.states import STEPS, UNFINISHED, State, after_reply, is_allowed

PAIRS = list(itertools.product(State, State))

DRAWN = {
    ("planned", "sending"), ("sending", "accepted"), ("sending", "planned"), ("sending", "rejected"),
    ("sending", "unknown"), ("accepted", "verified"), ("accepted", "mismatch"), ("accepted", "preparing"),
    ("unknown", "accepted"), ("unknown", "absent"), ("unknown", "conflict"), ("absent", "planned"),
}  # fmt: skip
"""The steps of the drawing in the rules of submission."""

LATER_LOOKS = {
    ("planned", "unknown"), ("planned", "conflict"), ("planned", "already_created"), ("planned", "unchanged"),
    ("absent", "unknown"), ("sending", "mismatch"), ("unknown", "rejected"), ("unknown", "unknown"),
    ("accepted", "conflict"), ("verified", "conflict"), ("rejected", "conflict"),
    ("preparing", "verified"), ("preparing", "mismatch"), ("preparing", "conflict"),
    ("mismatch", "verified"), ("mismatch", "preparing"), ("mismatch", "conflict"),
}  # fmt: skip
"""The steps that a later look, or the planning of a resume, adds."""


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_create_takes_just_the_steps_that_are_drawn(before, after):
    assert is_allowed(before, after, updates=False) is ((before, after) in DRAWN | LATER_LOOKS)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_update_has_one_more_step_from_doubt_back_to_planned(before, after):
    more = DRAWN | LATER_LOOKS | {("unknown", "planned")}

    assert is_allowed(before, after, updates=True) is ((before, after) in more)


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_a_step_is_taken_or_fails_loudly(before, after):
    row = journal_row(before)

    if after in STEPS[before]:
        assert step(row, Change(after)).state is after
    else:
        with pytest.raises(AssertionError, match=f"can't go from {before} to {after}"):
            step(row, Change(after))


def test_every_state_has_its_steps_and_can_be_reached():
    reached = {after for steps in STEPS.values() for after in steps} | {State.PLANNED}

    assert set(STEPS) == set(State)
    assert reached == set(State)


def test_what_is_final_leaves_nothing_to_resume():
    assert {state for state in State if not STEPS[state]} & UNFINISHED == set()


def test_step_keeps_the_id_and_status_and_takes_the_new_words():
    row = journal_row(
        State.ACCEPTED,
        campaign_id="cd-1",
        platform_status="Preparing",
        attempts=2,
        explanation=quoted("Found.", "Look."),
    )

    after = step(row, Change(State.VERIFIED, quoted("All is well."), attempts=-1))

    assert after == journal_row(
        State.VERIFIED,
        campaign_id="cd-1",
        platform_status="Preparing",
        attempts=1,
        explanation=quoted("All is well."),
    )


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Created("cd-1"), State.ACCEPTED),
        (Refused("no", 400), State.REJECTED),
        (RetryLater("no network"), State.PLANNED),
        (RetryLater("rate limit", limited=True), State.PLANNED),
        (Uncertain("no answer"), State.UNKNOWN),
    ],
)
def test_each_kind_of_answer_leads_to_one_state(reply, state):
    assert after_reply(reply) is state
