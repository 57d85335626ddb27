"""The rules of submission that an attack found missing: each has a story that fails without it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from support.fakes.fake_service import Fault, Killed
from support.runs.run_world import ACCOUNT, World, payload, request, rows

from bulkload.errors import ServiceError
from bulkload.model import Refused, SubmitOptions, Uncertain
from bulkload.run.context import Limits
from bulkload.run.executor import choose_trial
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.run.stop import StopSignal
from bulkload.run.submission import Submission

AGREED_TO_NOTHING = {"options": {"api_version": "v2"}}


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, appears_after=5.0)


def creates(world, row):
    return world.service.requests.count(f"create {row}")


def writes(world):
    return [one for one in world.service.requests if one.startswith(("create", "update"))]


# --- 2: absence needs a canary ---------------------------------------------------------------------------------


LIES = {
    "empty": lambda _shown: [],
    "a stale replica": lambda shown: shown[:1],
    "capped": lambda shown: shown[-3:],
}


@pytest.mark.parametrize("lie", LIES)
def test_a_listing_that_hides_campaigns_never_makes_a_lost_row_absent(world, lie):
    for number in range(4):
        world.service.add(f"Somebody's {number}")
    world.service.hook = lambda when, _row: (
        setattr(world.service, "lies", LIES[lie]) if when == "leaving" else None
    )

    ended = world.submit(rows(2), Fault.LOST)

    assert ended.of(2).status in {"unknown", "created"}
    world.service.hook = lambda _when, _row: None
    world.service.lies = lambda shown: shown
    assert set(world.resume(run=ended.run).statuses().values()) == {"created"}
    assert world.twice() == {}


def test_a_row_that_a_hiding_listing_leaves_unknown_says_so(world):
    world.service.add("Somebody's")
    world.service.hook = lambda when, _row: (
        setattr(world.service, "lies", lambda _shown: []) if when == "leaving" else None
    )

    ended = world.submit(rows(1), Fault.LOST)

    assert ended.statuses() == {2: "unknown"}
    assert ended.of(2).explanation.code == "not-provable"


def test_a_campaign_that_somebody_deleted_is_no_canary(world):
    campaign_id = world.service.add("Somebody's")
    world.service.hook = lambda when, _row: (
        world.service.campaigns_there.pop(campaign_id, None) if when == "leaving" else None
    )

    ended = world.submit(rows(1), Fault.LOST_UNDONE)

    assert ended.statuses() == {2: "not_sent"}


def test_a_late_listing_teaches_how_long_to_wait(tmp_path):
    world = World(tmp_path, appears_after=100.0)
    world.limits = Limits(settle=30.0)

    ended = world.submit(rows(6), Fault.NONE, Fault.LOST)

    assert set(ended.statuses().values()) == {"created"}
    assert world.twice() == {}


# --- 3: strangers ------------------------------------------------------------------------------------------------


STORED = {
    "escaped": ("Smith & Sons", lambda name: name.replace("&", "&amp;")),
    "composed otherwise": ("Cafe\u0301 ①", lambda _name: "Café 1"),
    "quotes": ('The "best" offer', lambda name: name.replace('"', "\u201d")),
    "dashes": ("Summer \u2013 call", lambda name: name.replace("\u2013", "-")),
    "slash": ("A/B test", lambda name: name.replace("/", "-")),
    "accents dropped": ("Café réservé", lambda _name: "Cafe reserve"),
    "emoji dropped": ("Hello 😀 there", lambda _name: "Hello  there"),
    "cut at 48 bytes": ("ä" * 30, lambda name: name.encode()[:48].decode(errors="ignore")),
    "upper case": ("Reminder", str.upper),
    "spaces": ("Two  words", lambda name: " ".join(name.split())),
    "another name": ("Reminder", lambda _name: "Campaign 4711"),
}


@pytest.mark.parametrize("how", STORED)
def test_a_lost_row_whose_name_is_stored_otherwise_is_never_created_again(world, how):
    name, stored_as = STORED[how]
    world.service.stores = lambda body: body | {"name": stored_as(body["name"])}

    ended = world.submit([payload(2, name)], Fault.LOST)
    world.resume(run=ended.run)
    again = world.submit([payload(2, name)], **AGREED_TO_NOTHING)

    assert len(world.service.campaigns_there) == 1, (ended.of(2), again.of(2))
    assert again.of(2).status != "not_sent"


def test_a_stranger_that_is_another_campaign_is_no_candidate(world):
    world.service.hook = lambda when, _row: (
        world.service.add("Theirs", dialingMode="Agentless", experienceFlowName="Greeting")
        if when == "leaving" and len(world.service.campaigns_there) == 0
        else None
    )

    assert world.submit(rows(1), Fault.LOST_UNDONE).statuses() == {2: "not_sent"}


def test_a_stranger_of_another_name_that_nothing_contradicts_is_named(world):
    body = payload(9).body
    world.service.hook = lambda when, _row: (
        world.service.add("Theirs", **{key: value for key, value in body.items() if key != "name"})
        if when == "leaving" and len(world.service.campaigns_there) == 0
        else None
    )

    ended = world.submit(rows(1), Fault.LOST_UNDONE)

    assert ended.statuses() == {2: "conflict"}
    assert 'The new campaign cd-0001, "Theirs", may be this row\'s.' in ended.of(2).message


# --- 4: settling looks first -------------------------------------------------------------------------------------


def test_a_lost_row_is_settled_by_one_get_and_looked_at_again_later(world):
    ended = world.submit(rows(1), Fault.LOST)

    assert ended.statuses() == {2: "created"}
    assert world.service.requests.count("get cd-0001") == 1
    assert world.time.now() - 1000 > world.limits.settle, "a second one may show up late"


def test_a_second_campaign_that_shows_up_late_beside_one_that_was_found_is_a_conflict(world):
    asked = payload(2)

    def hook(when, _row):
        if when == "leaving":
            campaign_id = world.service.add(
                asked.name, **{k: v for k, v in asked.body.items() if k != "name"}
            )
            world.service.campaigns_there[campaign_id].appears += 60

    world.service.hook = hook

    assert world.submit([asked], Fault.LOST).statuses() == {2: "conflict"}


# --- 5, 25: already created looks at the listing in hand ----------------------------------------------------------


def test_two_campaigns_of_a_name_are_a_conflict_until_a_person_has_dealt_with_it(world):
    ended = world.submit(rows(1), Fault.TWICE)
    assert ended.statuses() == {2: "conflict"}

    for _ in range(2):
        again = world.submit(rows(1), **AGREED_TO_NOTHING)
        assert again.statuses() == {2: "conflict"}
        assert "cd-0001 and cd-0002" in again.of(2).message

    del world.service.campaigns_there["cd-0001"]
    assert world.submit(rows(1), **AGREED_TO_NOTHING).statuses() == {2: "already_created"}


def test_a_campaign_of_the_name_beside_ours_is_a_conflict_in_every_later_run(world):
    world.submit(rows(1))
    world.service.add("Campaign 2")

    again = world.submit(rows(1), **AGREED_TO_NOTHING)

    assert again.statuses() == {2: "conflict"}
    assert "cd-0001 and cd-0002" in again.of(2).message


# --- 6, 18: newer files -------------------------------------------------------------------------------------------


def stopped_at(world, row):
    stop = StopSignal()
    world.limits = Limits(concurrency=1)
    world.service.hook = lambda when, number: stop.request() if (when, number) == ("leaving", row) else None
    return stop


def test_a_row_that_a_newer_file_renamed_is_not_sent_with_its_old_name(world):
    first = world.submit(rows(3), stop=stopped_at(world, 2))
    world.service.hook = lambda _when, _row: None
    newer = [payload(2), payload(3, "Renamed"), payload(4)]
    world.submit(newer, **AGREED_TO_NOTHING)

    resumed = world.resume(run=first.run)

    assert resumed.statuses() == {2: "created", 3: "conflict", 4: "already_created"}
    assert sorted(one.body["name"] for one in world.service.campaigns_there.values()) == [
        "Campaign 2", "Campaign 4", "Renamed",
    ]  # fmt: skip


def test_a_row_that_a_newer_file_dropped_is_not_sent(world):
    first = world.submit(rows(3), stop=stopped_at(world, 2))
    world.service.hook = lambda _when, _row: None
    world.submit([payload(2), payload(3)], **AGREED_TO_NOTHING)

    assert world.resume(run=first.run).statuses() == {2: "created", 3: "already_created", 4: "conflict"}
    assert creates(world, 4) == 0


def test_a_resume_never_creates_a_row_whose_name_another_file_has_taken_though_its_update_was_agreed(world):
    first = world.submit(rows(3), stop=stopped_at(world, 2))  # agrees to every update
    world.service.hook = lambda _when, _row: None
    world.submit([payload(3, description="Something else")], workbook=Path("other.xlsx"))

    resumed = world.resume(run=first.run)

    assert resumed.statuses()[3] == "conflict"
    assert creates(world, 3) == 1
    assert world.twice() == {}


def test_an_older_update_never_replaces_a_newer_one(world):
    campaign_id = world.service.add("Campaign 2")
    older = payload(2, campaign_id=campaign_id, description="Older")
    first = world.submit([older], *[Fault.LOST_UNDONE] * 4)
    newer = payload(2, campaign_id=campaign_id, description="Newer")
    assert world.submit([newer]).statuses() == {2: "updated"}

    resumed = world.resume(run=first.run)

    assert resumed.statuses() == {2: "conflict"}
    assert resumed.of(2).explanation.code == "superseded"
    assert world.service.campaigns_there[campaign_id].body["description"] == "Newer"


def test_a_row_in_doubt_that_the_newer_file_renamed_waits_for_the_resume(world):
    world.kill_at(4)
    with pytest.raises(Killed):
        world.submit([payload(2)], Fault.LOST)

    renamed = world.submit([payload(2, "Renamed")], **AGREED_TO_NOTHING)

    assert renamed.statuses() == {2: "conflict"}
    assert renamed.of(2).explanation.code == "renamed-in-doubt"
    assert len(world.service.campaigns_there) <= 1


def test_a_file_whose_path_has_an_unfinished_run_says_so(world):
    first = world.submit(rows(3), stop=stopped_at(world, 2))
    world.service.hook = lambda _when, _row: None

    again = world.submit([payload(2), payload(5)], **AGREED_TO_NOTHING)

    assert again.plan.unfinished == first.run


def test_a_run_that_a_person_closes_is_not_offered_any_more_and_its_doubts_stay(world):
    first = world.submit(rows(2), *[Fault.LOST_UNDONE], stop=stopped_at(world, 2))
    with world.journal() as journal:
        journal.close_run(first.run)
        assert journal.unfinished(request(rows(2)).sha256) is None
        assert journal.info(first.run).finished is not None


# --- 11, 16: what is stored ---------------------------------------------------------------------------------------


def test_an_answer_that_shows_other_values_is_a_mismatch_and_never_created(world):
    from dataclasses import replace

    true_done = world.service._done

    def done(asked, later=0.0):
        answer = true_done(asked, later)
        stored = world.service._document(world.service.campaigns_there[answer.campaign_id])
        return replace(answer, stored=replace(stored, dnc_list="Another"))

    world.service._done = done
    ended = world.submit(rows(1))

    assert ended.statuses() == {2: "conflict"}
    assert ended.of(2).message == "Kore.ai answered with other values than were sent: DNC list."


# --- 17: nothing is overwritten that was not looked at --------------------------------------------------------------


def test_a_change_made_by_hand_between_plan_and_sending_is_not_overwritten(world):
    campaign_id = world.service.add("Campaign 2", description="As planned")
    world.between = lambda _plan: world.service.campaigns_there[campaign_id].body.update(
        description="By hand"
    )

    ended = world.submit([payload(2, campaign_id=campaign_id)])

    assert ended.statuses() == {2: "conflict"}
    assert ended.of(2).explanation.code == "moved-since-plan"
    assert world.service.campaigns_there[campaign_id].body["description"] == "By hand"


def test_a_second_try_of_an_update_looks_first(world):
    campaign_id = world.service.add("Campaign 2")

    def hook(when, _row):
        if when == "before the effect":
            world.service.campaigns_there[campaign_id].body["priority"] = "1"

    true_meet = world.service._meet

    async def meet(fault, asked):
        world.service.campaigns_there[campaign_id].body["priority"] = "1"
        return await true_meet(fault, asked)

    world.service._meet = meet
    ended = world.submit([payload(2, campaign_id=campaign_id)], Fault.LOST_UNDONE)

    assert ended.statuses() == {2: "conflict"}
    assert world.service.campaigns_there[campaign_id].changed == 0


def test_an_update_of_a_campaign_that_cannot_be_read_is_not_sent(world):
    campaign_id = world.service.add("Campaign 2")
    world.service.unreadable.add(campaign_id)

    assert world.submit([payload(2, campaign_id=campaign_id)]).statuses() == {2: "conflict"}
    assert writes(world) == []


# --- 19: what a listing hides at planning ---------------------------------------------------------------------------


def test_nothing_is_planned_from_a_listing_that_lacks_a_campaign_of_ours_that_is_there(world):
    world.submit(rows(3))
    world.time.seconds += 3600
    world.service.lies = lambda shown: shown[1:]

    with pytest.raises(ServiceError, match="list of campaigns is not complete: cd-0001 is there"):
        world.submit([payload(9)])

    assert creates(world, 9) == 0


# --- 21: a refusal keeps its attempt --------------------------------------------------------------------------------


def test_a_name_that_exists_already_may_be_our_own_campaign_and_is_looked_up(world):
    from support.fakes import fake_service

    taken = Refused("A campaign with this name exists.", 400, says_name_exists=True)
    fake_service.ANSWERS[Fault.REFUSED_DONE], before = taken, fake_service.ANSWERS[Fault.REFUSED_DONE]
    try:
        ended = world.submit(rows(1), Fault.REFUSED_DONE)
    finally:
        fake_service.ANSWERS[Fault.REFUSED_DONE] = before

    assert ended.statuses() == {2: "created"}


def test_a_refused_row_that_is_sent_again_soon_is_looked_up_first(world):
    world.submit(rows(1), Fault.REFUSED)
    before = world.time.now()

    again = world.submit([payload(2, description="Corrected")])

    assert again.plan.in_doubt
    assert again.statuses() == {2: "created"}
    assert world.time.now() - before > world.limits.settle


# --- one row's trouble, the brake, the trial -------------------------------------------------------------------------


def answering(world, reply, *numbers):
    """These rows are answered like this."""
    true_meet = world.service._meet

    async def meet(fault, asked):
        return reply if asked.row in numbers else await true_meet(fault, asked)

    world.service._meet = meet


FIREWALL = Uncertain("the service answered 403", 403, words="Request blocked", stops=True)


def test_a_firewall_that_dislikes_one_rows_words_is_that_rows_trouble(world):
    answering(world, FIREWALL, 3)

    ended = world.submit(rows(5))

    assert ended.stopped is None
    assert ended.statuses() == {2: "created", 3: "refused", 4: "created", 5: "created", 6: "created"}
    assert 'the service answered 403 ("Request blocked")' in ended.of(3).message.casefold().replace(
        "request", "Request"
    )


def test_two_different_rows_in_turn_that_are_forbidden_stop_the_run(world):
    world.limits = Limits(concurrency=1)
    answering(world, FIREWALL, 2, 3, 4)

    ended = world.submit(rows(5))

    assert ended.stopped.exit_status == 5
    assert creates(world, 4) == creates(world, 5) == 0


def test_a_row_that_always_fails_never_blocks_the_others(world):
    world.limits = Limits(concurrency=1)
    answering(world, Uncertain("the service answered 500", 500), 2)
    stop = stopped_at(world, 3)
    first = world.submit(rows(4), stop=stop)
    world.service.hook = lambda _when, _row: None

    resumed = world.resume(run=first.run)

    assert [resumed.statuses()[row] for row in (3, 4, 5)] == ["created"] * 3
    assert writes(world)[-1] == "create 2", "what was never tried goes first"


def test_the_brake_stops_after_five_refusals_and_says_what_they_share(world):
    world.limits = Limits(concurrency=1)

    ended = world.submit(rows(20), *[Fault.REFUSED] * 20)

    assert ended.stopped.exit_status == 1
    assert ended.stopped.message.startswith(
        "Stopped, because Kore.ai refused 5 rows since the last accepted one. "
        'All have the DNC list "Never call", contact lists "Summer; Autumn" and queue "Sales".'
    )
    assert len(writes(world)) == 5
    assert list(ended.statuses().values()) == ["refused"] * 5 + ["not_sent"] * 15


def test_a_trial_sends_a_few_rows_and_a_resume_the_rest(world):
    options = {"api_version": "v2", **SubmitOptions(trial=2).to_json()}

    ended = world.submit(rows(5), options=options)

    assert ended.stopped.exit_status == 1
    assert sorted(ended.statuses().values()) == ["created"] * 2 + ["not_sent"] * 3
    assert set(world.resume(run=ended.run).statuses().values()) == {"created"}


def test_a_trial_takes_one_row_of_each_mode_and_name_first():
    from support.runs.run_records import journal_row

    asked = [
        journal_row(State.PLANNED, 2),
        journal_row(State.PLANNED, 3),
        journal_row(State.PLANNED, 4, body=payload(4, queue_name="Other").body),
        journal_row(State.PLANNED, 5, body=payload(5, dialingMode="Progressive").body),
    ]

    assert [row.row for row in choose_trial(asked, 3)] == [2, 4, 5]
    assert [row.row for row in choose_trial(asked, 4)] == [2, 3, 4, 5]


# --- 14: two people at once -------------------------------------------------------------------------------------------


def test_a_campaign_that_somebody_created_a_moment_ago_makes_the_run_wait_and_look_again(world):
    from dataclasses import replace

    world.service.add("Theirs")
    true_listed = world.service._listed
    made = world.time.wall() - timedelta(seconds=10)
    world.service._listed = lambda standing: replace(true_listed(standing), created_at=made)

    ended = world.submit(rows(1))

    assert ended.statuses() == {2: "created"}
    assert any(said.startswith("Somebody created Theirs a moment ago.") for said in world.heard.said)


# --- accounts ---------------------------------------------------------------------------------------------------------


def test_a_run_of_another_account_of_the_same_application_is_neither_seen_nor_resumed(world):
    from dataclasses import replace

    ended = world.submit(rows(2), stop=stopped_at(world, 2))
    other = replace(ACCOUNT, account_id="another")

    from bulkload.run.journal import Journal

    with Journal.read(world.state_dir, other) as journal:
        assert journal.runs() == ()
        assert journal.unfinished_of_path(Path("campaigns.xlsx")) is None
        submission = Submission.stored(journal, ended.run)
    assert submission.account.account_id == ACCOUNT.account_id


def test_a_change_of_state_never_invents_what_was_found():
    assert Change(State.PLANNED).is_found is None
