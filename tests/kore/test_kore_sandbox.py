"""The client against the strict sandbox, which was written from the documents alone and knows nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from support.api_clock import InstantClock
from support.raw_server import settings_for
from support.sandbox_server import embedded
from support.wrong_answers import ANSWERS, at

from bulkload.errors import BulkloadError, CredentialsError, ServiceError
from bulkload.kore.body import to_payload
from bulkload.kore.client import Client
from bulkload.model import (
    ApiVersion,
    Block,
    CallingHours,
    Campaign,
    Created,
    DialingMode,
    Payload,
    Refused,
    RemoteCampaign,
    RetryLater,
    Uncertain,
)
from bulkload.sandbox.faults import Fault
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, KNOWN
from bulkload.settings import Credentials

HOURS = CallingHours("Office", "WEEKLY", "Asia/Kolkata", (Block("MO", time(9), time(18)),))
V1, V2 = ApiVersion.V1, ApiVersion.V2


def payload(name: str, mode: DialingMode, version: ApiVersion, campaign_id: str | None = None) -> Payload:
    campaign = Campaign(
        row=2,
        name=name,
        description="Grüße an alle",
        dialing_mode=mode,
        contact_lists=KNOWN.contact_lists[:2],
        caller_id=KNOWN.caller_ids[0],
        calling_hours=HOURS,
        priority=4,
        dialing_order="LIFO",
        max_attempts=3,
        retry_period=10,
        max_ring_time=30,
        campaign_id=campaign_id,
    )
    if mode is DialingMode.AGENTLESS:
        campaign = replace(campaign, experience_flow=KNOWN.flows[0])
    else:
        campaign = replace(campaign, queue=KNOWN.queues[0])
    if mode is DialingMode.PREVIEW:
        campaign = replace(campaign, max_skips=0)
    if version is V2:
        campaign = replace(campaign, dnc_list=KNOWN.dnc_lists[0])
    if version is V1 or mode is DialingMode.AGENTLESS:
        campaign = replace(campaign, machine_detection="No")
    return to_payload(campaign, version)


def using(url: str, use: Callable[[Client], Awaitable[Any]], **changes: Any) -> Any:
    settings = settings_for(
        url,
        **{
            "app_id": APP_ID,
            "account_id": ACCOUNT_ID,
            "credentials": Credentials(CLIENT_ID, CLIENT_SECRET),
            **changes,
        },
    )

    async def everything() -> Any:
        async with Client(settings, clock=InstantClock()) as client:
            return await use(client)

    return asyncio.run(everything())


@pytest.mark.parametrize("version", ApiVersion)
@pytest.mark.parametrize("mode", DialingMode)
def test_every_mode_and_version_is_created_updated_and_listed(tmp_path, mode, version):
    async def use(client: Client) -> Any:
        created = await client.send(payload("Welcome", mode, version))
        assert isinstance(created, Created)
        updated = await client.send(payload("Welcome again", mode, version, created.campaign_id))
        return created, updated, await client.campaigns()

    with embedded(tmp_path) as sandbox:
        created, updated, listed = using(sandbox.url, use, api_version=version)

    assert isinstance(updated, Created)
    assert updated.campaign_id == created.campaign_id
    assert listed == (
        RemoteCampaign(
            created.campaign_id,
            "Welcome again",
            "Ready",
            str(mode),
            4,
            KNOWN.dnc_lists[0] if version is V2 else None,
            KNOWN.contact_lists[:2],
            KNOWN.flows[0] if mode is DialingMode.AGENTLESS else KNOWN.queues[0],
        ),
    )


@pytest.mark.parametrize("version", ApiVersion)
@pytest.mark.parametrize("by_post", [True, False])
def test_the_contact_lists_are_found_by_post_or_get(tmp_path, version, by_post):
    with embedded(tmp_path, contact_lists_by_post=by_post) as sandbox:
        names = using(sandbox.url, lambda client: client.contact_lists(), api_version=version)
    assert sorted(names) == sorted({*KNOWN.contact_lists, *KNOWN.dnc_lists} & set(names))
    assert set(KNOWN.contact_lists) <= set(names)


@pytest.mark.parametrize("largest", [50, 7])
def test_a_long_account_is_listed_whole(tmp_path, largest):
    async def use(client: Client) -> Any:
        for number in range(60):
            await client.send(payload(f"Campaign {number}", DialingMode.PREVIEW, V2))
        return await client.campaigns()

    with embedded(tmp_path, largest_limit=largest) as sandbox:
        listed = using(sandbox.url, use)

    assert sorted(one.name for one in listed) == sorted(f"Campaign {number}" for number in range(60))


def test_a_name_that_is_taken_is_a_refusal(tmp_path):
    async def use(client: Client) -> Any:
        await client.send(payload("Welcome", DialingMode.PREVIEW, V2))
        return await client.send(payload("WELCOME", DialingMode.PREVIEW, V2))

    with embedded(tmp_path) as sandbox:
        reply = using(sandbox.url, use)
    assert isinstance(reply, Refused)
    assert reply.http_status == 400


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"credentials": Credentials(CLIENT_ID, "another secret, long enough for HS256")}, CredentialsError),
        ({"credentials": Credentials("cs-another", CLIENT_SECRET)}, CredentialsError),
    ],
)
def test_wrong_credentials_stop_the_run_with_exit_status_4(tmp_path, changes, kind):
    with embedded(tmp_path) as sandbox, pytest.raises(kind) as caught:
        using(sandbox.url, lambda client: client.campaigns(), **changes)
    assert caught.value.exit_status == 4


def test_a_missing_scope_stops_the_run_with_exit_status_4(tmp_path):
    with embedded(tmp_path, scopes=["Configuration"]) as sandbox, pytest.raises(CredentialsError) as caught:
        using(sandbox.url, lambda client: client.campaigns())
    assert "Campaign Management" in str(caught.value)


@pytest.mark.parametrize("form", ["429", "429 with Retry-After", "400", "200"])
def test_every_form_of_the_rate_limit_answer_is_recognised(tmp_path, form):
    async def use(client: Client) -> Any:
        return [await client.send(payload(f"N{number}", DialingMode.PREVIEW, V2)) for number in range(2)]

    with embedded(tmp_path, rate=1, limit_answer=form) as sandbox:
        first, second = using(sandbox.url, use)
        effects = len(sandbox.log.effects)
    assert isinstance(first, Created)
    assert isinstance(second, RetryLater)
    assert second.limited
    assert (second.retry_after is not None) == (form == "429 with Retry-After")
    assert effects == 1


STOPS = {
    "malformed token",
    "wrong signature",
    "replay",
    "wrong scope",
    "wrong scope, as message",
    "forbidden",
}
EXPECTED: dict[str, type] = {
    **dict.fromkeys(STOPS, CredentialsError),
    **dict.fromkeys(["redirect", "login page"], ServiceError),
    **dict.fromkeys(["429"], RetryLater),
    **dict.fromkeys(["400", "404", "405", "409", "413", "415", "422", "invalid arguments"], Refused),
    **dict.fromkeys(["not found", "duplicate", "failed item"], Refused),
    **dict.fromkeys(["408", "425", "500", "502", "503", "504", "gateway 502", "gateway 200"], Uncertain),
    **dict.fromkeys(["no id", "broken JSON", "truncated JSON", "empty body"], Uncertain),
}
"""The table of what a lost answer proves, by the sandbox's names of wrong answers."""


