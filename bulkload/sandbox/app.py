"""The addresses of the service, as the documents have them, and the sandbox's own under ``/_sandbox``.

``/_sandbox`` needs no token and counts against no rate. ``?app_id=`` chooses an application; without it, the first.

- ``GET /_sandbox/settings`` shows every setting. ``POST`` changes those given, faults included.
- ``GET /_sandbox/log`` gives every request and every effect.
- ``GET /_sandbox/known`` gives the names that exist.
- ``POST /_sandbox/campaigns`` with a body creates a campaign at the console.
- ``POST /_sandbox/campaigns/{id}`` does at the console what its keys say. They are ``edit`` (fields), ``status``,
  ``start``, ``stop``, ``schedule``, ``unschedule`` and ``filters``. ``DELETE`` deletes the campaign.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bulkload.sandbox.database import Answered
from bulkload.sandbox.fixtures import APP_ID, KINDS
from bulkload.sandbox.log import read_log

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from starlette.requests import Request

    from bulkload.sandbox.console import Console
    from bulkload.sandbox.service import Service

_BASES = {"v1": "/agentassist/api/v1/public/{iid}", "v2": "/campaign/api/v2/public/{iid}"}
_OPERATIONS = (
    ("create", "/campaign", ("POST",)),
    ("list", "/campaign/getAllCampaignDetails", ("POST",)),
    ("contact_lists", "/campaign/contactList/getAllListDetails", ("POST", "GET")),
    ("update", "/campaign/{campaign_id}", ("PUT",)),
    ("get", "/campaign/{campaign_id}", ("GET",)),
    ("delete", "/campaign/{campaign_id}", ("DELETE",)),
    ("status", "/campaign/{campaign_id}/status", ("POST",)),
)
"""Operation, path behind the base, methods; the more special paths come first."""


def build(service: Service, path: Path, console_of: Callable[[str], Console]) -> Starlette:
    """Make the web application of this service, whose account is at ``path``."""
    routes = [
        _route(service, operation, version, base + tail, methods)
        for version, base in _BASES.items()
        for operation, tail, methods in _OPERATIONS
    ]
    routes.append(_route(service, "queues", "v1", _BASES["v1"] + "/queues", ("GET",)))
    return Starlette(
        routes=routes + _OwnRoutes(service, path, console_of).all(),
        exception_handlers={HTTPException: _unknown(service)},
    )


def _route(service: Service, operation: str, version: str, path: str, methods: tuple[str, ...]) -> Route:
    async def endpoint(request: Request) -> Any:
        return await service.handle(request, operation, version)

    return Route(path, endpoint, methods=list(methods))


def _unknown(service: Service) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        """Log and refuse an address or method that does not exist; no client of ours should ask for one."""
        assert isinstance(error, HTTPException)
        number = service.database.log_request(
            service.now(), request.method, request.url.path, "unknown", None
        )
        service.database.log_answer(number, Answered(error.status_code, problem=error.detail))
        return JSONResponse({"message": error.detail}, error.status_code, headers=error.headers)

    return answer


class _OwnRoutes:
    """The sandbox's own addresses."""

    def __init__(self, service: Service, path: Path, console_of: Callable[[str], Console]) -> None:
        self._service = service
        self._path = path
        self._console_of = console_of

    def all(self) -> list[Route]:
        """Every address, with its methods."""
        return [
            Route("/_sandbox/settings", self._settings, methods=["GET", "POST"]),
            Route("/_sandbox/log", self._log),
            Route("/_sandbox/known", self._known),
            Route("/_sandbox/campaigns", self._create, methods=["POST"]),
            Route("/_sandbox/campaigns/{campaign_id}", self._campaign, methods=["POST", "DELETE"]),
        ]

    async def _settings(self, request: Request) -> Response:
        app_id = request.query_params.get("app_id")
        if request.method == "POST":
            try:
                self._service.configure(await request.json(), app_id)
            except ValueError as error:
                return JSONResponse({"message": str(error)}, 400)
        return JSONResponse(self._service.settings_of(app_id).to_json())

    async def _log(self, _request: Request) -> Response:
        return JSONResponse(asdict(read_log(self._path)))

    async def _known(self, request: Request) -> Response:
        campaigns = self._service.campaigns_of(_app_id(request))
        return JSONResponse({kind: [name for _, name in campaigns.known(kind)] for kind in KINDS})

    async def _create(self, request: Request) -> Response:
        body = await request.json()
        with self._console_of(_app_id(request)) as console:
            return JSONResponse({"id": console.create(body)})

    async def _campaign(self, request: Request) -> Response:
        campaign_id = request.path_params["campaign_id"]
        changes = {} if request.method == "DELETE" else await request.json()
        with self._console_of(_app_id(request)) as console:
            try:
                return JSONResponse(_at_console(console, campaign_id, changes))
            except (KeyError, TypeError) as error:
                return JSONResponse({"message": f"{error} is not known"}, 404)


def _app_id(request: Request) -> str:
    return request.query_params.get("app_id", APP_ID)


def _at_console(console: Console, campaign_id: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Do what each key says, in the order given; without a key, delete the campaign."""
    if not changes:
        console.delete(campaign_id)
        return {"deleted": campaign_id}
    for key, value in changes.items():
        match key:
            case "edit":
                console.edit(campaign_id, **value)
            case "status":
                console.set_status(campaign_id, value)
            case "filters":
                console.set_filters(campaign_id, has_filters=bool(value))
            case "start" | "stop" | "schedule" | "unschedule":
                getattr(console, key)(campaign_id)
            case _:
                raise KeyError(key)
    return {"id": campaign_id, **changes}
