"""Start and check: what the endpoints answer, and what the pages say."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from support.program.web_client import WebClient
from support.workbooks.big_workbook import write_campaigns

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def client(tmp_path: Path) -> WebClient:
    return WebClient(tmp_path)


def opened(client: WebClient, name: str = "mistakes.xlsx") -> str:
    return f"/{client.add(SAMPLES / name).json()['url']}"


def edit(client: WebClient, address: str, *edits: tuple[int, str, str], sheet: str = "campaigns") -> dict:
    wanted = [{"row": row, "heading": heading, "value": value} for row, heading, value in edits]
    answer = client.ask("POST", f"{address}/cells", {"sheet": sheet, "edits": wanted})
    assert answer.status_code == 200, answer.text
    return answer.json()


def hidden_rows_workbook(folder: Path) -> Path:
    content = (SAMPLES / "campaigns.xlsx").read_bytes()
    workbook = openpyxl.load_workbook(io.BytesIO(content))
    workbook["Campaigns"].row_dimensions[8].hidden = True
    workbook.save(folder / "hidden.xlsx")
    return folder / "hidden.xlsx"


def test_a_good_file_leads_to_its_check_page(client: WebClient) -> None:
    answer = client.add(SAMPLES / "campaigns.xlsx")
    assert answer.status_code == 201
    page = client.get_page(f"/{answer.json()['url']}")
    assert page.status_code == 200
    assert "campaigns are ready.</h1>" in page.text


def test_a_bad_file_says_every_reason(client: WebClient, tmp_path: Path) -> None:
    path = tmp_path / "bad.xlsx"
    workbook = xlsxwriter.Workbook(path)
    workbook.add_worksheet("Sheet1")
    workbook.close()
    answer = client.add(path)
    document = answer.json()
    assert (answer.status_code, document["title"], document["choices"]) == (
        422,
        "bad.xlsx can't be used yet",
        [],
    )
    assert len(document["problems"]) == 2
    assert not list((tmp_path / "web" / "workbooks").iterdir())


def test_hidden_rows_are_asked_about(client: WebClient, tmp_path: Path) -> None:
    path = hidden_rows_workbook(tmp_path)
    document = client.add(path).json()
    assert document["title"] == "hidden.xlsx has hidden rows: do you mean them?"
    assert document["choices"] == ["include", "skip"]
    counts = {}
    for hidden in ("include", "skip"):
        address = client.add(path, hidden=hidden).json()["url"]
        counts[hidden] = client.ask("GET", f"/{address}/data").json()["counts"]["rows"]
    assert counts["include"] == counts["skip"] + 1


def test_the_data_name_every_cell_and_problem(client: WebClient) -> None:
    data = client.ask("GET", f"{opened(client)}/data").json()
    campaigns = data["campaigns"]
    headings = [column["heading"] for column in campaigns["columns"]]
    row = campaigns["rows"][0]
    assert (row["row"], row["state"]) == (6, "fix")
    assert row["cells"][headings.index("Queue")] == ["#N/A", "error"]
    assert row["cells"][headings.index("Experience flow")] == ["", "unused"]
    problem = campaigns["problems"][0]
    assert {name: problem[name] for name in ("row", "cell", "heading", "level", "value", "code")} == {
        "row": 6,
        "cell": "H6",
        "heading": "Queue",
        "level": "error",
        "value": "#N/A",
        "code": "queue-excel-error",
    }
    assert data["weeks"]["us office"]["days"][0] == [[540, 1080]]
    assert data["counts"]["rows"] == data["counts"]["ready"] + data["counts"]["fix"] + data["counts"]["out"]


def test_an_edit_answers_with_the_changed_rows_alone(client: WebClient, tmp_path: Path) -> None:
    path = write_campaigns(tmp_path / "one-wrong.xlsx", 9, {0: {"Dialing mode": "Progresive"}})
    address = f"/{client.add(path).json()['url']}"
    before = client.ask("GET", f"{address}/data").json()
    changed = edit(client, address, (2, "Dialing mode", "Progressive"))
    assert [row["row"] for row in changed["campaigns"]["rows"]] == [2]
    assert changed["campaigns"]["problems"] == []
    assert changed["calling_hours"] == {"rows": [], "problems": []}
    assert (before["counts"]["fix"], changed["counts"]["fix"]) == (1, 0)
    assert changed["said"]["headline"] == "All 9 campaigns are ready."


def test_rows_that_an_edit_touches_from_afar_change_too(client: WebClient) -> None:
    address = opened(client, "campaigns.xlsx")
    rows = client.ask("GET", f"{address}/data").json()["campaigns"]["rows"]
    name = rows[0]["cells"][1][0]
    changed = edit(client, address, (rows[1]["row"], "Campaign name", name))
    assert {row["row"] for row in changed["campaigns"]["rows"]} == {rows[0]["row"], rows[1]["row"]}


def test_hours_change_the_campaigns_that_use_them(client: WebClient) -> None:
    address = opened(client, "campaigns.xlsx")
    first = client.ask("GET", f"{address}/data").json()["calling_hours"]["rows"][0]["row"]
    changed = edit(client, address, (first, "Time zone", "Nowhere/Land"), sheet="calling_hours")
    assert changed["campaigns"]["rows"]
    assert (
        changed["weeks"].keys()
        < client.ask("GET", f"{opened(client, 'campaigns.xlsx')}/data").json()["weeks"].keys()
    )


def test_an_edit_is_taken_back(client: WebClient) -> None:
    address = opened(client)
    before = client.ask("GET", f"{address}/data").json()
    edit(client, address, (6, "Queue", "Collections EN"))
    back = client.ask("POST", f"{address}/undo-edit", {}).json()
    assert back["edited"] == [{"sheet": "campaigns", "row": 6, "heading": "Queue"}]
    assert client.ask("GET", f"{address}/data").json() == before


def test_the_fixed_file_has_the_edits_and_its_own_name(client: WebClient) -> None:
    address = opened(client)
    assert client.ask("GET", f"{address}/file").content == (SAMPLES / "mistakes.xlsx").read_bytes()
    edit(client, address, (6, "Queue", "Collections EN"))
    answer = client.ask("GET", f"{address}/file")
    assert 'filename="mistakes.fixed.xlsx"' in answer.headers["content-disposition"]
    assert openpyxl.load_workbook(io.BytesIO(answer.content))["Campaigns"]["H6"].value == "Collections EN"


@pytest.mark.parametrize(
    "wanted",
    [
        b"no json",
        b"[]",
        {"sheet": "campaigns"},
        {"sheet": "campaigns", "edits": []},
        {"sheet": "other", "edits": [{"row": 6, "heading": "Queue", "value": "x"}]},
        {"sheet": "campaigns", "edits": [{"row": "six", "heading": "Queue", "value": "x"}]},
        {"sheet": "campaigns", "edits": [{"row": 6, "heading": "Queue", "value": "x" * 32_768}]},
    ],
)
def test_an_edit_that_can_t_be_read_is_refused(client: WebClient, wanted: object) -> None:
    answer = client.ask("POST", f"{opened(client)}/cells", wanted)
    assert answer.status_code == 409
    assert answer.json() == {
        "error": "The page sent something that bulkload can't read.",
        "fix": "Load the page again.",
    }


def test_a_workbook_that_is_gone_says_so(client: WebClient) -> None:
    assert client.ask("GET", "/workbooks/abc/data").json() == {
        "error": "This workbook is not open any more.",
        "fix": "Go back to the start and choose the file again.",
    }
    page = client.get_page("/workbooks/abc")
    assert (page.status_code, "This workbook is not open any more." in page.text) == (404, True)


def test_an_address_that_does_not_exist_is_a_page_with_words(client: WebClient) -> None:
    page = client.get_page("/nowhere")
    assert (page.status_code, "There is no such page." in page.text) == (404, True)


def test_the_example_is_ready_as_it_is(client: WebClient, tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    path.write_bytes(client.ask("GET", "/example.xlsx").content)
    address = client.add(path).json()["url"]
    assert client.ask("GET", f"/{address}/data").json()["said"]["main"] == "plan"


def test_what_people_wrote_is_never_markup(client: WebClient, tmp_path: Path) -> None:
    canary = "<img src=x onerror=alert(1)>"
    path = tmp_path / f"{canary.replace('/', '')}.xlsx"
    answer = client.add(SAMPLES / "mistakes.xlsx", path.name)
    address = f"/{answer.json()['url']}"
    edit(client, address, (6, "Queue", canary))
    for page in (client.get_page(address), client.get_page("/")):
        assert "<img src=x" not in page.text


@pytest.mark.parametrize(
    ("counts", "headline", "main"),
    [
        ({"rows": 36, "ready": 31, "fix": 5}, "5 rows need you, 31 of 36 are ready.", "valid"),
        ({"rows": 36, "ready": 35, "fix": 1}, "1 row needs you, 35 of 36 are ready.", "valid"),
        ({"rows": 36, "ready": 36}, "All 36 campaigns are ready.", "plan"),
        ({"rows": 1, "ready": 1}, "The campaign is ready.", "plan"),
        ({"rows": 2, "fix": 2}, "2 rows need you, 0 of 2 are ready.", None),
        ({"rows": 2, "out": 2}, "No row is to be sent.", None),
        ({"rows": 2, "ready": 2, "errors": 1}, "The sheet Calling hours needs you.", None),
    ],
)
def test_the_headline_counts_the_rows(counts: dict[str, int], headline: str, main: str | None) -> None:
    from bulkload.web.messages.workbooks import say_check

    said = say_check(
        {"fix": 0, "ready": 0, "check": 0, "out": 0, "errors": counts.get("fix", 0), "loose": 0, **counts}
    )
    assert (said["headline"], said["main"]) == (headline, main)
