"""The results workbook: a picture of the outcomes to look at, and a valid input to be mended and submitted.

A projection of the report and of the person's cells, so it can be written again at any time. The person's own
workbook is never touched.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook as XlsxWorkbook

from bulkload.columns import (
    CAMPAIGN_COLUMNS,
    CAMPAIGNS_SHEET,
    EYE_ONLY_HEADINGS,
    HOURS_COLUMNS,
    HOURS_SHEET,
    RESULT_HEADINGS,
)
from bulkload.gc_control import gc_paused
from bulkload.messages import plain_marks
from bulkload.model import Level
from bulkload.workbook.results.messages import complaint, fix, message, result
from bulkload.workbook.results.output_sheet import Added, Place, Row, own_headings, with_headings_apart
from bulkload.workbook.results.problems import PROBLEMS_SHEET, write_problems
from bulkload.workbook.results.relocate import relocated, rendered
from bulkload.workbook.results.sheet import MARKS, write_person_sheet
from bulkload.workbook.results.summary import SUMMARY_SHEET, write_summary
from bulkload.workbook.writer import atomic_write as durable
from bulkload.workbook.writer.cell_writer import visible
from bulkload.workbook.writer.styles import BODY, STATUS_LOOKS, Formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.format import Format

    from bulkload.columns import Column
    from bulkload.messages import Marks
    from bulkload.model import Cell, Outcome, Problem, Sheet, Workbook
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import AnyColumn

LONGEST_NAME = 255
"""Bytes in a file's name, on nearly every system."""

RESULT, PLATFORM_STATUS, HAPPENED, TO_DO, ROW = RESULT_HEADINGS
_, FIX = EYE_ONLY_HEADINGS

_EARLIER = re.compile(r"\.results-\d{8}-\d{6}(-\d+)?$")


def results_path(workbook: Path, when: datetime) -> Path:
    """Where the results of a workbook go: ``<workbook>.results-<YYYYMMDD-HHMMSS>.xlsx`` beside it.

    The results of results carry the first workbook's name, with no second ``.results-``.
    """
    end = f".results-{when:%Y%m%d-%H%M%S}.xlsx"
    stem = _EARLIER.sub("", workbook.stem)
    room = LONGEST_NAME - len(end) - len("-99")
    return workbook.with_name(stem.encode()[:room].decode(errors="ignore") + end)


@gc_paused()
def write_results(report: Report, workbook: Workbook, path: Path, marks: Marks = plain_marks) -> Path:
    """Write the results of these outcomes with the person's cells, and return the path.

    ``marks`` is how the caller's front end names commands and settings.

    Where a file of that name exists or is open, the next free name is taken (``...-2.xlsx``). Raises OSError
    where nothing can be written, leaving no half file.
    """
    content = BytesIO()
    target = XlsxWorkbook(content, {"in_memory": True})
    target.set_properties({"title": f"Results of {visible(report.workbook.name)}"})
    target.set_size(1600, 900)
    formats = Formats(target)
    for name in (SUMMARY_SHEET, CAMPAIGNS_SHEET, HOURS_SHEET, PROBLEMS_SHEET):
        target.add_worksheet(name)
    campaigns = _campaigns(report, with_headings_apart(workbook.campaigns))
    hours = _calling_hours(with_headings_apart(workbook.calling_hours))
    report = rendered(relocated(report, (campaigns, hours)), marks)
    write_summary(target, formats, report, marks)
    in_rows = (*report.problems, *(problem for outcome in report.outcomes for problem in outcome.problems))
    write_person_sheet(target, formats, campaigns, _campaign_rows(formats, report, campaigns), in_rows)
    write_person_sheet(target, formats, hours, _hours_rows(formats, report, hours.given), report.problems)
    write_problems(target, formats, report, (campaigns, hours))
    target.close()
    return durable.write_new(path, content.getvalue())


