"""A server without manners: it reads a request and then does with the connection what a test says.

    async with RawServer(answer(201, {"id": "cd-1"}), reset) as server:
        ... server.url, server.requests

Each request takes the next behaviour; the last one is kept for all that follow. With ``reads=False`` it does not
wait for a request and behaves as soon as somebody connects.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from bulkload.model import ApiVersion
from bulkload.settings import Credentials, Settings

Behaviour = Callable[[asyncio.StreamWriter], Awaitable[None]]

SECRET = "canary-secret-7hM2qLwXz0AeRt5vBn8KpUy3"
CLIENT_ID = "cs-canary-client"


@dataclass
class RawRequest:
    """A request as it arrived."""

    method: str
    target: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> list[tuple[str, str]]:
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class RawServer:
    """Listens on 127.0.0.1 while it is entered."""

    def __init__(self, *behaviours: Behaviour, reads: bool = True, tls: ssl.SSLContext | None = None) -> None:
        self.behaviours = list(behaviours)
        self.reads = reads
        self.tls = tls
        self.requests: list[RawRequest] = []
        self.url = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=1 << 24, ssl=self.tls)
        self.url = f"{'https' if self.tls else 'http'}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        self._tasks: set[asyncio.Task[None]] = set()
        self.arrived = asyncio.Event()
        """Set when the first request has arrived."""
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def settings(self, **changes: Any) -> Settings:
        return settings_for(self.url, **changes)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            if self.reads:
                self.requests.append(await _read_request(reader))
                self.arrived.set()
            behaviour = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
            await behaviour(writer)
            writer.close()
            await writer.wait_closed()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            writer.transport.abort()
            await asyncio.sleep(0)  # the loop closes an aborted connection in its next round
        finally:
            self._tasks.discard(task)


@contextmanager
def nobody() -> Iterator[str]:
    """An address where nobody listens, and nobody else begins to: its port is taken, and refuses."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def settings_for(url: str, **changes: Any) -> Settings:
    defaults: dict[str, Any] = {
        "host": url,
        "app_id": "st-0603182c-7ffb-53c3-b307-47ca14b91234",
        "account_id": "67777ce93e25326494e91234",
        "credentials": Credentials(CLIENT_ID, SECRET),
        "state_dir": Path("unused"),
        "api_version": ApiVersion.V2,
        "rate": 1000,
        "timeout": 60.0,
    }
    return Settings(**(defaults | changes))


async def _read_request(reader: asyncio.StreamReader) -> RawRequest:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")[:-2]
    method, target, _ = first.split(" ")
    pairs = (line.split(":", 1) for line in lines)
    headers = {name.strip().lower(): value.strip() for name, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return RawRequest(method, target, headers, body)


def answer(
    status: int = 200,
    body: Any = b"",
    headers: Mapping[str, str] | None = None,
    *,
    announced: int | None = None,
) -> Behaviour:
    """A whole answer; a body that is neither bytes nor text is sent as JSON. ``announced``: its Content-Length."""
    raw = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )

    async def behave(writer: asyncio.StreamWriter) -> None:
        length = {"Content-Length": str(len(raw) if announced is None else announced)}
        lines = [f"{name}: {value}" for name, value in ({**length, **(headers or {})}).items()]
        writer.write(f"HTTP/1.1 {status} X\r\n".encode() + "\r\n".join(lines).encode() + b"\r\n\r\n" + raw)
        await writer.drain()

    return behave


def written(raw: bytes) -> Behaviour:
    """These bytes, then the end of the connection."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()

    return behave


async def close(writer: asyncio.StreamWriter) -> None:
    """The end of the connection without a byte."""
    writer.close()


async def reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of an answer."""
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang(writer: asyncio.StreamWriter) -> None:
    """No answer, ever."""
    await asyncio.Event().wait()


def drip(raw: bytes, seconds: float) -> Behaviour:
    """A byte at a time, for ever: after the bytes, spaces."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        for byte in raw:
            writer.write(bytes([byte]))
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(seconds)

    return behave


def flood(head: bytes, chunk: bytes) -> Behaviour:
    """A head, then the same chunk until the client has had enough."""

    async def behave(writer: asyncio.StreamWriter) -> None:
        writer.write(head)
        while True:
            writer.write(chunk)
            await writer.drain()

    return behave
