"""Every fault, seen from the other end of a real socket, and whether its effect happened."""

from __future__ import annotations

import json
import re
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
import pytest
from support.fakes.sandbox_server import ACCOUNT_ID, BASES, Client, body, embedded, headers
from support.fakes.service_log import Log
from support.fakes.wrong_answers import ANSWERS, ATTACKS, at

from bulkload.sandbox.faults import Fault

EVER = 60.0
"""Seconds in which whatever comes has come, on any machine."""
NEXT = "The next one"
EVERY_ANSWER = {**ANSWERS, **ATTACKS}

ADDRESS = f"{BASES['v2']}/campaign?accountId={ACCOUNT_ID}&campaignType=voice"


@dataclass
class Heard:
    """What a client of bare sockets heard until the end."""

    text: bytes
    end: str
    """closed, reset or silence."""


def exchange(url: str, content: dict | None = None, wait: float = EVER) -> Heard:
    """Send one create on a connection of its own and listen until it ends, or ``wait`` seconds of silence."""
    raw = json.dumps(content or body()).encode()
    lines = [f"POST {ADDRESS} HTTP/1.1", "Host: sandbox", "Connection: close", f"Content-Length: {len(raw)}"]
    lines += [f"{name}: {value}" for name, value in headers().items()]
    text = b""
    try:  # a reset may come before the connecting call has returned
        with socket.create_connection(
            (urlsplit(url).hostname, urlsplit(url).port), timeout=wait
        ) as connection:
            connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + raw)
            while part := connection.recv(65536):
                text += part
    except TimeoutError:
        return Heard(text, "silence")
    except (ConnectionResetError, BrokenPipeError):
        return Heard(text, "reset")
    return Heard(text, "closed")


def struck(tmp_path, fault: Fault, wait: float = EVER):
    """What a client hears of a create that this fault strikes, and the log of it.

    The log is read after the next create was answered. The service does one thing after the other, so the first
    request has had all its effects by then.
    """
    with embedded(tmp_path, faults=[fault]) as sandbox:
        heard = exchange(sandbox.url, wait=wait)
        sound = exchange(sandbox.url, body(name=NEXT)).text
        log = without(NEXT, sandbox.log)
    assert sound.startswith(b"HTTP/1.1 200 OK\r\n")  # the next request is not struck
    return heard, log


def without(name: str, log: Log) -> Log:
    """What the log holds but for the campaign of this name."""
    return Log(*(tuple(one for one in kind if one.name != name) for kind in (log.requests, log.effects)))


MOMENTS = [("arrival", 0), ("before", 0), ("after", 1)]


@pytest.mark.parametrize(("when", "effects"), MOMENTS)
def test_a_connection_is_reset_at_each_moment(tmp_path, when, effects):
    heard, log = struck(tmp_path, Fault("reset", when, "create"))

    assert heard == Heard(b"", "reset")
    assert len(log.effects) == effects
    assert [(one.status, one.fault) for one in log.requests] == [(None, f"reset {when}")]


@pytest.mark.parametrize(("when", "effects"), MOMENTS[1:])
def test_a_connection_is_closed_without_an_answer(tmp_path, when, effects):
    heard, log = struck(tmp_path, Fault("close", when, "create"))

    assert heard == Heard(b"", "closed")
    assert len(log.effects) == effects


@pytest.mark.parametrize(("when", "effects", "status"), [("before", 0, b"503"), ("after", 1, b"200")])
def test_half_a_head_arrives(tmp_path, when, effects, status):
    heard, log = struck(tmp_path, Fault("half_header", when, "create"))

    assert heard.end == "closed"
    assert heard.text.startswith(b"HTTP/1.1 " + status)
    assert b"\r\n\r\n" not in heard.text
    assert len(log.effects) == effects
    assert log.requests[0].status is None


def test_half_a_head_can_say_created(tmp_path):
    heard, log = struck(tmp_path, Fault("half_header", "after", "create", status=201))

    assert heard.text.startswith(b"HTTP/1.1 201 Created\r\n")
    assert len(log.effects) == 1


@pytest.mark.parametrize(("when", "effects", "status"), [("before", 0, 503), ("after", 1, 200)])
def test_half_a_body_arrives_with_the_whole_length_promised(tmp_path, when, effects, status):
    heard, log = struck(tmp_path, Fault("half_body", when, "create"))
    head, _, half = heard.text.partition(b"\r\n\r\n")
    promised = int(dict(line.split(b": ") for line in head.split(b"\r\n")[1:])[b"content-length"])

    assert heard.end == "closed"
    assert 0 < len(half) == promised // 2
    assert (len(log.effects), log.requests[0].status) == (effects, status)


