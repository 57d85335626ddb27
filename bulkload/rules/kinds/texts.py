"""Parse texts, names of things at Kore.ai and ids: kept character for character, trimmed only at the edges."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, assert_never

from bulkload.rules.cells import LINE_BREAKS, first_invisible, name_of, trimmed, without_invisible
from bulkload.rules.messages import cells as messages
from bulkload.rules.parsed_cell import EMPTY, invalid, ok
from bulkload.text import half_width

if TYPE_CHECKING:
    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

EXACT_BELOW = 10**15
"""Excel keeps 15 digits; a longer number is not what was typed."""

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:~-]*")
"""One word that can be part of an address as it is; the samples' ids are letters, digits and hyphens."""

# Web pages and French and German typography put these where a space seems to be; the service keeps them apart.
_NO_BREAK_SPACE = re.compile("[\xa0\u2007\u202f]")
_LOST = "\ufffd"
# The last two are how Word stores the bullets of its font Symbol.
_BULLET = re.compile(
    "[\u2022\u2023\u2043\u2219\u25a0\u25a1\u25aa\u25ab\u25cb\u25cf\u25e6\xb7\uf0b7\uf0a7]\\s*|[-*\u2013\u2014]\\s+|o\t"
)


def length(text: str) -> int:
    """Characters as the service counts them, in JavaScript: an emoji may be two (UTF-16 code units)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def refused_character(text: str) -> ParsedCell | None:
    """Why a text is not one visible line; None if it is."""
    position = first_invisible(text)
    if position is None:
        return None
    character, cleaned = text[position], without_invisible(text)
    if LINE_BREAKS.match(character):
        return invalid(messages.LINE_BREAK, proposals=(cleaned,))
    return invalid(
        messages.INVISIBLE,
        character=name_of(character),
        position=position + 1,
        after=_after(text, position),
        proposals=(cleaned,),
    )


def _after(text: str, position: int) -> str:
    before = text[:position].split()
    return f', after "{before[-1]}"' if before else ""


def may_begin_with_bullet(text: str) -> bool:
    """Whether an ASCII text begins like an item of a list."""
    return text[0] in "-*o" and text[1:2].isspace()


def _refused_bullet(text: str) -> ParsedCell | None:
    """The refusal of a bullet pasted from a document; None where the text begins with none."""
    bullet = _BULLET.match(text)
    if bullet is None or text == bullet[0]:
        return None
    return invalid(messages.BULLET, bullet=bullet[0].strip(), proposals=(text[bullet.end() :],))


def _refused_space(text: str) -> ParsedCell | None:
    """The refusal of a no-break space: the name looks right, and the service would not know it."""
    space = None if text.isascii() else _NO_BREAK_SPACE.search(text)
    if space is None:
        return None
    return invalid(
        messages.NO_BREAK_SPACE,
        character=name_of(space[0]),
        after=_after(text, space.start()),
        proposals=(_NO_BREAK_SPACE.sub(" ", text),),
    )


def parse_text(cell: NonEmptyCell) -> ParsedCell:  # noqa: PLR0911  (one line per type of cell)
    """One line of text; numbers and TRUE become the text that Excel shows, dates are refused."""
    match cell:
        case str() if _LOST in cell:
            return invalid(messages.LOST_CHARACTER)
        case str():
            return refused_character(cell) or ok(cell)
        # bool comes before int, which it is to Python.
        case bool():
            return ok("TRUE" if cell else "FALSE")
        case int() | float() if abs(cell) < EXACT_BELOW and cell == int(cell):
            return ok(str(int(cell)))
        case int() | float():
            return invalid(messages.NUMBER_FOR_TEXT)
        case time() | timedelta():
            return invalid(messages.DATE_FOR_TEXT, what="time")
        case datetime() | date():
            return invalid(messages.DATE_FOR_TEXT, what="date")
        case _ as never:
            assert_never(never)


def parse_name(cell: NonEmptyCell) -> ParsedCell:
    """A text that is compared with other names: of a campaign, of calling hours."""
    if not isinstance(cell, str):
        return parse_text(cell)
    # The tab after a bullet would be refused as invisible, which is true and helps less.
    return _refused_bullet(cell) or refused_character(cell) or _refused_space(cell) or parse_text(cell)


def parse_listed_name(cell: NonEmptyCell) -> ParsedCell:
    """One name of something at Kore.ai."""
    if not isinstance(cell, str):
        return parse_text(cell)
    match _names(cell):
        case []:
            return EMPTY
        case [name]:
            return parse_name(name)
        case [*names]:
            return invalid(messages.SEVERAL_NAMES, proposals=tuple(names[:3]))


def parse_listed_names(cell: NonEmptyCell) -> ParsedCell:
    """A tuple of names, separated by ``;`` or line breaks, in the order typed; empty parts are ignored."""
    if not isinstance(cell, str):
        parsed = parse_text(cell)
        return parsed if parsed.finding else ok((parsed.value,))
    names = _names(cell)
    every = [parse_name(name) for name in names]
    for place, parsed in enumerate(every):
        if parsed.finding:
            before, after = names[:place], names[place + 1 :]
            return parsed.proposing(lambda name: "; ".join([*before, name, *after]))  # noqa: B023  (called at once)
    return ok(tuple(parsed.value for parsed in every)) if every else EMPTY


def parse_id(cell: NonEmptyCell) -> ParsedCell:
    """An id given out by Kore.ai. It has only ASCII characters, so full-width ones have one meaning."""
    parsed = parse_text(half_width(cell) if isinstance(cell, str) else cell)
    if parsed.finding or _ID.fullmatch(parsed.value):
        return parsed
    return invalid(messages.NOT_AN_ID)


def _names(text: str) -> list[str]:
    """The names in a cell, trimmed, without the empty ones."""
    return [name for part in LINE_BREAKS.split(text) for name in map(trimmed, part.split(";")) if name]
