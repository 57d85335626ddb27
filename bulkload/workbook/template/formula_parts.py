"""The pieces that the live checks are made of: expressions that Excel 2007 and LibreOffice both understand.

``cell`` and ``text`` are expressions themselves, such as ``$H6``. COUNTIF and MATCH are avoided where a person's
text is looked up, for they take ``*``, ``?`` and ``<`` for patterns; SUMPRODUCT compares as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

NO_BREAK_SPACE = "\xa0"
"""It comes with text that is pasted from web pages, and TRIM takes it for a letter. It stands in the formulas
as itself, for ``CHAR(160)`` is another sign on a Mac."""


def quoted(text: str) -> str:
    """The text as a literal in a formula."""
    return '"' + text.replace('"', '""') + '"'


def trimmed(cell: str) -> str:
    """The text without spaces at its edges, one between two words, of whatever kind they were."""
    return f'TRIM(SUBSTITUTE({cell},{quoted(NO_BREAK_SPACE)}," "))'


def is_empty(cell: str) -> str:
    """Whether nothing but spaces stands there."""
    return f'{trimmed(cell)}=""'


def is_one_of(cell: str, words: Iterable[str]) -> str:
    """Whether one of the words stands there, in any case (``=`` doesn't look at it)."""
    return f"OR({','.join(f'{trimmed(cell)}={quoted(word)}' for word in words)})"


def names_one_of(cell: str, words: Iterable[str]) -> str:
    """Whether one of the words occurs there: shorter, where another complaint is made of whatever is beside it."""
    return f"COUNT({','.join(f'SEARCH({quoted(word)},{cell})' for word in words)})>0"


def same_text(span: str, cell: str) -> str:
    """An array: which cells of the span hold the same text, whatever its case and spaces."""
    return f"({trimmed(span)}={trimmed(cell)})"


def is_repeated(span: str, cell: str) -> str:
    """Whether the text stands in the span more than once; an error elsewhere in the span hides it."""
    return f"IFERROR(SUMPRODUCT(--{same_text(span, cell)})>1,FALSE)"


def first_of(*cases: tuple[str, str]) -> str:
    """The complaint of the first condition that holds, or nothing."""
    formula = '""'
    for condition, complaint in reversed(cases):
        formula = f"IF({condition},{complaint},{formula})"
    return formula


def is_in_list(cell: str, words: Iterable[str]) -> str:
    """Whether one of many words stands there: shorter than to compare it with each.

    Nothing that is trimmed holds a no-break space, so that is what tells where a word ends.
    """
    edge = quoted(NO_BREAK_SPACE)
    listed = NO_BREAK_SPACE.join(("", *(word.lower() for word in words), ""))
    return f"ISNUMBER(FIND({edge}&LOWER({trimmed(cell)})&{edge},{quoted(listed)}))"


def is_fraction(cell: str) -> str:
    """Whether a number has digits behind its point, so that only its text would say how it is written."""
    return f"N({cell})<>INT(N({cell}))"


def is_digits(text: str) -> str:
    """Whether a text is digits and nothing else, 15 at most (Excel keeps no more)."""
    return f'IFERROR(TEXT(VALUE({text}),REPT("0",LEN({text})))={text},FALSE)'
