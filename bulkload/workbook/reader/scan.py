"""What the rows of a sheet hold beside plain values: what is hidden, far off, an error, a formula."""

from __future__ import annotations

import re
from array import array
from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, TypeAlias

from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.workbook.reader.cell_refs import Area, Place, column_of
from bulkload.workbook.reader.plain import (
    NotPlain,
    holds_no_text,
    is_near,
    is_plain,
    is_plain_text,
    is_simple,
    without_empty,
)
from bulkload.workbook.reader.rewrite import Damage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.model import Cell
    from bulkload.workbook.reader.rewrite_sheet import SheetMarks

MOST_TABLE_ROWS = 50_000
"""Rows below the headings at most."""
LAST_HEADING_ROW = 20
LAST_ROW = LAST_HEADING_ROW + MOST_TABLE_ROWS
MOST_TABLE_COLUMNS = 200
"""Columns from A on; Excel's own limit is another one (``places``)."""

LARGE = 10_000_000
"""The last day that Excel knows has the number 2,958,465; calamine's dates panic far beyond it."""

LONGEST_FORMULA = 60
"""Characters of a formula that fit into a message."""


Styled: TypeAlias = tuple[int, str]
"""Column (0 is A) and the number format of cells."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a sheet's bytes say."""

    rows: deque[bytes]
    """Rows in plain form, empty cells left out, and those cells left out that ``known`` holds. Whoever passes
    them on uses them up, so that a large sheet is not in memory twice."""
    last_row: int
    """The last row with content; 0 where there is none."""
    filled: int
    """Cells with a value among ``rows``: what the library must find, no more and no less."""
    known: Mapping[Place, Cell]
    """Cells whose content the library would lose: errors, dates in words, formulas without a result, numbers
    so large that it despairs of them."""
    negative: Mapping[Place, float]
    """Negative numbers: where they are shown as dates, the library makes times of day of them."""
    formulas: Mapping[int, tuple[int, ...]]
    """Rows with a formula and its saved result, for each column."""
    styled: Mapping[Styled, Sequence[int]]
    """Rows with a number, for each column and each number format that was asked for."""
    hidden_rows: frozenset[int]
    """Rows with content that are hidden or filtered out."""
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]
    far: Place | None
    """The first cell with content beyond row 50,020 or column 200."""
    row_count: int
    """Rows with content, far ones included."""


class Scanner:
    """Gathers the facts while the rows pass."""

    def __init__(self, blank_strings: frozenset[int], noted_styles: Mapping[int, str]) -> None:
        self._blank_strings = blank_strings
        self._noted_styles = noted_styles
        self._styled: dict[Styled, array[int]] = defaultdict(lambda: array("I"))
        self._rows: deque[bytes] = deque()
        self._last_row = 0
        self._row_count = 0
        self._filled = 0
        self._known: dict[Place, Cell] = {}
        self._negative: dict[Place, float] = {}
        self._formulas: dict[int, list[int]] = defaultdict(list)
        self._shared_formulas: dict[bytes, str] = {}
        self._hidden: set[int] = set()
        self._far: Place | None = None

    def take(self, rows: bytes, *, is_written_here: bool = False) -> None:
        """Go on with these whole rows, of the file or written anew from it. Raises NotPlain or Damage."""
        simple = is_simple(rows)
        if not (is_written_here or (simple and holds_no_text(rows)) or is_plain_text(rows)):
            raise NotPlain
        near = simple or is_near(rows)
        if not near:
            rows = without_empty(rows)
            near = is_near(rows)
            if not near and not is_plain(rows):
                raise NotPlain
        self._count(rows)
        if self._far is None and not (near and self._last_row <= LAST_ROW):
            self._far = _far_cell(rows)
        if self._far is None:
            if self._noted_styles:
                self._note_styles(rows)
            self._keep(rows if simple else self._looked_at(rows))

    def _count(self, rows: bytes) -> None:
        numbers = [int(number) for number in _ROW_NUMBER.findall(rows)]
        for before, number in zip([self._last_row, *numbers], numbers, strict=False):
            if number <= before:
                raise Damage(f"row {number} stands after row {before}")
        self._row_count += len(numbers)
        self._last_row = numbers[-1] if numbers else self._last_row

    def _keep(self, rows: bytes) -> None:
        self._filled += rows.count(b"<c ")
        if self._blank_strings:
            self._filled -= sum(int(string) in self._blank_strings for string in _STRING_CELL.findall(rows))
        self._rows.append(rows)

    def _note_styles(self, rows: bytes) -> None:
        for column, row, style in _STYLED_NUMBER.findall(rows):
            if int(style) in self._noted_styles:
                self._styled[column_of(column.decode()), self._noted_styles[int(style)]].append(int(row))

    def scan(self, marks: SheetMarks) -> Scan:
        """Everything that was seen."""
        hidden = {
            index
            for first, last in marks.hidden_columns
            for index in range(first, last + 1)[:MOST_TABLE_COLUMNS]
        }
        return Scan(
            rows=self._rows if self._far is None else deque(),
            last_row=self._last_row,
            filled=self._filled,
            known=self._known,
            negative=self._negative,
            formulas={column: tuple(rows) for column, rows in self._formulas.items()},
            styled=self._styled,
            hidden_rows=frozenset(self._hidden),
            hidden_columns=frozenset(hidden),
            merged=tuple(marks.merged),
            far=self._far,
            row_count=self._row_count,
        )

    def _looked_at(self, rows: bytes) -> bytes:
        """The rows without the cells that the library would lose; what they hold is known from now on."""
        for found in _HIDDEN_ROW.finditer(rows):
            self._hidden.add(int(found[1]))
        rows = _SPECIAL_CELL.sub(self._special, rows)
        return _UNUSUAL_NUMBER.sub(self._unusual, rows)

    def _unusual(self, found: re.Match[bytes]) -> bytes:
        """The cell, unless its number is so large that no format makes a date or a duration of it."""
        number = float(found[3])
        if abs(number) >= LARGE:
            self._known[_place(found)] = int(number) if number.is_integer() else number
            return b""
        if number < 0:
            self._negative[_place(found)] = number
        return found[0]

    def _special(self, found: re.Match[bytes]) -> bytes:
        """The cell as the library shall see it: not at all where it would lose what stands there."""
        row, column = place = _place(found)
        kind, value, text = found["kind"], found["value"], found["text"]
        if kind == b"e" and value:
            self._known[place] = ErrorCell(_unescaped(value)[:LONGEST_FORMULA])
            return b""
        if kind == b"d" and value:
            self._known[place] = _date(value.decode())
            return b""
        formula = self._formula(found)
        if formula is None:
            return found[0]
        if value or text:
            self._formulas[column].append(row)
            return found[0]
        if kind == b"str" and found["element"]:
            self._formulas[column].append(row)  # its result is a text without a character
        else:
            self._known[place] = UncalculatedCell(formula)
        return b""

    def _formula(self, found: re.Match[bytes]) -> str | None:
        """The formula's text, None where there is none; a cell that shares one says only its number."""
        if found["formula"] is None:
            return None
        text = _unescaped(found["formula_text"] or b"")[:LONGEST_FORMULA]
        shared = _SHARED.search(found["formula"].partition(b">")[0])
        return self._shared_formulas.setdefault(shared[1], text) if shared else text


