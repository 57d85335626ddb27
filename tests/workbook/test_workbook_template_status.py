"""The template's live columns, worked out by LibreOffice, beside what ``bulkload check`` says of the same rows."""

from __future__ import annotations

import importlib.util
import re
import sys
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from support.workbooks.office import worked_out
from support.workbooks.sheets import AGENTLESS, OFFICE, PREVIEW, PROGRESSIVE

from bulkload.checking import check
from bulkload.model import ApiVersion, ErrorCell, Status
from bulkload.rules.kinds.caller_ids import parse_caller_id
from bulkload.workbook.template.account_names import NamesInUse
from bulkload.workbook.template.examples import campaign_examples
from bulkload.workbook.template.formulas import CALLER_SEPARATORS
from bulkload.workbook.template.grid import FIRST_ROW, HEADING_ROW
from bulkload.workbook.template.write import write_template

ELEVEN = [f"List {letter}" for letter in "ABCDEFGHIJK"]

SAMPLES = Path(__file__).parents[2] / "samples"

UNKNOWABLE = {
    "not-calculated": "a live formula has a result as soon as the workbook is open",
    "date-for-text": "to a formula a date is a number",
    "number-shown-as-date": "as above",
}
"""Kinds of mistakes that the sheet can't know, with the reason."""
OF_WHOLE_ROWS = {"excel-error", "filled-down", "totals-row"}
"""Kinds that the sheet marks without naming the cell where ``check`` reports them."""


def live(book, sheet, rows):
    """Status and What to fix of each row, as LibreOffice shows them."""
    cells = book[sheet]
    last = next(cell.column for cell in cells[HEADING_ROW] if cell.value == "What to fix")
    return [
        (cells.cell(FIRST_ROW + place, 1).value or "", cells.cell(FIRST_ROW + place, last).value or "")
        for place in range(rows)
    ]


def fill_in(folder, campaigns, hours=(OFFICE,)):
    """What the filled template shows in LibreOffice, and what check says of the same file."""
    path = folder / "filled.xlsx"
    write_template(path, campaigns=campaigns, calling_hours=hours)
    return worked_out(path, folder / "office"), check(path, version=ApiVersion.V2)


def mistakes():
    spec = importlib.util.spec_from_file_location("mistakes_of_the_template", SAMPLES / "mistakes.py")
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    """The rows of ``samples/mistakes.xlsx`` in a template, worked out and checked."""
    known = mistakes()
    folder = tmp_path_factory.mktemp("mistakes")
    return (known, *fill_in(folder, known.campaigns(), known.calling_hours()))


def test_live_status_agrees_with_check_on_every_campaign_mistake_it_can_detect(sample):
    known, book, checked = sample
    outcomes = checked.report().outcomes
    shown = live(book, "Campaigns", len(outcomes))
    wrong = [
        (mistake.kind, status, fix, outcome.status)
        for mistake, (status, fix), outcome in zip(known.CAMPAIGN_MISTAKES, shown, outcomes, strict=True)
        if mistake.kind not in UNKNOWABLE
        and status != ("✗ Fix" if outcome.status is Status.INVALID else "✓ Ready")
    ]
    assert wrong == []


def test_live_status_agrees_with_check_on_calling_hours_it_can_detect(sample):
    known, book, checked = sample
    faulty = {problem.row for problem in checked.report().problems if problem.is_error and problem.row}
    kinds = [None, *(mistake.kind for mistake in known.HOURS_MISTAKES)]
    shown = live(book, "Calling hours", len(kinds))
    wrong = [
        (kind, status, fix)
        for place, (kind, (status, fix)) in enumerate(zip(kinds, shown, strict=True))
        if kind not in UNKNOWABLE and status != ("✗ Fix" if FIRST_ROW + place in faulty else "✓ Ready")
    ]
    assert wrong == []


