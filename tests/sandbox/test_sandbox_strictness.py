"""Everything that a request can have wrong is refused, in the shapes seen on the platform."""

from __future__ import annotations

import time
from urllib.parse import parse_qsl

import httpx
import pytest
from support.fakes.sandbox_server import ACCOUNT_ID, BASES, Client, body, embedded, headers, token

from bulkload.sandbox.fixtures import CLIENT_ID

MALFORMED = {"errors": [{"msg": "Invalid JWT token", "code": 4002}]}
WRONG = {"errors": [{"msg": "Invalid SDK credentials", "code": 4002}]}
REPLAY = {"errors": [{"msg": "error verifying the jwt: possibly a replay", "code": 401}]}
WRONG_SCOPE = {"errors": [{"msg": "Permission denied. Scope is incorrect!", "code": 4002}]}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with embedded(tmp_path_factory.mktemp("strict")) as running:
        yield running
        assert running.campaigns == ()  # nothing that is refused has an effect
        assert running.log.effects == ()


def reason(sandbox) -> str:
    """Why the last request was refused, as the log has it."""
    return sandbox.log.requests[-1].problem


# --- tokens ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("auth", "answer"),
    [
        (lambda: None, WRONG),
        (lambda: token(secret="somebody else's"), WRONG),
        (lambda: token(appId="cs-somebody-else"), WRONG),
        (lambda: token(appId=None, appid=CLIENT_ID), WRONG),
        (lambda: "no token at all", MALFORMED),
        (lambda: "a.b.c", MALFORMED),
        (lambda: "!.b.c", MALFORMED),
        (lambda: "e30.W10.", MALFORMED),
        (lambda: "W10.e30.", MALFORMED),
        (lambda: "e3.e30.", MALFORMED),
        (lambda: f"Bearer {token()}", MALFORMED),
        (lambda: token(header={"alg": "none"}), MALFORMED),
        (lambda: token(header={"alg": "HS512"}), MALFORMED),
        (lambda: token().rpartition(".")[0] + ".", WRONG),
        (lambda: token(sub=None), MALFORMED),
        (lambda: token(exp=None), MALFORMED),
        (lambda: token(exp="soon"), MALFORMED),
        (lambda: token(exp=time.time() - 1), MALFORMED),
        (lambda: token(exp=time.time() + 3700), MALFORMED),
        (lambda: token(iat=time.time() + 120), MALFORMED),
        (lambda: token(jti=None), MALFORMED),
        (lambda: token(jti=7), MALFORMED),
    ],
)
def test_a_token_that_is_not_right_is_a_401(sandbox, auth, answer):
    given = Client(sandbox.url).send("GET", "/campaign/cd-none", auth=auth())

    assert (given.status_code, given.json()) == (401, answer)


def test_a_token_is_good_for_one_request(sandbox):
    client, auth = Client(sandbox.url), token()

    assert client.send("GET", "/campaign/cd-none", auth=auth).status_code == 400
    again = client.send("GET", "/campaign/cd-none", auth=auth)

    assert (again.status_code, again.json()) == (401, REPLAY)


def test_a_clock_a_little_ahead_is_forgiven(sandbox):
    ahead = token(iat=time.time() + 20)

    assert Client(sandbox.url).send("GET", "/campaign/cd-none", auth=ahead).status_code == 400


def test_a_service_whose_clock_is_an_hour_ahead_refuses_every_token(tmp_path):
    with embedded(tmp_path, clock_offset=3600.0) as ahead:
        answer = Client(ahead.url).create(body())

    assert (answer.status_code, answer.json()) == (401, MALFORMED)


def test_an_app_without_jti_takes_tokens_again_and_without_expiry(tmp_path):
    tokens = [token(jti=None), token(exp=None), token(exp=time.time() + 9000)]
    twice = token()
    with embedded(tmp_path, enforces_jti=False) as sandbox:
        client = Client(sandbox.url)
        statuses = [
            client.send("GET", "/campaign/cd-none", auth=auth).status_code
            for auth in (*tokens, twice, twice, token(exp=time.time() - 1))
        ]

    assert statuses == [400] * 5 + [401]


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ({}, 400),
        ({"iat_leeway": 0.0}, 401),
        ({"iat_leeway": 0.0, "checks_iat": False}, 400),
        ({"clock_offset": -20.0}, 401),
    ],
)
def test_a_service_looks_at_iat_as_it_is_set(tmp_path, settings, status):
    with embedded(tmp_path, **settings) as sandbox:
        ahead = token(iat=time.time() + 20)

        assert Client(sandbox.url).send("GET", "/campaign/cd-none", auth=ahead).status_code == status


