"""The listing: paged, late, sorted and filtered as the documents have it."""

from __future__ import annotations

import pytest
from support.fakes.sandbox_server import Client, body, embedded

NAMES = [f"Campaign {number:03}" for number in range(1, 8)]


@pytest.fixture
def sandbox(tmp_path):
    with embedded(tmp_path) as running:
        for name in NAMES:
            Client(running.url).create(body("Progressive", name=name))
        yield running


def names(answer) -> list[str]:
    return [row["name"] for row in answer.json()["data"]["results"]]


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_row_names_its_queue_or_flow_without_a_dialing_strategy(tmp_path, version):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url, version)
        sent = [body(mode, version, name=mode) for mode in ("Preview", "Progressive", "Agentless")]
        for one in sent:
            client.create(one)
        rows = client.list().json()["data"]["results"]
        stored = sandbox.campaigns

    assert [row["connection"] for row in rows] == [
        "Voice Survey Entry Flow",
        "Default Queue",
        "Default Queue",
    ]
    assert [row["_id"] for row in rows] == [campaign.id for campaign in reversed(stored)]
    for row in rows:
        assert ("experienceFlow" in row) == (row["dialingMode"] == "Agentless")
        keys = {
            "name",
            "status",
            "dialingMode",
            "priority",
            "connection",
            "contactLists",
            "createdAt",
            "updatedAt",
        }
        assert keys <= row.keys()
        assert "dialingStrategy" not in row
        assert ("dncLists" in row) == (version == "v2")


def test_pages_by_skip_hold_every_campaign_once(sandbox):
    client = Client(sandbox.url)
    pages = [client.list(limit=3, skip=skip) for skip in (0, 3, 6)]

    assert [name for page in pages for name in names(page)] == list(reversed(NAMES))
    totals = ("hasMore", "totalPages", "totalResults", "limit", "skip")
    assert [[page.json()["data"][key] for key in totals] for page in pages] == [
        [True, 3, 7, 3, 0],
        [True, 3, 7, 3, 3],
        [False, 3, 7, 3, 6],
    ]


def test_pages_by_number_are_the_same_pages(sandbox):
    client = Client(sandbox.url)

    assert names(client.list(limit=3, skip=0, page=2)) == names(client.list(limit=3, skip=3, page=2))
    assert names(client.list(limit=3, page=3)) == names(client.list(limit=3, skip=6))


def test_empty_strings_are_numbers_not_given(sandbox):
    client = Client(sandbox.url)

    assert names(client.list(limit="", skip="", page="")) == list(reversed(NAMES))
    assert names(client.list(limit=3, skip="", page=3)) == names(client.list(limit=3, skip=6, page=""))


def test_without_sorting_the_last_changed_come_first(sandbox):
    client = Client(sandbox.url)
    oldest = sandbox.campaigns[0]
    client.update(oldest.id, {"priority": "1"})

    assert names(client.list())[0] == oldest.name
    assert names(client.list(sortBy={"createdAt": "desc"}))[-1] == oldest.name


def test_a_row_says_what_happened_to_its_campaign(sandbox):
    client = Client(sandbox.url)
    new, changed, started, scheduled, filtered = (one.id for one in sandbox.campaigns[:5])
    client.update(changed, {"priority": "1"})
    instance = sandbox.console.start(started).instance_id
    sandbox.console.schedule(scheduled, is_recurring=True)
    sandbox.console.set_filters(filtered)
    rows = {row["_id"]: row for row in client.list().json()["data"]["results"]}

    assert rows[new]["schedule"] == {"isSchedulingEnabled": False}
    assert rows[changed]["schedule"] == {"isSchedulingEnabled": False, "isRecurrenceEnabled": False}
    assert rows[scheduled]["schedule"] == {"isSchedulingEnabled": True, "isRecurrenceEnabled": True}
    assert (rows[started]["status"], rows[started]["campaignInstanceId"]) == ("Active", instance)
    assert [key for key in rows if "campaignInstanceId" in rows[key]] == [started]
    assert [key for key in rows if rows[key]["isFiltersEnabled"]] == [filtered]


