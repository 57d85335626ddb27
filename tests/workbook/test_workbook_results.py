"""The results workbook: what stands in it, sheet by sheet, compared whole."""

from __future__ import annotations

import openpyxl
import pytest
from support.reports import mixed, texts

from bulkload.workbook.results.write import write_results


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    given, said = mixed()
    return openpyxl.load_workbook(
        write_results(said, given, tmp_path_factory.mktemp("results") / "results.xlsx")
    )


def test_the_four_sheets_stand_in_order_and_are_all_visible(book):
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Summary", "visible"),
        ("Campaigns", "visible"),
        ("Calling hours", "visible"),
        ("Problems", "visible"),
    ]


def test_summary_says_how_many_rows_became_what_and_what_to_do(book):
    assert texts(book["Summary"]) == [
        ["Results of December.xlsx"],
        ["Sent to https://platform.example, application st-0603182c"],
        [
            "Begun 21 November 2026 at 10:42 UTC, ended 21 November 2026 at 10:44 UTC, run 20261121-104205-7c",
        ],
        [1, 1, 1, 1, 1],
        ["✓ Created", "✓ Updated", "↺ Already created", "↺ Unchanged", "✗ To fix"],
        [1, 1, 1, 1],
        ["✗ Refused by Kore.ai", "○ Not sent", "? Not known", "! Conflict"],
        ["✗ 4 rows need you."],
        [
            "Why it stopped: The network failed: no answer in 30 s. Check the connection, then run bulkload resume.",
        ],
        ["1. Open the sheet Problems: its links lead to each cell that needs you (red frame, with a note)."],
        ["2. Mend them there, in this workbook, and save it."],
        ["3. Submit this same workbook. What is already created is never sent twice."],
        ["Result", "Rows", "What it means"],
        ["✓ Created", 1, "A new campaign stands at Kore.ai. It calls nobody until somebody starts it there."],
        ["✓ Updated", 1, "The campaign with this ID was changed."],
        ["↺ Already created", 1, "An earlier run created it, or made it just so, and it was not sent again."],
        [
            "↺ Unchanged",
            1,
            "An earlier run sent it just this. What Kore.ai's list doesn't show was not compared.",
        ],
        ["✗ To fix", 1, "Not sent: a cell is missing or wrong."],
        ["✗ Refused by Kore.ai", 1, "Kore.ai looked at it and said no. Nothing was done."],
        ["○ Not sent", 1, "Nothing was sent for this row."],
        ["? Not known", 1, "The answer was lost, so it may exist or not. It is never sent again by itself."],
        [
            "! Conflict",
            1,
            "What stands at Kore.ai does not fit this row; only a person can say which of the two is right.",
        ],
    ]
    assert len(book["Summary"]._charts) == 1


def test_campaigns_say_of_every_row_what_became_of_it(book):
    assert texts(book["Campaigns"], first_row=4, last_column=7) == [
        [
            "Result",
            "Campaign name *",
            "What happened",
            "What to do",
            "Campaign ID",
            "Status at Kore.ai",
            "Row in your file",
        ],
        ["✓ Created", "Created", "Please check: Caller ID has no +.", None, "cd-1", "Ready", 6],
        ["✓ Updated", "Updated", None, None, "cd-2", "Ready", 7],
        ["↺ Already created", "Already", "Created by run 20261119-101010-aa.", None, "cd-3", None, 8],
        ["↺ Unchanged", "Same", None, None, "cd-4", None, 9],
        [
            "✗ To fix",
            "No queue",
            "1. Queue is missing: Progressive needs it.\n2. Max attempts can't be 2.5.",
            "1. Fill it in.\n2. Type a whole number.",
            None,
            None,
            10,
        ],
        [
            "✗ Refused by Kore.ai",
            "Refused",
            "Kore.ai: queue not found.",
            "Correct the queue.",
            None,
            None,
            11,
        ],
        ["○ Not sent", "Unsent", "The run stopped before it.", None, None, None, 12],
        ["? Not known", "Lost", "The answer was lost.", "Run bulkload resume.", None, None, 13],
        ["! Conflict", "Twice", "Two campaigns have this name.", "Delete one.", None, None, 14],
    ]


def test_campaigns_hold_every_column_of_the_template_and_the_persons_own(book):
    headings = [cell.value for cell in book["Campaigns"][4]][7:]
    assert headings == [
        "Description *",
        "Dialing mode *",
        "Contact lists *",
        "DNC list *",
        "Queue",
        "Experience flow",
        "Max skips",
        "Answering machine detection",
        "Caller ID *",
        "Calling hours *",
        "Priority",
        "Dialing order *",
        "Max attempts *",
        "Retry period (minutes) *",
        "Max ring time (seconds) *",
        "Notes",
        "Owner",
    ]
    assert [cell.value for cell in book["Campaigns"][5]][7:] == [
        "Reminds of the payment due in December",
        "Progressive",
        "Loan holders",
        "DNC global",
        "Collections EN",
        None,
        None,
        None,
        "+14155550123",
        "US office",
        4,
        "FIFO",
        3,
        60,
        30,
        None,
        "Dana",
    ]


