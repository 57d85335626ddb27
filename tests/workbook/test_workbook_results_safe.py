"""What people and servers write is data: it comes back as it was, and never comes alive."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.program.reports import report, workbook
from support.workbooks.sheets import OFFICE, PREVIEW

from bulkload.checking import check
from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.messages import quoted
from bulkload.model import ApiVersion, ErrorCell, Level, Problem, Status, UncalculatedCell
from bulkload.workbook.reader.read import read
from bulkload.workbook.results.write import write_results
from bulkload.workbook.writer import atomic_write as durable
from bulkload.workbook.writer.atomic_write import Existing
from bulkload.workbook.writer.cell_writer import LONGEST_MESSAGE, LONGEST_TEXT, cut, visible

HOSTILE = (
    "=SUM(A1)",
    '=HYPERLINK("http://example.test")',
    "+14155550123",
    "-1",
    "@cmd",
    "http://example.test/a?b=c#d",
    "mailto:a@example.test",
    "internal:Summary!A1",
    "external:c:\\x",
    "file:///etc/passwd",
    "{=A1}",
    "<r>bold</r>",
    "<r><t>x</t></r>",
    "<b>&amp;</b>",
    "_x0041_",
    "_x0041_x0042_",
    "_x005F_x0041_",
    "_x005F_",
    "_x000D_",
    "]]>",
    "NA",
    "None",
    "null",
    "1E5",
    "0012",
    "TRUE",
    "#N/A",
    "a, b/c|d; e",
    " edges ",
    "two\nlines",
    "a\r\nb",
    "tab\there",
    "bell\x07",
    "\u202eright to left",
    "🙂👩\u200d👩\u200d👧",
    "عربي",
    "日本語",
    "'quoted",
    "~wild*card?",
)

TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40),
    st.text("_x0045F<r>/=@", min_size=1, max_size=30),
)

UNJUDGED = "Owner"
"""A column of the person's own, in which anything may stand."""


def written(folder, rows, outcomes=None, hours=(OFFICE,)):
    """The path of the results of these rows."""
    person = workbook(rows, hours)
    done = outcomes or [(Status.CREATED, {})] * len(rows)
    return write_results(report(person, done), person, folder / "results.xlsx")


def sheets(path):
    with zipfile.ZipFile(path) as archive:
        return {
            name: archive.read(name).decode() for name in archive.namelist() if "worksheets/sheet" in name
        }


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=8))
def test_any_text_comes_back_character_for_character_when_the_results_are_read(texts, tmp_path):
    headings = ("Campaign name", "Description", "Queue", "Caller ID", "Notes", UNJUDGED)
    rows = [PREVIEW | dict.fromkeys(headings, text) for text in texts]
    path = written(tmp_path, rows)
    frame = read(path).campaigns.frame
    path.unlink()
    for heading in headings:
        assert frame[heading].tolist() == texts


OURS = re.compile(
    r"(Campaigns|Hours)_[a-z_0-9]+"
    r"|\"✓ Ready: \"&amp;COUNTIF\((Campaigns|&#39;Calling hours&#39;|'Calling hours')![$A-Z0-9:]+,\"✓ Ready\"\)&amp;.*"
    r'|IF\(O\d+="".*|IFERROR\(INDEX.*'
)
"""Formulas of the live columns: names, the counters, and the list of calling hours."""


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXT, min_size=1, max_size=8))
def test_no_text_becomes_a_formula_or_a_link(texts, tmp_path):
    rows = [PREVIEW | dict.fromkeys(("Campaign name", "Queue", UNJUDGED), text) for text in texts]
    outcomes = [
        (
            Status.REFUSED,
            {
                "message": text,
                "fix": text,
                "campaign_id": text,
                "platform_status": text,
                "problems": (
                    Problem(Level.WARNING, quoted(text, text), "campaigns", 6, "B", "Description", text),
                ),
            },
        )
        for text in texts
    ]
    path = written(tmp_path, rows, outcomes)
    parts = sheets(path)
    path.unlink()
    formulas = {
        formula for content in parts.values() for formula in re.findall("<f[^>]*>([^<]*)</f>", content)
    }
    assert {formula for formula in formulas if not OURS.fullmatch(formula)} == set()
    links = [link for content in parts.values() for link in re.findall(r"<hyperlink [^>]*>", content)]
    assert all(re.search(r"""location="'?Campaigns'?![A-Z]+\d+\"""", link) for link in links)


BEYOND_OPENPYXL = re.compile(r"[\x00-\x08\x0b-\x1f]|x005F_")
"""openpyxl leaves escapes of control characters as they are, and drops x005F_ wherever it stands."""


@pytest.mark.parametrize("text", [text for text in HOSTILE if not BEYOND_OPENPYXL.search(text)])
def test_openpyxl_reads_the_same_text(text, tmp_path):
    path = written(tmp_path, [PREVIEW | {"Campaign name": text}])
    assert openpyxl.load_workbook(path)["Campaigns"]["C6"].value == text


