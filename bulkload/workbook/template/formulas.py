"""What the sheet itself can know of one cell, by kind of column.

Each function returns an expression. ``what_is_wrong`` yields text that begins with ``; `` and the heading, or
nothing.
"""

from __future__ import annotations

from string import ascii_letters, digits
from typing import TYPE_CHECKING, assert_never

from bulkload.columns import (
    AS_IT_IS,
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
from bulkload.text import or_list
from bulkload.workbook.template.formula_parts import (
    NO_BREAK_SPACE,
    as_text,
    first_of,
    half_width,
    is_any,
    is_digits,
    is_empty,
    is_fraction,
    is_in_list,
    list_parts,
    quoted,
    same_text,
    substituted,
    trimmed,
)
from bulkload.workbook.template.grid import INVISIBLE, NO_VALUES, ZONE_NAMES
from bulkload.workbook.template.hours_formulas import (
    CALLER_TEXT,
    DAY,
    END,
    KEY,
    ROW_STATUS,
    START,
)
from bulkload.workbook.writer.cell_formats import VERSION

if TYPE_CHECKING:
    from bulkload.columns import Column, Kind
    from bulkload.workbook.template.grid import Grid

FIX_SIGN = "✗ Fix"
READY_SIGN = "✓ Ready"

CALLER_SEPARATORS = f" {NO_BREAK_SPACE}\u202f().-/‐‑‒–—−"  # noqa: RUF001  (dashes that people paste)
"""What people write inside phone numbers, as far as ``rules.kinds.caller_ids`` takes it away."""

_SPACED_DASHES = (" ‐ ", " ‑ ", " ‒ ", " – ", " — ", " − ")  # noqa: RUF001  (as above)
_DASH = '" - "'
_WHOLE_NUMBER = 10
"""Digits in front of a slash from which they are a whole number and not an area code."""
_YES = ("yes", "y", "true", "1")
_NO = ("no", "n", "false", "0")
_NO_BREAK_SPACES = (NO_BREAK_SPACE, "\u2007", "\u202f")
_BULLETS = "\u2022\u2023\u2043\u25aa\u25ab\u25cf\u25cb\u25e6\u2219\u25a0\u25a1\xb7\uf0b7\uf0a7"
_LIST_SIGNS = ("- ", "* ", "\u2013 ", "\u2014 ")
_IN_IDS = f"{ascii_letters}{digits}"
_INSIDE_IDS = "._:~-"
_MORE_THAN_ZONES = 999
"""More characters than there are time zones, whose rows count the characters of an ID."""


def is_without_value(column: Column, cell: str) -> str:
    """Whether the cell contains nothing that could be a value; between two semicolons nothing is nothing."""
    several = isinstance(column.kind, (ListedName, ListedNames))
    return is_empty(substituted(cell, (";",), " ") if several else cell)


def says(column: Column, words: str) -> str:
    """A complaint about a column, as a literal."""
    return quoted(f"; {column.heading} {words}")


def what_is_wrong(column: Column, cell: str, hours: Grid) -> str:
    """The complaint about a cell that is not empty, or nothing; a kind that a sheet can't judge has none."""
    cases = _cases(column, column.kind, cell, hours)
    return first_of(*cases) if cases else '""'


def _cases(column: Column, kind: Kind, cell: str, hours: Grid) -> list[tuple[str, str]]:
    """Each condition with its complaint; the first that is true counts."""
    if not kind.is_judged:
        return []
    placeholder = (is_no_value(cell), says(column, "is a placeholder: type the value"))
    return [placeholder, *_own_cases(column, kind, cell, hours)]


def _own_cases(  # noqa: C901, PLR0911  (one case for each kind)
    column: Column, kind: Kind, cell: str, hours: Grid
) -> list[tuple[str, str]]:
    match kind:
        case Text(longest=longest):
            return [*_too_long(column, cell, longest), _line_break(column, cell), *_no_text(column, cell)]
        case ListedName():
            several = f'ISNUMBER(FIND(" ",{_names_in(cell)}))'
            return [(several, says(column, "takes one name only")), *_no_text(column, cell)]
        case ListedNames(most=most):
            return [*_several_names(column, cell, most), *_no_text(column, cell)]
        case WholeNumber(least=least, most=most):
            return [_not_whole(column, cell, least, most)]
        case Choice(choices=choices):
            return [_no_choice(column, cell, choices)]
        case Detection():
            return [_no_choice(column, cell, kind.choices(VERSION), (AS_IT_IS,))]
        case CallerId():
            return _caller(column, cell)
        case HoursName():
            return _hours_name(column, cell, hours)
        case Identifier():
            return _identifier(column, cell)
        case TimeZone() | Days() | TimeOfDay():
            return _of_hours(column, kind, cell, hours)
        case FreeText():
            return []
        case _:
            assert_never(kind)


def _of_hours(
    column: Column, kind: TimeZone | Days | TimeOfDay, cell: str, hours: Grid
) -> list[tuple[str, str]]:
    match kind:
        case TimeZone():
            unknown = f"SUMPRODUCT(--{same_text(ZONE_NAMES, half_width(cell))})=0"
            return [(unknown, says(column, "must be a name such as America/New_York: choose one"))]
        case Days():
            return [
                (DAY.is_unknown(hours), says(column, "must be such as Mon-Fri, Monday or Every day")),
                (DAY.is_repeated, says(column, "names a day twice")),
            ]
        case TimeOfDay(is_end=is_end):
            wrong = (END if is_end else START).is_wrong(hours)
            return [(wrong, says(column, "must be a time such as 9:00 AM"))]
        case _:
            assert_never(kind)


def is_no_value(cell: str) -> str:
    """Whether the cell contains a word for a value that is missing, or for the same as above."""
    return is_any(f"({NO_VALUES}={trimmed(cell)})")


def is_no(cell: str) -> str:
    """Whether the cell says No."""
    return is_in_list(as_text(cell), _NO)


def _too_long(column: Column, cell: str, longest: int) -> list[tuple[str, str]]:
    count = f"LEN({trimmed(cell)})"
    return [(f"{count}>{longest}", f'{says(column, "has ")}&{count}&" characters: at most {longest}"')]


def _line_break(column: Column, cell: str) -> tuple[str, str]:
    return (f"ISNUMBER(FIND(CHAR(10),{cell}))", says(column, "contains a line break: use one line"))


def _no_text(column: Column, cell: str) -> list[tuple[str, str]]:
    """What makes a text another one than it seems to be."""
    cases = [
        (is_fraction(cell), says(column, "is a number: type it as text")),
        (
            is_any(f"ISNUMBER(FIND({INVISIBLE},{cell}))"),
            says(column, "contains an invisible character: type it again"),
        ),
    ]
    return [*cases, *_no_name(column, cell)] if _is_name(column) else cases


def _is_name(column: Column) -> bool:
    return column.kind.is_name or (isinstance(column.kind, Text) and not column.kind.is_prose)


def _no_name(column: Column, cell: str) -> list[tuple[str, str]]:
    """Bullets and no-break spaces, which make a name another one at Kore.ai."""
    text = trimmed(cell)
    bullet = f"OR(ISNUMBER(FIND(LEFT({text},1),{quoted(_BULLETS)})),{_begins_with(text, _LIST_SIGNS)})"
    # Without the spaces around semicolons: a no-break space is harmless at the edge of a name.
    apart, removed = (
        substituted(f"TRIM({substituted(cell, _NO_BREAK_SPACES, space)})", ("; ", " ;"), ";")
        for space in (" ", "")
    )
    return [
        (bullet, says(column, "begins with a bullet: take it away")),
        (f"{apart}<>{removed}", says(column, "contains a no-break space: type a plain one")),
    ]


def _begins_with(text: str, signs: tuple[str, ...]) -> str:
    return f"OR({','.join(f'LEFT({text},{len(sign)})={quoted(sign)}' for sign in signs)})"


def _several_names(column: Column, cell: str, most: int) -> list[tuple[str, str]]:
    names = _names_in(cell)
    too_many = f'LEN({names})-LEN(SUBSTITUTE({names}," ",""))>={most}'
    text = substituted(f"SUBSTITUTE({cell},CHAR(10),{quoted(';')})", (NO_BREAK_SPACE,), " ")
    across, down = (list_parts(text, ";", range(most + 2), down=down) for down in (False, True))
    # Each part is equal to itself: more equal pairs than parts means that a name is repeated.
    repeated = f'SUMPRODUCT(({across}={down})*({across}<>""))>SUMPRODUCT(--({across}<>""))'
    return [
        (too_many, says(column, f"takes at most {most} names")),
        (f"IFERROR({repeated},FALSE)", says(column, "contains a name twice")),
    ]


def _no_choice(
    column: Column, cell: str, choices: tuple[str, ...], also: tuple[str, ...] = ()
) -> tuple[str, str]:
    words = (*choices, *also, *(_YES if "Yes" in choices else ()), *(_NO if "No" in choices else ()))
    return (f"NOT({is_in_list(as_text(cell), words)})", says(column, f"must be {or_list(choices)}"))


def _names_in(cell: str) -> str:
    """The names in a cell without their own spaces, a space between two; nothing where there is none."""
    bare = substituted(cell, (" ", NO_BREAK_SPACE), "")
    on_one_line = f"SUBSTITUTE({bare},CHAR(10),{quoted(';')})"
    return f"TRIM({substituted(on_one_line, (';',), ' ')})"


def _not_whole(column: Column, cell: str, least: int, most: int | None) -> tuple[str, str]:
    text = trimmed(half_width(cell))
    limits = f", {least} or more" if most is None else f" from {least} to {most}"
    top = "10^15-1" if most is None else most
    # A number beyond a limit becomes that limit, which is another number; so does one with digits behind its point.
    number = f"{cell}<>INT(MEDIAN({least},{cell},{top}))"
    digits = f'TEXT(MEDIAN({least},VALUE({text}),{top}),"0")<>{text}'
    # LibreOffice counts TRUE as a number.
    wrong = f"OR(ISLOGICAL({cell}),IF(ISNUMBER({cell}),{number},{digits}))"
    return (f"IFERROR({wrong},TRUE)", says(column, f"must be a whole number{limits}"))


def caller_text(cell: str) -> str:
    """The caller ID for the checks: plain digits, one space between two groups."""
    return trimmed(half_width(cell))


def _caller_digits(text: str) -> str:
    """The caller ID without anything that people write between digits."""
    return substituted(text, CALLER_SEPARATORS, "")


def _caller(column: Column, cell: str) -> list[tuple[str, str]]:
    text, bare = CALLER_TEXT.here, _caller_digits(CALLER_TEXT.here)
    is_address = f'AND(LEFT({text},4)="sip:",LEN({text})>4,ISERROR(FIND(" ",{text})))'
    is_registered = f'AND(LEFT({text},4)="sip ",{is_digits(f"MID({text},5,99)")})'
    # Fewer than 7 or more than 15 digits, a 0 behind the + and anything but digits all fail this comparison.
    differs = f'"+"&TEXT(VALUE(LEFT({bare},16)),"0000000")<>{bare}'
    return [
        (f"ISNUMBER({cell})", says(column, "is a number, so a + or a zero may be lost: type it as text")),
        (f"OR({is_address},{is_registered})", '""'),
        (f'ISERROR(FIND("+",{text}))', says(column, "has no + and country code")),
        (_is_two_numbers(text), says(column, "must be one number")),
        (f'ISNUMBER(FIND("(0)",SUBSTITUTE({text}," ","")))', says(column, "contains (0): leave it out")),
        (f"IFERROR({differs},TRUE)", says(column, "must be + and 7 to 15 digits, such as +14155550123")),
    ]


def _is_two_numbers(text: str) -> str:
    """Whether a second number is added behind a slash, a spaced dash or in brackets: +1 415 555 2671/72."""
    before = f"LEN({substituted(_up_to_slash(text), (*CALLER_SEPARATORS, '+'), '')})"
    after = f'LEN(TRIM(MID({text},FIND("/",{text}&"/")+1,99)))'
    slash = f'AND(ISNUMBER(FIND("/",{text})),OR({after}<=3,{before}>={_WHOLE_NUMBER}))'
    # A dash between spaces before the last one, two or three characters.
    dashed = f"""(REPT(" ",5)&{substituted(text, _SPACED_DASHES, " - ")})"""
    dash = f"OR({','.join(f'MID({dashed},LEN({dashed})-{count + 2},3)={_DASH}' for count in (1, 2, 3))})"
    return f'OR({slash},{dash},AND(RIGHT({text},1)=")",RIGHT({text},3)<>"(0)"))'


def _up_to_slash(text: str) -> str:
    return f'LEFT({text},FIND("/",{text}&"/"))'


def _identifier(column: Column, cell: str) -> list[tuple[str, str]]:
    text = trimmed(cell)
    # The characters one by one: the rows of a long list count them.
    each = f'MID({text}&REPT("0",{_MORE_THAN_ZONES}),ROW({ZONE_NAMES})-1,1)'
    strange = f"SUMPRODUCT(--ISERROR(FIND({each},{quoted(_IN_IDS + _INSIDE_IDS)})))>0"
    begins = f"ISNUMBER(FIND(LEFT({cell},1),{quoted(_INSIDE_IDS)}))"
    return [
        (is_in_list(cell, WORDS_FOR_NOTHING), says(column, "is not an ID: leave the cell empty")),
        (
            f"OR({begins},{strange},{is_fraction(cell)})",
            says(column, "must be one word, copied from Kore.ai"),
        ),
    ]


def _hours_name(column: Column, cell: str, hours: Grid) -> list[tuple[str, str]]:
    same = f"({KEY.span(hours)}={trimmed(cell)})"
    faulty = f"IFERROR(SUMPRODUCT({same}*({ROW_STATUS.span(hours)}={quoted(FIX_SIGN)}))>0,FALSE)"
    return [
        (
            f"IFERROR(SUMPRODUCT(--{same})=0,FALSE)",
            says(column, f"is not a name in the sheet {hours.sheet}"),
        ),
        *_no_text(column, cell),
        (faulty, says(column, f"has mistakes: see the sheet {hours.sheet}")),
    ]
