from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from support.fakes.listed_account import Account

from bulkload.errors import ServiceError
from bulkload.kore import listing
from bulkload.model import RemoteCampaign


@pytest.mark.parametrize(
    ("count", "pages"), [(0, 1), (1, 1), (49, 1), (50, 2), (51, 2), (100, 2), (300, 6), (500, 10)]
)
def test_a_listing_takes_one_request_for_each_fifty_campaigns(count, pages):
    account = Account(count)
    assert account.read() == account.ids
    assert len(account.asked) == pages
    assert listing.requests_for(count) == pages


def test_a_service_with_smaller_pages_is_read_to_the_end():
    account = Account(70)
    account.largest = 20
    assert account.read() == account.ids
    assert [(body["skip"], body["page"]) for body in account.asked] == [(0, 1), (20, 2), (40, 3), (60, 4)]


@pytest.mark.parametrize(("has_more", "pages"), [(True, 4), (False, 3), (None, 3), ("no", 3)])
def test_has_more_is_followed_until_an_empty_page_confirms_the_total(has_more, pages):
    account = Account(120)
    account.lies = {"hasMore": has_more}
    assert account.read() == account.ids
    assert len(account.asked) == pages


def test_too_low_total_is_overruled_by_a_page_with_new_campaigns():
    account = Account(51)
    account.lies = {"totalResults": 50, "totalPages": 1, "hasMore": True}
    assert account.read() == account.ids
    assert len(account.asked) == 3


def test_a_full_page_that_calls_itself_the_last_is_not_believed():
    account = Account(51)
    account.lies = {"hasMore": False}
    account.leaves_out = ("totalResults",)
    assert account.read() == account.ids


def test_a_total_that_may_count_its_page_alone_is_not_believed():
    account = Account(51)
    account.lies = {"hasMore": False, "totalResults": 50, "totalPages": 1}
    assert account.read() == account.ids


def test_a_listing_without_a_total_ends_where_it_says_so():
    account = Account(120)
    account.leaves_out = ("totalResults",)
    assert account.read() == account.ids
    assert len(account.asked) == 3


@pytest.mark.parametrize("total", ["120", -1, 1.5, True, None])
def test_a_listing_without_any_sign_is_read_until_nothing_new_comes(total):
    account = Account(120)
    account.lies = {"totalResults": total, "hasMore": None}
    assert account.read() == account.ids
    assert len(account.asked) == 4


def test_campaign_created_during_the_listing_causes_no_gap_or_duplicate():
    account = Account(120)

    def create(page: int) -> None:
        if page == 2:
            account.rows.insert(0, {"_id": "cd-new", "name": "New"})

    account.before_page = create
    assert sorted(account.read()) == sorted(account.ids)


def test_campaign_moved_back_a_page_by_a_deletion_is_not_missed():
    account = Account(120)

    def delete(page: int) -> None:
        if page == 2:
            account.rows.pop(0)

    account.before_page = delete
    assert sorted(account.read()) == sorted(account.ids)


def test_an_account_that_never_holds_still_stops_the_run():
    account = Account(120)
    account.before_page = lambda page: account.rows.insert(0, {"_id": f"cd-new-{page}", "name": "New"})
    with pytest.raises(ServiceError) as caught:
        account.read()
    assert str(caught.value) == (
        "The list of campaigns changed each of the 5 times it was read. Another person or program creates or deletes "
        "campaigns in this application. Try again when they have finished."
    )


def test_a_listing_without_end_stops_the_run():
    numbers = iter(range(1_000_000))

    async def ask(_: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"data": {"results": [{"_id": f"cd-{next(numbers)}", "name": "A"}], "hasMore": True}}

    with pytest.raises(ServiceError, match="The list of campaigns has no end: 2,000 pages were read"):
        asyncio.run(listing.read_all(ask))


