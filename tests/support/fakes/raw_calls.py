"""The client at a raw server, in one call: what came of it, and what the server saw."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest
from support.fakes.api_clock import InstantClock
from support.fakes.raw_server import Behaviour, RawServer, answer

from bulkload.kore.client import Client
from bulkload.model import ApiVersion, Payload

CREATE = Payload(5, "Welcome", ApiVersion.V2, {"name": "Welcome", "description": "Grüße 🎉"})
UPDATE = Payload(6, "Welcome", ApiVersion.V2, {"name": "Welcome"}, "cd/1 ä")
CREATE_V1, UPDATE_V1 = (replace(payload, version=ApiVersion.V1) for payload in (CREATE, UPDATE))
CREATED = answer(201, {"status": "success", "data": {"id": "cd-1", "status": "Preparing"}})
UNAUTHORISED = answer(401, {"errors": [{"msg": "Invalid SDK credentials", "code": 4002}]})


def with_server(
    use: Callable[[RawServer, Client], Awaitable[Any]], *behaviours: Behaviour, **settings: Any
) -> tuple[RawServer, Any]:
    """Run ``use`` against a raw server; what it returned, and the server for its requests."""

    async def everything() -> tuple[RawServer, Any]:
        async with RawServer(*behaviours) as server:
            clock = settings.pop("clock", None) or InstantClock()
            wall = settings.pop("wall", lambda: 1_795_000_000.0)
            async with Client(
                server.settings(**settings), clock=clock, wall=wall, jitter=lambda: 1.0
            ) as client:
                return server, await use(server, client)

    return asyncio.run(everything())


def sending(payload: Payload, *behaviours: Behaviour, **settings: Any) -> tuple[RawServer, Any]:
    return with_server(lambda _, client: client.send(payload), *behaviours, **settings)


def error_of(
    kind: type[Exception],
    use: Callable[[RawServer, Client], Awaitable[Any]],
    *behaviours: Behaviour,
    **settings: Any,
) -> str:
    with pytest.raises(kind) as caught:
        with_server(use, *behaviours, **settings)
    assert type(caught.value) in {kind, *kind.__subclasses__()}
    return str(caught.value)


HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
BODY = b'{"data": {"id": "cd-1"}}'
