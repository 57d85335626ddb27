"""The answers, in the shapes of the printed samples.

What differs between versions and modes differs here. Create in Preview v1 carries an id alone. Create in v2 answers
``enableMachineDetect: "no"`` as false, and every other answer of v2 lacks that key. Updates in v2 say ``_id`` where
those in v1 say ``id``. A detail that no sample shows is the one of the nearest sample.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.campaigns import Campaigns, StoredCampaign
    from bulkload.sandbox.fixtures import ContactList
    from bulkload.sandbox.listing import Listing

_QUEUES_ON_PAGE = 10
"""``limit`` in the sample; no parameter of paging is documented."""
_MAPPING = {
    name: name for name in ("firstName", "lastName", "phoneNumber", "timeZone", "uniqueId", "contactPriority")
}


@dataclass(frozen=True, slots=True)
class ResponseBuilder:
    """Builds the answers of one version at one moment."""

    campaigns: Campaigns
    version: str
    """v1 or v2."""
    now: float
    """Seconds since 1970."""

    def created(self, stored: StoredCampaign) -> dict[str, Any]:
        """The answer to a create; it leaves the schedule out."""
        head = {"status": "success", "message": f"Campaign {stored.name} creation in progress"}
        if self.version == "v1" and stored.body["dialingMode"] == "Preview":
            return {**head, "id": stored.id, "data": {"campId": stored.id}}
        data = {**self._campaign(stored), "id": stored.id, "contactLists": stored.body["contactLists"]}
        detection = stored.body.get("enableMachineDetect")
        if detection is not None and (self.version == "v1" or stored.body["dialingMode"] == "Agentless"):
            data["enableMachineDetect"] = False if detection == "no" else detection
        return {**head, "data": data}

    def updated(self, stored: StoredCampaign) -> dict[str, Any]:
        """The answer to an update."""
        whole = self.whole(stored)
        if self.version == "v1":
            del whole["_id"]
            last = ("contactLists", "enableMachineDetect")
            whole |= {"id": stored.id} | {key: whole.pop(key) for key in last if key in whole}
        message = f"Campaign {stored.name} details updated successfully"
        return {"status": "success", "message": message, "id": stored.id, "data": whole}

    def found(self, stored: StoredCampaign) -> dict[str, Any]:
        """The answer to a get."""
        message = f"Campaign {stored.name} retrieved successfully"
        return {"status": "success", "message": message, "data": self.whole(stored)}

    def deleted(self, stored: StoredCampaign) -> dict[str, Any]:
        """The answer to a delete."""
        message = f"Campaign {stored.name} deleted successfully"
        return {"status": "success", "message": message, "data": self.whole(stored)}

    def status(self, stored: StoredCampaign) -> dict[str, Any]:
        """The answer to a status request."""
        data = {"id": stored.id, "status": stored.status_at(self.now), "name": stored.name}
        return {"status": "success", "data": data}

    def listing(self, asked: Listing, page: Sequence[StoredCampaign], total: int) -> dict[str, Any]:
        """The answer to a listing; no row has a dialing strategy."""
        data = {
            "results": self.rows(page),
            "skip": asked.skip,
            "limit": asked.limit,
            "hasMore": asked.skip + len(page) < total,
            "totalPages": -(-total // asked.limit),
            "totalResults": total,
        }
        message = "Campaign  retrieved successfully"  # two blanks, as in the sample
        return {"status": "success", "message": message, "data": data}

    def rows(self, page: Sequence[StoredCampaign]) -> list[dict[str, Any]]:
        """The rows of a listing."""
        return [self._row(stored) for stored in page]

    def whole(self, stored: StoredCampaign) -> dict[str, Any]:
        """The document of one campaign, as a get answers it."""
        schedule = {"isSchedulingEnabled": stored.is_scheduled, "isRecurrenceEnabled": stored.is_recurring}
        instance = {"campaignInstanceId": stored.instance_id} if stored.instance_id else {}
        whole = {
            "_id": stored.id,
            **self._campaign(stored),
            "schedule": schedule,
            **instance,
            "contactLists": stored.body["contactLists"],
        }
        if self.version == "v1" and "enableMachineDetect" in stored.body:
            whole["enableMachineDetect"] = stored.body["enableMachineDetect"] not in (False, "no")
        return whole

    def _campaign(self, stored: StoredCampaign) -> dict[str, Any]:
        """What every answer about one campaign has in common, its keys in the samples' order."""
        body = stored.body
        return {
            "name": stored.name,
            "lname": stored.name.lower(),
            "description": body["description"],
            **self._dnc_lists(body),
            "priority": body["priority"],
            "dialingMode": body["dialingMode"],
            "dialingStrategy": self._strategy(body["dialingStrategy"]),
            **self._flow(body),
            "status": stored.status_at(self.now),
            # Kept from an earlier mode too, as the sample of an update to Agentless shows.
            **({"maxSkips": body["maxSkips"]} if "maxSkips" in body else {}),
            **self._filters(stored),
            "createdAt": _moment(stored.created),
            "updatedAt": _moment(stored.updated_at(self.now)),
        }

    def _row(self, stored: StoredCampaign) -> dict[str, Any]:
        body, updated = stored.body, stored.updated_at(self.now)
        is_agentless = body["dialingMode"] == "Agentless"
        return {
            "_id": stored.id,
            "name": stored.name,
            "description": body["description"],
            **self._dnc_lists(body),
            "priority": body["priority"],
            "dialingMode": body["dialingMode"],
            **self._flow(body),
            "status": stored.status_at(self.now),
            **self._filters(stored),
            "createdAt": _moment(stored.created),
            "updatedAt": _moment(updated),
            **({"campaignInstanceId": stored.instance_id} if stored.instance_id else {}),
            "campaignInstanceUpdatedAt": _moment(stored.instance_updated or updated),
            "schedule": _row_schedule(stored),
            "connection": body.get("experienceFlowName" if is_agentless else "queue_name"),
            "contactLists": body["contactLists"],
        }

    def _filters(self, stored: StoredCampaign) -> dict[str, Any]:
        return {"isFiltersEnabled": stored.has_filters} if self.version == "v2" else {}

    def _flow(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if body["dialingMode"] != "Agentless":
            return {}
        return {
            "experienceFlow": self.campaigns.known_id("flows", body["experienceFlowName"], folds_case=True)
        }

    def _dnc_lists(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if "dncLists" not in body:
            return {}
        name = body["dncLists"]["name"]
        return {"dncLists": {"id": self.campaigns.known_id("dnc_lists", name, folds_case=True), "name": name}}

    def _strategy(self, strategy: Mapping[str, Any]) -> dict[str, Any]:
        hours = strategy["callingHours"]
        days = [
            {"start": block["start"], "end": block["end"], "day": block["day"]} for block in hours["days"]
        ]
        answered = {"frequency": hours["frequency"], "days": days, "timezone": hours["timezone"]}
        mapped = {"useSystemMappings": False} if self.version == "v2" else {}
        return {**strategy, "callingHours": answered, **mapped}


def _row_schedule(stored: StoredCampaign) -> dict[str, bool]:
    """The schedule of a row; only rows that were changed say whether it recurs (samples)."""
    recurring = {"isRecurrenceEnabled": stored.is_recurring} if stored.was_changed else {}
    return {"isSchedulingEnabled": stored.is_scheduled, **recurring}


def contact_lists(campaigns: Campaigns) -> dict[str, Any]:
    """Every contact list, unpaged; the Do Not Call lists are not among them (sample)."""
    rows = [_contact_list(*row) for row in campaigns.contact_lists()]
    return {"status": "success", "message": "", "data": rows}


def queues(campaigns: Campaigns) -> dict[str, Any]:
    """The first page of the queues, the only one that a documented request can ask for."""
    known = campaigns.known("queues")
    rows = [
        {"isActive": True, "isDefault": at == 0, "name": name, "description": name, "id": queue_id}
        for at, (queue_id, name) in enumerate(known[:_QUEUES_ON_PAGE])
    ]
    return {
        "results": rows,
        "page": 1,
        "limit": _QUEUES_ON_PAGE,
        "hasMore": len(known) > len(rows),
        "totalPages": -(-len(known) // _QUEUES_ON_PAGE),
        "totalResults": len(known),
    }


def refusal(messages: Sequence[str], code: int) -> dict[str, Any]:
    """The body of an error as seen on the same platform."""
    return {"errors": [{"msg": message, "code": code} for message in messages]}


def _contact_list(list_id: str, name: str, details: ContactList) -> dict[str, Any]:
    is_fed_by_api = details.source == "passiveApi"
    return {
        "_id": list_id,
        "name": name,
        "description": name,
        "totalRecordCount": details.total_records,
        "status": details.status,
        "mapping": _MAPPING,
        "isListInUse": False,
        "listType": "call",
        "campaignInUse": [],  # stale at Kore.ai, so no loader may rely on it
        "source": details.source,
        **({"apiConfigurations": {"dataSyncMode": "allowDuplicates"}} if is_fed_by_api else {}),
        "columns": [],
        "files": [],
        "updatedAt": "2025-12-05T10:35:41.551Z",
    }


def _moment(seconds: float) -> str:
    """``2025-12-04T11:05:52.809Z`` (seeds, ``createdAt``)."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
