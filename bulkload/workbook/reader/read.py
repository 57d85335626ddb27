"""Read a user's workbook: two sheets of untouched cells, or an error that says why it can't be used."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.errors import refusal, workbook_refused
from bulkload.model import Hidden, Sheet, Workbook
from bulkload.workbook.reader import messages, shared_strings, sheet_part, styles
from bulkload.workbook.reader.account_row import read_account
from bulkload.workbook.reader.annotations import read_comments, read_totals_rows
from bulkload.workbook.reader.cell_refs import column_letter
from bulkload.workbook.reader.cell_values import Damage
from bulkload.workbook.reader.file import open_file
from bulkload.workbook.reader.package import find_sheets, open_package, unread_sheets
from bulkload.workbook.reader.parts import Parts
from bulkload.workbook.reader.shared_strings import MemoryBudget, SharedStrings, TooMuchText
from bulkload.workbook.reader.sheet_checks import SheetChecks, far_cell
from bulkload.workbook.reader.sheet_part import LAST_ROW, SheetPart
from bulkload.workbook.reader.styles import TooManyStyles, read_styles
from bulkload.workbook.reader.table import Table, build_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from bulkload.columns import Column
    from bulkload.model import Cell, Problem
    from bulkload.workbook.reader.cell_refs import CellRef
    from bulkload.workbook.reader.file import File
    from bulkload.workbook.reader.package import Package, SheetEntry
    from bulkload.workbook.reader.sheet_part import SheetFacts
    from bulkload.workbook.reader.styles import CellStyle

MOST_CAMPAIGNS = 10_000
REQUESTS_PER_HOUR = 60 * 60
"""60 requests a minute are what the service accepts (seeds)."""


def read(path: Path, *, hidden: Hidden = Hidden.REFUSE, content: bytes | None = None) -> Workbook:
    """The two sheets of the workbook, cells untouched, and the warnings about the file.

    ``content`` is the file's content where it is at hand already; ``path`` then only names it.

    Raises WorkbookError, naming everything that is wrong at once, where the file can't be used.
    """
    file = open_file(path, content)
    parts = Parts(path.name, file.content)
    package = open_package(path.name, parts)
    entries = find_sheets(package, [CAMPAIGNS_SHEET, HOURS_SHEET])
    found = _Pass(parts, package).read(entries)
    _refuse_far_cells(found)
    sheets = [
        _build(one, columns, hidden)
        for one, columns in zip(found, (CAMPAIGN_COLUMNS, HOURS_COLUMNS), strict=True)
    ]
    campaigns, hours = sheets
    account, incomplete = read_account(entries[0].name, _above_headings(found[0].facts, campaigns))
    errors = [problem for sheet in sheets for problem in sheet.problems if problem.is_error]
    errors += incomplete
    if campaigns.checks is not None:
        errors += _miscounted(campaigns.checks)
    if errors or campaigns.checks is None or hours.checks is None:
        raise workbook_refused(errors)
    macros = (messages.MACROS.problem(value=path.name),) if package.has_macros else ()
    return Workbook(
        campaigns=_sheet(file, campaigns.checks),
        calling_hours=_sheet(file, hours.checks),
        content=file.content,
        problems=(
            *file.problems,
            *macros,
            *unread_sheets(package, entries),
            *campaigns.problems,
            *hours.problems,
        ),
        account=account,
    )


# --- the pass over the parts ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Found:
    """What the parts of one sheet say."""

    entry: SheetEntry
    facts: SheetFacts
    comments: Mapping[CellRef, str]
    totals_rows: frozenset[int]


class _Pass:
    """Reads the parts of the sheets, with one budget of memory for all."""

    def __init__(self, parts: Parts, package: Package) -> None:
        self._parts = parts
        self._package = package
        self._budget = MemoryBudget()

    def read(self, entries: Sequence[SheetEntry]) -> list[_Found]:
        """Raises WorkbookError where a part can't be read."""
        try:
            strings = self._strings()
            known = self._styles()
            return [self._sheet(entry, strings, known) for entry in entries]
        except TooMuchText as error:
            raise refusal(
                messages.TOO_MUCH_TEXT, value=self._parts.file_name, most=shared_strings.MOST_MEGABYTES
            ) from error

    def _strings(self) -> SharedStrings:
        strings = SharedStrings()
        if self._package.strings is not None:
            what = "its texts can't be read"
            batches = self._parts.stream(self._package.strings, shared_strings.CONTAINERS, what)
            try:
                strings.read(batches, self._budget)
            except Damage as error:
                raise self._parts.damaged(what) from error
        return strings

    def _styles(self) -> tuple[CellStyle, ...]:
        if self._package.styles is None:
            return ()
        try:
            return read_styles(self._parts.small_stream(self._package.styles, styles.CONTAINERS))
        except TooManyStyles as error:
            raise self._parts.damaged("it has more formats than Excel allows") from error

    def _sheet(self, entry: SheetEntry, strings: SharedStrings, known: Sequence[CellStyle]) -> _Found:
        what = f'the sheet "{entry.name}" can\'t be read'
        part = SheetPart(strings, known, self._budget, starts_1904=self._package.starts_1904)
        try:
            facts = part.read(self._parts.stream(entry.part, sheet_part.CONTAINERS, what))
            comments = read_comments(self._parts, entry.part, self._budget)
        except Damage as error:
            raise self._parts.damaged(f"{what} ({error})") from error
        return _Found(entry, facts, comments, read_totals_rows(self._parts, entry.part))


