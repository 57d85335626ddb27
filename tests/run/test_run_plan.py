"""Planning: what will become of a row, decided against the other runs and one listing of the account."""

from __future__ import annotations

from datetime import timedelta

import pytest
from support.runs.run_records import NOON, journal_row, listed
from support.runs.run_world import payload

from bulkload.model import RowReference
from bulkload.run.earlier_runs import History
from bulkload.run.messages import planned as messages
from bulkload.run.messages.wording import local_time
from bulkload.run.plan import Decision, Plan
from bulkload.run.planner import Planner
from bulkload.run.records import Change
from bulkload.run.states import State

ROW = payload(2)


WHEN = local_time(NOON - timedelta(hours=1))


def past(state=State.VERIFIED, of=ROW, **values):
    known = {
        "name": of.name,
        "digest": of.digest,
        "body": of.body,
        "target_id": of.campaign_id,
        "campaign_id": "cd-1",
        "sent": 1,
        "sent_at": NOON - timedelta(hours=1),
        "accepted": NOON - timedelta(hours=1),
    }
    return journal_row(state, of.row, **(known | values))


def decide(asked, *rows, account=()):
    return Planner(History(rows), account, now=NOON, settle=120.0).decide(asked).change


# --- creates -------------------------------------------------------------------------------------------------


def test_a_new_name_is_created():
    assert decide(ROW) == Change(State.PLANNED)


@pytest.mark.parametrize("state", [State.ACCEPTED, State.VERIFIED, State.PREPARING, State.MISMATCH])
def test_what_an_earlier_run_created_is_not_created_again(state):
    assert decide(ROW, past(state), account=[listed("cd-1")]) == Change(
        State.ALREADY_CREATED,
        messages.SAME_AS_BEFORE(when=WHEN),
        campaign_id="cd-1",
        platform_status="Ready",
    )


def test_creation_by_one_run_and_change_by_another_are_both_reported():
    change = decide(
        ROW,
        past(),
        past(of=payload(2, description="Another"), target_id="cd-1", run="run-2", sent=2),
        account=[listed("cd-1")],
    )
    assert change == Change(
        State.ALREADY_CREATED,
        messages.CHANGED_BY_LATER_RUN(when=WHEN, run="run-2", campaign_id="cd-1"),
        campaign_id="cd-1",
        platform_status="Ready",
    )


def test_what_a_later_update_has_made_just_so_is_not_sent_again():
    change = decide(
        ROW,
        past(of=payload(2, description="Another")),
        past(target_id="cd-1", run="run-2", sent=2),
        account=[listed("cd-1")],
    )
    assert change == Change(
        State.ALREADY_CREATED,
        messages.SAME_AS_BEFORE(when=WHEN),
        campaign_id="cd-1",
        platform_status="Ready",
    )


def test_created_campaign_still_preparing_needs_a_look_before_its_start():
    assert decide(ROW, past(), account=[listed("cd-1", status="Preparing")]) == Change(
        State.ALREADY_CREATED,
        messages.STATUS_NEEDS_A_LOOK(campaign_id="cd-1", status="Preparing"),
        campaign_id="cd-1",
        platform_status="Preparing",
    )


@pytest.mark.parametrize(
    "state", [State.PLANNED, State.REJECTED, State.ABSENT, State.ALREADY_CREATED, State.UNCHANGED]
)
def test_what_an_earlier_run_did_not_create_is_created(state):
    assert decide(ROW, past(state, campaign_id=None)) == Change(State.PLANNED)


def test_created_campaign_renamed_by_hand_is_not_created_again():
    change = decide(ROW, past(), account=[listed("cd-1", "Renamed")])

    assert change.state is State.ALREADY_CREATED
    assert change.explanation == messages.SAME_BUT_RENAMED(when=WHEN, name="Renamed")


def test_campaign_just_created_may_be_missing_from_a_late_listing():
    change = decide(ROW, past(accepted=NOON - timedelta(seconds=100)))

    assert change.state is State.ALREADY_CREATED
    assert change.platform_status is None


@pytest.mark.parametrize("asked", [ROW, payload(2, priority="1")])
def test_campaign_created_long_ago_and_now_gone_needs_a_decision(asked):
    assert decide(asked, past()) == Change(
        State.CONFLICT,
        messages.GONE(when=WHEN, campaign_id="cd-1"),
    )


