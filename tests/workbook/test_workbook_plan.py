"""The plan workbook: what a submission would do, compared whole."""

from __future__ import annotations

from dataclasses import replace

import openpyxl
import pytest
from support.program.reports import PATH, quoted, texts, workbook
from support.workbooks.sheets import OFFICE, PREVIEW

from bulkload.model import (
    AccountIdentity,
    Action,
    ApiVersion,
    Difference,
    DifferenceKind,
    Outcome,
    PlanFigures,
    Status,
)
from bulkload.report import Report
from bulkload.rules.validate import validate
from bulkload.workbook.results.plan_workbook import ACTION_LABELS, KINDS, write_plan_workbook

ACCOUNT = AccountIdentity("platform.kore.ai", "st-1", "6777", "acme", "Acme Bank, production")


def difference(heading, actual, desired, last_sent, kind):
    return Difference(heading.lower().replace(" ", "_"), heading, actual, desired, last_sent, kind)


def planned(actions, **more):
    """A person's workbook and the report of a plan with these actions, changes and reasons."""
    rows = [PREVIEW | {"Campaign name": f"Campaign {place}"} for place in range(len(actions))]
    given = workbook(rows)
    outcomes = tuple(
        Outcome(6 + place, f"Campaign {place}", Status.NOT_SENT, action=action, **known)
        for place, (action, known) in enumerate(actions)
    )
    return given, replace(Report(PATH, outcomes, account=ACCOUNT), **more)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    changes = (
        difference("Calling hours", "Mon-Fri 9-18", "Mon-Fri 9-20", "Mon-Fri 9-18", DifferenceKind.CHANGE),
        difference("Max attempts", "4", "3", "3", DifferenceKind.DRIFT),
    )
    given, report = planned(
        [
            (Action.CREATE, {}),
            (Action.UPDATE, {"changes": changes, "campaign_id": "cd-2"}),
            (Action.ALREADY_THERE, {"explanation": quoted("The account has this campaign.")}),
            (Action.BLOCKED, {"explanation": quoted("This ID is another campaign.", "Empty the ID.")}),
        ],
        figures=PlanFigures(316, 370.0, 24, 9, 18_300),
    )
    hours = validate(given, ApiVersion.V2).campaigns[0].calling_hours
    path = tmp_path_factory.mktemp("plan") / "plan.xlsx"
    return openpyxl.load_workbook(write_plan_workbook(report, given, path, calling_hours=[hours]))


def test_the_sheets_of_a_plan_are_in_order_and_visible(book):
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        (name, "visible") for name in ("Summary", "Changes", "Campaigns", "Calling hours", "Week")
    ]


def test_the_summary_of_a_plan_says_where_how_much_and_what(book):
    assert texts(book["Summary"]) == [
        ["Plan for December.xlsx"],
        ["Nothing was sent."],
        ["Account", "Acme Bank, production (acme)"],
        ["Host", "platform.kore.ai"],
        ["Application", "st-1"],
        ["Account ID", "6777"],
        ["Requests", "About 316 requests, 6 minutes."],
        ["People", "18,300 contacts in 9 contact lists."],
        ["Already there", "24 campaigns in the account"],
        [1, 1, 1, 1],
        ["+ Create", "~ Change", "↺ Already there", "! Needs you"],
    ]


def test_changes_show_old_and_new_value_of_each_field_with_a_link(book):
    assert texts(book["Changes"], first_row=4) == [
        [
            "Action",
            "Go to",
            "Campaign name",
            "Field",
            "At Kore.ai now",
            "In the workbook",
            "Last sent",
            "Why",
        ],
        [
            "~ Change",
            "Campaigns P7",
            "Campaign 1",
            "Calling hours",
            "Mon-Fri 9-18",
            "Mon-Fri 9-20",
            "Mon-Fri 9-18",
            "changed in the workbook",
        ],
        [
            "~ Change",
            "Campaigns S7",
            "Campaign 1",
            "Max attempts",
            "4",
            "3",
            "3",
            "changed at Kore.ai since it was last sent",
        ],
    ]
    sheet = book["Changes"]
    assert [sheet[cell].hyperlink.location for cell in ("B5", "B6")] == ["'Campaigns'!P7", "'Campaigns'!S7"]
    headings = [cell.value for cell in book["Campaigns"][5]]
    assert (headings[15], headings[18]) == ("Calling hours *", "Max attempts *")
    assert [sheet[cell].fill.fill_type for cell in ("H5", "H6")] == [None, "solid"]


def test_plan_campaigns_show_the_action_and_reason_of_every_row(book):
    assert texts(book["Campaigns"], first_row=5, last_column=5) == [
        ["Action", "Campaign name *", "Why", "What to do", "Row in your file"],
        ["+ Create", "Campaign 0", None, None, 6],
        ["~ Change", "Campaign 1", "2 fields would change: see the sheet Changes.", None, 7],
        ["↺ Already there", "Campaign 2", "The account has this campaign.", None, 8],
        ["! Needs you", "Campaign 3", "This ID is another campaign.", "Empty the ID.", 9],
    ]
    assert [cell.value for cell in book["Campaigns"][1]][2:7] == [
        "Account",
        "acme",
        "platform.kore.ai",
        "st-1",
        "6777",
    ]


def test_the_week_has_seven_rows_for_calling_hours(book):
    rows = texts(book["Week"], first_row=4)
    assert rows[0] == ["Calling hours", "Time zone", "Day", *map(str, range(24)), "Total"]
    assert [row[2] for row in rows[1:]] == [
        *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    ]
    assert rows[1] == [
        "US office",
        OFFICE["Time zone"],
        "Monday",
        *[None] * 9,
        *["■"] * 9,
        *[None] * 6,
        "9 h",
    ]
    assert rows[7][-1] == "no calls"


def test_every_action_and_every_kind_of_difference_has_its_words():
    assert set(ACTION_LABELS) == {*Action, None}
    assert set(KINDS) == set(DifferenceKind)


def test_a_plan_in_the_sandbox_says_practice_on_every_sheet(tmp_path):
    given, report = planned([(Action.CREATE, {})], account=replace(ACCOUNT, host="sandbox"))
    hours = validate(given, ApiVersion.V2).campaigns[0].calling_hours
    path = write_plan_workbook(report, given, tmp_path / "p.xlsx", calling_hours=[hours])
    book = openpyxl.load_workbook(path)
    assert {sheet.title: "PRACTICE" in str(sheet["A2"].value) for sheet in book} == dict.fromkeys(
        book.sheetnames, True
    )


def test_a_plan_never_replaces_a_file(tmp_path):
    given, report = planned([(Action.CREATE, {})])
    path = tmp_path / "p.xlsx"
    path.write_text("mine")
    with pytest.raises(FileExistsError):
        write_plan_workbook(report, given, path)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("p.xlsx", "mine")]