def test_what_to_fix_names_the_column_of_each_mistake(sample):
    known, book, checked = sample
    outcomes = checked.report().outcomes
    shown = live(book, "Campaigns", len(outcomes))
    silent = [
        (mistake.kind, fix)
        for mistake, (_, fix), outcome in zip(known.CAMPAIGN_MISTAKES, shown, outcomes, strict=True)
        if outcome.status is Status.INVALID
        and mistake.kind not in {*UNKNOWABLE, *OF_WHOLE_ROWS}
        and mistake.heading not in fix
    ]
    assert silent == []


def test_counters_add_up_the_ready_rows_and_those_to_fix(sample):
    _, book, checked = sample
    rows = len(checked.report().outcomes)
    signs = [status for status, _ in live(book, "Campaigns", rows)]
    assert book["Campaigns"]["A3"].value == (
        f"✓ Ready: {signs.count('✓ Ready')}   ✗ To fix: {signs.count('✗ Fix')}"
    )


def test_what_to_fix_says_in_words_what_is_wrong(tmp_path):
    rows = [
        (PREVIEW, ""),
        (PREVIEW | {"Campaign name": "A", "Queue": None}, "Missing: Queue"),
        (
            AGENTLESS | {"Campaign name": "B", "Queue": "Sales", "Experience flow": None},
            "Missing: Experience flow; Queue is not used with Agentless: leave it empty",
        ),
        (
            PREVIEW | {"Campaign name": "C", "Max skips": 2.5, "Max attempts": True},
            "Max skips must be a whole number, 0 or more; Max attempts must be a whole number from 1 to 100",
        ),
        (PREVIEW | {"Campaign name": "loan  REMINDER"}, "Campaign name is used more than once"),
        (
            PREVIEW | {"Campaign name": "D", "Caller ID": 14155550123},
            "Caller ID is a number, so a + or a zero may be lost: type it as text",
        ),
        (
            PREVIEW | {"Campaign name": "E", "Caller ID": "4155550123", "Description": "e"},
            "Caller ID has no + and country code; Check Description: it only repeats the name",
        ),
        (
            PREVIEW | {"Campaign name": "F", "Queue": ErrorCell("#N/A")},
            "A cell of this row shows an error, such as #N/A: type the value itself",
        ),
        (
            {"Notes": "nothing else"},
            (
                "Missing: Campaign name, Description, Dialing mode, Contact lists, DNC list, Caller ID, Calling hours, "
                "Dialing order, Max attempts, Retry period (minutes), Max ring time (seconds)"
            ),
        ),
    ]
    book, _ = fill_in(tmp_path, [row for row, _ in rows])
    shown = live(book, "Campaigns", len(rows) + 1)
    first_name_is_repeated = "Campaign name is used more than once"
    assert [fix for _, fix in shown] == [first_name_is_repeated, *(fix for _, fix in rows[1:]), ""]
    assert [status for status, _ in shown] == [*["✗ Fix"] * len(rows), ""]


