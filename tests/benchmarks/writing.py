"""Writing: the results workbook beside xlsxwriter alone, payloads beside ``json.dumps`` alone; in one process."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.goals import Goal, Measured
from benchmarks.processes import Beside, worker

RESULTS = Goal("results workbook of 10,000 rows", "xlsxwriter writing the same cells plainly", 1.5)
PAYLOADS = Goal("building 10,000 payloads", "`json.dumps` of them", 3)


def results(books: Path) -> list[Measured]:
    pair = _pair("results", books / "10000.xlsx")
    return [Measured(RESULTS, pair.ratio, f"{pair.figures}; every tenth row faulty, 500 calling-hours rows")]


def payloads(books: Path) -> list[Measured]:
    pair = _pair("payloads", books / "10000.xlsx")
    return [Measured(PAYLOADS, pair.ratio, pair.figures)]


def _pair(what: str, book: Path) -> Beside:
    ours, theirs = json.loads(worker("benchmarks.writing", what, book))
    return Beside(tuple(ours), tuple(theirs))


# --- in the worker -------------------------------------------------------------------------------------


def _timed(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def _in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int) -> list[list[float]]:
    ours(), theirs()
    pairs = [(_timed(ours), _timed(theirs)) for _ in range(runs)]
    return [[a for a, _ in pairs], [b for _, b in pairs]]


def _write_payloads(book: Path) -> list[list[float]]:
    from bulkload.checking import check
    from bulkload.model import ApiVersion

    checked = check(book, version=ApiVersion.V2)
    bodies = [payload.body for payload in checked.payloads()]
    return _in_turn(checked.payloads, lambda: [json.dumps(body) for body in bodies], 11)


def _write_results(book: Path) -> list[list[float]]:
    import xlsxwriter
    from python_calamine import load_workbook

    from bulkload.workbook.results.write import write_results

    with tempfile.TemporaryDirectory() as folder:
        report, workbook = ended_run(book)
        paths = (Path(folder) / f"{number}.xlsx" for number in range(1000))
        written = write_results(report, workbook, next(paths))
        sheets = load_workbook(written)
        cells = {name: sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names}

        def plainly() -> None:
            # The very cells, texts of ours among them that begin with "=" or "http"; no format, no thought of them.
            plain = {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "h:mm"}
            with xlsxwriter.Workbook(next(paths), plain) as target:
                for name, rows in cells.items():
                    sheet = target.add_worksheet(name)
                    for number, row in enumerate(rows):
                        sheet.write_row(number, 0, row)

        return _in_turn(lambda: write_results(report, workbook, next(paths)), plainly, 5)


def ended_run(book: Path) -> tuple[object, object]:
    """The report and the workbook of a run that created nine rows of ten and found one faulty."""
    from dataclasses import replace

    from bulkload.checking import check
    from bulkload.model import ApiVersion, Level, Outcome, Problem, Status
    from bulkload.report import Report

    workbook = check(book, version=ApiVersion.V2).workbook
    names = workbook.campaigns.frame["Campaign name"]

    def outcome(row: int, name: str) -> Outcome:
        if row % 10:
            return Outcome(
                row, name, Status.CREATED, campaign_id=f"cd-b2c1690-{row}", platform_status="Ready"
            )
        column = workbook.campaigns.letters["Caller ID"]
        problem = Problem(
            Level.ERROR,
            f'Caller ID "(415) 555-{row}" has no + and country code, and these are never guessed.',
            "Type + and the country code in front, such as +14155550123.",
            workbook.campaigns.name,
            row,
            column,
            "Caller ID",
            f"(415) 555-{row}",
        )
        return Outcome(row, name, Status.INVALID, problems=(problem,))

    few = replace(workbook.calling_hours, frame=workbook.calling_hours.frame.iloc[:500])
    outcomes = tuple(outcome(row, name) for row, name in names.items())
    return Report(book, outcomes, sent=True), replace(workbook, calling_hours=few)


if __name__ == "__main__":
    what, book = sys.argv[1:]
    print(json.dumps({"payloads": _write_payloads, "results": _write_results}[what](Path(book))))
