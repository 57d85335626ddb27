"""The campaigns of one application, and the names that it knows.

A deleted campaign keeps its row with the moment of its deletion, because a stale listing may still show it.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.sandbox.fixtures import ContactList
from bulkload.sandbox.log import Effect

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.sandbox.database import Database
    from bulkload.sandbox.fixtures import Fixtures
    from bulkload.sandbox.listing import Listing

_COLUMNS = (
    "id, body, status, created, updated, ready, prepared, app_id, instance_id, instance_updated,"
    " is_scheduled, is_recurring, has_filters"
)
_SELECT = f"SELECT {_COLUMNS} FROM campaigns"  # noqa: S608  (constant text)


@dataclass(frozen=True, slots=True)
class StoredCampaign:
    """One campaign as the service stores it."""

    id: str
    body: Mapping[str, Any]
    """What was sent, later updates laid over it."""
    status: str | None
    """Set from outside (Active, Stopped ...); None: Preparing, then ``prepared`` at ``ready``."""
    created: float
    """Seconds since 1970, as all moments here."""
    updated: float
    ready: float
    prepared: str
    """``Ready``, or another word where preparing failed."""
    app_id: str
    instance_id: str | None = None
    """Given when it is started for the first time."""
    instance_updated: float | None = None
    is_scheduled: bool = False
    is_recurring: bool = False
    has_filters: bool = False

    @property
    def name(self) -> str:
        """As stored last."""
        return str(self.body["name"])

    @property
    def was_changed(self) -> bool:
        """Whether it was updated or scheduled since it was created."""
        return self.updated > self.created or self.is_scheduled

    def status_at(self, now: float) -> str:
        """The platform's word for its status."""
        return self.status or (self.prepared if now >= self.ready else "Preparing")

    def updated_at(self, now: float) -> float:
        """The moment of its last change; becoming Ready is one (samples)."""
        return max(self.updated, self.ready) if now >= self.ready else self.updated


@dataclass(frozen=True, slots=True)
class Prepared:
    """When a campaign is created, when it is prepared, and what it is then."""

    now: float
    ready: float
    status: str = "Ready"


