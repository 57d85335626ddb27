"""Somebody repairs the marked cells in the results workbook itself and submits that; nothing is created twice."""

from __future__ import annotations

import re
import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.fakes.sandbox_server import embedded
from support.program.program import Done, bulkload

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, Fixtures

SAMPLES = Path(__file__).parents[2] / "samples"

KNOWN = Fixtures(
    contact_lists=("Loan holders - Nov", "Loan holders - Nov, Loan holders - Oct"),
    dnc_lists=("DNC global", "none"),
    queues=("Collections EN",),
    flows=("Payment reminder flow",),
    caller_ids=("+14155550123", "14155550123", "+442079460018"),
)
"""What the good rows of the sample name, and the notes of the others."""

NAMED = (
    r'Did you mean "(.+?)"\?',
    r"such as (.+?)(?:[,;]| or |\.?$|\. )",
    r"Leave out the \(0\): (.+?)\.",
    r"type (\d+:\d+)\.",
    r"Type (\+\d+)\.",
    r"day of the week: (\w+)\.",
    r"Choose (\w+)(?:,| or )",
    r"Type a whole number(?:,| from) (\d+)",
    r"Type (\w+/\w+)",
    r"Type ([^,.]+?) or ",
)
"""How notes name a value to type; the first way that a note goes counts."""

LEAST_NAMED = 25
"""Marked cells of the sample whose notes name what to type: more than half."""

LEFTOVERS = {"only-one-cell", "filled-down", "totals-row"}
LEFTOVER = re.compile("Only one cell|contain only|looks like the totals")
"""Kinds of rows that are no campaigns, and how their notes say it."""

MARK = "FFF8A99A"
HEADINGS, FIRST = 5, 6
"""Excel rows."""


@pytest.fixture(scope="module")
def mistakes() -> dict[str, Any]:
    return runpy.run_path(str(SAMPLES / "mistakes.py"))


def repair(results: Path, mistakes: dict[str, Any]) -> tuple[int, int]:
    """Type something right into each cell with a red frame, and save; how many there were, and had it named."""
    book = openpyxl.load_workbook(results)
    repaired = followed = 0
    for name in ("Campaigns", "Calling hours"):
        sheet = book[name]
        headings = [str(cell.value).removesuffix(" *") for cell in sheet[HEADINGS]]
        for cells in sheet.iter_rows(min_row=FIRST):
            row = dict(zip(headings, cells, strict=True))
            for heading, cell in row.items():
                if heading != "Result" and cell.fill.start_color.rgb == MARK:
                    if cell.comment and LEFTOVER.search(cell.comment.text):
                        clear(cells)
                        break
                    value = named(cell.comment.text)
                    repaired, followed = repaired + 1, followed + (value is not None)
                    cell.value = value or right(heading, cell, row, mistakes)
    book.save(results)
    return repaired, followed


def clear(cells: tuple[Any, ...]) -> None:
    """Empty a row, which is then no row."""
    for cell in cells:
        cell.value = None


def named(note: str) -> str | None:
    """The value that a note says to type, where it names one."""
    return next((found[1] for way in NAMED if (found := re.search(way, note))), None)


def right(  # noqa: PLR0911  (one line per kind of note)
    heading: str, cell: Any, row: dict[str, Any], mistakes: dict[str, Any]
) -> object:
    """What would be right in a marked cell whose note names no value."""
    if heading in {"Campaign name", "Description"}:
        return f"Repaired {heading[:1]}{cell.row}"
    if (
        "lear the cell" in cell.comment.text
        or "eave the cell empty" in cell.comment.text
        or heading in {"Campaign ID", "Priority"}
    ):
        return None  # the one with a note goes: nothing stands in its row then
    if "has mistakes in the sheet" in cell.comment.text:
        return str(cell.value)
    if "Use two rows" in cell.comment.text:
        return "midnight"
    if "overlaps" in cell.comment.text:
        return "6:00 PM"
    if "Day" in row:
        return mistakes["GOOD_HOURS"].get(heading, "WEEKLY")
    return (mistakes["PREVIEW"] | {"Dialing mode": "Progressive"})[heading]


def submit(workbook: Path, *options: str) -> Done:
    return bulkload("submit", workbook, "--yes", "--json", *options)


def test_results_with_fixed_cells_create_every_row_exactly_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mistakes: dict[str, Any]
) -> None:
    workbook = tmp_path / "mistakes.xlsx"
    workbook.write_bytes((SAMPLES / "mistakes.xlsx").read_bytes())
    rows = len(mistakes["CAMPAIGN_MISTAKES"])
    with embedded(tmp_path, fixtures=KNOWN) as sandbox:
        for name, value in {
            "HOST": sandbox.url,
            "APP_ID": APP_ID,
            "ACCOUNT_ID": ACCOUNT_ID,
            "CLIENT_ID": CLIENT_ID,
            "CLIENT_SECRET": CLIENT_SECRET,
            "STATE_DIR": str(tmp_path / "state"),
            "RATE": "1000",
            "WINDOW": "1",
        }.items():
            monkeypatch.setenv(f"BULKLOAD_{name}", value)

        first = submit(workbook, "--valid-rows-only")
        created = first.document["summary"]["created"]
        # The queue of one row is spelled in a way that only the service knows to be wrong.
        assert (first.status, first.document["summary"]["invalid"]) == (1, rows - created - 1)
        assert first.document["summary"]["refused"] == 1
        assert created > 0

        results = Path(first.document["results"])
        repaired, followed = repair(results, mistakes)
        assert repaired > rows - created
        assert followed >= LEAST_NAMED
        second = submit(results)
        assert [
            row for row in second.document["rows"] if row["problems"] and row["status"] == "invalid"
        ] == []
        notes = sum(mistake.kind in LEFTOVERS for mistake in mistakes["CAMPAIGN_MISTAKES"])
        assert (second.status, second.document["summary"]["created"]) == (0, rows - created - notes)

        third = submit(Path(second.document["results"]))
        assert (third.status, third.document["summary"]["created"]) == (0, 0)

        names = Counter(effect.name for effect in sandbox.log.effects_of("created"))
        assert (len(names), set(names.values())) == (rows - notes, {1})
        assert {row["campaign_id"] for row in third.document["rows"]} == {
            effect.campaign_id for effect in sandbox.log.effects_of("created")
        }
        assert sandbox.log.effects_of("updated") == ()