@pytest.mark.parametrize(
    ("claims", "words"),
    [
        ({"iat": 4_000_000_000.0}, "Token used before issued: iat is in the future"),
        ({"exp": 1.0}, "jwt expired"),
    ],
)
def test_a_refused_token_can_be_answered_with_its_cause(tmp_path, claims, words):
    with embedded(tmp_path, names_token_fault=True) as sandbox:
        answer = Client(sandbox.url).send("GET", "/campaign/cd-none", auth=token(**claims))

    assert (answer.status_code, answer.json()["errors"][0]["msg"]) == (401, words)


def test_a_scope_that_is_missing_is_a_401_and_no_403(tmp_path):
    with embedded(tmp_path, scopes=["Campaign Management"]) as narrow:
        assert Client(narrow.url, "v1").list().status_code == 200
        answer = Client(narrow.url, "v1").queues()

    assert (answer.status_code, answer.json()) == (401, WRONG_SCOPE)


# --- headers, path and query -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["iid", "accountId"])
def test_a_header_that_is_missing_is_named(sandbox, name):
    answer = Client(sandbox.url).send("GET", "/campaign/cd-none", **{name: None})

    assert answer.status_code == 412
    assert answer.json()["errors"] == [
        {"msg": f"Validation errors/ Invalid arguments: the header {name} is missing", "code": 412}
    ]


@pytest.mark.parametrize(("name", "value"), [("iid", "st-another"), ("accountId", "0" * 24)])
def test_a_header_that_names_another_application_or_account_is_refused(sandbox, name, value):
    answer = Client(sandbox.url).send("GET", "/campaign/cd-none", **{name: value})

    assert (answer.status_code, answer.json()) == (401, WRONG)
    assert reason(sandbox) == f"the header {name} names another"


def test_a_path_that_names_another_application_is_refused(sandbox):
    address = f"{sandbox.url}/campaign/api/v2/public/st-another/campaign/cd-none?accountId={ACCOUNT_ID}"
    answer = httpx.get(address, headers=headers())

    assert (answer.status_code, answer.json()) == (401, WRONG)


@pytest.mark.parametrize("content_type", [None, "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_that_is_not_said_to_be_json_is_refused(sandbox, content_type):
    answer = Client(sandbox.url).send(
        "POST", "/campaign/getAllCampaignDetails", {"type": "voice"}, **{"Content-Type": content_type}
    )

    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("version", "query", "sentence"),
    [
        ("v1", "", "the query campaignType must be voice"),
        ("v1", "?campaignType=sms", "the query campaignType must be voice"),
        ("v1", "?campaignType=voice&accountId=another", f"the query accountId must be {ACCOUNT_ID}"),
        ("v1", "?campaignType=voice&account=1", "the query account is not known"),
        ("v1", "?campaignType=voice&campaignType=voice", "the query names a parameter twice"),
        ("v2", "?campaignType=voice", f"the query accountId must be {ACCOUNT_ID}"),
        ("v2", f"?accountId={ACCOUNT_ID}", "the query campaignType must be voice"),
    ],
)
def test_a_create_needs_exactly_the_query_of_its_version(sandbox, version, query, sentence):
    address = f"{sandbox.url}{BASES[version]}/campaign{query}"
    answer = httpx.post(address, headers=headers(), json=body("Preview", version))

    assert answer.status_code == 412
    assert answer.json()["errors"] == [
        {"msg": f"Validation errors/ Invalid arguments: {sentence}", "code": 412}
    ]


@pytest.mark.parametrize(
    ("method", "path", "sentence"),
    [
        ("POST", "/campaign/cd-none/status?view=all", "the query view must be status"),
        ("DELETE", "/campaign/cd-none", "the query campaignType must be voice"),
        ("PUT", "/campaign/cd-none", "the query campaignType must be voice"),
        ("GET", "/campaign/contactList/getAllListDetails?type=sms", "the query type must be call"),
        ("GET", "/queues?page=2", "the query page is not known"),
    ],
)
def test_other_operations_need_their_query_too(sandbox, method, path, sentence):
    path, _, query = path.partition("?")
    answer = Client(sandbox.url, "v1").send(method, path, query=dict(parse_qsl(query)))

    assert (answer.status_code, reason(sandbox)) == (
        412,
        f"Validation errors/ Invalid arguments: {sentence}",
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nowhere", 404), ("PATCH", "/campaign/cd-none", 405), ("PUT", "/campaign", 405)],
)
def test_an_address_or_method_that_does_not_exist_is_refused_and_logged(sandbox, method, path, status):
    answer = Client(sandbox.url).send(method, path)

    assert answer.status_code == status
    assert sandbox.log.requests[-1].operation == "unknown"


# --- bodies ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the body is missing"),
        (b'{"name": ', "the body is not JSON"),
        (b"[]", "the body must be a JSON object"),
        (b"{}", "dialingMode: Input should be one of Preview, Progressive, Agentless"),
    ],
)
def test_a_body_that_is_no_object_is_refused(sandbox, content, sentence):
    answer = Client(sandbox.url).create(content)

    assert answer.status_code == 412
    assert answer.json()["errors"][0]["msg"].endswith(sentence)


