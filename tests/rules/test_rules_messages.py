"""Every message occurs, and every one says where it is, what is there and what to do, in plain words."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)

import string
from dataclasses import replace
from datetime import datetime, time

import pytest
from support.program.plain_words import faults
from support.workbooks.sheets import (
    AGENTLESS,
    OFFICE,
    PREVIEW,
    PROGRESSIVE,
    changed,
    changed_hours,
    make_workbook,
    v1,
)

from bulkload.messages import MARK_KINDS
from bulkload.model import ApiVersion, ErrorCell, UncalculatedCell
from bulkload.rules.messages import CATALOGUE, account
from bulkload.rules.validate import validate

TWO = [PREVIEW, changed(PROGRESSIVE, name="Second")]
BARE = {"Send": "FALSE", "Max attempts": 3}

CAMPAIGN_CASES = {
    "empty": [changed(PREVIEW, queue=None)],
    "only-one-cell": [{"Campaign name": "Ask Dana for the lists"}],
    "filled-down": [BARE | {"Max attempts": n, "Send": None, "Priority": 5} for n in range(3)],
    "totals-row": [{"Campaign name": "Total", "Max attempts": 12}],
    "example-row": [
        changed(
            PROGRESSIVE,
            name="Loan reminder January",
            description="Reminds customers of the payment due on 15 January",
        )
    ],
    "not-used": [changed(AGENTLESS, queue="Collections EN")],
    "excel-error": [changed(PREVIEW, queue=ErrorCell("#N/A"))],
    "not-calculated": [changed(PREVIEW, description=UncalculatedCell("A2&B2"))],
    "invisible-character": [changed(PREVIEW, name="Loan\u200breminder")],
    "line-break": [changed(PREVIEW, name="Loan\nreminder")],
    "no-break-space": [changed(PREVIEW, queue="Collections\xa0EN")],
    "lost-character": [changed(PREVIEW, queue="Caf\ufffd")],
    "bullet": [changed(PREVIEW, contact_lists="\u2022 Loan holders")],
    "placeholder": [changed(PREVIEW, queue="TBD")],
    "ditto-mark": [changed(PREVIEW, queue='"')],
    "not-a-value": [changed(PREVIEW, priority="n/a")],
    "too-long": [changed(PREVIEW, name="x" * 49)],
    "date-for-text": [changed(PREVIEW, name=datetime(2026, 12, 1))],
    "number-for-text": [changed(PREVIEW, name=1.5)],
    "several-names": [changed(PREVIEW, dnc_list="DNC global; DNC local")],
    "word-for-nothing": [changed(PREVIEW, dnc_list="none")],
    "comma-in-name": [changed(PREVIEW, contact_lists="Loans - Nov, Loans - Oct")],
    "semicolon-lookalike": [changed(PREVIEW, contact_lists="Loans\uff1b Cards")],
    "repeated-name": [changed(PREVIEW, contact_lists="Loans; Cards; LOANS")],
    "too-many-names": [changed(PREVIEW, contact_lists=";".join(f"List {n}" for n in range(11)))],
    "not-an-id": [changed(PREVIEW, campaign_id="my campaign")],
    "not-a-whole-number": [changed(PREVIEW, max_attempts="1,000")],
    "number-shown-as-date": [changed(PREVIEW, max_attempts=datetime(1900, 1, 3))],
    "too-many-digits": [changed(PREVIEW, max_skips=1e20)],
    "out-of-range": [changed(PREVIEW, max_ring_time=3)],
    "unknown": [changed(PREVIEW, dialing_order="FIFA")],
    "as-it-is-without-id": [changed(AGENTLESS, machine_detection="(as it is)")],
    "number-cell": [changed(PREVIEW, caller_id=14155550123)],
    "shortened": [changed(PREVIEW, caller_id="4.4E+11")],
    "trunk-zero": [changed(PREVIEW, caller_id="+44 (0)20 7946 0018")],
    "zero-after-plus": [changed(PREVIEW, caller_id="+020 7946 0018")],
    "wrong-length": [changed(PREVIEW, caller_id="+1415")],
    "prefix-for-plus": [changed(PREVIEW, caller_id="00442079460958")],
    "no-plus": [changed(PREVIEW, caller_id="(415) 555-0123")],
    "two-numbers": [changed(PREVIEW, caller_id="+1 415 555 2671/72")],
    "not-a-phone-number": [changed(PREVIEW, caller_id="+1 415 CALL NOW")],
    "not-unique": [PREVIEW, changed(PROGRESSIVE, name="LOAN reminder")],
    "used-twice": [changed(row, campaign_id="cd-1") for row in TWO],
    "is-a-dnc-list": [changed(PREVIEW, contact_lists="Cards; dnc GLOBAL")],
    "not-in-hours-sheet": [changed(PREVIEW, calling_hours="US ofice")],
    "repeats-name": [changed(PREVIEW, description="loan  reminder")],
    "row-alike": [PREVIEW, changed(PREVIEW, name="Second")],
    "nearly-the-same": [PREVIEW, changed(PROGRESSIVE, name="Second", queue="Colections EN")],
    "says-not-to-send": [changed(PREVIEW, notes="Do not send yet")],
    "longer-than-window": [changed(PREVIEW, retry_period=600)],
}
HOURS_CASES = {
    "faulty-hours": [changed_hours(OFFICE, days="Someday")],
    "bare-number": [changed_hours(OFFICE, start=9)],
    "number-shown-as-time": [changed_hours(OFFICE, start=datetime(1900, 1, 1))],
    "two-times": [changed_hours(OFFICE, start="9:00-18:00")],
    "zone-inside": [changed_hours(OFFICE, start="9:00 EST")],
    "date-inside": [changed_hours(OFFICE, start=datetime(2026, 12, 1, 9))],
    "seconds": [changed_hours(OFFICE, start=time(9, 0, 30))],
    "no-such-time": [changed_hours(OFFICE, start="13:75")],
    "day-is-over": [changed_hours(OFFICE, start="24:00")],
    "not-a-time": [changed_hours(OFFICE, start="morning")],
    "day-fraction": [changed_hours(OFFICE, start=0.375)],
    "not-a-day": [changed_hours(OFFICE, days="Wensday")],
    "date-for-day": [changed_hours(OFFICE, days=datetime(2026, 12, 7))],
    "ambiguous-letter": [changed_hours(OFFICE, days="T")],
    "named-twice": [changed_hours(OFFICE, days="Mon-Fri, Wed")],
    "same-day-range": [changed_hours(OFFICE, days="Mon-Mon")],
    "abbreviation": [changed_hours(OFFICE, timezone="EST")],
    "no-sign": [changed_hours(OFFICE, timezone="UTC 08:00")],
    "is-a-time": [changed_hours(OFFICE, timezone="9:00 AM")],
    "not-a-zone": [changed_hours(OFFICE, timezone="America/NewYork")],
    "reversed": [changed_hours(OFFICE, timezone="Etc/GMT+5")],
    "fixed-offset": [changed_hours(OFFICE, timezone="Etc/UTC")],
    "not-after-start": [changed_hours(OFFICE, end="9:00 AM")],
    "ends-next-day": [changed_hours(OFFICE, start="10 PM", end="2 AM")],
    "overlap": [OFFICE, changed_hours(OFFICE, days="Wed", start="5 PM", end="8 PM")],
    "missing-for-name": [changed_hours(OFFICE, timezone=None)],
    "two-zones": [OFFICE, changed_hours(OFFICE, days="Sat", timezone="America/Chicago")],
    "two-frequencies": [OFFICE, changed_hours(OFFICE, days="Sat", frequency="DAILY")],
    "undocumented": [changed_hours(OFFICE, frequency="DAILY")],
    "unusual-hours": [changed_hours(OFFICE, start="7:00 AM")],
    "short-window": [changed_hours(OFFICE, end="9:10 AM")],
    "says-other-hours": [changed_hours(OFFICE, name="Shop 12pm-9pm")],
    "weekday-missing": [changed_hours(OFFICE, days="Mon, Tue, Thu, Fri")],
    "same-hours": [OFFICE, changed_hours(OFFICE, name="US office 2")],
}
OF_EMPTY_CELLS = {"empty", "column-missing", "missing-for-name", "struck-through"}
OF_ACCOUNTS = {template.code for template in vars(account).values() if template in CATALOGUE}
"""Found by comparing with an account; the account's own tests show them."""


