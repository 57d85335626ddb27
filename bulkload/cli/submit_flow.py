"""What ``submit``, ``plan`` and ``resume`` do: settings, the practice account, the question, Ctrl-C, the report."""

from __future__ import annotations

import asyncio
import signal
import sys
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import click

from bulkload.accounts import AccountChoice, settings_for
from bulkload.checking import check
from bulkload.cli.console import Console, account_question, question, will_send
from bulkload.cli.marks import cli_marks, name_account
from bulkload.cli.progress import make_progress
from bulkload.errors import ROWS_NEED_A_PERSON, BulkloadError, SettingsError, UsageError, to_stop_reason
from bulkload.flow import open_submission
from bulkload.practice import practice_account
from bulkload.run.stop import StopSignal
from bulkload.run_reports import (
    find_unfinished,
    report_of_past_run,
    report_of_workbook,
    write_plan_of,
    write_results_workbook,
)
from bulkload.settings import api_version, chosen_account, has_own_settings, state_dir

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from bulkload.checking import CheckedWorkbook
    from bulkload.flow import OpenSubmission
    from bulkload.model import AccountBinding, Hidden, SubmitOptions
    from bulkload.ports import Progress
    from bulkload.report import Report
    from bulkload.run_reports import UnfinishedRun
    from bulkload.settings import Settings


@dataclass(frozen=True, slots=True)
class SubmitCommand:
    """What the user wrote on the command line, except the workbook and the options of the submission."""

    practice: bool = False
    """Whether the practice account is used."""
    dry_run: bool = False
    """Whether the plan is shown and nothing sent."""
    fails_on_changes: bool = False
    """Whether a plan that would write anything ends with 1."""
    yes: bool = False
    """Whether to send without asking."""
    results: Path | None = None
    """Where the results workbook goes; None: next to the workbook."""
    replace_results: bool = False
    """Whether a file of that name may be replaced."""
    flags: Mapping[str, Any] | None = None
    """Settings given as flags, by the setting's name; None: not given."""
    as_json: bool = False
    quiet: bool = False

    @property
    def asks(self) -> bool:
        """Whether the user is asked before anything is sent."""
        return not (self.yes or self.dry_run)


def submit_workbook(path: Path, options: SubmitOptions, hidden: Hidden, command: SubmitCommand) -> int:
    """Check, plan, ask, send, report; the exit status."""
    console = Console(as_json=command.as_json, quiet=command.quiet)
    with console.refusals(path):
        checked = check(path, version=api_version(command.flags or {}), hidden=hidden).only_rows(options.only)
        report = _submit(checked, options, command, console)
        (console.planned if command.dry_run and not report.refused else console.finished)(report)
        if command.fails_on_changes and console.exit_status == 0 and will_send(report):
            return ROWS_NEED_A_PERSON
    return console.exit_status


def resume_run(run: str | None, command: SubmitCommand) -> int:
    """Finish a run that was interrupted; the exit status."""
    console = Console(as_json=command.as_json, quiet=command.quiet)
    folder = state_dir(command.flags or {})
    unfinished = find_unfinished(folder, run)
    if unfinished is None:
        console.nothing_to_resume()
        return console.exit_status
    try:
        report = _resume(unfinished, command, console)
    except Exception as error:
        if not command.as_json:
            raise
        report = report_of_past_run(folder, unfinished.stored.run, to_stop_reason(error, folder))
    console.finished(report)
    return console.exit_status


def _submit(
    checked: CheckedWorkbook, options: SubmitOptions, command: SubmitCommand, console: Console
) -> Report:
    _require_terminal(checked, options, command)
    with _account(checked, command, checked.workbook.account, as_new=options.as_new) as (settings, choice):
        if choice.notice:
            console.notice(choice.notice.join(cli_marks))
        if choice.ignore_ids:
            options = replace(options, as_new=True)
        if settings.api_version is not checked.version:  # the workbook's own account has the older service
            path, hidden = checked.workbook.path, checked.hidden
            checked = check(path, version=settings.api_version, hidden=hidden).only_rows(options.only)
        try:
            return _run(checked, options, settings, command, console)
        except Exception as error:
            if not command.as_json:
                raise
            stopped = to_stop_reason(error, settings.state_dir)
            return report_of_workbook(checked, settings.state_dir, settings.identity, stopped)


def _resume(unfinished: UnfinishedRun, command: SubmitCommand, console: Console) -> Report:
    _require_terminal(unfinished.checked, unfinished.options, command)
    flags = {**(command.flags or {}), "api_version": unfinished.checked.version}
    command = replace(command, practice=unfinished.account.practice, flags=flags)
    # Without any settings of the user's, the run says which account it belongs to.
    is_chosen = chosen_account(flags) or has_own_settings(flags)
    with _account(unfinished.checked, command, None if is_chosen else unfinished.account.binding) as (
        settings,
        _,
    ):
        _require_same_account(unfinished, settings)
        run = unfinished.stored.run
        return _run(unfinished.checked, unfinished.options, settings, command, console, run)


