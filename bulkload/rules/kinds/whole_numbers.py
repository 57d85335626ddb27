"""Whole numbers, read without rounding: 5, 5.0 and "5" are 5; 5.7, TRUE and "1,000" are refused."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from bulkload.rules.cells import number_behind
from bulkload.rules.kinds.texts import EXACT_BELOW
from bulkload.rules.messages import cells as words
from bulkload.rules.parsed_cell import bad, good

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

_DOUBTFUL = datetime(1904, 2, 1)  # noqa: DTZ001  (Excel knows no zones)
"""From here on a date may stand for two numbers, as days are counted from 1900 or from 1904."""

_DIGITS = re.compile(r"-?\d+", re.ASCII)


def limits(least: int, most: int | None) -> str:
    """The limits in words, to stand behind "Type"."""
    return f"a whole number, {least} or more" if most is None else f"a whole number from {least} to {most}"


def read_whole(cell: NonEmptyCell, least: int, most: int | None) -> Reading:
    """An int; the limits are only for the words, pandera judges them."""
    allowed = limits(least, most)
    if isinstance(cell, str) and _DIGITS.fullmatch(cell):
        # int() refuses texts of more than 4300 digits by itself.
        return good(int(cell)) if len(cell) <= 15 else bad(words.TOO_MANY_DIGITS, limits=allowed)
    if isinstance(cell, datetime) and cell < _DOUBTFUL and (number := number_behind(cell)):
        return bad(words.NUMBER_AS_DATE, number=number)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return bad(words.NOT_WHOLE, limits=allowed)
    if not abs(cell) < EXACT_BELOW:
        return bad(words.TOO_MANY_DIGITS, limits=allowed)
    return good(int(cell)) if cell == int(cell) else bad(words.NOT_WHOLE, limits=allowed)