CELLS = {
    "Campaign name": datetime(2026, 12, 1),  # noqa: DTZ001  (a cell has no zone)
    "Description": 1.5,
    "Queue": True,
    "Caller ID": 14155550123,
    "Priority": "5",
    "Max attempts": 5,
    "Max ring time (seconds)": datetime(2026, 12, 1, 9, 30),  # noqa: DTZ001  (a cell has no zone)
    "Campaign ID": time(9, 5),
    "Notes": timedelta(hours=30, minutes=5),
    UNJUDGED: 0.375,
}


def test_every_type_of_cell_comes_back_with_its_type_and_value(tmp_path):
    row = PREVIEW | CELLS
    frame = read(written(tmp_path, [row])).campaigns.frame
    known = {heading: row.get(heading) for heading in frame.columns}
    assert frame.iloc[0].to_dict() == known
    assert {heading: type(value) for heading, value in frame.iloc[0].items()} == {
        heading: type(value) for heading, value in known.items()
    }


@pytest.mark.parametrize("hour", [0, 9])
def test_the_first_day_of_excel_keeps_its_day_and_its_time(hour, tmp_path):
    first = datetime(1900, 1, 1, hour)  # noqa: DTZ001  (a cell has no zone)
    again = read(written(tmp_path, [{**PREVIEW, UNJUDGED: first}]))
    assert again.campaigns.frame[UNJUDGED].tolist() == [first]


