"""A service that shows fewer campaigns than it counts is never believed, for the others would be created again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from support.fakes.listed_account import Account

from bulkload.errors import ServiceError
from bulkload.kore import listing


@pytest.mark.parametrize(
    ("shown", "total", "said"),
    [
        (50, 200, "its pages overlapped or repeated, so that it shows 50 campaigns"),
        (50, 51, "its pages overlapped or repeated, so that it shows 50 campaigns"),
        (0, 3, "it shows 0 of its 3 campaigns"),
        (50, None, "its pages overlapped or repeated, so that it shows 50 campaigns"),
    ],
)
def test_service_repeating_the_newest_page_but_counting_more_stops_the_run(shown, total, said):
    account = Account(shown)
    account.lies = {"totalResults": total, "hasMore": True}
    account.leaves_out = ("totalResults",) if total is None else ()
    account.pages_alike = shown > 0

    with pytest.raises(ServiceError) as caught:
        account.read()

    assert str(caught.value) == (
        f"The list of campaigns could not be read as a whole: {said}, each time it was read. A campaign that it lacks "
        "could be created a second time, so nothing was sent because of it. Try again later; if it stays so, tell "
        "Kore.ai's support."
    )
    assert len(account.asked) == (4 if shown else 2)


def test_a_total_counts_although_the_last_page_says_none():
    account = Account(50)
    account.pages_alike = True

    def forget(page: int) -> None:
        account.lies = {"totalResults": 200} if page % 2 else {"totalResults": None, "hasMore": False}

    account.before_page = forget
    with pytest.raises(ServiceError, match="overlapped or repeated, so that it shows 50 campaigns"):
        account.read()


@pytest.mark.parametrize(("shown", "requests"), [(60, 6), (30, 4)])
def test_total_above_the_campaigns_shown_proves_that_some_are_withheld(shown, requests):
    account = Account(shown)
    account.lies = {"totalResults": 75}
    with pytest.raises(ServiceError, match=f"it shows {shown} of its 75 campaigns"):
        account.read()
    assert len(account.asked) == requests


@pytest.mark.parametrize(
    ("shown", "signs", "left_out", "said"),
    [
        (20, {"totalPages": 3}, (), "it shows 2 of its 3 pages"),
        (120, {"totalPages": 9}, (), "it shows 4 of its 9 pages"),
        (50, {"hasMore": True}, ("totalResults",), "after 50 campaigns it said more, and showed none"),
    ],
)
def test_a_sign_of_more_that_no_page_keeps_stops_the_run(shown, signs, left_out, said):
    account = Account(shown)
    account.lies, account.leaves_out = signs, left_out
    with pytest.raises(ServiceError, match=said):
        account.read()


@pytest.mark.parametrize("sign", [{"totalResults": 40}, {"totalPages": 2}, {"hasMore": True}])
def test_repeated_short_page_with_a_sign_of_more_stops_run(sign):
    account = Account(20)
    account.lies, account.pages_alike = {"totalResults": None, "hasMore": None} | sign, True
    with pytest.raises(ServiceError, match="overlapped or repeated, so that it shows 20 campaigns"):
        account.read()


def test_a_total_of_each_page_stops_the_run():
    account = Account(120)

    def count_the_page(page: int) -> None:
        account.lies = {"totalResults": (50, 50, 20)[(page - 1) % 3], "hasMore": (page - 1) % 3 < 2}

    account.before_page = count_the_page
    with pytest.raises(ServiceError, match="it named different totals: 20, 50"):
        account.read()


def test_a_page_that_shrinks_in_the_middle_stops_the_run():
    account = Account(120)

    async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
        account.largest = 30 if body["page"] == 2 else 50
        return await account.ask(body)

    with pytest.raises(ServiceError, match="a page before its last one was cut short, after 120 campaigns"):
        asyncio.run(listing.read_all(ask))


def test_an_empty_page_in_the_middle_stops_the_run():
    account = Account(120)

    async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
        account.largest = 0 if body["page"] == 2 else 50
        return await account.ask(body)

    with pytest.raises(ServiceError, match="it shows 50 of its 120 campaigns"):
        asyncio.run(listing.read_all(ask))


@pytest.mark.parametrize("shown", [50, 100, 150])
def test_service_limited_to_a_number_of_full_pages_stops_the_run(shown):
    account = Account(shown)
    account.lies = {"totalResults": 1200, "hasMore": True}
    with pytest.raises(ServiceError, match=f"it shows {shown} of its 1200 campaigns"):
        account.read()


def test_page_that_only_shifted_is_reread_and_the_listing_is_complete():
    account = Account(50)

    def create_fifty(page: int) -> None:
        if page == 1:
            account.lies = {"totalResults": 170}
        if page == 2:  # what was on the first page is now on the second: no news, and no end
            account.rows[:0] = [{"_id": f"cd-new-{number}", "name": "New"} for number in range(50)]
        if page == 3:
            account.lies = {}

    account.before_page = create_fifty
    assert account.read() == account.ids
    assert len(account.asked) == 4


def test_pages_that_overlap_until_the_total_is_reached_stop_the_run():
    account = Account(100)

    async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return await account.ask({**body, "skip": body["skip"] // 2})

    with pytest.raises(ServiceError, match="overlapped or repeated, so that it shows 75 campaigns"):
        asyncio.run(listing.read_all(ask))


def test_a_campaign_that_moved_between_pages_is_found_by_reading_again():
    account = Account(120)

    def move_the_last_to_the_front(page: int) -> None:
        if page == 2:
            account.rows.insert(0, account.rows.pop())

    account.before_page = move_the_last_to_the_front
    assert sorted(account.read()) == sorted(account.ids)
