"""The live columns Status and What to fix: one formula a row, made from the column table.

What to fix is the one judgement; Status and the marks in the cells follow from its words, so they can't say
different things. It reads like this::

    Missing: Queue, Max skips; Caller ID has no + and country code; Check Description: it repeats the name

Advice begins with ``Check`` and stops nothing. For the eye only: the reader skips these columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_col_to_name

from bulkload.columns import EARLIEST, LATEST, ListedName, ListedNames, Text, TimeZone
from bulkload.model import DialingMode
from bulkload.workbook.template.formula_parts import (
    first_of,
    is_empty,
    is_one_of,
    is_repeated,
    names_one_of,
    quoted,
    same_text,
    trimmed,
)
from bulkload.workbook.template.formulas import (
    FIX_SIGN,
    READY_SIGN,
    end_value,
    is_without_value,
    says,
    sip_digits,
    time_value,
    what_is_wrong,
)
from bulkload.workbook.template.grid import CAMPAIGNS, HOURS, WHAT_TO_FIX, Grid
from bulkload.workbook.writer.cell_formats import always_needed, needed_modes, used_modes

if TYPE_CHECKING:
    from bulkload.columns import Column

ADVICE = "Check"
"""The first word of what is only to be looked at."""

SHOWS_ERROR = "A cell of this row shows an error, such as #N/A: type the value itself"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, as formulas see it."""

    grid: Grid
    row: int
    """The Excel row."""

    def cell(self, heading: str) -> str:
        """The reference of the cell under a heading: ``$H6``."""
        return self.grid.cell(heading, self.row)

    @property
    def status(self) -> str:
        """The formula of Status: a sign and a word, or nothing where the row is empty."""
        fix, touched = f"${xl_col_to_name(WHAT_TO_FIX)}{self.row}", self.is_touched
        fine = f'OR({fix}="",LEFT({fix},{len(ADVICE)})={quoted(ADVICE)})'
        return f'=IF({touched},IF({fine},{quoted(READY_SIGN)},{quoted(FIX_SIGN)}),"")'

    @property
    def what_to_fix(self) -> str:
        """The formula of What to fix."""
        complaints = "&".join((self._missing, *self._wrong, *_across(self)))
        return f'=IF({self.is_touched},IFERROR(MID({complaints},3,900),{quoted(SHOWS_ERROR)}),"")'

    @property
    def is_touched(self) -> str:
        """Whether anything stands in the row."""
        return f"COUNTA({self.grid.row(self.row)})>0"

    def is_missing(self, column: Column) -> str | None:
        """Whether the column is needed and its cell empty; None where it is never needed."""
        empty = is_without_value(column, self.cell(column.heading))
        if isinstance(column.kind, TimeZone):
            return f"AND({empty},{_no_zone_elsewhere(self)})"
        if always_needed(column):
            return empty
        modes = needed_modes(column)
        return f"AND({empty},{self._mode_is(modes)})" if modes else None

    def is_unused(self, column: Column) -> str | None:
        """Whether the row's mode has no use for the column; None where every mode has one."""
        unused = [mode for mode in DialingMode if mode not in used_modes(column)]
        return self._mode_is(unused) if unused else None

    def is_marked(self, column: Column) -> str:
        """Whether What to fix complains of what stands in the column's cell, or gives advice on it."""
        cell, fix = self.cell(column.heading), f"${xl_col_to_name(WHAT_TO_FIX)}{self.row}"
        complaint = f'FIND({quoted(f"; {column.heading} ")},"; "&{fix})'
        advice = f"FIND({quoted(f'{ADVICE} {column.heading}:')},{fix})"
        return f"IF(ISERROR({cell}),TRUE,AND(LEN({cell})>0,OR(ISNUMBER({complaint}),ISNUMBER({advice}))))"

    def _mode_is(self, modes: list[DialingMode] | tuple[DialingMode, ...]) -> str:
        return names_one_of(self.cell("Dialing mode"), modes)

    @property
    def _missing(self) -> str:
        names = [
            f'IF({missing},{quoted(f"{column.heading}, ")},"")'
            for column in self.grid.columns
            if (missing := self.is_missing(column))
        ]
        listed = f'"; Missing: "&{"&".join(names)}&"|"'
        return f'SUBSTITUTE(SUBSTITUTE({listed},"; Missing: |",""),", |","")'

    @property
    def _wrong(self) -> list[str]:
        return [wrong for column in self.grid.columns if (wrong := self._complaint(column)) != '""']

    def _complaint(self, column: Column) -> str:
        cell = self.cell(column.heading)
        wrong = what_is_wrong(column, cell)
        unused = self.is_unused(column)
        if unused:
            mode = self.cell("Dialing mode")
            words = f'{says(column, "is not used with ")}&PROPER(TRIM({mode}))&": leave it empty"'
            wrong = f"IF({unused},{words},{wrong})"
        # An empty cell is no text too long, and holds neither a line break nor two names.
        never_empty = not unused and isinstance(column.kind, (Text, ListedName, ListedNames))
        return wrong if wrong == '""' or never_empty else f'IF({is_empty(cell)},"",{wrong})'


def _across(row: Row) -> list[str]:
    """What cells say beside each other."""
    return _across_campaigns(row) if row.grid is CAMPAIGNS else _across_hours(row)


