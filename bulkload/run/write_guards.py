"""The look right before an update, and what refused rows have in common.

Nothing is overwritten that was not looked at: not by a resume, not by the second try of an update, not where
another computer has corrected the campaign since the plan was shown.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bulkload.model import DifferenceKind, Missing, Unreadable
from bulkload.run.compare import differences, is_equal
from bulkload.run.messages import planned
from bulkload.run.records import Change
from bulkload.run.states import State
from bulkload.text import and_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bulkload.model import RemoteCampaign
    from bulkload.run.context import RunContext
    from bulkload.run.records import JournalRow


def what_is_there(
    row: JournalRow, found: RemoteCampaign | Missing | Unreadable, context: RunContext
) -> Change | None:
    """What a look at the campaign makes of an update; None where it is as the plan showed it."""
    target = row.target_id or ""
    match found:
        case Missing():
            return Change(State.CONFLICT, planned.DELETED(campaign_id=target))
        case Unreadable(reason=reason):
            return Change(State.CONFLICT, planned.CANNOT_BE_READ(campaign_id=target, reason=reason))
    if row.attempts and has_all(row, found, context):
        return Change(State.ACCEPTED, campaign_id=target, platform_status=found.status)
    base = context.service.read_source(row.before) if row.before else None
    if base is None or has_moved(base, found):
        return Change(State.CONFLICT, planned.MOVED_SINCE_PLAN())
    return None


def has_all(row: JournalRow, found: RemoteCampaign, context: RunContext) -> bool:
    """Whether a campaign that was just read has everything that the row sends."""
    # A document shows no queue and no flow: what is known of them is as old as the last listing.
    document = replace(found, connection=None)
    return is_equal(context.service.read_body(row.body, row.version), document)


def has_moved(before: RemoteCampaign, now: RemoteCampaign) -> bool:
    """Whether a campaign is another than it was when it was shown."""
    # Both ways: a value that was empty before is compared only with the other side as the wanted one.
    found = (*differences(before, None, now), *differences(now, None, before))
    is_changed = any(one.kind is not DifferenceKind.UNREADABLE for one in found)
    return is_changed or before.not_expressible != now.not_expressible or is_active(now)


def is_active(campaign: RemoteCampaign) -> bool:
    """Whether it is dialling now, so that the service lets nobody edit it."""
    return (campaign.status or "").strip().casefold() == "active"


_SHARED: Mapping[str, Callable[[Mapping[str, Any]], str | None]] = {
    "DNC list": lambda body: (body.get("dncLists") or {}).get("name"),
    "contact lists": lambda body: "; ".join(body.get("contactLists") or ()),
    "queue": lambda body: body.get("queue_name"),
    "experience flow": lambda body: body.get("experienceFlowName"),
}


def what_they_share(bodies: Iterable[Mapping[str, Any]]) -> str:
    """`` All have the DNC list "DNC global".``, for each reference that all bodies have; else empty."""
    whole = list(bodies)
    shared = [
        f'{name} "{values.pop()}"'
        for name, get in _SHARED.items()
        if len(values := {get(body) for body in whole}) == 1 and None not in values
    ]
    return f" All have the {and_list(shared)}." if shared else ""
