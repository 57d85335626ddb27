"""The log of an account: every request as it arrived, every effect as it happened, read from the file alone.

Crash tests compare a client with it. No server has to run: a process killed with SIGKILL leaves everything that it
had answered.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY, time REAL, method TEXT, path TEXT, operation TEXT, name TEXT,
    campaign_id TEXT, status INTEGER, fault TEXT, problem TEXT, app_id TEXT);
CREATE TABLE IF NOT EXISTS effects (
    number INTEGER PRIMARY KEY, request INTEGER, time REAL, kind TEXT, campaign_id TEXT, name TEXT, body TEXT,
    app_id TEXT);
"""


@dataclass(frozen=True, slots=True)
class LoggedRequest:
    """One request as it arrived, and what it was answered."""

    number: int
    """1, 2, 3 ... by arrival."""
    time: float
    """Seconds since 1970 on the service's clock."""
    method: str
    path: str
    """With its query."""
    operation: str
    """create, update, get, list, status, delete, contact_lists, queues; unknown for no such address; connection
    for a connection struck before it was read from."""
    name: str | None
    """The campaign's name in the body, or of the campaign in the path; None where there is none."""
    campaign_id: str | None
    """In the path, or the one that was created."""
    status: int | None
    """The HTTP status answered; None while it is handled, or when no whole status left."""
    fault: str | None
    """The kind and moment, or way, of each fault that struck it: ``reset after``."""
    problem: str | None
    """Why it was refused, exactly; the answer may say less."""
    app_id: str
    """The application in the path; the first one's where there is none."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One change of the account that happened."""

    number: int
    """1, 2, 3 ... in the order in which they happened."""
    request: int
    """The number of the request that did it; 0 for the console."""
    time: float
    """Seconds since 1970 on the service's clock."""
    kind: str
    """created, updated or deleted; ``created at the console`` and so on for what a person did there."""
    campaign_id: str
    name: str
    """The campaign's name from then on; of a deleted one, its last."""
    body: Mapping[str, Any]
    """What was sent; of a deleted campaign, its last body; for the console, what changed."""
    app_id: str
    """The application that the campaign belongs to."""


@dataclass(frozen=True, slots=True)
class Log:
    """Everything that ever arrived at an account, and everything that came of it."""

    requests: tuple[LoggedRequest, ...] = ()
    effects: tuple[Effect, ...] = ()


def read_log(path: Path) -> Log:
    """Read the log of the account in this file; empty if the file is missing."""
    if not path.exists():
        return Log()
    with closing(sqlite3.connect(path, timeout=10)) as connection:
        requests = connection.execute(
            "SELECT number, time, method, path, operation, name, campaign_id, status, fault, problem, app_id"
            " FROM requests ORDER BY number"
        )
        effects = connection.execute(
            "SELECT number, request, time, kind, campaign_id, name, body, app_id FROM effects ORDER BY number"
        )
        return Log(
            tuple(LoggedRequest(*row) for row in requests),
            tuple(_effect(row) for row in effects),
        )


def _effect(row: tuple[Any, ...]) -> Effect:
    number, request, moment, kind, campaign_id, name, body, app_id = row
    return Effect(number, request, moment, kind, campaign_id, name, json.loads(body), app_id)
