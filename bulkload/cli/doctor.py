"""``bulkload doctor`` and ``bulkload accounts test``: what is wrong, one line per thing, with its fix."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks, name_account
from bulkload.cli.options import as_json_option
from bulkload.errors import UsageError
from bulkload.text import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulkload.doctor import Diagnosis, Finding

_SIGNS = {
    "good": ("✓", "green"),
    "warning": ("!", "yellow"),
    "fault": ("✗", "red"),
    "not_checked": ("-", None),
}


@click.command(epilog="Example:  bulkload doctor --account acme")
@click.option("--account", metavar="NAME", help="An account of this computer; bulkload accounts lists them.")
@click.option(
    "--save", "file", type=click.Path(path_type=Path), help="Write the same into a file, for support."
)
@as_json_option
@click.pass_context
def doctor(ctx: click.Context, *, account: str | None, file: Path | None, as_json: bool) -> None:
    """Say what is wrong with settings, network, account or this computer.

    Sends nothing: it reads campaigns, contact lists and queues once each. It never shows a secret.

    Exit status: 0 nothing is wrong, 4 settings or credentials, 5 anything else.
    """
    ctx.exit(show_diagnosis(account, file, as_json=as_json))


def show_diagnosis(account: str | None, file: Path | None = None, *, as_json: bool) -> int:
    """Examine, print, perhaps save; the exit status."""
    from bulkload.cli.console import print_document
    from bulkload.doctor import examine

    diagnosis = asyncio.run(examine({"account": account}))
    name_account(diagnosis.account.name if diagnosis.account else None)
    if file is not None:
        _save(diagnosis, file)
    if as_json:
        print_document(diagnosis.to_json(cli_marks))
    else:
        click.echo("\n".join(_lines(diagnosis, colours=True)))
    return diagnosis.exit_status


def _lines(diagnosis: Diagnosis, *, colours: bool) -> Iterator[str]:
    for finding in diagnosis.findings:
        yield from _line(finding, colours=colours)
    faults = sum(1 for one in diagnosis.findings if one.exit_status)
    yield ""
    yield "Nothing is wrong." if not faults else f"{faults} fault{'' if faults == 1 else 's'} found."


def _line(finding: Finding, *, colours: bool) -> Iterator[str]:
    sign, colour = _SIGNS[finding.verdict]
    text, fix = finding.explanation.render(cli_marks)
    shown = click.style(sign, fg=colour) if colours and colour else sign
    yield f"{shown} {finding.topic:<14} {sanitize(text)}"
    if fix:
        yield f"  {'':<14} {sanitize(fix)}"


def _save(diagnosis: Diagnosis, file: Path) -> None:
    try:
        with file.open("x", encoding="utf-8") as saved:
            saved.write("\n".join(_lines(diagnosis, colours=False)) + "\n")
    except FileExistsError:
        raise UsageError("{file} exists already.", "Give another name.", file=file) from None
    except OSError as error:
        raise UsageError(
            "{file} can't be written ({reason}).", "Choose another folder.", file=file, reason=error.strerror
        ) from None