def test_calling_hours_come_back_as_given_with_what_is_wrong_beside_them(book):
    assert texts(book["Calling hours"], first_row=4) == [
        [
            "What to fix",
            "Calling hours *",
            "Frequency",
            "Time zone *",
            "Day *",
            "Start *",
            "End *",
            "Row in your file",
        ],
        [
            "Calls from 7:00 AM.\nLook again.",
            "US office",
            "WEEKLY",
            "America/New_York",
            "Mon-Fri",
            "9:00 AM",
            "6:00 PM",
            6,
        ],
    ]


def test_problems_name_everything_that_needs_somebody_with_its_cell_in_both_workbooks(book):
    assert texts(book["Problems"], first_row=4) == [
        [
            "Kind",
            "Go to",
            "Cell in your file",
            "Campaign name",
            "Column",
            "Value",
            "What is wrong",
            "What to do",
        ],
        [
            "✗ Stopped",
            None,
            None,
            None,
            None,
            None,
            "The network failed: no answer in 30 s. Check the connection, then run bulkload resume.",
        ],
        [
            "! Warning",
            "Calling hours F5",
            "Calling hours E6",
            None,
            "Start",
            "7:00 AM",
            "Calls from 7:00 AM.",
            "Look again.",
        ],
        [
            "! Warning",
            "Campaigns P5",
            "campaigns J6",
            "Created",
            "Caller ID",
            "1415",
            "Caller ID has no +.",
            "Look again.",
        ],
        [
            "✗ Error",
            "Campaigns L9",
            "campaigns F10",
            "No queue",
            "Queue",
            None,
            "Queue is missing: Progressive needs it.",
            "Fill it in.",
        ],
        [
            "✗ Error",
            "Campaigns T9",
            "campaigns N10",
            "No queue",
            "Max attempts",
            "2.5",
            "Max attempts can't be 2.5.",
            "Type a whole number.",
        ],
        [
            "✗ Refused by Kore.ai",
            "Campaigns A10",
            "campaigns row 11",
            "Refused",
            None,
            None,
            "Kore.ai: queue not found.",
            "Correct the queue.",
        ],
        [
            "? Not known",
            "Campaigns A12",
            "campaigns row 13",
            "Lost",
            None,
            None,
            "The answer was lost.",
            "Run bulkload resume.",
        ],
        [
            "! Conflict",
            "Campaigns A13",
            "campaigns row 14",
            "Twice",
            None,
            None,
            "Two campaigns have this name.",
            "Delete one.",
        ],
    ]


def test_links_of_problems_lead_to_the_cells_that_are_marked(book):
    targets = [
        cell.hyperlink.location
        for row in book["Problems"].iter_rows(min_row=5)
        for cell in row
        if cell.hyperlink
    ]
    assert [target.replace("'", "") for target in targets] == [
        "Calling hours!F5",
        "Campaigns!P5",
        "Campaigns!L9",
        "Campaigns!T9",
        "Campaigns!A10",
        "Campaigns!A12",
        "Campaigns!A13",
    ]


def test_a_faulty_cell_has_a_frame_a_fill_and_a_note_and_no_other_cell_has(book):
    marked = {
        (sheet.title, cell.coordinate): (
            cell.fill.start_color.rgb,
            cell.border.left.style,
            cell.comment.text if cell.comment else None,
        )
        for sheet in (book["Campaigns"], book["Calling hours"])
        for row in sheet.iter_rows(min_row=5, min_col=2)
        for cell in row
        if cell.fill.fill_type or cell.comment
    }
    assert marked == {
        ("Campaigns", "P5"): ("FFFFF0A8", "mediumDashed", "Caller ID has no +.\nLook again."),
        ("Campaigns", "L9"): ("FFF8A99A", "medium", "Queue is missing: Progressive needs it.\nFill it in."),
        ("Campaigns", "T9"): ("FFF8A99A", "medium", "Max attempts can't be 2.5.\nType a whole number."),
        ("Calling hours", "F5"): ("FFFFF0A8", "mediumDashed", "Calls from 7:00 AM.\nLook again."),
    }


def test_sheets_with_rows_have_filters_frozen_headings_and_print_on_pages(book):
    for name, area in (("Campaigns", "A4:X13"), ("Calling hours", "A4:H5"), ("Problems", "A4:H12")):
        sheet = book[name]
        assert sheet.auto_filter.ref == area
        assert sheet.freeze_panes == "C5"
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_cells_to_be_typed_into_are_prepared_as_text(book):
    sheet = book["Campaigns"]
    assert sheet["L9"].number_format == "@"
    assert sheet.column_dimensions["P"].number_format == "@"


def test_choices_can_be_picked_where_a_cell_is_mended(book):
    lists = {
        str(validation.sqref): validation.formula1
        for validation in book["Campaigns"].data_validations.dataValidation
        if validation.type == "list"
    }
    assert lists == {
        "I5:I13": '"Preview,Progressive,Agentless"',
        "O5:O13": '"No,Detect,Disconnect"',
        "R5:R13": '"1,2,3,4,5"',
        "S5:S13": '"FIFO,LIFO"',
    }
