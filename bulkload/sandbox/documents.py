"""Models of the bodies that the documents show; any other body is refused.

Written from the seeds (``Body Parameters``) and from the table of the API page, without the loader's own columns.
A key that is missing, unknown, of another type or out of its limits gives a sentence that names the key.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic.alias_generators import to_camel

from bulkload.sandbox.validation import sentences

if TYPE_CHECKING:
    from collections.abc import Mapping

MODES = ("Preview", "Progressive", "Agentless")
_TIME_OF_DAY = re.compile(r"(1[0-2]|[1-9]):[0-5][0-9] (AM|PM)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z")


def _time_of_day(value: str) -> str:
    if not _TIME_OF_DAY.fullmatch(value):  # no leading zero (seeds, ``days[].start``)
        raise ValueError("Input should be a time such as 9:00 AM")
    return value


@lru_cache(maxsize=1024)
def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # unknown; outside the folder of the time zones; a folder itself
        return False
    return True


def _timezone(value: str) -> str:
    if not _is_zone(value):
        raise ValueError("Input should be an IANA time zone such as Asia/Kolkata")
    return value


def _moment(value: str) -> str:
    if not _MOMENT.fullmatch(value):
        raise ValueError("Input should be a moment such as 2025-12-01T00:00:00.000Z")
    return value


def _one_if_empty(value: Any) -> Any:
    # An empty string means "not given" (the page of the listing, ``page``); any valid number does here.
    return 1 if value == "" else value


def _switched_off(value: bool) -> bool:  # noqa: FBT001  (pydantic calls it with the value alone)
    # Literal[False] would accept the number 0.
    if value:
        raise ValueError("Input should be false")
    return value


Name: TypeAlias = Annotated[str, Field(min_length=1)]
TimeOfDay: TypeAlias = Annotated[str, AfterValidator(_time_of_day)]
TimeZone: TypeAlias = Annotated[str, AfterValidator(_timezone)]
Moment: TypeAlias = Annotated[str, AfterValidator(_moment)]
Direction: TypeAlias = Literal["asc", "desc"]
Status: TypeAlias = Literal[
    "Active", "Completed", "Ready", "Paused", "Preparing", "Stopped", "Scheduled", "Rescheduled"
]


class _Document(BaseModel):
    """One JSON object: it has no other keys, and no value is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, alias_generator=to_camel)


class Block(_Document):
    """One block of calling hours."""

    day: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    start: TimeOfDay
    end: TimeOfDay


class CallingHours(_Document):
    """When a campaign may call."""

    frequency: Literal["WEEKLY", "DAILY", "CUSTOM"]
    timezone: TimeZone
    days: Annotated[list[Block], Field(min_length=1)]


class CallerId(_Document):
    """The number that people see."""

    phone_number: Name


class DialingStrategy(_Document):
    """How a campaign calls."""

    caller_id: CallerId
    calling_hours: CallingHours
    dialing_order: Literal["FIFO", "LIFO"]
    max_attempts_per_record: Annotated[int, Field(ge=1, le=100)]
    default_retry_period: Annotated[int, Field(ge=1, le=1440)]
    max_ring_time: Annotated[int, Field(ge=5, le=120)]


class CampaignSchedule(_Document):
    """The schedule, which the documents' bodies always switch off."""

    is_scheduling_enabled: Annotated[bool, AfterValidator(_switched_off)]


class DncLists(_Document):
    """The one Do Not Call list of a campaign."""

    name: Name


class _Campaign(_Document):
    """The keys of every mode and version."""

    name: Annotated[str, Field(min_length=1, max_length=48)]
    description: Annotated[str, Field(min_length=1, max_length=256)]
    contact_lists: Annotated[list[Name], Field(min_length=1, max_length=10)]
    priority: Literal["1", "2", "3", "4", "5"]
    dialing_mode: Literal["Preview", "Progressive", "Agentless"]
    dialing_strategy: DialingStrategy
    schedule: CampaignSchedule
    campaign_type: Literal["voice"]


class _WithQueue(_Campaign):
    queue_name: Annotated[Name, Field(alias="queue_name")]


