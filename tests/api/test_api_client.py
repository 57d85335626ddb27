from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import ssl
import subprocess
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import jwt
import pytest
from support.api_clock import InstantClock
from support.raw_server import (
    CLIENT_ID,
    SECRET,
    Behaviour,
    RawServer,
    answer,
    close,
    drip,
    flood,
    hang,
    reset,
    settings_for,
    written,
)

from bulkload.api.client import Client
from bulkload.errors import CredentialsError, NetworkError, ServiceError, SettingsError
from bulkload.model import ApiVersion, Busy, Created, Listed, Payload, Refused, Uncertain
from bulkload.settings import Settings

CREATE = Payload(5, "Welcome", ApiVersion.V2, {"name": "Welcome", "description": "Grüße 🎉"})
UPDATE = Payload(6, "Welcome", ApiVersion.V2, {"name": "Welcome"}, "cd/1 ä")
CREATE_V1, UPDATE_V1 = (replace(payload, version=ApiVersion.V1) for payload in (CREATE, UPDATE))
CREATED = answer(201, {"status": "success", "data": {"id": "cd-1", "status": "Preparing"}})
UNAUTHORISED = answer(401, {"errors": [{"msg": "Invalid SDK credentials", "code": 4002}]})


def with_server(
    use: Callable[[RawServer, Client], Awaitable[Any]], *behaviours: Behaviour, **settings: Any
) -> tuple[RawServer, Any]:
    """Run ``use`` against a raw server; what it returned, and the server for its requests."""

    async def everything() -> tuple[RawServer, Any]:
        async with RawServer(*behaviours) as server:
            clock = settings.pop("clock", None) or InstantClock()
            wall = settings.pop("wall", lambda: 1_795_000_000.0)
            async with Client(
                server.settings(**settings), clock=clock, wall=wall, jitter=lambda: 1.0
            ) as client:
                return server, await use(server, client)

    return asyncio.run(everything())


def sending(payload: Payload, *behaviours: Behaviour, **settings: Any) -> tuple[RawServer, Any]:
    return with_server(lambda _, client: client.send(payload), *behaviours, **settings)


def error_of(
    kind: type[Exception],
    use: Callable[[RawServer, Client], Awaitable[Any]],
    *behaviours: Behaviour,
    **settings: Any,
) -> str:
    with pytest.raises(kind) as caught:
        with_server(use, *behaviours, **settings)
    assert type(caught.value) in {kind, *kind.__subclasses__()}
    return str(caught.value)


# --- what is sent --------------------------------------------------------------------------------------

V1 = "/agentassist/api/v1/public/st-0603182c-7ffb-53c3-b307-47ca14b91234/campaign"
V2 = "/campaign/api/v2/public/st-0603182c-7ffb-53c3-b307-47ca14b91234/campaign"
ACCOUNT = ("accountId", "67777ce93e25326494e91234")
VOICE = ("campaignType", "voice")


@pytest.mark.parametrize(
    ("use", "version", "method", "path", "query"),
    [
        (lambda _, client: client.send(CREATE_V1), "v2", "POST", V1, [VOICE]),
        (lambda _, client: client.send(CREATE), "v1", "POST", V2, [ACCOUNT, VOICE]),
        (
            lambda _, client: client.send(replace(UPDATE, version=ApiVersion.V1)),
            "v2",
            "PUT",
            f"{V1}/cd%2F1%20%C3%A4",
            [VOICE],
        ),
        (lambda _, client: client.send(UPDATE), "v1", "PUT", f"{V2}/cd%2F1%20%C3%A4", [ACCOUNT, VOICE]),
        (lambda _, client: client.get(".."), "v2", "GET", f"{V2}/%2E%2E", [ACCOUNT]),
        (lambda _, client: client.get("cd-1"), "v1", "GET", f"{V1}/cd-1", []),
        (lambda _, client: client.campaigns(), "v1", "POST", f"{V1}/getAllCampaignDetails", []),
        (lambda _, client: client.campaigns(), "v2", "POST", f"{V2}/getAllCampaignDetails", [ACCOUNT]),
        (
            lambda _, client: client.contact_lists(),
            "v1",
            "POST",
            f"{V1}/contactList/getAllListDetails",
            [("type", "call")],
        ),
        (
            lambda _, client: client.contact_lists(),
            "v2",
            "POST",
            f"{V2}/contactList/getAllListDetails",
            [ACCOUNT, ("type", "call")],
        ),
    ],
)
def test_every_operation_goes_to_its_address_and_a_row_to_that_of_its_version(
    use, version, method, path, query
):
    reading = answer(200, {"data": {"id": "cd-1", "results": []}})
    server, _ = with_server(use, reading, api_version=ApiVersion(version))

    (request,) = server.requests
    assert (request.method, request.path, request.query) == (method, path, query)


