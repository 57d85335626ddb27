"""Time zones: IANA names, and advice for everything that only looks like one."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

import zoneinfo
from datetime import datetime

import pytest

from bulkload.rules.kinds.zones import _ADVICE, _BY_OFFSET, read_zone
from bulkload.rules.messages import hours as words
from bulkload.rules.parsed_cell import bad, doubtful, good

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
    assert [read_zone(name).value for name in KNOWN] == KNOWN


def test_a_name_in_another_case_is_sent_in_its_own():
    assert [read_zone(name.upper()).value for name in KNOWN] == KNOWN
    assert [read_zone(name.lower()).value for name in KNOWN] == KNOWN


def test_every_abbreviation_among_the_iana_names_is_refused():
    assert {name: read_zone(name).value for name in REFUSED} == dict.fromkeys(REFUSED)


@pytest.mark.parametrize(
    "name", ["UTC", "Asia/Calcutta", "US/Eastern", "Singapore", "Japan", "GB", "EST5EDT"]
)
def test_utc_and_old_aliases_are_taken_as_typed(name):
    assert read_zone(name) == good(name)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("EST", "America/New_York (or America/Panama, which has no summer time)"),
        ("est", "America/New_York (or America/Panama, which has no summer time)"),
        ("E.S.T.", "America/New_York (or America/Panama, which has no summer time)"),
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
def test_what_only_looks_like_a_zone_is_refused_with_the_name_to_use(typed, advice):
    assert read_zone(typed) == bad(words.ZONE_SHORT, advice=advice)


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
    assert read_zone(typed) == bad(words.ZONE_UNKNOWN, hint=f' Did you mean "{hint}"?')


@pytest.mark.parametrize(
    "cell", ["Mars/Olympus", "local", "-", "n/a", 5, 5.5, True, datetime(2026, 12, 1), "Factory"]
)
def test_anything_else_is_not_known(cell):
    assert read_zone(cell) == bad(words.ZONE_UNKNOWN, hint="")


@pytest.mark.parametrize(
    ("name", "offset"),
    [("Etc/GMT+5", "5 hours behind"), ("Etc/GMT-1", "1 hour ahead of"), ("Etc/GMT+12", "12 hours behind")],
)
def test_a_reversed_name_is_taken_with_a_warning_that_says_what_it_means(name, offset):
    assert read_zone(name) == doubtful(name, words.ZONE_REVERSED, offset=offset)


def test_all_advice_names_zones_that_exist():
    advised = [
        word.strip("(),") for text in (*_ADVICE.values(), *_BY_OFFSET.values()) for word in text.split()
    ]
    names = {word for word in advised if "/" in word or word == "UTC"}
    assert names - zoneinfo.available_timezones() == set()
    assert all(read_zone(name).value == name for name in names)


def test_the_names_advised_for_an_offset_have_that_offset_in_winter_or_summer():
    moments = [datetime(2026, 1, 15, 12), datetime(2026, 7, 15, 12)]
    for minutes, text in _BY_OFFSET.items():
        for name in (word.strip(",") for word in text.split() if "/" in word):
            offsets = {moment.replace(tzinfo=zoneinfo.ZoneInfo(name)).utcoffset() for moment in moments}
            assert minutes in {offset.total_seconds() / 60 for offset in offsets}, name
