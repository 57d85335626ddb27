"""What the journal can be asked. Every question goes to the file, and every row must carry its own digest."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bulkload.errors import UsageError
from bulkload.messages import message_from_json
from bulkload.model import AccountIdentity, ApiVersion, RowReference, RunInfo
from bulkload.run.earlier_runs import History, RunFacts
from bulkload.run.messages import CATALOGUE
from bulkload.run.messages import journal as messages
from bulkload.run.outcomes import status
from bulkload.run.records import JournalRow, StoredRun
from bulkload.run.schema import ROW_COLUMNS, RUN_COLUMNS, seal
from bulkload.run.states import SUCCEEDED, UNFINISHED, State
from bulkload.run.storage import damaged, speaking_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from bulkload.messages import Message


class JournalReading:
    """The runs of one host and application on this machine, as far as one may look without the lock."""

    def __init__(
        self, connection: sqlite3.Connection, path: Path | str, account: AccountIdentity | None
    ) -> None:
        self._connection = connection
        self._path = path
        found = self._ask("SELECT label, application FROM account")
        if len(found) != 1:
            raise damaged(path, "it names no account")
        label, application = found[0]
        self.label: str = label
        """The service: its base address, or ``sandbox``."""
        self.application: str = application
        self.account = account or AccountIdentity(label, application)
        """Whose runs are asked for; without an account id, those of every account of the application."""

    def rows(self, run: str) -> tuple[JournalRow, ...]:
        """The rows of a run, in the order of the sheet. Raises JournalError where one is damaged or lost."""
        rows = tuple(
            self._row(found) for found in self._ask("SELECT * FROM rows WHERE run = ? ORDER BY row", run)
        )
        for found in self._runs("WHERE run = ?", run):
            if found["rows"] != len(rows):
                raise damaged(self._path, f"run {run} had {found['rows']} rows and has {len(rows)}")
        return rows

    def stored(self, run: str) -> StoredRun:
        """What a run was asked to do. Raises UsageError where no run has this name."""
        found = self._runs("WHERE run = ?", run)
        if not found:
            raise no_such_run(run)
        (one,) = found
        return StoredRun(
            run=one["run"],
            workbook=Path(one["workbook"]),
            sha256=one["sha256"],
            content=self._content(one["sha256"]),
            options=json.loads(one["options"]),
            started=datetime.fromisoformat(one["started"]).astimezone(),
            account_id=one["account_id"],
            kind=one["kind"],
            batch=one["batch"],
        )

    def _content(self, sha256: str) -> bytes:
        found = self._ask("SELECT content FROM workbooks WHERE sha256 = ?", sha256)
        content = found[0][0] if found else None
        # An empty workbook's digest was never computed: only tests store one.
        if not isinstance(content, bytes) or (content and hashlib.sha256(content).hexdigest() != sha256):
            raise damaged(self._path, "a workbook is not as it was stored")
        return content

    def find(self, beginning: str) -> str:
        """The name of the one run that begins like this. Raises UsageError where none or several do."""
        names = [found["run"] for found in self._runs() if found["run"].startswith(beginning)]
        return only_name(beginning, names)

    def seen(self, run: str) -> frozenset[str]:
        """The ids that were in the account before the run."""
        return frozenset(
            name for found in self._runs("WHERE run = ?", run) for name in json.loads(found["seen"])
        )

    def owners(self) -> Mapping[str, frozenset[tuple[str, int]]]:
        """For each campaign id that a row of any run has: the (run, row) that created it, if one did."""
        owners: dict[str, set[tuple[str, int]]] = {}
        for row in self._rows_of_account():
            campaign_id = row.campaign_id or row.target_id
            if campaign_id is None or row.state in {State.ALREADY_CREATED, State.UNCHANGED}:
                continue
            creators = owners.setdefault(campaign_id, set())
            if row.target_id is None:
                creators.add((row.run, row.row))
        return {campaign_id: frozenset(creators) for campaign_id, creators in owners.items()}

    def given_ids(self) -> frozenset[str]:
        """The campaigns that the service has confirmed to some run. A complete listing lacks only deleted ones."""
        return frozenset(
            campaign_id
            for row in self._rows_of_account()
            if row.state in SUCCEEDED and (campaign_id := row.campaign_id or row.target_id)
        )

    def last_sent(self) -> Mapping[str, tuple[Mapping[str, Any], ApiVersion]]:
        """What our runs last sent to each campaign that took it, by campaign id: the body and its version."""
        taken = (row for row in self._rows_of_account() if row.state in SUCCEEDED)
        return {
            campaign_id: (row.body, row.version)
            for row in sorted(taken, key=lambda row: row.sent)
            if (campaign_id := row.campaign_id or row.target_id)
        }

    def history(self, *, without: str | None = None) -> History:
        """What the runs of this account have done, except one of them."""
        of_run = {found["run"]: self.rows(found["run"]) for found in self._own_runs()}
        runs = {
            found["run"]: RunFacts(
                found["number"],
                found["workbook"],
                found["sha256"],
                frozenset(row.key for row in of_run[found["run"]]),
                frozenset(json.loads(found["seen"])),
            )
            for found in self._own_runs()
        }
        return History((row for run, rows in of_run.items() if run != without for row in rows), runs)

    def _rows_of_account(self) -> Iterator[JournalRow]:
        for run in self._own_runs():
            yield from self.rows(run["run"])

    def _own_runs(self) -> list[dict[str, Any]]:
        """The runs of the account, the oldest first, and those that do not say whose they are."""
        wanted = self.account.account_id
        return [run for run in self._runs() if wanted is None or run["account_id"] in {None, "", wanted}]

    def runs(self) -> tuple[RunInfo, ...]:
        """Every run, the latest first."""
        return tuple(self._info(found) for found in reversed(self._own_runs()))

    def _info(self, found: Mapping[str, Any]) -> RunInfo:
        counts = Counter(str(status(row.state, updates=row.updates)) for row in self.rows(found["run"]))
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
        return next((self._info(found) for found in self._runs("WHERE run = ?", run)), None)

    def is_unfinished(self, run: str) -> bool:
        """Whether a resume of it would have something to do."""
        return any(row.state in UNFINISHED for row in self.rows(run))

    def unfinished(self, sha256: str) -> str | None:
        """The latest run of just this workbook that leaves something to do."""
        return self._latest_unfinished("sha256", sha256)

    def unfinished_of_path(self, workbook: Path) -> str | None:
        """The latest run of the file at this path, whatever it contained, that leaves something to do."""
        return self._latest_unfinished("workbook", str(workbook))

    def _latest_unfinished(self, column: str, value: str) -> str | None:
        found = [run["run"] for run in self._own_runs() if run["finished"] is None and run[column] == value]
        return found[-1] if found else None

    def learned(self, name: str) -> float:
        """What earlier runs have learned about the account, such as how late its listing is; 0: nothing."""
        found = self._ask("SELECT value FROM learned WHERE name = ?", name)
        value = found[0][0] if found else 0.0
        return float(value) if isinstance(value, int | float) else 0.0

    def facts(self) -> Mapping[str, Mapping[str, Any]]:
        """What was read about campaigns by their ids: ``updated_at``, ``status``, ``connection``, ``document``.

        A document that is None: the service has said that it has no such campaign.
        """
        known = {}
        for found in self._ask("SELECT * FROM facts"):
            *values, digest = found
            if seal(values) == digest:  # a damaged fact is simply read again
                known[found["campaign_id"]] = dict(found) | {
                    "document": json.loads(found["document"] or "null")
                }
        return known

    def saved_plan(self, name: str) -> tuple[str, Mapping[str, Any]] | None:
        """A saved plan's digest and content; None where no plan has this name. Raises JournalError."""
        found = self._ask("SELECT digest, content FROM plans WHERE name = ?", name)
        if not found:
            return None
        digest, content = found[0]
        if hashlib.sha256(str(content).encode()).hexdigest() != digest:
            raise damaged(self._path, f"the saved plan {name} is not as it was stored")
        return digest, json.loads(content)

    # --- reading the file ------------------------------------------------------------------------------------

    def _runs(self, where: str = "", *values: Any) -> list[dict[str, Any]]:
        found = self._ask(f"SELECT * FROM runs {where} ORDER BY number", *values)  # noqa: S608  (ours)
        return [self._checked(row, RUN_COLUMNS) for row in found]

    def _row(self, found: sqlite3.Row) -> JournalRow:
        row = self._checked(found, ROW_COLUMNS)
        return JournalRow(
            run=row["run"],
            row=row["row"],
            name=row["name"],
            digest=row["digest"],
            version=ApiVersion(row["version"]),
            body=json.loads(row["body"]),
            state=State(row["state"]),
            operation=row["operation"],
            target_id=row["target_id"],
            campaign_id=row["campaign_id"],
            platform_status=row["platform_status"],
            attempts=row["attempts"],
            explanation=read_message(row["code"], row["message"]),
            is_found=bool(row["is_found"]),
            before=json.loads(row["before"]) if row["before"] else None,
            deleted=json.loads(row["deleted"]) if row["deleted"] else None,
            sent=row["sent"],
            sent_at=_moment(row["sent_at"]),
            accepted=_moment(row["accepted"]),
        )

    def _checked(self, found: sqlite3.Row, columns: tuple[str, ...]) -> dict[str, Any]:
        """The row, if it is as it was written. Raises JournalError otherwise."""
        row = dict(found)
        if row["seal"] != seal(row[column] for column in columns):
            raise damaged(self._path, f"a row of run {str(row['run'])[:60]} is not as it was written")
        return row

    def _ask(self, question: str, *values: Any) -> list[sqlite3.Row]:
        with speaking_of(self._path):
            return self._connection.execute(question, values).fetchall()


