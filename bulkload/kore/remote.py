"""The account's documents as campaigns: a row of the listing, a document (GET), and both of them together.

A listing row has no dialing strategy, a document has no queue and no flow, so a full picture needs both. SMS
campaigns are recognised and skipped. What no workbook can express is named, because such a campaign must never
be updated: the update would remove it or would be wrong about it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bulkload.columns import CAMPAIGN_COLUMNS, FREQUENCIES, Detection, HoursName, ListedNames
from bulkload.kore.body import KEYED_COLUMNS, column_values, value_at
from bulkload.kore.converters import name_in, text_of
from bulkload.kore.decode import LONGEST_STATUS, clean, id_in
from bulkload.model import ApiVersion, DialingMode, RemoteCampaign

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulkload.columns import Column

SMS_KEYS = frozenset({"format", "message", "totalMessagesSent", "campaignExecutionType"})
"""Keys that only SMS campaigns have (the printed SMS samples)."""
LONGEST_VALUE = 60
"""Characters of a value of the account that are shown where no workbook can express it."""
_ONLY_IN_LISTING = frozenset(
    {"connection", "campaignInstanceId", "isFiltersEnabled", "status", "createdAt", "updatedAt", "schedule"}
)
"""Keys of a listing row that stay true where the document, which is younger, does not have them."""
(_MOST_LISTS,) = (column.kind.most for column in CAMPAIGN_COLUMNS if isinstance(column.kind, ListedNames))


def is_sms(document: Mapping[str, Any]) -> bool:
    """Whether this is an SMS campaign: it has no dialing mode, and keys that voice lacks."""
    return not document.get("dialingMode") and not SMS_KEYS.isdisjoint(document)


def read_listing_row(row: Any, version: ApiVersion) -> RemoteCampaign | None:
    """One row of the listing; None where it has no id or no name, so that nothing can be known about it."""
    if not isinstance(row, dict) or not text_of(row.get("name")):
        return None
    campaign_id = id_in({"data": row})
    return None if campaign_id is None else _read(campaign_id, row, version)


def read_document(document: Any, version: ApiVersion) -> RemoteCampaign | None:
    """The campaign of a get, a create, an update or a delete; None where it is none, or an SMS campaign's.

    A campaign without a caller ID or without calling hours is none either: it would seem equal to anything.
    """
    if not isinstance(document, dict) or is_sms(document):
        return None
    found = read_listing_row(document, version)
    return found if found and found.has_document else None


def merge(row: RemoteCampaign, document: RemoteCampaign, version: ApiVersion) -> RemoteCampaign:
    """The full picture: everything that the document shows, and what only the listing row shows."""
    # A column that the document lacks is gone, whatever an older row says: a DNC list was removed so.
    kept = {key: value for key, value in row.source.items() if key in _ONLY_IN_LISTING}
    return _read(document.campaign_id, kept | dict(document.source), version)


def read_source(source: Mapping[str, Any], version: ApiVersion) -> RemoteCampaign | None:
    """The campaign that a journal kept as ``RemoteCampaign.source``."""
    return read_listing_row(source, version)


def _read(campaign_id: str, source: Mapping[str, Any], version: ApiVersion) -> RemoteCampaign:
    values = column_values(source, version)
    queue, flow = values.pop("queue"), values.pop("experience_flow")
    schedule, status = source.get("schedule"), text_of(source.get("status"))
    return RemoteCampaign(
        campaign_id,
        **values,
        status=None if status is None else clean(status, LONGEST_STATUS),
        connection=name_in(source.get("connection")) or queue or flow,
        created_at=moment_of(source.get("createdAt")),
        updated_at=moment_of(source.get("updatedAt")),
        campaign_instance_id=text_of(source.get("campaignInstanceId")),
        is_scheduled=_is_on(schedule, "isSchedulingEnabled") or _is_on(schedule, "isRecurrenceEnabled"),
        has_filters=source.get("isFiltersEnabled") is True,
        not_expressible=tuple(_not_expressible(source, values)),
        has_document=_has_strategy(source),
        source=dict(source),
    )


def moment_of(value: Any) -> datetime | None:
    """A moment such as ``2025-12-08T09:17:21.090Z``, with its zone; None for anything else."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC) if moment else None


def _is_on(schedule: Any, key: str) -> bool:
    return isinstance(schedule, dict) and schedule.get(key) is True


def _has_strategy(source: Mapping[str, Any]) -> bool:
    places = (("dialingStrategy", "callerId", "phoneNumber"), ("dialingStrategy", "callingHours"))
    # An SMS campaign or a shortened answer has a dialing strategy without these.
    return all(value_at(source, place) is not None for place in places)


def _not_expressible(source: Mapping[str, Any], values: Mapping[str, Any]) -> Iterator[str]:
    """What the campaign has and no workbook can express, in words."""
    schedule = source.get("schedule")
    if _is_on(schedule, "isSchedulingEnabled") or _is_on(schedule, "isRecurrenceEnabled"):
        yield "a schedule"
    if source.get("isFiltersEnabled") is True:
        yield "filters"
    mode, hours, lists = values["dialing_mode"], values["calling_hours"], values["contact_lists"]
    if mode is not None and mode not in set(DialingMode):
        yield f'the dialing mode "{_shown(mode)}"'
    if hours is not None and hours.frequency not in FREQUENCIES:
        yield f'the frequency "{_shown(hours.frequency)}"'
    if lists is not None and len(lists) > _MOST_LISTS:
        yield f"{len(lists)} contact lists"
    if isinstance(source.get("dncLists"), list) and len(source["dncLists"]) > 1:
        yield f"{len(source['dncLists'])} DNC lists"
    for column, path in KEYED_COLUMNS.items():
        value = value_at(source, path)
        if (
            values.get(column.field, "") is None
            and value is not None
            and not isinstance(column.kind, Detection)
        ):
            yield _unreadable(column, value)


def _unreadable(column: Column, value: Any) -> str:
    if isinstance(column.kind, HoursName):
        return "calling hours of another form than a workbook's"
    return f"{_shown(value)} as {column.heading}"


def _shown(value: Any) -> str:
    return clean(str(value), LONGEST_VALUE)
