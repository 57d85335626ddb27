"""Answers that are wrong in one way, by name; ``at`` puts one where it is wanted.

embedded(tmp_path, faults=[at(ANSWERS["redirect"], "before", nth=3)])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bulkload.sandbox.faults import Fault, Operation, When

_HTML = {"content-type": "text/html"}
_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_FIREWALL = "<html><head><title>403 Forbidden</title></head><body>Request blocked. ID 7f3a</body></html>"
_NOT_ACCEPTABLE = "<html><head><title>406 Not Acceptable</title></head><body>Mod_Security</body></html>"
_LIMITS_LINK = (
    "<html><head><title>500 Internal Server Error</title></head>"
    "<body>See <a href='https://docs.example.com/rate-limits'>our pages</a></body></html>"
)
_LOGIN = "<!DOCTYPE html><html><body><form action='/login'>User <input name='user'></form></body></html>"


def _errors(message: str, code: int) -> dict[str, Any]:
    return {"errors": [{"msg": message, "code": code}]}


def _refused(status: int, message: str, code: int | None = None) -> Fault:
    return Fault("answer", status=status, body=_errors(message, code or status))


ANSWERS: Mapping[str, Fault] = {
    "malformed token": _refused(401, "Invalid JWT token", 4002),
    "wrong signature": _refused(401, "Invalid SDK credentials", 4002),
    "wrong scope": _refused(401, "Permission denied. Scope is incorrect!", 4002),
    "wrong scope, as message": Fault(
        "answer",
        status=401,
        body={"errors": [{"message": "Permission denied. Scope is incorrect!", "code": 4002}]},
    ),
    "replay": _refused(401, "error verifying the jwt: possibly a replay"),
    "invalid arguments": _refused(412, "Validation errors/ Invalid arguments"),
    "not found": _refused(400, "Contact list not found"),
    "duplicate": _refused(400, "Campaign name was duplicate"),
    "forbidden": _refused(403, "Forbidden"),
    "redirect": Fault("answer", status=302, body="", headers={"location": "https://login.example.com/"}),
    "gateway 502": Fault("answer", status=502, body=_GATEWAY, headers=_HTML),
    "gateway 200": Fault("answer", status=200, body=_GATEWAY, headers=_HTML),
    "login page": Fault("answer", status=200, body=_LOGIN, headers=_HTML),
    "no id": Fault("answer", status=200, body={"status": "success", "message": "done", "data": {}}),
    "failed item": Fault(
        "answer",
        status=200,
        body={"status": "success", "data": [{"status": "failed", "reason": "The campaign can't be made"}]},
    ),
    "broken JSON": Fault("answer", status=200, body='{"status": "success", "data": {"id": cd-}}'),
    "truncated JSON": Fault("answer", status=200, body='{"status": "success", "message": "Campaign'),
    "wrong content type": Fault("answer", headers={"content-type": "text/plain"}),
    "empty body": Fault("answer", status=200, body=""),
    **{
        str(status): _refused(status, f"The service answers {status}")
        for status in (400, 404, 405, 408, 409, 413, 415, 422, 425, 429, 500, 502, 503, 504)
    },
}
"""Wrong answers by name; ``at`` puts one where it is wanted."""

ATTACKS: Mapping[str, Fault] = {
    "forbidden page": Fault("answer", status=403, body=_FIREWALL, headers=_HTML),
    "not acceptable page": Fault("answer", status=406, body=_NOT_ACCEPTABLE, headers=_HTML),
    "plain 401": Fault("answer", status=401, body="Unauthorized", headers={"content-type": "text/plain"}),
    "see other": Fault("answer", status=303, body="", headers={"location": "/campaign/done"}),
    "temporary redirect": Fault(
        "answer", status=307, body="", headers={"location": "https://other.example.com/"}
    ),
    "success false": Fault(
        "answer", status=200, body={"success": False, "message": "A campaign with this name exists"}
    ),
    "status code in body": Fault("answer", status=200, body={"statusCode": 400, "message": "Bad Request"}),
    "500 with rate-limits in its text": Fault("answer", status=500, body=_LIMITS_LINK, headers=_HTML),
    "200 with rate limit in its text": Fault(
        "answer", status=200, body={"status": "success", "message": "done (rate limit: 57 left)"}
    ),
    "set-cookie": Fault("answer", headers={"set-cookie": "session=abc; Path=/; HttpOnly"}),
    "huge answer": Fault("answer", padding=5_000_000),
    **{
        f"{status} with an id": Fault(
            "answer", status=status, body={**_errors(f"The service answers {status}", status), "id": "{id}"}
        )
        for status in (400, 409, 422, 429)
    },
    "409 with an id in data": Fault(
        "answer", status=409, body={**_errors("Campaign name was duplicate", 409), "data": {"_id": "{id}"}}
    ),
}
"""More wrong answers, found by an attack on the promise."""


def at(fault: Fault, when: When, operation: Operation = "create", nth: int = 1, **more: Any) -> Fault:
    """The same fault at another moment of another request: ``at(ANSWERS["redirect"], "before", nth=3)``."""
    return replace(fault, when=when, operation=operation, nth=nth, **more)
