"""The console: what a person changes while a loader works, and what the loader then reads."""

from __future__ import annotations

from contextlib import closing

import httpx
import pytest
from support.fakes.sandbox_server import Client, body, embedded, separate

from bulkload.sandbox.console import Console, merge_patch
from bulkload.sandbox.fixtures import Fixtures


@pytest.fixture
def sandbox(tmp_path):
    with embedded(tmp_path) as running:
        yield running


@pytest.fixture
def campaign_id(sandbox):
    return Client(sandbox.url).create(body()).json()["data"]["id"]


def got(sandbox, campaign_id: str) -> dict:
    return Client(sandbox.url).get(campaign_id).json()["data"]


def row(sandbox) -> dict:
    (only,) = Client(sandbox.url).list().json()["data"]["results"]
    return only


def test_any_field_is_edited_and_the_rest_is_kept(sandbox, campaign_id):
    before = got(sandbox, campaign_id)
    sandbox.console.edit(campaign_id, priority="1", dialingStrategy={"maxAttemptsPerRecord": 9})
    after = got(sandbox, campaign_id)

    assert after["priority"] == "1"
    assert after["dialingStrategy"] == {**before["dialingStrategy"], "maxAttemptsPerRecord": 9}
    assert after["description"] == before["description"]


def test_calling_hours_are_narrowed(sandbox, campaign_id):
    days = [{"day": "SU", "start": "10:00 AM", "end": "4:00 PM"}]
    sandbox.console.edit_hours(campaign_id, days, timezone="America/New_York")

    hours = got(sandbox, campaign_id)["dialingStrategy"]["callingHours"]
    assert hours == {"frequency": "WEEKLY", "days": days, "timezone": "America/New_York"}


def test_a_campaign_is_renamed_to_a_free_or_a_taken_name(sandbox, campaign_id):
    other = Client(sandbox.url).create(body(name="Other")).json()["data"]["id"]
    sandbox.console.rename(campaign_id, "Other")

    assert (got(sandbox, campaign_id)["name"], got(sandbox, other)["name"]) == ("Other", "Other")
    assert sandbox.console.find("OTHER") in {campaign_id, other}
    with pytest.raises(KeyError, match="Welcome"):
        sandbox.console.find("Welcome")


@pytest.mark.parametrize("mode", ["Power", "Predictive"])
def test_a_mode_is_set_that_no_body_can_express(sandbox, campaign_id, mode):
    sandbox.console.set_mode(campaign_id, mode)

    assert (got(sandbox, campaign_id)["dialingMode"], row(sandbox)["dialingMode"]) == (mode, mode)


def test_starting_makes_it_active_with_one_instance_for_ever(sandbox, campaign_id):
    first = sandbox.console.start(campaign_id).instance_id
    active = row(sandbox)
    sandbox.console.stop(campaign_id)
    second = sandbox.console.start(campaign_id).instance_id

    assert first.startswith("cid-")
    assert first == second == active["campaignInstanceId"] == got(sandbox, campaign_id)["campaignInstanceId"]
    assert active["status"] == "Active"


def test_a_schedule_is_set_and_taken_away(sandbox, campaign_id):
    sandbox.console.schedule(campaign_id)
    scheduled = row(sandbox)
    sandbox.console.unschedule(campaign_id)
    unscheduled = row(sandbox)

    assert (scheduled["status"], scheduled["schedule"]["isSchedulingEnabled"]) == ("Scheduled", True)
    assert (unscheduled["status"], unscheduled["schedule"]["isSchedulingEnabled"]) == ("Ready", False)


@pytest.mark.parametrize(("clears", "is_scheduled"), [(True, False), (False, True)])
def test_an_update_switches_a_schedule_off_unless_set_otherwise(sandbox, campaign_id, clears, is_scheduled):
    sandbox.configure(update_clears_schedule=clears)
    sandbox.console.schedule(campaign_id)

    answer = Client(sandbox.url).update(campaign_id, body()).json()["data"]

    assert answer["schedule"]["isSchedulingEnabled"] is is_scheduled
    assert answer["status"] == ("Scheduled" if is_scheduled else "Ready")


def test_filters_are_set_and_removed(sandbox, campaign_id):
    sandbox.console.set_filters(campaign_id)
    filtered = (row(sandbox)["isFiltersEnabled"], got(sandbox, campaign_id)["isFiltersEnabled"])
    sandbox.console.set_filters(campaign_id, has_filters=False)

    assert filtered == (True, True)
    assert row(sandbox)["isFiltersEnabled"] is False


def test_any_word_can_be_a_status(sandbox, campaign_id):
    sandbox.console.set_status(campaign_id, "Failed")

    assert Client(sandbox.url).status(campaign_id).json()["data"]["status"] == "Failed"


