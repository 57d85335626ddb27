"""What a gateway checks before the campaign is read: token, scope, application, account, query, JSON.

Strict where the documents say what is right. Where they do not say what a wrong request is answered: another
application or account is refused like wrong credentials, because credentials belong to one app. A missing header, an
unknown or wrong query parameter and a body that is not JSON are invalid arguments.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.sandbox import answers, tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.sandbox.campaigns import Campaigns
    from bulkload.sandbox.faults import Strikes
    from bulkload.sandbox.fixtures import Application
    from bulkload.sandbox.settings import SandboxSettings

INVALID = "Validation errors/ Invalid arguments"
_WITH_BODY = ("create", "update", "list")
_REQUIRED_QUERY = {
    "create": {"campaignType": "voice"},
    "update": {"campaignType": "voice"},
    "delete": {"campaignType": "voice"},
}
"""What the query must hold; v2 also needs ``accountId``."""
_OPTIONAL_QUERY = {"status": {"view": "status"}, "contact_lists": {"type": "call"}}


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
    """Looked up whatever the case of their names."""
    raw: bytes
    now: float
    """Seconds since 1970, on the service's clock."""
    strikes: Strikes
    """The faults that strike it."""


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


def refuse_invalid(sentences: Sequence[str]) -> None:
    """Refuse for these reasons, if there are any; each is a message, so each key is named."""
    if sentences:
        raise Refusal(412, *(f"{INVALID}: {sentence}" for sentence in sentences))


@dataclass(frozen=True, slots=True)
class Gateway:
    """The applications that exist, and how strict the service is."""

    by_client: Mapping[str, Application]
    """By Client ID."""
    secrets: Mapping[str, str]
    """By Client ID."""

    def authenticate(self, campaigns: Campaigns, settings: SandboxSettings, call: Call) -> Any:
        """Return the request's JSON body, ``{}`` where it has none.

        Raises Refusal for a request that is not well formed or not allowed.
        """
        try:
            token = tokens.verify(
                call.headers.get("auth"), secrets=self.secrets, now=call.now, policy=_policy(settings)
            )
            _use(campaigns, token, settings, call.operation)
        except tokens.TokenError as error:
            raise Refusal(401, str(error), code=error.code, problem=error.problem) from None
        application = self.by_client[token.client_id]
        _check_address(call, application)
        if not settings.campaigns_enabled and call.operation != "queues":
            raise Refusal(403, settings.switched_off_text)
        refuse_invalid(_query_problems(call, application))
        return _json_body(call)


def _policy(settings: SandboxSettings) -> tokens.Policy:
    leeway = settings.iat_leeway if settings.checks_iat else None
    return tokens.Policy(settings.enforces_jti, leeway, settings.names_token_fault)


def _use(campaigns: Campaigns, token: tokens.Token, settings: SandboxSettings, operation: str) -> None:
    is_once = settings.enforces_jti and token.jti is not None
    if is_once and not campaigns.database.use_token(str(token.jti), token.expires):
        raise tokens.TokenError(tokens.REPLAYED, "this jti was used before", code=401)
    scope = "Configuration" if operation == "queues" else "Campaign Management"
    if scope not in settings.scopes:
        raise tokens.TokenError(tokens.WRONG_SCOPE, f"the scope {scope} is missing")


def _check_address(call: Call, application: Application) -> None:
    refuse_invalid(
        [f"the header {name} is missing" for name in ("iid", "accountId") if name not in call.headers]
    )
    named = (
        ("the path", call.iid, application.app_id),
        ("the header iid", call.headers["iid"], application.app_id),
        ("the header accountId", call.headers["accountId"], application.account_id),
    )
    wrong = [f"{where} names another" for where, value, own in named if value != own]
    if wrong:
        raise Refusal(401, tokens.WRONG, code=4002, problem="; ".join(wrong))


def _query_problems(call: Call, application: Application) -> list[str]:
    account = {"accountId": application.account_id}
    # v1 is documented without the account in its query; nothing says that it is refused there.
    required = {**_REQUIRED_QUERY.get(call.operation, {}), **(account if call.version == "v2" else {})}
    known = {**account, **_OPTIONAL_QUERY.get(call.operation, {}), **required}
    given = dict(call.query)
    found = [f"the query {name} is not known" for name in given if name not in known]
    found += [
        f"the query {name} must be {value}"
        for name, value in known.items()
        if given.get(name, None if name in required else value) != value
    ]
    if len(given) != len(call.query):
        found.append("the query names a parameter twice")
    return found


def _json_body(call: Call) -> Any:
    """Read the body: required by a create, an update and a listing; ``{}`` or nothing for all others."""
    if not call.raw:
        refuse_invalid(["the body is missing"] if call.operation in _WITH_BODY else [])
        return {}
    if call.headers.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        raise Refusal(415, "The header Content-Type must be application/json")
    try:
        body = json.loads(call.raw)
    except ValueError:
        raise Refusal(412, f"{INVALID}: the body is not JSON") from None
    refuse_invalid(["no body is wanted"] if body != {} and call.operation not in _WITH_BODY else [])
    return body
