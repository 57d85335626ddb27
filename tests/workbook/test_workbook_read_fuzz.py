"""Whatever was done to a workbook, it is read and judged, or refused in words: no traceback, no crash, no hang."""

from __future__ import annotations

import pytest
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    changed,
    openpyxl_book,
    saved,
    with_cell,
    xlsxwriter_file,
)
from support.workbooks.workbook_fuzz import fates_of, mutant, originals_in


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Workbooks to be changed: of two programs, one with everything that is noted, one in another form."""
    folder = tmp_path_factory.mktemp("originals")
    saved(openpyxl_book(), folder / "openpyxl.xlsx")
    xlsxwriter_file(folder / "xlsxwriter.xlsx")
    book = openpyxl_book()
    sheet = book["Campaigns"]
    sheet["R2"], sheet["B3"], sheet["S1"], sheet["S9"] = "=1+1", "=A1", "Region", "x"
    sheet.row_dimensions[50].hidden = True
    sheet.column_dimensions["L"].hidden = True
    sheet.merge_cells("A40:B41")
    path = saved(book, folder / "noted.xlsx")
    with_cell(path, "F3", '<c t="e"><v>#N/A</v></c>')
    changed(
        saved(openpyxl_book(), folder / "rewritten.xlsx"),
        CAMPAIGNS_PART,
        ("<sheetData>", "<sheetData><!-- -->"),
    )
    return folder


def test_two_thousand_changed_workbooks_are_read_and_judged_or_refused(folder):
    bad, counts = fates_of(range(2_000), folder)

    assert bad == []
    assert counts["read"] + counts["refused"] == 2_000
    assert counts["read"] > 200, "the changes are so coarse that hardly any workbook is read"
    assert counts["refused"] > 200, "the changes are so slight that hardly any workbook is refused"


@pytest.mark.slow
def test_a_hundred_thousand_changed_workbooks_are_read_and_judged_or_refused(folder):
    bad, counts = fates_of(range(2_000, 102_000), folder)

    assert bad == []
    assert counts["read"] + counts["refused"] == 100_000


def test_the_same_seed_gives_the_same_workbook(folder):
    originals = originals_in(folder)

    assert [mutant(seed, originals) for seed in range(20)] == [mutant(seed, originals) for seed in range(20)]


def test_a_reading_process_that_dies_is_noticed_with_its_seed(tmp_path):
    bad, counts = fates_of(range(7, 9), tmp_path)  # no workbook to change in there: the process dies of it

    assert [fate.seed for fate in bad] == [7, 8]
    assert all("died or hung" in fate.what for fate in bad)
    assert counts == {"read": 0, "refused": 0}
