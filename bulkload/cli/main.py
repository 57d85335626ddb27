"""The door: the group of commands, and what becomes of every way in which one can end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

import click

from bulkload.cli.history import results, resume, runs
from bulkload.cli.sandbox import sandbox
from bulkload.cli.submit import submit
from bulkload.cli.workbooks import check, template
from bulkload.errors import BulkloadError, ServiceError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

INTERRUPTED = 130
"""Exit status after Ctrl-C, as shells know it: 128 and the signal's number."""


class _InOrder(click.Group):
    """Lists the commands in the order in which a person needs them, not by the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(self.commands)


def _version(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> None:  # noqa: FBT001
    if not wanted or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"bulkload {version('bulkload')}")
    ctx.exit()


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
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def commands() -> None:
    """Create outbound voice campaigns on Kore.ai from an Excel workbook.

    Fill in the template, have it checked, submit it. A results workbook tells what became of every row; mend
    the marked cells in it and submit that same file again. A row is never created twice.
    """


for command in (template, check, submit, resume, runs, results, sandbox):
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and exit with the status that ``errors`` draws."""
    # Python looks through every object once more when it ends, a tenth of a second after pandas: for nothing.
    atexit.register(gc.freeze)
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but an empty one
        _forget_colours()
    try:
        status = commands.main(args=arguments, prog_name="bulkload", standalone_mode=False)
    except click.exceptions.Exit as end:
        status = end.exit_code
    except click.Abort:
        click.echo("\nStopped.", err=True)
        status = INTERRUPTED
    except KeyboardInterrupt:
        click.echo(
            "\nStopped. What was sent is in the journal: bulkload resume goes on from there.", err=True
        )
        status = INTERRUPTED
    except click.ClickException as error:
        error.show()
        status = UsageError.exit_status
    except BulkloadError as error:
        click.echo(str(error), err=True)
        status = error.exit_status
    except BrokenPipeError:  # `bulkload runs | head`: the reader has seen enough
        status = 0
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:  # noqa: BLE001  (the last resort: a fault of ours still ends in a sentence)
        status = _own_fault(error)
    sys.exit(status if isinstance(status, int) else 0)


def _forget_colours() -> None:
    commands.context_settings["color"] = False


def _own_fault(error: Exception) -> int:
    """Say that the fault is ours, where its details are, and that nothing is lost."""
    where = _write_details()
    click.echo(
        f"bulkload has a fault of its own ({type(error).__name__}) and stopped. Nothing is lost: what was sent is in "
        f"the journal, and bulkload resume goes on from there. Please report it{where}.",
        err=True,
    )
    return ServiceError.exit_status


def _write_details() -> str:
    """Put the traceback into a file of the state folder, for a report; say where, or nothing where it can't be."""
    import traceback

    path: Path | None = None
    with contextlib.suppress(Exception):
        from bulkload.settings import state_dir

        folder = state_dir({})
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"fault-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path.touch(mode=0o600)
        path.write_text(traceback.format_exc(), encoding="utf-8")
    return f", with the file {path}" if path else ""