STRATEGY = body()["dialingStrategy"]
HOURS = STRATEGY["callingHours"]
BLOCK = HOURS["days"][0]


def strategy(**changes) -> dict:
    return {"dialingStrategy": {k: v for k, v in {**STRATEGY, **changes}.items() if v is not ...}}


def hours(**changes) -> dict:
    return strategy(callingHours={k: v for k, v in {**HOURS, **changes}.items() if v is not ...})


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ...}, "name: Field required"),
        ({"name": ""}, "name: String should have at least 1 character"),
        ({"name": "x" * 49}, "name: String should have at most 48 characters"),
        ({"name": 7}, "name: Input should be a valid string"),
        ({"description": "x" * 257}, "description: String should have at most 256 characters"),
        ({"contactLists": []}, "contactLists: List should have at least 1 item after validation, not 0"),
        (
            {"contactLists": ["x"] * 11},
            "contactLists: List should have at most 10 items after validation, not 11",
        ),
        ({"contactLists": "x"}, "contactLists: Input should be a valid list"),
        ({"contactLists": [7]}, "contactLists[0]: Input should be a valid string"),
        (
            {"dncLists": ["DNC CL Dec 4"]},
            "dncLists: Input should be a valid dictionary or instance of DncLists",
        ),
        ({"dncLists": {}}, "dncLists.name: Field required"),
        ({"dncLists": {"name": "DNC CL Dec 4", "id": "x"}}, "dncLists.id: Extra inputs are not permitted"),
        ({"priority": 5}, "priority: Input should be '1', '2', '3', '4' or '5'"),
        ({"priority": "5.0"}, "priority: Input should be '1', '2', '3', '4' or '5'"),
        ({"dialingMode": "preview"}, "dialingMode: Input should be one of Preview, Progressive, Agentless"),
        ({"maxSkips": 1.0}, "maxSkips: Input should be a valid integer"),
        ({"maxSkips": True}, "maxSkips: Input should be a valid integer"),
        ({"maxSkips": -1}, "maxSkips: Input should be greater than or equal to 0"),
        ({"queue_name": ...}, "queue_name: Field required"),
        ({"queueName": "Default Queue"}, "queueName: Extra inputs are not permitted"),
        ({"experienceFlowName": "x"}, "experienceFlowName: Extra inputs are not permitted"),
        ({"enableMachineDetect": "no"}, "enableMachineDetect: Extra inputs are not permitted"),
        ({"campaignType": "sms"}, "campaignType: Input should be 'voice'"),
        ({"schedule": {"isSchedulingEnabled": True}}, "schedule.isSchedulingEnabled: Input should be false"),
        (
            {"schedule": {"isSchedulingEnabled": 0}},
            "schedule.isSchedulingEnabled: Input should be a valid boolean",
        ),
        ({"schedule": ...}, "schedule: Field required"),
        (strategy(dialingOrder="fifo"), "dialingStrategy.dialingOrder: Input should be 'FIFO' or 'LIFO'"),
        (strategy(maxRingTime=4), "dialingStrategy.maxRingTime: Input should be greater than or equal to 5"),
        (strategy(maxRingTime=...), "dialingStrategy.maxRingTime: Field required"),
        (
            strategy(callerId="+181234567"),
            "dialingStrategy.callerId: Input should be a valid dictionary or instance of CallerId",
        ),
        (
            strategy(maxAttemptsPerRecord="3"),
            "dialingStrategy.maxAttemptsPerRecord: Input should be a valid integer",
        ),
        (
            strategy(defaultRetryPeriod=1441),
            "dialingStrategy.defaultRetryPeriod: Input should be less than or equal to 1440",
        ),
        (
            hours(frequency="weekly"),
            "dialingStrategy.callingHours.frequency: Input should be 'WEEKLY', 'DAILY' or 'CUSTOM'",
        ),
        (
            hours(timezone="IST"),
            "dialingStrategy.callingHours.timezone: Input should be an IANA time zone such as Asia/Kolkata",
        ),
        (
            hours(timezone="../etc"),
            "dialingStrategy.callingHours.timezone: Input should be an IANA time zone such as Asia/Kolkata",
        ),
        (
            hours(days=[]),
            "dialingStrategy.callingHours.days: List should have at least 1 item after validation, not 0",
        ),
        (
            hours(days=[{**BLOCK, "day": "Monday"}]),
            "dialingStrategy.callingHours.days[0].day: Input should be 'MO', 'TU', 'WE', 'TH', 'FR', 'SA' or 'SU'",
        ),
        (
            hours(days=[{**BLOCK, "start": 9}]),
            "dialingStrategy.callingHours.days[0].start: Input should be a valid string",
        ),
        *[
            (
                hours(days=[{**BLOCK, "start": wrong}]),
                "dialingStrategy.callingHours.days[0].start: Input should be a time such as 9:00 AM",
            )
            for wrong in ("09:00 AM", "9:00 am", "9:00AM", "18:00", "0:30 AM", "9:60 AM", "9:00 AM\n")
        ],
    ],
)
def test_a_key_that_is_not_as_documented_is_named(sandbox, changes, sentence):
    answer = Client(sandbox.url).create(body("Preview", "v2", **changes))

    assert answer.status_code == 412
    assert answer.json() == {
        "errors": [{"msg": f"Validation errors/ Invalid arguments: {sentence}", "code": 412}]
    }


