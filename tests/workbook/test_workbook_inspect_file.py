"""The content says what a file is, whatever its name says, and each kind has its way out."""

from __future__ import annotations

import hashlib
import os
import zipfile

import openpyxl
import pytest
from support.workbooks.workbook_files import (
    CAMPAIGNS_PART,
    changed,
    good_file,
    libreoffice_file,
    openpyxl_book,
    parts_of,
    saved,
    with_part,
    xlsxwriter_file,
    zipped,
)

from bulkload.errors import WorkbookError
from bulkload.model import Level
from bulkload.workbook.reader.read import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refusal_of(path):
    """The whole refusal, message and remedy."""
    with pytest.raises(WorkbookError) as refusal:
        read(path)
    assert refusal.value.problems
    assert refusal.value.exit_status == 3
    return str(refusal.value)


def file_with(folder, content, name="campaigns.xlsx"):
    path = folder / name
    path.write_bytes(content)
    return path


def archive_with(folder, **parts):
    return zipped(folder / "campaigns.xlsx", {name.replace("__", "/"): part for name, part in parts.items()})


SAVE_AS = "and use File > Save As > Excel Workbook (*.xlsx). Then give that file."


@pytest.mark.parametrize(
    ("content", "kind", "remedy"),
    [
        (OLE + "Workbook".encode("utf-16-le"), "an old Excel workbook (.xls)", f"Open it in Excel {SAVE_AS}"),
        (OLE + "Book".encode("utf-16-le"), "an old Excel workbook (.xls)", f"Open it in Excel {SAVE_AS}"),
        (b"\x09\x08\x10\x00\x00\x06", "an old Excel workbook (.xls)", f"Open it in Excel {SAVE_AS}"),
        (OLE + "WordDocument".encode("utf-16-le"), "an old Office document", None),
        (b"Campaign name,Description\nLoan,Reminds\n", "a text file with separated values (.csv)", None),
        (
            "\ufeffName;Beschreibung\nKredit;für alle\n".encode(),
            "a text file with separated values (.csv)",
            None,
        ),
        ("Name\tText\nA\tB\n".encode("utf-16"), "a text file with separated values (.csv)", None),
        (b"just some words\nand more\n", "a text file", None),
        (b"<!DOCTYPE html><html><table>", "a web page (.html)", f"Open it in Excel {SAVE_AS}"),
        (b"\n<html><body>", "a web page (.html)", f"Open it in Excel {SAVE_AS}"),
        (b"<table><tr>", "a web page (.html)", f"Open it in Excel {SAVE_AS}"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "an XML spreadsheet of Excel 2003",
            f"Open it in Excel {SAVE_AS}",
        ),
        (
            b'<?xml version="1.0"?><office:document office:version="1.2">',
            "an OpenDocument spreadsheet (.ods)",
            f"Open it in LibreOffice or Excel {SAVE_AS}",
        ),
        (b"%PDF-1.7\n", "a PDF document", None),
        (b"\x89PNG\r\n\x1a\n", "a picture", None),
        (b"\x00\x01\x02\x03", "a file of another type", None),
    ],
)
def test_another_kind_of_file_is_named_with_its_way_out(tmp_path, content, kind, remedy):
    refusal = refusal_of(file_with(tmp_path, content))

    assert refusal.startswith(f'"campaigns.xlsx" is {kind}, not an Excel workbook (.xlsx). ')
    assert remedy is None or refusal.endswith(remedy)