def _refuse_far_cells(found: Sequence[_Found]) -> None:
    problems = []
    for one in found:
        if one.facts.far is None:
            continue
        if one is found[0] and one.facts.row_count > LAST_ROW:
            problems.append(_too_many_campaigns(one.entry.name, one.facts.row_count - 1))  # a row of headings
        else:
            problems.append(far_cell(one.entry.name, one.facts.far))
    if problems:
        raise workbook_refused(problems)


# --- the sheets ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Built:
    """A sheet's table with its problems, or the problems because of which there is none."""

    checks: SheetChecks | None
    problems: tuple[Problem, ...]


def _above_headings(facts: SheetFacts, sheet: _Built) -> list[tuple[int, list[Cell]]]:
    """The rows above the headings by Excel row; an empty list where none were found."""
    heading_row = 0 if sheet.checks is None else sheet.checks.table.layout.heading_row
    rows = zip(facts.row_numbers, facts.rows, strict=True)
    return list(takewhile(lambda row: row[0] < heading_row, rows))


def _build(found: _Found, columns: Sequence[Column], hidden: Hidden) -> _Built:
    table = build_table(found.facts, found.entry.name, columns, hidden)
    if not isinstance(table, Table):
        return _Built(None, table)
    checks = SheetChecks(
        found.entry.name, found.facts, table, columns, hidden, found.comments, found.totals_rows
    )
    return _Built(checks, (*table.layout.problems, *checks.errors(), *checks.warnings()))


def _miscounted(campaigns: SheetChecks) -> Iterator[Problem]:
    """Too many campaigns, or none."""
    count = len(campaigns.table.frame)
    if count > MOST_CAMPAIGNS:
        yield _too_many_campaigns(campaigns.sheet, count)
    if count == 0:
        yield messages.NO_CAMPAIGNS.problem(
            sheet=campaigns.sheet, heading_row=campaigns.table.layout.heading_row
        )


def _too_many_campaigns(sheet: str, count: int) -> Problem:
    return messages.TOO_MANY_CAMPAIGNS.problem(
        sheet=sheet, value=f"{count:,}", most=f"{MOST_CAMPAIGNS:,}", hours=f"{count / REQUESTS_PER_HOUR:.1f}"
    )


def _sheet(file: File, checks: SheetChecks) -> Sheet:
    layout = checks.table.layout
    headings = {column: heading for heading, column in layout.places.items()}
    return Sheet(
        path=file.path,
        sha256=file.sha256,
        name=checks.sheet,
        heading_row=layout.heading_row,
        frame=checks.table.frame,
        letters={heading: column_letter(column) for heading, column in layout.places.items()},
        struck_rows=checks.struck_rows(),
        totals_rows=checks.totals_rows.intersection(checks.table.rows),
        hidden_rows=frozenset(checks.table.hidden_rows).intersection(checks.table.rows),
        comments={
            (row, headings.get(column)): text
            for (row, column), text in checks.comments.items()
            if row in checks.table.frame.index
        },
        shown=checks.shown_dates(),
        problems=checks.cell_problems(),
    )
