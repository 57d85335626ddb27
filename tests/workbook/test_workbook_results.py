"""The results workbook: what stands in it, sheet by sheet, compared whole."""

from __future__ import annotations

import openpyxl
import pytest
from support.program.reports import RUN, mixed, texts

from bulkload.workbook.results.summary import local_time
from bulkload.workbook.results.write import write_results

STATUS = "=Campaigns_status"


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    given, said = mixed()
    return openpyxl.load_workbook(
        write_results(said, given, tmp_path_factory.mktemp("results") / "results.xlsx")
    )


def test_the_sheets_are_in_order_and_only_the_lists_are_hidden(book):
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("Summary", "visible"),
        ("Campaigns", "visible"),
        ("Calling hours", "visible"),
        ("Problems", "visible"),
        ("Lists", "hidden"),
    ]


def test_summary_says_how_many_rows_became_what_and_what_to_do(book):
    assert texts(book["Summary"]) == [
        ["Results of December.xlsx"],
        ["Host", "https://platform.example"],
        ["Application", "st-0603182c"],
        ["Begun", local_time(RUN.started)],
        ["Ended", local_time(RUN.finished)],
        ["Run", "20261121-104205-7c"],
        [1, 1, 1, 1, 1],
        ["✓ Created", "✓ Updated", "↺ Already there", "↺ Unchanged", "✗ To fix"],
        [1, 1, 1, 1],
        ["✗ Refused by Kore.ai", "○ Not sent", "? Not known", "! Needs a decision"],
        ["✗ 4 rows need you."],
        [
            "Why it stopped: The network failed: no answer in 30 s. Check the connection, then run bulkload resume.",
        ],
        ["1. Open the sheet Problems. Its links lead to each cell that needs you (red frame, with a note)."],
        ["2. Fix them here, in this workbook: Status turns to Ready. Then save."],
        ["3. Submit this same workbook. What is already created is never sent twice."],
        ["Result", "Rows", "What it means"],
        ["✓ Created", 1, "The campaign is at Kore.ai. It makes no calls until it is started there."],
        ["✓ Updated", 1, "The campaign with this ID was changed."],
        ["↺ Already there", 1, "The account has this campaign already. It was not sent again."],
        [
            "↺ Unchanged",
            1,
            "The campaign with this ID is as the row says. Nothing was sent.",
        ],
        ["✗ To fix", 1, "Not sent: a cell is missing or wrong."],
        ["✗ Refused by Kore.ai", 1, "Kore.ai refused the row. Nothing was created or changed."],
        ["○ Not sent", 1, "Nothing was sent for this row."],
        [
            "? Not known",
            1,
            "The answer was lost, so the campaign may exist or not. It is never sent again by itself.",
        ],
        [
            "! Needs a decision",
            1,
            "Kore.ai and the row differ. A person must decide which is right.",
        ],
    ]
    assert len(book["Summary"]._charts) == 1


def test_campaigns_say_of_every_row_what_became_of_it(book):
    assert texts(book["Campaigns"], first_row=5, last_column=8) == [
        [
            "Result",
            "Status",
            "Campaign name *",
            "What happened",
            "What to do",
            "Campaign ID",
            "Status at Kore.ai",
            "Row in your file",
        ],
        ["✓ Created", STATUS, "Created", "Please check: Caller ID has no +.", None, "cd-1", "Ready", 6],
        ["✓ Updated", STATUS, "Updated", None, None, "cd-2", "Ready", 7],
        ["↺ Already there", STATUS, "Already", "Created by run 20261119-101010-aa.", None, "cd-3", None, 8],
        ["↺ Unchanged", STATUS, "Same", None, None, "cd-4", None, 9],
        [
            "✗ To fix",
            STATUS,
            "No queue",
            "1. Queue is missing: Progressive needs it.\n2. Max attempts can't be 2.5.",
            "1. Fill it in.\n2. Type a whole number.",
            None,
            None,
            10,
        ],
        [
            "✗ Refused by Kore.ai",
            STATUS,
            "Refused",
            "Kore.ai: queue not found.",
            "Correct the queue.",
            None,
            None,
            11,
        ],
        ["○ Not sent", STATUS, "Unsent", "The run stopped before it.", None, None, None, 12],
        ["? Not known", STATUS, "Lost", "The answer was lost.", "Run bulkload resume.", None, None, 13],
        [
            "! Needs a decision",
            STATUS,
            "Twice",
            "Two campaigns have this name.",
            "Delete one.",
            None,
            None,
            14,
        ],
    ]


def test_campaigns_hold_every_column_of_the_template_and_the_persons_own(book):
    headings = [cell.value for cell in book["Campaigns"][5]][8:]
    assert headings == [
        "Send",
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
        "What to fix",
    ]
    assert [cell.value for cell in book["Campaigns"][6]][8:] == [
        None,
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
        "=Campaigns_what_to_fix",
    ]


