"""What the page says of a plan: how many campaigns it creates and changes, where, and how long it takes."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate
from bulkload.model import Action
from bulkload.web.messages.wording import count, paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.report import Report

LOOKING = MessageTemplate(
    "page-looking",
    "Looking at the account...",
    "bulkload reads the list of campaigns and contact lists at Kore.ai, to see what is there already. "
    "Nothing is sent.",
)
NO_PLAN = MessageTemplate("page-no-plan", "There is no plan.", "")
PLAN_GONE = MessageTemplate(
    "page-plan-gone", "This plan is not open any more.", "Go back to the check and make a new one."
)
PLAN_STALE = MessageTemplate(
    "page-plan-stale",
    "The workbook, the account or the plan has changed since you saw it. Nothing was sent.",
    "Look at the plan again.",
)
NOT_READY = MessageTemplate("page-plan-not-ready", "There is no plan yet.", "Wait until it is shown.")
RUN_AT_WORK = MessageTemplate(
    "page-run-at-work", "This plan is being carried out already.", "Look at its run under Runs."
)
NOT_BEGUN = MessageTemplate(
    "page-not-begun", "The run did not begin in time.", "Look under Runs before you try again."
)
CATALOGUE = {
    template.code: template
    for template in (LOOKING, NO_PLAN, PLAN_GONE, PLAN_STALE, NOT_READY, RUN_AT_WORK, NOT_BEGUN)
}

PLAN_WORDS: Mapping[str, str] = {
    "all": "All",
    "create": "+ Create",
    "change": "~ Change",
    "needs": "! Needs you",
    "left": "↺ Left as it is",
    "row": "Row",
    "what": "What happens",
    "campaign": "Campaign",
    "mode": "Dialing mode",
    "changes": "Changes",
    "hours": "Calling hours",
    "new": "new: {lists}",
    "nothing": "nothing",
    "days": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "table": "Every row and what happens to it",
    "not_yet": "Not yet",
    "type_name": "Type the account's name to go on: {name}",
    "update": "Change it",
    "overwrite": "Put mine back",
    "last_sent": "last sent: {value}",
}
CHANGE_OR_RENAME = "Click “Change it”, or give the row another name."
"""What to do about a row whose campaign was made by an earlier run, with other values."""
AS_NEW = "Create them anew here"
"""The button for a workbook whose IDs belong to another account."""
MANY_CHANGES = 50
"""In a production account, changing more campaigns than this takes typing the account's name."""


def say_plan(  # noqa: PLR0913  (what the head of a plan says)
    report: Report, *, account: str, practice: bool, production: bool, trial: bool, notice: str
) -> dict[str, Any]:
    """Headline, what is below it, the main button, and the question that a real account asks."""
    actions = Counter(outcome.action for outcome in report.outcomes)
    creates, changes = actions[Action.CREATE], actions[Action.UPDATE]
    looks = actions[Action.LOOK_UP]
    does = _does(creates, changes, looks)
    invalid = report.summary["invalid"]
    needs = actions[Action.CONFLICT] + actions[Action.BLOCKED]
    there = actions[Action.ALREADY_THERE] + actions[Action.UNCHANGED]
    place = "In the practice account: nobody is phoned." if practice else f"In {account}."
    return {
        "headline": f"This will {does}." if does else "Nothing is left to send.",
        "place": place,
        "rest": paragraph(
            (
                notice,
                "A trial: one row is sent, then you look at it, then you decide about the rest."
                if trial
                else "",
                _there_now(report),
                _people(report),
                _time(report) if does else "",
                f"{count(there, 'row is', 'rows are')} there already and not sent." if there else "",
                f"{count(needs, 'row needs', 'rows need')} you." if needs else "",
                f"{count(invalid, 'row')} with problems {'is' if invalid == 1 else 'are'} left out."
                if invalid
                else "",
            )
        ),
        "button": f"{does[:1].upper()}{does[1:]}" if does else "",
        "question": f"{does[:1].upper()}{does[1:]} in {account}?",
        "question_lines": [
            "They call nobody until somebody starts them at Kore.ai. You can stop at any time.",
            paragraph(
                (_time(report), "If the account changes meanwhile, no more is sent than you see here.")
            ),
        ],
        "asks": not practice,
        "types_name": account if production and creates + changes > MANY_CHANGES else None,
        "trial_button": "Try the first row" if creates + changes > 1 and not trial else "",
    }


def _does(creates: int, changes: int, looks: int) -> str:
    """``create 24 campaigns and change 4``."""
    parts = []
    if creates:
        parts.append(f"create {count(creates, 'campaign')}")
    if changes:
        parts.append(f"change {changes:,}" if creates else f"change {count(changes, 'campaign')}")
    if looks:
        parts.append(f"look up {count(looks, 'row')}")
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def _there_now(report: Report) -> str:
    if report.figures is None:
        return ""
    there = report.figures.campaigns_there
    return f"It has {count(there, 'campaign')} now." if there else "It has no campaigns yet."


def _people(report: Report) -> str:
    figures = report.figures
    if figures is None or not figures.contacts:
        return ""
    return f"{count(figures.contacts, 'contact')} in {count(figures.contact_lists, 'list')}."


def _time(report: Report) -> str:
    seconds = report.figures.seconds if report.figures else 0
    if seconds < 20:
        return "It takes a few seconds."
    if seconds < 90:
        return "It takes about a minute."
    return f"It takes about {count(math.ceil(seconds / 60), 'minute')}."
