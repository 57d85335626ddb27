"""``bulkload template`` and ``bulkload check``: nothing is sent, no setting is needed."""

from __future__ import annotations

from pathlib import Path

import click

from bulkload.cli.options import (
    as_json_option,
    hidden_rows,
    quiet_option,
    reading_options,
    workbook_argument,
)
from bulkload.errors import UsageError
from bulkload.gc_control import gc_paused


@click.command(epilog="Example:  bulkload template december.xlsx")
@click.argument("path", type=click.Path(path_type=Path), default=Path("campaigns.xlsx"))
@click.option("--force", is_flag=True, help="Replace a file of that name.")
def template(path: Path, *, force: bool) -> None:
    """Write an empty template to fill in.

    PATH is campaigns.xlsx in this folder unless you give another. A file that exists is left alone.
    """
    from bulkload.workbook.template.write import write_template

    if path.suffix.lower() != ".xlsx":
        raise UsageError(f"{path} does not end in .xlsx, and an Excel workbook will be written there.")
    if path.exists() and not force:
        raise UsageError(f"{path} exists already. Give another name, or --force to replace it.")
    try:
        write_template(path)
    except OSError as error:
        raise UsageError(f"{path} could not be written: {error.strerror}. Choose another folder.") from None
    click.echo(f"Wrote {path}. Fill it in, then:  bulkload check {click.format_filename(path)}")


@click.command(epilog="Example:  bulkload check december.xlsx")
@workbook_argument
@reading_options
@as_json_option
@quiet_option
@click.pass_context
def check(
    ctx: click.Context,
    workbook: Path,
    *,
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
    with gc_paused():
        from bulkload.checking import check as check_workbook
        from bulkload.cli.console import Console
        from bulkload.settings import api_version as find_api_version

        console = Console(as_json=as_json, quiet=quiet)
        with console.refusals(workbook):
            version = find_api_version({"api_version": api_version})
            report = check_workbook(workbook, version=version, hidden=hidden).report()
            console.checked(report)
    ctx.exit(console.exit_status)
