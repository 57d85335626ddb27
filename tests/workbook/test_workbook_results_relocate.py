"""The results workbook is where a person mends: its own cells are named, marked, and ready to be typed over."""

from __future__ import annotations

from datetime import datetime, time

import openpyxl
import pytest
from support.program.reports import problem, report, texts, workbook
from support.workbooks.sheets import OFFICE, PREVIEW

from bulkload.messages import quoted
from bulkload.model import (
    ApiVersion,
    ErrorCell,
    Level,
    Outcome,
    Problem,
    RowReference,
    Status,
    UncalculatedCell,
)
from bulkload.report import Report
from bulkload.rules.validate import validate
from bulkload.workbook.results.write import write_results
from bulkload.workbook.writer.heights import lines


def judged(campaigns, hours, folder):
    """The results of a check of these rows, which stand from row 6 of the person's sheets."""
    given = workbook(campaigns, hours)
    found = validate(given, ApiVersion.V2).problems
    outcomes = tuple(
        Outcome(
            row,
            str(name),
            Status.INVALID,
            problems=tuple(one for one in found if one.sheet == "campaigns" and one.row == row),
        )
        for row, name in given.campaigns.frame["Campaign name"].items()
    )
    loose = tuple(one for one in found if one.sheet == "Calling hours")
    path = write_results(Report(given.path, outcomes, loose), given, folder / "r.xlsx")
    return openpyxl.load_workbook(path)


def refused(words, folder, **cells):
    """The results of a row that the service refused with these words."""
    given = workbook([PREVIEW | cells])
    said = f"Kore.ai refused it: {words}"
    found = Problem(Level.ERROR, quoted(said, "Correct the row."), "campaigns", 6)
    outcome = (Status.REFUSED, {"message": said, "fix": "Correct the row.", "problems": (found,)})
    return openpyxl.load_workbook(write_results(report(given, [outcome]), given, folder / "r.xlsx"))


def notes(sheet):
    """The notes by cell, and the frame of each."""
    return {
        cell.coordinate: (cell.comment.text, cell.border.left.style)
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }


def test_a_message_names_other_rows_as_they_stand_in_the_results(tmp_path):
    rows = [PREVIEW | {"Campaign name": name} for name in ("Call A7", "call  a7", "row 6")]
    book = judged(rows, [OFFICE, OFFICE | {"Day": "Someday"}], tmp_path)
    assert [row[3].value.split("\n") for row in book["Campaigns"].iter_rows(min_row=6)] == [
        [
            '1. Campaign name "Call A7" is also in C7.',
            '2. "US office" has mistakes in the sheet Calling hours.',
        ],
        [
            '1. Campaign name "call  a7" is also in C6.',
            '2. "US office" has mistakes in the sheet Calling hours.',
        ],
        [
            '"US office" has mistakes in the sheet Calling hours.',
            "Please check: This row and row 6 are alike except for the name.",
        ],
    ]
    assert [row[4].value.split("\n")[-1] for row in book["Campaigns"].iter_rows(min_row=6)] == [
        "2. Fix row 7 of Calling hours.",
        "2. Fix row 7 of Calling hours.",
        "Fix row 7 of Calling hours; this row itself is right.",
    ]
    assert notes(book["Campaigns"])["C6"][0].startswith('Campaign name "Call A7" is also in C7.')
    assert texts(book["Problems"])[4][2:7] == [
        "campaigns B6",
        "Call A7",
        "Campaign name",
        "Call A7",
        'Campaign name "Call A7" is also in C7.',
    ]


def test_calling_hours_name_other_rows_as_they_stand_in_the_results(tmp_path):
    hours = [OFFICE, OFFICE | {"Time zone": "Europe/Paris", "Frequency": "DAILY", "Start": "10:00 AM"}]
    book = judged([PREVIEW], hours, tmp_path)
    said = [text for text, _ in notes(book["Calling hours"]).values()]
    assert [line for text in said for line in text.split("\n") if "row" in line] == [
        '"US office" has two frequencies: DAILY here, WEEKLY in row 6.',
        "Type the same frequency in every row of the name.",
        '"US office" has two time zones: Europe/Paris here, America/New_York in row 6.',
        "10:00 AM to 6:00 PM overlaps with row 6 of the same calling hours on Monday.",
        "Begin one after the other ends, or make them one row.",
    ]


