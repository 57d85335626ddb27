"""The value of a cell from the text that the file has: a number, a date, a time, a truth, an error."""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bulkload.model import ErrorCell
from bulkload.workbook.reader.styles import GENERAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.model import Cell
    from bulkload.workbook.reader.number_formats import NumberFormat
    from bulkload.workbook.reader.styles import CellStyle

LAST_DAY = 2_958_465
"""The number of 31 December 9999, the last day that Excel knows."""
LONGEST_EXCERPT = 60
"""Characters of a formula or of an error's name that fit into a message."""
_MOST_KEPT = 20_000
"""Different numbers of one style whose values are kept; the more there are, the less often one comes again."""
_EXACT_DIGITS = 15
"""Digits that Excel keeps of a number."""

_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001  (Excel's dates have no zone)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""The numbers of XML schema without not-a-number and the infinite: no cell of a person holds these."""
_TRUTHS = {"1": True, "true": True, "0": False, "false": False}
_OTHER_TIME = re.compile(r"-?P[0-9YMDWTHS.,]+|(?:[0-9-]+T)?24:00(?::00(?:\.0*)?)?Z?")
"""A duration, or the midnight that ends a day, as some writers of ISO 8601 put it."""


class Damage(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The part holds what no spreadsheet program means; the argument says what."""


class NumberCells(dict[str | None, dict[str, "Cell"]]):
    """The values of numbers: first by the style's number as text, then by the number's text. Each is parsed once."""

    def __init__(self, styles: Sequence[CellStyle], *, starts_1904: bool) -> None:
        super().__init__()
        self._styles = styles
        self._starts_1904 = starts_1904

    def __missing__(self, style: str | None) -> dict[str, Cell]:
        number = whole_number(style, 0)
        known = self._styles[number] if number < len(self._styles) else GENERAL
        values = self[style] = _Values(known.number_format, starts_1904=self._starts_1904)
        return values


class _Values(dict[str, Any]):
    def __init__(self, number_format: NumberFormat, *, starts_1904: bool) -> None:
        super().__init__()
        self._is_duration = number_format.is_duration
        self._is_date = number_format.is_date
        self._starts_1904 = starts_1904

    def __missing__(self, text: str) -> Cell:
        value: Cell = _number(text)
        assert isinstance(value, int | float)
        if self._is_duration:
            value = _duration(value)
        elif self._is_date:
            value = _date(value, starts_1904=self._starts_1904)
        if len(self) < _MOST_KEPT:
            self[text] = value
        return value


def whole_number(text: str | None, default: int | None = None) -> int:
    """The number of a row, a column, a style or a text. Raises Damage where it is none."""
    if text is None and default is not None:
        return default
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Damage(f"'{(text or '')[:20]}' is not a number of a row, a column or a format")
    return int(text)


def _number(text: str) -> int | float:
    """An int where the number is whole: the file may have 5 as 5.0."""
    text = text.strip()
    if text.isascii() and text.isdigit() and len(text) <= _EXACT_DIGITS:
        return int(text)
    if not _NUMBER.fullmatch(text) or not math.isfinite(number := float(text)):
        raise Damage(f"'{text[:20]}' is not a number")
    return int(number) if number.is_integer() else number


def _duration(days: float) -> timedelta | int | float:
    if abs(days) > LAST_DAY:
        return days
    return timedelta(milliseconds=round(days * 86_400_000))


def _date(days: float, *, starts_1904: bool) -> datetime | time | int | float:
    """A date; a time of day where the day is 0. A number before or after Excel's days stays a number."""
    if not 0 <= days < LAST_DAY + 1:
        return days
    milliseconds = round(days * 86_400_000)
    if milliseconds < 86_400_000:
        return (_EPOCH_1904 + timedelta(milliseconds=milliseconds)).time()
    # Excel counts a 29 February 1900, which never was.
    epoch = _EPOCH_1904 if starts_1904 else _EPOCH if days >= 60 else _EPOCH + timedelta(days=1)
    try:
        return epoch + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return days


def parse_truth(text: str) -> bool:
    """The value of a cell of kind ``b``. Raises Damage."""
    truth = _TRUTHS.get(text.strip())
    if truth is None:
        raise Damage(f"'{text.strip()[:20]}' is neither true nor false")
    return truth


def parse_error(text: str) -> ErrorCell:
    """The value of a cell of kind ``e``. Raises Damage."""
    if not text.strip().startswith("#"):
        raise Damage(f"'{text.strip()[:20]}' is not an error of Excel")
    return ErrorCell(text.strip()[:LONGEST_EXCERPT])


def parse_iso_date(text: str) -> datetime | time | str:
    """The value of a cell of kind ``d``: a date or a time in ISO 8601, its zone left out as Excel does.

    What neither type can hold, such as 24:00:00, is given as text, so that it is that cell's problem. Raises Damage.
    """
    text = text.strip()
    for kind in (datetime, time):
        try:
            return kind.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            continue
    if _OTHER_TIME.fullmatch(text):
        return text
    raise Damage(f"'{text[:30]}' is not a date")
