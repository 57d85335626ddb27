from __future__ import annotations

import asyncio
import gzip
import zlib
from typing import Any

import pytest
from support.fakes.raw_calls import (
    BODY,
    CREATE,
    HEAD,
    sending,
    with_server,
)
from support.fakes.raw_server import (
    RawServer,
    answer,
    close,
    drip,
    flood,
    hang,
    nobody,
    reset,
    settings_for,
    written,
)

from bulkload.kore.client import Client
from bulkload.model import Created, Refused, RetryLater, Uncertain

BROKE = Uncertain("the connection broke before the answer was complete")
LATE = Uncertain("no answer came in time")
SOON, EVER = 2.0, 60.0
"""Seconds for a request to which no whole answer comes, and for one to which something does, on any machine."""


@pytest.mark.parametrize(
    ("behaviour", "reply"),
    [
        (reset, BROKE),
        (close, BROKE),
        (written(b"HTTP/1.1 201 Cre"), BROKE),
        (written(HEAD), BROKE),
        (written(HEAD + b"Content-Length: 24\r\n\r\n" + BODY[:12]), BROKE),
        (written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n18\r\n" + BODY), BROKE),
        (written(b"\x00\xff garbage\r\n\r\n"), BROKE),
        (written(HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n"), BROKE),
        (written(HEAD + b"\r\n" + BODY[:12]), Uncertain("the service's answer (201) was broken", 201)),
        (hang, LATE),
        (drip(b"HTTP/1.1 201 Created\r\nX:", 0.01), LATE),
        (drip(HEAD + b"\r\n" + BODY, 0.01), LATE),
        (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
        (written(HEAD + b"\r\n" + BODY), Created("cd-1")),
        (written(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"\r\n" + BODY), Created("cd-1")),
        (
            answer(503, "Service Unavailable"),
            Uncertain("the service answered 503", 503, "Service Unavailable"),
        ),
        (answer(204), Uncertain("the answer has no campaign ID", 204)),
        (answer(400, {"message": "no such queue"}), Refused("no such queue", 400)),
    ],
)
def test_a_create_is_tried_once_and_a_lost_answer_proves_nothing(behaviour, reply):
    server, found = sending(CREATE, behaviour, timeout=SOON if reply == LATE else EVER)
    assert found == reply
    assert len(server.requests) == 1


def test_a_refused_connection_proves_that_nothing_left():
    async def use() -> Any:
        with nobody() as address:
            async with Client(settings_for(address)) as client:
                return await client.send(CREATE)

    assert asyncio.run(use()) == RetryLater("the service refused the connection")


@pytest.mark.parametrize(
    ("behaviour", "timeout", "reason"),
    [
        (written(b"220 this is a mail server\r\n"), EVER, "no secure connection could be agreed on"),
        (hang, SOON, "no connection could be made in time"),
        (reset, EVER, "no connection could be made"),
    ],
)
def test_a_failed_tls_handshake_proves_that_nothing_left(behaviour, timeout, reason):
    async def use() -> Any:
        async with RawServer(behaviour, reads=False) as server:
            settings = server.settings(host=server.url.replace("http:", "https:"), timeout=timeout)
            async with Client(settings) as client:
                return await client.send(CREATE)

    assert asyncio.run(use()) == RetryLater(reason)


def test_a_cancelled_create_stays_cancelled():
    async def use(server: RawServer, client: Client) -> None:
        task = asyncio.ensure_future(client.send(CREATE))
        await server.arrived.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        with_server(use, hang)


# --- a hostile service -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behaviour",
    [
        flood(HEAD + b"\r\n", b'{"x": "' + b"y" * 60_000),
        flood(HEAD + b"Content-Length: 99999999999\r\n\r\n", b" " * 60_000),
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"ea60\r\n" + b"[" * 60_000 + b"\r\n"),
    ],
)
def test_a_body_without_end_is_read_to_a_bound(behaviour):
    _, reply = sending(CREATE, behaviour, timeout=EVER)
    assert isinstance(reply, Uncertain)
    assert reply.http_status == 201


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", " GZIP "])
def test_an_answer_that_was_packed_on_the_way_is_read(encoding):
    packed = zlib.compress(BODY) if encoding == "deflate" else gzip.compress(BODY)
    assert sending(CREATE, answer(201, packed, {"Content-Encoding": encoding}))[1] == Created("cd-1")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", lambda: gzip.compress(b" " * 100_000_000, compresslevel=1)),
        ("gzip, gzip", lambda: gzip.compress(gzip.compress(BODY))),
        ("gzip", lambda: b"not packed at all"),
        ("br", lambda: b"\x8b\x02\x80"),
    ],
    ids=["bomb", "twice", "broken", "unknown"],
)
def test_an_answer_that_cannot_be_unpacked_within_bounds_proves_nothing(encoding, pack):
    reply = sending(CREATE, answer(201, pack(), {"Content-Encoding": encoding}))[1]
    assert reply == Uncertain(reply.reason, 201, reply.words)
