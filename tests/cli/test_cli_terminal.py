"""What a terminal sees and what a file gets: bars and colours for eyes, lines for logs."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("bulkload")
SAMPLES = Path(__file__).parents[2] / "samples"
MISTAKES, SAMPLE = SAMPLES / "mistakes.xlsx", SAMPLES / "campaigns.xlsx"


def seen(arguments: tuple[object, ...], side: str, **settings: str) -> tuple[str, str]:
    """What a terminal shows that is one side of the program, and what a pipe gets that is the other."""
    terminal, its_end = pty.openpty()
    termios.tcsetwinsize(its_end, (24, 100))
    other = "stderr" if side == "stdout" else "stdout"
    with subprocess.Popen(
        [PROGRAM, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        env=os.environ | {"TERM": "xterm", **settings},
        **{side: its_end, other: subprocess.PIPE},
    ) as program:
        os.close(its_end)
        shown = b"".join(iter(lambda: _read(terminal), b""))
        piped = getattr(program, other).read()
    os.close(terminal)
    return shown.decode(), piped.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


SUBMIT = ("submit", SAMPLE, "--sandbox", "--yes", "--results", "results.xlsx")


def test_on_a_terminal_a_bar_tells_how_far_each_stage_is() -> None:
    shown, out = seen(SUBMIT, "stderr")
    assert "Sending:" in shown
    assert "Checking at Kore.ai:" in shown
    assert "/12 [" in shown
    assert "12 created" in out
    assert "\r" not in out


def test_quiet_shows_no_bar_on_a_terminal() -> None:
    shown, out = seen((*SUBMIT, "--quiet"), "stderr")
    assert shown == out == ""


def test_standard_error_that_is_no_terminal_gets_no_bar() -> None:
    _, err = seen(SUBMIT, "stdout")
    assert "to create" in err
    assert "\r" not in err
    assert "Sending" not in err


def test_json_on_a_terminal_is_one_document_with_progress_on_stderr() -> None:
    shown, out = seen((*SUBMIT, "--json"), "stderr")
    assert "Sending:" in shown
    assert out.startswith("{\n")
    assert out.endswith("}\n")


def test_colours_are_for_terminals_and_not_where_no_color_is_set() -> None:
    coloured, _ = seen(("check", MISTAKES), "stdout")
    plain, _ = seen(("check", MISTAKES), "stdout", NO_COLOR="1")
    _, piped = seen(("check", MISTAKES), "stderr")
    assert "\x1b[31m✗\x1b[0m" in coloured
    assert "\x1b" not in plain + piped
    assert "✗" in plain
