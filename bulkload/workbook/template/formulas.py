"""What the sheet itself can know of a cell, as formulas that Excel 2007 and LibreOffice both understand.

Each function returns an expression. ``cell`` is a reference such as ``$H6``; ``what_is_wrong`` yields text that
begins with ``; `` and the heading, or nothing.
"""

from __future__ import annotations

from string import ascii_letters, digits
from typing import TYPE_CHECKING, assert_never

from bulkload.columns import (
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
from bulkload.workbook.template.formula_parts import (
    NO_BREAK_SPACE,
    first_of,
    is_digits,
    is_empty,
    is_fraction,
    is_in_list,
    is_one_of,
    quoted,
    same_text,
    trimmed,
)
from bulkload.workbook.template.grid import DAY_WORDS, HOURS_NAMES, HOURS_STATUSES, ZONE_NAMES
from bulkload.workbook.writer.cell_formats import VERSION, in_words

if TYPE_CHECKING:
    from bulkload.columns import Column, Kind

FIX_SIGN = "✗ Fix"
READY_SIGN = "✓ Ready"

CALLER_SEPARATORS = f" {NO_BREAK_SPACE}\u202f().-/‐‑‒–—−"  # noqa: RUF001  (dashes that people paste)
"""What people write inside phone numbers, as far as ``rules.callers`` takes it away."""

_DASHES = "–—−‑"  # noqa: RUF001  (any dash is what people type)
_NO_WORDS = ("n", "false", "0")
_IN_IDS = f"{ascii_letters}{digits}"
_INSIDE_IDS = "._:~-"


def is_without_value(column: Column, cell: str) -> str:
    """Whether nothing stands there that could be a value; between two semicolons nothing is nothing."""
    several = isinstance(column.kind, (ListedName, ListedNames))
    return is_empty(f'SUBSTITUTE({cell},";"," ")' if several else cell)


def says(column: Column, words: str) -> str:
    """A complaint about a column, as a literal."""
    return quoted(f"; {column.heading} {words}")


def what_is_wrong(column: Column, cell: str) -> str:
    """The complaint about a cell that is not empty, or nothing; a kind that a sheet can't judge has none."""
    cases = _cases(column, column.kind, cell)
    return first_of(*cases) if cases else '""'


def _cases(column: Column, kind: Kind, cell: str) -> list[tuple[str, str]]:  # noqa: C901, PLR0911, PLR0912  (one case for each kind)
    match kind:
        case Text(longest=longest):
            too_long = f'{says(column, "has ")}&LEN({trimmed(cell)})&" characters: at most {longest}"'
            return [
                (f"LEN({trimmed(cell)})>{longest}", too_long),
                _line_break(column, cell),
                (is_fraction(cell), says(column, "is a number: type it as text")),
            ]
        case ListedName():
            return [(f'ISNUMBER(FIND(" ",{_names_in(cell)}))', says(column, "takes one name only"))]
        case ListedNames(most=most):
            names = _names_in(cell)
            too_many = f'LEN({names})-LEN(SUBSTITUTE({names}," ",""))>={most}'
            return [(too_many, says(column, f"takes at most {most} names"))]
        case WholeNumber(least=least, most=most):
            return [_not_whole(column, cell, least, most)]
        case Choice(choices=choices):
            return [_no_choice(column, cell, choices)]
        case Detection():
            return [_no_choice(column, cell, kind.choices(VERSION), _NO_WORDS)]
        case CallerId():
            return _caller(column, cell)
        case HoursName():
            return _hours_name(column, cell)
        case TimeZone():
            unknown = f"SUMPRODUCT(--{same_text(ZONE_NAMES, cell)})=0"
            return [(unknown, says(column, "must be a name such as America/New_York: choose one"))]
        case Days():
            return [(_no_day(cell), says(column, "must be such as Mon-Fri, Monday or Every day"))]
        case TimeOfDay():
            return [(_no_time(cell), says(column, "must be a time such as 9:00 AM"))]
        case Identifier():
            return _identifier(column, cell)
        case FreeText():
            return []
        case _:
            assert_never(kind)


def sip_digits(cell: str) -> str:
    """Whether a caller ID is digits without +, which is taken for a registered SIP number."""
    return f"IF(ISNUMBER({cell}),FALSE,{is_digits(trimmed(cell))})"


def time_value(cell: str) -> str:
    """The time as a part of a day; an error where the sheet can't read what check may read (``9h``, ``noon``)."""
    return f"IF(ISNUMBER({cell}),{cell},TIMEVALUE({cell}))"


def end_value(cell: str) -> str:
    """The same for an end, where midnight is the day's end."""
    return f"IF({time_value(cell)}=0,1,{time_value(cell)})"


def _line_break(column: Column, cell: str) -> tuple[str, str]:
    return (f"ISNUMBER(FIND(CHAR(10),{cell}))", says(column, "holds a line break: one line is meant"))


def _no_choice(
    column: Column, cell: str, choices: tuple[str, ...], also: tuple[str, ...] = ()
) -> tuple[str, str]:
    known = is_in_list(cell, (*choices, *also)) if also else is_one_of(cell, choices)
    return (f"NOT({known})", says(column, f"must be {in_words(choices, 'or')}"))


def _names_in(cell: str) -> str:
    """The names in a cell without their own spaces, a space between two; nothing where there is none."""
    for space in (" ", NO_BREAK_SPACE):
        cell = f"SUBSTITUTE({cell},{quoted(space)},{quoted('')})"
    return f'TRIM(SUBSTITUTE(SUBSTITUTE({cell},CHAR(10)," "),";"," "))'


def _not_whole(column: Column, cell: str, least: int, most: int | None) -> tuple[str, str]:
    text = trimmed(cell)
    number = f"VALUE({text})"
    within = f"MAX({least},{number})" if most is None else f"MEDIAN({least},{number},{most})"
    limits = f", {least} or more" if most is None else f" from {least} to {most}"
    # A number beyond a limit becomes that limit, which is another text. So is 7 beside 007; Excel makes the one of
    # the other where it is typed or pasted.
    differs = f'TEXT({within},"0")<>{text}'
    return (f"IFERROR(OR(ISLOGICAL({cell}),{differs}),TRUE)", says(column, f"must be a whole number{limits}"))


def _caller(column: Column, cell: str) -> list[tuple[str, str]]:
    text = trimmed(cell)
    bare = cell
    for separator in CALLER_SEPARATORS:
        bare = f"SUBSTITUTE({bare},{quoted(separator)},{quoted('')})"
    is_sip = f'AND(LEFT({text},4)="sip:",LEN({cell})>4,ISERROR(FIND(" ",{text})))'
    # Fewer than 7 or more than 15 digits, a 0 behind the + and anything but digits all fail this comparison.
    differs = f'"+"&TEXT(VALUE(LEFT({bare},16)),"0000000")<>{bare}'
    return [
        (f"ISNUMBER({cell})", says(column, "is a number, so a + or a zero may be lost: type it as text")),
        (f"OR({is_sip},{is_digits(text)})", '""'),
        (f'ISERROR(FIND("+",{cell}))', says(column, "has no + and country code")),
        (
            f'IFERROR(OR({differs},ISNUMBER(FIND("(0)",{cell}))),TRUE)',
            says(column, "must be + and 7 to 15 digits, such as +14155550123"),
        ),
    ]


def _identifier(column: Column, cell: str) -> list[tuple[str, str]]:
    text = trimmed(cell)
    # The signs one by one: the rows of a long list count them, for a list of figures may not stand in the formula.
    each = f'MID({text}&REPT("0",999),ROW({ZONE_NAMES})-1,1)'
    strange = f"SUMPRODUCT(--ISERROR(FIND({each},{quoted(_IN_IDS + _INSIDE_IDS)})))>0"
    begins = f"ISNUMBER(FIND(LEFT({cell},1),{quoted(_INSIDE_IDS)}))"
    return [
        (is_in_list(cell, WORDS_FOR_NOTHING), says(column, "is no ID: leave the cell empty")),
        (
            f"OR({begins},{strange},{is_fraction(cell)})",
            says(column, "must be one word, copied from Kore.ai"),
        ),
    ]


def _hours_name(column: Column, cell: str) -> list[tuple[str, str]]:
    same = same_text(HOURS_NAMES, cell)
    faulty = f"IFERROR(SUMPRODUCT({same}*({HOURS_STATUSES}={quoted(FIX_SIGN)}))>0,FALSE)"
    return [
        (f"IFERROR(SUMPRODUCT(--{same})=0,FALSE)", says(column, "is not a name in the sheet Calling hours")),
        (faulty, says(column, "has mistakes: see the sheet Calling hours")),
    ]


def _no_day(cell: str) -> str:
    """Whether a day or a range of days is none; a list of them is left to check."""
    text = f'SUBSTITUTE({trimmed(cell)},".","")'
    for dash in _DASHES:
        text = f'SUBSTITUTE({text},{quoted(dash)},"-")'
    first = f'TRIM(LEFT({text},FIND("-",{text}&"-")-1))'
    last = f'TRIM(IFERROR(MID({text},FIND("-",{text})+1,99),{text}))'
    is_list = f'OR(ISNUMBER(FIND(",",{cell})),ISNUMBER(FIND(";",{cell})),ISNUMBER(FIND(CHAR(10),{cell})))'
    unknown = [f"SUMPRODUCT(--(LOWER({part})={DAY_WORDS}))=0" for part in (first, last)]
    same_ends = f'AND(ISNUMBER(FIND("-",{text})),LOWER({first})=LOWER({last}))'
    return f"IF({is_list},FALSE,OR({','.join((*unknown, same_ends))}))"


def _no_time(cell: str) -> str:
    """Whether a number is no time to the minute, or text is a bare number; other spellings are left to check."""
    seconds = f"ABS({cell}*1440-ROUND({cell}*1440,0))>=1/120"
    return f"IF(ISNUMBER({cell}),OR({cell}<0,{cell}>=1,{seconds}),{is_digits(trimmed(cell))})"