def test_calling_hours_come_back_as_given_with_what_is_wrong_beside_them(book):
    assert texts(book["Calling hours"], first_row=5) == [
        [
            "Status",
            "Calling hours *",
            "Frequency",
            "Time zone *",
            "Day *",
            "Start *",
            "End *",
            "Row in your file",
            "What to fix",
        ],
        [
            "=Hours_status",
            "US office",
            "WEEKLY",
            "America/New_York",
            "Mon-Fri",
            "9:00 AM",
            "6:00 PM",
            6,
            "=Hours_what_to_fix",
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
            "The network failed: no answer in 30 s.",
            "Check the connection, then run bulkload resume.",
        ],
        [
            "✗ Error",
            "Campaigns N10",
            "campaigns G10",
            "No queue",
            "Queue",
            None,
            "Queue is missing: Progressive needs it.",
            "Fill it in.",
        ],
        [
            "✗ Error",
            "Campaigns V10",
            "campaigns O10",
            "No queue",
            "Max attempts",
            "2.5",
            "Max attempts can't be 2.5.",
            "Type a whole number.",
        ],
        [
            "✗ Refused by Kore.ai",
            "Campaigns A11",
            "campaigns row 11",
            "Refused",
            None,
            None,
            "Kore.ai: queue not found.",
            "Correct the queue.",
        ],
        [
            "? Not known",
            "Campaigns A13",
            "campaigns row 13",
            "Lost",
            None,
            None,
            "The answer was lost.",
            "Run bulkload resume.",
        ],
        [
            "! Needs a decision",
            "Campaigns A14",
            "campaigns row 14",
            "Twice",
            None,
            None,
            "Two campaigns have this name.",
            "Delete one.",
        ],
        [
            "! Warning",
            "Calling hours F6",
            "Calling hours E6",
            None,
            "Start",
            "7:00 AM",
            "Calls from 7:00 AM.",
            "Look again.",
        ],
        [
            "! Warning",
            "Campaigns R6",
            "campaigns K6",
            "Created",
            "Caller ID",
            "1415",
            "Caller ID has no +.",
            "Look again.",
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
        "Campaigns!N10",
        "Campaigns!V10",
        "Campaigns!A11",
        "Campaigns!A13",
        "Campaigns!A14",
        "Calling hours!F6",
        "Campaigns!R6",
    ]


def test_only_a_faulty_cell_has_a_frame_fill_and_note(book):
    marked = {
        (sheet.title, cell.coordinate): (
            cell.fill.start_color.rgb,
            cell.border.left.style,
            cell.comment.text if cell.comment else None,
        )
        for sheet in (book["Campaigns"], book["Calling hours"])
        for row in sheet.iter_rows(min_row=6, min_col=2)
        for cell in row
        if cell.fill.fill_type or cell.comment
    }
    assert marked == {
        ("Campaigns", "R6"): ("FFFFF0A8", "mediumDashed", "Caller ID has no +.\nLook again."),
        ("Campaigns", "N10"): ("FFF8A99A", "medium", "Queue is missing: Progressive needs it.\nFill it in."),
        ("Campaigns", "V10"): ("FFF8A99A", "medium", "Max attempts can't be 2.5.\nType a whole number."),
        ("Calling hours", "F6"): ("FFFFF0A8", "mediumDashed", "Calls from 7:00 AM.\nLook again."),
    }


def test_sheets_with_rows_have_filters_frozen_headings_and_print_on_pages(book):
    for name, area in (("Campaigns", "A5:AA14"), ("Calling hours", "A5:I6"), ("Problems", "A4:H12")):
        sheet = book[name]
        assert sheet.auto_filter.ref == area
        assert sheet.freeze_panes == {"Campaigns": "D6", "Calling hours": "C6", "Problems": "C5"}[name]
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == {"Problems": "$4:$4"}.get(name, "$5:$5")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_cells_to_be_typed_into_are_prepared_as_text(book):
    sheet = book["Campaigns"]
    assert sheet["N10"].number_format == "@"
    assert sheet.column_dimensions["R"].number_format == "@"


def test_choices_can_be_picked_where_a_cell_is_mended(book):
    lists = {
        str(validation.sqref): validation.formula1
        for validation in book["Campaigns"].data_validations.dataValidation
        if validation.type == "list"
    }
    assert lists == {
        "I6:I14": '"Yes,No"',
        "K6:K14": '"Preview,Progressive,Agentless"',
        "Q6:Q14": '"No,Detect,Disconnect"',
        "S6:S14": "Hours_choices",
        "T6:T14": '"1,2,3,4,5"',
        "U6:U14": '"FIFO,LIFO"',
    }