class _WithSkips(_WithQueue):
    max_skips: Annotated[int, Field(ge=0)]


class _WithFlow(_Campaign):
    experience_flow_name: Name


class ProgressiveV1(_WithQueue):
    """Progressive, v1."""

    enable_machine_detect: bool


class PreviewV1(_WithSkips):
    """Preview, v1."""

    enable_machine_detect: bool


class AgentlessV1(_WithFlow):
    """Agentless, v1."""

    enable_machine_detect: bool


class ProgressiveV2(_WithQueue):
    """Progressive, v2."""

    dnc_lists: DncLists


class PreviewV2(_WithSkips):
    """Preview, v2."""

    dnc_lists: DncLists


class AgentlessV2(_WithFlow):
    """Agentless, v2."""

    dnc_lists: DncLists
    enable_machine_detect: Literal["no", "detect", "disconnect"]


class AgentlessUpdateV2(AgentlessV2):
    """An update to Agentless in v2; its printed sample has no ``enableMachineDetect``."""

    enable_machine_detect: Literal["no", "detect", "disconnect"] = "no"


class Sorting(_Document):
    """How a listing is sorted; a later key decides between equals."""

    name: Direction = "asc"
    created_at: Direction = "asc"
    updated_at: Direction = "asc"


class Filters(_Document):
    """What a listing shows alone; ``dialingMode`` does not know Agentless."""

    status: list[Status] = []
    priority: list[Annotated[int, Field(ge=1, le=5)]] = []
    dialing_mode: list[Literal["Progressive", "Preview"]] = []


class ListingRequest(_Document):
    """The body of a listing; only ``type`` is required, and numbers may be empty strings."""

    type: Literal["voice"]
    limit: Annotated[int, Field(ge=1), BeforeValidator(_one_if_empty)] = 1
    skip: Annotated[int, Field(ge=0), BeforeValidator(_one_if_empty)] = 1
    page: Annotated[int, Field(ge=1), BeforeValidator(_one_if_empty)] = 1
    start_date: Moment = ""
    end_date: Moment = ""
    sort_by: Sorting = Sorting()
    filters: Filters = Filters()


_CREATES: Mapping[tuple[str, Any], type[_Campaign]] = {
    ("v1", "Preview"): PreviewV1,
    ("v1", "Progressive"): ProgressiveV1,
    ("v1", "Agentless"): AgentlessV1,
    ("v2", "Preview"): PreviewV2,
    ("v2", "Progressive"): ProgressiveV2,
    ("v2", "Agentless"): AgentlessV2,
}
_UPDATES: Mapping[tuple[str, Any], type[_Campaign]] = {
    **_CREATES,
    ("v2", "Agentless"): AgentlessUpdateV2,
}


def create_problems(body: Any, version: str) -> list[str]:
    """List everything that is wrong with the body of a create, one sentence each."""
    return _campaign_problems(body, version, _CREATES, {})


def update_problems(body: Any, version: str, kept: Mapping[str, Any]) -> list[str]:
    """List everything that is wrong with the body of an update.

    ``kept`` holds the values that the campaign keeps where the body leaves a key out.
    """
    return _campaign_problems(body, version, _UPDATES, kept)


def list_problems(body: Any) -> list[str]:
    """List everything that is wrong with the body of a listing."""
    return _problems(ListingRequest, body)


def _campaign_problems(
    body: Any, version: str, models: Mapping[tuple[str, Any], type[_Campaign]], kept: Mapping[str, Any]
) -> list[str]:
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    mode = body.get("dialingMode", kept.get("dialingMode"))
    if mode not in MODES:
        return [f"dialingMode: Input should be one of {', '.join(MODES)}"]
    model = models[version, mode]
    known = _keys(model)
    return _problems(model, {**{key: kept[key] for key in kept if key in known}, **body})


@lru_cache
def _keys(model: type[BaseModel]) -> frozenset[str]:
    return frozenset(field.alias or name for name, field in model.model_fields.items())


def _problems(model: type[BaseModel], body: Any) -> list[str]:
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    try:
        model.model_validate(body)
    except ValidationError as error:
        return sentences(error)
    return []
