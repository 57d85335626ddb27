"""The pieces that the live checks are made of: expressions that Excel 2007 and LibreOffice both understand.

``cell`` and ``text`` are expressions themselves, such as ``Campaigns!$H1``. Three kinds of functions are avoided.
COUNTIF and MATCH of what people type: they take ``*``, ``?`` and ``<`` for patterns. TIMEVALUE, and VALUE of anything
but digits: a German Excel reads other texts than an English one. CELL: with it, a sheet calculates everything at
each change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_BREAK_SPACE = "\xa0"
"""Comes with text that is pasted from web pages. TRIM takes it for a letter. Formulas contain the character itself,
because ``CHAR(160)`` is another character on a Mac."""

LONGEST_NAME_AT_KORE = 300
"""Characters that a part of a list is cut to while a formula takes the list apart."""


def quoted(text: str) -> str:
    """The text as a literal in a formula."""
    return '"' + text.replace('"', '""') + '"'


def substituted(cell: str, old: Iterable[str], new: str) -> str:
    """The text with each of these texts replaced by another one."""
    for text in old:
        cell = f"SUBSTITUTE({cell},{quoted(text)},{quoted(new)})"
    return cell


def trimmed(cell: str) -> str:
    """The text without spaces at its edges, one between two words, of whatever kind they were."""
    return f"TRIM({substituted(cell, (NO_BREAK_SPACE,), ' ')})"


FULL_WIDTH = {chr(0xFF10 + digit): str(digit) for digit in range(10)} | {
    "\uff1a": ":",
    "\uff0e": ".",
    "\uff0b": "+",
    "\u3000": " ",
}
"""What East Asian input methods write in numbers and times, as far as ``text.half_width`` makes it plain."""


def half_width(cell: str) -> str:
    """The text with full-width digits and signs as plain ones."""
    for wide, plain in FULL_WIDTH.items():
        cell = f"SUBSTITUTE({cell},{quoted(wide)},{quoted(plain)})"
    return cell


def is_empty(cell: str) -> str:
    """Whether the cell contains nothing but spaces."""
    return f'{trimmed(cell)}=""'


def is_one_of(cell: str, words: Iterable[str]) -> str:
    """Whether the cell contains one of the words, in any case (``=`` ignores case)."""
    return f"OR({','.join(f'{trimmed(cell)}={quoted(word)}' for word in words)})"


def names_one_of(cell: str, words: Iterable[str]) -> str:
    """Whether one of the words occurs in the cell. Other text in the cell is another check's complaint."""
    return f"COUNT({','.join(f'SEARCH({quoted(word)},{cell})' for word in words)})>0"


def same_text(span: str, cell: str) -> str:
    """An array: which cells of the span contain the same text, whatever its case and spaces."""
    return f"({trimmed(span)}={trimmed(cell)})"


def first_of(*cases: tuple[str, str]) -> str:
    """The complaint of the first condition that is true, or nothing."""
    formula = '""'
    for condition, complaint in reversed(cases):
        formula = f"IF({condition},{complaint},{formula})"
    return formula


def is_in_list(cell: str, words: Iterable[str]) -> str:
    """Whether the cell contains one of many words; shorter than to compare it with each.

    Trimmed text contains no no-break space, so that character marks where a word ends.
    """
    edge = quoted(NO_BREAK_SPACE)
    listed = NO_BREAK_SPACE.join(("", *(word.lower() for word in words), ""))
    return f"ISNUMBER(FIND({edge}&LOWER({trimmed(cell)})&{edge},{quoted(listed)}))"


def as_text(cell: str) -> str:
    """The cell's text; TRUE and FALSE in English, because a German Excel turns them into WAHR and FALSCH."""
    return f'IF(ISLOGICAL({cell}),IF({cell},"true","false"),{cell})'


def is_fraction(cell: str) -> str:
    """Whether a number has digits behind its point, so that only its text would say how it is written."""
    return f"N({cell})<>INT(N({cell}))"


def is_digits(text: str) -> str:
    """Whether a text is digits and nothing else, 15 at most (Excel keeps no more)."""
    return f'IFERROR(TEXT(VALUE({text}),REPT("0",LEN({text})))={text},FALSE)'


def list_parts(text: str, separator: str, places: Iterable[int], *, down: bool = False) -> str:
    """An array: the parts of a list at these places (0 is the first), from left to right or downwards."""
    room = LONGEST_NAME_AT_KORE
    starts = (";" if down else ",").join(str(1 + place * room) for place in places)
    spread = f'SUBSTITUTE({text},{quoted(separator)},REPT(" ",{room}))'
    return f"TRIM(MID({spread},{{{starts}}},{room}))"


def is_any(array: str) -> str:
    """Whether one element of the array is true; an error in it counts as none."""
    return f"IFERROR(SUMPRODUCT(--{array})>0,FALSE)"
