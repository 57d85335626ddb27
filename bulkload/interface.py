"""The Python interface: what ``import bulkload`` offers. Synchronous; prints nothing; sends nothing without consent.

Every function raises ``BulkloadError``, whose ``exit_status`` is that of the command line, where it can't begin.
What is wrong with rows, and what stops a run on its way, is in the report.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Self, TypeAlias, TypeVar

from bulkload.accounts import settings_for
from bulkload.checking import check as check_workbook
from bulkload.converting import convert as convert_list
from bulkload.converting import upgrade
from bulkload.errors import (
    BulkloadError,
    SettingsError,
    UsageError,
    WorkbookError,
    to_stop_reason,
    workbook_refused,
)
from bulkload.flow import open_submission
from bulkload.messages import plain_marks
from bulkload.model import Action, ApiVersion, Hidden, SubmitOptions
from bulkload.practice import practice_account
from bulkload.run_reports import find_unfinished, report_of_workbook, write_plan_of, write_results_workbook
from bulkload.settings import api_version as find_api_version
from bulkload.settings import load, state_dir
from bulkload.text import name_key
from bulkload.verifying import VerifyOptions, problems_of, with_their_values
from bulkload.verifying import verify as verify_workbook

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator

    from bulkload.checking import CheckedWorkbook
    from bulkload.converting import Conversion
    from bulkload.flow import OpenSubmission
    from bulkload.messages import Marks
    from bulkload.model import AccountBinding
    from bulkload.report import Report
    from bulkload.run_reports import UnfinishedRun
    from bulkload.settings import Settings
    from bulkload.verifying import VerifyReport

    PathLike: TypeAlias = str | os.PathLike[str]
    Consent: TypeAlias = "Callable[[Plan], bool]"


P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a submission would do, row by row. ``consent`` is asked with it."""

    report: Report
    """The plan as a report: each row with its action, its changes and its body."""

    def count(self, action: Action) -> int:
        """Rows with this action."""
        return Counter(outcome.action for outcome in self.report.outcomes)[action]

    @property
    def creates(self) -> int:
        """Campaigns that would be created."""
        return self.count(Action.CREATE)

    @property
    def updates(self) -> int:
        """Campaigns that would be changed."""
        return self.count(Action.UPDATE)

    @property
    def look_ups(self) -> int:
        """Rows whose answer was lost, which are looked up and sent if they are not there."""
        return self.count(Action.LOOK_UP)

    @property
    def writes(self) -> int:
        """Rows that may be sent."""
        return self.creates + self.updates + self.look_ups

    @property
    def exit_status(self) -> int:
        """The exit status that ``bulkload plan`` would have."""
        return self.report.exit_status

    def to_json(self, marks: Marks = plain_marks) -> dict[str, Any]:
        """The document that ``plan --json`` prints."""
        return self.report.to_json(marks)


# --- without an account ------------------------------------------------------------------------------------


def check(  # noqa: PLR0913  (the options of the command)
    workbook: PathLike,
    *,
    api_version: ApiVersion | str | None = None,
    include_hidden: bool = False,
    skip_hidden: bool = False,
    results: PathLike | None = None,
    force: bool = False,
) -> Report:
    """Read and validate a workbook; send nothing. ``results`` is where a marked copy is written.

    Raises WorkbookError where the file can't be used at all, UsageError where ``results`` exists, unless ``force``.
    """
    _refuse_to_replace(results, force=force)
    version = find_api_version({"api_version": api_version})
    hidden = _hidden(include=include_hidden, skip=skip_hidden)
    checked = check_workbook(Path(workbook), version=version, hidden=hidden)
    report = checked.report()
    return report if results is None else _write_results(report, checked, results, force=force)


