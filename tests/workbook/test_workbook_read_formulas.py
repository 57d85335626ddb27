"""Errors and formulas: what was calculated, what was not, and what is neither empty nor text."""

from __future__ import annotations

import pytest
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    changed,
    good_file,
    libreoffice_file,
    openpyxl_book,
    saved,
    with_cell,
)
from support.workbooks.workbook_notes import as_kinds, notes_of, one_column, xlsxwriter_notes

from bulkload.model import ErrorCell, Level, UncalculatedCell
from bulkload.workbook.reader.read import read

ERRORS = [
    "#N/A",
    "#REF!",
    "#NAME?",
    "#VALUE!",
    "#DIV/0!",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
]


@pytest.mark.parametrize("error", ERRORS)
def test_an_error_is_neither_empty_nor_text(tmp_path, error):
    path = with_cell(good_file(tmp_path), "F2", f'<c t="e"><v>{error}</v></c>')

    assert read(path).campaigns.frame["Queue"].tolist() == [ErrorCell(error), None]


def test_errors_by_libreoffice_are_errors(tmp_path):
    source = saved(one_column(["=1/0", "=NA()", '="x"']), tmp_path / "source.xlsx")
    path = libreoffice_file(tmp_path / "campaigns.xlsx", source)

    assert read(path).campaigns.frame["Notes"].tolist()[2:] == [ErrorCell("#DIV/0!"), ErrorCell("#N/A"), "x"]


def test_formulas_without_a_saved_result_are_not_calculated(tmp_path):
    path = saved(one_column(["=1+1", '=A1&" <b>"']), tmp_path / "campaigns.xlsx")

    assert notes_of(path) == [UncalculatedCell("1+1"), UncalculatedCell('A1&" <b>"')]


def test_a_row_of_nothing_but_a_formula_without_a_result_is_there(tmp_path):
    book = openpyxl_book()
    book["Campaigns"]["A900"] = "=A1"

    frame = read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.frame

    assert frame.index.tolist() == [2, 3, 900]
    assert frame.loc[900, "Campaign name"] == UncalculatedCell("A1")


def test_formulas_give_their_saved_result_and_are_noted_once_per_column(tmp_path):
    def write(sheet):
        for row in range(3, 8):
            sheet.write_formula(row, 1, '="Reminder "&ROW()', None, f"Reminder {row + 1}")
            sheet.write_formula(row, 11, "=2+3", None, 5)
        sheet.write_formula(9, 1, "=TRUE()", None, True)
        sheet.write_formula(9, 11, "=NA()", None, "#N/A")

    book = read(xlsxwriter_notes(tmp_path, write))

    frame = book.campaigns.frame
    assert frame["Description"].tolist()[2:] == [*(f"Reminder {row}" for row in range(4, 9)), True]
    assert as_kinds(frame["Priority"].tolist()[2:]) == as_kinds([5, 5, 5, 5, 5, ErrorCell("#N/A")])
    assert [
        (problem.level, problem.column, problem.heading, problem.message) for problem in book.problems
    ] == [
        (
            Level.WARNING,
            "B",
            "Description",
            (
                'The column "Description" of the sheet "Campaigns" has formulas in B4-B8, B10. '
                "Their saved results are used."
            ),
        ),
        (
            Level.WARNING,
            "L",
            "Priority",
            (
                'The column "Priority" of the sheet "Campaigns" has formulas in L4-L8. '
                "Their saved results are used."
            ),
        ),
    ]


FORMULAS = [
    ('<c><f t="shared" ref="R2:R3" si="0">ROW()*2</f><v>4</v></c>', 4),
    ('<c t="str"><f>"a"</f><v>a</v></c>', "a"),
    ('<c t="str"><f>"a"</f><v></v></c>', None),
    ('<c t="str"><f>"a"</f><v/></c>', None),
    ('<c t="b"><f>TRUE()</f><v>1</v></c>', True),
    ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', ErrorCell("#DIV/0!")),
    ('<c><f t="array" ref="R2">SUM(A1:A2)</f><v>3</v></c>', 3),
    ('<c cm="1"><f t="array" ref="R2">_xlfn.UNIQUE(A1:A2)</f><v>3</v></c>', 3),
    ('<c><f ca="1">NOW()</f></c>', UncalculatedCell("NOW()")),
    ("<c><f>NOW()</f><v></v></c>", UncalculatedCell("NOW()")),
    ("<c><f>NOW()</f><v/></c>", UncalculatedCell("NOW()")),
    ('<c t="str"><f>"a"</f></c>', UncalculatedCell('"a"')),
    ('<c t="b"><f>TRUE()</f></c>', UncalculatedCell("TRUE()")),
    ("<c><f>-1</f><v>-1</v></c>", -1),
    ('<c t="inlineStr"><f>"a"</f><is><t>a</t></is></c>', "a"),
    ("<c><f>" + "1+" * 100 + "1</f></c>", UncalculatedCell("1+" * 30)),
]


@pytest.mark.parametrize(("element", "expected"), FORMULAS)
@pytest.mark.parametrize("form", ["plain", "rewritten"])
def test_a_formula_gives_its_saved_result_or_itself(tmp_path, element, expected, form):
    if form == "rewritten":
        element = element.replace("</c>", "<!-- --></c>")
    path = with_cell(good_file(tmp_path), "R2", element)

    book = read(path)

    assert as_kinds(book.campaigns.frame["Notes"]) == as_kinds([expected, None])
    assert len(book.problems) == (not isinstance(expected, UncalculatedCell | ErrorCell))


@pytest.mark.parametrize("form", ["plain", "rewritten"])
def test_cells_that_share_a_formula_show_it_each(tmp_path, form):
    remark = "<!-- -->" if form == "rewritten" else ""
    path = with_cell(
        good_file(tmp_path), "R2", f'<c><f t="shared" ref="R2:R3" si="0">ROW()*2</f>{remark}</c>'
    )
    row_3 = f'<c r="R3"><f t="shared" si="0"/>{remark}</c></row></sheetData>'
    changed(path, CAMPAIGNS_PART, ("</row></sheetData>", row_3))

    assert read(path).campaigns.frame["Notes"].tolist() == [UncalculatedCell("ROW()*2")] * 2
