"""The cells of a column become typed values, each different cell read once.

Two cells are different when their types are: 1, 1.0 and TRUE are equal to Python and not to a person.
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
    NEVER,
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
from bulkload.rules.kinds.caller_ids import read_caller
from bulkload.rules.kinds.choices import read_choice
from bulkload.rules.kinds.days import read_days
from bulkload.rules.kinds.texts import read_id, read_name, read_names, read_text, refused_character
from bulkload.rules.kinds.times import read_time
from bulkload.rules.kinds.whole_numbers import read_whole
from bulkload.rules.kinds.zones import read_zone
from bulkload.rules.messages import cells as words
from bulkload.rules.parsed_cell import EMPTY, bad, doubtful, good
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from bulkload.columns import Column
    from bulkload.model import ApiVersion, Cell, Sheet
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

Parser: TypeAlias = "Callable[[NonEmptyCell], Reading]"

_FOR_NOTHING = frozenset(map(name_key, WORDS_FOR_NOTHING))


@dataclass(frozen=True, slots=True)
class Parsed:
    """A column of a sheet, read: the different cells, and which of them stands in each row."""

    column: Column
    cells: list[Cell]
    """The different cells, untouched."""
    readings: list[Reading]
    """What each of them comes to."""
    codes: NDArray[np.intp]
    """For each row of the sheet, which of them stands there."""
    not_applicable: NDArray[np.bool_] | None = None
    """For each row, whether the value has no use there: then what it is does not matter. None: of use in all."""
    default: object = None
    """What an empty cell means where a value has a use, typed like one; None where it means nothing."""

    def values(self) -> NDArray[np.object_]:
        """The typed value of each row, or what an empty cell means; None where it is unreadable or of no use."""
        return self._in_rows(self._meant())

    def keys(self) -> NDArray[np.object_]:
        """The folded key of each row's text or texts; None where the value is."""
        return self._in_rows([_key(value) for value in self._meant()])

    def given(self) -> NDArray[np.bool_]:
        """For each row, whether anything stands in the cell."""
        return np.array([reading.given for reading in self.readings], dtype=bool)[self.codes]

    def troubled(self) -> NDArray[np.intp]:
        """The rows, counted from 0, in which there is a trouble."""
        troubled = np.array([reading.finding is not None for reading in self.readings], dtype=bool)
        rows = troubled[self.codes]
        return np.flatnonzero(rows if self.not_applicable is None else rows & ~self.not_applicable)

    def _meant(self) -> list[Any]:
        return [reading.value if reading.given else self.default for reading in self.readings]

    def _in_rows(self, different: Sequence[object]) -> NDArray[np.object_]:
        found = objects(different)[self.codes]
        if self.not_applicable is not None:
            found[self.not_applicable] = None
        return found


def parse(sheet: Sheet, column: Column, version: ApiVersion) -> Parsed:
    """Every cell of a column read; a column that the sheet lacks is empty in every row."""
    parser = _parser(column, version)
    default = _default(column, parser)
    if column.heading not in sheet.frame.columns:
        nothing = np.zeros(len(sheet.frame), dtype=np.intp)
        return Parsed(column, [None], [EMPTY], nothing, default=default)
    different, codes = _different(sheet.frame[column.heading].tolist())
    if isinstance(column.kind, FreeText):
        return Parsed(column, different, [EMPTY if cell is None else _NOTE for cell in different], codes)
    # Nearly every text of a long sheet is a line that nothing is wrong with; a column of such lines is done then.
    takes_any_line = parser is read_text and column.needed != NEVER
    readings = [
        good(cell) if takes_any_line and is_plain_line(cell) else _read(cell, column, parser)
        for cell in different
    ]
    return Parsed(column, different, readings, codes, default=default)


def _default(column: Column, parser: Parser) -> object:
    """What an empty cell of the column means, read as if it had been typed."""
    if column.default is None:
        return None
    reading = _read(column.default, column, parser)
    if reading.value is None or reading.finding:
        raise AssertionError(f"the default of {column.heading} can't be read")
    return reading.value


