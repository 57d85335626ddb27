"""Moments at which a process is killed: at every write of the journal and every request, before it and after it.

Nothing of the product is changed: Python itself tells of every connection to a server and of every rename
(``sys.addaudithook``), SQLite of every statement before it runs (a trace callback; an audit hook is called too
early to set it, so the standard library's ``connect`` sets it, in the child process alone). From the program's
side the moments are

- ``begin``: something is to be written down (an answer has come in, and the journal doesn't know it yet);
- ``commit``: it is written but not yet durable;
- ``connect``: the intent is durable, and the request has not left;
- ``rename``: the results workbook is complete and does not have its name yet.

From the sandbox's side, which is another process and kills the program from outside:

- ``arrived``: the whole head of a request is there;
- ``effect``: what it asks for is about to be done;
- ``answered``: it is done and the answer has not left.

"After" one moment is "before" the next: between them nothing happens that the disk or the server could see.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROGRAM_MOMENTS = ("begin", "commit", "connect", "rename")
SANDBOX_MOMENTS = ("arrived", "effect", "answered")

Point = list[Any]
"""A moment, its number, and the signal that the program then gets, as JSON brings them. Number 0 is never reached:
then the file ``moments`` tells of all moments. Signal 0 is none: then the file ``told`` gets a byte, and a test
that reads it (a FIFO) goes on."""

_OF_STATEMENTS = {
    "journals": {"BEGIN": "begin", "COMMIT": "commit"},
    "account.sqlite": {"INSERT INTO requests": "arrived", "COMMIT": "effect", "UPDATE requests": "answered"},
}
"""What a statement of a database whose path holds the word is the moment of."""


def arm(folder: Path, points: list[Point], dies: Point | None) -> None:
    """Do to the program that runs in this folder what the points say, when their moments come.

    Moments of the program are counted in the program itself, those of the sandbox in the sandbox; ``dies`` is the
    moment at which the sandbox itself is killed.
    """
    if not points and dies is None:
        return
    counts: Counter[str] = Counter()
    counting = any(number == 0 for _, number, _ in points)

    def note(moment: str) -> None:
        counts[moment] += 1
        if counting:
            with (folder / "moments").open("a") as file:
                file.write(f"{moment}\n")
        for wanted, number, signal_number in points:
            if (wanted, number) == (moment, counts[moment]):
                _reach(folder, signal_number)
        if dies == [moment, counts[moment]]:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(_hook(note))
    _trace_databases(note)


def _reach(folder: Path, signal_number: int) -> None:
    if signal_number == 0:
        with (folder / "told").open("wb") as told:
            told.write(b".")
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(int((folder / "pid").read_text()), signal_number)


def _hook(note: Callable[[str], None]) -> Callable[[str, tuple[Any, ...]], None]:
    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and arguments[0].family != socket.AF_UNIX:
            note("connect")
        elif event == "os.rename":
            note("rename")

    return hook


def _trace_databases(note: Callable[[str], None]) -> None:
    true_connect = sqlite3.connect

    def connect(path: Any, *arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = true_connect(path, *arguments, **options)
        moments = next((found for word, found in _OF_STATEMENTS.items() if word in str(path)), {})
        connection.set_trace_callback(lambda statement: _note_statement(moments, statement, note))
        return connection

    sqlite3.connect = connect  # type: ignore[assignment]


def _note_statement(moments: dict[str, str], statement: str, note: Callable[[str], None]) -> None:
    for words, moment in moments.items():
        if statement.startswith(words):
            note(moment)
