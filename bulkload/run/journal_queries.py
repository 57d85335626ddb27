"""What the journal can be asked; every question goes to the file."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkload.errors import UsageError
from bulkload.gc_control import gc_paused
from bulkload.model import AccountIdentity, ApiVersion, RunInfo
from bulkload.run.earlier_runs import EarlierRow, History
from bulkload.run.outcomes import status
from bulkload.run.records import JournalRow, StoredRun
from bulkload.run.states import UNFINISHED, State
from bulkload.run.storage import speaking_of
from bulkload.text import name_key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping


class JournalReading:
    """The runs of one host and application on this machine, as far as one may look without the lock."""

    def __init__(self, connection: sqlite3.Connection, path: Path | str) -> None:
        self._connection = connection
        self._path = path
        (account,) = self._ask("SELECT label, application FROM account")
        self.label: str = account["label"]
        """The service: its base address, or ``sandbox``."""
        self.application: str = account["application"]
        self.account = AccountIdentity(self.label, self.application)

    @gc_paused()
    def rows(self, run: str) -> tuple[JournalRow, ...]:
        """The rows of a run, in the order of the sheet."""
        return tuple(_row(found) for found in self._ask("SELECT * FROM rows WHERE run = ? ORDER BY row", run))

    def stored(self, run: str) -> StoredRun:
        """What a run was asked to do. Raises UsageError where no run has this name."""
        found = self._ask("SELECT * FROM runs JOIN workbooks USING (sha256) WHERE run = ?", run)
        if not found:
            raise no_such_run(run)
        (one,) = found
        return StoredRun(
            run=one["run"],
            workbook=Path(one["workbook"]),
            sha256=one["sha256"],
            content=one["content"],
            options=json.loads(one["options"]),
            started=datetime.fromisoformat(one["started"]).astimezone(),
        )

    def seen(self, run: str) -> frozenset[str]:
        """The ids that stood in the account before the run."""
        return frozenset(
            found["campaign_id"] for found in self._ask("SELECT campaign_id FROM seen WHERE run = ?", run)
        )

    def owners(self) -> Mapping[str, frozenset[tuple[str, int]]]:
        """For each campaign id that a row of any run has: the (run, row) that created it, if one did."""
        owners: dict[str, set[tuple[str, int]]] = {}
        for found in self._ask(
            "SELECT run, row, asked_id, coalesce(campaign_id, asked_id) AS campaign_id FROM rows"
            " WHERE coalesce(campaign_id, asked_id) IS NOT NULL AND state NOT IN (?, ?)",
            State.ALREADY_CREATED,
            State.UNCHANGED,
        ):
            creators = owners.setdefault(found["campaign_id"], set())
            if found["asked_id"] is None:
                creators.add((found["run"], found["row"]))
        return {campaign_id: frozenset(creators) for campaign_id, creators in owners.items()}

    def history(self, *, without: str | None = None) -> History:
        """What the runs of this account have done, except one of them."""
        return History(
            EarlierRow(
                run=found["run"],
                row=found["row"],
                key=name_key(found["name"]),
                digest=found["digest"],
                state=State(found["state"]),
                target_id=found["asked_id"],
                campaign_id=found["campaign_id"],
                sent=found["sent"],
                accepted=_moment(found["accepted"]),
            )
            for found in self._ask(
                "SELECT run, row, name, digest, state, asked_id, campaign_id, sent, accepted FROM rows"
                " WHERE run IS NOT ? AND sent > 0",
                without,
            )
        )

    def runs(self) -> tuple[RunInfo, ...]:
        """Every run, the latest first."""
        counts: dict[str, Counter[str]] = {}
        for found in self._ask(
            "SELECT run, state, asked_id IS NOT NULL AS updates, count(*) AS rows FROM rows GROUP BY 1, 2, 3"
        ):
            by_status = counts.setdefault(found["run"], Counter())
            by_status[str(status(State(found["state"]), updates=bool(found["updates"])))] += found["rows"]
        return tuple(
            self._info(found, counts.get(found["run"], Counter()))
            for found in self._ask("SELECT * FROM runs ORDER BY number DESC")
        )

    def _info(self, found: sqlite3.Row, counts: Mapping[str, int]) -> RunInfo:
        return RunInfo(
            run=found["run"],
            workbook=found["workbook"],
            host=self.label,
            application=self.application,
            started=datetime.fromisoformat(found["started"]).astimezone(),
            finished=_moment(found["finished"]),
            counts=dict(counts),
            stopped=found["stopped"],
        )

    def info(self, run: str) -> RunInfo | None:
        """One run; None where no run has this name."""
        return next((info for info in self.runs() if info.run == run), None)

    def is_unfinished(self, run: str) -> bool:
        """Whether a resume of it would have something to do."""
        marks = ", ".join("?" * len(UNFINISHED))
        question = f"SELECT 1 FROM rows WHERE run = ? AND state IN ({marks}) LIMIT 1"  # noqa: S608  (marks alone)
        return bool(self._ask(question, run, *UNFINISHED))

    def unfinished(self, sha256: str) -> str | None:
        """The latest run of just this workbook that leaves something to do."""
        found = self._ask(
            "SELECT run FROM runs WHERE finished IS NULL AND sha256 = ? ORDER BY number DESC LIMIT 1", sha256
        )
        return found[0]["run"] if found else None

    def _ask(self, question: str, *values: Any) -> list[sqlite3.Row]:
        with speaking_of(self._path):
            return self._connection.execute(question, values).fetchall()


def no_such_run(run: str) -> UsageError:
    """What to say of a name that no run has."""
    return UsageError(f"No run is called {run!r} here. 'bulkload runs' lists them.")


def _row(found: sqlite3.Row) -> JournalRow:
    return JournalRow(
        run=found["run"],
        row=found["row"],
        name=found["name"],
        digest=found["digest"],
        version=ApiVersion(found["version"]),
        body=json.loads(found["body"]),
        state=State(found["state"]),
        target_id=found["asked_id"],
        campaign_id=found["campaign_id"],
        platform_status=found["platform_status"],
        attempts=found["attempts"],
        message=found["happened"],
        fix=found["to_do"],
        sent=found["sent"],
        accepted=_moment(found["accepted"]),
    )


def _moment(text: str | None) -> datetime | None:
    """In the zone of whoever looks; it was noted in that of the machine of then."""
    return datetime.fromisoformat(text).astimezone() if text else None
