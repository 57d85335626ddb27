"""Real processes of the program, at the price of a fork: a parent that has imported everything forks one per command.

Reading pandas and pandera costs 0.8 s, which a few hundred killed runs can't pay. ``Forks`` starts one helper
process (this file, run as a script) that has read them; each command then is a child of its own with its own
environment, folder, output files, signals and exit status, which runs ``bulkload.cli.main`` as the installed
program does, and which a SIGKILL really ends. A sandbox is forked from the same parent.

Nothing of the product is changed in a child but for a negative control, which names what it spoils
(``support.crash.spoiling``), and for listening to what Python and SQLite tell (``support.crash.kill_points``).

One connection to the helper is one child: it answers with the child's number, then with its exit status; when the
connection is closed, the child is killed. So no process outlives its test.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self


@dataclass
class Child:
    """One process; a context manager that leaves none behind."""

    pid: int
    connection: socket.socket
    lines: Any

    def wait(self, seconds: float | None = None) -> int | None:
        """Its exit status, negative for a signal; None where it still runs after so many seconds."""
        self.connection.settimeout(seconds)
        try:
            return int(json.loads(self.lines.readline())["status"])
        except TimeoutError:
            self.lines = self.connection.makefile("r")  # a file that has timed out can't be read again
            return None

    def signal(self, number: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.lines.close()
        self.connection.close()


class Forks:
    """The helper process; a context manager."""

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="forks-")
        self._path = f"{self._folder.name}/socket"
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "OPENBLAS_NUM_THREADS": "1"}
        self._popen = subprocess.Popen(
            [sys.executable, "-m", "support.program.forks", self._path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert self._popen.stdout is not None
        assert self._popen.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        self._popen.communicate()
        self._folder.cleanup()

    def start(self, **task: Any) -> tuple[Child, dict[str, Any]]:
        """A new child, and what it said first: its ``pid``, for a sandbox its ``url``.

        ``folder``: where it runs and where its output goes (``<name>.out``, ``<name>.err``); ``environment``: all of
        it; ``arguments``: of the program; or ``sandbox``: the settings of one.
        """
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(self._path)
        connection.sendall(json.dumps(task).encode() + b"\n")
        lines = connection.makefile("r")
        said = json.loads(lines.readline())
        child = Child(said["pid"], connection, lines)
        if "sandbox" in task:
            said |= json.loads(lines.readline())
        return child, said


_MODULES = (
    "anyio._backends._asyncio",
    "bulkload.cli.console",
    "bulkload.cli.submit_flow",
    "bulkload.flow",
    "bulkload.practice",
    "bulkload.sandbox.server",
    "encodings.cp437",
    "httpcore._backends.anyio",
    "support.crash.spoiling",
)

# --- the helper process --------------------------------------------------------------------------------


def _serve(path: str) -> None:
    _read_everything()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C at the tests is theirs
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_tests, daemon=True).start()
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen(100)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        connection, _ = listening.accept()
        if os.fork() == 0:
            listening.close()
            _attend(connection)
        connection.close()


def _read_everything() -> None:
    """Whatever a command reads, what libraries read when they are first used included."""
    for name in _MODULES:
        importlib.import_module(name)
    from support.workbooks.story_workbooks import campaign, write

    from bulkload.checking import check
    from bulkload.model import ApiVersion

    with tempfile.TemporaryDirectory() as folder:
        check(write(Path(folder) / "warm.xlsx", [campaign(1)]), version=ApiVersion.V2)
    gc.collect()
    gc.freeze()  # or each child would copy what its collector touches


def _end_with_the_tests() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


def _attend(connection: socket.socket) -> None:
    """Start the child, and tell how it ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    lines = connection.makefile("r")
    task = json.loads(lines.readline())
    go, gone = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(gone)
        os.read(go, 1)  # until the parent has said the number
        _become(task, connection)
    connection.sendall(json.dumps({"pid": pid}).encode() + b"\n")
    os.write(gone, b".")
    threading.Thread(target=_kill_when_closed, args=(lines, pid), daemon=True).start()
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(OSError):
        connection.sendall(json.dumps({"status": os.waitstatus_to_exitcode(status)}).encode() + b"\n")
    os._exit(0)


def _kill_when_closed(lines: Any, pid: int) -> None:
    lines.read()
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _become(task: dict[str, Any], connection: socket.socket) -> None:
    """Be the process that was asked for, to its end."""
    from support.crash import kill_points

    signal.signal(signal.SIGINT, signal.default_int_handler)
    folder, name = Path(task["folder"]), task.get("name", "sandbox")
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(task.get("environment", {}))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    for number, end in ((1, "out"), (2, "err")):
        os.dup2(os.open(folder / f"{name}.{end}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
    if "sandbox" not in task:
        (folder / "pid").write_text(str(os.getpid()))
    kill_points.arm(folder, task.get("points", []), task.get("dies"))
    if "sandbox" in task:
        _be_a_sandbox(folder, task["sandbox"], task.get("port", 0), connection)
    connection.close()
    _be_bulkload(task)


def _be_a_sandbox(folder: Path, settings: dict[str, Any], port: int, connection: socket.socket) -> None:
    from bulkload.sandbox.server import serve
    from bulkload.sandbox.settings import SandboxSettings

    def started(url: str) -> None:
        connection.sendall(json.dumps({"url": url}).encode() + b"\n")

    serve(folder / "account.sqlite", port=port, settings=SandboxSettings.from_json(settings), started=started)
    os._exit(0)


def _be_bulkload(task: dict[str, Any]) -> None:
    from support.crash import spoiling

    from bulkload.cli import main

    _limit_files(task.get("largest_file"))
    for name in task.get("spoilt", ()):
        getattr(spoiling, name)()
    status = 1
    try:
        main(task["arguments"])
    except SystemExit as end:
        status = int(end.code or 0)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _limit_files(largest: int | None) -> None:
    """No file may grow beyond so many bytes, as on a disk that is full; the signal of it is ignored."""
    if largest is None:
        return
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))


if __name__ == "__main__":
    _serve(sys.argv[1])
