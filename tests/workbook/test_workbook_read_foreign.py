"""The same two campaigns are read alike, whichever spreadsheet program wrote them (``support/foreign``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.foreign.write import FOLDER, ROWS

from bulkload.model import ApiVersion
from bulkload.rules.validate import validate
from bulkload.workbook.reader.read import read

PROGRAMS = (
    "exceljs",
    "gnumeric",
    "libreoffice",
    "libreoffice-ods",
    "openpyxl",
    "pandas",
    "sheetjs",
    "xlsxwriter",
)


def test_there_is_a_file_of_every_program():
    assert sorted(path.stem for path in Path(FOLDER).glob("*.xlsx")) == sorted(PROGRAMS)


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_workbook_is_read_alike_whichever_program_wrote_it(program):
    book = read(FOLDER / f"{program}.xlsx")

    assert book.problems == ()
    for sheet in (book.campaigns, book.calling_hours):
        headings, *rows = ROWS[sheet.name]
        assert list(sheet.frame.columns) == headings
        assert sheet.frame.to_numpy().tolist() == rows
        assert sheet.frame.index.tolist() == [2, 3]
        assert sheet.problems == ()
    assert [campaign.row for campaign in validate(book, ApiVersion.V2).campaigns] == [2, 3]
