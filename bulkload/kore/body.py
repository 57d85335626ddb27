"""A campaign as the API's JSON body, and back; both directions are driven by the catalogue of columns.

The keys have the order of the samples in ``seeds/``. Which mode and version has which key is in the catalogue.
A campaign that the rules accepted always fits it. One that does not is a bug of ours and raises AssertionError,
rather than being sent without its Do Not Call list.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from bulkload.columns import AS_IT_IS, CAMPAIGN_COLUMNS
from bulkload.kore.converters import decode, encode
from bulkload.model import ApiVersion, Payload, RemoteCampaign

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.columns import Column
    from bulkload.model import Campaign

KEYED_COLUMNS: Mapping[Column, tuple[str, ...]] = {
    column: tuple(column.key.split(".")) for column in CAMPAIGN_COLUMNS if column.key
}
"""Every column that is sent, with the path of its key."""
_FIXED = {"schedule": {"isSchedulingEnabled": False}, "campaignType": "voice"}
"""In every sample; ``schedule`` is in no table of the documents."""
_ORDER = (
    "name",
    "description",
    "contactLists",
    "dncLists",
    "priority",
    "dialingMode",
    "dialingStrategy",
    "schedule",
    "queue_name",
    "experienceFlowName",
    "enableMachineDetect",
    "maxSkips",
    "campaignType",
)
"""The order of the samples; a key that they lack comes last."""


def to_payload(campaign: Campaign, version: ApiVersion) -> Payload:
    """What a row asks of the service: the same campaign always gives the same body.

    Raises AssertionError for a campaign that the rules of this version can't have accepted.
    """
    body = to_body(campaign, version)
    return Payload(
        campaign.row,
        campaign.name,
        version,
        body,
        campaign.campaign_id,
        digest=digest(body),
        campaign=campaign,
    )


def to_body(campaign: Campaign, version: ApiVersion) -> dict[str, Any]:
    """The JSON body of a create or an update. Raises AssertionError as ``to_payload`` does."""
    _assert_complete(campaign, version)
    body: dict[str, Any] = {}
    for column, path in KEYED_COLUMNS.items():
        value = getattr(campaign, column.field)
        # What an update does with a key left out is unknown, so only (as it is) leaves one out.
        if value is not None and not column.is_left_as_it_is(value):
            *parents, key = path
            place = body
            for parent in parents:
                place = place.setdefault(parent, {})
            place[key] = encode(value, column.kind, version)
    # The digest does not depend on the order; people who compare with the documents do.
    return dict(sorted((body | _FIXED).items(), key=_position))


def from_body(body: Mapping[str, Any], version: ApiVersion) -> RemoteCampaign:
    """What a body says, as a campaign of the account: the base that later changes are compared with."""
    values = column_values(body, version)
    queue, flow = values.pop("queue"), values.pop("experience_flow")
    return RemoteCampaign("", **values, connection=queue or flow, has_document=True, source=dict(body))


def column_values(document: Mapping[str, Any], version: ApiVersion) -> dict[str, Any]:
    """The typed value of every column with a key, by its field; None where nothing readable is there."""
    found = {
        column.field: decode(value_at(document, path), column.kind, version)
        for column, path in KEYED_COLUMNS.items()
    }
    return found | {"name": found["name"] or ""}


def value_at(document: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """The JSON value at a path of keys; None where a key is missing."""
    value: Any = document
    for key in path:
        value = _value_of(value, key)
    return value


def _value_of(value: Any, key: str) -> Any:
    """The value of a key; a list of one counts as its item, and a text as a name."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        return value.get(key)
    return value if key == "name" and isinstance(value, str) else None


def digest(body: Mapping[str, Any]) -> str:
    """Hexadecimal sha256 of what is sent: equal bodies have equal digests, whether they create or update.

    The row's number in the sheet does not count, because people sort their sheets.
    """
    content = ["", body]  # the empty text means nothing, but digests in existing journals were made with it
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _position(item: tuple[str, Any]) -> int:
    return _ORDER.index(item[0]) if item[0] in _ORDER else len(_ORDER)


def _assert_complete(campaign: Campaign, version: ApiVersion) -> None:
    """Raise AssertionError where a needed value is missing, or a value has no key to be sent under."""
    case = (version, campaign.dialing_mode)
    for column in KEYED_COLUMNS:
        is_given = getattr(campaign, column.field) is not None
        if is_given is not (case in column.used) and (is_given or case in column.needed or column.default):
            raise AssertionError(
                f"row {campaign.row}: {column.field} must be {'empty' if is_given else 'given'} "
                f"for {campaign.dialing_mode} in {version}"
            )
    if campaign.machine_detection == AS_IT_IS and campaign.campaign_id is None:
        raise AssertionError(f"row {campaign.row}: machine_detection must be given to create a campaign")
