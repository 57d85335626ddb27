"""Why a request has no whole answer, and what to do about it.

Libraries wrap one error in another, so the whole chain is searched for the first cause that says something.
"""

from __future__ import annotations

import socket
import ssl
from typing import TYPE_CHECKING

import httpx

from bulkload.kore import messages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulkload.kore.proxies import Proxy
    from bulkload.messages import Message, MessageTemplate


def explain(
    error: BaseException | None, *, headers_sent: bool, host: str = "", proxy: Proxy | None = None
) -> Message:
    """What went wrong; ``headers_sent`` as the transport's trace saw it, ``proxy`` if one is on the way."""
    chain = list(_chain(error))
    template = (_after_sending if headers_sent else _before_sending)(chain, proxy)
    if proxy is None:
        return template(host=host)
    return template(host=host, proxy=proxy.address, source=proxy.source)


def reason_of(message: Message) -> str:
    """The cause alone, as a clause: ``the service refused the connection``."""
    return message.text.split(" could not be reached: ", 1)[1].removesuffix(".")


def _after_sending(chain: list[BaseException], _proxy: Proxy | None) -> MessageTemplate:
    is_late = any(isinstance(link, TimeoutError | httpx.TimeoutException) for link in chain)
    return messages.NO_ANSWER_IN_TIME if is_late else messages.CONNECTION_BROKE


def _before_sending(chain: list[BaseException], proxy: Proxy | None) -> MessageTemplate:
    for link in chain:
        if isinstance(link, ssl.SSLCertVerificationError):
            return _CERTIFICATES.get(link.__dict__.get("verify_code", 0), messages.CERTIFICATE_UNTRUSTED)
    causes = _DIRECT if proxy is None else _BY_PROXY
    return next(
        (template for kind, template in causes if any(isinstance(link, kind) for link in chain)),
        messages.NO_CONNECTION,
    )


_CERTIFICATES = {
    9: messages.CERTIFICATE_NOT_YET_VALID,
    10: messages.CERTIFICATE_EXPIRED,
    62: messages.CERTIFICATE_OF_ANOTHER,  # another host name
    64: messages.CERTIFICATE_OF_ANOTHER,  # another IP address
}
"""OpenSSL's verification codes (X509_V_ERR_...)."""

_TIMEOUTS = (TimeoutError, httpx.TimeoutException)
_DIRECT: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], MessageTemplate], ...] = (
    (socket.gaierror, messages.UNKNOWN_SERVER),
    (ssl.SSLError, messages.TLS_FAILED),
    (ConnectionRefusedError, messages.CONNECTION_REFUSED),
    (_TIMEOUTS, messages.NO_CONNECTION_IN_TIME),
)
"""Causes before the first byte, the most telling first."""
_BY_PROXY = (
    # Behind a proxy the service is met only once the tunnel stands; before that, it is the proxy that fails.
    (httpx.ProxyError, messages.PROXY_REFUSED),
    (socket.gaierror, messages.PROXY_UNKNOWN),
    (ssl.SSLError, messages.TLS_FAILED),
    ((ConnectionRefusedError, *_TIMEOUTS, httpx.ConnectError), messages.PROXY_NOT_ANSWERING),
)

_NO_CAUSE = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""How ssl says "wait": no error, although it is in the chain of whatever happened while waiting."""


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, what it was raised from, and the members of groups, each once."""
    waiting = [error]
    seen: set[int] = set()
    while waiting:
        link = waiting.pop()
        if link is None or id(link) in seen or isinstance(link, _NO_CAUSE):
            continue
        seen.add(id(link))
        yield link
        waiting += [link.__context__, link.__cause__]
        if isinstance(link, BaseExceptionGroup):
            waiting += link.exceptions
