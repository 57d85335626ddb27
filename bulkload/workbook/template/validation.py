"""What helps while one types: dropdowns, input messages, and marks in the cells.

Dropdowns warn and never block, for the loader accepts more than Excel can know (any case, ``Mon, Wed``).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, assert_never

from bulkload.columns import (
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
from bulkload.workbook.template.formula_parts import quoted
from bulkload.workbook.template.formulas import FIX_SIGN, READY_SIGN
from bulkload.workbook.template.grid import (
    DAY_CHOICES,
    FIRST_ROW,
    HOURS_CHOICES,
    STATUS,
    TIME_CHOICES,
    WHAT_TO_FIX,
    ZONE_CHOICES,
)
from bulkload.workbook.template.row_formulas import ADVICE
from bulkload.workbook.template.status import LEFT_OUT_SIGN
from bulkload.workbook.writer.cell_formats import VERSION
from bulkload.workbook.writer.styles import DOUBTFUL, MISSING, READY, UNUSED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Column, Kind
    from bulkload.workbook.template.grid import Grid
    from bulkload.workbook.template.status import LiveRow
    from bulkload.workbook.writer.styles import Colours, Formats

LONGEST_TITLE = 32
LONGEST_MESSAGE = 255
"""Excel's limits for an input message; XlsxWriter leaves a longer one out, with a warning."""

FEW = 10
"""Whole numbers up to so many are offered in a dropdown."""

_NO_SOURCES: Mapping[str, str] = MappingProxyType({})

WARNING = {"error_type": "warning", "error_title": "Please check"}


def add_help(
    sheet: Worksheet, formats: Formats, row: LiveRow, sources: Mapping[str, str] = _NO_SOURCES
) -> None:
    """Put dropdowns, input messages and marks on every live cell of the sheet.

    ``sources`` are lists of the account's names: the span of the names by heading.
    """
    grid = row.grid
    for column in grid.columns:
        index = grid.index(column.heading)
        rule = _validation(column, sources.get(column.heading))
        sheet.data_validation(FIRST_ROW - 1, index, grid.last_row - 1, index, rule)
        _mark(sheet, formats, row, column)
    _mark_status(sheet, formats, grid)


def input_message(column: Column) -> str:
    """The column's help, with its example where there is room."""
    example = f"\nExample: {column.example}"
    whole = f"{column.help}{example}"
    return whole if column.example and len(whole) <= LONGEST_MESSAGE else column.help


def _validation(column: Column, source: str | None) -> dict[str, Any]:
    rule = typing_rule(column.kind)
    if source:
        # Several contact lists in one cell are fine, so a name that is not in the list is no error.
        rule = {"validate": "list", "source": f"={source}", "show_error": False}
    return {
        "ignore_blank": True,
        "input_title": column.heading[:LONGEST_TITLE],
        "input_message": input_message(column),
        **rule,
    }


def typing_rule(kind: Kind) -> dict[str, Any]:  # noqa: PLR0911  (one case for each kind)
    """The validation, with its dropdown, of a cell of this kind, as XlsxWriter takes it."""
    match kind:
        case Choice(choices=choices):
            return _one_of(list(choices))
        case Detection():
            return _one_of(list(kind.choices(VERSION)))
        case WholeNumber(least=least, most=most):
            return _whole_number(least, most)
        case Text(longest=longest):
            error = f"At most {longest} characters. Keep it anyway?"
            return {
                "validate": "length",
                "criteria": "<=",
                "value": longest,
                "error_message": error,
                **WARNING,
            }
        case HoursName():
            error = "The sheet Calling hours has no such name (yet). Keep it anyway?"
            return {"validate": "list", "source": f"={HOURS_CHOICES}", "error_message": error, **WARNING}
        case TimeZone():
            error = "Choose a name from the list, such as America/New_York. Keep it anyway?"
            return {"validate": "list", "source": f"={ZONE_CHOICES}", "error_message": error, **WARNING}
        case Days():
            return {"validate": "list", "source": f"={DAY_CHOICES}", "show_error": False}
        case TimeOfDay():
            return {"validate": "list", "source": f"={TIME_CHOICES}", "show_error": False}
        case ListedName() | ListedNames() | CallerId() | Identifier() | FreeText():
            return {"validate": "any"}
        case _:
            assert_never(kind)


def _one_of(words: list[str]) -> dict[str, Any]:
    error = f"Choose one of: {', '.join(words)}. Keep it anyway?"
    return {"validate": "list", "source": words, "error_message": error, **WARNING}


def _whole_number(least: int, most: int | None) -> dict[str, Any]:
    if most is None:
        error = f"A whole number, {least} or more. Keep it anyway?"
        return {"validate": "integer", "criteria": ">=", "value": least, "error_message": error, **WARNING}
    if most - least < FEW:
        return _one_of([str(number) for number in range(least, most + 1)])
    error = f"A whole number from {least} to {most}. Keep it anyway?"
    between = {"criteria": "between", "minimum": least, "maximum": most}
    return {"validate": "integer", "error_message": error, **between, **WARNING}


def _mark(sheet: Worksheet, formats: Formats, row: LiveRow, column: Column) -> None:
    """Grey where the row or its mode has no use, yellow where What to fix complains, red where a value is missing."""
    conditions: list[tuple[str, Colours, bool]] = []
    if row.is_left_out:
        conditions.append((row.name("left_out"), UNUSED, False))
    conditions.append((row.name("marked", column.field), DOUBTFUL, True))
    if row.is_missing(column):
        both = f"AND({row.name('touched')},{row.name('missing', column.field)})"
        conditions.append((both, MISSING, False))
    if row.is_unused(column):
        conditions.append((row.name("unused", column.field), UNUSED, False))
    for condition, colours, is_bold in conditions:
        look = {"bg_color": colours.fill, "font_color": colours.ink} | ({"bold": True} if is_bold else {})
        rule = {
            "type": "formula",
            "criteria": f"={condition}",
            "format": formats(**look),
            "stop_if_true": True,
        }
        index = row.grid.index(column.heading)
        sheet.conditional_format(FIRST_ROW - 1, index, row.grid.last_row - 1, index, rule)


def _mark_status(sheet: Worksheet, formats: Formats, grid: Grid) -> None:
    status, fix = grid.index(STATUS), grid.index(WHAT_TO_FIX)
    for sign, look in ((READY_SIGN, READY), (FIX_SIGN, MISSING), (LEFT_OUT_SIGN, UNUSED)):
        rule = {
            "type": "cell",
            "criteria": "==",
            "value": quoted(sign),
            "format": formats(bg_color=look.fill, font_color=look.ink),
        }
        sheet.conditional_format(FIRST_ROW - 1, status, grid.last_row - 1, status, rule)
    advice = {
        "type": "formula",
        "criteria": f"=LEFT(${grid.letter(WHAT_TO_FIX)}{FIRST_ROW},{len(ADVICE)})={quoted(ADVICE)}",
        "format": formats(font_color=DOUBTFUL.ink),
    }
    sheet.conditional_format(FIRST_ROW - 1, fix, grid.last_row - 1, fix, advice)