def test_a_campaign_changes_when_it_becomes_ready(tmp_path):
    with embedded(tmp_path, ready_after=17.0) as sandbox:
        client = Client(sandbox.url)
        client.create(body())
        sandbox.configure(clock_offset=20.0)
        (row,) = client.list().json()["data"]["results"]

    assert row["updatedAt"] > row["createdAt"]


def test_no_page_is_larger_than_the_service_allows(sandbox):
    sandbox.configure(largest_limit=5)
    data = Client(sandbox.url).list(limit=500).json()["data"]

    assert (len(data["results"]), data["limit"], data["hasMore"]) == (5, 5, True)


def test_an_empty_account_has_no_pages(tmp_path):
    with embedded(tmp_path) as sandbox:
        data = Client(sandbox.url).list().json()["data"]

    assert data == {
        "results": [],
        "skip": 0,
        "limit": 50,
        "hasMore": False,
        "totalPages": 0,
        "totalResults": 0,
    }


def test_a_new_campaign_is_late_to_show_but_there(tmp_path):
    with embedded(tmp_path, visible_after=30.0) as sandbox:
        client = Client(sandbox.url)
        campaign_id = client.create(body()).json()["data"]["id"]
        early = names(client.list())
        got = client.get(campaign_id).status_code
        sandbox.configure(clock_offset=30.0)
        late = names(client.list())

    assert (early, got, late) == ([], 200, ["Welcome"])


def test_sorting_is_as_asked(sandbox):
    client = Client(sandbox.url)

    assert names(client.list(sortBy={"name": "asc"})) == NAMES
    assert names(client.list(sortBy={"createdAt": "asc"})) == NAMES
    assert names(client.list(sortBy={"name": "desc", "updatedAt": "desc"})) == list(reversed(NAMES))


def test_filters_choose_by_status_priority_and_mode(sandbox):
    client = Client(sandbox.url)
    client.create(body("Preview", name="Preview", priority="1"))

    assert names(client.list(filters={"priority": [1]})) == ["Preview"]
    assert names(client.list(filters={"dialingMode": ["Preview"]})) == ["Preview"]
    assert names(client.list(filters={"status": ["Preparing", "Stopped"]})) == []
    assert len(names(client.list(filters={"status": ["Ready"], "priority": [5]}))) == len(NAMES)


def test_dates_choose_by_creation(sandbox):
    client = Client(sandbox.url)

    assert names(client.list(startDate="2100-01-01T00:00:00.000Z")) == []
    assert len(names(client.list(startDate="2020-01-01T00:00:00Z", endDate="2100-01-01T00:00:00Z"))) == 7


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"type": "sms"}, "type: Input should be 'voice'"),
        ({"limit": "50"}, "limit: Input should be a valid integer"),
        ({"page": 0}, "page: Input should be greater than or equal to 1"),
        ({"sortBy": {"lname": "asc"}}, "sortBy.lname: Extra inputs are not permitted"),
        (
            {"filters": {"dialingMode": ["Agentless"]}},
            "filters.dialingMode[0]: Input should be 'Progressive' or 'Preview'",
        ),
        ({"startDate": "1 December"}, "startDate: Input should be a moment such as 2025-12-01T00:00:00.000Z"),
        ({"name": "Welcome"}, "name: Extra inputs are not permitted"),
    ],
)
def test_a_listing_that_the_documents_do_not_know_is_refused(sandbox, wrong, sentence):
    answer = Client(sandbox.url).list(**wrong)

    assert answer.status_code == 412
    assert f"Validation errors/ Invalid arguments: {sentence}" in [
        error["msg"] for error in answer.json()["errors"]
    ]


def test_a_listing_needs_an_object(sandbox):
    answer = Client(sandbox.url).send("POST", "/campaign/getAllCampaignDetails", [])

    assert (answer.status_code, sandbox.log.requests_of("list")[-1].problem) == (
        412,
        "Validation errors/ Invalid arguments: the body must be a JSON object",
    )
