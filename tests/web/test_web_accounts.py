"""Real accounts on the page: added, chosen, refused; and rows that the service refuses or whose answer is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.fakes.service_log import read_campaigns
from support.program.web_client import WebClient
from support.workbooks.big_workbook import write_campaigns

from bulkload.sandbox.faults import Fault
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.sandbox.settings import SandboxSettings


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("BULKLOAD_SETTLE", "1")
    monkeypatch.setenv("BULKLOAD_RATE", "1000")
    return WebClient(tmp_path)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[EmbeddedSandbox]:
    with EmbeddedSandbox(tmp_path / "account.sqlite3", settings=SandboxSettings(rate=1000)) as sandbox:
        yield sandbox


def form(sandbox: EmbeddedSandbox, **changed: Any) -> dict[str, Any]:
    return {
        "title": "Acme Bank, test",
        "host": sandbox.url,
        "app_id": APP_ID,
        "account_id": ACCOUNT_ID,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        **changed,
    }


def use(client: WebClient, sandbox: EmbeddedSandbox) -> None:
    """Add the account, and use it."""
    added = client.ask("PUT", "/accounts/new", form(sandbox))
    assert added.status_code == 200, added.text
    client.ask("POST", "/accounts/use", {"name": added.json()["name"]})


def run_of(client: WebClient, path: Path) -> tuple[str, dict[str, Any]]:
    """Check, plan and send a workbook; the run's address and its last event."""
    book = f"/{client.add(path).json()['url']}"
    client.ask("POST", f"{book}/plan", {})
    plan = client.ask("GET", f"{book}/plan/data").json()
    assert "now" in plan, plan
    run = client.ask("POST", f"{book}/start", {"plan": plan["now"]["plan"]})
    assert run.status_code == 201, run.text
    return f"/{run.json()['url']}", ended(client, f"/{run.json()['url']}")


def ended(client: WebClient, run: str) -> dict[str, Any]:
    lines = client.ask("GET", f"{run}/events").text.splitlines()
    return json.loads([line for line in lines if line.startswith("data: ")][-1].removeprefix("data: "))


def test_an_account_is_added_under_a_name_made_of_its_title(
    client: WebClient, sandbox: EmbeddedSandbox
) -> None:
    answer = client.ask("PUT", "/accounts/new", form(sandbox)).json()
    assert (answer["name"], answer["campaigns"]) == ("acme-bank-test", 0)
    assert [one["title"] for one in answer["accounts"]] == ["Acme Bank, test"]


def test_a_secret_goes_in_and_never_comes_out(client: WebClient, sandbox: EmbeddedSandbox) -> None:
    use(client, sandbox)
    for path in ("/accounts", "/accounts/data", "/", "/health"):
        text = client.get_page(path).text
        assert CLIENT_SECRET not in text
        assert CLIENT_ID not in text


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"title": " "}, "The account needs a name."),
        ({"host": ""}, "The service address is empty."),
        ({"client_secret": ""}, "The Client Secret is missing."),
    ],
)
def test_an_account_that_lacks_something_is_not_stored(
    client: WebClient, sandbox: EmbeddedSandbox, changed: dict[str, str], error: str
) -> None:
    answer = client.ask("PUT", "/accounts/new", form(sandbox, **changed))
    assert (answer.status_code, answer.json()["error"]) == (409, error)
    assert client.ask("GET", "/accounts/data").json()["accounts"] == []


def test_another_address_needs_the_secret_again(client: WebClient, sandbox: EmbeddedSandbox) -> None:
    use(client, sandbox)
    same = form(sandbox, title="Acme, renamed", client_secret="", client_id="")
    assert client.ask("PUT", "/accounts/acme-bank-test", same).status_code == 200
    moved = form(sandbox, host="http://127.0.0.1:9", client_secret="", client_id="")
    answer = client.ask("PUT", "/accounts/acme-bank-test", moved)
    assert (answer.status_code, answer.json()["error"]) == (409, "The Client Secret is missing.")


