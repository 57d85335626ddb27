"""The sheet Problems: one row per problem, errors first, with a link to the cell in this workbook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlsxwriter.utility import xl_rowcol_to_cell

from bulkload.messages import plain_marks
from bulkload.model import Level
from bulkload.workbook.results.messages import fix, message, result
from bulkload.workbook.results.output_sheet import heading_of
from bulkload.workbook.results.sheet import with_gridlines
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.heights import height, lines
from bulkload.workbook.writer.sheet_parts import print_wide, write_title
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    MISSING,
    NAVY,
    STATUS_LOOKS,
    Colours,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Outcome, Problem
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import OutputSheet
    from bulkload.workbook.writer.styles import Formats

PROBLEMS_SHEET = "Problems"

HEADING_ROW = 4

MOST_LINKS = 65_000
"""Links on one sheet; Excel accepts 65,530 and cuts the rest off as damage."""

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

STOPPED = "✗ Stopped"
_LEVELS = {Level.ERROR: ("✗ Error", MISSING), Level.WARNING: ("! Warning", DOUBTFUL)}
_ORDER = {STOPPED: 0, _LEVELS[Level.ERROR][0]: 0, _LEVELS[Level.WARNING][0]: 2}
"""What comes first; rows that need a person for another reason are between errors and warnings."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the sheet."""

    kind: str
    look: Colours
    link: str = ""
    """``'Campaigns'!G7``, in this workbook; empty for a problem without a cell."""
    origin: str = ""
    """``Campaigns G12``, in the user's file."""
    name: str = ""
    heading: str = ""
    value: str = ""
    wrong: str = ""
    remedy: str = ""


class Links:
    """Finds the cells of this workbook that problems are about."""

    def __init__(self, output: OutputSheet) -> None:
        self._output = output
        self._rows = output.row_indexes()
        self._columns = output.heading_indexes()

    def to(self, row: int, column: str | None = None) -> str:
        """``'Campaigns'!G7`` for the user's Excel row and a heading (None: the row's first cell), or nothing."""
        if row not in self._rows:
            return ""
        cell = xl_rowcol_to_cell(self._rows[row], self._columns.get(column or "", 0))
        return f"'{self._output.sheet}'!{cell}"

    def to_problem(self, problem: Problem) -> str:
        """The same for the cell that the problem names; nothing where it is about another sheet, or no row."""
        if problem.sheet != self._output.given.name or problem.row is None:
            return ""
        return self.to(problem.row, heading_of(problem, self._output.given))


def write_problems(
    workbook: Workbook, formats: Formats, report: Report, sheets: Sequence[OutputSheet]
) -> None:
    """Fill the sheet: errors first, then what needs a person otherwise, then warnings."""
    sheet = workbook.get_worksheet_by_name(PROBLEMS_SHEET)
    entries = sorted(_entries(report, sheets), key=lambda entry: _ORDER.get(entry.kind, 1))
    hint = "A link leads to the cell in this workbook." if entries else "✓ Nothing is wrong."
    with_gridlines(sheet, formats)
    write_title(sheet, formats, PROBLEMS_SHEET, hint, practice=report.practice)
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


def _entries(report: Report, sheets: Sequence[OutputSheet]) -> Iterator[Entry]:
    links = [Links(sheet) for sheet in sheets]
    if report.stopped:
        wrong, remedy = report.stopped.explanation.render(plain_marks)
        yield Entry(STOPPED, MISSING, wrong=wrong, remedy=remedy)
    for problem in report.problems:
        yield _entry(problem, "", links)
    for outcome in report.outcomes:
        for problem in outcome.problems:
            yield _entry(problem, outcome.name, links)
    for outcome in report.need_attention:
        if not any(problem.is_error or problem.message == outcome.message for problem in outcome.problems):
            yield _unexplained(outcome, sheets[0].given.name, links[0])


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
    """A row that needs a person although no cell is wrong, for example because its answer was lost."""
    return Entry(
        result(outcome.status),
        STATUS_LOOKS[outcome.status],
        link=links.to(outcome.row),
        origin=f"{sheet} row {outcome.row}",
        name=outcome.name,
        wrong=message(outcome),
        remedy=fix(outcome),
    )