def struck(workbook, sheet):
    """The workbook with the first row of a sheet struck through."""
    crossed = getattr(workbook, sheet)
    return replace(workbook, **{sheet: replace(crossed, struck_rows=frozenset({2}))})


def problems_of(code):
    version = ApiVersion.V2
    match code:
        case "not-in-v1":
            workbook, version = make_workbook([changed(v1(PREVIEW), dnc_list="DNC global")]), ApiVersion.V1
        case "column-missing":
            row = {key: cell for key, cell in PREVIEW.items() if key != "Queue"}
            return validate(make_workbook([row], without=("Queue",)), version).problems
        case "struck-through":
            workbook = struck(make_workbook([PREVIEW]), "campaigns")
        case "hours-struck-through":
            workbook = struck(make_workbook([PREVIEW]), "calling_hours")
        case _ if code in CAMPAIGN_CASES:
            workbook = make_workbook(CAMPAIGN_CASES[code])
        case _:
            workbook = make_workbook([PREVIEW], HOURS_CASES[code])
    return validate(workbook, version).problems


TEMPLATES = [template for template in CATALOGUE if template.code not in OF_ACCOUNTS]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.code)
def test_every_message_occurs_with_sheet_cell_value_and_remedy(template):
    found = [problem for problem in problems_of(template.code) if problem.explanation.template is template]
    assert found
    for problem in found:
        assert problem.level is template.level
        assert problem.sheet in {"Campaigns", "Calling hours"}
        assert problem.row is not None
        assert (problem.cell is None) == (template.code == "column-missing")
        assert problem.heading is not None
        assert (problem.value is None) == (template.code in OF_EMPTY_CELLS)
        assert not faults(problem.message) + faults(problem.fix)