def test_an_account_is_removed_and_practice_is_used_again(
    client: WebClient, sandbox: EmbeddedSandbox
) -> None:
    use(client, sandbox)
    answer = client.ask("DELETE", "/accounts/acme-bank-test", {}).json()
    assert (answer["accounts"], answer["practice_in_use"]) == ([], True)


def test_the_account_in_use_is_remembered(client: WebClient, sandbox: EmbeddedSandbox) -> None:
    use(client, sandbox)
    again = WebClient(client.folder)
    assert '<b>Acme Bank, test</b><span class="note"> · real campaigns' in again.get_page("/").text


def test_refused_rows_are_fixed_on_the_page(
    client: WebClient, sandbox: EmbeddedSandbox, tmp_path: Path
) -> None:
    use(client, sandbox)
    path = write_campaigns(tmp_path / "december.xlsx", 4, {1: {"DNC list": "No such list"}})
    run, end = run_of(client, path)
    assert end["headline"] == "1 row needs you."
    assert (end["fixable"], end["rows"][0]["row"], end["rows"][0]["label"]) == (1, 3, "✗ Refused by Kore.ai")
    book = f"/{client.ask('POST', f'{run}/fix', {}).json()['url']}"
    data = client.ask("GET", f"{book}/data").json()
    assert data["said"]["headline"] == "1 row needs you, 3 of 4 are ready."
    assert [problem["row"] for problem in data["campaigns"]["problems"] if problem["level"] == "error"] == [3]
    edit = {"sheet": "campaigns", "edits": [{"row": 3, "heading": "DNC list", "value": "DNC global"}]}
    changed = client.ask("POST", f"{book}/cells", edit).json()
    assert changed["said"]["headline"] == "All 4 campaigns are ready."
    client.ask("POST", f"{book}/plan", {})
    assert client.ask("GET", f"{book}/plan/data").json()["now"]["headline"] == "This will create 1 campaign."


def test_a_contact_list_that_the_account_lacks_leads_back_to_its_cell(
    client: WebClient, sandbox: EmbeddedSandbox, tmp_path: Path
) -> None:
    use(client, sandbox)
    path = write_campaigns(tmp_path / "december.xlsx", 4, {2: {"Contact lists": "No such list"}})
    book = f"/{client.add(path).json()['url']}"
    client.ask("POST", f"{book}/plan", {})
    assert client.ask("GET", f"{book}/plan/data").json()["url"] == book.removeprefix("/")
    problems = client.ask("GET", f"{book}/data").json()["campaigns"]["problems"]
    assert [(one["row"], one["heading"]) for one in problems if one["level"] == "error"] == [
        (4, "Contact lists")
    ]


def test_a_lost_answer_is_looked_up_and_nothing_is_created_twice(
    client: WebClient, sandbox: EmbeddedSandbox, tmp_path: Path
) -> None:
    use(client, sandbox)
    sandbox.configure(faults=[Fault("reset", "after", "create", nth=2).to_json()])
    run, end = run_of(client, write_campaigns(tmp_path / "december.xlsx", 4))
    if end["is_unfinished"]:
        client.ask("POST", f"{run}/continue", {})
        end = ended(client, run)
    assert end["headline"] == "4 campaigns were created. Nothing is left to do."
    assert len(read_campaigns(sandbox.path)) == 4


def test_an_account_that_does_not_answer_gives_no_plan(
    client: WebClient, sandbox: EmbeddedSandbox, tmp_path: Path
) -> None:
    use(client, sandbox)
    sandbox.configure(faults=[Fault("answer", "before", "any", status=403, times=None).to_json()])
    book = f"/{client.add(write_campaigns(tmp_path / 'december.xlsx', 2)).json()['url']}"
    client.ask("POST", f"{book}/plan", {})
    plan = client.ask("GET", f"{book}/plan/data").json()
    assert (plan["phase"], plan["now"]["headline"], plan["now"]["button"]) == (
        "failed",
        "There is no plan.",
        "",
    )
    assert plan["now"]["rest"]
    assert "bulkload " not in plan["now"]["rest"]
