"""Text that passes between rooms: one sanitizer, one folded key, one list in words, one plural."""

# ruff: noqa: RUF001  (signs that look alike are what people paste)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.text import and_list, code_point, count_of, half_width, or_list, sanitize

HARMFUL = (
    "\x00\x1b\x7f\x9b\xad\u061c\u200b\u200e\u202e\u2028\u2066\u2060\ufeff\ufff9\ud800\ufffe\u3164\U000e0041"
)


@pytest.mark.parametrize("character", HARMFUL)
def test_what_moves_a_cursor_turns_a_line_or_shows_nothing_is_replaced(character):
    assert sanitize(f"a{character}b") == "a\ufffdb"
    assert sanitize(f"a{character}b", code_point) == f"a<U+{ord(character):04X}>b"
    assert sanitize(f"a{character}b", "", keep=character) == f"a{character}b"


@pytest.mark.parametrize(
    "text",
    [
        "Loans\nCards",
        "naïve café",
        "قوائم العملاء",
        "می‌خواهم",
        "👨‍👩‍👧 ❤️",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "葛󠄀飾区",
        "A\xa0B",
        "顧客Ａ",
    ],
)
def test_what_belongs_to_a_script_or_an_emoji_stays(text):
    assert sanitize(text) == text


@given(st.text())
def test_sanitizing_twice_is_sanitizing_once(text):
    assert sanitize(sanitize(text)) == sanitize(text)
    assert len(sanitize(text)) == len(text)


@pytest.mark.parametrize(
    ("words", "with_or", "with_and"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A or B", "A and B"),
        (["A", "B", "C"], "A, B or C", "A, B and C"),
    ],
)
def test_words_are_listed_as_one_reads_them_out(words, with_or, with_and):
    assert (or_list(words), and_list(iter(words))) == (with_or, with_and)


@pytest.mark.parametrize(("number", "words"), [(0, "0 rows"), (1, "1 row"), (12_000, "12,000 rows")])
def test_a_count_has_its_plural_and_its_thousands(number, words):
    assert count_of(number, "row") == words


@pytest.mark.parametrize(
    ("typed", "read"), [("９：００", "9:00"), ("＋１４１５", "+1415"), ("a　b", "a b"), ("²", "²")]
)
def test_full_width_characters_become_ordinary_ones_and_a_superscript_stays(typed, read):
    assert half_width(typed) == read
