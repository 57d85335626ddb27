"""The seeds' samples are sent as they are and answered as their sample responses show."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from support.fakes.sandbox_server import Client, body, embedded

SEEDS = Path(__file__).parents[1] / "seeds"
CREATES = {
    "000_da940750d51b2011.txt": "v1",
    "001_e6b4fcea055b6272.txt": "v2",
    "003_9a4a92f77feeec4d.txt": "v1",
    "004_f88a7d39994ae846.txt": "v2",
}
UPDATE = "002_125825a8ad0639c3.txt"


def sample_request(name: str) -> Any:
    text = (SEEDS / name).read_text(encoding="utf-8")
    return json.loads(re.search(r"--data '(\{.*?\})'", text, re.DOTALL)[1])


def sample_response(name: str) -> Any:
    text = (SEEDS / name).read_text(encoding="utf-8").partition("Sample Response")[2]
    return json.JSONDecoder().raw_decode(text, text.index("{"))[0]


def shape(value: Any) -> Any:
    """The keys in their order, and the kind of each value."""
    if isinstance(value, dict):
        return [(key, shape(item)) for key, item in value.items()]
    if isinstance(value, list):
        return [shape(item) for item in value]
    return type(value).__name__


def without_the_servers_own(value: Any) -> Any:
    """The same with ids and moments, which no two servers share, blotted out."""
    own = {"id", "_id", "campId", "createdAt", "updatedAt", "experienceFlow"}
    if isinstance(value, dict):
        return {key: "..." if key in own else without_the_servers_own(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_the_servers_own(item) for item in value]
    return value


@pytest.mark.parametrize(("name", "version"), CREATES.items())
def test_a_sample_request_is_answered_in_the_shape_of_its_response(name, version, tmp_path):
    with embedded(tmp_path, ready_after=60) as sandbox:
        answer = Client(sandbox.url, version).create(sample_request(name))

    assert answer.status_code == 200
    assert shape(answer.json()) == shape(sample_response(name))


@pytest.mark.parametrize("name", ["001_e6b4fcea055b6272.txt", "004_f88a7d39994ae846.txt"])
def test_a_v2_sample_is_answered_value_for_value(name, tmp_path):
    with embedded(tmp_path, ready_after=60) as sandbox:
        answer = Client(sandbox.url, "v2").create(sample_request(name)).json()

    assert without_the_servers_own(answer) == without_the_servers_own(sample_response(name))


def test_the_agentless_sample_is_answered_value_for_value_but_for_its_number(tmp_path):
    name = "003_9a4a92f77feeec4d.txt"
    request = sample_request(name)
    request["dialingStrategy"]["callerId"] = {
        "phoneNumber": "+15123456789"
    }  # the sample answers another number
    with embedded(tmp_path, ready_after=60) as sandbox:
        answer = Client(sandbox.url, "v1").create(request).json()

    assert without_the_servers_own(answer) == without_the_servers_own(sample_response(name))


def test_the_update_sample_is_answered_in_the_shape_of_the_sample_response(tmp_path):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url, "v1")
        campaign_id = client.create(body("Preview", "v1", name="Before")).json()["id"]
        answer = client.update(campaign_id, sample_request(UPDATE))

    assert answer.status_code == 200
    assert shape(answer.json()) == shape(sample_response(UPDATE))
    assert answer.json()["message"] == sample_response(UPDATE)["message"]
    assert answer.json()["id"] == answer.json()["data"]["id"] == campaign_id
    assert answer.json()["data"]["status"] == "Ready"
