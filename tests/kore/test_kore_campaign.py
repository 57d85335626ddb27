"""One campaign's document proves itself, or nothing is known; lists and queues are believed where all are shown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support.fakes.raw_calls import UNAUTHORISED, error_of, with_server
from support.fakes.raw_server import answer, close

from bulkload.errors import CredentialsError, NetworkError, ServiceError
from bulkload.kore.remote import read_document, read_source
from bulkload.model import ApiVersion, ContactList, Missing, RemoteCampaign, Unreadable

SAMPLES = Path(__file__).parents[1] / "api_samples"
PRINTED = json.loads((SAMPLES / "get-voice-v2.answer.json").read_text(encoding="utf-8"))
CAMPAIGN_ID = PRINTED["data"]["_id"]
READ = read_document(PRINTED["data"], ApiVersion.V2)
ROW = {
    "_id": CAMPAIGN_ID,
    "name": PRINTED["data"]["name"],
    "dialingMode": "Agentless",
    "connection": "Voice Survey Entry Flow",
    "campaignInstanceId": "cid-1",
}
LISTING = {"data": {"results": [ROW], "totalResults": 1, "hasMore": False}}


def ask(*behaviours: Any) -> Any:
    return with_server(lambda _, client: client.campaign(CAMPAIGN_ID), *behaviours)[1]


def changed(**values: Any) -> dict[str, Any]:
    return {**PRINTED, "data": PRINTED["data"] | values}


def test_document_is_read_alone_and_with_its_latest_listing_row():
    async def use(_: Any, client: Any) -> Any:
        alone = await client.campaign(CAMPAIGN_ID)
        await client.campaigns()
        return alone, await client.campaign(CAMPAIGN_ID)

    _, (alone, whole) = with_server(use, answer(200, PRINTED), answer(200, LISTING), answer(200, PRINTED))
    assert alone == READ
    assert whole == replace(READ, connection="Voice Survey Entry Flow", campaign_instance_id="cid-1")
    assert whole.experience_flow == "Voice Survey Entry Flow"


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, changed(_id="cd-another"), "the answer is about another campaign"),
        (200, changed(dialingStrategy=None), "the answer has no ID, name, caller ID or calling hours"),
        (200, changed(dialingStrategy={"callerId": {"phoneNumber": "+1"}}),
         "the answer has no ID, name, caller ID or calling hours"),
        (200, changed(dialingMode=None, format="simple"), "it is an SMS campaign"),
        (200, {"status": "success", "data": [PRINTED["data"]]}, "the answer is not about one campaign"),
        (201, PRINTED, "the answer does not have the documented form"),
        (206, PRINTED, "the answer does not have the documented form"),
        (200, {"data": {"_id": CAMPAIGN_ID}, "errors": [{"msg": "x" * 300}]},
         f'the service refused to show it ("{"x" * 199}…")'),
        (200, {"data": None}, "the answer does not have the documented form"),
        (404, {"message": "Not Found"}, 'the service refused to show it ("Not Found")'),
        (404, {"message": "Cannot GET /campaign/x"}, 'the service refused to show it ("Cannot GET /campaign/x")'),
        (404, "<html><title>404 Not Found</title></html>",
         'a web page came instead of an answer (404) ("404 Not Found")'),
        (400, {"errors": [{"msg": "Queue not found", "code": 400}]},
         'the service refused to show it ("Queue not found")'),
        (500, {"message": f"Campaign {CAMPAIGN_ID} not found"},
         f'the service answered 500 ("Campaign {CAMPAIGN_ID} not found")'),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_prove_itself_tells_nothing(status, body, reason):
    assert ask(answer(status, body)) == Unreadable(reason)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"errors": [{"msg": "Campaign not found", "code": 400}]}),
        (404, {"message": "No such campaign"}),
        (404, {"message": f"{CAMPAIGN_ID} does not exist"}),
        (410, {"message": "The campaign no longer exists"}),
        (200, {"status": "success", "message": "Campaign not found", "data": None}),
    ],
)
def test_campaign_is_missing_only_if_the_service_says_so(status, body):
    found = ask(answer(status, body))
    assert isinstance(found, Missing)
    assert found.message


def test_campaign_with_status_failed_is_not_a_failed_answer():
    found = ask(answer(200, changed(status="Failed")))
    assert isinstance(found, RemoteCampaign)
    assert found.status == "Failed"


def test_unreachable_service_or_refused_token_is_not_a_campaign_fault():
    assert "could not be reached" in error_of(NetworkError, lambda _, c: c.campaign(CAMPAIGN_ID), close)
    error_of(CredentialsError, lambda _, c: c.campaign(CAMPAIGN_ID), UNAUTHORISED)


def test_what_a_journal_kept_of_a_campaign_is_the_same_campaign():
    kept = json.loads(json.dumps(ask(answer(200, PRINTED)).source))
    assert read_source(kept, ApiVersion.V2) == READ
    assert with_server(_read_source_of(kept), answer(200, PRINTED))[1] == READ


def _read_source_of(kept: dict[str, Any]) -> Any:
    async def use(_: Any, client: Any) -> Any:
        return client.read_source(kept)

    return use


# --- contact lists and queues --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["contact-lists-v2.answer", "contact-lists-v1-june2025.answer"])
def test_the_printed_contact_lists_are_read_value_for_value(name):
    printed = json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    _, lists = with_server(lambda _, client: client.contact_lists(), answer(200, printed))
    assert lists == tuple(
        ContactList(
            name=one["name"],
            status=one["status"],
            record_count=one["totalRecordCount"],
            is_fed_by_api=one["source"] != "localDrive",
            list_type="call",
        )
        for one in printed["data"]
    )
    assert {one.is_fed_by_api for one in lists} == ({True, False} if "v2" in name else {True})


@pytest.mark.parametrize(
    ("page", "queues"),
    [
        ({"results": [{"name": "A"}, {"name": "B"}], "hasMore": False, "totalResults": 2}, ("A", "B")),
        ({"results": [], "hasMore": False}, ()),
        ({"results": [{"name": "A"}], "hasMore": True, "totalResults": 1}, None),
        ({"results": [{"name": "A"}], "hasMore": False, "totalResults": 2}, None),
        ({"results": [{"name": "A"}, {"id": "qu-1"}], "hasMore": False}, None),
        ({"data": [{"name": "A"}]}, None),
    ],
)
def test_queues_are_told_only_where_all_of_them_are_shown(page, queues):
    assert with_server(lambda _, client: client.queues(), answer(200, page))[1] == queues


def test_the_printed_queues_say_that_there_are_more_and_are_not_judged():
    printed = json.loads((SAMPLES / "queues-v1.answer.json").read_text(encoding="utf-8"))
    assert with_server(lambda _, client: client.queues(), answer(200, printed))[1] is None


@pytest.mark.parametrize(
    "refusal",
    [
        answer(401, {"errors": [{"msg": "Permission denied. Scope is incorrect!"}]}),
        answer(403, {"message": "Forbidden"}),
        answer(404, {"message": "no"}),
        answer(500),
        close,
    ],
)
def test_queues_that_may_not_be_read_are_missed_without_harm(refusal):
    assert with_server(lambda _, client: client.queues(), refusal)[1] is None


# --- bounds --------------------------------------------------------------------------------------------


def endless(number_of_bytes: int) -> Any:
    """Pages of 50 new campaigns without end, each of about so many bytes."""
    numbers = iter(range(10**9))

    async def behave(writer: Any) -> None:
        first = next(numbers) * 50
        rows = [{"_id": f"cd-{first + place}", "name": f"N{first + place}"} for place in range(50)]
        page = {"data": {"results": rows, "hasMore": True}, "filling": "x" * number_of_bytes}
        await answer(200, page)(writer)

    return behave


def test_a_listing_ends_after_64_megabytes():
    said = error_of(ServiceError, lambda _, c: c.campaigns(), endless(3_900_000))
    assert said == "The list of campaigns has no end: 64 MB were read. Tell Kore.ai's support."


def test_page_over_4_megabytes_is_not_read_and_gives_nothing():
    said = error_of(ServiceError, lambda _, c: c.campaigns(), endless(4_100_000))
    assert said.startswith(
        "The service did not show the list of campaigns: the service's answer (200) was broken."
    )


def test_a_listing_ends_after_two_minutes_of_the_service():
    clock = SlowService()
    said = error_of(ServiceError, lambda _, c: c.campaigns(), clock.page, clock=clock)
    assert said == "The list of campaigns has no end: 120 seconds of it were read. Tell Kore.ai's support."
    assert clock.pages == 7


class SlowService:
    """A clock on which each page takes 20 seconds; waiting for the pace does not count."""

    def __init__(self) -> None:
        self.pages = 0
        self.slept = 0.0
        self._page = endless(10)

    def now(self) -> float:
        return self.pages * 20.0 + self.slept

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds

    async def page(self, writer: Any) -> None:
        self.pages += 1
        await self._page(writer)
