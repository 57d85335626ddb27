from __future__ import annotations

import json

import pytest
from support.reply_calls import GATEWAY, OLDER_RATE_TEXT, RATE_TEXT, reply

from bulkload.model import Created, Refused, RetryLater, Uncertain

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
            Created("cd-1", "Preparing"),
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
    assert reply(201, body) == Created("cd-1")


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
    assert reply(status, form(text)) == RetryLater("the account's rate limit was reached", None, limited=True)


@pytest.mark.parametrize("body", [b"", "slow down", {"id": None}, GATEWAY, b"\xff\x00\x01"])
def test_429_means_wait_whatever_its_body(body):
    assert reply(429, body) == RetryLater("the account's rate limit was reached", None, limited=True)


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
    assert reply(429, b"", {"retry-after": header}) == RetryLater(
        "the account's rate limit was reached", seconds, limited=True
    )


def test_a_refusal_that_quotes_the_campaigns_own_name_is_no_rate_limit_answer():
    own = ("Rate limit survey", "Asks about the rate limit", "Q")
    body = {"errors": [{"msg": "Campaign rate LIMIT Survey was duplicate", "code": 400}]}
    assert reply(400, body, own=own) == Refused("Campaign rate LIMIT Survey was duplicate", 400)


def test_a_rate_limit_answer_to_a_campaign_named_after_it_is_still_one():
    own = ("Rate limit survey", "e", "a")
    assert reply(200, {"message": RATE_TEXT, "campaign": "Rate limit survey"}, own=own) == RetryLater(
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
