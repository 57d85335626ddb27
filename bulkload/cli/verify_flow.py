"""What ``bulkload verify`` does: check, read the account, show what differs, write the marked workbooks."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from bulkload.accounts import settings_for
from bulkload.checking import check
from bulkload.cli.console import Console, print_document
from bulkload.cli.marks import cli_marks, name_account
from bulkload.cli.progress import make_progress
from bulkload.cli.verify import SIGNS, summary_line
from bulkload.run_reports import write_results_workbook
from bulkload.settings import api_version
from bulkload.text import sanitize
from bulkload.verifying import Verdict, problems_of, verify, with_their_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bulkload.checking import CheckedWorkbook
    from bulkload.model import Hidden
    from bulkload.verifying import VerifiedRow, VerifyOptions, VerifyReport


@dataclass(frozen=True, slots=True)
class VerifyCommand:
    """What the user wrote on the command line, except the workbook."""

    options: VerifyOptions
    results: Path | None
    take_theirs: Path | None
    replace_files: bool
    flags: Mapping[str, Any]
    as_json: bool
    quiet: bool


def verify_workbook(path: Path, hidden: Hidden, command: VerifyCommand) -> int:
    """Verify one workbook; the exit status."""
    console = Console(as_json=command.as_json, quiet=command.quiet)
    with console.refusals(path):
        console.exit_status = _verify(path, hidden, command, console)
    return console.exit_status


def _verify(path: Path, hidden: Hidden, command: VerifyCommand, console: Console) -> int:
    checked = check(path, version=api_version(command.flags), hidden=hidden)
    if checked.has_errors:
        console.checked(checked.report())
        return console.exit_status
    settings, _ = settings_for(checked.workbook.account, command.flags)
    name_account(settings.account)
    with make_progress(quiet=command.quiet) as progress:
        report = asyncio.run(verify(checked, settings, command.options, progress=progress))
    _write_workbooks(report, checked, command)
    _show(report, command)
    return report.exit_status


def _write_workbooks(report: VerifyReport, checked: CheckedWorkbook, command: VerifyCommand) -> None:
    if not (command.results or command.take_theirs):
        return
    marked = checked.with_problems(tuple(problems_of(report, checked)))
    if command.results:
        _write(marked, command.results, command)
    if command.take_theirs:
        _write(with_their_values(report, marked), command.take_theirs, command)


def _write(checked: CheckedWorkbook, path: Path, command: VerifyCommand) -> None:
    report = checked.report()
    written = write_results_workbook(
        report, checked, path, marks=cli_marks, replace_file=command.replace_files
    )
    if not command.quiet and not command.as_json:
        click.echo(sanitize(f"Marked workbook: {written.results}"))


def _show(report: VerifyReport, command: VerifyCommand) -> None:
    if command.as_json:
        print_document(report.to_json(cli_marks))
        return
    if command.quiet and report.exit_status == 0:
        return
    click.echo(summary_line(report))
    for row in report.rows:
        if row.verdict not in {Verdict.EQUAL, Verdict.ONLY_IN_ACCOUNT}:
            for line in _lines(row):
                click.echo(sanitize(line))
    only = report.summary[Verdict.ONLY_IN_ACCOUNT]
    if only:
        click.echo(f"{only} more in the account that the workbook does not have.")


def _lines(row: VerifiedRow) -> Iterator[str]:
    why = f"  {row.explanation.join(cli_marks)}" if row.explanation else ""
    yield f"{SIGNS[row.verdict]} row {row.row}  {row.name}  {row.campaign_id or ''}{why}".rstrip()
    for change in row.changes:
        there = "(nothing)" if change.actual is None else change.actual
        who = {"drift": "  changed at Kore.ai", "both": "  changed at Kore.ai and in the workbook"}
        yield f"      {change.heading}: {there} at Kore.ai, {change.desired} here{who.get(change.kind, '')}"
