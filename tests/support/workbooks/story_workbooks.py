"""Small workbooks for stories: every row is right and names only what every sandbox knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.sandbox.fixtures import KNOWN

HOURS = {
    "Calling hours": "US office",
    "Time zone": "America/New_York",
    "Day": "Mon-Fri",
    "Start": "9:00 AM",
    "End": "6:00 PM",
}
_COMMON = {
    "DNC list": KNOWN.dnc_lists[1],
    "Caller ID": "+14155550123",
    "Calling hours": "US office",
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}
_MODES: tuple[dict[str, Any], ...] = (
    {"Dialing mode": "Preview", "Queue": "Collections", "Max skips": 3},
    {"Dialing mode": "Progressive", "Queue": "Customer care"},
    {
        "Dialing mode": "Agentless",
        "Experience flow": "Payment reminder flow",
        "Answering machine detection": "Disconnect",
    },
)

Row = Mapping[str, Any]


def campaign(number: int, **others: Any) -> dict[str, Any]:
    """A row that is right; the modes take turns. ``others`` are cells by heading, underscores for spaces."""
    row = {
        "Campaign name": f"Campaign {number}",
        "Description": f"The campaign number {number}",
        "Contact lists": KNOWN.contact_lists[number % len(KNOWN.contact_lists)],
        "Priority": 1 + number % 5,
    }
    cells = {heading.replace("_", " "): value for heading, value in others.items()}
    return row | _COMMON | _MODES[number % len(_MODES)] | cells


def write(path: Path, rows: Iterable[Row]) -> Path:
    """A workbook of these rows, from row 2 on."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, columns, cells in (
        ("Campaigns", CAMPAIGN_COLUMNS, rows),
        ("Calling hours", HOURS_COLUMNS, [HOURS]),
    ):
        sheet = book.create_sheet(name)
        headings = [column.heading for column in columns]
        sheet.append(headings)
        for row in cells:
            sheet.append([row.get(heading) for heading in headings])
    book.save(path)
    return path


def cells(path: Path) -> dict[int, dict[str, Any]]:
    """Excel row: its cells by heading, of the sheet Campaigns of any workbook; rows without a name are left out."""
    book = openpyxl.load_workbook(path, data_only=True)
    rows = list(book["Campaigns"].iter_rows(values_only=True))
    first = next(place for place, row in enumerate(rows) if "Campaign name" in [_plain(cell) for cell in row])
    headings = [_plain(cell) for cell in rows[first]]
    found = {
        place + 1: {heading: cell for heading, cell in zip(headings, rows[place], strict=True) if heading}
        for place in range(first + 1, len(rows))
    }
    return {row: values for row, values in found.items() if values["Campaign name"] is not None}


def mend(path: Path, **changes: Mapping[str, Any]) -> Path:
    """Type into the workbook as a person does: ``mend(path, **{"Campaign 3": {"Priority": 2}})``."""
    book = openpyxl.load_workbook(path)
    sheet = book["Campaigns"]
    for row in sheet.iter_rows():
        headings = headings_of(sheet)
        name = sheet.cell(row[0].row, headings["Campaign name"]).value
        for heading, value in changes.get(str(name), {}).items():
            sheet.cell(row[0].row, headings[heading]).value = value
    book.save(path)
    return path


def headings_of(sheet: Any) -> dict[str, int]:
    """Heading: the number of its column."""
    for row in sheet.iter_rows():
        found = {_plain(cell.value): cell.column for cell in row}
        if "Campaign name" in found:
            return found
    raise AssertionError("the sheet has no headings")


def _plain(heading: Any) -> str:
    return str(heading or "").replace("*", "").replace("\n", " ").strip()
