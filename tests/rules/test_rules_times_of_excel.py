"""What a person types into a cell that Excel shows as a time, read from a real workbook and judged."""

from __future__ import annotations

from datetime import time

import openpyxl
import pytest
from support.workbooks.sheets import OFFICE, PREVIEW
from support.workbooks.workbook_files import openpyxl_book, saved

from bulkload.model import ApiVersion
from bulkload.rules.validate import validate
from bulkload.workbook.reader.read import read

CLOCK = "h:mm AM/PM"


def judged(path, start, end, shown_as):
    """The judgement of one row of calling hours whose times hold these numbers in this format."""
    book = openpyxl_book([PREVIEW], [OFFICE])
    for place, number in (("E2", start), ("F2", end)):
        cell = book["Calling hours"][place]
        cell.value, cell.number_format = number, shown_as
    return validate(read(saved(book, path)), ApiVersion.V2)


def said(found):
    return [
        (problem.cell, problem.value, problem.message, problem.fix)
        for problem in found.problems
        if problem.sheet == "Calling hours"
    ]


@pytest.mark.parametrize("shown_as", [CLOCK, "h:mm", "[$-409]h:mm AM/PM;@"])
def test_a_typed_1_is_not_a_time(tmp_path, shown_as):
    assert said(judged(tmp_path / "campaigns.xlsx", 1, 1, shown_as)) == [
        (
            "E2",
            "12:00 AM",
            "Start is the number 1, which Excel shows as 12:00 AM.",
            "Type 1:00 AM or 1:00 PM.",
        ),
        (
            "F2",
            "12:00 AM",
            "End is the number 1, which Excel shows as 12:00 AM.",
            "Type 1:00 AM or 1:00 PM; for the day's end, set the cell's format to Text and type 24:00.",
        ),
    ]


def test_a_time_of_the_next_day_is_taken_for_no_time(tmp_path):
    assert said(judged(tmp_path / "campaigns.xlsx", 0.375, 1.75, CLOCK)) == [
        ("F2", "6:00 PM", "End is the number 1.75, which Excel shows as 6:00 PM.", "Type 6:00 PM.")
    ]


def test_another_typed_number_is_shown_with_what_excel_shows(tmp_path):
    assert said(judged(tmp_path / "campaigns.xlsx", 9, 0.75, CLOCK)) == [
        (
            "E2",
            "12:00 AM",
            "Start is the number 9, which Excel shows as 12:00 AM.",
            "Type 9:00 AM or 9:00 PM.",
        )
    ]


@pytest.mark.parametrize(("end", "shown_as"), [(0, CLOCK), (0, "h:mm"), (1, "[h]:mm"), (1, "[h]:mm:ss")])
def test_midnight_and_24_hours_are_the_days_end(tmp_path, end, shown_as):
    found = judged(tmp_path / "campaigns.xlsx", 0.5, end, shown_as)

    assert [block.end for block in found.campaigns[0].calling_hours.blocks] == [time(23, 59)] * 5


def test_midnight_is_the_days_beginning(tmp_path):
    found = judged(tmp_path / "campaigns.xlsx", 0, 0.5, CLOCK)

    assert [block.start for block in found.campaigns[0].calling_hours.blocks] == [time(0)] * 5


def test_a_1_is_a_1_in_the_calendar_of_old_macs_too(tmp_path):
    book = openpyxl_book([PREVIEW], [OFFICE])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    cell = book["Calling hours"]["E2"]
    cell.value, cell.number_format = 1, CLOCK
    found = validate(read(saved(book, tmp_path / "campaigns.xlsx")), ApiVersion.V2)

    assert said(found)[0][2] == "Start is the number 1, which Excel shows as 12:00 AM."


def test_a_second_that_excel_shows_is_not_rounded_away(tmp_path):
    found = judged(tmp_path / "campaigns.xlsx", (9 * 3600 + 1) / 86_400, 0.75, "h:mm:ss")

    assert [(cell, value) for cell, value, _, _ in said(found)] == [("E2", "9:00:01 AM")]