def test_a_campaign_is_deleted_even_while_active(sandbox, campaign_id):
    sandbox.console.start(campaign_id)
    sandbox.console.delete(campaign_id)

    assert Client(sandbox.url).get(campaign_id).status_code == 400
    assert sandbox.campaigns == ()


def test_a_campaign_is_created_by_hand(sandbox):
    made = sandbox.console.create(body(name="By hand", dialingMode="Power"))

    assert got(sandbox, made)["name"] == "By hand"
    assert [effect.kind for effect in sandbox.log.effects] == ["created at the console"]


def test_a_campaign_that_is_not_there_is_a_key_error(sandbox):
    for change in (sandbox.console.start, sandbox.console.delete, sandbox.console.unschedule):
        with pytest.raises(KeyError, match="cd-none"):
            change("cd-none")


@pytest.mark.parametrize(
    ("updated_at", "after_edit", "after_update"),
    [("always", True, True), ("not on console edits", False, True), ("never", False, False)],
)
def test_updated_at_moves_as_it_is_set(sandbox, campaign_id, updated_at, after_edit, after_update):
    sandbox.configure(updated_at=updated_at)
    first = row(sandbox)["updatedAt"]
    sandbox.configure(clock_offset=10.0)
    sandbox.console.edit(campaign_id, priority="1")
    second = row(sandbox)["updatedAt"]
    sandbox.configure(clock_offset=20.0)
    Client(sandbox.url).update(campaign_id, body())
    third = row(sandbox)["updatedAt"]

    assert (first != second, second != third) == (after_edit, after_update)


def test_the_console_does_not_look_like_the_loader_in_the_log(sandbox, campaign_id):
    sandbox.console.edit(campaign_id, priority="1")
    sandbox.console.delete(campaign_id)

    assert [(one.kind, one.request) for one in sandbox.log.effects] == [
        ("created", 1),
        ("edited at the console", 0),
        ("deleted at the console", 0),
    ]
    assert sandbox.log.effects[1].body == {"priority": "1"}


def test_a_hand_acts_right_before_and_right_after_the_effect(sandbox, campaign_id):
    seen = []

    def act(moment, call):
        if call.operation != "update":
            return
        seen.append((moment, sandbox.campaigns[0].body["priority"]))
        sandbox.console.edit(campaign_id, priority={"before": "2", "after": "3"}[moment])

    sandbox.observe(act)
    Client(sandbox.url).update(campaign_id, {"priority": "4"})

    assert seen == [("before", "5"), ("after", "4")]
    assert got(sandbox, campaign_id)["priority"] == "3"


def test_names_are_learnt_and_forgotten(sandbox):
    sandbox.console.learn(Fixtures(queues=("New queue",)))
    sandbox.console.forget("queues", "Collections")
    client = Client(sandbox.url)

    assert client.create(body(name="a", queue_name="New queue")).status_code == 200
    assert client.create(body(name="b", queue_name="Collections")).status_code == 400


def test_the_console_works_on_a_sandbox_in_another_process(tmp_path):
    path = tmp_path / "account.sqlite"
    with separate(path) as process:
        campaign_id = Client(process.url).create(body()).json()["data"]["id"]
        with closing(Console(path, lambda: 4_000_000_000.0)) as console:
            console.start(campaign_id)
        data = Client(process.url).get(campaign_id).json()["data"]

    assert (data["status"], data["updatedAt"][:4]) == ("Active", "2096")


def test_the_console_can_be_reached_over_http(sandbox, campaign_id):
    address = f"{sandbox.url}/_sandbox/campaigns"
    changes = {"edit": {"priority": "1"}, "filters": True, "schedule": True, "start": True}
    done = httpx.post(f"{address}/{campaign_id}", json=changes)
    made = httpx.post(address, json=body(name="By hand")).json()["id"]
    unknown = httpx.post(f"{address}/{campaign_id}", json={"explode": True})
    missing = httpx.post(f"{address}/cd-none", json={"stop": True})
    data = got(sandbox, campaign_id)
    deleted = httpx.delete(f"{address}/{made}")

    assert done.json() == {"id": campaign_id, **changes}
    assert (data["priority"], data["status"], data["isFiltersEnabled"]) == ("1", "Active", True)
    assert data["schedule"]["isSchedulingEnabled"] is True
    assert (unknown.status_code, missing.status_code, deleted.status_code) == (404, 404, 200)
    assert [campaign.id for campaign in sandbox.campaigns] == [campaign_id]


def test_a_merge_patch_removes_what_is_null_and_replaces_lists():
    target = {"a": {"b": 1, "c": [1, 2]}, "d": 1}

    assert merge_patch(target, {"a": {"c": [3]}, "d": None, "e": {"f": 1}}) == {
        "a": {"b": 1, "c": [3]},
        "e": {"f": 1},
    }
