"""Files made to do harm, or that do it by accident, are answered within 5 s and 150 MB."""

from __future__ import annotations

import hashlib
import itertools
import zipfile

import openpyxl
import pytest
from support.workbooks.workbook_child import read_in_child
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    MAIN,
    changed,
    good_file,
    openpyxl_book,
    parts_of,
    saved,
    with_part,
    xlsxwriter_file,
    zipped,
)

from bulkload.errors import WorkbookError
from bulkload.workbook.reader.read import read

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in itertools.pairwise("abcdefghi"))
    + f']><sst xmlns="{MAIN}"><si><t>&i;&i;&i;&i;&i;&i;&i;&i;&i;&i;</t></si></sst>'
)


def test_a_cell_in_excels_last_corner_is_named_and_takes_no_memory(tmp_path):
    book = openpyxl_book()
    book["Campaigns"]["XFD1048576"] = "far"
    path = saved(book, tmp_path / "far.xlsx")
    assert path.stat().st_size < 10_000

    answer = read_in_child(path)

    assert answer.refused == (
        'The cell XFD1048576 of the sheet "Campaigns" is too far away. At most 50,000 rows and 200 columns are '
        "read. Go to the cell (Ctrl+G, XFD1048576), delete its row or column or move its content, "
        "and save."
    )
    assert answer.is_within_budget, answer


def test_a_billion_laughs_are_not_heard(tmp_path):
    path = with_part(good_file(tmp_path), "xl/sharedStrings.xml", LAUGHS)

    answer = read_in_child(path)

    assert 'its part "xl/sharedStrings.xml" declares a document type' in answer.refused
    assert answer.is_within_budget, answer


