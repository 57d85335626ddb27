"""Cells leave exactly as they came in, and no text ever becomes a formula, a link or markup.

``worksheet.write()`` guesses: it turns text that begins with ``=`` into a live formula and ``http://`` into a
live link. Nothing here guesses: each type of cell has its own call.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never
from xml.sax.saxutils import escape

from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.text import code_point, sanitize

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Cell

LONGEST_TEXT = 32_767
"""UTF-16 units in one cell (Microsoft, "Excel specifications and limits"); Excel repairs, by cutting, a file
with more."""

LONGEST_MESSAGE = 1_000
"""Characters of a message in one cell: more than that Excel has no row high enough for (409 points)."""

_LONGEST_RUN = LONGEST_TEXT // 16
"""Characters of a text that is escaped here: one of them may take 15, and the markup some more."""

_HARMLESS = 1_000
"""Characters; most cells hold fewer, all of them ASCII, and need no second look."""

FIRST_YEAR = 1900
"""Excel's calendar begins here."""

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""The errors that every version of Excel and LibreOffice knows."""

_NOT_WRITABLE = re.compile("[\ud800-\udfff]")
"""Half characters: UTF-8 has no form for them, so no file can hold them."""

_SHARED_UNDERSCORE = re.compile("_x[0-9a-fA-F]{4}_x[0-9a-fA-F]{4}_")
"""Where one underscore ends one escape and begins the next."""

_ESCAPE = re.compile("_(?=x[0-9a-fA-F]{4}_)")
"""The underscore of what would be read as a character (Office Open XML, ``ST_Xstring``)."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def visible(text: str, longest: int = LONGEST_MESSAGE) -> str:
    """The text with every invisible character shown, cut with a mark where it is too long.

    They are shown as in the words of problems, ``<U+202E>``: letters that every font has. Line breaks stay.
    """
    if len(text) <= longest // 2 and text.isprintable():
        return text
    return cut(sanitize(text.replace("\r\n", "\n"), code_point, keep="\t\n"), longest)


def cut(text: str, longest: int) -> str:
    """The text, or its beginning and how much there was; ``longest`` counts UTF-16 units, as Excel does."""
    if len(text) <= longest // 2 or _units(text) <= longest:
        return text
    mark = f" … (cut: {len(text):,} characters)"
    kept = text[: longest - len(mark)]
    while _units(kept) > longest - len(mark):
        kept = kept[: len(kept) - (_units(kept) - longest + len(mark) + 1) // 2]
    return kept + mark


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text as text, whatever it looks like; empty text leaves an empty cell."""
    if not text:
        sheet.write_blank(row, column, None, style)
        return
    if len(text) < _HARMLESS and text.isascii() and "_x" not in text and text[:3] != "<r>":
        sheet.write_string(row, column, text, style)
        return
    text = cut(_NOT_WRITABLE.sub(lambda found: code_point(found[0]), text), LONGEST_TEXT)
    is_markup = text.startswith("<r>") and text.endswith("</r>")
    if is_markup or _SHARED_UNDERSCORE.search(text):
        run = _as_run(text)
        # A longer one would be cut in the middle of its markup.
        text = run if len(run) <= LONGEST_TEXT else _as_run(cut(text, _LONGEST_RUN))
    sheet.write_string(row, column, text, style)


def write_cell(sheet: Worksheet, row: int, column: int, cell: Cell, style: Format) -> None:
    """Write a user's cell as it was: the same type, the same value.

    An error stays an error, so that it is refused when the file is read again. So does a formula whose result
    was never saved: written as an empty cell, it might pass for a wish (an empty Campaign ID means "create").
    """
    match cell:
        case str():
            write_text(sheet, row, column, cell, style)
        case None:
            sheet.write_blank(row, column, None, style)
        case bool():
            sheet.write_boolean(row, column, cell, style)
        case int() | float():
            _write_number(sheet, row, column, cell, style)
        case datetime() | date():
            _write_date(sheet, row, column, cell, style)
        case time() | timedelta():
            sheet.write_datetime(row, column, cell, style)
        case ErrorCell():
            _write_error(sheet, row, column, cell.text, style)
        case UncalculatedCell():
            _write_error(sheet, row, column, "#N/A", style)
        case _:
            assert_never(cell)


def _write_number(sheet: Worksheet, row: int, column: int, number: float, style: Format) -> None:
    if math.isfinite(number):
        sheet.write_number(row, column, number, style)
    else:  # a file can hold 1E999, Excel can't
        sheet.write_string(row, column, str(number), style)


def _write_date(sheet: Worksheet, row: int, column: int, day: date, style: Format) -> None:
    if (day.year, day.month, day.day) == (1900, 1, 1):  # XlsxWriter takes the first day for none
        part = (day - _FIRST_DAY) / timedelta(days=1) if isinstance(day, datetime) else 0.0
        sheet.write_number(row, column, 1 + part, style)
    elif day.year >= FIRST_YEAR:
        sheet.write_datetime(row, column, day, style)
    else:
        sheet.write_string(row, column, day.isoformat(), style)


_FIRST_DAY = datetime(1900, 1, 1)  # noqa: DTZ001  (Excel knows no zones)


def _write_error(sheet: Worksheet, row: int, column: int, error: str, style: Format) -> None:
    # The one "formula" that leaves this program is an error's own name, out of a closed list.
    error = error if error in ERRORS else "#N/A"
    sheet.write_formula(row, column, f"={error}", style, error)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _as_run(text: str) -> str:
    """The text as a run of rich text, which XlsxWriter passes on unchanged.

    It takes ``<r>..</r>`` for markup of its own, and of two escapes that share an underscore
    (``_x0041_x0042_``) it escapes the first alone. As a run the text is escaped here; the underscores are
    written as ``&#95;``, so that nothing more is found in it to escape.
    """
    escaped = _CONTROL.sub(lambda found: f"_x{ord(found.group()):04X}_", _ESCAPE.sub("_x005F_", text))
    return f'<r><t xml:space="preserve">{escape(escaped).replace("_", "&#95;")}</t></r>'
