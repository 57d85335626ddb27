"""What a person sees is what is read, or the cell has a problem that shows both."""

from __future__ import annotations

import datetime as dt
import os

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.table import Table
from support.workbooks.problems import problem_texts
from support.workbooks.sheets import OFFICE, PREVIEW
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    changed,
    good_file,
    openpyxl_book,
    parts_of,
    saved,
    with_cell,
    zipped,
)

from bulkload.columns import CAMPAIGN_COLUMNS, RESULT_HEADINGS
from bulkload.errors import WorkbookError
from bulkload.model import ApiVersion, Level
from bulkload.rules.validate import validate
from bulkload.workbook.reader.number_formats import NumberFormat
from bulkload.workbook.reader.read import read
from bulkload.workbook.reader.sheet_checks import compare_shown

ATTEMPTS = "N"
"""The column of Max attempts."""


def book_with(tmp_path, change):
    """The workbook as read after this change to its campaigns."""
    book = openpyxl_book([PREVIEW], [OFFICE])
    change(book["Campaigns"])
    return read(saved(book, tmp_path / "campaigns.xlsx"))


def rich(*runs):
    """An inline text of runs: characters, or characters with a property's element."""
    marked = "".join(
        f"<r><t>{run}</t></r>" if isinstance(run, str) else f"<r><rPr>{run[1]}</rPr><t>{run[0]}</t></r>"
        for run in runs
    )
    return f'<c t="inlineStr"><is>{marked}</is></c>'


SUPER, SUB, STRIKE = '<vertAlign val="superscript"/>', '<vertAlign val="subscript"/>', "<strike/>"


@pytest.mark.parametrize(
    ("runs", "message"),
    [
        (("3", ("1", SUPER)), 'Max attempts has raised or lowered characters: it can be "31" or "3".'),
        (("3", ("1", SUB)), 'Max attempts has raised or lowered characters: it can be "31" or "3".'),
        ((("3", STRIKE), "1"), 'Max attempts has text that is struck through: it can be "31" or "1".'),
    ],
)
def test_characters_that_look_different_are_refused_with_both_readings(tmp_path, runs, message):
    path = with_cell(good_file(tmp_path), f"{ATTEMPTS}2", rich(*runs))

    [problem] = read(path).campaigns.problems

    assert (problem.level, problem.cell, problem.message) == (Level.ERROR, "N2", message)


def test_the_row_of_such_a_cell_is_not_sent(tmp_path):
    path = with_cell(good_file(tmp_path), f"{ATTEMPTS}2", rich("3", ("1", SUPER)))

    found = validate(read(path), ApiVersion.V2)

    assert [campaign.row for campaign in found.campaigns] == [3]
    assert [problem.code for problem in found.problems if problem.is_error] == ["max-attempts-raised-text"]


@pytest.mark.parametrize(
    "run", [("1", "<b/>"), ("1", '<strike val="0"/>'), (" ", STRIKE), ("1", '<vertAlign val="baseline"/>')]
)
def test_runs_that_read_the_same_are_no_news(tmp_path, run):
    path = with_cell(good_file(tmp_path), f"{ATTEMPTS}2", rich("3", run))

    assert read(path).campaigns.problems == ()


def test_a_mark_in_a_shared_text_is_found(tmp_path):
    text = CellRichText("Collections EN", TextBlock(InlineFont(vertAlign="superscript"), "2"))

    [problem] = book_with(tmp_path, lambda sheet: sheet.__setitem__("F2", text)).campaigns.problems

    assert (problem.heading, problem.code) == ("Queue", "queue-raised-text")


@pytest.mark.parametrize("place", ["R2", "S2"])
def test_marks_in_notes_and_own_columns_are_no_news(tmp_path, place):
    path = good_file(tmp_path)
    changed(
        path,
        CAMPAIGNS_PART,
        ("</c></row><row", '</c><c r="S1" t="inlineStr"><is><t>Region</t></is></c></row><row'),
    )
    with_cell(path, place, rich("3", ("1", SUPER)))

    assert read(path).campaigns.problems == ()


