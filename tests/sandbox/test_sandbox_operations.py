"""Every operation in both versions: what it answers, and what it does to the account."""

from __future__ import annotations

import httpx
import pytest
from support.fakes.sandbox_server import Client, body, embedded

from bulkload.sandbox.fixtures import ACCOUNT_ID, KNOWN, ContactList, Fixtures

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


def test_an_update_keeps_what_is_left_out(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Progressive")))

    answer = client.update(campaign_id, {"description": "New words"})

    assert answer.json()["id"] == answer.json()["data"]["_id"] == campaign_id
    assert answer.json()["message"] == "Campaign Welcome details updated successfully"
    (stored,) = sandbox.campaigns
    assert stored.body == {**body("Progressive"), "description": "New words"}


def test_an_update_clears_what_is_left_out_where_it_is_set_so(sandbox):
    sandbox.configure(missing_keys="cleared")
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Preview")))

    in_part = client.update(campaign_id, {"dialingMode": "Preview", "description": "New words"})
    whole = client.update(campaign_id, body("Agentless", enableMachineDetect=...))

    assert in_part.status_code == 412
    assert "name: Field required" in in_part.text
    assert whole.status_code == 200
    (stored,) = sandbox.campaigns
    assert stored.body == body("Agentless", enableMachineDetect=...)


@pytest.mark.parametrize(("missing_keys", "is_kept"), [("kept", True), ("cleared", False)])
def test_an_update_through_v1_keeps_or_clears_the_dnc_list_of_v2(sandbox, missing_keys, is_kept):
    sandbox.configure(missing_keys=missing_keys)
    campaign_id = created_id(Client(sandbox.url).create(body("Preview")))

    answer = Client(sandbox.url, "v1").update(campaign_id, body("Preview", "v1"))

    assert ("dncLists" in answer.json()["data"]) is is_kept
    (row,) = Client(sandbox.url, "v1").list().json()["data"]["results"]
    assert ("dncLists" in row) is is_kept


@pytest.mark.parametrize(("missing_keys", "kept"), [("kept", "detect"), ("cleared", None)])
def test_a_v2_update_to_agentless_may_leave_detection_out(sandbox, missing_keys, kept):
    sandbox.configure(missing_keys=missing_keys)
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Agentless", enableMachineDetect="detect")))

    answer = client.update(campaign_id, body("Agentless", enableMachineDetect=...))

    assert answer.status_code == 200
    (stored,) = sandbox.campaigns
    assert stored.body.get("enableMachineDetect") == kept


def test_v2_never_tells_detection_after_the_create(sandbox):
    client = Client(sandbox.url)
    created = client.create(body("Agentless"))
    campaign_id = created_id(created)

    answers = [
        client.get(campaign_id),
        client.update(campaign_id, body("Agentless")),
        client.delete(campaign_id),
    ]

    assert created.json()["data"]["enableMachineDetect"] is False
    assert ["enableMachineDetect" in answer.json()["data"] for answer in answers] == [False] * 3


@pytest.mark.parametrize("missing_keys", ["kept", "cleared"])
def test_an_update_to_another_mode_needs_the_keys_of_that_mode(sandbox, missing_keys):
    sandbox.configure(missing_keys=missing_keys)
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body("Preview")))

    refused = client.update(campaign_id, {"dialingMode": "Agentless"})
    accepted = client.update(campaign_id, body("Agentless"))

    assert refused.status_code == 412
    assert "experienceFlowName: Field required" in refused.text
    assert accepted.json()["data"]["dialingMode"] == "Agentless"
    # The sample of an update to Agentless still shows the maxSkips of an earlier mode.
    assert ("maxSkips" in accepted.json()["data"]) is (missing_keys == "kept")


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


def test_an_active_campaign_is_deleted_only_where_it_is_set_so(sandbox):
    client = Client(sandbox.url)
    campaign_id = created_id(client.create(body()))
    sandbox.console.start(campaign_id)

    refused = client.delete(campaign_id)
    sandbox.configure(deletes_active=True)
    deleted = client.delete(campaign_id)

    assert (refused.status_code, refused.json()) == (
        400,
        {"errors": [{"msg": "Campaign Welcome is Active and can't be deleted", "code": 400}]},
    )
    assert (deleted.status_code, sandbox.campaigns) == (200, ())


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
def test_contact_lists_come_unpaged_and_without_the_dnc_lists(sandbox, version, method):
    answer = Client(sandbox.url, version).contact_lists(method).json()

    assert [row["name"] for row in answer["data"]] == list(KNOWN.contact_lists)
    assert all(row["_id"].startswith("cl-") for row in answer["data"])