def test_name_used_by_an_earlier_run_with_other_values_needs_decision():
    assert decide(payload(2, priority="1"), past(), account=[listed("cd-1")]) == Change(
        State.CONFLICT,
        messages.SENT_WITH_OTHER_VALUES(when=WHEN, campaign_id="cd-1"),
    )


def test_name_given_and_removed_by_earlier_runs_is_free():
    renamed = past(of=payload(2, "New name", campaign_id="cd-1"), run="run-2", sent=2)

    assert decide(payload(3, "Campaign 2", priority="1"), past(), renamed) == Change(State.PLANNED)


@pytest.mark.parametrize("asked", [ROW, payload(2, priority="1")])
@pytest.mark.parametrize("account", [[listed("cd-1")], [listed("cd-1", "Somebody's")]])
def test_conflict_row_is_not_created_again_and_does_not_own_its_id(asked, account):
    assert decide(asked, past(State.CONFLICT, accepted=None), account=account) == Change(
        State.CONFLICT,
        messages.CONFLICT_BEFORE(when="an unknown date", campaign_id="cd-1"),
    )


def test_conflict_row_is_not_created_again_after_its_id_was_renamed():
    renamed = past(of=payload(2, "New name", campaign_id="cd-1"), run="run-2", sent=2)

    assert (
        decide(ROW, past(State.CONFLICT), renamed, account=[listed("cd-1", "New name")]).state
        is State.CONFLICT
    )


@pytest.mark.parametrize("state", [State.SENDING, State.UNKNOWN])
def test_name_left_in_doubt_by_an_earlier_run_waits_for_resume(state):
    assert decide(ROW, past(state, campaign_id=None)) == Change(
        State.CONFLICT,
        messages.IN_DOUBT_ELSEWHERE(run="run-1"),
    )


def test_a_name_that_somebody_else_has_in_any_case_needs_a_person():
    account = [listed("cd-8", " CAMPAIGN 2"), listed("cd-7", "campaign 2")]

    assert decide(ROW, account=account) == Change(
        State.CONFLICT,
        messages.SEVERAL_OF_THIS_NAME(ids="cd-7 and cd-8"),
    )


def test_of_two_rows_of_one_name_the_second_needs_a_person():
    planner = Planner(History([]), [], now=NOON, settle=120.0)
    first, second = planner.decide(ROW), planner.decide(payload(3, "CAMPAIGN 2"))

    assert first.change == Change(State.PLANNED)
    assert second.change == Change(State.CONFLICT, messages.NAME_OF_ANOTHER_ROW(row=RowReference((2,))))


# --- updates -------------------------------------------------------------------------------------------------

UPDATE = payload(2, campaign_id="cd-1")


def test_an_update_is_sent_although_the_listing_lacks_its_campaign():
    assert decide(UPDATE) == Change(State.PLANNED)


@pytest.mark.parametrize("of", [ROW, UPDATE])
@pytest.mark.parametrize("state", [State.ACCEPTED, State.VERIFIED, State.PREPARING])
def test_an_update_to_what_the_campaign_was_given_last_is_not_sent(state, of):
    assert decide(UPDATE, past(state, of=of), account=[listed("cd-1")]) == Change(
        State.UNCHANGED,
        messages.SAME_AS_BEFORE(when=WHEN),
        platform_status="Ready",
    )


@pytest.mark.parametrize(
    "changed",
    [{"description": "Another"}, {"dialingStrategy": {"callingHours": {"timezone": "Europe/Berlin"}}}],
)
def test_unlisted_columns_are_not_compared_and_changed_rows_are_sent_whole(changed):
    account = [listed("cd-1")]
    assert decide(UPDATE, past(), account=account).state is State.UNCHANGED

    assert decide(payload(2, campaign_id="cd-1", **changed), past(), account=account) == Change(State.PLANNED)


def test_an_update_to_an_older_content_is_sent():
    later = past(of=payload(2, campaign_id="cd-1", priority="1"), run="run-2", sent=2)

    assert decide(UPDATE, past(), later, account=[listed("cd-1")]) == Change(State.PLANNED)


@pytest.mark.parametrize("state", [State.UNKNOWN, State.SENDING])
def test_an_update_after_one_in_doubt_is_sent(state):
    doubtful = past(state, of=payload(2, campaign_id="cd-1", priority="1"), campaign_id=None, run="r", sent=2)

    assert decide(UPDATE, past(), doubtful, account=[listed("cd-1")]) == Change(State.PLANNED)


