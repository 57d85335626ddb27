"""What a person reads on the console, and what a program reads with ``--json``: two views of one report.

Results go to standard output, everything on the way to standard error. With ``--json`` standard output holds
one document and nothing else, whatever happens.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from contextlib import contextmanager
from itertools import groupby, islice
from typing import TYPE_CHECKING

import click

from bulkload.cli.documents import print_document
from bulkload.cli.stdio import sanitize
from bulkload.errors import BulkloadError, WorkbookError
from bulkload.model import Level, Problem, Status
from bulkload.report import LEFT_OUT, STATUS_WORDS, Report
from bulkload.settings import SANDBOX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from bulkload.model import Outcome
    from bulkload.run.plan import Decision, Plan
    from bulkload.settings import Settings

MOST_PROBLEMS = 200
"""Problems shown on a terminal; more than that nobody reads, and ``--json`` has them all."""

MOST_NAMES = 20
"""Campaigns of one kind that the plan names; the workbook has them all."""
LINES_AT_ONCE = 1000
"""Lines handed to the terminal together."""

_SIGNS = {Level.ERROR: click.style("✗", fg="red"), Level.WARNING: click.style("!", fg="yellow")}
_COLOURS = {
    Status.CREATED: "green",
    Status.UPDATED: "green",
    Status.INVALID: "red",
    Status.REFUSED: "red",
    Status.UNKNOWN: "yellow",
    Status.CONFLICT: "red",
}


class Console:
    """One command's voice."""

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self._as_json = as_json
        self._quiet = quiet
        self._has_warned = False
        self.exit_status = 0

    @contextmanager
    def refusals(self, workbook: Path) -> Iterator[None]:
        """Say what stopped the command, in the form that was asked for; the exit status follows from it."""
        try:
            yield
        except BulkloadError as error:
            if not self._as_json and not isinstance(error, WorkbookError):
                raise
            self._refused(workbook, error)

    def checked(self, report: Report) -> None:
        """Show what a check found."""
        self._end(report, f"{report.workbook}: {_readiness(report)}")

    def planned(self, plan: Plan, settings: Settings, *, faulty: int, is_asked: bool) -> None:
        """Show where it goes and what will be done, before it is; with --quiet only to somebody who is asked.

        ``faulty`` counts the rows that are left out because they have problems.
        """
        say = self.note if is_asked else self.aside
        names = {listed.campaign_id: listed.name for listed in plan.listing}
        place = "the sandbox; nobody is phoned" if settings.label == SANDBOX else settings.host
        say(f"To {place} (application {settings.app_id}):")
        for decisions, words, is_told in (
            (plan.creates, "to create", True),
            (plan.updates, "to update", True),
            (plan.in_doubt, "to look up first: their answer was lost", True),
            (plan.conflicts, "in conflict with what is in the account: not sent", True),
            (plan.already_created, "already created by an earlier run", False),
            (plan.unchanged, "unchanged", False),
        ):
            if decisions:
                say(f"  {len(decisions):>5}  {words}")
            for decision in decisions[: MOST_NAMES if is_told else 0]:
                say(f"         row {decision.payload.row}  {sanitize(_named(decision, names))}")
            if is_told and len(decisions) > MOST_NAMES:
                say(f"         ... and {len(decisions) - MOST_NAMES} more")
        if faulty:
            say(f"  {faulty:>5}  left out: something is wrong with {'it' if faulty == 1 else 'them'}")
        if not plan.sends:
            say("         nothing is left to send")
        if plan.requests > settings.rate:
            seconds = (plan.requests - 1) // settings.rate * settings.window
            took = _count(math.ceil(seconds / 60), "minute") if seconds > 90 else f"{seconds:.0f} s"
            say(f"At {settings.rate} requests in {settings.window:g} s this takes about {took}.")

    def warned(self, report: Report) -> None:
        """Show what the check found to somebody who is about to be asked; it is not said again at the end."""
        for line in _problem_lines(report, everything=False, with_warnings=True):
            self.note(line)
        self._has_warned = True

    def finished(self, report: Report) -> None:
        """Show what became of a submission."""
        self._end(report, f"{report.workbook}: {_tally(report)}")

    def aside(self, text: str) -> None:
        """Something on the way, for people: not with ``--quiet``, never on standard output."""
        if not self._quiet:
            click.echo(text, err=True)

    def note(self, text: str) -> None:
        """Something on the way that must be seen."""
        click.echo(text, err=True)

    def _end(self, report: Report, headline: str) -> None:
        self.exit_status = report.exit_status
        if self._as_json:
            print_document(report.to_json())
            return
        if not self._has_warned:
            _print(_problem_lines(report, everything=not sys.stdout.isatty(), with_warnings=not self._quiet))
        if report.sent:
            told = report.need_attention if self._quiet else report.outcomes
            _print(_outcome_line(outcome) for outcome in told if outcome.message != LEFT_OUT)
        if report.stopped:
            click.secho(f"\n{sanitize(report.stopped.message)}", fg="red")
        click.echo(f"\n{sanitize(headline)}")
        if report.refused:
            held_back = any(outcome.status is Status.NOT_SENT and outcome.fix for outcome in report.outcomes)
            others = " Or send the rows without problems: --valid-rows-only." if held_back else ""
            click.echo(f"Nothing was sent. Mend what stands above and submit again.{others}")
        if report.results:
            click.echo(sanitize(f"Results workbook: {report.results}"))

    def _refused(self, workbook: Path, error: BulkloadError) -> None:
        self.exit_status = error.exit_status
        problems = error.problems if isinstance(error, WorkbookError) else ()
        if self._as_json:
            stopped = None if problems else error.stop_reason
            report = Report(workbook=workbook, outcomes=(), problems=problems, stopped=stopped)
            print_document(report.to_json())
            return
        click.echo(sanitize(str(error)), err=True)
        if len(problems) > 1:  # one alone is the error's own sentence
            for problem in problems:
                click.echo(_problem_line(problem), err=True)


