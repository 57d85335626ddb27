"""One request's way through the service: counted, limited, struck by a fault or answered, and logged at each step.

Everything runs on one event loop, so between two awaits nothing else happens to the account.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import deque
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from starlette.responses import Response

from bulkload.sandbox import answers
from bulkload.sandbox.account import Answered
from bulkload.sandbox.broken_responses import Broken
from bulkload.sandbox.checks import Answer, Call
from bulkload.sandbox.faults import Fault, Schedule
from bulkload.sandbox.operations import answer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from bulkload.sandbox.account import Account
    from bulkload.sandbox.settings import SandboxSettings

_UNAVAILABLE = answers.refusal(["The service is not available"], 503)


class Service:
    """The pretend service: an account, how it behaves, and what it has counted."""

    def __init__(self, account: Account, settings: SandboxSettings) -> None:
        self.account = account
        self.settings = settings
        self._schedule = Schedule(settings.faults)
        self._arrivals: deque[float] = deque()

    def configure(self, changes: Mapping[str, Any]) -> None:
        """Change settings live; new faults count from now. Raises ValueError and changes nothing if one can't be."""
        self.settings = self.settings.changed(changes)
        if "faults" in changes:
            self._schedule = Schedule(self.settings.faults)

    def now(self) -> float:
        """Seconds since 1970 on the service's own clock."""
        return time.time() + self.settings.clock_offset

    def connected(self) -> Fault | None:
        """A connection was accepted: the fault that strikes it before a byte is read, which the log then has."""
        fault = self._schedule.strike("connection", None, arriving=True)
        if fault is not None:
            number = self.account.arrived(self.now(), "", "", "connection", None)
            self.account.answered(number, Answered(None, fault=str(fault)))
        return fault

    async def handle(self, request: Request, operation: str, version: str) -> Response | Broken:
        """The answer to a request, dated by the service's own clock, or the way it breaks."""
        given = await self._handle(request, operation, version)
        if isinstance(given, Response):
            given.headers["date"] = formatdate(self.now(), usegmt=True)
        return given

    async def _handle(self, request: Request, operation: str, version: str) -> Response | Broken:
        campaign_id = request.path_params.get("campaign_id")
        path = f"{request.url.path}?{request.url.query}" if request.url.query else request.url.path
        number = self.account.arrived(self.now(), request.method, path, operation, campaign_id)
        limited = self._limited()
        if limited is not None:
            self.account.answered(number, Answered(limited.status_code, problem="the rate limit"))
            return limited
        fault = self._schedule.strike(operation, None, arriving=True)
        if fault is not None:
            return self._struck_unhandled(number, fault, None)
        raw = await request.body()
        name = self._name(raw, campaign_id)
        fault = self._schedule.strike(operation, name, arriving=False)
        await self._wait(fault, "before")
        if fault is not None and not fault.effect_happens:
            return self._struck_unhandled(number, fault, name)
        call = self._call(request, operation, version, number, raw)
        return await self._answered(number, answer(self.account, self.settings, call), name, fault)

    def _call(self, request: Request, operation: str, version: str, number: int, raw: bytes) -> Call:
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
            now=self.now(),
        )

    async def _answered(
        self, number: int, given: Answer, name: str | None, fault: Fault | None
    ) -> Response | Broken:
        """The true answer, or what a fault makes of it once the effect has happened."""
        response = _json(given.status, given.body)
        broken = _broken(fault, response) if fault else response
        status, struck = _status_sent(fault, broken, response), str(fault) if fault else None
        self.account.answered(number, Answered(status, name, given.campaign_id, struck, given.problem))
        await self._wait(fault, "after")
        return broken

    def _struck_unhandled(self, number: int, fault: Fault, name: str | None) -> Response | Broken:
        """What a fault sends for a request that has no effect."""
        response = _json(fault.status or 503, _UNAVAILABLE)
        broken = _broken(fault, response)
        status = _status_sent(fault, broken, response)
        self.account.answered(number, Answered(status, name, fault=str(fault)))
        return broken

    async def _wait(self, fault: Fault | None, when: str) -> None:
        seconds = self.settings.delay if when == "before" else 0.0
        if fault is not None and fault.kind == "delay" and fault.when == when:
            seconds += fault.seconds
        if seconds:
            await asyncio.sleep(seconds)

    def _name(self, raw: bytes, campaign_id: str | None) -> str | None:
        """The campaign's name in the body, or that of the campaign in the path."""
        try:
            body = json.loads(raw) if raw else {}
        except ValueError:
            body = {}
        if isinstance(body, dict) and isinstance(body.get("name"), str):
            return str(body["name"])
        stored = self.account.get(campaign_id) if campaign_id else None
        return stored.name if stored else None

    def _limited(self) -> Response | None:
        """The answer beyond the rate, if this arrival is beyond it: a true sliding window of arrivals."""
        now, settings = self.now(), self.settings
        while self._arrivals and self._arrivals[0] <= now - settings.window:
            self._arrivals.popleft()
        beyond = len(self._arrivals) >= settings.rate
        if not beyond or settings.count_refused:
            self._arrivals.append(now)
        if not beyond:
            return None
        free = self._arrivals[-settings.rate] + settings.window - now
        return _limit_answer(settings, free)


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


def _broken(fault: Fault, response: Response) -> Response | Broken:
    """The response with the fault's own status, body and headers laid over it, broken on the wire if need be."""
    if fault.kind == "delay":
        return response
    text = bytes(response.body) if fault.body is None else _text(fault.body)
    headers = {"content-type": "application/json", **fault.headers}
    changed = Response(text, fault.status or response.status_code, headers)
    if fault.kind == "answer":
        return changed
    return Broken(fault.kind, changed, fault.seconds)


def _text(body: Any) -> bytes:
    return (body if isinstance(body, str) else json.dumps(body)).encode()


def _status_sent(fault: Fault | None, broken: Response | Broken, response: Response) -> int | None:
    """The HTTP status that the client can have seen; None if none leaves whole."""
    if isinstance(broken, Response):
        return broken.status_code
    if fault is not None and fault.kind in {"drip", "half_body"}:
        return fault.status or response.status_code
    return None
