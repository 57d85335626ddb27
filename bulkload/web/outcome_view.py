"""A row of a plan, of a run at work or of results as the page shows it: label, colour, words, changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bulkload.model import Action, Status
from bulkload.report import STATUS_LABELS
from bulkload.web.messages.plans import CHANGE_OR_RENAME
from bulkload.web.messages.wording import page_marks
from bulkload.web.serialize import week

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.model import Campaign, Difference, Outcome

READY, TO_FIX, TO_CHECK, PLAIN, CHANGE = "ready", "fix", "check", "plain", "change"
"""Classes of a label: its colour."""

STATUS_KINDS: Mapping[Status, str] = {
    Status.CREATED: READY,
    Status.UPDATED: READY,
    Status.ALREADY_CREATED: READY,
    Status.UNCHANGED: PLAIN,
    Status.INVALID: TO_FIX,
    Status.REFUSED: TO_FIX,
    Status.NOT_SENT: PLAIN,
    Status.UNKNOWN: TO_CHECK,
    Status.CONFLICT: TO_CHECK,
}
ACTION_LABELS: Mapping[Action | None, tuple[str, str, str]] = {
    Action.CREATE: ("create", "+ Create", READY),
    Action.UPDATE: ("change", "~ Change", CHANGE),
    Action.LOOK_UP: ("change", "? Look up", TO_CHECK),
    Action.UNCHANGED: ("left", "↺ Unchanged", PLAIN),
    Action.ALREADY_THERE: ("left", "↺ Already there", PLAIN),
    Action.LEFT_OUT: ("left", "○ Left out", PLAIN),
    Action.BLOCKED: ("needs", "! Needs you", TO_FIX),
    Action.CONFLICT: ("needs", "! Needs you", TO_FIX),
    None: ("needs", "✗ To fix", TO_FIX),
}
"""For each action of a plan: the chip it is counted under, its label, and the label's colour."""
DECISIONS = frozenset({"update", "overwrite"})
"""The choices of a plan that are made row by row."""
_AT_WORK = {"waiting": ("○ Waiting", PLAIN), "on-its-way": ("➤ On its way", CHANGE)}


def outcome_view(outcome: Outcome) -> dict[str, Any]:
    """A row of a run, at work or ended."""
    label, kind = _label(outcome)
    message, fix = _words(outcome)
    return {
        "row": outcome.row,
        "name": outcome.name,
        "status": str(outcome.status),
        "label": label,
        "kind": kind,
        "campaign_id": outcome.campaign_id,
        "at": outcome.platform_status,
        "message": message,
        "fix": fix,
        "changes": [_change(change) for change in outcome.changes],
    }


def plan_view(outcome: Outcome, campaign: Campaign | None) -> dict[str, Any]:
    """A row of a plan; ``campaign``: its typed values, None where it has errors."""
    group, label, kind = ACTION_LABELS[outcome.action]
    if outcome.action is None and outcome.status is not Status.INVALID:
        group, label, kind = "left", f"{STATUS_LABELS[outcome.status].sign} Done before", PLAIN
    message, fix = _words(outcome)
    choices = decisions(outcome)
    return {
        "row": outcome.row,
        "name": outcome.name,
        "group": group,
        "label": label,
        "kind": kind,
        "campaign_id": outcome.campaign_id,
        "mode": str(campaign.dialing_mode) if campaign else "",
        "lists": "; ".join(campaign.contact_lists) if campaign else "",
        "message": message,
        "fix": CHANGE_OR_RENAME if choices and _names_the_sheet(outcome) else fix,
        "changes": [_change(change) for change in outcome.changes],
        "decisions": choices,
        "week": week(campaign.calling_hours) if campaign else None,
    }


def decisions(outcome: Outcome) -> list[str]:
    """What the user can decide about a row that waits for it: ``update``, ``overwrite``."""
    if outcome.action is not Action.BLOCKED or outcome.explanation is None:
        return []
    if _names_the_sheet(outcome):
        return ["update"]
    named = re.findall(r"\{choice:(\w+)\}", outcome.explanation.template.fix)
    return [choice for choice in named if choice in DECISIONS]


def _names_the_sheet(outcome: Outcome) -> bool:
    """Whether the words name the way by the sheet, where one click on the page does the same."""
    return outcome.explanation is not None and outcome.explanation.code == "sent-with-other-values"


def _label(outcome: Outcome) -> tuple[str, str]:
    code = outcome.explanation.code if outcome.explanation else ""
    if outcome.is_at_work and code in _AT_WORK:
        return _AT_WORK[code]
    if outcome.status is Status.NOT_SENT and outcome.action in {Action.CREATE, Action.UPDATE, Action.LOOK_UP}:
        return _AT_WORK["waiting"]
    label = STATUS_LABELS[outcome.status]
    return f"{label.sign} {label.word}", STATUS_KINDS[outcome.status]


def _words(outcome: Outcome) -> tuple[str, str]:
    """What happened and what to do; of a row with errors, the first of them and where the cell is."""
    if (
        outcome.is_at_work
        and outcome.explanation
        and outcome.explanation.code in {*_AT_WORK, "not-looked-at-yet"}
    ):
        return "", ""  # the label says it
    if outcome.explanation is not None:
        return outcome.explanation.render(page_marks)
    errors = [problem for problem in outcome.problems if problem.is_error]
    if not errors:
        return "", ""
    message, fix = errors[0].explanation.render(page_marks)
    more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
    return f"{errors[0].cell or ''}: {message}{more}".lstrip(": "), fix


def _change(change: Difference) -> dict[str, Any]:
    return {
        "heading": change.heading,
        "actual": change.actual,
        "desired": change.desired,
        "last_sent": change.last_sent,
        "kind": str(change.kind),
    }
