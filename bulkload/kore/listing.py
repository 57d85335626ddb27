"""The account's campaigns, all of them, though nobody promises that they hold still while they are read.

Pages of 50, the samples' size, newest first as in the sample. The service's ``hasMore`` is not believed where it
gives a total: a listing is whole when as many different campaigns were seen as its total said on every page, or
when two listings in a row show the same campaigns and withhold none. Otherwise something was created or deleted in
between, which shifts the pages against each other, and it is read again.

A listing that ends before it has shown as many rows as its own total says is not believed, however often it is
the same: what it withholds would be created a second time. One alone is: where the pages ran out by themselves, the
last with fewer rows than fit, and the page behind it empty, the total counts what no listing of voice campaigns shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bulkload.errors import ServiceError
from bulkload.kore.decode import LONGEST_STATUS, clean, id_in
from bulkload.model import Refused, RemoteCampaign, Uncertain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

PAGE = 50
"""Campaigns on a page (the samples of Kore.ai's listing page; a larger limit is not documented)."""
MOST_PAGES = 2000
"""Pages of one listing: 100,000 campaigns. A server that never ends is stopped here."""
MOST_LISTINGS = 5
"""Listings until the account is said to change too fast."""


@dataclass(slots=True)
class _Seen:
    """One listing as far as it has been read."""

    campaigns: dict[str, RemoteCampaign]
    totals: set[int | None]
    """What the service said that the listing holds, on each page; None where it did not say."""
    others: int = 0
    """Rows that are no campaign, which the total may count all the same."""
    sizes: list[int] = field(default_factory=list)
    """Rows of each page."""
    withheld: str = ""
    """What the service says that there is beyond what it shows; empty where it shows everything."""

    @property
    def is_whole(self) -> bool:
        """Whether the total was the same all along and that many campaigns were seen."""
        return self.totals == {len(self.campaigns)} or (self.totals == {None} and not self.withheld)

    @property
    def ran_out(self) -> bool:
        """Whether the last page with rows had room for more, and the page behind it was empty."""
        if len(self.sizes) < 2 or self.sizes[-1] > 0:
            return False
        full = self.sizes[0] if len(self.sizes) > 2 else PAGE
        return self.sizes[-2] < full

    def add(self, rows: list[RemoteCampaign | None]) -> bool:
        """Whether a page brought anything that was not seen before."""
        fresh = {row.campaign_id: row for row in rows if row}
        is_news = not fresh.keys() <= self.campaigns.keys()
        self.campaigns.update(fresh)
        self.others += rows.count(None) if is_news else 0  # of a page that is shown again they count once
        return is_news


async def read_all(
    ask: Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]],
) -> tuple[RemoteCampaign, ...]:
    """Every campaign of the account, each once; ``ask`` sends a body and gives the answer's document, a page.

    Raises ServiceError where the account changes faster than it can be read, and where the service cuts it off before
    as many campaigns as it says there are.
    """
    before: set[str] | None = None
    for _ in range(MOST_LISTINGS):
        seen = await _read_once(ask)
        is_same = before == seen.campaigns.keys()
        if seen.is_whole or (is_same and not seen.withheld):
            return tuple(seen.campaigns.values())
        if is_same:
            raise ServiceError(
                f"The list of campaigns shows {len(seen.campaigns)} {seen.withheld}, each time it was read, and what "
                "it withholds could be created a second time. Try again later; if it stays so, tell Kore.ai's support."
            )
        before = set(seen.campaigns)
    raise ServiceError(
        f"The list of campaigns changed each of the {MOST_LISTINGS} times it was read. "
        "Somebody else is creating or deleting campaigns in this application: try again when they have finished."
    )


async def _read_once(ask: Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]) -> _Seen:
    seen = _Seen({}, set())
    received = 0
    for page in range(1, MOST_PAGES + 1):
        data = (await ask(body_of_page(received, page))).get("data")
        results, total = _page(data)
        seen.totals.add(total)
        seen.sizes.append(len(results))
        is_news = seen.add([_listed(row) for row in results])
        received += len(results)
        if not is_news or _is_end(data, received, total):
            seen.withheld = _withheld(data, seen)
            return seen
    raise ServiceError(
        f"The list of campaigns has no end: {MOST_PAGES} pages were read. Tell Kore.ai's support."
    )


