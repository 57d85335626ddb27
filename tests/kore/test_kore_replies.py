from __future__ import annotations

import json
from pathlib import Path

import pytest
from support.runs.reply_calls import GATEWAY, OLDER_RATE_TEXT, RATE_TEXT, reply

from bulkload.kore.remote import read_document
from bulkload.model import ApiVersion, Created, Refused, RetryLater, Uncertain

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


LIMITED = RetryLater("the account's rate limit was reached", None, limited=True)


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 412, 429])
@pytest.mark.parametrize("text", [RATE_TEXT, OLDER_RATE_TEXT])
@pytest.mark.parametrize(
    "form",
    [
        lambda text: text,
        lambda text: {"message": text},
        lambda text: {"errors": [{"msg": text, "code": 4029}]},
        lambda text: {"status": "error", "message": text},
        lambda text: {"data": [{"status": "failed", "reason": text}]},
    ],
)
def test_the_platforms_sentences_as_a_bodys_own_message_mean_wait(status, text, form):
    assert reply(status, form(text)) == LIMITED


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"message": "Rate limit exceeded"}),
        (403, "Too many requests: rate-limit hit, retry later"),
        (200, {"status": "failed", "message": "Rate limit reached"}),
        (200, {"success": False, "message": "rate_limit: please wait"}),
        (200, {"statusCode": 400, "message": "RATE LIMIT, try again"}),
    ],
)
def test_other_rate_limit_words_count_if_the_body_says_failed(status, body):
    assert reply(status, body) == LIMITED


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"message": RATE_TEXT}),
        (503, RATE_TEXT),
        (500, '<html><title>Error</title><a href="https://docs.example/rate-limits">rate limits</a></html>'),
        (500, "See https://docs.example/rate-limits and try again"),
        (200, f"<html><body>{RATE_TEXT}</body></html>"),
        (200, {"message": "Accepted (rate limit: 57 left, retry when reached)"}),
        (200, [[[{"deep": {"deeper": RATE_TEXT}}]]]),
    ],
)
def test_rate_limit_as_a_word_elsewhere_leaves_the_row_in_doubt(status, body):
    found = reply(status, body)
    assert isinstance(found, Uncertain)
    assert found.http_status == status


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"message": 'Queue "Rate limit reached" not found'}, 'Queue "Rate limit reached" not found'),
        ({"message": "Queue 'rate limit, wait' not found"}, "Queue 'rate limit, wait' not found"),
        ({"message": "Name is wrong, see https://x.example/rate-limit-reached"}, None),
        ({"message": "Queue not found (rate limit: 57 left)"}, None),
    ],
)
def test_rate_limit_inside_a_quoted_name_or_an_address_is_a_refusal(body, said):
    assert reply(400, body) == Refused(said or body["message"], 400)


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


def test_refusal_quoting_the_campaign_name_is_no_rate_limit_answer():
    own = ("Rate limit survey", "Asks about the rate limit", "Q")
    body = {"errors": [{"msg": "Campaign rate LIMIT Survey was duplicate", "code": 400}]}
    assert reply(400, body, own=own) == Refused(
        "Campaign rate LIMIT Survey was duplicate", 400, says_name_exists=True
    )


def test_rate_limit_answer_still_counts_if_the_campaign_name_resembles_it():
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
def test_refusal_with_a_readable_body_is_a_problem_of_the_row(status, body, said):
    assert reply(status, body) == Refused(said, status)


@pytest.mark.parametrize("status", [200, 201])
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"status": "success", "data": [{"status": "failed", "reason": "No such flow"}]}, "No such flow"),
        ({"status": "failed", "message": "No such flow"}, "No such flow"),
        ({"status": "Failure", "errors": [{"msg": "No such flow"}]}, "No such flow"),
        ({"errors": [{"msg": "No such flow"}]}, "No such flow"),
        (
            {"success": False, "message": "A campaign with this name exists"},
            "A campaign with this name exists",
        ),
        ({"statusCode": 400, "message": "No such flow"}, "No such flow"),
        ({"status": "error"}, ""),
    ],
)
def test_a_failure_inside_a_success_is_looked_up_with_its_words_kept(status, body, words):
    assert reply(status, body) == Uncertain("the answer says that it failed", status, words)


