"""The plan workbook: what a submission would do, with old and new value of every field that would change.

It has no live parts: a plan is looked at and decided upon. What is to be corrected is corrected in the user's own
workbook, or in the results workbook of a check.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook as XlsxWorkbook

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.messages import MessageTemplate, plain_marks
from bulkload.model import Action, DifferenceKind
from bulkload.text import count_of
from bulkload.workbook.results.messages import fix, message
from bulkload.workbook.results.output_sheet import (
    ROW,
    TO_DO,
    AddedColumn,
    OutputSheet,
    Row,
    own_headings,
    with_headings_apart,
)
from bulkload.workbook.results.problems import Links
from bulkload.workbook.results.relocate import relocated, rendered
from bulkload.workbook.results.sheet import given_rows, write_person_sheet
from bulkload.workbook.results.summary import SUMMARY_SHEET, account_facts, write_tiles
from bulkload.workbook.results.week import WEEK_SHEET, write_week
from bulkload.workbook.writer.atomic_write import Existing, write_whole
from bulkload.workbook.writer.cell_writer import visible, write_text
from bulkload.workbook.writer.heights import height, lines
from bulkload.workbook.writer.sheet_parts import PAPER_A4, print_wide, write_title
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    HEADING,
    MISSING,
    NAVY,
    PLAIN,
    QUIET,
    READY,
    SUBTITLE,
    UNUSED,
    Formats,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.messages import Marks
    from bulkload.model import CallingHours, Difference, Outcome, Workbook
    from bulkload.report import Report
    from bulkload.workbook.results.output_sheet import AnyColumn
    from bulkload.workbook.writer.styles import Colours

CHANGES_SHEET = "Changes"
CHANGES_HINT = "One row for each field that differs; in each campaign, what matters most comes first."
CAMPAIGNS_HINT = "What a submission would do with each row. Nothing was sent."
HEADING_ROW = 4
ACTION, WHY = "Action", "Why"


@dataclass(frozen=True, slots=True)
class ActionLabel:
    """How an action is shown: never by colour alone."""

    words: str
    colours: Colours


ACTION_LABELS: Mapping[Action | None, ActionLabel] = {
    Action.CREATE: ActionLabel("+ Create", READY),
    Action.UPDATE: ActionLabel("~ Change", READY),
    Action.LOOK_UP: ActionLabel("? Look up", DOUBTFUL),
    Action.UNCHANGED: ActionLabel("↺ Unchanged", QUIET),
    Action.ALREADY_THERE: ActionLabel("↺ Already there", QUIET),
    Action.LEFT_OUT: ActionLabel("○ Left out", UNUSED),
    Action.BLOCKED: ActionLabel("! Needs you", MISSING),
    Action.CONFLICT: ActionLabel("! Needs you", MISSING),
    None: ActionLabel("✗ To fix", MISSING),
}
"""None: the row has errors."""

KINDS: Mapping[DifferenceKind, str] = {
    DifferenceKind.SAME: "",
    DifferenceKind.CHANGE: "changed in the workbook",
    DifferenceKind.UNKNOWN_BASE: "it is not known who wrote the value at Kore.ai",
    DifferenceKind.DRIFT: "changed at Kore.ai since it was last sent",
    DifferenceKind.BOTH: "changed in the workbook and at Kore.ai",
    DifferenceKind.UNREADABLE: "can't be read at Kore.ai; will be sent",
}
"""Why a field differs, in words."""

_DOUBTFUL_KINDS = frozenset({DifferenceKind.UNKNOWN_BASE, DifferenceKind.DRIFT, DifferenceKind.BOTH})

COLUMNS = (
    ("Action", 18),
    ("Go to", 18),
    ("Campaign name", 28),
    ("Field", 24),
    ("At Kore.ai now", 40),
    ("In the workbook", 40),
    ("Last sent", 40),
    ("Why", 34),
)

PLAN_COST = MessageTemplate(
    "plan-cost", "About {requests}, {minutes}.", example={"requests": "316 requests", "minutes": "6 minutes"}
)
PLAN_PEOPLE = MessageTemplate(
    "plan-people",
    "{contacts} in {lists}.",
    example={"contacts": "18,300 contacts", "lists": "9 contact lists"},
)
CATALOGUE: Mapping[str, MessageTemplate] = {template.code: template for template in (PLAN_COST, PLAN_PEOPLE)}
"""Every message of this sheet by its code."""


def write_plan_workbook(  # noqa: PLR0913  (what a plan workbook is made of)
    report: Report,
    workbook: Workbook,
    path: Path,
    marks: Marks = plain_marks,
    *,
    calling_hours: Sequence[CallingHours] = (),
    existing: Existing = Existing.REFUSE,
) -> Path:
    """Write the plan of this report, and return the path; see ``write_results`` for the parameters and errors."""
    content = BytesIO()
    target = XlsxWorkbook(content, {"in_memory": True})
    target.set_properties({"title": f"Plan for {visible(report.workbook.name)}"})
    target.set_size(1600, 900)
    formats = Formats(target)
    names = (SUMMARY_SHEET, CHANGES_SHEET, CAMPAIGNS_SHEET, HOURS_SHEET)
    for name in (*names, WEEK_SHEET) if calling_hours else names:
        target.add_worksheet(name)
    sheets = _campaigns(workbook), _hours(workbook)
    report = rendered(relocated(report, sheets), marks)
    _write_summary(target.get_worksheet_by_name(SUMMARY_SHEET), formats, report)
    _write_changes(target.get_worksheet_by_name(CHANGES_SHEET), formats, report, sheets[0])
    rows = _campaign_rows(formats, report, sheets[0]), _hours_rows(formats, sheets[1])
    for sheet, by_number in zip(sheets, rows, strict=True):
        problems, account = report.all_problems, report.account
        write_person_sheet(target, formats, sheet, by_number, problems, account, hint=CAMPAIGNS_HINT)
    if calling_hours:
        write_week(target, formats, calling_hours, practice=report.practice)
    target.close()
    return write_whole(path, content.getvalue(), existing)


# --- the sheet Summary -----------------------------------------------------------------------------------


def _write_summary(sheet: Worksheet, formats: Formats, report: Report) -> None:
    sheet.set_column(0, 4, 22)
    write_title(
        sheet, formats, f"Plan for {report.workbook.name}", "Nothing was sent.", practice=report.practice
    )
    row = 2
    for word, line in (*account_facts(report), *_figures(report)):
        write_text(sheet, row, 0, word, formats(SUBTITLE))
        write_text(sheet, row, 1, visible(line), formats(SUBTITLE, font_color=PLAIN.ink))
        row += 1
    counts = Counter(ACTION_LABELS[outcome.action] for outcome in report.outcomes)
    labels = dict.fromkeys(ACTION_LABELS.values())
    tiles = [(counts[label], label.words, label.colours) for label in labels if counts[label]]
    write_tiles(sheet, formats, tiles, row + 1)
    sheet.set_portrait()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&L&F - &A&RPage &P of &N")


def _figures(report: Report) -> Iterator[tuple[str, str]]:
    figures = report.figures
    if figures is None:
        return
    minutes = max(1, round(figures.seconds / 60))
    cost = PLAN_COST(requests=count_of(figures.requests, "request"), minutes=count_of(minutes, "minute"))
    yield "Requests", cost.text
    if figures.contacts is not None:
        people = count_of(figures.contacts, "contact"), count_of(figures.contact_lists, "contact list")
        yield "People", PLAN_PEOPLE(contacts=people[0], lists=people[1]).text
    yield "Already there", f"{count_of(figures.campaigns_there, 'campaign')} in the account"


# --- the sheet Changes -----------------------------------------------------------------------------------


def _write_changes(sheet: Worksheet, formats: Formats, report: Report, campaigns: OutputSheet) -> None:
    changes = [(outcome, change) for outcome in report.outcomes for change in outcome.changes]
    hint = CHANGES_HINT if changes else "✓ No campaign at Kore.ai would change."
    write_title(sheet, formats, CHANGES_SHEET, hint, practice=report.practice)
    sheet.set_row(HEADING_ROW - 1, 22)
    for index, (text, width) in enumerate(COLUMNS):
        sheet.set_column(index, index, width)
        sheet.write_string(HEADING_ROW - 1, index, text, formats(HEADING, bg_color=NAVY))
    links = Links(campaigns)
    for row, (outcome, change) in enumerate(changes, start=HEADING_ROW):
        _write_change(sheet, formats, row, (outcome, change), links.to(outcome.row, change.heading))
    sheet.autofilter(HEADING_ROW - 1, 0, HEADING_ROW - 1 + max(1, len(changes)), len(COLUMNS) - 1)
    sheet.freeze_panes(HEADING_ROW, 3)
    print_wide(sheet, HEADING_ROW)


def _write_change(
    sheet: Worksheet, formats: Formats, row: int, changed: tuple[Outcome, Difference], link: str
) -> None:
    outcome, change = changed
    body = formats(BODY, text_wrap=True, num_format="@")
    label = ACTION_LABELS[outcome.action]
    write_text(sheet, row, 0, label.words, formats.filled(label.colours, BODY, bold=True))
    shown = link.replace("'", "").replace("!", " ")
    sheet.write_url(row, 1, f"internal:{link}", formats(BODY, font_color="#0563C1", underline=1), shown)
    values = (change.actual, change.desired, change.last_sent)
    texts = (outcome.name, change.heading, *(value or "" for value in values), KINDS[change.kind])
    doubtful = formats.filled(DOUBTFUL, BODY, text_wrap=True)
    for index, text in enumerate(texts, start=2):
        is_doubt = index == len(COLUMNS) - 1 and change.kind in _DOUBTFUL_KINDS
        write_text(sheet, row, index, visible(text), doubtful if is_doubt else body)
    widths = [width for _, width in COLUMNS[2:]]
    sheet.set_row(row, height(max(map(lines, texts, widths))))


# --- the user's sheets ---------------------------------------------------------------------------------


def _campaigns(workbook: Workbook) -> OutputSheet:
    given = with_headings_apart(workbook.campaigns)
    name = next(column for column in CAMPAIGN_COLUMNS if column.field == "name")
    first = (
        AddedColumn(ACTION, 20),
        name,
        AddedColumn(WHY, 46),
        AddedColumn(TO_DO, 46),
        AddedColumn(ROW, 9),
    )
    rest = (column for column in CAMPAIGN_COLUMNS if column is not name)
    columns: tuple[AnyColumn, ...] = (*first, *rest, *own_headings(given, CAMPAIGN_COLUMNS))
    return OutputSheet(given, CAMPAIGNS_SHEET, columns, tuple(int(row) for row in given.frame.index))


def _hours(workbook: Workbook) -> OutputSheet:
    given = with_headings_apart(workbook.calling_hours)
    columns: tuple[AnyColumn, ...] = (
        *HOURS_COLUMNS,
        *own_headings(given, HOURS_COLUMNS),
        AddedColumn(ROW, 9),
    )
    return OutputSheet(given, HOURS_SHEET, columns, tuple(int(row) for row in given.frame.index))


def _campaign_rows(formats: Formats, report: Report, sheet: OutputSheet) -> Mapping[int, Row]:
    outcomes = {outcome.row: outcome for outcome in report.outcomes}
    plain, wrapped = formats(BODY, align="center"), formats(BODY, text_wrap=True)
    rows = {}
    for number, cells in given_rows(sheet.given):
        outcome = outcomes[number]
        label = ACTION_LABELS[outcome.action]
        added: dict[str, tuple[str | int, Format]] = {
            ACTION: (label.words, formats.filled(label.colours, BODY, bold=True)),
            WHY: (_why(outcome), wrapped),
            TO_DO: (fix(outcome), wrapped),
            ROW: (number, plain),
        }
        rows[number] = Row(cells, added)
    return rows


def _why(outcome: Outcome) -> str:
    """The reason for the action, and how many fields would change."""
    changes = count_of(len(outcome.changes), "field") + " would change: see the sheet Changes."
    return "\n".join(part for part in (message(outcome), changes if outcome.changes else "") if part)


def _hours_rows(formats: Formats, sheet: OutputSheet) -> Mapping[int, Row]:
    plain = formats(BODY, align="center")
    return {number: Row(cells, {ROW: (number, plain)}) for number, cells in given_rows(sheet.given)}
