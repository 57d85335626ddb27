"""The account outlives the sandbox, however that ends; the log can be read while no server runs."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest
from support.fakes.sandbox_server import Client, body, embedded, separate, token
from support.fakes.service_log import Log, read_campaigns, read_log

from bulkload.sandbox.database import AccountFileError
from bulkload.sandbox.fixtures import APP_ID, CLIENT_SECRET, KNOWN
from bulkload.sandbox.server import EmbeddedSandbox, PortInUseError, listening_socket
from bulkload.sandbox.settings import SandboxSettings


def test_the_account_is_kept_between_commands(tmp_path):
    with embedded(tmp_path) as first:
        campaign_id = Client(first.url).create(body()).json()["data"]["id"]
    with embedded(tmp_path) as second:
        assert Client(second.url).get(campaign_id).json()["data"]["name"] == "Welcome"


@pytest.mark.parametrize(
    "content", [b"no database" * 100, b"SQLite format 3\x00" + bytes(84)], ids=["a text", "an empty header"]
)
def test_a_damaged_account_is_said_with_the_file_to_delete(tmp_path, content):
    path = tmp_path / "account.sqlite"
    path.write_bytes(content)
    with pytest.raises(AccountFileError) as refused, embedded(tmp_path):
        pass
    assert str(refused.value) == (
        f"The pretend account {path} is damaged (file is not a database). Delete that file, and a new account is begun."
    )

    path.unlink()
    with embedded(tmp_path) as sandbox:
        assert Client(sandbox.url).create(body()).status_code == 200


def test_a_database_of_something_else_is_said_with_the_file_to_delete(tmp_path):
    path = tmp_path / "account.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE campaigns (of_another INTEGER)")
    with pytest.raises(AccountFileError, match=r"is damaged \(no such column: lname\)\. Delete that file"):
        embedded(tmp_path).__enter__()


OLD_FILE = """
CREATE TABLE campaigns (
    place INTEGER PRIMARY KEY, id TEXT UNIQUE, lname TEXT, body TEXT, status TEXT,
    created REAL, updated REAL, ready REAL);
CREATE INDEX campaigns_by_name ON campaigns (lname);
CREATE TABLE known (kind TEXT, name TEXT, id TEXT, PRIMARY KEY (kind, name));
CREATE TABLE tokens (jti TEXT PRIMARY KEY, expires REAL);
CREATE TABLE requests (
    number INTEGER PRIMARY KEY, time REAL, method TEXT, path TEXT, operation TEXT, name TEXT,
    campaign_id TEXT, status INTEGER, fault TEXT, problem TEXT);
CREATE TABLE effects (
    number INTEGER PRIMARY KEY, request INTEGER, time REAL, kind TEXT, campaign_id TEXT, name TEXT, body TEXT);
INSERT INTO known VALUES ('queues', 'My queue', 'qu-1');
INSERT INTO requests VALUES (1, 1.0, 'POST', '/', 'create', 'Old', 'cd-1', 200, NULL, NULL);
INSERT INTO effects VALUES (1, 1, 1.0, 'created', 'cd-1', 'Old', '{}');
"""
"""What an account's file was when it held one application."""


def test_the_account_of_an_earlier_version_is_kept(tmp_path):
    with closing(sqlite3.connect(tmp_path / "account.sqlite")) as connection:
        connection.executescript(OLD_FILE)
        connection.execute(
            "INSERT INTO campaigns VALUES (1, 'cd-1', 'old', ?, NULL, 1.0, 1.0, 1.0)",
            (json.dumps(body(name="Old")),),
        )
        connection.commit()
    for _ in range(2):
        with embedded(tmp_path) as sandbox:
            client = Client(sandbox.url)
            data = client.get("cd-1").json()["data"]
            rows = client.list().json()["data"]["results"]
            log = sandbox.log

    assert (data["name"], [row["_id"] for row in rows]) == ("Old", ["cd-1"])
    assert (log.requests[0].name, log.requests[0].app_id, log.effects[0].app_id) == ("Old", APP_ID, APP_ID)
    with embedded(tmp_path) as sandbox:
        assert Client(sandbox.url).create(body(queue_name="My queue")).status_code == 200


