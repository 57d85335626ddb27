"""Every wording there is occurs, and every one says where it is, what stands there and what to do."""

# ruff: noqa: DTZ001  (Excel's dates have no time zone)

from datetime import datetime, time

import pytest
from support.sheets import AGENTLESS, OFFICE, PREVIEW, PROGRESSIVE, changed, changed_hours, make_workbook, v1

from bulkload.model import ApiVersion, ErrorCell, UncalculatedCell
from bulkload.rules.messages import CATALOGUE
from bulkload.rules.validate import validate

TWO = [PREVIEW, changed(PROGRESSIVE, name="Second")]

CAMPAIGN_TROUBLES = {
    "missing": [changed(PREVIEW, queue=None)],
    "only-one-cell": [{"Campaign name": "Ask Dana for the lists"}],
    "unused": [changed(AGENTLESS, queue="Collections EN")],
    "error-cell": [changed(PREVIEW, queue=ErrorCell("#N/A"))],
    "not-calculated": [changed(PREVIEW, description=UncalculatedCell("A2&B2"))],
    "invisible": [changed(PREVIEW, name="Loan\u200breminder")],
    "line-break": [changed(PREVIEW, name="Loan\nreminder")],
    "placeholder": [changed(PREVIEW, priority="n/a")],
    "too-long": [changed(PREVIEW, name="x" * 49)],
    "date-for-text": [changed(PREVIEW, name=datetime(2026, 12, 1))],
    "number-for-text": [changed(PREVIEW, name=1.5)],
    "several-names": [changed(PREVIEW, dnc_list="DNC global; DNC local")],
    "placeholder-as-name": [changed(PREVIEW, dnc_list="none")],
    "comma-in-name": [changed(PREVIEW, contact_lists="Loans - Nov, Loans - Oct")],
    "semicolon-in-name": [changed(PREVIEW, contact_lists="Loans\uff1b Cards")],
    "repeated-name": [changed(PREVIEW, contact_lists="Loans; Cards; LOANS")],
    "too-many-names": [changed(PREVIEW, contact_lists=";".join(f"List {n}" for n in range(11)))],
    "not-an-id": [changed(PREVIEW, campaign_id="my campaign")],
    "not-whole": [changed(PREVIEW, max_attempts="1,000")],
    "number-as-date": [changed(PREVIEW, max_attempts=datetime(1900, 1, 3))],
    "too-many-digits": [changed(PREVIEW, max_skips=1e20)],
    "out-of-limits": [changed(PREVIEW, max_ring_time=3)],
    "not-a-choice": [changed(PREVIEW, dialing_order="FIFA")],
    "caller-number": [changed(PREVIEW, caller_id=14155550123)],
    "caller-shortened": [changed(PREVIEW, caller_id="4.4E+11")],
    "caller-zero": [changed(PREVIEW, caller_id="+44 (0)20 7946 0018")],
    "caller-country": [changed(PREVIEW, caller_id="+020 7946 0018")],
    "caller-length": [changed(PREVIEW, caller_id="+1415")],
    "caller-plus": [changed(PREVIEW, caller_id="(415) 555-0123")],
    "caller-unknown": [changed(PREVIEW, caller_id="+1 415 CALL NOW")],
    "caller-sip-digits": [changed(PREVIEW, caller_id="14155550123")],
    "name-clash": [PREVIEW, changed(PROGRESSIVE, name="LOAN reminder")],
    "id-clash": [changed(row, campaign_id="cd-1") for row in TWO],
    "hours-unknown": [changed(PREVIEW, calling_hours="US ofice")],
    "description-repeats": [changed(PREVIEW, description="loan  reminder")],
    "rows-alike": [PREVIEW, changed(PREVIEW, name="Second")],
}
HOURS_TROUBLES = {
    "hours-faulty": [changed_hours(OFFICE, days="Someday")],
    "time-bare": [changed_hours(OFFICE, start=9)],
    "time-whole-day": [changed_hours(OFFICE, start=datetime(1900, 1, 1))],
    "time-two": [changed_hours(OFFICE, start="9:00-18:00")],
    "time-zone-inside": [changed_hours(OFFICE, start="9:00 EST")],
    "time-date-inside": [changed_hours(OFFICE, start=datetime(2026, 12, 1, 9))],
    "time-seconds": [changed_hours(OFFICE, start=time(9, 0, 30))],
    "time-no-such": [changed_hours(OFFICE, start="13:75")],
    "time-24-start": [changed_hours(OFFICE, start="24:00")],
    "time-unknown": [changed_hours(OFFICE, start="morning")],
    "time-fraction": [changed_hours(OFFICE, start=0.375)],
    "day-unknown": [changed_hours(OFFICE, days="Wensday")],
    "day-twice": [changed_hours(OFFICE, days="Mon-Fri, Wed")],
    "day-range": [changed_hours(OFFICE, days="Mon-Mon")],
    "zone-short": [changed_hours(OFFICE, timezone="EST")],
    "zone-unknown": [changed_hours(OFFICE, timezone="America/NewYork")],
    "zone-reversed": [changed_hours(OFFICE, timezone="Etc/GMT+5")],
    "end-not-after-start": [changed_hours(OFFICE, end="9:00 AM")],
    "overlap": [OFFICE, changed_hours(OFFICE, days="Wed", start="5 PM", end="8 PM")],
    "no-zone": [changed_hours(OFFICE, timezone=None)],
    "two-zones": [OFFICE, changed_hours(OFFICE, days="Sat", timezone="America/Chicago")],
    "two-frequencies": [OFFICE, changed_hours(OFFICE, days="Sat", frequency="DAILY")],
    "frequency-undocumented": [changed_hours(OFFICE, frequency="DAILY")],
    "unusual-hours": [changed_hours(OFFICE, start="7:00 AM")],
}
OF_EMPTY_CELLS = {"missing", "no-zone"}
OF_ANOTHER_ROOM = {"not-in-account"}
"""Found by asking the service; the account's own test shows it."""


