"""The calling-hours sheet: rows beside each other, and what a name comes to."""

from datetime import time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.workbooks.sheets import OFFICE, PREVIEW, Told, changed, changed_hours, make_workbook, told

from bulkload.model import ApiVersion, Block, ErrorCell, Level
from bulkload.rules.kinds.days import CODES
from bulkload.rules.validate import validate


def judged(*hours):
    return validate(make_workbook([PREVIEW], hours), ApiVersion.V2)


def said(*hours):
    """The problems of the second sheet in short: cell and message."""
    return [
        (problem.cell, problem.message)
        for problem in judged(*hours).problems
        if problem.sheet == "Calling hours"
    ]


def blocks(*hours):
    (campaign,) = judged(*hours).campaigns
    return [(block.day, block.start.hour, block.end.hour) for block in campaign.calling_hours.blocks]


# --- what a name comes to --------------------------------------------------------------------------------


def test_days_are_sent_monday_first_in_the_order_of_their_start():
    assert blocks(
        changed_hours(OFFICE, days="Fri-Mon", start="14:00", end="18:00"),
        changed_hours(OFFICE, days="Mon, Sat", start="9:00", end="12:00"),
    ) == [("MO", 9, 12), ("MO", 14, 18), ("FR", 14, 18), ("SA", 9, 12), ("SA", 14, 18), ("SU", 14, 18)]


def test_midnight_begins_a_day_as_start_and_ends_it_as_end():
    (campaign,) = judged(changed_hours(OFFICE, days="MO", start="midnight", end="12:00 AM")).campaigns
    assert campaign.calling_hours.blocks == (Block("MO", time(0), time(23, 59)),)


@pytest.mark.parametrize("end", ["24:00", timedelta(days=1), time(0), "0:00"])
def test_every_way_to_write_the_days_end_is_its_last_minute(end):
    (campaign,) = judged(changed_hours(OFFICE, days="MO", end=end)).campaigns
    assert campaign.calling_hours.blocks == (Block("MO", time(9), time(23, 59)),)


def test_the_time_zone_is_needed_once_per_name():
    (campaign,) = judged(OFFICE, changed_hours(OFFICE, days="Sat", timezone=None)).campaigns
    assert campaign.calling_hours.timezone == "America/New_York"
    assert len(campaign.calling_hours.blocks) == 6


def test_an_empty_frequency_is_weekly():
    (campaign,) = judged(changed_hours(OFFICE, frequency=None), changed_hours(OFFICE, days="Sat")).campaigns
    assert campaign.calling_hours.frequency == "WEEKLY"


def test_one_name_serves_many_campaigns_and_one_name_has_many_spellings():
    rows = [
        changed(PREVIEW, name=str(n), calling_hours=name, max_skips=n)
        for n, name in enumerate(["us office", "US  OFFICE"])
    ]
    hours = [OFFICE, changed_hours(OFFICE, name="us OFFICE", days="Sat")]
    campaigns = validate(make_workbook(rows, hours), ApiVersion.V2).campaigns
    assert [campaign.calling_hours.name for campaign in campaigns] == ["US office", "US office"]
    assert campaigns[0].calling_hours is campaigns[1].calling_hours
    assert len(campaigns[0].calling_hours.blocks) == 6


@settings(deadline=None)  # the whole judgement, on a machine of any speed
@given(
    st.lists(
        st.tuples(st.sampled_from(CODES), st.integers(0, 1439), st.integers(0, 1439)).filter(
            lambda w: w[1] < w[2]
        ),
        min_size=1,
        max_size=12,
    )
)
def test_windows_overlap_exactly_when_two_share_a_minute(windows):
    rows = [
        changed_hours(
            OFFICE, days=day, start=f"{start // 60}:{start % 60:02}", end=f"{end // 60}:{end % 60:02}"
        )
        for day, start, end in windows
    ]
    shared = {
        (low, high)
        for high, (day, start, end) in enumerate(windows)
        for low, (other_day, other_start, other_end) in enumerate(windows[:high])
        if day == other_day and start < other_end and other_start < end
    }
    overlapping = [problem for problem in judged(*rows).problems if "overlaps" in problem.message]
    # Each problem names two rows that do share a minute, and some problem is found wherever any two do.
    for problem in overlapping:
        other = int(problem.message.split(" of the same")[0].rpartition(" ")[2])
        assert (other - 2, problem.row - 2) in shared
    assert bool(overlapping) == bool(shared)


