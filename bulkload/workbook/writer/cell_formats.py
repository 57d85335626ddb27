"""How a column looks on a written sheet: the same in the template and in the results."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from bulkload.columns import (
    CallerId,
    FreeText,
    ListedNames,
    Text,
    TimeOfDay,
    WholeNumber,
)
from bulkload.model import ApiVersion, DialingMode, Level
from bulkload.text import and_list
from bulkload.workbook.writer.styles import BLUE, GREY, HEADING, NAVY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.columns import Column, Kind
    from bulkload.model import Cell

VERSION = ApiVersion.V2
"""The version that the template's words and live checks are about; ``check --api-version v1`` knows the other."""

TEXT = "@"
"""Excel's format Text: what is typed stays as it was typed, ``+`` and zeros included."""

GENERAL = "General"
TIME = "h:mm AM/PM"


def title(column: Column) -> str:
    """The heading, with a star where every campaign needs the column."""
    return f"{column.heading} *" if always_needed(column) else column.heading


def always_needed(column: Column) -> bool:
    """Whether every campaign needs the column, in the version that the template is about."""
    return len(needed_modes(column)) == len(DialingMode)


def needed_modes(column: Column) -> tuple[DialingMode, ...]:
    """The modes that need the column."""
    return tuple(mode for mode in DialingMode if (VERSION, mode) in column.needed)


def used_modes(column: Column) -> tuple[DialingMode, ...]:
    """The modes that have a use for the column."""
    return tuple(mode for mode in DialingMode if (VERSION, mode) in column.used)


def needed_words(column: Column) -> str:
    """``always``, ``for Preview and Progressive``, ``optional``: the line above the headings."""
    if always_needed(column):
        return "always"
    modes = needed_modes(column)
    return f"for {and_list(modes)}" if modes else "optional"


def in_column(words: str, width: int) -> str:
    """The words above a heading, broken where they would come too close to those of the next column."""
    return "\n".join(wrap(words, width))


def heading_style(column: Column) -> Mapping[str, Any]:
    """Dark where the column is always needed, lighter where the mode decides, grey where it is optional."""
    colour = NAVY if always_needed(column) else BLUE if needed_modes(column) else GREY
    return {**HEADING, "bg_color": colour}


def empty_format(kind: Kind) -> str:
    """The number format in which a person types such a value."""
    if isinstance(kind, TimeOfDay):
        return TIME
    # Not "0" for numbers, which would show 5.7 as 6.
    return GENERAL if kind.is_integer else TEXT


def cell_format(kind: Kind | None, cell: Cell) -> str:  # noqa: PLR0911  (one line for each type of cell)
    """The number format for this cell: what it holds decides, so that it is read back as the same type.

    ``kind`` is None for a column of the user's own.
    """
    match cell:
        case str():
            return TEXT
        case datetime():
            return "yyyy-mm-dd" if cell.time() == time() else "yyyy-mm-dd hh:mm:ss"
        case date():
            return "yyyy-mm-dd"
        case time():
            return "h:mm:ss AM/PM" if cell.second or cell.microsecond else TIME
        case timedelta():
            return "[h]:mm:ss"
        case int() | float() if isinstance(kind, TimeOfDay):
            return GENERAL  # 0.375 is not a time until somebody says so
        case _:
            return empty_format(kind) if kind else GENERAL


def to_type_over(kind: Kind | None, cell: Cell) -> Cell:
    """What to write for a faulty cell, so that typing over it works.

    Where figures are typed, a date's number format would turn a typed 3 into 1900-01-03. Without its format a
    date would be a number, and might pass as one: it is kept as text, and refused again until it is fixed.
    """
    if not isinstance(kind, (WholeNumber, TimeOfDay, CallerId)):
        return cell
    if isinstance(cell, datetime) and cell.time() == time():
        # The first day is the 1 that somebody typed into a cell for times.
        return 1 if cell.year == 1900 and cell.timetuple().tm_yday == 1 else cell.date().isoformat()
    if isinstance(cell, time) and isinstance(kind, TimeOfDay):
        return cell
    return str(cell) if isinstance(cell, (date, time, timedelta)) else cell


def number_format(kind: Kind | None, cell: Cell, worst: Level | None) -> str:
    """The number format of a cell, whose worst problem is of this level; a faulty one is ready to be typed over."""
    if worst is Level.ERROR and isinstance(kind, (WholeNumber, TimeOfDay)):
        return cell_format(kind, cell) if isinstance(cell, time) else GENERAL
    return cell_format(kind, cell)


def alignment(kind: Kind | None) -> str:
    """Numbers and choices are centred. Everything else of ours is at the left: no date touches the next cell."""
    if kind is None:
        return "general"
    return "center" if kind.has_choices or kind.is_integer else "left"


def is_long(kind: Kind) -> bool:
    """Whether the text may need several lines in its cell."""
    return isinstance(kind, (Text, ListedNames, FreeText))
