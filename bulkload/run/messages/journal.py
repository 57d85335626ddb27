"""Messages about the journal and its lock."""

from __future__ import annotations

from bulkload.messages import MessageTemplate as Template

_PATH = {"path": "/home/ann/.local/state/bulkload/journals/platform.kore.ai-st-1-0b1398f1.sqlite3"}

NOT_WRITABLE = Template(
    "journal-not-writable",
    "The journal {path} can't be written ({reason}). Without it, nothing is sent.",
    "Make room or give rights there, or choose another folder: {setting:state_dir}.",
    example={**_PATH, "reason": "Permission denied"},
)
NOT_USABLE = Template(
    "journal-not-usable",
    "The journal {path} can't be used ({reason}). Without it, nothing is sent.",
    "Make room on that disk, or give rights there. Then submit the workbook again.",
    example={**_PATH, "reason": "disk I/O error"},
)
DAMAGED = Template(
    "journal-damaged",
    "The journal {path} is damaged ({reason}). What was created can't be told from it.",
    "Put a copy of it back. Or move it away, and look for each campaign at Kore.ai before you send it.",
    example={**_PATH, "reason": "database disk image is malformed"},
)
LATER_VERSION = Template(
    "journal-of-later-version",
    "The journal {path} was written by a later version of this program (format {found}, known {known}).",
    "Install the latest version. Nothing was sent.",
    example={**_PATH, "found": 7, "known": 2},
)
OF_ANOTHER_ACCOUNT = Template(
    "journal-of-another-account",
    "The journal {path} belongs to another account ({found}).",
    "Put it back where it came from. Nothing was sent.",
    example={**_PATH, "found": "https://platform.kore.ai, st-1"},
)
NOT_LOCKABLE = Template(
    "journal-not-lockable",
    "The file {path} can't be locked ({reason}), so another run could not be noticed.",
    "Choose a folder on a local disk with room: {setting:state_dir}.",
    example={**_PATH, "reason": "No locks available"},
)
BUSY = Template(
    "run-in-progress",
    "Another run on this computer is busy with the same application ({who}).",
    "Wait until it has ended, or stop it. Two at once could create a campaign twice.",
    example={"who": "run 20261121-104205-3f9a1c0b7d2e, process 4711, since 2026-11-21 10:42:05"},
)
NO_SUCH_RUN = Template(
    "no-such-run",
    "There is no run {run} here.",
    "To list the runs: {command:runs}.",
    example={"run": "20261121-104205-3f9a1c0b7d2e"},
)
SEVERAL_SUCH_RUNS = Template(
    "several-such-runs",
    "More than one run begins with {run}: {runs}.",
    "Type more of its name.",
    example={"run": "2026", "runs": "20261121-1 and 20261122-1"},
)
RUN_OF_ANOTHER_ACCOUNT = Template(
    "run-of-another-account",
    "Run {run} belongs to account {found}, and the settings name {wanted}.",
    "Choose the account of the run. Nothing was sent.",
    example={"run": "20261121-1", "found": "5f1e", "wanted": "6777"},
)
ACCOUNT_NOT_CONFIRMED = Template(
    "account-not-confirmed",
    "Run {run} does not say which account it belongs to, because an older version began it.",
    "Confirm that it is {wanted}, and go on. Nothing was sent.",
    example={"run": "20261121-1", "wanted": "67777ce93e25326494e90000"},
)
CLOSED = Template("run-closed", "Closed by you. What is not known about its rows stays unknown.")
