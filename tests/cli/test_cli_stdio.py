"""Whoever reads what is printed, and however much of it: the command does its work and its status tells of the rows."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("bulkload")
SAMPLES = Path(__file__).parents[2] / "samples"
MISTAKES, SAMPLE = SAMPLES / "mistakes.xlsx", SAMPLES / "campaigns.xlsx"
FULL = Path("/dev/full")
"""A disk without room, as Linux has one for tests."""


def forsaken() -> int:
    """A pipe whose reader has left."""
    reader, writer = os.pipe()
    os.close(reader)
    return writer


def run(*arguments: object, **streams: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *map(str, arguments)], check=False, encoding="utf-8", stdin=subprocess.DEVNULL, **streams
    )


@pytest.mark.parametrize("more", [(), ("--json",), ("--quiet",)])
def test_a_reader_that_has_seen_enough_changes_no_exit_status(more) -> None:
    done = run("check", MISTAKES, *more, stdout=forsaken(), stderr=subprocess.PIPE)
    assert (done.returncode, done.stderr) == (3, "")


def test_run_completes_when_its_output_has_no_reader() -> None:
    done = run(
        "submit", SAMPLE, "--sandbox", "--yes", "--results", "r.xlsx", stdout=forsaken(), stderr=forsaken()
    )
    assert done.returncode == 0
    assert Path("r.xlsx").is_file()
    (listed,) = json.loads(run("runs", "--json", stdout=subprocess.PIPE).stdout)
    assert {status: rows for status, rows in listed["summary"].items() if rows} == {"created": 12}


@pytest.mark.skipif(not FULL.exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    "arguments",
    [("check", MISTAKES), ("check", MISTAKES, "--json"), ("runs",), ("--help",), ("check", "--json")],
)
def test_a_disk_that_is_full_is_said_and_is_no_success(arguments) -> None:
    with FULL.open("w") as full:
        done = run(*arguments, stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 5
    assert done.stderr.splitlines()[-1] == (
        "What was printed could not be written: no space left on device. Nothing else is touched by that. "
        "To see what was done: bulkload runs."
    )
    assert "Traceback" not in done.stderr


def test_a_command_without_standard_output_and_standard_error_still_works() -> None:
    done = subprocess.run(["sh", "-c", f"'{PROGRAM}' check '{MISTAKES}' >&- 2>&-"], check=False)
    assert done.returncode == 3


def test_with_buffers_and_without_the_same_is_printed() -> None:
    outputs = {
        run(
            "check", MISTAKES, stdout=subprocess.PIPE, env=os.environ | {"PYTHONUNBUFFERED": unbuffered}
        ).stdout
        for unbuffered in ("", "1")
    }
    assert len(outputs) == 1
    assert "samples/mistakes.xlsx: " in outputs.pop()


def test_a_pipe_that_is_slow_and_answers_at_once_gets_everything() -> None:
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with subprocess.Popen(
        [PROGRAM, "check", MISTAKES, "--json"], stdout=writer, stderr=subprocess.PIPE
    ) as program:
        os.close(writer)
        with os.fdopen(reader, encoding="utf-8") as pipe:
            document = json.loads(pipe.read())
        err = program.stderr.read()
    assert (program.returncode, err) == (3, b"")
    assert document["exit_status"] == 3


def test_a_terminal_that_is_closed_in_mid_run_stops_nothing() -> None:
    terminal, its_end = pty.openpty()
    command = [PROGRAM, "submit", SAMPLE, "--sandbox", "--yes", "--results", "r.xlsx"]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=its_end, stderr=its_end) as program:
        os.close(its_end)
        os.read(terminal, 1)  # it has begun to speak
        os.close(terminal)
    assert program.returncode == 0
    (listed,) = json.loads(run("runs", "--json", stdout=subprocess.PIPE).stdout)
    assert {status: rows for status, rows in listed["summary"].items() if rows} == {"created": 12}
