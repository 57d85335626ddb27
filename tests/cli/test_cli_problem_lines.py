"""The same mistake is told once, with its cells, the most harmful first, folded at the window's width."""

from __future__ import annotations

from bulkload.cli.problem_lines import group_problems, problem_lines
from bulkload.messages import error, quoted, warning
from bulkload.model import Level, Problem

EMPTY = error("empty", "{heading} is empty.", "Type the name of the list.")
LONG = warning("long", '"{value}" is long.', "Shorten it, if you can, to what people need to know about it.")


def empty(row: int) -> Problem:
    return EMPTY.problem(sheet="Campaigns", row=row, column="G", heading="DNC list")


def lines(problems: list[Problem], width: int = 80) -> list[str]:
    return [line for block in problem_lines(group_problems(problems), width=width) for line in block]


def test_forty_rows_with_one_mistake_are_one_line() -> None:
    assert lines([empty(row) for row in range(6, 46)]) == [
        "  \x1b[31m✗\x1b[0m G6-G45: DNC list is empty. Type the name of the list."
    ]


def test_rows_that_are_no_neighbours_are_named_apart() -> None:
    assert lines([empty(6), empty(7), empty(9)])[0].endswith(
        "G6-G7, G9: DNC list is empty. Type the name of the list."
    )


def test_many_ranges_are_counted() -> None:
    found = lines([empty(row) for row in range(6, 46, 2)], width=200)
    assert found[0].endswith(
        "G6, G8, G10, G12, G14, G16, G18, G20 and 12 more: DNC list is empty. Type the name of the list."
    )


def test_errors_stand_above_warnings_and_larger_groups_above_smaller_ones() -> None:
    one = Problem(Level.ERROR, quoted("One cell is wrong.", "Type another."), "Campaigns", 7, "C", "Queue")
    long = LONG.problem(sheet="Campaigns", row=6, column="B", heading="Description", value="words")
    texts = [group.text for group in group_problems([long, one, empty(6), empty(7)])]
    assert texts == ["DNC list is empty.", "Queue: One cell is wrong.", 'Description: "words" is long.']


def test_the_sheet_is_named_where_two_sheets_have_problems() -> None:
    hours = EMPTY.problem(sheet="Calling hours", row=3, column="D", heading="Day")
    assert [line.partition("\x1b[0m ")[2] for line in lines([empty(6), hours])] == [
        "Campaigns G6: DNC list is empty. Type the name of the list.",
        "Calling hours D3: Day is empty. Type the name of the list.",
    ]


def test_lines_are_folded_at_the_windows_width() -> None:
    long = LONG.problem(sheet="Campaigns", row=6, column="B", heading="Description", value="words " * 8)
    assert all(
        len(line.replace("\x1b[33m", "").replace("\x1b[0m", "")) <= 60 for line in lines([long], width=60)
    )


def test_what_people_typed_cannot_speak_to_the_terminal() -> None:
    evil = LONG.problem(
        sheet="Campaigns", row=6, column="B", heading="Description", value="a\x1b[2Jb {resume:x}"
    )
    assert "\x1b[2J" not in lines([evil])[0]
    assert "{resume:x}" in lines([evil])[0]


def test_a_row_without_a_column_is_named_as_a_row() -> None:
    struck = Problem(Level.ERROR, quoted("The row is struck out."), "Campaigns", 8)
    again = Problem(Level.ERROR, quoted("The row is struck out."), "Campaigns", 9)
    assert lines([struck, again]) == ["  \x1b[31m✗\x1b[0m rows 8-9: The row is struck out."]
