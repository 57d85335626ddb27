"""Parse the cells of a column into typed values, each different cell once.

Two cells are different when their types are: 1, 1.0 and TRUE are equal to Python but not to a person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import count
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

import numpy as np

from bulkload.columns import (
    DITTO_MARKS,
    NEVER,
    PLACEHOLDERS,
    WORDS_FOR_NOTHING,
    CallerId,
    Choice,
    Days,
    Detection,
    FreeText,
    HoursName,
    Identifier,
    ListedName,
    ListedNames,
    Text,
    TimeOfDay,
    TimeZone,
    WholeNumber,
)
from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.rules.cells import LINE_BREAKS, is_plain_line, trimmed
from bulkload.rules.kinds.caller_ids import parse_caller_id
from bulkload.rules.kinds.choices import parse_choice, parse_detection
from bulkload.rules.kinds.days import parse_days
from bulkload.rules.kinds.texts import (
    may_begin_with_bullet,
    parse_id,
    parse_listed_name,
    parse_listed_names,
    parse_name,
    parse_text,
    refused_character,
)
from bulkload.rules.kinds.times import parse_time
from bulkload.rules.kinds.whole_numbers import parse_whole_number
from bulkload.rules.kinds.zones import parse_zone
from bulkload.rules.messages import cells as messages
from bulkload.rules.parsed_cell import EMPTY, invalid, ok, warning
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.model import ApiVersion, Cell, Sheet
    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

Parser: TypeAlias = "Callable[[NonEmptyCell], ParsedCell]"

_FOR_NOTHING = frozenset(map(name_key, WORDS_FOR_NOTHING))
_PLACEHOLDERS = frozenset(map(name_key, PLACEHOLDERS))
_DITTO_MARKS = frozenset(map(name_key, DITTO_MARKS))
_MARKS = _FOR_NOTHING | _PLACEHOLDERS | _DITTO_MARKS
_LONGEST_MARK = max(map(len, _MARKS))


@dataclass(frozen=True, slots=True)
class ParsedColumn:
    """A column of a sheet: its different cells, parsed, and which of them each row has."""

    column: Column
    cells: list[Cell]
    """The different cells, untouched."""
    parsed: list[ParsedCell]
    """What each of them gives."""
    codes: NDArray[np.intp]
    """For each row of the sheet, the index of its cell."""
    not_applicable: NDArray[np.bool_] | None = None
    """For each row, whether its mode has no use for the column, so that the value does not matter. None: for no row."""
    default: object = None
    """What an empty cell means, as a typed value; None where it means nothing."""

    def values(self) -> NDArray[np.object_]:
        """The typed value of each row, or the default; None where it is unreadable or not applicable."""
        return self._by_row(self._values())

    def keys(self) -> NDArray[np.object_]:
        """The folded key of each row's text or texts; None where the value is."""
        return self._by_row([_key(value) for value in self._values()])

    def is_filled(self) -> NDArray[np.bool_]:
        """For each row, whether the cell contains anything."""
        return np.array([cell.is_filled for cell in self.parsed], dtype=bool)[self.codes]

    def rows_with_findings(self) -> NDArray[np.intp]:
        """The rows, counted from 0, whose cell has a finding."""
        has_finding = np.array([cell.finding is not None for cell in self.parsed], dtype=bool)[self.codes]
        return np.flatnonzero(
            has_finding if self.not_applicable is None else has_finding & ~self.not_applicable
        )

    def _values(self) -> list[Any]:
        return [cell.value if cell.is_filled else self.default for cell in self.parsed]

    def _by_row(self, different: Sequence[object]) -> NDArray[np.object_]:
        found = objects(different)[self.codes]
        if self.not_applicable is not None:
            found[self.not_applicable] = None
        return found


def parse(sheet: Sheet, column: Column, version: ApiVersion) -> ParsedColumn:
    """Every cell of a column parsed; a column that the sheet does not have is empty in every row."""
    parser = _parser(column, version)
    default = _default(column, parser, version)
    if column.heading not in sheet.frame.columns:
        nothing = np.zeros(len(sheet.frame), dtype=np.intp)
        return ParsedColumn(column, [None], [EMPTY], nothing, default=default)
    different, codes = _different(sheet.frame[column.heading].tolist())
    if not column.kind.is_judged:
        return ParsedColumn(
            column, different, [EMPTY if cell is None else _NOTE for cell in different], codes
        )
    takes_any_line = isinstance(column.kind, Text | HoursName) and column.needed != NEVER
    parsed = [
        # Nearly every text of a long sheet is a plain line; checking that first halves the time.
        ok(cell) if takes_any_line and _is_harmless(cell) else _parse_cell(cell, column, parser, version)
        for cell in different
    ]
    return ParsedColumn(column, different, parsed, codes, default=default)


_NOTE = ok(None)
"""What people write for themselves: filled, and never read."""


def _is_harmless(cell: Cell) -> bool:
    """Whether a cell is a line of text that nothing can be wrong with, in whatever column."""
    return (
        isinstance(cell, str)
        and is_plain_line(cell)
        and not may_begin_with_bullet(cell)
        and (len(cell) > _LONGEST_MARK or name_key(cell) not in _MARKS)
    )


