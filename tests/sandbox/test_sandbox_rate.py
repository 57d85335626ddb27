"""The rate: a true sliding window over arrivals, answered in every form that has been seen."""

from __future__ import annotations

import time

import httpx
import pytest
from support.fakes.sandbox_server import Client, body, embedded

from bulkload.sandbox.settings import NEW_LIMIT_TEXT, OLD_LIMIT_TEXT, SandboxSettings


def statuses(client: Client, count: int) -> list[int]:
    return [client.list().status_code for _ in range(count)]


def test_sixty_requests_pass_and_the_next_is_refused(tmp_path):
    with embedded(tmp_path, rate=60) as sandbox:
        assert statuses(Client(sandbox.url), 62) == [200] * 60 + [429] * 2


def test_room_comes_back_one_by_one_as_arrivals_leave_the_window(tmp_path):
    with embedded(tmp_path, rate=3) as sandbox:
        client = Client(sandbox.url)
        first = statuses(client, 1)
        sandbox.configure(clock_offset=40.0)
        second = statuses(client, 3)
        sandbox.configure(clock_offset=61.0)
        third = statuses(client, 2)
        sandbox.configure(clock_offset=102.0)
        fourth = statuses(client, 3)

    # A bucket that is refilled each minute, or drips one a second, would let more of these through.
    assert [first, second, third, fourth] == [[200], [200, 200, 429], [200, 429], [200, 200, 429]]


def test_refused_requests_use_up_the_window_only_if_set(tmp_path):
    with embedded(tmp_path, rate=1, count_refused=True) as sandbox:
        client = Client(sandbox.url)
        before = statuses(client, 1)
        sandbox.configure(clock_offset=30.0)
        hammered = statuses(client, 1)
        sandbox.configure(clock_offset=61.0)
        after = statuses(client, 1)

    assert (before, hammered, after) == ([200], [429], [429])


def test_whatever_is_wrong_with_a_request_it_counts(tmp_path):
    with embedded(tmp_path, rate=2) as sandbox:
        client = Client(sandbox.url)
        wrong = [
            client.send("GET", "/campaign/x", auth="nonsense").status_code,
            client.create({}).status_code,
        ]

        assert wrong == [401, 412]
        assert client.list().status_code == 429


def test_the_sandboxs_own_addresses_need_no_token_and_count_against_no_rate(tmp_path):
    with embedded(tmp_path, rate=1) as sandbox:
        for _ in range(3):
            assert httpx.get(f"{sandbox.url}/_sandbox/settings").status_code == 200

        assert Client(sandbox.url).list().status_code == 200


@pytest.mark.parametrize(
    ("form", "status", "answer"),
    [
        ("429", 429, {"errors": [{"msg": NEW_LIMIT_TEXT, "code": 429}]}),
        ("429 with Retry-After", 429, {"errors": [{"msg": NEW_LIMIT_TEXT, "code": 429}]}),
        ("400", 400, {"errors": [{"msg": NEW_LIMIT_TEXT, "code": 400}]}),
        ("200", 200, {"status": "error", "message": NEW_LIMIT_TEXT}),
    ],
)
def test_the_limit_is_answered_as_set_and_nothing_is_done(tmp_path, form, status, answer):
    with embedded(tmp_path, rate=1, limit_answer=form) as sandbox:
        client = Client(sandbox.url)
        began = time.monotonic()
        client.list()
        given = client.create(body())
        passed = time.monotonic() - began
        effects = sandbox.log.effects

    assert (given.status_code, given.json(), effects) == (status, answer, ())
    retry_after = given.headers.get("retry-after")
    if form == "429 with Retry-After":
        assert 60 - passed <= int(retry_after) <= 60, "what is left of the window, in whole seconds"
    else:
        assert retry_after is None


def test_the_older_text_can_be_set(tmp_path):
    with embedded(tmp_path, rate=1, limit_text=OLD_LIMIT_TEXT) as sandbox:
        Client(sandbox.url).list()

        assert OLD_LIMIT_TEXT in Client(sandbox.url).list().text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit_answer", "418"),
        ("rate", 0),
        ("window", 0.0),
        ("largest_limit", 0),
        ("ready_after", -1.0),
        ("delay", "slow"),
        ("duplicate_names", 1),
    ],
)
def test_a_setting_that_can_not_be_is_refused(name, value):
    with pytest.raises(ValueError, match=name):
        SandboxSettings.from_json({name: value})
