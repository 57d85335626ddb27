from __future__ import annotations

import json
import socket
import ssl
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulkload.api.replies import TokenRefusedError, document_of, reply_to, reply_to_failure
from bulkload.errors import BulkloadError, CredentialsError, ServiceError
from bulkload.model import Busy, Created, Refused, Reply, Uncertain

RATE_TEXT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
OLDER_RATE_TEXT = "Rate limit for this API has been reached. Please try again later"
GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><hr><center>nginx</center></body></html>"
)
LOGIN = "<!DOCTYPE html><html><title>Sign in</title><form><input type='password'></form></html>"


def reply(
    status: int, body: Any = b"", headers: dict[str, str] | None = None, own: tuple[str, ...] = ()
) -> Reply:
    raw = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )
    return reply_to(status, headers or {}, raw, own)


def stopped_by(status: int, body: Any = b"", headers: dict[str, str] | None = None) -> BulkloadError:
    with pytest.raises(BulkloadError) as caught:
        reply(status, body, headers)
    return caught.value


# --- success -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 201, 202])
@pytest.mark.parametrize(
    ("body", "created"),
    [
        ({"data": {"id": "cd-1", "_id": "cd-2", "campId": "cd-3"}, "id": "cd-4"}, Created("cd-1")),
        ({"data": {"_id": "cd-2", "campId": "cd-3"}, "id": "cd-4"}, Created("cd-2")),
        ({"data": {"campId": "cd-3"}, "id": "cd-4"}, Created("cd-3")),
        ({"id": "cd-4", "data": {}}, Created("cd-4")),
        ({"id": "cd-4"}, Created("cd-4")),
        ({"data": [{"_id": "cd-2", "status": "Ready"}]}, Created("cd-2", "Ready")),
        ([{"id": "cd-1"}], Created("cd-1")),
        ({"data": {"id": None, "_id": "cd-2"}}, Created("cd-2")),
        (
            {
                "status": "success",
                "message": "Campaign X creation in progress",
                "data": {"id": "cd-1", "status": "Preparing"},
            },
            Created("cd-1", "Preparing", "Campaign X creation in progress"),
        ),
        ({"message": 7, "data": {"id": "cd-1", "status": 7}}, Created("cd-1")),
    ],
)
def test_a_success_with_an_id_in_any_of_its_places_is_created(status, body, created):
    assert reply(status, body) == created


@pytest.mark.parametrize(
    "raw",
    [
        '﻿{"id": "cd-1"}'.encode(),
        '{"id": "cd-1"}'.encode("utf-16"),
        '{"id": "cd-1"}'.encode("utf-32-le"),
        b'\n\n {"id": "cd-1"} \n',
    ],
)
def test_json_is_read_in_every_encoding_that_json_may_have(raw):
    assert reply(201, raw) == Created("cd-1")


@pytest.mark.parametrize(
    "name", ["Rate limit survey", "rate-limit", "Campaign about RATE LIMITS", "429 too many requests"]
)
def test_a_campaign_whose_own_name_speaks_of_a_rate_limit_is_created(name):
    body = {
        "status": "success",
        "message": f"Campaign {name} creation in progress",
        "data": {"id": "cd-1", "name": name, "lname": name.lower(), "description": f"Tells of the {name}"},
    }
    assert reply(201, body) == Created("cd-1", None, f"Campaign {name} creation in progress")


# --- the rate limit ------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 412, 429, 500, 503])
@pytest.mark.parametrize("text", [RATE_TEXT, OLDER_RATE_TEXT])
@pytest.mark.parametrize(
    "form",
    [
        lambda text: text,
        lambda text: {"errors": [{"msg": text, "code": 4029}]},
        lambda text: {"status": "error", "message": text},
        lambda text: {"data": [{"status": "failed", "reason": text}]},
        lambda text: f"<html><body>{text}</body></html>",
        lambda text: [[[{"deep": {"deeper": text}}]]],
    ],
)
def test_the_words_rate_limit_in_any_body_of_any_status_mean_wait(status, text, form):
    assert reply(status, form(text)) == Busy("the account's rate limit was reached", None, limited=True)


