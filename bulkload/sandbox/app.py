"""The addresses of the service, as the documents have them, and the sandbox's own under ``/_sandbox``.

``/_sandbox`` needs no token and counts against no rate:

- ``GET /_sandbox/settings`` shows every setting; ``POST`` changes those given, faults included;
- ``GET /_sandbox/log`` gives every request and every effect; ``GET /_sandbox/known`` the names that exist;
- ``POST /_sandbox/campaigns/{id}`` with ``{"status": "Active"}`` does what a person does at the console.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bulkload.sandbox.account import Answered
from bulkload.sandbox.log import read_log

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from starlette.requests import Request

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
"""Operation, path behind the base, methods; more particular paths come first."""


def build(service: Service, path: Path) -> Starlette:
    """The application that serves this service, whose account lies at ``path``."""
    routes = [
        _route(service, operation, version, base + tail, methods)
        for version, base in _BASES.items()
        for operation, tail, methods in _OPERATIONS
    ]
    routes.append(_route(service, "queues", "v1", _BASES["v1"] + "/queues", ("GET",)))
    return Starlette(
        routes=routes + _own_routes(service, path),
        exception_handlers={HTTPException: _unknown(service)},
    )


def _route(service: Service, operation: str, version: str, path: str, methods: tuple[str, ...]) -> Route:
    async def endpoint(request: Request) -> Any:
        return await service.handle(request, operation, version)

    return Route(path, endpoint, methods=list(methods))


def _unknown(service: Service) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, error: Exception) -> Response:
        """No such address, or not with this method: logged, for a client should never come here."""
        assert isinstance(error, HTTPException)
        number = service.account.arrived(service.now(), request.method, request.url.path, "unknown", None)
        service.account.answered(number, Answered(error.status_code, problem=error.detail))
        return JSONResponse({"message": error.detail}, error.status_code, headers=error.headers)

    return answer


def _own_routes(service: Service, path: Path) -> list[Route]:
    async def settings(request: Request) -> Response:
        if request.method == "POST":
            try:
                service.configure(await request.json())
            except (TypeError, ValueError, AttributeError) as error:
                return JSONResponse({"message": str(error)}, 400)
        return JSONResponse(service.settings.to_json())

    async def log(_request: Request) -> Response:
        return JSONResponse(asdict(read_log(path)))

    async def known(_request: Request) -> Response:
        kinds = ("contact_lists", "dnc_lists", "queues", "flows", "caller_ids")
        return JSONResponse({kind: [name for _, name in service.account.known(kind)] for kind in kinds})

    async def campaign(request: Request) -> Response:
        status = (await request.json())["status"]
        done = service.account.set_status(request.path_params["campaign_id"], status)
        return JSONResponse({"status": status if done else None}, 200 if done else 404)

    return [
        Route("/_sandbox/settings", settings, methods=["GET", "POST"]),
        Route("/_sandbox/log", log),
        Route("/_sandbox/known", known),
        Route("/_sandbox/campaigns/{campaign_id}", campaign, methods=["POST"]),
    ]
