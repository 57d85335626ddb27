"""A sandbox for tests, in this process or in one of its own, and what a strict client sends to it.

    with embedded(tmp_path, ready_after=0) as sandbox:      # sandbox.url, .log, .campaigns, .configure(...)
        client = Client(sandbox.url)
        client.create(body("Preview", "v2"))

    with separate(tmp_path / "account.sqlite") as process:  # process.url, process.kill()
        ...

The client signs with the standard library, so that it is a second opinion on what the loader's own client does.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import subprocess
import sys
import time
import uuid
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
from support.fakes.service_log import Log, read_campaigns, read_log

from bulkload.sandbox.fixtures import (
    ACCOUNT_ID,
    APP_ID,
    CLIENT_ID,
    CLIENT_SECRET,
    KNOWN,
    Application,
    Fixtures,
)
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.sandbox.settings import SandboxSettings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulkload.sandbox.campaigns import StoredCampaign

BASES = {"v1": f"/agentassist/api/v1/public/{APP_ID}", "v2": f"/campaign/api/v2/public/{APP_ID}"}
PRETEND = Application(APP_ID, ACCOUNT_ID, CLIENT_ID, CLIENT_SECRET)

GENEROUS = {"rate": 100_000, "ready_after": 0.0}
"""Settings for tests that are about something else than the rate and the waiting."""


class WatchedSandbox(EmbeddedSandbox):
    """A sandbox whose log and campaigns can be read."""

    @property
    def log(self) -> Log:
        """Every request and every effect so far."""
        return read_log(self.path)

    @property
    def campaigns(self) -> tuple[StoredCampaign, ...]:
        """The first application's campaigns, in the order of their creation."""
        return read_campaigns(self.path)


def embedded(
    folder: Path,
    *,
    fixtures: Fixtures | None = None,
    applications: Sequence[Application] = (),
    **settings: Any,
) -> WatchedSandbox:
    """A sandbox in this process with ``GENEROUS`` settings but for those given, its account in ``folder``."""
    return WatchedSandbox(
        folder / "account.sqlite",
        settings=SandboxSettings.from_json({**GENEROUS, **settings}),
        fixtures=fixtures,
        applications=applications,
    )


@contextmanager
def held_port() -> Iterator[int]:
    """A port for a sandbox that is started more than once: no other program gets it while none listens.

    It is bound, so that who connects meanwhile is refused. Only Linux lets another socket listen on it all the same;
    elsewhere it is a port that was free a moment ago.
    """
    with socket.socket() as held:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        if sys.platform != "linux":
            held.close()
        yield port


@dataclass
class Process:
    """A sandbox in a process of its own, so that it outlives a client that is killed, or is killed itself."""

    url: str
    path: Path
    popen: subprocess.Popen[str]

    def kill(self) -> None:
        """SIGKILL: no handler runs, nothing is flushed."""
        self.popen.kill()
        self.popen.wait()


_SERVE = """
import json, sys
from pathlib import Path
from bulkload.sandbox.fixtures import Application
from bulkload.sandbox.server import serve
from bulkload.sandbox.settings import SandboxSettings
path, settings, port, applications = sys.argv[1:]
serve(Path(path), port=int(port), settings=SandboxSettings.from_json(json.loads(settings)),
      applications=[Application.from_json(one) for one in json.loads(applications)],
      started=lambda url: print(url, flush=True))
"""


@contextmanager
def separate(
    path: Path, *, port: int = 0, applications: Sequence[Application] = (), **settings: Any
) -> Iterator[Process]:
    """A sandbox in a process of its own, with ``GENEROUS`` settings but for those given, its account at ``path``."""
    others = json.dumps([one.to_json() for one in applications])
    command = [
        sys.executable,
        "-c",
        _SERVE,
        str(path),
        json.dumps({**GENEROUS, **settings}),
        str(port),
        others,
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as popen:
        try:
            assert popen.stdout is not None
            yield Process(popen.stdout.readline().strip(), path, popen)
        finally:
            popen.kill()


def token(*, secret: str = CLIENT_SECRET, header: dict[str, Any] | None = None, **claims: Any) -> str:
    """A token that is right, but for the claims given; a claim of None is left out."""
    now = time.time()
    right = {"sub": "1234", "appId": CLIENT_ID, "iat": now, "exp": now + 300, "jti": uuid.uuid4().hex}
    all_claims = {name: value for name, value in {**right, **claims}.items() if value is not None}
    parts = [_base64(json.dumps(part).encode()) for part in (header or {"alg": "HS256"}, all_claims)]
    signed = ".".join(parts)
    signature = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64(signature)}"


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def headers(**changes: str | None) -> dict[str, str]:
    """The headers that are right with a fresh token, but for those given; None leaves one out."""
    right = {"auth": token(), "iid": APP_ID, "accountId": ACCOUNT_ID, "Content-Type": "application/json"}
    return {name: value for name, value in {**right, **changes}.items() if value is not None}


