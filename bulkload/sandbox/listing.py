"""One page of the account's campaigns: what a listing's body asks for, as SQL.

``limit`` is cut to the largest the service gives; ``skip`` counts campaigns, and where it is missing or 0,
``page`` (the first is 1) says where to begin: the samples send both. Newest first, as the samples sort.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

_SORTED_BY = {"name": "lname", "createdAt": "created", "updatedAt": "updated"}


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

    @classmethod
    def of(cls, body: dict[str, Any], *, now: float, largest: int, visible_after: float) -> Self:
        """The listing that this body asks for, ``largest`` rows a page at most."""
        limit = min(body.get("limit", largest), largest)
        skip = body.get("skip", 0) or (body.get("page", 1) - 1) * limit
        return cls(body, skip, limit, now, now - visible_after)

    def condition(self) -> tuple[str, list[Any]]:
        """A WHERE clause and its values."""
        clauses: list[str] = ["created <= ?"]
        values: list[Any] = [self.newest]
        for key, comparison in (("startDate", ">="), ("endDate", "<=")):
            if key in self.body:
                clauses.append(f"created {comparison} ?")
                values.append(datetime.fromisoformat(self.body[key]).timestamp())
        for key, wanted in self.body.get("filters", {}).items():
            clauses.append(f"{self._filtered_by(key)} IN ({', '.join('?' * len(wanted))})")
            values += [str(value) for value in wanted]
        return f"WHERE {' AND '.join(clauses)}", values

    def order(self) -> str:
        """What stands behind ORDER BY; campaigns of one moment stand in the order of their creation."""
        sorting = self.body.get("sortBy") or {"createdAt": "desc"}
        terms = [f"{_SORTED_BY[key]} {direction}" for key, direction in sorting.items()]
        last = "asc" if "asc" in sorting.values() else "desc"
        return ", ".join([*terms, f"place {last}"])

    def _filtered_by(self, key: str) -> str:
        if key == "status":
            return f"coalesce(status, CASE WHEN ready <= {self.now!r} THEN 'Ready' ELSE 'Preparing' END)"
        return f"json_extract(body, '$.{key}')"