def test_live_status_marks_exactly_the_detectable_rows_that_check_refuses(tmp_path):
    """Text as it is pasted from web pages and chats, and cells that look filled and hold nothing."""
    rows = [
        *(PREVIEW | {"Caller ID": f"+1 415{separator}5550123"} for separator in CALLER_SEPARATORS),
        PREVIEW | {"Caller ID": "+141"},
        PREVIEW | {"Caller ID": "+1234567890123456"},
        PREVIEW | {"Caller ID": "+1234567890123450"},
        PREVIEW | {"Caller ID": "\xa0sip:desk@bank.example"},
        *(PREVIEW | {"Contact lists": lists} for lists in (";;", "\xa0; \xa0", "A;;B;", "A\n\nB")),
        *(PREVIEW | {"Contact lists": "; ".join(names)} for names in (ELEVEN, ELEVEN[1:])),
        *(
            PREVIEW | {"Queue": queue}
            for queue in ("\xa0", ";", "Sales;", "\xa0Sales desk ; ", "Sales; Desk")
        ),
        *(
            PREVIEW | {"Campaign ID": campaign}
            for campaign in ("cd/1", "-cd", "cd 1", "cd-ü", "n.a.", "\u2013")
        ),
        *(PREVIEW | {"Campaign ID": campaign} for campaign in ("cd-b2c1690-0a1b", "CD_1.a~:-", "\xa0cd-7 ")),
        *(
            mode | {"Dialing mode": f"{mode['Dialing mode']}\xa0"}
            for mode in (PREVIEW, PROGRESSIVE, AGENTLESS)
        ),
        PREVIEW | {"Dialing mode": "\xa0agentless"},
        PREVIEW | {"Dialing mode": "Preview mode"},
        *(
            AGENTLESS | {"Answering machine detection": word}
            for word in ("\xa0DETECT", "n", False, "No Detect")
        ),
        *(PREVIEW | {"Max attempts": word} for word in ("\xa0 7", "0", 101, "1 0", True, 7.0)),
        PREVIEW | {"Calling hours": "us\xa0\xa0office\xa0"},
        PREVIEW | {"Description": 1.5},
        PREVIEW | {"Description": "12.5"},
    ]
    rows = [row | {"Campaign name": f"Campaign {place}"} for place, row in enumerate(rows)]
    book, checked = fill_in(tmp_path, rows)
    outcomes = checked.report().outcomes
    shown = live(book, "Campaigns", len(rows))
    wrong = [
        (place, status, fix, [problem.message for problem in outcome.problems])
        for place, ((status, fix), outcome) in enumerate(zip(shown, outcomes, strict=True))
        if status != ("✗ Fix" if outcome.status is Status.INVALID else "✓ Ready")
    ]
    assert wrong == []
    assert {outcome.status for outcome in outcomes} == {Status.INVALID, Status.NOT_SENT}


def test_a_cell_of_separators_alone_is_missing(tmp_path):
    book, _ = fill_in(tmp_path, [PREVIEW | {"Contact lists": ";;", "Queue": "\xa0", "DNC list": " ; "}])
    assert live(book, "Campaigns", 1) == [("✗ Fix", "Missing: Contact lists, DNC list, Queue")]


def test_rules_remove_every_phone_number_sign_that_the_sheet_removes():
    assert [sign for sign in CALLER_SEPARATORS if parse_caller_id(f"+1415{sign}5550123").finding] == []


def test_texts_that_excel_takes_for_patterns_are_compared_as_they_stand(tmp_path):
    names = ["Loan*", "Loans", "a?c", "abc", "<b", "~x", "=1+1"]
    rows = [PROGRESSIVE | {"Campaign name": name, "Calling hours": "US*"} for name in names]
    book, _ = fill_in(tmp_path, rows, [OFFICE | {"Calling hours": "US office"}])
    shown = {fix for _, fix in live(book, "Campaigns", len(rows))}
    assert shown == {"Calling hours is not a name in the sheet Calling hours"}


def test_a_campaign_whose_calling_hours_have_mistakes_is_to_fix(tmp_path):
    book, checked = fill_in(tmp_path, [PREVIEW], [OFFICE | {"End": time(8), "Start": time(9)}])
    assert live(book, "Campaigns", 1) == [
        ("✗ Fix", "Calling hours has mistakes: see the sheet Calling hours")
    ]
    assert live(book, "Calling hours", 1) == [("✗ Fix", "End must be later than Start")]
    assert [outcome.status for outcome in checked.report().outcomes] == [Status.INVALID]


