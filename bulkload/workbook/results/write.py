"""The results workbook: every outcome to look at, and a valid input to be fixed and submitted.

It is made from the report and the user's cells alone, so it can be written again at any time. The user's own
workbook is never touched.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook as XlsxWorkbook

from bulkload.columns import CAMPAIGNS_SHEET, HOURS_SHEET
from bulkload.messages import plain_marks
from bulkload.model import Level, Status
from bulkload.report import SEND_IS_NO
from bulkload.workbook.results.messages import complaint, fix, message, result
from bulkload.workbook.results.output_sheet import (
    HAPPENED,
    PLATFORM_STATUS,
    RESULT,
    ROW,
    TO_DO,
    Row,
    campaigns_sheet,
    hours_sheet,
    is_live,
    with_headings_apart,
)
from bulkload.workbook.results.problems import PROBLEMS_SHEET, write_problems
from bulkload.workbook.results.relocate import relocated, rendered
from bulkload.workbook.results.sheet import MARKS, given_rows, write_person_sheet
from bulkload.workbook.results.summary import SUMMARY_SHEET, write_summary
from bulkload.workbook.results.week import WEEK_SHEET, write_week
from bulkload.workbook.template.formulas import FIX_SIGN, READY_SIGN
from bulkload.workbook.template.grid import WHAT_TO_FIX
from bulkload.workbook.template.hours_formulas import CALLER_TEXT
from bulkload.workbook.template.lists import Lists
from bulkload.workbook.template.row_formulas import CAMPAIGN_KEY, DNC_KEY
from bulkload.workbook.template.sheet import write_counters, write_live_columns
from bulkload.workbook.template.status import (
    CAMPAIGNS_GIVEN,
    COMPLAINTS,
    HOURS_GIVEN,
    LEFT_OUT_SIGN,
    LONGEST_WHAT_TO_FIX,
    MOST_PIECES,
    NOTHING,
    LiveRow,
)
from bulkload.workbook.template.validation import add_help
from bulkload.workbook.writer.atomic_write import Existing, write_whole
from bulkload.workbook.writer.cell_writer import visible
from bulkload.workbook.writer.styles import BODY, STATUS_LOOKS, Formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from xlsxwriter.format import Format

    from bulkload.messages import Marks
    from bulkload.model import CallingHours, Cell, Outcome, Problem, Sheet, Workbook
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import OutputSheet
    from bulkload.workbook.results.sheet import GivenCell

LONGEST_NAME = 255
"""Bytes in a file's name, on nearly every system."""

_EARLIER = re.compile(r"\.results-\d{8}-\d{6}(-\d+)?$")


def results_path(workbook: Path, when: datetime) -> Path:
    """Where the results of a workbook go: ``<workbook>.results-<YYYYMMDD-HHMMSS>.xlsx`` in the same folder.

    The results of results have the first workbook's name, with no second ``.results-``.
    """
    end = f".results-{when:%Y%m%d-%H%M%S}.xlsx"
    stem = _EARLIER.sub("", workbook.stem)
    room = LONGEST_NAME - len(end) - len("-99")
    return workbook.with_name(stem.encode(errors="surrogateescape")[:room].decode(errors="ignore") + end)


def write_results(  # noqa: PLR0913  (what a results workbook is made of)
    report: Report,
    workbook: Workbook,
    path: Path,
    marks: Marks = plain_marks,
    *,
    calling_hours: Sequence[CallingHours] = (),
    existing: Existing = Existing.NEXT_NAME,
) -> Path:
    """Write the results of these outcomes with the user's cells, and return the path.

    ``marks`` is how the caller's front end names commands and settings; ``calling_hours`` are shown on the sheet
    Week. Raises FileExistsError where ``existing`` says so, and OSError where nothing can be written. No half file
    is left.
    """
    content = BytesIO()
    target = XlsxWorkbook(content, {"in_memory": True})
    target.set_properties({"title": f"Results of {visible(report.workbook.name)}"})
    target.set_size(1600, 900)
    formats = Formats(target)
    names = (SUMMARY_SHEET, CAMPAIGNS_SHEET, HOURS_SHEET, PROBLEMS_SHEET)
    for name in (*names, WEEK_SHEET) if calling_hours else names:
        target.add_worksheet(name)
    _fill(target, formats, report, workbook, marks)
    if calling_hours:
        write_week(target, formats, calling_hours, practice=report.practice)
    target.close()
    return write_whole(path, content.getvalue(), existing)