def test_a_create_carries_the_documented_headers_and_its_body_as_it_is():
    server, reply = sending(CREATE, CREATED)

    (request,) = server.requests
    claims = jwt.decode(
        request.headers.pop("auth"),
        SECRET,
        algorithms=["HS256"],
        options={"verify_exp": False, "verify_iat": False},
    )
    assert claims["appId"] == CLIENT_ID
    assert request.headers == {
        "host": server.url.removeprefix("http://"),
        "accept": "*/*",
        "accept-encoding": "identity",
        "connection": "close",
        "user-agent": "bulkload",
        "iid": "st-0603182c-7ffb-53c3-b307-47ca14b91234",
        "accountid": "67777ce93e25326494e91234",
        "content-type": "application/json",
        "content-length": str(len(request.body)),
    }
    assert request.json == CREATE.body
    assert reply == Created("cd-1", "Preparing")


def test_a_read_without_a_body_has_no_content_type():
    server, found = with_server(lambda _, client: client.get("cd-1"), answer(200, {"data": {"_id": "cd-1"}}))
    assert "content-type" not in server.requests[0].headers
    assert found == {"_id": "cd-1"}


def test_every_request_has_a_token_of_its_own_retries_included():
    async def use(_: RawServer, client: Client) -> None:
        await client.send(CREATE)
        await client.send(CREATE)
        await client.campaigns()

    server, _ = with_server(
        use, UNAUTHORISED, CREATED, CREATED, close, answer(200, {"data": {"results": []}})
    )

    tokens = [request.headers["auth"] for request in server.requests]
    jtis = {jwt.decode(token, options={"verify_signature": False})["jti"] for token in tokens}
    assert len(jtis) == len(tokens) == 5


def test_requests_are_counted_whatever_became_of_them():
    async def use(_: RawServer, client: Client) -> int:
        await client.send(CREATE)
        await client.send(CREATE)
        return client.requests_sent

    assert with_server(use, UNAUTHORISED, CREATED, reset)[1] == 3


# --- lost answers, on real sockets -----------------------------------------------------------------------

BROKE = Uncertain("the connection broke before the answer was complete")
LATE = Uncertain("no answer came in time")
HEAD = b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
BODY = b'{"data": {"id": "cd-1"}}'


@pytest.mark.parametrize(
    ("behaviour", "reply"),
    [
        (reset, BROKE),
        (close, BROKE),
        (written(b"HTTP/1.1 201 Cre"), BROKE),
        (written(HEAD), BROKE),
        (written(HEAD + b"Content-Length: 24\r\n\r\n" + BODY[:12]), BROKE),
        (written(HEAD + b"Transfer-Encoding: chunked\r\n\r\n18\r\n" + BODY), BROKE),
        (written(b"\x00\xff garbage\r\n\r\n"), BROKE),
        (written(HEAD + b"X: " + b"x" * 200_000 + b"\r\n\r\n"), BROKE),
        (written(HEAD + b"\r\n" + BODY[:12]), Uncertain("the service's answer (201) was broken", 201)),
        (hang, LATE),
        (drip(b"HTTP/1.1 201 Created\r\nX:", 0.01), LATE),
        (drip(HEAD + b"\r\n" + BODY, 0.01), LATE),
        (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n"), LATE),
        (written(HEAD + b"\r\n" + BODY), Created("cd-1")),
        (written(b"HTTP/1.1 100 Continue\r\n\r\n" + HEAD + b"\r\n" + BODY), Created("cd-1")),
        (
            answer(503, "Service Unavailable"),
            Uncertain('the service answered 503 ("Service Unavailable")', 503),
        ),
        (answer(204), Uncertain("the answer holds no campaign ID that can be one", 204)),
        (answer(400, {"message": "no such queue"}), Refused("no such queue", 400)),
    ],
)
def test_a_create_is_tried_once_and_a_lost_answer_proves_nothing(behaviour, reply):
    server, found = sending(CREATE, behaviour, timeout=0.5)
    assert found == reply
    assert len(server.requests) == 1


def test_a_refused_connection_proves_that_nothing_left():
    async def use() -> Any:
        async with RawServer(CREATED) as server:
            gone = server.settings()
        async with Client(gone) as client:
            return await client.send(CREATE)

    assert asyncio.run(use()) == Busy("the service refused the connection")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (written(b"220 this is a mail server\r\n"), "no secure connection could be agreed on"),
        (hang, "no connection could be made in time"),
        (reset, "no connection could be made"),
    ],
)
def test_a_failed_tls_handshake_proves_that_nothing_left(behaviour, reason):
    async def use() -> Any:
        async with RawServer(behaviour, reads=False) as server:
            settings = server.settings(host=server.url.replace("http:", "https:"), timeout=0.3)
            async with Client(settings) as client:
                return await client.send(CREATE)

    assert asyncio.run(use()) == Busy(reason)


