"""Places on a sheet in Excel's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.workbook.reader.cell_refs import Area, area_of, column_of, in_words, letter, place_of


@pytest.mark.parametrize(
    ("column", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (199, "GR"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")],
)
def test_columns_have_letters(column, letters):
    assert letter(column) == letters
    assert column_of(letters) == column


@given(st.integers(0, 16383))
def test_a_column_is_found_by_its_letter(column):
    assert column_of(letter(column)) == column


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
    assert place_of(text) == place


def test_an_area_is_read_and_written_alike():
    assert area_of("B5:D7") == Area(5, 1, 7, 3)
    assert str(Area(5, 1, 7, 3)) == "B5:D7"
    assert area_of("B5") == Area(5, 1, 5, 1)
    assert area_of("B5:") == Area(5, 1, 5, 1)
    assert area_of("B:D") is None


def test_rows_are_listed_as_ranges():
    assert in_words([12, 5, 6, 7, 9, 7]) == "5-7, 9, 12"
    assert in_words([5, 6, 12], "B") == "B5-B6, B12"
    assert in_words([]) == ""


def test_very_many_rows_are_counted():
    assert in_words(range(1, 2001, 2)).endswith(", 77, 79 and 960 more")
