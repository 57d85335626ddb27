"""The answers, shape for shape as the seeds' sample responses have them.

What differs between versions and modes differs here: create in Preview v1 carries an id alone, v2 answers
``enableMachineDetect: "no"`` as false, updates in v2 say ``_id`` where the others say ``id``.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.account import Account, Stored


def created(account: Account, stored: Stored, version: str, now: float) -> dict[str, Any]:
    """The answer to a create."""
    head = {"status": "success", "message": f"Campaign {stored.name} creation in progress"}
    if version == "v1" and stored.body["dialingMode"] == "Preview":
        return {**head, "id": stored.id, "data": {"campId": stored.id}}
    return {**head, "data": campaign(account, stored, version, now, schedule=False)}


def updated(account: Account, stored: Stored, version: str, now: float) -> dict[str, Any]:
    """The answer to an update."""
    return {
        "status": "success",
        "message": f"Campaign {stored.name} details updated successfully",
        "id": stored.id,
        "data": campaign(account, stored, version, now, id_key="id" if version == "v1" else "_id"),
    }


def found(account: Account, stored: Stored, version: str, now: float) -> dict[str, Any]:
    """The answer to a get."""
    return {
        "status": "success",
        "message": f"Campaign {stored.name} retrieved successfully",
        "data": campaign(account, stored, version, now, id_key="_id"),
    }


def deleted(account: Account, stored: Stored, version: str, now: float) -> dict[str, Any]:
    """The answer to a delete."""
    return {
        "status": "success",
        "message": f"Campaign {stored.name} deleted successfully",
        "data": campaign(account, stored, version, now, id_key="_id"),
    }


def standing(stored: Stored, now: float) -> dict[str, Any]:
    """The answer to a status request."""
    return {
        "status": "success",
        "data": {"id": stored.id, "status": stored.status_at(now), "name": stored.name},
    }


def campaign(
    account: Account, stored: Stored, version: str, now: float, *, id_key: str = "id", schedule: bool = True
) -> dict[str, Any]:
    """A campaign in full, its keys in the samples' order; only creates leave the schedule out."""
    body = stored.body
    data: dict[str, Any] = {
        "name": stored.name,
        "lname": stored.name.lower(),
        "description": body["description"],
        **_dnc_lists(account, body),
        "priority": body["priority"],
        "dialingMode": body["dialingMode"],
        "dialingStrategy": _strategy(body["dialingStrategy"], version),
    }
    if body["dialingMode"] == "Agentless":
        data["experienceFlow"] = account.known_id("flows", body["experienceFlowName"])
    data["status"] = stored.status_at(now)
    if body["dialingMode"] == "Preview":
        data["maxSkips"] = body["maxSkips"]
    if version == "v2":
        data["isFiltersEnabled"] = False
    data |= {"createdAt": _moment(stored.created), "updatedAt": _moment(stored.updated)}
    if schedule:
        data["schedule"] = {"isSchedulingEnabled": False, "isRecurrenceEnabled": False}
    data |= {id_key: stored.id, "contactLists": body["contactLists"], **_machine_detect(body, version)}
    return {id_key: data.pop(id_key), **data} if id_key == "_id" else data


def listing(
    account: Account, page: Sequence[Stored], now: float, *, skip: int, limit: int, total: int
) -> dict[str, Any]:
    """The answer to a listing; no row carries a dialing strategy."""
    return {
        "status": "success",
        "message": "Campaign  retrieved successfully",  # two blanks, as the sample has it
        "data": {
            "results": [_row(account, stored, now) for stored in page],
            "skip": skip,
            "limit": limit,
            "hasMore": skip + len(page) < total,
            "totalPages": -(-total // limit),
            "totalResults": total,
        },
    }


def contact_lists(account: Account) -> dict[str, Any]:
    """Every contact list, unpaged."""
    rows = [_contact_list(*row) for kind in ("contact_lists", "dnc_lists") for row in account.known(kind)]
    return {"status": "success", "message": "", "data": rows}


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


def _row(account: Account, stored: Stored, now: float) -> dict[str, Any]:
    body = stored.body
    key = "experienceFlowName" if body["dialingMode"] == "Agentless" else "queue_name"
    return {
        "_id": stored.id,
        "name": stored.name,
        "description": body["description"],
        **_dnc_lists(account, body),
        "priority": body["priority"],
        "dialingMode": body["dialingMode"],
        "status": stored.status_at(now),
        "isFiltersEnabled": False,
        "createdAt": _moment(stored.created),
        "updatedAt": _moment(stored.updated),
        "campaignInstanceUpdatedAt": _moment(stored.updated),
        "schedule": {"isSchedulingEnabled": False},
        "connection": body[key],
        "contactLists": body["contactLists"],
    }


def _strategy(strategy: Mapping[str, Any], version: str) -> dict[str, Any]:
    hours = strategy["callingHours"]
    days = [{"start": block["start"], "end": block["end"], "day": block["day"]} for block in hours["days"]]
    shown = {
        **strategy,
        "callingHours": {"frequency": hours["frequency"], "days": days, "timezone": hours["timezone"]},
    }
    return {**shown, "useSystemMappings": False} if version == "v2" else shown


def _dnc_lists(account: Account, body: Mapping[str, Any]) -> dict[str, Any]:
    if "dncLists" not in body:
        return {}
    name = body["dncLists"]["name"]
    return {"dncLists": {"id": account.known_id("dnc_lists", name), "name": name}}


def _machine_detect(body: Mapping[str, Any], version: str) -> dict[str, Any]:
    """v1 always answers it; v2 for Agentless alone, "no" as false."""
    if "enableMachineDetect" not in body or (version == "v2" and body["dialingMode"] != "Agentless"):
        return {}
    value = body["enableMachineDetect"]
    return {"enableMachineDetect": False if value == "no" else value}


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
