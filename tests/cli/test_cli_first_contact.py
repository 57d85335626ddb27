"""The first words with the service go wrong: one sentence says what to do, and no row is lost."""

from __future__ import annotations

import socket
from pathlib import Path

import openpyxl
import pytest
from support.fakes.raw_server import nobody
from support.fakes.sandbox_server import embedded
from support.program.program import Done, bulkload

from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

SAMPLE = Path(__file__).parents[2] / "samples" / "campaigns.xlsx"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Sets what a person would set, in a folder of their own."""
    monkeypatch.chdir(tmp_path)

    def choose(host: str, **others: str) -> None:
        chosen = {
            "HOST": host,
            "APP_ID": APP_ID,
            "ACCOUNT_ID": ACCOUNT_ID,
            "CLIENT_ID": CLIENT_ID,
            "CLIENT_SECRET": CLIENT_SECRET,
            "STATE_DIR": str(tmp_path / "state"),
            "TIMEOUT": "60",
        } | others
        for name, value in chosen.items():
            monkeypatch.setenv(f"BULKLOAD_{name}", value)

    return choose


def submit(tmp_path: Path) -> Done:
    return bulkload("submit", SAMPLE, "--yes", "--json", "--results", tmp_path / "results.xlsx")


def must_have_lost_nothing(done: Done, status: int, *words: str) -> None:
    """Every row stands in the document and in the results workbook as not sent, and the words are said."""
    assert done.status == done.document["exit_status"] == status, done
    assert done.document["summary"]["rows"] == done.document["summary"]["not_sent"] == 12
    (problem,) = done.document["problems"]
    said = f"{problem['message']} {problem['fix']}"
    assert all(word in said for word in words), said
    assert "Traceback" not in done.out + done.err
    results = openpyxl.load_workbook(done.document["results"])["Campaigns"]
    cells = [cell for row in results.iter_rows(values_only=True) for cell in row]
    assert cells.count("○ Not sent") == 12


def faulty(**fault: object) -> dict[str, object]:
    return {"faults": [{"operation": "any", "times": None, **fault}]}


def test_a_wrong_secret_is_said_with_its_remedy(tmp_path: Path, settings) -> None:
    with embedded(tmp_path) as sandbox:
        settings(sandbox.url, CLIENT_SECRET="not-the-secret-of-this-application")
        done = submit(tmp_path)
        must_have_lost_nothing(done, 4, "BULKLOAD_CLIENT_ID", "BULKLOAD_CLIENT_SECRET")
        assert sandbox.log.effects == ()


def test_a_wrong_application_is_said_with_its_remedy(tmp_path: Path, settings) -> None:
    with embedded(tmp_path) as sandbox:
        settings(sandbox.url, APP_ID="st-00000000-0000-0000-0000-000000000000")
        done = submit(tmp_path)
        assert done.status in {4, 5}
        must_have_lost_nothing(done, done.status, "BULKLOAD_APP_ID")


def test_a_missing_scope_is_named(tmp_path: Path, settings) -> None:
    with embedded(tmp_path, scopes=("Configuration",)) as sandbox:
        settings(sandbox.url)
        must_have_lost_nothing(submit(tmp_path), 4, "Campaign Management")


def test_a_host_that_is_no_contact_center_is_said(tmp_path: Path, settings) -> None:
    page = {
        "status": 404,
        "body": "<html><body>Not found</body></html>",
        "headers": {"content-type": "text/html"},
    }
    with embedded(tmp_path, **faulty(kind="answer", **page)) as sandbox:
        settings(sandbox.url)
        must_have_lost_nothing(submit(tmp_path), 5, "BULKLOAD_HOST")


def test_a_host_that_redirects_is_not_followed(tmp_path: Path, settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as elsewhere:
        elsewhere.setblocking(False)
        there = f"http://127.0.0.1:{elsewhere.getsockname()[1]}/"
        moved = faulty(kind="answer", status=302, body="", headers={"location": there})
        with embedded(tmp_path, **moved) as sandbox:
            settings(sandbox.url)
            must_have_lost_nothing(submit(tmp_path), 5, "redirect", "BULKLOAD_HOST")
        with pytest.raises(BlockingIOError):
            elsewhere.accept()


def test_a_host_where_nobody_listens_is_said(tmp_path: Path, settings) -> None:
    with nobody() as address:
        settings(address)
        must_have_lost_nothing(submit(tmp_path), 5, "refused", address.removeprefix("http://"))


def test_a_host_that_never_answers_is_given_up(tmp_path: Path, settings) -> None:
    with embedded(tmp_path, **faulty(kind="hang")) as sandbox:
        settings(sandbox.url, TIMEOUT="1.5")
        must_have_lost_nothing(submit(tmp_path), 5, "no answer came in time")


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("http://platform.kore.ai", "https"),
        ("ftp://platform.kore.ai", "https"),
        ("https://platform.kore.ai/some/page", "server alone"),
        ("https://", "address of a server"),
    ],
)
def test_an_address_that_cannot_be_used_is_said_before_anything_is_sent(
    settings, host: str, words: str
) -> None:
    settings(host)
    done = bulkload("submit", SAMPLE, "--yes")
    assert (done.status, done.out) == (4, "")
    assert words in done.err
    assert "BULKLOAD_HOST" in done.err


def test_all_missing_settings_are_named_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path / "state"))
    done = bulkload("submit", SAMPLE, "--yes", "--json")
    assert done.status == done.document["exit_status"] == 4
    (problem,) = done.document["problems"]
    for name in ("HOST", "APP_ID", "ACCOUNT_ID", "CLIENT_ID", "CLIENT_SECRET"):
        assert f"BULKLOAD_{name}" in problem["message"]
    assert "--sandbox" in problem["fix"]


def test_nobody_to_ask_means_that_nothing_is_sent(tmp_path: Path, settings) -> None:
    with embedded(tmp_path) as sandbox:
        settings(sandbox.url)
        done = bulkload("submit", SAMPLE)
        assert done.status == 2
        assert "--yes" in done.err
        assert sandbox.log.requests == ()
