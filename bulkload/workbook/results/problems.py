"""The sheet Problems: one row for each thing that is wrong, with a link to the cell in this workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from bulkload.model import Level
from bulkload.workbook.results.messages import fix, message, result
from bulkload.workbook.results.output_sheet import heading_of
from bulkload.workbook.results.sheet import with_gridlines
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.heights import height, lines
from bulkload.workbook.writer.sheet_parts import print_wide
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    MISSING,
    NAVY,
    STATUS_LOOKS,
    SUBTITLE,
    TITLE,
    Colours,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Outcome, Problem
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import Place
    from bulkload.workbook.writer.styles import Formats

PROBLEMS_SHEET = "Problems"

HEADING_ROW = 4

MOST_LINKS = 65_000
"""Links on one sheet; Excel takes 65,530 and repairs, by cutting, a file with more."""

COLUMNS = (
    ("Kind", 20),
    ("Go to", 18),
    ("Cell in your file", 22),
    ("Campaign name", 28),
    ("Column", 22),
    ("Value", 28),
    ("What is wrong", 56),
    ("What to do", 56),
)

_WIDTHS = tuple(width for _, width in COLUMNS[2:])

_LEVELS = {Level.ERROR: ("✗ Error", MISSING), Level.WARNING: ("! Warning", DOUBTFUL)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sheet."""

    kind: str
    look: Colours
    link: str = ""
    """``'Campaigns'!G7``, in this workbook; empty where no cell is meant."""
    origin: str = ""
    """``Campaigns G12``, in the person's file."""
    name: str = ""
    heading: str = ""
    value: str = ""
    wrong: str = ""
    remedy: str = ""


class Links:
    """Finds the cells of this workbook that problems are about."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._rows = place.row_indexes()
        self._columns = place.heading_indexes()

    def to(self, row: int, column: str | None = None) -> str:
        """``'Campaigns'!G7`` for the person's Excel row and a heading (None: the row's first cell), or nothing."""
        if row not in self._rows:
            return ""
        cell = xl_rowcol_to_cell(self._rows[row], self._columns.get(column or "", 0))
        return f"'{self._place.sheet}'!{cell}"

    def to_problem(self, problem: Problem) -> str:
        """The same for the cell that the problem names; nothing where it is about another sheet, or no row."""
        if problem.sheet != self._place.given.name or problem.row is None:
            return ""
        return self.to(problem.row, heading_of(problem, self._place.given))


def write_problems(workbook: Workbook, formats: Formats, report: Report, places: Sequence[Place]) -> None:
    """Fill the sheet: first the file and its calling hours, then the campaigns in the order of the sheet."""
    sheet = workbook.get_worksheet_by_name(PROBLEMS_SHEET)
    entries = list(_entries(report, places))
    with_gridlines(sheet, formats)
    sheet.write_string(0, 0, PROBLEMS_SHEET, formats(TITLE))
    hint = "A link leads to the cell in this workbook." if entries else "✓ Nothing was found wrong."
    sheet.write_string(1, 0, hint, formats(SUBTITLE))
    sheet.set_row(HEADING_ROW - 1, 22)
    for index, (text, width) in enumerate(COLUMNS):
        sheet.set_column(index, index, width, formats(BODY))
        sheet.write_string(HEADING_ROW - 1, index, text, formats(HEADING, bg_color=NAVY))
    _write_entries(sheet, formats, entries)
    sheet.autofilter(HEADING_ROW - 1, 0, HEADING_ROW - 1 + max(1, len(entries)), len(COLUMNS) - 1)
    sheet.freeze_panes(HEADING_ROW, 2)
    print_wide(sheet, HEADING_ROW)


def _write_entries(sheet: Worksheet, formats: Formats, entries: Sequence[Entry]) -> None:
    body = formats(BODY, text_wrap=True, num_format="@")
    link = formats(BODY, font_color="#0563C1", underline=1)
    kinds = {look: formats.filled(look, BODY, bold=True) for look in {entry.look for entry in entries}}
    for row, entry in enumerate(entries, start=HEADING_ROW):
        write_text(sheet, row, 0, entry.kind, kinds[entry.look])
        shown = entry.link.replace("'", "").replace("!", " ")
        if row < MOST_LINKS and entry.link:
            sheet.write_url(row, 1, f"internal:{entry.link}", link, shown)
        else:
            write_text(sheet, row, 1, shown, body)
        texts = (entry.origin, entry.name, entry.heading, entry.value, entry.wrong, entry.remedy)
        for index, text in enumerate(texts, start=2):
            if text:
                write_text(sheet, row, index, visible(text), body)
        sheet.set_row(row, height(max(map(lines, texts, _WIDTHS))))


def _entries(report: Report, places: Sequence[Place]) -> Iterator[Entry]:
    links = [Links(place) for place in places]
    if report.stopped:
        yield Entry("✗ Stopped", MISSING, wrong=report.stopped.message)
    for problem in report.problems:
        yield _entry(problem, "", links)
    for outcome in report.outcomes:
        for problem in outcome.problems:
            yield _entry(problem, outcome.name, links)
    for outcome in report.need_attention:
        if not any(problem.is_error or problem.message == outcome.message for problem in outcome.problems):
            yield _unexplained(outcome, places[0].given.name, links[0])


def _entry(problem: Problem, name: str, links: Sequence[Links]) -> Entry:
    kind, look = _LEVELS[problem.level]
    found = (link.to_problem(problem) for link in links)
    where = problem.cell or (f"row {problem.row}" if problem.row else "")
    return Entry(
        kind,
        look,
        link=next(filter(None, found), ""),
        origin=" ".join(part for part in (problem.sheet, where) if part),
        name=name,
        heading=problem.heading or "",
        value=problem.value or "",
        wrong=problem.message,
        remedy=problem.fix,
    )


def _unexplained(outcome: Outcome, sheet: str, links: Links) -> Entry:
    """A row that needs a person though none of its cells is wrong: its answer was lost, for example."""
    return Entry(
        result(outcome.status),
        STATUS_LOOKS[outcome.status],
        link=links.to(outcome.row),
        origin=f"{sheet} row {outcome.row}",
        name=outcome.name,
        wrong=message(outcome),
        remedy=fix(outcome),
    )