def test_overlapping_calling_hours_on_the_same_day_are_reported(tmp_path):
    hours = [
        OFFICE | {"Day": "Tue", "Start": time(9), "End": time(12)},
        OFFICE | {"Day": " tue", "Start": time(11), "End": time(15), "Time zone": None},
        OFFICE | {"Day": "Tue", "Start": time(15), "End": time(0)},
        OFFICE | {"Day": "Wed", "Start": time(9), "End": time(12), "Time zone": "America/Chicago"},
        OFFICE | {"Day": "Thu", "Frequency": "DAILY", "Time zone": None},
    ]
    book, checked = fill_in(tmp_path, [PREVIEW], hours)
    assert live(book, "Calling hours", 5) == [
        ("✓ Ready", ""),
        ("✗ Fix", "Start to End overlaps with a row above"),
        ("✓ Ready", "Check End: many countries forbid calls after 9:00 PM"),
        ("✗ Fix", "Time zone differs from a row above of the same name"),
        (
            "✗ Fix",
            "Frequency differs from a row above of the same name; Check Frequency: Kore.ai documents WEEKLY alone",
        ),
    ]
    faulty = {problem.row - FIRST_ROW for problem in checked.report().problems if problem.is_error}
    assert faulty == {1, 3, 4}


def test_calling_hours_dropdown_offers_each_name_once_in_sheet_order(tmp_path):
    names = ["US office", "us OFFICE", "UK evenings", "US office", "Weekend"]
    book, _ = fill_in(tmp_path, [PREVIEW], [OFFICE | {"Calling hours": name} for name in names])
    offered = [row[6].value for row in book["Lists"].iter_rows(min_row=FIRST_ROW, max_row=FIRST_ROW + 5)]
    assert offered == ["US office", "UK evenings", "Weekend", None, None, None]


GOOD_TIMES = """
9:00 AM|9:00|09:00|9.00|18.30|9 a.m.|9 A. M.|9am|9:30pm|12 am|12:00 pm|0:00|9h|9h30|9 h 30|18 Uhr|18:30 Uhr|9.15 uhr
noon|Midday|12 noon|midnight|24:00|９：００|１８．３０|9:00:00|9:00:00 AM|9:00\xa0AM| 10:00
"""  # noqa: RUF001  (full-width digits)
BAD_TIMES = """
9|930|9,00|9.5|9:5|9:60|25:00|13:00 PM|0 AM|9:00:30|9:00 EST|9:00-18:00|9 Uhr 30|h9|9:00h|morning|1 0:00
2026-12-01 9:00|9:00 AM PM|am|:|9:|-9:00
"""
TIMES = (
    *re.split("[|\n]", (GOOD_TIMES + BAD_TIMES).strip("\n")),
    time(9),
    time(0),
    time(9, 0, 30),
    True,
    9,
    0.5,
)
GOOD_DAYS = """
Mon|MO|monday|Mondays|Mon.|M|w|F|Tues|Weds|Thurs|Mon-Fri|Mon – Fri|Monday to Friday|M-F|Fri-Mon|Mon, Wed|Mon & Wed
Mon and Wed|Mon + Wed|Mon; Wed|Weekdays|workdays|Working days|weekend|Every day|everyday|Daily|all days|Mon-Tue, Fri
Weekdays, Sat|Mon,,Tue
"""  # noqa: RUF001  (a dash that people type)
BAD_DAYS = """
T|S|T-F|Mon-Mon|Mon-Fri, Wed|Mon, mon|Weekdays, Wed|weekend-Tue|Mon through Fri|Mon/Wed|Mon Wed|Wensday|Montag|1|8
Mon-Wed-Fri|daily*|?on|,
"""
DAYS = (*re.split("[|\n]", (GOOD_DAYS + BAD_DAYS).strip("\n")), "Mon\nWed")
"""Both lists have an empty cell in them, where the good ones end."""