def _require_terminal(checked: CheckedWorkbook, options: SubmitOptions, command: SubmitCommand) -> None:
    """Nobody can answer a question where there is no terminal. A workbook with problems is refused without one."""
    if command.asks and not _is_terminal() and checked.is_submittable(options):
        raise UsageError(
            "Nothing was sent: there is no terminal to ask on.", "Add {choice:yes} to send without asking."
        )


def _is_terminal() -> bool:
    try:
        return sys.stdin.isatty()
    except (AttributeError, ValueError):  # closed by the program that started the command
        return False


def _require_same_account(unfinished: UnfinishedRun, settings: Settings) -> None:
    run, now = unfinished.account, settings.identity
    same_id = run.account_id in {None, now.account_id}
    if (run.host, run.application) != (now.host, now.application) or not same_id:
        raise SettingsError(
            "Run {run} belongs to {host}, application {application}, but your settings name {now_host}, {now_app}.",
            "Set those of the run to resume it.",
            run=unfinished.stored.run,
            host=run.host,
            application=run.application,
            now_host=now.host,
            now_app=now.application,
        )


@contextmanager
def _account(
    checked: CheckedWorkbook, command: SubmitCommand, binding: AccountBinding | None, *, as_new: bool = False
) -> Iterator[tuple[Settings, AccountChoice]]:
    """The settings of the account that the workbook or the run belongs to, or that the user chose.

    The practice account takes any workbook, and runs for as long as its settings are needed.
    """
    flags = command.flags or {}
    if not command.practice:
        settings, choice = settings_for(binding, flags, as_new=as_new)
        name_account(settings.account)
        yield settings, choice
        return
    with practice_account(checked.validation.campaigns, flags) as settings:
        yield settings, AccountChoice(None)


# --- one submission --------------------------------------------------------------------------------------


def _run(  # noqa: PLR0917  (what is known of a submission; each is a word at the call)
    checked: CheckedWorkbook,
    options: SubmitOptions,
    settings: Settings,
    command: SubmitCommand,
    console: Console,
    run: str | None = None,
) -> Report:
    with make_progress(quiet=command.quiet) as progress:
        report, sheet = asyncio.run(
            _plan_and_send(checked, options, settings, command, console, progress, run)
        )
    if command.dry_run and command.results and not report.refused:
        return write_plan_of(
            report, sheet, command.results, marks=cli_marks, replace_file=command.replace_results
        )
    if command.dry_run or not (report.is_worth_a_workbook or command.results):
        return report
    try:
        return write_results_workbook(
            report, sheet, command.results, marks=cli_marks, replace_file=command.replace_results
        )
    except Exception as error:  # noqa: BLE001  (a fault of ours in writing hides no outcome)
        return replace(report, stopped=report.stopped or to_stop_reason(error, settings.state_dir))


async def _plan_and_send(  # noqa: PLR0917  (as above)
    checked: CheckedWorkbook,
    options: SubmitOptions,
    settings: Settings,
    command: SubmitCommand,
    console: Console,
    progress: Progress,
    run: str | None,
) -> tuple[Report, CheckedWorkbook]:
    """The report, and the workbook as it was checked last, the account's names included."""
    async with open_submission(checked, options, settings, run=run) as submission:
        report = await _report_of(submission, command, console, progress)
        return report, submission.checked


async def _report_of(
    submission: OpenSubmission, command: SubmitCommand, console: Console, progress: Progress
) -> Report:
    try:
        plan = await submission.plan()
    except BulkloadError as error:
        return submission.report(error.stop_reason)
    found = submission.report()
    if submission.continues and not submission.was_named:
        console.notice(f"This workbook has an unfinished run, {submission.continues}. It is continued.")
    if submission.needs_account_confirmation and command.asks and _is_terminal():
        if not _asked(account_question(submission.continues or "", found)):
            return submission.declined()
        submission.confirm_account()
    is_asked = command.asks and will_send(found)
    console.show_plan(found, is_asked=is_asked)
    if command.dry_run:
        return found
    if is_asked:
        console.show_warnings(found)
        if not _asked(question(found)):
            return submission.declined()
    return await submission.send(plan, progress=progress, stop=_stop_on_interrupt(console))


def _asked(text: str) -> bool:
    """The user's answer. Ctrl-C must end the program here: the event loop would swallow it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return click.confirm(text, err=True)
    finally:
        signal.signal(signal.SIGINT, before)


def _stop_on_interrupt(console: Console) -> StopSignal:
    """A signal that Ctrl-C asks to stop in order; a second Ctrl-C stops at once."""
    stop = StopSignal()

    def interrupted() -> None:
        if not stop.requested:
            console.notice(
                "Stopping: no new row is sent, and requests under way are finished. Ctrl-C again stops at once."
            )
        stop.request()

    _on_interrupt(interrupted)
    return stop


def _on_interrupt(react: Callable[[], None]) -> None:
    """Call ``react`` in the event loop for Ctrl-C and for a polite request to end (SIGTERM)."""
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(wish, react)
        except NotImplementedError:  # Windows: its event loop knows no signals
            signal.signal(wish, lambda *_: loop.call_soon_threadsafe(react))
