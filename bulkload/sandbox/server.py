"""The sandbox on a port of 127.0.0.1: in this process (``EmbeddedSandbox``) or alone in a process (``serve``).

uvicorn's protocol and configuration are used without its ``Server``, which installs signal handlers, polls ten
times a second and waits for connections when it stops. Here stopping cuts every connection at once. Nothing is
printed and nothing is logged.
"""

from __future__ import annotations

import asyncio
import errno
import os
import signal
import socket
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

import uvicorn
from uvicorn.server import ServerState

from bulkload.sandbox.app import build
from bulkload.sandbox.broken_responses import BreakableProtocol
from bulkload.sandbox.console import Console
from bulkload.sandbox.database import Database
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, Application, Fixtures
from bulkload.sandbox.service import Service
from bulkload.sandbox.settings import SandboxSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from starlette.applications import Starlette

    from bulkload.sandbox.checks import Call

HOST = "127.0.0.1"
"""The only address ever bound: a pretend service has no business in a network."""
BACKLOG = 512


class PortInUseError(OSError):
    """Another program listens on this port."""

    def __init__(self, port: int) -> None:
        super().__init__(f"Port {port} of {HOST} is in use by another program.")
        self.port = port


class _Running:
    """A sandbox bound to a port, its account open."""

    def __init__(
        self,
        path: Path,
        settings: SandboxSettings,
        fixtures: Fixtures,
        applications: Sequence[Application],
        port: int,
    ) -> None:
        self._path = path
        self.socket = listening_socket(port)
        try:
            self.database = Database(path)
        except BaseException:
            self.socket.close()
            raise
        self.service = Service(self.database, settings, applications)
        self.service.learn([fixtures])
        self.url = f"http://{HOST}:{self.socket.getsockname()[1]}"
        self._app = build(self.service, path, self.console)

    def console(self, app_id: str = APP_ID) -> Console:
        """Open the console of an application."""
        service = self.service
        return Console(
            self._path,
            lambda: service.now(app_id),
            app_id=app_id,
            moves_updated_at=lambda: service.settings_of(app_id).updated_at == "always",
        )

    async def run(self, stop: asyncio.Event, started: Callable[[], None]) -> None:
        """Serve until ``stop`` is set; ``started`` is called once connections are accepted."""
        config = _uvicorn_config(self._app)
        config.load()
        state = ServerState()

        def protocol() -> BreakableProtocol:
            return BreakableProtocol(config, state, {"service": self.service})

        loop = asyncio.get_running_loop()
        server = await loop.create_server(protocol, sock=self.socket, backlog=BACKLOG)
        started()
        try:
            await stop.wait()
        finally:
            # Accepting ends before the server is closed: asyncio forgets a connection that it has accepted but not
            # yet attached to its server, and that client would wait without end. (Windows' loop has no readers.)
            with suppress(NotImplementedError):
                loop.remove_reader(self.socket)
            await _cut_connections(state)
            server.close()
            self.database.close()


def _uvicorn_config(app: Starlette) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=BreakableProtocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        date_header=False,
    )


async def _cut_connections(state: ServerState) -> None:
    """Abort every connection and end every request."""
    # Several turns of the loop: a connection accepted at the last moment is unknown for two turns, and one that is
    # aborted takes another turn to be closed.
    for _ in range(5):
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)
    for task in list(state.tasks):
        task.cancel()
    await asyncio.gather(*state.tasks, return_exceptions=True)


def serve(  # noqa: PLR0913  (each has its default)
    path: Path,
    *,
    port: int = 0,
    settings: SandboxSettings | None = None,
    fixtures: Fixtures | None = None,
    applications: Sequence[Application] = (),
    started: Callable[[str], None] = lambda _url: None,
) -> None:
    """Serve the account at ``path`` until SIGINT or SIGTERM; ``started`` is given the address once it listens.

    To be called in the main thread. Raises PortInUseError, and AccountFileError for a file that can't be used.
    """
    running = _Running(path, settings or SandboxSettings(), fixtures or Fixtures(), applications, port)

    async def until_signalled() -> None:
        stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            # Windows has no signal handlers on its loops; there Ctrl-C ends asyncio.run by itself.
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, stop.set)
        await running.run(stop, lambda: started(running.url))

    with suppress(KeyboardInterrupt):
        asyncio.run(until_signalled())


class EmbeddedSandbox:
    """A sandbox in a thread of this process, for ``with``; its account outlives the process."""

    app_id = APP_ID
    account_id = ACCOUNT_ID
    client_id = CLIENT_ID
    client_secret = CLIENT_SECRET

    def __init__(
        self,
        path: Path,
        *,
        settings: SandboxSettings | None = None,
        fixtures: Fixtures | None = None,
        applications: Sequence[Application] = (),
        port: int = 0,
    ) -> None:
        """``path``: the account's file, made if missing. ``port`` 0: any free one.

        ``fixtures``: names to add to those that every sandbox knows. ``applications``: more of them, in other accounts
        or in the same.
        """
        self.path = path
        self._settings = settings or SandboxSettings()
        self._fixtures = fixtures or Fixtures()
        self._applications = applications
        self._port = port

    def __enter__(self) -> Self:
        """Listen when this returns; raises PortInUseError and AccountFileError."""
        self._running = _Running(self.path, self._settings, self._fixtures, self._applications, self._port)
        self.url = self._running.url
        self.console = self.console_of(APP_ID)
        listening = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(listening,), daemon=True)
        self._thread.start()
        listening.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Cut every connection and free the port."""
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()
        self.console.close()

    def configure(self, app_id: str | None = None, /, **changes: Any) -> None:
        """Change settings live, as ``POST /_sandbox/settings`` does: for all applications, or for one."""
        self._running.service.configure(changes, app_id)

    def console_of(self, app_id: str) -> Console:
        """Open the console of another application; the caller closes it."""
        return self._running.console(app_id)

    @property
    def settings(self) -> SandboxSettings:
        """The settings of every application that has none of its own."""
        return self._running.service.settings

    def observe(self, observer: Callable[[str, Call], None]) -> None:
        """Call ``observer`` with ``before`` or ``after`` (the effect) and the request, for every request.

        It runs in the thread that serves, so what it does at the console happens exactly then.
        """
        self._running.service.observers.append(observer)

    def _run(self, listening: threading.Event) -> None:
        async def until_stopped() -> None:
            self._stop = asyncio.Event()
            self._loop = asyncio.get_running_loop()
            await self._running.run(self._stop, listening.set)

        try:
            asyncio.run(until_stopped())
        finally:
            listening.set()  # also where it never listened: __enter__ waits for it


def listening_socket(port: int) -> socket.socket:
    """Bind a socket to this port of 127.0.0.1 alone; it is closed again if that fails.

    Raises PortInUseError, or any other OSError for a port that can't be had (those below 1024, for most people).
    """
    # asyncio switches off Nagle's algorithm only where the protocol is named; a request would take 40 ms otherwise.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two programs have one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((HOST, port))
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUseError(port) from error
        raise
    return bound
