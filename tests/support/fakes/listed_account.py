"""An account that answers listing requests as the service does, and lies where a test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from bulkload.kore import listing


class Account:
    """Answers listing requests from a list of campaigns, newest first, as the service's sample does."""

    def __init__(self, count: int) -> None:
        self.rows: list[Any] = [{"_id": f"cd-{number}", "name": f"N{number}"} for number in range(count)]
        self.largest = 50
        self.asked: list[Mapping[str, Any]] = []
        self.before_page: Callable[[int], None] = lambda _: None
        self.lies: dict[str, Any] = {}
        self.leaves_out: tuple[str, ...] = ()
        self.pages_alike = False

    async def ask(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        self.asked.append(body)
        self.before_page(len(self.asked))
        first = 0 if self.pages_alike else body["skip"]
        results = self.rows[first : first + min(body["limit"], self.largest)]
        page = {
            "results": results,
            "totalResults": len(self.rows),
            "hasMore": body["skip"] + len(results) < len(self.rows),
            **self.lies,
        }
        return {"data": {key: value for key, value in page.items() if key not in self.leaves_out}}

    def read(self) -> list[str]:
        return [campaign.campaign_id for campaign in asyncio.run(listing.read_all(self.ask))]

    @property
    def ids(self) -> list[str]:
        return [row["_id"] for row in self.rows]
