from __future__ import annotations

import pytest
from support.reply_calls import GATEWAY, LOGIN, reply, stopped_by

from bulkload.errors import CredentialsError, ServiceError
from bulkload.kore.replies import TokenRefusedError
from bulkload.model import Uncertain

# --- perhaps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 520, 599])
def test_any_5xx_may_have_been_done_whatever_it_says(status):
    body = {"errors": [{"msg": "Not done, honestly", "code": status}]}
    assert reply(status, body) == Uncertain(f'the service answered {status} ("Not done, honestly")', status)


@pytest.mark.parametrize(
    "status", [100, 101, 402, 406, 408, 410, 411, 417, 418, 421, 423, 425, 426, 431, 451, 999]
)
def test_any_status_that_no_page_explains_may_have_been_done(status):
    assert reply(status, {"message": "no"}) == Uncertain(f'the service answered {status} ("no")', status)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        {},
        {"status": "success"},
        {"status": "success", "data": {}},
        {"data": None},
        {"data": "cd-1"},
        {"data": {"campaign": {"id": "cd-1"}}},
        7,
        None,
    ],
)
def test_a_success_without_an_id_may_have_been_done(body):
    assert reply(200, body) == Uncertain("the answer holds no campaign ID that can be one", 200)


@pytest.mark.parametrize(
    "campaign_id",
    [
        7,
        1.5,
        True,
        ["cd-1"],
        {"id": "cd-1"},
        "",
        " ",
        "cd 1",
        "cd-1\n",
        "cd\x00",
        "cd-\u202e1",
        "cdé",
        "x" * 10_000,
    ],
)
def test_an_id_that_nobody_would_give_out_is_not_believed(campaign_id):
    assert reply(201, {"data": {"id": campaign_id}}) == Uncertain(
        "the answer holds no campaign ID that can be one", 201
    )


def test_an_id_that_cannot_be_one_is_not_replaced_by_another_from_a_later_place():
    assert isinstance(reply(201, {"data": {"id": 7}, "id": "cd-1"}), Uncertain)


@pytest.mark.parametrize(
    "raw",
    [b'{"id": "cd-1"', b'{"data": {"id": cd-1}}', b"[" * 100_000, b'{"a":' * 100_000, b"{'id': 'cd-1'}"],
)
@pytest.mark.parametrize("status", [200, 400, 502])
def test_broken_json_may_have_been_done(status, raw):
    assert reply(status, raw) == Uncertain(f"the service's answer ({status}) was broken", status)


def test_a_number_too_long_to_read_is_broken_json():
    assert reply(200, b'{"id": ' + b"1" * 5000 + b"}") == Uncertain(
        "the service's answer (200) was broken", 200
    )


@pytest.mark.parametrize("status", [200, 400, 404, 413, 502])
def test_a_gateways_page_may_have_been_done(status):
    assert reply(status, GATEWAY) == Uncertain(
        f'a web page came instead of an answer ({status}) ("502 Bad Gateway")', status
    )


def test_a_page_without_a_title_is_named_all_the_same():
    assert reply(404, "<html>no</html>") == Uncertain("a web page came instead of an answer (404)", 404)


@pytest.mark.parametrize(
    "body", [b"", {}, {"code": 7}, {"errors": []}, {"message": "  "}, b"\x00\x01\x02", b"\x1f\x8b\x08"]
)
def test_a_refusal_that_nobody_can_read_may_come_from_somebody_on_the_way(body):
    assert reply(400, body) == Uncertain("the service answered 400", 400)


# --- stop ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["Invalid JWT token", "Invalid SDK credentials", "error verifying the jwt: possibly a replay"]
)
def test_a_refused_token_asks_for_a_fresh_one_and_then_stops_the_run(text):
    error = stopped_by(401, {"errors": [{"msg": text, "code": 4002}]})
    assert type(error) is TokenRefusedError
    assert error.exit_status == 4
    assert str(error) == (
        f'The service does not accept the credentials ("{text}"). Check BULKLOAD_CLIENT_ID, '
        "BULKLOAD_CLIENT_SECRET, BULKLOAD_APP_ID and BULKLOAD_ACCOUNT_ID against the app's page at Kore.ai."
    )


def test_a_401_without_a_word_stops_the_run_too():
    assert str(stopped_by(401)).startswith(
        "The service does not accept the credentials. Check BULKLOAD_CLIENT_ID"
    )


@pytest.mark.parametrize("key", ["msg", "message"])
def test_a_missing_scope_stops_the_run_and_is_named(key):
    error = stopped_by(401, {"errors": [{key: "Permission denied. Scope is incorrect!", "code": 4002}]})
    assert type(error) is CredentialsError
    assert str(error) == (
        'The app may not manage campaigns ("Permission denied. Scope is incorrect!"). '
        'Add the scope "Campaign Management" to the app at Kore.ai and publish it.'
    )


def test_a_403_stops_the_run():
    error = stopped_by(403, {"message": "Forbidden"})
    assert type(error) is CredentialsError
    assert str(error) == (
        'The service forbids this ("Forbidden"). Check that BULKLOAD_ACCOUNT_ID and BULKLOAD_APP_ID belong together, '
        'that the app has the published scope "Campaign Management", and that no firewall interferes.'
    )


@pytest.mark.parametrize("status", [300, 301, 302, 303, 304, 307, 308])
@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("https://login.example.com/sso?next=1", "login.example.com"),
        ("/elsewhere", "another address"),
        (None, "another address"),
        ("http://[::broken", "another address"),
        ("//evil.example\x1b2J", "evil.example\ufffd2j"),
    ],
)
def test_a_redirect_is_never_followed_and_stops_the_run(status, location, target):
    error = stopped_by(status, b"", {"location": location} if location else {})
    assert type(error) is ServiceError
    assert error.exit_status == 5
    assert str(error) == (
        f"The service redirects to {target}. That is not followed, for it would hand the credentials "
        "to another address. Check BULKLOAD_HOST: it must be the address of the service itself."
    )


@pytest.mark.parametrize("status", [200, 203])
def test_a_page_to_sign_in_on_stops_the_run(status):
    error = stopped_by(status, LOGIN)
    assert type(error) is ServiceError
    assert str(error) == (
        'Instead of the service, a page to sign in on answered ("Sign in"). '
        "Check BULKLOAD_HOST, and whether this network asks you to sign in first."
    )


def test_a_gateways_error_page_with_a_link_to_sign_in_may_have_been_done():
    assert isinstance(reply(502, LOGIN), Uncertain)
