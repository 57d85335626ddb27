"""The way of one request through the service: counted, limited, struck by a fault or answered, and logged.

Everything runs on one event loop, so between two awaits nothing else happens to the account.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
import uuid
from collections import deque
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from bulkload.sandbox import answers
from bulkload.sandbox.broken_responses import BrokenResponse
from bulkload.sandbox.campaigns import Campaigns
from bulkload.sandbox.checks import Call, Gateway
from bulkload.sandbox.database import Answered
from bulkload.sandbox.faults import Fault, FaultSchedule, Strikes, Subject
from bulkload.sandbox.fixtures import APP_ID, KNOWN, PRETEND
from bulkload.sandbox.operations import answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from starlette.requests import Request

    from bulkload.sandbox.database import Database
    from bulkload.sandbox.fixtures import Application
    from bulkload.sandbox.settings import SandboxSettings

_UNAVAILABLE = answers.refusal(["The service is not available"], 503)
_ID = "{id}"


class Behaviour:
    """Settings, and how far their faults have counted."""

    def __init__(self, settings: SandboxSettings) -> None:
        self.settings = settings
        self.schedule = FaultSchedule(settings.faults)

    def change(self, changes: Mapping[str, Any]) -> None:
        """Change settings live; new faults count from now. Raises ValueError and changes nothing."""
        self.settings = self.settings.changed(changes)
        if "faults" in changes:
            self.schedule = FaultSchedule(self.settings.faults)


class Service:
    """The pretend service: its applications, how it behaves, and what it has counted."""

    def __init__(
        self, database: Database, settings: SandboxSettings, applications: Sequence[Application] = ()
    ) -> None:
        self.database = database
        self.observers: list[Callable[[str, Call], None]] = []
        """Called with ``before`` or ``after`` (the effect) and the request, in the thread that serves."""
        self._behaviour = Behaviour(settings)
        self._behaviours: dict[str, Behaviour] = {}
        self._arrivals: dict[str, deque[float]] = {}
        every = {one.app_id: one for one in (PRETEND, *applications)}
        self._applications = every
        self._campaigns = {app_id: Campaigns(database, app_id) for app_id in every}
        by_client = {one.client_id: one for one in every.values()}
        self._gateway = Gateway(by_client, {client: one.client_secret for client, one in by_client.items()})
        for app_id, one in every.items():
            self._campaigns[app_id].learn([KNOWN, one.fixtures])

    @property
    def settings(self) -> SandboxSettings:
        """How every application behaves that has no settings of its own."""
        return self._behaviour.settings

    def settings_of(self, app_id: str | None) -> SandboxSettings:
        """How this application behaves."""
        return self._behaviour_of(app_id).settings

    def configure(self, changes: Mapping[str, Any], app_id: str | None = None) -> None:
        """Change settings live: for all applications, or for one, which has settings of its own from then on.

        Raises ValueError for a setting that cannot be, and changes nothing.
        """
        if app_id is None:
            self._behaviour.change(changes)
        elif app_id not in self._applications:
            raise ValueError(f"the application {app_id} is not known")
        else:
            own = self._behaviours.get(app_id) or Behaviour(self.settings)
            own.change(changes)
            self._behaviours[app_id] = own

    def campaigns_of(self, app_id: str = APP_ID) -> Campaigns:
        """What an application holds; an unknown one has what the first one has, but is never let in."""
        return self._campaigns.get(app_id) or self._campaigns[APP_ID]

    def learn(self, fixtures: Iterable[Any]) -> None:
        """Know these names in the first application."""
        self._campaigns[APP_ID].learn(fixtures)

    def now(self, app_id: str | None = None) -> float:
        """Seconds since 1970 on the service's own clock."""
        return time.time() + self.settings_of(app_id).clock_offset

    def connected(self) -> Fault | None:
        """Return the fault that strikes a new connection before a byte is read; the log has it then."""
        fault = self._behaviour.schedule.match(Subject("connection", is_arriving=True)).fault
        if fault is not None:
            number = self.database.log_request(self.now(), "", "", "connection", None)
            self.database.log_answer(number, Answered(None, fault=str(fault)))
        return fault

    async def handle(self, request: Request, operation: str, version: str) -> Response | BrokenResponse:
        """Answer a request, with a date by the service's own clock, or break."""
        given = await self._handle(request, operation, version)
        if isinstance(given, Response):
            given.headers["date"] = formatdate(self.now(request.path_params["iid"]), usegmt=True)
        return given

    async def _handle(self, request: Request, operation: str, version: str) -> Response | BrokenResponse:
        app_id = request.path_params["iid"]
        behaviour, now = self._behaviour_of(app_id), self.now(app_id)
        campaign_id = request.path_params.get("campaign_id")
        path = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        number = self.database.log_request(now, request.method, path, operation, campaign_id, app_id)
        limited = self._limited(app_id, behaviour.settings, now)
        if limited is not None:
            self.database.log_answer(number, Answered(limited.status_code, problem="the rate limit"))
            return limited
        fault = behaviour.schedule.match(Subject(operation, is_arriving=True)).fault
        if fault is not None:
            return self._struck_unhandled(number, fault, app_id, None)
        raw = await request.body()
        subject = self._subject(operation, raw, campaign_id, app_id, reads_text=behaviour.schedule.reads_text)
        strikes = behaviour.schedule.match(subject)
        await _wait(behaviour.settings.delay, strikes.fault, "before")
        if strikes.fault is not None and not strikes.fault.effect_happens:
            return self._struck_unhandled(number, strikes.fault, app_id, subject.name)
        call = self._call(request, operation, version, number, raw, strikes)
        return await self._answered(call, behaviour.settings, subject.name)

    def _call(  # noqa: PLR0913, PLR0917  (the parts of one request)
        self, request: Request, operation: str, version: str, number: int, raw: bytes, strikes: Strikes
    ) -> Call:
        return Call(
            number=number,
            operation=operation,
            version=version,
            method=request.method,
            iid=request.path_params["iid"],
            campaign_id=request.path_params.get("campaign_id", ""),
            query=request.query_params.multi_items(),
            headers=request.headers,
            raw=raw,
            now=self.now(request.path_params["iid"]),
            strikes=strikes,
        )

    async def _answered(
        self, call: Call, settings: SandboxSettings, name: str | None
    ) -> Response | BrokenResponse:
        """Return the true answer, or what a fault makes of it once the effect has happened."""
        self._observe("before", call)
        given = answer(self._gateway, self.campaigns_of(call.iid), settings, call)
        self._observe("after", call)
        response, fault = _json(given.status, given.body), call.strikes.fault
        campaign_id = given.campaign_id or call.campaign_id or None
        broken = _broken(fault, response, campaign_id) if fault else response
        status, struck = _status_sent(fault, broken, response), str(call.strikes) or None
        self.database.log_answer(
            call.number, Answered(status, name, given.campaign_id, struck, given.problem)
        )
        await _wait(0.0, fault, "after")
        return broken

    def _observe(self, moment: str, call: Call) -> None:
        for observer in self.observers:
            observer(moment, call)

    def _struck_unhandled(
        self, number: int, fault: Fault, app_id: str, name: str | None
    ) -> Response | BrokenResponse:
        """Return what a fault sends for a request that has no effect."""
        response = _json(fault.status or 503, _UNAVAILABLE)
        campaign_id = next(iter(self.campaigns_of(app_id).ids_named(name or "")), None)
        broken = _broken(fault, response, campaign_id)
        status = _status_sent(fault, broken, response)
        self.database.log_answer(number, Answered(status, name, fault=str(fault)))
        return broken

    def _subject(
        self, operation: str, raw: bytes, campaign_id: str | None, app_id: str, *, reads_text: bool
    ) -> Subject:
        """What faults look at: the campaign's name in the body, or that of the campaign in the path."""
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            body = {}
        name = body["name"] if isinstance(body, dict) and isinstance(body.get("name"), str) else None
        if name is None and campaign_id:
            stored = self.campaigns_of(app_id).get(campaign_id)
            name = stored.name if stored else None
        text = f"{name}\n{json.dumps(body, ensure_ascii=False)}" if reads_text else ""
        return Subject(operation, name, text)

    def _behaviour_of(self, app_id: str | None) -> Behaviour:
        return self._behaviours.get(app_id or "") or self._behaviour

    def _limited(self, app_id: str, settings: SandboxSettings, now: float) -> Response | None:
        """The answer beyond the rate, if this arrival is beyond it: a true sliding window of arrivals.

        The window belongs to the account, so its applications share it (documented).
        """
        application = self._applications.get(app_id)
        account_id = application.account_id if application else ""
        arrivals = self._arrivals.setdefault(account_id, deque())
        while arrivals and arrivals[0] <= now - settings.window:
            arrivals.popleft()
        is_beyond = len(arrivals) >= settings.rate
        if not is_beyond or settings.count_refused:
            arrivals.append(now)
        if not is_beyond:
            return None
        return _limit_answer(settings, arrivals[-settings.rate] + settings.window - now)