def test_results_of_results_have_the_same_cells_and_no_extra_columns(tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {place}", UNJUDGED: "Dana"} for place in range(3)]
    first = written(tmp_path, rows)
    once = read(first)
    said = report(once, [(Status.ALREADY_CREATED, {"campaign_id": f"cd-{place}"}) for place in range(3)])
    second = read(write_results(said, once, tmp_path / "second.xlsx"))
    expected = once.campaigns.frame.assign(**{"Campaign ID": ["cd-0", "cd-1", "cd-2"]})
    assert list(second.campaigns.frame.columns) == [c.heading for c in CAMPAIGN_COLUMNS] + [UNJUDGED]
    assert second.campaigns.frame.to_dict("records") == expected.to_dict("records")
    assert second.calling_hours.frame.to_dict("records") == once.calling_hours.frame.to_dict("records")


@pytest.mark.parametrize("heading", ["Result", "Status", "What to do", "What to fix", "Row in your file"])
def test_own_column_with_a_results_heading_is_kept_in_every_round(heading, tmp_path):
    rows = [PREVIEW | {"Campaign name": f"Campaign {place}", heading: f"own {place}"} for place in range(2)]
    path = written(tmp_path, rows, hours=[OFFICE | {heading: "of the hours"}])
    own = f"{heading} (your own)"
    for number in range(2):
        book = read(path)
        assert book.campaigns.frame[own].tolist() == ["own 0", "own 1"]
        assert book.calling_hours.frame[own].tolist() == ["of the hours"]
        assert list(book.campaigns.frame.columns) == [*(c.heading for c in CAMPAIGN_COLUMNS), own]
        said = report(book, [(Status.CREATED, {"campaign_id": f"cd-{place}"}) for place in range(2)])
        path = write_results(said, book, tmp_path / f"again{number}.xlsx")
    sheet = openpyxl.load_workbook(path)["Campaigns"]
    assert (sheet["A6"].value, sheet["Z5"].value, sheet["Z6"].value) == ("✓ Created", own, "own 0")


def test_refusal_is_marked_at_the_result_and_not_the_user_column(tmp_path):
    refused = Problem(Level.ERROR, quoted("No.", "Correct it."), "campaigns", 6)
    path = written(tmp_path, [PREVIEW | {"Result": "fine"}], [(Status.REFUSED, {"problems": (refused,)})])
    cells = openpyxl.load_workbook(path)["Campaigns"][6]
    assert [cell.coordinate for cell in cells if cell.comment] == ["A6"]


@pytest.mark.parametrize("heading", ["Campaign name", "Priority", "Campaign ID", "Queue"])
@pytest.mark.parametrize(
    ("cell", "comes_back"),
    [
        (ErrorCell("#REF!"), ErrorCell("#REF!")),
        (ErrorCell("#SPILL!"), ErrorCell("#N/A")),
        (UncalculatedCell("VLOOKUP(A1,B:C,2,FALSE)"), ErrorCell("#N/A")),
    ],
)
def test_a_cell_without_a_value_is_refused_again_wherever_it_stands(cell, comes_back, heading, tmp_path):
    path = written(tmp_path, [PREVIEW | {heading: cell}], [(Status.INVALID, {})])
    assert read(path).campaigns.frame.iloc[0][heading] == comes_back
    outcome = check(path, version=ApiVersion.V2).report().outcomes[0]
    assert (outcome.status, [problem.heading for problem in outcome.problems if problem.is_error]) == (
        Status.INVALID,
        [heading],
    )


def test_control_characters_in_messages_are_shown_and_long_messages_are_cut(tmp_path):
    said = {"message": "bell\x07 mark\u202e end\x00", "fix": "x" * 70_000}
    path = written(tmp_path, [PREVIEW], [(Status.REFUSED, said)])
    row = [cell.value for cell in openpyxl.load_workbook(path)["Campaigns"][6]]
    assert row[3] == "bell<U+0007> mark<U+202E> end<U+0000>"
    assert row[4].endswith(" … (cut: 70,000 characters)")
    assert len(row[4]) == LONGEST_MESSAGE


@pytest.mark.parametrize("character", ["x", "é", "🙂"])
def test_text_is_cut_to_what_a_cell_holds_counted_as_excel_counts(character):
    text = cut(character * 40_000, LONGEST_TEXT)
    assert LONGEST_TEXT - 1 <= len(text.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert text.endswith(" … (cut: 40,000 characters)")
    assert cut(character * 100, LONGEST_TEXT) == character * 100


def test_a_long_text_full_of_escapes_is_cut_without_damage(tmp_path):
    text = "_x0041" * 5_000 + "_\x07"
    path = written(tmp_path, [PREVIEW | {"Notes": text}])
    back = read(path).campaigns.frame["Notes"].iloc[0]
    assert back.startswith(text[:1_000])
    assert back.endswith(" … (cut: 30,002 characters)")


def test_half_characters_are_shown_for_no_file_can_hold_them():
    assert visible("a\ud800b") == "a<U+D800>b"


def test_a_hostile_file_name_is_only_text(tmp_path):
    person = workbook([PREVIEW])
    said = report(person, [(Status.CREATED, {})], workbook=Path("=1+1\u202e&A.xlsx"))
    book = openpyxl.load_workbook(write_results(said, person, tmp_path / "r.xlsx"))
    assert book["Summary"]["A1"].value == "Results of =1+1<U+202E>&A.xlsx"
    assert book["Summary"]["A1"].data_type == "s"


# --- the file itself


def test_taken_or_open_file_name_is_unchanged_and_next_one_used(tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_text("the person's")
    (tmp_path / "r-2.xlsx").write_text("too")
    (tmp_path / "~$r-3.xlsx").write_text("Excel has it open")
    (tmp_path / ".~lock.r-4.xlsx#").write_text("LibreOffice has it open")
    person = workbook([PREVIEW])
    assert write_results(report(person, [(Status.CREATED, {})]), person, path) == tmp_path / "r-5.xlsx"
    assert (path.read_text(), (tmp_path / "r-2.xlsx").read_text()) == ("the person's", "too")


def test_a_folder_that_does_not_exist_is_an_oserror(tmp_path):
    person = workbook([PREVIEW])
    with pytest.raises(OSError, match="No such file"):
        write_results(report(person, [(Status.CREATED, {})]), person, tmp_path / "none" / "r.xlsx")


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from bulkload.workbook.writer import atomic_write as durable
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    getattr(durable, sys.argv[1])(Path(sys.argv[2]), b"x" * 5000)
except OSError as error:
    print("OSError", error.errno)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("function", ["replace", "write_new"])
def test_a_disk_that_fills_leaves_no_half_file_and_says_so(function, tmp_path):
    old = tmp_path / "r.xlsx"
    old.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, function, str(old)], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("OSError")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("r.xlsx", "old")]


def test_a_file_takes_the_place_of_the_old_one_whole(tmp_path):
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"old and longer")
    durable.replace(path, b"new")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"new", [path])


def test_two_results_of_the_same_second_never_replace_each_other(tmp_path):
    path = tmp_path / "r.xlsx"
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda number: durable.write_new(path, f"{number}".encode()), range(40)))
    assert sorted(file.read_text() for file in tmp_path.iterdir()) == sorted(map(str, range(40)))
    assert [file.read_text() for file in taken] == list(map(str, range(40)))


def test_a_file_that_exists_is_refused_or_replaced_as_the_caller_says(tmp_path):
    person, path = workbook([PREVIEW]), tmp_path / "r.xlsx"
    path.write_text("mine")
    done = report(person, [(Status.CREATED, {})])
    with pytest.raises(FileExistsError):
        write_results(done, person, path, existing=Existing.REFUSE)
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("r.xlsx", "mine")]
    assert write_results(done, person, path, existing=Existing.REPLACE) == path
    assert [file.name for file in tmp_path.iterdir()] == ["r.xlsx"]
    assert openpyxl.load_workbook(path).sheetnames[0] == "Summary"