def _key(value: str | tuple[str, ...] | None) -> str | tuple[str, ...] | None:
    match value:
        case None:
            return None
        case str():
            return name_key(value)
        case _:
            return tuple(map(name_key, value))


_NOTE = good(None)
"""What a person writes for themselves: it is there, and nobody reads it."""


def _different(cells: list[Cell]) -> tuple[list[Cell], NDArray[np.intp]]:
    """The different cells in the order of their first row, and for each row which of them stands there."""
    numbers: defaultdict[Any, int] = defaultdict(count().__next__)
    # Texts can't equal anything but texts, so a column of texts, as most are, does without its cells' types.
    is_text = set(map(type, cells)) <= {str, NoneType}
    keys = cells if is_text else zip(map(type, cells), cells, strict=True)
    codes = np.fromiter(map(numbers.__getitem__, keys), np.intp, len(cells))
    return list(numbers) if is_text else [cell for _, cell in numbers], codes


def _read(cell: Cell, column: Column, parser: Parser) -> Reading:  # noqa: PLR0911  (one line each)
    """What is the same for every kind, then the kind's own parser."""
    match cell:
        case None:
            return EMPTY
        case str():
            text = trimmed(cell)
            if not text:
                return EMPTY
            if column.needed == NEVER and name_key(text) in _FOR_NOTHING:
                return bad(words.PLACEHOLDER)
            return _refused(text, column) or _doubted(text, column, parser(text))
        case ErrorCell():
            return bad(words.ERROR_CELL)
        case UncalculatedCell():
            return bad(words.NOT_CALCULATED)
        case _:
            return parser(cell)


def _doubted(text: str, column: Column, reading: Reading) -> Reading:
    """The reading, with a warning where a name of something at Kore.ai looks like nothing, or like several."""
    if reading.finding or not isinstance(column.kind, ListedName | ListedNames):
        return reading
    names = reading.value if isinstance(column.kind, ListedNames) else (reading.value,)
    for name in names or ():
        if name is not None and len(name) <= _LONGEST_FOR_NOTHING and name_key(name) in _FOR_NOTHING:
            return doubtful(reading.value, words.PLACEHOLDER_NAME, name=name)
    if not text.isascii() and (like := _LIKE_SEMICOLONS.search(text)):
        return doubtful(reading.value, words.SEMICOLON_IN_NAME, sign=like[0])
    return reading


_LONGEST_FOR_NOTHING = max(map(len, WORDS_FOR_NOTHING))
_LIKE_SEMICOLONS = re.compile("[\uff1b\ufe54\u061b\u204f\u037e]")
"""Of East Asian and Arabic keyboards, reversed, and the Greek question mark that looks just like it."""


def _refused(text: str, column: Column) -> Reading | None:
    """Why a text can't be read by any parser; those of texts and names look at each of their pieces themselves."""
    if isinstance(column.kind, _LOOKS_ITSELF):
        return None
    return refused_character(LINE_BREAKS.sub(";", text) if isinstance(column.kind, Days) else text)


_LOOKS_ITSELF = (Text, HoursName, ListedName, ListedNames, Identifier)


def objects(values: Sequence[object]) -> NDArray[np.object_]:
    """The values as they are; numpy alone would make a table of tuples of one length."""
    return np.fromiter(values, dtype=object, count=len(values))


def _parser(column: Column, version: ApiVersion) -> Parser:  # noqa: C901, PLR0911, PLR0912  (one line a kind)
    match column.kind:
        case Text() | HoursName():
            return read_text
        case ListedName():
            return read_name
        case ListedNames():
            return read_names
        case WholeNumber(least, most):
            return partial(read_whole, least=least, most=most)
        case Choice(choices):
            return partial(read_choice, choices=choices)
        case Detection() as kind:
            return partial(read_choice, choices=kind.choices(version))
        case CallerId():
            return read_caller
        case TimeZone():
            return read_zone
        case Days():
            return read_days
        case TimeOfDay(is_end):
            return partial(read_time, is_end=is_end)
        case Identifier():
            return read_id
        case FreeText():
            return lambda _: good(None)
        case _ as never:
            assert_never(never)
