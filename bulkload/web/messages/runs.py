"""What the page says of a run: at work, stopped, ended, and in the list of runs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from bulkload.messages import MessageTemplate
from bulkload.model import Action, Status
from bulkload.report import STATUS_LABELS
from bulkload.web.messages.wording import count, moment, page_marks, paragraph
from bulkload.web.outcome_view import STATUS_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.model import RunInfo, StopReason
    from bulkload.report import Report

RUNS = MessageTemplate(
    "page-runs",
    "Runs of this computer",
    "Kept on this computer, with the workbook as it was, until you remove them.",
)
NO_RUNS = MessageTemplate("page-no-runs", "Runs of this computer", "There are none yet.")
UNFINISHED = MessageTemplate("page-unfinished", "A run is not finished", "")
CATALOGUE = {template.code: template for template in (RUNS, NO_RUNS, UNFINISHED)}

RUN_WORDS: Mapping[str, str] = {
    "row": "Row",
    "result": "Result",
    "campaign": "Campaign",
    "id": "Campaign ID",
    "at": "At Kore.ai",
    "happened": "What happened, and what to do",
    "copy": "Copy",
    "copy_id": "Copy the campaign ID of row {row}",
    "copied": "Copied.",
    "table": "Every row and its result",
    "done": "✓ Done",
    "refused": "✗ Refused",
    "lost": "? Answer lost",
    "waiting": "○ Waiting",
    "of": "{done} of {total}",
    "left": "{done} of {total}, about {time} left",
    "seconds": "{count} s",
    "minute": "1 minute",
    "minutes": "{count} minutes",
    "nearly": "{done} of {total}, nearly done",
    "progress": "How far the run is",
    "stop": "Stop",
    "stop_now": "Stop at once",
    "stop_now_title": "Rows under way are looked up when you continue.",
    "working": "Creating {total} campaigns: {done} done",
    "working_note": "You may close this page: the run goes on as long as bulkload is open, and every step is written "
    "down first.",
    "checking": "All rows are sent. Checking at Kore.ai...",
    "looking": "Looking at the account...",
    "looking_up": "Looking up what was interrupted...",
    "stopping": "Stopping: what is under way gets its time.",
    "reconnect": "The page lost sight of the run and tries again.",
    "continue_question": "Continue in {account}?",
    "continue_line": "Only rows that this run planned and did not finish are sent.",
    "continue": "Continue the run",
    "not_yet": "Not yet",
    "others": "Send the other {count}",
    "others_one": "Send the other one",
    "fix": "Fix these {count} rows",
    "fix_one": "Fix this row",
}

TILE_ORDER = (
    Status.CREATED,
    Status.UPDATED,
    Status.ALREADY_CREATED,
    Status.UNCHANGED,
    Status.REFUSED,
    Status.CONFLICT,
    Status.UNKNOWN,
    Status.INVALID,
    Status.NOT_SENT,
)


def say_report(report: Report, *, is_unfinished: bool, others: int = 0) -> dict[str, Any]:
    """Headline, what is below it, and the tiles of a run that has ended.

    ``others``: the rows that a trial left for later.
    """
    summary = report.summary
    open_rows = _open_rows(report)
    stopped = _stop_words(report.stopped) or (report.run.stopped if report.run and is_unfinished else "")
    if is_unfinished:
        headline = f"Stopped. {count(open_rows, 'row waits', 'rows wait')} to be finished."
        rest = paragraph((stopped, "Continue goes on where this run stopped. Nothing is created twice."))
    elif report.need_attention:
        needs = len(report.need_attention)
        headline = f"{count(needs, 'row needs', 'rows need')} you."
        rest = paragraph((stopped, _done_words(summary), "What is created is never created twice."))
    elif others and (summary["created"] or summary["updated"]):
        headline = _done_words(summary)
        rest = "Look at it at Kore.ai. If it is as you want it, send the others."
    elif summary["created"] or summary["updated"]:
        headline = f"{_done_words(summary)} Nothing is left to do."
        rest = paragraph(
            (
                "Nobody was phoned: this was the practice account."
                if report.practice
                else "Nobody is called until somebody starts a campaign at Kore.ai.",
                "" if report.practice else "Keep the results workbook: it holds the campaign IDs.",
            )
        )
    else:
        headline = "Nothing was sent."
        rest = stopped or "Everything is there already."
    return {"headline": headline, "rest": rest, "tiles": tiles(summary)}


def tiles(summary: Mapping[str, int]) -> list[dict[str, Any]]:
    """One for each status that some rows have."""
    return [
        {
            "count": summary[status],
            "label": f"{STATUS_LABELS[status].sign} {STATUS_LABELS[status].word}",
            "kind": STATUS_KINDS[status],
        }
        for status in TILE_ORDER
        if summary[status]
    ]


def _open_rows(report: Report) -> int:
    """Rows of the run that a continuation still works on: sent without an answer, or not sent yet."""
    waits = Counter(
        outcome.status
        for outcome in report.outcomes
        if outcome.action is not Action.LEFT_OUT and (outcome.fix or outcome.status is Status.UNKNOWN)
    )
    return waits[Status.NOT_SENT] + waits[Status.UNKNOWN]


def _done_words(summary: Mapping[str, int]) -> str:
    created, updated = summary["created"], summary["updated"]
    parts = []
    if created:
        parts.append(f"{count(created, 'campaign was', 'campaigns were')} created")
    if updated:
        noun = ("was", "were") if created else ("campaign was", "campaigns were")
        parts.append(f"{count(updated, *noun)} changed")
    return f"{' and '.join(parts)}." if parts else ""


def _stop_words(stopped: StopReason | None) -> str:
    return stopped.explanation.join(page_marks) if stopped else ""


def say_unfinished(info: RunInfo) -> dict[str, str]:
    """An unfinished run, as the start page offers it."""
    headline, _ = UNFINISHED().render(page_marks)
    name = file_name(info.workbook)
    rest = f"{name}, {moment(info.started.astimezone())}. Nothing will be created twice."
    return {
        "run": info.run,
        "headline": headline,
        "rest": rest,
        "go_on": "Continue the run",
        "look": "Look at it",
    }


def say_run(info: RunInfo) -> dict[str, Any]:
    """A run in a list."""
    pills = [
        {
            "text": f"{STATUS_LABELS[status].sign} {info.counts[status]:,} {STATUS_LABELS[status].word.lower()}",
            "kind": STATUS_KINDS[status],
        }
        for status in TILE_ORDER
        if info.counts.get(status)
    ]
    if info.is_at_work:
        pills.append({"text": "➤ at work", "kind": "change"})
    elif info.finished is None:
        pills.append({"text": "! not finished", "kind": "check"})
    return {
        "run": info.run,
        "workbook": file_name(info.workbook),
        "when": moment(info.started.astimezone()),
        "account": "Practice" if info.host == "sandbox" else info.host.removeprefix("https://"),
        "practice": info.host == "sandbox",
        "is_unfinished": info.finished is None and not info.is_at_work,
        "pills": pills,
    }


def file_name(path: str) -> str:
    """The last part of a path of any system."""
    return path.replace("\\", "/").rpartition("/")[2]