async def _wait(seconds: float, fault: Fault | None, when: str) -> None:
    if fault is not None and fault.kind == "delay" and fault.when == when:
        seconds += fault.seconds
    if seconds:
        await asyncio.sleep(seconds)


def _limit_answer(settings: SandboxSettings, free: float) -> Response:
    """The rate-limit answer in the form that is set; ``free``: seconds until there is room again."""
    text = settings.limit_text
    if settings.limit_answer == "200":
        return _json(200, {"status": "error", "message": text})
    status = 400 if settings.limit_answer == "400" else 429
    response = _json(status, answers.refusal([text], status))
    if settings.limit_answer == "429 with Retry-After":
        response.headers["retry-after"] = str(max(1, math.ceil(free)))
    return response


def _json(status: int, body: Any) -> Response:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return Response(text, status, media_type="application/json")


def _broken(fault: Fault, response: Response, campaign_id: str | None) -> Response | BrokenResponse:
    """Lay the fault's own status, body and headers over the response, and break it on the wire if need be."""
    if fault.kind == "delay":
        return response
    text = bytes(response.body) if fault.body is None else _text(fault.body)
    if _ID.encode() in text:
        text = text.replace(_ID.encode(), (campaign_id or f"cd-{str(uuid.uuid4())[1:]}").encode())
    headers = {"content-type": "application/json", **fault.headers}
    changed = Response(text + b" " * fault.padding, fault.status or response.status_code, headers)
    if fault.kind == "answer":
        return changed
    assert fault.kind != "lie"  # FaultSchedule keeps lies and distortions apart
    assert fault.kind != "store"
    return BrokenResponse(fault.kind, changed, fault.seconds)


def _text(body: Any) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _status_sent(fault: Fault | None, broken: Response | BrokenResponse, response: Response) -> int | None:
    """The HTTP status that the client can have seen; None if none leaves whole."""
    if isinstance(broken, Response):
        return broken.status_code
    if fault is not None and fault.kind in {"drip", "half_body"}:
        return fault.status or response.status_code
    return None
