"""The two sheets are found by their names; hidden ones, charts and others do not count."""

from __future__ import annotations

import pytest
from support.workbooks.workbook_files import openpyxl_book, saved

from bulkload.errors import WorkbookError
from bulkload.model import Level
from bulkload.workbook.reader.read import read


def refusal_of(path):
    with pytest.raises(WorkbookError) as refusal:
        read(path)
    return refusal.value


@pytest.mark.parametrize("name", ["campaigns", "CAMPAIGNS", " Campaigns ", "Cam-paigns"])
@pytest.mark.parametrize(
    "hours_name", ["calling-hours", "CallingHours", "CALLING  HOURS", "Calling\u2013hours"]
)
def test_sheets_are_known_whatever_their_case_spaces_and_hyphens(tmp_path, name, hours_name):
    book = openpyxl_book()
    for sheet, title in zip(book.worksheets, (name, hours_name), strict=True):
        sheet.title = "another"  # openpyxl numbers a name that differs from the old one by its case alone
        sheet.title = title
    book.create_sheet("Instructions", 0)["A1"] = "=1/0"
    book.create_sheet("Summary")

    found = read(saved(book, tmp_path / "campaigns.xlsx"))

    assert (found.campaigns.name, found.calling_hours.name) == (name, hours_name)
    assert found.problems == ()


def test_missing_and_doubled_sheets_are_said_at_once(tmp_path):
    book = openpyxl_book()
    book["Campaigns"].title = "Sheet1"
    book.create_sheet("Calling-Hours")
    book.create_sheet("Secret").sheet_state = "hidden"

    refusal = refusal_of(saved(book, tmp_path / "campaigns.xlsx"))

    assert [f"{problem.message} {problem.fix}" for problem in refusal.problems] == [
        (
            'The workbook has no sheet named "Campaigns". Its sheets are: "Sheet1", "Calling hours" and '
            '"Calling-Hours". Name the sheet "Campaigns". For a workbook that has both sheets: "template".'
        ),
        (
            'More than one sheet could be "Calling hours": "Calling hours" and "Calling-Hours". '
            "Keep one of them, or give the others another name."
        ),
    ]


HIDDEN = {
    "hidden": (
        'The sheet "Calling hours" is hidden, and hidden sheets are not read. In Excel, right-click the tab of any '
        "sheet, choose Unhide, and save the workbook."
    ),
    "veryHidden": (
        "The sheet \"Calling hours\" is hidden so that Excel's menu can't show it, and hidden sheets are not read. "
        "In Excel, press Alt+F11, click the sheet, press F4, set Visible to xlSheetVisible, and save."
    ),
}


@pytest.mark.parametrize("state", HIDDEN)
def test_hidden_sheets_do_not_count(tmp_path, state):
    book = openpyxl_book()
    other = book.create_sheet("calling hours")
    other.title = "calling hours "
    other.sheet_state = state
    assert read(saved(book, tmp_path / "campaigns.xlsx")).calling_hours.name == "Calling hours"

    book["Calling hours"].sheet_state = state
    assert str(refusal_of(saved(book, tmp_path / "campaigns.xlsx"))) == HIDDEN[state]


def test_sheet_resembling_a_copy_of_a_known_sheet_gets_a_warning(tmp_path):
    book = openpyxl_book()
    for name in (
        "Campaigns 2",
        "campaigns (2)",
        "Calling hours (2)",
        "Campaign ideas",
        "Examples",
        "Summary",
    ):
        book.create_sheet(name)
    book.create_sheet("Campaigns old").sheet_state = "hidden"

    found = read(saved(book, tmp_path / "campaigns.xlsx")).problems

    assert [problem.level for problem in found] == [Level.WARNING] * 3
    assert [f"{problem.message} {problem.fix}" for problem in found] == [
        f'The sheet "{name}" is not read: only "{real}" is. Move its rows into "{real}"; delete it or rename it '
        "if it is not meant."
        for name, real in (
            ("Campaigns 2", "Campaigns"),
            ("campaigns (2)", "Campaigns"),
            ("Calling hours (2)", "Calling hours"),
        )
    ]


def test_a_chart_in_a_sheet_of_its_own_is_no_sheet(tmp_path):
    book = openpyxl_book()
    book.create_chartsheet("campaigns ")

    assert read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.name == "Campaigns"
