"""The audit: what a listing says of a row that was answered."""

from __future__ import annotations

import pytest
from support.runs.run_records import journal_row, listed
from support.runs.run_world import payload

from bulkload.messages import quoted
from bulkload.run.context import Limits
from bulkload.run.messages import ended as messages
from bulkload.run.messages import sent
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.run.verify import AccountSnapshot, audit, is_ready, listed_differences

LIMITS = Limits(settle=120.0, ready_timeout=60.0)
OWN = {"cd-1": frozenset({("run-1", 2)})}


def look(state, *there, age=0.0, seen=(), owners=OWN, **values):
    row = journal_row(state, **({"campaign_id": "cd-1", "attempts": 1} | values))
    return audit(row, AccountSnapshot(there, seen=frozenset(seen), owners=owners), age, LIMITS)


def test_a_campaign_that_is_ready_and_equal_is_verified():
    assert look(State.ACCEPTED, listed("cd-1")) == Change(State.VERIFIED, platform_status="Ready")


def test_a_found_campaign_stays_told_as_found_when_it_is_verified():
    assert look(State.ACCEPTED, listed("cd-1"), explanation=quoted("Found.")) == Change(
        State.VERIFIED, quoted("Found."), platform_status="Ready"
    )


@pytest.mark.parametrize("age", [0.0, 59.0])
def test_a_campaign_that_is_prepared_is_waited_for(age):
    assert look(State.ACCEPTED, listed("cd-1", status="Preparing"), age=age) is None


def test_a_campaign_that_is_prepared_for_too_long_is_told_of():
    assert look(State.ACCEPTED, listed("cd-1", status="Preparing"), age=60.0) == Change(
        State.PREPARING,
        messages.STILL_PREPARING(status="Preparing", wait="60 s"),
        platform_status="Preparing",
    )


