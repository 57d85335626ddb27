"""Campaigns that are written are read again as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest
from support.program.reports import workbook
from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW, PROGRESSIVE

from bulkload.checking import check
from bulkload.model import ApiVersion, Block
from bulkload.rules.validate import validate
from bulkload.workbook.writer.campaigns import days_in_words, hours_cells, write_campaigns

HOURS = [
    OFFICE | {"Day": "Mon-Thu"},
    OFFICE | {"Day": "Fri", "End": "3:00 PM", "Time zone": None},
    OFFICE | {"Day": "Sat, Sun", "Start": "10:00", "End": "midnight", "Time zone": None},
    OFFICE | {"Calling hours": "UK", "Day": "Every day", "Time zone": "Europe/London"},
]


def campaigns():
    rows = [
        PREVIEW | {"Contact lists": "A; B, C", "Notes": "Ask Dana", "Campaign ID": "cd-1"},
        PROGRESSIVE | {"Campaign name": "Second", "Caller ID": "SIP 14155550123", "Priority": None},
        AGENTLESS | {"Campaign name": "Third", "Caller ID": "sip:desk@bank.example", "Calling hours": "UK"},
    ]
    return validate(workbook(rows, HOURS), ApiVersion.V2).campaigns


def test_campaigns_that_are_written_are_read_as_the_same_values(tmp_path):
    written = campaigns()
    assert len(written) == 3
    write_campaigns(written, tmp_path / "c.xlsx")
    read = check(tmp_path / "c.xlsx", version=ApiVersion.V2).validation
    assert [problem for problem in read.problems if problem.is_error] == []
    assert read.campaigns == written


def test_cells_by_heading_are_written_as_they_are(tmp_path):
    write_campaigns([PREVIEW | {"Max attempts": "three"}], tmp_path / "c.xlsx", calling_hours=[OFFICE])
    problems = check(tmp_path / "c.xlsx", version=ApiVersion.V2).validation.problems
    assert [(problem.heading, problem.value) for problem in problems] == [("Max attempts", "three")]


def test_more_campaigns_than_a_template_has_rows_are_written(tmp_path):
    one = campaigns()[0]
    many = tuple(replace(one, name=f"Campaign {number}", campaign_id=None) for number in range(700))
    write_campaigns(many, tmp_path / "c.xlsx")
    assert len(check(tmp_path / "c.xlsx", version=ApiVersion.V2).validation.campaigns) == 700


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([0, 1, 2, 3, 4], "Mon-Fri"),
        ([4, 0], "Mon, Fri"),
        ([0, 1, 3, 4, 5], "Mon, Tue, Thu-Sat"),
        (range(7), "Every day"),
        ([6], "Sun"),
    ],
)
def test_days_are_written_as_people_type_them(days, words):
    assert days_in_words(days) == words


def test_days_that_share_a_span_of_time_are_one_row():
    hours = campaigns()[0].calling_hours
    assert [(row["Day"], row["Start"], row["End"]) for row in hours_cells(hours)] == [
        ("Mon-Thu", time(9), time(18)),
        ("Fri", time(9), time(15)),
        ("Sat, Sun", time(10), time(23, 59)),
    ]


def test_two_calling_hours_of_one_name_are_refused(tmp_path):
    first, second, _ = campaigns()
    other = replace(second.calling_hours, blocks=(Block("MO", time(9), time(10)),))
    with pytest.raises(ValueError, match="Two different calling hours have the name 'US office'"):
        write_campaigns([first, replace(second, calling_hours=other)], tmp_path / "c.xlsx")
    assert list(tmp_path.iterdir()) == []
