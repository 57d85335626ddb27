"""The account's campaigns, all of them, although the account may change while they are read.

A listing is complete only when no sign says that there is more: ``hasMore``, ``totalResults``, ``totalPages``, a
full page. A campaign that an incomplete listing lacks could be created a second time. So a listing that contradicts
itself is read again, and is not believed if it does so each time.

Pages have 50 campaigns, the samples' size, newest first by ``createdAt``: by default rows come in the order of
their update, which moves a row between pages.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bulkload.errors import ServiceError
from bulkload.kore import messages
from bulkload.kore.converters import text_of
from bulkload.kore.decode import LONGEST_STATUS, clean, id_in
from bulkload.kore.remote import is_sms, read_listing_row
from bulkload.model import ApiVersion, ContactList, Missing, Refused, RemoteCampaign, Uncertain

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Ask = Callable[[Mapping[str, Any]], Awaitable[Mapping[str, Any]]]

PAGE = 50
"""Campaigns on a page (the samples of Kore.ai's listing page; a larger limit is not documented)."""
MOST_PAGES = 2000
"""Pages of one listing: 100,000 campaigns."""
MOST_LISTINGS = 5
"""Listings until the account is said to change too fast."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it came."""

    rows: list[Any]
    total: int | None
    """``totalResults``: rows of the whole listing; None where it is not said."""
    pages: int | None
    """``totalPages``; None where it is not said."""
    has_more: bool | None
    """``hasMore``; None where it is not said."""

    @property
    def has_no_sign(self) -> bool:
        """Whether the page says nothing about the whole listing."""
        return self.total is None and self.pages is None and self.has_more is None


@dataclass(slots=True)
class Reading:
    """One listing as far as it has been read."""

    version: ApiVersion
    campaigns: dict[str, RemoteCampaign] = field(default_factory=dict)
    pages: list[Page] = field(default_factory=list)
    sms: set[str | None] = field(default_factory=set)
    """Ids of SMS campaigns, which are skipped."""
    unreadable: int = 0
    """Rows without an id or a name."""
    repeated: int = 0
    """Rows whose campaign an earlier row had shown already."""
    is_unpaged: bool = False
    """Whether the service sends the same short page, without any sign, whichever is asked for."""

    @property
    def received(self) -> int:
        """Rows so far."""
        return sum(len(page.rows) for page in self.pages)

    def add(self, page: Page) -> None:
        """Take in one more page."""
        if self.pages and page.has_no_sign and page.rows == self.pages[0].rows and len(page.rows) < PAGE:
            self.is_unpaged = True
            return
        self.pages.append(page)
        for row in page.rows:
            self._add_row(row)

    def _add_row(self, row: Any) -> None:
        campaign = read_listing_row(row, self.version)
        if isinstance(row, dict) and is_sms(row):
            self.sms.add(id_in({"data": row}))
        elif campaign is None:
            self.unreadable += 1
        elif campaign.campaign_id in self.campaigns:
            self.repeated += 1
        else:
            self.campaigns[campaign.campaign_id] = campaign

    @property
    def goes_on(self) -> bool:
        """Whether a sign says that there is another page. No page follows an empty or a repeated one."""
        last = self.pages[-1]
        # A repeated row means that pages shifted: this reading is lost, and is begun again.
        may_go_on = bool(last.rows) and not self.repeated and not self.is_unpaged
        return may_go_on and bool(self._sign_of_more())

    def _sign_of_more(self) -> str:
        """Which sign says that there is more than was shown, in words; empty where none does."""
        last, shown = self.pages[-1], len(self.campaigns) + len(self.sms)
        if last.total is not None and last.total > self.received:
            return f"it shows {shown} of its {last.total} campaigns"
        # The platform's queues say hasMore on their only page, so an empty page ends what a total confirms.
        if last.has_more and last.rows:
            return f"it shows {shown} campaigns and says that there are more"
        # A lower totalPages proves nothing: it may count pages of another size.
        if last.pages is not None and last.pages > len(self.pages):
            return f"it shows {len(self.pages)} of its {last.pages} pages"
        if last.rows and self._may_be_cut(last):
            return f"it ends with a full page after {shown} campaigns"
        return ""

    def _may_be_cut(self, last: Page) -> bool:
        """Whether a full last page needs another request: its total does not prove that it is the end."""
        if last.total is None:
            # Without any sign of the end, only an empty page is one.
            return last.has_more is None or len(last.rows) >= PAGE
        # A total that equals this one page may count the page alone.
        return len(last.rows) >= PAGE and last.total == len(last.rows)

    @property
    def fault(self) -> str:
        """Why this listing can't be believed, in words; empty where it is complete."""
        if self.is_unpaged:
            return ""
        if self.unreadable:
            rows = "row" if self.unreadable == 1 else "rows"
            return f"{self.unreadable} {rows} of it had no ID or no name"
        if self.repeated:
            return f"its pages overlapped or repeated, so that it shows {len(self.campaigns)} campaigns"
        totals = {page.total for page in self.pages}
        if self._hides_pages:
            return f"a page before its last one was cut short, after {len(self.campaigns)} campaigns"
        if len(totals) > 1:
            return f"it named different totals: {', '.join(sorted(map(str, totals)))}"
        return self._sign_of_more() or self._broken_promise

    @property
    def _hides_pages(self) -> bool:
        """Whether a page is shorter than a later one: pages are filled from the first to the last."""
        sizes = [len(page.rows) for page in self.pages]
        return any(size < following for size, following in pairwise(sizes))

    @property
    def _broken_promise(self) -> str:
        """An empty page after one that said more was there, where no total proves that it was the end."""
        if len(self.pages) < 2 or self.pages[-1].rows or self.pages[-1].total is not None:
            return ""
        promised = self.pages[-2].has_more is True
        return f"after {len(self.campaigns)} campaigns it said more, and showed none" if promised else ""


async def read_all(ask: Ask, version: ApiVersion = ApiVersion.V2) -> tuple[RemoteCampaign, ...]:
    """Every voice campaign of the account, each once; ``ask`` sends a body and returns a page's document.

    Raises ServiceError where the account changes faster than it can be read, and where the listing contradicts
    itself twice in the same way.
    """
    before: set[str] | None = None
    for _ in range(MOST_LISTINGS):
        reading = await _read_once(ask, version)
        if not reading.fault:
            return tuple(reading.campaigns.values())
        # Twice the same campaigns: the account holds still, so the listing itself is at fault.
        if before == reading.campaigns.keys():
            raise ServiceError(messages.LISTING_UNRELIABLE(sign=reading.fault))
        before = set(reading.campaigns)
    raise ServiceError(messages.LISTING_CHANGED(count=MOST_LISTINGS))


async def _read_once(ask: Ask, version: ApiVersion) -> Reading:
    reading = Reading(version)
    for number in range(1, MOST_PAGES + 1):
        document = await ask(body_of_page(reading.received, number))
        reading.add(read_page(document))
        if not reading.goes_on:
            return reading
    raise ServiceError(messages.LISTING_ENDLESS(limit=f"{MOST_PAGES:,} pages"))


def requests_for(count: int) -> int:
    """How many requests a listing of so many campaigns costs; a first page that is exactly full takes two."""
    return max(1, -(-count // PAGE)) + (count == PAGE)


def body_of_page(skip: int, page: int) -> dict[str, Any]:
    """Both ways to name a page, always agreeing: which of them counts is not documented."""
    return {"limit": PAGE, "skip": skip, "page": page, "type": "voice", "sortBy": {"createdAt": "desc"}}


def read_page(document: Mapping[str, Any]) -> Page:
    """A page of the listing. Signs of another type than documented count as not given."""
    data = document.get("data")
    signs = data if isinstance(data, dict) else {}
    has_more = signs.get("hasMore")
    return Page(
        rows=_rows(data) or [],
        total=_count(signs.get("totalResults")),
        pages=_count(signs.get("totalPages")),
        has_more=has_more if isinstance(has_more, bool) else None,
    )


def is_page(document: Mapping[str, Any]) -> bool:
    """Whether this is a page of a listing: rows, at least one of which has an id, or none at all.

    Anything else is not an empty account: a campaign that a listing seems to lack could be created again.
    """
    rows = _rows(document.get("data"))
    return rows is not None and (
        not rows or any(id_in({"data": row}) for row in rows if isinstance(row, dict))
    )


def page_in(found: Mapping[str, Any] | Missing | Refused | Uncertain) -> Mapping[str, Any]:
    """What a read of a page brought. Raises ServiceError where it brought something else."""
    match found:
        case Refused() | Missing():
            raise ServiceError(messages.LISTING_REFUSED(words=found.message))
        case Uncertain():
            raise ServiceError(messages.LISTING_NOT_SHOWN(reason=found.message))
        case _:
            return found


def read_contact_lists(found: Any) -> tuple[ContactList, ...] | None:
    """The contact lists of an unpaged answer; None where it has another form or says that there are more."""
    data = found.get("data") if isinstance(found, dict) else None
    if not isinstance(data, list) or _says_more(found, len(data)):
        return None
    lists = tuple(
        _contact_list(item) for item in data if isinstance(item, dict) and text_of(item.get("name"))
    )
    return lists if lists or not data else None


def read_queues(found: Any) -> tuple[str, ...] | None:
    """The names of all queues; None where the answer has another form or says that there are more."""
    results = found.get("results") if isinstance(found, dict) else None
    if not isinstance(results, list) or _says_more(found, len(results)):
        return None
    names = [text_of(item.get("name")) if isinstance(item, dict) else None for item in results]
    return None if None in names else tuple(name for name in names if name)


def _contact_list(item: Mapping[str, Any]) -> ContactList:
    status = text_of(item.get("status"))
    return ContactList(
        name=text_of(item.get("name")) or "",
        status=None if status is None else clean(status, LONGEST_STATUS),
        record_count=_count(item.get("totalRecordCount")),
        # passiveApi, apiIntegration and passiveApiIntegration have been seen
        is_fed_by_api="api" in (text_of(item.get("source")) or "").casefold(),
        list_type=text_of(item.get("listType")),
    )


def _says_more(found: Mapping[str, Any], shown: int) -> bool:
    total = _count(found.get("totalResults"))
    return found.get("hasMore") is True or (total is not None and total > shown)


def _rows(data: Any) -> list[Any] | None:
    rows = data.get("results") if isinstance(data, dict) else data
    return rows if isinstance(rows, list) else None


def _count(value: Any) -> int | None:
    is_number = isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return value if is_number else None