def test_a_status_that_no_document_names_is_not_taken_for_ready():
    assert [
        is_ready(listed("cd-1", status=status)) for status in ("Ready", " active", "Failed", "", None)
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_other_values_may_be_old_news_until_the_settling_time_is_over():
    other = listed("cd-1", dialing_mode="Agentless", connection="Marketing")

    assert look(State.ACCEPTED, other, age=119.0) is None
    assert look(State.ACCEPTED, other, age=120.0) == Change(
        State.MISMATCH,
        messages.STORED_OTHERWISE(headings="Dialing mode and Connection"),
        platform_status="Ready",
    )


def test_new_campaign_of_another_name_is_not_taken_for_the_row():
    other = listed("cd-1", "Somebody's", dialing_mode="Agentless")

    assert look(State.ACCEPTED, other, age=119.0) is None
    assert look(State.ACCEPTED, other, age=120.0) == Change(
        State.CONFLICT,
        messages.ANOTHER_NAME(campaign_id="cd-1", name="Somebody's"),
    )


def test_campaign_that_an_update_did_not_rename_still_belongs_to_row():
    assert look(State.ACCEPTED, listed("cd-1", "Old"), age=120.0, target_id="cd-1").state is State.MISMATCH


def test_campaign_not_listed_after_the_settling_time_is_a_conflict():
    assert look(State.ACCEPTED, age=119.0) is None
    assert look(State.ACCEPTED, age=120.0) == Change(
        State.CONFLICT,
        messages.NOT_LISTED(campaign_id="cd-1", wait="120 s"),
    )


@pytest.mark.parametrize("state", [State.ACCEPTED, State.PREPARING, State.MISMATCH, State.VERIFIED])
def test_another_new_campaign_of_the_name_beside_it_is_a_conflict(state):
    assert look(state, listed("cd-1"), listed("cd-2", "CAMPAIGN 2")) == Change(
        State.CONFLICT,
        messages.DOUBLED(campaign_id="cd-1", ids="cd-2"),
    )


@pytest.mark.parametrize(
    ("seen", "owners"),
    [
        (["cd-1"], OWN),
        ([], {"cd-1": frozenset({("run-1", 2), ("run-1", 3)})}),
        ([], {"cd-1": frozenset({("r", 9)})}),
    ],
)
def test_an_id_that_is_not_a_new_campaigns_is_a_conflict(seen, owners):
    assert look(State.ACCEPTED, listed("cd-1"), seen=seen, owners=owners) == Change(
        State.CONFLICT,
        messages.NOT_A_NEW_ID(campaign_id="cd-1"),
    )


def test_update_is_verified_despite_its_older_campaign_and_shared_name():
    found = look(State.ACCEPTED, listed("cd-1"), listed("cd-2"), seen=["cd-1"], target_id="cd-1")

    assert found == Change(State.VERIFIED, platform_status="Ready")


def test_an_update_that_is_answered_for_another_campaign_is_a_conflict():
    assert look(State.ACCEPTED, listed("cd-1"), target_id="cd-7") == Change(
        State.CONFLICT,
        messages.ANOTHER_ID(target="cd-7", campaign_id="cd-1"),
    )


@pytest.mark.parametrize(
    ("before", "there", "after"),
    [
        (State.PREPARING, listed("cd-1", status="Preparing"), None),
        (State.PREPARING, listed("cd-1"), State.VERIFIED),
        (State.PREPARING, listed("cd-1", priority=1), State.MISMATCH),
        (State.MISMATCH, listed("cd-1", priority=1), None),
        (State.MISMATCH, listed("cd-1"), State.VERIFIED),
        (State.MISMATCH, listed("cd-1", status="Preparing"), State.PREPARING),
        (State.VERIFIED, listed("cd-1", priority=1), None),
        (State.VERIFIED, listed("cd-1", status="Preparing"), None),
        (State.PREPARING, listed("cd-9", "Other"), None),
        (State.VERIFIED, listed("cd-9", "Other"), None),
    ],
)
def test_a_later_look_changes_only_what_has_changed(before, there, after):
    change = look(before, there, age=500.0)

    assert (change.state if change else None) is after


def test_refused_row_that_the_account_still_contains_is_a_conflict():
    found = look(
        State.REJECTED,
        listed("cd-5"),
        campaign_id=None,
        explanation=sent.REFUSED(words="Name was duplicate."),
    )

    assert found == Change(
        State.CONFLICT,
        messages.REFUSED_YET_THERE(words="Name was duplicate.", ids="cd-5"),
    )


@pytest.mark.parametrize("state", [State.PLANNED, State.ABSENT])
def test_tried_row_that_appears_in_the_account_is_looked_up(state):
    found = Change(State.UNKNOWN, messages.SHOWS_UP(ids="cd-5"))

    assert look(state, listed("cd-5"), campaign_id=None) == found
    assert look(state, listed("cd-5"), campaign_id=None, attempts=0) is None
    assert look(state, campaign_id=None) is None
    assert look(state, listed("cd-5"), campaign_id=None, target_id="cd-1") is None


@pytest.mark.parametrize(
    "state", [State.REJECTED, State.SENDING, State.CONFLICT, State.ALREADY_CREATED, State.UNCHANGED]
)
def test_where_nothing_stands_beside_it_the_row_stays_as_it_is(state):
    assert look(state, listed("cd-1"), campaign_id=None) is None


def test_a_refused_update_stays_refused_whoever_has_its_name():
    assert look(State.REJECTED, listed("cd-5"), target_id="cd-1") is None


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ({}, {}),
        ({"contact_lists": ("autumn ", "SUMMER")}, {}),
        ({"connection": " sales"}, {}),
        (
            {
                "priority": None,
                "dnc_list": None,
                "contact_lists": None,
                "dialing_mode": None,
                "connection": None,
            },
            {},
        ),
        ({"name": "campaign 2"}, {"Campaign name": ("Campaign 2", "campaign 2")}),
        ({"name": " Campaign 2 "}, {}),
        ({"priority": "4"}, {"Priority": ("5", "4")}),
        ({"dnc_list": "Another"}, {"DNC list": ("Never call", "Another")}),
        ({"contact_lists": ("Summer",)}, {"Contact lists": ("Autumn, Summer", "Summer")}),
    ],
)
def test_only_what_a_listing_shows_is_compared(shown, expected):
    assert listed_differences(payload(2).body, listed("cd-1", **shown)) == expected


def test_an_agentless_campaign_is_compared_by_its_flow():
    body = {"name": "Campaign 2", "experienceFlowName": "Greeting"}

    assert listed_differences(body, listed("cd-1")) == {"Connection": ("Greeting", "Sales")}
