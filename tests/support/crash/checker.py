"""The checker with which every story ends: four witnesses, who must agree.

The pretend service's own log of effects, the journal, the ``--json`` document and the results workbook. The last
three are the program's; the first is the truth. Each is read here by plain means (SQL, JSON, openpyxl), not by
the program's own reading, so that a mistake there can't hide itself.

Three things are counted, and all must be 0:

- duplicates: a row for which the service created more than one campaign;
- lost: a row of the sheet that a report leaves out, and an effect that no report tells of;
- contradictions: a report that says something else than another witness.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.fakes.service_log import Effect, read_log
from support.workbooks import story_workbooks

COUNTED = (
    "created",
    "updated",
    "already_created",
    "unchanged",
    "invalid",
    "refused",
    "not_sent",
    "unknown",
    "conflict",
)
"""The figures of the summary that must add up to its rows (the contract of ``--json``)."""
AS_WANTED = {"created", "updated", "already_created", "unchanged"}
WITH_AN_ERROR = {"refused", "unknown", "conflict"}
"""Statuses in which a row of a run has a problem that is an error; in the others it has warnings at most."""
NOTHING_DONE = {"refused", "not_sent", "invalid"}

_STATUS_OF_STATE = {
    "planned": {"not_sent"},
    "absent": {"not_sent"},
    "sending": {"unknown"},
    "unknown": {"unknown"},
    "accepted": {"created", "updated"},
    "verified": {"created", "updated"},
    "preparing": {"created", "updated"},
    "mismatch": {"conflict"},
    "conflict": {"conflict"},
    "rejected": {"refused"},
    "already_created": {"already_created"},
    "unchanged": {"unchanged"},
}
_WORDS = {
    "created": "✓ Created",
    "updated": "✓ Updated",
    "already_created": "↺ Already there",
    "unchanged": "↺ Unchanged",
    "invalid": "✗ To fix",
    "refused": "✗ Refused by Kore.ai",
    "not_sent": "○ Not sent",
    "unknown": "? Not known",
    "conflict": "! Needs a decision",
}


@dataclass
class Verdict:
    """What the checker found; each finding is a sentence."""

    duplicates: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    contradictions: list[str] = field(default_factory=list)

    @property
    def figures(self) -> tuple[int, int, int]:
        return len(self.duplicates), len(self.lost), len(self.contradictions)

    def must_be_clean(self) -> None:
        assert self.figures == (0, 0, 0), "\n".join(self.duplicates + self.lost + self.contradictions)


@dataclass(frozen=True)
class Witnesses:
    """Where the four are found."""

    account: Path
    """The sandbox's state file."""
    journals: Path
    """The folder of journals."""
    workbook: Path
    """The person's workbook as it was submitted."""
    document: dict[str, Any]
    """What ``--json`` printed."""
    status: int
    """The exit status."""
    of_others: frozenset[str] = frozenset()
    """Ids of campaigns that somebody else created."""


@dataclass(frozen=True)
class JournalRow:
    row: int
    name: str
    state: str
    target_id: str | None
    campaign_id: str | None
    body: dict[str, Any]


def check(witnesses: Witnesses) -> Verdict:
    """Compare all four."""
    verdict = Verdict()
    effects = [
        effect
        for effect in read_log(witnesses.account).effects
        if effect.kind != "created" or effect.campaign_id not in witnesses.of_others
    ]
    rows = read_journal(witnesses.journals, witnesses.document["run"])
    _count_duplicates(verdict, effects)
    _compare_rows(verdict, witnesses, rows)
    _compare_figures(verdict, witnesses, set(rows))
    reported = {row["row"]: row for row in witnesses.document["rows"]}
    for number, row in rows.items():
        if number in reported:
            _compare_levels(verdict, reported[number])
            _compare_with_journal(verdict, row, reported[number], _said(witnesses.document))
            _compare_with_effects(verdict, row, reported[number], effects)
    _look_for_unreported_effects(verdict, witnesses, effects)
    return verdict


