from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from support.listed_account import Account

from bulkload.errors import ServiceError
from bulkload.kore import listing
from bulkload.model import RemoteCampaign


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (49, 1), (50, 1), (51, 2), (500, 10)])
def test_a_listing_takes_one_request_for_each_fifty_campaigns(count, pages):
    account = Account(count)
    assert account.read() == account.ids
    assert len(account.asked) == pages


def test_a_service_with_smaller_pages_is_read_to_the_end():
    account = Account(70)
    account.largest = 20
    assert account.read() == account.ids
    assert [(body["skip"], body["page"]) for body in account.asked] == [(0, 1), (20, 2), (40, 3), (60, 4)]


@pytest.mark.parametrize("has_more", [True, False, None, "no"])
def test_has_more_is_not_believed_where_there_is_a_total(has_more):
    account = Account(120)
    account.lies = {"hasMore": has_more}
    assert account.read() == account.ids
    assert len(account.asked) == 3


def test_a_listing_without_a_total_ends_where_it_says_so():
    account = Account(120)
    account.leaves_out = ("totalResults",)
    assert account.read() == account.ids
    assert len(account.asked) == 3


@pytest.mark.parametrize("total", ["120", -1, 1.5, True, None])
def test_a_listing_without_a_total_or_an_end_is_read_until_nothing_new_comes(total):
    account = Account(120)
    account.lies = {"totalResults": total, "hasMore": True}
    assert account.read() == account.ids
    assert len(account.asked) == 4


def test_a_campaign_that_is_created_meanwhile_is_not_missed_and_none_is_shown_twice():
    account = Account(120)

    def create(page: int) -> None:
        if page == 2:
            account.rows.insert(0, {"_id": "cd-new", "name": "New"})

    account.before_page = create
    assert sorted(account.read()) == sorted(account.ids)


def test_a_campaign_that_slips_back_a_page_when_another_is_deleted_is_not_missed():
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
        "The list of campaigns changed each of the 5 times it was read. "
        "Somebody else is creating or deleting campaigns in this application: try again when they have finished."
    )


def test_a_listing_without_end_stops_the_run():
    numbers = iter(range(1_000_000))

    async def ask(_: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"data": {"results": [{"_id": f"cd-{next(numbers)}"}], "hasMore": True}}

    with pytest.raises(ServiceError, match="The list of campaigns has no end: 2000 pages were read"):
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
                "contactLists": [{"name": "A"}, 7, None],
                "connection": "Default Queue",
            },
            RemoteCampaign("cd-1", "Welcome", None, None, 5, "DNC", ("A", "7"), "Default Queue"),
        ),
        (
            {"campId": "cd-1", "name": None, "status": True, "dncLists": ["A", "B"], "contactLists": "A"},
            RemoteCampaign("cd-1", ""),
        ),
        (
            {"_id": "cd-1", "name": "x\x1b]0;pwned\x07", "status": "x\x1b]0;pwned\x07"},
            RemoteCampaign("cd-1", "x\x1b]0;pwned\x07", "x\ufffd]0;pwned\ufffd"),
        ),
        (
            {"_id": "cd-1", "status": f" Ready\n {'!' * 1000}"},
            RemoteCampaign("cd-1", "", f"Ready {'!' * 33}…"),
        ),
        (
            {"_id": "cd-1", "dncLists": "A  B", "contactLists": ["\u200cA\x07"], "connection": "A" * 300},
            RemoteCampaign("cd-1", "", dnc_list="A  B", contact_lists=("\u200cA\x07",), connection="A" * 300),
        ),
        ({"_id": "cd-1", "name": "half \ud800"}, RemoteCampaign("cd-1", "half ?")),
        (
            {"_id": "cd-1", "name": "  Spaces\u202e and\x00 all  "},
            RemoteCampaign("cd-1", "  Spaces\u202e and\x00 all  "),
        ),
    ],
)
def test_a_row_of_the_listing_is_read_in_every_form_seen_and_what_is_compared_stays_exact(row, listed):
    async def ask(_: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"data": {"results": [row, "not a row", {"name": "without an id"}]}}

    assert asyncio.run(listing.read_all(ask)) == (listed,)


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
def test_only_rows_of_campaigns_or_none_at_all_are_a_page_of_a_listing(data, is_page):
    assert listing.is_page({"data": data}) is is_page
