"""Caller IDs: what is sent, what is doubted, what is refused."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.workbooks.parsed import unproposed

from bulkload.rules.kinds.caller_ids import parse_caller_id
from bulkload.rules.messages import cells as messages
from bulkload.rules.parsed_cell import invalid, ok
from bulkload.text import half_width


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
    assert parse_caller_id(typed) == ok(sent)


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("SIP 14155550123", "14155550123"),
        ("sip 1001", "1001"),
        ("SIP  0012", "0012"),
        ("SIP\xa01001", "1001"),
    ],
)
def test_a_registered_sip_number_is_sent_as_its_digits(typed, digits):
    assert parse_caller_id(typed) == ok(digits)


@pytest.mark.parametrize("digits", ["14155550123", "0012", "1001", "123456789012345"])
def test_digits_without_plus_are_refused_with_both_that_they_may_be(digits):
    parsed = parse_caller_id(digits)
    assert parsed == invalid(messages.CALLER_NO_PLUS, digits=digits)


@pytest.mark.parametrize(
    ("typed", "prefix", "number"),
    [
        ("00442079460958", "00", "+442079460958"),
        ("00 44 20 7946 0018", "00", "+442079460018"),
        ("004915112345678", "00", "+4915112345678"),
        ("011442079460958", "011", "+442079460958"),
        ("011 44 20 7946 0958", "011", "+442079460958"),
    ],
)
def test_a_number_after_00_or_011_proposes_the_number(typed, prefix, number):
    assert parse_caller_id(typed) == invalid(
        messages.CALLER_PREFIX, prefix=prefix, number=number, proposals=(number,)
    )
    assert parse_caller_id(number) == ok(number)


@pytest.mark.parametrize("typed", ["0113 496 0000", "011 123 4567", "000 123 4567", "0012"])
def test_a_national_number_with_0_is_not_international(typed):
    assert parse_caller_id(typed).proposals == ()


@pytest.mark.parametrize(
    ("typed", "proposals"),
    [
        ("+1 415 555 2671/72", ("+14155552671",)),
        ("+1 415 555 2671 - 5", ("+14155552671",)),
        ("+1 415 555 2671 – 5", ("+14155552671",)),
        ("+1 415 555 2671 (2672)", ("+14155552671",)),
        ("+14155552671/4155552672", ("+14155552671",)),
        ("+44 20 7946 0018/0019", ("+442079460018",)),
        ("+14155550123; +14155550124", ("+14155550123", "+14155550124")),
        ("+14155550123 or +14155550124", ("+14155550123", "+14155550124")),
        ("+14155550123 / +14155550124", ("+14155550123", "+14155550124")),
        ("+14155550123 +14155550124", ("+14155550123", "+14155550124")),
    ],
)
def test_two_numbers_in_one_cell_are_refused_with_each_of_them(typed, proposals):
    assert parse_caller_id(typed) == invalid(messages.CALLER_TWO, first=proposals[0], proposals=proposals)


@pytest.mark.parametrize("typed", ["＋１４１５５５５０１２３", "＋１　４１５　５５５　０１２３"])
def test_full_width_digits_are_read_as_digits(typed):
    assert parse_caller_id(typed) == ok("+14155550123")


@pytest.mark.parametrize(
    ("cell", "refused"),
    [
        (14155550123, invalid(messages.CALLER_NUMBER_CELL)),
        (14155550123.0, invalid(messages.CALLER_NUMBER_CELL)),
        (4.4e11, invalid(messages.CALLER_NUMBER_CELL)),
        ("4.4E+11", invalid(messages.CALLER_SHORTENED)),
        ("4,4E+11", invalid(messages.CALLER_SHORTENED)),
        ("+4.4e11", invalid(messages.CALLER_SHORTENED)),
        ("+123456", invalid(messages.CALLER_LENGTH, count=6, least=7)),
        ("+1234567890123456", invalid(messages.CALLER_LENGTH, count=16, least=7)),
        ("1234567890123456", invalid(messages.CALLER_LENGTH, count=16, least=7)),
        ("+44 (0)20 7946 0018", invalid(messages.CALLER_TRUNK_ZERO, without="+44 20 7946 0018")),
        ("+44 ( 0 ) 20 7946 0018", invalid(messages.CALLER_TRUNK_ZERO, without="+44 20 7946 0018")),
        ("+49(0)30-1234567", invalid(messages.CALLER_TRUNK_ZERO, without="+49 30-1234567")),
        ("+020 7946 0018", invalid(messages.CALLER_COUNTRY)),
        ("(415) 555-0123", invalid(messages.CALLER_NO_PLUS, digits="4155550123")),
        ("415-555-0123", invalid(messages.CALLER_NO_PLUS, digits="4155550123")),
        ("+1 415 CALL NOW", invalid(messages.CALLER_UNREADABLE)),
        ("+1 415 555 0123 ext. 5", invalid(messages.CALLER_UNREADABLE)),
        ("++14155550123", invalid(messages.CALLER_UNREADABLE)),
        ("+", invalid(messages.CALLER_UNREADABLE)),
        ("sip:", invalid(messages.CALLER_UNREADABLE)),
        ("sip:a b", invalid(messages.CALLER_UNREADABLE)),
        ("tel:+14155550123", invalid(messages.CALLER_UNREADABLE)),
        ("+١٤١٥٥٥٥٠١٢٣", invalid(messages.CALLER_UNREADABLE)),
        ("none", invalid(messages.CALLER_UNREADABLE)),
        (True, invalid(messages.CALLER_UNREADABLE)),
        (datetime(2026, 12, 1), invalid(messages.CALLER_UNREADABLE)),
    ],
)
def test_anything_doubtful_is_refused_with_its_own_reason(cell, refused):
    assert unproposed(parse_caller_id(cell)) == refused


def test_a_zero_in_brackets_is_answered_with_the_persons_own_number():
    finding = parse_caller_id("+49 (0)30 1234567").finding
    assert finding is not None
    filled = finding.template(heading="Caller ID", value="+49 (0)30 1234567", **finding.values)
    assert (filled.text, filled.fix) == (
        "Caller ID contains (0), which is dialed only within the country.",
        "Leave out the (0): +49 30 1234567.",
    )


def test_too_many_digits_without_plus_are_a_wrong_length():
    finding = parse_caller_id("1234567890123456").finding
    assert finding is not None
    assert finding.template(heading="Caller ID", value="1234567890123456", **finding.values).text == (
        "Caller ID has 16 digits; a phone number has 7 to 15."
    )


@given(st.integers(min_value=10**6, max_value=10**15 - 1), st.data())
def test_separators_never_change_the_digits_of_a_number(number, data):
    digits = str(number)
    separators = [data.draw(st.sampled_from(["", " ", "-", ".", "\xa0"])) for _ in digits]
    typed = "+" + "".join(digit + separator for digit, separator in zip(digits, separators, strict=True))
    assert parse_caller_id(typed) == ok(f"+{digits}")


@given(st.text())
def test_no_text_gains_a_plus_or_a_digit(text):
    sent = parse_caller_id(text).value
    typed = half_width(text)
    assert sent is None or sent == typed or [sign for sign in typed if sign in sent] == list(sent)
