"""The sandbox's log with the questions that tests ask of it."""

from __future__ import annotations

from contextlib import closing
from dataclasses import fields
from pathlib import Path

from bulkload.sandbox import log
from bulkload.sandbox.campaigns import Campaigns, StoredCampaign
from bulkload.sandbox.database import Database
from bulkload.sandbox.fixtures import APP_ID
from bulkload.sandbox.log import Effect, LoggedRequest

__all__ = ["Effect", "Log", "LoggedRequest", "read_campaigns", "read_log"]


class Log(log.Log):
    """Everything that ever arrived at an account, and everything that came of it."""

    def requests_of(self, operation: str) -> tuple[LoggedRequest, ...]:
        """The requests of one operation, in the order of arrival."""
        return tuple(request for request in self.requests if request.operation == operation)

    def effects_of(self, kind: str) -> tuple[Effect, ...]:
        """The effects of one kind: created, updated or deleted."""
        return tuple(effect for effect in self.effects if effect.kind == kind)


def read_log(path: Path) -> Log:
    """The log of the account in this file; empty if the file is missing."""
    found = log.read_log(path)
    return Log(*(getattr(found, field.name) for field in fields(found)))


def read_campaigns(path: Path, app_id: str = APP_ID) -> tuple[StoredCampaign, ...]:
    """The campaigns in this file, in the order of creation; none if the file is missing."""
    if not path.exists():
        return ()
    with closing(Database(path)) as database:
        return Campaigns(database, app_id).all()
