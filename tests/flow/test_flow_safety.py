"""Whoever calls: a workbook with problems sends nothing that writes."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support.program.program import bulkload
from support.program.quick_runs import QuickRuns
from support.workbooks.story_workbooks import campaign

from bulkload.checking import check
from bulkload.flow import WorkbookHasProblemsError, open_submission
from bulkload.model import ApiVersion, SubmitOptions

FAULTY = [campaign(1), campaign(2) | {"DNC list": None}, campaign(3)]
GOOD = [campaign(1), campaign(2), campaign(3)]


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[QuickRuns]:
    with QuickRuns(tmp_path, FAULTY) as opened:
        yield opened


def written(runs: QuickRuns) -> list[str]:
    return [effect.name for effect in runs.server.log.effects]


def test_planning_a_faulty_workbook_is_refused_before_any_request(runs: QuickRuns) -> None:
    async def plan() -> None:
        checked = check(runs.workbook, version=ApiVersion.V2)
        async with open_submission(
            checked, SubmitOptions(), runs.settings(60), clock=runs.clock
        ) as submission:
            with pytest.raises(WorkbookHasProblemsError) as refused:
                await submission.plan()
            assert refused.value.exit_status == 3
            report = submission.report()
            assert (report.exit_status, report.refused, report.sent) == (3, True, False)

    asyncio.run(plan())
    assert not runs.server.log.requests


def test_plan_of_a_good_workbook_cannot_send_a_faulty_one(runs: QuickRuns) -> None:
    async def send() -> None:
        faulty = check(runs.workbook, version=ApiVersion.V2)
        settings = runs.settings(60)
        async with open_submission(
            faulty, SubmitOptions(valid_rows_only=True), settings, clock=runs.clock
        ) as valid:
            plan = await valid.plan()
        async with open_submission(faulty, SubmitOptions(), settings, clock=runs.clock) as submission:
            report = await submission.send(plan)
            assert (report.exit_status, report.sent) == (3, False)

    asyncio.run(send())
    assert written(runs) == []


def test_a_plan_of_another_submission_is_not_sent(runs: QuickRuns) -> None:
    async def send() -> None:
        checked = check(runs.workbook, version=ApiVersion.V2)
        options, settings = SubmitOptions(valid_rows_only=True), runs.settings(60)
        async with open_submission(checked, options, settings, clock=runs.clock) as first:
            plan = await first.plan()
        async with open_submission(checked, options, settings, clock=runs.clock) as second:
            report = await second.send(plan)
            assert (report.exit_status, report.sent) == (5, False)
            await second.plan()
            forged = replace(plan, decisions=plan.decisions * 2)
            assert (await second.send(forged)).exit_status == 5

    asyncio.run(send())
    assert written(runs) == []


def test_valid_rows_alone_are_sent_where_the_person_chose_them(runs: QuickRuns) -> None:
    report = runs.submit(valid_rows_only=True)
    assert (report.exit_status, report.summary["created"], report.summary["invalid"]) == (1, 2, 1)
    assert sorted(written(runs)) == ["Campaign 1", "Campaign 3"]


def test_no_valid_row_at_all_is_refused_though_valid_rows_were_chosen(tmp_path: Path) -> None:
    with QuickRuns(tmp_path, [campaign(1) | {"DNC list": None}]) as runs:
        assert runs.submit(valid_rows_only=True).exit_status == 3
        assert not runs.server.log.requests


@pytest.mark.parametrize("command", [("submit", "--yes"), ("submit", "--dry-run"), ("plan",)])
def test_no_command_sends_a_faulty_workbook(runs: QuickRuns, command: tuple[str, ...]) -> None:
    done = bulkload(command[0], runs.workbook, *command[1:], "--sandbox", "--json")
    assert done.status == done.document["exit_status"] == 3
    assert bulkload("runs", "--json").document == []
