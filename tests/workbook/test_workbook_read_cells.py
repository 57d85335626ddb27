"""Cells are delivered exactly as the file holds them, whichever program wrote it."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from support.workbooks.workbook_files import (
    HOURS_PART,
    MAIN,
    good_file,
    libreoffice_file,
    openpyxl_book,
    parts_of,
    saved,
    with_cell,
    with_part,
    xlsxwriter_file,
    zipped,
)
from support.workbooks.workbook_notes import as_kinds, notes_of, one_column, xlsxwriter_notes

from bulkload.errors import WorkbookError
from bulkload.workbook.reader.read import read

TEXTS = [
    "NA",
    "N/A",
    "#N/A as text",
    "None",
    "null",
    "nan",
    "NaN",
    "TRUE",
    "false",
    "0012",
    "1E5",
    "1e400",
    "12345678901234567890",
    "=SUM(A1)",
    "'apostrophe",
    "+14155550123",
    "2026-01-01",
    "9:00",
    "a, b; c/d|e",
    "tab\tinside",
    "line\nbreak",
    "two  spaces",
    " at the edges ",
    "\xa0no break\xa0",
    "\u200bzero width\u200b",
    "<b>&amp;</b> \"quotes\" 'single'",
    "emoji 😀👩‍👩‍👧",
    "العربية",
    "日本語 テキスト",
    "é",
    "e\u0301",
    "\ufeffmark",
    "]]>",
    "-",
    "#",
    "%",
]
ESCAPED = ["_x000D_", "x_x0041_y", "a_x0041_b_x0042_c"]
"""Texts that look like the escapes of control characters. Excel and xlsxwriter escape their first underscore;
openpyxl does not, so a workbook by openpyxl that holds _x0041_ says A, in Excel too."""
NUMBERS = [
    0,
    1,
    -1,
    5,
    0.5,
    -0.25,
    0.1,
    0.375,
    1e-9,
    123456789012345,
    1234567890123456,
    14155550123,
    1e20,
    9.99e307,
    1e-300,
]


def test_texts_by_openpyxl_come_back_unchanged(tmp_path):
    book = one_column(TEXTS)
    for cell in book["Campaigns"]["R"][3:]:
        cell.data_type = "s"  # openpyxl would take =SUM(A1) for a formula

    assert notes_of(saved(book, tmp_path / "campaigns.xlsx")) == TEXTS


def test_texts_by_xlsxwriter_come_back_unchanged(tmp_path):
    def write(sheet):
        for row, text in enumerate(TEXTS + ESCAPED, start=3):
            sheet.write_string(row, 17, text)

    assert notes_of(xlsxwriter_notes(tmp_path, write)) == TEXTS + ESCAPED


def test_texts_by_libreoffice_come_back_unchanged(tmp_path):
    book = one_column(TEXTS)
    for cell in book["Campaigns"]["R"][3:]:
        cell.data_type = "s"
    source = saved(book, tmp_path / "source.xlsx")

    assert notes_of(libreoffice_file(tmp_path / "campaigns.xlsx", source)) == TEXTS


def test_numbers_by_openpyxl_come_back_as_numbers(tmp_path):
    path = saved(one_column(NUMBERS), tmp_path / "campaigns.xlsx")

    expected = [int(number) if float(number).is_integer() else number for number in NUMBERS]
    assert as_kinds(notes_of(path)) == as_kinds(expected)


def test_a_number_with_a_point_and_no_fraction_is_whole(tmp_path):
    path = with_cell(good_file(tmp_path), "R3", "<c><v>5.0</v></c>")

    assert as_kinds(read(path).campaigns.frame["Notes"]) == as_kinds([None, 5])


def test_truths_are_no_numbers(tmp_path):
    path = saved(one_column([True, False, 1, 0, "TRUE"]), tmp_path / "campaigns.xlsx")

    assert as_kinds(notes_of(path)) == as_kinds([True, False, 1, 0, "TRUE"])


day = dt.datetime.fromisoformat

DATES = [
    ("h:mm", 0.375, dt.time(9, 0)),
    ("h:mm AM/PM", 0.7708333333333334, dt.time(18, 30)),
    ("[$-409]h:mm AM/PM;@", 0.75, dt.time(18, 0)),
    ('h"時"mm"分"', 0.5, dt.time(12, 0)),
    ("h:mm", 0, dt.time(0, 0)),
    ("h:mm:ss", 0.999988425925926, dt.time(23, 59, 59)),
    ("[h]:mm", 1, dt.timedelta(hours=24)),
    ("[h]:mm", 0.375, dt.timedelta(hours=9)),
    ("[h]:mm", 1.5, dt.timedelta(hours=36)),
    ("[h]:mm", -0.5, dt.timedelta(hours=-12)),
    ("yyyy-mm-dd", 46000, day("2025-12-09")),
    ("m/d/yyyy h:mm", 46000.395833333336, day("2025-12-09 09:30")),
    ("h:mm", 1.375, day("1900-01-01 09:00")),
    ("yyyy-mm-dd", -1, -1),
    ("h:mm", -0.5, -0.5),
    ("yyyy-mm-dd", 3_000_000, 3_000_000),
    ("yyyy-mm-dd", 2_958_465, day("9999-12-31")),
    ("yyyy-mm-dd", -9e307, int(-9e307)),
    ("[h]:mm", 9e307, int(9e307)),
    ("[h]:mm", -1e20, int(-1e20)),
    ("0.00", 0.375, 0.375),
    ("@", 5, 5),
    ('"day" 0', 5, 5),
    ("0%", 0.5, 0.5),
    ("[Red]0.0", 1.5, 1.5),
]


@pytest.mark.parametrize(("style", "number", "expected"), DATES)
@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter"])
def test_number_is_a_date_time_or_duration_by_its_format(tmp_path, program, style, number, expected):
    path = tmp_path / "campaigns.xlsx"
    if program == "openpyxl":
        book = one_column([number])
        book["Campaigns"]["R4"].number_format = style
        book.save(path)
    else:
        with xlsxwriter.Workbook(str(path)) as book:
            for sheet in openpyxl_book().worksheets:
                target = book.add_worksheet(sheet.title)
                for row, values in enumerate(sheet.iter_rows(values_only=True)):
                    target.write_row(row, 0, [str(value) for value in values])
            book.worksheets()[0].write_number(3, 17, number, book.add_format({"num_format": style}))

    assert as_kinds(read(path).campaigns.frame["Notes"].tolist()[2:]) == as_kinds([expected])


def test_days_are_counted_from_1904_where_the_workbook_says_so(tmp_path):
    book = one_column([day("2026-11-21"), dt.time(9, 0), dt.timedelta(hours=30)])
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    path = saved(book, tmp_path / "campaigns.xlsx")
    assert b'date1904="1"' in parts_of(path)["xl/workbook.xml"]

    assert notes_of(path) == [day("2026-11-21"), dt.time(9, 0), dt.timedelta(hours=30)]


@pytest.mark.parametrize("minutes", range(0, 1440, 7))
def test_a_time_by_libreoffice_or_excel_is_exact_to_the_minute(tmp_path, minutes):
    """Both write 15 digits, so 9:30 stands there as 0.395833333333333."""
    path = with_cell(good_file(tmp_path), "E3", f'<c s="1"><v>{minutes / 1440:.15g}</v></c>', part=HOURS_PART)

    assert read(path).calling_hours.frame["Start"].tolist()[1] == dt.time(minutes // 60, minutes % 60)


KINDS = [
    ('<c t="inlineStr"><is><t>plain</t></is></c>', "plain"),
    (
        '<c t="inlineStr"><is><r><t>rich</t></r><r><rPr><b/></rPr><t xml:space="preserve"> text</t></r></is></c>',
        "rich text",
    ),
    ('<c t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></is></c>', "東京"),
    ('<c t="inlineStr"><is><t> edges </t></is></c>', " edges "),
    ('<c t="inlineStr"><is><t></t></is></c>', None),
    ('<c t="inlineStr"><is/></c>', None),
    ('<c t="inlineStr"><v>odd</v></c>', "odd"),
    ('<c t="str"><v> odd </v></c>', " odd "),
    ('<c t="str"><v></v></c>', None),
    ('<c t="b"><v>true</v></c>', True),
    ('<c t="d"><v>2026-11-21</v></c>', day("2026-11-21")),
    ('<c t="d"><v>2026-11-21T09:30:00Z</v></c>', day("2026-11-21 09:30")),
    ('<c t="d"><v>09:30:00</v></c>', dt.time(9, 30)),
    ("<c><v>1E3</v></c>", 1000),
    ('<c s="1"><v>4.6000375E+4</v></c>', day("2025-12-09 09:00")),
    ("<c><v>14155550123</v></c>", 14155550123),
    ("<c><v>123456789.5</v></c>", 123456789.5),
    ('<c t="str"><v>14155550123</v></c>', "14155550123"),
    ('<c t="str"><v>-5</v></c>', "-5"),
    ("<c><v>+5</v></c>", 5),
    ("<c><v>.5</v></c>", 0.5),
    ("<c><v> 5 </v></c>", 5),
    ("<c><v>1.0E-2</v></c>", 0.01),
    ("<c><v>-0</v></c>", 0),
    ('<c s="1" t="n"><v>0.375</v></c>', dt.time(9, 0)),
    ('<c t="n" s="1"><v>0.375</v></c>', dt.time(9, 0)),
    ('<c s="65535"><v>0.375</v></c>', 0.375),
    ('<c t="s"/>', None),
    ('<c t="inlineStr"><is><t>&#65;&#x1F600;&lt;&amp;&gt;&quot;&apos;</t></is></c>', "A😀<&>\"'"),
    ('<c t="inlineStr"><is><t>a&#13;b</t></is></c>', "a\rb"),
    ('<c t="inlineStr"><is><t>a_x000D_b_x0041_ _x005F_x000D_</t></is></c>', "a\rbA _x000D_"),
    ('<c t="inlineStr"><is><t>a\r\nb</t></is></c>', "a\nb"),
    ('<c t="inlineStr"><is><t><![CDATA[<a>&amp;]]></t></is></c>', "<a>&amp;"),
]


@pytest.mark.parametrize(("element", "expected"), KINDS)
def test_every_way_to_write_a_cell_is_read(tmp_path, element, expected):
    path = good_file(tmp_path)
    with_cell(path, "R2", element.replace("/>", "></c>") if element.endswith('t="s"/>') else element)

    assert as_kinds(read(path).campaigns.frame["Notes"]) == as_kinds([expected, None])


@pytest.mark.parametrize(
    "element",
    [
        "<c><v>abc</v></c>",
        "<c><v>NaN</v></c>",
        "<c><v>INF</v></c>",
        "<c><v>1e999</v></c>",
        "<c><v>1_000</v></c>",
        "<c><v>0x10</v></c>",
        '<c t="b"><v>2</v></c>',
        '<c t="s"><v>99999</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="e"><v>N/A</v></c>',
        '<c t="d"><v>yesterday</v></c>',
        '<c t="d"><v>2026-13-01</v></c>',
        '<c t="money"><v>5</v></c>',
    ],
)
def test_value_of_the_wrong_kind_is_damage_and_not_a_guess(tmp_path, element):
    path = with_cell(good_file(tmp_path), "R2", element)

    with pytest.raises(WorkbookError, match=r'"campaigns\.xlsx" is damaged: '):
        read(path)


SHARED = [
    ("<t>plain</t>", "plain"),
    ('<t xml:space="preserve"> edges </t>', " edges "),
    ("<t> edges </t>", " edges "),
    ("<t>\xa0edges\xa0</t>", "\xa0edges\xa0"),
    ("<r><t>rich</t></r><r><rPr><b/></rPr><t> text</t></r>", "rich text"),
    ('<t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/>', "東京"),
    ("<t/>", None),
    ("<t></t>", None),
    ("", None),
    ("<t> </t>", " "),
    ("<t>a&#10;b</t>", "a\nb"),
]


@pytest.mark.parametrize("number", range(len(SHARED)))
@pytest.mark.parametrize("together", [True, False])
def test_every_way_to_write_a_shared_text_is_read(tmp_path, number, together):
    path = with_cell(good_file(tmp_path), "R2", f'<c t="s"><v>{number if together else 0}</v></c>')
    elements = [f"<si>{text}</si>" for text, _ in (SHARED if together else [SHARED[number]])]
    parts = parts_of(path)
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rIdS" Type="{kind}" Target="/xl/sharedStrings.xml"/></Relationships>'
    parts["xl/_rels/workbook.xml.rels"] = relations.replace("</Relationships>", link).encode()
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}" count="9">{"".join(elements)}</sst>'.encode()

    assert read(zipped(path, parts)).campaigns.frame["Notes"].tolist() == [SHARED[number][1], None]


def test_rich_text_by_openpyxl_is_its_characters(tmp_path):
    text = CellRichText("Loan ", TextBlock(InlineFont(b=True), "reminder "), "in December")

    assert notes_of(saved(one_column([text]), tmp_path / "campaigns.xlsx")) == ["Loan reminder in December"]


def test_rich_text_by_xlsxwriter_is_its_characters(tmp_path):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        bold = book.add_format({"bold": True})
        book.add_worksheet().write_rich_string(0, 0, "Loan ", bold, " reminder")
    strings = parts_of(content)["xl/sharedStrings.xml"]
    path = xlsxwriter_file(tmp_path / "campaigns.xlsx")
    part = parts_of(path)["xl/sharedStrings.xml"]
    inner = strings[strings.index(b"<si>") : strings.index(b"</sst>")]

    with_part(path, "xl/sharedStrings.xml", part.replace(b"<si><t>Loan reminder</t></si>", inner))

    assert read(path).campaigns.frame["Campaign name"].tolist()[0] == "Loan  reminder"


def test_the_frame_holds_objects_and_no_empty_text(tmp_path):
    frame = read(saved(one_column(["", 5, "x", True]), tmp_path / "campaigns.xlsx")).campaigns.frame

    assert {str(kind) for kind in frame.dtypes} == {"object"}
    assert frame["Notes"].tolist() == [None, None, 5, "x", True]
    assert frame.index.tolist() == [2, 3, 5, 6, 7]