def _fill(target: XlsxWorkbook, formats: Formats, report: Report, workbook: Workbook, marks: Marks) -> None:
    given = (with_headings_apart(workbook.campaigns), with_headings_apart(workbook.calling_hours))
    live = is_live(*given)
    campaigns = campaigns_sheet(given[0], [outcome.row for outcome in report.outcomes], live=live)
    hours = hours_sheet(given[1], live=live)
    elsewhere = [
        output.cells(problem for problem in report.all_problems if _is_fixed_elsewhere(problem))
        for output in (campaigns, hours)
    ]
    report = rendered(relocated(report, (campaigns, hours)), marks)
    write_summary(target, formats, report, marks)
    in_rows = (*report.problems, *(problem for outcome in report.outcomes for problem in outcome.problems))
    rows = _campaign_rows(formats, report, campaigns), _hours_rows(formats, report, hours.given)
    faulty = (
        write_person_sheet(target, formats, campaigns, rows[0], in_rows, report.account),
        write_person_sheet(target, formats, hours, rows[1], report.problems, report.account),
    )
    if live:
        own = [
            [cell for cell in cells if (cell.row, cell.column) not in other]
            for cells, other in zip(faulty, elsewhere, strict=True)
        ]
        _make_live(target, formats, (campaigns, hours), rows, own)
    write_problems(target, formats, report, (campaigns, hours))


def _is_fixed_elsewhere(problem: Problem) -> bool:
    """Whether another row may be changed instead; then the live formulas say when the cell is right."""
    return bool(problem.explanation.references) or problem.heading in {"Calling hours", "Time zone"}


def _make_live(
    target: XlsxWorkbook,
    formats: Formats,
    outputs: tuple[OutputSheet, OutputSheet],
    rows: tuple[Mapping[int, Row], Mapping[int, Row]],
    faulty: Sequence[Sequence[GivenCell]],
) -> None:
    """The template's Status, What to fix, dropdowns and marks, so that fixing here is not blind."""
    lists = Lists(target, formats)
    lists.write_choices()
    hours = outputs[1].grid
    lists.write_hours_choices(hours)
    for output, known, cells, given in zip(
        outputs, rows, faulty, (CAMPAIGNS_GIVEN, HOURS_GIVEN), strict=True
    ):
        row = LiveRow(output.grid, hours, given)
        sheet = target.get_worksheet_by_name(output.sheet)
        says = [one.live for one in known.values()]
        signs = [sign for sign, _ in says]
        counts = (signs.count(READY_SIGN), signs.count(FIX_SIGN))
        write_counters(sheet, formats, row.grid, counts)
        write_live_columns(sheet, formats, row, says)
        add_help(sheet, formats, row)
        lists.write_live(row, known_results(known.values()) if row.is_campaign else {})
        for cell in cells:
            lists.write_given(given, cell.row, cell.column, cell.cell)


def known_results(rows: Iterable[Row]) -> Mapping[str, Sequence[str]]:
    """Results of the helper columns of Campaigns, so that no program works out thousands of rows on opening the file.

    Rows with complaints have none: they are worked out.
    """
    rows = list(rows)
    complaints = [NOTHING if sign == READY_SIGN else "" for sign, _ in (row.live for row in rows)]
    return {
        CAMPAIGN_KEY.name: [_spaced(row.cells.get("Campaign name")) for row in rows],
        DNC_KEY.name: [_spaced(row.cells.get("DNC list")).lower() for row in rows],
        CALLER_TEXT.name: [_spaced(row.cells.get("Caller ID")) for row in rows],
        **{f"{COMPLAINTS}_{number + 1}": complaints for number in range(MOST_PIECES)},
    }


def _spaced(cell: Cell) -> str:
    """A text with one space between two words."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _hours_rows(formats: Formats, report: Report, given: Sheet) -> Mapping[int, Row]:
    by_row: dict[int, list[Problem]] = {}
    for problem in report.problems:
        if problem.sheet == given.name and problem.row is not None:
            by_row.setdefault(problem.row, []).append(problem)
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    return {
        row: Row(
            cells,
            {WHAT_TO_FIX: (complaint(by_row.get(row, ())), wrapped), ROW: (row, plain)},
            _live(by_row.get(row, ())),
        )
        for row, cells in given_rows(given)
    }


def _campaign_rows(formats: Formats, report: Report, output: OutputSheet) -> Mapping[int, Row]:
    outcomes = {outcome.row: outcome for outcome in report.outcomes}
    given = dict(given_rows(output.given))
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
        for row in output.numbers
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
    # The ID of a campaign that only a person can judge is in What to do: in its own column, submitting this
    # workbook would decide for the user.
    if outcome.campaign_id is not None and outcome.status is not Status.CONFLICT:
        cells = {**cells, "Campaign ID": outcome.campaign_id}
    is_invalid = outcome.status is Status.INVALID
    return Row(
        cells,
        {
            RESULT: (result(outcome.status), look),
            HAPPENED: (message(outcome), wrapped),
            TO_DO: (fix(outcome), wrapped),
            PLATFORM_STATUS: (outcome.platform_status or "", plain),
            ROW: (outcome.row, plain),
        },
        (LEFT_OUT_SIGN, "") if _is_left_out(outcome) else _live(outcome.problems if is_invalid else ()),
    )


def _is_left_out(outcome: Outcome) -> bool:
    return outcome.status is Status.NOT_SENT and outcome.message == SEND_IS_NO().text


def _live(problems: Sequence[Problem]) -> tuple[str, str]:
    """What the live columns say until a cell is changed: the same verdict, in the words of the check."""
    errors = [problem.message for problem in problems if problem.is_error]
    return (FIX_SIGN if errors else READY_SIGN), visible("; ".join(errors), LONGEST_WHAT_TO_FIX)
