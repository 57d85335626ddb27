"""Workbooks made of dictionaries, so that a rule can be tried without an Excel file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.model import Sheet, Workbook

PREVIEW = {
    "Campaign name": "Loan reminder",
    "Description": "Reminds of the payment due in December",
    "Dialing mode": "Preview",
    "Contact lists": "Loan holders",
    "DNC list": "DNC global",
    "Queue": "Collections EN",
    "Max skips": 3,
    "Caller ID": "+14155550123",
    "Calling hours": "US office",
    "Priority": 4,
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}
"""A row without a mistake, for v2."""

PROGRESSIVE = {key: value for key, value in PREVIEW.items() if key != "Max skips"} | {
    "Dialing mode": "Progressive"
}
AGENTLESS = {key: value for key, value in PROGRESSIVE.items() if key != "Queue"} | {
    "Dialing mode": "Agentless",
    "Experience flow": "Payment flow",
    "Answering machine detection": "Disconnect",
}

OFFICE = {
    "Calling hours": "US office",
    "Frequency": "WEEKLY",
    "Time zone": "America/New_York",
    "Day": "Mon-Fri",
    "Start": "9:00 AM",
    "End": "6:00 PM",
}
"""A row of calling hours without a mistake."""


def make_sheet(name, columns, rows, first_row=2, without=()):
    """A Sheet of these rows, in Excel's rows from ``first_row``; ``without``: headings that it lacks."""
    headings = [column.heading for column in columns if column.heading not in without]
    extra = [key for row in rows for key in row if key not in headings]
    headings += list(dict.fromkeys(extra))
    letters = {heading: chr(ord("A") + place) for place, heading in enumerate(headings)}
    frame = pd.DataFrame(
        {heading: pd.Series([row.get(heading) for row in rows], dtype=object) for heading in headings}
    )
    frame.index = pd.RangeIndex(first_row, first_row + len(rows))
    return Sheet(Path("campaigns.xlsx"), "0" * 64, name, first_row - 1, frame, letters)


def make_workbook(campaigns, hours=(OFFICE,), hours_sheet="Calling hours", **options):
    """A Workbook of these rows; ``options`` are those of the campaigns sheet."""
    return Workbook(
        make_sheet("Campaigns", CAMPAIGN_COLUMNS, campaigns, **options),
        make_sheet(hours_sheet, HOURS_COLUMNS, hours),
    )


def changed(row, **cells):
    """The row with other cells; headings are written as field names are: ``max_skips=5``."""
    fields = {column.field: column.heading for column in CAMPAIGN_COLUMNS}
    return row | {fields[field]: cell for field, cell in cells.items()}


def changed_hours(row, **cells):
    """The calling-hours row with other cells: ``start="9"``."""
    fields = {column.field: column.heading for column in HOURS_COLUMNS}
    return row | {fields[field]: cell for field, cell in cells.items()}


def v1(row):
    """The row as v1 takes it: no DNC list, machine detection in every mode."""
    return changed(row, dnc_list=None, machine_detection="No")


@dataclass(frozen=True)
class Told:
    """A problem as a person reads it: its place and its sentences."""

    level: str
    message: str
    fix: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    heading: str | None = None
    value: str | None = None
    proposals: tuple[str, ...] = ()


def told(problems):
    """The problems as a person reads them."""
    return tuple(
        Told(
            problem.level,
            problem.message,
            problem.fix,
            problem.sheet,
            problem.row,
            problem.column,
            problem.heading,
            problem.value,
            problem.proposals,
        )
        for problem in problems
    )