@pytest.mark.parametrize(
    ("state", "account"),
    [
        (State.MISMATCH, [listed("cd-1")]),
        (State.VERIFIED, [listed("cd-1", priority=1)]),
        (State.VERIFIED, []),
    ],
)
def test_update_to_the_last_content_is_sent_if_the_account_differs(state, account):
    assert decide(UPDATE, past(state), account=account) == Change(State.PLANNED)


def test_an_update_to_a_name_that_another_campaign_has_needs_a_person():
    assert decide(UPDATE, account=[listed("cd-1", "Old"), listed("cd-2", "campaign 2")]) == Change(
        State.CONFLICT,
        messages.NAME_TAKEN_FROM_UPDATE(ids="cd-2"),
    )


# --- the plan as a person sees it ------------------------------------------------------------------------------


def test_a_plan_shows_its_rows_by_what_will_become_of_them():
    decisions = tuple(
        Decision(asked, Change(state))
        for asked, state in [
            (payload(2), State.PLANNED),
            (payload(3, campaign_id="cd-3"), State.PLANNED),
            (payload(4), State.UNKNOWN),
            (payload(5), State.ALREADY_CREATED),
            (payload(6, campaign_id="cd-6"), State.UNCHANGED),
            (payload(7), State.CONFLICT),
        ]
    )
    plan = Plan(decisions, ())

    kinds = (
        plan.creates, plan.updates, plan.in_doubt, plan.already_created, plan.unchanged, plan.conflicts
    )  # fmt: skip
    assert [[one.payload.row for one in kind] for kind in kinds] == [[2], [3], [4], [5], [6], [7]]
    assert plan.sends
    assert not Plan(decisions[3:], ()).sends


def test_unknown_id_is_reported_with_the_id_of_that_campaign_name():
    change = decide(payload(2, campaign_id="cd-mistyped"), account=[listed("cd-1")])
    assert change == Change(
        State.CONFLICT,
        messages.ID_NOT_LISTED(campaign_id="cd-mistyped", ids="cd-1"),
    )


def test_id_of_a_campaign_named_like_another_row_changes_nothing():
    mistaken, other = payload(2, campaign_id="cd-9"), payload(3)
    planner = Planner(
        History([]), [listed("cd-9", other.name)], now=NOON, settle=120.0, payloads=(mistaken, other)
    )
    assert planner.decide(mistaken).change == Change(
        State.CONFLICT,
        messages.ID_OF_ANOTHER_ROW(campaign_id="cd-9", name=other.name, row=RowReference((3,))),
    )


def test_campaign_that_never_matched_does_not_count_as_done_the_second_time():
    change = decide(ROW, past(State.MISMATCH), account=[listed("cd-1", priority=1)])
    assert change.state is State.CONFLICT
    assert change.explanation == messages.STILL_DIFFERS(when=WHEN, campaign_id="cd-1", headings="Priority")


@pytest.mark.parametrize("of", [ROW, payload(2, campaign_id="cd-1", description="Another")])
def test_a_name_that_an_update_gave_is_told_so(of):
    change = decide(
        payload(2, description="A third"), past(of=of, target_id="cd-1"), account=[listed("cd-1")]
    )
    assert change.explanation == messages.SENT_WITH_OTHER_VALUES(when=WHEN, campaign_id="cd-1")


def test_update_in_doubt_with_the_same_values_is_looked_up_first():
    change = decide(ROW, past(State.UNKNOWN, target_id="cd-1", campaign_id=None), account=[listed("cd-1")])
    assert change.explanation == messages.IN_DOUBT_ELSEWHERE(run="run-1")


@pytest.mark.parametrize(
    ("rows", "campaigns", "requests"), [(0, 0, 0), (12, 0, 15), (50, 0, 53), (51, 0, 56), (300, 40, 315)]
)
def test_plan_predicts_one_request_per_row_and_three_listings(rows, campaigns, requests):
    decisions = tuple(Decision(payload(row), Change(State.PLANNED)) for row in range(2, 2 + rows))
    account = tuple(listed(f"cd-{number}") for number in range(campaigns))
    assert Plan(decisions, account, lambda count: max(1, -(-count // 50))).requests == requests
