"""Each known trap ends as a right value or as an empty marked cell, never as a guess."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.converting.draft import draft_map
from bulkload.converting.hours import HoursReader
from bulkload.converting.hours_book import HoursBook
from bulkload.converting.hours_times import says_when_not
from bulkload.converting.mapping import MapLine, Rule, parse_map
from bulkload.converting.values import convert_value, with_country_code
from bulkload.workbook.foreign.table import ForeignTable, make_table

COLUMNS = {column.heading: column for column in CAMPAIGN_COLUMNS}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def table(headings: list[str], *rows: list[object]) -> ForeignTable:
    return make_table(
        Path("list.csv"), [(number, row) for number, row in enumerate([headings, *rows], start=1)]
    )


def hours(made: ForeignTable, **changes: tuple[str, str, str]) -> list[tuple[object, ...]]:
    """Day, start, end and why of each row of calling hours, by the draft with these changes."""
    draft = draft_map(made)
    lines = {row[0]: row for row in draft["Hours"]}
    lines |= {part: (part, *line) for part, line in changes.items()}
    sheets = {"Columns": [], "Values": [], "Hours": list(enumerate(lines.values(), start=2))}
    book = HoursBook()
    reader = HoursReader(made, parse_map(sheets, made.headings))
    whys = [value.why for position in range(len(made.rows)) if (value := reader.read(position, book)).why]
    reasons = {position: why.code for position, heading, why in book.explanations if heading == "Start"}
    rows = [
        (row.cells.get("Day"), row.cells.get("Start"), row.cells.get("End"), reasons.get(position))
        for position, row in enumerate(book.rows)
    ]
    return rows or [(None, None, None, why.code) for why in whys]


def vicidial(name: str, default: tuple[str, str], week: dict[str, tuple[str, str]]) -> ForeignTable:
    headings = ["call_time_name", "ct_default_start", "ct_default_stop"]
    row: list[object] = [name, *default]
    for day in DAYS:
        headings += [f"ct_{day.lower()}_start", f"ct_{day.lower()}_stop"]
        row += week.get(day, ("0", "0"))
    return table(headings, row)


def test_a_name_that_says_other_hours_than_its_columns_is_left_empty() -> None:
    """VICIdial ships 12pm-9pm with an end of 1200."""
    assert hours(vicidial("12pm-9pm", ("900", "1200"), {})) == [("Mon-Sun", None, None, "name-differs")]
    assert hours(vicidial("12pm-9pm", ("1200", "1200"), {})) == [(None, None, None, "all-closed")]
    assert hours(vicidial("12pm-9pm", ("1200", "2100"), {})) == [("Mon-Sun", time(12), time(21), None)]


def test_zero_and_zero_mean_the_default_hours() -> None:
    week = {"Saturday": ("1000", "1400"), "Sunday": ("2400", "2400")}
    assert hours(vicidial("office", ("900", "1730"), week)) == [
        ("Mon-Fri", time(9), time(17, 30), None),
        ("Sat", time(10), time(14), None),
    ]


def test_zero_and_zero_without_a_default_are_left_empty() -> None:
    assert hours(vicidial("office", ("0", "0"), {"Sunday": ("2400", "2400")}))[0] == (
        "Mon",
        None,
        None,
        "zero-without-default",
    )


def test_equal_ends_mean_closed_and_are_never_a_whole_day() -> None:
    week = dict.fromkeys(DAYS[1:], ("2400", "2400")) | {"Monday": ("0900", "1700")}
    assert hours(vicidial("mondays", ("0", "2400"), week)) == [("Mon", time(9), time(17), None)]


@pytest.mark.parametrize(("start", "end"), [("00:00", "23:59"), ("0", "2400"), ("00:00:00", "23:59:00")])
def test_every_hour_of_every_day_is_a_default_that_no_one_chose(start: str, end: str) -> None:
    """Newfies' daily_start_time and daily_stop_time, on seven days."""
    made = table([*DAYS, "Start", "End"], [*["1"] * 7, start, end])
    assert hours(made) == [("Mon-Sun", None, None, "round-the-clock")]


def test_ticked_days_make_the_day_list() -> None:
    made = table([*DAYS, "Start", "End"], ["1", "yes", "TRUE", "0", "no", None, "0", "9:00", "17:00"])
    assert hours(made) == [("Mon-Wed", time(9), time(17), None)]


@pytest.mark.parametrize(
    "heading",
    [
        "Do not dial from",
        "DoNotCallStart",
        "no_call_start",
        "Blackout start",
        "Excluded from",
        "Dialing rule start",
    ],
)
def test_a_column_that_says_when_not_to_dial_is_never_used(heading: str) -> None:
    """Five9's dialing rules."""
    assert says_when_not(heading)
    made = table(["Days", heading, "End"], ["Mon-Fri", "17:00", "20:00"])
    form = {"How the hours are arranged": ("start, end and days", "", "")}
    changed = hours(made, **form, Start=(heading, "", "as it is"), End=("End", "", "as it is"))
    assert changed == [(None, None, None, "says-when-not")]


def test_an_ordinary_heading_does_not_say_when_not_to_dial() -> None:
    assert not any(map(says_when_not, ("Start", "ct_monday_start", "Notes", "Number called", "From")))