@pytest.mark.parametrize("locale", ["en-US", "de-DE"])
def test_time_and_day_spellings_get_the_check_result_in_any_language(locale, tmp_path):
    rows = [
        *(OFFICE | {"Start": cell, "End": "11:59 PM"} for cell in TIMES),
        *(OFFICE | {"Start": "0:00", "End": cell} for cell in TIMES),
        *(OFFICE | {"Day": cell} for cell in DAYS),
    ]
    rows = [row | {"Calling hours": f"Hours {place}"} for place, row in enumerate(rows)]
    cells = (
        {"Max attempts": "3"},
        {"Max attempts": 2.5},
        {"Priority": True},
        {"Description": 1.5},
        {"Send": True},
    )
    campaigns = [PREVIEW | own | {"Campaign name": f"Campaign {place}"} for place, own in enumerate(cells)]
    campaigns.append(AGENTLESS | {"Answering machine detection": False})
    campaigns = [row | {"Calling hours": "Hours 0"} for row in campaigns]
    path = tmp_path / "filled.xlsx"
    write_template(path, campaigns=campaigns, calling_hours=rows)
    book, report = worked_out(path, tmp_path / "office", locale), check(path, version=ApiVersion.V2).report()
    faulty = {problem.row for problem in report.problems if problem.is_error}
    shown = live(book, "Calling hours", len(rows))
    wrong = [
        (row["Start"], row["End"], row["Day"], status, fix)
        for place, (row, (status, fix)) in enumerate(zip(rows, shown, strict=True))
        if status != ("✗ Fix" if FIRST_ROW + place in faulty else "✓ Ready")
    ]
    assert wrong == []
    assert [status for status, _ in live(book, "Campaigns", len(campaigns))] == [
        "✗ Fix" if outcome.status is Status.INVALID else "✓ Ready" for outcome in report.outcomes
    ]


def test_row_with_send_no_is_left_out_and_affects_no_other(tmp_path):
    rows = [
        PREVIEW | {"Send": "No", "Queue": None},
        PREVIEW | {"Send": "n"},
        PREVIEW | {"Send": "Yes"},
        PREVIEW | {"Send": "perhaps", "Campaign name": "Another"},
    ]
    book, checked = fill_in(tmp_path, rows)
    assert live(book, "Campaigns", 4) == [
        ("○ Not sent", ""),
        ("○ Not sent", ""),
        ("✓ Ready", ""),
        ("✗ Fix", "Send must be Yes or No"),
    ]
    assert [outcome.status for outcome in checked.report().outcomes] == [
        *[Status.NOT_SENT] * 3,
        Status.INVALID,
    ]


def test_copied_example_and_dnc_list_among_contact_lists_are_found(tmp_path):
    example = campaign_examples()[0][1]
    rows = [
        example | {"Calling hours": "US office"},
        PREVIEW | {"Contact lists": "Loans; dnc  GLOBAL"},
        PREVIEW | {"Campaign name": "Fine", "Contact lists": "DNC global 2"},
    ]
    book, checked = fill_in(tmp_path, rows)
    assert live(book, "Campaigns", 3) == [
        ("✗ Fix", "Campaign name is that of an example: type your own"),
        ("✗ Fix", "Contact lists contains a DNC list"),
        ("✓ Ready", ""),
    ]
    assert [outcome.status for outcome in checked.report().outcomes] == [
        Status.INVALID,
        Status.INVALID,
        Status.NOT_SENT,
    ]


def test_names_that_the_account_lacks_are_worth_a_look_and_stop_nothing(tmp_path):
    names = NamesInUse(
        datetime(2026, 11, 28, 14, 2, tzinfo=UTC),
        {"Contact lists": [("Loan holders", 12), ("Cards", 3)], "Queue": [("Collections EN", None)]},
    )
    rows = [
        PREVIEW,
        PREVIEW | {"Campaign name": "B", "Contact lists": "cards; Loan holders"},
        PREVIEW | {"Campaign name": "C", "Contact lists": "Cards; Loans", "Queue": "Sales"},
    ]
    path = tmp_path / "filled.xlsx"
    write_template(path, campaigns=rows, calling_hours=[OFFICE], names=names)
    unknown = (
        "Check Contact lists: not among the names at Kore.ai; Check Queue: not among the names at Kore.ai"
    )
    assert live(worked_out(path, tmp_path / "office"), "Campaigns", 3) == [
        ("✓ Ready", ""),
        ("✓ Ready", ""),
        ("✓ Ready", unknown),
    ]
