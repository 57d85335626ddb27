"""``bulkload submit`` and ``bulkload plan``: their options; ``submit_flow`` carries them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from bulkload.cli.options import (
    RowsType,
    as_json_option,
    hidden_rows,
    quiet_option,
    reading_options,
    refuse_to_replace,
    results_option,
    sandbox_option,
    sending_options,
    workbook_argument,
    yes_option,
)
from bulkload.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from bulkload.model import SubmitOptions

_WHAT_IS_SENT = (
    sandbox_option,
    click.option("--only", type=RowsType(), metavar="ROWS", help="Only these Excel rows: 7,9 or 7-12."),
    click.option(
        "--valid-rows-only", is_flag=True, help="Send the rows without problems although others have some."
    ),
)


def _what_is_sent(command: Any) -> Any:
    """The options of ``submit`` and ``plan`` that change what is sent."""
    for option in reversed(_WHAT_IS_SENT):
        command = option(command)
    return command


@click.command(
    short_help="Show what submit would do; send nothing.",
    epilog="""\b
Examples:
  bulkload plan december.xlsx
  bulkload plan december.xlsx --sandbox""",
)
@workbook_argument
@_what_is_sent
@click.option(
    "--fail-on-changes", is_flag=True, help="Exit with 1 where anything would be created or changed."
)
@results_option
@click.option("--force", is_flag=True, help="Replace the file that --results names.")
@reading_options
@sending_options
@as_json_option
@quiet_option
@click.pass_context
def plan(
    ctx: click.Context,
    /,
    workbook: Path,
    *,
    use_sandbox: bool,
    fail_on_changes: bool,
    results_file: Path | None,
    force: bool,
    api_version: str | None,
    include_hidden: bool,
    skip_hidden: bool,
    account: str | None,
    concurrency: int | None,
    rate: int | None,
    as_json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Show what submit would do with WORKBOOK, row by row. Sends nothing.

    Exit status: 0 when every row is as wanted, 1 when a row needs you, 3 when the workbook has problems.
    """
    from bulkload.cli.submit_flow import SubmitCommand, submit_workbook

    refuse_to_replace(results_file, force=force)
    command = SubmitCommand(
        practice=use_sandbox,
        dry_run=True,
        fails_on_changes=fail_on_changes,
        results=results_file,
        replace_results=force,
        flags={
            "account": account,
            "api_version": api_version,
            "concurrency": concurrency,
            "rate": rate,
        },
        as_json=as_json,
        quiet=quiet,
    )
    hidden = hidden_rows(include=include_hidden, skip=skip_hidden)
    ctx.exit(submit_workbook(workbook, _options(chosen), hidden, command))


@click.command(
    short_help="Check WORKBOOK, show the plan, ask, send it, write the results.",
    epilog="""\b
Examples:
  bulkload submit december.xlsx --sandbox      try it; no account is needed
  bulkload submit december.xlsx --dry-run      everything but sending
  bulkload submit december.xlsx                for real, after a question
  bulkload submit december.xlsx --only 7,9-12  these Excel rows alone""",
)
@workbook_argument
@click.option("--dry-run", is_flag=True, help="Do everything up to the first request that writes, then stop.")
@yes_option
@_what_is_sent
@results_option
@click.option("--force", is_flag=True, help="Replace the file that --results names.")
@reading_options
@sending_options
@as_json_option
@quiet_option
@click.pass_context
def submit(
    ctx: click.Context,
    /,
    workbook: Path,
    *,
    use_sandbox: bool,
    dry_run: bool,
    yes: bool,
    results_file: Path | None,
    force: bool,
    api_version: str | None,
    include_hidden: bool,
    skip_hidden: bool,
    account: str | None,
    concurrency: int | None,
    rate: int | None,
    as_json: bool,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Check WORKBOOK, show the plan, ask, create and update the campaigns, write the results workbook.

    A workbook with problems is not submitted, none of it, unless you say --valid-rows-only. What an earlier
    run created is not sent again.
    """
    from bulkload.cli.submit_flow import SubmitCommand, submit_workbook

    if dry_run and results_file:
        raise UsageError("A dry run writes no results workbook.", "Leave out --results or --dry-run.")
    refuse_to_replace(results_file, force=force)
    command = SubmitCommand(
        practice=use_sandbox,
        dry_run=dry_run,
        yes=yes,
        results=results_file,
        replace_results=force,
        flags={
            "account": account,
            "api_version": api_version,
            "concurrency": concurrency,
            "rate": rate,
        },
        as_json=as_json,
        quiet=quiet,
    )
    hidden = hidden_rows(include=include_hidden, skip=skip_hidden)
    ctx.exit(submit_workbook(workbook, _options(chosen), hidden, command))


def _options(chosen: dict[str, Any]) -> SubmitOptions:
    from bulkload.model import SubmitOptions

    return SubmitOptions(only=chosen["only"], valid_rows_only=chosen["valid_rows_only"])
