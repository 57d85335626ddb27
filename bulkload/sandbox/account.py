"""The pretend account on disk: campaigns, the names it knows, used tokens, and the log.

SQLite in WAL mode with ``synchronous=OFF``: a commit is then in the operating system's hands, so that it
survives SIGKILL of this process, which the crash tests need, and costs no disk flush, which they could not
afford. A power cut may lose the tail, and it is only a pretend account. Nothing is cached, so two servers on one
file agree.
"""

from __future__ import annotations

import json
import sqlite3
import time
import uuid
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bulkload.sandbox import log
from bulkload.sandbox.account_file import speaking_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bulkload.sandbox.fixtures import Known
    from bulkload.sandbox.listing import Listing

_SCHEMA = """
CREATE TABLE IF NOT EXISTS campaigns (
    place INTEGER PRIMARY KEY, id TEXT UNIQUE, lname TEXT, body TEXT, status TEXT,
    created REAL, updated REAL, ready REAL);
CREATE INDEX IF NOT EXISTS campaigns_by_name ON campaigns (lname);
CREATE TABLE IF NOT EXISTS known (kind TEXT, name TEXT, id TEXT, PRIMARY KEY (kind, name));
CREATE TABLE IF NOT EXISTS tokens (jti TEXT PRIMARY KEY, expires REAL);
"""
_SELECT = "SELECT id, body, status, created, updated, ready FROM campaigns"
_A_DAY = 86_400.0
"""Seconds after which an expired token is forgotten; generous, for the service's clock can be set."""


@dataclass(frozen=True, slots=True)
class Stored:
    """One campaign of the account."""

    id: str
    body: Mapping[str, Any]
    """What was sent, later updates merged in."""
    status: str | None
    """Set from outside (Active, Stopped ...); None: Preparing, then Ready at ``ready``."""
    created: float
    """Seconds since 1970, as all moments here."""
    updated: float
    ready: float

    @property
    def name(self) -> str:
        """As sent last."""
        return str(self.body["name"])

    def status_at(self, now: float) -> str:
        """The platform's word for where it stands."""
        return self.status or ("Ready" if now >= self.ready else "Preparing")


@dataclass(frozen=True, slots=True)
class Answered:
    """What the log says of an answer; the fields are ``LoggedRequest``'s."""

    status: int | None
    name: str | None = None
    campaign_id: str | None = None
    fault: str | None = None
    problem: str | None = None


