"""The results workbook: a picture of the outcomes to look at, and a valid input to be mended and submitted.

A projection of the report and of the person's cells, so it can be written again at any time. The person's own
workbook is never touched.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook as XlsxWorkbook

from bulkload.memory import nothing_to_collect
from bulkload.workbook.columns import (
    CAMPAIGN_COLUMNS,
    CAMPAIGNS_SHEET,
    EYE_ONLY_HEADINGS,
    HOURS_COLUMNS,
    HOURS_SHEET,
    RESULT_HEADINGS,
)
from bulkload.workbook.results.place import Added, Place, Row, own_headings
from bulkload.workbook.results.problems import PROBLEMS_SHEET, write_problems
from bulkload.workbook.results.sheet import write_person_sheet
from bulkload.workbook.results.summary import SUMMARY_SHEET, write_summary
from bulkload.workbook.results.words import complaint, happened, result, to_do
from bulkload.workbook.writing import durable
from bulkload.workbook.writing.safe import visible
from bulkload.workbook.writing.styles import BODY, STATUS_LOOKS, Formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.format import Format

    from bulkload.model import Cell, Outcome, Problem, Sheet, Workbook
    from bulkload.report import Report
    from bulkload.workbook.columns import Column

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


@nothing_to_collect()
def write_results(report: Report, workbook: Workbook, path: Path) -> Path:
    """Write the results of these outcomes with the person's cells; the path written.

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
    write_summary(target, formats, report)
    places = (
        _campaigns(target, formats, report, workbook.campaigns),
        _calling_hours(target, formats, report, workbook.calling_hours),
    )
    write_problems(target, formats, report, places)
    target.close()
    return durable.write_new(path, content.getvalue())


def _campaigns(target: XlsxWorkbook, formats: Formats, report: Report, given: Sheet) -> Place:
    name, campaign_id = _column("Campaign name"), _column("Campaign ID")
    first = (
        Added(RESULT, 22),
        name,
        Added(HAPPENED, 46),
        Added(TO_DO, 46),
        campaign_id,
        Added(PLATFORM_STATUS, 14),
        Added(ROW, 9),
    )
    rest = tuple(column for column in CAMPAIGN_COLUMNS if column not in first)
    place = Place(
        given=given,
        sheet=CAMPAIGNS_SHEET,
        columns=(*first, *rest, *own_headings(given, CAMPAIGN_COLUMNS)),
        rows=_campaign_rows(formats, report, given),
    )
    problems = (*report.problems, *(problem for outcome in report.outcomes for problem in outcome.problems))
    write_person_sheet(target, formats, place, problems)
    return place


def _calling_hours(target: XlsxWorkbook, formats: Formats, report: Report, given: Sheet) -> Place:
    by_row: dict[int, list[Problem]] = {}
    for problem in report.problems:
        if problem.sheet == given.name and problem.row is not None:
            by_row.setdefault(problem.row, []).append(problem)
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    rows = {
        row: Row(cells, {FIX: (complaint(by_row.get(row, ())), wrapped), ROW: (row, plain)})
        for row, cells in _given_rows(given)
    }
    own = own_headings(given, HOURS_COLUMNS)
    place = Place(given, HOURS_SHEET, (Added(FIX, 46), *HOURS_COLUMNS, *own, Added(ROW, 9)), rows)
    write_person_sheet(target, formats, place, report.problems)
    return place


def _campaign_rows(formats: Formats, report: Report, given: Sheet) -> Mapping[int, Row]:
    """Every row of the sheet in its order; then outcomes of rows that are not in it, for no row may be lost."""
    outcomes = {outcome.row: outcome for outcome in report.outcomes}
    given_rows = dict(_given_rows(given))
    missing = given_rows.keys() - outcomes.keys()
    if missing:
        raise AssertionError(f"rows {sorted(missing)} of {given.name} have no outcome")
    strangers = {row: {"Campaign name": outcomes[row].name} for row in outcomes if row not in given_rows}
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    looks = {status: formats.filled(look, BODY, bold=True) for status, look in STATUS_LOOKS.items()}
    return {
        row: _campaign_row(outcomes[row], cells, looks[outcomes[row].status], plain, wrapped)
        for row, cells in (given_rows | strangers).items()
    }


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
            HAPPENED: (happened(outcome), wrapped),
            TO_DO: (to_do(outcome), wrapped),
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
