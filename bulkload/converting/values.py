"""Make one value of ours from one or several cells of theirs, or say why it is left empty."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import TYPE_CHECKING

from bulkload.columns import CallerId, Choice, Detection, Identifier, ListedNames, TimeZone, WholeNumber
from bulkload.converting import messages
from bulkload.converting.mapping import Rule
from bulkload.model import ApiVersion, ErrorCell, UncalculatedCell
from bulkload.rules.cells import display_text
from bulkload.rules.kinds.caller_ids import LEAST_DIGITS, MOST_DIGITS, parse_caller_id
from bulkload.rules.kinds.choices import parse_choice
from bulkload.rules.kinds.whole_numbers import parse_whole_number
from bulkload.rules.kinds.zones import parse_zone
from bulkload.text import half_width, or_list

if TYPE_CHECKING:
    from bulkload.columns import Column
    from bulkload.converting.mapping import ListMap, MapLine
    from bulkload.messages import Message
    from bulkload.model import Cell
    from bulkload.workbook.foreign.table import ForeignTable

EMPTY_VALUE = "(empty)"
"""Our value in a map where a cell is to stay empty on purpose."""
UNKNOWN_SIGN = "?"
"""Takes the place of a lost value in a column whose empty cell has a meaning of its own, so that check asks for it."""
ID_PREFIX = "cd-"
"""Begins the IDs of campaigns at Kore.ai; another ID would be taken for a campaign to change."""
_DIGITS = re.compile(r"\d{1,15}", re.ASCII)
_SEPARATORS = re.compile(r"[\s().\-‐‑‒–—−/]")  # noqa: RUF001  (dashes that people paste)
_NO_TRUNK_ZERO = frozenset({"39"})
"""Country codes (Italy) whose numbers keep their first zero."""
_NORTH_AMERICA = 10
"""Digits of a number in the country code 1, without the code."""


@dataclass(frozen=True, slots=True)
class Value:
    """The result for one cell."""

    cell: Cell = None
    why: Message | None = None
    """Why it is empty; None where it is not."""
    is_filled_in: bool = False
    """Whether it is from the map, not from the list."""


def read_cell(table: ForeignTable, position: int, index: int, heading: str) -> Value:
    """Their cell, or why it can't be used: an error, a formula without a result, or shown as something else."""
    cell = table.cells[position][index]
    match cell:
        case ErrorCell():
            return Value(why=messages.ERROR_CELL(heading=heading, value=cell.text))
        case UncalculatedCell():
            return Value(why=messages.UNCALCULATED(heading=heading, value=f"={cell.formula}"))
    shown = table.shown.get((table.rows[position], index)) if table.shown else None
    if shown is not None:
        return Value(why=messages.SHOWN_OTHERWISE(heading=heading, value=str(cell), shown=shown))
    return Value(cell)


def gather(table: ForeignTable, position: int, line: MapLine, heading: str, separator: str) -> Value:
    """The one cell of a line: of its column, the first filled of several, or all joined."""
    if len(line.theirs) == 1:
        return read_cell(table, position, line.theirs[0], heading)
    found = [read_cell(table, position, index, heading) for index in line.theirs]
    if bad := next((value for value in found if value.why), None):
        return bad
    cells = [value.cell for value in found if value.cell is not None]
    if line.rule is Rule.JOIN:
        return Value(separator.join(map(as_text, cells)) or None)
    return Value(cells[0] if cells else None)


def as_text(cell: Cell) -> str:
    """The cell as a person reads it."""
    if isinstance(cell, str) and cell.isascii() and cell.isprintable():  # nearly all, decided at once
        return cell.strip()
    return "" if cell is None or isinstance(cell, ErrorCell | UncalculatedCell) else display_text(cell)


def convert_value(
    table: ForeignTable, position: int, column: Column, line: MapLine, list_map: ListMap
) -> Value:
    """The value of one of our columns in one row."""
    heading = column.heading
    separator = "; " if isinstance(column.kind, ListedNames) else " "
    value = gather(table, position, line, heading, separator) if line.theirs else Value()
    if value.why:
        return value
    if value.cell is None:
        return _fill_in(column, line)
    return _from_cell(value.cell, column, line, list_map)


def _fill_in(column: Column, line: MapLine) -> Value:
    if not line.if_empty:
        return Value()
    value = checked(line.if_empty, column)
    return Value(value.cell, value.why, is_filled_in=value.why is None)


