"""Parse a caller ID: a phone number, a ``sip:`` address, or ``SIP`` before a registered SIP number.

Nothing is ever guessed: a ``+`` is never added and a zero never removed. Only the separators that people write
inside a number with ``+`` are removed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulkload.rules.cells import display_value
from bulkload.rules.messages import cells as messages
from bulkload.rules.parsed_cell import invalid, ok
from bulkload.text import half_width

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

LEAST_DIGITS = 7
MOST_DIGITS = 15
"""The longest number that E.164 allows."""

_SEPARATORS = re.compile(r"[\s().\-‐‑‒–—−/]")  # noqa: RUF001  (dashes that people paste)
_DIGITS = re.compile(r"\d+", re.ASCII)
_SHORTENED = re.compile(r"\+?\d([.,]\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_SIP_ADDRESS = re.compile(r"sip:\S+", re.IGNORECASE)
_SIP_DIGITS = re.compile(r"sip\s+([0-9]{1,15})", re.IGNORECASE)
_PREFIX = re.compile(r"(00)([1-9]\d{7,14})|(011)([1-9]\d{9,14})", re.ASCII)
"""What people dial before a country code: 00 in most countries, 011 in North America. After 011 at least ten
digits are wanted, because national numbers of Leeds and Johannesburg begin with 011 too."""
_FULL_NUMBER = 10
"""Digits before a slash from which it can't be the one after an area code (+49 33203/12345)."""
# A second number as people add one: +14155552671/72, +1 415 555 2671 - 5, +1 415 555 2671 (2672).
_SHORT_SECOND = re.compile(r"(\+.*?)\s*(?:/\s*\d{1,3}|\s[-‐‑‒–—−]\s*\d{1,3}|\(\s*\d+\s*\))", re.ASCII)  # noqa: RUF001
_SLASH = re.compile(r"(\+[^/]*?)\s*/\s*(\S.*)", re.ASCII)
_JOINED = re.compile(r"(.*?\d)\s*(?:[;,|&/]|\bor\b|\band\b|\s)\s*(\+.*)", re.ASCII | re.IGNORECASE)


def parse_caller_id(cell: NonEmptyCell) -> ParsedCell:
    """The caller ID as it will be sent, or the reason why the cell has none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return invalid(messages.CALLER_UNREADABLE)
    if not isinstance(cell, str):
        # Excel has dropped a + or leading zeros before the file was saved, so even 11 digits may be incomplete.
        return invalid(messages.CALLER_NUMBER_CELL)
    text = half_width(cell)
    if _SIP_ADDRESS.fullmatch(text):
        return ok(text)
    if found := _SIP_DIGITS.fullmatch(text):
        return ok(found[1])
    if _SHORTENED.fullmatch(text):
        return invalid(messages.CALLER_SHORTENED)
    return _refuse_two(text) or _parse_number(text)


def _parse_number(text: str) -> ParsedCell:
    bare = _SEPARATORS.sub("", text)
    if _DIGITS.fullmatch(bare):
        return _refuse_without_plus(bare)
    if not (bare.startswith("+") and _DIGITS.fullmatch(bare, 1)):
        return invalid(messages.CALLER_UNREADABLE)
    # Removing the brackets alone would dial +440...: a number that does not exist, or somebody else's.
    if _TRUNK_ZERO.search(text):
        without = display_value(" ".join(_TRUNK_ZERO.sub(" ", text).split())) or ""
        return invalid(messages.CALLER_TRUNK_ZERO, without=without, proposals=(without,))
    if bare[1] == "0":
        return invalid(messages.CALLER_COUNTRY)
    if not LEAST_DIGITS <= len(bare) - 1 <= MOST_DIGITS:
        return invalid(messages.CALLER_LENGTH, count=len(bare) - 1, least=LEAST_DIGITS)
    return ok(bare)


def _refuse_without_plus(digits: str) -> ParsedCell:
    """Digits alone: a phone number whose country only its writer knows, or a registered SIP number."""
    if found := _PREFIX.fullmatch(digits):
        prefix, number = (part for part in found.groups() if part)
        return invalid(messages.CALLER_PREFIX, prefix=prefix, number=f"+{number}", proposals=(f"+{number}",))
    if len(digits) > MOST_DIGITS:
        return invalid(messages.CALLER_LENGTH, count=len(digits), least=LEAST_DIGITS)
    return invalid(messages.CALLER_NO_PLUS, digits=digits)


def _refuse_two(text: str) -> ParsedCell | None:
    """The refusal of a cell with two numbers, which would otherwise be glued into one; None where there is one."""
    first, second = _split(text)
    # Without this, +1 415 555 2671/72 would lose its slash and be sent as one number of 13 digits.
    number = _SEPARATORS.sub("", first)
    if not number or _TRUNK_ZERO.fullmatch(text[len(first) :].strip()):
        return None
    whole = tuple(one for one in (number, _SEPARATORS.sub("", second)) if _is_number(one))
    return invalid(messages.CALLER_TWO, first=whole[0], proposals=whole) if whole else None


def _split(text: str) -> tuple[str, str]:
    """The first number and the second as typed; two empty texts where there is one."""
    if found := _JOINED.fullmatch(text):
        return found[1], found[2]
    if found := _SHORT_SECOND.fullmatch(text):
        return found[1], ""
    found = _SLASH.fullmatch(text)
    if found and sum(map(str.isdigit, found[1])) >= _FULL_NUMBER:
        return found[1], found[2]
    return "", ""


def _is_number(text: str) -> bool:
    return (
        text.startswith("+")
        and bool(_DIGITS.fullmatch(text, 1))
        and LEAST_DIGITS < len(text) <= MOST_DIGITS + 1
    )
