"""A number under a format that shows more than its digits is told of where a name is meant."""

from __future__ import annotations

import pytest
from support.sheets import OFFICE, PREVIEW
from support.workbook_files import openpyxl_book, saved

from bulkload.model import Level
from bulkload.workbook.reader.number_formats import shown_in, telling_formats
from bulkload.workbook.reader.package import Styles
from bulkload.workbook.reader.read import read


def problems(tmp_path, cells, rows=(PREVIEW,)):
    """What is said of a workbook in which these cells hold (value, format)."""
    book = openpyxl_book(list(rows), [OFFICE])
    for place, (value, code) in cells.items():
        cell = book["Campaigns"][place]
        cell.value, cell.number_format = value, code
    return read(saved(book, tmp_path / "campaigns.xlsx")).problems


def test_a_number_shown_with_zeros_is_told_of_with_its_cell(tmp_path):
    [problem] = problems(tmp_path, {"F2": (12, "0000")})

    assert (problem.level, problem.cell, problem.heading, problem.value) == (
        Level.WARNING,
        "F2",
        "Queue",
        "F2",
    )
    assert f"{problem.message} {problem.fix}" == (
        "In the sheet 'Campaigns', the column 'Queue' has numbers that look different in Excel, in F2: F2 is the "
        "number 12, and its format shows 0012. The digits alone are taken. If more than the digits is meant, set the "
        "cell's format to Text and type it as it should be."
    )


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (12, "0000", "0012"),
        (25, "0%", "2500%"),
        (2025, '"$"#,##0', "something else"),
        (2025, "[$€-407]0", "something else"),
        (2025, "[$USD-409]0", "something else"),
        (2025, "#,##0", "something else"),
        (7, "0.00", "something else"),
        (7, '0" lists"', "something else"),
        (7, "0\\x", "something else"),
        (4155550123, "[<=9999999]###-####;(###) ###-####", "something else"),
    ],
)
def test_every_format_that_shows_more_than_the_digits_is_told_of(tmp_path, number, code, shown):
    [problem] = problems(tmp_path, {"A2": (number, code)})

    assert f"A2 is the number {number}, and its format shows {shown}." in problem.message


@pytest.mark.parametrize("code", ["General", "0", "@", "#", "0_)", "0_);(0)", "[Red]0", "[$-409]General"])
def test_a_format_that_shows_the_digits_alone_is_no_news(tmp_path, code):
    assert problems(tmp_path, {"F2": (12, code)}) == ()


@pytest.mark.parametrize("place", ["H2", "N2", "R2", "S2"])
def test_a_number_where_none_of_our_names_is_meant_is_no_news(tmp_path, place):
    found = problems(tmp_path, {"S1": ("Region", "General"), place: (12, "0000")})

    assert [problem.heading for problem in found if problem.heading] == []


@pytest.mark.parametrize("value", ["0012", "Loans", 12.5, True])
def test_a_text_under_such_a_format_is_no_news(tmp_path, value):
    assert problems(tmp_path, {"F2": (value, "0000")}) == ()


def test_cells_of_one_column_and_format_are_told_of_together(tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(4)]
    cells = {f"F{row}": (row, "0000") for row in (2, 3, 5)} | {"F4": (4, "0%"), "E3": (3, "0000")}

    found = problems(tmp_path, cells, rows)

    assert [(problem.cell, problem.value) for problem in found] == [
        ("E3", "E3"),
        ("F4", "F4"),
        ("F2", "F2-F3, F5"),
    ]


def test_formats_of_dates_and_plain_numbers_are_not_looked_for():
    own = {
        164: "h:mm AM/PM",
        165: "yyyy-mm-dd",
        166: "[h]:mm",
        167: "0",
        168: "0000",
        169: '[$-409]d" of "mmm;@',
    }
    styles = Styles(own, (0, 1, 49, 14, 22, 46, 164, 165, 166, 167, 168, 169, 3, 9, 170))

    assert telling_formats(styles) == {10: "0000", 12: "#,##0", 13: "0%", 14: ""}


def test_a_number_that_zeros_do_not_reach_is_shown_whole():
    assert shown_in("00", 1234) == "1234"