def _withheld(data: Any, seen: _Seen) -> str:
    """What the service says that there is beyond what was seen by the last page; empty where it was all."""
    if seen.ran_out:
        return ""
    total = max((number for number in seen.totals if number is not None), default=None)
    if total is not None:
        return f"of its {total} campaigns" if len(seen.campaigns) + seen.others < total else ""
    says_more = isinstance(data, dict) and data.get("hasMore") is True
    return "campaigns and says that there are more" if says_more and _rows(data) else ""


def body_of_page(skip: int, page: int) -> dict[str, Any]:
    """Both ways to name a page, always agreeing: which of them counts is not documented."""
    return {"limit": PAGE, "skip": skip, "page": page, "type": "voice", "sortBy": {"createdAt": "desc"}}


def is_page(document: Mapping[str, Any]) -> bool:
    """Whether this is a page of a listing: rows, at least one of which is a campaign, or none at all.

    Anything else is no empty account: a listing that is believed to lack a campaign lets it be created again.
    """
    rows = _rows(document.get("data"))
    return rows is not None and (not rows or any(_listed(row) for row in rows))


def page_in(found: Mapping[str, Any] | Refused | Uncertain) -> Mapping[str, Any]:
    """What a read of a page brought. Raises ServiceError where that is no page."""
    match found:
        case Refused():
            raise ServiceError(
                f"The service refused to show the list of campaigns: {found.message} "
                "Check BULKLOAD_HOST, BULKLOAD_APP_ID and BULKLOAD_ACCOUNT_ID."
            )
        case Uncertain():
            raise ServiceError(
                f"The service did not show the list of campaigns: {found.reason}. "
                "Check that BULKLOAD_HOST is the address of Kore.ai's platform; if it is, try again later."
            )
        case _:
            return found


def _rows(data: Any) -> list[Any] | None:
    rows = data.get("results") if isinstance(data, dict) else data
    return rows if isinstance(rows, list) else None


def _page(data: Any) -> tuple[list[Any], int | None]:
    """A page's rows, and how many the whole listing has, if the service says so."""
    total = data.get("totalResults") if isinstance(data, dict) else None
    is_number = isinstance(total, int) and not isinstance(total, bool) and total >= 0
    return _rows(data) or [], (total if is_number else None)


def _is_end(data: Any, received: int, total: int | None) -> bool:
    if total is not None:
        return received >= total
    return isinstance(data, dict) and data.get("hasMore") is False


def _listed(row: Any) -> RemoteCampaign | None:
    """One row of the listing; None for a row without an id, which nobody can do anything with.

    The status is made safe to show. Everything else is compared with what was sent and stays exact.
    """
    if not isinstance(row, dict) or (campaign_id := id_in({"data": row})) is None:
        return None
    lists = row.get("contactLists")
    status = _text(row.get("status"))
    return RemoteCampaign(
        campaign_id=campaign_id,
        name=_text(row.get("name")) or "",
        status=None if status is None else clean(status, LONGEST_STATUS),
        dialing_mode=_text(row.get("dialingMode")),
        priority=_number(row.get("priority")),
        dnc_list=_name(row.get("dncLists")),
        contact_lists=tuple(filter(None, map(_name, lists))) if isinstance(lists, list) else None,
        connection=_name(row.get("connection")),
    )


def names_of(found: Any) -> tuple[str, ...] | None:
    """The names in an unpaged ``data`` of objects (contact lists); None where the answer has another form."""
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, list):
        return None
    names = tuple(name for item in data if isinstance(item, dict) and (name := _text(item.get("name"))))
    return names if names or not data else None


def _text(value: Any) -> str | None:
    """A text as it stands, but for halves of characters, which nothing can store or print; a number as its digits."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return str(value).encode("utf-8", "replace").decode()


def _number(value: Any) -> int | None:
    """A whole number, also where it is written as text."""
    text = (_text(value) or "").strip()
    return int(text) if text.isdecimal() and len(text) < 10 else None


def _name(value: Any) -> str | None:
    """A name that may stand alone, in an object, or in a list of one."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)
