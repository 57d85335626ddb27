"""The results workbook: what stands in it, sheet by sheet, compared whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from support.office import pages
from support.reports import RUN, mixed, problem, report, workbook
from support.sheets import OFFICE, PREVIEW, PROGRESSIVE

from bulkload.model import Level, Outcome, Problem, Status, Stopped
from bulkload.report import Report
from bulkload.workbook.results import results_path, write_results
from bulkload.workbook.results_sheet import MOST_NOTES
from bulkload.workbook.results_words import headline, steps


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    given, said = mixed()
    return openpyxl.load_workbook(
        write_results(said, given, tmp_path_factory.mktemp("results") / "results.xlsx")
    )


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
        ["↺ Already created", 1, "An earlier run created it from the same row, so it was not sent again."],
        ["↺ Unchanged", 1, "The campaign with this ID already stands as the row says."],
        ["✗ To fix", 1, "Not sent: a cell is missing or wrong."],
        ["✗ Refused by Kore.ai", 1, "Kore.ai looked at it and said no. Nothing was created."],
        ["○ Not sent", 1, "Nothing was sent for this row."],
        ["? Not known", 1, "The answer was lost, so it may exist or not. It is never sent again by itself."],
        ["! Conflict", 1, "What stands at Kore.ai is not what was sent, or stands there more than once."],
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
            "Queue is missing: Progressive needs it.\nMax attempts can't be 2.5.",
            "Queue: Fill it in.\nMax attempts: Type a whole number.",
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
        ("Campaigns", "P5"): ("FFFFF0A8", "dashed", "Caller ID has no +.\nLook again."),
        ("Campaigns", "L9"): ("FFF8A99A", "medium", "Queue is missing: Progressive needs it.\nFill it in."),
        ("Campaigns", "T9"): ("FFF8A99A", "medium", "Max attempts can't be 2.5.\nType a whole number."),
        ("Calling hours", "F5"): ("FFFFF0A8", "dashed", "Calls from 7:00 AM.\nLook again."),
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


@pytest.mark.parametrize(
    ("outcomes", "more", "words", "good", "first_step"),
    [
        (
            [(Status.CREATED, {})],
            {},
            "Every row is as wanted.",
            True,
            "Nothing is left to do. Keep this workbook: it holds the campaign IDs.",
        ),
        (
            [(Status.INVALID, {}), (Status.CREATED, {})],
            {},
            "1 row needs you.",
            False,
            "Open the sheet Problems: its links lead to each cell that needs you (red frame, with a note).",
        ),
        (
            [(Status.UNKNOWN, {}), (Status.CONFLICT, {})],
            {},
            "2 rows need you.",
            False,
            (
                "Run bulkload resume 20261121-104205-7c: it looks into the account and finds out what became of these "
                "rows."
            ),
        ),
        (
            [(Status.CREATED, {"to_do": "Wait until it is Ready."})],
            {},
            "1 row needs you.",
            False,
            "Open the sheet Campaigns: the column What to do says what is left for each row.",
        ),
        (
            [(Status.NOT_SENT, {}), (Status.CREATED, {})],
            {},
            "1 row was not sent.",
            False,
            "See to what is said above, if anything is.",
        ),
        (
            [(Status.CREATED, {})],
            {"problems": (Problem(Level.ERROR, "No.", "Yes."),)},
            "1 problem needs you.",
            False,
            "Open the sheet Problems: its links lead to each cell that needs you (red frame, with a note).",
        ),
        (
            [(Status.CREATED, {})],
            {"stopped": Stopped(130, "You stopped it.")},
            "The run ended before its time.",
            False,
            "See to what is said above, if anything is.",
        ),
    ],
)
def test_the_headline_and_the_first_step_follow_from_the_outcomes(outcomes, more, words, good, first_step):
    given = workbook([PREVIEW | {"Campaign name": str(place)} for place in range(len(outcomes))])
    said = report(given, outcomes, **more)
    assert headline(said) == (words, good)
    assert steps(said)[0] == first_step


def test_a_workbook_that_was_only_checked_says_so(tmp_path):
    given = workbook([PREVIEW])
    said = report(given, [(Status.NOT_SENT, {})], sent=False, run=None)
    summary = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Summary"]
    assert [row[0] for row in texts(summary)[:2]] == [
        "Results of December.xlsx",
        "Checked only: nothing was sent.",
    ]


def test_a_run_that_goes_on_says_so(tmp_path):
    given = workbook([PREVIEW])
    said = report(given, [(Status.CREATED, {})], run=replace(RUN, finished=None))
    summary = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Summary"]
    assert summary["A3"].value == "Begun 21 November 2026 at 10:42 UTC, not ended yet, run 20261121-104205-7c"


def test_no_campaign_at_all_is_said_in_words(tmp_path):
    said = Report(Path("December.xlsx"), ())
    book = openpyxl.load_workbook(write_results(said, workbook([]), tmp_path / "r.xlsx"))
    assert ["No campaign stands in the sheet."] in texts(book["Summary"])
    assert texts(book["Problems"])[1] == ["✓ Nothing was found wrong."]


def test_a_row_without_an_outcome_stops_the_writing_and_leaves_no_file(tmp_path):
    given = workbook([PREVIEW, PROGRESSIVE | {"Campaign name": "B"}])
    said = Report(Path("December.xlsx"), (Outcome(6, "Loan reminder", Status.CREATED),))
    with pytest.raises(AssertionError, match=r"rows \[7\] of campaigns have no outcome"):
        write_results(said, given, tmp_path / "r.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_an_outcome_of_a_row_that_the_sheet_lacks_is_not_lost(tmp_path):
    given = workbook([PREVIEW])
    outcomes = (
        Outcome(6, "Loan reminder", Status.CREATED),
        Outcome(9, "Gone", Status.CREATED, campaign_id="cd-9"),
    )
    book = openpyxl.load_workbook(
        write_results(Report(Path("December.xlsx"), outcomes), given, tmp_path / "r.xlsx")
    )
    last = [cell.value for cell in book["Campaigns"][6]][:7]
    assert last == ["✓ Created", "Gone", None, None, "cd-9", None, 9]


def test_more_faulty_cells_than_excel_bears_notes_are_all_marked_and_all_listed(tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(MOST_NOTES + 5)]
    given = workbook(rows)
    outcomes = [
        (Status.INVALID, {"problems": (problem((given.campaigns, row, "Priority"), f"Wrong in {row}."),)})
        for row in given.campaigns.frame.index
    ]
    book = openpyxl.load_workbook(write_results(report(given, outcomes), given, tmp_path / "r.xlsx"))
    cells = [row[17] for row in book["Campaigns"].iter_rows(min_row=5)]
    assert {cell.fill.start_color.rgb for cell in cells} == {"FFF8A99A"}
    assert sum(cell.comment is not None for cell in cells) == MOST_NOTES
    assert book["Problems"].max_row == 4 + len(rows)


def test_two_problems_of_one_cell_share_its_note_and_the_worse_one_frames_it(tmp_path):
    given = workbook([PREVIEW], [OFFICE])
    both = (
        problem((given.campaigns, 6, "Priority"), "Doubtful.", "Look.", Level.WARNING),
        problem((given.campaigns, 6, "Priority"), "Wrong.", "Type 5."),
    )
    said = report(given, [(Status.INVALID, {"problems": both})])
    cell = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Campaigns"]["R5"]
    assert (cell.comment.text, cell.border.left.style) == ("Doubtful.\nLook.\nWrong.\nType 5.", "medium")


def test_a_row_with_many_problems_shows_the_first_and_leads_to_the_rest(tmp_path):
    given = workbook([PREVIEW])
    headings = ["Description", "Queue", "Caller ID", "Priority", "Max skips", "Max attempts", "Notes"]
    found = tuple(problem((given.campaigns, 6, heading), f"{heading} is wrong.") for heading in headings)
    said = report(given, [(Status.INVALID, {"problems": found})])
    row = [
        cell.value
        for cell in openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Campaigns"][5]
    ]
    shown = headings[:5]
    assert row[2].split("\n") == [
        *(f"{heading} is wrong." for heading in shown),
        "... and 2 more: see the sheet Problems.",
    ]
    assert row[3].split("\n") == [
        *(f"{heading}: Correct it." for heading in shown),
        "... and 2 more: see the sheet Problems.",
    ]


WHEN = datetime(2026, 11, 21, 10, 42, 5)  # noqa: DTZ001  (the machine's own clock names the file)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("December.xlsx", "December.results-20261121-104205.xlsx"),
        ("December.xlsm", "December.results-20261121-104205.xlsx"),
        ("December.results-20261120-090000.xlsx", "December.results-20261121-104205.xlsx"),
        ("December.results-20261120-090000-2.xlsx", "December.results-20261121-104205.xlsx"),
        ("v1.2 results.xlsx", "v1.2 results.results-20261121-104205.xlsx"),
        ("é" * 125 + ".xlsx", "é" * 111 + ".results-20261121-104205.xlsx"),
    ],
)
def test_results_stand_beside_the_workbook_under_its_name_and_the_time(given, expected):
    assert results_path(Path("folder") / given, WHEN) == Path("folder") / expected


def test_every_sheet_of_the_results_can_be_printed_by_libreoffice(tmp_path):
    given, said = mixed()
    path = write_results(said, given, tmp_path / "results.xlsx")
    printed = pages(path, tmp_path / "pages", resolution=30)
    assert len(printed) >= 4
    assert all(page.stat().st_size > 1_000 for page in printed)
