from __future__ import annotations

import asyncio

import pytest
from support.fakes.api_clock import InstantClock
from support.fakes.raw_calls import (
    HEAD,
    error_of,
    with_server,
)
from support.fakes.raw_server import (
    Behaviour,
    answer,
    close,
    hang,
    nobody,
    reset,
    settings_for,
    written,
)

from bulkload.errors import NetworkError, ServiceError
from bulkload.kore.client import Client
from bulkload.model import RemoteCampaign

ROW = {"_id": "cd-1", "name": "Welcome", "status": "Ready"}
LISTING = answer(200, {"status": "success", "data": {"results": [ROW], "totalResults": 1, "hasMore": False}})


def patience(trouble: Behaviour) -> float:
    """Seconds for a request: where an answer comes, more than any machine needs."""
    return 1.5 if trouble is hang else 60.0


@pytest.mark.parametrize(
    "trouble",
    [
        reset,
        close,
        hang,
        answer(503),
        answer(408),
        written(HEAD),
        answer(200, "{"),
        answer(200, {"status": "success", "data": {}}),
        answer(200, {"status": "success", "data": [{"status": "failed", "reason": "Not now"}]}),
    ],
)
def test_a_read_is_tried_again_with_growing_waits(trouble):
    clock = InstantClock()
    server, campaigns = with_server(
        lambda _, client: client.campaigns(),
        *(trouble, trouble, trouble, LISTING),
        clock=clock,
        timeout=patience(trouble),
    )
    assert campaigns == (RemoteCampaign("cd-1", "Welcome", "Ready"),)
    assert len(server.requests) == 4
    assert clock.slept == [0.5, 1.0, 2.0]


@pytest.mark.parametrize(
    ("trouble", "kind", "said"),
    [
        (
            reset,
            NetworkError,
            (
                " could not be reached: the connection broke before the answer was complete. Try again. If it goes on, "
                "ask your network's administrator or look at Kore.ai's status page."
            ),
        ),
        (
            hang,
            NetworkError,
            (
                " could not be reached: no answer came in time. Try again. If it goes on, "
                "ask your network's administrator or look at Kore.ai's status page."
            ),
        ),
        (
            answer(502, "<html><title>502 Bad Gateway</title></html>"),
            ServiceError,
            (
                "The service did not show the list of campaigns: a web page came instead of an answer (502) "
                '("502 Bad Gateway"). Check that the setting host is the address of Kore.ai\'s platform. If it is, '
                "try again later."
            ),
        ),
        (
            answer(404, {"message": "No such app."}),
            ServiceError,
            (
                "The service refused to show the list of campaigns: No such app. "
                "Check the setting host, the setting app id and the setting account id. Campaigns exist only in the "
                "US and Japan regions, once Kore.ai's support has switched them on."
            ),
        ),
    ],
)
def test_a_read_that_fails_for_good_says_what_to_do(trouble, kind, said):
    assert error_of(kind, lambda _, client: client.campaigns(), trouble, timeout=patience(trouble)).endswith(
        said
    )


def test_an_address_where_nobody_listens_is_named():
    async def use() -> None:
        with nobody() as address:
            async with Client(settings_for(address), clock=InstantClock()) as client:
                await client.campaigns()

    with pytest.raises(NetworkError) as caught:
        asyncio.run(use())
    assert str(caught.value).startswith("http://127.0.0.1:")
    assert str(caught.value).endswith(
        " could not be reached: the service refused the connection. "
        "Check that this computer is online and that the setting host is right, then try again."
    )


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


ACCOUNT_LISTS_OPTION = answer(
    200, {"status": "success", "data": [{"name": "A"}, {"name": "B", "status": "Ready"}, {"id": 1}, 7]}
)


@pytest.mark.parametrize(
    ("behaviours", "found", "methods"),
    [
        ([ACCOUNT_LISTS_OPTION], ("A", "B"), ["POST"]),
        ([answer(404, {"message": "Cannot POST"}), ACCOUNT_LISTS_OPTION], ("A", "B"), ["POST", "GET"]),
        ([answer(405, {"message": "no"}), ACCOUNT_LISTS_OPTION], ("A", "B"), ["POST", "GET"]),
        ([answer(400, {"message": "no body"}), ACCOUNT_LISTS_OPTION], ("A", "B"), ["POST", "GET"]),
        ([answer(200, {"data": [{"name": "A"}], "hasMore": True})], None, ["POST"]),
        ([answer(200, {"data": [{"name": "A"}], "totalResults": 2})], None, ["POST"]),
        (
            [answer(405), answer(405), answer(405), answer(405), ACCOUNT_LISTS_OPTION],
            ("A", "B"),
            ["POST"] * 4 + ["GET"],
        ),
        ([answer(404, {"message": "no"}), answer(404, {"message": "no"})], None, ["POST", "GET"]),
        ([answer(200, {"data": {"lists": []}})], None, ["POST"]),
        ([answer(200, {"data": [{"status": "failed", "reason": "Not now"}]})], None, ["POST"]),
        ([answer(200, {"data": []})], (), ["POST"]),
        ([answer(500)], None, ["POST"] * 4),
        ([close], None, ["POST"] * 4),
        ([answer(302, b"", {"Location": "https://elsewhere.example"})], None, ["POST"]),
    ],
)
def test_contact_lists_are_requested_by_post_then_get_and_may_be_missing(behaviours, found, methods):
    server, lists = with_server(lambda _, client: client.contact_lists(), *behaviours)
    assert (None if lists is None else tuple(one.name for one in lists)) == found
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
