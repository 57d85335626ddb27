"""What a person reads on the console, and what a program reads with ``--json``: two views of one report.

Results go to standard output, everything on the way to standard error. With ``--json`` standard output contains one
document and nothing else, whatever happens.
"""

from __future__ import annotations

import codecs
import json
import math
import shutil
import sys
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulkload.cli.marks import cli_marks, pasteable
from bulkload.cli.problem_lines import group_problems, problem_lines
from bulkload.errors import BulkloadError, WorkbookError
from bulkload.model import Action, Level, Status
from bulkload.report import STATUS_LABELS, Report
from bulkload.text import count_of, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bulkload.model import AccountIdentity, Outcome, Problem, StopReason

ROWS_NAMED_AT_MOST = 20
"""Rows of one kind that a plan or a result names; the workbook has them all."""
LINES_AT_ONCE = 1000
"""Lines handed to the terminal together."""
LINES_KEPT_FREE = 6
"""Lines of a window that the counts below the problems need."""

_COLOURS = {
    Status.CREATED: "green",
    Status.UPDATED: "green",
    Status.INVALID: "red",
    Status.REFUSED: "red",
    Status.UNKNOWN: "yellow",
    Status.CONFLICT: "red",
}
_PLANNED = (
    (Action.CREATE, "to create", True),
    (Action.UPDATE, "to change", True),
    (Action.LOOK_UP, "to look up first, because their answer was lost", True),
    (Action.BLOCKED, "held back until you decide", True),
    (Action.CONFLICT, "that only you can judge: not sent", True),
    (Action.ALREADY_THERE, "already there: not sent again", False),
    (Action.UNCHANGED, "unchanged: not sent", False),
    (Action.LEFT_OUT, "left out", False),
)
"""For each action its words in a plan, and whether its rows are named."""


def print_document(document: object) -> None:
    """Print one JSON document on standard output; everything beyond ASCII is escaped where that is not UTF-8."""
    encoding = codecs.lookup(getattr(sys.stdout, "encoding", None) or "utf-8").name
    click.echo(json.dumps(document, indent=2, ensure_ascii=encoding != "utf-8", allow_nan=False))


