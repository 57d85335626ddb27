"""``convert --v1-to-v2``: our own workbook for v1 as one for v2."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from support.program.program import bulkload

from bulkload.model import AccountIdentity
from bulkload.workbook.reader.read import read
from bulkload.workbook.template.write import write_template

COMMON = {
    "Description": "Reminds",
    "Contact lists": "Loan holders - Nov",
    "Caller ID": "+14155550123",
    "Calling hours": "US office",
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}
AGENT = {"Queue": "Collections EN"}
FLOW = {"Experience flow": "Payment reminder flow"}
DETECTION = "Answering machine detection"
ROWS = [
    {
        "Campaign name": "A",
        "Dialing mode": "Progressive",
        DETECTION: "Yes",
        **COMMON,
        **AGENT,
        "Notes": "=kept",
    },
    {"Campaign name": "B", "Dialing mode": "Agentless", DETECTION: "No", **COMMON, **FLOW},
    {"Campaign name": "C", "Dialing mode": "Agentless", DETECTION: "yes", **COMMON, **FLOW, "Priority": 2},
]
HOURS = [
    {
        "Calling hours": "US office",
        "Time zone": "America/New_York",
        "Day": "Mon-Fri",
        "Start": "9:00",
        "End": "18:00",
    }
]


@pytest.fixture(autouse=True)
def _workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_template(Path("v1.xlsx"), campaigns=ROWS, calling_hours=HOURS)


def test_the_dnc_list_is_asked_for_and_detection_follows_the_mode() -> None:
    assert bulkload("check", "v1.xlsx", "--api-version", "v1", "--quiet").status == 0
    done = bulkload("convert", "v1.xlsx", "--v1-to-v2")
    assert (done.status, done.err) == (1, "")
    assert done.out == (
        "Wrote v1.v2.xlsx: 3 campaigns from v1.xlsx. Nothing was sent.\n"
        "\n"
        "Empty, to be filled in: 4 cells\n"
        "  F5, F6, F7: Version v2 needs a DNC list. Type the name of the Do Not Call list.\n"
        '  J7: Version v2 has Detect and Disconnect in place of "yes". Choose one of them.\n'
        "\n"
        "Filled in, please check: 1 cell\n"
        "  J5: Version v2 has no detection for Progressive, so Yes was removed.\n"
        "\n"
        "Then:  bulkload check v1.v2.xlsx\n"
    )
    sheet = load_workbook("v1.v2.xlsx")["Campaigns"]
    assert [[sheet.cell(row, 10).value, sheet.cell(row, 13).value] for row in (5, 6, 7)] == [
        [None, None],
        ["No", None],
        [None, 2],
    ]
    assert sheet["S5"].value == "=kept"


def test_a_dnc_list_that_is_given_fills_every_row() -> None:
    done = bulkload("convert", "v1.xlsx", "--v1-to-v2", "--dnc", "DNC global", "--out", "new.xlsx", "--json")
    assert done.status == 1
    assert done.document["summary"] == {"rows": 3, "empty_cells": 1, "filled_in_cells": 4, "left_out": 0}
    problems = [
        one["cell"]
        for row in bulkload("check", "new.xlsx", "--json").document["rows"]
        for one in row["problems"]
    ]
    assert "J7" in problems
    assert not {"F5", "F6", "F7", "J5", "J6"} & set(problems)


def test_a_workbook_stays_bound_to_its_account() -> None:
    account = AccountIdentity("https://platform.kore.ai", "st-1", account_id="6777", name="acme")
    write_template(Path("v1.xlsx"), campaigns=ROWS, calling_hours=HOURS, account=account)
    bulkload("convert", "v1.xlsx", "--v1-to-v2")
    before, after = (read(Path(name)).account for name in ("v1.xlsx", "v1.v2.xlsx"))
    assert before is not None
    assert after == before


def test_a_foreign_list_is_refused() -> None:
    Path("list.csv").write_text("Name,X\nA,1\n")
    assert bulkload("convert", "list.csv", "--v1-to-v2").status == 3
