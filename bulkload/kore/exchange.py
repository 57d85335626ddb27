"""One request and its answer: a fresh connection, a deadline around all of it, and a bounded body.

Why a fresh connection: with idle connections kept, 185 of 400 creates were ambiguous in an idle-timeout race,
without them none; at one request a second it costs nothing. Why one deadline: httpx's timeouts are per read, and
a server that drips a byte at a time never meets one. Why the trace: the text of an error proves nothing. The
transport says when it begins to send the request's headers, and before that nothing can have reached the service.

A proxy of the environment is used (see ``proxies``), because many offices have no other way out. No cookie is
kept, and no redirect is followed: it would give the ``auth`` header to another host.
"""

from __future__ import annotations

import asyncio
import ssl
import zlib
from dataclasses import dataclass
from functools import lru_cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

import httpx

from bulkload.errors import SettingsError
from bulkload.kore import messages
from bulkload.kore.proxies import proxy_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import TracebackType

    from bulkload.kore.endpoints import Address
    from bulkload.kore.proxies import Proxy

LARGEST = 4_000_000
"""Bytes of one answer that are read: enough for the 1,000 contact lists that an account has at most."""
CONNECT_SHARE = 1 / 3
"""Share of a request's time for the connection, and again for its TLS: where the deadline struck in the middle of
a handshake instead, httpcore 1.0 would leave the socket open."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: a whole answer, though perhaps cut at the largest size that is read."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """Unpacked."""


class ExchangeError(Exception):
    """No whole answer came back; ``__cause__`` holds the reason."""

    def __init__(self, *, headers_sent: bool) -> None:
        super().__init__("no whole answer came back")
        self.headers_sent = headers_sent
        """False: nothing of the request can have left this machine."""


class Exchange:
    """An asynchronous context manager around httpx, for one host; follows no redirect."""

    def __init__(self, base: str, timeout: float, transport: httpx.AsyncBaseTransport | None = None) -> None:
        self._base = base
        self._timeout = timeout
        self._transport = transport
        """None: sockets."""
        self._http: httpx.AsyncClient | None = None
        self.proxy: Proxy | None = None
        """The proxy on the way, known once the exchange is open."""

    async def __aenter__(self) -> Self:
        """Raises SettingsError for an address or a proxy that can't be used."""
        try:
            _ = httpx.URL(self._base), urlsplit(self._base).port  # raises for a port beyond 65535
        except (ValueError, httpx.InvalidURL):
            raise SettingsError(messages.HOST_UNUSABLE(typed=repr(self._base))) from None
        self.proxy = proxy_for(self._base) if self._transport is None else None
        try:
            self._http = httpx.AsyncClient(
                base_url=self._base,
                transport=self._transport,
                verify=_trust(self._base),
                proxy=self.proxy.url if self.proxy else None,
                # The proxy is chosen above; httpx would fail at entries of NO_PROXY that it can't parse.
                trust_env=False,
                # A cookie of one answer must not change what the next request means.
                cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
                timeout=httpx.Timeout(None, connect=self._timeout * CONNECT_SHARE),
                follow_redirects=False,
                # A kept connection that the server closes just then leaves a create in doubt.
                limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
                # identity: a packed body of 1 MB can unpack to 1 GB
                headers={"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "bulkload"},
            )
        except (ImportError, ValueError, httpx.InvalidURL):
            # The value is not shown, because addresses of proxies often contain a password.
            raise SettingsError(
                messages.PROXY_UNUSABLE(source=self.proxy.source if self.proxy else "")
            ) from None
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._open.aclose()

    @property
    def _open(self) -> httpx.AsyncClient:
        if self._http is None:
            raise RuntimeError("the exchange is not open")
        return self._http

    async def send(
        self, address: Address, headers: Mapping[str, str], body: bytes | None, most: int = LARGEST
    ) -> Answer:
        """The answer to one request, at most ``most`` bytes of it.

        Raises ExchangeError where no whole answer came; a cancellation from outside stays a cancellation.
        """
        sent = _Sent()
        request = self._open.build_request(
            address.method,
            _url(self._base, address.path, tuple(address.query.items())),
            headers=dict(headers),
            content=body,
            extensions={"trace": sent.note},
        )
        try:
            async with asyncio.timeout(self._timeout):
                return await self._exchange(request, most)
        except (httpx.HTTPError, httpx.StreamError, OSError, TimeoutError) as error:
            raise ExchangeError(headers_sent=sent.headers) from error
        except Exception as error:
            # Libraries below now and then leak an exception of their own. After the first byte, whatever
            # it is, the request may have been done; before it, it is a mistake of ours and must be seen.
            if not sent.headers:
                raise
            raise ExchangeError(headers_sent=True) from error

    async def _exchange(self, request: httpx.Request, most: int) -> Answer:
        response = await self._open.send(request, stream=True)
        try:
            raw = await _read(response, most)
        finally:
            await response.aclose()
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, headers, unpacked(raw, headers.get("content-encoding", ""), most))


@lru_cache(maxsize=64)
def _url(base: str, path: str, query: tuple[tuple[str, str], ...]) -> httpx.URL:
    """Taken apart once for all the creates of a run: httpx takes a sixth of a request's time for it."""
    return httpx.URL(f"{base}{path}", params=query)


class _Sent:
    """Watches the transport for the moment from which the request may have reached the service."""

    def __init__(self) -> None:
        self.headers = False

    async def note(self, event: str, info: Mapping[str, Any]) -> None:
        """Called by httpcore; asking a proxy for a tunnel is not yet the request."""
        if event == "http11.send_request_headers.started" and info["request"].method != b"CONNECT":
            self.headers = True


async def _read(response: httpx.Response, most: int) -> bytes:
    raw = bytearray()
    async for chunk in response.aiter_raw():
        raw += chunk
        if len(raw) >= most:
            break
    return bytes(raw[:most])


def unpacked(raw: bytes, encoding: str, most: int) -> bytes:
    """The body without its content encoding, cut at ``most`` bytes; as it is where that can't be undone.

    We ask for none, but something on the way may pack it all the same.
    """
    if encoding.strip().lower() not in {"gzip", "x-gzip", "deflate"}:
        return raw
    try:
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 32).decompress(raw, most)
    except zlib.error:
        return raw


def _trust(base: str) -> ssl.SSLContext:
    """Whom to believe: certifi's authorities and this machine's own, where an office adds its proxy's.

    Without TLS no authority is loaded, because that takes longer than a request. Raises SettingsError where the
    environment names a file of certificates that is none.
    """
    if base.startswith("http://"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context = httpx.create_ssl_context()
    except OSError:  # no such file, or no certificate in it
        raise SettingsError(messages.CERTIFICATES_UNREADABLE()) from None
    context.load_default_certs()
    return context
