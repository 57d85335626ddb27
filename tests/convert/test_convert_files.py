"""Every kind of file, encoding and separator gives the same rows; what can't be used is refused in words."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import jsonschema
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from support.program.program import bulkload

from bulkload.workbook.foreign.read import read_foreign

ROOT = Path(__file__).parents[2]
ROWS = [["Campaign name", "Description"], ["Büro, Köln", 'Says "hello"; twice'], ["NA", "0012"]]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_any_usual_encoding_and_separator_gives_the_same_texts(encoding: str, separator: str) -> None:
    text = StringIO()
    csv.writer(text, delimiter=separator).writerows(ROWS)
    path = Path("list.csv")
    path.write_bytes(text.getvalue().encode(encoding))
    table = read_foreign(path)
    assert list(table.headings) == ROWS[0]
    assert list(map(list, table.cells)) == ROWS[1:]
    assert table.rows == (2, 3)


def test_rows_keep_their_numbers_and_blank_ones_are_skipped() -> None:
    Path("list.csv").write_text("Name,Owner\n\nA,\n,\nB,Dana\n")
    table = read_foreign(Path("list.csv"))
    assert (table.rows, list(map(list, table.cells))) == ((3, 5), [["A", None], ["B", "Dana"]])


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("list.csv", b"", "'list.csv' has no rows below its headings."),
        ("list.csv", b"Name,Owner\n", "'list.csv' has no rows below its headings."),
        ("list.csv", b"Name\n\x00\x01\x02", "'list.csv' is not text in UTF-8, UTF-16 or Windows-1252."),
        ("list.csv", b"Name\nA\x81\n", "'list.csv' is not text in UTF-8, UTF-16 or Windows-1252."),
        ("list.csv", b"N\n" + b"a\n" * 10_001, "'list.csv' has 10,001 rows; at most 10,000 are converted at once."),
        ("list.csv", b"," * 201 + b"a\nb\n", "'list.csv' has 202 columns; at most 200 are read."),
        ("list.json", b'{"name": "A"}', "(it is not an array of objects)."),
        ("list.json", b'[{"name": "A", "name": "B"}]', "(a name is there twice in one object)."),
        ("list.json", b"[" * 100_000, "'list.json' can't be read as a JSON array of objects ("),
        ("list.xls", b"\xd0\xcf\x11\xe0", "'list.xls' is not a list that can be converted."),
        ("list.xlsx", b"Name,Owner\nA,B\n", "list.xlsx"),
    ],
)  # fmt: skip
def test_a_file_that_cant_be_used_is_refused_in_words(name: str, content: bytes, words: str) -> None:
    Path(name).write_bytes(content)
    done = bulkload("convert", name)
    assert (done.status, done.out) == (3, "")
    assert words in done.err
    assert list(Path().iterdir()) == [Path(name)]


def test_json_becomes_dotted_paths_and_lists() -> None:
    one = {
        "name": "A",
        "lists": ["X", "Y"],
        "hours": {"days": [{"day": "MO"}, {"day": "TU", "end": "18:00"}]},
        "n": 3,
    }
    Path("list.json").write_text(json.dumps([one, {"name": "B", "n": None}]))
    table = read_foreign(Path("list.json"))
    assert table.headings == ("name", "lists", "hours.days.day", "hours.days.end", "n")
    assert list(map(list, table.cells)) == [
        ["A", "X; Y", "MO; TU", "; 18:00", 3],
        ["B", None, None, None, None],
    ]


def workbook_with_traps() -> None:
    workbook = Workbook()
    sheet = workbook.active
    sheet.append(["Our campaigns of December"])
    sheet.append(["Campaign name", "Max attempts", "Queue", "Mode", "Priority"])
    for name in (
        "Good",
        "Crossed out",
        "Hidden",
        "Formula",
        "Error",
        "Format",
        "Merged",
        "Footnote",
        "Struck",
    ):
        sheet.append([name, 3, "Q", "Progressive", 4])
    for cell in sheet[4]:
        cell.font = Font(strike=True)
    sheet.row_dimensions[5].hidden = True
    sheet["B6"] = "=1+2"
    sheet["C7"] = "#N/A"
    sheet["C7"].data_type = "e"
    sheet["E7"] = "=4"
    sheet["B8"].number_format = '000" days"'
    sheet.merge_cells("C8:C9")
    sheet["B10"] = CellRichText("3", TextBlock(InlineFont(vertAlign="superscript"), "1"))
    sheet["B11"].font = Font(strike=True)
    workbook.create_sheet("Old")["A1"] = "x"
    workbook.save("list.xlsx")


def test_what_a_value_does_not_show_is_marked_or_not_sent() -> None:
    workbook_with_traps()
    document = bulkload("convert", "list.xlsx", "--json").document
    sheet = load_workbook("list.campaigns.xlsx")["Campaigns"]
    columns = {"Send": 1, "Campaign name": 2, "Queue": 7, "Priority": 13, "Max attempts": 15}
    rows = [[sheet.cell(row, column).value for column in columns.values()] for row in range(5, 14)]
    assert rows == [
        [None, "Good", "Q", 4, 3],
        ["No", "Crossed out", "Q", 4, 3],
        ["No", "Hidden", "Q", 4, 3],
        [None, "Formula", "Q", 4, None],
        [None, "Error", None, "?", 3],
        [None, "Format", "Q", 4, None],
        [None, "Merged", None, 4, 3],
        [None, "Footnote", "Q", 4, None],
        [None, "Struck", "Q", 4, None],
    ]
    marked = {(one["heading"], tuple(one["cells"])): one["message"] for one in document["marked"]}
    assert marked["Max attempts", ("O8",)] == "Max attempts is a formula without a saved result."
    assert marked["Queue", ("G9",)] == "Queue shows the error #N/A."
    assert marked["Priority", ("M9",)] == "Priority is a formula without a saved result."
    assert marked["Max attempts", ("O10",)].startswith('The list shows "')
    assert marked["Max attempts", ("O12",)] == 'The list shows "3" and contains "31".'
    assert marked["Max attempts", ("O13",)] == 'The list shows "(crossed out)" and contains "3".'
    assert marked["Queue", ("G11",)] == "Queue is empty in the list."
    assert (document["left_out"], document["other_sheets"]) == ([4, 5], ["Old"])
    assert sheet["S6"].value.endswith("\nThe row is crossed out in the list: it is not to be sent.")


def test_a_far_cell_is_refused_at_once() -> None:
    workbook = Workbook()
    workbook.active.append(["Name", "Owner"])
    workbook.active["XFD1048576"] = "far"
    workbook.save("list.xlsx")
    done = bulkload("convert", "list.xlsx")
    assert (done.status, done.out) == (3, "")
    assert done.err == (
        'The sheet "Sheet" has cells as far as XFD1048576, formatted ones included. '
        "Copy the list into a new workbook.\n"
    )


def test_a_part_that_unpacks_to_very_much_is_refused_before_it_is_read() -> None:
    workbook = Workbook()
    workbook.active.append(["Name", "Owner"])
    workbook.save("small.xlsx")
    with (
        zipfile.ZipFile("small.xlsx") as small,
        zipfile.ZipFile("list.xlsx", "w", zipfile.ZIP_DEFLATED) as large,
    ):
        for name in small.namelist():
            padding = b" " * 41_000_000 if name.endswith("sheet1.xml") else b""
            large.writestr(name, small.read(name) + padding)
    done = bulkload("convert", "list.xlsx")
    assert (done.status, done.out) == (3, "")
    assert "sheet1.xml" in done.err
    assert "40 MB" in done.err


@pytest.mark.parametrize(
    ("sheet", "row", "words"),
    [
        ("Columns", ("Mode of dialing", "Name", "", "as it is"), 'names "Mode of dialing", which our workbook'),
        ("Columns", ("Queue", "Nmae", "", "as it is"), 'names "Nmae", which the list does not have. Its columns'),
        ("Columns", ("Queue", "Name", "", "divide by 60"), 'has the rule "divide by 60". Choose as it is, seconds'),
        ("Columns", ("Queue", "Name; X", "", "add 1"), "names several columns, which needs another rule."),
        ("Columns", ("Caller ID", "X", "", "phone with country code"), 'has the rule "phone with country code".'),
        ("Hours", ("Start", "Name", "", ""), 'names "Start" a second time.'),
        ("Values", ("Queues", "a", "b", ""), 'names "Queues", which our workbook does not have.'),
        ("Columns", ("Queue", "=A1", "", "as it is"), "of the map contains a formula; a map has only plain values."),
    ],
)  # fmt: skip
def test_a_fault_in_the_map_is_said_with_its_row(sheet: str, row: tuple[str, ...], words: str) -> None:
    Path("list.csv").write_text("Name,X\nA,1\n")
    bulkload("convert", "list.csv")
    workbook = load_workbook("list.map.xlsx")
    names = [cell.value for cell in workbook[sheet]["A"]]
    place = names.index(row[0]) + 1 if row[0] in names and sheet == "Columns" else len(names) + 1
    for column, value in enumerate(row[: workbook[sheet].max_column], start=1):
        workbook[sheet].cell(place, column).value = value
    workbook.save("list.map.xlsx")
    done = bulkload("convert", "list.csv", "--map", "list.map.xlsx")
    assert (done.status, done.out) == (3, "")
    assert words in done.err


def test_a_map_that_is_not_there_is_refused() -> None:
    Path("list.csv").write_text("Name,X\nA,1\n")
    done = bulkload("convert", "list.csv", "--map", "other.xlsx")
    assert done.status == 3
    assert 'There is no file "other.xlsx".' in done.err


def test_options_that_contradict_each_other_are_refused() -> None:
    Path("list.csv").write_text("Name,X\nA,1\n")
    for options in (["--map", "a.xlsx", "--v1-to-v2"], ["--dnc", "DNC"], ["--out", "a.csv"]):
        assert bulkload("convert", "list.csv", *options).status == 2


def test_the_document_is_that_of_its_schema() -> None:
    workbook_with_traps()
    schema = json.loads((ROOT / "docs" / "json-schema" / "convert.json").read_text("utf-8"))
    jsonschema.validate(bulkload("convert", "list.xlsx", "--json").document, schema)


def test_text_is_never_written_as_a_formula() -> None:
    Path("list.csv").write_text('Name,Description\n"=1+1","=HYPERLINK(""x"")"\n')
    bulkload("convert", "list.csv")
    sheet = load_workbook("list.campaigns.xlsx")["Campaigns"]
    assert [(cell.value, cell.data_type) for cell in sheet[5][1:3]] == [
        ("=1+1", "s"),
        ('=HYPERLINK("x")', "s"),
    ]


MEASURED = """
import re, sys, time
from bulkload.cli import main
try:
    main(sys.argv[1:])
except SystemExit as end:
    # The system's own figure of the child would contain the memory of the tests that started it.
    most = re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())
    print(end.code, time.process_time(), int(most[1]) / 1024, file=sys.stderr)
"""


def test_ten_thousand_rows_take_five_seconds_and_200_mb_at_most(
    record_property: pytest.RecordProperty,
) -> None:
    rows = list(csv.reader(StringIO((ROOT / "samples/convert/dialer.csv").read_text())))
    with Path("big.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        for number in range(10_000):
            row = rows[1 + number % 4]
            writer.writerow([row[0], f"{row[1]} {number}", *row[2:]])
    dialer_map = str(ROOT / "samples/convert/dialer.map.xlsx")
    command = [sys.executable, "-c", MEASURED, "convert", "big.csv", "--map", dialer_map]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    status, seconds, megabytes = map(float, done.stderr.split())
    record_property("convert 10,000 rows", f"{seconds:.1f} s of the processor, {megabytes:.0f} MB")
    assert status == 1
    # The processor's time, because other tests may keep it busy meanwhile.
    assert seconds <= 5
    assert megabytes <= 200
