"""``bulkload open``: take a port, open the browser, join a page that is open, and end when it is not needed any more.

The first server holds a lock for as long as it lives and says in ``page.json`` how another process of the same user
reaches it. A second ``open`` does not get the lock, so it asks the first for a ticket instead.
"""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import threading
import time
import webbrowser
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import uvicorn
from filelock import FileLock, Timeout

from bulkload.errors import ServiceError, UsageError
from bulkload.web.app import PageServer
from bulkload.web.security import TICKET_SECONDS, TOKEN_HEADER, Access, random_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

JOIN_SECONDS = 5.0
"""How long a second ``open`` waits for the first to say how it is reached."""
NOBODY_LEFT_SECONDS = 15 * 60.0
"""The page's server ends after so long without any page and without a run at work."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What ``bulkload open`` was asked for."""

    state_dir: Path
    workbook: Path | None = None
    """Goes straight to its check page."""
    port: int = 0
    """0: any free port."""
    opens_browser: bool = True
    say: Callable[[str], None] = print
    """Prints a line on the terminal."""

    @property
    def folder(self) -> Path:
        """The page's own folder, private to the user."""
        folder = self.state_dir / "web"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder

    def read_workbook(self) -> tuple[str, bytes]:
        """The workbook's name and content; empty where none was named. Raises UsageError."""
        if self.workbook is None:
            return "", b""
        try:
            return self.workbook.name, self.workbook.read_bytes()
        except OSError as error:
            raise UsageError(
                "{path} can't be read: {reason}.",
                "Check the name and the folder.",
                path=self.workbook,
                reason=(error.strerror or str(error)).lower(),
            ) from None


def open_page(opening: Opening) -> None:
    """Serve the page until it ends, or join the one that is open. Raises UsageError and ServiceError."""
    name, content = opening.read_workbook()
    lock = FileLock(opening.folder / "page.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        _show(opening, _ticket_of_running_page(opening.folder, name, content))
        return
    with lock:
        _serve(opening, name, content)


def _serve(opening: Opening, name: str, content: bytes) -> None:
    with _bound(opening.port) as listening:
        access = Access(listening.getsockname()[1])
        page = PageServer(opening.state_dir, opening.folder, access)
        target = page.add_workbook(name, content) if name else "/"
        server = uvicorn.Server(
            uvicorn.Config(
                page.app,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_graceful_shutdown=2,
            )
        )
        with _page_file(opening.folder, access), suppress(KeyboardInterrupt):
            asyncio.run(
                _serve_until_end(server, page, listening, lambda: _show(opening, access.issue_ticket(target)))
            )
    opening.say("bulkload is closed. Your runs are kept.")


async def _serve_until_end(
    server: uvicorn.Server, page: PageServer, listening: socket.socket, started: Callable[[], None]
) -> None:
    watching = asyncio.create_task(_watch(server, page, started))
    try:
        await server.serve(sockets=[listening])
    finally:
        watching.cancel()
        page.close()


async def _watch(server: uvicorn.Server, page: PageServer, started: Callable[[], None]) -> None:
    """Say that connections are accepted, and end the server when it is not needed any more."""
    await asyncio.to_thread(started)
    while not server.should_exit:
        await asyncio.sleep(0.2)
        if page.is_quitting or page.idle_seconds() > NOBODY_LEFT_SECONDS:
            server.should_exit = True
            page.ending.set()


@contextmanager
def _bound(port: int) -> Iterator[socket.socket]:
    """A socket on 127.0.0.1 alone. Raises UsageError for a port that can't be had."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(("127.0.0.1", port))
            listening.listen()  # from now on a browser may ask: it waits until it is answered
        except OSError as error:
            raise UsageError(
                "Port {port} can't be used: {reason}.",
                "Leave the port out: bulkload then takes a free one.",
                port=port,
                reason=(error.strerror or str(error)).lower(),
            ) from None
        yield listening


# --- one page for all processes of the user ------------------------------------------------------------


@contextmanager
def _page_file(folder: Path, access: Access) -> Iterator[None]:
    """``page.json``, while the page is open: process, port, prefix and key."""
    path = folder / "page.json"
    document = {"process": os.getpid(), "port": access.port, "prefix": access.prefix, "key": access.key}
    _write_private(path, json.dumps(document))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


def _ticket_of_running_page(folder: Path, name: str, content: bytes) -> str:
    """The address that the page which is open hands out. Raises ServiceError where it does not answer."""
    deadline = time.monotonic() + JOIN_SECONDS
    while True:
        with suppress(OSError, ValueError, KeyError, http.client.HTTPException):
            return _ask_for_ticket(json.loads((folder / "page.json").read_text("utf-8")), name, content)
        if time.monotonic() > deadline:
            raise ServiceError(
                "bulkload is open already, but its page does not answer.",
                "Wait a moment and try again. If that does not help, restart this computer.",
            )
        time.sleep(0.1)


def _ask_for_ticket(page: dict[str, str], name: str, content: bytes) -> str:
    connection = http.client.HTTPConnection("127.0.0.1", int(page["port"]), timeout=JOIN_SECONDS)
    try:
        headers = {TOKEN_HEADER: page["key"], "content-type": "application/octet-stream"}
        connection.request("POST", f"{page['prefix']}/tickets?name={quote(name)}", content, headers)
        return str(json.loads(connection.getresponse().read())["url"])
    finally:
        connection.close()


# --- the browser ---------------------------------------------------------------------------------------


def _show(opening: Opening, address: str) -> None:
    """Open the browser at this address, or print it."""
    if opening.opens_browser and _open_browser(opening.folder, address):
        opening.say("bulkload is open in your browser. It ends when you click Quit, or press Ctrl-C here.")
        return
    opening.say(f"Open this address in your browser within a minute:\n\n  {address}\n")


def _open_browser(folder: Path, address: str) -> bool:
    """Hand the ticket over in a private file: other users of this computer see a program's arguments."""
    path = folder / f"enter-{random_letters()}.html"
    _write_private(
        path,
        f'<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={escape(address)}">',
    )
    try:
        opened = webbrowser.open(path.as_uri())
    except webbrowser.Error:
        opened = False
    timer = threading.Timer(TICKET_SECONDS if opened else 0, path.unlink, kwargs={"missing_ok": True})
    timer.daemon = True
    timer.start()
    return opened


def _write_private(path: Path, text: str) -> None:
    """A file that this user alone can read, from its first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
