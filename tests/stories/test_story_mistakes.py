"""``samples/mistakes.xlsx`` holds every kind of problem once, and each is found at its cell."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest
from support.fakes.sandbox_server import embedded
from support.program.program import bulkload
from support.workbooks.parts import parts

from bulkload.checking import check
from bulkload.model import ApiVersion
from bulkload.rules.messages import CATALOGUE, account
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

SAMPLES = Path(__file__).parents[2] / "samples"
OF_ACCOUNTS = {template.code for template in vars(account).values() if template in CATALOGUE}
ELSEWHERE = OF_ACCOUNTS | {
    "not-in-v1",
    "column-missing",
    "number-shown-as-time",
    "struck-through",
    "hours-struck-through",
}
"""Kinds that this workbook can't have: of version v1, of a sheet without a column, of cells that Excel alone makes."""


@pytest.fixture(scope="module")
def mistakes() -> dict[str, object]:
    return runpy.run_path(str(SAMPLES / "mistakes.py"))


def intended(mistakes: dict[str, object]) -> list[tuple[str, str, str, str]]:
    """(sheet, cell, heading, kind) of every mistake."""
    read = check(SAMPLES / "mistakes.xlsx", version=ApiVersion.V2).workbook
    found = []
    for sheet, rows, good in (
        (read.campaigns, mistakes["CAMPAIGN_MISTAKES"], 0),
        (read.calling_hours, mistakes["HOURS_MISTAKES"], 1),
    ):
        for row, mistake in zip(sheet.frame.index[good:], rows, strict=True):  # type: ignore[call-overload]
            kinds = ((mistake.kind, mistake.heading), *mistake.also) if mistake.kind else ()
            found += [
                (sheet.name, f"{sheet.letters[heading]}{row}", heading, kind) for kind, heading in kinds
            ]
    return found


def code(heading: str, kind: str) -> str:
    """The code of a problem of this kind in this column."""
    return "-".join((*re.findall("[a-z0-9]+", heading.lower()), kind))


def test_the_check_finds_each_intended_problem_at_its_cell_and_no_other(mistakes: dict[str, object]) -> None:
    done = bulkload("check", SAMPLES / "mistakes.xlsx", "--json")
    assert done.status == done.document["exit_status"] == 3
    problems = done.document["problems"] + [
        problem for row in done.document["rows"] for problem in row["problems"]
    ]
    for sheet, cell, heading, kind in intended(mistakes):
        found = [
            one
            for one in problems
            if (one["sheet"], one["cell"], one["code"]) == (sheet, cell, code(heading, kind))
        ]
        assert len(found) == 1, (sheet, cell, heading, kind)
        problems.remove(found[0])
    assert problems == []


def test_every_kind_of_problem_stands_in_it(mistakes: dict[str, object]) -> None:
    kinds = {kind for _, _, _, kind in intended(mistakes)}
    assert kinds == {template.code for template in CATALOGUE} - ELSEWHERE


def test_none_of_it_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with embedded(tmp_path) as sandbox:
        for name, value in {
            "HOST": sandbox.url,
            "APP_ID": APP_ID,
            "ACCOUNT_ID": ACCOUNT_ID,
            "CLIENT_ID": CLIENT_ID,
            "CLIENT_SECRET": CLIENT_SECRET,
            "STATE_DIR": str(tmp_path / "state"),
        }.items():
            monkeypatch.setenv(f"BULKLOAD_{name}", value)
        results = tmp_path / "results.xlsx"
        assert bulkload("check", SAMPLES / "mistakes.xlsx").status == 3
        done = bulkload("submit", SAMPLES / "mistakes.xlsx", "--yes", "--json", "--results", results)
        assert done.status == 3
        assert done.document["run"] is None
        assert Path(done.document["results"]) == results
        assert sandbox.log.requests == ()


def test_the_samples_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(SAMPLES))
    make = runpy.run_path(str(SAMPLES / "make.py"))
    make["write"](tmp_path)
    sys.modules.pop("mistakes", None)
    for name in ("campaigns.xlsx", "mistakes.xlsx"):
        assert parts(tmp_path / name) == parts(SAMPLES / name), "python samples/make.py renews it"
