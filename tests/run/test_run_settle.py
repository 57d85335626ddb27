"""Settling: what a listing says of a row whose answer was lost."""

from __future__ import annotations

import pytest
from support.run_records import journal_row, listed

from bulkload.run.messages import ended as messages
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.run.verify import AccountSnapshot, settle

UNKNOWN = journal_row(State.UNKNOWN, attempts=1)


def snapshot(*there, seen=(), owners=()):
    return AccountSnapshot(
        there, seen=frozenset(seen), owners={campaign_id: frozenset({("run-0", 9)}) for campaign_id in owners}
    )


@pytest.mark.parametrize("age", [0.0, 119.0, 500.0])
@pytest.mark.parametrize("name", ["Campaign 2", " CAMPAIGN 2 ", "Campaign  2"])
def test_one_new_campaign_of_the_name_and_content_is_the_rows_own_as_soon_as_it_shows(age, name):
    row = journal_row(State.UNKNOWN, name=name, body=UNKNOWN.body | {"name": name})
    change = settle(row, snapshot(listed("cd-1", name.strip())), age, 120.0, None)

    assert change == Change(State.ACCEPTED, messages.FOUND(), campaign_id="cd-1")


def test_two_new_campaigns_of_the_name_are_for_a_person_to_judge():
    change = settle(UNKNOWN, snapshot(listed("cd-2"), listed("cd-1")), 0.0, 120.0, None)

    assert change == Change(
        State.CONFLICT,
        messages.SEVERAL_FOUND(ids="cd-1 and cd-2"),
    )


def test_a_new_campaign_of_other_content_may_still_be_filled_in_until_the_settling_time_is_over():
    other = snapshot(listed("cd-1", priority=1))

    assert settle(UNKNOWN, other, 119.0, 120.0, None) is None
    assert settle(UNKNOWN, other, 120.0, 120.0, None) == Change(
        State.CONFLICT,
        messages.FOUND_OTHERWISE(campaign_id="cd-1", headings="Priority"),
    )


@pytest.mark.parametrize(
    "there",
    [
        snapshot(),
        snapshot(listed("cd-1"), seen=["cd-1"]),
        snapshot(listed("cd-1"), owners=["cd-1"]),
        snapshot(listed("cd-1", "Campaign 22")),
    ],
)
def test_what_was_there_before_or_is_anothers_or_has_another_name_is_no_match(there):
    assert settle(UNKNOWN, there, 500.0, 120.0, None) is None


@pytest.mark.parametrize(
    ("age", "first_empty", "absent"),
    [
        (119.0, None, False),
        (500.0, None, False),
        (140.0, 121.0, False),
        (151.0, 121.0, True),
    ],
)
def test_nothing_there_means_absent_only_when_seen_twice_apart_after_the_settling_time(
    age, first_empty, absent
):
    expected = Change(
        State.ABSENT,
        messages.NOT_CREATED(),
    )

    assert settle(UNKNOWN, snapshot(), age, 120.0, first_empty) == (expected if absent else None)


def test_no_look_settles_an_update_for_it_made_nothing_new():
    row = journal_row(State.UNKNOWN, target_id="cd-1")

    assert settle(row, snapshot(listed("cd-2")), 500.0, 120.0, 121.0) is None