@pytest.mark.parametrize(
    ("start", "end", "why"),
    [
        ("9", "1700", "not-hhmm"),
        ("0960", "1700", "not-hhmm"),
        ("2500", "2600", "not-hhmm"),
        ("2200", "0600", "backward"),
        ("0900", None, "half-window"),
        ("1200", "1200", "equal-ends"),
    ],
)
def test_a_window_that_may_mean_two_things_is_left_empty(start: str, end: str | None, why: str) -> None:
    made = table(["Days", "Start", "End"], ["Mon-Fri", start, end])
    assert hours(made, Start=("Start", "", "HHMM"), End=("End", "", "HHMM")) == [("Mon-Fri", None, None, why)]


def test_days_as_figures_are_left_empty() -> None:
    """1 is Sunday in one system and Monday in the next."""
    made = table(["Days", "Start", "End"], ["1,2,3,4,5", "9:00", "17:00"])
    assert hours(made) == [(None, None, None, "not-days")]


def test_the_same_name_with_other_hours_is_another_name() -> None:
    rows = [["office", "Mon", "9:00", "17:00"], ["office", "Mon", "8:00", "17:00"]]
    made = table(["Hours", "Days", "Start", "End"], *rows)
    sheets = {name: list(enumerate(rows, 2)) for name, rows in draft_map(made).items()}
    book = HoursBook()
    reader = HoursReader(made, parse_map(sheets, made.headings))
    assert [reader.read(position, book).cell for position in (0, 1)] == ["office", "office (2)"]


# --- numbers ---------------------------------------------------------------------------------------------


def value(heading: str, their_heading: str, cell: object) -> object:
    """The value by the draft's own line, or the code of why it is empty."""
    made = table([their_heading, "other"], [cell, "x"])
    sheets = {name: list(enumerate(rows, start=2)) for name, rows in draft_map(made).items()}
    list_map = parse_map(sheets, made.headings)
    found = convert_value(made, 0, COLUMNS[heading], list_map.columns[heading], list_map)
    return found.why.code if found.why else found.cell


@pytest.mark.parametrize(
    ("heading", "theirs", "cell", "right"),
    [
        ("Max attempts", "maxretry", "0", 1),
        ("Max attempts", "max_retries", "3", 4),
        ("Max attempts", "Max attempts", "3", 3),
        ("Max attempts", "Max attempts", "0", "not-allowed"),
        ("Max attempts", "maxretry", "many", "not-a-count"),
        ("Retry period (minutes)", "intervalretry", "3000", 50),
        ("Retry period (minutes)", "intervalretry", "90", "not-seconds"),
        ("Retry period (minutes)", "intervalretry", "0", "not-allowed"),
        ("Retry period (minutes)", "Retry interval", "600", "no-rule"),
        ("Retry period (minutes)", "Retry interval (seconds)", "600", 10),
        ("Retry period (minutes)", "Retry minutes", "60", 60),
        ("Retry period (minutes)", "defaultRetryPeriod", "60", 60),
        ("Dialing mode", "dialingMode", "ADAPT_TAPERED", "no-mapping"),
        ("Dialing mode", "Mode", "preview", "Preview"),
        ("Caller ID", "callerId.phoneNumber", "+1 415 555 0123", None),
        ("Caller ID", "CLI", "4155550123", "no-country"),
        ("Caller ID", "CLI", "+1 415 555 0123", "+1 415 555 0123"),
        ("Caller ID", "CLI", "4.15555E+09", "not-phone"),
        ("Campaign ID", "ID", "cd-1", "cd-1"),
        ("Campaign ID", "ID", "1001", None),
        ("Priority", "Priority", "9", "not-allowed"),
    ],
)
def test_a_value_is_right_or_left_empty(heading: str, theirs: str, cell: str, right: object) -> None:
    assert value(heading, theirs, cell) == right


@pytest.mark.parametrize(
    ("text", "code", "right"),
    [
        ("020 7946 0958", "44", "+442079460958"),
        ("0044 20 7946 0958", "44", "+442079460958"),
        ("+44 20 7946 0958", "1", "+442079460958"),
        ("442079460958", "44", None),
        ("(415) 555-0123", "1", "+14155550123"),
        ("1-415-555-0123", "1", "+14155550123"),
        ("555-0123", "1", None),
        ("06 1234 5678", "39", "+390612345678"),
        ("020 7946 0958 / 0959", "44", None),
        ("4.4E+11", "44", None),
        ("unknown", "44", None),
    ],
)
def test_a_country_code_is_added_only_where_one_number_is_meant(
    text: str, code: str, right: str | None
) -> None:
    assert with_country_code(text, code) == right


def test_of_several_columns_the_first_filled_is_taken_or_all_are_joined() -> None:
    made = table(["a", "b", "c"], [None, "List 1", "List 2"])
    lists = COLUMNS["Contact lists"]
    sheets = {"Columns": [], "Values": [], "Hours": []}
    list_map = parse_map(sheets, made.headings)
    first = MapLine((0, 1, 2), rule=Rule.FIRST_OF_SEVERAL)
    joined = MapLine((0, 1, 2), rule=Rule.JOIN)
    assert convert_value(made, 0, lists, first, list_map).cell == "List 1"
    assert convert_value(made, 0, lists, joined, list_map).cell == "List 1; List 2"
    assert convert_value(made, 0, COLUMNS["Description"], joined, list_map).cell == "List 1 List 2"