def problems_of(wording):
    if wording == "DNC-would-be-dropped":
        workbook, version = make_workbook([changed(v1(PREVIEW), dnc_list="DNC global")]), ApiVersion.V1
    elif wording in CAMPAIGN_TROUBLES:
        workbook, version = make_workbook(CAMPAIGN_TROUBLES[wording]), ApiVersion.V2
    else:
        workbook, version = make_workbook([PREVIEW], HOURS_TROUBLES[wording]), ApiVersion.V2
    return validate(workbook, version).problems


def pattern(template):
    """The words of a template, the filled-in places left out."""
    return [word for word in template.replace("{", "}").split("}")[::2] if word.strip(" .")]


WORDINGS = [wording for wording in CATALOGUE if wording.code not in OF_ANOTHER_ROOM]


@pytest.mark.parametrize("wording", WORDINGS, ids=lambda wording: wording.code)
def test_every_wording_occurs_with_sheet_cell_value_and_remedy(wording):
    found = [
        problem
        for problem in problems_of(wording.code)
        if all(words in problem.message for words in pattern(wording.text)) and problem.level is wording.level
    ]
    assert found
    for problem in found:
        assert problem.sheet in {"Campaigns", "Calling hours"}
        assert problem.cell is not None
        assert problem.heading is not None
        assert (problem.value is None) == (wording.code in OF_EMPTY_CELLS)
        assert problem.message.endswith((".", "?"))
        assert problem.fix.endswith(".")


@pytest.mark.parametrize("wording", CATALOGUE, ids=lambda wording: wording.code)
def test_every_wording_has_an_example_that_fills_its_templates(wording):
    message = wording.text.format_map(wording.example)
    fix = wording.fix.format_map(wording.example)
    assert not set("{}") & set(message + fix)
    assert message != wording.text or wording.code == "DNC-would-be-dropped"
    assert message[0].isupper() or message[0] in "\"'0123456789"
    assert fix[0].isupper()


def test_no_two_wordings_share_a_name():
    assert len({wording.code for wording in CATALOGUE}) == len(CATALOGUE)


def test_what_people_type_is_never_read_as_a_template():
    typed = "{heading} {0} {value.__class__} %s"
    problems = validate(make_workbook([changed(PREVIEW, dialing_order=typed)]), ApiVersion.V2).problems
    assert [problem.message for problem in problems] == [f'Dialing order can\'t be "{typed}".']
