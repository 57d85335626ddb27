"""The sheet Summary: how many rows came to what, in big figures, what to do next, and which run it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.model import Status
from bulkload.workbook.results.messages import (
    PRACTICE_DESCRIPTIONS,
    STATUS_DESCRIPTIONS,
    headline,
    result,
    steps,
)
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.sheet_parts import PAPER_A4, PRACTICE
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    LINE,
    MISSING,
    NAVY,
    PLAIN,
    READY,
    STATUS_LOOKS,
    SUBTITLE,
    TITLE,
    WHITE,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

    from bulkload.messages import Marks
    from bulkload.report import Report
    from bulkload.workbook.writer.styles import Colours, Formats

SUMMARY_SHEET = "Summary"

_TILES_IN_A_LINE = 5
_WIDTH = 22
_CHART_WIDTH = 790
_BAR_HEIGHT = 42


def write_summary(workbook: Workbook, formats: Formats, report: Report, marks: Marks) -> None:
    """Fill the sheet."""
    sheet = workbook.get_worksheet_by_name(SUMMARY_SHEET)
    sheet.hide_gridlines(2)
    sheet.set_column(0, _TILES_IN_A_LINE - 1, _WIDTH)
    row = _top(sheet, formats, report)
    statuses = [status for status in Status if report.summary[status]]
    row = _tiles(sheet, formats, report, statuses, row + 1)
    row = _need(sheet, formats, report, row, marks)
    if statuses:
        row = _table(sheet, formats, report, statuses, row + 1)
        _chart(workbook, sheet, statuses, row)
    sheet.set_portrait()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&L&F - &A&RPage &P of &N")


def _top(sheet: Worksheet, formats: Formats, report: Report) -> int:
    sheet.set_row(0, 36)
    write_text(sheet, 0, 0, visible(f"Results of {report.workbook.name}"), formats(TITLE))
    row = 1
    if report.practice:
        style = formats.filled(DOUBTFUL, bold=True, font_size=12, valign="vcenter", indent=1)
        sheet.merge_range(row, 0, row, _TILES_IN_A_LINE - 1, "", style)
        write_text(sheet, row, 0, PRACTICE, style)
        sheet.set_row(row, 24)
        row += 1
    for word, line in _facts(report):
        write_text(sheet, row, 0, word, formats(SUBTITLE))
        write_text(sheet, row, 1, visible(line), formats(SUBTITLE, font_color=PLAIN.ink))
        row += 1
    return row


def _facts(report: Report) -> Iterator[tuple[str, str]]:
    """What was done, where and when: a word and the fact."""
    run = report.run
    if run is None:
        yield (
            "What",
            "Checked only: nothing was sent." if report.account is None else "Planned: nothing was sent.",
        )
    yield from account_facts(report)
    if run is not None:
        yield "Begun", local_time(run.started)
        yield "Ended", local_time(run.finished) if run.finished else "not ended yet"
        yield "Run", run.run


def account_facts(report: Report) -> Iterator[tuple[str, str]]:
    """The account, word by word: its name, host, application and id."""
    account, run = report.account, report.run
    if account and (account.title or account.name):
        name = f" ({account.name})" if account.title and account.name else ""
        yield "Account", f"{account.title or account.name}{name}"
    if place := account or run:
        yield "Host", place.host
        yield "Application", place.application
    if account and account.account_id:
        yield "Account ID", account.account_id


def local_time(when: datetime) -> str:
    """``28 November 2026, 14:02 CET``: in the time of this computer."""
    local = when.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M %Z}".rstrip()


def _tiles(sheet: Worksheet, formats: Formats, report: Report, statuses: Sequence[Status], row: int) -> int:
    """A tile for each status; returns the row below them."""
    if not statuses:
        sheet.write_string(row, 0, "The sheet has no campaigns.", formats(SUBTITLE))
        return row + 1
    tiles = [(report.summary[status], result(status), STATUS_LOOKS[status]) for status in statuses]
    return write_tiles(sheet, formats, tiles, row)


def write_tiles(
    sheet: Worksheet, formats: Formats, tiles: Sequence[tuple[int, str, Colours]], row: int
) -> int:
    """Big figures with their words, five in a line; returns the row below them."""
    for position, (count, words, look) in enumerate(tiles):
        line, index = divmod(position, _TILES_IN_A_LINE)
        figures = row + 3 * line
        edges = {"left": 5, "right": 5, "left_color": WHITE, "right_color": WHITE}
        big = formats.filled(look, edges, bold=True, font_size=30, align="center", valign="vcenter")
        below = formats.filled(look, edges, bold=True, font_size=12, align="center", valign="top")
        sheet.set_row(figures, 48)
        sheet.set_row(figures + 1, 26)
        sheet.write_number(figures, index, count, big)
        sheet.write_string(figures + 1, index, words, below)
    return row + 3 * -(-len(tiles) // _TILES_IN_A_LINE)


def _need(sheet: Worksheet, formats: Formats, report: Report, row: int, marks: Marks) -> int:
    words, is_good = headline(report)
    look = READY if is_good else MISSING
    sheet.set_row(row, 28)
    sheet.write_string(
        row, 0, f"{'✓' if is_good else '✗'} {words}", formats(bold=True, font_size=16, font_color=look.ink)
    )
    if report.stopped:
        row += 1
        style = formats.filled(
            look, text_wrap=True, valign="vcenter", indent=1, border=1, border_color=look.ink
        )
        text = visible(f"Why it stopped: {report.stopped.explanation.join()}")
        sheet.merge_range(row, 0, row, _TILES_IN_A_LINE - 1, "", style)
        write_text(sheet, row, 0, text, style)
        sheet.set_row(row, 8 + 16 * (1 + len(text) // 105))
    said = steps(report, marks)
    for number, step in enumerate(said, start=1):
        row += 1
        sheet.set_row(row, 20)
        numbered = f"{number}. {step}" if len(said) > 1 else step
        write_text(sheet, row, 0, visible(numbered), formats(font_size=12, valign="vcenter"))
    return row + 1


def _table(sheet: Worksheet, formats: Formats, report: Report, statuses: Sequence[Status], row: int) -> int:
    """What each word means; returns the row below. The chart takes its figures from here."""
    meanings = PRACTICE_DESCRIPTIONS if report.practice else STATUS_DESCRIPTIONS
    style = formats(HEADING, bg_color=NAVY, border=0)
    sheet.set_row(row, 22)
    for index, heading in enumerate(("Result", "Rows", "What it means", "", "")):
        write_text(sheet, row, index, heading, style)
    for status in statuses:
        row += 1
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, result(status), formats.filled(STATUS_LOOKS[status], BODY, bold=True))
        sheet.write_number(row, 1, report.summary[status], formats(BODY, align="center"))
        sheet.write_string(row, 2, meanings[status], formats(bottom=1, bottom_color=LINE, valign="vcenter"))
        for index in range(3, _TILES_IN_A_LINE):
            sheet.write_blank(row, index, None, formats(bottom=1, bottom_color=LINE))
    return row + 2


def _chart(workbook: Workbook, sheet: Worksheet, statuses: Sequence[Status], row: int) -> None:
    """A bar for each status; ``row`` is two rows below the table."""
    first, last = row - 1 - len(statuses), row - 2
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": "Rows",
            "categories": [SUMMARY_SHEET, first, 0, last, 0],
            "values": [SUMMARY_SHEET, first, 1, last, 1],
            "points": [{"fill": {"color": STATUS_LOOKS[status].ink}} for status in statuses],
            "data_labels": {"value": True, "font": {"size": 11, "bold": True, "color": PLAIN.ink}},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 11}, "line": {"none": True}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": _CHART_WIDTH, "height": 50 + _BAR_HEIGHT * len(statuses)})
    chart.set_chartarea({"border": {"color": LINE}})
    sheet.insert_chart(row, 0, chart, {"description": "Rows by result"})
