"""``bulkload template`` and ``bulkload check``: nothing is sent, no setting is needed."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks, pasteable
from bulkload.cli.options import (
    as_json_option,
    hidden_rows,
    quiet_option,
    reading_options,
    refuse_to_replace,
    results_option,
    workbook_argument,
)
from bulkload.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command(epilog="Example:  bulkload template december.xlsx")
@click.argument("path", type=click.Path(path_type=Path), default=Path("campaigns.xlsx"))
@click.option("--force", is_flag=True, help="Replace a file of that name.")
def template(path: Path, *, force: bool) -> None:
    """Write an empty template to fill in.

    PATH is campaigns.xlsx in this folder unless you give another. A file that exists is left alone.
    """
    from bulkload.workbook.template.write import write_template

    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            "{path} does not end in .xlsx.", "An Excel workbook is written: give it that ending.", path=path
        )
    refuse_to_replace(path, force=force)
    try:
        write_template(path)
    except OSError as error:
        raise UsageError(
            "{path} could not be written: {reason}.",
            "Choose another folder.",
            path=path,
            reason=error.strerror,
        ) from None
    click.echo(
        f"Wrote {path}. Fill it in, then:  {pasteable('bulkload', 'check', click.format_filename(path))}"
    )


@click.command(epilog="Example:  bulkload check december.xlsx")
@workbook_argument
@click.option("--all", "everything", is_flag=True, help="Show every problem, not one screen of them.")
@results_option
@click.option("--force", is_flag=True, help="Replace the file that --results names.")
@reading_options
@as_json_option
@quiet_option
@click.pass_context
def check(
    ctx: click.Context,
    workbook: Path,
    *,
    everything: bool,
    results_file: Path | None,
    force: bool,
    api_version: str | None,
    include_hidden: bool,
    skip_hidden: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Read WORKBOOK and say what is wrong, cell by cell. Sends nothing.

    Exit status: 0 nothing is wrong, 3 something is.
    """
    hidden = hidden_rows(include=include_hidden, skip=skip_hidden)
    refuse_to_replace(results_file, force=force)
    with _gc_paused():
        from bulkload.checking import check as check_workbook
        from bulkload.cli.console import Console, suggest_marked_workbook
        from bulkload.settings import api_version as find_api_version

        console = Console(as_json=as_json, quiet=quiet, everything=everything)
        with console.refusals(workbook):
            version = find_api_version({"api_version": api_version})
            checked = check_workbook(workbook, version=version, hidden=hidden)
            report = checked.report()
            if results_file is not None:
                from bulkload.run_reports import write_results_workbook

                report = write_results_workbook(
                    report, checked, results_file, marks=cli_marks, replace_file=force
                )
            console.checked(report, suggests="" if results_file else suggest_marked_workbook(workbook))
    ctx.exit(console.exit_status)


@contextmanager
def _gc_paused() -> Iterator[None]:
    """Pause the garbage collector while large objects are built that live until the end of the command.

    It would look through all of them again and again, which took a fifth of the time of a small check.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
