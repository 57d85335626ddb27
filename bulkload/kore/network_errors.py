"""A network error in words: what happened and what to do about it.

Libraries wrap one error in another, so the first cause that says something is looked for down the whole chain.
"""

from __future__ import annotations

import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a request has no whole answer."""

    message: str
    """A clause that can stand alone: ``the service refused the connection``."""
    fix: str
    """A sentence."""


_ONLINE = "Check that this computer is online and that BULKLOAD_HOST is right, then try again."
_LATER = "Try again; if it goes on, ask whoever runs your network or look at Kore.ai's status page."


def cause_of(error: BaseException | None, *, headers_sent: bool) -> Cause:
    """The cause of a failed request, in words; ``headers_sent`` as the transport's trace saw it."""
    chain = list(_chain(error))
    for kind, cause in _UNSENT:
        if not headers_sent and any(isinstance(link, kind) for link in chain):
            return cause
    if any(isinstance(link, TimeoutError | httpx.TimeoutException) for link in chain):
        return Cause(
            "no answer came in time" if headers_sent else "no connection could be made in time", _LATER
        )
    if headers_sent:
        return Cause("the connection broke before the answer was complete", _LATER)
    return Cause("no connection could be made", _ONLINE)


_UNSENT: tuple[tuple[type[BaseException], Cause], ...] = (
    (
        httpx.ProxyError,
        Cause(
            "the proxy on the way refused the connection",
            "Check HTTPS_PROXY, and whether the proxy asks for a name and password.",
        ),
    ),
    (socket.gaierror, Cause("the network knows no server of that name", _ONLINE)),
    (
        ssl.SSLCertVerificationError,
        Cause(
            "the certificate of the service is not trusted",
            "Check BULKLOAD_HOST. If your office inspects secure connections, set SSL_CERT_FILE to a file that "
            "holds the office's certificate.",
        ),
    ),
    (
        ssl.SSLError,
        Cause(
            "no secure connection could be agreed on", "Check BULKLOAD_HOST, its port too if you gave one."
        ),
    ),
    (ConnectionRefusedError, Cause("the service refused the connection", _ONLINE)),
)
"""Causes before the first byte, the most telling first."""


_NO_CAUSE = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
"""How ssl says "wait": no error, though it stands in the chain of whatever happened while waiting."""


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
