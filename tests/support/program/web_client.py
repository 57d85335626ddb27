"""The page's application without a browser: requests as a browser would send them, answered in this process."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bulkload.web.app import PageServer
from bulkload.web.security import TOKEN_HEADER, Access

PORT = 40_123
HOST = f"127.0.0.1:{PORT}"


class TurnedClock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.time = 1_000.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds


@dataclass
class WebClient:
    """One server of the page and one browser's session."""

    folder: Path
    clock: TurnedClock = field(default_factory=TurnedClock)

    def __post_init__(self) -> None:
        self.access = Access(PORT, self.clock)
        web = self.folder / "web"
        web.mkdir(parents=True, mode=0o700, exist_ok=True)
        self.server = PageServer(self.folder, web, self.access, clock=self.clock)
        self.cookie = self.access.begin_session()

    @property
    def token(self) -> str:
        """What our own script sends along."""
        return self.access.script_token(self.cookie) or ""

    def headers(self, method: str) -> dict[str, str]:
        """What a browser sends from a page of ours."""
        headers = {
            "host": HOST,
            "cookie": f"{self.access.cookie}={self.cookie}",
            "sec-fetch-site": "same-origin",
        }
        if method not in {"GET", "HEAD"}:
            headers |= {
                "origin": f"http://{HOST}",
                TOKEN_HEADER: self.token,
                "content-type": "application/json",
            }
        return headers

    def ask(
        self, method: str, path: str, content: Any = b"", *, prefix: str | None = None, **changed: str | None
    ) -> httpx.Response:
        """One request; ``changed`` headers by name with underscores, None: not sent."""
        headers: dict[str, str | None] = {
            **self.headers(method),
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return asyncio.run(
            self._ask(method, (self.access.prefix if prefix is None else prefix) + path, body, headers)
        )

    async def _ask(
        self, method: str, path: str, body: bytes, headers: dict[str, str | None]
    ) -> httpx.Response:
        transport = httpx.ASGITransport(app=self.server.app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
            request = client.build_request(method, path, content=body)
            for name, value in headers.items():
                if value is None:
                    request.headers.pop(name, None)
                else:
                    request.headers[name] = value
            return await client.send(request)

    def get_page(self, path: str) -> httpx.Response:
        """A page, asked for as a person's browser does."""
        return self.ask("GET", path, accept="text/html")

    def add(self, path: Path, name: str | None = None, **query: str) -> httpx.Response:
        """Drop a file on the start page."""
        address = httpx.URL("/workbooks", params={"name": name or path.name, **query})
        return self.ask("POST", str(address), path.read_bytes(), content_type="application/octet-stream")
