"""The heading row is found by its words; what is missing, doubled or nearly right is said all at once."""

from __future__ import annotations

import pytest
from support.workbooks.workbook_files import (
    CAMPAIGN_HEADINGS,
    CAMPAIGNS,
    HOURS,
    HOURS_HEADINGS,
    in_order,
    openpyxl_book,
    saved,
)

from bulkload.columns import CAMPAIGN_COLUMNS, EYE_ONLY_HEADINGS, HOURS_COLUMNS, RESULT_HEADINGS
from bulkload.errors import WorkbookError
from bulkload.model import Level
from bulkload.workbook.reader.headings import fold
from bulkload.workbook.reader.read import read


def book_with(tmp_path, change):
    """A good workbook after this change."""
    book = openpyxl_book()
    change(book)
    return saved(book, tmp_path / "campaigns.xlsx")


def refusal_of(path):
    with pytest.raises(WorkbookError) as refusal:
        read(path)
    return refusal.value


def no_change(book):
    pass


def rename(sheet, old, new):
    for cell in sheet[1]:
        if cell.value == old:
            cell.value = new


def test_instructions_may_stand_above_the_headings(tmp_path):
    def change(book):
        campaigns, hours = book["Campaigns"], book["Calling hours"]
        campaigns.insert_rows(1, amount=4)
        campaigns["A1"] = "Campaigns"
        campaigns["A2"] = "One row per campaign. Name, description and queue as at Kore.ai."
        campaigns["B4"] = "always"
        hours.insert_rows(1, amount=19)
        hours["A1"] = "Calling hours"

    book = read(book_with(tmp_path, change))

    assert (book.campaigns.heading_row, book.calling_hours.heading_row) == (5, 20)
    assert book.campaigns.frame.index.tolist() == [6, 7]
    assert book.calling_hours.frame.index.tolist() == [21, 22]


def test_headings_below_row_20_are_not_looked_for(tmp_path):
    path = book_with(tmp_path, lambda book: book["Calling hours"].insert_rows(1, amount=20))

    assert str(refusal_of(path)) == (
        'The sheet "Calling hours" has no heading row in its first 20 rows. Put the headings into one row near the '
        'top: Calling hours, Time zone, Day, Start and End. For a workbook that has them: "template".'
    )


@pytest.mark.parametrize(
    "heading",
    [
        "campaign name",
        "CAMPAIGN NAME *",
        "Campaign\nname*",
        " Campaign  name ",
        "* Campaign\xa0name",
        "Name",
        "campaign",
    ],
)
def test_a_heading_is_known_whatever_its_case_spaces_stars_and_line_breaks(tmp_path, heading):
    path = book_with(tmp_path, lambda book: rename(book["Campaigns"], "Campaign name", heading))

    assert list(read(path).campaigns.frame["Campaign name"]) == ["Loan reminder", "Payment reminder"]


@pytest.mark.parametrize("columns", [CAMPAIGN_COLUMNS, HOURS_COLUMNS], ids=["campaigns", "hours"])
def test_no_two_columns_of_a_sheet_answer_to_the_same_word(columns):
    words = [
        word for column in columns for word in {fold(name) for name in (column.heading, *column.aliases)}
    ]
    words += [fold(heading) for heading in (*RESULT_HEADINGS, *EYE_ONLY_HEADINGS)]

    assert len(words) == len(set(words))


def test_columns_are_found_by_their_headings_in_whatever_order(tmp_path):
    path = book_with(tmp_path, no_change)
    expected = read(path).campaigns

    def turn_round(book):
        campaigns = book["Campaigns"]
        campaigns.delete_rows(1, 3)
        headings = list(reversed(CAMPAIGN_HEADINGS))
        for row in [headings, *in_order(headings, CAMPAIGNS)]:
            campaigns.append(row)

    found = read(book_with(tmp_path, turn_round)).campaigns

    assert found.frame.to_numpy().tolist() == expected.frame.to_numpy().tolist()
    assert list(found.frame.columns) == CAMPAIGN_HEADINGS
    assert found.letters["Campaign name"] == "R"
    assert found.letters["Notes"] == "A"


def test_columns_that_are_not_always_needed_may_be_missing(tmp_path):
    optional = [column.heading for column in CAMPAIGN_COLUMNS if not column.always_needed]

    def drop(book):
        campaigns = book["Campaigns"]
        for index in range(len(CAMPAIGN_HEADINGS), 0, -1):
            if campaigns.cell(1, index).value in optional:
                campaigns.delete_cols(index)

    frame = read(book_with(tmp_path, drop)).campaigns.frame

    assert list(frame.columns) == [heading for heading in CAMPAIGN_HEADINGS if heading not in optional]


