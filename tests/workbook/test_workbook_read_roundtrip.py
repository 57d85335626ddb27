"""Whatever is written into a cell comes back: no character changed, no number turned into text or back."""

from __future__ import annotations

import datetime as dt
import io
import re
import tempfile
from pathlib import Path

import openpyxl
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks.workbook_files import CAMPAIGN_HEADINGS, CAMPAIGNS, HOURS, HOURS_HEADINGS, in_order

from bulkload.workbook.reader.read import read

CHARACTERS = st.characters(
    codec="utf-8", exclude_categories=("Cs",), exclude_characters=[*map(chr, range(32)), "\ufffe", "\uffff"]
) | st.sampled_from("\t\n <>&'\"=+-@_x;0159eENAé\u200b\xa0")
"""What XML can hold, those that mean something to somebody more often; a carriage return is XML's line feed."""

TEXTS = st.text(CHARACTERS, min_size=1, max_size=40)
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(-1e300, 1e300, allow_subnormal=False)
TIMES = st.builds(dt.time, st.integers(0, 23), st.integers(0, 59))
ESCAPE = re.compile("_x[0-9a-fA-F]{4}_")
QUICK = settings(max_examples=150, deadline=None)


def rows_with(values):
    """The campaigns sheet's rows with these values under Notes; the first two rows are good ones."""
    return [
        CAMPAIGN_HEADINGS,
        *in_order(CAMPAIGN_HEADINGS, CAMPAIGNS),
        *in_order(CAMPAIGN_HEADINGS, [{"Campaign name": "row", "Notes": value} for value in values]),
    ]


def notes_in(write):
    """What is read under Notes from the workbook that ``write(path)`` writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "campaigns.xlsx")
        write(path)
        return read(path).campaigns.frame["Notes"].tolist()[2:]


def by_openpyxl(values):
    def write(path):
        book = openpyxl.Workbook()
        for sheet, rows in (
            (book.active, rows_with(values)),
            (book.create_sheet("Calling hours"), [HOURS_HEADINGS, *in_order(HOURS_HEADINGS, HOURS)]),
        ):
            for number, row in enumerate(rows, start=1):
                for column, value in enumerate(row, start=1):
                    cell = sheet.cell(number, column, value)
                    if isinstance(value, str):
                        cell.data_type = "s"  # or a text that begins with = becomes a formula
        book.active.title = "Campaigns"
        book.save(path)

    return notes_in(write)


def by_xlsxwriter(values, **options):
    def write(path):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, options) as book:
            clock = book.add_format({"num_format": "hh:mm"})
            for name, rows in (
                ("Campaigns", rows_with(values)),
                ("Calling hours", [HOURS_HEADINGS, *in_order(HOURS_HEADINGS, HOURS)]),
            ):
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    for column, value in enumerate(row):
                        _write(sheet, number, column, value, clock)
        path.write_bytes(content.getvalue())

    return notes_in(write)


def _write(sheet, row, column, value, clock):
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, dt.time):
        sheet.write_datetime(row, column, value, clock)
    elif value is not None:
        sheet.write_number(row, column, value)


def as_kinds(values):
    return [(type(value), value) for value in values]


def as_read(number):
    """A number as a cell can hold it: a double, a whole one without its point."""
    return int(float(number)) if float(number).is_integer() else float(number)


@QUICK
@given(st.lists(TEXTS.filter(lambda text: not ESCAPE.search(text)), max_size=20))
def test_a_text_by_openpyxl_comes_back_unchanged(texts):
    assert by_openpyxl(texts) == texts


@QUICK
@given(
    st.lists(TEXTS.filter(lambda text: not re.search("_x[0-9a-fA-F]{4}_x", text)), max_size=20), st.booleans()
)
def test_a_text_by_xlsxwriter_comes_back_unchanged(texts, in_one_pass):
    assert by_xlsxwriter(texts, constant_memory=in_one_pass) == texts


@QUICK
@given(st.lists(NUMBERS | st.booleans() | TIMES, max_size=20))
def test_numbers_truths_and_times_by_openpyxl_come_back_unchanged(values):
    expected = [value if isinstance(value, bool | dt.time) else as_read(f"{value:.16g}") for value in values]

    assert as_kinds(by_openpyxl(values)) == as_kinds(expected)


@QUICK
@given(st.lists(NUMBERS | st.booleans() | TIMES, max_size=20))
def test_numbers_truths_and_times_by_xlsxwriter_come_back_unchanged(values):
    expected = [value if isinstance(value, bool | dt.time) else as_read(f"{value:.16G}") for value in values]

    assert as_kinds(by_xlsxwriter(values)) == as_kinds(expected)