def struck(sheet, *places):
    for place in places:
        sheet[place].font = Font(strike=True)


def test_a_row_whose_filled_cells_are_all_struck_is_struck(tmp_path):
    book = openpyxl_book()
    for sheet in book.worksheets:
        struck(sheet, *(cell.coordinate for cell in sheet[2]))

    found = read(saved(book, tmp_path / "campaigns.xlsx"))

    assert (found.campaigns.struck_rows, found.calling_hours.struck_rows) == ({2}, {2})
    assert found.campaigns.problems == found.calling_hours.problems == ()


def test_a_single_struck_cell_is_refused(tmp_path):
    found = book_with(tmp_path, lambda sheet: struck(sheet, "F2")).campaigns

    assert found.struck_rows == frozenset()
    assert problem_texts(found.problems) == [
        (
            Level.ERROR,
            "Queue is struck through, but the row is not.",
            "Clear the strike-through if the value counts; otherwise change the value.",
            "Campaigns",
            2,
            "F",
            "Queue",
            "Collections EN",
        )
    ]


def test_comments_are_warnings_with_their_text(tmp_path):
    def change(sheet):
        sheet["F2"].comment = Comment("Dana:\nnot approved", "Dana")
        sheet["B2"].comment = Comment("What to do: change it", "bulkload")
        sheet["A1"].comment = Comment("above the rows", "Dana")

    found = book_with(tmp_path, change).campaigns

    assert found.comments == {(2, "Queue"): "not approved"}
    [problem] = found.problems
    assert (problem.level, problem.cell, problem.message) == (
        Level.WARNING,
        "F2",
        'The cell F2 has a comment: "not approved".',
    )


def test_threads_are_read_and_the_copy_for_older_programs_is_not(tmp_path):
    book = openpyxl_book([PREVIEW], [OFFICE])
    book["Campaigns"]["F2"].comment = Comment("[Threaded comment] Your version of Excel ...", "tc={1}")
    path = saved(book, tmp_path / "campaigns.xlsx")
    parts = parts_of(path)
    kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
    link = f'<Relationship Id="rIdT" Type="{kind}" Target="/xl/threadedComments/1.xml"/></Relationships>'
    relations = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[relations] = parts[relations].replace(b"</Relationships>", link.encode())
    parts["xl/threadedComments/1.xml"] = (
        b'<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        b'<threadedComment ref="F2" id="1"><text>stop?</text></threadedComment>'
        b'<threadedComment ref="F2" id="2" parentId="1"><text>yes</text></threadedComment></ThreadedComments>'
    )

    assert read(zipped(path, parts)).campaigns.comments == {(2, "Queue"): "stop? / yes"}


COLUMNS = {column.heading: column for column in CAMPAIGN_COLUMNS}


@pytest.mark.parametrize(
    ("heading", "code", "value", "expected"),
    [
        ("Retry period (minutes)", '0 "hours"', 2, "format-contradicts"),
        ("Retry period (minutes)", '0 "min"', 2, None),
        ("Max ring time (seconds)", '0"s"', 30, None),
        ("Max attempts", "0%", 3, "format-contradicts"),
        ("Priority", '[=1]"High";0', 1, "formatted-number"),
        ("Retry period (minutes)", "0,", 1000, "format-contradicts"),
        ("Retry period (minutes)", "#,##0", 1000, None),
        ("Retry period (minutes)", "0.00", 60, None),
        ("Max attempts", '0 "attempts"', 3, None),
        ("Max attempts", '"about "0', 3, "formatted-number"),
        ("Max attempts", "# ?/?", 3, "formatted-number"),
        ("Queue", "0000", 12, "formatted-number"),
        ("Caller ID", "0000", 12, None),
    ],
)
def test_a_number_is_compared_with_what_excel_shows(heading, code, value, expected):
    template = compare_shown(COLUMNS[heading], value, NumberFormat(code).shown(value))

    assert (template and template.code) == expected


