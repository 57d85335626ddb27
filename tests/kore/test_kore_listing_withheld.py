"""A service that shows fewer campaigns than it counts is never believed, for the others would be created again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from support.listed_account import Account

from bulkload.errors import ServiceError
from bulkload.kore import listing


@pytest.mark.parametrize(
    ("shown", "total", "said"),
    [
        (50, 200, "50 of its 200 campaigns"),
        (50, 51, "50 of its 51 campaigns"),
        (0, 3, "0 of its 3 campaigns"),
        (50, None, "50 campaigns and says that there are more"),
    ],
)
def test_a_service_that_always_sends_the_newest_and_counts_more_stops_the_run(shown, total, said):
    account = Account(shown)
    account.lies = {"totalResults": total, "hasMore": True}
    account.leaves_out = ("totalResults",) if total is None else ()
    account.pages_alike = shown > 0

    with pytest.raises(ServiceError) as caught:
        account.read()

    assert str(caught.value) == (
        f"The list of campaigns shows {said}, each time it was read, and what it withholds could be created a second "
        "time. Try again later; if it stays so, tell Kore.ai's support."
    )
    assert len(account.asked) == (4 if shown else 2)


def test_a_total_counts_although_the_last_page_says_none():
    account = Account(50)
    account.pages_alike = True

    def forget(page: int) -> None:
        account.lies = {"totalResults": 200} if page % 2 else {"totalResults": None, "hasMore": False}

    account.before_page = forget
    with pytest.raises(ServiceError, match="shows 50 of its 200 campaigns"):
        account.read()


@pytest.mark.parametrize(("shown", "requests"), [(60, 6), (30, 4)])
def test_a_total_that_counts_what_is_never_shown_is_overruled_by_two_listings_that_run_out(shown, requests):
    account = Account(shown)
    account.lies = {"totalResults": 75}
    assert account.read() == account.ids
    assert len(account.asked) == requests


@pytest.mark.parametrize("shown", [50, 100, 150])
def test_a_service_that_shows_no_more_than_so_many_full_pages_stops_the_run(shown):
    account = Account(shown)
    account.lies = {"totalResults": 1200, "hasMore": True}
    with pytest.raises(ServiceError, match=f"shows {shown} of its 1200 campaigns"):
        account.read()


def test_a_page_that_only_shifted_is_read_again_and_the_account_told_whole():
    account = Account(50)

    def create_fifty(page: int) -> None:
        if page == 1:
            account.lies = {"totalResults": 170}
        if page == 2:  # what stood on the first page now stands on the second: no news, and no end
            account.rows[:0] = [{"_id": f"cd-new-{number}", "name": "New"} for number in range(50)]
        if page == 3:
            account.lies = {}

    account.before_page = create_fifty
    assert account.read() == account.ids
    assert len(account.asked) == 4


def test_a_total_that_counts_rows_which_are_no_campaigns_is_overruled_by_two_equal_listings():
    account = Account(60)
    account.rows[10:12] = [{"name": "without an id"}, "not a row"]
    assert account.read() == [f"cd-{number}" for number in (*range(10), *range(12, 60))]
    assert len(account.asked) == 4


def test_rows_that_are_no_campaigns_make_up_for_no_campaign_when_their_page_is_shown_again():
    account = Account(50)
    account.rows[10:12] = [{"name": "without an id"}, "not a row"]
    account.lies = {"totalResults": 51}
    account.pages_alike = True
    with pytest.raises(ServiceError, match="shows 48 of its 51 campaigns"):
        account.read()


def test_pages_that_overlap_until_the_total_is_reached_stop_the_run():
    account = Account(100)

    async def ask(body: Mapping[str, Any]) -> Mapping[str, Any]:
        return await account.ask({**body, "skip": body["skip"] // 2})

    with pytest.raises(ServiceError, match="shows 75 of its 100 campaigns"):
        asyncio.run(listing.read_all(ask))
