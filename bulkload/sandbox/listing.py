"""One page of the campaigns: what a listing's body asks for, as SQL.

``limit`` is cut to the largest that the service gives. ``skip`` counts campaigns; where it is missing or 0, ``page``
(the first is 1) says where to begin, because the samples send both.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

_UPDATED = "max(updated, CASE WHEN ready <= {now!r} THEN ready ELSE 0 END)"
_SORTED_BY = {"name": "lname", "createdAt": "created", "updatedAt": _UPDATED}


@dataclass(frozen=True, slots=True)
class Listing:
    """What to list, checked already by ``documents.list_problems``."""

    body: dict[str, Any]
    skip: int
    limit: int
    now: float
    """Seconds since 1970."""
    newest: float
    """Campaigns created later than this don't show yet."""
    deleted_since: float | None = None
    """Campaigns deleted later than this still show; None: no deleted campaign does."""

    @classmethod
    def of(cls, body: dict[str, Any], *, now: float, largest: int, visible_after: float) -> Self:
        """The listing that this body asks for, ``largest`` rows a page at most."""
        limit = min(body.get("limit") or largest, largest)
        skip = body.get("skip") or ((body.get("page") or 1) - 1) * limit
        return cls(body, skip, limit, now, now - visible_after)

    def from_row(self, skip: int) -> Self:
        """The same listing, beginning behind so many rows."""
        return replace(self, skip=skip)

    def of_stale_replica(self, seconds: float) -> Self:
        """The same listing, as the account was so many seconds ago."""
        moment = self.now - seconds
        return replace(self, newest=min(self.newest, moment), deleted_since=moment)

    def with_deleted(self) -> Self:
        """The same listing with everything that was ever deleted."""
        return replace(self, deleted_since=0.0)

    def condition(self) -> tuple[str, list[Any]]:
        """A WHERE clause and its values."""
        clauses: list[str] = ["created <= ?"]
        values: list[Any] = [self.newest]
        if self.deleted_since is None:
            clauses.append("deleted IS NULL")
        else:
            clauses.append("(deleted IS NULL OR deleted > ?)")
            values.append(self.deleted_since)
        for key, comparison in (("startDate", ">="), ("endDate", "<=")):
            if key in self.body:
                clauses.append(f"created {comparison} ?")
                values.append(datetime.fromisoformat(self.body[key]).timestamp())
        for key, wanted in self.body.get("filters", {}).items():
            clauses.append(f"{self._filtered_by(key)} IN ({', '.join('?' * len(wanted))})")
            values += [str(value) for value in wanted]
        return f"WHERE {' AND '.join(clauses)}", values

    def order(self) -> str:
        """What follows ORDER BY; campaigns of one moment come in the order of their creation."""
        # Without sortBy the samples come by updatedAt, newest first (inferred): an update moves a row.
        sorting = self.body.get("sortBy") or {"updatedAt": "desc"}
        terms = [f"{_SORTED_BY[key].format(now=self.now)} {direction}" for key, direction in sorting.items()]
        last = "asc" if "asc" in sorting.values() else "desc"
        return ", ".join([*terms, f"place {last}"])

    def _filtered_by(self, key: str) -> str:
        if key == "status":
            return f"coalesce(status, CASE WHEN ready <= {self.now!r} THEN prepared ELSE 'Preparing' END)"
        return f"json_extract(body, '$.{key}')"
