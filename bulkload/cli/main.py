"""The group of commands, and the exit status of every way in which one can end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from typing import NoReturn

import click

from bulkload.cli.accounts import accounts
from bulkload.cli.error_output import report_error
from bulkload.cli.history import results, resume, runs
from bulkload.cli.sandbox import sandbox
from bulkload.cli.stdio import tolerant_stdio
from bulkload.cli.submit import plan, submit
from bulkload.cli.workbooks import check, template
from bulkload.errors import OutputError


class _InOrder(click.Group):
    """Lists the commands in the order in which a person needs them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(self.commands)


@click.group(
    cls=_InOrder,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Start with:
  bulkload template december.xlsx          an empty workbook; fill it in
  bulkload check december.xlsx             what is wrong with it, cell by cell
  bulkload submit december.xlsx --sandbox  try it; nobody is phoned
  bulkload submit december.xlsx            for real""",
)
@click.version_option(package_name="bulkload", message="%(package)s %(version)s")
def commands() -> None:
    """Create outbound voice campaigns on Kore.ai from an Excel workbook.

    Fill in the template, check it, submit it. A results workbook shows what became of every row; fix the marked
    cells in it and submit that same file again. A row is never created twice.
    """


for command in (template, check, plan, submit, resume, runs, results, accounts, sandbox):
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and exit with the status that ``errors`` draws."""
    # Python looks through every object once more when it ends, a tenth of a second after pandas: for nothing.
    atexit.register(gc.freeze)
    # numpy begins a thread for each processor to multiply matrices, of which there are none here: 0.03 s of a check.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but an empty one
        _forget_colours()
    try:
        with tolerant_stdio():
            status = _status_of(sys.argv[1:] if arguments is None else arguments)
    except OutputError as error:
        status = error.exit_status
        with contextlib.suppress(OSError):  # the other side may be full, too
            report_error(error, as_json=False)
    sys.exit(status)


def _status_of(arguments: list[str]) -> int:
    try:
        status = commands.main(args=arguments, prog_name="bulkload", standalone_mode=False)
    except click.exceptions.Exit as end:
        status = end.exit_code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (the last resort ends in a sentence, too)
        status = report_error(error, as_json="--json" in arguments)
    return status if isinstance(status, int) else 0


def _forget_colours() -> None:
    commands.context_settings["color"] = False