def convert(  # noqa: PLR0913  (the options of the command)
    file: PathLike,
    *,
    map: PathLike | None = None,  # noqa: A002  (the option's name)
    out: PathLike | None = None,
    v1_to_v2: bool = False,
    dnc: str | None = None,
    force: bool = False,
) -> Conversion:
    """Turn another system's list into a workbook of ours, by a map; send nothing. See docs/convert.md.

    Raises WorkbookError where the list or the map can't be used, UsageError for a wrong combination.
    """
    _refuse_to_replace(out, force=force)
    if v1_to_v2 and map is not None:
        raise UsageError("A map and v1_to_v2 contradict each other: our own workbook needs no map.")
    if dnc and not v1_to_v2:
        raise UsageError("A DNC list is given with v1_to_v2 alone.", "For other lists, put it into the map.")
    try:
        if v1_to_v2:
            return upgrade(Path(file), dnc=dnc, out=_path(out), force=force)
        return convert_list(Path(file), map_file=_path(map), out=_path(out), force=force)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            "The new workbook or the map could not be written: {reason}.", reason=reason
        ) from error


# --- with an account ---------------------------------------------------------------------------------------


class Account:
    """One account, by name or from the settings; its workbooks can be planned, submitted, verified."""

    def __init__(
        self,
        name: str | None = None,
        *,
        practice: bool = False,
        api_version: ApiVersion | str | None = None,
        concurrency: int | None = None,
        rate: int | None = None,
    ) -> None:
        """``practice``: the sandbox in this process. ``concurrency`` and ``rate`` as on the command line."""
        self.name = name
        self.practice = practice
        self._flags: dict[str, Any] = {
            "account": name,
            "api_version": api_version,
            "concurrency": concurrency,
            "rate": rate,
        }

    def __enter__(self) -> Self:
        """Raises SettingsError where an account of this name can't be used."""
        if self.name is not None and not self.practice:
            load(self._flags)
        return self

    def __exit__(self, *_error: object) -> None:
        """Nothing is kept open between calls."""

    def plan(  # noqa: PLR0913  (the options of the command)
        self,
        workbook: PathLike,
        *,
        only: Iterable[int] | None = None,
        valid_rows_only: bool = False,
        include_hidden: bool = False,
        skip_hidden: bool = False,
        results: PathLike | None = None,
        force: bool = False,
    ) -> Plan:
        """What ``submit`` would do; reads the account and sends nothing.

        ``results`` is where the plan is written as a workbook. Raises BulkloadError where there is no plan: the
        workbook has problems, or the account can't be read.
        """
        _refuse_to_replace(results, force=force)
        options = SubmitOptions(only=_rows(only), valid_rows_only=valid_rows_only)
        checked = self._check(workbook, _hidden(include=include_hidden, skip=skip_hidden), options)
        with self._settings(checked, checked.workbook.account) as settings:
            report, sheet = asyncio.run(_plan(_in_version(checked, settings, options), options, settings))
        if results is not None:
            report = write_plan_of(report, sheet, Path(results), replace_file=force)
        return Plan(report)

    def submit(  # noqa: PLR0913  (the options of the command)
        self,
        workbook: PathLike,
        *,
        consent: Consent,
        only: Iterable[int] | None = None,
        valid_rows_only: bool = False,
        include_hidden: bool = False,
        skip_hidden: bool = False,
        results: PathLike | None = None,
        force: bool = False,
    ) -> Report:
        """Check, plan, ask, send, write the results workbook.

        ``consent`` is called with the plan and must return True; nothing is sent otherwise. It is not called where
        nothing would be sent. Raises BulkloadError where the account or the workbook can't be used at all.
        """
        _refuse_to_replace(results, force=force)
        options = SubmitOptions(only=_rows(only), valid_rows_only=valid_rows_only)
        checked = self._check(workbook, _hidden(include=include_hidden, skip=skip_hidden), options)
        with self._settings(checked, checked.workbook.account) as settings:
            checked = _in_version(checked, settings, options)
            return _send(checked, options, settings, consent, results, force=force)

    def resume(
        self,
        run: str | None = None,
        *,
        consent: Consent,
        results: PathLike | None = None,
        force: bool = False,
    ) -> Report | None:
        """Finish an interrupted run, by default the last; None where there is none.

        Raises SettingsError where the run belongs to another account.
        """
        _refuse_to_replace(results, force=force)
        unfinished = find_unfinished(state_dir(self._flags), run)
        if unfinished is None:
            return None
        checked = unfinished.checked
        account = Account(self.name, practice=self.practice)
        account._flags = {**self._flags, "api_version": checked.version}
        with account._settings(checked, unfinished.account.binding) as settings:
            _require_same_account(unfinished, settings)
            name = unfinished.stored.run
            return _send(checked, unfinished.options, settings, consent, results, force=force, run=name)

    def verify(  # noqa: PLR0913  (the options of the command)
        self,
        workbook: PathLike,
        *,
        quick: bool = False,
        full: bool = False,
        part: tuple[int, int] | None = None,
        ignore: Iterable[str] = (),
        take_theirs: PathLike | None = None,
        include_hidden: bool = False,
        skip_hidden: bool = False,
        results: PathLike | None = None,
        force: bool = False,
    ) -> VerifyReport:
        """Compare every row with its campaign in the account; reads only.

        ``results`` is where the marked workbook is written, ``take_theirs`` a copy with the account's values.
        Raises WorkbookError where the workbook has problems.
        """
        for path in (results, take_theirs):
            _refuse_to_replace(path, force=force)
        if quick and (full or part):
            raise UsageError("A quick comparison reads no campaign: it excludes full and part.")
        checked = self._check(workbook, _hidden(include=include_hidden, skip=skip_hidden), SubmitOptions())
        if checked.has_errors:
            raise _problems_error(checked)
        options = VerifyOptions(quick=quick, full=full, part=part, ignore=frozenset(map(name_key, ignore)))
        with self._settings(checked, checked.workbook.account) as settings:
            report = asyncio.run(verify_workbook(checked, settings, options))
        if results is not None or take_theirs is not None:
            marked = checked.with_problems(tuple(problems_of(report, checked)))
            if results is not None:
                _write_results(marked.report(), marked, results, force=force)
            if take_theirs is not None:
                theirs = with_their_values(report, marked)
                _write_results(theirs.report(), theirs, take_theirs, force=force)
        return report

    # --- what the calls share ------------------------------------------------------------------------------

    def _check(self, workbook: PathLike, hidden: Hidden, options: SubmitOptions) -> CheckedWorkbook:
        version = find_api_version(self._flags)
        return check_workbook(Path(workbook), version=version, hidden=hidden).only_rows(options.only)

    @contextmanager
    def _settings(self, checked: CheckedWorkbook, binding: AccountBinding | None) -> Iterator[Settings]:
        if self.practice:
            with practice_account(checked.validation.campaigns, self._flags) as settings:
                yield settings
        else:
            yield settings_for(binding, self._flags)[0]


