"""Cells under Notes, where anything may stand: written by a program, read back."""

from __future__ import annotations

import datetime as dt

import openpyxl
import xlsxwriter
from support.workbooks.workbook_files import openpyxl_book, xlsxwriter_file

from bulkload.workbook.reader.read import read


def one_column(values):
    """A book with these values under Notes, in rows of their own."""
    book = openpyxl_book()
    sheet = book["Campaigns"]
    for row, value in enumerate(values, start=4):
        sheet.cell(row, 18, value)
    return book


def notes_of(path, *, problems=()):
    book = read(path)
    assert [problem.message for problem in book.problems] == list(problems)
    return book.campaigns.frame["Notes"].tolist()[2:]


def as_kinds(values):
    """Values with their types, for 1 == True == 1.0."""
    return [(type(value), value) for value in values]


def xlsxwriter_notes(tmp_path, write):
    """A good workbook by xlsxwriter, whose notes from row 4 on ``write(sheet)`` has written."""
    path = tmp_path / "campaigns.xlsx"
    good = openpyxl.load_workbook(xlsxwriter_file(path))
    with xlsxwriter.Workbook(str(path)) as book:
        for sheet in good.worksheets:
            target = book.add_worksheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None and not isinstance(cell.value, dt.time):
                        target.write(cell.row - 1, cell.column - 1, cell.value)
            if sheet.title == "Campaigns":
                write(target)
    return path