# --- rows beside each other ------------------------------------------------------------------------------


def test_an_overlap_is_told_at_the_lower_row_with_the_row_above():
    assert told(
        judged(OFFICE, changed_hours(OFFICE, days="Sat, Wed", start="5 PM", end="8 PM")).problems[1:]
    ) == (
        Told(
            Level.ERROR,
            "5:00 PM to 8:00 PM overlaps with row 2 of the same calling hours on Wednesday.",
            "Begin one after the other ends, or make them one row.",
            sheet="Calling hours",
            row=3,
            column="E",
            heading="Start",
            value="5 PM",
        ),
    )


def test_windows_that_touch_and_windows_of_other_names_do_not_overlap():
    touching = changed_hours(OFFICE, start="6:00 PM", end="8:00 PM")
    other = changed_hours(OFFICE, name="Other office")
    assert said(OFFICE, touching, other) == []


def test_a_long_window_overlaps_with_each_that_begins_within_it():
    long = changed_hours(OFFICE, days="MO", start="8:00", end="20:00")
    first, second = (
        changed_hours(OFFICE, days="MO", start=f"{hour}:00", end=f"{hour + 1}:00") for hour in (9, 12)
    )
    assert said(long, first, second) == [
        ("E3", "9:00 AM to 10:00 AM overlaps with row 2 of the same calling hours on Monday."),
        ("E4", "12:00 PM to 1:00 PM overlaps with row 2 of the same calling hours on Monday."),
    ]
    assert [cell for cell, _ in said(second, first, long)] == ["E4"]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [
        ("18:00", "9:00", "End 9:00 AM is not later than Start 6:00 PM."),
        ("9:00", "9:00", "End 9:00 AM is not later than Start 9:00 AM."),
        ("23:59", "24:00", "End 11:59 PM is not later than Start 11:59 PM."),
    ],
)
def test_an_end_is_later_than_its_start(start, end, message):
    assert said(changed_hours(OFFICE, start=start, end=end)) == [("F2", message)]


def test_a_second_time_zone_under_one_name_is_told_at_its_row():
    second = changed_hours(OFFICE, days="Sat", timezone="US/Eastern")
    assert said(changed_hours(OFFICE, timezone=None), changed_hours(OFFICE, days="Sun"), second) == [
        ("C4", '"US office" has two time zones: US/Eastern here, America/New_York in row 3.')
    ]


def test_a_name_without_time_zone_has_one_problem():
    bare = changed_hours(OFFICE, timezone=None)
    assert said(changed_hours(OFFICE, name="Other"), bare, changed_hours(bare, days="Sat")) == [
        ("C3", '"US office" has no time zone in any row.')
    ]


def test_a_time_zone_that_cannot_be_read_is_not_missed_as_well():
    assert [cell for cell, _ in said(changed_hours(OFFICE, timezone="EST"))] == ["C2"]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("WEEKLY", "DAILY", '"US office" has two frequencies: DAILY here, WEEKLY in row 2.'),
        (None, "custom", '"US office" has two frequencies: CUSTOM here, WEEKLY in row 2.'),
        (
            "DAILY",
            None,
            '"US office" has two frequencies: WEEKLY here (an empty cell means that), DAILY in row 2.',
        ),
    ],
)
def test_a_second_frequency_under_one_name_is_told_at_its_row(first, second, message):
    rows = [changed_hours(OFFICE, frequency=first), changed_hours(OFFICE, days="Sat", frequency=second)]
    assert ("B3", message) in said(*rows)


