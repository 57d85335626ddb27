from __future__ import annotations

import json
import socket
import ssl
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.runs.reply_calls import RATE_TEXT, answer_of, reply

from bulkload.errors import BulkloadError
from bulkload.kore.proxies import Proxy
from bulkload.kore.replies import document_of, reply_to, reply_to_failure
from bulkload.model import Created, Refused, RetryLater, Uncertain

# --- reads ---------------------------------------------------------------------------------------------


def read(status: int, body: Any) -> Any:
    return document_of(answer_of(status, body))


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
        (206, {"data": {}}, Uncertain("the answer does not have the documented form", 206)),
        (202, {"data": {}}, Uncertain("the answer does not have the documented form", 202)),
        (200, {"data": {}, "errors": [{"msg": "half of it"}]}, Refused("half of it", 200)),
        (200, {"data": {}, "success": False, "message": "no"}, Refused("no", 200)),
        (200, {"message": "Hello"}, Uncertain("the answer does not have the documented form", 200, "Hello")),
        (200, {"message": RATE_TEXT}, RetryLater("the account's rate limit was reached", None, limited=True)),
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
        (TimeoutError(), "no connection could be made in time"),
        (httpx.ConnectTimeout("x"), "no connection could be made in time"),
        (httpx.ConnectError("x"), "no connection could be made"),
        (None, "no connection could be made"),
    ],
)
def test_a_request_that_never_left_may_be_sent_again(error, reason):
    assert reply_to_failure(error, headers_sent=False) == RetryLater(reason, None, limited=False)


def certificate_error(code: int) -> BaseException:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code = code
    return wrapped(error, httpx.ConnectError("x"))


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (9, "the certificate of the service is not valid yet"),
        (10, "the certificate of the service has expired"),
        (18, "the certificate of the service is not trusted"),
        (62, "the certificate belongs to another server"),
        (64, "the certificate belongs to another server"),
    ],
)
def test_a_certificate_is_refused_for_one_of_four_reasons(code, reason):
    assert reply_to_failure(certificate_error(code), headers_sent=False) == RetryLater(reason)


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ProxyError("407"), "the proxy proxy.example:8080 refused the connection"),
        (
            wrapped(socket.gaierror(-2, "unknown"), httpx.ConnectError("x")),
            "the network knows no proxy proxy.example:8080",
        ),
        (
            wrapped(ConnectionRefusedError(111, "x"), httpx.ConnectError("x")),
            "no connection to the proxy proxy.example:8080 could be made",
        ),
        (httpx.ConnectTimeout("x"), "no connection to the proxy proxy.example:8080 could be made"),
        (certificate_error(10), "the certificate of the service has expired"),
    ],
)
def test_a_proxy_that_fails_is_named_as_the_proxy_without_its_password(error, reason):
    proxy = Proxy("http://user:secret@proxy.example:8080", "HTTPS_PROXY")
    assert reply_to_failure(error, headers_sent=False, proxy=proxy) == RetryLater(reason)


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


def test_service_words_are_shown_shortened_without_control_characters_or_tokens():
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
    answered = answer_of(status, body)
    found = reply_to(answered)
    assert not isinstance(found, Created) or 200 <= status < 300
    if isinstance(found, Uncertain) and found.stops:
        with pytest.raises(BulkloadError) as caught:
            document_of(answered)
        assert caught.value.stop_reason == found.stop_reason
    else:
        document_of(answered)