class Campaigns:
    """What one application of a pretend account holds."""

    def __init__(self, database: Database, app_id: str) -> None:
        self.database = database
        self.app_id = app_id
        self._connection = database.connection

    # --- names ---------------------------------------------------------------------------------------------

    def learn(self, fixtures: Iterable[Fixtures]) -> None:
        """Know these names from now on; a contact list that is known already keeps its details."""
        rows = [(self.app_id, *row) for names in fixtures for row in names.rows()]
        with self.database.transaction():
            self._connection.executemany("INSERT OR IGNORE INTO names VALUES (?, ?, ?, ?, ?)", rows)

    def known_id(self, kind: str, name: str, *, folds_case: bool = False) -> str | None:
        """The id of a list, queue, flow or caller ID of this name; None: not found."""
        collation = " COLLATE NOCASE" if folds_case else ""
        row = self._connection.execute(
            f"SELECT id FROM names WHERE app_id = ? AND kind = ? AND name = ?{collation}",  # noqa: S608  (two words)
            (self.app_id, kind, name),
        ).fetchone()
        return row[0] if row else None

    def known(self, kind: str) -> list[tuple[str, str]]:
        """List (id, name) of everything of a kind, in the order in which it was learnt."""
        return self._connection.execute(
            "SELECT id, name FROM names WHERE app_id = ? AND kind = ? ORDER BY rowid", (self.app_id, kind)
        ).fetchall()

    def contact_lists(self) -> list[tuple[str, str, ContactList]]:
        """List (id, name, details) of every contact list."""
        rows = self._connection.execute(
            "SELECT id, name, details FROM names WHERE app_id = ? AND kind = 'contact_lists' ORDER BY rowid",
            (self.app_id,),
        )
        return [(row[0], row[1], ContactList(**json.loads(row[2]))) for row in rows]

    def put_name(self, kind: str, name: str, known_id: str, details: str) -> None:
        """Know a name, with these details as JSON."""
        self._connection.execute(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (app_id, kind, name) DO UPDATE SET details = excluded.details",
            (self.app_id, kind, name, known_id, details),
        )

    def forget_name(self, kind: str, name: str) -> None:
        """Know a name no longer."""
        self._connection.execute(
            "DELETE FROM names WHERE app_id = ? AND kind = ? AND name = ?", (self.app_id, kind, name)
        )

    # --- reading -------------------------------------------------------------------------------------------

    def get(self, campaign_id: str) -> StoredCampaign | None:
        """Read the campaign with this id."""
        row = self._connection.execute(
            f"{_SELECT} WHERE id = ? AND app_id = ? AND deleted IS NULL", (campaign_id, self.app_id)
        ).fetchone()
        return _stored(row) if row else None

    def ids_named(self, name: str) -> list[str]:
        """The ids of all campaigns of this name, whatever its case."""
        rows = self._connection.execute(
            "SELECT id FROM campaigns WHERE app_id = ? AND lname = ? AND deleted IS NULL ORDER BY place",
            (self.app_id, name.lower()),
        )
        return [row[0] for row in rows]

    def all(self) -> tuple[StoredCampaign, ...]:
        """Every campaign, in the order of creation."""
        rows = self._connection.execute(
            f"{_SELECT} WHERE app_id = ? AND deleted IS NULL ORDER BY place", (self.app_id,)
        )
        return tuple(map(_stored, rows))

    def page(self, listing: Listing) -> tuple[list[StoredCampaign], int]:
        """Read one page of a listing, and count the campaigns of all its pages."""
        where, values = listing.condition()
        where, values = f"{where} AND app_id = ?", [*values, self.app_id]
        count = f"SELECT count(*) FROM campaigns {where}"  # noqa: S608  (Listing builds it from its own words)
        (total,) = self._connection.execute(count, values).fetchone()
        rows = self._connection.execute(
            f"{_SELECT} {where} ORDER BY {listing.order()} LIMIT ? OFFSET ?",
            (*values, listing.limit, listing.skip),
        )
        return [_stored(row) for row in rows], total

    # --- writing -------------------------------------------------------------------------------------------

    def create(
        self, number: int, body: Mapping[str, Any], prepared: Prepared, kind: str = "created"
    ) -> StoredCampaign:
        """Add a campaign; ``number`` is the request's. The effect is logged, or neither happened."""
        now = prepared.now
        stored = StoredCampaign(
            _new_campaign_id(), body, None, now, now, prepared.ready, prepared.status, self.app_id
        )
        with self.database.transaction():
            self._connection.execute(
                "INSERT INTO campaigns (id, lname, body, created, updated, ready, prepared, app_id)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(stored.id, stored.name.lower(), json.dumps(body)),
                    *(now, now, stored.ready, stored.prepared, self.app_id),
                ),
            )
            self._log(number, now, kind, stored, body)
        return stored

    def write(
        self, number: int, stored: StoredCampaign, now: float, sent: Mapping[str, Any], kind: str = "updated"
    ) -> StoredCampaign:
        """Store a changed campaign; ``sent`` is what the log says of it."""
        with self.database.transaction():
            self._connection.execute(
                "UPDATE campaigns SET lname = ?, body = ?, status = ?, updated = ?, instance_id = ?,"
                " instance_updated = ?, is_scheduled = ?, is_recurring = ?, has_filters = ? WHERE id = ?",
                (
                    *(stored.name.lower(), json.dumps(stored.body), stored.status, stored.updated),
                    *(stored.instance_id, stored.instance_updated),
                    *(stored.is_scheduled, stored.is_recurring, stored.has_filters, stored.id),
                ),
            )
            self._log(number, now, kind, stored, sent)
        return stored

    def delete(self, number: int, stored: StoredCampaign, now: float, kind: str = "deleted") -> None:
        """Delete a campaign; its name may be used again."""
        with self.database.transaction():
            self._connection.execute("UPDATE campaigns SET deleted = ? WHERE id = ?", (now, stored.id))
            self._log(number, now, kind, stored, stored.body)

    def _log(
        self, number: int, now: float, kind: str, stored: StoredCampaign, body: Mapping[str, Any]
    ) -> None:
        effect = Effect(0, number, now, kind, stored.id, stored.name, body, self.app_id)
        self.database.log_effect(effect)


def _stored(row: tuple[Any, ...]) -> StoredCampaign:
    return StoredCampaign(row[0], json.loads(row[1]), *row[2:-3], *map(bool, row[-3:]))


def new_instance_id() -> str:
    """Make the id of a campaign's first start (``start-v2.answer``)."""
    return f"cid-{str(uuid.uuid4())[1:]}"


def _new_campaign_id() -> str:
    """``cd-b2c1690-0a1b-497c-9326-1bdd229xxxxx``: seven digits first, so no UUID (seeds, ``data.id``)."""
    return f"cd-{str(uuid.uuid4())[1:]}"