def account(
    name: str | None = None,
    *,
    practice: bool = False,
    api_version: ApiVersion | str | None = None,
    concurrency: int | None = None,
    rate: int | None = None,
) -> Account:
    """An account of this computer by name; without one, that of the settings, or the workbook's own.

    Use it in a ``with`` statement. ``practice`` is the sandbox, which needs no settings and phones no one.
    """
    return Account(name, practice=practice, api_version=api_version, concurrency=concurrency, rate=rate)


def _with_settings(method: Callable[Concatenate[Account, P], R]) -> Callable[P, R]:
    """The method as a function, with the account of the settings, or the workbook's own."""

    @wraps(method)
    def call(*arguments: P.args, **options: P.kwargs) -> R:
        return method(Account(), *arguments, **options)

    return call


plan = _with_settings(Account.plan)
submit = _with_settings(Account.submit)
resume = _with_settings(Account.resume)
verify = _with_settings(Account.verify)


# --- one submission ----------------------------------------------------------------------------------------


async def _plan(
    checked: CheckedWorkbook, options: SubmitOptions, settings: Settings
) -> tuple[Report, CheckedWorkbook]:
    async with open_submission(checked, options, settings) as submission:
        try:
            await submission.plan()
        except WorkbookError as error:
            problems = (one for one in submission.report().all_problems if one.is_error)
            raise WorkbookError(error.explanation, problems=tuple(problems)) from None
        return submission.report(), submission.checked


