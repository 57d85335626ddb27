"""``bulkload submit``: its options; what they set going stands in ``sending``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bulkload.cli.options import (
    RowsType,
    as_json_option,
    hidden_rows,
    quiet_option,
    reading_options,
    results_option,
    sending_options,
    workbook_argument,
)

if TYPE_CHECKING:
    from pathlib import Path


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
@click.option("--sandbox", "use_sandbox", is_flag=True, help="Use a pretend Kore.ai; no account is needed.")
@click.option("--dry-run", is_flag=True, help="Do everything up to the first request that writes, then stop.")
@click.option("--yes", is_flag=True, help="Don't ask before sending.")
@click.option("--only", type=RowsType(), metavar="ROWS", help="Only these Excel rows: 7,9 or 7-12.")
@click.option(
    "--valid-rows-only", is_flag=True, help="Send the rows without problems although others have some."
)
@results_option
@reading_options
@sending_options
@as_json_option
@quiet_option
@click.pass_context
def submit(
    ctx: click.Context,
    workbook: Path,
    *,
    use_sandbox: bool,
    dry_run: bool,
    yes: bool,
    only: frozenset[int] | None,
    valid_rows_only: bool,
    results_file: Path | None,
    api_version: str | None,
    include_hidden: bool,
    skip_hidden: bool,
    concurrency: int | None,
    rate: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Check WORKBOOK, show the plan, ask, create and update the campaigns, write the results workbook.

    A workbook with problems is not submitted, none of it, unless you say --valid-rows-only. What an earlier
    run created is not sent again.
    """
    from bulkload.cli.submit_flow import Wishes, submit_workbook

    wishes = Wishes(
        sandbox=use_sandbox,
        dry_run=dry_run,
        yes=yes,
        only=only,
        valid_rows_only=valid_rows_only,
        results=results_file,
        hidden=hidden_rows(include=include_hidden, skip=skip_hidden),
        flags={"api_version": api_version, "concurrency": concurrency, "rate": rate},
        as_json=as_json,
        quiet=quiet,
    )
    ctx.exit(submit_workbook(workbook, wishes))