@pytest.mark.parametrize(
    ("mention", "words"),
    [
        (RowReference((5,)), "5"),
        (RowReference((5,), "C"), "C5"),
        (RowReference((5, 9), "C"), "C5 and C9"),
        (RowReference((5, 6, 9)), "5, 6 and 9"),
        (RowReference((5, 6), "C", more=1_200), "C5, C6 and 1,200 more"),
    ],
)
def test_a_mention_lists_its_rows_in_words(mention, words):
    assert str(mention) == words


def test_a_refusal_marks_the_one_cell_whose_value_the_service_repeats(tmp_path):
    book = refused("Queue Nope not found.", tmp_path, Queue="Nope")
    assert notes(book["Campaigns"]) == {
        "N6": ("Kore.ai refused it: Queue Nope not found.\nCorrect the row.", "medium")
    }
    assert texts(book["Problems"], first_row=5) == [
        [
            "✗ Error",
            "Campaigns N6",
            "campaigns G6",
            "Loan reminder",
            "Queue",
            "Nope",
            "Kore.ai refused it: Queue Nope not found.",
            "Correct the row.",
        ]
    ]
    assert book["Problems"]["B5"].hyperlink.location == "'Campaigns'!N6"


@pytest.mark.parametrize(
    "words", ["Something went wrong.", "Neither Nope nor Nobody is known.", "Nopes and nobodies."]
)
def test_a_refusal_that_repeats_no_value_or_several_marks_the_rows_result(words, tmp_path):
    book = refused(words, tmp_path, **{"Queue": "Nope", "Contact lists": "Loans; Nobody"})
    assert notes(book["Campaigns"]) == {"A6": (f"Kore.ai refused it: {words}\nCorrect the row.", "medium")}
    assert book["Problems"]["B5"].hyperlink.location == "'Campaigns'!A6"


def test_one_of_several_contact_lists_is_found_in_its_cell(tmp_path):
    book = refused("Contact list NOBODY not found.", tmp_path, **{"Contact lists": "Loans; Nobody"})
    assert list(notes(book["Campaigns"])) == ["L6"]


def test_conflict_is_marked_at_the_result_and_not_at_another_cell(tmp_path):
    given = workbook([PREVIEW])
    found = Problem(Level.ERROR, quoted("Collections EN differs.", "Look at it."), "campaigns", 6)
    path = write_results(
        report(given, [(Status.CONFLICT, {"problems": (found,)})]), given, tmp_path / "r.xlsx"
    )
    assert notes(openpyxl.load_workbook(path)["Campaigns"]) == {
        "A6": ("Collections EN differs.\nLook at it.", "medium")
    }


def test_existing_row_that_needs_a_look_has_a_dashed_result_frame(tmp_path):
    given = workbook([PREVIEW, PREVIEW | {"Campaign name": "Another"}])
    found = Problem(Level.WARNING, quoted("It is still Preparing.", "Look at it."), "campaigns", 6)
    done = [
        (Status.ALREADY_CREATED, {"problems": (found,), "message": found.message, "fix": found.fix}),
        (Status.ALREADY_CREATED, {}),
    ]
    book = openpyxl.load_workbook(write_results(report(given, done), given, tmp_path / "r.xlsx"))
    assert notes(book["Campaigns"]) == {"A6": ("It is still Preparing.\nLook at it.", "mediumDashed")}
    assert [row[6].value for row in book["Problems"].iter_rows(min_row=5)] == ["It is still Preparing."]


@pytest.mark.parametrize(
    ("heading", "cell", "where", "written"),
    [
        ("Max attempts", datetime(1900, 1, 9), "V6", ("1900-01-09", "General")),  # noqa: DTZ001  (Excel knows no zone)
        ("Max attempts", "three", "V6", ("three", "General")),
        ("Max attempts", 300, "V6", (300, "General")),
        ("Caller ID", datetime(2026, 12, 1, 9), "R6", ("2026-12-01 09:00:00", "@")),  # noqa: DTZ001  (as above)
        ("Queue", 7, "N6", (7, "@")),
        ("Queue", None, "N6", (None, "@")),
    ],
)
def test_faulty_cell_has_the_number_format_of_its_expected_value(heading, cell, where, written, tmp_path):
    given = workbook([PREVIEW | {heading: cell}])
    found = problem((given.campaigns, 6, heading), f"{heading} is wrong.")
    path = write_results(
        report(given, [(Status.INVALID, {"problems": (found,)})]), given, tmp_path / "r.xlsx"
    )
    marked = openpyxl.load_workbook(path)["Campaigns"][where]
    assert (marked.value, marked.number_format) == written


