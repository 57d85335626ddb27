"""However a command ends: one document for a program that asked for one, and words on any terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.program.program import bulkload

SAMPLE = Path(__file__).parents[2] / "samples" / "campaigns.xlsx"
PROGRAM = Path(sys.executable).with_name("bulkload")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("results", "no-such-run"), 2, "There is no run no-such-run here."),
        (("submit", SAMPLE, "--only", "seven"), 2, "'seven' is not a list of Excel rows"),
        (("check",), 2, "Missing argument 'WORKBOOK'"),
        (("check", SAMPLE, "--include-hidden", "--skip-hidden"), 2, "contradict each other"),
    ],
)
def test_a_command_that_cannot_begin_is_still_one_document(arguments, status: int, words: str) -> None:
    done = bulkload(*arguments, "--json")
    assert done.status == done.document["exit_status"] == status
    assert (done.document["workbook"], done.document["rows"]) == (None, [])
    (problem,) = done.document["problems"]
    assert words in f"{problem['message']} {problem['fix']}"
    assert words in done.err


def test_nothing_to_resume_is_no_failure() -> None:
    assert (bulkload("resume").status, bulkload("resume", "--json").document["exit_status"]) == (0, 0)
    assert bulkload("resume").err == "No run of this machine was interrupted: there is nothing to resume.\n"


def test_a_journal_that_is_damaged_is_said_in_a_document(folder: Path) -> None:
    journals = folder / "state" / "journals"
    journals.mkdir(parents=True)
    (journals / "one.sqlite3").write_bytes(b"no database at all" * 100)
    done = bulkload("runs", "--json")
    assert done.status == done.document["exit_status"] == 5
    assert "Traceback" not in done.out + done.err


def test_a_journal_that_is_damaged_hides_no_other_run(folder: Path) -> None:
    bulkload("submit", SAMPLE, "--sandbox", "--yes", "--results", "r.xlsx", "--only", "6")
    (folder / "state" / "journals" / "0.sqlite3").write_bytes(b"no database at all" * 100)
    listed = bulkload("runs")
    assert (listed.status, "1 created; finished" in listed.out) == (0, True)
    assert listed.err.startswith("Some runs may be missing here: ")
    run = bulkload("runs", "--json").document[0]["run"]
    assert bulkload("results", run, "--results", "again.xlsx").status == 0


@pytest.mark.parametrize("command", [("sandbox", "--port", 0), ("submit", SAMPLE, "--sandbox", "--yes")])
def test_a_state_folder_that_cannot_be_made_is_named_with_its_setting(
    folder: Path, monkeypatch: pytest.MonkeyPatch, command
) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(folder / "file"))
    done = bulkload(*command)
    assert (done.status, done.out) == (4, "")
    assert f"BULKLOAD_STATE_DIR is {folder / 'file'}, which can't be used as a folder" in done.err


def program(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PROGRAM, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        env=os.environ | environment,
        check=False,
    )


def test_a_terminal_without_ticks_shows_what_became_of_every_row() -> None:
    sent = ("submit", SAMPLE, "--sandbox", "--yes", "--results", "results.xlsx")
    done = program(*sent, PYTHONIOENCODING="cp1252")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("? Created") == 12
    assert "Willkommensanruf München" in done.stdout


def test_a_document_is_json_whatever_the_alphabet_of_the_terminal() -> None:
    done = program("check", SAMPLE, "--json", PYTHONIOENCODING="cp1252")
    assert "Willkommensanruf München" in [row["name"] for row in json.loads(done.stdout.encode())["rows"]]
    assert done.stdout.isascii()