def _send(  # noqa: PLR0913  (what a submission is made of)
    checked: CheckedWorkbook,
    options: SubmitOptions,
    settings: Settings,
    consent: Consent,
    results: PathLike | None,
    *,
    force: bool,
    run: str | None = None,
) -> Report:
    try:
        report, sheet = asyncio.run(_plan_and_send(checked, options, settings, consent, run))
    except BulkloadError:
        raise
    except OSError as error:
        stopped = to_stop_reason(error, settings.state_dir)
        return report_of_workbook(checked, settings.state_dir, settings.identity, stopped)
    if not (report.is_worth_a_workbook or results is not None):
        return report
    return _write_results(report, sheet, results, force=force)


async def _plan_and_send(
    checked: CheckedWorkbook, options: SubmitOptions, settings: Settings, consent: Consent, run: str | None
) -> tuple[Report, CheckedWorkbook]:
    async with open_submission(checked, options, settings, run=run) as submission:
        return await _sent(submission, consent), submission.checked


async def _sent(submission: OpenSubmission, consent: Consent) -> Report:
    try:
        made = await submission.plan()
    except BulkloadError as error:
        return submission.report(error.stop_reason)
    shown = Plan(submission.report())
    # Only True is a yes: a forgotten return statement gives None.
    if shown.writes and consent(shown) is not True:
        return submission.declined()
    return await submission.send(made)


def _in_version(checked: CheckedWorkbook, settings: Settings, options: SubmitOptions) -> CheckedWorkbook:
    """The workbook as checked for the version of its account."""
    if settings.api_version is checked.version:
        return checked
    path, hidden = checked.workbook.path, checked.hidden
    return check_workbook(path, version=settings.api_version, hidden=hidden).only_rows(options.only)


def _require_same_account(unfinished: UnfinishedRun, settings: Settings) -> None:
    run, now = unfinished.account, settings.identity
    same_id = run.account_id in {None, now.account_id}
    if (run.host, run.application) != (now.host, now.application) or not same_id:
        raise SettingsError(
            "Run {run} belongs to {host}, application {application}.",
            "Choose its account to resume it.",
            run=unfinished.stored.run,
            host=run.host,
            application=run.application,
        )


def _problems_error(checked: CheckedWorkbook) -> BulkloadError:
    return workbook_refused([problem for problem in checked.report().all_problems if problem.is_error])


# --- parameters --------------------------------------------------------------------------------------------


def _path(path: PathLike | None) -> Path | None:
    return None if path is None else Path(path)


def _rows(only: Iterable[int] | None) -> frozenset[int] | None:
    return None if only is None else frozenset(only)


def _hidden(*, include: bool, skip: bool) -> Hidden:
    if include and skip:
        raise UsageError("Hidden rows can't be included and skipped at once: choose one of them.")
    if include:
        return Hidden.INCLUDE
    return Hidden.SKIP if skip else Hidden.REFUSE


def _refuse_to_replace(path: PathLike | None, *, force: bool) -> None:
    if path is not None and Path(path).exists() and not force:
        raise UsageError(
            "{path} exists already.", "Give another name, or {choice:force} to replace it.", path=path
        )


def _write_results(report: Report, checked: CheckedWorkbook, path: PathLike | None, *, force: bool) -> Report:
    written = write_results_workbook(report, checked, _path(path), replace_file=force)
    return replace(report, results=written.results, stopped=written.stopped)