class Console:
    """Prints what one command has to say."""

    def __init__(self, *, as_json: bool, quiet: bool, everything: bool = False) -> None:
        """``everything``: show all problems, not one screen of them."""
        self._as_json = as_json
        self._quiet = quiet
        self._everything = everything
        self._has_shown_problems = False
        self.exit_status = 0

    @contextmanager
    def refusals(self, workbook: Path) -> Iterator[None]:
        """Say what stopped the command in the form that was asked for; the exit status follows from it."""
        try:
            yield
        except BulkloadError as error:
            if not self._as_json and not isinstance(error, WorkbookError):
                raise
            self._show_refusal(workbook, error)

    def checked(self, report: Report, *, suggests: str = "") -> None:
        """Show what a check found. ``suggests`` is a command worth trying next where something is wrong."""
        self._end(report, f"{report.workbook}: {_readiness(report)}", suggests=suggests)

    def show_plan(self, report: Report, *, is_asked: bool) -> None:
        """Show where a plan goes and what it does; with --quiet only to a user who is asked."""
        show = self.notice if is_asked else self.info
        if report.account:
            show(f"To {account_name(report.account)} (application {report.account.application}):")
        for action, words, is_named in _PLANNED:
            rows = [outcome for outcome in report.outcomes if outcome.action is action]
            if rows:
                show(f"  {len(rows):>5}  {words}")
            for outcome in rows[: ROWS_NAMED_AT_MOST if is_named else 0]:
                show(f"         row {outcome.row}  {sanitize(outcome.name)}")
            if is_named and len(rows) > ROWS_NAMED_AT_MOST:
                show(f"         ... and {len(rows) - ROWS_NAMED_AT_MOST} more")
        if invalid := report.summary[Status.INVALID]:
            show(
                f"  {invalid:>5}  left out, because something is wrong with {'it' if invalid == 1 else 'them'}"
            )
        if not will_send(report):
            show("         Nothing is left to send.")
        if report.figures and report.figures.seconds:
            minutes = report.figures.seconds / 60
            took = (
                count_of(math.ceil(minutes), "minute") if minutes > 1.5 else f"{report.figures.seconds:.0f} s"
            )
            show(f"{report.figures.requests} requests, about {took}.")

    def show_warnings(self, report: Report) -> None:
        """Show what the check found to a user who is about to be asked; it is not shown again at the end."""
        for line in self._problem_lines(report.all_problems):
            self.notice(line)
        self._has_shown_problems = True

    def finished(self, report: Report) -> None:
        """Show the outcome of a submission."""
        self._end(report, f"{report.workbook}: {_summary_line(report)}")

    def planned(self, report: Report) -> None:
        """Show how a dry run ended."""
        will = Counter(outcome.action for outcome in report.outcomes)
        parts = [
            f"{will[action]} would be {words}"
            for action, words in ((Action.CREATE, "created"), (Action.UPDATE, "changed"))
            if will[action]
        ]
        self._end(report, f"Dry run: {', '.join(parts) or 'nothing would be sent'}. Nothing was sent.")

    def nothing_to_resume(self) -> None:
        """Say that no run was interrupted."""
        if self._as_json:
            print_document({**Report(workbook=Path(), outcomes=()).to_json(cli_marks), "workbook": None})
        else:
            self.info("No run of this machine was interrupted: there is nothing to resume.")

    def info(self, text: str) -> None:
        """Something on the way, for people: not with ``--quiet``, never on standard output."""
        if not self._quiet:
            click.echo(text, err=True)

    def notice(self, text: str) -> None:
        """Something on the way that must be seen."""
        click.echo(text, err=True)

    def _end(self, report: Report, headline: str, *, suggests: str = "") -> None:
        self.exit_status = report.exit_status
        if self._as_json:
            print_document(report.to_json(cli_marks))
            return
        if self._quiet and report.exit_status == 0:
            return
        if not self._has_shown_problems:
            _print(self._problem_lines(_problems_to_show(report)))
        if report.sent:
            _print(self._outcome_lines(report))
        if report.stopped:
            click.secho(f"\n{sanitize(report.stopped.explanation.join(cli_marks))}", fg="red")
        click.echo(f"\n{sanitize(headline)}")
        if report.refused:
            click.echo(_refused_line(report))
        if report.results:
            click.echo(sanitize(_workbook_line(report)))
        if suggests and report.exit_status:
            click.echo(suggests)

    def _problem_lines(self, problems: Iterable[Problem]) -> list[str]:
        """One screen of problems, or all of them."""
        wanted = [problem for problem in problems if problem.is_error or not self._quiet]
        window = shutil.get_terminal_size()
        lines = problem_lines(group_problems(wanted), width=window.columns)
        room = max(6, window.lines - LINES_KEPT_FREE)
        shown: list[str] = []
        for number, block in enumerate(lines):
            if not self._everything and len(shown) + len(block) > room:
                return [*shown, f"  ... and {count_of(len(lines) - number, 'more kind')}. Show all: --all"]
            shown += block
        return shown

    def _outcome_lines(self, report: Report) -> Iterator[str]:
        """The rows that need the user; all of a small run."""
        small = len(report.outcomes) <= ROWS_NAMED_AT_MOST and not self._quiet
        for outcome in report.outcomes if small else report.need_attention:
            if outcome.action is not Action.LEFT_OUT:
                yield _outcome_line(outcome)

    def _show_refusal(self, workbook: Path, error: BulkloadError) -> None:
        self.exit_status = error.exit_status
        problems = error.problems if isinstance(error, WorkbookError) else ()
        if self._as_json:
            stopped = None if problems else error.stop_reason
            report = Report(workbook=workbook, outcomes=(), problems=problems, stopped=stopped)
            print_document(report.to_json(cli_marks))
            return
        click.echo(sanitize(error.explanation.join(cli_marks)), err=True)
        if len(problems) > 1:  # one alone is the error's own sentence
            for line in self._problem_lines(problems):
                click.echo(line, err=True)


def account_name(account: AccountIdentity) -> str:
    """The account as a question names it: ``Acme Bank (platform.kore.ai)``, or the practice account."""
    if account.practice:
        return "the practice account; nobody is phoned"
    host = account.host.partition("://")[2] or account.host
    name = account.title or account.name
    return f"{name} ({host})" if name else host


def question(report: Report) -> str:
    """What the user is asked before anything is sent."""
    will = Counter(outcome.action for outcome in report.outcomes)
    looks = will[Action.LOOK_UP]
    parts = [
        f"{verb} {count_of(will[action], 'campaign')}"
        for action, verb in ((Action.CREATE, "create"), (Action.UPDATE, "change"))
        if will[action]
    ]
    parts += [f"look up {count_of(looks, 'row')} and send what is not there"] if looks else []
    asked = " and ".join(parts)
    place = account_name(report.account) if report.account else "the account"
    return f"{asked[:1].upper()}{asked[1:]} in {place}?"