@pytest.mark.parametrize("part", [CAMPAIGNS_PART, "xl/styles.xml", "xl/media/image1.xml"])
def test_a_bomb_of_one_gigabyte_is_refused_by_its_directory(tmp_path, part):
    path = good_file(tmp_path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        name = f"xl/bomb/{part.rpartition('/')[2]}"
        with archive.open(name, "w") as bomb:
            for _ in range(1000):
                bomb.write(b" " * 1_000_000)
    parts_renamed = path.read_bytes().replace(name.encode(), name.replace("bomb", "boom").encode())
    path.write_bytes(parts_renamed)

    answer = read_in_child(path)

    assert f'"xl/boom/{part.rpartition("/")[2]}" unpacks to more than 300 MB' in answer.refused
    assert answer.is_within_budget, answer


SST = f'<sst xmlns="{MAIN}">'.encode()
WORKSHEET = f'<worksheet xmlns="{MAIN}">'.encode()
LONG_TEXT = b"<si><t>" + b"x" * 32_000 + b"</t></si>"
WIDE_ROW = b"<row>" + b"<c><v>1.5</v></c>" * 200 + b"</row>"
BOMBS = {
    "long texts": ("xl/sharedStrings.xml", SST, LONG_TEXT, 9_000, b"</sst>", "takes more than 64 MB"),
    "short texts": (
        "xl/sharedStrings.xml",
        SST,
        b"<si><t>ab</t></si>",
        15_000_000,
        b"</sst>",
        "more than 64 MB",
    ),
    "one text": ("xl/sharedStrings.xml", SST + b"<si><t>", b"x" * 1_000, 250_000, b"", "more than 4 MB"),
    "runs": ("xl/sharedStrings.xml", SST + b"<si>", b"<r/>", 60_000_000, b"", "more than 4 MB"),
    "a deep element": (CAMPAIGNS_PART, WORKSHEET, b"<a>", 90_000_000, b"", "more than 4 MB"),
    "spaces": (CAMPAIGNS_PART, WORKSHEET + b"<sheetData>", b" " * 1_000, 290_000, b"", "more than 4 MB"),
    "full rows": (CAMPAIGNS_PART, WORKSHEET + b"<sheetData>", WIDE_ROW, 80_000, b"", "more than 64 MB"),
    "a long row": (
        CAMPAIGNS_PART,
        WORKSHEET + b"<sheetData><row>",
        b"<c/>",
        70_000_000,
        b"",
        "more than 4 MB",
    ),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_within_the_limits_of_the_zip_is_bounded_by_what_is_kept(tmp_path, name):
    part, head, piece, count, tail, message = BOMBS[name]
    good = xlsxwriter_file(tmp_path / "good.xlsx")
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, content in parts_of(good).items():
            if other != part:
                archive.writestr(other, content)
        with archive.open(part, "w") as bomb:
            bomb.write(head)
            batch = 1 + 1_000_000 // len(piece)
            for _ in range(count // batch):
                bomb.write(piece * batch)
            bomb.write(tail)

    answer = read_in_child(path)

    assert message in (answer.refused or "")
    assert answer.is_within_budget, answer


def test_zip_bomb_is_unpacked_no_further_than_its_false_size(tmp_path):
    path = good_file(tmp_path)
    parts = parts_of(path) | {CAMPAIGNS_PART: b" " * 250_000_000}
    zipped(path, parts)
    content = path.read_bytes()
    true_size = (250_000_000).to_bytes(4, "little")
    assert content.count(true_size) >= 1
    path.write_bytes(content.replace(true_size, (1_000).to_bytes(4, "little")))

    answer = read_in_child(path)

    assert "is damaged" in answer.refused
    assert answer.is_within_budget, answer


@pytest.mark.parametrize(
    "row",
    [
        '<row r="{0}" s="1" customFormat="1"><c r="A{0}" s="1"/><c r="B{0}" s="1"/><c r="R{0}" s="1" /></row>',
        '<row r="{0}" s="1" customFormat="1"/>',
        '<row r="{0}"><c r="A{0}" s="1" t="s"><v></v></c><c r="B{0}" s="1"></c></row>',
    ],
    ids=["cells", "rows", "cells with an empty value"],
)
def test_formatting_down_to_the_last_row_does_not_change_what_is_read(tmp_path, row):
    parts = parts_of(good_file(tmp_path))
    path = tmp_path / "formatted.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            head, end, tail = content.partition(b"</sheetData>")
            with archive.open(name, "w") as part:
                part.write(head)
                for number in range(4, 1_048_577) if end else ():
                    part.write(row.format(number).encode())
                part.write(end + tail)

    answer = read_in_child(path)

    assert (answer.campaigns, answer.hours) == (2, 2)
    assert answer.megabytes <= 150, answer
    assert answer.seconds <= 60, answer  # 4 million elements


def test_empty_columns_to_the_far_right_do_not_change_the_sheet(tmp_path):
    path = good_file(tmp_path)
    changed(path, CAMPAIGNS_PART, ("</row></sheetData>", '<c r="XFD3" s="1"/></row></sheetData>'))

    assert len(read(path).campaigns.frame) == 2


def test_a_workbook_of_more_than_a_thousand_parts_is_refused(tmp_path):
    path = good_file(tmp_path)
    zipped(path, parts_of(path) | {f"xl/media/image{number}.png": b"" for number in range(1001)})

    with pytest.raises(WorkbookError, match="has more than 1000 parts"):
        read(path)


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"])
def test_a_list_of_millions_is_refused_unread(tmp_path, part):
    path = good_file(tmp_path)
    head, begin, rest = parts_of(path)[part].partition(b"><")
    with_part(path, part, head + b">" + b"<xf/>" * 11_000_000 + begin[1:] + rest)

    answer = read_in_child(path)

    assert f'"{part}" unpacks to more than 50 MB' in answer.refused
    assert answer.is_within_budget, answer


def test_a_directory_of_a_million_entries_takes_no_memory(tmp_path):
    path = tmp_path / "many.xlsx"
    entry = b"PK\x01\x02" + bytes(24) + (1).to_bytes(2, "little") + bytes(16) + b"x"
    path.write_bytes(b"PK\x03\x04" + entry * 1_000_000 + b"PK\x05\x06" + bytes(18))

    answer = read_in_child(path)

    assert "has more than 1000 parts" in answer.refused
    assert answer.is_within_budget, answer


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "xl/workbook.xml", CAMPAIGNS_PART, "docProps/core.xml", "xl/comments1.xml"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused_in_whatever_part_it_stands(tmp_path, part, encoding):
    path = good_file(tmp_path)
    text = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x SYSTEM "http://example.org/x.dtd"><x/>'
    with_part(path, part, text.encode(encoding))

    with pytest.raises(WorkbookError, match="declares a document type") as refusal:
        read(path)
    assert f'"{part}"' in str(refusal.value)


def test_a_prolog_that_does_not_end_is_refused(tmp_path):
    path = good_file(tmp_path)
    with_part(path, "docProps/core.xml", b"<?xml version='1.0'?>" + b" " * 100_000 + b"<!DOCTYPE x><x/>")

    with pytest.raises(WorkbookError, match="declares a document type"):
        read(path)


@pytest.mark.parametrize("place", ["A50021", "GS5", "A1048576", "XFD1"])
def test_content_beyond_the_limits_is_named(tmp_path, place):
    book = openpyxl_book()
    book["Calling hours"][place] = 1
    path = saved(book, tmp_path / "far.xlsx")

    with pytest.raises(WorkbookError, match=f'The cell {place} of the sheet "Calling hours" is too far away'):
        read(path)


@pytest.mark.parametrize("place", ["A50001", "GR5"])
def test_content_at_the_limits_is_read(tmp_path, place):
    book = openpyxl_book()
    book["Calling hours"][place] = "last"
    path = saved(book, tmp_path / "near.xlsx")

    assert "last" in read(path).calling_hours.frame.to_numpy()


def test_the_limit_of_rows_is_counted_below_the_headings(tmp_path):
    book = openpyxl_book()
    book["Calling hours"]["A50002"] = "one too many, with the headings in row 1"
    path = saved(book, tmp_path / "far.xlsx")

    with pytest.raises(WorkbookError, match='The cell A50002 of the sheet "Calling hours" is too far away'):
        read(path)


@pytest.mark.parametrize(
    ("filled", "first"),
    [
        (("C50002", "E50002", "A50003", "B50020"), "C50002"),
        (("F50010", "A50021"), "A50021"),
        (("A50001", "B50019", "A50020"), "B50019"),
        (("HA3", "GZ3", "HB2"), "HB2"),
    ],
)
def test_first_far_cell_with_content_is_named_by_message_and_problem(tmp_path, filled, first):
    book = openpyxl_book()
    for place in filled:
        book["Calling hours"][place] = "far"

    with pytest.raises(WorkbookError) as refusal:
        read(saved(book, tmp_path / "far.xlsx"))

    [problem] = refusal.value.problems
    assert problem.cell == first
    assert problem.message.startswith(f'The cell {first} of the sheet "Calling hours" is too far away')


@pytest.mark.parametrize("change", ["hidden", "formula", "error", "prefix"])
def test_a_far_cell_is_found_whatever_else_the_sheet_holds(tmp_path, change):
    book = openpyxl_book()
    book["Campaigns"]["XFD1048576"] = "far"
    path = saved(book, tmp_path / "far.xlsx")
    match change:
        case "hidden":
            changed(path, CAMPAIGNS_PART, ('<row r="2"', '<row r="2" hidden="1"'))
        case "formula":
            changed(
                path,
                CAMPAIGNS_PART,
                (
                    '<c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c>',
                    '<c r="XFD1048576"><f>1+1</f><v></v></c>',
                ),
            )
        case "error":
            changed(
                path,
                CAMPAIGNS_PART,
                (
                    '<c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c>',
                    '<c r="XFD1048576" t="e"><v>#N/A</v></c>',
                ),
            )
        case "prefix":
            changed(
                path,
                CAMPAIGNS_PART,
                ('<c r="XFD1048576" t="inlineStr"><is><t>far</t></is></c>', "<c r='XFD1048576'><v>1</v></c>"),
            )

    answer = read_in_child(path)

    assert 'The cell XFD1048576 of the sheet "Campaigns" is too far away' in answer.refused


def test_defusedxml_is_there_for_every_library_that_asks():
    assert openpyxl.DEFUSEDXML


def test_noise_after_a_zip_signature_is_refused(tmp_path):
    path = tmp_path / "noise.xlsx"
    path.write_bytes(b"PK\x03\x04" + hashlib.shake_256(b"noise").digest(10_000) + b"PK\x05\x06" + bytes(18))

    with pytest.raises(WorkbookError, match=r'"noise\.xlsx" is'):
        read(path)
