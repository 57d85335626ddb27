"""A good workbook with as many rows as a test wants, written in a moment."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import xlsxwriter

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.sandbox.fixtures import KNOWN

HOURS = ("US office", "WEEKLY", "America/New_York", "Mon-Fri", "9:00 AM", "6:00 PM")


def campaign(number: int) -> dict[str, str]:
    """A good campaign, unlike every other; every third in each mode."""
    mode = ("Progressive", "Preview", "Agentless")[number % 3]
    row = {
        "Campaign name": f"Campaign {number + 1}",
        "Description": f"Reminds group {number + 1} of the payment",
        "Dialing mode": mode,
        "Contact lists": KNOWN.contact_lists[number % len(KNOWN.contact_lists)],
        "DNC list": KNOWN.dnc_lists[0],
        "Caller ID": "+14155550123",
        "Calling hours": "US office",
        "Dialing order": "FIFO",
        "Max attempts": "3",
        "Retry period (minutes)": "60",
        "Max ring time (seconds)": "30",
    }
    if mode == "Agentless":
        return row | {"Experience flow": KNOWN.flows[0], "Answering machine detection": "Detect"}
    return row | {"Queue": KNOWN.queues[0]} | ({"Max skips": "3"} if mode == "Preview" else {})


def write_campaigns(path: Path, count: int, changes: Mapping[int, Mapping[str, str]] | None = None) -> Path:
    """The workbook, headings in row 1; ``changes``: other cells by the campaign's number, from 0."""
    workbook = xlsxwriter.Workbook(path)
    sheet, hours = workbook.add_worksheet("Campaigns"), workbook.add_worksheet("Calling hours")
    headings = [column.heading for column in CAMPAIGN_COLUMNS]
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, heading)
    for number in range(count):
        row = campaign(number) | (changes or {}).get(number, {})
        for heading, text in row.items():
            sheet.write_string(number + 1, headings.index(heading), text)
    for column, entry in enumerate(HOURS_COLUMNS):
        hours.write_string(0, column, entry.heading)
        hours.write_string(1, column, HOURS[column])
    workbook.close()
    return path