def test_a_cancelled_create_stays_cancelled():
    async def use(server: RawServer, client: Client) -> None:
        task = asyncio.ensure_future(client.send(CREATE))
        await server.arrived.wait()
        task.cancel()
        await task

    with pytest.raises(asyncio.CancelledError):
        with_server(use, hang)


# --- leaving -------------------------------------------------------------------------------------------


def test_leaving_is_called_right_before_each_request():
    seen: list[int] = []

    async def use(server: RawServer, client: Client) -> Any:
        return await client.send(CREATE, lambda: seen.append(len(server.requests)))

    _, reply = with_server(use, UNAUTHORISED, CREATED)
    assert reply == Created("cd-1", "Preparing")
    assert seen == [0, 1]


def test_what_leaving_raises_comes_out_and_nothing_leaves():
    def full_disk() -> None:
        raise OSError(28, "No space left on device")

    async def use(server: RawServer, client: Client) -> int:
        with pytest.raises(OSError, match="No space left"):
            await client.send(CREATE, full_disk)
        return len(server.requests) + client.requests_sent

    assert with_server(use, CREATED)[1] == 0


def test_a_create_that_is_cancelled_while_it_waits_for_its_turn_was_not_leaving():
    left: list[str] = []

    async def use(server: RawServer, client: Client) -> int:
        first = asyncio.ensure_future(client.send(CREATE, lambda: left.append("first")))
        await server.arrived.wait()
        second = asyncio.ensure_future(client.send(CREATE, lambda: left.append("second")))
        await asyncio.sleep(0)
        for task in (first, second):
            task.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        return len(server.requests)

    assert with_server(use, hang, rate=1)[1] == 1
    assert left == ["first"]


# --- credentials ---------------------------------------------------------------------------------------


def test_a_refused_token_is_tried_once_more_and_then_stops_the_run():
    said = error_of(CredentialsError, lambda _, client: client.send(CREATE), UNAUTHORISED)
    assert said == (
        'The service does not accept the credentials ("Invalid SDK credentials"). Check BULKLOAD_CLIENT_ID, '
        "BULKLOAD_CLIENT_SECRET and BULKLOAD_APP_ID against the app's page at Kore.ai."
    )


def test_a_refused_token_beside_a_wrong_clock_says_so():
    dated = answer(401, {"message": "jwt expired"}, {"Date": "Wed, 18 Nov 2026 13:06:40 GMT"})
    said = error_of(CredentialsError, lambda _, client: client.campaigns(), dated)
    assert said.endswith(
        " This computer's clock is about 120 minutes behind the service's, which alone can be the reason: "
        "set it right."
    )


@pytest.mark.parametrize(
    "use", [lambda _, client: client.send(CREATE), lambda _, c: c.campaigns(), lambda _, c: c.contact_lists()]
)
def test_a_missing_scope_stops_the_run_at_once(use):
    refusal = answer(401, {"errors": [{"msg": "Permission denied. Scope is incorrect!"}]})
    said = error_of(CredentialsError, use, refusal, hang, timeout=1)
    assert 'Add the scope "Campaign Management"' in said


