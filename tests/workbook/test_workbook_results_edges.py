"""The results workbook at its edges: what its words follow from, and what happens to odd reports and names."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from support.program.reports import RUN, mixed, problem, report, texts, workbook
from support.workbooks.office import pages
from support.workbooks.sheets import OFFICE, PREVIEW, PROGRESSIVE

from bulkload.messages import MessageTemplate, quoted
from bulkload.model import AccountIdentity, ApiVersion, Level, Outcome, Problem, Status, StopReason
from bulkload.report import Report
from bulkload.rules.validate import validate
from bulkload.workbook.reader.read import read
from bulkload.workbook.results.messages import headline, steps
from bulkload.workbook.results.sheet import MOST_NOTES
from bulkload.workbook.results.summary import local_time
from bulkload.workbook.results.write import results_path, write_results

RESUME = (
    "Go on with the run: resume run 20261121-104205-7c. It looks up lost answers and sends what was not sent."
)


@pytest.mark.parametrize(
    ("outcomes", "more", "words", "good", "first_step"),
    [
        (
            [(Status.CREATED, {})],
            {},
            "Every row is as wanted.",
            True,
            "No action is needed. Keep this workbook: it contains the campaign IDs.",
        ),
        (
            [(Status.INVALID, {}), (Status.CREATED, {})],
            {},
            "1 row needs you.",
            False,
            "Open the sheet Problems. Its links lead to each cell that needs you (red frame, with a note).",
        ),
        (
            [(Status.UNKNOWN, {}), (Status.CONFLICT, {"fix": "Delete one."})],
            {},
            "2 rows need you.",
            False,
            RESUME,
        ),
        (
            [(Status.NOT_SENT, {"fix": "'bulkload resume 20261121-104205-7c' sends it."})],
            {"stopped": StopReason(130, quoted("You stopped it."))},
            "1 row needs you.",
            False,
            RESUME,
        ),
        (
            [(Status.CONFLICT, {"fix": "Delete one."})],
            {},
            "1 row needs you.",
            False,
            "Open the sheet Campaigns: the column What to do says what is left for each row.",
        ),
        (
            [(Status.CREATED, {"fix": "Wait until it is Ready."})],
            {},
            "1 row needs you.",
            False,
            "Open the sheet Campaigns: the column What to do says what is left for each row.",
        ),
        (
            [(Status.NOT_SENT, {"message": "Left out, as --only says."}), (Status.CREATED, {})],
            {},
            "Every row is as wanted; 1 row was left out.",
            True,
            "No action is needed. Keep this workbook: it contains the campaign IDs.",
        ),
        (
            [(Status.NOT_SENT, {})],
            {"sent": False, "run": None},
            "1 row was not sent.",
            False,
            "Do what is said above.",
        ),
        (
            [(Status.CREATED, {})],
            {"problems": (Problem(Level.ERROR, quoted("No.", "Yes.")),)},
            "1 problem needs you.",
            False,
            "Open the sheet Problems. Its links lead to each cell that needs you (red frame, with a note).",
        ),
        (
            [(Status.CREATED, {})],
            {"stopped": StopReason(130, quoted("You stopped it."))},
            "The run ended before it was finished.",
            False,
            "Do what is said above.",
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
        "What",
    ]
    assert summary["B2"].value == "Checked only: nothing was sent."


def test_a_run_that_goes_on_says_so(tmp_path):
    given = workbook([PREVIEW])
    said = report(given, [(Status.CREATED, {})], run=replace(RUN, finished=None))
    summary = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Summary"]
    assert [row[:2] for row in texts(summary)[3:5]] == [
        ["Begun", local_time(RUN.started)],
        ["Ended", "not ended yet"],
    ]


def test_no_campaign_at_all_is_said_in_words(tmp_path):
    said = Report(Path("December.xlsx"), ())
    book = openpyxl.load_workbook(write_results(said, workbook([]), tmp_path / "r.xlsx"))
    assert ["The sheet has no campaigns."] in texts(book["Summary"])
    assert texts(book["Problems"])[1] == ["✓ Nothing is wrong."]


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
    last = [cell.value for cell in book["Campaigns"][7]][:8]
    assert last == ["✓ Created", "=Campaigns_status", "Gone", None, None, "cd-9", None, 9]


def test_faulty_cells_beyond_the_excel_note_limit_are_marked_and_listed(tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(MOST_NOTES + 5)]
    given = workbook(rows)
    outcomes = [
        (Status.INVALID, {"problems": (problem((given.campaigns, row, "Priority"), f"Wrong in {row}."),)})
        for row in given.campaigns.frame.index
    ]
    book = openpyxl.load_workbook(write_results(report(given, outcomes), given, tmp_path / "r.xlsx"))
    cells = [row[19] for row in book["Campaigns"].iter_rows(min_row=6)]
    assert {cell.fill.start_color.rgb for cell in cells} == {"FFF8A99A"}
    assert sum(cell.comment is not None for cell in cells) == MOST_NOTES
    assert book["Problems"].max_row == 4 + len(rows)


def test_two_problems_of_one_cell_share_its_note_and_the_worse_frame(tmp_path):
    given = workbook([PREVIEW], [OFFICE])
    both = (
        problem((given.campaigns, 6, "Priority"), "Doubtful.", "Look.", Level.WARNING),
        problem((given.campaigns, 6, "Priority"), "Wrong.", "Type 5."),
    )
    said = report(given, [(Status.INVALID, {"problems": both})])
    cell = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Campaigns"]["T6"]
    assert (cell.comment.text, cell.border.left.style) == ("Doubtful.\nLook.\nWrong.\nType 5.", "medium")


def test_row_with_many_problems_shows_the_first_and_refers_to_others(tmp_path):
    given = workbook([PREVIEW])
    headings = ["Description", "Queue", "Caller ID", "Priority", "Max skips", "Max attempts", "Notes"]
    found = tuple(problem((given.campaigns, 6, heading), f"{heading} is wrong.") for heading in headings)
    said = report(given, [(Status.INVALID, {"problems": found})])
    row = [
        cell.value
        for cell in openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Campaigns"][6]
    ]
    shown = headings[:5]
    assert row[3].split("\n") == [
        *(f"{number}. {heading} is wrong." for number, heading in enumerate(shown, start=1)),
        "... and 2 more: see the sheet Problems.",
    ]
    assert row[4].split("\n") == [
        *(f"{number}. Correct it." for number in range(1, 6)),
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


def test_every_sheet_names_commands_as_the_front_end_does(tmp_path):
    def marks(kind, argument):
        return f"<{kind} {argument}>"

    again = MessageTemplate("lost", "The answer was lost.", "To go on: {resume:{run}}.")(run="7c")
    lists = MessageTemplate("empty", "Set {setting:host}.", "See {command:runs}.")
    given = workbook([PREVIEW])
    known = {"explanation": again, "problems": (Problem(Level.WARNING, lists(), "campaigns", 6),)}
    done = report(given, [(Status.CREATED, {})], stopped=StopReason(5, again))
    done = replace(done, outcomes=(Outcome(6, "Loan reminder", Status.UNKNOWN, **known),))
    book = openpyxl.load_workbook(write_results(done, given, tmp_path / "r.xlsx", marks))
    said = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert {
        "Why it stopped: The answer was lost. To go on: <resume 7c>.",
        "1. Go on with the run: <resume 20261121-104205-7c>. It looks up lost answers and sends what was not sent.",
        "The answer was lost.\nPlease check: Set <setting host>.",
        "To go on: <resume 7c>.",
        "See <command runs>.",
    } <= said


def test_sandbox_results_say_practice_on_every_sheet_and_name_the_account(tmp_path):
    given = workbook([PREVIEW])
    account = AccountIdentity("sandbox", "st-1", "6777")
    hours = validate(given, ApiVersion.V2).campaigns[0].calling_hours
    done = report(given, [(Status.CREATED, {"campaign_id": "cd-1"})], account=account)
    book = openpyxl.load_workbook(write_results(done, given, tmp_path / "r.xlsx", calling_hours=[hours]))
    seen = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert {sheet.title: str(sheet["A2"].value)[:9] for sheet in seen} == dict.fromkeys(
        ("Summary", "Campaigns", "Calling hours", "Problems", "Week"), "PRACTICE:"
    )
    assert ["✓ Created", 1, "Created in the sandbox only."] in texts(book["Summary"])
    assert [book["Campaigns"].cell(1, column).value for column in range(4, 9)] == [
        "Account",
        None,
        "sandbox",
        "st-1",
        "6777",
    ]


def test_id_of_a_campaign_needing_a_decision_is_outside_its_column(tmp_path):
    given = workbook([PREVIEW])
    done = report(given, [(Status.CONFLICT, {"campaign_id": "cd-1", "fix": "Its ID is cd-1."})])
    sheet = openpyxl.load_workbook(write_results(done, given, tmp_path / "r.xlsx"))["Campaigns"]
    assert (sheet["E6"].value, sheet["F6"].value) == ("Its ID is cd-1.", None)


def test_a_row_that_is_struck_through_stays_so(tmp_path):
    given = workbook([PREVIEW, PREVIEW | {"Campaign name": "Struck"}])
    given = replace(given, campaigns=replace(given.campaigns, struck_rows=frozenset({7})))
    done = report(given, [(Status.CREATED, {}), (Status.INVALID, {})])
    sheet = openpyxl.load_workbook(write_results(done, given, tmp_path / "r.xlsx"))["Campaigns"]
    user = [column for column in range(9, 26) if sheet.cell(7, column).value is not None] + [3]
    struck = {row: {bool(sheet.cell(row, column).font.strike) for column in user} for row in (6, 7)}
    assert struck == {6: {False}, 7: {True}}


def test_comments_of_the_user_come_back_and_are_read_again_while_ours_are_not(tmp_path):
    given = workbook([PREVIEW, PREVIEW | {"Campaign name": "Another"}])
    comments = {(6, "Queue"): "not approved", (7, None): "ask Dana"}
    given = replace(given, campaigns=replace(given.campaigns, comments=comments))
    wrong = (
        problem((given.campaigns, 6, "Queue"), "Wrong."),
        problem((given.campaigns, 7, "Priority"), "No."),
    )
    done = report(
        given, [(Status.INVALID, {"problems": wrong[:1]}), (Status.INVALID, {"problems": wrong[1:]})]
    )
    path = write_results(done, given, tmp_path / "r.xlsx")
    again = read(path).campaigns
    assert dict(again.comments) == {(6, "Queue"): "not approved", (7, "Campaign name"): "ask Dana"}
    sheet = openpyxl.load_workbook(path)["Campaigns"]
    assert (sheet["N6"].comment.text, sheet["N6"].fill.start_color.rgb) == ("not approved", "FFF8A99A")
    assert sheet["T7"].comment.text == "No.\nCorrect it."
