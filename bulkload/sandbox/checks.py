"""What a gateway looks at before anybody reads the campaign: token, scope, application, account, query, JSON.

Strict where the documents say what is right. Where they are silent on the answer: another application or account
is refused like credentials that don't fit, for they belong to one app; a missing header, an unknown or wrong
query parameter and a body that is no JSON are invalid arguments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.sandbox import answers, tokens
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.account import Account

INVALID = "Validation errors/ Invalid arguments"
_WITH_BODY = ("create", "update", "list")
_QUERY = {
    "create": {"campaignType": "voice"},
    "update": {"campaignType": "voice"},
    "delete": {"campaignType": "voice"},
    "status": {"view": "status"},
    "contact_lists": {"type": "call"},
}
"""What must stand in the query, beside the ``accountId`` of v2."""


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
    """Found whatever the case of their names."""
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


def invalid(sentences: Sequence[str]) -> None:
    """Refuse for these reasons, if there are any: each is a message, so each key is named."""
    if sentences:
        raise Refusal(412, *(f"{INVALID}: {sentence}" for sentence in sentences))


def admit(account: Account, scopes: Sequence[str], call: Call) -> Any:
    """The request's JSON body, ``{}`` where it has none; raises Refusal for a request that is not well formed."""
    try:
        token = tokens.verify(
            call.headers.get("auth"), client_id=CLIENT_ID, secret=CLIENT_SECRET, now=call.now
        )
        _use(account, token, scopes, call.operation)
    except tokens.TokenError as error:
        raise Refusal(401, str(error), code=error.code, problem=error.problem) from None
    _check_address(call)
    invalid(_query_problems(call))
    return _json_body(call)


def _use(account: Account, token: tokens.Token, scopes: Sequence[str], operation: str) -> None:
    if not account.use_token(token.jti, token.expires):
        raise tokens.TokenError(tokens.REPLAYED, "this jti was used before", code=401)
    scope = "Configuration" if operation == "queues" else "Campaign Management"
    if scope not in scopes:
        raise tokens.TokenError(tokens.WRONG_SCOPE, f"the scope {scope} is missing")


def _check_address(call: Call) -> None:
    invalid([f"the header {name} is missing" for name in ("iid", "accountId") if name not in call.headers])
    named = (
        ("the path", call.iid, APP_ID),
        ("the header iid", call.headers["iid"], APP_ID),
        ("the header accountId", call.headers["accountId"], ACCOUNT_ID),
    )
    wrong = [f"{where} names another" for where, value, own in named if value != own]
    if wrong:
        raise Refusal(401, tokens.WRONG, code=4002, problem="; ".join(wrong))


def _query_problems(call: Call) -> list[str]:
    wanted = {**_QUERY.get(call.operation, {}), **({"accountId": ACCOUNT_ID} if call.version == "v2" else {})}
    known = {*wanted, "page", "limit"} if call.operation == "queues" else {*wanted}
    given = dict(call.query)
    found = [f"the query {name} is not known" for name in given if name not in known]
    found += [
        f"the query {name} must be {value}" for name, value in wanted.items() if given.get(name) != value
    ]
    if len(given) != len(call.query):
        found.append("the query names a parameter twice")
    return found


def _json_body(call: Call) -> Any:
    """The body: required by a create, an update and a listing; ``{}`` or nothing for all others."""
    if not call.raw:
        invalid(["the body is missing"] if call.operation in _WITH_BODY else [])
        return {}
    if call.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "The header Content-Type must be application/json")
    try:
        body = json.loads(call.raw)
    except ValueError:
        raise Refusal(412, f"{INVALID}: the body is no JSON") from None
    invalid(["no body is wanted"] if body != {} and call.operation not in _WITH_BODY else [])
    return body
