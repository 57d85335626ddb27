"""One mapping between a campaign and the API's JSON: what is sent is read back, and every printed sample is read."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks.campaigns import CASES, DAYS, campaigns

from bulkload.columns import AS_IT_IS, CAMPAIGN_COLUMNS
from bulkload.kore.body import from_body, to_body, to_payload
from bulkload.kore.converters import time_of
from bulkload.kore.remote import is_sms, merge, read_document, read_listing_row, read_source
from bulkload.model import ApiVersion, Block, CallingHours, Campaign, DialingMode, RemoteCampaign

V1, V2 = ApiVersion.V1, ApiVersion.V2
SAMPLES = Path(__file__).parents[1] / "api_samples"
ORIGINALS = Path(__file__).parents[3] / "shared" / "api-samples"
OFFICE = CallingHours("", "WEEKLY", "Asia/Kolkata", tuple(Block(day, time(9), time(18)) for day in DAYS[:5]))


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def without_name(hours: CallingHours | None) -> CallingHours | None:
    return hours and replace(hours, name="")


# --- both ways -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("version", "mode"), CASES)
@settings(max_examples=150)
@given(data=st.data())
def test_body_maps_back_to_the_campaign_in_every_column_with_key(version, mode, data):
    campaign = data.draw(campaigns(version, mode))

    remote = from_body(json.loads(json.dumps(to_body(campaign, version))), version)

    columns = [column.field for column in CAMPAIGN_COLUMNS if column.key and column.field != "calling_hours"]
    assert {field: getattr(remote, field) for field in columns} == {
        field: getattr(campaign, field) for field in columns
    }
    assert remote.calling_hours == without_name(campaign.calling_hours)


def campaign_of(version: ApiVersion, mode: DialingMode, **values: Any) -> Campaign:
    """The campaign of the samples, as a row asks for it."""
    known: dict[str, Any] = {
        "row": 2,
        "name": "Service Renewal Outreach Campaign61",
        "description": "Connects customers with live agents to assist with upcoming service renewals using "
        "progressive dialing. Ensures personalized support and improved engagement.",
        "dialing_mode": mode,
        "contact_lists": ("CL Only 2020 Dec 4",),
        "caller_id": "+181633xxxxx",
        "calling_hours": OFFICE,
        "priority": 5,
        "dialing_order": "FIFO",
        "max_attempts": 3,
        "retry_period": 10,
        "max_ring_time": 30,
        "dnc_list": "DNC CL Dec 4" if version is V2 else None,
    }
    return Campaign(**(known | values))


FEEDBACK = (
    "This voice campaign collects quick feedback on recent purchases. It asks brief questions on satisfaction, "
    "usage, and suggestions to help improve future products and customer experience."
)
REQUESTS = [
    (
        "create-progressive-v1.request",
        V1,
        campaign_of(
            V1,
            DialingMode.PROGRESSIVE,
            name="Service Renewal Outreach Campaign",
            contact_lists=("Recent Buyers - Q2 2025",),
            caller_id="+1812345678",
            queue="Default Queue",
            machine_detection="No",
        ),
    ),
    (
        "create-progressive-v2.request",
        V2,
        campaign_of(V2, DialingMode.PROGRESSIVE, queue="Default Queue"),
    ),
    (
        "create-agentless-v2.request",
        V2,
        campaign_of(
            V2,
            DialingMode.AGENTLESS,
            name="Product Feedback Voice Campaign-3.41",
            description=FEEDBACK,
            caller_id="+148465xxxxx",
            experience_flow="Voice Survey Entry Flow",
            machine_detection="No",
        ),
    ),
    (
        "update-voice-v2.request",
        V2,
        campaign_of(
            V2,
            DialingMode.AGENTLESS,
            name="Product Feedback Voice Campaign-3.5",
            description=f"{FEEDBACK}qqq2",
            caller_id="+148465xxxxx",
            experience_flow="Voice Survey Entry Flow",
            machine_detection=AS_IT_IS,
            campaign_id="cd-10c85a3-57a3-4d2d-aad4-b09344axxxxx",
        ),
    ),
    (
        "update-voice-v1-stopped-june2025.request",
        V1,
        campaign_of(
            V1,
            DialingMode.PREVIEW,
            name="Voice From API- With Preview Dialing Mode- 2",
            description="Voice From API - With Preview Dialing Mode and queue- 2 - Updated Description",
            contact_lists=("APIContctList",),
            caller_id="+1765432101",
            queue="Default Queue",
            machine_detection="No",
            max_skips=3,
            max_attempts=1,
            retry_period=1,
            max_ring_time=21,
            campaign_id="cd-0e0475b-a418-400d-9164-21eb7e89xxxx",
        ),
    ),
]


@pytest.mark.parametrize(("name", "version", "campaign"), REQUESTS, ids=[name for name, *_ in REQUESTS])
def test_every_printed_request_is_what_its_campaign_sends_and_is_read_back(name, version, campaign):
    printed = sample(name)
    assert to_body(campaign, version) == printed
    assert from_body(printed, version) == replace(
        from_body(to_body(campaign, version), version),
        machine_detection=None if campaign.machine_detection == AS_IT_IS else campaign.machine_detection,
    )


def test_unchanged_detection_is_omitted_in_an_update_and_refused_in_create():
    (_, version, campaign) = REQUESTS[3]
    assert "enableMachineDetect" not in to_payload(campaign, version).body
    with pytest.raises(AssertionError, match="machine_detection must be given to create a campaign"):
        to_payload(replace(campaign, campaign_id=None), version)


# --- answers -------------------------------------------------------------------------------------------


def remote(campaign_id: str, name: str, **values: Any) -> RemoteCampaign:
    known: dict[str, Any] = {
        "calling_hours": OFFICE,
        "priority": 5,
        "dialing_order": "FIFO",
        "max_attempts": 3,
        "retry_period": 10,
        "max_ring_time": 30,
        "has_document": True,
        "status": "Ready",
    }
    return RemoteCampaign(campaign_id, name, **(known | values))


def moment(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)


RENEWAL = campaign_of(V2, DialingMode.PROGRESSIVE).description
ANSWERS = [
    (
        "create-progressive-v1.answer",
        V1,
        remote(
            "cd-26d3ec6-e1ec-4abd-a21c-3109795exxxx",
            "Service Renewal Outreach Campaign",
            description=RENEWAL,
            status="Preparing",
            dialing_mode="Progressive",
            contact_lists=("Recent Buyers - Q2 2025",),
            caller_id="+1812345678",
            machine_detection="No",
            created_at=moment("2025-06-26 10:44:10.322"),
            updated_at=moment("2025-06-26 10:44:10.322"),
        ),
    ),
    (
        "create-progressive-v2.answer",
        V2,
        remote(
            "cd-a1e45a7-e8ba-4e97-a339-476ebc7xxxxx",
            "Service Renewal Outreach Campaign61",
            description=RENEWAL,
            status="Preparing",
            dialing_mode="Progressive",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+181633xxxxx",
            created_at=moment("2025-12-04 10:50:56.762"),
            updated_at=moment("2025-12-04 10:50:56.762"),
        ),
    ),
    (
        "create-agentless-v2.answer",
        V2,
        remote(
            "cd-9e14b72-88cc-4544-9a98-7aee9b7xxxxx",
            "Product Feedback Voice Campaign-3.41",
            description=FEEDBACK,
            status="Preparing",
            dialing_mode="Agentless",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+148465xxxxx",
            machine_detection="No",  # answered as false
            created_at=moment("2025-12-08 05:29:38.298"),
            updated_at=moment("2025-12-08 05:29:38.298"),
        ),
    ),
    (
        "update-voice-v1-stopped-june2025.answer",
        V1,
        remote(
            "cd-0e0475b-a418-400d-9164-21eb7e89xxxx",
            "Voice From API- With Preview Dialing Mode- 2",
            description="Voice From API - With Preview Dialing Mode and queue- 2 - Updated Description",
            status="Stopped",
            dialing_mode="Preview",
            contact_lists=("APIContctList",),
            caller_id="+1765432101",
            max_skips=3,
            machine_detection="No",
            max_attempts=1,
            retry_period=1,
            max_ring_time=21,
            created_at=moment("2025-06-26 06:05:50.301"),
            updated_at=moment("2025-06-26 16:05:24.326"),
            campaign_instance_id="cid-7469a7a-d009-438c-94a1-d8620197xxxx",
        ),
    ),
    (
        "update-voice-v2.answer",
        V2,
        remote(
            "cd-10c85a3-57a3-4d2d-aad4-b09344axxxxx",
            "Product Feedback Voice Campaign-3.5",
            description=f"3{FEEDBACK}qqq2",
            dialing_mode="Agentless",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+148465xxxxx",
            max_skips=1,
            created_at=moment("2025-12-04 09:51:32.985"),
            updated_at=moment("2025-12-04 11:19:47.030"),
        ),
    ),
    (
        "get-voice-v2.answer",
        V2,
        remote(
            "cd-9e14b72-88cc-4544-9a98-7aee9b7xxxxx",
            "Product Feedback Voice Campaign-3.41",
            description=FEEDBACK.split(" It asks", maxsplit=1)[0],
            dialing_mode="Agentless",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+148465xxxxx",
            created_at=moment("2025-12-08 05:29:38.298"),
            updated_at=moment("2025-12-08 05:32:10.977"),
        ),
    ),
    (
        "get-voice-v2.unshortened.answer",
        V2,
        remote(
            "cd-9e14b72-88cc-4544-9a98-7aee9b7xxxxx",
            "Product Feedback Voice Campaign-3.41",
            description=FEEDBACK,
            dialing_mode="Agentless",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+148465xxxxx",
            created_at=moment("2025-12-08 05:29:38.298"),
            updated_at=moment("2025-12-08 05:32:10.977"),
        ),
    ),
    (
        "delete-voice-v1.answer",
        V1,
        remote(
            "cd-2129073-58d9-44d5-a5d1-454b1220xxxx",
            "Billing Reminder Voice Campaign2",
            description="Progressive dialing campaign to notify customers about pending bill payments. Connects to "
            "an agent if available; otherwise, a voice bot shares payment details",
            status="Stopped",
            dialing_mode="Preview",
            contact_lists=("Recent Buyers - Q2 2025",),
            caller_id="+18123456789",
            max_skips=1,
            machine_detection="No",
            created_at=moment("2025-06-26 09:11:00.612"),
            updated_at=moment("2025-06-26 11:41:42.569"),
            campaign_instance_id="cid-700c76d-6bb6-47ce-b2d0-58541769xxxx",
        ),
    ),
    (
        "delete-voice-v2.answer",
        V2,
        remote(
            "cd-a1e45a7-e8ba-4e97-a339-476ebc7xxxxx",
            "Service Renewal Outreach Campaign61",
            description=RENEWAL,
            dialing_mode="Progressive",
            contact_lists=("CL Only 2020 Dec 4",),
            dnc_list="DNC CL Dec 4",
            caller_id="+181633xxxxx",
            created_at=moment("2025-12-04 10:50:56.762"),
            updated_at=moment("2025-12-05 06:31:23.308"),
        ),
    ),
]


@pytest.mark.parametrize(("name", "version", "expected"), ANSWERS, ids=[name for name, *_ in ANSWERS])
def test_every_printed_answer_about_a_voice_campaign_is_read_value_for_value(name, version, expected):
    document = sample(name)["data"]
    assert read_document(document, version) == expected
    assert read_source(json.loads(json.dumps(expected_source(document))), version) == expected


def expected_source(document: dict[str, Any]) -> Any:
    """What a journal keeps of a campaign is the JSON itself."""
    read = read_document(document, V2)
    assert read is not None
    return read.source


ROWS = [
    # name, id, mode, priority, dnc, connection, status, instance
    ("list-voice-v2.answer", V2, 5),
    ("list-voice-v1-june2025.answer", V1, 10),
]


@pytest.mark.parametrize(("name", "version", "count"), ROWS)
def test_every_row_of_the_printed_listings_is_read_value_for_value(name, version, count):
    rows = sample(name)["data"]["results"]
    assert len(rows) == count
    for row in rows:
        assert read_listing_row(row, version) == RemoteCampaign(
            campaign_id=row["_id"],
            name=row["name"],
            description=row["description"],
            status=row["status"],
            dialing_mode=row["dialingMode"],
            priority=int(row["priority"]),
            dnc_list=row["dncLists"]["name"] if "dncLists" in row else None,
            contact_lists=tuple(row["contactLists"]),
            connection=row["connection"],
            created_at=datetime.fromisoformat(row["createdAt"]),
            updated_at=datetime.fromisoformat(row["updatedAt"]),
            campaign_instance_id=row.get("campaignInstanceId"),
        )


@pytest.mark.parametrize(
    "name",
    [
        "get-voice-v1.answer",
        "create-sms-v2.answer",
        "update-sms-v2-without-dnc.answer",
        "list-sms-v1.answer",
        "list-sms-v2.answer",
    ],
)
def test_printed_sms_campaigns_are_recognised_and_not_read_as_voice(name):
    data = sample(name)["data"]
    documents = data.get("results", [data])
    assert documents
    assert all(is_sms(document) for document in documents)
    assert [read_document(document, V2) for document in documents] == [None] * len(documents)


def test_a_listing_row_and_its_document_make_the_full_picture():
    row = read_listing_row(
        {"_id": "cd-1", "name": "Old", "dialingMode": "Agentless", "connection": "Flow 2", "priority": "3",
         "dncLists": {"name": "Gone"}, "campaignInstanceId": "cid-1", "isFiltersEnabled": True, "status": "Ready"},
        V2,
    )  # fmt: skip
    document = read_document(
        {"_id": "cd-1", "name": "New", "dialingMode": "Agentless", "status": "Stopped",
         "dialingStrategy": {"callerId": {"phoneNumber": "+1"}, "callingHours": {
             "frequency": "WEEKLY", "timezone": "UTC", "days": [{"day": "MO", "start": "9:00 AM", "end": "5:00 PM"}]}}},
        V2,
    )  # fmt: skip
    assert row is not None
    assert document is not None
    assert not row.has_document
    assert merge(row, document, V2) == replace(
        document,
        connection="Flow 2",
        campaign_instance_id="cid-1",
        has_filters=True,
        not_expressible=("filters",),
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"dialingStrategy": None},
        {"dialingStrategy": {"callerId": {"phoneNumber": "+1"}}},
        {"dialingStrategy": {"callingHours": {"days": []}}},
        {"_id": None},
        {"_id": 7},
        {"name": None},
        {"name": ""},
    ],
)
def test_a_document_without_its_id_name_caller_or_hours_tells_nothing(changed):
    assert read_document(sample("get-voice-v2.answer")["data"] | changed, V2) is None


HOURS = {
    "frequency": "WEEKLY",
    "timezone": "UTC",
    "days": [{"day": "MO", "start": "9:00 AM", "end": "5:00 PM"}],
}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"dialingMode": "Power"}, 'the dialing mode "Power"'),
        ({"dialingMode": "Predictive"}, 'the dialing mode "Predictive"'),
        ({"isFiltersEnabled": True}, "filters"),
        ({"schedule": {"isSchedulingEnabled": True}}, "a schedule"),
        ({"schedule": {"isSchedulingEnabled": False, "isRecurrenceEnabled": True}}, "a schedule"),
        ({"contactLists": [f"List {number}" for number in range(11)]}, "11 contact lists"),
        ({"dncLists": [{"name": "A"}, {"name": "B"}]}, "2 DNC lists"),
        ({"hours": HOURS | {"frequency": "MONTHLY"}}, 'the frequency "MONTHLY"'),
        ({"hours": HOURS | {"days": []}}, "calling hours of another form than a workbook's"),
        ({"hours": HOURS | {"days": "MO"}}, "calling hours of another form than a workbook's"),
        ({"hours": HOURS | {"days": [{"day": "XX", "start": "9:00 AM", "end": "5:00 PM"}]}},
         "calling hours of another form than a workbook's"),
        ({"hours": HOURS | {"days": [{"day": "MO", "start": "10:00 PM", "end": "2:00 AM"}]}},
         "calling hours of another form than a workbook's"),
        ({"priority": "High"}, "High as Priority"),
        ({"maxSkips": {"most": 3}}, "{'most': 3} as Max skips"),
    ],
)  # fmt: skip
def test_what_no_workbook_can_express_is_named(changed, said):
    document = sample("get-voice-v2.answer")["data"]
    if hours := changed.get("hours"):
        document["dialingStrategy"]["callingHours"] = hours
    found = read_document(document | changed, V2)
    assert found is not None
    assert found.not_expressible == (said,)


@pytest.mark.parametrize(
    ("text", "is_end", "expected"),
    [
        ("9:00 AM", False, time(9)),
        ("09:00 AM", False, time(9)),
        ("9:00am", False, time(9)),
        ("12:00 AM", False, time(0)),
        ("12:30 PM", False, time(12, 30)),
        ("18:05", False, time(18, 5)),
        ("11:59 PM", True, time(23, 59)),
        ("11:59:59.999 PM", True, time(23, 59)),
        ("11:59:59.999 PM", False, None),
        ("5:59:59 PM", True, None),
        ("13:00 PM", True, None),
        ("0:00 AM", False, None),
        ("24:00", True, None),
        ("9:60 AM", False, None),
        ("9 AM", False, None),
        (900, False, None),
        (None, False, None),
    ],
)
def test_a_time_is_read_as_the_platform_writes_it_and_never_guessed(text, is_end, expected):
    assert time_of(text, is_end=is_end) == expected


def test_the_samples_of_the_tests_are_those_of_the_documents():
    if not ORIGINALS.is_dir():
        pytest.skip("the original samples are not beside this checkout")
    assert {path.name: path.read_bytes() for path in SAMPLES.iterdir()} == {
        path.name: path.read_bytes() for path in ORIGINALS.iterdir()
    }
