from __future__ import annotations

import asyncio
import contextlib
import logging
import traceback

import pytest
from support.fakes.api_clock import InstantClock
from support.fakes.raw_server import SECRET, RawServer, answer, close, hang, reset, written

from bulkload.kore.client import Client
from bulkload.model import ApiVersion, Payload

CREATE = Payload(5, "Welcome", ApiVersion.V2, {"name": "Welcome"})


def test_no_secret_or_token_reaches_an_error_log_or_repr(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    shown: list[str] = []

    async def use() -> set[str]:
        async with RawServer(close) as server:
            for behaviour in (
                reset,
                hang,
                written(b"HTTP/1.1 200"),
                answer(401, {"message": "Invalid token"}),
                answer(403, {"message": "no"}),
                answer(302, b"", {"Location": "https://elsewhere.example/"}),
                answer(500, "down"),
                answer(429, "slow down"),
            ):
                server.behaviours = [behaviour]
                timeout = 1.0 if behaviour is hang else 60.0  # what answers, is heard on any machine
                async with Client(server.settings(timeout=timeout), clock=InstantClock()) as client:
                    for call in (client.send(CREATE), client.campaigns(), client.contact_lists()):
                        try:
                            shown.append(repr(await call))
                        except Exception:  # noqa: BLE001  (whatever it is, it must not show a secret)
                            shown.append(traceback.format_exc())
                    shown.append(
                        f"{client!r} {vars(client)!r} {vars(client._requester)!r} {server.settings()!r}"
                    )
            return {request.headers["auth"] for request in server.requests}

    tokens = asyncio.run(use())

    everything = "\n".join(shown) + caplog.text
    assert len(tokens) > 30
    assert SECRET not in everything
    assert not [token for token in tokens if token in everything]


def test_a_token_that_the_service_sends_back_is_not_repeated():
    async def use() -> str:
        async with RawServer(close) as server, Client(server.settings(), clock=InstantClock()) as client:
            with contextlib.suppress(Exception):
                await client.campaigns()
            token = server.requests[-1].headers["auth"]
            server.behaviours = [answer(400, {"errors": [{"msg": f"Bad token {token}", "got": token}]})]
            return repr(await client.send(CREATE))

    assert asyncio.run(use()) == (
        "Refused(message='Bad token (token) (whole answer: "
        '{"errors": [{"msg": "Bad token (token)", "got": "(token)"}]})\', http_status=400, '
        "says_name_exists=False, campaign_id=None)"
    )
