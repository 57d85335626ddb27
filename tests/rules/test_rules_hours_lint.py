"""Calling hours that are valid and look like a mistake: warned about, and sent all the same."""

# ruff: noqa: RUF001  (signs that look alike are what people paste)

import pytest
from support.workbooks.sheets import OFFICE, PREVIEW, changed, changed_hours, make_workbook

from bulkload.model import ApiVersion, Level
from bulkload.rules.validate import validate


def warnings(*hours, campaign=PREVIEW):
    judged = validate(make_workbook([campaign], hours), ApiVersion.V2)
    assert {problem.level for problem in judged.problems} <= {Level.WARNING}
    return [(problem.cell, problem.code, problem.message) for problem in judged.problems]


def named(name, **cells):
    row = changed_hours(OFFICE, name=name, **cells)
    return warnings(row, campaign=changed(PREVIEW, calling_hours=name, retry_period=1))


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("Shop 12pm-9pm", "12:00", "12:30"),
        ("Shop 9am-5pm", "9:00", "18:00"),
        ("Mon-Fri 9-18", "9:00", "17:00"),
        ("9:00-17:30 Berlin", "9:00", "17:00"),
        ("9h00-17h00", "9:00", "16:00"),
        ("Office 9 to 17", "9:00", "16:00"),
    ],
)
def test_a_name_that_says_other_hours_than_its_rows_is_a_warning(name, start, end):
    assert [code for _, code, _ in named(name, start=start, end=end)] == ["calling-hours-says-other-hours"]


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("Shop 12pm-9pm", "12:00", "21:00"),
        ("Mon-Fri 9-18 New York", "9:00", "18:00"),
        ("Office 9-6", "9:00", "18:00"),
        ("Office 9–6", "9:00", "18:00"),
        ("Team 2-3", "9:00", "18:00"),
        ("Q1-2 2026", "9:00", "18:00"),
        ("24-7", "9:00", "18:00"),
        ("24/7", "9:00", "18:00"),
        ("Nov 28-30", "9:00", "18:00"),
        ("2026-12-01", "9:00", "18:00"),
        ("Tier 1", "9:00", "18:00"),
    ],
)
def test_a_name_that_says_its_hours_or_none_is_fine(name, start, end):
    assert named(name, start=start, end=end) == []


def test_the_days_end_is_24_hours_in_a_name():
    found = named("All day 8-24", start="8:00", end="24:00")
    assert [code for _, code, _ in found] == ["end-unusual-hours"]


def test_a_name_may_say_the_first_start_and_last_end():
    name = "Shop 9-18"
    rows = [changed_hours(OFFICE, name=name, end="12:00"), changed_hours(OFFICE, name=name, start="14:00")]
    assert warnings(*rows, campaign=changed(PREVIEW, calling_hours=name)) == []


@pytest.mark.parametrize(
    ("days", "missing"),
    [
        ("Mon, Tue, Thu, Fri", "Wednesday"),
        ("Mon, Wed, Thu, Fri", "Tuesday"),
        ("Mon-Wed, Fri, Sat", "Thursday"),
        ("Mon-Thu", None),
        ("Tue-Fri", None),
        ("Mon, Wed, Fri", None),
        ("Mon, Tue", None),
        ("Every day", None),
    ],
)
def test_a_weekday_that_is_missing_in_the_middle_is_a_warning(days, missing):
    found = [message for _, _, message in warnings(changed_hours(OFFICE, days=days))]
    assert found == ([f'"US office" has every weekday except {missing}.'] if missing else [])


def test_the_days_of_all_rows_of_a_name_count():
    rows = [changed_hours(OFFICE, days="Mon, Tue, Thu, Fri"), changed_hours(OFFICE, days="Wed", end="12:00")]
    assert warnings(*rows) == []


@pytest.mark.parametrize(("end", "warned"), [("9:01", True), ("9:14", True), ("9:15", False)])
def test_a_window_of_a_few_minutes_is_a_warning(end, warned):
    found = [
        (cell, code)
        for cell, code, _ in warnings(
            changed_hours(OFFICE, end=end), campaign=changed(PREVIEW, retry_period=1)
        )
    ]
    assert found == ([("F2", "end-short-window")] if warned else [])


def test_names_with_the_same_hours_are_one_warning_at_the_second():
    rows = [changed_hours(OFFICE, name=name) for name in ("US office", "B", "C")]
    assert warnings(*rows) == [("A3", "calling-hours-same-hours", '"B" has the same hours as rows 2 and 4.')]


@pytest.mark.parametrize("cells", [{"timezone": "America/Chicago"}, {"days": "Mon-Thu"}, {"start": "10:00"}])
def test_names_that_differ_in_days_times_or_zone_are_no_repetition(cells):
    assert warnings(OFFICE, changed_hours(OFFICE, name="B", **cells)) == []


@pytest.mark.parametrize(("minutes", "warned"), [(540, False), (541, True)])
def test_a_retry_period_longer_than_the_longest_window_is_a_warning(minutes, warned):
    found = warnings(OFFICE, campaign=changed(PREVIEW, retry_period=minutes))
    assert [message for _, _, message in found] == (
        [f"Retry period (minutes) {minutes} is longer than the longest calling window, 540 minutes."]
        if warned
        else []
    )


def test_windows_that_touch_count_as_one_for_the_retry_period():
    rows = [changed_hours(OFFICE, end="12:00"), changed_hours(OFFICE, start="12:00", end="20:00")]
    assert warnings(*rows, campaign=changed(PREVIEW, retry_period=660)) == []


def test_hours_past_midnight_are_answered_with_the_two_rows_to_type():
    rows = [changed_hours(OFFICE, days="Fri", start="10 PM", end="2 AM")]
    judged = validate(make_workbook([PREVIEW], rows), ApiVersion.V2)
    assert [
        (problem.message, problem.fix) for problem in judged.problems if problem.sheet == "Calling hours"
    ] == [
        (
            "End 2:00 AM is not later than Start 10:00 PM.",
            "Use two rows: Fri 10:00 PM - midnight and Sat 12:00 AM - 2:00 AM.",
        )
    ]
    fixed = [
        changed_hours(OFFICE, days="Fri", start="10:00 PM", end="midnight"),
        changed_hours(OFFICE, days="Sat", start="12:00 AM", end="2:00 AM"),
    ]
    assert len(validate(make_workbook([PREVIEW], fixed), ApiVersion.V2).campaigns) == 1
