"""``bulkload sandbox`` runs alone, says how to reach it, and refuses what it does not know."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.program.program import bulkload

from bulkload.sandbox.fixtures import KNOWN
from bulkload.workbook.template.write import write_template

PROGRAM = Path(sys.executable).with_name("bulkload")
ROW = {
    "Campaign name": "Loan reminder",
    "Description": "Reminds customers of the payment",
    "Dialing mode": "Progressive",
    "Contact lists": KNOWN.contact_lists[0],
    "DNC list": KNOWN.dnc_lists[0],
    "Queue": KNOWN.queues[0],
    "Caller ID": KNOWN.caller_ids[0],
    "Calling hours": "Office",
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}
HOURS = {
    "Calling hours": "Office",
    "Time zone": "UTC",
    "Day": "Mon-Fri",
    "Start": "9:00 AM",
    "End": "6:00 PM",
}


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The sandbox in a process of its own, and everything it said until it listened."""
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    with subprocess.Popen(
        [PROGRAM, "sandbox", "--port", "0"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        said = ""
        while "Caller IDs" not in said:
            line = process.stdout.readline()
            assert line, said
            said += line
        yield process, said
        process.kill()


def test_what_it_prints_is_all_that_is_needed_to_use_it(alone, tmp_path: Path) -> None:
    process, said = alone
    lines = re.findall(r"^BULKLOAD_\w+=\S+$", said, re.MULTILINE)
    (tmp_path / ".env").write_text("\n".join(lines))
    write_template(tmp_path / "one.xlsx", campaigns=[ROW], calling_hours=[HOURS])
    done = bulkload("submit", "one.xlsx", "--yes", "--json")
    assert done.status == 0, done
    assert [(row["status"], row["platform_status"]) for row in done.document["rows"]] == [
        ("created", "Ready")
    ]

    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0


def test_names_that_it_does_not_know_are_refused_before_anything_is_created(alone, tmp_path: Path) -> None:
    _, said = alone
    (tmp_path / ".env").write_text("\n".join(re.findall(r"^BULKLOAD_\w+=\S+$", said, re.MULTILINE)))
    typed = KNOWN.contact_lists[0][1:]
    write_template(tmp_path / "one.xlsx", campaigns=[ROW | {"Contact lists": typed}], calling_hours=[HOURS])
    done = bulkload("submit", "one.xlsx", "--yes", "--json")
    assert (done.status, done.document["summary"]["invalid"]) == (3, 1)
    (problem,) = done.document["rows"][0]["problems"]
    assert problem["heading"] == "Contact lists"
    assert f'Did you mean "{KNOWN.contact_lists[0]}"?' in problem["message"]

    write_template(tmp_path / "two.xlsx", campaigns=[ROW | {"Queue": "Nobody's"}], calling_hours=[HOURS])
    done = bulkload("submit", "two.xlsx", "--yes", "--json")
    assert (done.status, done.document["summary"]["refused"]) == (1, 1)
    assert "not found" in done.document["rows"][0]["problems"][0]["message"]


def test_every_name_it_knows_is_printed(alone) -> None:
    _, said = alone
    for names in (KNOWN.contact_lists, KNOWN.dnc_lists, KNOWN.queues, KNOWN.flows, KNOWN.caller_ids):
        assert all(name in said for name in names)


def test_a_port_that_is_taken_is_said_with_another(alone) -> None:
    _, said = alone
    port = int(re.search(r"127\.0\.0\.1:(\d+)", said)[1])
    done = bulkload("sandbox", "--port", port)
    assert done.status == 2
    assert f"--port {port + 1}" in done.err


def test_settings_that_it_does_not_know_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    settings = tmp_path / "behaviour.json"
    settings.write_text('{"slowness": 3}')
    done = bulkload("sandbox", "--port", 0, "--settings", settings)
    assert done.status == 2
    assert "slowness" in done.err


def test_a_damaged_account_is_said_with_the_file_to_delete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    write_template(tmp_path / "one.xlsx", campaigns=[ROW], calling_hours=[HOURS])
    submit = ("submit", tmp_path / "one.xlsx", "--sandbox", "--yes")
    account = tmp_path / "state" / "sandbox" / "embedded.sqlite3"
    account.parent.mkdir(parents=True)
    account.write_bytes(b"no database" * 100)
    done = bulkload(*submit)
    assert done.status == 5
    assert done.err == (
        f"The pretend account {account} is damaged (file is not a database). "
        "Delete that file, and a new account is begun.\n"
    )

    assert bulkload(*submit, "--json").document["exit_status"] == 5

    account.unlink()
    assert bulkload(*submit).status == 0


def test_a_damaged_account_of_the_sandbox_alone_is_said_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    account = tmp_path / "state" / "sandbox" / "alone.sqlite3"
    account.parent.mkdir(parents=True)
    account.write_bytes(b"no database" * 100)
    done = bulkload("sandbox", "--port", 0)
    assert (done.status, done.out) == (5, "")
    assert f"{account} is damaged" in done.err
