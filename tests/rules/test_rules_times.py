"""Times of day: every minute in every accepted spelling, and the reason why any other is refused."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.workbooks.parsed import unproposed

from bulkload.rules.cells import clock
from bulkload.rules.kinds.times import LAST_MINUTE, parse_time
from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok, warning

MINUTES = range(24 * 60)


def parsed(cell, *, is_end):
    return unproposed(parse_time(cell, is_end=is_end))


def half(minute, morning, evening):
    return morning if minute < 12 * 60 else evening


TWELVE_HOURS = {
    "9:05 AM": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02} {half(m, 'AM', 'PM')}",
    "09:05 AM": lambda m: f"{m // 60 % 12 or 12:02}:{m % 60:02} {half(m, 'AM', 'PM')}",
    "9:05am": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02}{half(m, 'am', 'pm')}",
    "9:05 a.m.": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02} {half(m, 'a.m.', 'p.m.')}",
    "9:05 A. M.": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02} {half(m, 'A. M.', 'P. M.')}",
    "9.05 am": lambda m: f"{m // 60 % 12 or 12}.{m % 60:02} {half(m, 'am', 'pm')}",
    "9:05:00 AM": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02}:00 {half(m, 'AM', 'PM')}",
    "9:05 AM, narrow space": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02}\u202f{half(m, 'AM', 'PM')}",
    "9:05 AM, no-break space": lambda m: f"{m // 60 % 12 or 12}:{m % 60:02}\xa0{half(m, 'AM', 'PM')}",
}
TWENTY_FOUR_HOURS = {
    "9:05": lambda m: f"{m // 60}:{m % 60:02}",
    "09:05": lambda m: f"{m // 60:02}:{m % 60:02}",
    "09:05:00": lambda m: f"{m // 60:02}:{m % 60:02}:00",
    "9h05": lambda m: f"{m // 60}h{m % 60:02}",
    "09H05": lambda m: f"{m // 60:02}H{m % 60:02}",
    "9 h 05": lambda m: f"{m // 60} h {m % 60:02}",
    "9.05 Uhr": lambda m: f"{m // 60}.{m % 60:02} Uhr",
    "09:05 uhr": lambda m: f"{m // 60:02}:{m % 60:02} uhr",
}
EXCEL = {
    "time": lambda m: time(*divmod(m, 60)),
    "day 0": lambda m: datetime(1899, 12, 30, *divmod(m, 60)),
    "day 1": lambda m: datetime(1899, 12, 31, *divmod(m, 60)),
    "timedelta": lambda m: timedelta(minutes=m),
    "rounded down": lambda m: (datetime(1900, 1, 1) + timedelta(minutes=m + 1440, microseconds=-3)).time(),
    "rounded up": lambda m: (datetime(1900, 1, 1) + timedelta(minutes=m, microseconds=400_000)).time(),
}
SPELLINGS = TWELVE_HOURS | TWENTY_FOUR_HOURS | EXCEL


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_minute_of_the_day_is_read_exactly_as_a_start(spelling):
    expected = {minute: ok(minute) for minute in MINUTES}
    if spelling == "rounded down":
        expected[0] = invalid(messages.DAY_IS_OVER)  # a moment before midnight is the day's end
    assert {minute: parsed(SPELLINGS[spelling](minute), is_end=False) for minute in MINUTES} == expected


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_minute_is_read_exactly_as_an_end(spelling):
    expected = {minute: ok(minute or LAST_MINUTE) for minute in MINUTES}
    assert {minute: parsed(SPELLINGS[spelling](minute), is_end=True) for minute in MINUTES} == expected


def test_every_day_fraction_is_read_exactly_and_shown():
    for minute in MINUTES[1:]:
        assert parsed(minute / 1440, is_end=False) == warning(
            minute, messages.DAY_FRACTION, reading=clock(minute)
        )


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("9am", 540),
        ("9 a.m.", 540),
        ("9 PM", 1260),
        ("12am", 0),
        ("12 pm", 720),
        ("18h", 1080),
        ("9 Uhr", 540),
        ("9.00", 540),
        ("9.30", 570),
        ("09.00", 540),
        ("18.30", 1110),
        ("9.00 Uhr", 540),
        ("９：００", 540),
        ("１８．３０", 1110),
        ("noon", 720),
        ("12 noon", 720),
        ("12:00 noon", 720),
        ("12:00 midnight", 0),
        ("Midday", 720),
        ("MIDNIGHT", 0),
        ("00:00", 0),
        ("12:00 AM", 0),
    ],
)
def test_hours_and_words_are_times_too(typed, minute):
    assert parsed(typed, is_end=False) == ok(minute)


@pytest.mark.parametrize(
    "typed", ["midnight", "12 midnight", "0:00", "00:00", "12:00 AM", "12am", "24:00", "24h00", "24 Uhr"]
)
def test_midnight_as_an_end_is_the_days_last_minute(typed):
    assert parsed(typed, is_end=True) == ok(LAST_MINUTE)


@pytest.mark.parametrize(
    "cell", ["24:00", "24h", "24.00 Uhr", timedelta(days=1), time(23, 59, 59, 999_999), 0.999_999]
)
def test_the_days_end_is_no_start(cell):
    assert parsed(cell, is_end=False) == invalid(messages.DAY_IS_OVER)


@pytest.mark.parametrize(
    ("cell", "suggestion"),
    [
        ("9", "9:00 AM or 9:00 PM"),
        (9, "9:00 AM or 9:00 PM"),
        (9.0, "9:00 AM or 9:00 PM"),
        ("930", "9:30 AM or 9:30 PM"),
        (930, "9:30 AM or 9:30 PM"),
        ("0930", "9:30 AM or 9:30 PM"),
        ("1800", "18:00"),
        (1800, "18:00"),
        ("18", "18:00"),
        ("9,30", "9:30 AM or 9:30 PM"),
        (9.3, "a time such as 9:00 AM or 18:00"),
        (18.3, "a time such as 9:00 AM or 18:00"),
        (9.5, "a time such as 9:00 AM or 18:00"),
        (0, "0:00"),
        (1, "1:00 AM or 1:00 PM"),
        (-0.5, "a time such as 9:00 AM or 18:00"),
        ("25", "a time such as 9:00 AM or 18:00"),
        ("999", "a time such as 9:00 AM or 18:00"),
        (46000.375, "a time such as 9:00 AM or 18:00"),
        (1e300, "a time such as 9:00 AM or 18:00"),
        (float("inf"), "a time such as 9:00 AM or 18:00"),
        ("0.375", "a time such as 9:00 AM or 18:00"),
    ],
)
def test_a_bare_number_is_refused_with_the_times_it_may_mean(cell, suggestion):
    number = cell if isinstance(cell, str) else f"{cell:.15g}"
    assert parsed(cell, is_end=False) == invalid(messages.BARE_NUMBER, number=number, suggestion=suggestion)


@pytest.mark.parametrize(
    ("shown", "number", "suggestion"),
    [
        (datetime(1900, 1, 2, 9, 0), "2.375", "a time such as 9:00 AM or 18:00"),
        (datetime(1900, 1, 9), "9", "9:00 AM or 9:00 PM"),
        (datetime(1900, 1, 18), "18", "18:00"),
        (datetime(1900, 2, 28), "59 or 60", "a time such as 9:00 AM or 18:00"),
        (datetime(1902, 7, 18), "930", "9:30 AM or 9:30 PM"),
        (datetime(1904, 1, 10), "9", "9:00 AM or 9:00 PM"),
        (datetime(1904, 12, 4), "1800", "18:00"),
        (datetime(1904, 1, 1, 9, 0), "1462.375", "a time such as 9:00 AM or 18:00"),
    ],
)
def test_a_number_formatted_as_a_time_is_called_a_number(shown, number, suggestion):
    assert parsed(shown, is_end=True) == invalid(
        messages.NUMBER_AS_TIME, number=number, reading=f"{shown:%I:%M %p}".lstrip("0"), suggestion=suggestion
    )


@pytest.mark.parametrize("day", [datetime(1900, 1, 1), datetime(1904, 1, 2)], ids=["1900", "1904"])
def test_a_typed_1_in_a_cell_for_times_is_not_midnight(day):
    one = {"number": "1", "reading": "12:00 AM"}
    assert parsed(day, is_end=False) == invalid(
        messages.NUMBER_AS_TIME, **one, suggestion="1:00 AM or 1:00 PM"
    )
    assert parsed(day, is_end=True) == invalid(
        messages.NUMBER_AS_TIME,
        **one,
        suggestion="1:00 AM or 1:00 PM; for the day's end, set the cell's format to Text and type 24:00",
    )


@pytest.mark.parametrize("is_end", [False, True])
def test_a_time_of_the_next_day_is_refused(is_end):
    seen = {"number": "1.375", "reading": "9:00 AM", "suggestion": "9:00 AM"}
    assert parsed(datetime(1900, 1, 1, 9, 0), is_end=is_end) == invalid(messages.NUMBER_AS_TIME, **seen)


def test_seconds_are_named_before_the_days_end():
    assert parsed(time(23, 59, 59), is_end=False) == invalid(messages.TIME_SECONDS)
    assert parsed(time(23, 59, 59, 600_000), is_end=False) == invalid(messages.DAY_IS_OVER)


@pytest.mark.parametrize(
    ("wording", "cells"),
    [
        (
            messages.TWO_TIMES,
            [
                "9-18",
                "9:00-18:00",
                "9:00 – 18:00",
                "9am to 5pm",
                "9:00 AM - 6:00 PM",
                "9h-18h",
                "9:00, 14:00",
                "9:00 18:00",
            ],
        ),
        (
            messages.TIME_ZONE_INSIDE,
            [
                "9:00 EST",
                "9:00 AM (PST)",
                "09:00Z",
                "9:00 UTC",
                "9:00 AM America/New_York",
                "9:00 GMT+1",
                "09:00+05:30",
            ],
        ),
        (
            messages.TIME_DATE_INSIDE,
            [
                "2026-12-01 9:00",
                "2026-12-01T09:00",
                "12/1 9:00",
                "1.12.2026 9:00",
                "9:00 1 Dec",
                "Mon 9:00",
                "Monday 9am",
                datetime(2026, 12, 1, 9, 0),
                datetime(1906, 12, 1),
                date(2026, 12, 1),
            ],
        ),
        (
            messages.TIME_SECONDS,
            [
                "9:00:30",
                "9:00:01 AM",
                time(9, 0, 30),
                time(9, 0, 1),
                time(8, 59, 59),
                time(23, 59, 59),
                timedelta(hours=9, seconds=2),
                timedelta(hours=24, seconds=-1),
                0.37502,
            ],
        ),
        (
            messages.NO_SUCH_TIME,
            [
                "25:00",
                "24:01",
                "9:60",
                "13:00 PM",
                "0:30 AM",
                "9:00:99",
                timedelta(days=2),
                timedelta(hours=-1),
            ],
        ),
        (
            messages.NOT_A_TIME,
            [
                "morning",
                "9:0",
                "9:000",
                "nine",
                "9 o'clock",
                ":30",
                "٩:٠٠",
                "9:00 AM AM",
                "18h30min",
                "18 h 30 min",
                "9 hours",
                "9:00 hrs",
                True,
                False,
                "x" * 30_000,
            ],
        ),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(wording, cells):
    assert {f"{cell!r:.50}": parsed(cell, is_end=True) for cell in cells} == {
        f"{cell!r:.50}": invalid(wording) for cell in cells
    }


@given(st.text())
def test_any_text_is_read_or_refused_and_never_an_accident(text):
    for is_end in (False, True):
        reading = parsed(text, is_end=is_end)
        assert (reading.value is None) == (reading.finding is not None)


@given(st.floats(allow_nan=False) | st.integers())
def test_any_number_is_read_as_part_of_a_day_or_refused(number):
    reading = parsed(number, is_end=True)
    assert reading.finding is not None
    assert reading.value is None or 0 <= reading.value <= LAST_MINUTE


@pytest.mark.parametrize(
    ("cell", "is_end", "proposals"),
    [
        (9, False, ("9:00 AM", "9:00 PM")),
        ("1800", False, ("18:00",)),
        ("999", False, ()),
        ("9:00-18:00", False, ("9:00 AM",)),
        ("9:00-18:00", True, ("6:00 PM",)),
        ("9-18", False, ()),
        ("9:00 EST", False, ("9:00 AM",)),
        ("9:00:30", False, ("9:00 AM",)),
        (time(18, 0, 30), True, ("6:00 PM",)),
        ("24:00", False, ("0:00",)),
        (0.375, False, ("9:00 AM",)),
        (datetime(2026, 12, 1, 9), False, ("9:00 AM",)),
        (datetime(2026, 12, 1), False, ()),
        (datetime(1900, 1, 1), False, ("1:00 AM", "1:00 PM")),
        ("morning", False, ()),
    ],
)
def test_a_time_that_is_clear_is_proposed(cell, is_end, proposals):
    assert parse_time(cell, is_end=is_end).proposals == proposals


@pytest.mark.parametrize("proposal", ["9:00 AM", "9:00 PM", "18:00", "0:00", "6:00 PM"])
def test_every_proposed_time_is_itself_a_time(proposal):
    assert parse_time(proposal, is_end=False).finding is None
