"""``bulkload resume``, ``runs`` and ``results``: what earlier runs left."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks
from bulkload.cli.options import (
    as_json_option,
    quiet_option,
    refuse_to_replace,
    results_option,
    sending_options,
    yes_option,
)
from bulkload.text import sanitize

if TYPE_CHECKING:
    from pathlib import Path


@click.command(epilog="Example:  bulkload resume")
@click.argument("run", required=False)
@yes_option
@results_option
@click.option("--force", is_flag=True, help="Replace the file that --results names.")
@sending_options
@as_json_option
@quiet_option
@click.pass_context
def resume(
    ctx: click.Context,
    run: str | None,
    *,
    yes: bool,
    results_file: Path | None,
    force: bool,
    account: str | None,
    concurrency: int | None,
    rate: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Finish an interrupted run.

    RUN is its name, as bulkload runs shows it; without it, the last run that was not finished. Rows whose answer
    was lost are looked up in the account first: nothing is sent twice.
    """
    from bulkload.cli.submit_flow import SubmitCommand, resume_run

    refuse_to_replace(results_file, force=force)
    command = SubmitCommand(
        yes=yes,
        results=results_file,
        replace_results=force,
        flags={"account": account, "concurrency": concurrency, "rate": rate},
        as_json=as_json,
        quiet=quiet,
    )
    ctx.exit(resume_run(run, command))


@click.command(epilog="Example:  bulkload runs")
@click.option(
    "--close", "closed", metavar="RUN", help="End an obsolete run: resume does not offer it any more."
)
@as_json_option
def runs(*, closed: str | None, as_json: bool) -> None:
    """List the runs of this machine, the newest first."""
    from bulkload import run_reports
    from bulkload.cli.console import print_document
    from bulkload.run.journals import unreadable_journals
    from bulkload.settings import state_dir

    if closed:
        name = run_reports.close_run(state_dir({}), closed)
        click.echo(f"Run {name} is closed.", err=True)
    found = run_reports.runs(state_dir({}))
    for error in unreadable_journals(state_dir({})):
        click.echo(sanitize(f"Some runs may be missing here: {error.explanation.join(cli_marks)}"), err=True)
    if as_json:
        print_document([_document(run) for run in found])
        return
    if not found:
        click.echo("No runs yet.")
    for run in found:
        counts = ", ".join(
            f"{number} {status.replace('_', ' ')}" for status, number in run.counts.items() if number
        )
        waits = "at work" if run.is_at_work else f"not finished: bulkload resume {run.run}"
        state = "finished" if run.finished else waits
        click.echo(f"{run.run}  {run.started:%Y-%m-%d %H:%M %Z}  {sanitize(run.workbook)}  ({run.host})")
        click.echo(f"    {counts or 'no rows'}; {state}")
        if run.stopped and not run.finished:
            click.echo(f"    {sanitize(run.stopped)}")


@click.command(
    short_help="Write the results workbook of RUN again.",
    epilog="Example:  bulkload results 20261121-104205-7c",
)
@click.argument("run")
@results_option
@click.option("--force", is_flag=True, help="Replace the file that --results names.")
@as_json_option
@click.pass_context
def results(ctx: click.Context, run: str, *, results_file: Path | None, force: bool, as_json: bool) -> None:
    """Write the results workbook of RUN again, from what the journal knows."""
    from bulkload.cli.console import Console
    from bulkload.run_reports import write_results_of_run
    from bulkload.settings import state_dir

    refuse_to_replace(results_file, force=force)
    console = Console(as_json=as_json, quiet=False)
    console.finished(
        write_results_of_run(state_dir({}), run, results_file, marks=cli_marks, replace_file=force)
    )
    ctx.exit(console.exit_status)


def _document(run: object) -> dict[str, object]:
    from bulkload.model import RunInfo

    assert isinstance(run, RunInfo)
    return {
        "run": run.run,
        "workbook": run.workbook,
        "host": run.host,
        "application": run.application,
        "started": run.started.isoformat(),
        "finished": run.finished.isoformat() if run.finished else None,
        "at_work": run.is_at_work,
        "stopped": run.stopped or None,
        "summary": dict(run.counts),
    }
