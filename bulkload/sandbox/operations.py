"""What the service does with a request it has read: check everything, change the account, answer.

Strict where the documents say what is right; where they are silent, the choice is a setting or stands here with
its reason. The order is a gateway's: who asks, for which application, may they, is the request well formed, does
everything it names exist.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.sandbox import answers, documents, tokens
from bulkload.sandbox.known import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.account import Account, Stored
    from bulkload.sandbox.settings import SandboxSettings

INVALID = "Validation errors/ Invalid arguments"
_WRITES = ("create", "update", "delete")
_WITH_BODY = ("create", "update", "list")


@dataclass(frozen=True, slots=True)
class Call:
    """One request, read."""

    number: int
    """Its number in the log."""
    operation: str
    version: str
    """v1 or v2."""
    method: str
    iid: str
    """The application in the path."""
    campaign_id: str
    """The campaign in the path; empty where there is none."""
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    """By lower-case name."""
    raw: bytes
    now: float
    """Seconds since 1970, on the service's clock."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back, and what the log says of it."""

    status: int
    body: Any
    """JSON."""
    campaign_id: str | None = None
    problem: str | None = None


class Refusal(Exception):  # noqa: N818  (an answer like any other)
    """The service says no."""

    def __init__(self, status: int, *messages: str, code: int | None = None, problem: str = "") -> None:
        super().__init__(*messages)
        self.answer = Answer(
            status, answers.refusal(messages, code or status), problem=problem or "; ".join(messages)
        )


def answer(account: Account, settings: SandboxSettings, call: Call) -> Answer:
    """The answer to a request, its effect done and logged."""
    try:
        _check_token(account, settings, call)
        _check_address(call)
        body = _json_body(call)
        return _do(account, settings, call, body)
    except Refusal as refusal:
        return refusal.answer


def _do(account: Account, settings: SandboxSettings, call: Call, body: Any) -> Answer:
    match call.operation:
        case "create":
            return _create(account, settings, call, body)
        case "update":
            return _update(account, settings, call, body)
        case "get":
            stored = _campaign(account, call)
            return Answer(200, answers.found(account, stored, call.version, call.now))
        case "status":
            return Answer(200, answers.standing(_campaign(account, call), call.now))
        case "delete":
            stored = _campaign(account, call)
            account.delete(call.number, stored, call.now)
            return Answer(200, answers.deleted(account, stored, call.version, call.now))
        case "list":
            return _list(account, settings, call, body)
        case "contact_lists":
            return _contact_lists(account, settings, call)
        case "queues":
            return Answer(200, answers.queues(account, **_page(call)))
        case _:
            raise AssertionError(call.operation)


# --- the checks --------------------------------------------------------------------------------------------


def _check_token(account: Account, settings: SandboxSettings, call: Call) -> None:
    try:
        token = tokens.verify(
            call.headers.get("auth"), client_id=CLIENT_ID, secret=CLIENT_SECRET, now=call.now
        )
        if not account.use_token(token.jti, token.expires):
            raise tokens.TokenError(tokens.REPLAYED, "this jti was used before", code=401)
        scope = "Configuration" if call.operation == "queues" else "Campaign Management"
        if scope not in settings.scopes:
            raise tokens.TokenError(tokens.WRONG_SCOPE, f"the scope {scope} is missing")
    except tokens.TokenError as error:
        raise Refusal(401, str(error), code=error.code, problem=error.problem) from None


def _check_address(call: Call) -> None:
    """Application and account: the credentials belong to one app, so another one is refused as they would be."""
    headers = [name for name in ("iid", "accountid") if name not in call.headers]
    if headers:
        raise Refusal(412, *(f"{INVALID}: the header {name} is missing" for name in headers))
    given = {"path": call.iid, "header iid": call.headers["iid"]}
    wrong = [where for where, value in given.items() if value != APP_ID]
    if call.headers["accountid"] != ACCOUNT_ID:
        wrong.append("header accountId")
    if wrong:
        raise Refusal(401, tokens.WRONG, code=4002, problem=f"another application or account: {wrong}")
    _check_query(call)


def _check_query(call: Call) -> None:
    wanted = _query_wanted(call)
    if call.operation == "queues":
        optional = {"page", "limit"}
    else:
        optional = set()
    given = dict(call.query)
    found = [f"the query {name} is not known" for name in given if name not in wanted.keys() | optional]
    found += [
        f"the query {name} must be {value}" for name, value in wanted.items() if given.get(name) != value
    ]
    if len(given) != len(call.query):
        found.append("a query parameter is given twice")
    if found:
        raise Refusal(412, *(f"{INVALID}: {sentence}" for sentence in found))