@pytest.mark.parametrize("body", [b"", "slow down", {"id": None}, GATEWAY, b"\xff\x00\x01"])
def test_429_means_wait_whatever_its_body(body):
    assert reply(429, body) == Busy("the account's rate limit was reached", None, limited=True)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("17", 17.0),
        ("2.5", 2.5),
        ("0", 0.0),
        (" 30 ", 30.0),
        ("999999999", 600.0),
        ("99999999999999999999", None),
        ("-5", None),
        ("nan", None),
        ("inf", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("", None),
        ("١٢", None),
    ],
)
def test_a_retry_after_in_seconds_is_believed_within_reason(header, seconds):
    assert reply(429, b"", {"retry-after": header}) == Busy(
        "the account's rate limit was reached", seconds, limited=True
    )


def test_a_refusal_that_quotes_the_campaigns_own_name_is_no_rate_limit_answer():
    own = ("Rate limit survey", "Asks about the rate limit", "Q")
    body = {"errors": [{"msg": "Campaign rate LIMIT Survey was duplicate", "code": 400}]}
    assert reply(400, body, own=own) == Refused("Campaign rate LIMIT Survey was duplicate", 400)


def test_a_rate_limit_answer_to_a_campaign_named_after_it_is_still_one():
    own = ("Rate limit survey", "e", "a")
    assert reply(200, {"message": RATE_TEXT, "campaign": "Rate limit survey"}, own=own) == Busy(
        "the account's rate limit was reached", None, limited=True
    )


# --- refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 404, 405, 409, 412, 413, 415, 422])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"errors": [{"msg": "Queue not found", "code": 400}]}, "Queue not found"),
        ({"errors": [{"message": "Queue not found"}]}, "Queue not found"),
        ({"message": "Queue not found"}, "Queue not found"),
        ({"status": "failure", "reason": "Queue not found"}, "Queue not found"),
        ({"status": "error", "error": {"message": "Queue not found"}}, "Queue not found"),
        ({"errors": [{"msg": "A"}, {"msg": "B"}, {"msg": "A"}], "message": "C"}, "C; A; B"),
        ("Queue not found", "Queue not found"),
        ('"Queue not found"', "Queue not found"),
        ("Für nichts".encode("latin-1"), "F\ufffdr nichts"),
        (
            {"errors": [{"msg": "Validation errors", "field": "maxSkips"}]},
            'Validation errors (whole answer: {"errors": [{"msg": "Validation errors", "field": "maxSkips"}]})',
        ),
    ],
)
def test_a_refusal_with_a_body_that_can_be_read_is_the_rows_problem(status, body, said):
    assert reply(status, body) == Refused(said, status)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"status": "success", "data": [{"status": "failed", "reason": "No such flow"}]}, "No such flow"),
        ({"status": "failed", "message": "No such flow"}, "No such flow"),
        ({"status": "Failure", "errors": [{"msg": "No such flow"}]}, "No such flow"),
        ({"errors": [{"msg": "No such flow"}]}, "No such flow"),
        ({"status": "error"}, "The service answered that it failed, without a reason."),
    ],
)
def test_a_failure_inside_a_success_is_a_refusal(status, body, said):
    assert reply(status, body) == Refused(said, status)


def test_a_failure_that_carries_an_id_all_the_same_is_looked_up():
    body = {"status": "success", "data": [{"status": "failed", "id": "cd-1", "reason": "late"}]}
    assert reply(200, body) == Uncertain(
        f'the answer tells of a failure and of a campaign ID at once ("late (whole answer: {json.dumps(body)})")',
        200,
    )


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
        "BULKLOAD_CLIENT_SECRET and BULKLOAD_APP_ID against the app's page at Kore.ai."
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


# --- reads ---------------------------------------------------------------------------------------------


def read(status: int, body: Any) -> Any:
    return document_of(status, {}, body if isinstance(body, bytes) else json.dumps(body).encode())


@pytest.mark.parametrize(
    "document",
    [
        {"status": "success", "data": {"results": []}},
        {"data": []},
        {"results": [{"name": "Rate limit survey"}]},
        {"data": {"results": [{"name": "Rate limit survey", "status": "failed"}]}},
    ],
)
def test_a_read_that_brings_data_is_its_document(document):
    assert read(200, document) == document


