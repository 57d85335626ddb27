"""The group of commands, and the exit status of every way in which one can end."""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import os
import sys
from typing import NamedTuple, NoReturn

import click

from bulkload.cli.marks import name_account
from bulkload.cli.stdio import LostOutput, tolerant_stdio


class _Entry(NamedTuple):
    """Where a command is, and what the list of commands says of it."""

    module: str
    help: str


COMMANDS = {
    "open": _Entry("open", "Do everything in the browser: check, fix, plan, send, undo."),
    "template": _Entry("workbooks", "Write an empty template to fill in."),
    "check": _Entry("workbooks", "Read WORKBOOK and say what is wrong, cell by cell."),
    "plan": _Entry("submit", "Show what submit would do; send nothing."),
    "submit": _Entry("submit", "Check WORKBOOK, show the plan, ask, send it, write the results."),
    "resume": _Entry("history", "Finish an interrupted run."),
    "convert": _Entry("convert", "Turn another system's list into a workbook of ours."),
    "runs": _Entry("history", "List the runs of this machine, the newest first."),
    "results": _Entry("history", "Write the results workbook of RUN again."),
    "verify": _Entry("verify", "Does the account still equal WORKBOOK? Reads only."),
    "accounts": _Entry("accounts", "List the accounts of this computer; add, test or remove one."),
    "doctor": _Entry("doctor", "Say what is wrong with settings, network, account or this computer."),
    "sandbox": _Entry("sandbox", "Run a pretend Kore.ai on 127.0.0.1 until Ctrl-C."),
}
"""Every command, in the order in which people need them. A command's module is imported when the command runs."""


class _LazyGroup(click.Group):
    """A group whose list of commands needs none of their modules, so that it is shown at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (as above)
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command = getattr(importlib.import_module(f"bulkload.cli.{entry.module}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  (as above)
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """People often give the workbook where the command belongs."""
        if args and args[0].lower().endswith(".xlsx"):
            from bulkload.cli.marks import pasteable

            ctx.fail(f"Did you mean: {pasteable('bulkload', 'check', *args)}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=_LazyGroup,
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

    Fill in the template, check it, submit it. A results workbook shows the outcome of every row; fix the marked
    cells in it and submit that same file again. A row is never created twice.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and exit with the status that ``errors`` draws."""
    # Python looks through every object once more when it ends, a tenth of a second after pandas: for nothing.
    atexit.register(gc.freeze)
    # numpy begins a thread for each processor to multiply matrices, of which there are none here: 0.03 s of a check.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if os.environ.get("NO_COLOR"):  # https://no-color.org: any value but an empty one
        _forget_colours()
    name_account(None)  # a program may call this more than once
    try:
        with tolerant_stdio():
            status = _status_of(sys.argv[1:] if arguments is None else arguments)
    except LostOutput as lost:
        status = _report_lost_output(lost)
    sys.exit(status)


def _status_of(arguments: list[str]) -> int:
    try:
        status = commands.main(args=arguments, prog_name="bulkload", standalone_mode=False)
    except click.exceptions.Exit as end:
        status = end.exit_code
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (the last resort ends in a sentence, too)
        from bulkload.cli.error_output import report_error

        status = report_error(error, as_json="--json" in arguments)
    return status if isinstance(status, int) else 0


def _report_lost_output(lost: LostOutput) -> int:
    from bulkload.cli.error_output import report_error
    from bulkload.errors import OutputError

    with contextlib.suppress(OSError):  # the other stream may be full, too
        report_error(
            OutputError(
                "What was printed could not be written: {reason}. Nothing else is touched by that.",
                "To see what was done: {command:runs}.",
                reason=lost.reason,
            ),
            as_json=False,
        )
    return OutputError.exit_status


def _forget_colours() -> None:
    commands.context_settings["color"] = False
