"""Any cells in any order: valid rows alone become campaigns, and every problem is said in plain words."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)
# ruff: noqa: RUF001  (signs that look alike are what people paste)

from datetime import datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from support.program.plain_words import faults
from support.workbooks.sheets import OFFICE, PREVIEW, make_workbook

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.model import ApiVersion, ErrorCell
from bulkload.rules.validate import validate

CELLS = st.sampled_from(
    [
        *(None, "", "x", "TBD", "-", '"', "Total", "Yes", "No", "maybe", "(as it is)", "n/a"),
        *(
            "Preview",
            "Prevew",
            "Agentless",
            "FIFO",
            "US office",
            "US ofice",
            "cd-1",
            "Loans; loans",
            "a, b",
            "• x",
        ),
        *(
            "9",
            "9.00",
            "9-18",
            "9:00 EST",
            "noon",
            "24:00",
            "Mon",
            "M-T",
            "Mon to Fri",
            "12/1",
            "EST",
            "UTC 8",
        ),
        *(
            "+1 415",
            "0044 20 7946 0958",
            "+1 415 555 2671/72",
            "SIP 1001",
            "１２",
            "a\nb",
            "a\u200bb",
            "x" * 300,
        ),
        *(5, 5.5, 0.375, -1, 1e20, True, False, ErrorCell("#N/A")),
        *(datetime(2026, 12, 1), datetime(1900, 1, 3), time(9), timedelta(hours=24)),
    ]
)


def rows_like(good, columns):
    """Rows in which any cell may be another one."""
    cells = {column.heading: st.one_of(st.just(good.get(column.heading)), CELLS) for column in columns}
    return st.lists(st.fixed_dictionaries(cells), max_size=6)


@settings(max_examples=60, deadline=None)  # the whole validation, on a machine of any speed
@given(
    rows_like(PREVIEW, CAMPAIGN_COLUMNS), rows_like(OFFICE, HOURS_COLUMNS), st.sampled_from(list(ApiVersion))
)
def test_valid_rows_alone_become_campaigns_and_problems_are_plain(campaigns, hours, version):
    result = validate(make_workbook(campaigns, hours), version)
    faulty = {problem.row for problem in result.problems if problem.is_error and problem.sheet == "Campaigns"}
    assert {problem.row for problem in result.problems if problem.sheet == "Campaigns"}.isdisjoint(
        result.left_out
    )
    assert [campaign.row for campaign in result.campaigns] == [
        row for row in result.names if row not in faulty and row not in result.left_out
    ]
    for problem in result.problems:
        assert faults(problem.message) + faults(problem.fix) == []
        assert {type(proposal) for proposal in problem.proposals} <= {str}
