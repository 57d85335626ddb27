"""The workbooks that are measured: clean ones of any size, and one with every row wrong in three cells.

Run as a program (``python -m benchmarks.books FOLDER``) it writes all of them; they are made in a process of
their own, so that their memory is not the driver's. Texts are shared strings, as Excel itself writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from pathlib import Path
from typing import Any

import xlsxwriter

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.sandbox.fixtures import KNOWN

DAYS = ("Monday", "Tue", "WE", "Thursday", "Fri")
ZONES = ("America/New_York", "Europe/London", "Asia/Kolkata", "America/Los_Angeles")

Row = Mapping[str, Any]
"""Heading: cell."""


def campaign(number: int) -> Row:
    """A good campaign, unlike every other; every third in each mode."""
    mode = ("Progressive", "Preview", "Agentless")[number % 3]
    row = {
        "Campaign name": f"Campaign {number:05} of the winter season",
        "Description": f"Reminds group {number} of the payment that is due on the {number % 28 + 1}. of the month",
        "Dialing mode": mode,
        "Contact lists": "; ".join((KNOWN.contact_lists[number % 5], KNOWN.contact_lists[5 + number % 3])),
        "DNC list": KNOWN.dnc_lists[number % 2],
        "Caller ID": ("+14155550123", "+442079460958")[number % 2],
        "Calling hours": f"Hours {number:05}",
        "Priority": number % 5 + 1,
        "Dialing order": ("FIFO", "LIFO")[number % 2],
        "Max attempts": number % 9 + 1,
        "Retry period (minutes)": number % 200 + 10,
        "Max ring time (seconds)": number % 60 + 20,
        "Notes": f"Row {number}",
    }
    if mode == "Agentless":
        own = {"Experience flow": KNOWN.flows[number % 4], "Answering machine detection": "Detect"}
    else:
        own = {"Queue": KNOWN.queues[number % 5]}
    return row | own | ({"Max skips": number % 4} if mode == "Preview" else {})


def _campaign_of_few_hours(number: int, *, names: int) -> Row:
    """The same, with calling hours that many campaigns share."""
    return dict(campaign(number)) | {"Calling hours": f"Hours {number % names:05}"}


def hours(number: int) -> Row:
    """A good row of calling hours: five to a name, one for each working day."""
    return {
        "Calling hours": f"Hours {number // 5:05}",
        "Frequency": "WEEKLY",
        "Time zone": ZONES[number // 5 % 4],
        "Day": DAYS[number % 5],
        "Start": time(8 + number % 3, number % 4 * 15),
        "End": time(16 + number % 3, number % 60),
    }


def wrong_campaign(number: int) -> Row:
    """The same with three cells wrong, in each row otherwise."""
    return dict(campaign(number)) | {
        "Caller ID": f"(415) 555-{number:05}",
        "Calling hours": f"Huors {number:05}",
        "Max ring time (seconds)": 121 + number,
    }


def wrong_hours(number: int) -> Row:
    """The same with three cells wrong, in 500 ways each: nobody misspells a time zone in 50,000."""
    return dict(hours(number)) | {
        "Time zone": f"Amerika/New York {number % 500}",
        "Day": f"Mnday {number % 500}",
        "End": f"{number % 500} o'clock",
    }


def write(path: Path, campaigns: int, *, is_wrong: bool = False, names: int | None = None) -> None:
    """A workbook of so many campaigns, and calling hours of so many names with five rows each; None: one for each."""
    make_campaign, make_hours = (wrong_campaign, wrong_hours) if is_wrong else (campaign, hours)
    if names is not None:
        make_campaign = partial(_campaign_of_few_hours, names=names)
    with xlsxwriter.Workbook(path) as book:
        as_time = book.add_format({"num_format": "h:mm AM/PM"})
        for name, columns, make, count in (
            (CAMPAIGNS_SHEET, CAMPAIGN_COLUMNS, make_campaign, campaigns),
            (HOURS_SHEET, HOURS_COLUMNS, make_hours, 5 * (campaigns if names is None else names)),
        ):
            _fill(book.add_worksheet(name), [column.heading for column in columns], make, count, as_time)


def _fill(sheet: Any, headings: list[str], make: Callable[[int], Row], count: int, as_time: Any) -> None:
    sheet.write_row(0, 0, headings)
    for number in range(count):
        row = make(number)
        for column, heading in enumerate(headings):
            match row.get(heading):
                case None:
                    pass
                case time() as moment:
                    sheet.write_datetime(number + 1, column, moment, as_time)
                case cell:
                    sheet.write(number + 1, column, cell)


GROWTH = (10, 100, 1_000, 10_000)
"""Campaigns of the workbooks whose growth is shown."""
SENT = (180, 240, 300, 500, 2_000)
"""Campaigns of the workbooks that are sent."""


def write_all(folder: Path) -> None:
    """Every workbook of the suite: ``300.xlsx`` has 300 campaigns, ``wrong.xlsx`` 10,000."""
    for count in (*GROWTH, *SENT):
        write(folder / f"{count}.xlsx", count)
    write(folder / "wrong.xlsx", 10_000, is_wrong=True)
    write(folder / "300-50.xlsx", 300, names=10)


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
