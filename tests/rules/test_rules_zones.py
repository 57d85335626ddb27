"""Time zones: IANA names, and advice for everything that only looks like one."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

import zoneinfo
from datetime import datetime, time

import pytest
from support.workbooks.parsed import unproposed

from bulkload.rules.kinds.zones import ADVICE, BY_OFFSET, parse_zone
from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok, warning

REFUSED = {
    "EST",
    "MST",
    "HST",
    "CET",
    "MET",
    "EET",
    "WET",
    "GMT",
    "GMT0",
    "GMT+0",
    "GMT-0",
    "Factory",
    "localtime",
}
"""IANA's own names that no person means, or that say nothing of summer time."""
KNOWN = sorted(zoneinfo.available_timezones() - REFUSED)


def test_every_iana_name_but_the_abbreviations_is_taken_as_it_is():
    assert [parse_zone(name).value for name in KNOWN] == KNOWN


def test_a_name_in_another_case_is_sent_in_its_own():
    assert [parse_zone(name.upper()).value for name in KNOWN] == KNOWN
    assert [parse_zone(name.lower()).value for name in KNOWN] == KNOWN


def test_every_abbreviation_among_the_iana_names_is_refused():
    assert {name: parse_zone(name).value for name in REFUSED} == dict.fromkeys(REFUSED)


@pytest.mark.parametrize(
    "name", ["UTC", "Asia/Calcutta", "US/Eastern", "Singapore", "Japan", "GB", "EST5EDT"]
)
def test_utc_and_old_aliases_are_taken_as_typed(name):
    assert parse_zone(name) == ok(name)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("EST", "America/New_York (or America/Panama, which has no daylight saving time)"),
        ("est", "America/New_York (or America/Panama, which has no daylight saving time)"),
        ("E.S.T.", "America/New_York (or America/Panama, which has no daylight saving time)"),
        ("PST", "America/Los_Angeles"),
        ("IST", "Asia/Kolkata for India, Europe/Dublin for Ireland or Asia/Jerusalem for Israel"),
        ("CET", "Europe/Paris, Europe/Berlin or Europe/Madrid"),
        ("GMT", "UTC, or Europe/London for British time"),
        ("GMT+5:30", "Asia/Kolkata"),
        ("UTC+05:30", "Asia/Kolkata"),
        ("+0530", "Asia/Kolkata"),
        ("GMT +1", "Europe/Paris, Europe/Berlin or Europe/Madrid, or Africa/Lagos"),
        ("UTC-5", "America/New_York or America/Bogota"),
        ("UTC−05:00", "America/New_York or America/Bogota"),
        ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York or America/Bogota"),
        ("GMT+0", "UTC, or Europe/London for British time"),
        ("UTC+13", "a name in the form Region/City"),
        ("Eastern Standard Time", "America/New_York"),
        ("Eastern Time", "America/New_York"),
        ("India Standard Time", "Asia/Kolkata"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Germany", "Europe/Berlin"),
    ],
)
def test_what_only_looks_like_a_zone_is_refused_with_names(typed, advice):
    assert unproposed(parse_zone(typed)) == invalid(messages.ZONE_ABBREVIATION, advice=advice)


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("America/NewYork", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("New York", "America/New_York"),
        ("Amercia/New_York", "America/New_York"),
        ("Europe/Londn", "Europe/London"),
        ("Asia/Kolkatta", "Asia/Kolkata"),
        ("Kolkata", "Asia/Kolkata"),
        ("Asia/Delhi", "Asia/Kolkata"),
        ("Europe/Munich", "Europe/Berlin"),
        ("Europe/New_York", "America/New_York"),
    ],
)
def test_a_near_miss_is_asked_about(typed, hint):
    assert unproposed(parse_zone(typed)) == invalid(messages.NOT_A_ZONE, hint=f' Did you mean "{hint}"?')


@pytest.mark.parametrize(
    "cell", ["Mars/Olympus", "local", "-", "n/a", 5, 5.5, True, datetime(2026, 12, 1), "Factory"]
)
def test_anything_else_is_not_known(cell):
    assert parse_zone(cell) == invalid(messages.NOT_A_ZONE, hint="")


@pytest.mark.parametrize(
    ("name", "offset"),
    [("Etc/GMT+5", "5 hours behind"), ("Etc/GMT-1", "1 hour ahead of"), ("Etc/GMT+12", "12 hours behind")],
)
def test_a_reversed_zone_is_taken_with_a_warning(name, offset):
    assert parse_zone(name) == warning(name, messages.ZONE_REVERSED, offset=offset)


def test_all_advice_names_zones_that_exist():
    advised = [word.strip("(),") for text in (*ADVICE.values(), *BY_OFFSET.values()) for word in text.split()]
    names = {word for word in advised if "/" in word or word == "UTC"}
    assert names - zoneinfo.available_timezones() == set()
    assert all(parse_zone(name).value == name for name in names)


def test_the_names_advised_for_an_offset_have_it():
    moments = [datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12)]
    for minutes, text in BY_OFFSET.items():
        for name in (word.strip(",") for word in text.split() if "/" in word):
            offsets = {moment.replace(tzinfo=zoneinfo.ZoneInfo(name)).utcoffset() for moment in moments}
            assert minutes in {offset.total_seconds() / 60 for offset in offsets}, name


@pytest.mark.parametrize(
    ("typed", "advice", "proposals"),
    [
        (
            "UTC 08:00",
            "Asia/Singapore for +8:00 or America/Los_Angeles for -8:00",
            ("Asia/Singapore", "America/Los_Angeles"),
        ),
        (
            "GMT5:30",
            "Asia/Kolkata for +5:30",
            ("Asia/Kolkata",),
        ),
        (
            "(UTC 05:00) Eastern Time",
            "Asia/Karachi for +5:00 or America/New_York for -5:00",
            ("Asia/Karachi", "America/New_York"),
        ),
        ("utc 13", "a name in the form Region/City", ()),
    ],
)
def test_an_offset_without_its_sign_is_refused_with_both_hemispheres(typed, advice, proposals):
    assert parse_zone(typed) == invalid(messages.ZONE_NO_SIGN, advice=advice, proposals=proposals)


@pytest.mark.parametrize(
    "cell", ["9:00", "09:00 AM", "9am", "18h30", "noon", time(9), datetime(1899, 12, 30, 9)]
)
def test_a_time_in_the_column_of_zones_is_called_a_time(cell):
    assert parse_zone(cell) == invalid(messages.ZONE_IS_TIME)


@pytest.mark.parametrize(
    ("typed", "proposals"),
    [
        ("EST", ("America/New_York", "America/Panama")),
        ("GMT", ("UTC", "Europe/London")),
        ("GMT+5:30", ("Asia/Kolkata",)),
        ("Kolkata", ("Asia/Kolkata",)),
        ("UTC+13", ()),
        ("local", ()),
    ],
)
def test_the_names_that_may_be_meant_are_proposed(typed, proposals):
    assert parse_zone(typed).proposals == proposals


@pytest.mark.parametrize("name", ["Etc/UTC", "Etc/GMT", "Etc/Greenwich"])
def test_a_zone_without_a_place_is_taken_with_a_warning(name):
    assert parse_zone(name) == warning(name, messages.ZONE_FIXED)
