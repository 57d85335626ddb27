"""Every operation in both versions: what it answers, and what it does to the account."""

from __future__ import annotations

import httpx
import pytest
from support.sandbox_server import Client, body, embedded

from bulkload.sandbox.fixtures import KNOWN, Known

MODES = ("Preview", "Progressive", "Agentless")
VERSIONS = ("v1", "v2")


@pytest.fixture
def sandbox(tmp_path):
    with embedded(tmp_path) as running:
        yield running


def created_id(answer: httpx.Response) -> str:
    data = answer.json()["data"]
    return data.get("id") or data["campId"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("mode", MODES)
def test_what_is_created_can_be_got_back(sandbox, version, mode):
    client = Client(sandbox.url, version)
    sent = body(mode, version)
    campaign_id = created_id(client.create(sent))

    answer = client.get(campaign_id).json()

    assert answer["status"] == "success"
    data = answer["data"]
    assert data["_id"] == campaign_id
    assert "id" not in data
    assert "queue_name" not in data
    for key in ("name", "description", "contactLists", "priority", "dialingMode"):
        assert data[key] == sent[key]
    assert data["dialingStrategy"]["callerId"] == sent["dialingStrategy"]["callerId"]
    assert data["status"] == "Ready"


@pytest.mark.parametrize(
    ("sent", "answered"), [("no", False), ("detect", "detect"), ("disconnect", "disconnect")]
)
def test_v2_answers_no_detection_as_false_and_the_rest_as_sent(sandbox, sent, answered):
    answer = Client(sandbox.url).create(body("Agentless", enableMachineDetect=sent))

    assert answer.json()["data"]["enableMachineDetect"] == answered


def test_an_update_merges_and_keeps_what_is_left_out(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Progressive")))

    answer = client.update(campaign_id, {"description": "New words"})

    assert answer.json()["id"] == answer.json()["data"]["_id"] == campaign_id
    assert answer.json()["message"] == "Campaign Welcome details updated successfully"
    (stored,) = sandbox.campaigns
    assert stored.body == {**body("Progressive"), "description": "New words"}


def test_an_update_may_change_the_mode_if_it_brings_what_the_new_mode_needs(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Preview")))

    refused = client.update(campaign_id, {"dialingMode": "Agentless"})
    accepted = client.update(campaign_id, body("Agentless"))

    assert refused.status_code == 412
    assert "experienceFlowName is missing" in refused.text
    assert accepted.json()["data"]["dialingMode"] == "Agentless"
    assert "maxSkips" not in accepted.json()["data"]


def test_an_active_campaign_can_not_be_edited(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body()))
    httpx.post(f"{sandbox.url}/_sandbox/campaigns/{campaign_id}", json={"status": "Active"})

    answer = client.update(campaign_id, {"description": "New words"})

    assert answer.status_code == 400
    assert answer.json() == {
        "errors": [{"msg": "Campaign Welcome is Active and can't be edited", "code": 400}]
    }
    assert client.status(campaign_id).json()["data"]["status"] == "Active"


@pytest.mark.parametrize("version", VERSIONS)
def test_an_unknown_campaign_is_a_400(sandbox, version):
    client = Client(sandbox.url, version)
    refusal = {"errors": [{"msg": "Campaign cd-none not found", "code": 400}]}

    for answer in (
        client.get("cd-none"),
        client.status("cd-none"),
        client.delete("cd-none"),
        client.update("cd-none", body("Preview", version)),
    ):
        assert (answer.status_code, answer.json()) == (400, refusal)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_deleted_campaign_is_gone_and_its_name_free_again(sandbox, version):
    client = Client(sandbox.url, version)
    first = created_id(client.create(body("Preview", version)))

    answer = client.delete(first)
    second = created_id(client.create(body("Preview", version)))

    assert answer.json()["data"]["_id"] == first
    assert first != second
    assert [stored.id for stored in sandbox.campaigns] == [second]


@pytest.mark.parametrize("version", VERSIONS)
def test_the_status_of_a_campaign_is_answered_with_its_name(sandbox, version):
    client = Client(sandbox.url, version)
    campaign_id = created_id(client.create(body("Preview", version)))

    assert client.status(campaign_id).json() == {
        "status": "success",
        "data": {"id": campaign_id, "status": "Ready", "name": "Welcome"},
    }


def test_a_campaign_is_preparing_until_its_time_has_come(tmp_path):
    with embedded(tmp_path, ready_after=17.0) as sandbox:
        client = Client(sandbox.url)
        answer = client.create(body())
        campaign_id = created_id(answer)
        before = client.status(campaign_id).json()["data"]["status"]
        sandbox.configure(clock_offset=17.0)
        after = client.status(campaign_id).json()["data"]["status"]

    assert (answer.json()["data"]["status"], before, after) == ("Preparing", "Preparing", "Ready")


@pytest.mark.parametrize(
    ("version", "method"), [("v1", "POST"), ("v1", "GET"), ("v2", "POST"), ("v2", "GET")]
)
def test_contact_lists_come_unpaged(sandbox, version, method):
    answer = Client(sandbox.url, version).contact_lists(method).json()

    assert [row["name"] for row in answer["data"]] == [*KNOWN.contact_lists, *KNOWN.dnc_lists]
    assert {row["status"] for row in answer["data"]} == {"Ready"}
    assert all(row["_id"].startswith("cl-") for row in answer["data"])


def test_contact_lists_can_be_had_by_get_alone(tmp_path):
    with embedded(tmp_path, contact_lists_by_post=False) as sandbox:
        client = Client(sandbox.url)

        assert client.contact_lists("POST").status_code == 405
        assert client.contact_lists("GET").status_code == 200


def test_queues_are_paged_and_known_to_v1_alone(sandbox):
    first = Client(sandbox.url, "v1").send("GET", "/queues", query={"page": "1", "limit": "4"}).json()
    last = Client(sandbox.url, "v1").send("GET", "/queues", query={"page": "2", "limit": "4"}).json()

    assert [row["name"] for row in first["results"] + last["results"]] == list(KNOWN.queues)
    assert (first["hasMore"], last["hasMore"], last["totalPages"], last["totalResults"]) == (
        True,
        False,
        2,
        len(KNOWN.queues),
    )
    assert Client(sandbox.url, "v2").queues().status_code == 404


def test_the_names_of_a_workbook_are_known_beside_the_fixed_ones(tmp_path):
    names = Known(("My list",), ("My DNC",), ("My queue",), ("My flow",), ("+4915123456789",))
    sent = body(contactLists=["My list", KNOWN.contact_lists[0]], dncLists={"name": "My DNC"})
    sent |= {"queue_name": "My queue"}
    sent["dialingStrategy"]["callerId"]["phoneNumber"] = "+4915123456789"

    with embedded(tmp_path) as without:
        refused = Client(without.url).create(sent)
    with embedded(tmp_path, known=names) as sandbox:
        accepted = Client(sandbox.url).create(sent)

    assert [error["msg"] for error in refused.json()["errors"]] == [
        "Contact list My list not found",
        "DNC list My DNC not found",
        "Queue My queue not found",
        "Caller ID +4915123456789 not found",
    ]
    assert accepted.status_code == 200
