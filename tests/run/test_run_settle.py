"""Settling: what a listing says of a row whose answer was lost."""

from __future__ import annotations

import pytest
from support.runs.run_records import journal_row, listed

from bulkload.run.messages import ended as messages
from bulkload.run.messages import sent
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.run.verify import AccountSnapshot, Candidates, settle

UNKNOWN = journal_row(State.UNKNOWN, attempts=1)


def one(candidate, **values):
    return Candidates((candidate,), **values)


@pytest.mark.parametrize("age", [0.0, 119.0, 500.0])
def test_one_equal_candidate_of_the_name_is_the_rows_own_as_soon_as_it_shows(age):
    change = settle(UNKNOWN, one(listed("cd-1"), is_equal=True), age, 120.0, None)

    assert change == Change(State.ACCEPTED, messages.FOUND(), campaign_id="cd-1", is_found=True)


def test_two_new_campaigns_of_the_name_are_for_a_person_to_judge():
    change = settle(UNKNOWN, Candidates((listed("cd-2"), listed("cd-1"))), 0.0, 120.0, None)

    assert change == Change(State.CONFLICT, messages.SEVERAL_FOUND(ids="cd-1 and cd-2"))


def test_a_candidate_with_other_values_may_still_be_filled_in_until_the_settling_time_is_over():
    other = one(listed("cd-1", priority=1), differing=("Priority",))

    assert settle(UNKNOWN, other, 119.0, 120.0, None) is None
    assert settle(UNKNOWN, other, 120.0, 120.0, None) == Change(
        State.CONFLICT, messages.FOUND_OTHERWISE(campaign_id="cd-1", headings="Priority")
    )


def test_a_candidate_that_cannot_be_read_leaves_the_row_unknown():
    assert settle(UNKNOWN, one(listed("cd-1")), 900.0, 120.0, 121.0) is None


@pytest.mark.parametrize(
    ("age", "first_empty", "absent"),
    [
        (119.0, None, False),
        (500.0, None, False),
        (140.0, 121.0, False),
        (151.0, 121.0, True),
    ],
)
def test_absence_needs_two_separate_empty_looks_after_the_settling_time(age, first_empty, absent):
    expected = Change(State.ABSENT, messages.NOT_CREATED())

    assert settle(UNKNOWN, Candidates(), age, 120.0, first_empty) == (expected if absent else None)


def test_a_listing_that_hides_campaigns_proves_no_absence():
    assert settle(UNKNOWN, Candidates(is_provable=False), 500.0, 120.0, 121.0) is None


def test_while_a_stranger_may_be_the_row_it_is_not_called_absent():
    others = Candidates(others=(listed("cd-9", "Otherwise"),))

    assert settle(UNKNOWN, others, 500.0, 120.0, 121.0) == Change(
        State.CONFLICT, messages.MAY_BE_STRANGER(campaign_id="cd-9", name="Otherwise")
    )


def test_a_row_that_was_answered_with_a_no_is_refused_after_the_look():
    said = sent.ANSWERED_WITHOUT_RESULT(reason="The service answered 403.")
    row = journal_row(State.UNKNOWN, attempts=1, explanation=said)

    assert settle(row, Candidates(), 500.0, 120.0, 121.0) == Change(State.REJECTED, said)


def test_no_listing_settles_an_update_because_it_made_nothing_new():
    row = journal_row(State.UNKNOWN, target_id="cd-1")

    assert settle(row, Candidates((listed("cd-2"),)), 500.0, 120.0, 121.0) is None


@pytest.mark.parametrize(
    ("there", "strangers"),
    [
        ({}, ["cd-1"]),
        ({"seen": frozenset({"cd-1"})}, []),
        ({"owners": {"cd-1": frozenset({("run-0", 9)})}}, []),
    ],
)
def test_what_was_there_before_or_belongs_to_a_row_is_no_stranger(there, strangers):
    known = {"seen": frozenset(), "owners": {}}
    snapshot = AccountSnapshot([listed("cd-1")], **(known | there))

    assert [one.campaign_id for one in snapshot.strangers] == strangers


def test_a_stranger_belongs_to_the_row_of_its_name_before_one_of_a_similar_name():
    snapshot = AccountSnapshot([listed("cd-1")], seen=frozenset(), owners={})
    exact, similar = journal_row(State.UNKNOWN, 2), journal_row(State.UNKNOWN, 3, name="Campaign-2")

    assert snapshot.claimants(listed("cd-1", " CAMPAIGN  2 "), [similar, exact]) == [exact]
    assert snapshot.claimants(listed("cd-1", "campaign &amp; 2"), [similar]) == [similar]
    assert snapshot.claimants(listed("cd-1", "Campaign 22"), [similar, exact]) == []