_ROW_NUMBER = re.compile(rb'<row r="([0-9]+)"')
_CELL_PLACE = re.compile(rb'<c r="([A-Z]+)([0-9]+)"')
_HIDDEN_ROW = re.compile(rb'<row r="([0-9]+)"[^>]* (?:hidden="(?:1|true|on)"|ht="0(?:\.0*)?")')
_STYLED_NUMBER = re.compile(rb'<c r="([A-Z]+)([0-9]+)"(?: t="n")? s="([0-9]+)"(?: t="n")?[^>t]*>(?!<is>)')
_STRING_CELL = re.compile(rb' t="s"[^>]*><v>([0-9]+)</v>')
_UNUSUAL_NUMBER = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+"| t="n"| [cvp][mh]="[0-9]+")*>'
    rb"(?:<f[^>]*>(?:[^<]*</f>)?)?<v>(-[^<]+|[0-9]{8,}[^<]*|[0-9.]+[eE]\+?[0-9]+)</v></c>"
)
"""A number below zero or from eight digits on."""
_SPECIAL_CELL = re.compile(
    rb'<c r="([A-Z]+)([0-9]+)"(?=[^>]*(?: t="[ed]"|><f))[^>]*?(?: t="(?P<kind>[a-zA-Z]+)"[^>]*)?>'
    rb"(?P<formula><f[^>]*?(?:/>|>(?P<formula_text>[^<]*)</f>))?"
    rb"(?P<element><v>(?P<value>[^<]*)</v>|<v ?/>|<is><t[^>]*>(?P<text>[^<]*)</t></is>)?</c>"
)
_SHARED = re.compile(rb' si="([0-9]+)"')


def _far_cell(rows: bytes) -> Place | None:
    places = ((int(row), column_of(column.decode())) for column, row in _CELL_PLACE.findall(rows))
    return next((place for place in places if place[0] > LAST_ROW or place[1] >= MOST_TABLE_COLUMNS), None)


def _place(found: re.Match[bytes]) -> Place:
    return int(found[2]), column_of(found[1].decode())


def _unescaped(text: bytes) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity.encode(), character.encode())
    return text.decode()


def _date(text: str) -> datetime | time:
    """A date or a time of day that the file holds in words (ISO 8601), its zone left out as Excel does."""
    for kind in (datetime, time):
        try:
            return kind.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            continue
    raise Damage(f"'{text[:30]}' is no date")
