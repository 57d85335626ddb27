"""Caller IDs: what is sent, what is doubted, what is refused."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.rules.kinds.caller_ids import read_caller
from bulkload.rules.messages import cells as words
from bulkload.rules.parsed_cell import bad, doubtful, good


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("+14155550123", "+14155550123"),
        ("+1 415 555 0123", "+14155550123"),
        ("+1 (415) 555-0123", "+14155550123"),
        ("+1.415.555.0123", "+14155550123"),
        ("+44\xa020\u202f7946 0018", "+442079460018"),
        ("+49 30/901820", "+4930901820"),
        ("+1–415–555–0123", "+14155550123"),
        ("+1234567", "+1234567"),
        ("+123456789012345", "+123456789012345"),
        ("sip:sales@pbx.example.com", "sip:sales@pbx.example.com"),
        ("SIP:1001@10.0.0.5;transport=tcp", "SIP:1001@10.0.0.5;transport=tcp"),
    ],
)
def test_numbers_with_plus_lose_their_separators_and_sip_addresses_stay_as_typed(typed, sent):
    assert read_caller(typed) == good(sent)


@pytest.mark.parametrize("digits", ["14155550123", "0012", "1001", "004915112345678", "123456789012345"])
def test_digits_without_plus_are_sent_as_typed_with_a_warning(digits):
    assert read_caller(digits) == doubtful(digits, words.CALLER_SIP_DIGITS)


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        (14155550123, bad(words.CALLER_NUMBER)),
        (14155550123.0, bad(words.CALLER_NUMBER)),
        (4.4e11, bad(words.CALLER_NUMBER)),
        ("4.4E+11", bad(words.CALLER_SHORTENED)),
        ("4,4E+11", bad(words.CALLER_SHORTENED)),
        ("+4.4e11", bad(words.CALLER_SHORTENED)),
        ("+123456", bad(words.CALLER_LENGTH, count=6, least=7)),
        ("+1234567890123456", bad(words.CALLER_LENGTH, count=16, least=7)),
        ("1234567890123456", bad(words.CALLER_LENGTH, count=16, least=7)),
        ("+44 (0)20 7946 0018", bad(words.CALLER_ZERO, without="+44 20 7946 0018")),
        ("+44 ( 0 ) 20 7946 0018", bad(words.CALLER_ZERO, without="+44 20 7946 0018")),
        ("+49(0)30-1234567", bad(words.CALLER_ZERO, without="+49 30-1234567")),
        ("+020 7946 0018", bad(words.CALLER_COUNTRY)),
        ("(415) 555-0123", bad(words.CALLER_PLUS)),
        ("415-555-0123", bad(words.CALLER_PLUS)),
        ("00 44 20 7946 0018", bad(words.CALLER_PLUS)),
        ("+1 415 CALL NOW", bad(words.CALLER_UNKNOWN)),
        ("+1 415 555 0123 ext. 5", bad(words.CALLER_UNKNOWN)),
        ("+14155550123; +14155550124", bad(words.CALLER_UNKNOWN)),
        ("++14155550123", bad(words.CALLER_UNKNOWN)),
        ("+", bad(words.CALLER_UNKNOWN)),
        ("sip:", bad(words.CALLER_UNKNOWN)),
        ("sip:a b", bad(words.CALLER_UNKNOWN)),
        ("tel:+14155550123", bad(words.CALLER_UNKNOWN)),
        ("+١٤١٥٥٥٥٠١٢٣", bad(words.CALLER_UNKNOWN)),
        ("none", bad(words.CALLER_UNKNOWN)),
        (True, bad(words.CALLER_UNKNOWN)),
        (datetime(2026, 12, 1), bad(words.CALLER_UNKNOWN)),
    ],
)
def test_anything_doubtful_is_refused_with_its_own_reason(cell, refused):
    assert read_caller(cell) == refused


def test_a_zero_in_brackets_is_answered_with_the_persons_own_number():
    finding = read_caller("+49 (0)30 1234567").finding
    assert finding is not None
    filled = finding.template(heading="Caller ID", value="+49 (0)30 1234567", **finding.values)
    assert (filled.text, filled.fix) == (
        "Caller ID holds (0), which is dialled only within the country.",
        "Leave the (0) out: +49 30 1234567.",
    )


def test_digits_without_plus_that_are_too_many_are_told_how_long_a_phone_number_is():
    finding = read_caller("1234567890123456").finding
    assert finding is not None
    assert finding.template(heading="Caller ID", value="1234567890123456", **finding.values).text == (
        "Caller ID has 16 digits; a phone number has 7 to 15."
    )


@given(st.integers(min_value=10**6, max_value=10**15 - 1), st.data())
def test_separators_never_change_the_digits_of_a_number(number, data):
    digits = str(number)
    separators = [data.draw(st.sampled_from(["", " ", "-", ".", "\xa0"])) for _ in digits]
    typed = "+" + "".join(digit + separator for digit, separator in zip(digits, separators, strict=True))
    assert read_caller(typed) == good(f"+{digits}")


@given(st.text())
def test_no_text_gains_a_plus_or_a_digit(text):
    sent = read_caller(text).value
    assert sent is None or sent == text or [sign for sign in text if sign in sent] == list(sent)
