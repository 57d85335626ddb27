"""What differs between a row and its campaign: the table of kinds, and what is no difference at all."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks.campaigns import CASES, campaigns

from bulkload.columns import AS_IT_IS, CAMPAIGN_COLUMNS
from bulkload.kore.body import from_body, to_body
from bulkload.kore.remote import merge, read_document, read_listing_row
from bulkload.model import (
    ApiVersion,
    Block,
    CallingHours,
    Campaign,
    DialingMode,
    Difference,
    DifferenceKind,
    RemoteCampaign,
)
from bulkload.run.compare import COMPARED_COLUMNS, IMPORTANCE, contradictions, differences, is_equal
from bulkload.run.normalise import names_match_widely

OFFICE = CallingHours(
    "Office", "WEEKLY", "America/New_York", tuple(Block(day, time(9), time(18)) for day in ("MO", "TU", "WE"))
)
ROW = Campaign(
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
FLOW = replace(
    ROW,
    dialing_mode=DialingMode.AGENTLESS,
    queue=None,
    max_skips=None,
    experience_flow="Payment flow",
    machine_detection="Detect",
)
THERE = from_body(to_body(ROW, ApiVersion.V2), ApiVersion.V2)
"""The account has what the row wants."""
LISTED = replace(
    THERE,
    **dict.fromkeys(
        (
            "calling_hours",
            "caller_id",
            "dialing_order",
            "max_attempts",
            "retry_period",
            "max_ring_time",
            "max_skips",
        )
    ),
    has_document=False,
)
"""The same, as a listing row alone shows it."""


def kinds(desired: Any, base: RemoteCampaign | None, actual: RemoteCampaign) -> dict[str, str]:
    return {one.field: str(one.kind) for one in differences(desired, base, actual)}


# --- the table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "sent", "there", "kind"),
    [
        (3, 3, 3, None),
        (3, 4, 3, None),
        (3, None, 3, None),
        (5, 3, 3, "change"),
        (5, None, 3, "unknown_base"),
        (3, 3, 4, "drift"),
        (5, 3, 4, "both"),
    ],
)
def test_each_cell_of_the_table_of_desired_sent_and_actual(wanted, sent, there, kind):
    base = None if sent is None else replace(THERE, max_attempts=sent)
    found = differences(replace(ROW, max_attempts=wanted), base, replace(THERE, max_attempts=there))
    if kind is None:
        assert found == ()
        return
    sent_text = None if sent is None else str(sent)
    assert found == (
        Difference("max_attempts", "Max attempts", str(there), str(wanted), sent_text, DifferenceKind(kind)),
    )


@pytest.mark.parametrize(
    ("sent", "kind"),
    [(None, "unreadable"), ("Detect", "unreadable"), ("No", "change")],
)
def test_unreadable_detection_is_a_change_only_if_the_row_differs(sent, kind):
    there = from_body(to_body(FLOW, ApiVersion.V2), ApiVersion.V2)
    base = sent and replace(there, machine_detection=sent)
    assert differences(FLOW, base, replace(there, machine_detection=None)) == (
        Difference(
            "machine_detection", "Answering machine detection", None, "Detect", sent, DifferenceKind(kind)
        ),
    )


def test_detection_as_it_is_never_differs():
    there = from_body(to_body(FLOW, ApiVersion.V2), ApiVersion.V2)
    row = replace(FLOW, machine_detection=AS_IT_IS, campaign_id="cd-1")
    assert differences(row, None, replace(there, machine_detection="No")) == ()
    assert differences(row, None, replace(there, machine_detection=None)) == ()


def test_missing_do_not_call_list_is_a_difference_and_not_unreadable():
    assert kinds(ROW, THERE, replace(THERE, dnc_list=None)) == {"dnc_list": "drift"}
    assert kinds(ROW, None, replace(THERE, dnc_list=None)) == {"dnc_list": "unknown_base"}


def test_a_key_that_was_never_sent_has_an_unknown_base():
    assert kinds(ROW, replace(THERE, dnc_list=None), replace(THERE, dnc_list="Other")) == {
        "dnc_list": "unknown_base"
    }


def test_another_mode_shows_what_the_row_wants_instead():
    there = from_body(to_body(FLOW, ApiVersion.V2), ApiVersion.V2)
    found = differences(ROW, there, there)
    assert {(one.field, one.actual, one.desired) for one in found} == {
        ("dialing_mode", "Agentless", "Preview"),
        ("queue", None, "Collections EN"),
        ("max_skips", None, "0"),
    }


def test_a_document_without_its_listing_row_says_nothing_of_the_queue():
    assert kinds(ROW, None, replace(THERE, connection=None)) == {"queue": "unreadable"}


def test_differences_are_ordered_by_importance_and_cover_every_sent_column():
    other = replace(
        THERE,
        name="Other",
        priority=1,
        caller_id="+1",
        calling_hours=replace(OFFICE, timezone="Asia/Kolkata"),
        contact_lists=("Others",),
    )
    assert list(kinds(ROW, None, other)) == [
        "contact_lists",
        "calling_hours",
        "caller_id",
        "priority",
        "name",
    ]
    assert sorted(IMPORTANCE) == sorted(column.field for column in CAMPAIGN_COLUMNS if column.key)
    assert [column.field for column in COMPARED_COLUMNS] == list(IMPORTANCE)


# --- a listing row alone -------------------------------------------------------------------------------


def test_a_listing_row_alone_is_compared_in_what_it_shows():
    assert differences(ROW, None, LISTED) == ()
    changed = replace(
        LISTED,
        name="Other",
        description="Other",
        dialing_mode="Progressive",
        priority=1,
        dnc_list="Other",
        contact_lists=("Other",),
        connection="Other",
    )
    assert set(kinds(ROW, None, changed)) == {
        "name",
        "description",
        "dialing_mode",
        "priority",
        "dnc_list",
        "contact_lists",
        "queue",
    }


def test_what_a_listing_row_does_not_show_is_not_compared():
    assert differences(ROW, THERE, RemoteCampaign("cd-1", "Loan reminder")) == ()


# --- normalised ----------------------------------------------------------------------------------------


def hours(
    *blocks: tuple[str, str, str], zone: str = "America/New_York", frequency: str = "WEEKLY"
) -> CallingHours:
    made = (Block(day, time.fromisoformat(start), time.fromisoformat(end)) for day, start, end in blocks)
    return CallingHours("", frequency, zone, tuple(made))


MONDAY = hours(("MO", "09:00", "18:00"))


@pytest.mark.parametrize(
    ("field", "wanted", "there"),
    [
        ("contact_lists", ("A", "B"), ("b ", "A")),
        ("dnc_list", "DNC Global", "dnc  global"),
        ("queue", "Größe", "GRÖSSE"),
        ("caller_id", "+14155550123", "+1 (415) 555-0123"),
        ("caller_id", "sip:Anna@PBX.example", "sip:anna@pbx.example"),
        ("description", "Hello\u00e9 you", "Hello\u0065\u0301  you "),
        ("priority", 5, None),
        ("dialing_order", "FIFO", "fifo"),
        ("dialing_mode", DialingMode.PREVIEW, "preview"),
        ("calling_hours", MONDAY, replace(MONDAY, frequency="weekly")),
        (
            "calling_hours",
            hours(("MO", "09:00", "12:00"), ("MO", "12:00", "18:00"), ("TU", "09:00", "10:00")),
            hours(("TU", "09:00", "10:00"), ("MO", "09:00", "18:00")),
        ),
        ("calling_hours", replace(MONDAY, timezone="US/Eastern"), MONDAY),
        (
            "calling_hours",
            replace(MONDAY, timezone="Asia/Calcutta"),
            replace(MONDAY, timezone="Asia/Kolkata"),
        ),
        ("calling_hours", replace(MONDAY, timezone="UTC"), replace(MONDAY, timezone="Etc/UTC")),
    ],
)
def test_what_means_the_same_is_no_difference_in_either_direction(field, wanted, there):
    attribute = "connection" if field == "queue" else field
    assert kinds(replace(ROW, **{field: wanted}), None, replace(THERE, **{attribute: there})) == {}
    if there is not None:
        assert kinds(replace(ROW, **{field: there}), None, replace(THERE, **{attribute: wanted})) == {}


@pytest.mark.parametrize(
    ("field", "wanted", "there"),
    [
        ("contact_lists", ("A", "B"), ("A",)),
        ("contact_lists", ("A",), ()),
        ("queue", "Sales", "Sales 2"),
        ("caller_id", "+14155550123", "14155550123"),
        ("name", "Welcome", "welcome"),
        ("calling_hours", MONDAY, hours(("MO", "09:00", "17:59"))),
        ("calling_hours", MONDAY, hours(("TU", "09:00", "18:00"))),
        ("calling_hours", MONDAY, replace(MONDAY, timezone="America/Chicago")),
        ("calling_hours", MONDAY, replace(MONDAY, frequency="DAILY")),
        ("calling_hours", hours(("MO", "09:00", "12:00"), ("MO", "13:00", "18:00")), MONDAY),
    ],
)
def test_what_means_something_else_is_a_difference(field, wanted, there):
    attribute = "connection" if field == "queue" else field
    assert kinds(replace(ROW, **{field: wanted}), None, replace(THERE, **{attribute: there})) == {
        field: "unknown_base"
    }


@pytest.mark.parametrize(
    ("calling_hours", "text"),
    [
        (OFFICE, "Mon-Wed 9:00 AM-6:00 PM (America/New_York)"),
        (
            hours(
                ("MO", "09:00", "12:00"),
                ("MO", "13:00", "23:59"),
                ("WE", "00:00", "12:30"),
                ("TH", "00:00", "12:30"),
                frequency="DAILY",
            ),
            "DAILY Mon 9:00 AM-12:00 PM and 1:00 PM-midnight, Wed-Thu 12:00 AM-12:30 PM (America/New_York)",
        ),
    ],
)
def test_calling_hours_are_shown_as_people_say_them(calling_hours, text):
    (found,) = differences(
        ROW, None, replace(THERE, calling_hours=replace(calling_hours, timezone="Asia/Tokyo"))
    )
    assert found.actual == text.replace("America/New_York", "Asia/Tokyo")
    assert found.desired == "Mon-Wed 9:00 AM-6:00 PM (America/New_York)"


# --- telling campaigns apart ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "headings"),
    [
        ({"name": "Quite another"}, ()),
        ({"description": "Quite another", "max_attempts": 9, "priority": 1}, ()),
        ({"contact_lists": ("Late payers!", "LOAN-HOLDERS")}, ()),
        ({"contact_lists": ("Loan holders",)}, ("Contact lists",)),
        ({"dnc_list": "DNC local"}, ("DNC list",)),
        ({"connection": "Collections DE"}, ("Queue",)),
        ({"caller_id": "+14155550199"}, ("Caller ID",)),
        ({"calling_hours": replace(OFFICE, timezone="Asia/Tokyo")}, ("Calling hours",)),
    ],
)
def test_contradictions_show_that_a_campaign_cannot_belong_to_a_row(changed, headings):
    assert contradictions(ROW, replace(THERE, **changed)) == headings


@pytest.mark.parametrize("extra", ["a schedule", "filters", 'the dialing mode "Power"'])
def test_a_campaign_with_something_that_no_workbook_can_express_is_not_equal(extra):
    assert is_equal(ROW, THERE)
    assert not is_equal(ROW, replace(THERE, not_expressible=(extra,)))


def test_difference_makes_a_campaign_unequal_and_an_unreadable_value_does_not():
    assert not is_equal(ROW, replace(THERE, max_attempts=9))
    assert is_equal(ROW, replace(THERE, connection=None))


def test_a_listing_row_contradicts_only_in_what_it_shows():
    assert contradictions(ROW, LISTED) == ()
    assert contradictions(ROW, RemoteCampaign("cd-1", "Other")) == ()
    assert contradictions(ROW, replace(LISTED, dialing_mode="Agentless")) == ("Dialing mode",)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("A & B", "A &amp; B"),
        ("\uff37elcome", "Welcome"),
        ("\u201cQuoted\u201d \u2013 dash", '"Quoted" - dash'),
        ("x" * 40 + "é" * 8, "x" * 40 + "é" * 4),
        ("Reminder for customers in arrears since May", "Reminder for customers in arre"),  # 30 bytes
        ("Café", "Cafe"),
        ("Café", "Caf"),
        ("Hello \U0001f600 you", "Hello you"),
        ("North/South", "North-South"),
        ("Straße", "STRASSE"),
        ("???", "???"),
    ],
)
def test_a_name_that_a_service_stored_otherwise_is_recognised(sent, shown):
    assert names_match_widely(sent, shown)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Reminder for customers in arrears since May", "Reminder for customers in arr"),
        ("Welcome 1", "Welcome 2"),
        ("Loan reminder December", "Loan reminder"),
        ("Welcome", "Wel"),
        ("???", "!!!"),
        ("Welcome", "Welcome 2"),
        ("\U0001f600", ""),
    ],
)
def test_another_name_is_another_name(sent, shown):
    assert not names_match_widely(sent, shown)


# --- the golden law ------------------------------------------------------------------------------------


def as_the_service_shows(body: dict[str, Any], version: ApiVersion) -> tuple[dict[str, Any], dict[str, Any]]:
    """A listing row and a document of this body, in the shapes of the printed samples."""
    facts = {
        "_id": "cd-b2c1690-0a1b-497c-9326-1bdd22912345",
        "name": body["name"],
        "description": body["description"],
        "priority": body["priority"],
        "dialingMode": body["dialingMode"],
        "status": "Ready",
        "contactLists": body["contactLists"],
        "schedule": {"isSchedulingEnabled": False, "isRecurrenceEnabled": False},
    }
    if "dncLists" in body:
        facts["dncLists"] = {"id": "cl-1", **body["dncLists"]}
    strategy = json.loads(json.dumps(body["dialingStrategy"]))
    strategy["callingHours"]["days"].reverse()
    document = facts | {"dialingStrategy": strategy | {"useSystemMappings": False}}
    if "maxSkips" in body:
        document["maxSkips"] = body["maxSkips"]
    if version is ApiVersion.V1:
        document["enableMachineDetect"] = body["enableMachineDetect"]
    return facts | {"connection": body.get("queue_name") or body["experienceFlowName"]}, document


@pytest.mark.parametrize(("version", "mode"), CASES)
@settings(max_examples=340)
@given(data=st.data())
def test_reading_what_was_just_written_shows_no_difference(version, mode, data):
    campaign = data.draw(campaigns(version, mode))
    body = to_body(campaign, version)
    listing_row, document = (json.loads(json.dumps(one)) for one in as_the_service_shows(body, version))
    row, whole = read_listing_row(listing_row, version), read_document(document, version)
    assert row is not None
    assert whole is not None

    base, actual = from_body(body, version), merge(row, whole, version)

    cannot_be_read = (
        {"machine_detection"} if body.get("enableMachineDetect") in {"no", "detect", "disconnect"} else set()
    )
    assert set(kinds(campaign, base, actual)) == cannot_be_read
    assert set(kinds(base, base, actual)) == cannot_be_read
    assert is_equal(campaign, actual)
    assert differences(campaign, base, row) == ()
    assert contradictions(campaign, actual) == ()
    assert actual.not_expressible == ()
