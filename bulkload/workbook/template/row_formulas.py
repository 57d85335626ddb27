"""What a sheet can know of a row from several cells: repeated names, overlaps, differing time zones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import AS_IT_IS, EARLIEST, EXAMPLE_CAMPAIGNS, LATEST
from bulkload.workbook.template.formula_parts import (
    first_of,
    is_empty,
    is_one_of,
    list_parts,
    quoted,
    same_text,
    substituted,
    trimmed,
)
from bulkload.workbook.template.grid import HEADING_ROW
from bulkload.workbook.template.hours_formulas import AFTER_HOURS, DAY, END, KEY, START, Helper

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.workbook.template.grid import Grid

ADVICE = "Check"
"""The first word of what is only to be looked at."""

_NEEDS_ID = quoted(f"; Answering machine detection {AS_IT_IS} needs a Campaign ID")

_MOST_NAMES = 12
"""Names of a cell that are looked up; ten are allowed."""

MOST_ROWS_WITH_DNC_KEYS = 1_000
"""Rows of a sheet in which each row's contact lists are compared with every row's DNC list."""

CAMPAIGN_KEY = Helper("key", AFTER_HOURS)
DNC_KEY = Helper("dnc_key", AFTER_HOURS + 1)
AFTER_KEYS = AFTER_HOURS + 2
"""Index of the first column behind these helpers."""


def across_campaigns(grid: Grid) -> list[str]:
    """Complaints and advice about a campaign that need several cells."""
    name, text = grid.cell("Campaign name"), grid.cell("Description")
    campaign_id = grid.cell("Campaign ID")
    return [
        _repeated(CAMPAIGN_KEY.span(grid), CAMPAIGN_KEY.here, "Campaign name", "is used more than once"),
        _repeated(grid.span("Campaign ID"), campaign_id, "Campaign ID", "is in more than one row"),
        first_of((_is_example(name, text), '"; Campaign name is that of an example: type your own"')),
        *([_names_dnc_list(grid)] if has_dnc_keys(grid) else []),
        first_of((_keeps_what_is_not_there(grid), _NEEDS_ID)),
        _advice(
            f"AND(LEN({name})>0,{trimmed(name)}={trimmed(text)})",
            "Description",
            "it only repeats the name",
        ),
    ]


def not_in_account(grid: Grid, known: Mapping[str, str]) -> list[str]:
    """Advice about names that the account did not have when it was asked; ``known`` has their spans by heading."""
    return [
        _advice(_is_unknown(grid.cell(heading), span), heading, "not among the names at Kore.ai")
        for heading, span in known.items()
    ]


def _is_unknown(cell: str, span: str) -> str:
    """Whether a name of the cell, which may have several, is not in the span."""
    text = f"SUBSTITUTE({cell},CHAR(10),{quoted(';')})"
    parts = list_parts(text, ";", range(_MOST_NAMES))
    given, found = f'SUMPRODUCT(--({parts}<>""))', f'SUMPRODUCT(({parts}<>"")*({span}={parts}))'
    return f"IF({is_empty(cell)},FALSE,IFERROR({found}<{given},FALSE))"


def across_hours(grid: Grid) -> list[str]:
    """Complaints and advice about a row of calling hours that need several cells."""
    start, end = START.minutes.here, END.minutes.here
    names_same = f"({KEY.above}={KEY.here})"
    times = f"({START.minutes.above}<{end})*({END.minutes.above}>{start})"
    known = f"AND({start}>=0,{end}>{start},{KEY.here}<>{quoted('')})"
    # The row itself is one that it overlaps with.
    count = f"SUMPRODUCT({names_same}*{times}*({DAY.overlap()}>0))>1"
    return [
        first_of((f"AND({start}>=0,{end}>=0,{end}<={start})", '"; End must be later than Start"')),
        first_of((f"IF({known},IFERROR({count},FALSE),FALSE)", '"; Start to End overlaps with a row above"')),
        first_of(
            (_differs(grid, "Time zone", ""), '"; Time zone differs from a row above of the same name"')
        ),
        first_of(
            (
                _differs(grid, "Frequency", "WEEKLY"),
                '"; Frequency differs from a row above of the same name"',
            )
        ),
        _advice(f"AND({start}>=0,{start}<{EARLIEST})", "Start", "many countries forbid calls before 8:00 AM"),
        _advice(f"{end}>{LATEST}", "End", "many countries forbid calls after 9:00 PM"),
        _advice(
            is_one_of(grid.cell("Frequency"), ("DAILY", "CUSTOM")),
            "Frequency",
            "Kore.ai documents WEEKLY alone",
        ),
    ]


def has_dnc_keys(grid: Grid) -> bool:
    """Whether the sheet is small enough to compare each row's contact lists with every row's DNC list."""
    return grid.last_row - HEADING_ROW <= MOST_ROWS_WITH_DNC_KEYS


def _names_dnc_list(grid: Grid) -> str:
    """A contact list that is the DNC list of a row: the people on it must never be called."""
    cell = grid.cell("Contact lists")
    text = f"SUBSTITUTE(LOWER({trimmed(cell)}),CHAR(10),{quoted(';')})"
    listed = f'";"&{substituted(text, ("; ", " ;"), ";")}&";"'
    keys = DNC_KEY.span(grid)
    is_listed = f'SUMPRODUCT(({keys}<>"")*ISNUMBER(FIND(";"&{keys}&";",{listed})))>0'
    condition = f"IF({is_empty(cell)},FALSE,IFERROR({is_listed},FALSE))"
    return first_of((condition, '"; Contact lists contains a DNC list"'))


def _keeps_what_is_not_there(grid: Grid) -> str:
    """Whether a campaign that does not exist yet is to keep its answering machine detection."""
    detection, campaign_id = grid.cell("Answering machine detection"), grid.cell("Campaign ID")
    return f"AND({trimmed(detection)}={quoted(AS_IT_IS)},{is_empty(campaign_id)})"


def _is_example(name: str, text: str) -> str:
    same = (
        f"AND({trimmed(name)}={quoted(example.name)},{trimmed(text)}={quoted(example.description)})"
        for example in EXAMPLE_CAMPAIGNS.values()
    )
    return f"OR({','.join(same)})"


def _repeated(span: str, cell: str, heading: str, words: str) -> str:
    repeated = f"IFERROR(SUMPRODUCT(--({span}={cell}))>1,FALSE)"
    return first_of((f"IF({cell}={quoted('')},FALSE,{repeated})", quoted(f"; {heading} {words}")))


def no_zone_elsewhere(grid: Grid) -> str:
    """Whether no row of the name has a zone, asked of the name's first row alone: there it is to be typed."""
    name, zones = grid.cell("Calling hours"), grid.span("Time zone")
    above = grid.down_to_here("Calling hours")
    none = f"SUMPRODUCT({same_text(grid.span('Calling hours'), name)}*(LEN({trimmed(zones)})>0))=0"
    return f"IFERROR(AND({none},SUMPRODUCT(--{same_text(above, name)})<2),TRUE)"


