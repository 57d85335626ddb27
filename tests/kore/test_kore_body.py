from __future__ import annotations

import json
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.kore.body import digest, to_payload
from bulkload.model import ApiVersion, Block, CallingHours, Campaign, DialingMode

OFFICE = CallingHours(
    name="US office",
    frequency="WEEKLY",
    timezone="America/New_York",
    blocks=(
        Block("MO", time(9), time(12)),
        Block("MO", time(13), time(18)),
        Block("SU", time(0), time(23, 59)),
    ),
)
PREVIEW = Campaign(
    row=5,
    name="Loan reminder",
    description="Reminds customers",
    dialing_mode=DialingMode.PREVIEW,
    contact_lists=("Loan holders", "Late payers"),
    caller_id="+14155550123",
    calling_hours=OFFICE,
    priority=5,
    dialing_order="FIFO",
    max_attempts=3,
    retry_period=60,
    max_ring_time=30,
    dnc_list="DNC global",
    queue="Collections EN",
    max_skips=0,
)
AGENTLESS = replace(
    PREVIEW,
    dialing_mode=DialingMode.AGENTLESS,
    queue=None,
    max_skips=None,
    experience_flow="Payment flow",
    machine_detection="Disconnect",
)
PROGRESSIVE = replace(PREVIEW, dialing_mode=DialingMode.PROGRESSIVE, max_skips=None)


def v1(campaign: Campaign, detection: str = "Yes") -> Campaign:
    return replace(campaign, dnc_list=None, machine_detection=detection)


STRATEGY = {
    "callerId": {"phoneNumber": "+14155550123"},
    "callingHours": {
        "frequency": "WEEKLY",
        "timezone": "America/New_York",
        "days": [
            {"day": "MO", "start": "9:00 AM", "end": "12:00 PM"},
            {"day": "MO", "start": "1:00 PM", "end": "6:00 PM"},
            {"day": "SU", "start": "12:00 AM", "end": "11:59 PM"},
        ],
    },
    "dialingOrder": "FIFO",
    "maxAttemptsPerRecord": 3,
    "defaultRetryPeriod": 60,
    "maxRingTime": 30,
}
SCHEDULE = {"isSchedulingEnabled": False}


@pytest.mark.parametrize(
    ("campaign", "version", "own_keys"),
    [
        (
            v1(PREVIEW),
            ApiVersion.V1,
            {"queue_name": "Collections EN", "enableMachineDetect": True, "maxSkips": 0},
        ),
        (
            v1(PROGRESSIVE, "No"),
            ApiVersion.V1,
            {"queue_name": "Collections EN", "enableMachineDetect": False},
        ),
        (v1(AGENTLESS), ApiVersion.V1, {"experienceFlowName": "Payment flow", "enableMachineDetect": True}),
        (PREVIEW, ApiVersion.V2, {"queue_name": "Collections EN", "maxSkips": 0}),
        (PROGRESSIVE, ApiVersion.V2, {"queue_name": "Collections EN"}),
        (
            AGENTLESS,
            ApiVersion.V2,
            {"experienceFlowName": "Payment flow", "enableMachineDetect": "disconnect"},
        ),
    ],
    ids=lambda value: str(getattr(value, "dialing_mode", value)),
)
def test_each_mode_and_version_has_exactly_its_keys_in_sample_order(campaign, version, own_keys):
    dnc = {"dncLists": {"name": "DNC global"}} if version is ApiVersion.V2 else {}
    expected = {
        "name": "Loan reminder",
        "description": "Reminds customers",
        "contactLists": ["Loan holders", "Late payers"],
        **dnc,
        "priority": "5",
        "dialingMode": str(campaign.dialing_mode),
        "dialingStrategy": STRATEGY,
        "schedule": SCHEDULE,
        **own_keys,
        "campaignType": "voice",
    }

    payload = to_payload(campaign, version)

    assert json.dumps(payload.body) == json.dumps(expected)
    assert (payload.row, payload.name, payload.version, payload.campaign_id) == (
        5,
        "Loan reminder",
        version,
        None,
    )