def test_a_number_in_another_unit_is_refused_in_its_row(tmp_path):
    def change(sheet):
        sheet["O2"].value = 2
        sheet["O2"].number_format = '0 "hours"'

    [problem] = book_with(tmp_path, change).campaigns.problems

    assert (problem.level, problem.cell, problem.value) == (Level.ERROR, "O2", "2 hours")
    assert problem.message == 'Retry period (minutes) is the number 2, but Excel shows "2 hours".'


def test_what_a_date_shows_is_a_fact(tmp_path):
    book = openpyxl_book([PREVIEW], [OFFICE])
    cell = book["Calling hours"]["D2"]
    cell.value, cell.number_format = dt.datetime.fromisoformat("2026-12-07"), "dddd"

    assert read(saved(book, tmp_path / "campaigns.xlsx")).calling_hours.shown == {(2, "Day"): "Monday"}


def test_the_totals_row_of_a_table_is_a_fact_and_never_a_campaign(tmp_path):
    book = openpyxl_book()
    sheet = book["Campaigns"]
    sheet["A4"], sheet["B4"], sheet["N4"] = "All", "of them", 6
    table = Table(displayName="Campaigns1", ref="A1:R4", totalsRowCount=1)
    table._initialise_columns()
    for column, cell in zip(table.tableColumns, sheet[1], strict=True):
        column.name = cell.value
    sheet.add_table(table)

    found = read(saved(book, tmp_path / "campaigns.xlsx"))

    assert found.campaigns.totals_rows == {4}
    problems = validate(found, ApiVersion.V2).problems
    assert [(problem.row, problem.code) for problem in problems] == [(4, "campaign-name-totals-row")]


def results_book(campaign_id, ref="A1:W3"):
    """Our own results workbook, of which the AutoFilter hides the first row."""
    book = openpyxl_book()
    sheet = book["Campaigns"]
    for index, heading in enumerate(RESULT_HEADINGS, start=19):
        sheet.cell(1, index, heading)
    sheet["Q2"] = campaign_id
    sheet.auto_filter.ref = ref
    sheet.row_dimensions[2].hidden = True
    return book


def test_rows_with_an_id_that_our_own_results_filter_out_are_read_and_listed(tmp_path):
    found = read(saved(results_book("cd-1"), tmp_path / "campaigns.xlsx")).campaigns

    assert found.frame.index.tolist() == [2, 3]
    assert found.hidden_rows == {2}


@pytest.mark.parametrize(
    "book", [results_book(None), results_book("cd-1", ref=None), results_book("cd-1", ref="A5:W9")]
)
def test_other_hidden_rows_of_our_results_are_refused(tmp_path, book):
    with pytest.raises(WorkbookError, match="hidden or filtered out: 2"):
        read(saved(book, tmp_path / "campaigns.xlsx"))


@pytest.mark.parametrize("name", ["Cam\u200bpaigns", "\ufeffCampaigns", "Campaigns\xa0", "\uff23ampaigns"])
def test_tab_names_are_folded_as_headings_are(tmp_path, name):
    book = openpyxl_book()
    book["Campaigns"].title = name

    assert read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.name == name


@pytest.mark.parametrize("name", [b"caf\xe9.xlsx", b"x" * 250 + b".xlsx", "名".encode() * 83 + b".xlsx"])
def test_any_name_that_a_file_system_takes_is_read(tmp_path, name):
    path = tmp_path / os.fsdecode(name)
    path.write_bytes(good_file(tmp_path).read_bytes())

    assert len(read(path).campaigns.frame) == 2


def test_a_sensitivity_label_is_told_from_a_password(tmp_path):
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    path = tmp_path / "campaigns.xlsx"
    path.write_bytes(
        ole + "EncryptedPackage".encode("utf-16-le") + "DRMEncryptedDataSpace".encode("utf-16-le")
    )

    with pytest.raises(WorkbookError, match="encrypted by a sensitivity label"):
        read(path)


def test_a_default_type_of_macros_without_a_macro_is_no_news(tmp_path):
    path = good_file(tmp_path)
    macro = 'Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"'
    changed(path, "[Content_Types].xml", ("<Override", f"<Default {macro}/><Override"))

    assert read(path).problems == ()