def test_an_account_that_can_not_be_opened_is_not_called_damaged(tmp_path):
    (tmp_path / "account.sqlite").mkdir()
    with pytest.raises(AccountFileError, match=r"can't be used \(unable to open database file\)"):
        embedded(tmp_path).__enter__()


def test_everything_answered_is_there_after_the_process_was_killed(tmp_path):
    path = tmp_path / "account.sqlite"
    with separate(path) as process:
        answers = [Client(process.url).create(body(name=f"Campaign {at}")) for at in range(20)]
        process.kill()

    log = read_log(path)
    answered = [answer.json()["data"]["id"] for answer in answers]
    assert [effect.campaign_id for effect in log.effects_of("created")] == answered
    assert [request.status for request in log.requests] == [200] * 20
    assert [campaign.id for campaign in read_campaigns(path)] == answered


def test_log_and_account_agree_when_the_process_is_killed_in_the_middle(tmp_path):
    path = tmp_path / "account.sqlite"

    def create(at: int) -> str | None:
        try:
            return Client(url).create(body(name=f"Campaign {at}")).json()["data"]["id"]
        except httpx.TransportError:
            return None

    with separate(path) as process, ThreadPoolExecutor(4) as pool:
        url = process.url
        answers = [pool.submit(create, at) for at in range(60)]
        answers[20].result()
        process.kill()
        answered = {answer.result() for answer in answers} - {None}

    created = {effect.campaign_id for effect in read_log(path).effects}
    assert created == {campaign.id for campaign in read_campaigns(path)}
    assert answered <= created
    assert answered


def test_a_token_stays_used_after_a_restart(tmp_path):
    auth = token()
    with embedded(tmp_path) as first:
        assert Client(first.url).send("GET", "/campaign/cd-none", auth=auth).status_code == 400
    with embedded(tmp_path) as second:
        assert Client(second.url).send("GET", "/campaign/cd-none", auth=auth).status_code == 401


def test_the_log_says_what_was_asked_and_what_came_of_it(tmp_path):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        campaign_id = client.create(body()).json()["data"]["id"]
        client.create(body(name="Other", queue_name="Nobody"))
        client.update(campaign_id, {"name": "Welcome back"})
        client.delete(campaign_id)
        client.list()
        log = sandbox.log

    assert [(one.operation, one.name, one.campaign_id, one.status, one.problem) for one in log.requests] == [
        ("create", "Welcome", campaign_id, 200, None),
        ("create", "Other", None, 400, "Queue Nobody not found"),
        ("update", "Welcome back", campaign_id, 200, None),
        ("delete", "Welcome back", campaign_id, 200, None),
        ("list", None, None, 200, None),
    ]
    assert [(one.kind, one.request, one.campaign_id, one.name) for one in log.effects] == [
        ("created", 1, campaign_id, "Welcome"),
        ("updated", 3, campaign_id, "Welcome back"),
        ("deleted", 4, campaign_id, "Welcome back"),
    ]
    assert log.effects[0].body == body()
    assert log.effects[1].body == {"name": "Welcome back"}
    assert log.requests[0].path.startswith("/campaign/api/v2/public/st-")
    assert log.requests[0].path.endswith("&campaignType=voice")


def test_the_log_holds_no_token_and_no_secret(tmp_path):
    auth = token()
    with embedded(tmp_path) as sandbox:
        Client(sandbox.url).send("GET", "/campaign/cd-none", auth=auth)
    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())

    assert auth.encode() not in written
    assert CLIENT_SECRET.encode() not in written


def test_the_log_can_be_had_over_http_too(tmp_path):
    with embedded(tmp_path) as sandbox:
        Client(sandbox.url).create(body())
        log = httpx.get(f"{sandbox.url}/_sandbox/log").json()

    assert [request["operation"] for request in log["requests"]] == ["create"]
    assert [effect["kind"] for effect in log["effects"]] == ["created"]


