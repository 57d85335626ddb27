from __future__ import annotations

import asyncio

import httpx
import pytest

from bulkload.kore.endpoints import Address
from bulkload.kore.exchange import Exchange, ExchangeError

ADDRESS = Address("POST", "/campaign", {})


class Leaking(httpx.AsyncBaseTransport):
    """Raises an exception of its own, as libraries below httpx now and then do, before or after the first byte."""

    def __init__(self, *, after: bool) -> None:
        self.after = after

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if self.after:
            await request.extensions["trace"]("http11.send_request_headers.started", {"request": request})
        raise LookupError("an exception that no page mentions")


async def send(*, after: bool) -> None:
    async with Exchange("http://127.0.0.1:1", 1.0, Leaking(after=after)) as exchange:
        await exchange.send(ADDRESS, {}, b"{}", 1000)


def test_failure_after_first_byte_means_the_request_may_have_been_done():
    with pytest.raises(ExchangeError) as caught:
        asyncio.run(send(after=True))
    assert caught.value.headers_sent
    assert isinstance(caught.value.__cause__, LookupError)


def test_a_mistake_of_ours_before_the_first_byte_is_not_hidden():
    with pytest.raises(LookupError):
        asyncio.run(send(after=False))


def test_asking_a_proxy_for_a_tunnel_is_not_yet_the_request():
    class Tunnel(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            connect = httpx.Request("CONNECT", "http://127.0.0.1:1")
            connect.method = b"CONNECT"  # type: ignore[assignment]  (httpcore's requests hold bytes)
            await request.extensions["trace"]("http11.send_request_headers.started", {"request": connect})
            raise httpx.ProxyError("407")

    async def use() -> None:
        async with Exchange("http://127.0.0.1:1", 1.0, Tunnel()) as exchange:
            await exchange.send(ADDRESS, {}, b"{}", 1000)

    with pytest.raises(ExchangeError) as caught:
        asyncio.run(use())
    assert not caught.value.headers_sent