def test_an_answer_drips_byte_by_byte_and_is_whole_in_the_end(tmp_path):
    heard, log = struck(tmp_path, Fault("drip", "after", "create", seconds=0.0))

    head, _, content = heard.text.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    assert json.loads(content)["data"]["id"] == log.effects[0].campaign_id


def test_a_dripping_answer_takes_its_seconds_for_every_byte(tmp_path):
    with embedded(tmp_path, faults=[Fault("drip", "after", "create", seconds=EVER)]) as sandbox:
        heard = exchange(sandbox.url, wait=0.5)

    assert heard.end == "silence"
    assert len(heard.text) <= 1


@pytest.mark.parametrize(("when", "effects"), [("before", 0), ("after", 1)])
def test_an_answer_never_comes(tmp_path, when, effects):
    heard, log = struck(tmp_path, Fault("hang", when, "create"), wait=0.3)

    assert heard == Heard(b"", "silence")
    assert len(log.effects) == effects


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_delayed_request_has_its_effect_and_its_answer(tmp_path, when):
    began = time.monotonic()
    heard, log = struck(tmp_path, Fault("delay", when, "create", seconds=0.2))

    assert time.monotonic() - began >= 0.2
    assert heard.text.startswith(b"HTTP/1.1 200 OK\r\n")
    assert [(one.status, one.fault) for one in log.requests] == [(200, f"delay {when}")]
    assert len(log.effects) == 1


def test_a_delayed_effect_happens_though_the_client_has_gone(tmp_path):
    with embedded(tmp_path, faults=[Fault("delay", "before", "create", seconds=2.5)]) as sandbox:
        heard = exchange(sandbox.url, wait=0.3)
        gone = time.time()
        deadline = time.monotonic() + EVER
        while not sandbox.log.effects and time.monotonic() < deadline:
            Client(sandbox.url).list()
        log = sandbox.log

    (late,) = log.effects
    arrived = log.requests[late.request - 1].time
    assert (heard.end, late.name) == ("silence", "Welcome")
    assert late.time >= arrived + 2.5, "it came late"
    assert late.time > gone, "and although the client had gone"


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_connection_can_be_struck_before_anything_is_read(tmp_path, kind):
    heard, log = struck(tmp_path, Fault(kind, operation="connection"))

    assert heard.text == b""
    assert heard.end in {"reset", "closed"}
    assert [(one.operation, one.fault) for one in log.requests] == [("connection", f"{kind} before")]
    assert log.effects == ()


def test_a_connection_can_be_left_to_hang_before_anything_is_read(tmp_path):
    heard, log = struck(tmp_path, Fault("hang", operation="connection"), wait=0.2)

    assert heard == Heard(b"", "silence")
    assert [one.operation for one in log.requests] == ["connection"]


# --- wrong answers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY_ANSWER)
@pytest.mark.parametrize(("when", "effects"), [("before", 0), ("after", 1)])
def test_a_wrong_answer_is_sent_before_or_after_the_effect(tmp_path, name, when, effects):
    fault = at(EVERY_ANSWER[name], when)
    with embedded(tmp_path, faults=[fault]) as sandbox:
        answer = Client(sandbox.url).create(body())
        log = sandbox.log

    assert answer.status_code == fault.status or fault.status is None
    if isinstance(fault.body, str):
        assert answer.text == fault.body
    elif fault.body is not None:
        assert blotted(answer.json()) == fault.body
    for header, value in fault.headers.items():
        assert answer.headers[header] == value
    assert len(log.effects) == effects
    assert log.requests[0].status == answer.status_code


def blotted(document):
    """The document with the id of a campaign as the fault has it."""
    return json.loads(re.sub(r"cd-[0-9a-f-]{35}", "{id}", json.dumps(document)))


@pytest.mark.parametrize("name", ["409 with an id", "409 with an id in data"])
def test_a_refusal_can_carry_the_true_id_or_a_made_up_one(tmp_path, name):
    faults = [at(ATTACKS[name], "after"), at(ATTACKS[name], "before", nth=2)]
    with embedded(tmp_path, faults=faults) as sandbox:
        done = Client(sandbox.url).create(body(name="a")).text
        not_done = Client(sandbox.url).create(body(name="b")).text
        (campaign,) = sandbox.campaigns

    assert campaign.id in done
    assert re.search(r"cd-[0-9a-f-]{35}", not_done)[0] != campaign.id


