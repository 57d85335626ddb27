"""Workbooks as files: good ones by three programs, and good ones with one thing put wrong."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS

CAMPAIGN_HEADINGS = [column.heading for column in CAMPAIGN_COLUMNS if column.heading != "Send"]
"""Those of column A on. Send, which a sheet may lack, has tests of its own that add it."""
HOURS_HEADINGS = [column.heading for column in HOURS_COLUMNS]

CAMPAIGNS = [PREVIEW, AGENTLESS | {"Campaign name": "Payment reminder"}]
HOURS = [OFFICE, OFFICE | {"Day": "Sat", "Start": dt.time(9, 30), "End": dt.time(12, 0)}]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CAMPAIGNS_PART = "xl/worksheets/sheet1.xml"
HOURS_PART = "xl/worksheets/sheet2.xml"


def in_order(headings, rows):
    """The rows as lists, a heading's value in its column."""
    return [[row.get(heading) for heading in headings] for row in rows]


def openpyxl_book(campaigns=CAMPAIGNS, hours=HOURS):
    """A good workbook, headings in row 1, to be changed and saved."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Campaigns"
    for row in [CAMPAIGN_HEADINGS, *in_order(CAMPAIGN_HEADINGS, campaigns)]:
        sheet.append(row)
    sheet = book.create_sheet("Calling hours")
    for row in [HOURS_HEADINGS, *in_order(HOURS_HEADINGS, hours)]:
        sheet.append(row)
    return book


def saved(book, path):
    """The path, with the book in it."""
    book.save(path)
    return path


def good_file(folder, name="campaigns.xlsx"):
    """A good workbook by openpyxl."""
    return saved(openpyxl_book(), folder / name)


def xlsxwriter_file(path, campaigns=CAMPAIGNS, hours=HOURS):
    """A good workbook by xlsxwriter."""
    with xlsxwriter.Workbook(str(path)) as book:
        clock = book.add_format({"num_format": "h:mm AM/PM"})
        for name, headings, rows in (
            ("Campaigns", CAMPAIGN_HEADINGS, campaigns),
            ("Calling hours", HOURS_HEADINGS, hours),
        ):
            sheet = book.add_worksheet(name)
            for number, row in enumerate([headings, *in_order(headings, rows)]):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, clock)
    return path


def _write(sheet, row, column, value, clock):
    match value:
        case None:
            pass
        case str():
            sheet.write_string(row, column, value)
        case bool():
            sheet.write_boolean(row, column, value)
        case dt.time():
            sheet.write_datetime(row, column, value, clock)
        case _:
            sheet.write_number(row, column, value)


def libreoffice_file(path, source, kind="xlsx"):
    """The source as LibreOffice saves it; skips the test where LibreOffice is missing."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    folder = Path(path).parent / "libreoffice"
    command = [soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to"]
    subprocess.run([*command, kind, "--outdir", folder, source], check=True, capture_output=True, timeout=600)
    shutil.move(folder / source.with_suffix(f".{kind.partition(':')[0]}").name, path)
    return path


def shown_by_libreoffice(source):
    """What LibreOffice shows in column A of the first sheet; skips the test where LibreOffice is missing."""
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033,false,true,true"
    path = libreoffice_file(source.with_suffix(".csv"), source, kind=options)
    with path.open(encoding="utf-8", newline="") as file:
        return [line[0] if line else "" for line in csv.reader(file)]


def parts_of(path):
    """The parts of a workbook, by name."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(path, parts, method=zipfile.ZIP_DEFLATED):
    """The path, with a workbook of these parts in it."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_part(path, part, content):
    """The same file with this part put in the place of its own."""
    return zipped(path, parts_of(path) | {part: content if isinstance(content, bytes) else content.encode()})


def changed(path, part, *changes):
    """The same file with (old, new) texts changed in one part; each old one must be there."""
    text = parts_of(path)[part].decode()
    for old, new in changes:
        assert old in text, f"{old!r} is not in {part}"
        text = text.replace(old, new)
    return with_part(path, part, text)


def with_cell(path, place, element, part=CAMPAIGNS_PART):
    """The same file with one cell's element put in the place of what stands there: ``<v>1</v>`` and the like.

    ``element`` is the whole ``<c .../>`` element without its position.
    """
    column, row = place.rstrip("0123456789"), place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    book = openpyxl.load_workbook(path)
    sheet = book["Campaigns" if part == CAMPAIGNS_PART else "Calling hours"]
    sheet[f"{column}{row}"] = "marker of the cell"
    book.save(path)
    text = parts_of(path)[part].decode()
    begin = text.index(f'<c r="{place}"')
    end = text.index("</c>", begin) + len("</c>")
    text = text[:begin] + element.replace("<c", f'<c r="{place}"', 1) + text[end:]
    return with_part(path, part, text)