def _named(decision: Decision, names: Mapping[str, str]) -> str:
    """The row's name, and what its campaign is called now where that is something else."""
    now = names.get(decision.payload.campaign_id or "")
    name = decision.payload.name
    return name if now is None or now.strip() == name else f"{name} (now called {now})"


def _print(lines: Iterable[str]) -> None:
    """Print many lines, many at once: each call of ``echo`` asks anew where it writes and what may be shown there."""
    waiting = iter(lines)
    while some := list(islice(waiting, LINES_AT_ONCE)):
        click.echo("\n".join(some))


def _problem_lines(report: Report, *, everything: bool, with_warnings: bool) -> Iterator[str]:
    """The problems under their sheet: the file's own, then the campaigns' by row, then the other sheet's."""
    problems = [problem for problem in report.problems if problem.sheet is None]
    for outcome in report.outcomes:
        # What became of a row is said in its own line, below.
        found = [problem for problem in outcome.problems if problem.message != outcome.message]
        problems += sorted(found, key=lambda problem: not problem.is_error)
    problems += [problem for problem in report.problems if problem.sheet is not None]
    problems = [problem for problem in problems if with_warnings or problem.is_error]
    shown = problems if everything else problems[:MOST_PROBLEMS]
    for sheet, of_sheet in groupby(shown, key=lambda problem: problem.sheet):
        yield f"\n{sanitize(sheet or 'The file')}"
        yield from map(_problem_line, of_sheet)
    if len(shown) < len(problems):
        yield f"\n... and {len(problems) - len(shown)} more. All of them: add --json, or send this to a file."


def _problem_line(problem: Problem) -> str:
    place = problem.cell or (f"row {problem.row}" if problem.row else "")
    heading = problem.heading if problem.heading and problem.heading not in problem.message else ""
    value = f'"{problem.value}"' if problem.value and problem.value not in problem.message else ""
    where = ", ".join(part for part in (heading, value) if part)
    message = sanitize(f"{where}: {problem.message}" if where else problem.message)
    return f"  {_SIGNS[problem.level]} {place:<5} {message}\n          {sanitize(problem.fix)}".rstrip()


def _outcome_line(outcome: Outcome) -> str:
    word = STATUS_WORDS[outcome.status]
    status = click.style(f"{word.sign} {word.word}", fg=_COLOURS.get(outcome.status))
    campaign_id = outcome.campaign_id or ""
    texts = ("" if campaign_id in outcome.message else campaign_id, outcome.platform_status)
    details = " - ".join(text for text in (*texts, outcome.message, outcome.fix) if text)
    name = sanitize(outcome.name)
    return f"  row {outcome.row}  {status}  {name}" + (f"\n      {sanitize(details)}" if details else "")


def _readiness(report: Report) -> str:
    invalid = report.summary[Status.INVALID]
    ready = report.summary["rows"] - invalid
    counts = Counter(problem.level for problem in _all_problems(report))
    errors, warnings = counts[Level.ERROR], counts[Level.WARNING]
    parts = [f"{_count(report.summary['rows'], 'campaign')}", f"{ready} ready"]
    parts += [f"{invalid} to fix"] if invalid else []
    parts += [_count(errors, "problem")] if errors else []
    parts += [_count(warnings, "warning")] if warnings else []
    return ", ".join(parts) + "."


def _tally(report: Report) -> str:
    parts = [
        f"{report.summary[status]} {STATUS_WORDS[status].word.lower().replace('kore', 'Kore')}"
        for status in Status
        if report.summary[status]
    ]
    need = len(report.need_attention)
    end = f" {_count(need, 'row')} {'needs' if need == 1 else 'need'} you." if need else ""
    return f"{_count(report.summary['rows'], 'row')}: {', '.join(parts) or 'nothing done'}.{end}"


def _all_problems(report: Report) -> Iterable[Problem]:
    yield from report.problems
    for outcome in report.outcomes:
        yield from outcome.problems


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
