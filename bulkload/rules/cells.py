"""Show a cell as Excel shows it, and find characters that people can't see.

Invisible and bidirectional characters come with text copied from web pages and chats. At the edges they are
trimmed. Inside, two names would look the same and be different, so they are refused with their position.
Characters that belong to a script or an emoji stay: joiners in Persian and Indic words and between emoji,
variation selectors after a symbol, the tags of a flag.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.text import code_point

if TYPE_CHECKING:
    from bulkload.model import Cell

LONGEST_VALUE = 60
"""Characters of a value in a message: enough to recognise it, short enough for a line."""

NUMBERS_BELOW = 2_400
"""Serial numbers above this are dates of our time; 2359, a time without its colon, is the largest mistake."""

_ONE_DAY = timedelta(days=1)
_DAY_0, _DAY_0_OF_1904 = datetime(1899, 12, 31), datetime(1904, 1, 1)  # noqa: DTZ001  (Excel knows no zones)
_MARCH_1900 = datetime(1900, 3, 1)  # noqa: DTZ001  (as above; Excel counts a 29 February before it)

LINE_BREAKS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")

# The general categories Cc, Cf, Cs, Zl and Zp as far as they draw nothing, and the letters that draw nothing.
_SUSPECT = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")
_JOINABLE = frozenset({"Lo", "Lm", "Mn", "Mc", "So", "Sk"})
"""Categories of the letters and symbols that joiners join; Latin letters are Ll and Lu."""

_NAMES = {
    "\t": "a tab",
    "\u200b": "a zero width space",
    "\ufeff": "a byte order mark",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\xad": "a soft hyphen",
    "\xa0": "a no-break space",
    "\u202f": "a narrow no-break space",
}


def trimmed(text: str) -> str:
    """The text without spaces and invisible characters at its edges, otherwise as it is."""
    text = text.strip()
    if _is_plain(text):
        return text
    first, last = 0, len(text)
    while first < last and _is_edge(text, first):
        first += 1
    while last > first and _is_edge(text, last - 1):
        last -= 1
    return text[first:last]


def is_plain_line(cell: Cell) -> bool:
    """Whether the cell is visible ASCII text without spaces at its edges, so that it needs no cleaning."""
    return isinstance(cell, str) and cell != "" and _is_plain(cell) and cell == cell.strip()


def first_invisible(text: str) -> int | None:
    """The position of the first invisible character, counted from 0, or None; line breaks count too."""
    if _is_plain(text):
        return None
    for found in _SUSPECT.finditer(text):
        if _is_stray(text, found.start()):
            return found.start()
    return None


def without_invisible(text: str) -> str:
    """The text without invisible characters; a tab or a line break becomes a space."""
    if first_invisible(text) is None:
        return text
    kept = (
        " " if character.isspace() else "" if _SUSPECT.match(character) and _is_stray(text, at) else character
        for at, character in enumerate(text)
    )
    return " ".join("".join(kept).split())


def name_of(character: str) -> str:
    """A character in words: "a zero width space"."""
    known = _NAMES.get(character)
    if known:
        return known
    name = unicodedata.name(character, "").lower()
    return f"a {name}" if name else f"the control character {ord(character):04X}"


def clock(minutes: int) -> str:
    """``9:05 AM`` for 545 minutes since midnight."""
    hour, minute = divmod(minutes, 60)
    return f"{hour % 12 or 12}:{minute:02} {'AM' if hour % 24 < 12 else 'PM'}"


def excel_serial(moment: datetime) -> str | None:
    """The small number in a cell whose format shows it as a date long ago; None for a date of our time.

    Excel counts days from 1900, and from 1904 in old workbooks of a Mac, where 1 to 31 is January 1904. A day of
    January 1904 is read that way: counted from 1900 it would be 1463 to 1493, and no column takes such numbers.
    """
    days = (moment - _DAY_0_OF_1904) / _ONE_DAY
    if not 1 <= days < 32:
        days = (moment - _DAY_0) / _ONE_DAY + (moment >= _MARCH_1900)
    if not 0 < days < NUMBERS_BELOW:
        return None
    # Excel counts a 29 February 1900; the reader gives the day before for it.
    return "59 or 60" if 59 <= days < 60 else f"{days:.9g}"


def display_value(cell: Cell) -> str | None:
    """The value as Excel shows it, cut to a length that fits a message; None if the cell is empty."""
    text = visible(display_text(cell))
    if not text:
        return None
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def display_text(cell: Cell) -> str:  # noqa: PLR0911  (one line for each kind of cell)
    """The value's whole text as Excel shows it; empty where the cell is."""
    match cell:
        case None:
            return ""
        case str():
            return trimmed(cell)
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _number(cell)
        case date() | time() | timedelta():
            return _moment(cell)
        case ErrorCell():
            return cell.text
        case UncalculatedCell():
            return f"={cell.formula}"


def _moment(moment: date | time | timedelta) -> str:
    match moment:
        case datetime():
            day = f"{moment.date()}"
            return f"{day} {_time(moment.time())}" if moment.time() != time(0) else day
        case date():
            return f"{moment}"
        case time():
            return _time(moment)
        case timedelta():
            minutes, seconds = divmod(round(moment.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def visible(text: str) -> str:
    """The text with a mark in place of every invisible character."""
    if first_invisible(text) is None:
        return text
    return "".join(_mark(text, position) for position in range(len(text)))


def _mark(text: str, position: int) -> str:
    character = text[position]
    if LINE_BREAKS.match(character):
        return "↵"
    if _SUSPECT.match(character) and _is_stray(text, position):
        return "⇥" if character == "\t" else code_point(character)
    return character


def _number(number: float) -> str:
    # Excel keeps 15 digits; repr would show the binary tail of 5.7.
    if isinstance(number, int) or (number.is_integer() and abs(number) < 1e15):
        return str(int(number))
    return f"{number:.15g}".upper()


def _time(value: time) -> str:
    text = clock(value.hour * 60 + value.minute)
    return text if not value.second else f"{text[:-3]}:{value.second:02}{text[-3:]}"


def _is_plain(text: str) -> bool:
    """Whether the text is visible ASCII, as nearly every cell is; decided without a look at each character."""
    return text.isascii() and text.isprintable()


def _is_edge(text: str, position: int) -> bool:
    return text[position].isspace() or (
        _SUSPECT.match(text[position]) is not None and _is_stray(text, position)
    )


def _is_stray(text: str, position: int) -> bool:
    """Whether this suspect character has no purpose at its position."""
    character = text[position]
    before = text[position - 1 : position]
    if character in _JOINERS:
        after = text[position + 1 : position + 2]
        return not (_is_joinable(before) and _is_joinable(after))
    if _SELECTORS.match(character):
        return not before or before.isspace() or (before.isascii() and before not in "0123456789#*")
    return not any(flag.start() < position < flag.end() for flag in _FLAG.finditer(text))


def _is_joinable(character: str) -> bool:
    return bool(character) and (
        unicodedata.category(character) in _JOINABLE or _SELECTORS.match(character) is not None
    )