def account_question(run: str, report: Report) -> str:
    """What the user is asked about a run whose account an older version did not write down."""
    account = report.account
    where = f"{account_name(account)}, account id {account.account_id}" if account else "this account"
    return f"Run {run} does not say its account. Does it belong to {where}?"


def will_send(report: Report) -> bool:
    """Whether carrying the plan out may write anything."""
    return any(
        outcome.action in {Action.CREATE, Action.UPDATE, Action.LOOK_UP} for outcome in report.outcomes
    )


def document_of_stop(stopped: StopReason) -> dict[str, Any]:
    """The document of a command that stopped before it knew a workbook."""
    report = Report(workbook=Path(), outcomes=(), stopped=stopped)
    return {**report.to_json(cli_marks), "workbook": None}


def suggest_marked_workbook(workbook: Path) -> str:
    """The command that writes a workbook with the faulty cells marked."""
    marked = workbook.with_name(f"{workbook.stem}.marked.xlsx")
    command = pasteable("bulkload", "check", str(workbook), "--results", str(marked))
    return f"See them in a workbook: {command}"


def _print(lines: Iterable[str]) -> None:
    """Print many lines at once: each call of ``echo`` asks anew where it writes."""
    waiting = iter(lines)
    while some := list(islice(waiting, LINES_AT_ONCE)):
        click.echo("\n".join(some))


def _problems_to_show(report: Report) -> list[Problem]:
    """Every problem except those that a row's own line below shows."""
    told = {outcome.explanation for outcome in report.outcomes if report.sent}
    return [problem for problem in report.all_problems if problem.explanation not in told]


def _outcome_line(outcome: Outcome) -> str:
    label = STATUS_LABELS[outcome.status]
    status = click.style(f"{label.sign} {label.word}", fg=_COLOURS.get(outcome.status))
    message, fix = outcome.explanation.render(cli_marks) if outcome.explanation else ("", "")
    campaign_id = outcome.campaign_id or ""
    texts = ("" if campaign_id in message else campaign_id, outcome.platform_status)
    details = " - ".join(text for text in (*texts, message, fix) if text)
    line = f"  row {outcome.row}  {status}  {sanitize(outcome.name)}"
    return line + (f"\n      {sanitize(details)}" if details else "")


def _readiness(report: Report) -> str:
    invalid = report.summary[Status.INVALID]
    left_out = sum(outcome.action is Action.LEFT_OUT for outcome in report.outcomes)
    ready = report.summary["rows"] - invalid - left_out
    counts = Counter(problem.level for problem in report.all_problems)
    errors, warnings = counts[Level.ERROR], counts[Level.WARNING]
    parts = [count_of(report.summary["rows"], "campaign"), f"{ready} ready"]
    parts += [f"{invalid} to fix"] if invalid else []
    parts += [f"{left_out} left out"] if left_out else []
    parts += [count_of(errors, "problem")] if errors else []
    parts += [count_of(warnings, "warning")] if warnings else []
    return ", ".join(parts) + "."


def _summary_line(report: Report) -> str:
    parts = [
        f"{report.summary[status]} {STATUS_LABELS[status].word.lower().replace('kore', 'Kore')}"
        for status in Status
        if report.summary[status]
    ]
    need = len(report.need_attention)
    end = f" {count_of(need, 'row')} {'needs' if need == 1 else 'need'} you." if need else ""
    counts = ", ".join(parts) or "nothing done"
    if report.practice and report.sent:
        return f"Practice: {counts} in the sandbox.{end} Nothing was sent to Kore.ai."
    return f"{count_of(report.summary['rows'], 'row')}: {counts}.{end}"


def _workbook_line(report: Report) -> str:
    """Which workbook was written, and where."""
    kind = "Results" if report.sent else "Marked" if report.figures is None else "Plan"
    return f"{kind} workbook: {report.results}"


def _refused_line(report: Report) -> str:
    has_good_rows = report.summary[Status.NOT_SENT] > 0
    others = " Or send the rows without problems: --valid-rows-only." if has_good_rows else ""
    return f"Nothing was sent. Fix the problems above and submit again.{others}"