def test_a_success_without_an_id_keeps_its_words():
    assert reply(200, {"message": "Thank you"}) == Uncertain(
        "the answer has no campaign ID", 200, "Thank you"
    )


def test_a_failure_that_carries_an_id_all_the_same_is_looked_up():
    body = {"status": "success", "data": [{"status": "failed", "id": "cd-1", "reason": "late"}]}
    assert reply(200, body) == Uncertain(
        "the answer has a campaign ID, but says that it failed",
        200,
        f"late (whole answer: {json.dumps(body)})",
    )


@pytest.mark.parametrize("campaign_id", ["cl-1", "qu-1", "cf-1", "cid-1", "st-1"])
def test_the_id_of_something_else_is_not_a_campaigns(campaign_id):
    assert reply(201, {"data": {"id": campaign_id}}) == Uncertain("the answer has no campaign ID", 201)


# --- the name is taken, and ids in refusals ------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Campaign was duplicate",
        "Duplicate name",
        "A campaign with this name exists",
        "A campaign with this name already exists.",
        "Name is already in use",
        "The name is taken",
        "campaign name already taken",
        "name must be unique",
        "Name should be unique",
        "Name is not unique",
        "E11000 dup key",
        "unique constraint violated",
        "この名前は既に使用されています",
    ],
)
@pytest.mark.parametrize("status", [400, 409, 412, 422])
def test_any_wording_of_a_taken_name_is_one_kind_of_refusal(status, text):
    assert reply(status, {"errors": [{"msg": text}]}) == Refused(text, status, says_name_exists=True)


@pytest.mark.parametrize(
    "text",
    [
        "Queue does not exist",
        "Contact list doesn't exist",
        "The flow no longer exists",
        "DNC list not found",
        "Caller ID is not in use",
        "Validation errors/ Invalid arguments",
    ],
)
def test_other_refusals_say_nothing_about_the_name(text):
    assert reply(400, {"errors": [{"msg": text}]}) == Refused(text, 400, says_name_exists=False)


def test_a_name_that_itself_speaks_of_duplicates_is_not_the_services_word():
    assert reply(400, {"message": "Duplicate survey has no queue"}, own=("Duplicate survey",)) == Refused(
        "Duplicate survey has no queue", 400
    )
    assert reply(400, {"message": 'No queue "already exists"'}) == Refused('No queue "already exists"', 400)


@pytest.mark.parametrize(
    "body",
    [
        {"message": "Name exists", "id": "cd-b2c1690-0a1b"},
        {"message": "Name exists", "data": {"_id": "cd-b2c1690-0a1b"}},
        {"errors": [{"msg": "Name exists (cd-b2c1690-0a1b)"}]},
        "Name exists: cd-b2c1690-0a1b",
    ],
)
def test_id_in_a_refusal_or_rate_limit_answer_is_a_candidate(body):
    refused, limited = reply(400, body), reply(429, body)
    assert isinstance(refused, Refused)
    assert isinstance(limited, RetryLater)
    assert (refused.campaign_id, limited.campaign_id) == ("cd-b2c1690-0a1b", "cd-b2c1690-0a1b")


# --- what the answer stored ----------------------------------------------------------------------------


def test_an_answer_with_the_whole_campaign_shows_what_was_stored():
    path = Path(__file__).parents[1] / "api_samples" / "create-progressive-v2.answer.json"
    printed = json.loads(path.read_text(encoding="utf-8"))
    found = reply(200, printed)
    assert found == Created(printed["data"]["id"], "Preparing", read_document(printed["data"], ApiVersion.V2))
    assert isinstance(found, Created)
    assert found.stored is not None
    assert found.stored.caller_id == "+181633xxxxx"


def test_an_answer_with_an_id_alone_shows_nothing_stored():
    body = {"status": "success", "id": "cd-1", "data": {"campId": "cd-1"}}
    assert reply(200, body) == Created("cd-1", None, None)
