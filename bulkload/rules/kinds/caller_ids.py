"""A caller ID is what the person called will see: a phone number, a SIP address, or a registered SIP number.

Nothing is ever guessed: no + is put in front, no zero taken away. Only the separators that people write inside
a number with + are removed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulkload.rules.cells import shown
from bulkload.rules.messages import cells as words
from bulkload.rules.parsed_cell import bad, doubtful, good

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

LEAST_DIGITS = 7
MOST_DIGITS = 15
"""The longest number that E.164 allows."""

_SEPARATORS = re.compile(r"[\s().\-‐‑‒–—−/]")  # noqa: RUF001  (dashes that people paste)
_DIGITS = re.compile(r"\d+", re.ASCII)
_SHORTENED = re.compile(r"\+?\d([.,]\d+)?e\+?\d+", re.ASCII | re.IGNORECASE)
_TRUNK_ZERO = re.compile(r"\(\s*0\s*\)")
_SIP = re.compile(r"sip:\S+", re.IGNORECASE)


def read_caller(cell: NonEmptyCell) -> Reading:  # noqa: PLR0911  (one line for each way to write it)
    """The caller ID as it will be sent, or the reason why the cell holds none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return bad(words.CALLER_UNKNOWN)
    if not isinstance(cell, str):
        return bad(words.CALLER_NUMBER)
    if _SIP.fullmatch(cell):
        return good(cell)
    if _SHORTENED.fullmatch(cell):
        return bad(words.CALLER_SHORTENED)
    if _DIGITS.fullmatch(cell):
        return _read_sip_digits(cell)
    bare = _SEPARATORS.sub("", cell)
    if _DIGITS.fullmatch(bare):
        return bad(words.CALLER_PLUS)
    if bare.startswith("+") and _DIGITS.fullmatch(bare, 1):
        return _read_number(cell, bare)
    return bad(words.CALLER_UNKNOWN)


def _read_sip_digits(digits: str) -> Reading:
    if len(digits) > MOST_DIGITS:
        return bad(words.CALLER_LENGTH, count=len(digits), least=LEAST_DIGITS)
    return doubtful(digits, words.CALLER_SIP_DIGITS)


def _read_number(cell: str, bare: str) -> Reading:
    count = len(bare) - 1
    if _TRUNK_ZERO.search(cell):
        return bad(words.CALLER_ZERO, without=shown(" ".join(_TRUNK_ZERO.sub(" ", cell).split())))
    if bare[1] == "0":
        return bad(words.CALLER_COUNTRY)
    if not LEAST_DIGITS <= count <= MOST_DIGITS:
        return bad(words.CALLER_LENGTH, count=count, least=LEAST_DIGITS)
    return good(bare)