@pytest.mark.parametrize(
    ("parts", "kind"),
    [
        (
            {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"},
            "an OpenDocument spreadsheet (.ods)",
        ),
        ({"Index__Document.iwa": b""}, "a Numbers spreadsheet (.numbers)"),
        ({"[Content_Types].xml": b"<Types/>", "xl__workbook.bin": b""}, "an Excel binary workbook (.xlsb)"),
        ({"[Content_Types].xml": b"<Types/>", "word__document.xml": b"<w/>"}, "a Word document"),
        ({"[Content_Types].xml": b"<Types/>", "ppt__presentation.xml": b"<p/>"}, "a PowerPoint presentation"),
        ({"campaigns.csv": b"a,b"}, "a zip archive, not an Excel workbook (.xlsx)"),
    ],
)
def test_another_kind_of_archive_is_named(tmp_path, parts, kind):
    assert f'"campaigns.xlsx" is {kind}' in refusal_of(archive_with(tmp_path, **parts))


def test_an_open_document_by_libreoffice_is_named(tmp_path):
    path = libreoffice_file(tmp_path / "campaigns.xlsx", good_file(tmp_path, "source.xlsx"), kind="ods")

    assert '"campaigns.xlsx" is an OpenDocument spreadsheet (.ods)' in refusal_of(path)


def test_an_old_excel_workbook_by_libreoffice_is_named(tmp_path):
    path = libreoffice_file(tmp_path / "campaigns.xlsx", good_file(tmp_path, "source.xlsx"), kind="xls")

    assert '"campaigns.xlsx" is an old Excel workbook (.xls)' in refusal_of(path)


def test_a_protected_workbook_says_where_to_clear_the_password(tmp_path):
    path = file_with(tmp_path, OLE + "EncryptedPackage".encode("utf-16-le") + "Workbook".encode("utf-16-le"))

    assert refusal_of(path) == (
        '"campaigns.xlsx" is protected with a password, so it can\'t be read. In Excel, clear the password '
        "under File > Info > Protect Workbook > Encrypt with Password, and save."
    )


def test_an_encrypted_archive_is_protected_too(tmp_path):
    path = good_file(tmp_path)
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = content.find(signature)
        while place >= 0:
            content[place + offset] |= 1
            place = content.find(signature, place + 1)
    path.write_bytes(content)

    assert "is protected with a password" in refusal_of(path)


def test_a_strict_workbook_is_told_the_other_kind(tmp_path):
    path = good_file(tmp_path)
    parts = parts_of(path)
    old, new = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    for name in ("_rels/.rels", "xl/workbook.xml", CAMPAIGNS_PART):
        parts[name] = (
            parts[name]
            .replace(old + b"officeDocument/2006", new + b"officeDocument")
            .replace(old + b"spreadsheetml/2006", new + b"spreadsheetml")
        )
    zipped(path, parts)
    expected = (
        '"campaigns.xlsx" was saved as a Strict Open XML workbook, which can\'t be read. In Excel, use File > Save '
        "As > Excel Workbook (*.xlsx), the one without Strict in its name."
    )
    assert refusal_of(path) == expected

    with_part(path, "_rels/.rels", parts_of(good_file(tmp_path, "other.xlsx"))["_rels/.rels"])
    assert refusal_of(path) == expected


@pytest.mark.parametrize(
    ("lock", "program"), [("~$campaigns.xlsx", "Excel"), (".~lock.campaigns.xlsx#", "LibreOffice")]
)
def test_a_lock_file_is_refused_and_the_real_one_named(tmp_path, lock, program):
    path = file_with(tmp_path, b"\x04Dana" + bytes(160), lock)

    assert refusal_of(path) == (
        f'"{lock}" is not a workbook: it is the lock file that {program} keeps while "campaigns.xlsx" is open. '
        'Save and close the workbook, then use "campaigns.xlsx".'
    )


@pytest.mark.parametrize(
    ("lock", "program"), [("~$campaigns.xlsx", "Excel"), (".~lock.campaigns.xlsx#", "LibreOffice")]
)
def test_a_lock_file_beside_the_workbook_warns_of_unsaved_changes(tmp_path, lock, program):
    path = good_file(tmp_path)
    file_with(tmp_path, b"Dana", lock)

    [problem] = read(path).problems

    assert problem.level is Level.WARNING
    assert problem.message == (
        f'"campaigns.xlsx" looks open in {program}, because "{lock}" exists. '
        "Changes that are not saved yet are not included."
    )


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_half_a_workbook_is_incomplete(tmp_path, share):
    path = good_file(tmp_path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])

    assert refusal_of(path) == (
        '"campaigns.xlsx" is incomplete: the end of the file is missing. Download or copy the file again. '
        "If that does not help, let Excel repair the file and save it."
    )


def test_an_empty_file_is_empty(tmp_path):
    assert refusal_of(file_with(tmp_path, b"")).startswith('"campaigns.xlsx" is empty: it has 0 bytes. ')


def test_a_damaged_part_is_named(tmp_path):
    path = good_file(tmp_path)
    with zipfile.ZipFile(path) as archive:
        entry = archive.getinfo(CAMPAIGNS_PART)
    content = bytearray(path.read_bytes())
    place = entry.header_offset + 100
    content[place : place + 20] = bytes(20)
    path.write_bytes(content)

    assert f'"campaigns.xlsx" is damaged: the part "{CAMPAIGNS_PART}" can\'t be unpacked. ' in refusal_of(
        path
    )


