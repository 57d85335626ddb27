"""Days of the week: single ones, lists, ranges, messages."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import date, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.workbooks.parsed import unproposed

from bulkload.rules.kinds.days import CODES, NAMES, days_in_words, parse_days
from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok

DASHES = "-‐‑‒–—―−"


def parsed(cell):
    return unproposed(parse_days(cell))


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
    assert {word: parse_days(word) for word in spellings(day)} == {
        word: ok((day,)) for word in spellings(day)
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
        ("Workdays", (0, 1, 2, 3, 4)),
        ("Daily", (0, 1, 2, 3, 4, 5, 6)),
        ("Monday to Friday", (0, 1, 2, 3, 4)),
        ("MON TO FRI", (0, 1, 2, 3, 4)),
        ("M-F", (0, 1, 2, 3, 4)),
        ("m - f", (0, 1, 2, 3, 4)),
        ("M, W, F", (0, 2, 4)),
        ("Mon & Wed", (0, 2)),
        ("Mon and Wed", (0, 2)),
        ("Mon, Tue and Wed to Fri", (0, 1, 2, 3, 4)),
        ("Ｍｏｎ－Ｆｒｉ", (0, 1, 2, 3, 4)),
    ],
)
def test_lists_ranges_and_words_are_read_monday_first(typed, days):
    assert parse_days(typed) == ok(days)


@pytest.mark.parametrize("dash", DASHES)
def test_a_range_takes_any_dash_with_or_without_spaces(dash):
    assert {parse_days(f"Mon{dash}Fri").value, parse_days(f"Mon {dash} Fri").value} == {(0, 1, 2, 3, 4)}


@given(st.sampled_from(range(7)), st.sampled_from(range(7)), st.data())
def test_a_range_holds_each_day_from_the_first_to_the_last_once(first, last, data):
    typed = f"{data.draw(st.sampled_from(spellings(first)))}-{data.draw(st.sampled_from(spellings(last)))}"
    passed = [first]
    while passed[-1] != last:
        passed.append((passed[-1] + 1) % 7)
    expected = (
        invalid(messages.SAME_DAY_RANGE, day=NAMES[first]) if first == last else ok(tuple(sorted(passed)))
    )
    assert parsed(typed) == expected


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("Wensday", ' Did you mean "Wednesday"?'),
        ("Mondy, Tue", ' Did you mean "Monday"?'),
        ("Week days", ' Did you mean "Weekdays"?'),
        ("Monday bis Friday, Sun", ' Did you mean "Monday-Friday"?'),
        ("Mo.  through  fr", ' Did you mean "Mo.-fr"?'),
        ("Mon to Someday", ""),
        ("Mon Wed", ' Did you mean "Mon, Wed"?'),
        ("Mon/Wed", ' Did you mean "Mon, Wed"?'),
        ("Mon-", ""),
        ("Mon-Wed-Fri", ""),
        ("1", ""),
        ("X", ""),
        ("Montag", ""),
        (1, ""),
        (True, ""),
        (",", ""),
    ],
)
def test_anything_else_is_no_day(typed, hint):
    assert parsed(typed) == invalid(messages.NOT_A_DAY, hint=hint)


@pytest.mark.parametrize(
    ("typed", "day"), [("Mon, Mon", "Monday"), ("Mon-Fri, Wed", "Wednesday"), ("Weekend, SA", "Saturday")]
)
def test_a_day_named_twice_in_one_cell_is_refused(typed, day):
    assert parsed(typed) == invalid(messages.DAY_TWICE, day=day)


def test_every_pair_of_spellings_of_two_days_is_a_list():
    for first, second in product(spellings(0), spellings(6)):
        assert parse_days(f"{second}, {first}") == ok((0, 6))


@pytest.mark.parametrize(
    ("typed", "letter", "first", "second", "proposals"),
    [
        ("T", "T", "Tuesday", "Thursday", ("Tue", "Thu")),
        ("s", "S", "Saturday", "Sunday", ("Sat", "Sun")),
        ("T-F", "T", "Tuesday", "Thursday", ("Tue-F", "Thu-F")),
        ("M-T", "T", "Tuesday", "Thursday", ("M-Tue", "M-Thu")),
        ("Mon, T", "T", "Tuesday", "Thursday", ("Mon, Tue", "Mon, Thu")),
    ],
)
def test_a_letter_that_two_days_share_is_refused_with_both(typed, letter, first, second, proposals):
    assert parse_days(typed) == invalid(
        messages.AMBIGUOUS_DAY, letter=letter, first=first, second=second, proposals=proposals
    )


@pytest.mark.parametrize("cell", [date(2026, 12, 7), datetime(2026, 12, 7)])
def test_a_date_where_a_day_is_meant_proposes_its_weekday(cell):
    assert parse_days(cell) == invalid(messages.DATE_FOR_DAY, weekday="Monday", proposals=("Monday",))


@pytest.mark.parametrize(
    ("typed", "proposals"),
    [
        ("Mondy, Tue", ("Monday, Tue",)),
        ("Mon bis Fri", ("Mon-Fri",)),
        ("Mon-Fri, Wed", ("Mon-Fri",)),
        ("Mon, Wed, Mon", ("Mon, Wed",)),
        ("Mon-Mon", ("Monday", "Every day")),
        ("Someday", ()),
    ],
)
def test_days_that_are_clear_are_proposed_for_the_whole_cell(typed, proposals):
    assert parse_days(typed).proposals == proposals


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((4,), "Fri"),
        ((0, 1, 2, 3, 4), "Mon-Fri"),
        ((1, 2, 3, 4, 5), "Tue-Sat"),
        ((5, 6, 0), "Sat-Mon"),
        ((0, 2), "Mon, Wed"),
        ((5, 6), "Sat, Sun"),
        (range(7), "Mon-Sun"),
    ],
)
def test_days_in_words_are_read_back_as_the_same_days(days, words):
    assert days_in_words(days) == words
    assert parse_days(words).value == tuple(sorted(days))
