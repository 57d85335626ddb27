"""The journal's tables, the digest over each row of them, and what turns an older file into today's.

A digest (``seal``) over all other columns stands in every row of ``runs`` and ``rows``, because a damaged state or
campaign id would otherwise be believed. ``runs`` counts its rows, so that none can get lost.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

VERSION = 2
"""Of the tables below; a file of a later version is refused, never guessed at."""

ROW_COLUMNS = (
    "run", "row", "name", "digest", "version", "body", "operation", "target_id", "state", "campaign_id",
    "platform_status", "attempts", "code", "message", "is_found", "before", "deleted", "sent", "sent_at",
    "accepted",
)  # fmt: skip
"""Columns of ``rows`` in the order of their digest."""
RUN_COLUMNS = (
    "number", "run", "workbook", "sha256", "options", "started", "finished", "stopped", "account_id", "kind",
    "batch", "seen", "rows",
)  # fmt: skip
"""Columns of ``runs`` in the order of their digest."""

SCHEMA = """
CREATE TABLE account (label TEXT NOT NULL, application TEXT NOT NULL);
CREATE TABLE workbooks (sha256 TEXT PRIMARY KEY, content BLOB NOT NULL);
CREATE TABLE runs (
    number INTEGER PRIMARY KEY,
    run TEXT NOT NULL UNIQUE,
    workbook TEXT NOT NULL,
    sha256 TEXT NOT NULL REFERENCES workbooks,
    options TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    stopped TEXT NOT NULL DEFAULT '',
    account_id TEXT, -- NULL: of version 1; empty: the embedded sandbox, which has none
    kind TEXT NOT NULL DEFAULT 'submit',
    batch TEXT,
    seen TEXT NOT NULL,
    rows INTEGER NOT NULL,
    seal TEXT NOT NULL
);
CREATE TABLE rows (
    run TEXT NOT NULL REFERENCES runs (run),
    row INTEGER NOT NULL,
    name TEXT NOT NULL,
    digest TEXT NOT NULL,
    version TEXT NOT NULL,
    body TEXT NOT NULL,
    operation TEXT NOT NULL,
    target_id TEXT,
    state TEXT NOT NULL,
    campaign_id TEXT,
    platform_status TEXT,
    attempts INTEGER NOT NULL,
    code TEXT,
    message TEXT,
    is_found INTEGER NOT NULL,
    before TEXT,
    deleted TEXT,
    sent INTEGER NOT NULL,
    sent_at TEXT,
    accepted TEXT,
    seal TEXT NOT NULL,
    PRIMARY KEY (run, row)
) WITHOUT ROWID;
CREATE TABLE facts (
    campaign_id TEXT PRIMARY KEY,
    updated_at TEXT,
    status TEXT,
    connection TEXT,
    document TEXT,
    seal TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE learned (name TEXT PRIMARY KEY, value REAL NOT NULL) WITHOUT ROWID;
CREATE TABLE plans (name TEXT PRIMARY KEY, digest TEXT NOT NULL, content TEXT NOT NULL) WITHOUT ROWID
"""


TABLES = frozenset(statement.strip() for statement in SCHEMA.split(";\n") if statement.strip())
"""The statements that made the tables; a damaged one would show columns under other names."""


def tables_of(connection: sqlite3.Connection) -> frozenset[str]:
    """The statements that made the tables of this file."""
    return frozenset(
        str(row[0]).strip()
        for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    )


def seal(values: Iterable[Any]) -> str:
    """The digest of a row of a table, from its other columns in their order."""
    return hashlib.sha256(json.dumps(list(values), default=repr).encode()).hexdigest()


def sealed(values: Iterable[Any]) -> tuple[Any, ...]:
    """The values with their digest behind them."""
    whole = tuple(values)
    return (*whole, seal(whole))


def make_tables(connection: sqlite3.Connection, label: str, application: str) -> None:
    """Make all tables of this version; within a transaction."""
    for statement in SCHEMA.split(";\n"):
        connection.execute(statement)
    connection.execute("INSERT INTO account VALUES (?, ?)", (label, application))
    connection.execute(f"PRAGMA user_version = {VERSION}")


def migrate(connection: sqlite3.Connection) -> None:
    """Turn a file of version 1 into one of this version; within a transaction.

    Version 1 kept sentences instead of codes, and no account id: its runs belong to no account until somebody
    confirms it.
    """
    (account,) = connection.execute("SELECT label, application FROM account").fetchall()
    old = {
        table: [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]  # noqa: S608  (ours)
        for table in ("workbooks", "runs", "rows", "seen")
    }
    for table in ("seen", "rows", "runs", "workbooks", "account"):
        connection.execute(f"DROP TABLE {table}")
    make_tables(connection, account["label"], account["application"])
    connection.executemany(
        "INSERT INTO workbooks VALUES (?, ?)", ((row["sha256"], row["content"]) for row in old["workbooks"])
    )
    seen: defaultdict[str, list[str]] = defaultdict(list)
    counts: defaultdict[str, int] = defaultdict(int)
    for one in old["seen"]:
        seen[one["run"]].append(one["campaign_id"])
    for row in old["rows"]:
        counts[row["run"]] += 1
    for run in old["runs"]:
        more = {"account_id": None, "kind": "submit", "batch": None}
        now = {**run, **more, "seen": json.dumps(sorted(seen[run["run"]])), "rows": counts[run["run"]]}
        insert(connection, "runs", RUN_COLUMNS, now)
    for row in old["rows"]:
        insert(connection, "rows", ROW_COLUMNS, _row_of_version_1(row))


def _row_of_version_1(row: Mapping[str, Any]) -> dict[str, Any]:
    has_words = row["happened"] or row["to_do"]
    words = json.dumps({"text": row["happened"], "fix": row["to_do"]}) if has_words else None
    return {
        **row,
        "target_id": row["asked_id"],
        "operation": "create" if row["asked_id"] is None else "update",
        "code": "quoted" if has_words else None,
        "message": words,
        # It is not known which ids were found by a look. Such a campaign is never deleted by an undo.
        "is_found": 1,
        "before": None,
        "deleted": None,
        "sent_at": row["accepted"],
    }


def insert(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], values: Mapping[str, Any]
) -> None:
    """Insert a row with its digest."""
    row = sealed(values[column] for column in columns)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO {table} ({', '.join((*columns, 'seal'))}) VALUES ({marks})", row)  # noqa: S608
