"""What can stop a run: a tree, with the exit status of each branch.

::

    BulkloadError
    ├── UsageError            2    the command was given wrongly
    ├── WorkbookError         3    the workbook can't be used at all; nothing was sent
    ├── SettingsError         4    a setting is missing or can't be right
    │   └── CredentialsError  4    the service does not accept the credentials or their scope
    ├── ServiceError          5    the network or the service stopped the run
    │   ├── NetworkError      5    the service could not be reached
    │   └── RunInProgressError 5   another run holds this application
    ├── JournalError          5    this machine's own record of its runs can't be read or written
    ├── OutputError           5    standard output can't take what is printed
    └── Interrupted         130    the user stopped it

What is wrong with a row is never one of these: it is a ``Problem``, a value that reaches the results workbook.
Every message is one or two sentences: what is wrong, where, and what would be right.
"""

from __future__ import annotations

import contextlib
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from bulkload.messages import Message, MessageTemplate
from bulkload.model import StopReason

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bulkload.model import Problem

EVERY_ROW_AS_WANTED = 0
"""Exit status: every row is as wanted."""
ROWS_NEED_A_PERSON = 1
"""Exit status: some rows need a person."""
WORKBOOK_HAS_PROBLEMS = 3
"""Exit status: the workbook can't be used or has problems, and nothing was sent."""


class BulkloadError(Exception):
    """The root: everything that stops a run, with a message for the user."""

    exit_status: ClassVar[int] = 5

    def __init__(self, text: str | Message, fix: str = "", **values: object) -> None:
        """``text`` and ``fix`` are templates with fields and marks (see ``messages``); ``values`` fill them."""
        self.explanation = (
            text if isinstance(text, Message) else MessageTemplate("stopped", text, fix)(**values)
        )
        super().__init__(str(self.explanation))

    @property
    def stop_reason(self) -> StopReason:
        """The same as a value for reports."""
        return StopReason(self.exit_status, self.explanation)


class UsageError(BulkloadError):
    """The command was given wrongly."""

    exit_status = 2


class WorkbookError(BulkloadError):
    """The workbook can't be used at all: not a workbook, damaged, protected, no heading row."""

    exit_status = WORKBOOK_HAS_PROBLEMS

    def __init__(
        self, text: str | Message, fix: str = "", *, problems: tuple[Problem, ...] = (), **values: object
    ) -> None:
        super().__init__(text, fix, **values)
        self.problems = problems
        """Each thing that is wrong with the file, with its place; at least the message itself is said."""


class SettingsError(BulkloadError):
    """A setting is missing or can't be right."""

    exit_status = 4


class CredentialsError(SettingsError):
    """The service does not accept the credentials, or their scope."""


class ServiceError(BulkloadError):
    """The network or the service stopped the run."""

    exit_status = 5


class NetworkError(ServiceError):
    """The service could not be reached."""


class RunInProgressError(ServiceError):
    """Another process is submitting to the same host and application."""


class JournalError(BulkloadError):
    """The record of this machine's runs can't be read or written: a full disk, a damaged file."""

    exit_status = 5


class OutputError(BulkloadError):
    """Standard output can't take what is printed; a run is not touched by it."""

    exit_status = 5


class Interrupted(BulkloadError):  # noqa: N818  (not an error: the user's wish)
    """The user stopped the run."""

    exit_status = 130


def workbook_refused(problems: Sequence[Problem]) -> WorkbookError:
    """The refusal of a file for all of these reasons; the message is complete where there is only one."""
    if len(problems) == 1:
        return WorkbookError(problems[0].explanation, problems=tuple(problems))
    return WorkbookError(
        "{count} things keep this workbook from being read.", problems=tuple(problems), count=len(problems)
    )


def refusal(template: MessageTemplate, **values: Any) -> WorkbookError:
    """The refusal of a file for this reason alone; ``values`` are those of ``MessageTemplate.problem``."""
    return workbook_refused([template.problem(**values)])


# --- any exception becomes a reason ----------------------------------------------------------------------


def to_stop_reason(error: BaseException, details_folder: Path) -> StopReason:
    """Why a command or a run stopped, as a value. The details of a fault of our own go into a file of this folder."""
    match error:
        case BulkloadError():
            return error.stop_reason
        case KeyboardInterrupt():
            return StopReason(Interrupted.exit_status, _STOPPED())
        case _:
            kept = _keep_details(error, details_folder)
            return StopReason(5, _OWN_FAULT(kind=type(error).__name__, file=kept))


_STOPPED = MessageTemplate(
    "stopped-by-person",
    "Stopped. What was sent is written down.",
    "To see it: {command:runs}.",
)
_OWN_FAULT = MessageTemplate(
    "own-fault",
    "This program has a fault of its own ({kind}) and stopped. What was sent is written down.",
    "To go on: {resume:}. Please report the fault{file}.",
    example={"kind": "KeyError", "file": ", with the file fault-20261121-104205.txt"},
)


def _keep_details(error: BaseException, folder: Path) -> str:
    """Write the traceback into a file for a report; say where, or nothing where it can't be written."""
    import traceback  # noqa: PLC0415  (only a fault of our own needs it, and --help reads this module)

    with contextlib.suppress(Exception):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / f"fault-{datetime.now().astimezone():%Y%m%d-%H%M%S}.txt"
        path.touch(mode=0o600)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        return f", with the file {path}"
    return ""
