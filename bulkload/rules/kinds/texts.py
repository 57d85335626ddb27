"""Texts, names of things at Kore.ai, ids: kept character for character, only trimmed at the edges."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from bulkload.rules.cells import LINE_BREAKS, first_invisible, name_of, trimmed
from bulkload.rules.messages import cells as words
from bulkload.rules.parsed_cell import EMPTY, bad, good

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

EXACT_BELOW = 10**15
"""Excel keeps 15 digits; a longer number is not what was typed."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]*")
"""One word that can stand in an address as it is; the samples' ids are letters, digits and hyphens."""


def length(text: str) -> int:
    """Characters as the service counts them, in JavaScript: an emoji may be two (UTF-16 code units)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def refused_character(text: str) -> Reading | None:
    """Why a text can't be one line that the person sees whole; None if it can."""
    position = first_invisible(text)
    if position is None:
        return None
    character = text[position]
    if LINE_BREAKS.match(character):
        return bad(words.LINE_BREAK)
    before = text[:position].split()
    return bad(
        words.INVISIBLE,
        character=name_of(character),
        position=position + 1,
        after=f', behind "{before[-1]}"' if before else "",
    )


def read_text(cell: NonEmptyCell) -> Reading:
    """One line of text; numbers and TRUE become the text that Excel shows, dates are refused."""
    match cell:
        case str():
            return refused_character(cell) or good(cell)
        case bool():
            return good("TRUE" if cell else "FALSE")
        case int() | float() if abs(cell) < EXACT_BELOW and cell == int(cell):
            return good(str(int(cell)))
        case int() | float():
            return bad(words.NUMBER_FOR_TEXT)
        case time() | timedelta():
            return bad(words.DATE_FOR_TEXT, what="time")
        case datetime() | date():
            return bad(words.DATE_FOR_TEXT, what="date")
        case _ as never:
            assert_never(never)


def read_name(cell: NonEmptyCell) -> Reading:
    """One name of something at Kore.ai."""
    if not isinstance(cell, str):
        return read_text(cell)
    match _names(cell):
        case []:
            return EMPTY
        case [name]:
            return read_text(name)
        case _:
            return bad(words.SEVERAL_NAMES)


def read_names(cell: NonEmptyCell) -> Reading:
    """A tuple of names, separated by ``;`` or line breaks, in the order typed; nothing between two is nothing."""
    if not isinstance(cell, str):
        reading = read_text(cell)
        return reading if reading.finding else good((reading.value,))
    readings = [read_text(name) for name in _names(cell)]
    refused = next((reading for reading in readings if reading.finding), None)
    if refused:
        return refused
    return good(tuple(reading.value for reading in readings)) if readings else EMPTY


def read_id(cell: NonEmptyCell) -> Reading:
    """An id given out by Kore.ai."""
    reading = read_text(cell)
    if reading.finding or _ID.fullmatch(reading.value):
        return reading
    return bad(words.NOT_AN_ID)


def _names(text: str) -> list[str]:
    """The names in a cell, trimmed, without the empty ones."""
    return [name for part in LINE_BREAKS.split(text) for name in map(trimmed, part.split(";")) if name]
