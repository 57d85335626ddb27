"""Rows beside the account they are meant for: the contact lists that they name exist there.

Whether Kore.ai refuses a wrong list at once or only while it prepares the campaign is unknown, so it is asked
for its lists before anything is sent. It offers no such look-up for DNC lists, flows and caller IDs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bulkload.rules.cells import shown
from bulkload.rules.messages.account import NOT_IN_ACCOUNT
from bulkload.rules.suggestions import Suggester
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulkload.model import Campaign, Problem, Sheet

HEADING = "Contact lists"


def lists_not_in_account(
    sheet: Sheet, campaigns: Iterable[Campaign], lists: Sequence[str]
) -> tuple[Problem, ...]:
    """One problem for each list that a campaign names and the account lacks; case and spaces don't count."""
    near = Suggester(lists)
    known = {name_key(name) for name in lists}
    problems = []
    for campaign in campaigns:
        for name in campaign.contact_lists:
            if name_key(name) in known:
                continue
            cell: Any = sheet.frame.at[campaign.row, HEADING]
            problems.append(
                NOT_IN_ACCOUNT.problem(
                    sheet=sheet.name,
                    row=campaign.row,
                    column=sheet.letters[HEADING],
                    heading=HEADING,
                    value=shown(cell),
                    name=name,
                    hint=near.hint(name),
                )
            )
    return tuple(problems)
