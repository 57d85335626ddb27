"""The body of a campaign, key for key as the documents' tables have it; anything else is refused.

Written from the seeds (``Body Parameters``) and from the table in the API page, knowing nothing of the loader's
own column table. A key that is missing, unknown, of another type or out of its limits gives a sentence that
names the key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

Check: TypeAlias = Callable[[str, Any], list[str]]
"""(key, value) to sentences; empty where the value is right."""

MODES = ("Preview", "Progressive", "Agentless")
TIME_OF_DAY = re.compile(r"(1[0-2]|[1-9]):[0-5][0-9] (AM|PM)")
"""``9:00 AM``: no leading zero (seeds, ``days[].start``)."""


def problems(body: Any, version: str, stored: Mapping[str, Any] | None = None) -> list[str]:
    """Everything that is wrong with a create's or update's body, a sentence each.

    ``version`` is v1 or v2. ``stored`` is the campaign that an update meets: a key it has may be left out, for a
    PUT merges.
    """
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    mode = body.get("dialingMode", (stored or {}).get("dialingMode"))
    if mode not in MODES:
        return [f"dialingMode must be one of {', '.join(MODES)}"]
    keys = keys_of(version, mode)
    found = [f"{key} is not known in {mode} {version}" for key in body if key not in keys]
    for key, check in keys.items():
        if key in body:
            found += check(key, body[key])
        elif key not in (stored or {}):
            found.append(f"{key} is missing")
    return found


@lru_cache
def keys_of(version: str, mode: str) -> Mapping[str, Check]:
    """The keys that this mode and version send, all of them required, each with its check."""
    keys = dict(_ALWAYS)
    if version == "v2":
        keys["dncLists"] = _object({"name": _text(1)})
    if mode == "Agentless":
        keys["experienceFlowName"] = _text(1)
    else:
        keys["queue_name"] = _text(1)
    if mode == "Preview":
        keys["maxSkips"] = _number(0)
    if version == "v1":
        keys["enableMachineDetect"] = _boolean
    elif mode == "Agentless":
        keys["enableMachineDetect"] = _one_of("no", "detect", "disconnect")
    return keys


def list_problems(body: Any) -> list[str]:
    """Everything that is wrong with the body of a listing; only ``type`` is required."""
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    found = [f"{key} is not known" for key in body if key not in _LISTING]
    if body.get("type") != "voice":
        found.append("type must be voice")
    for key, check in _LISTING.items():
        if key in body:
            found += check(key, body[key])
    return found


def _text(shortest: int, longest: int | None = None) -> Check:
    def check(key: str, value: Any) -> list[str]:
        if not isinstance(value, str):
            return [f"{key} must be a string"]
        if len(value) < shortest:
            return [f"{key} must not be empty"]
        if longest is not None and len(value) > longest:
            return [f"{key} must be a maximum of {longest} characters"]
        return []

    return check


def _number(least: int, most: int | None = None) -> Check:
    limits = f"between {least} and {most}" if most is not None else f"of at least {least}"

    def check(key: str, value: Any) -> list[str]:
        right = isinstance(value, int) and not isinstance(value, bool)  # JSON's 5.0 is a float, and refused
        if right and least <= value and (most is None or value <= most):
            return []
        return [f"{key} must be a whole number {limits}"]

    return check


def _one_of(*choices: Any) -> Check:
    def check(key: str, value: Any) -> list[str]:
        same = any(type(value) is type(choice) and value == choice for choice in choices)
        return [] if same else [f"{key} must be one of {', '.join(map(str, choices))}"]

    return check


def _boolean(key: str, value: Any) -> list[str]:
    return [] if isinstance(value, bool) else [f"{key} must be true or false"]


def _array(check: Check, shortest: int, longest: int | None = None) -> Check:
    def check_all(key: str, value: Any) -> list[str]:
        if not isinstance(value, list) or len(value) < shortest or (longest and len(value) > longest):
            return [f"{key} must be an array of {shortest} to {longest or 'any number of'} values"]
        return [sentence for at, item in enumerate(value) for sentence in check(f"{key}[{at}]", item)]

    return check_all


def _object(keys: Mapping[str, Check], optional: frozenset[str] = frozenset()) -> Check:
    def check(key: str, value: Any) -> list[str]:
        if not isinstance(value, dict):
            return [f"{key} must be an object"]
        found = [f"{key}.{name} is not known" for name in value if name not in keys]
        found += [f"{key}.{name} is missing" for name in keys if name not in value and name not in optional]
        for name in value:
            if name in keys:
                found += keys[name](f"{key}.{name}", value[name])
        return found

    return check


def _time_of_day(key: str, value: Any) -> list[str]:
    right = isinstance(value, str) and TIME_OF_DAY.fullmatch(value)
    return [] if right else [f"{key} must be a time such as 9:00 AM"]


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # unknown; outside the database's folder; a folder of it
        return False
    return True


def _timezone(key: str, value: Any) -> list[str]:
    right = isinstance(value, str) and _is_zone(value)
    return [] if right else [f"{key} must be an IANA time zone such as Asia/Kolkata"]


def _timestamp(key: str, value: Any) -> list[str]:
    right = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z", value)
    return [] if right else [f"{key} must be a moment such as 2025-12-01T00:00:00.000Z"]


_BLOCK = _object(
    {"day": _one_of("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "start": _time_of_day, "end": _time_of_day}
)
_CALLING_HOURS = _object(
    {"frequency": _one_of("WEEKLY", "DAILY", "CUSTOM"), "timezone": _timezone, "days": _array(_BLOCK, 1)}
)
_DIALING_STRATEGY = _object(
    {
        "callerId": _object({"phoneNumber": _text(1)}),
        "callingHours": _CALLING_HOURS,
        "dialingOrder": _one_of("FIFO", "LIFO"),
        "maxAttemptsPerRecord": _number(1, 100),
        "defaultRetryPeriod": _number(1, 1440),
        "maxRingTime": _number(5, 120),
    }
)
_ALWAYS: Mapping[str, Check] = {
    "name": _text(1, 48),
    "description": _text(1, 256),
    "contactLists": _array(_text(1), 1, 10),
    "priority": _one_of("1", "2", "3", "4", "5"),
    "dialingMode": _one_of(*MODES),
    "dialingStrategy": _DIALING_STRATEGY,
    "schedule": _object({"isSchedulingEnabled": _one_of(False)}),
    "campaignType": _one_of("voice"),
}
_DIRECTION = _one_of("asc", "desc")
_STATUSES = ("Active", "Completed", "Ready", "Paused", "Preparing", "Stopped", "Scheduled", "Rescheduled")
_SORTING = {"name": _DIRECTION, "createdAt": _DIRECTION, "updatedAt": _DIRECTION}
_FILTERS = {
    "status": _array(_one_of(*_STATUSES), 0),
    "priority": _array(_number(1, 5), 0),
    "dialingMode": _array(_one_of("Progressive", "Preview"), 0),
}
_LISTING: Mapping[str, Check] = {
    "type": _one_of("voice"),
    "limit": _number(1),
    "skip": _number(0),
    "page": _number(1),
    "startDate": _timestamp,
    "endDate": _timestamp,
    "sortBy": _object(_SORTING, frozenset(_SORTING)),
    "filters": _object(_FILTERS, frozenset(_FILTERS)),
}
