"""Rows: blank ones skipped with the numbering kept, hidden, merged and too many ones told."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.worksheet.filters import FilterColumn, Filters
from support.workbooks.sheets import OFFICE, PREVIEW
from support.workbooks.workbook_files import (
    CAMPAIGN_HEADINGS,
    CAMPAIGNS_PART,
    HOURS_PART,
    changed,
    good_file,
    in_order,
    libreoffice_file,
    openpyxl_book,
    saved,
    with_cell,
    xlsxwriter_file,
)

from bulkload.errors import WorkbookError
from bulkload.model import Hidden, Level
from bulkload.workbook.reader.read import read


def refusal_of(path, **options):
    with pytest.raises(WorkbookError) as refusal:
        read(path, **options)
    return refusal.value


def many_rows():
    """A workbook whose campaigns stand in the rows 2 to 13, its calling hours in the rows 2 to 7."""
    campaigns = [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(2, 14)]
    return openpyxl_book(campaigns, [OFFICE | {"Calling hours": f"Hours {number}"} for number in range(2, 8)])


def test_blank_rows_are_skipped_and_the_others_keep_their_numbers(tmp_path):
    book = many_rows()
    sheet = book["Campaigns"]
    for row in (3, 4, 9):
        for cell in sheet[row]:
            cell.value = None
    for column in range(1, 19):
        sheet.cell(30, column).number_format = "@"
        sheet.cell(4000, column, "" if column == 2 else None)
    sheet["A5000"] = "after a gap"

    frame = read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.frame

    assert frame.index.tolist() == [2, 5, 6, 7, 8, 10, 11, 12, 13, 5000]
    assert frame["Campaign name"].tolist()[-1] == "after a gap"
    assert frame["Campaign name"].tolist()[:2] == ["Campaign 2", "Campaign 5"]


def test_row_with_only_a_note_beside_the_table_is_a_row(tmp_path):
    book = many_rows()
    book["Campaigns"]["U20"] = "what is this?"

    found = read(saved(book, tmp_path / "campaigns.xlsx"))

    frame = found.campaigns.frame
    assert frame.index.tolist()[-1] == 20
    assert frame["Column U"].tolist()[-1] == "what is this?"
    assert [(problem.cell, problem.message) for problem in found.problems] == [
        (
            "U20",
            'The sheet "Campaigns" has content in a column without a heading, starting at U20. It is not sent.',
        )
    ]


HIDDEN = (
    'The sheet "Campaigns" has rows that are hidden or filtered out: 3, 5-7. It is not clear whether you want them. '
    'Clear the filter and unhide the rows, or delete them. Or choose "include hidden" or "skip hidden".'
)


def hidden_book():
    book = many_rows()
    for row in (3, 5, 6, 7, 100):
        book["Campaigns"].row_dimensions[row].hidden = True
    return book


@pytest.mark.parametrize("program", ["openpyxl", "libreoffice"])
def test_hidden_rows_are_refused_and_listed(tmp_path, program):
    path = saved(hidden_book(), tmp_path / "campaigns.xlsx")
    if program == "libreoffice":
        path = libreoffice_file(tmp_path / "libreoffice.xlsx", path)

    assert str(refusal_of(path)) == HIDDEN


def test_rows_that_a_filter_hides_are_hidden(tmp_path):
    book = many_rows()
    sheet = book["Campaigns"]
    sheet.auto_filter.ref = "A1:R13"
    sheet.auto_filter.filterColumn.append(FilterColumn(colId=0, filters=Filters(filter=["Campaign 2"])))
    for row in range(3, 14):
        sheet.row_dimensions[row].hidden = True

    assert "hidden or filtered out: 3-13." in str(refusal_of(saved(book, tmp_path / "campaigns.xlsx")))


def test_rows_hidden_by_xlsxwriter_are_hidden(tmp_path):
    path = xlsxwriter_file(tmp_path / "campaigns.xlsx")
    changed(path, HOURS_PART, ('<row r="3" spans="1:6"', '<row r="3" spans="1:6" hidden="1"'))

    assert 'The sheet "Calling hours" has rows that are hidden or filtered out: 3.' in str(refusal_of(path))


def test_a_row_without_height_is_hidden(tmp_path):
    path = changed(good_file(tmp_path), CAMPAIGNS_PART, ('<row r="3"', '<row r="3" ht="0" customHeight="1"'))

    assert "hidden or filtered out: 3." in str(refusal_of(path))


def test_hidden_rows_of_both_sheets_are_listed_at_once(tmp_path):
    book = hidden_book()
    book["Calling hours"].row_dimensions[2].hidden = True

    refusal = refusal_of(saved(book, tmp_path / "campaigns.xlsx"))

    assert [problem.value for problem in refusal.problems] == ["3, 5-7", "2"]
    assert [problem.sheet for problem in refusal.problems] == ["Campaigns", "Calling hours"]


def test_hidden_rows_are_read_if_asked_for(tmp_path):
    book = read(saved(hidden_book(), tmp_path / "campaigns.xlsx"), hidden=Hidden.INCLUDE)

    assert book.campaigns.frame.index.tolist() == list(range(2, 14))
    assert book.problems == ()


def test_hidden_rows_are_left_out_if_asked_for_and_that_is_said(tmp_path):
    book = read(saved(hidden_book(), tmp_path / "campaigns.xlsx"), hidden=Hidden.SKIP)

    assert book.campaigns.frame.index.tolist() == [2, 4, 8, 9, 10, 11, 12, 13]
    [problem] = book.problems
    assert problem.level is Level.WARNING
    assert problem.message == 'Hidden rows of the sheet "Campaigns" were skipped, as you chose: 3, 5-7.'


def test_what_stands_in_skipped_rows_does_not_matter(tmp_path):
    book = hidden_book()
    sheet = book["Campaigns"]
    sheet.row_dimensions[13].hidden = True
    sheet.merge_cells("B13:C13")
    path = saved(book, tmp_path / "campaigns.xlsx")
    with_cell(path, "B5", "<c><f>1+1</f><v>2</v></c>")

    assert len(read(path, hidden=Hidden.SKIP).problems) == 1
    assert "B13:C13" in str(refusal_of(path, hidden=Hidden.INCLUDE))


def test_hidden_rows_above_and_below_the_table_do_not_matter(tmp_path):
    book = openpyxl_book()
    for sheet in book.worksheets:
        sheet.insert_rows(1, amount=3)
        sheet["A1"] = "instructions"
        for row in (1, 4, 50):
            sheet.row_dimensions[row].hidden = True

    assert len(read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.frame) == 2


def test_hidden_columns_are_read_with_a_warning(tmp_path):
    book = openpyxl_book()
    sheet = book["Campaigns"]
    sheet["S1"], sheet["S2"] = "Region", "North"
    sheet["U1"], sheet["V1"] = "Status", "What to fix"
    for column in ("L", "S", "U", "Z"):
        sheet.column_dimensions[column].hidden = True

    found = read(saved(book, tmp_path / "campaigns.xlsx"))

    assert found.campaigns.frame["Priority"].tolist() == [4, 4]
    assert [problem.message for problem in found.problems][1:] == [
        'The sheet "Campaigns" has hidden columns, which were read all the same: Priority (L) and Region (S).'
    ]
    assert {problem.level for problem in found.problems} == {Level.WARNING}


def test_merged_cells_in_the_data_are_refused_with_their_ranges(tmp_path):
    book = many_rows()
    book["Campaigns"].merge_cells("B5:B7")
    book["Campaigns"].merge_cells("D9:E9")
    book["Calling hours"].merge_cells("A2:A4")

    refusal = refusal_of(saved(book, tmp_path / "campaigns.xlsx"))

    assert [f"{problem.message} {problem.fix}" for problem in refusal.problems] == [
        (
            'The sheet "Campaigns" has merged cells among its rows: B5:B7 and D9:E9. It is not clear which rows they '
            "are for. Select them, use Home > Merge & Center > Unmerge Cells, and fill in every row."
        ),
        (
            'The sheet "Calling hours" has merged cells among its rows: A2:A4. It is not clear which rows they are '
            "for. Select them, use Home > Merge & Center > Unmerge Cells, and fill in every row."
        ),
    ]


def test_merged_cells_around_the_data_are_fine(tmp_path):
    book = openpyxl_book()
    sheet = book["Campaigns"]
    sheet.insert_rows(1, amount=3)
    sheet["A1"] = "Our campaigns"
    for area in ("A1:R2", "S4:T4", "A40:R41", "Z4:AB5"):
        sheet.merge_cells(area)

    assert len(read(saved(book, tmp_path / "campaigns.xlsx")).campaigns.frame) == 2


@pytest.mark.parametrize("area", ["F1:F2", "F1:F5", "F1:G2"])
def test_merge_from_the_headings_into_the_data_is_refused(tmp_path, area):
    book = openpyxl_book()
    book["Campaigns"].merge_cells(area)

    [problem] = refusal_of(saved(book, tmp_path / "campaigns.xlsx")).problems

    assert problem.value == area


@pytest.mark.parametrize(
    ("count", "hours"), [(10_001, "2.8"), (12_500, "3.5"), (49_000, "13.6"), (60_000, "16.7")]
)
def test_too_many_campaigns_are_refused_with_their_number_and_their_hours(tmp_path, count, hours):
    path = tmp_path / "campaigns.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Campaigns")
    sheet.append(CAMPAIGN_HEADINGS)
    [row] = in_order(["Campaign name"], [PREVIEW])
    for _ in range(count):
        sheet.append(row)
    hours_sheet = book.create_sheet("Calling hours")
    for row in openpyxl_book()["Calling hours"].iter_rows(values_only=True):
        hours_sheet.append(row)
    book.save(path)

    assert str(refusal_of(path)) == (
        f'The sheet "Campaigns" has {count:,} campaigns; 10,000 are accepted at most. They would take '
        f"about {hours} hours. Split the workbook into several with at most 10,000 campaigns each."
    )


def test_ten_thousand_campaigns_and_fifty_thousand_rows_of_hours_are_read(tmp_path):
    path = tmp_path / "campaigns.xlsx"
    xlsxwriter_file(
        path,
        [PREVIEW | {"Campaign name": f"Campaign {number}"} for number in range(10_000)],
        [OFFICE | {"Calling hours": f"Hours {number}"} for number in range(50_000)],
    )

    book = read(path)

    assert book.campaigns.frame.index.tolist() == list(range(2, 10_002))
    assert book.calling_hours.frame.index.tolist() == list(range(2, 50_002))
    assert book.campaigns.frame["Campaign name"].tolist() == [
        f"Campaign {number}" for number in range(10_000)
    ]
    assert book.calling_hours.frame["Calling hours"].tolist() == [
        f"Hours {number}" for number in range(50_000)
    ]
