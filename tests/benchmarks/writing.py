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

RESULTS = Goal(
    "results workbook of 10,000 rows", "xlsxwriter writing the same cells, formulas and formats plainly", 1.4
)
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

    from bulkload.workbook.results.write import write_results

    with tempfile.TemporaryDirectory() as folder:
        report, workbook = ended_run(book)
        paths = (Path(folder) / f"{number}.xlsx" for number in range(1000))
        names, sheets = contents(write_results(report, workbook, next(paths)))

        def plainly() -> None:
            # The very cells, formulas and formats; no notes, no dropdowns, no marks, no thought of them.
            with xlsxwriter.Workbook(next(paths)) as target:
                formats: dict[tuple[object, ...], object] = {}
                for name, expression in names.items():
                    target.define_name(name, f"={expression}")
                for title, cells in sheets.items():
                    sheet = target.add_worksheet(title)
                    for row, column, kind, value, look in cells:
                        style = formats.get(look)
                        if style is None:
                            style = formats[look] = target.add_format(dict(look))
                        if kind == "f":
                            sheet.write_formula(row, column, value, style, "")
                        elif kind == "n":
                            sheet.write_number(row, column, value, style)
                        else:
                            sheet.write_string(row, column, value, style)

        return _in_turn(lambda: write_results(report, workbook, next(paths)), plainly, 3)


def contents(path: Path) -> tuple[dict[str, str], dict[str, list[tuple[object, ...]]]]:
    """The defined names of a workbook, and of each sheet the cells: row, column, kind, value, format."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    names = {name: defined.attr_text for name, defined in book.defined_names.items()}
    return names, {
        sheet.title: [
            (cell.row - 1, cell.column - 1, cell.data_type, cell.value, look(cell))
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None and cell.data_type in {"f", "n", "s"}
        ]
        for sheet in book
    }


def look(cell: object) -> tuple[tuple[str, object], ...]:
    """The format of a cell, as XlsxWriter names its properties."""
    properties = {
        "num_format": cell.number_format,
        "bold": bool(cell.font.b),
        "font_size": cell.font.sz,
        "text_wrap": bool(cell.alignment.wrap_text),
        "align": cell.alignment.horizontal or "general",
        "valign": cell.alignment.vertical or "bottom",
        "border": 1 if cell.border.left and cell.border.left.style else 0,
        "bg_color": f"#{cell.fill.start_color.rgb[2:]}" if cell.fill.fill_type else None,
    }
    return tuple((name, value) for name, value in properties.items() if value is not None)


def ended_run(book: Path) -> tuple[object, object]:
    """The report and the workbook of a run that created nine rows of ten and found one faulty."""
    from dataclasses import replace

    from bulkload.checking import check
    from bulkload.messages import quoted
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
        said = quoted(
            f'Caller ID "(415) 555-{row}" has no + and country code.',
            "Start with + and the country code, such as +14155550123.",
        )
        problem = Problem(
            Level.ERROR,
            said,
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
