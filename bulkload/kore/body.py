"""A campaign becomes the JSON body that the documents show: pure, total, nothing dropped.

Keys stand in the order of the samples in ``seeds/``. Which mode and version has which key is the table of the
five documents; a campaign that the rules let through always fits it, so a campaign that does not is a mistake of
ours and raises AssertionError rather than losing a Do Not Call list on the way.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from bulkload.model import ApiVersion, DialingMode, Payload

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import time

    from bulkload.model import Block, Campaign

_V1_DETECTION = {"Yes": True, "No": False}
"""v1 asks for a boolean (seeds 000, 002, 003)."""
_V2_DETECTION = {"No": "no", "Detect": "detect", "Disconnect": "disconnect"}
"""v2 asks for a word (the v2 Agentless page)."""


def to_payload(campaign: Campaign, version: ApiVersion) -> Payload:
    """What a row asks of the service: the same campaign always gives the same body.

    Raises AssertionError for a campaign that the rules of this version can't have let through.
    """
    _agree(campaign, version)
    body = {
        "name": campaign.name,
        "description": campaign.description,
        "contactLists": list(campaign.contact_lists),
        **({} if campaign.dnc_list is None else {"dncLists": {"name": campaign.dnc_list}}),
        "priority": str(campaign.priority),
        "dialingMode": str(campaign.dialing_mode),
        "dialingStrategy": _dialing_strategy(campaign),
        "schedule": {"isSchedulingEnabled": False},  # in every sample, in no table
        **_of_the_mode(campaign, version),
        "campaignType": "voice",
    }
    return Payload(
        campaign.row,
        campaign.name,
        version,
        body,
        campaign.campaign_id,
        digest=digest(body),
        campaign=campaign,
    )


def digest(body: Mapping[str, Any]) -> str:
    """Hexadecimal sha256 of what is sent: equal where nothing was changed, for a new campaign or one that exists.

    The row's place in the sheet does not count, for people sort their sheets.
    """
    content = ["", body]  # the empty text says nothing, but the journals that exist hold digests made with it
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _dialing_strategy(campaign: Campaign) -> dict[str, Any]:
    hours = campaign.calling_hours
    return {
        "callerId": {"phoneNumber": campaign.caller_id},
        "callingHours": {
            "frequency": hours.frequency,
            "timezone": hours.timezone,
            "days": list(map(_day, hours.blocks)),
        },
        "dialingOrder": campaign.dialing_order,
        "maxAttemptsPerRecord": campaign.max_attempts,
        "defaultRetryPeriod": campaign.retry_period,
        "maxRingTime": campaign.max_ring_time,
    }


@cache  # the same few blocks stand in all calling hours; nobody changes what a payload holds
def _day(block: Block) -> Mapping[str, str]:
    return {"day": block.day, "start": _twelve_hours(block.start), "end": _twelve_hours(block.end)}


@cache  # there are few moments in a workbook, and each block has two
def _twelve_hours(moment: time) -> str:
    """``9:00 AM``: no leading zero, whatever the machine's language."""
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"


def _of_the_mode(campaign: Campaign, version: ApiVersion) -> dict[str, Any]:
    """The keys that only some modes know, in the samples' order."""
    body: dict[str, Any] = {}
    if campaign.queue is not None:
        body["queue_name"] = campaign.queue
    if campaign.experience_flow is not None:
        body["experienceFlowName"] = campaign.experience_flow
    if campaign.machine_detection is not None:
        words = _V1_DETECTION if version is ApiVersion.V1 else _V2_DETECTION
        body["enableMachineDetect"] = words[campaign.machine_detection]
    if campaign.max_skips is not None:
        body["maxSkips"] = campaign.max_skips
    return body


def _agree(campaign: Campaign, version: ApiVersion) -> None:
    """Raise AssertionError where a value is missing that is needed, or given that would have no key."""
    mode = campaign.dialing_mode
    needed = {
        "dnc_list": version is ApiVersion.V2,
        "queue": mode is not DialingMode.AGENTLESS,
        "experience_flow": mode is DialingMode.AGENTLESS,
        "machine_detection": version is ApiVersion.V1 or mode is DialingMode.AGENTLESS,
        "max_skips": mode is DialingMode.PREVIEW,
    }
    for name, is_needed in needed.items():
        if (getattr(campaign, name) is not None) is not is_needed:
            raise AssertionError(
                f"row {campaign.row}: {name} must be {'given' if is_needed else 'empty'} for {mode} in {version}"
            )