def _differs(grid: Grid, heading: str, default: str) -> str:
    """Whether a row of the same name above has another value; an empty cell is the default, or left out."""
    name, cell = grid.cell("Calling hours"), grid.cell(heading)
    same = same_text(grid.down_to_here("Calling hours"), name)
    others = grid.down_to_here(heading)
    if not default:
        other = f"(LEN({trimmed(others)})>0)*({trimmed(others)}<>{trimmed(cell)})"
        return f"IF(OR({is_empty(cell)},{is_empty(name)}),FALSE,IFERROR(SUMPRODUCT({same}*{other})>0,FALSE))"
    usual = quoted(default.lower())
    is_default = f'(({others}="")+({trimmed(others)}={usual})>0)'
    # The choice is outside SUMPRODUCT: inside, IF would look at one row alone.
    like_default = f"SUMPRODUCT({same}*{is_default})"
    like_this = f"SUMPRODUCT({same}*{same_text(others, cell)})"
    alike = f"IF(OR({is_empty(cell)},{trimmed(cell)}={usual}),{like_default},{like_this})"
    return f"IF({is_empty(name)},FALSE,IFERROR(SUMPRODUCT({same}*1)>{alike},FALSE))"


def _advice(condition: str, heading: str, words: str) -> str:
    return first_of((condition, quoted(f"; {ADVICE} {heading}: {words}")))
