"""Whatever form the XML has, the cells are the same; what can't be read as Excel would is damage."""

from __future__ import annotations

import re

import pytest
from support.workbook_files import (
    CAMPAIGNS_PART,
    HOURS_PART,
    MAIN,
    changed,
    good_file,
    parts_of,
    with_part,
    xlsxwriter_file,
    zipped,
)

from bulkload.errors import WorkbookError
from bulkload.workbook.reader.cell_refs import letter
from bulkload.workbook.reader.plain import is_near, is_simple, without_empty
from bulkload.workbook.reader.read import read

STRINGS_PART = "xl/sharedStrings.xml"


def with_prefixes(part):
    part = part.replace(b" xmlns=", b" xmlns:x=")
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", part)


def with_single_quotes(part):
    return re.sub(rb'="([^"]*)"', rb"='\1'", part)


def with_line_breaks(part):
    return part.replace(b"><", b">\r\n  <").replace(b"<t>\r\n", b"<t>")


def with_comments(part):
    return part.replace(b"<c ", b'<!-- <c r="XFD1048576"/> --><c ').replace(b"<si>", b"<!-- a --><si><?p i?>")


def with_cdata(part):
    part = re.sub(rb"<v>([^<]+)</v>", rb"<v><![CDATA[\1]]></v>", part)
    return re.sub(rb"<t>([^<]+)</t>", rb"<t><![CDATA[\1]]></t>", part)


def with_references(part):
    return re.sub(rb"<t>([A-Za-z])", lambda found: b"<t>&#x%x;" % ord(found[1]), part)


def without_positions(part):
    """As some small writers leave them out; no cell of the good workbook stands after an empty one then."""
    return re.sub(rb'<row r="[0-9]+"', b"<row", re.sub(rb'<c r="[A-Z]+[0-9]+"', b"<c", part))


def in_utf_16(part):
    text = re.sub(r"^<\?xml[^>]*\?>", "", part.decode())
    return f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def in_windows_1252(part):
    text = re.sub(r"^<\?xml[^>]*\?>", "", part.decode())
    return f'<?xml version="1.0" encoding="windows-1252"?>{text}'.encode("windows-1252")


FORMS = [
    with_prefixes,
    with_single_quotes,
    with_line_breaks,
    with_comments,
    with_cdata,
    with_references,
    in_utf_16,
    in_windows_1252,
]


def cells_of(path):
    book = read(path)
    return [
        (sheet.heading_row, sheet.letters, sheet.frame.index.tolist(), sheet.frame.to_numpy().tolist())
        for sheet in (book.campaigns, book.calling_hours)
    ]


@pytest.mark.parametrize("write", [good_file, lambda folder: xlsxwriter_file(folder / "campaigns.xlsx")])
@pytest.mark.parametrize("form", FORMS)
def test_another_form_of_the_xml_gives_the_same_cells(tmp_path, form, write):
    path = write(tmp_path)
    expected = cells_of(path)
    parts = parts_of(path)
    for name in (CAMPAIGNS_PART, HOURS_PART, STRINGS_PART, "xl/workbook.xml", "xl/styles.xml"):
        if name in parts:
            parts[name] = form(parts[name])
    zipped(path, parts)

    assert cells_of(path) == expected


def test_a_sheet_without_positions_is_read_from_the_left(tmp_path):
    path = good_file(tmp_path)
    expected = cells_of(path)[1]
    parts = parts_of(path)

    zipped(path, parts | {HOURS_PART: without_positions(parts[HOURS_PART])})

    assert cells_of(path)[1] == expected


