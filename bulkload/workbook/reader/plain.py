"""The plain form in which Excel, LibreOffice, openpyxl and xlsxwriter write cells.

Nearly every file has its cells in one plain form: no prefixes, every position written out, nothing between
the elements. It is proved with one regular expression at 200 MB/s, and facts can then be searched for in the
bytes. What is not in that form is rewritten into it (``rewrite``), so the library that reads the values
sees nothing but the plain form.
"""

from __future__ import annotations

import re


class NotPlain(Exception):  # noqa: N818  (an answer to its caller, who takes the other way)
    """The bytes are not in plain form."""


# --- the grammar of rows -------------------------------------------------------------------------------

_FRACTION = rb"(?:\.[0-9]{1,40}+)?+"
_POSITIVE = (
    rb"(?:[0-9]{1,40}+" + _FRACTION + rb"(?:[eE](?:[+-]?[0-9]{1,2}|-[0-9]{3}))?"
    rb"|[0-9]" + _FRACTION + rb"[eE]\+?(?:[12][0-9]{2}|30[0-7]))"
)
_USUAL = rb"[0-9]{1,7}" + _FRACTION + rb"(?:[eE]-[0-9]{1,3})?"
NUMBER = rb"-?" + _POSITIVE
"""A number as programs write it: all of these are finite, and below 1E+308, Excel's limit."""

_ATTRIBUTES = rb'(?: [a-zA-Z0-9:]+="[^"<>]*+")*+'
_SIMPLE_ATTRIBUTES = rb'(?: [a-zA-Z0-9:]+="[ !#-%\x27-;=?-~]*+")*+'
"""Of signs that every parser reads alike."""
_FORMULA = rb"<f" + _ATTRIBUTES + rb"(?: ?/>|>[^<]*+</f>)"
_STYLE = rb'(?: s="[0-9]{1,5}")?+'
_MARKS = rb'(?: (?:cm|vm|ph)="[0-9]+")*+'
_NOTHING = rb"<v></v>|<v ?/>"
_SPACE = rb"[ \t\n]"
_TEXT = (
    rb'<t(?: xml:space="preserve">[^<]++|>(?!' + _SPACE + rb")[^<]++(?<!" + _SPACE + rb"))</t>"
)  # a space at the edge of a text that does not say "preserve" is dropped by some parsers
_NO_TEXT = rb'<t(?: xml:space="preserve")?+(?:></t>| ?/>)'


def _cell(column: bytes) -> bytes:
    """A cell with content, in the row whose number is the pattern's first group."""

    def of_kind(kind: bytes, value: bytes) -> bytes:
        content = rb"(?:" + _FORMULA + rb"(?:" + value + rb"|" + _NOTHING + rb")?+|" + value + rb")"
        return _STYLE + kind + _STYLE + _MARKS + rb">" + content + rb"</c>"

    kinds = (
        of_kind(rb'(?: t="n")?+', rb"<v>" + NUMBER + rb"</v>"),
        of_kind(rb' t="s"', rb"<v>[0-9]{1,9}</v>"),
        of_kind(rb' t="inlineStr"', rb"<is>" + _TEXT + rb"</is>"),
        of_kind(rb' t="str"', rb"<v>[^<]++</v>"),
        of_kind(rb' t="b"', rb"<v>[01]</v>"),
        of_kind(rb' t="e"', rb"<v>#[^<]*+</v>"),
        of_kind(rb' t="d"', rb"<v>[0-9TZ:.+-]++</v>"),
    )
    return rb'<c r="' + column + rb'\1"(?:' + rb"|".join(kinds) + rb")"


def _simple_cell(column: bytes) -> bytes:
    """Such a cell with nothing to note: no formula, no error, no date in words, no unusual number."""
    kinds = (
        rb' t="s"' + _STYLE + rb"><v>[0-9]{1,9}</v>",
        rb'(?: t="n"' + _STYLE + rb")?+><v>" + _USUAL + rb"</v>",
        rb' t="inlineStr"' + _STYLE + rb"><is>" + _TEXT + rb"</is>",
        rb' t="b"' + _STYLE + rb"><v>[01]</v>",
    )
    return rb'<c r="' + column + rb'\1"' + _STYLE + rb"(?:" + rb"|".join(kinds) + rb")</c>"