def test_a_redirect_is_not_followed_and_the_token_stays_here():
    async def use() -> list[Any]:
        async with (
            RawServer(CREATED) as elsewhere,
            RawServer(answer(307, b"", {"Location": elsewhere.url + "/campaign"})) as server,
        ):
            async with Client(server.settings()) as client:
                with pytest.raises(ServiceError, match=r"The service redirects to 127\.0\.0\.1"):
                    await client.send(CREATE)
            return elsewhere.requests

    assert asyncio.run(use()) == []


# --- the rate limit ------------------------------------------------------------------------------------


def test_a_rate_limit_answer_closes_the_gate_for_everybody_and_is_handed_back():
    clock = InstantClock()

    async def use(_: RawServer, client: Client) -> Any:
        first = await client.send(CREATE)
        return first, await client.campaigns()

    limited = answer(429, "slow down", {"Retry-After": "17"})
    _, (reply, campaigns) = with_server(use, limited, answer(200, {"data": {"results": []}}), clock=clock)

    assert reply == Busy("the account's rate limit was reached", 17.0, limited=True)
    assert clock.slept == [pytest.approx(17.0, abs=0.5)]
    assert campaigns == ()


def test_a_read_waits_out_the_rate_limit_by_itself():
    clock = InstantClock()
    limited = answer(200, {"message": "Rate limit for this API has been reached. Please try again later"})
    found = answer(200, {"data": {"results": []}})

    server, campaigns = with_server(
        lambda _, client: client.campaigns(), limited, limited, limited, limited, limited, found, clock=clock
    )

    assert campaigns == ()
    assert len(server.requests) == 6
    assert sum(clock.slept) == pytest.approx(5 * 60.0, rel=0.01)


def test_a_read_that_meets_nothing_but_the_rate_limit_ends():
    said = error_of(ServiceError, lambda _, client: client.campaigns(), answer(429))
    assert said == (
        "The account's rate limit was reached 20 times in a row, although we waited each time. "
        "Other programs seem to use all of it: try again later, or lower BULKLOAD_RATE."
    )


# --- reads ---------------------------------------------------------------------------------------------

ROW = {"_id": "cd-1", "name": "Welcome", "status": "Ready"}
LISTING = answer(200, {"status": "success", "data": {"results": [ROW], "totalResults": 1, "hasMore": False}})


@pytest.mark.parametrize(
    "trouble", [reset, close, hang, answer(503), answer(408), written(HEAD), answer(200, "{")]
)
def test_a_read_is_tried_again_with_growing_waits(trouble):
    clock = InstantClock()
    server, campaigns = with_server(
        lambda _, client: client.campaigns(), trouble, trouble, trouble, LISTING, clock=clock, timeout=0.3
    )
    assert campaigns == (Listed("cd-1", "Welcome", "Ready"),)
    assert len(server.requests) == 4
    assert clock.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("trouble", "kind", "said"),
    [
        (
            reset,
            NetworkError,
            (
                " could not be reached: the connection broke before the answer was complete. Try again; if it goes on, "
                "ask whoever runs your network or look at Kore.ai's status page."
            ),
        ),
        (
            hang,
            NetworkError,
            (
                " could not be reached: no answer came in time. Try again; if it goes on, "
                "ask whoever runs your network or look at Kore.ai's status page."
            ),
        ),
        (
            answer(502, "<html><title>502 Bad Gateway</title></html>"),
            ServiceError,
            (
                "The service did not show the list of campaigns: a web page came instead of an answer (502) "
                '("502 Bad Gateway"). Check that BULKLOAD_HOST is the address of Kore.ai\'s platform; if it is, '
                "try again later."
            ),
        ),
        (
            answer(404, {"message": "No such app."}),
            ServiceError,
            (
                "The service refused to show the list of campaigns: No such app. "
                "Check BULKLOAD_HOST, BULKLOAD_APP_ID and BULKLOAD_ACCOUNT_ID."
            ),
        ),
    ],
)
def test_a_read_that_fails_for_good_says_what_to_do(trouble, kind, said):
    assert error_of(kind, lambda _, client: client.campaigns(), trouble, timeout=0.2).endswith(said)