@pytest.mark.parametrize(
    ("status", "body", "found"),
    [
        (200, {"data": None}, Uncertain("the answer does not have the documented form", 200)),
        (200, [1], Uncertain("the answer does not have the documented form", 200)),
        (200, {"status": "failed", "message": "no", "data": {}}, Refused("no", 200)),
        (404, {"errors": [{"msg": "Campaign not found"}]}, Refused("Campaign not found", 404)),
        (500, {"data": {}}, Uncertain("the service answered 500", 500)),
        (200, {"message": RATE_TEXT}, Busy("the account's rate limit was reached", None, limited=True)),
    ],
)
def test_a_read_that_brings_none_says_why(status, body, found):
    assert read(status, body) == found


# --- no answer -----------------------------------------------------------------------------------------


def wrapped(inner: BaseException, outer: BaseException) -> BaseException:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            wrapped(socket.gaierror(-2, "unknown"), httpx.ConnectError("x")),
            "the network knows no server of that name",
        ),
        (
            wrapped(ConnectionRefusedError(111, "x"), httpx.ConnectError("x")),
            "the service refused the connection",
        ),
        (
            wrapped(
                ExceptionGroup("both", [OSError(1, "x"), ConnectionRefusedError(111, "x")]),
                httpx.ConnectError("x"),
            ),
            "the service refused the connection",
        ),
        (
            wrapped(ssl.SSLCertVerificationError(1, "self signed"), httpx.ConnectError("x")),
            "the certificate of the service is not trusted",
        ),
        (wrapped(ssl.SSLError(1, "x"), httpx.ConnectError("x")), "no secure connection could be agreed on"),
        (httpx.ProxyError("407"), "the proxy on the way refused the connection"),
        (TimeoutError(), "no connection could be made in time"),
        (httpx.ConnectTimeout("x"), "no connection could be made in time"),
        (httpx.ConnectError("x"), "no connection could be made"),
        (None, "no connection could be made"),
    ],
)
def test_a_request_that_never_left_may_be_sent_again(error, reason):
    assert reply_to_failure(error, headers_sent=False) == Busy(reason, None, limited=False)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (
            httpx.RemoteProtocolError("Server disconnected"),
            "the connection broke before the answer was complete",
        ),
        (httpx.ReadError("reset"), "the connection broke before the answer was complete"),
        (ConnectionRefusedError(111, "x"), "the connection broke before the answer was complete"),
        (TimeoutError(), "no answer came in time"),
        (httpx.ReadTimeout("x"), "no answer came in time"),
        (RuntimeError("a library's own mistake"), "the connection broke before the answer was complete"),
        (None, "the connection broke before the answer was complete"),
    ],
)
def test_a_request_that_left_without_a_whole_answer_may_have_been_done(error, reason):
    assert reply_to_failure(error, headers_sent=True) == Uncertain(reason, None)


# --- a hostile service -----------------------------------------------------------------------------------


def test_a_services_words_reach_a_person_without_control_characters_or_tokens_and_bounded():
    token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"
    text = f"Bad\x1b[2J\u202e token {token}\r\n\x00 \ud800" + "x" * 5000

    message = reply(400, json.dumps({"message": text}).encode()).message  # type: ignore[union-attr]

    assert message.startswith("Bad\ufffd[2J\ufffd token (token) \ufffd \ufffdxxx")
    assert message.endswith("x…")
    assert len(message) == 2000


def test_the_whole_answer_is_shown_once_and_bounded_when_it_is_huge():
    body = {"errors": [{"msg": f"sentence {number}"} for number in range(20_000)]}
    found = reply(400, body)
    assert isinstance(found, Refused)
    assert len(found.message) < 4100


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["status", "data", "id", "_id", "campId", "errors", "msg", "message", "reason", "results"]
            )
            | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(
    status=st.integers(100, 599),
    body=st.binary(max_size=200) | _json.map(lambda value: json.dumps(value).encode()),
)
def test_no_answer_of_any_kind_breaks_the_reading(status, body):
    for meaning in (reply_to, document_of):
        try:
            found = meaning(status, {}, body)
        except BulkloadError:
            assert status in {401, 403} or 300 <= status < 400 or status < 300
        else:
            assert not isinstance(found, Created) or 200 <= status < 300