def _campaigns(report: Report, given: Sheet) -> Place:
    """Every row of the sheet in its order; then outcomes of rows that are not in it, for no row may be lost."""
    name, campaign_id = _column("Campaign name"), _column("Campaign ID")
    first = (
        Added(RESULT, 22),
        name,
        Added(HAPPENED, 46),
        Added(TO_DO, 46),
        campaign_id,
        Added(PLATFORM_STATUS, 17),
        Added(ROW, 9),
    )
    rest = tuple(column for column in CAMPAIGN_COLUMNS if column not in first)
    numbers = [int(row) for row in given.frame.index]
    outcomes = [outcome.row for outcome in report.outcomes]
    missing = set(numbers) - set(outcomes)
    if missing:
        raise AssertionError(f"rows {sorted(missing)} of {given.name} have no outcome")
    return Place(
        given=given,
        sheet=CAMPAIGNS_SHEET,
        columns=(*first, *rest, *own_headings(given, CAMPAIGN_COLUMNS)),
        numbers=tuple(dict.fromkeys((*numbers, *outcomes))),
    )


def _calling_hours(given: Sheet) -> Place:
    columns: tuple[AnyColumn, ...] = (
        Added(FIX, 46),
        *HOURS_COLUMNS,
        *own_headings(given, HOURS_COLUMNS),
        Added(ROW, 9),
    )
    return Place(given, HOURS_SHEET, columns, tuple(int(row) for row in given.frame.index))


def _hours_rows(formats: Formats, report: Report, given: Sheet) -> Mapping[int, Row]:
    by_row: dict[int, list[Problem]] = {}
    for problem in report.problems:
        if problem.sheet == given.name and problem.row is not None:
            by_row.setdefault(problem.row, []).append(problem)
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    return {
        row: Row(cells, {FIX: (complaint(by_row.get(row, ())), wrapped), ROW: (row, plain)})
        for row, cells in _given_rows(given)
    }


def _campaign_rows(formats: Formats, report: Report, place: Place) -> Mapping[int, Row]:
    outcomes = {outcome.row: outcome for outcome in report.outcomes}
    given = dict(_given_rows(place.given))
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    frames = {
        level: {key: it for key, it in mark.items() if "border" in key} for level, mark in MARKS.items()
    }
    looks = {
        (status, level): formats.filled(look, BODY, frames.get(level, {}), bold=True)
        for status, look in STATUS_LOOKS.items()
        for level in (None, *Level)
    }
    return {
        row: _campaign_row(
            outcomes[row],
            given.get(row, {"Campaign name": outcomes[row].name}),
            looks[outcomes[row].status, _worst_as_a_whole(outcomes[row])],
            plain,
            wrapped,
        )
        for row in place.numbers
    }


def _worst_as_a_whole(outcome: Outcome) -> Level | None:
    """How bad the worst problem is that the row has as a whole; None where it has none."""
    levels = {problem.level for problem in outcome.problems if problem.heading == RESULT}
    return next((level for level in (Level.ERROR, Level.WARNING) if level in levels), None)


def _campaign_row(
    outcome: Outcome,
    cells: Mapping[str, Cell],
    look: Format,
    plain: Format,
    wrapped: Format,
) -> Row:
    if outcome.campaign_id is not None:
        cells = {**cells, "Campaign ID": outcome.campaign_id}
    return Row(
        cells,
        {
            RESULT: (result(outcome.status), look),
            HAPPENED: (message(outcome), wrapped),
            TO_DO: (fix(outcome), wrapped),
            PLATFORM_STATUS: (outcome.platform_status or "", plain),
            ROW: (outcome.row, plain),
        },
    )


def _given_rows(given: Sheet) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    headings = [str(heading) for heading in given.frame.columns]
    for row, cells in zip(given.frame.index, given.frame.itertuples(index=False, name=None), strict=True):
        yield int(row), dict(zip(headings, cells, strict=True))


def _column(heading: str) -> Column:
    return next(column for column in CAMPAIGN_COLUMNS if column.heading == heading)
