"""Answers that break on the wire, on real sockets.

uvicorn hands a connection's state to the scope of every request. A protocol that puts its own transport there lets an
answer write raw bytes, close, or reset the connection. No proxy is needed.
"""

from __future__ import annotations

import asyncio
import http
import socket
import struct
from typing import TYPE_CHECKING, Any, assert_never

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import Receive, Scope, Send

    from bulkload.sandbox.faults import WireKind

LINGER_NOT = struct.pack("ii", 1, 0)
"""SO_LINGER with no time to linger: closing sends RST instead of FIN."""


class BreakableProtocol(H11Protocol):
    """HTTP as uvicorn speaks it; each request knows the transport that it came by.

    The server's state holds ``service``, which says whether a new connection is struck at once.
    """

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Strike a new connection, if a fault says so, before anything is read."""
        super().connection_made(transport)
        fault = self.app_state["service"].connected()
        self.app_state = {"wire": transport}
        if fault is None:
            return
        if fault.kind == "hang":
            transport.pause_reading()
        else:
            _end(transport, reset=fault.kind == "reset")


class BrokenResponse:
    """An ASGI answer that goes wrong on the wire."""

    def __init__(self, kind: WireKind, answer: Response, seconds: float) -> None:
        self._kind = kind
        self._answer = answer
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, _send: Send) -> None:
        """Do the damage, then wait until the connection is gone; uvicorn would answer otherwise."""
        await self._damage(scope["state"]["wire"])
        while (await receive())["type"] != "http.disconnect":
            pass

    async def _damage(self, transport: asyncio.Transport) -> None:
        head, body = _head(self._answer), bytes(self._answer.body)
        match self._kind:
            case "reset":
                _end(transport, reset=True)
            case "close":
                _end(transport)
            case "half_header":
                _end(transport, head[: len(head) // 2])
            case "half_body":
                _end(transport, head + body[: len(body) // 2])
            case "drip":
                await _drip(transport, head + body, self._seconds)
            case "hang":
                pass
            case _:
                assert_never(self._kind)


def _end(transport: asyncio.Transport, last_words: bytes = b"", *, reset: bool = False) -> None:
    if reset:
        connection: Any = transport.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        transport.abort()
        return
    transport.write(last_words)
    transport.close()


async def _drip(transport: asyncio.Transport, answer: bytes, seconds: float) -> None:
    for at in range(len(answer)):
        if transport.is_closing():
            return
        transport.write(answer[at : at + 1])
        await asyncio.sleep(seconds)
    transport.close()


def _head(answer: Response) -> bytes:
    phrase = http.HTTPStatus(answer.status_code).phrase
    lines = [f"HTTP/1.1 {answer.status_code} {phrase}".encode()]
    lines += [name + b": " + value for name, value in answer.raw_headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"