def no_such_run(run: str) -> UsageError:
    """The error of a name that no run has."""
    return UsageError(messages.NO_SUCH_RUN(run=run))


def only_name(beginning: str, names: list[str]) -> str:
    """The one name among these, or the one that is exactly this. Raises UsageError where there is none or more."""
    if beginning in names:
        return beginning
    if not names:
        raise no_such_run(beginning)
    if len(names) > 1:
        raise UsageError(messages.SEVERAL_SUCH_RUNS(run=beginning, runs=", ".join(names[:5])))
    return names[0]


def write_message(message: Message | None) -> tuple[str | None, str | None]:
    """The code and the values of a message, as the journal keeps them."""
    if message is None:
        return None, None
    values = {name: _to_json(value) for name, value in message.values.items()}
    return message.code, json.dumps(values)


def read_message(code: str | None, values: str | None) -> Message | None:
    """The message that ``write_message`` stored."""
    if code is None:
        return None
    known = {name: _from_json(value) for name, value in json.loads(values or "{}").items()}
    return message_from_json({"code": code, "values": known}, CATALOGUE)


def _to_json(value: object) -> object:
    match value:
        case RowReference():
            return {"rows": value.rows, "column": value.column, "more": value.more, "sheet": value.sheet}
        case int() | float() | None:
            return value
        case _:
            return str(value)


def _from_json(value: Any) -> object:
    if not isinstance(value, dict):
        return value
    return RowReference(tuple(value["rows"]), value["column"], value["more"], value["sheet"])


def _moment(text: str | None) -> datetime | None:
    """In the zone of whoever looks; it was noted in that of the machine of then."""
    return datetime.fromisoformat(text).astimezone() if text else None
