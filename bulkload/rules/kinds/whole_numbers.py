"""Parse whole numbers without rounding: 5, 5.0 and "5" are 5; 5.7, TRUE and "1,000" are refused."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from bulkload.rules.cells import excel_serial
from bulkload.rules.kinds.texts import EXACT_BELOW
from bulkload.rules.messages import cells as messages
from bulkload.rules.parsed_cell import invalid, ok
from bulkload.text import half_width

if TYPE_CHECKING:
    from bulkload.columns import WholeNumber
    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

_AMBIGUOUS_FROM = datetime(1904, 2, 1)  # noqa: DTZ001  (Excel knows no zones)
"""From here on a date may be two different numbers, because Excel counts days from 1900 or from 1904."""

_DIGITS = re.compile(r"-?\d+", re.ASCII)
_WITH_ZERO_DECIMALS = re.compile(r"(-?\d{1,15})[.,]0+", re.ASCII)


def parse_whole_number(cell: NonEmptyCell, kind: WholeNumber) -> ParsedCell:
    """An int; pandera checks the limits, which are needed here only for the messages."""
    if isinstance(cell, str):
        return _parse_text(half_width(cell), kind.limits)
    if isinstance(cell, datetime) and cell < _AMBIGUOUS_FROM and (number := excel_serial(cell)):
        proposals = (number,) if number.isdigit() else ()
        return invalid(messages.NUMBER_AS_DATE, number=number, proposals=proposals)
    # bool is an int to Python; TRUE in a cell is not a number.
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return invalid(messages.NOT_WHOLE, limits=kind.limits)
    if not abs(cell) < EXACT_BELOW:
        return invalid(messages.TOO_MANY_DIGITS, limits=kind.limits)
    return ok(int(cell)) if cell == int(cell) else invalid(messages.NOT_WHOLE, limits=kind.limits)


def _parse_text(text: str, limits: str) -> ParsedCell:
    if _DIGITS.fullmatch(text):
        # int() refuses texts of more than 4300 digits by itself.
        return ok(int(text)) if len(text) <= 15 else invalid(messages.TOO_MANY_DIGITS, limits=limits)
    found = _WITH_ZERO_DECIMALS.fullmatch(text)
    # "1.000" is one or a thousand, depending on the country; "5.0" is five everywhere.
    proposals = (found[1],) if found and not text.endswith("000") else ()
    return invalid(messages.NOT_WHOLE, limits=limits, proposals=proposals)
