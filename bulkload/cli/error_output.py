"""How a command that can't go on ends: a sentence on standard error and, with ``--json``, a document.

Whatever the reason is, a program that asked for one document gets one.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks
from bulkload.errors import BulkloadError, Interrupted, UsageError, to_stop_reason
from bulkload.messages import quoted
from bulkload.text import sanitize

if TYPE_CHECKING:
    from bulkload.model import StopReason


def report_error(error: BaseException, *, as_json: bool) -> int:
    """Say what stopped the command; the exit status that ``errors`` draws for it."""
    stopped = _stop_reason(error)
    if isinstance(error, click.ClickException):
        error.show()  # with the command's usage
    else:
        # The terminal shows ^C at the beginning of the line.
        line = "\n" if stopped.exit_status == Interrupted.exit_status else ""
        click.echo(sanitize(f"{line}{stopped.explanation.join(cli_marks)}"), err=True)
    if as_json:
        from bulkload.cli.console import document_of_stop, print_document

        print_document(document_of_stop(stopped))
    return stopped.exit_status


def _stop_reason(error: BaseException) -> StopReason:
    from bulkload.model import StopReason

    match error:
        case click.ClickException():
            return StopReason(UsageError.exit_status, quoted(error.format_message()))
        case click.Abort():  # at the question
            return StopReason(Interrupted.exit_status, quoted("Stopped: nothing was sent now."))
        case BulkloadError():
            return error.stop_reason
        case _:
            return to_stop_reason(error, _details_folder())


def _details_folder() -> Path:
    """The state folder, or the current one where the settings can't be read."""
    with contextlib.suppress(Exception):
        from bulkload.settings import state_dir

        return state_dir({})
    return Path.cwd()