@pytest.mark.parametrize(
    ("row", "listed"),
    [
        (
            {
                "_id": "cd-1",
                "name": "Welcome",
                "status": "Ready",
                "dialingMode": "Preview",
                "priority": "5",
                "dncLists": {"id": "cl-1", "name": "DNC"},
                "contactLists": ["A", "B"],
                "connection": {"type": "queue", "name": "Default Queue"},
            },
            RemoteCampaign("cd-1", "Welcome", "Ready", "Preview", 5, "DNC", ("A", "B"), "Default Queue"),
        ),
        (
            {
                "id": "cd-1",
                "name": "Welcome",
                "priority": 5,
                "dncLists": [{"name": "DNC"}],
                "contactLists": [{"name": "A"}, 7],
                "connection": "Default Queue",
            },
            RemoteCampaign("cd-1", "Welcome", None, None, 5, "DNC", ("A", "7"), "Default Queue"),
        ),
        (
            {"campId": "cd-1", "name": "A", "status": True, "dncLists": ["A", "B"], "contactLists": "A"},
            RemoteCampaign("cd-1", "A", not_expressible=("2 DNC lists", "A as Contact lists")),
        ),
        (
            {"_id": "cd-1", "name": "x\x1b]0;pwned\x07", "status": "x\x1b]0;pwned\x07"},
            RemoteCampaign("cd-1", "x\x1b]0;pwned\x07", "x\ufffd]0;pwned\ufffd"),
        ),
        (
            {"_id": "cd-1", "name": "A", "status": f" Ready\n {'!' * 1000}"},
            RemoteCampaign("cd-1", "A", f"Ready {'!' * 33}…"),
        ),
        (
            {
                "_id": "cd-1",
                "name": "A",
                "dncLists": "A  B",
                "contactLists": ["\u200cA\x07"],
                "connection": "A" * 300,
            },
            RemoteCampaign(
                "cd-1", "A", dnc_list="A  B", contact_lists=("\u200cA\x07",), connection="A" * 300
            ),
        ),
        ({"_id": "cd-1", "name": "half \ud800"}, RemoteCampaign("cd-1", "half ?")),
        (
            {"_id": "cd-1", "name": "  Spaces\u202e and\x00 all  "},
            RemoteCampaign("cd-1", "  Spaces\u202e and\x00 all  "),
        ),
    ],
)
def test_listing_row_is_read_in_every_known_form_with_exact_values(row, listed):
    async def ask(_: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"data": {"results": [row], "totalResults": 1}}

    assert asyncio.run(listing.read_all(ask)) == (listed,)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"name": "without an id"}, "1 row of it had no ID or no name"),
        ({"_id": "cd-9"}, "1 row of it had no ID or no name"),
        ({"_id": "cd-9", "name": None}, "1 row of it had no ID or no name"),
        ({"_id": "cd-9", "name": ""}, "1 row of it had no ID or no name"),
        ({"_id": 9, "name": "A"}, "1 row of it had no ID or no name"),
        ({"_id": "cl-9", "name": "A"}, "1 row of it had no ID or no name"),
        ("not a row", "1 row of it had no ID or no name"),
        ({"_id": "cd-3", "name": "N3"}, "its pages overlapped or repeated, so that it shows 10 campaigns"),
    ],
)
def test_a_row_that_cannot_be_read_makes_the_listing_unreliable(row, said):
    account = Account(10)
    account.rows.append(row)
    with pytest.raises(ServiceError) as caught:
        account.read()
    assert str(caught.value) == unreliable(said)


def unreliable(sign: str) -> str:
    return (
        f"The list of campaigns could not be read as a whole: {sign}, each time it was read. A campaign that it lacks "
        "could be created a second time, so nothing was sent because of it. Try again later; if it stays so, tell "
        "Kore.ai's support."
    )


def test_sms_campaigns_are_skipped_although_the_total_counts_them():
    account = Account(60)
    account.rows[10:12] = [
        {"id": "cd-sms-1", "name": "SMS 1", "format": "simple"},
        {"id": "cd-sms-2", "name": "SMS 2", "totalMessagesSent": 0},
    ]
    assert account.read() == [f"cd-{number}" for number in (*range(10), *range(12, 60))]
    assert len(account.asked) == 2


def test_a_listing_that_comes_as_a_bare_list_is_read():
    async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"data": [{"_id": "cd-1", "name": "A"}]}

    assert asyncio.run(listing.read_all(ask)) == (RemoteCampaign("cd-1", "A"),)


@pytest.mark.parametrize(
    ("data", "is_page"),
    [
        ({"results": []}, True),
        ([], True),
        ({"results": [{"_id": "cd-1"}, "not a row"]}, True),
        ({}, False),
        (None, False),
        ({"results": {"_id": "cd-1"}}, False),
        ([{"status": "failed", "reason": "Not now"}], False),
        ({"results": ["not a row"]}, False),
    ],
)
def test_listing_page_contains_only_campaign_rows_or_none(data, is_page):
    assert listing.is_page({"data": data}) is is_page