class Account:
    """A pretend account in one file; to be used by one thread at a time."""

    def __init__(self, path: Path, *known: Known) -> None:
        """Raises AccountFileError for a file that is damaged, or that can't be had."""
        path.parent.mkdir(parents=True, exist_ok=True)
        with speaking_of(path):
            # Autocommit: every statement below is durable by itself, unless a transaction is begun. The connection
            # is made by the thread that starts a sandbox and used by the one that serves.
            self._connection = sqlite3.connect(
                path, isolation_level=None, check_same_thread=False, timeout=10
            )
            try:
                self._prepare()
                self._learn(row for names in known for row in names.rows())
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=OFF")
        self._connection.executescript(_SCHEMA + log.SCHEMA)
        self._connection.execute("DELETE FROM tokens WHERE expires < ?", (time.time() - _A_DAY,))

    def close(self) -> None:
        """Close the file; all of it is there already."""
        self._connection.close()

    # --- the log -------------------------------------------------------------------------------------------

    def arrived(self, now: float, method: str, path: str, operation: str, campaign_id: str | None) -> int:
        """Write down that a request arrived; its number."""
        cursor = self._connection.execute(
            "INSERT INTO requests (time, method, path, operation, campaign_id) VALUES (?, ?, ?, ?, ?)",
            (now, method, path, operation, campaign_id),
        )
        return int(cursor.lastrowid or 0)

    def answered(self, number: int, given: Answered) -> None:
        """Write down what a request is about to be answered."""
        self._connection.execute(
            "UPDATE requests SET status = ?, name = ?, fault = ?, problem = ?,"
            " campaign_id = coalesce(?, campaign_id) WHERE number = ?",
            (given.status, given.name, given.fault, given.problem, given.campaign_id, number),
        )

    def use_token(self, jti: str, expires: float) -> bool:
        """Whether this ``jti`` was never used before; from now on it was, across restarts too."""
        cursor = self._connection.execute("INSERT OR IGNORE INTO tokens VALUES (?, ?)", (jti, expires))
        return cursor.rowcount == 1

    # --- known names ---------------------------------------------------------------------------------------

    def known_id(self, kind: str, name: str) -> str | None:
        """The id of a list, queue, flow or caller ID of exactly this name; None: not found."""
        row = self._connection.execute(
            "SELECT id FROM known WHERE kind = ? AND name = ?", (kind, name)
        ).fetchone()
        return row[0] if row else None

    def known(self, kind: str) -> list[tuple[str, str]]:
        """(id, name) of everything of a kind, in the order in which the account learnt of it."""
        return self._connection.execute(
            "SELECT id, name FROM known WHERE kind = ? ORDER BY rowid", (kind,)
        ).fetchall()

    def _learn(self, rows: Iterable[tuple[str, str, str]]) -> None:
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany("INSERT OR IGNORE INTO known VALUES (?, ?, ?)", rows)

    # --- campaigns -----------------------------------------------------------------------------------------

    def get(self, campaign_id: str) -> Stored | None:
        """The campaign with this id."""
        row = self._connection.execute(f"{_SELECT} WHERE id = ?", (campaign_id,)).fetchone()
        return _stored(row) if row else None

    def named(self, name: str) -> list[str]:
        """The ids of all campaigns of this name, whatever its case."""
        rows = self._connection.execute("SELECT id FROM campaigns WHERE lname = ?", (name.lower(),))
        return [row[0] for row in rows]

    def page(self, listing: Listing) -> tuple[list[Stored], int]:
        """The campaigns of one page of a listing, and how many there are on all its pages."""
        where, values = listing.condition()
        count = f"SELECT count(*) FROM campaigns {where}"  # noqa: S608  (built by Listing from its own words)
        (total,) = self._connection.execute(count, values).fetchone()
        rows = self._connection.execute(
            f"{_SELECT} {where} ORDER BY {listing.order()} LIMIT ? OFFSET ?",
            (*values, listing.limit, listing.skip),
        )
        return [_stored(row) for row in rows], total

    def create(self, number: int, body: Mapping[str, Any], now: float, ready: float) -> Stored:
        """A new campaign; ``number`` is the request's. The log has the effect, or neither happened."""
        stored = Stored(_new_campaign_id(), body, None, now, now, ready)
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "INSERT INTO campaigns (id, lname, body, created, updated, ready) VALUES (?, ?, ?, ?, ?, ?)",
                (stored.id, stored.name.lower(), json.dumps(body), now, now, ready),
            )
            self._log_effect(number, now, "created", stored, body)
        return stored

    def update(self, number: int, stored: Stored, body: Mapping[str, Any], now: float) -> Stored:
        """The campaign with the keys of ``body`` merged in: a key left out keeps its value."""
        merged = replace(stored, body={**stored.body, **body}, updated=now)
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute(
                "UPDATE campaigns SET lname = ?, body = ?, updated = ? WHERE id = ?",
                (merged.name.lower(), json.dumps(merged.body), now, stored.id),
            )
            self._log_effect(number, now, "updated", merged, body)
        return merged

    def delete(self, number: int, stored: Stored, now: float) -> None:
        """The campaign is gone, and its name may be used again."""
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM campaigns WHERE id = ?", (stored.id,))
            self._log_effect(number, now, "deleted", stored, stored.body)

    def set_status(self, campaign_id: str, status: str) -> bool:
        """As if somebody had started, paused or stopped it at the console; False: no such campaign."""
        cursor = self._connection.execute(
            "UPDATE campaigns SET status = ? WHERE id = ?", (status, campaign_id)
        )
        return cursor.rowcount == 1

    def _log_effect(
        self, number: int, now: float, kind: str, stored: Stored, body: Mapping[str, Any]
    ) -> None:
        self._connection.execute(
            "INSERT INTO effects (request, time, kind, campaign_id, name, body) VALUES (?, ?, ?, ?, ?, ?)",
            (number, now, kind, stored.id, stored.name, json.dumps(body)),
        )


def read_campaigns(path: Path) -> tuple[Stored, ...]:
    """The campaigns of the account in this file, in the order of their creation; none if there is no file."""
    if not path.exists():
        return ()
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        return tuple(_stored(row) for row in connection.execute(f"{_SELECT} ORDER BY place"))


def _stored(row: tuple[Any, ...]) -> Stored:
    return Stored(row[0], json.loads(row[1]), *row[2:])


def _new_campaign_id() -> str:
    """``cd-b2c1690-0a1b-497c-9326-1bdd229xxxxx``: seven digits first, so no UUID (seeds, ``data.id``)."""
    return f"cd-{str(uuid.uuid4())[1:]}"
