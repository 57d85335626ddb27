"""What becomes of a command that can't go on: a sentence on standard error and, with ``--json``, a document.

Whatever the reason is, a program that asked for one document gets one.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING

import click

from bulkload.cli.documents import document_of_no_workbook, print_document
from bulkload.cli.marks import cli_marks
from bulkload.cli.stdio import sanitize
from bulkload.errors import BulkloadError, Interrupted, ServiceError, UsageError

if TYPE_CHECKING:
    from bulkload.model import StopReason


def tell(error: BaseException, *, as_json: bool) -> int:
    """Say what stopped the command; the exit status that ``errors`` draws for it."""
    stopped = stopped_by(error)
    if isinstance(error, click.ClickException):
        error.show()  # with the command's usage
    else:
        after = (
            "\n" if stopped.exit_status == Interrupted.exit_status else ""
        )  # the terminal stands behind ^C
        click.echo(sanitize(f"{after}{stopped.explanation.join(cli_marks)}"), err=True)
    if as_json:
        print_document(document_of_no_workbook(stopped))
    return stopped.exit_status


def stopped_by(error: BaseException) -> StopReason:
    """Why the command can't go on, in words; the details of a fault of our own are put into a file."""
    from bulkload.messages import quoted
    from bulkload.model import StopReason

    match error:
        case click.ClickException():
            return StopReason(UsageError.exit_status, quoted(error.format_message()))
        case BulkloadError():
            return error.stop_reason
        case click.Abort():  # at the question
            return StopReason(Interrupted.exit_status, quoted("Stopped: nothing was sent now."))
        case KeyboardInterrupt():
            return StopReason(
                Interrupted.exit_status,
                quoted("Stopped. Whatever was sent is in the journal: bulkload runs shows it."),
            )
        case _:
            return StopReason(ServiceError.exit_status, quoted(_own_fault(error)))


def _own_fault(error: BaseException) -> str:
    """Say that the fault is ours, where its details are, and that nothing is lost."""
    return (
        f"bulkload has a fault of its own ({type(error).__name__}) and stopped. Nothing is lost: what was sent is in "
        f"the journal, and bulkload resume goes on from there. Please report it{_write_details(error)}."
    )


def _write_details(error: BaseException) -> str:
    """Put the traceback into a file of the state folder, for a report; say where, or nothing where it can't be."""
    import traceback

    with contextlib.suppress(Exception):
        from bulkload.settings import state_dir

        folder = state_dir({})
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"fault-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path.touch(mode=0o600)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return f", with the file {path}"
    return ""