def test_everything_wrong_with_the_headings_of_both_sheets_is_said_at_once(tmp_path):
    def change(book):
        campaigns, hours = book["Campaigns"], book["Calling hours"]
        rename(campaigns, "Caller ID", "Number that is shown")
        rename(campaigns, "Dialing order", None)
        rename(campaigns, "Notes", "Contact lists")
        rename(campaigns, "Queue", "Quueue")
        rename(hours, "Time zone", "Time zones")
        rename(hours, "Start", None)

    refusal = refusal_of(book_with(tmp_path, change))

    assert str(refusal) == "5 things keep this workbook from being read."
    assert [
        (problem.sheet, problem.cell, problem.value, problem.message) for problem in refusal.problems
    ] == [
        (
            "Campaigns",
            "R1",
            "Contact lists",
            ('The sheet "Campaigns" has the column "Contact lists" more than once: in D1 and R1.'),
        ),
        (
            "Campaigns",
            None,
            None,
            'The heading row of the sheet "Campaigns" (row 1) lacks Caller ID and Dialing order.',
        ),
        (
            "Campaigns",
            "F1",
            "Quueue",
            ('The heading "Quueue" in the sheet "Campaigns" is not known. Did you mean "Queue"?'),
        ),
        (
            "Calling hours",
            None,
            None,
            'The heading row of the sheet "Calling hours" (row 1) lacks Start.',
        ),
        (
            "Calling hours",
            "C1",
            "Time zones",
            ('The heading "Time zones" in the sheet "Calling hours" is not known. Did you mean "Time zone"?'),
        ),
    ]


def test_two_names_for_one_column_are_the_same_column_twice(tmp_path):
    path = book_with(tmp_path, lambda book: rename(book["Campaigns"], "Notes", "Mode"))

    assert str(refusal_of(path)) == (
        'The sheet "Campaigns" has the column "Mode" more than once: in C1 and R1. '
        "Keep one of the columns; delete the other or give it another heading."
    )


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Campaign nmae", "Campaign name"),
        ("Campain name", "Campaign name"),
        ("Dailing mode", "Dialing mode"),
        ("Contcat lists", "Contact lists"),
        ("Priorty", "Priority"),
        ("Max atempts", "Max attempts"),
        ("Retry period (minute)", "Retry period (minutes)"),
        ("Experience-flow", "Experience flow"),
        ("Caller_ID", "Caller ID"),
        ("Quue", "Queue"),
    ],
)
def test_a_slip_in_a_heading_is_asked_about(tmp_path, heading, meant):
    path = book_with(tmp_path, lambda book: rename(book["Campaigns"], meant, heading))

    messages = [problem.message for problem in refusal_of(path).problems]

    assert (
        f'The heading "{heading}" in the sheet "Campaigns" is not known. Did you mean "{meant}"?'
    ) in messages


@pytest.mark.parametrize(
    "heading",
    [
        "Region",
        "Owner",
        "Cost centre",
        "Campaign owner",
        "Start date",
        "Code",
        "Zone",
        "Node",
        "Team",
        "Date",
        "2025",
    ],
)
def test_a_column_of_ones_own_is_listed_once_and_kept_untouched(tmp_path, heading):
    def add(book):
        campaigns = book["Campaigns"]
        campaigns["S1"] = heading
        campaigns["S2"] = " as it is "
        campaigns["S3"] = 5

    book = read(book_with(tmp_path, add))

    assert list(book.campaigns.frame[heading]) == [" as it is ", 5]
    assert list(book.campaigns.frame.columns) == [*CAMPAIGN_HEADINGS, heading]
    assert book.campaigns.letters[heading] == "S"
    [problem] = book.problems
    assert problem.level is Level.WARNING
    assert problem.message == (
        f'The sheet "Campaigns" has a column unknown here and not sent: {heading} (S).'
    )


def test_two_columns_of_ones_own_are_spoken_of_as_two(tmp_path):
    def add(book):
        book["Campaigns"]["S1"], book["Campaigns"]["T1"] = "Region", "Owner"

    [problem] = read(book_with(tmp_path, add)).problems

    assert f"{problem.message} {problem.fix}" == (
        'The sheet "Campaigns" has columns unknown here and not sent: Region (S) and Owner (T). '
        "No action needed; they are carried into the results unchanged."
    )


def test_one_heading_that_is_missing_is_spoken_of_as_one(tmp_path):
    path = book_with(tmp_path, lambda book: rename(book["Campaigns"], "Caller ID", None))

    assert str(refusal_of(path)) == (
        'The heading row of the sheet "Campaigns" (row 1) lacks Caller ID. Add it as a heading in row 1. '
        'For a workbook that has it: "template".'
    )


def test_two_headings_that_are_missing_are_spoken_of_as_two(tmp_path):
    def drop(book):
        rename(book["Campaigns"], "Caller ID", None)
        rename(book["Campaigns"], "Dialing order", None)

    assert str(refusal_of(book_with(tmp_path, drop))) == (
        'The heading row of the sheet "Campaigns" (row 1) lacks Caller ID and Dialing order. Add each as a heading in '
        'row 1. For a workbook that has them all: "template".'
    )