def _query_wanted(call: Call) -> dict[str, str]:
    wanted = {"accountId": ACCOUNT_ID} if call.version == "v2" else {}
    if call.operation in _WRITES:
        wanted["campaignType"] = "voice"
    if call.operation == "status":
        wanted["view"] = "status"
    if call.operation == "contact_lists":
        wanted["type"] = "call"
    return wanted


def _json_body(call: Call) -> Any:
    """The body; the listing's and the writes' is required, the status' may be ``{}``, others have none."""
    if not call.raw:
        if call.operation in _WITH_BODY:
            raise Refusal(412, f"{INVALID}: the body is missing")
        return {}
    if call.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "The header Content-Type must be application/json")
    try:
        body = json.loads(call.raw)
    except ValueError:
        raise Refusal(412, f"{INVALID}: the body is no JSON") from None
    if call.operation not in _WITH_BODY and body != {}:
        raise Refusal(412, f"{INVALID}: no body is wanted")
    return body


def _check_body(body: Any, version: str, stored: Stored | None = None) -> None:
    found = documents.problems(body, version, stored.body if stored else None)
    if found:
        raise Refusal(412, *(f"{INVALID}: {sentence}" for sentence in found))


def _check_names(account: Account, body: Mapping[str, Any]) -> None:
    """Everything that the body names must exist; unknown objects are 400, not 404 (seen)."""
    named = [("contact_lists", "Contact list", name) for name in body.get("contactLists", [])]
    if "dncLists" in body:
        named.append(("dnc_lists", "DNC list", body["dncLists"]["name"]))
    if "queue_name" in body:
        named.append(("queues", "Queue", body["queue_name"]))
    if "experienceFlowName" in body:
        named.append(("flows", "Experience flow", body["experienceFlowName"]))
    if "dialingStrategy" in body:
        number = body["dialingStrategy"]["callerId"]["phoneNumber"]
        named.append(("caller_ids", "Caller ID", number))
    missing = [
        f"{what} {name} not found" for kind, what, name in named if account.known_id(kind, name) is None
    ]
    if missing:
        raise Refusal(400, *missing)


def _check_unique(account: Account, settings: SandboxSettings, name: str, own_id: str = "") -> None:
    if not settings.duplicate_names and any(other != own_id for other in account.named(name)):
        raise Refusal(400, f"Campaign {name} was duplicate")


# --- the operations ----------------------------------------------------------------------------------------


def _create(account: Account, settings: SandboxSettings, call: Call, body: Any) -> Answer:
    _check_body(body, call.version)
    _check_names(account, body)
    _check_unique(account, settings, body["name"])
    stored = account.create(call.number, body, call.now, call.now + settings.ready_after)
    return Answer(200, answers.created(account, stored, call.version, call.now), stored.id)


def _update(account: Account, settings: SandboxSettings, call: Call, body: Any) -> Answer:
    stored = _campaign(account, call)
    _check_body(body, call.version, stored)
    if stored.status_at(call.now) == "Active":
        raise Refusal(400, f"Campaign {stored.name} is Active and can't be edited")
    _check_names(account, body)
    _check_unique(account, settings, body.get("name", stored.name), stored.id)
    stored = account.update(call.number, stored, body, call.now)
    return Answer(200, answers.updated(account, stored, call.version, call.now), stored.id)


def _list(account: Account, settings: SandboxSettings, call: Call, body: Any) -> Answer:
    found = documents.list_problems(body)
    if found:
        raise Refusal(412, *(f"{INVALID}: {sentence}" for sentence in found))
    listing = Listing.of(
        body, now=call.now, largest=settings.largest_limit, visible_after=settings.visible_after
    )
    page, total = account.page(listing)
    return Answer(
        200,
        answers.listing(account, page, call.now, skip=listing.skip, limit=listing.limit, total=total),
    )


def _contact_lists(account: Account, settings: SandboxSettings, call: Call) -> Answer:
    if call.method == "POST" and not settings.contact_lists_by_post:
        raise Refusal(405, "Method Not Allowed")
    return Answer(200, answers.contact_lists(account))


def _page(call: Call) -> dict[str, int]:
    given = {"page": "1", "limit": "10", **dict(call.query)}
    if not all(value.isascii() and value.isdigit() and int(value) for value in given.values()):
        raise Refusal(412, f"{INVALID}: page and limit must be numbers from 1")
    return {name: int(value) for name, value in given.items()}


def _campaign(account: Account, call: Call) -> Stored:
    stored = account.get(call.campaign_id)
    if stored is None:
        raise Refusal(400, f"Campaign {call.campaign_id} not found")
    return stored
