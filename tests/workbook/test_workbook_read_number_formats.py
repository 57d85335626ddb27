"""A number under a format that shows more than its digits is told of where a name is meant."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest
from support.workbooks.sheets import OFFICE, PREVIEW
from support.workbooks.workbook_files import openpyxl_book, saved, shown_by_libreoffice

from bulkload.model import Level
from bulkload.workbook.reader.number_formats import NumberFormat
from bulkload.workbook.reader.read import read


def problems(tmp_path, cells, rows=(PREVIEW,)):
    """What is said of a workbook in which these cells hold (value, format)."""
    book = openpyxl_book(list(rows), [OFFICE])
    for place, (value, code) in cells.items():
        cell = book["Campaigns"][place]
        cell.value, cell.number_format = value, code
    return read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.problems


def test_a_number_shown_with_zeros_is_told_of_with_its_cell(tmp_path):
    [problem] = problems(tmp_path, {"F2": (12, "0000")})

    assert (problem.level, problem.cell, problem.heading, problem.value) == (
        Level.WARNING,
        "F2",
        "Queue",
        "0012",
    )
    assert f"{problem.message} {problem.fix}" == (
        'Queue is the number 12, but Excel shows "0012". The digits 12 are used. '
        "If you mean what Excel shows, set the cell's format to Text and type it again."
    )


@pytest.mark.parametrize(
    ("number", "code", "shown"),
    [
        (12, "0000", '"0012"'),
        (25, "0%", '"2500%"'),
        (2025, '"$"#,##0', '"$2,025"'),
        (2025, "[$€-407]0", '"€2025"'),
        (2025, "[$USD-409]0", '"USD2025"'),
        (2025, "#,##0", '"2,025"'),
        (7, "0.00", '"7.00"'),
        (7, '0" lists"', '"7 lists"'),
        (7, "0\\x", '"7x"'),
        (7, "# ?/?", "something else"),
        (4155550123, "[<=9999999]###-####;(###) ###-####", "something else"),
    ],
)
def test_every_format_that_shows_more_than_the_digits_is_told_of(tmp_path, number, code, shown):
    [problem] = problems(tmp_path, {"A2": (number, code)})

    assert f"Campaign name is the number {number}, but Excel shows {shown}." in problem.message


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


def test_every_such_cell_has_a_problem_of_its_own_by_row_and_column(tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(4)]
    cells = {f"F{row}": (row, "0000") for row in (2, 3, 5)} | {"F4": (4, "0%"), "E3": (3, "0000")}

    found = problems(tmp_path, cells, rows)

    assert [(problem.cell, problem.value) for problem in found] == [
        ("F2", "0002"),
        ("E3", "0003"),
        ("F3", "0003"),
        ("F4", "400%"),
        ("F5", "0005"),
    ]


@pytest.mark.parametrize(
    "code", ["h:mm AM/PM", "yyyy-mm-dd", '[$-409]d" of "mmm;@', "mm:ss", 'h"時"mm"分"', "dddd"]
)
def test_a_format_of_dates_is_one(code):
    assert NumberFormat(code).is_date
    assert not NumberFormat(code).is_duration


@pytest.mark.parametrize(
    "code", ["General", "0", "0.00", '"day" 0', "[Red]0.0", "@", "0%", "#,##0", "0.0E+00", "\\d0"]
)
def test_a_format_of_numbers_is_none_of_dates(code):
    assert not NumberFormat(code).is_date
    assert not NumberFormat(code).is_duration


@pytest.mark.parametrize("code", ["[h]:mm", "[mm]:ss", "[s]"])
def test_a_format_of_elapsed_time_is_one(code):
    assert NumberFormat(code).is_duration


MONDAY = dt.datetime.fromisoformat("2026-12-07")

SHOWN = [
    ("00", 1234, "1234"),
    ("0000", 12, "0012"),
    ("0%", 25, "2500%"),
    ("0.0%", 0.125, "12.5%"),
    ("#,##0", 2025, "2,025"),
    ("0,", 1000, "1"),
    ("0.0,,", 1_500_000, "1.5"),
    ('0 "hours"', 2, "2 hours"),
    ('[=1]"High";[=2]"Low";0', 1, "High"),
    ('[=1]"High";[=2]"Low";0', 3, "3"),
    ("0;(0)", -5, "(5)"),
    ("0", -5, "-5"),
    ('0;-0;"none"', 0, "none"),
    ("0", 2.6, "3"),
    ("0.##", 2.5, "2.5"),
    ('"$"#,##0.00', 2025, "$2,025.00"),
    ("[$€-407]0", 7, "€7"),
    ("General", 12.5, "12.5"),
    ("# ?/?", 0.5, None),
    ("0.00E+00", 12, None),
    ("dddd", MONDAY, "Monday"),
    ("ddd d/m/yy", MONDAY, "Mon 7/12/26"),
    ("d mmmm yyyy", MONDAY, "7 December 2026"),
    ("h", dt.time(9, 30), "9"),
    ("hh:mm", dt.time(9, 5), "09:05"),
    ("h:mm AM/PM", dt.time(18, 30), "6:30 PM"),
    ("mm:ss", dt.time(9, 30, 15), "30:15"),
    ("[h]:mm", dt.timedelta(hours=36), "36:00"),
]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_a_value_is_shown_as_excel_shows_it(code, value, shown):
    assert NumberFormat(code).shown(value) == shown


LIBREOFFICE_CODES = (
    *(
        "0",
        "0.00",
        "#,##0",
        "0%",
        "0.0%",
        "0000",
        '0 "hours"',
        '"$"#,##0.00',
        "0;(0)",
        '0;-0;"none"',
        "0,",
        "0.#",
        "@",
    ),
    *('[=1]"High";[=2]"Low";0', "[Red]0", "0_)", "\\x0", "General"),
)
LIBREOFFICE_NUMBERS = (0, 1, 2, 3, 7, 12, 60, 999, 1000, 1440, 123456, -5, 2.5, 0.125, 99.99)
LIBREOFFICE_DATES = (
    "dddd",
    "ddd",
    "d/m/yy",
    "yyyy-mm-dd",
    "d mmmm yyyy",
    "mmm",
    "h:mm",
    "hh:mm:ss",
    "h:mm AM/PM",
    "h",
)
MOMENTS = tuple(
    map(dt.datetime.fromisoformat, ("2026-12-07 09:05:07", "2026-01-31 18:30", "2024-02-29 00:00"))
)


def test_what_is_shown_is_what_libreoffice_shows(tmp_path):
    cells = [(code, value) for code in LIBREOFFICE_CODES for value in LIBREOFFICE_NUMBERS]
    cells += [(code, moment) for code in LIBREOFFICE_DATES for moment in MOMENTS]
    book = openpyxl.Workbook()
    for row, (code, value) in enumerate(cells, start=1):
        cell = book.active.cell(row, 1, value)
        cell.number_format = code
    shown = shown_by_libreoffice(saved(book, tmp_path / "source.xlsx"))

    ours = [NumberFormat(code).shown(value) for code, value in cells]

    assert [
        (code, value, mine, theirs)
        for (code, value), mine, theirs in zip(cells, ours, shown, strict=True)
        if mine is not None and mine != theirs.rstrip()  # a gap such as _) is a space there
    ] == []
    assert ours.count(None) == 0
