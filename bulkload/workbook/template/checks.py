"""What the sheet itself can know of a cell, as formulas that Excel 2007 and LibreOffice both understand.

Each function returns an expression. ``cell`` is a reference such as ``$H6``; ``what_is_wrong`` yields text that
begins with ``; `` and the heading, or nothing. COUNTIF and MATCH are avoided where a person's text is looked
up, for they take ``*``, ``?`` and ``<`` for patterns; SUMPRODUCT compares as it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bulkload.workbook.columns import (
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
from bulkload.workbook.template.grid import DAY_WORDS, HOURS_NAMES, HOURS_STATUSES, ZONE_NAMES
from bulkload.workbook.writing.forms import VERSION, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bulkload.workbook.columns import Column, Kind

FIX_SIGN = "✗ Fix"
READY_SIGN = "✓ Ready"

_SEPARATORS = " ().-/–"  # noqa: RUF001  (a dash that people paste into phone numbers)
_DASHES = "–—−‑"  # noqa: RUF001  (any dash is what people type)
_NO_WORDS = ("n", "false", "0")
_PLACEHOLDERS = ("NA", "N/A", "None", "null", "-")


def quoted(text: str) -> str:
    """The text as a literal in a formula."""
    return '"' + text.replace('"', '""') + '"'


def is_empty(cell: str) -> str:
    """Whether nothing but spaces stands there."""
    return f'TRIM({cell})=""'


def is_one_of(cell: str, words: Iterable[str]) -> str:
    """Whether one of the words stands there, in any case (``=`` doesn't look at it)."""
    return f"OR({','.join(f'TRIM({cell})={quoted(word)}' for word in words)})"


def same_text(span: str, cell: str) -> str:
    """An array: which cells of the span hold the same text, whatever its case and spaces."""
    return f"(LOWER(TRIM({span}))=LOWER(TRIM({cell})))"


def is_repeated(span: str, cell: str) -> str:
    """Whether the text stands in the span more than once; an error elsewhere in the span hides it."""
    return f"IFERROR(SUMPRODUCT(--{same_text(span, cell)})>1,FALSE)"


def first_of(*cases: tuple[str, str]) -> str:
    """The complaint of the first condition that holds, or nothing."""
    formula = '""'
    for condition, complaint in reversed(cases):
        formula = f"IF({condition},{complaint},{formula})"
    return formula


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
            not_text = f"IF(ISNUMBER({cell}),{cell}<>INT({cell}),FALSE)"
            too_long = f'{says(column, "has ")}&LEN(TRIM({cell}))&" characters: at most {longest}"'
            return [
                (f"LEN(TRIM({cell}))>{longest}", too_long),
                _line_break(column, cell),
                (not_text, says(column, "is a number: type it as text")),
            ]
        case ListedName():
            return [(f"{_names_in(cell)}>1", says(column, "takes one name only"))]
        case ListedNames(most=most):
            return [(f"{_names_in(cell)}>{most}", says(column, f"takes at most {most} names"))]
        case WholeNumber(least=least, most=most):
            return [_not_whole(column, cell, least, most)]
        case Choice(choices=choices):
            return [_no_choice(column, cell, choices, ())]
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
            blank_word = is_one_of(cell, _PLACEHOLDERS)
            spaces = f'ISNUMBER(FIND(" ",TRIM({cell})))'
            return [
                (blank_word, says(column, "is no ID: leave the cell empty")),
                (spaces, says(column, "must be one word, copied from Kore.ai")),
            ]
        case FreeText():
            return []
        case _:
            assert_never(kind)


def sip_digits(cell: str) -> str:
    """Whether a caller ID is digits without +, which is taken for a registered SIP number."""
    return f"IF(ISNUMBER({cell}),FALSE,{_is_digits(f'TRIM({cell})')})"


def time_value(cell: str) -> str:
    """The time as a part of a day; an error where the sheet can't read what check may read (``9h``, ``noon``)."""
    return f"IF(ISNUMBER({cell}),{cell},TIMEVALUE({cell}))"


def end_value(cell: str) -> str:
    """The same for an end, where midnight is the day's end."""
    return f"IF({time_value(cell)}=0,1,{time_value(cell)})"


def _line_break(column: Column, cell: str) -> tuple[str, str]:
    return (f"ISNUMBER(FIND(CHAR(10),TRIM({cell})))", says(column, "holds a line break: one line is meant"))


def _no_choice(column: Column, cell: str, choices: tuple[str, ...], also: tuple[str, ...]) -> tuple[str, str]:
    complaint = says(column, f"must be {in_words(choices, 'or')}")
    return (f"NOT({is_one_of(cell, (*choices, *also))})", complaint)


def _names_in(cell: str) -> str:
    """How many names a cell holds, counted by their separators; one at the very end counts for nothing."""
    lined = f'SUBSTITUTE({cell},CHAR(10),";")'
    return f'LEN({lined})-LEN(SUBSTITUTE({lined},";",""))-(RIGHT({lined},1)=";")+1'


def _is_digits(text: str) -> str:
    """Whether a text is digits and nothing else, 15 at most (Excel keeps no more)."""
    return f'IFERROR(TEXT(VALUE({text}),REPT("0",LEN({text})))={text},FALSE)'


def _not_whole(column: Column, cell: str, least: int, most: int | None) -> tuple[str, str]:
    tests = [f"ISLOGICAL({cell})", f"NOT({_is_digits(f'TRIM({cell})')})", f"VALUE({cell})<{least}"]
    tests += [f"VALUE({cell})>{most}"] if most is not None else []
    limits = f", {least} or more" if most is None else f" from {least} to {most}"
    return (f"IFERROR(OR({','.join(tests)}),TRUE)", says(column, f"must be a whole number{limits}"))


def _caller(column: Column, cell: str) -> list[tuple[str, str]]:
    text = f"TRIM({cell})"
    bare = cell
    for separator in _SEPARATORS:
        bare = f"SUBSTITUTE({bare},{quoted(separator)},{quoted('')})"
    is_sip = f'AND(LOWER(LEFT({text},4))="sip:",LEN({text})>4,ISERROR(FIND(" ",{text})))'
    # Fewer than 7 or more than 15 digits, a 0 behind the + and anything but digits all fail this comparison.
    is_number = f'AND("+"&TEXT(VALUE({bare}),"0")={bare},ABS(LEN({bare})-12)<5,ISERROR(FIND("(0)",{text})))'
    return [
        (f"ISNUMBER({cell})", says(column, "is a number, so a + or a zero may be lost: type it as text")),
        (f"OR({is_sip},{sip_digits(cell)})", '""'),
        (f'LEFT({text},1)<>"+"', says(column, "has no + and country code")),
        (
            f"NOT(IFERROR({is_number},FALSE))",
            says(column, "must be + and 7 to 15 digits, such as +14155550123"),
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
    text = f'SUBSTITUTE(TRIM({cell}),".","")'
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
    seconds = f"ABS({cell}*1440-ROUND({cell}*1440,0))>1/60"
    return f"IF(ISNUMBER({cell}),OR({cell}<0,{cell}>=1,{seconds}),{_is_digits(f'TRIM({cell})')})"
