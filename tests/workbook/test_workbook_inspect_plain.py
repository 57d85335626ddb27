"""Whatever form the XML has, the cells are the same; what can't be read as Excel would is damage."""

from __future__ import annotations

import re

import pytest
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    HOURS_PART,
    MAIN,
    changed,
    good_file,
    parts_of,
    with_cell,
    with_part,
    xlsxwriter_file,
    zipped,
)

from bulkload.errors import WorkbookError
from bulkload.workbook.reader.cell_refs import column_letter
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

    with pytest.raises(WorkbookError, match=r'"campaigns\.xlsx" is damaged: '):
        read(path)


def test_text_that_is_not_utf_8_is_damaged(tmp_path):
    path = good_file(tmp_path)
    with_part(path, HOURS_PART, parts_of(path)[HOURS_PART].replace(b"US office", b"US \xff office"))

    with pytest.raises(WorkbookError, match='the sheet "Calling hours" can\'t be read'):
        read(path)


def test_a_large_part_in_another_form_is_refused_before_it_takes_minutes(tmp_path):
    path = good_file(tmp_path)
    changed(path, HOURS_PART, ("<sheetData>", "<sheetData>" + " " * 51_000_000))

    with pytest.raises(WorkbookError, match=r'sheet2\.xml" has a single element of more than 4 MB'):
        read(path)


def with_first_note(folder, element):
    """A good workbook with this cell under Notes in row 2."""
    return with_cell(good_file(folder), "R2", element)


@pytest.mark.parametrize("column", [0, 25, 26, 199])
def test_the_first_200_columns_are_read(tmp_path, column):
    reference = f"{column_letter(column)}9"
    cell = f'<row r="9"><c r="{reference}"><v>1</v></c></row></sheetData>'
    path = changed(good_file(tmp_path), CAMPAIGNS_PART, ("</sheetData>", cell))

    assert 1 in read(path).campaigns.frame.loc[9].tolist()


@pytest.mark.parametrize("column", [200, 701, 702, 16_383])
def test_the_columns_behind_them_are_not(tmp_path, column):
    reference = f"{column_letter(column)}9"
    cell = f'<row r="9"><c r="{reference}"><v>1</v></c></row></sheetData>'
    path = changed(good_file(tmp_path), CAMPAIGNS_PART, ("</sheetData>", cell))

    with pytest.raises(WorkbookError, match=f"The cell {reference} "):
        read(path)


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
def test_a_cell_without_content_makes_no_row(tmp_path, cell):
    row = f'<row r="5">{cell}</row><row r="6">{cell.replace("A5", "A6")}<c r="B6"><v>1</v></c></row></sheetData>'
    path = changed(good_file(tmp_path), CAMPAIGNS_PART, ("</sheetData>", row))

    frame = read(path).campaigns.frame

    assert frame.index.tolist() == [2, 3, 6]
    assert frame.loc[6, "Campaign name"] is None


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ('<c r="B9" s="1"/><c><v>5</v></c>', "Dialing mode"),
        ("<c/><c/><c><v>5</v></c>", "Dialing mode"),
        ('<c r="A9"><v>1</v></c><c/><c><v>5</v></c>', "Dialing mode"),
    ],
)
def test_a_cell_without_a_position_follows_the_one_before_it(tmp_path, cells, expected):
    path = changed(
        good_file(tmp_path), CAMPAIGNS_PART, ("</sheetData>", f'<row r="9">{cells}</row></sheetData>')
    )

    assert read(path).campaigns.frame.loc[9, expected] == 5


@pytest.mark.parametrize(
    "element",
    [
        "<c><v>3</v><v>1</v></c>",
        "<c><f>1</f><f>2</f><v>1</v></c>",
        "<c><v>3<x/>1</v></c>",
        '<c t="inlineStr"><is><t>3</t></is><is><t>1</t></is></c>',
        '<c s="1" s="2"><v>1</v></c>',
        '<c><v attribute="a" attribute="b">1</v></c>',
    ],
)
def test_a_cell_that_says_two_things_is_damage(tmp_path, element):
    with pytest.raises(WorkbookError, match=r"'campaigns\.xlsx' is damaged: ".replace("'", '"')):
        read(with_first_note(tmp_path, element))


@pytest.mark.parametrize("noise", ["<!-- {} -->", "<?rows {} ?>"])
def test_rows_in_comments_and_processing_instructions_are_no_rows(tmp_path, noise):
    path = good_file(tmp_path)
    part = parts_of(path)[CAMPAIGNS_PART].decode()
    begin, end = part.index("<sheetData>"), part.index("</sheetData>") + len("</sheetData>")
    hidden = noise.format(part[begin:end].replace("--", ""))
    with_part(path, CAMPAIGNS_PART, part[:begin] + hidden + "<sheetData/>" + part[end:])

    with pytest.raises(WorkbookError, match='The sheet "Campaigns" has no heading row'):
        read(path)


def test_rows_in_cdata_are_text(tmp_path):
    path = with_first_note(tmp_path, '<c t="inlineStr"><is><t><![CDATA[<row r="9"/>]]></t></is></c>')

    assert read(path).campaigns.frame["Notes"].tolist() == ['<row r="9"/>', None]


@pytest.mark.parametrize("second", ["<sheetData/>", "<sheetData></sheetData>"])
def test_a_second_table_is_damage_even_without_rows(tmp_path, second):
    path = changed(good_file(tmp_path), HOURS_PART, ("</sheetData>", f"</sheetData>{second}"))

    with pytest.raises(WorkbookError, match="it has two tables of cells"):
        read(path)


@pytest.mark.parametrize("text", ["PT9H30M", "-PT1H", "24:00:00", "24:00", "2026-11-21T24:00:00", "P1DT2H"])
def test_a_time_that_no_type_can_hold_is_that_cells_text(tmp_path, text):
    path = with_first_note(tmp_path, f'<c t="d"><v>{text}</v></c>')

    assert read(path).campaigns.frame["Notes"].tolist() == [text, None]


def test_a_formula_whose_result_is_an_empty_shared_text_is_empty(tmp_path):
    path = with_first_note(tmp_path, '<c t="s"><f>""</f><v>0</v></c>')
    parts = parts_of(path)
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdS" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", link).encode()
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}"><si><t/></si></sst>'.encode()

    assert read(zipped(path, parts)).campaigns.frame["Notes"].tolist() == [None, None]
