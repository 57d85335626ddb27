"""One entry describes a column: its default is read by its own parser, and its key is one that is sent."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.workbooks.sheets import (
    AGENTLESS,
    OFFICE,
    PREVIEW,
    PROGRESSIVE,
    changed_hours,
    make_sheet,
    make_workbook,
    v1,
)

from bulkload.columns import (
    CAMPAIGN_COLUMNS,
    HOURS_COLUMNS,
    CallerId,
    Choice,
    Detection,
    ListedName,
    ListedNames,
    WholeNumber,
)
from bulkload.kore.body import to_payload
from bulkload.model import ApiVersion, DialingMode
from bulkload.rules.campaigns import typed_campaigns
from bulkload.rules.parse import parse
from bulkload.rules.validate import validate

V2 = ApiVersion.V2
NEW = replace(
    next(column for column in CAMPAIGN_COLUMNS if column.field == "priority"),
    heading="New",
    field="new",
)
"""A column that somebody adds."""


def empty_cells_of(column, rows=(PREVIEW,)):
    """What the column's empty cells come to, beside these rows."""
    columns = (*CAMPAIGN_COLUMNS, column)
    sheet = make_sheet("Campaigns", columns, list(rows))
    return typed_campaigns(sheet, columns, V2).columns[column.field].values().tolist()


@pytest.mark.parametrize(
    ("kind", "default", "value"),
    [
        (WholeNumber(1, 5), "5", 5),
        (Choice(("FIFO", "LIFO")), "lifo", "LIFO"),
        (Detection(), "no", "No"),
        (ListedName(), "DNC global", "DNC global"),
        (ListedNames(10), "A; B", ("A", "B")),
        (CallerId(), "+1 415 555 0123", "+14155550123"),
    ],
)
def test_a_default_of_any_kind_is_read_as_if_typed(kind, default, value):
    assert empty_cells_of(replace(NEW, kind=kind, default=default)) == [value]


@pytest.mark.parametrize("column", [*CAMPAIGN_COLUMNS, *HOURS_COLUMNS], ids=lambda column: column.heading)
@pytest.mark.parametrize("version", ApiVersion)
def test_every_default_can_be_read(column, version):
    parsed = parse(make_sheet("Sheet", [column], [{}]), column, version)
    assert (parsed.values().tolist() == [None]) is (column.default is None)


def test_a_default_that_cannot_be_read_is_a_mistake_of_ours():
    with pytest.raises(AssertionError, match="the default of New can't be read"):
        empty_cells_of(replace(NEW, default="many"))


def test_a_default_fills_in_only_where_the_column_is_used():
    column = replace(NEW, used=frozenset({(V2, DialingMode.PREVIEW), (V2, DialingMode.AGENTLESS)}))
    assert empty_cells_of(column, [PREVIEW, PROGRESSIVE, AGENTLESS]) == [5, None, 5]


def test_an_empty_cell_means_what_the_column_says_in_both_sheets():
    rows = [{key: cell for key, cell in PREVIEW.items() if key != "Priority"}]
    (campaign,) = validate(make_workbook(rows, [changed_hours(OFFICE, frequency=None)]), V2).campaigns
    defaults = {
        column.field: column.default for column in (*CAMPAIGN_COLUMNS, *HOURS_COLUMNS) if column.default
    }
    assert defaults == {
        "send": "Yes",
        "priority": str(campaign.priority),
        "frequency": campaign.calling_hours.frequency,
    }


# --- keys ----------------------------------------------------------------------------------------------


def keys_in(value, before=""):
    """Every place in a JSON value as the column table writes it: ``days[].start``."""
    match value:
        case dict():
            for key, inner in value.items():
                yield f"{before}{key}"
                yield from keys_in(inner, f"{before}{key}.")
        case list():
            for inner in value:
                yield from keys_in(inner, f"{before.removesuffix('.')}[].")


@pytest.fixture(scope="module")
def sent():
    """Every key of the bodies of a full campaign in each mode and version."""
    rows = {
        version: [PREVIEW, PROGRESSIVE, AGENTLESS]
        if version is V2
        else [v1(PREVIEW), v1(PROGRESSIVE), v1(AGENTLESS)]
        for version in ApiVersion
    }
    campaigns = [
        (version, campaign)
        for version, full in rows.items()
        for row in full
        for campaign in validate(make_workbook([row]), version).campaigns
    ]
    assert len(campaigns) == len(ApiVersion) * len(DialingMode)
    return {key for version, campaign in campaigns for key in keys_in(to_payload(campaign, version).body)}


@pytest.mark.parametrize("column", CAMPAIGN_COLUMNS, ids=lambda column: column.heading)
def test_every_key_of_a_campaigns_column_is_sent(column, sent):
    assert column.key is None or column.key in sent


@pytest.mark.parametrize("column", HOURS_COLUMNS, ids=lambda column: column.heading)
def test_every_key_of_a_calling_hours_column_is_sent(column, sent):
    assert column.key is None or f"dialingStrategy.callingHours.{column.key}" in sent


def test_what_is_never_sent_is_known_by_name():
    unsent = [column.heading for column in (*CAMPAIGN_COLUMNS, *HOURS_COLUMNS) if column.key is None]
    assert unsent == ["Send", "Campaign ID", "Notes", "Calling hours"]
