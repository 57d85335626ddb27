"""Answers that look right and are wrong: listings that withhold, repeat or never end, reads of another campaign.

Each lie is a function from the true answer to the wrong one. It gets a ``Reader``, because some lies answer another
page than the one that was asked for. A lie that does not fit the answer changes nothing.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

Rows: TypeAlias = list[dict[str, Any]]
_FEW = 2
"""Rows of a capped listing, unless the fault says how many."""


@dataclass(frozen=True, slots=True)
class DraftAnswer:
    """An answer, as far as lies can change it."""

    document: dict[str, Any]
    status: int = 200

    @property
    def page(self) -> dict[str, Any]:
        """The object that holds rows and totals: ``data`` of a listing, the document itself for queues."""
        data = self.document.get("data")
        return data if isinstance(data, dict) else self.document

    def with_page(self, **changes: Any) -> DraftAnswer:
        """Lay these keys over the page; ``...`` removes one."""
        changed = {key: value for key, value in {**self.page, **changes}.items() if value is not ...}
        if isinstance(self.document.get("data"), dict):
            return DraftAnswer({**self.document, "data": changed}, self.status)
        return DraftAnswer(changed, self.status)

    @property
    def rows(self) -> Rows:
        """The rows of the page."""
        rows: Rows = self.page.get("results", [])
        return rows

    @property
    def skip(self) -> int:
        """How many rows come before this page."""
        return int(self.page.get("skip", 0))

    @property
    def limit(self) -> int:
        """How many rows a page holds."""
        return int(self.page.get("limit", 1))


@dataclass(frozen=True, slots=True)
class Reader:
    """What a lie may look up."""

    rows_from: Callable[[int], Rows]
    """The rows of the page that begins behind so many rows."""
    another: Callable[[], Mapping[str, Any]]
    """The document of some other campaign; empty where there is none."""
    count_named: Callable[[str], int] = lambda _: 0
    """How many campaigns have this name."""
    value: Any = None
    """The fault's own."""


Lie: TypeAlias = Callable[[DraftAnswer, Reader], DraftAnswer]


def _totals(draft: DraftAnswer, total: int) -> DraftAnswer:
    return draft.with_page(
        hasMore=draft.skip + len(draft.rows) < total, totalPages=-(-total // draft.limit), totalResults=total
    )


def _empty(draft: DraftAnswer, _reader: Reader) -> DraftAnswer:
    if isinstance(draft.document.get("data"), list):  # contact lists
        return DraftAnswer({**draft.document, "data": []}, draft.status)
    return _totals(draft.with_page(results=[]), 0)


def _capped_rows(draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    cap = reader.value or _FEW
    return draft.with_page(results=draft.rows[: max(0, cap - draft.skip)])


def _repeated(draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    return draft.with_page(results=reader.rows_from(0)) if draft.skip else draft


def _overlapping(draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    """Begin each page one row too early, once more for each page before it."""
    return draft.with_page(results=reader.rows_from(draft.skip - draft.skip // draft.limit))


def _endless(draft: DraftAnswer, _reader: Reader) -> DraftAnswer:
    rows = [_made_up_row(draft.skip + at) for at in range(draft.limit)]
    beyond = draft.skip + draft.limit + 1
    return draft.with_page(
        results=rows, hasMore=True, totalPages=beyond // draft.limit + 1, totalResults=beyond
    )


def _made_up_row(number: int) -> dict[str, Any]:
    campaign_id = uuid.uuid5(uuid.NAMESPACE_OID, str(number))
    return {"_id": f"cd-{campaign_id}", "name": f"Made up {number}", "status": "Ready"}


def _without(key: str) -> Lie:
    """Take a key from the first row."""

    def lie(draft: DraftAnswer, _reader: Reader) -> DraftAnswer:
        first = [{name: value for name, value in row.items() if name != key} for row in draft.rows[:1]]
        return draft.with_page(results=[*first, *draft.rows[1:]])

    return lie


def _hidden(draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    """Withhold the campaign whose name is the fault's value, from rows and total alike."""
    rows = [row for row in draft.rows if row["name"] != reader.value]
    total = draft.page["totalResults"] - reader.count_named(str(reader.value))
    return _totals(draft.with_page(results=rows), total)


def _laid_over(**changes: Any) -> Lie:
    return lambda draft, _reader: draft.with_page(**changes)


def _another_campaign(draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    return DraftAnswer({**draft.document, "data": {**draft.page, **reader.another()}}, draft.status)


NO_TOTALS = {"hasMore": ..., "totalPages": ..., "totalResults": ...}

LIES: Mapping[str, Lie] = {
    "empty": _empty,
    "empty with total": lambda draft, _: draft.with_page(results=[], hasMore=False),
    "stale": lambda draft, _: draft,  # the listing itself reads an earlier account
    "with deleted": lambda draft, _: draft,  # the listing itself reads what was deleted
    "capped": lambda draft, reader: _totals(_capped_rows(draft, reader), reader.value or _FEW),
    "capped with total": lambda draft, reader: _capped_rows(draft, reader).with_page(hasMore=False),
    "capped without total": lambda draft, reader: _capped_rows(draft, reader).with_page(**NO_TOTALS),
    "empty second page": lambda draft, _: draft.with_page(results=[], hasMore=False) if draft.skip else draft,
    "has more": lambda draft, _: draft.with_page(hasMore=True),
    "has no more": _laid_over(hasMore=False),
    "full page calls itself last": lambda draft, _: (
        draft.with_page(hasMore=False, totalPages=1, totalResults=len(draft.rows))
        if len(draft.rows) == draft.limit
        else draft
    ),
    "repeated page": _repeated,
    "total of the page": lambda draft, _: draft.with_page(totalResults=len(draft.rows), totalPages=1),
    "total too large": lambda draft, _: draft.with_page(totalResults=draft.page["totalResults"] + 1),
    "other total pages": lambda draft, _: draft.with_page(totalPages=draft.page["totalPages"] + 3),
    "without totals": _laid_over(**NO_TOTALS),
    "row without id": _without("_id"),
    "row without name": _without("name"),
    "hidden row": _hidden,
    "partial content": lambda draft, _: DraftAnswer(draft.document, 206),
    "errors with rows": lambda draft, _: DraftAnswer(
        {**draft.document, "errors": [{"msg": "A part of the index did not answer", "code": 500}]},
        draft.status,
    ),
    "overlapping pages": _overlapping,
    "endless": _endless,
    "another id": _laid_over(_id="cd-0000000-0000-4000-8000-000000000000"),
    "another campaign": _another_campaign,
    "no dialing strategy": _laid_over(dialingStrategy=...),
    "no data": lambda draft, _: DraftAnswer({**draft.document, "data": {}}, draft.status),
}
"""The lies of a listing, then those of a read of one campaign."""
LISTING_LIES = tuple(LIES)[: list(LIES).index("another id")]
GET_LIES = tuple(LIES)[len(LISTING_LIES) :]
_WITHOUT_PAGES = {"empty", "has more", "errors with rows", "partial content"}
"""The lies that fit an answer without pages: that of the contact lists."""


def apply_lie(way: str, draft: DraftAnswer, reader: Reader) -> DraftAnswer:
    """Change the answer in this way, if the lie fits it."""
    page = draft.page
    is_listing = "results" in page or (way in _WITHOUT_PAGES and "data" in draft.document)
    fits = "_id" in page if way in GET_LIES else is_listing
    return LIES[way](draft, reader) if fits else draft
