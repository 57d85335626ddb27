"""The answers, shape for shape as the seeds' sample responses have them.

What differs between versions and modes differs here: create in Preview v1 carries an id alone, v2 answers
``enableMachineDetect: "no"`` as false, updates in v2 say ``_id`` where those in v1 say ``id``. The shapes that
the seeds don't show (get, list, status, contact lists, queues) are those of the documents beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.account import Account, Stored
    from bulkload.sandbox.listing import Listing

_SCHEDULE = {"isSchedulingEnabled": False, "isRecurrenceEnabled": False}


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says what stands in the account, in the words of one version at one moment."""

    account: Account
    version: str
    """v1 or v2."""
    now: float
    """Seconds since 1970."""

    def created(self, stored: Stored) -> dict[str, Any]:
        """The answer to a create; it leaves the schedule out."""
        head = {"status": "success", "message": f"Campaign {stored.name} creation in progress"}
        if self.version == "v1" and stored.body["dialingMode"] == "Preview":
            return {**head, "id": stored.id, "data": {"campId": stored.id}}
        return {**head, "data": {**self._campaign(stored), "id": stored.id, **self._last(stored)}}

    def updated(self, stored: Stored) -> dict[str, Any]:
        """The answer to an update."""
        if self.version == "v2":
            data = self._whole(stored)
        else:
            data = {**self._campaign(stored), "schedule": _SCHEDULE, "id": stored.id, **self._last(stored)}
        message = f"Campaign {stored.name} details updated successfully"
        return {"status": "success", "message": message, "id": stored.id, "data": data}

    def found(self, stored: Stored) -> dict[str, Any]:
        """The answer to a get."""
        message = f"Campaign {stored.name} retrieved successfully"
        return {"status": "success", "message": message, "data": self._whole(stored)}

    def deleted(self, stored: Stored) -> dict[str, Any]:
        """The answer to a delete."""
        message = f"Campaign {stored.name} deleted successfully"
        return {"status": "success", "message": message, "data": self._whole(stored)}

    def standing(self, stored: Stored) -> dict[str, Any]:
        """The answer to a status request."""
        data = {"id": stored.id, "status": stored.status_at(self.now), "name": stored.name}
        return {"status": "success", "data": data}

    def listing(self, asked: Listing, page: Sequence[Stored], total: int) -> dict[str, Any]:
        """The answer to a listing; no row carries a dialing strategy."""
        data = {
            "results": [self._row(stored) for stored in page],
            "skip": asked.skip,
            "limit": asked.limit,
            "hasMore": asked.skip + len(page) < total,
            "totalPages": -(-total // asked.limit),
            "totalResults": total,
        }
        message = "Campaign  retrieved successfully"  # two blanks, as the sample has it
        return {"status": "success", "message": message, "data": data}

    def _whole(self, stored: Stored) -> dict[str, Any]:
        return {
            "_id": stored.id,
            **self._campaign(stored),
            "schedule": _SCHEDULE,
            **self._last(stored),
        }

    def _campaign(self, stored: Stored) -> dict[str, Any]:
        """What every answer about one campaign has in common, its keys in the samples' order."""
        body = stored.body
        data: dict[str, Any] = {
            "name": stored.name,
            "lname": stored.name.lower(),
            "description": body["description"],
            **self._dnc_lists(body),
            "priority": body["priority"],
            "dialingMode": body["dialingMode"],
            "dialingStrategy": self._strategy(body["dialingStrategy"]),
        }
        if body["dialingMode"] == "Agentless":
            data["experienceFlow"] = self.account.known_id("flows", body["experienceFlowName"])
        data["status"] = stored.status_at(self.now)
        if body["dialingMode"] == "Preview":
            data["maxSkips"] = body["maxSkips"]
        if self.version == "v2":
            data["isFiltersEnabled"] = False
        return {**data, "createdAt": _moment(stored.created), "updatedAt": _moment(stored.updated)}

    def _last(self, stored: Stored) -> dict[str, Any]:
        """What stands behind the id: v1 always answers the detection; v2 for Agentless alone, "no" as false."""
        last = {"contactLists": stored.body["contactLists"]}
        detect = stored.body.get("enableMachineDetect")
        if detect is not None and (self.version == "v1" or stored.body["dialingMode"] == "Agentless"):
            last["enableMachineDetect"] = False if detect == "no" else detect
        return last

    def _row(self, stored: Stored) -> dict[str, Any]:
        body = stored.body
        return {
            "_id": stored.id,
            "name": stored.name,
            "description": body["description"],
            **self._dnc_lists(body),
            "priority": body["priority"],
            "dialingMode": body["dialingMode"],
            "status": stored.status_at(self.now),
            "isFiltersEnabled": False,
            "createdAt": _moment(stored.created),
            "updatedAt": _moment(stored.updated),
            "campaignInstanceUpdatedAt": _moment(stored.updated),
            "schedule": {"isSchedulingEnabled": False},
            "connection": body["experienceFlowName" if body["dialingMode"] == "Agentless" else "queue_name"],
            "contactLists": body["contactLists"],
        }

    def _dnc_lists(self, body: Mapping[str, Any]) -> dict[str, Any]:
        if "dncLists" not in body:
            return {}
        name = body["dncLists"]["name"]
        return {"dncLists": {"id": self.account.known_id("dnc_lists", name), "name": name}}

    def _strategy(self, strategy: Mapping[str, Any]) -> dict[str, Any]:
        hours = strategy["callingHours"]
        days = [
            {"start": block["start"], "end": block["end"], "day": block["day"]} for block in hours["days"]
        ]
        said = {"frequency": hours["frequency"], "days": days, "timezone": hours["timezone"]}
        mapped = {"useSystemMappings": False} if self.version == "v2" else {}
        return {**strategy, "callingHours": said, **mapped}


def contact_lists(account: Account) -> dict[str, Any]:
    """Every contact list, those of the Do Not Call list too, unpaged."""
    known = [*account.known("contact_lists"), *account.known("dnc_lists")]
    return {"status": "success", "message": "", "data": [_contact_list(*row) for row in known]}


def queues(account: Account, *, page: int, limit: int) -> dict[str, Any]:
    """One page of the queues; the first page is 1."""
    known = account.known("queues")
    first = (page - 1) * limit
    rows = [{"id": row[0], "name": row[1], "isActive": True} for row in known[first : first + limit]]
    return {
        "results": rows,
        "page": page,
        "limit": limit,
        "hasMore": first + len(rows) < len(known),
        "totalPages": -(-len(known) // limit),
        "totalResults": len(known),
    }


def refusal(messages: Sequence[str], code: int) -> dict[str, Any]:
    """An error's body as seen on the same platform."""
    return {"errors": [{"msg": message, "code": code} for message in messages]}


def _contact_list(list_id: str, name: str) -> dict[str, Any]:
    return {
        "_id": list_id,
        "name": name,
        "description": name,
        "totalRecordCount": 1,
        "status": "Ready",
        "isListInUse": False,
        "listType": "call",
        "campaignInUse": [],
    }


def _moment(seconds: float) -> str:
    """``2025-12-04T11:05:52.809Z`` (seeds, ``createdAt``)."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