@pytest.mark.parametrize(("word", "sent"), [("No", "no"), ("Detect", "detect"), ("Disconnect", "disconnect")])
def test_v2_detection_travels_as_a_lower_case_word(word, sent):
    payload = to_payload(replace(AGENTLESS, machine_detection=word), ApiVersion.V2)
    assert payload.body["enableMachineDetect"] == sent


def test_a_do_not_call_list_is_never_dropped_by_v1():
    with pytest.raises(AssertionError, match="dnc_list must be empty for Preview in v1"):
        to_payload(replace(PREVIEW, machine_detection="No"), ApiVersion.V1)


@pytest.mark.parametrize(
    ("campaign", "said"),
    [
        (replace(PREVIEW, dnc_list=None), "dnc_list must be given for Preview in v2"),
        (replace(PREVIEW, queue=None), "queue must be given for Preview in v2"),
        (replace(PREVIEW, max_skips=None), "max_skips must be given for Preview in v2"),
        (replace(PROGRESSIVE, max_skips=3), "max_skips must be empty for Progressive in v2"),
        (replace(PREVIEW, machine_detection="No"), "machine_detection must be empty for Preview in v2"),
        (replace(AGENTLESS, queue="Q"), "queue must be empty for Agentless in v2"),
        (replace(AGENTLESS, experience_flow=None), "experience_flow must be given for Agentless in v2"),
    ],
)
def test_campaign_that_breaks_the_rules_is_never_sent_in_part(campaign, said):
    with pytest.raises(AssertionError, match=said):
        to_payload(campaign, ApiVersion.V2)


@given(st.times())
def test_every_time_of_day_travels_in_twelve_hours_without_a_leading_zero(moment):
    hours = replace(OFFICE, blocks=(Block("MO", moment, time(23, 59)),))
    body = to_payload(replace(PREVIEW, calling_hours=hours), ApiVersion.V2).body

    sent = body["dialingStrategy"]["callingHours"]["days"][0]["start"]

    clock, half = sent.split(" ")
    hour, minute = clock.split(":")
    assert not hour.startswith("0")
    assert int(hour) in range(1, 13)
    assert int(hour) % 12 + (12 if half == "PM" else 0) == moment.hour
    assert minute == f"{moment.minute:02d}"


def test_numbers_travel_as_whole_numbers_and_the_priority_as_text():
    text = json.dumps(to_payload(PREVIEW, ApiVersion.V2).body)
    assert '"maxAttemptsPerRecord": 3, "defaultRetryPeriod": 60, "maxRingTime": 30' in text
    assert '"priority": "5"' in text
    assert '"maxSkips": 0' in text


def test_row_with_a_campaign_id_is_an_update_with_same_body():
    update = to_payload(replace(PREVIEW, campaign_id="cd-1"), ApiVersion.V2)
    assert update.campaign_id == "cd-1"
    assert update.updates
    assert update.body == to_payload(PREVIEW, ApiVersion.V2).body


def test_the_digest_knows_equal_content_wherever_its_row_stands():
    first = to_payload(PREVIEW, ApiVersion.V2)
    moved = to_payload(replace(PREVIEW, row=900), ApiVersion.V2)
    assert digest(first.body) == digest(moved.body)


def test_digest_is_the_same_for_a_create_and_an_update():
    created = to_payload(PREVIEW, ApiVersion.V2)
    changed = to_payload(replace(PREVIEW, campaign_id="cd-1"), ApiVersion.V2)
    assert digest(created.body) == digest(changed.body)


@pytest.mark.parametrize(
    "changed",
    [
        replace(PREVIEW, name="Loan Reminder"),
        replace(PREVIEW, contact_lists=("Late payers", "Loan holders")),
        replace(PREVIEW, max_skips=1),
        replace(PREVIEW, calling_hours=replace(OFFICE, timezone="Asia/Kolkata")),
    ],
)
def test_the_digest_tells_any_change_of_what_is_sent(changed):
    before, after = (to_payload(campaign, ApiVersion.V2) for campaign in (PREVIEW, changed))
    assert digest(before.body) != digest(after.body)


def test_the_digest_is_the_same_on_every_machine_and_day():
    assert digest(to_payload(PREVIEW, ApiVersion.V2).body) == (
        "dce4e678e306186bcd39b48702f1338ee76a8dc2f8317ab3e13c752fd81899a5"
    )
