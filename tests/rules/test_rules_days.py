"""Days of the week: single ones, lists, ranges, words."""

# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.rules.kinds.days import CODES, NAMES, read_days
from bulkload.rules.messages import hours as words
from bulkload.rules.parsed_cell import bad, good

DASHES = "-‐‑‒–—―−"


def spellings(day):
    name = NAMES[day]
    return [
        CODES[day],
        CODES[day].lower(),
        name,
        name.upper(),
        name.lower(),
        name[:3],
        f"{name[:3]}.",
        f"{name}s",
    ]


@pytest.mark.parametrize("day", range(7), ids=NAMES)
def test_a_day_is_read_in_every_spelling(day):
    assert {word: read_days(word) for word in spellings(day)} == {
        word: good((day,)) for word in spellings(day)
    }


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("Mon, Wed", (0, 2)),
        ("Wed; Mon", (0, 2)),
        ("Fri\nMon", (0, 4)),
        ("Mon,", (0,)),
        ("Tues, Weds, Thurs", (1, 2, 3)),
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("monday - friday", (0, 1, 2, 3, 4)),
        ("MO-FR", (0, 1, 2, 3, 4)),
        ("Fri-Mon", (0, 4, 5, 6)),
        ("Sun-Thu", (0, 1, 2, 3, 6)),
        ("Mon-Wed, Sat", (0, 1, 2, 5)),
        ("Weekdays", (0, 1, 2, 3, 4)),
        ("weekday", (0, 1, 2, 3, 4)),
        ("Weekend", (5, 6)),
        ("WEEKENDS", (5, 6)),
        ("Every day", (0, 1, 2, 3, 4, 5, 6)),
        ("everyday", (0, 1, 2, 3, 4, 5, 6)),
        ("Weekdays, Sat", (0, 1, 2, 3, 4, 5)),
    ],
)
def test_lists_ranges_and_words_are_read_monday_first(typed, days):
    assert read_days(typed) == good(days)


@pytest.mark.parametrize("dash", DASHES)
def test_a_range_takes_any_dash_with_or_without_spaces(dash):
    assert {read_days(f"Mon{dash}Fri").value, read_days(f"Mon {dash} Fri").value} == {(0, 1, 2, 3, 4)}


@given(st.sampled_from(range(7)), st.sampled_from(range(7)), st.data())
def test_a_range_holds_each_day_from_the_first_to_the_last_once(first, last, data):
    typed = f"{data.draw(st.sampled_from(spellings(first)))}-{data.draw(st.sampled_from(spellings(last)))}"
    passed = [first]
    while passed[-1] != last:
        passed.append((passed[-1] + 1) % 7)
    expected = bad(words.DAY_RANGE, day=NAMES[first]) if first == last else good(tuple(sorted(passed)))
    assert read_days(typed) == expected


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Wensday", ' Did you mean "Wednesday"?'),
        ("Mondy, Tue", ' Did you mean "Monday"?'),
        ("Week days", ' Did you mean "Weekdays"?'),
        ("Mon to Fri", ' Did you mean "Mon-Fri"?'),
        ("Monday bis Friday, Sun", ' Did you mean "Monday-Friday"?'),
        ("Mo.  through  fr", ' Did you mean "Mo.-fr"?'),
        ("Mon to Someday", ""),
        ("Mon Wed", ""),
        ("Mon/Wed", ""),
        ("Mon-", ""),
        ("Mon-Wed-Fri", ""),
        ("1", ""),
        ("M", ""),
        ("Montag", ""),
        (1, ""),
        (True, ""),
        (date(2026, 12, 1), ""),
        (",", ""),
    ],
)
def test_anything_else_is_no_day(typed, hint):
    assert read_days(typed) == bad(words.DAY_UNKNOWN, hint=hint)


@pytest.mark.parametrize(
    ("typed", "day"), [("Mon, Mon", "Monday"), ("Mon-Fri, Wed", "Wednesday"), ("Weekend, SA", "Saturday")]
)
def test_a_day_named_twice_in_one_cell_is_refused(typed, day):
    assert read_days(typed) == bad(words.DAY_TWICE, day=day)


def test_every_pair_of_spellings_of_two_days_is_a_list():
    for first, second in product(spellings(0), spellings(6)):
        assert read_days(f"{second}, {first}") == good((0, 6))
