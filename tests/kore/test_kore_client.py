from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import jwt
import pytest
from support.fakes.api_clock import InstantClock
from support.fakes.raw_calls import (
    CREATE,
    CREATE_V1,
    CREATED,
    UNAUTHORISED,
    UPDATE,
    error_of,
    sending,
    with_server,
)
from support.fakes.raw_server import (
    CLIENT_ID,
    SECRET,
    RawServer,
    answer,
    close,
    hang,
)

from bulkload.errors import CredentialsError, ServiceError
from bulkload.kore.client import Client
from bulkload.model import ApiVersion, ContactList, Created, RetryLater, Uncertain

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
        (
            lambda _, client: client.send(replace(UPDATE, campaign_id="..")),
            "v1",
            "PUT",
            f"{V2}/%2E%2E",
            [ACCOUNT, VOICE],
        ),
        (lambda _, client: client.delete("cd-1"), "v1", "DELETE", f"{V1}/cd-1", [VOICE]),
        (lambda _, client: client.delete("cd-1"), "v2", "DELETE", f"{V2}/cd-1", [ACCOUNT, VOICE]),
        (lambda _, client: client.campaign("cd-1"), "v1", "GET", f"{V1}/cd-1", []),
        (lambda _, client: client.campaign("cd/1"), "v2", "GET", f"{V2}/cd%2F1", [ACCOUNT]),
        (lambda _, client: client.queues(), "v1", "GET", V1.replace("/campaign", "/queues"), []),
        (lambda _, client: client.queues(), "v2", "GET", V1.replace("/campaign", "/queues"), []),
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
def test_every_operation_uses_its_address_and_rows_that_of_their_version(use, version, method, path, query):
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
    server, found = with_server(
        lambda _, client: client.contact_lists(),
        answer(405, {"message": "Cannot POST"}),
        answer(200, {"data": [{"name": "A"}]}),
    )
    assert [request.method for request in server.requests] == ["POST", "GET"]
    assert ["content-type" in request.headers for request in server.requests] == [True, False]
    assert found == (ContactList("A"),)


def test_every_request_has_a_token_of_its_own_retries_included():
    async def use(_: RawServer, client: Client) -> None:
        await client.send(CREATE)
        await client.send(CREATE)
        await client.campaigns()

    server, _ = with_server(
        use, CREATED, CREATED, UNAUTHORISED, close, answer(200, {"data": {"results": []}})
    )

    tokens = [request.headers["auth"] for request in server.requests]
    jtis = {jwt.decode(token, options={"verify_signature": False})["jti"] for token in tokens}
    assert len(jtis) == len(tokens) == 5


# --- on_send -------------------------------------------------------------------------------------------


def test_on_send_is_called_once_right_before_the_request():
    seen: list[int] = []

    async def use(server: RawServer, client: Client) -> Any:
        created = await client.send(CREATE, lambda: seen.append(len(server.requests)))
        return created, await client.delete("cd-1", lambda: seen.append(len(server.requests)))

    _, replies = with_server(use, CREATED)
    assert replies == (Created("cd-1", "Preparing"), Created("cd-1", "Preparing"))
    assert seen == [0, 1]


def test_what_on_send_raises_comes_out_and_nothing_leaves():
    def full_disk() -> None:
        raise OSError(28, "No space left on device")

    async def use(server: RawServer, client: Client) -> int:
        with pytest.raises(OSError, match="No space left"):
            await client.send(CREATE, full_disk)
        return len(server.requests)

    assert with_server(use, CREATED)[1] == 0


def test_create_cancelled_while_waiting_for_its_turn_was_not_sent():
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


CHECK = (
    "Check the setting client id, the setting client secret, the setting app id and the setting account id against "
    "the app's page at Kore.ai."
)
WRITES = [
    lambda _, client: client.send(CREATE),
    lambda _, client: client.send(UPDATE),
    lambda _, client: client.delete("cd-1"),
]