def read_journal(folder: Path, run: str | None) -> dict[int, JournalRow]:
    """Row: what the journal holds of it, for one run."""
    return {row.row: row for row in _journal_rows(folder, "WHERE run = ?", run)}


def _journal_rows(folder: Path, where: str, *values: Any) -> list[JournalRow]:
    found: list[JournalRow] = []
    for path in folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(path, timeout=10)) as connection:
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'rows'").fetchone():
                continue  # the disk was full before anything could be written down
            found += [
                JournalRow(*row[:-1], json.loads(row[-1]))
                for row in connection.execute(
                    f"SELECT row, name, state, target_id, campaign_id, body FROM rows {where}",  # noqa: S608  (ours)
                    values,
                )
            ]
    return found


def _count_duplicates(verdict: Verdict, effects: list[Effect]) -> None:
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for effect in effects:
        if effect.kind == "created":
            ids[effect.name.casefold()].append(effect.campaign_id)
    verdict.duplicates += [f"{name} was created as {found}" for name, found in ids.items() if len(found) > 1]


def _compare_rows(verdict: Verdict, witnesses: Witnesses, journal: dict[int, JournalRow]) -> None:
    """Every row of the sheet stands once in each report, with the same words in both."""
    document = witnesses.document
    given = story_workbooks.cells(witnesses.workbook)
    reported = Counter(row["row"] for row in document["rows"])
    verdict.lost += [f"row {row} is not in the document once" for row in given if reported[row] != 1]
    verdict.contradictions += [
        f"row {row} of the document is not in the sheet" for row in reported if row not in given
    ]
    verdict.lost += [
        f"row {row} of the journal is not in the document" for row in journal if row not in reported
    ]
    if document["results"] is None:
        if document["run"] is not None and "could not be written" not in _said(document):
            verdict.lost.append("no results workbook was written")
        return
    shown = Counter()
    results = {}
    for cells in story_workbooks.cells(Path(document["results"])).values():
        shown[cells["Row in your file"]] += 1
        results[cells["Row in your file"]] = cells
    verdict.lost += [f"row {row} is not in the results once" for row in given if shown[row] != 1]
    for row in document["rows"]:
        cells = results.get(row["row"], {})
        for heading, wanted in (
            ("Result", _WORDS[row["status"]]),
            ("Campaign ID", row["campaign_id"] or given.get(row["row"], {}).get("Campaign ID")),
            ("Status at Kore.ai", row["platform_status"]),
            ("Campaign name", row["name"]),
        ):
            if (cells.get(heading) or None) != wanted:
                verdict.contradictions.append(
                    f"row {row['row']}: {heading} is {cells.get(heading)!r} in the results, {wanted!r} in the document"
                )


def _compare_levels(verdict: Verdict, row: dict[str, Any]) -> None:
    """The problems of a row say no less and no more than its status."""
    errors = [problem["message"] for problem in row["problems"] if problem["level"] == "error"]
    if bool(errors) is not (row["status"] in WITH_AN_ERROR):
        verdict.contradictions.append(f"row {row['row']} is {row['status']} with the errors {errors}")


def _compare_figures(verdict: Verdict, witnesses: Witnesses, in_run: set[int]) -> None:
    """The figures add up, are those of the rows, and the exit status follows from them."""
    document = witnesses.document
    summary = document["summary"]
    counts = Counter(row["status"] for row in document["rows"])
    if set(summary) != {"rows", *COUNTED} or summary["rows"] != sum(summary[name] for name in COUNTED):
        verdict.contradictions.append(f"the figures do not add up: {summary}")
    if summary["rows"] != len(document["rows"]) or any(summary[name] != counts[name] for name in COUNTED):
        verdict.contradictions.append(f"the figures are not those of the rows: {summary}, {dict(counts)}")
    if document["exit_status"] != witnesses.status:
        verdict.contradictions.append(
            f"exit status {witnesses.status}, but {document['exit_status']} in the document"
        )
    # A row that the person did not choose (--only) is no part of the run, and waits as wanted.
    waiting = [row for row in document["rows"] if row["status"] not in AS_WANTED and row["row"] in in_run]
    if witnesses.status == 0 and waiting:
        verdict.contradictions.append(f"exit status 0 with {dict(counts)}")
    if witnesses.status == 1 and not set(counts) - AS_WANTED and not _has_words_for_a_person(document):
        verdict.contradictions.append(f"exit status 1 with {dict(counts)}")


