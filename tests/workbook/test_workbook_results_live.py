"""The results as somebody fixes them in LibreOffice: Status there and check have one verdict."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import openpyxl
import pytest
from support.workbooks.office import edited

from bulkload.checking import check
from bulkload.model import ApiVersion, Status
from bulkload.workbook.results.write import write_results
from bulkload.workbook.template.grid import FIRST_ROW, HEADING_ROW

SAMPLES = Path(__file__).parents[2] / "samples"
MARK = "FFF8A99A"


@pytest.fixture(scope="module")
def mistakes():
    spec = importlib.util.spec_from_file_location("mistakes_of_the_results", SAMPLES / "mistakes.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The results of checking the sample of mistakes."""
    checked = check(SAMPLES / "mistakes.xlsx", version=ApiVersion.V2)
    path = tmp_path_factory.mktemp("results") / "results.xlsx"
    return write_results(checked.report(), checked.workbook, path)


def verdicts(path):
    """For each row that differs: Status and What to fix in the sheet, and what check says."""
    report = check(path, version=ApiVersion.V2).report()
    book = openpyxl.load_workbook(path, data_only=True)
    codes = {
        ("Campaigns", outcome.row): [problem.code for problem in outcome.problems if problem.is_error]
        for outcome in report.outcomes
    }
    for sheet in ("Campaigns", "Calling hours"):
        for row in range(FIRST_ROW, book[sheet].max_row + 1):
            codes.setdefault((sheet, row), [])
    for problem in report.problems:
        if problem.is_error and problem.row:
            codes[problem.sheet, problem.row].append(problem.code)
    shown = {place: live(book[place[0]], place[1]) for place in codes}
    return {
        place: (*shown[place], found)
        for place, found in codes.items()
        if shown[place][0] and (shown[place][0] == "✗ Fix") != bool(found)
    }


def live(sheet, row):
    headings = [cell.value for cell in sheet[HEADING_ROW]]
    return tuple(sheet.cell(row, headings.index(text) + 1).value for text in ("Status", "What to fix"))


def fixes(path, mistakes, every):
    """What somebody types into every so many of the marked cells of a row's first mistake."""
    book, typed = openpyxl.load_workbook(path), {}
    for name, good in (("Campaigns", mistakes.PREVIEW), ("Calling hours", mistakes.GOOD_HOURS)):
        headings = [str(cell.value).removesuffix(" *") for cell in book[name][HEADING_ROW]]
        for row in range(FIRST_ROW, book[name].max_row + 1, every):
            for heading, cell in zip(headings, book[name][row], strict=True):
                if cell.fill.start_color.rgb == MARK and heading != "Result":
                    typed[name, cell.coordinate] = good.get(heading, f"Fixed {name[:2]} {row}")
    return typed


def test_results_status_equals_the_check_result_before_any_cell_is_fixed(results, tmp_path):
    saved = edited(results, tmp_path / "office", {})
    assert verdicts(saved) == {}


def test_results_status_equals_the_check_result_after_half_the_fixes(results, mistakes, tmp_path):
    typed = fixes(results, mistakes, every=2)
    saved = edited(results, tmp_path / "office", typed)
    assert verdicts(saved) == {}
    before, after = (check(path, version=ApiVersion.V2).report().summary for path in (results, saved))
    assert after[Status.INVALID] < before[Status.INVALID]
