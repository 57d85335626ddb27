"""The contact lists that rows name, beside those that the account has."""

from __future__ import annotations

from support.sheets import PROGRESSIVE, Told, make_workbook, told

from bulkload.model import ApiVersion, Level, Problem
from bulkload.rules.account import lists_not_in_account
from bulkload.rules.validate import validate


def found(names: str, lists: tuple[str, ...]) -> tuple[Problem, ...]:
    workbook = make_workbook([PROGRESSIVE | {"Contact lists": names}])
    campaigns = validate(workbook, ApiVersion.V2).campaigns
    assert len(campaigns) == 1
    return lists_not_in_account(workbook.campaigns, campaigns, lists)


def test_a_list_that_the_account_lacks_is_a_problem_with_the_nearest_name():
    (problem,) = found("Card renewals; Loan holder", ("Card renewals", "Loan holders"))
    assert told([problem]) == (
        Told(
            level=Level.ERROR,
            message='Your account at Kore.ai has no contact list "Loan holder". Did you mean "Loan holders"?',
            fix="Type the name as it stands there, or create the list there first.",
            sheet="Campaigns",
            row=problem.row,
            column=problem.column,
            heading="Contact lists",
            value="Card renewals; Loan holder",
        ),
    )


def test_the_case_of_a_name_makes_no_difference():
    assert found("CARD renewals", ("Card Renewals",)) == ()


def test_two_ways_to_write_an_accent_or_a_space_make_no_difference():
    assert found("Cafe\u0301 loans", ("Caf\u00e9  loans",)) == ()


def test_every_list_that_is_missing_is_named():
    assert len(found("One; Two; Three", ())) == 3
