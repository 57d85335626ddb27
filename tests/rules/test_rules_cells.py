"""Cells as the person sees them, and texts freed of what nobody can see."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.rules.cells import clock, display_value, first_invisible, name_of, trimmed
from bulkload.text import name_key


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, None),
        ("", None),
        ("  \u200b ", None),
        ("  Loans ", "Loans"),
        (5, "5"),
        (5.0, "5"),
        (5.7, "5.7"),
        (0.1 + 0.2, "0.3"),
        (4.4e20, "4.4E+20"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 12, 1), "2026-12-01"),
        (datetime(2026, 12, 1, 9, 5), "2026-12-01 9:05 AM"),
        (time(9), "9:00 AM"),
        (time(0), "12:00 AM"),
        (time(18, 30, 15), "6:30:15 PM"),
        (timedelta(hours=24), "24:00"),
        (timedelta(hours=9, minutes=5, seconds=2), "9:05:02"),
        (ErrorCell("#N/A"), "#N/A"),
        (UncalculatedCell("A2&B2"), "=A2&B2"),
        ("a\nb\tc\u200bd", "a↵b⇥c<U+200B>d"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 59 + "…"),
        ("=SUM(A1)", "=SUM(A1)"),
        ("ميل", "ميل"),
    ],
)
def test_a_cell_is_shown_as_the_person_sees_it(cell, text):
    assert display_value(cell) == text


@pytest.mark.parametrize(
    "edge",
    [" ", "\t", "\n", "\xa0", "\u200b", "\ufeff", "\u200e", "\u202a", "\u2060", "\xad", "\x00", "\u3164"],
)
def test_spaces_and_invisible_characters_are_trimmed_at_the_edges(edge):
    assert trimmed(f"{edge} {edge}Loans{edge} {edge}") == "Loans"


@pytest.mark.parametrize(
    "character",
    [
        "\t",
        "\n",
        "\x00",
        "\x7f",
        "\xad",
        "\u200b",
        "\u200c",
        "\u200d",
        "\u200e",
        "\u202e",
        "\u2066",
        "\u2028",
        "\ufeff",
        "\ufe0f",
        "\u3164",
        "\ud800",
        "\U000e0041",
    ],
)
def test_an_invisible_character_inside_is_found(character):
    assert first_invisible(f"Loan{character}reminder") == 4


@pytest.mark.parametrize(
    "text",
    [
        "Sale ❤️",
        "👨‍👩‍👧 family",
        "🏃‍♂️ run",
        "1️⃣ first",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "می‌خواهم",
        "क्‍ष",
        "葛󠄀飾区",
        "قوائم العملاء",
        "顧客リスト",
        "naïve café",
        "A\xa0B",
        "Loans, cards / UK | DE",
    ],
)
def test_what_belongs_to_a_script_or_an_emoji_is_kept(text):
    assert first_invisible(text) is None
    assert trimmed(f" {text} ") == text
    assert display_value(text) == text


@given(st.text())
def test_trimming_twice_is_trimming_once(text):
    assert trimmed(trimmed(text)) == trimmed(text)


@given(st.text())
def test_a_trimmed_text_stands_in_the_text_it_came_from(text):
    assert trimmed(text) in text


@given(st.text())
def test_what_is_shown_is_one_line_that_hides_nothing(text):
    value = display_value(text)
    assert value is None or (len(value) <= 60 and first_invisible(value) is None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Loans", "LOANS"),
        ("Straße", "STRASSE"),
        ("two  words", "Two words"),
        ("é", "e\u0301"),
        ("Σίσυφος", "ΣΊΣΥΦΟΣ"),
    ],
)
def test_case_spaces_and_the_way_an_accent_is_stored_make_no_difference(one, other):
    assert name_key(one) == name_key(other)


@given(st.text())
def test_folding_twice_is_folding_once(text):
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\t", "a tab"),
        ("\u200b", "a zero width space"),
        ("\u202e", "a right-to-left override"),
        ("\x01", "the control character 0001"),
    ],
)
def test_an_invisible_character_has_a_name(character, name):
    assert name_of(character) == name


@pytest.mark.parametrize(
    ("minutes", "text"), [(0, "12:00 AM"), (545, "9:05 AM"), (720, "12:00 PM"), (1439, "11:59 PM")]
)
def test_minutes_are_said_as_a_clock_shows_them(minutes, text):
    assert clock(minutes) == text