def _from_cell(cell: Cell, column: Column, line: MapLine, list_map: ListMap) -> Value:
    heading, text = column.heading, as_text(cell)
    ours = list_map.our_value(heading, text)
    if ours == EMPTY_VALUE:
        return Value()
    if ours is not None:
        return checked(ours, column) if ours else Value(why=messages.NO_MAPPING(heading=heading, value=text))
    if line.rule is None:
        return Value(why=messages.NO_RULE(heading=heading, value=text))
    if isinstance(cell, date | time | timedelta):
        return Value(why=messages.DATE_CELL(heading=heading, value=text))
    changed = apply_rule(cell, line.rule, line.country_code, heading)
    return changed if changed.why else checked(changed.cell, column)


# --- the closed list of rules ----------------------------------------------------------------------------


def apply_rule(cell: Cell, rule: Rule, country_code: str, heading: str) -> Value:
    """The cell after one rule; those of hours and of several columns change nothing here."""
    text = as_text(cell)
    match rule:
        case Rule.SECONDS_TO_MINUTES:
            seconds = _whole(cell)
            if seconds is None or seconds % 60:
                return Value(why=messages.NOT_SECONDS(heading=heading, value=text))
            return Value(seconds // 60)
        case Rule.ADD_ONE:
            count = _whole(cell)
            return (
                Value(why=messages.NOT_A_COUNT(heading=heading, value=text))
                if count is None
                else Value(count + 1)
            )
        case Rule.PHONE:
            number = with_country_code(text, country_code)
            return (
                Value(why=messages.NOT_PHONE(heading=heading, value=text))
                if number is None
                else Value(number)
            )
        case _:
            return Value(cell)


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell
    text = half_width(as_text(cell))
    return int(text) if _DIGITS.fullmatch(text) else None


def with_country_code(text: str, code: str) -> str | None:
    """The number with + and country code, or None where it could be two different numbers."""
    parsed = parse_caller_id(text)
    if parsed.value is not None and half_width(text).lstrip().startswith("+"):
        return str(parsed.value)
    bare = _SEPARATORS.sub("", half_width(text))
    if not bare.isascii() or not bare.isdigit():
        return None
    national = _national(bare, code)
    if national is None:
        return None
    number = national if national.startswith("+") else f"+{code}{national}"
    return number if LEAST_DIGITS < len(number) <= MOST_DIGITS + 1 else None


def _national(digits: str, code: str) -> str | None:
    if digits.startswith("00"):
        return f"+{digits[2:]}"
    if code == "1":
        if len(digits) == _NORTH_AMERICA + 1 and digits[0] == "1":
            return digits[1:]
        return digits if len(digits) == _NORTH_AMERICA and digits[0] not in "01" else None
    if digits.startswith("0"):
        return digits if code in _NO_TRUNK_ZERO else digits[1:]
    # 4420... may be a London number with its code, or another number without it.
    return None if digits.startswith(code) else digits


# --- what our columns accept -----------------------------------------------------------------------------


def checked(cell: Cell, column: Column) -> Value:
    """The value in our column's own form, or why the column can't take it."""
    return _checked(as_text(cell), column.heading, column.kind)


@cache
def _checked(text: str, heading: str, kind: object) -> Value:  # noqa: PLR0911  (one line for each kind)
    match kind:
        case WholeNumber():
            number = parse_whole_number(text, kind).value
            if number is None or number < kind.least or (kind.most is not None and number > kind.most):
                return Value(why=messages.NOT_ALLOWED(heading=heading, value=text, right=kind.limits))
            return Value(number)
        case Choice() | Detection():
            choices = kind.choices if isinstance(kind, Choice) else kind.choices(ApiVersion.V2)
            choice = parse_choice(text, choices).value
            if choice not in choices:
                return Value(why=messages.NO_MAPPING(heading=heading, value=text, right=or_list(choices)))
            return Value(choice)
        case CallerId():
            number = parse_caller_id(text)
            digits = _SEPARATORS.sub("", text)
            is_short = digits.isdigit() and len(digits) <= MOST_DIGITS
            template = messages.NO_COUNTRY if is_short else messages.NOT_PHONE
            # The text is kept, because "SIP 1415..." means another number than its digits.
            return (
                Value(text) if number.value is not None else Value(why=template(heading=heading, value=text))
            )
        case Identifier() if not text.startswith(ID_PREFIX):
            return Value(why=messages.NOT_OUR_ID(value=text))
        case TimeZone():
            zone = parse_zone(text)
            return (
                Value(zone.value) if zone.value else Value(why=messages.NOT_ZONE(heading=heading, value=text))
            )
        case _:
            return Value(text)
