"""Names and values that the account stores otherwise, each way once."""

from __future__ import annotations

import unicodedata

import pytest
from support.fakes.sandbox_server import Client, body, embedded

from bulkload.sandbox.distortions import NAME_WAYS, VALUE_WAYS
from bulkload.sandbox.faults import Fault

STORED_NAMES = {
    "html escaped": ("Smith & Sons", "Smith &amp; Sons"),
    "nfkc": ("\uff21\uff23\uff2d\uff25 \u2460", "ACME 1"),
    "nfd": ("Caf\u00e9", "Cafe\u0301"),
    "straight quotes": ("Smith\u2019s \u201cbest\u201d", 'Smith\'s "best"'),
    "plain dashes": ("Mon\u2013Fri \u2014 late", "Mon-Fri - late"),
    "cut at 48 bytes": ("\u00e9" * 30, "\u00e9" * 24),
    "cut at 32 characters": ("x" * 40, "x" * 32),
    "without accents": ("Crédit à São Paulo", "Credit a Sao Paulo"),
    "without emoji": ("Welcome \U0001f44b\ufe0f", "Welcome"),
    "slash as dash": ("30/60 days", "30-60 days"),
    "single spaces": ("A   B", "A B"),
    "trimmed": (" Welcome ", "Welcome"),
    "upper case": ("Welcome", "WELCOME"),
    "lower case": ("Welcome", "welcome"),
    "title case": ("welcome calls", "Welcome Calls"),
    "without final dot": ("Acme Inc.", "Acme Inc"),
    "ascii only": ("Müller", "M?ller"),
    "misdecoded": ("Müller", "MÃ¼ller"),
    "underscores": ("Welcome calls", "Welcome_calls"),
    "backslashes": ("Smith's", "Smith\\'s"),
    "without brackets": ("Welcome (EN)", "Welcome EN"),
    "numbered": ("Welcome", "Welcome (1)"),
}
STORED_VALUES = {
    "other hours": lambda data: data["dialingStrategy"]["callingHours"]["days"][0]["end"] == "4:45 PM",
    "fewer days": lambda data: (
        [one["day"] for one in data["dialingStrategy"]["callingHours"]["days"]] == ["MO"]
    ),
    "other time zone": lambda data: data["dialingStrategy"]["callingHours"]["timezone"] == "America/New_York",
    "other attempts": lambda data: data["dialingStrategy"]["maxAttemptsPerRecord"] == 4,
    "other retry period": lambda data: data["dialingStrategy"]["defaultRetryPeriod"] == 60,
    "other caller id": lambda data: data["dialingStrategy"]["callerId"] == {"phoneNumber": "+14155550199"},
    "first contact list": lambda data: data["contactLists"] == ["Recent Buyers - Q2 2025"],
    "priority 1": lambda data: data["priority"] == "1",
    "description cut": lambda data: data["description"] == "Calls ever",
}
TWO_DAYS = [{"day": day, "start": "9:00 AM", "end": "6:00 PM"} for day in ("MO", "TU")]


def sent(**changes) -> dict:
    content = body(contactLists=["Recent Buyers - Q2 2025", "Card renewals"], **changes)
    content["dialingStrategy"]["callingHours"]["days"] = TWO_DAYS
    return content


def store(way: str, **more) -> Fault:
    return Fault("store", way=way, **{"times": None, **more})


def test_the_tests_know_every_way():
    assert list(STORED_NAMES) == list(NAME_WAYS)
    assert list(STORED_VALUES) == list(VALUE_WAYS)


@pytest.mark.parametrize("way", NAME_WAYS)
def test_a_name_is_stored_otherwise_and_shown_so_everywhere(tmp_path, way):
    name, stored = STORED_NAMES[way]
    with embedded(tmp_path, faults=[store(way)]) as sandbox:
        client = Client(sandbox.url)
        created = client.create(sent(name=name)).json()["data"]
        got = client.get(created["id"]).json()["data"]
        (row,) = client.list().json()["data"]["results"]
        logged = sandbox.log.requests[0]

    assert (created["name"], got["name"], row["name"]) == (stored,) * 3
    assert (logged.name, logged.fault) == (name, f"store {way}")
    assert name != stored


@pytest.mark.parametrize("way", VALUE_WAYS)
def test_a_value_is_stored_otherwise_at_create_and_update(tmp_path, way):
    is_stored = STORED_VALUES[way]
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        true = client.create(sent(name="True")).json()["data"]
        sandbox.configure(faults=[store(way)])
        created = client.create(sent()).json()["data"]
        updated = client.update(true["id"], sent(name="True")).json()["data"]
        got = client.get(created["id"]).json()["data"]

    assert [is_stored(data) for data in (true, created, updated, got)] == [False, True, True, True]


def test_an_answer_can_repeat_what_was_sent_while_another_name_is_stored(tmp_path):
    with embedded(tmp_path, echoes_request=True, faults=[store("upper case")]) as sandbox:
        client = Client(sandbox.url)
        created = client.create(sent(name="Welcome")).json()["data"]
        updated = client.update(created["id"], sent(name="Welcome")).json()["data"]
        got = client.get(created["id"]).json()["data"]

    assert (created["name"], updated["name"], got["name"]) == ("Welcome", "Welcome", "WELCOME")


def test_a_name_stored_otherwise_and_a_lost_answer_strike_together(tmp_path):
    faults = [store("html escaped", operation="create"), Fault("answer", "after", "create", status=502)]
    with embedded(tmp_path, faults=faults) as sandbox:
        answer = Client(sandbox.url).create(sent(name="Smith & Sons"))
        (campaign,) = sandbox.campaigns

    assert (answer.status_code, campaign.name) == (502, "Smith &amp; Sons")


def test_two_names_that_are_stored_alike_are_duplicates(tmp_path):
    with embedded(tmp_path, faults=[store("slash as dash")]) as sandbox:
        client = Client(sandbox.url)
        statuses = [client.create(sent(name=name)).status_code for name in ("30/60", "30-60")]

    assert statuses == [200, 400]


def test_one_row_can_be_stored_otherwise_and_the_others_as_sent(tmp_path):
    with embedded(tmp_path, faults=[store("other hours", name="b")]) as sandbox:
        client = Client(sandbox.url)
        created = [client.create(sent(name=name)).json()["data"] for name in "abc"]

    assert [STORED_VALUES["other hours"](data) for data in created] == [False, True, False]


def test_nothing_of_a_name_is_lost_that_leaves_nothing(tmp_path):
    with embedded(tmp_path, faults=[store("without brackets")]) as sandbox:
        created = Client(sandbox.url).create(sent(name="()")).json()["data"]

    assert created["name"] == "()"
    assert unicodedata.is_normalized("NFC", created["name"])