def _across_campaigns(row: Row) -> list[str]:
    name, text, caller = row.cell("Campaign name"), row.cell("Description"), row.cell("Caller ID")
    return [
        _repeated(row, "Campaign name", "is used more than once"),
        _repeated(row, "Campaign ID", "stands in more than one row"),
        _advice(
            f"AND(LEN({name})>0,{trimmed(name)}={trimmed(text)})",
            "Description",
            "it only repeats the name",
        ),
        _advice(sip_digits(caller), "Caller ID", "without + it is taken for a registered SIP number"),
    ]


def _across_hours(row: Row) -> list[str]:
    start, end = row.cell("Start"), row.cell("End")
    early = f"IFERROR(AND(NOT({is_empty(start)}),{time_value(start)}<{EARLIEST}/1440-1/9999),FALSE)"
    late = f"IFERROR(AND(NOT({is_empty(end)}),{end_value(end)}>{LATEST}/1440+1/9999),FALSE)"
    return [
        first_of((_ends_early(start, end), '"; End must be later than Start"')),
        first_of((_overlaps(row), '"; Start to End overlaps with a row above"')),
        first_of((_differs(row, "Time zone", ""), '"; Time zone differs from a row above of the same name"')),
        first_of(
            (_differs(row, "Frequency", "WEEKLY"), '"; Frequency differs from a row above of the same name"')
        ),
        _advice(early, "Start", "many countries forbid calls before 8:00 AM"),
        _advice(late, "End", "many countries forbid calls after 9:00 PM"),
        _advice(_is_strange(start), "Start", "a time such as 9:00 AM is sure to be understood"),
        _advice(_is_strange(end), "End", "a time such as 6:00 PM is sure to be understood"),
        _advice(
            is_one_of(row.cell("Frequency"), ("DAILY", "CUSTOM")),
            "Frequency",
            "Kore.ai documents WEEKLY alone",
        ),
    ]


def _ends_early(start: str, end: str) -> str:
    both = f"AND(NOT({is_empty(start)}),NOT({is_empty(end)}))"
    return f"IFERROR(AND({both},{end_value(end)}<={time_value(start)}),FALSE)"


def _is_strange(cell: str) -> str:
    """Whether text is neither a number nor a time to this sheet, though it may be one to check; an empty cell is 0."""
    return f"AND(ISERROR(VALUE({cell})),ISERROR(TIMEVALUE({cell})))"


def _advice(condition: str, heading: str, words: str) -> str:
    return first_of((condition, quoted(f"; {ADVICE} {heading}: {words}")))


def _repeated(row: Row, heading: str, words: str) -> str:
    cell = row.cell(heading)
    repeated = f"IF({is_empty(cell)},FALSE,{is_repeated(row.grid.span(heading), cell)})"
    return first_of((repeated, quoted(f"; {heading} {words}")))


def _no_zone_elsewhere(row: Row) -> str:
    """Whether no row of the name has a zone, asked of the name's first row alone: there it is to be typed."""
    name = row.cell("Calling hours")
    zones, above = HOURS.span("Time zone"), HOURS.span_down_to("Calling hours", row.row)
    none = f"SUMPRODUCT({same_text(HOURS.span('Calling hours'), name)}*(LEN({trimmed(zones)})>0))=0"
    return f"IFERROR(AND({none},SUMPRODUCT(--{same_text(above, name)})<2),TRUE)"


def _differs(row: Row, heading: str, default: str) -> str:
    """Whether a row of the same name above has another value; an empty cell is the default, or left out."""
    name, cell = row.cell("Calling hours"), row.cell(heading)
    same = same_text(row.grid.span_down_to("Calling hours", row.row), name)
    others = row.grid.span_down_to(heading, row.row)
    if not default:
        other = f"(LEN({trimmed(others)})>0)*({trimmed(others)}<>{trimmed(cell)})"
        return f"IF(OR({is_empty(cell)},{is_empty(name)}),FALSE,IFERROR(SUMPRODUCT({same}*{other})>0,FALSE))"
    usual = quoted(default.lower())
    is_default = f'(({others}="")+({trimmed(others)}={usual})>0)'
    # The choice stands outside SUMPRODUCT: inside, IF would look at one row alone.
    like_default = f"SUMPRODUCT({same}*{is_default})"
    like_this = f"SUMPRODUCT({same}*{same_text(others, cell)})"
    alike = f"IF(OR({is_empty(cell)},{trimmed(cell)}={usual}),{like_default},{like_this})"
    return f"IF({is_empty(name)},FALSE,IFERROR(SUMPRODUCT({same}*1)>{alike},FALSE))"


def _overlaps(row: Row) -> str:
    """Whether a row above of the same name and day overlaps with this one, all four times typed as times."""
    start, end, name = row.cell("Start"), row.cell("End"), row.cell("Calling hours")
    headings = ("Calling hours", "Day", "Start", "End")
    names, days, starts, ends = (row.grid.span_down_to(heading, row.row) for heading in headings)
    alike = f"{same_text(names, name)}*{same_text(days, row.cell('Day'))}"
    times = f"ISNUMBER({starts})*ISNUMBER({ends})*({starts}<{end})*({ends}>{start})"
    known = f"AND(ISNUMBER({start}),ISNUMBER({end}),NOT({is_empty(name)}))"
    return f"IF({known},IFERROR(SUMPRODUCT({alike}*{times})>1,FALSE),FALSE)"