@pytest.mark.parametrize(
    ("mode", "version", "changes", "sentence"),
    [
        ("Progressive", "v2", {"maxSkips": 1}, "maxSkips: Extra inputs are not permitted"),
        ("Agentless", "v2", {"queue_name": "Default Queue"}, "queue_name: Extra inputs are not permitted"),
        (
            "Agentless",
            "v2",
            {"enableMachineDetect": False},
            "enableMachineDetect: Input should be 'no', 'detect' or 'disconnect'",
        ),
        ("Agentless", "v2", {"enableMachineDetect": ...}, "enableMachineDetect: Field required"),
        ("Agentless", "v2", {"dncLists": ...}, "dncLists: Field required"),
        ("Preview", "v1", {"dncLists": {"name": "DNC CL Dec 4"}}, "dncLists: Extra inputs are not permitted"),
        (
            "Preview",
            "v1",
            {"enableMachineDetect": "no"},
            "enableMachineDetect: Input should be a valid boolean",
        ),
        ("Progressive", "v1", {"enableMachineDetect": ...}, "enableMachineDetect: Field required"),
    ],
)
def test_each_mode_and_version_knows_its_own_keys_alone(sandbox, mode, version, changes, sentence):
    answer = Client(sandbox.url, version).create(body(mode, version, **changes))

    assert answer.status_code == 412
    assert answer.json()["errors"] == [
        {"msg": f"Validation errors/ Invalid arguments: {sentence}", "code": 412}
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"contactLists": ["recent buyers - q2 2025"]}, "Contact list recent buyers - q2 2025 not found"),
        ({"dncLists": {"name": "Welcome calls"}}, "DNC list Welcome calls not found"),
        ({"queue_name": "Nobody"}, "Queue Nobody not found"),
        (strategy(callerId={"phoneNumber": "+14155550000"}), "Caller ID +14155550000 not found"),
    ],
)
def test_a_name_that_the_account_does_not_have_is_a_400(sandbox, changes, sentence):
    answer = Client(sandbox.url).create(body(**changes))

    assert (answer.status_code, answer.json()) == (400, {"errors": [{"msg": sentence, "code": 400}]})


def test_a_name_is_unique_whatever_its_case_unless_set_otherwise(tmp_path):
    with embedded(tmp_path) as sandbox:
        client = Client(sandbox.url)
        client.create(body(name="Welcome"))
        other = client.create(body(name="Other")).json()["data"]["id"]
        refused = client.create(body(name="WELCOME"))
        renamed = client.update(other, {"name": "welcome"})
        itself = client.update(other, {"name": "OTHER"})
        sandbox.configure(duplicate_names=True)
        allowed = client.create(body(name="Welcome"))

    duplicate = {"errors": [{"msg": "Campaign WELCOME was duplicate", "code": 400}]}
    assert (refused.status_code, refused.json()) == (400, duplicate)
    assert (renamed.status_code, itself.status_code, allowed.status_code) == (400, 200, 200)