def test_an_address_where_nobody_listens_is_named():
    async def use() -> None:
        async with RawServer(CREATED) as server:
            gone = server.settings()
        async with Client(gone, clock=InstantClock()) as client:
            await client.campaigns()

    with pytest.raises(NetworkError) as caught:
        asyncio.run(use())
    assert str(caught.value).startswith("http://127.0.0.1:")
    assert str(caught.value).endswith(
        " could not be reached: the service refused the connection. "
        "Check that this computer is online and that BULKLOAD_HOST is right, then try again."
    )


@pytest.mark.parametrize(
    ("behaviour", "found"),
    [
        (answer(200, {"data": {"_id": "cd-1", "status": "Ready"}}), {"_id": "cd-1", "status": "Ready"}),
        (answer(200, {"data": []}), None),
        (answer(400, {"errors": [{"msg": "Campaign not found"}]}), None),
        (answer(404, {"message": "Campaign not found"}), None),
    ],
)
def test_one_campaign_is_shown_or_not_known(behaviour, found):
    assert with_server(lambda _, client: client.get("cd-1"), behaviour)[1] == found


@pytest.mark.parametrize(
    ("behaviour", "is_answering"),
    [
        (LISTING, True),
        (answer(404, {"message": "no such app"}), True),
        (answer(503), False),
        (answer(429), False),
        (reset, False),
    ],
)
def test_a_probe_asks_once_whether_the_service_answers(behaviour, is_answering):
    server, found = with_server(lambda _, client: client.is_answering(), behaviour)
    assert found is is_answering
    assert len(server.requests) == 1


LISTS = answer(
    200, {"status": "success", "data": [{"name": "A"}, {"name": "B", "status": "Ready"}, {"id": 1}, 7]}
)


@pytest.mark.parametrize(
    ("behaviours", "found", "methods"),
    [
        ([LISTS], ("A", "B"), ["POST"]),
        ([answer(404, {"message": "Cannot POST"}), LISTS], ("A", "B"), ["POST", "GET"]),
        ([answer(405, {"message": "no"}), LISTS], ("A", "B"), ["POST", "GET"]),
        ([answer(405), answer(405), answer(405), answer(405), LISTS], ("A", "B"), ["POST"] * 4 + ["GET"]),
        ([answer(404, {"message": "no"}), answer(404, {"message": "no"})], None, ["POST", "GET"]),
        ([answer(200, {"data": {"lists": []}})], None, ["POST"]),
        ([answer(500)], None, ["POST"] * 4),
        ([close], None, ["POST"] * 4),
        ([answer(302, b"", {"Location": "https://elsewhere.example"})], None, ["POST"]),
    ],
)
def test_contact_lists_are_asked_for_by_post_and_then_get_and_missed_without_harm(behaviours, found, methods):
    server, names = with_server(lambda _, client: client.contact_lists(), *behaviours)
    assert names == found
    assert [request.method for request in server.requests] == methods


def test_the_listing_pages_on_by_skip_and_page_together():
    rows = [{"_id": f"cd-{number}", "name": f"N{number}"} for number in range(120)]
    pages = [
        answer(
            200, {"data": {"results": rows[start : start + 50], "totalResults": 120, "hasMore": start < 100}}
        )
        for start in (0, 50, 100)
    ]

    server, campaigns = with_server(lambda _, client: client.campaigns(), *pages)

    assert [campaign.campaign_id for campaign in campaigns] == [f"cd-{number}" for number in range(120)]
    common = {"limit": 50, "type": "voice", "sortBy": {"createdAt": "desc"}}
    assert [request.json for request in server.requests] == [
        {**common, "skip": 0, "page": 1},
        {**common, "skip": 50, "page": 2},
        {**common, "skip": 100, "page": 3},
    ]