def test_a_story_for_a_heading_is_cut_in_the_message_alone(tmp_path):
    path = book_with(tmp_path, lambda book: book["Campaigns"].__setitem__("S1", "x" * 500))

    book = read(path)

    assert "x" * 500 in book.campaigns.frame.columns
    assert book.problems[0].value == f"{'x' * 60}… (S)"


def test_own_columns_with_the_same_heading_or_none_get_a_label_each(tmp_path):
    def add(book):
        campaigns = book["Campaigns"]
        for column, values in {
            "S": ("Region", "a"),
            "T": ("Region", "b"),
            "V": (None, "c"),
            "W": ("Column V", "d"),
            "X": (None, None),
            "Y": ("  two \n lines ", "e"),
        }.items():
            campaigns[f"{column}1"], campaigns[f"{column}2"] = values

    sheet = read(book_with(tmp_path, add)).campaigns

    own = {name: sheet.frame[name].iloc[0] for name in sheet.frame.columns if name not in CAMPAIGN_HEADINGS}
    assert own == {
        "Region": "a",
        "Region (column T)": "b",
        "Column V": "d",
        "two lines": "e",
        "Column V'": "c",
    }
    assert sheet.letters["Column V'"] == "V"


def test_what_the_template_and_the_results_add_is_skipped(tmp_path):
    def add(book):
        campaigns = book["Campaigns"]
        for index, heading in enumerate((*EYE_ONLY_HEADINGS, *RESULT_HEADINGS), start=19):
            campaigns.cell(1, index, heading)
            campaigns.cell(2, index, "not believed")
            campaigns.cell(9, index, "a row with nothing else")
        campaigns["Q2"] = "cd-1"

    book = read(book_with(tmp_path, add))

    assert list(book.campaigns.frame.columns) == CAMPAIGN_HEADINGS
    assert book.campaigns.frame.index.tolist() == [2, 3]
    assert book.campaigns.frame["Campaign ID"].tolist() == ["cd-1", None]
    assert book.problems == ()


@pytest.mark.parametrize(
    "heading", ["Status", "What to fix", "Result", "What happened", "What to do", "Row in your file"]
)
def test_single_heading_of_template_or_results_is_a_column_of_the_user(tmp_path, heading):
    def add(book):
        campaigns = book["Campaigns"]
        campaigns["S1"], campaigns["S2"] = heading, "signed by Dana"

    book = read(book_with(tmp_path, add))

    assert list(book.campaigns.frame[heading]) == ["signed by Dana", None]
    assert [problem.value for problem in book.problems] == [f"{heading} (S)"]


def test_second_heading_equal_to_one_of_the_results_is_a_user_column(tmp_path):
    def add(book):
        campaigns = book["Campaigns"]
        for index, heading in enumerate((*RESULT_HEADINGS, "result ", "Result"), start=19):
            campaigns.cell(1, index, heading)
            campaigns.cell(2, index, f"in column {index}")

    frame = read(book_with(tmp_path, add)).campaigns.frame

    own = {name: frame[name].iloc[0] for name in frame.columns if name not in CAMPAIGN_HEADINGS}
    assert own == {"result": "in column 24", "Result": "in column 25"}


def test_what_is_left_of_the_templates_live_columns_makes_no_row(tmp_path):
    def add(book):
        campaigns = book["Campaigns"]
        campaigns["S1"] = "Status"
        for row in range(2, 20):
            campaigns[f"S{row}"] = "#REF!"

    assert read(book_with(tmp_path, add)).campaigns.frame.index.tolist() == [2, 3]


def test_headings_without_campaigns_are_said_to_be_so(tmp_path):
    path = book_with(tmp_path, lambda book: book["Campaigns"].delete_rows(2, 2))

    assert str(refusal_of(path)) == (
        'The sheet "Campaigns" has no campaigns below its headings in row 1. '
        "Fill in one row per campaign and save the workbook."
    )


def test_a_sheet_with_nothing_on_it_has_no_heading_row(tmp_path):
    path = book_with(tmp_path, lambda book: book["Campaigns"].delete_rows(1, 3))

    assert str(refusal_of(path)).startswith('The sheet "Campaigns" has no heading row in its first 20 rows. ')


def test_calling_hours_without_rows_are_left_to_the_rules(tmp_path):
    path = book_with(tmp_path, lambda book: book["Calling hours"].delete_rows(2, 2))

    assert read(path).calling_hours.frame.shape == (0, len(HOURS_HEADINGS))


def test_the_good_rows_are_those_that_were_written(tmp_path):
    book = read(book_with(tmp_path, no_change))

    assert book.campaigns.frame.to_numpy().tolist() == in_order(CAMPAIGN_HEADINGS, CAMPAIGNS)
    assert book.calling_hours.frame.to_numpy().tolist() == in_order(HOURS_HEADINGS, HOURS)