@pytest.mark.parametrize(
    "part",
    ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", CAMPAIGNS_PART, "xl/styles.xml", "[Content_Types].xml"],
)
def test_a_part_that_is_no_xml_is_damaged(tmp_path, part):
    path = with_part(good_file(tmp_path), part, b"<a><b></a>")

    assert '"campaigns.xlsx" is damaged: ' in refusal_of(path)


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", CAMPAIGNS_PART])
def test_a_missing_part_is_named(tmp_path, part):
    path = good_file(tmp_path)
    parts = parts_of(path)
    del parts[part]
    zipped(path, parts)

    assert f'the part "{part}" is missing' in refusal_of(path)


def test_a_part_that_is_there_twice_is_damage(tmp_path):
    path = good_file(tmp_path)
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")

    assert 'the part "xl/workbook.xml" is there twice' in refusal_of(path)


def test_a_part_packed_in_a_way_of_no_spreadsheet_program_is_damage(tmp_path):
    path = good_file(tmp_path)
    zipped(path, parts_of(path), zipfile.ZIP_LZMA)

    assert "is packed in a way that Excel does not know" in refusal_of(path)


def test_a_workbook_with_macros_is_read_and_its_macros_are_ignored(tmp_path):
    path = good_file(tmp_path, "campaigns.xlsm")
    changed(path, "[Content_Types].xml", ("spreadsheetml.sheet.main", "ms-excel.sheet.macroEnabled.main"))

    book = read(path)

    assert len(book.campaigns.frame) == 2
    assert [problem.message for problem in book.problems] == [
        '"campaigns.xlsm" contains macros: its cells are read, its macros are ignored.'
    ]


def test_a_workbook_that_is_not_there_is_said_so(tmp_path):
    path = tmp_path / "nothing.xlsx"

    assert refusal_of(path) == (
        f'There is no file "{path}". Check the name and the folder; put the name in quotes if it has spaces.'
    )


def test_a_folder_is_no_workbook(tmp_path):
    assert refusal_of(tmp_path).startswith(f'"{tmp_path}" is a folder or a device, not a workbook. ')


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "pipe.xlsx"
    os.mkfifo(path)

    assert refusal_of(path).startswith(f'"{path}" is a folder or a device, not a workbook. ')


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_says_why(tmp_path):
    path = good_file(tmp_path)
    path.chmod(0)

    assert "can't be opened: permission denied" in refusal_of(path)


def test_a_path_through_a_file_says_that_nothing_is_there(tmp_path):
    path = good_file(tmp_path) / "campaigns.xlsx"

    assert refusal_of(path).startswith(f'There is no file "{path}". ')


def test_a_file_of_more_than_50_megabytes_is_refused_unread(tmp_path):
    path = good_file(tmp_path)
    os.truncate(path, 74_000_000)

    assert refusal_of(path) == (
        '"campaigns.xlsx" has 74 MB; a workbook may have 50 MB at most. Remove pictures and sheets that are not '
        "needed, or split the workbook."
    )


def test_the_digest_is_that_of_the_file(tmp_path):
    path = good_file(tmp_path)

    book = read(path)

    assert book.sha256 == book.calling_hours.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert book.path == path


@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter", "libreoffice"])
def test_a_good_workbook_is_read_whichever_program_wrote_it(tmp_path, program):
    path = tmp_path / "campaigns.xlsx"
    match program:
        case "openpyxl":
            saved(openpyxl_book(), path)
        case "xlsxwriter":
            xlsxwriter_file(path)
        case "libreoffice":
            libreoffice_file(path, good_file(tmp_path, "source.xlsx"))
    expected = openpyxl.load_workbook(saved(openpyxl_book(), tmp_path / "expected.xlsx"))

    book = read(path)

    assert book.problems == ()
    for sheet in (book.campaigns, book.calling_hours):
        rows = [list(row) for row in expected[sheet.name].iter_rows(min_row=2, values_only=True)]
        assert sheet.frame.to_numpy().tolist() == rows
        assert sheet.frame.index.tolist() == [2, 3]
        assert sheet.heading_row == 1