def test_an_undocumented_frequency_is_warned_of_once_and_sent():
    daily = changed_hours(OFFICE, frequency="daily")
    result = judged(daily, changed_hours(daily, days="Sat"))
    assert [(problem.level, problem.cell, problem.message) for problem in result.problems] == [
        (Level.WARNING, "B2", "Frequency daily is sent as it is, but Kore.ai documents only WEEKLY.")
    ]
    assert result.campaigns[0].calling_hours.frequency == "DAILY"


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("8:00", "21:00", []),
        ("7:59", "21:00", [("E2", "7:59 AM to 9:00 PM")]),
        ("8:00", "21:01", [("F2", "8:00 AM to 9:01 PM")]),
        ("6:00", "23:00", [("E2", "6:00 AM to 11:00 PM")]),
        ("22:00", "6:00", []),
    ],
)
def test_unusual_hours_are_warned_about_once_per_row(start, end, found):
    result = judged(changed_hours(OFFICE, start=start, end=end))
    warned = [
        (problem.cell, problem.message) for problem in result.problems if problem.level is Level.WARNING
    ]
    law = "many countries forbid calls before 8:00 AM or after 9:00 PM."
    assert warned == [(cell, f"Calls from {times}: {law}") for cell, times in found]


def test_a_day_fraction_is_read_with_a_warning_that_shows_the_reading():
    result = judged(changed_hours(OFFICE, start=0.375))
    assert told(result.problems) == (
        Told(
            Level.WARNING,
            "Start 0.375 is a plain number and is read as part of a day: 9:00 AM.",
            "If that is wrong, type the time, such as 9:00 AM.",
            sheet="Calling hours",
            row=2,
            column="E",
            heading="Start",
            value="0.375",
            proposals=("9:00 AM",),
        ),
    )
    assert result.campaigns[0].calling_hours.blocks[0].start == time(9)


# --- missing cells and faulty rows -----------------------------------------------------------------------


def test_every_cell_that_a_row_needs_is_missed():
    assert said({"Frequency": "WEEKLY", "Time zone": "UTC"}) == [
        ("A2", "Calling hours is empty."),
        ("D2", "Day is empty."),
        ("E2", "Start is empty."),
        ("F2", "End is empty."),
    ]


@pytest.mark.parametrize("name", [None, "  ", ErrorCell("#REF!"), 1.5])
def test_a_row_without_a_name_makes_the_name_above_unusable(name):
    result = judged(OFFICE, changed_hours(OFFICE, name=name, days="Sat"))
    assert result.campaigns == ()
    assert [problem.message for problem in result.problems if problem.sheet == "Campaigns"] == [
        '"US office" has mistakes in the sheet Calling hours.'
    ]


def test_a_row_without_a_name_above_the_first_name_holds_nothing_back():
    result = judged(changed_hours(OFFICE, name=None), OFFICE)
    assert [problem.cell for problem in result.problems] == ["A2"]
    assert len(result.campaigns) == 1


def test_mistakes_under_an_unused_name_stop_no_campaign():
    result = judged(OFFICE, changed_hours(OFFICE, name="Unused", end="8:00"))
    assert [(problem.sheet, problem.cell) for problem in result.problems] == [("Calling hours", "F3")]
    assert len(result.campaigns) == 1


def test_calling_hours_are_judged_the_same_without_any_campaign():
    problems = validate(make_workbook([], [changed_hours(OFFICE, days="Someday")]), ApiVersion.V1).problems
    assert [(problem.sheet, problem.cell) for problem in problems] == [("Calling hours", "D2")]


def test_messages_call_the_sheet_what_the_person_calls_it():
    workbook = make_workbook([changed(PREVIEW, calling_hours="Nowhere")], hours_sheet="calling  HOURS")
    assert [problem.message for problem in validate(workbook, ApiVersion.V2).problems] == [
        'The sheet calling  HOURS has no "Nowhere".'
    ]


@pytest.mark.parametrize("heading", ["Calling hours", "Day", "Start"])
def test_a_note_under_the_hours_makes_the_name_above_unusable(heading):
    judged = validate(make_workbook([PREVIEW], [OFFICE, {heading: "us office"}]), ApiVersion.V2)
    assert [(problem.cell, problem.message) for problem in judged.problems if problem.row == 3] == [
        (
            f"{'ABCDEF'[['Calling hours', 'Frequency', 'Time zone', 'Day', 'Start', 'End'].index(heading)]}3",
            'Only one cell of this row is filled: "us office".',
        )
    ]
    assert judged.campaigns == ()
