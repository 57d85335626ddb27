"""Reports of a run, made by hand, for what is written from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW, PROGRESSIVE, make_sheet

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.messages import quoted
from bulkload.model import Level, Outcome, Problem, RunInfo, Status, StopReason, Workbook
from bulkload.report import Report

PATH = Path("December.xlsx")

RUN = RunInfo(
    run="20261121-104205-7c",
    workbook=str(PATH),
    host="https://platform.example",
    application="st-0603182c",
    started=datetime(2026, 11, 21, 10, 42, 5, tzinfo=UTC),
    finished=datetime(2026, 11, 21, 10, 44, 9, tzinfo=UTC),
)

STOPPED = StopReason(
    5, quoted("The network failed: no answer in 30 s.", "Check the connection, then run bulkload resume.")
)


def workbook(campaigns, hours=(OFFICE,), first_row=6):
    """What a person gave: these rows, in Excel's rows from ``first_row``."""
    return Workbook(
        make_sheet("campaigns", CAMPAIGN_COLUMNS, campaigns, first_row),
        make_sheet("Calling hours", HOURS_COLUMNS, hours, first_row),
    )


def problem(cell, message, fix="Correct it.", level=Level.ERROR, value=None):
    """A problem of one cell: its sheet, its Excel row and its heading."""
    given, row, heading = cell
    place = (given.name, row, given.letters.get(heading), heading)
    return Problem(level, quoted(message, fix), *place, value)


def outcome(row, name, status, message="", fix="", **known):
    """What became of a row, with these words; without any, the status says it all."""
    explanation = quoted(message, fix) if message or fix else None
    return Outcome(row, name, status, explanation=explanation, **known)


def report(given, outcomes, **more):
    """A run with one outcome for each row: pairs of a status and what else is known."""
    frame = given.campaigns.frame
    made = tuple(
        outcome(row, str(frame.at[row, "Campaign name"] or ""), status, **known)
        for row, (status, known) in zip(frame.index, outcomes, strict=True)
    )
    whole = Report(workbook=PATH, outcomes=made, sent=True, run=RUN)
    return replace(whole, **more)


def mixed():
    """A person's workbook in which every status occurs, and the report of its run."""
    names = ("Created", "Updated", "Already", "Same", "No queue", "Refused", "Unsent", "Lost", "Twice")
    modes = (PROGRESSIVE, AGENTLESS, PREVIEW)
    rows = [modes[place % 3] | {"Campaign name": name, "Owner": "Dana"} for place, name in enumerate(names)]
    rows[4] = PROGRESSIVE | {"Campaign name": "No queue", "Queue": None, "Max attempts": 2.5}
    given = workbook(rows)
    sheet = given.campaigns
    wrong = (
        problem((sheet, 10, "Queue"), "Queue is missing: Progressive needs it.", "Fill it in."),
        problem(
            (sheet, 10, "Max attempts"), "Max attempts can't be 2.5.", "Type a whole number.", value="2.5"
        ),
    )
    doubt = problem((sheet, 6, "Caller ID"), "Caller ID has no +.", "Look again.", Level.WARNING, "1415")
    outcomes = (
        (Status.CREATED, {"campaign_id": "cd-1", "platform_status": "Ready", "problems": (doubt,)}),
        (Status.UPDATED, {"campaign_id": "cd-2", "platform_status": "Ready"}),
        (Status.ALREADY_CREATED, {"campaign_id": "cd-3", "message": "Created by run 20261119-101010-aa."}),
        (Status.UNCHANGED, {"campaign_id": "cd-4"}),
        (Status.INVALID, {"problems": wrong}),
        (Status.REFUSED, {"message": "Kore.ai: queue not found.", "fix": "Correct the queue."}),
        (Status.NOT_SENT, {"message": "The run stopped before it."}),
        (Status.UNKNOWN, {"message": "The answer was lost.", "fix": "Run bulkload resume."}),
        (Status.CONFLICT, {"message": "Two campaigns have this name.", "fix": "Delete one."}),
    )
    hours = problem(
        (given.calling_hours, 6, "Start"), "Calls from 7:00 AM.", "Look again.", Level.WARNING, "7:00 AM"
    )
    return given, report(given, outcomes, problems=(hours,), stopped=STOPPED)


def texts(sheet, first_row=1, last_column=None):
    """The rows of a sheet without empty rows, and without empty cells at their ends."""
    rows = []
    for cells in sheet.iter_rows(min_row=first_row, max_col=last_column, values_only=True):
        row = list(cells)
        while row and row[-1] is None:
            row.pop()
        if row:
            rows.append(row)
    return rows