def test_parts_are_found_whatever_their_case_and_slashes(tmp_path):
    path = good_file(tmp_path)
    expected = cells_of(path)
    parts = {
        name.replace("/", "\\").replace("sheet1", "SHEET1"): part for name, part in parts_of(path).items()
    }

    zipped(path, parts)

    assert cells_of(path) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<row r="3"', '<row r="2"'),
        ('<c r="B3"', '<c r="B2"'),
        ('<c r="B3"', '<c r="A3"'),
        ('<c r="B3"', '<c r="b3"'),
        ('<c r="B3"', '<c r="B3" s="-1"'),
        ('<row r="3"', '<row r="1048577"'),
        ('<row r="3"', '<row r="0"'),
        ("</row></sheetData>", "</row>"),
        ("</sheetData>", '</sheetData><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'),
        ("<t>US office</t>", "<t>US\x01office</t>"),
        ("<t>US office</t>", "<t>US&nbsp;office</t>"),
        ("<t>US office</t>", "<t>US&#0;office</t>"),
        ("<t>US office</t>", "<t>US office"),
        ("</worksheet>", ""),
        ("</worksheet>", "</worksheet><worksheet/>"),
        ("</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:XFE1"/></mergeCells>'),
        ("<sheetData>", '<cols><col min="x" max="2" hidden="1"/></cols><sheetData>'),
    ],
)
def test_a_sheet_that_excel_would_have_to_repair_is_damaged(tmp_path, old, new):
    path = changed(good_file(tmp_path), HOURS_PART, (old, new))

    with pytest.raises(WorkbookError, match=r"'campaigns\.xlsx' is damaged: "):
        read(path)


def test_text_that_is_not_utf_8_is_damaged(tmp_path):
    path = good_file(tmp_path)
    with_part(path, HOURS_PART, parts_of(path)[HOURS_PART].replace(b"US office", b"US \xff office"))

    with pytest.raises(WorkbookError, match="the sheet 'Calling hours' can't be read"):
        read(path)


def test_a_large_part_in_another_form_is_refused_before_it_takes_minutes(tmp_path):
    path = good_file(tmp_path)
    changed(path, HOURS_PART, ("<sheetData>", "<sheetData>" + " " * 51_000_000))

    with pytest.raises(WorkbookError, match=r"sheet2\.xml', that unpacks to more than 50 MB"):
        read(path)


def row(cell, number=5):
    return f'<row r="{number}">{cell}</row>'.encode()


@pytest.mark.parametrize("column", range(702))
def test_near_means_the_first_200_columns(column):
    rows = row(f'<c r="{letter(column)}5"><v>1</v></c>')

    assert is_near(rows) is (column < 200)
    assert is_simple(rows) is (column < 200)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A5"/>',
        '<c r="A5" s="1" />',
        '<c r="A5" s="1"></c>',
        '<c r="A5" t="s"><v></v></c>',
        '<c r="A5"><v /></c>',
        '<c r="A5" t="inlineStr"><is><t></t></is></c>',
        '<c r="A5" t="inlineStr"><is><t/></is></c>',
        '<c r="A5" t="str"><v></v></c>',
    ],
)
def test_a_cell_without_content_is_dropped(cell):
    filled = '<c r="B5"><v>1</v></c>'

    assert without_empty(row(cell)) == b""
    assert without_empty(row(cell + filled)) == row(filled)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A5" t="e"><v>#N/A</v></c>',
        '<c r="A5"><v>-1</v></c>',
        '<c r="A5"><f>1</f><v>1</v></c>',
        '<c r="A5" t="d"><v>2026-01-01</v></c>',
        '<c r="A5" t="str"><v>x</v></c>',
    ],
)
def test_a_cell_with_something_to_note_is_near_but_not_simple(cell):
    assert is_near(row(cell))
    assert not is_simple(row(cell))


@pytest.mark.parametrize(
    "rows",
    [
        row('<c r="A6"><v>1</v></c>'),
        row('<c r="A5"><v>NaN</v></c>'),
        row('<c r="A5"><v>1</v></c> '),
        row('<c r="A5" t="inlineStr"><is><t> x</t></is></c>'),
        row('<c r="A5" t="z"><v>1</v></c>'),
        row('<x:c r="A5"><v>1</v></x:c>'),
        b"<row><c><v>1</v></c></row>",
        row("<!-- -->"),
        f'<worksheet xmlns="{MAIN}"/>'.encode(),
    ],
)
def test_what_is_not_in_plain_form_is_not_taken_for_it(rows):
    assert not is_near(rows)
    assert not is_near(without_empty(rows))