def test_the_true_answer_can_come_as_something_else_than_json(tmp_path):
    with embedded(tmp_path, faults=[at(ANSWERS["wrong content type"], "after")]) as sandbox:
        answer = Client(sandbox.url).create(body())
        (campaign,) = sandbox.campaigns

    assert answer.headers["content-type"] == "text/plain"
    assert answer.json()["data"]["id"] == campaign.id


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_any_redirect_can_be_sent(tmp_path, status):
    with embedded(tmp_path, faults=[at(ANSWERS["redirect"], "before", status=status)]) as sandbox:
        answer = Client(sandbox.url).create(body())

    assert (answer.status_code, answer.headers["location"]) == (status, "https://login.example.com/")


def test_an_answer_can_be_sent_without_reading_the_body(tmp_path):
    with embedded(tmp_path, faults=[at(ANSWERS["413"], "arrival")]) as sandbox:
        heard = exchange(sandbox.url)
        log = sandbox.log

    assert heard.text.startswith(b"HTTP/1.1 413 ")
    assert (log.effects, log.requests[0].name) == ((), None)


# --- which request is struck -------------------------------------------------------------------------------


def outcomes(sandbox, names: list[str]) -> list[int]:
    return [Client(sandbox.url).create(body(name=name)).status_code for name in names]


def test_the_nth_request_is_struck_and_so_many_after_it(tmp_path):
    faults = [Fault("answer", operation="create", nth=2, times=2)]
    with embedded(tmp_path, faults=faults) as sandbox:
        Client(sandbox.url).list()
        assert outcomes(sandbox, list("abcde")) == [200, 503, 503, 200, 200]


def test_every_request_can_be_struck_for_ever(tmp_path):
    with embedded(tmp_path, faults=[Fault("answer", nth=2, times=None)]) as sandbox:
        assert outcomes(sandbox, list("abcd")) == [200, 503, 503, 503]
        assert Client(sandbox.url).list().status_code == 503


def test_a_campaign_is_struck_by_its_name_in_every_operation(tmp_path):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        campaign_id = client.create(body(name="b")).json()["data"]["id"]
        other_id = client.create(body(name="a")).json()["data"]["id"]
        sandbox.configure(faults=[Fault("answer", name="b", times=None)])
        given = [client.get(campaign_id), client.get(other_id), client.status(campaign_id)]
        given += [client.update(campaign_id, {"name": "c"}), client.update(campaign_id, {"priority": "1"})]

    assert [answer.status_code for answer in given] == [503, 200, 503, 200, 200]


def test_a_firewall_strikes_every_request_that_contains_a_text(tmp_path):
    firewall = at(ATTACKS["forbidden page"], "before", "any", contains="drop", times=None)
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        campaign_id = client.create(body(name="Raindrops")).json()["data"]["id"]
        sandbox.configure(faults=[firewall])
        statuses = [
            client.create(body(name="Dewdrops")).status_code,
            client.create(body(name="a", description="to drop a line to")).status_code,
            client.create(body(name="Sunshine")).status_code,
            client.get(campaign_id).status_code,
            client.list().status_code,
        ]
        names = [campaign.name for campaign in sandbox.campaigns]

    assert (statuses, names) == ([403, 403, 200, 403, 200], ["Raindrops", "Sunshine"])


def test_one_row_can_fail_always_and_the_others_never(tmp_path):
    with embedded(tmp_path, faults=[Fault("answer", name="b", status=500, times=None)]) as sandbox:
        assert outcomes(sandbox, list("abcb")) == [200, 500, 200, 500]


def test_an_answer_can_be_huge_and_still_be_true(tmp_path):
    with embedded(tmp_path, faults=[at(ATTACKS["huge answer"], "after")]) as sandbox:
        answer = Client(sandbox.url).create(body())
        (campaign,) = sandbox.campaigns

    assert len(answer.content) > 5_000_000
    assert answer.json()["data"]["id"] == campaign.id