def _has_words_for_a_person(document: dict[str, Any]) -> bool:
    """Whether some row is not Ready, or some problem stands beside the rows."""
    return bool(document["problems"]) or any(row["platform_status"] != "Ready" for row in document["rows"])


def _said(document: dict[str, Any]) -> str:
    return " ".join(problem["message"] for problem in document["problems"])


def _compare_with_journal(verdict: Verdict, row: JournalRow, reported: dict[str, Any], said: str) -> None:
    if (
        row.state == "sending"
        and reported["status"] == ("updated" if row.target_id else "created")
        and f"row {row.row} is {reported['campaign_id']}" in said
    ):
        return  # the disk was full when the answer came, and the person is told to note it
    wanted = _STATUS_OF_STATE[row.state]
    if reported["status"] not in wanted:
        verdict.contradictions.append(
            f"row {row.row} is {row.state} in the journal and {reported['status']} in the document"
        )
    # In a conflict the journal's id may be somebody else's campaign, which nobody must change by submitting again.
    own = row.target_id if row.state == "conflict" else row.campaign_id or row.target_id
    if reported["campaign_id"] != own:
        verdict.contradictions.append(
            f"row {row.row} is {own} in the journal and {reported['campaign_id']} in the document"
        )


def _compare_with_effects(
    verdict: Verdict, row: JournalRow, reported: dict[str, Any], effects: list[Effect]
) -> None:
    """What the report says of the row is what the service did."""
    status, campaign_id = reported["status"], reported["campaign_id"]
    created = [
        effect
        for effect in effects
        if effect.kind == "created" and effect.name.casefold() == row.name.casefold()
    ]
    written = [
        effect for effect in effects if effect.campaign_id == row.target_id and effect.kind == "updated"
    ]
    say = verdict.contradictions.append
    if status in {"created", "already_created"}:
        ids = [effect.campaign_id for effect in effects if effect.kind == "created"]
        if ids.count(campaign_id) != 1:
            say(f"row {row.row} is {status} as {campaign_id}, which the service never created")
        if status == "created" and [(one.campaign_id, one.body) for one in created] != [
            (campaign_id, row.body)
        ]:
            say(f"row {row.row} is created as {campaign_id}, the service has {created}")
    elif status == "updated" and (not written or written[-1].body != row.body):
        say(f"row {row.row} is updated, the service has {written}")
    elif status in NOTHING_DONE and row.target_id is None and created:
        say(f"row {row.row} is {status}, and the service created {[one.campaign_id for one in created]}")
    elif status in NOTHING_DONE and any(one.body == row.body for one in written):
        say(f"row {row.row} is {status}, and the service changed {row.target_id}")


def _look_for_unreported_effects(verdict: Verdict, witnesses: Witnesses, effects: list[Effect]) -> None:
    """Whatever the service created stands in the journal, as an id or as a row that is not settled."""
    rows = _journal_rows(witnesses.journals, "")
    ids = {row.campaign_id for row in rows}
    doubtful = {row.name.casefold() for row in rows if row.state in {"unknown", "sending", "conflict"}}
    verdict.lost += [
        f"{effect.name} was created as {effect.campaign_id}, and nobody says so"
        for effect in effects
        if effect.kind == "created"
        and effect.campaign_id not in ids
        and effect.name.casefold() not in doubtful
    ]
