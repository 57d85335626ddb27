"""Plan, trial, run, stop, continue, results, history: what the endpoints answer."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.program.web_client import WebClient
from support.workbooks.big_workbook import write_campaigns

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WebClient:
    monkeypatch.setenv("BULKLOAD_STATE_DIR", str(tmp_path))
    monkeypatch.setenv("BULKLOAD_CONFIG_DIR", str(tmp_path / "config"))
    return WebClient(tmp_path)


@pytest.fixture
def book(client: WebClient, tmp_path: Path) -> str:
    """The address of a good workbook of six rows."""
    path = write_campaigns(tmp_path / "december.xlsx", 6)
    return f"/{client.add(path).json()['url']}"


def planned(client: WebClient, book: str, **wanted: Any) -> dict[str, Any]:
    answer = client.ask("POST", f"{book}/plan", wanted)
    assert answer.status_code == 202, answer.text
    assert f"/{answer.json()['url']}" == f"{book}/plan"
    return client.ask("GET", f"{book}/plan/data").json()


def started(client: WebClient, book: str, plan: dict[str, Any]) -> str:
    answer = client.ask("POST", f"{book}/start", {"plan": plan["now"]["plan"]})
    assert answer.status_code == 201, answer.text
    return f"/{answer.json()['url']}"


def events(client: WebClient, run: str) -> list[dict[str, Any]]:
    """Every event until the run has ended."""
    text = client.ask("GET", f"{run}/events").text
    return [
        json.loads(line.removeprefix("data: ")) for line in text.splitlines() if line.startswith("data: ")
    ]


def done(client: WebClient, book: str, **wanted: Any) -> tuple[str, dict[str, Any]]:
    run = started(client, book, planned(client, book, **wanted))
    return run, events(client, run)[-1]


def test_a_plan_says_what_happens_to_every_row(client: WebClient, book: str) -> None:
    plan = planned(client, book)
    assert plan["phase"] == "planned"
    assert {
        name: plan["now"][name] for name in ("headline", "place", "rest", "button", "asks", "trial_button")
    } == {
        "headline": "This will create 6 campaigns.",
        "place": "In the practice account: nobody is phoned.",
        "rest": "It has no campaigns yet. It takes a few seconds.",
        "button": "Create 6 campaigns",
        "asks": False,
        "trial_button": "Try the first row",
    }
    first = plan["rows"][0]
    assert {name: first[name] for name in ("row", "name", "group", "label", "mode")} == {
        "row": 2,
        "name": "Campaign 1",
        "group": "create",
        "label": "+ Create",
        "mode": "Progressive",
    }
    assert first["week"]["days"][0] == [[540, 1080]]


def test_the_plan_page_shows_the_plan(client: WebClient, book: str) -> None:
    planned(client, book)
    page = client.get_page(f"{book}/plan")
    assert (page.status_code, "This will create 6 campaigns.</h1>" in page.text) == (200, True)


def test_nothing_is_sent_by_looking(client: WebClient, book: str) -> None:
    planned(client, book)
    planned(client, book)
    assert client.ask("GET", "/runs").text.count("<li>") == 0


def test_a_started_plan_becomes_a_run_with_every_row_created(client: WebClient, book: str) -> None:
    run, end = done(client, book)
    assert (end["phase"], end["headline"]) == ("ended", "6 campaigns were created. Nothing is left to do.")
    assert end["tiles"] == [{"count": 6, "label": "✓ Created", "kind": "ready"}]
    assert [(row["row"], row["label"], row["at"]) for row in end["rows"]] == [
        (number, "✓ Created", "Ready") for number in range(2, 8)
    ]
    assert "6 campaigns were created. Nothing is left to do.</h1>" in client.get_page(run).text


def test_events_name_each_row_and_count_them(client: WebClient, book: str) -> None:
    run = started(client, book, planned(client, book))
    told = events(client, run)
    assert told[-1]["phase"] == "ended"
    for event in told[:-1]:
        assert sum(event["tally"].values()) in {0, 6}
        assert event["stopping"] is False


def test_the_same_workbook_again_is_there_already(client: WebClient, book: str) -> None:
    done(client, book)
    plan = planned(client, book)
    assert plan["now"]["headline"] == "Nothing is left to send."
    assert plan["now"]["button"] == ""
    assert {row["group"] for row in plan["rows"]} == {"left"}


def test_another_plan_than_the_one_that_was_seen_is_not_carried_out(client: WebClient, book: str) -> None:
    planned(client, book)
    answer = client.ask("POST", f"{book}/start", {"plan": "0" * 64})
    assert (answer.status_code, answer.json()) == (
        409,
        {
            "error": "The workbook, the account or the plan has changed since you saw it. Nothing was sent.",
            "fix": "Look at the plan again.",
        },
    )


def test_a_plan_is_stale_when_a_cell_was_changed_since(client: WebClient, book: str) -> None:
    plan = planned(client, book)
    edit = {"sheet": "campaigns", "edits": [{"row": 2, "heading": "Priority", "value": "3"}]}
    client.ask("POST", f"{book}/cells", edit)
    answer = client.ask("POST", f"{book}/start", {"plan": plan["now"]["plan"]})
    assert (answer.status_code, client.ask("GET", "/runs").text.count("<li>")) == (409, 0)


def test_a_plan_is_carried_out_once(client: WebClient, book: str) -> None:
    plan = planned(client, book)
    started(client, book, plan)
    again = client.ask("POST", f"{book}/start", {"plan": plan["now"]["plan"]})
    assert again.status_code in {404, 409}


def test_edits_are_what_is_sent(client: WebClient, book: str) -> None:
    edit = {"sheet": "campaigns", "edits": [{"row": 2, "heading": "Campaign name", "value": "Renamed here"}]}
    client.ask("POST", f"{book}/cells", edit)
    _, end = done(client, book)
    assert end["rows"][0]["name"] == "Renamed here"


def test_workbook_with_problems_has_a_plan_only_for_its_ready_rows(client: WebClient, book: str) -> None:
    edit = {"sheet": "campaigns", "edits": [{"row": 3, "heading": "Dialing mode", "value": "Progresive"}]}
    client.ask("POST", f"{book}/cells", edit)
    assert planned(client, book)["url"] == book.removeprefix("/")
    plan = planned(client, book, valid_only=True)
    assert plan["now"]["headline"] == "This will create 5 campaigns."
    assert plan["now"]["rest"].endswith("1 row with problems is left out.")


def test_a_trial_sends_one_row_and_then_the_others(client: WebClient, book: str) -> None:
    planned(client, book)
    trial = planned(client, book, trial=1)
    assert trial["now"]["headline"] == "This will create 1 campaign."
    assert trial["now"]["rest"].startswith("A trial: one row is sent")
    run = started(client, book, trial)
    end = events(client, run)[-1]
    assert end["headline"] == "1 campaign was created."
    assert (end["others"], f"/workbooks/{end['book']}") == (5, book)
    _, rest = done(client, book)
    assert [(tile["count"], tile["label"]) for tile in rest["tiles"]] == [
        (5, "✓ Created"),
        (1, "↺ Already there"),
    ]


def test_results_are_downloaded_as_a_workbook(client: WebClient, book: str) -> None:
    run, _ = done(client, book)
    answer = client.ask("GET", f"{run}/results.xlsx")
    assert answer.headers["content-disposition"].startswith('attachment; filename="december.results-')
    workbook = openpyxl.load_workbook(io.BytesIO(answer.content))
    texts = [
        str(cell.value)
        for sheet in workbook
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    assert "Created" in " ".join(texts)
    assert not [text for text in texts if "bulkload " in text and "--" in text]


def test_a_run_stays_in_the_list_of_runs(client: WebClient, book: str) -> None:
    run, _ = done(client, book)
    page = client.get_page("/runs").text
    assert "Runs of this computer</h1>" in page
    assert f'href="{client.access.prefix}{run}"><b>december.xlsx</b>' in page
    assert "✓ 6 created" in page
    assert f'href="{client.access.prefix}{run}"><b>december.xlsx</b>' in client.get_page("/").text


def test_a_stopped_run_is_continued(client: WebClient, tmp_path: Path) -> None:
    path = write_campaigns(tmp_path / "long.xlsx", 60)
    book = f"/{client.add(path).json()['url']}"
    run = started(client, book, planned(client, book))
    assert client.ask("POST", f"{run}/stop", {}).json() == {"url": run.removeprefix("/")}
    end = events(client, run)[-1]
    assert end["headline"].startswith("Stopped. ")
    assert end["is_unfinished"]
    start_page = client.get_page("/").text
    assert "A run is not finished" in start_page
    client.ask("POST", f"{run}/continue", {})
    end = events(client, run)[-1]
    assert end["headline"] == "60 campaigns were created. Nothing is left to do."
    assert "A run is not finished" not in client.get_page("/").text


def test_a_run_that_nobody_knows_says_so(client: WebClient) -> None:
    for path in ("/runs/nothing", "/runs/nothing/results.xlsx", "/runs/nothing/events"):
        assert client.ask("GET", path).status_code in {404, 409}


def test_a_plan_page_without_a_plan_leads_back_to_the_workbook(client: WebClient, book: str) -> None:
    page = client.get_page(f"{book}/plan")
    assert (page.status_code, page.headers["location"]) == (303, f"{client.access.prefix}{book}")


def test_the_account_is_compared_with_the_workbook(client: WebClient, book: str) -> None:
    assert client.ask("POST", f"{book}/verify/data", {}).json()["headline"] == "6 rows need a look."
    done(client, book)
    same = client.ask("POST", f"{book}/verify/data", {}).json()
    assert (same["headline"], same["rest"]) == ("The account matches the workbook.", "6 rows equal.")
    edit = {"sheet": "campaigns", "edits": [{"row": 2, "heading": "Max attempts", "value": "7"}]}
    client.ask("POST", f"{book}/cells", edit)
    other = client.ask("POST", f"{book}/verify/data", {}).json()
    assert other["headline"] == "1 row needs a look."
    first = other["rows"][0]
    assert (first["row"], first["label"]) == (2, "* Differs")
    assert [(one["heading"], one["actual"], one["desired"]) for one in first["changes"]] == [
        ("Max attempts", "3", "7")
    ]


def test_the_health_page_looks_at_this_computer(client: WebClient) -> None:
    page = client.get_page("/health")
    assert page.status_code == 200
    assert "Is everything all right?</h1>" in page.text
    assert page.text.count('<li class="card finding') >= 3


def test_a_row_that_waits_for_a_decision_is_changed_by_a_click(client: WebClient, book: str) -> None:
    done(client, book)
    edit = {"sheet": "campaigns", "edits": [{"row": 2, "heading": "Max attempts", "value": "7"}]}
    client.ask("POST", f"{book}/cells", edit)
    plan = planned(client, book)
    row = plan["rows"][0]
    assert (row["group"], row["decisions"]) == ("needs", ["update"])
    assert row["fix"] == "Click “Change it”, or give the row another name."
    agreed = planned(client, book, **{**plan["now"]["options"], "update": [2]})
    assert agreed["now"]["headline"] == "This will change 1 campaign."
    assert [(one["heading"], one["actual"], one["desired"]) for one in agreed["rows"][0]["changes"]] == [
        ("Max attempts", "3", "7")
    ]
    run = started(client, book, agreed)
    assert events(client, run)[-1]["headline"] == "1 campaign was changed. Nothing is left to do."