# --- a hostile service -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "behaviour",
    [
        flood(HEAD + b"\r\n", b'{"x": "' + b"y" * 60_000),
        flood(HEAD + b"Content-Length: 99999999999\r\n\r\n", b" " * 60_000),
        flood(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"ea60\r\n" + b"[" * 60_000 + b"\r\n"),
    ],
)
def test_a_body_without_end_is_read_to_a_bound(behaviour):
    _, reply = sending(CREATE, behaviour, timeout=10)
    assert isinstance(reply, Uncertain)
    assert reply.http_status == 201


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate", " GZIP "])
def test_an_answer_that_was_packed_on_the_way_is_read(encoding):
    packed = zlib.compress(BODY) if encoding == "deflate" else gzip.compress(BODY)
    assert sending(CREATE, answer(201, packed, {"Content-Encoding": encoding}))[1] == Created("cd-1")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", lambda: gzip.compress(b" " * 100_000_000, compresslevel=1)),
        ("gzip, gzip", lambda: gzip.compress(gzip.compress(BODY))),
        ("gzip", lambda: b"not packed at all"),
        ("br", lambda: b"\x8b\x02\x80"),
    ],
    ids=["bomb", "twice", "broken", "unknown"],
)
def test_an_answer_that_cannot_be_unpacked_within_bounds_proves_nothing(encoding, pack):
    reply = sending(CREATE, answer(201, pack(), {"Content-Encoding": encoding}))[1]
    assert reply == Uncertain(reply.reason, 201)


# --- settings and the way out ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app_id", "account_id"])
@pytest.mark.parametrize("value", ["st-\u2011 1", "st\n1", "a b", "st-\x00"])
def test_an_id_that_no_header_can_carry_is_a_wrong_setting(name, value):
    with pytest.raises(SettingsError, match=f"BULKLOAD_{name.upper()} is .* holds characters that no ID has"):
        Client(settings_for("http://127.0.0.1:1", **{name: value}))


def entering(settings: Settings) -> None:
    async def use() -> None:
        async with Client(settings):
            pass

    asyncio.run(use())


@pytest.mark.parametrize(
    "host", ["https://host:99999999", "https://xn--a.\u200b", "https://[::1", "https://a\x00b"]
)
def test_an_address_that_is_none_is_a_wrong_setting(host):
    with pytest.raises(SettingsError, match=r"BULKLOAD_HOST is .* not an address of a server"):
        entering(settings_for(host))


@pytest.mark.parametrize("proxy", ["ftp://u:hidden-password@proxy", "socks5://u:hidden-password@proxy:1080"])
def test_a_proxy_that_cannot_be_used_is_a_wrong_setting_and_its_password_is_not_shown(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingsError) as caught:
        entering(settings_for("https://platform.example"))
    assert str(caught.value) == (
        "The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names can't be used. "
        "Give an address such as http://proxy.example.com:8080, or remove the variable."
    )


def test_no_proxy_stands_between_this_machine_and_itself(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert sending(CREATE, CREATED)[1] == Created("cd-1", "Preparing")


@pytest.mark.parametrize(
    ("behaviour", "reply"),
    [
        (answer(407, "who are you?"), Busy("the proxy on the way refused the connection")),
        (written(b"HTTP/1.1 200 OK\r\n\r\nno TLS here"), Busy("no secure connection could be agreed on")),
        (close, Busy("no connection could be made")),
    ],
)
def test_the_offices_proxy_is_used_and_asking_it_is_not_yet_the_request(monkeypatch, behaviour, reply):
    async def use() -> Any:
        async with RawServer(behaviour) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            async with Client(settings_for("https://platform.example")) as client:
                return await client.send(CREATE), [(ask.method, ask.target) for ask in proxy.requests]

    assert asyncio.run(use()) == (reply, [("CONNECT", "platform.example:443")])


def test_a_client_that_is_not_open_sends_nothing():
    client = Client(settings_for("http://127.0.0.1:1"))
    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(client.send(CREATE))


def test_json_that_no_service_would_understand_is_never_sent():
    with pytest.raises(ValueError, match="Out of range float"):
        sending(Payload(5, "x", ApiVersion.V2, {"maxSkips": float("nan")}), CREATED)
    assert json.loads("{}") == {}


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_a_certificate_is_trusted_only_where_the_office_says_so(tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*made, "-keyout", key, "-out", certificate, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def use() -> Any:
        async with RawServer(CREATED, tls=context) as server:
            async with Client(server.settings()) as client:
                strange = await client.send(CREATE)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            async with Client(server.settings()) as client:
                return strange, await client.send(CREATE), len(server.requests)

    assert asyncio.run(use()) == (
        Busy("the certificate of the service is not trusted"),
        Created("cd-1", "Preparing"),
        1,
    )
