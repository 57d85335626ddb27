"""The names of valid rows compared with those of the account: what is missing, doubtful, shared, spelled otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.workbooks.sheets import AGENTLESS, PROGRESSIVE, Told, changed, make_workbook, told

from bulkload.model import AccountNames, ApiVersion, ContactList, Level, Problem, RemoteCampaign
from bulkload.rules.account import account_names, compare_with_account, lists_not_in_account, respell
from bulkload.rules.validate import validate

V2 = ApiVersion.V2


def found(names: str, lists: tuple[str, ...]) -> tuple[Problem, ...]:
    workbook = make_workbook([PROGRESSIVE | {"Contact lists": names}])
    campaigns = validate(workbook, V2).campaigns
    assert len(campaigns) == 1
    return lists_not_in_account(workbook.campaigns, campaigns, lists)


def compared(*rows: dict[str, object], names: AccountNames) -> tuple[Problem, ...]:
    workbook = make_workbook(list(rows))
    campaigns = validate(workbook, V2).campaigns
    assert len(campaigns) == len(rows)
    return compare_with_account(workbook.campaigns, campaigns, names)


LISTS = (ContactList("Loan holders", "Ready", 120), ContactList("Card holders", "Validated", 5))
NAMES = AccountNames(LISTS, ("Collections EN",), ("DNC global",), ("Payment flow",), ("+14155550123",))


def test_a_list_missing_in_the_account_proposes_the_nearest_name():
    problems = found("Card renewals; Loan holder", ("Card renewals", "Loan holders"))
    assert told(problems) == (
        Told(
            level=Level.ERROR,
            message='Kore.ai has no contact list "Loan holder". Did you mean "Loan holders"?',
            fix="Type the name as it is at Kore.ai, or create the list there first.",
            sheet="Campaigns",
            row=2,
            column="E",
            heading="Contact lists",
            value="Card renewals; Loan holder",
            proposals=("Card renewals; Loan holders",),
        ),
    )


def test_the_case_of_a_name_makes_no_difference():
    assert found("CARD renewals", ("Card Renewals",)) == ()


def test_two_ways_to_write_an_accent_or_a_space_make_no_difference():
    assert found("Cafe\u0301 loans", ("Caf\u00e9  loans",)) == ()


def test_every_list_that_is_missing_is_named():
    assert len(found("One; Two; Three", ())) == 3


def test_names_that_the_account_has_are_no_problem():
    assert compared(PROGRESSIVE, names=NAMES) == ()
    assert compared(AGENTLESS, names=NAMES) == ()


@pytest.mark.parametrize(
    ("cells", "code", "message", "proposals"),
    [
        (
            {"queue": "Colections EN"},
            "queue-not-listed",
            'Kore.ai lists no queue "Colections EN". Did you mean "Collections EN"?',
            ("Collections EN",),
        ),
        (
            {"dnc_list": "DNC globl"},
            "dnc-list-not-in-use",
            'No campaign at Kore.ai uses the DNC list "DNC globl" yet. Did you mean "DNC global"?',
            ("DNC global",),
        ),
        (
            {"caller_id": "+14155550199"},
            "caller-id-not-in-use",
            'No campaign at Kore.ai uses the Caller ID "+14155550199" yet.',
            (),
        ),
    ],
)
def test_a_name_that_is_not_in_use_is_a_warning(cells, code, message, proposals):
    (problem,) = compared(changed(PROGRESSIVE, **cells), names=NAMES)
    assert (problem.level, problem.code, problem.message, problem.proposals) == (
        Level.WARNING,
        code,
        message,
        proposals,
    )


def test_a_flow_that_no_campaign_uses_is_a_warning():
    (problem,) = compared(changed(AGENTLESS, experience_flow="Another flow"), names=NAMES)
    assert (problem.level, problem.code) == (Level.WARNING, "experience-flow-not-in-use")


def test_names_that_the_account_does_not_show_are_not_judged():
    nothing = AccountNames(LISTS)
    assert compared(PROGRESSIVE, names=nothing) == ()
    assert compared(PROGRESSIVE, names=replace(nothing, queues=())) == ()


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (ContactList("Loan holders", "Validating", 120), "contact-lists-not-ready"),
        (ContactList("Loan holders", "Invalid", 120), "contact-lists-not-ready"),
        (ContactList("Loan holders", "Ready", 0), "contact-lists-without-contacts"),
        (ContactList("Loan holders", "Ready", 0, is_fed_by_api=True), None),
        (ContactList("Loan holders", None, None), None),
    ],
)
def test_a_list_that_can_call_nobody_is_a_warning(entry, code):
    problems = compared(PROGRESSIVE, names=replace(NAMES, contact_lists=(entry,)))
    assert [(problem.level, problem.code) for problem in problems] == (
        [(Level.WARNING, code)] if code else []
    )


def test_a_dnc_list_of_the_account_is_not_a_contact_list():
    names = replace(NAMES, dnc_lists=("DNC global", "loan HOLDERS"))
    (problem,) = compared(changed(PROGRESSIVE, contact_lists="Card holders; Loan holders"), names=names)
    assert (problem.level, problem.code, problem.proposals) == (
        Level.ERROR,
        "contact-lists-do-not-call-at-kore",
        ("Card holders",),
    )


def test_a_list_of_several_rows_is_warned_of_once():
    rows = [changed(PROGRESSIVE, name=name, priority=n + 1) for n, name in enumerate("ABC")]
    (problem,) = compared(*rows, names=NAMES)
    assert (problem.level, problem.cell, problem.message) == (
        Level.WARNING,
        "E2",
        'Several rows use the contact list "Loan holders": E2, E3 and E4.',
    )


def test_a_list_of_an_unfinished_campaign_is_warned_of():
    other = RemoteCampaign("cd-1", "November", status="Ready", contact_lists=("LOAN holders",))
    (problem,) = compared(PROGRESSIVE, names=replace(NAMES, unfinished=(other,)))
    assert (problem.level, problem.message) == (
        Level.WARNING,
        'The campaign "November" at Kore.ai uses "Loan holders" and has not ended.',
    )


@pytest.mark.parametrize("cells", [{"name": "NOVEMBER"}, {"campaign_id": "cd-1"}])
def test_the_campaign_that_the_row_itself_is_about_is_no_second_use(cells):
    other = RemoteCampaign("cd-1", "November", status="Ready", contact_lists=("Loan holders",))
    assert compared(changed(PROGRESSIVE, **cells), names=replace(NAMES, unfinished=(other,))) == ()


def test_the_names_of_an_account_are_those_of_its_campaigns_and_listings():
    campaigns = [
        RemoteCampaign(
            "cd-1",
            "A",
            "Completed",
            dialing_mode="Agentless",
            dnc_list="DNC",
            connection="Flow",
            caller_id="+1",
        ),
        RemoteCampaign("cd-2", "B", "Ready", dialing_mode="Preview", dnc_list="DNC", connection="Queue"),
    ]
    assert account_names(campaigns, LISTS, ["Queue"]) == AccountNames(
        LISTS, ("Queue",), ("DNC",), ("Flow",), ("+1",), (campaigns[1],)
    )


def test_names_are_sent_as_the_account_spells_them():
    row = changed(
        PROGRESSIVE,
        contact_lists="LOAN holders; card  HOLDERS; Others",
        queue="collections en",
        dnc_list="dnc GLOBAL",
    )
    (campaign,) = validate(make_workbook([row]), V2).campaigns
    sent = respell(campaign, NAMES)
    assert sent == replace(
        campaign,
        contact_lists=("Loan holders", "Card holders", "Others"),
        queue="Collections EN",
        dnc_list="DNC global",
    )


def test_of_two_names_that_differ_only_in_case_none_is_chosen():
    (campaign,) = validate(make_workbook([changed(PROGRESSIVE, contact_lists="LOANS")]), V2).campaigns
    names = AccountNames((ContactList("Loans"), ContactList("loans")))
    assert respell(campaign, names).contact_lists == ("LOANS",)