def test_faulty_time_written_as_a_date_can_be_typed_over(tmp_path):
    moment = datetime(1900, 1, 9)  # noqa: DTZ001  (Excel knows no zone)
    given = workbook([PREVIEW], [OFFICE | {"Start": moment}])
    found = problem((given.calling_hours, 6, "Start"), "Start is a date.")
    said = report(given, [(Status.CREATED, {})], problems=(found,))
    marked = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))["Calling hours"]["F6"]
    assert (marked.value, marked.number_format) == ("1900-01-09", "General")


@pytest.mark.parametrize("cell", [UncalculatedCell('C6&" again"'), ErrorCell("#REF!")])
def test_where_a_formula_came_to_nothing_the_value_itself_is_asked_for(cell, tmp_path):
    book = judged([PREVIEW | {"Description": cell}], [OFFICE], tmp_path)
    [[_, note]] = [text.comment.text.split("\n") for text in book["Campaigns"][6] if text.comment]
    asked = "Type the value itself: the formula is only in your own file."
    assert [note, book["Campaigns"]["E6"].value, book["Problems"]["H5"].value] == [asked] * 3


def test_text_that_looks_like_a_formula_gets_the_fix_of_the_rules(tmp_path):
    book = judged([PREVIEW | {"Max attempts": "=1+1"}], [OFFICE], tmp_path)
    assert book["Problems"]["H5"].value == "Type a whole number from 1 to 100, in digits."


def test_a_faulty_time_shows_its_seconds(tmp_path):
    given = workbook([PREVIEW], [OFFICE | {"Start": time(9, 0, 30), "End": time(18)}])
    found = tuple(problem((given.calling_hours, 6, heading), "No.") for heading in ("Start", "End"))
    path = write_results(report(given, [(Status.CREATED, {})], problems=found), given, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(path)["Calling hours"]
    assert [(sheet[cell].value, sheet[cell].number_format) for cell in ("F6", "G6")] == [
        (time(9, 0, 30), "h:mm:ss AM/PM"),
        (time(18), "h:mm AM/PM"),
    ]


def test_a_faulty_text_is_seen_whole_though_its_column_is_narrow(tmp_path):
    given = workbook(
        [PREVIEW | {"Priority": "Ask Dana for these"}], [OFFICE | {"Start": "2026-12-01 9:00 AM"}]
    )
    wrong = problem((given.campaigns, 6, "Priority"), "No.")
    also = problem((given.calling_hours, 6, "Start"), "No.")
    said = report(given, [(Status.INVALID, {"problems": (wrong,)})], problems=(also,))
    book = openpyxl.load_workbook(write_results(said, given, tmp_path / "r.xlsx"))
    for sheet, cell, least in (("Campaigns", "T6", 35), ("Calling hours", "F6", 35)):
        alignment = book[sheet][cell].alignment
        assert (alignment.horizontal, alignment.wrap_text) == ("left", True)
        assert book[sheet].row_dimensions[6].height >= least


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, 1),
        ("ten letter", 10, 1),
        ("a\nb\n", 10, 3),
        ("Reminds customers↵of the payment", 28, 2),
        ("aaaaaaaa bbbbbbbb cccccccc", 10, 3),
        ("x" * 35, 10, 4),
        ("REMINDER OF A PAYMENT DUE", 25, 2),
        ("漢字" * 5, 10, 2),
    ],
)
def test_a_text_takes_as_many_lines_as_its_words_need(text, width, expected):
    assert lines(text, width) == expected


def test_line_under_the_title_is_beside_the_columns_repeated_in_print(tmp_path):
    given = workbook([PREVIEW])
    book = openpyxl.load_workbook(
        write_results(report(given, [(Status.CREATED, {})]), given, tmp_path / "r.xlsx")
    )
    sheet = book["Campaigns"]
    assert (sheet.print_title_cols, sheet["A2"].value, sheet["D2"].value[:11]) == (
        "$A:$C",
        None,
        "Red frame: ",
    )
