"""The document of ``--json``: exactly these keys in this order, for other programs are written against them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.crash.checker import COUNTED
from support.program.program import bulkload

SAMPLES = Path(__file__).parents[2] / "samples"

DOCUMENT = ["workbook", "version", "account", "run", "results", "exit_status", "summary", "rows", "problems"]
ACCOUNT = ["name", "host", "application", "account_id", "practice"]
SUMMARY = ["rows", *COUNTED]
ROW = [
    "row",
    "name",
    "status",
    "action",
    "campaign_id",
    "platform_status",
    "attempts",
    "changes",
    "problems",
]
PROBLEM = ["code", "level", "sheet", "cell", "heading", "value", "message", "fix", "proposals"]


@pytest.mark.parametrize(
    ("arguments", "row_keys"),
    [
        (("check", SAMPLES / "mistakes.xlsx"), ROW),
        (("check", SAMPLES / "campaigns.xlsx"), ROW),
        (("submit", SAMPLES / "campaigns.xlsx", "--sandbox", "--dry-run"), [*ROW, "payload"]),
        (("submit", SAMPLES / "campaigns.xlsx", "--sandbox", "--yes", "--results", "r.xlsx"), ROW),
        (("submit", SAMPLES / "mistakes.xlsx", "--sandbox", "--yes", "--results", "r.xlsx"), ROW),
        (("check", SAMPLES / "no-such-file.xlsx"), ROW),
    ],
)
def test_a_document_has_the_keys_that_other_programs_know(arguments, row_keys) -> None:
    document = bulkload(*arguments, "--json").document
    practice = ["practice"] if document["account"] else []
    assert list(document) == [*DOCUMENT[:3], *practice, *DOCUMENT[3:]]
    assert document["account"] is None or list(document["account"]) == ACCOUNT
    assert list(document["summary"]) == SUMMARY
    assert all(list(row) == row_keys for row in document["rows"])
    problems = document["problems"] + [problem for row in document["rows"] for problem in row["problems"]]
    assert all(list(problem) == PROBLEM for problem in problems)
    rows, *by_status = document["summary"].values()
    assert rows == len(document["rows"]) == sum(by_status)


def test_a_dry_run_that_is_to_write_results_is_refused() -> None:
    done = bulkload("submit", SAMPLES / "campaigns.xlsx", "--sandbox", "--dry-run", "--results", "r.xlsx")
    assert (done.status, done.out) == (2, "")
    assert done.err == "A dry run writes no results workbook. Leave out --results or --dry-run.\n"