def test_a_cookie_can_come_with_every_true_answer(tmp_path):
    cookie = at(ATTACKS["set-cookie"], "after", "any", times=None)
    with embedded(tmp_path, faults=[cookie]) as sandbox:
        client = Client(sandbox.url)
        answers = [client.create(body()), client.list()]

    assert [answer.headers["set-cookie"] for answer in answers] == ["session=abc; Path=/; HttpOnly"] * 2
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("operation", "send"),
    [
        ("create", lambda client: client.create(body(name="x"))),
        ("update", lambda client: client.update("cd-none", {})),
        ("get", lambda client: client.get("cd-none")),
        ("list", lambda client: client.list()),
        ("status", lambda client: client.status("cd-none")),
        ("delete", lambda client: client.delete("cd-none")),
        ("contact_lists", lambda client: client.contact_lists()),
        ("queues", lambda client: client.queues()),
    ],
)
def test_each_operation_can_be_struck_alone(tmp_path, operation, send):
    with embedded(tmp_path, faults=[Fault("answer", operation=operation, status=418)]) as sandbox:
        client = Client(sandbox.url, "v1" if operation == "queues" else "v2")
        other = client.list() if operation != "list" else client.contact_lists()

        assert send(client).status_code == 418
        assert other.status_code == 200


def test_the_first_of_two_faults_strikes_and_both_count(tmp_path):
    faults = [
        Fault("answer", operation="create", status=500),
        Fault("answer", operation="create", status=502, nth=2),
    ]
    with embedded(tmp_path, faults=faults) as sandbox:
        assert outcomes(sandbox, list("abc")) == [500, 502, 200]


def test_requests_refused_for_the_rate_are_not_counted(tmp_path):
    with embedded(tmp_path, rate=1, faults=[Fault("answer", operation="create", nth=2)]) as sandbox:
        first = outcomes(sandbox, ["a", "b"])
        sandbox.configure(clock_offset=61.0)
        second = outcomes(sandbox, ["b"])

    assert (first, second) == ([200, 429], [503])


def test_new_faults_count_from_when_they_are_set(tmp_path):
    with embedded(tmp_path) as sandbox:
        before = outcomes(sandbox, ["a"])
        address = f"{sandbox.url}/_sandbox/settings"
        httpx.post(address, json={"faults": [{"kind": "answer", "operation": "create", "nth": 2}]})
        during = outcomes(sandbox, ["b", "c", "d"])
        httpx.post(address, json={"faults": []})
        after = outcomes(sandbox, ["e"])

    assert (before, during, after) == ([200], [200, 503, 200], [200])


def test_every_fault_says_whether_the_effect_happens():
    assert not Fault("reset", "arrival").effect_happens
    assert not Fault("answer", "before").effect_happens
    assert Fault("answer", "after").effect_happens
    assert Fault("delay", "before").effect_happens
    assert Fault("lie", way="empty").effect_happens
    assert Fault("store", way="upper case").effect_happens


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "explode"},
        {"when": "before"},
        {"kind": "reset", "when": "later"},
        {"kind": "reset", "operation": "connect"},
        {"kind": "drip", "operation": "connection"},
        {"kind": "reset", "when": "arrival", "name": "Welcome"},
        {"kind": "delay", "when": "arrival"},
        {"kind": "reset", "nth": 0},
        {"kind": "reset", "times": 0},
        {"kind": "reset", "nht": 2},
        {"kind": "lie", "operation": "list"},
        {"kind": "lie", "operation": "list", "way": "upper case"},
        {"kind": "store", "way": "empty"},
        {"kind": "store", "way": "upper case", "when": "arrival"},
        {"kind": "reset", "when": "arrival", "contains": "drop"},
    ],
)
def test_a_fault_that_can_not_be_is_refused(wrong):
    with pytest.raises(ValueError, match=r"a fault|a connection|on arrival"):
        Fault.from_json(wrong)


@pytest.mark.parametrize(
    "fault",
    [
        Fault("hang", "after", "create"),
        Fault("delay", "before", "create", seconds=60),
        Fault("drip", "after", "create", seconds=60),
        Fault("hang", operation="connection"),
    ],
)
def test_a_stopping_sandbox_cuts_what_hangs(tmp_path, fault):
    with embedded(tmp_path, faults=[fault]) as sandbox:
        assert exchange(sandbox.url, wait=0.5).end == "silence"
        began = time.monotonic()
    assert time.monotonic() - began < 30, "which is less than any of these faults lasts"


def test_a_connection_of_the_last_moment_is_cut_too(tmp_path):
    for _ in range(20):
        with embedded(tmp_path) as sandbox:
            address = (urlsplit(sandbox.url).hostname, urlsplit(sandbox.url).port)
            connection = socket.create_connection(address, timeout=EVER)
            connection.sendall(b"POST / HTTP/1.1\r\n")
        with connection, suppress(ConnectionResetError):
            assert connection.recv(1) == b""