def test_refused_token_of_a_read_is_retried_once_then_stops_run():
    said = error_of(CredentialsError, lambda _, client: client.campaigns(), UNAUTHORISED)
    assert said == f'The service does not accept the credentials ("Invalid SDK credentials"). {CHECK}'
    server, found = with_server(
        lambda _, client: client.campaigns(), UNAUTHORISED, answer(200, {"data": {"results": []}})
    )
    assert (len(server.requests), found) == (2, ())


@pytest.mark.parametrize("use", WRITES)
def test_a_write_is_never_sent_again_after_a_refused_token(use):
    server, reply = with_server(use, UNAUTHORISED, CREATED)
    assert len(server.requests) == 1
    assert isinstance(reply, Uncertain)
    assert (reply.http_status, reply.stops, reply.words) == (401, True, "Invalid SDK credentials")
    assert reply.stop_reason is not None
    assert reply.stop_reason.exit_status == 4


@pytest.mark.parametrize("use", WRITES)
@pytest.mark.parametrize(
    "stopping",
    [
        answer(303, b"", {"Location": "/login"}),
        answer(307, b"", {"Location": "https://elsewhere.example/"}),
        answer(403, "<html><title>Blocked</title></html>"),
        answer(401, {"errors": [{"msg": "Permission denied. Scope is incorrect!"}]}),
        answer(200, "<html><title>Sign in</title><input type=password></html>"),
    ],
)
def test_what_would_stop_every_row_leaves_the_write_in_doubt(use, stopping):
    server, reply = with_server(use, stopping)
    assert len(server.requests) == 1
    assert isinstance(reply, Uncertain)
    assert reply.stops
    assert reply.stop_reason is not None


def test_a_refused_token_beside_a_wrong_clock_says_so():
    dated = answer(401, {"message": "jwt expired"}, {"Date": "Wed, 18 Nov 2026 13:06:40 GMT"})
    said = error_of(CredentialsError, lambda _, client: client.campaigns(), dated)
    assert said == (
        'The service does not accept the credentials ("jwt expired"). This computer\'s clock is about 120 minutes '
        "behind the service's clock. Set this computer's clock, then try again."
    )


@pytest.mark.parametrize("use", [lambda _, c: c.campaigns(), lambda _, c: c.contact_lists()])
def test_a_missing_scope_stops_the_run_at_once(use):
    refusal = answer(401, {"errors": [{"msg": "Permission denied. Scope is incorrect!"}]})
    said = error_of(CredentialsError, use, refusal, hang, timeout=30)
    assert 'Add the scope "Campaign Management"' in said


def test_a_redirect_is_not_followed_and_the_token_stays_here():
    async def use() -> list[Any]:
        async with (
            RawServer(CREATED) as elsewhere,
            RawServer(answer(307, b"", {"Location": elsewhere.url + "/campaign"})) as server,
        ):
            async with Client(server.settings()) as client:
                assert isinstance(await client.send(CREATE), Uncertain)
                with pytest.raises(ServiceError, match=r"The service redirects to 127\.0\.0\.1"):
                    await client.campaigns()
            return elsewhere.requests

    assert asyncio.run(use()) == []


def test_no_cookie_is_kept():
    setting = {"Set-Cookie": "session=stolen; Path=/"}
    created = answer(201, {"status": "success", "data": {"id": "cd-1"}}, setting)

    async def use(server: RawServer, client: Client) -> list[bool]:
        await client.send(CREATE)
        await client.send(CREATE)
        return ["cookie" in request.headers for request in server.requests]

    assert with_server(use, created)[1] == [False, False]


# --- the rate limit ------------------------------------------------------------------------------------


def test_rate_limit_answer_closes_the_gate_and_is_returned():
    clock = InstantClock()

    async def use(_: RawServer, client: Client) -> Any:
        first = await client.send(CREATE)
        return first, await client.campaigns()

    limited = answer(429, "slow down", {"Retry-After": "17"})
    _, (reply, campaigns) = with_server(use, limited, answer(200, {"data": {"results": []}}), clock=clock)

    assert reply == RetryLater("the account's rate limit was reached", 17.0, limited=True)
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
        "The account's rate limit was reached 20 times in a row, although each time we waited. "
        "Other programs seem to use all of it. Try again later, or lower the setting rate."
    )
