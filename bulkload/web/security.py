"""Who may talk to the page: host, ticket, session, origin and the headers of every response.

Other programs and other users of this computer can reach 127.0.0.1, and any web page can make its browser send
requests there. So every request must name the right host and bring the session's cookie. It must come from a page of
our own. A request that writes must also prove that our script made it.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from bulkload.ports import MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from bulkload.ports import Clock

TICKET_SECONDS = 60.0
"""A ticket that was not used within this time is void."""
TOKEN_HEADER = "x-bulkload"  # noqa: S105  (a header's name)
"""The header that proves that our own script made a request. It is also the key of ``POST /tickets``."""
WRITE_TYPES = frozenset({"application/json", "application/octet-stream"})
"""Content types that no form of another site can send without asking first."""
PUBLIC_FILES = frozenset({"/static/app.css", "/static/icon.svg"})
"""What a browser gets without a session, so that "This page has ended" looks like the rest. It says nothing."""

SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


def random_letters(count: int = 16) -> str:
    """Letters that can't be guessed."""
    return "".join(secrets.choice(string.ascii_lowercase) for _ in range(count))


@dataclass(slots=True)
class Access:
    """Who may enter: the tickets that were handed out and the sessions that were begun with them."""

    port: int
    clock: Clock = field(default_factory=MonotonicClock)
    prefix: str = field(default_factory=lambda: f"/{random_letters()}")
    """All addresses lie under it. It is the cookie's path, because cookies ignore ports: a server of another
    user on 127.0.0.1 would receive them otherwise."""
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    """Lets another process of the same user ask for a ticket."""
    _tickets: dict[str, tuple[float, str]] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)

    @property
    def hosts(self) -> frozenset[str]:
        """The values of the Host header that are accepted."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie(self) -> str:
        """The name of the session's cookie."""
        return f"bulkload-{self.port}"

    def issue_ticket(self, target: str = "/") -> str:
        """The address that begins one session, once, within a minute; it leads on to ``target``."""
        ticket = secrets.token_urlsafe(32)
        self._tickets[ticket] = (self.clock.now() + TICKET_SECONDS, target)
        return f"http://127.0.0.1:{self.port}{self.prefix}/enter?ticket={ticket}"

    def redeem_ticket(self, ticket: str) -> str | None:
        """Where the ticket leads; None for one that is unknown, used or too old."""
        expires, target = self._tickets.pop(ticket, (0.0, ""))
        return target if self.clock.now() < expires else None

    def begin_session(self) -> str:
        """The value of the cookie of a new session."""
        session = secrets.token_urlsafe(32)
        self._sessions[session] = secrets.token_urlsafe(32)
        return session

    def script_token(self, session: str | None) -> str | None:
        """What the scripts of this session send along; None for an unknown session."""
        return self._sessions.get(session or "")

    def is_key(self, given: str) -> bool:
        """Whether this is the key of this server."""
        return secrets.compare_digest(given.encode(), self.key.encode())


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    code: str
    """``wrong-host``, ``no-session``, ``foreign-page`` or ``not-our-script``."""


class Guard:
    """ASGI middleware: refuses what the rules forbid, and adds the headers to every response."""

    def __init__(self, app: ASGIApp, access: Access, refuse: Callable[[Request, Refusal], Response]) -> None:
        """``refuse`` makes the response to a request that is refused."""
        self._app = app
        self._access = access
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        refusal = find_refusal(scope, self._access)
        app = self._app if refusal is None else self._refusing(refusal)
        await app(scope, receive, _with_security_headers(send))

    def _refusing(self, refusal: Refusal) -> ASGIApp:
        from starlette.requests import Request  # noqa: PLC0415  (only a refusal needs it)

        async def app(scope: Scope, receive: Receive, send: Send) -> None:
            await self._refuse(Request(scope), refusal)(scope, receive, send)

        return app


def find_refusal(scope: Scope, access: Access) -> Refusal | None:
    """Why this request is refused; None where it may pass."""
    headers = Headers(scope=scope)
    if headers.getlist("host") not in [[host] for host in access.hosts]:
        return Refusal(421, "wrong-host")
    path: str = scope["path"]
    is_entrance = path == f"{access.prefix}/enter"
    # The file that hands over the ticket is of another origin, so the browser calls its request cross-site.
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"} and not is_entrance:
        return Refusal(403, "foreign-page")
    if scope["method"] in {"GET", "HEAD"} and (is_entrance or path in PUBLIC_FILES):
        return None
    if path == f"{access.prefix}/tickets" and scope["method"] == "POST":
        return _refusal_of_ticket(headers, access)
    return _refusal_within_session(scope, headers, access)


def _refusal_within_session(scope: Scope, headers: Headers, access: Access) -> Refusal | None:
    token = access.script_token(session_of(headers, access))
    if token is None or not scope["path"].startswith(f"{access.prefix}/"):
        return Refusal(403, "no-session")
    may_pass = scope["method"] in {"GET", "HEAD"} or _is_our_script(headers, token)
    return None if may_pass else Refusal(403, "not-our-script")


def _refusal_of_ticket(headers: Headers, access: Access) -> Refusal | None:
    """Only another process of the same user has the key. A browser, which always sends Origin, never asks."""
    is_ours = "origin" not in headers and access.is_key(headers.get(TOKEN_HEADER, ""))
    return None if is_ours else Refusal(403, "not-our-script")


def _is_our_script(headers: Headers, token: str) -> bool:
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower()
    return (
        secrets.compare_digest(headers.get(TOKEN_HEADER, "").encode(), token.encode())
        and headers.get("origin") == f"http://{headers['host']}"
        and headers.get("sec-fetch-site", "same-origin") == "same-origin"
        and content_type in WRITE_TYPES
    )


def session_of(headers: Headers, access: Access) -> str | None:
    """The session's cookie as it was sent; None where there is none."""
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == access.cookie:
            return value
    return None


def _with_security_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(SECURITY_HEADERS)
        await send(message)

    return send_with_headers