def body(mode: str = "Preview", version: str = "v2", **changes: Any) -> dict[str, Any]:
    """The body of a create that is right, but for the keys given; ``...`` leaves one out."""
    right: dict[str, Any] = {
        "name": "Welcome",
        "description": "Calls everybody who joined this month",
        "contactLists": [KNOWN.contact_lists[0]],
        "priority": "5",
        "dialingMode": mode,
        "dialingStrategy": {
            "callerId": {"phoneNumber": KNOWN.caller_ids[0]},
            "callingHours": {
                "frequency": "WEEKLY",
                "timezone": "Asia/Kolkata",
                "days": [{"day": "MO", "start": "9:00 AM", "end": "6:00 PM"}],
            },
            "dialingOrder": "FIFO",
            "maxAttemptsPerRecord": 3,
            "defaultRetryPeriod": 10,
            "maxRingTime": 30,
        },
        "schedule": {"isSchedulingEnabled": False},
        "campaignType": "voice",
    }
    if version == "v2":
        right["dncLists"] = {"name": KNOWN.dnc_lists[0]}
    if mode == "Agentless":
        right["experienceFlowName"] = KNOWN.flows[0]
    else:
        right["queue_name"] = KNOWN.queues[0]
    if mode == "Preview":
        right["maxSkips"] = 1
    if version == "v1":
        right["enableMachineDetect"] = False
    elif mode == "Agentless":
        right["enableMachineDetect"] = "no"
    return {key: deepcopy(value) for key, value in {**right, **changes}.items() if value is not ...}


class Client:
    """Every operation of the service, sent as the documents say."""

    def __init__(
        self, url: str, version: str = "v2", timeout: float = 60.0, application: Application = PRETEND
    ) -> None:
        self.url = url
        self.version = version
        self.application = application
        self.base = BASES[version].replace(APP_ID, application.app_id)
        self.timeout = timeout

    def send(
        self,
        method: str,
        path: str,
        content: Any = None,
        *,
        query: dict[str, str] | None = None,
        **changed_headers: str | None,
    ) -> httpx.Response:
        """One request on a fresh connection; bytes are sent as they are, anything else as JSON."""
        account = {"accountId": self.application.account_id} if self.version == "v2" else {}
        own = {"iid": self.application.app_id, "accountId": self.application.account_id}
        if self.application is not PRETEND:
            own["auth"] = token(secret=self.application.client_secret, appId=self.application.client_id)
        raw = content if isinstance(content, bytes | None) else json.dumps(content).encode()
        return httpx.request(
            method,
            self.url + self.base + path,
            params=account | (query or {}),
            headers=headers(**{**own, **changed_headers}),
            content=raw,
            timeout=self.timeout,
            verify=False,  # noqa: S501  (no TLS here, and loading certificates costs more than the request)
        )

    def create(self, content: Any) -> httpx.Response:
        return self.send("POST", "/campaign", content, query={"campaignType": "voice"})

    def update(self, campaign_id: str, content: Any) -> httpx.Response:
        return self.send("PUT", f"/campaign/{campaign_id}", content, query={"campaignType": "voice"})

    def get(self, campaign_id: str) -> httpx.Response:
        return self.send("GET", f"/campaign/{campaign_id}")

    def list(self, **content: Any) -> httpx.Response:
        return self.send("POST", "/campaign/getAllCampaignDetails", {"type": "voice", **content})

    def status(self, campaign_id: str) -> httpx.Response:
        return self.send("POST", f"/campaign/{campaign_id}/status", {}, query={"view": "status"})

    def delete(self, campaign_id: str) -> httpx.Response:
        return self.send("DELETE", f"/campaign/{campaign_id}", query={"campaignType": "voice"})

    def contact_lists(self, method: str = "POST") -> httpx.Response:
        return self.send(method, "/campaign/contactList/getAllListDetails", query={"type": "call"})

    def queues(self) -> httpx.Response:
        return self.send("GET", "/queues")