def test_a_missing_account_has_an_empty_log_and_stays_missing(tmp_path):
    path = tmp_path / "none.sqlite"

    assert read_log(path) == Log()
    assert read_campaigns(path) == ()
    assert not path.exists()


def test_the_known_names_can_be_asked_for(tmp_path):
    with embedded(tmp_path) as sandbox:
        known = httpx.get(f"{sandbox.url}/_sandbox/known").json()

    assert {kind: tuple(names) for kind, names in known.items()} == {
        "contact_lists": KNOWN.contact_lists,
        "dnc_lists": KNOWN.dnc_lists,
        "queues": KNOWN.queues,
        "flows": KNOWN.flows,
        "caller_ids": KNOWN.caller_ids,
    }


def test_settings_are_shown_and_changed_live(tmp_path):
    with embedded(tmp_path) as sandbox:
        address = f"{sandbox.url}/_sandbox/settings"
        before = httpx.get(address).json()
        fault = {"kind": "reset", "when": "after", "operation": "create"}
        after = httpx.post(address, json={"rate": 7, "delay": 0, "faults": [fault]}).json()
        refused = [
            httpx.post(address, json=wrong)
            for wrong in ({"speed": 1}, {"rate": "7"}, {"rate": 0}, {"faults": [{"kind": "explode"}]}, [])
        ]
        settings = sandbox.settings

    assert before == SandboxSettings(rate=100_000, ready_after=0.0).to_json()
    assert (after["rate"], after["delay"], after["faults"][0]["kind"]) == (7, 0.0, "reset")
    assert [answer.status_code for answer in refused] == [400] * 5
    assert refused[0].json()["message"] == "speed: Unexpected keyword argument"
    assert settings.to_json() == after
    assert SandboxSettings.from_json(settings.to_json()) == settings


def test_a_port_in_use_is_said_in_a_sentence(tmp_path):
    with embedded(tmp_path) as sandbox:
        port = int(sandbox.url.rpartition(":")[2])
        with pytest.raises(PortInUseError, match=f"Port {port} of 127.0.0.1 is in use by another program"):
            EmbeddedSandbox(tmp_path / "other.sqlite", port=port).__enter__()


def test_a_port_is_free_again_at_once(tmp_path):
    with embedded(tmp_path) as first:
        port = int(first.url.rpartition(":")[2])
        Client(first.url).list()
    with EmbeddedSandbox(tmp_path / "account.sqlite", port=port) as second:
        assert Client(second.url).list().status_code == 200


def test_only_this_machine_can_reach_it(tmp_path):
    with embedded(tmp_path) as sandbox, listening_socket(0) as bound:
        assert sandbox.url.startswith("http://127.0.0.1:")
        assert (bound.family, bound.getsockname()[0]) == (socket.AF_INET, "127.0.0.1")


def test_small_answers_do_not_wait_for_the_other_sides_acknowledgement():
    with listening_socket(0) as bound:
        # asyncio sets TCP_NODELAY on the connections of a socket that names its protocol, and on no other.
        assert bound.proto == socket.IPPROTO_TCP


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_quietly(tmp_path, number):
    with separate(tmp_path / "account.sqlite") as process:
        Client(process.url).list()
        process.popen.send_signal(number)
        status = process.popen.wait(timeout=10)

    assert status == 0


def test_nothing_is_printed(tmp_path):
    script = (
        "import sys; from pathlib import Path; import urllib.request;"
        "from bulkload.sandbox.server import EmbeddedSandbox\n"
        "with EmbeddedSandbox(Path(sys.argv[1])) as sandbox:\n"
        "    urllib.request.urlopen(sandbox.url + '/_sandbox/settings').read()"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(tmp_path / "account.sqlite")],
        capture_output=True,
        text=True,
        check=True,
    )

    assert (done.stdout, done.stderr) == ("", "")