def struck(folder: Path, fault: Fault, **changes: Any) -> tuple[Any, int]:
    """What comes of a create that this fault strikes, and how many effects the account's own log holds."""

    async def use(client: Client) -> Any:
        try:
            return await client.send(payload("Welcome", DialingMode.PREVIEW, V2))
        except BulkloadError as error:
            return error

    with embedded(folder, faults=[fault.to_json()]) as sandbox:
        return using(sandbox.url, use, **changes), len(sandbox.log.effects)


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {"wrong content type"}))
def test_a_wrong_answer_before_the_effect_is_what_the_table_says(tmp_path, name):
    found, effects = struck(tmp_path, at(ANSWERS[name], "before", times=None))
    assert isinstance(found, EXPECTED[name])
    assert effects == 0


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - STOPS - {"redirect", "login page", "429"}))
def test_a_wrong_answer_after_the_effect_is_never_taken_for_a_free_retry(tmp_path, name):
    found, effects = struck(tmp_path, at(ANSWERS[name], "after"))
    assert isinstance(found, Uncertain | Refused)
    assert effects == 1


def test_an_answer_with_the_wrong_content_type_is_read_all_the_same(tmp_path):
    found, effects = struck(tmp_path, at(ANSWERS["wrong content type"], "after"))
    assert isinstance(found, Created)
    assert effects == 1


@pytest.mark.parametrize("when", ["arrival", "before", "after"])
@pytest.mark.parametrize("kind", ["reset", "close", "half_header", "half_body", "drip", "hang"])
def test_a_connection_that_breaks_at_any_moment_proves_nothing(tmp_path, kind, when):
    timeout = 2.0 if kind in {"drip", "hang"} else 60.0  # where the end comes, any machine sees it
    found, effects = struck(tmp_path, Fault(kind, when, "create", seconds=0.2), timeout=timeout)
    assert isinstance(found, Uncertain)
    assert effects == (1 if when == "after" else 0)


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_connection_that_breaks_before_it_is_read_proves_nothing_either(tmp_path, kind):
    found, effects = struck(tmp_path, Fault(kind, operation="connection"))
    assert isinstance(found, Uncertain | RetryLater)
    assert effects == 0
