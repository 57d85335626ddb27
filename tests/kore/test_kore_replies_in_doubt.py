from __future__ import annotations

import pytest
from support.runs.reply_calls import GATEWAY, LOGIN, answer_of, in_doubt, reply, stopped_by

from bulkload.errors import CredentialsError
from bulkload.kore.replies import TokenRefusedError, document_of
from bulkload.model import Uncertain

# --- perhaps -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [500, 501, 502, 503, 504, 520, 599])
def test_any_5xx_may_have_been_done_whatever_it_says(status):
    body = {"errors": [{"msg": "Not done, honestly", "code": status}]}
    assert reply(status, body) == in_doubt(status, f"the service answered {status}", "Not done, honestly")


@pytest.mark.parametrize(
    "status", [100, 101, 402, 406, 408, 410, 411, 417, 418, 421, 423, 425, 426, 431, 451, 999]
)
def test_any_status_that_no_page_explains_may_have_been_done(status):
    assert reply(status, {"message": "no"}) == in_doubt(status, f"the service answered {status}", "no")


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
    assert reply(200, body) == in_doubt(200, "the answer has no campaign ID")


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
    assert reply(201, {"data": {"id": campaign_id}}) == in_doubt(201, "the answer has no campaign ID")


def test_impossible_id_is_not_replaced_by_one_from_a_later_place():
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
    assert reply(status, GATEWAY) == in_doubt(
        status, f"a web page came instead of an answer ({status})", "502 Bad Gateway"
    )


def test_a_page_without_a_title_is_named_all_the_same():
    assert reply(404, "<html>no</html>") == Uncertain("a web page came instead of an answer (404)", 404)


@pytest.mark.parametrize(
    "body", [b"", {}, {"code": 7}, {"errors": []}, {"message": "  "}, b"\x00\x01\x02", b"\x1f\x8b\x08"]
)
def test_unreadable_refusal_may_come_from_an_intermediary(body):
    assert reply(400, body) == Uncertain("the service answered 400", 400)


# --- stop ----------------------------------------------------------------------------------------------

CHECK = (
    "Check the setting client id, the setting client secret, the setting app id and the setting account id against "
    "the app's page at Kore.ai."
)


@pytest.mark.parametrize(
    "text", ["Invalid JWT token", "Invalid SDK credentials", "error verifying the jwt: possibly a replay"]
)
def test_a_refused_token_stops_the_run_and_proves_nothing_about_a_write(text):
    stop = stopped_by(401, {"errors": [{"msg": text, "code": 4002}]})
    assert stop.exit_status == 4
    assert stop.message == f'The service does not accept the credentials ("{text}"). {CHECK}'
    with pytest.raises(TokenRefusedError):  # of a read, so that one fresh token is tried
        document_of(answer_of(401, {"errors": [{"msg": text}]}))


def test_a_401_without_a_word_stops_the_run_too():
    assert stopped_by(401).message == f"The service does not accept the credentials. {CHECK}"


@pytest.mark.parametrize(
    "text", ["jwt expired", "Token used before issued (iat)", "the token is not yet valid"]
)
def test_a_401_that_speaks_of_time_names_the_clock(text):
    assert stopped_by(401, {"message": text}).message == (
        f'The service does not accept the credentials ("{text}"). This computer\'s clock may be wrong. '
        f"Check this computer's clock. If it is right: {CHECK}"
    )


@pytest.mark.parametrize("key", ["msg", "message"])
def test_a_missing_scope_stops_the_run_and_is_named(key):
    body = {"errors": [{key: "Permission denied. Scope is incorrect!", "code": 4002}]}
    stop = stopped_by(401, body)
    assert stop.exit_status == 4
    assert stop.message == (
        'The app may not manage campaigns ("Permission denied. Scope is incorrect!"). '
        'Add the scope "Campaign Management" to the app at Kore.ai and publish it.'
    )
    with pytest.raises(CredentialsError) as caught:
        document_of(answer_of(401, body))
    assert type(caught.value) is CredentialsError  # a fresh token would not help


def test_a_403_stops_the_run():
    stop = stopped_by(403, {"message": "Forbidden"})
    assert stop.exit_status == 4
    assert stop.message == (
        'The service forbids this ("Forbidden"). Check that the setting account id and the setting app id belong '
        'together, and that the app has the published scope "Campaign Management". A firewall on the way can be the '
        "reason too."
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
    stop = stopped_by(status, b"", {"location": location} if location else {})
    assert stop.exit_status == 5
    assert stop.message == (
        f"The service redirects to {target}. This is not followed, because that address would get the credentials. "
        "Check the setting host: it must be the address of the service itself."
    )


@pytest.mark.parametrize("status", [200, 203])
def test_a_page_to_sign_in_on_stops_the_run(status):
    stop = stopped_by(status, LOGIN)
    assert stop.exit_status == 5
    assert stop.message == (
        'A page to sign in on answered instead of the service ("Sign in"). '
        "Check the setting host, and whether this network asks you to sign in first."
    )


@pytest.mark.parametrize(
    ("status", "body", "clause", "words"),
    [
        (401, {"message": "no"}, "the service did not accept the credentials", "no"),
        (401, {"message": "wrong scope"}, "the app may not manage campaigns", "wrong scope"),
        (403, "<html><title>Blocked</title></html>", "the service forbade it", "Blocked"),
        (303, b"", "the service redirected to another address", ""),
        (200, LOGIN, "a page to sign in on answered instead of the service", "Sign in"),
    ],
)
def test_answer_that_stops_the_run_leaves_the_row_in_doubt(status, body, clause, words):
    assert reply(status, body) == Uncertain(
        clause, status, words, stops=True, stop_reason=stopped_by(status, body)
    )


def test_gateway_error_page_with_sign_in_link_leaves_the_request_uncertain():
    assert isinstance(reply(502, LOGIN), Uncertain)