def _default(column: Column, parser: Parser, version: ApiVersion) -> object:
    """What an empty cell of the column means, parsed as if it had been typed."""
    if column.default is None:
        return None
    parsed = _parse_cell(column.default, column, parser, version)
    if parsed.value is None or parsed.finding:
        raise AssertionError(f"the default of {column.heading} can't be read")
    return parsed.value


def _key(value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    match value:
        case None:
            return None
        case str():
            return name_key(value)
        case _:
            return tuple(map(name_key, value))


def _different(cells: list[Cell]) -> tuple[list[Cell], NDArray[np.intp]]:
    """The different cells in the order of their first row, and for each row the index of its cell."""
    numbers: defaultdict[Any, int] = defaultdict(count().__next__)
    # A text equals only texts, so a column of texts, as most are, needs no comparison of types.
    is_text = set(map(type, cells)) <= {str, NoneType}
    keys = cells if is_text else zip(map(type, cells), cells, strict=True)
    codes = np.fromiter(map(numbers.__getitem__, keys), np.intp, len(cells))
    return list(numbers) if is_text else [cell for _, cell in numbers], codes


def _parse_cell(cell: Cell, column: Column, parser: Parser, version: ApiVersion) -> ParsedCell:
    """Do what is the same for every kind, then call the kind's own parser."""
    match cell:
        case None:
            return EMPTY
        case str():
            text = trimmed(cell)
            return _parse_text(text, column, parser, version) if text else EMPTY
        case ErrorCell():
            return invalid(messages.EXCEL_ERROR)
        case UncalculatedCell():
            return invalid(messages.NOT_CALCULATED)
        case _:
            return parser(cell)


def _parse_text(text: str, column: Column, parser: Parser, version: ApiVersion) -> ParsedCell:
    return (
        _refused_mark(text, column, version)
        or _refused_character(text, column)
        or _with_warning(text, column, parser(text))
    )


def _refused_mark(text: str, column: Column, version: ApiVersion) -> ParsedCell | None:
    """The refusal of what only takes the place of a value: TBD, a ditto mark, N/A where nothing is needed."""
    if len(text) > _LONGEST_MARK:
        return None
    key = name_key(text)
    if column.needed == NEVER:
        return invalid(messages.NOT_A_VALUE, proposals=("",)) if key in _MARKS else None
    # Copying the value from above would be a guess: rows are sorted after they were written.
    if key in _DITTO_MARKS:
        return invalid(messages.DITTO)
    if key in _PLACEHOLDERS:
        return invalid(messages.PLACEHOLDER, what_to_type=column.what_to_type(version))
    return None


def _refused_character(text: str, column: Column) -> ParsedCell | None:
    """The refusal of an invisible character; parsers of texts look at each of their parts themselves."""
    if column.kind.is_text:
        return None
    # Days may be listed on several lines of the cell.
    return refused_character(LINE_BREAKS.sub(";", text) if isinstance(column.kind, Days) else text)


def _with_warning(text: str, column: Column, parsed: ParsedCell) -> ParsedCell:
    """The parsed cell, with a warning where a name at Kore.ai looks like nothing, or like several."""
    if parsed.finding or not column.kind.is_name:
        return parsed
    for name in parsed.value if isinstance(parsed.value, tuple) else (parsed.value,):
        if name is not None and len(name) <= _LONGEST_MARK and name_key(name) in _FOR_NOTHING:
            return warning(parsed.value, messages.WORD_AS_NAME, name=name)
    if not text.isascii() and (like := _LIKE_SEMICOLONS.search(text)):
        proposals = (_LIKE_SEMICOLONS.sub("; ", text),) if isinstance(parsed.value, tuple) else ()
        return warning(parsed.value, messages.SEMICOLON_LOOKALIKE, sign=like[0].strip(), proposals=proposals)
    return parsed


_LIKE_SEMICOLONS = re.compile("\\s*[\uff1b\ufe54\u061b\u204f\u037e]\\s*")
"""Of East Asian and Arabic keyboards, reversed, and the Greek question mark, which looks exactly like it."""


def objects(values: Sequence[object]) -> NDArray[np.object_]:
    """The values as they are; numpy alone would make a table of tuples of one length."""
    return np.fromiter(values, dtype=object, count=len(values))


def _parser(column: Column, version: ApiVersion) -> Parser:  # noqa: C901, PLR0911, PLR0912  (one line per kind)
    match column.kind:
        case Text(is_prose=True) | HoursName():
            return parse_text
        case Text():
            return parse_name
        case ListedName():
            return parse_listed_name
        case ListedNames():
            return parse_listed_names
        case WholeNumber() as kind:
            return partial(parse_whole_number, kind=kind)
        case Choice(choices):
            return partial(parse_choice, choices=choices)
        case Detection() as kind:
            return partial(parse_detection, choices=kind.choices(version))
        case CallerId():
            return parse_caller_id
        case TimeZone():
            return parse_zone
        case Days():
            return parse_days
        case TimeOfDay(is_end):
            return partial(parse_time, is_end=is_end)
        case Identifier():
            return parse_id
        case FreeText():
            return lambda _: _NOTE
        case _ as never:
            assert_never(never)
