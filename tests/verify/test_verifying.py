"""verify: what the account has beside what the workbook says, and not one request that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.program.program import bulkload
from support.program.quick_runs import QuickRuns
from support.workbooks.story_workbooks import campaign

from bulkload.checking import check
from bulkload.model import ApiVersion
from bulkload.verifying import VerifyOptions, VerifyReport, verify

ROWS = [campaign(number) for number in range(6)]
EDITS: dict[str, dict[str, Any]] = {
    "Max attempts": {"dialingStrategy": {"maxAttemptsPerRecord": 9}},
    "Retry period (minutes)": {"dialingStrategy": {"defaultRetryPeriod": 5}},
    "Max ring time (seconds)": {"dialingStrategy": {"maxRingTime": 7}},
    "Dialing order": {"dialingStrategy": {"dialingOrder": "LIFO"}},
    "Caller ID": {"dialingStrategy": {"callerId": {"phoneNumber": "+14155550199"}}},
    "Calling hours": {"dialingStrategy": {"callingHours": {"timezone": "Europe/Berlin"}}},
    "Description": {"description": "Something else"},
    "Priority": {"priority": "4"},
    "Contact lists": {"contactLists": ["Somebody else"]},
    "DNC list": {"dncLists": {"name": "Another list"}},
}
IN_THE_LISTING = {"Description", "Priority", "Contact lists", "DNC list"}


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[QuickRuns]:
    with QuickRuns(tmp_path, ROWS) as opened:
        assert opened.submit().exit_status == 0
        yield opened


def verified(runs: QuickRuns, **options: Any) -> VerifyReport:
    checked = check(runs.workbook, version=ApiVersion.V2)
    return asyncio.run(verify(checked, runs.settings(60), VerifyOptions(**options), clock=runs.clock))


def different(report: VerifyReport) -> list[tuple[str, list[str]]]:
    return [(row.name, [change.heading for change in row.changes]) for row in report.rows if row.changes]


def test_what_was_just_created_is_equal_however_closely_it_is_read(runs: QuickRuns) -> None:
    writes = len(runs.server.log.effects)
    for options in ({"full": True}, {"quick": True}, {}):
        report = verified(runs, **options)
        assert (report.exit_status, report.summary["equal"]) == (0, 6)
    assert len(runs.server.log.effects) == writes


@pytest.mark.parametrize("heading", EDITS)
def test_each_column_changed_at_the_console_is_found(runs: QuickRuns, heading: str) -> None:
    runs.server.console.edit(runs.server.console.find("Campaign 1"), **EDITS[heading])
    for options in ({}, {"full": True}):
        assert different(verified(runs, **options)) == [("Campaign 1", [heading])]
    quick = different(verified(runs, quick=True))
    assert quick == ([("Campaign 1", [heading])] if heading in IN_THE_LISTING else [])


def test_a_column_that_is_ignored_is_not_compared(runs: QuickRuns) -> None:
    runs.server.console.edit(runs.server.console.find("Campaign 1"), description="Something else")
    assert verified(runs, ignore=frozenset({"description"})).exit_status == 0


def test_a_change_at_the_console_is_told_from_one_in_the_workbook(runs: QuickRuns) -> None:
    runs.server.console.edit(runs.server.console.find("Campaign 1"), **EDITS["Max attempts"])
    (row,) = (row for row in verified(runs).rows if row.changes)
    (change,) = row.changes
    assert (change.actual, change.desired, change.kind) == ("9", "3", "drift")


def test_deleted_campaign_is_missing_and_a_foreign_one_only_in_account(
    runs: QuickRuns,
) -> None:
    console = runs.server.console
    body = dict(next(one.body for one in console.campaigns if one.body["name"] == "Campaign 2"))
    console.delete(console.find("Campaign 2"))
    console.create(body | {"name": "Somebody else's"})
    report = verified(runs)
    assert report.exit_status == 1
    assert dict(report.summary) == {
        "equal": 5,
        "differs": 0,
        "missing": 1,
        "only_in_account": 1,
        "unreadable": 0,
    }


def test_where_nothing_moved_a_second_time_costs_the_listing_alone(runs: QuickRuns) -> None:
    verified(runs)
    before = len(runs.server.log.requests)
    assert verified(runs).requests == 0
    assert len(runs.server.log.requests) == before + 1


def test_seven_nights_cover_every_row(runs: QuickRuns) -> None:
    read = [verified(runs, full=True, part=(night, 7)).requests for night in range(1, 8)]
    assert sum(read) == 6


def test_on_the_console_each_difference_has_both_values(
    runs: QuickRuns, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    console = runs.server.console
    campaign_id = console.find("Campaign 1")
    console.edit(campaign_id, **EDITS["Max attempts"])
    settings = runs.settings(60)
    values = {
        "HOST": settings.host,
        "APP_ID": settings.app_id,
        "ACCOUNT_ID": settings.account_id,
        "CLIENT_ID": settings.credentials.client_id,
        "CLIENT_SECRET": settings.credentials.client_secret,
        "STATE_DIR": str(settings.state_dir),
    }
    for name, value in values.items():
        monkeypatch.setenv(f"BULKLOAD_{name}", value)
    monkeypatch.chdir(tmp_path)
    done = bulkload("verify", runs.workbook, "--results", "marked.xlsx", "--take-theirs", "theirs.xlsx")
    assert done.status == 1
    assert done.out.splitlines() == [
        "Marked workbook: marked.xlsx",
        "Marked workbook: theirs.xlsx",
        "= 5 equal, * 1 differ",
        f"* row 3  Campaign 1  {campaign_id}",
        "      Max attempts: 9 at Kore.ai, 3 here  changed at Kore.ai",
    ]
    theirs = check(tmp_path / "theirs.xlsx", version=ApiVersion.V2)
    assert [one.max_attempts for one in theirs.validation.campaigns] == [3, 9, 3, 3, 3, 3]
    document = bulkload("verify", runs.workbook, "--json").document
    assert document["summary"]["differs"] == 1
    assert document["rows"][1]["changes"] == [
        {"heading": "Max attempts", "actual": "9", "desired": "3", "last_sent": "3", "kind": "drift"}
    ]
    console.edit(campaign_id, dialingStrategy={"maxAttemptsPerRecord": 3})
    assert bulkload("verify", runs.workbook, "--quiet").out == ""