def _rows(row: bytes, cell: bytes, attributes: bytes = _ATTRIBUTES) -> re.Pattern[bytes]:
    return re.compile(rb'(?:<row r="(' + row + rb')"' + attributes + rb">(?:" + cell + rb")++</row>)*")


_NEAR_COLUMN, _NEAR_ROW = rb"(?:[A-Z]|[A-F][A-Z]|G[A-R])", rb"[1-9][0-9]{0,4}"
_SHOWN = rb'(?![^>]* (?:hidden="[1to]|ht="0))'
_SIMPLE_ROWS = _rows(_NEAR_ROW, _simple_cell(_NEAR_COLUMN), _SHOWN + _SIMPLE_ATTRIBUTES)
_NEAR_ROWS = _rows(_NEAR_ROW, _cell(_NEAR_COLUMN))
_ANY_ROWS = _rows(rb"[1-9][0-9]{0,6}", _cell(rb"[A-Z]{1,3}"))
_EMPTY_CELL = re.compile(
    rb"<c" + _ATTRIBUTES + rb"(?: ?/>|>(?:" + _NOTHING + rb"|<is ?/>|<is>" + _NO_TEXT + rb"</is>)?+</c>)"
)
_EMPTY_ROW = re.compile(rb"<row" + _ATTRIBUTES + rb"(?: ?/>|></row>)")


def is_simple(rows: bytes) -> bool:
    """Whether these are near rows in plain form with nothing to note: values, all of them visible."""
    return _SIMPLE_ROWS.fullmatch(rows) is not None


def holds_no_text(simple_rows: bytes) -> bool:
    """Whether simple rows have no text of their own: in nothing else can a sign stand that parsers read differently."""
    return b"<is>" not in simple_rows


def is_near(rows: bytes) -> bool:
    """Whether these are rows in plain form, each cell with content, none beyond row 99,999 or column GR (200)."""
    return _NEAR_ROWS.fullmatch(rows) is not None


def is_plain(rows: bytes) -> bool:
    """Whether these are rows in plain form, each cell with content, wherever they stand."""
    return _ANY_ROWS.fullmatch(rows) is not None


def without_empty(rows: bytes) -> bytes:
    """The rows without cells that are formatted but hold nothing, and without rows that have no others.

    In bytes that are not in plain form this may take out anything that looks like an empty cell, for instance
    in a comment; the comment itself remains, so they don't become plain by it.
    """
    return _EMPTY_ROW.sub(b"", _EMPTY_CELL.sub(b"", rows))


# --- the grammar of texts ------------------------------------------------------------------------------

_STRINGS = re.compile(rb"(?:<si>(?:" + _NO_TEXT + rb"|" + _TEXT + rb")</si>)*+")
BLANK_STRING = re.compile(rb"<si>" + _NO_TEXT + rb"</si>")
"""A shared text without a character."""
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
"""An unknown entity, or a character's number: expat knows which of them are allowed."""
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_CONTROLS = bytes(set(range(32)) - {9, 10})
"""What XML forbids, and the carriage return, which XML reads as a line feed."""


def are_plain_strings(strings: bytes) -> bool:
    """Whether these are shared texts in plain form: no rich text, no phonetic guides."""
    return _STRINGS.fullmatch(strings) is not None


def is_utf8(head: bytes) -> bool:
    """Whether a part that begins so says that it is in UTF-8, or says nothing, which means the same."""
    declared = _ENCODING.match(head)
    return declared is None or declared[1].lower() in (b"utf-8", b"us-ascii")


def is_plain_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8 that every XML parser reads alike."""
    if len(data.translate(None, _CONTROLS)) != len(data):
        return False
    if b"&" in data and _REFERENCE.search(data):
        return False
    if data.isascii():
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text
