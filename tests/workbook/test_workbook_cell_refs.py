"""Places on a sheet in Excel's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.workbook.reader.cell_refs import (
    CellRange,
    column_index,
    column_letter,
    number_ranges,
    parse_cell_ref,
    parse_range,
)


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_have_letters(column, letters):
    assert column_letter(column) == letters
    assert column_index(letters) == column


@given(st.integers(0, 16383))
def test_a_column_is_found_by_its_letter(column):
    assert column_index(column_letter(column)) == column


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A1", (1, 0)),
        ("$G$7", (7, 6)),
        ("XFD1048576", (1_048_576, 16_383)),
        ("XFE1", None),
        ("A1048577", None),
        ("A0", None),
        ("1A", None),
        ("a1", None),
        ("", None),
        ("A1 ", None),
    ],
)
def test_a_place_is_read_or_it_is_none(text, place):
    assert parse_cell_ref(text) == place


def test_an_area_is_read_and_written_alike():
    assert parse_range("B5:D7") == CellRange(5, 1, 7, 3)
    assert str(CellRange(5, 1, 7, 3)) == "B5:D7"
    assert parse_range("B5") == CellRange(5, 1, 5, 1)
    assert parse_range("B5:") == CellRange(5, 1, 5, 1)
    assert parse_range("B:D") is None


def test_rows_are_listed_as_ranges():
    assert number_ranges([12, 5, 6, 7, 9, 7]) == "5-7, 9, 12"
    assert number_ranges([5, 6, 12], "B") == "B5-B6, B12"
    assert number_ranges([]) == ""


def test_very_many_rows_are_counted():
    assert number_ranges(range(1, 2001, 2)).endswith(", 77, 79 and 960 more")