@pytest.mark.parametrize("template", CATALOGUE, ids=lambda template: template.code)
def test_every_message_has_an_example_in_plain_words(template):
    message = template(**template.example)
    assert not set("{}") & set(message.text + message.fix)
    assert message.text[0].isupper() or message.text[0] in "\"'0123456789"
    assert message.text[-1] in ".?"
    assert message.fix[0].isupper()
    assert message.fix[-1] == "." or template.fix.endswith("}")
    assert not faults(message.text) + faults(message.fix)


def fields_of(template):
    return [
        (name.partition("[")[0], specification)
        for text in (template.text, template.fix)
        for _, name, specification, _ in string.Formatter().parse(text)
        if name is not None
    ]


@pytest.mark.parametrize("template", CATALOGUE, ids=lambda template: template.code)
def test_every_field_of_a_message_has_an_example_or_is_a_mark(template):
    for name, specification in fields_of(template):
        assert (name in MARK_KINDS) is bool(specification)
        assert name in MARK_KINDS or name in template.example


def test_no_two_messages_share_a_code():
    assert len({template.code for template in CATALOGUE}) == len(CATALOGUE)


def test_every_code_is_of_lower_case_words_and_hyphens():
    assert [t.code for t in CATALOGUE if t.code != "-".join(t.code.lower().replace("-", " ").split())] == []


def test_what_people_type_is_never_read_as_a_template():
    typed = "{heading} {0} {value.__class__} %s"
    problems = validate(make_workbook([changed(PREVIEW, dialing_order=typed)]), ApiVersion.V2).problems
    assert [problem.message for problem in problems] == [f'"{typed}" is not a dialing order.']


@pytest.mark.parametrize("code", [*CAMPAIGN_CASES, *HOURS_CASES])
def test_every_proposal_is_a_text_and_no_proposal_is_what_is_there(code):
    for problem in problems_of(code):
        assert {type(proposal) for proposal in problem.proposals} <= {str}
        assert problem.value not in problem.proposals
