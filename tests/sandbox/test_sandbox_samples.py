"""The samples that Kore.ai prints, sent as they are and answered in their shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.fakes.sandbox_server import Client, body, embedded

from bulkload.sandbox.fixtures import ContactList, Fixtures

SAMPLES = Path(__file__).parents[1] / "api_samples"
NAMES = Fixtures(contact_lists=("APIContctList",), caller_ids=("+148465xxxxx", "+1812345678", "+1765432101"))
"""Names in the samples that the seeds do not have."""


@pytest.fixture
def sandbox(tmp_path):
    with embedded(tmp_path, fixtures=NAMES, ready_after=60.0) as running:
        yield running


def sample(name: str) -> Any:
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """The keys, sorted, and the kind of each value; a list has the shapes of its items, each once."""
    if isinstance(value, dict):
        return {key: shape(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted({json.dumps(shape(item)) for item in value})
    return type(value).__name__


def created_id(client: Client, content: dict[str, Any]) -> str:
    data = client.create(content).json()["data"]
    return data.get("id") or data["campId"]


@pytest.mark.parametrize(
    ("name", "version"),
    [("create-agentless-v2", "v2"), ("create-progressive-v1", "v1"), ("create-progressive-v2", "v2")],
)
def test_a_create_is_answered_in_the_shape_of_its_sample(sandbox, name, version):
    answer = Client(sandbox.url, version).create(sample(f"{name}.request"))

    assert answer.status_code == 200
    assert shape(answer.json()) == shape(sample(f"{name}.answer"))


def test_the_agentless_create_is_answered_value_for_value(sandbox):
    answer = Client(sandbox.url).create(sample("create-agentless-v2.request")).json()
    printed = sample("create-agentless-v2.answer")

    own = ("id", "createdAt", "updatedAt", "experienceFlow", "dncLists")
    for data in (answer["data"], printed["data"]):
        for key in own:
            del data[key]
    assert answer == printed


def test_the_v2_update_without_detection_is_answered_as_its_sample(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client, body("Preview"))  # the sample still shows the maxSkips of Preview
    sandbox.configure(clock_offset=60.0)

    answer = client.update(campaign_id, sample("update-voice-v2.request"))

    assert answer.status_code == 200
    assert shape(answer.json()) == shape(sample("update-voice-v2.answer"))
    assert answer.json()["data"]["status"] == "Ready"


def test_a_stopped_campaign_is_updated_in_v1_and_stays_stopped(sandbox):
    client = Client(sandbox.url, "v1")
    campaign_id = created_id(client, body("Preview", "v1"))
    sandbox.console.start(campaign_id)
    sandbox.console.stop(campaign_id)

    answer = client.update(campaign_id, sample("update-voice-v1-stopped-june2025.request"))

    assert answer.status_code == 200
    assert shape(answer.json()) == shape(sample("update-voice-v1-stopped-june2025.answer"))
    assert answer.json()["data"]["status"] == "Stopped"


def test_a_get_is_answered_in_the_shape_of_its_sample(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client, sample("create-agentless-v2.request"))

    answer = client.get(campaign_id).json()

    assert shape(answer) == shape(sample("get-voice-v2.unshortened.answer"))
    assert (
        answer["data"]["dialingStrategy"]
        == sample("get-voice-v2.unshortened.answer")["data"]["dialingStrategy"]
    )


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_a_delete_is_answered_in_the_shape_of_its_sample(sandbox, version):
    mode = "Preview" if version == "v1" else "Progressive"
    client = Client(sandbox.url, version)
    campaign_id = created_id(client, body(mode, version))
    if version == "v1":  # the deleted campaign of that sample was started once
        sandbox.console.start(campaign_id)
        sandbox.console.stop(campaign_id)

    answer = client.delete(campaign_id).json()

    assert shape(answer) == shape(sample(f"delete-voice-{version}.answer"))


def test_a_v2_listing_is_answered_in_the_shape_of_its_sample(sandbox):
    client = Client(sandbox.url)
    created_id(client, body("Preview", name="New"))
    changed = created_id(client, body("Progressive", name="Changed"))
    client.update(changed, body("Progressive", name="Changed"))

    answer = client.send("POST", "/campaign/getAllCampaignDetails", {"type": "voice"}).json()

    assert shape(answer) == shape(sample("list-voice-v2.answer"))


def test_a_v1_listing_has_rows_of_the_shapes_of_its_sample(sandbox):
    client = Client(sandbox.url, "v1")
    for mode in ("Preview", "Progressive", "Agentless"):
        created_id(client, body(mode, "v1", name=mode))
    started = created_id(client, body("Preview", "v1", name="Started"))
    sandbox.console.start(started)
    sandbox.console.stop(started)

    answer = client.send(
        "POST", "/campaign/getAllCampaignDetails", sample("list-voice-v1-june2025.request")
    ).json()

    printed = sample("list-voice-v1-june2025.answer")
    assert set(shape(answer)["data"].pop("results")) <= set(shape(printed)["data"].pop("results"))
    del answer["data"]["results"], printed["data"]["results"]
    assert shape(answer) == shape(printed)


def test_the_v2_listing_request_is_accepted_as_printed(sandbox):
    request = sample("list-voice-v2.request")

    answer = Client(sandbox.url).send("POST", "/campaign/getAllCampaignDetails", request)

    assert answer.status_code == 200


def test_contact_lists_are_answered_in_the_shapes_of_their_sample(sandbox):
    printed = sample("contact-lists-v2.answer")
    answer = Client(sandbox.url).contact_lists("GET").json()

    def shapes(document: Any) -> set[str]:
        # Files, columns and the campaigns that use a list are not what a loader reads.
        rows = [{**row, "files": [], "columns": [], "campaignInUse": []} for row in document["data"]]
        return {json.dumps(shape(row)) for row in rows}

    assert shapes(answer) == shapes(printed)
    assert {key: answer[key] for key in ("status", "message")} == {"status": "success", "message": ""}


def test_queues_are_answered_in_the_shape_of_their_sample(sandbox):
    printed = sample("queues-v1.answer")
    answer = Client(sandbox.url, "v1").queues().json()

    assert answer.keys() == printed.keys()
    assert answer["results"][0].keys() <= printed["results"][0].keys()
    assert answer["limit"] == printed["limit"]


def test_a_status_is_answered_in_the_shape_of_its_sample(sandbox):
    client = Client(sandbox.url)

    answer = client.status(created_id(client, body())).json()

    assert shape(answer) == shape(sample("status-v2.answer"))


def test_every_printed_status_of_a_contact_list_can_be_had(sandbox):
    for status in ("Ready", "Validated", "Validating", "Invalid"):
        sandbox.console.set_contact_list(status, ContactList(status, 3))

    rows = Client(sandbox.url).contact_lists().json()["data"][-4:]

    assert [row["status"] for row in rows] == ["Ready", "Validated", "Validating", "Invalid"]