def test_a_contact_list_has_a_status_a_size_and_a_source(sandbox):
    sandbox.console.set_contact_list("Welcome calls", ContactList("Validating", 0))
    sandbox.console.set_contact_list("New list", ContactList("Invalid", 12))

    rows = Client(sandbox.url).contact_lists().json()["data"]

    found = {row["name"]: (row["status"], row["totalRecordCount"], row["source"]) for row in rows}
    assert found["Recent Buyers - Q2 2025"] == ("Ready", 0, "passiveApi")
    assert found["Card renewals"] == ("Validated", 1, "localDrive")
    assert found["Welcome calls"] == ("Validating", 0, "localDrive")
    assert found["New list"] == ("Invalid", 12, "localDrive")


@pytest.mark.parametrize("version", VERSIONS)
def test_view_and_type_are_optional_and_v1_may_name_the_account(sandbox, version):
    client = Client(sandbox.url, version)
    campaign_id = created_id(client.create(body("Preview", version)))
    account = {"accountId": ACCOUNT_ID}

    answers = [
        client.send("POST", f"/campaign/{campaign_id}/status", {}, query=account),
        client.send("GET", "/campaign/contactList/getAllListDetails", query=account),
        client.send("GET", f"/campaign/{campaign_id}", query=account),
    ]

    assert [answer.status_code for answer in answers] == [200] * 3


def test_contact_lists_can_be_had_by_get_alone(tmp_path):
    with embedded(tmp_path, contact_lists_by_post=False) as sandbox:
        client = Client(sandbox.url)

        assert client.contact_lists("POST").status_code == 405
        assert client.contact_lists("GET").status_code == 200


def test_queues_come_ten_at_most_and_from_v1_alone(sandbox):
    few = Client(sandbox.url, "v1").queues().json()
    sandbox.console.learn(Fixtures(queues=tuple(f"Queue {number}" for number in range(6))))
    many = Client(sandbox.url, "v1").queues().json()

    totals = ("page", "limit", "hasMore", "totalPages", "totalResults")
    assert [row["name"] for row in few["results"]] == list(KNOWN.queues)
    assert [few[key] for key in totals] == [1, 10, False, 1, 6]
    assert len(many["results"]) == 10
    assert [many[key] for key in totals] == [1, 10, True, 2, 12]
    assert Client(sandbox.url, "v2").queues().status_code == 404


def test_names_are_matched_whatever_their_case_where_it_is_set_so(sandbox):
    client = Client(sandbox.url)
    sent = body(queue_name="default queue", contactLists=["WELCOME CALLS"])

    refused = client.create(sent)
    sandbox.configure(matches_names="whatever their case")
    accepted = client.create(sent)

    assert (refused.status_code, accepted.status_code) == (400, 200)


def test_a_wrong_name_can_fail_while_preparing(tmp_path):
    with embedded(tmp_path, wrong_names="failed while preparing", ready_after=10.0) as sandbox:
        client = Client(sandbox.url)
        answer = client.create(body(queue_name="Nobody")).json()["data"]
        client.create(body(name="Right"))
        sandbox.configure(clock_offset=10.0)
        rows = {row["name"]: row["status"] for row in client.list().json()["data"]["results"]}
        failed = client.list(filters={"status": ["Ready"]}).json()["data"]["totalResults"]

    assert (answer["status"], rows, failed) == ("Preparing", {"Welcome": "Failed", "Right": "Ready"}, 1)


def test_preparing_can_end_in_any_word(tmp_path):
    with embedded(tmp_path, prepared_status="Degraded") as sandbox:
        client = Client(sandbox.url)
        campaign_id = created_id(client.create(body()))

        assert client.status(campaign_id).json()["data"]["status"] == "Degraded"


def test_the_names_of_a_workbook_are_known_beside_the_fixed_ones(tmp_path):
    names = Fixtures(("My list",), ("My DNC",), ("My queue",), ("My flow",), ("+4915123456789",))
    sent = body(contactLists=["My list", KNOWN.contact_lists[0]], dncLists={"name": "My DNC"})
    sent |= {"queue_name": "My queue"}
    sent["dialingStrategy"]["callerId"]["phoneNumber"] = "+4915123456789"

    with embedded(tmp_path) as without:
        refused = Client(without.url).create(sent)
    with embedded(tmp_path, fixtures=names) as sandbox:
        accepted = Client(sandbox.url).create(sent)

    assert [error["msg"] for error in refused.json()["errors"]] == [
        "Contact list My list not found",
        "DNC list My DNC not found",
        "Queue My queue not found",
        "Caller ID +4915123456789 not found",
    ]
    assert accepted.status_code == 200
