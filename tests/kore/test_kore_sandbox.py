"""The client against the strict sandbox, which was written from the documents alone and knows nothing of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support.fakes.api_clock import InstantClock
from support.fakes.raw_server import settings_for
from support.fakes.sandbox_server import embedded
from support.fakes.wrong_answers import ANSWERS, at
from support.workbooks.campaigns import CASES, campaigns

from bulkload.errors import CredentialsError
from bulkload.kore.body import to_payload
from bulkload.kore.client import Client
from bulkload.kore.reader import AccountReader
from bulkload.model import (
    ApiVersion,
    Block,
    CallingHours,
    Campaign,
    Created,
    DialingMode,
    Missing,
    Payload,
    Refused,
    RemoteCampaign,
    RetryLater,
    Uncertain,
)
from bulkload.run.compare import differences, is_equal
from bulkload.sandbox.faults import Fault
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, KNOWN
from bulkload.settings import Credentials, Settings

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


def sandbox_settings(url: str, **changes: Any) -> Settings:
    known = {
        "app_id": APP_ID,
        "account_id": ACCOUNT_ID,
        "credentials": Credentials(CLIENT_ID, CLIENT_SECRET),
    }
    return settings_for(url, **(known | changes))


def using(url: str, use: Callable[[Client], Awaitable[Any]], **changes: Any) -> Any:
    async def everything() -> Any:
        async with Client(sandbox_settings(url, **changes), clock=InstantClock()) as client:
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
            "Grüße an alle",
            created_at=listed[0].created_at,
            updated_at=listed[0].updated_at,
        ),
    )
    assert listed[0].created_at < listed[0].updated_at


CANNOT_BE_READ = {(V2, DialingMode.AGENTLESS): {"machine_detection"}}


@pytest.mark.parametrize(("version", "mode"), CASES)
def test_account_shows_what_was_written_in_every_readable_column(tmp_path, version, mode):
    """The golden law at the real sandbox: answer, listing row and document against what was sent."""
    drawn = drawn_campaigns(version, mode, count=12)

    async def use(client: Client) -> Any:
        replies = [await client.send(to_payload(campaign, version)) for campaign in drawn]
        listed = {row.campaign_id: row for row in await client.campaigns()}
        ids = [reply.campaign_id for reply in replies]
        return replies, [listed[one] for one in ids], [await client.campaign(one) for one in ids]

    with embedded(tmp_path) as sandbox:
        replies, rows, documents = using(sandbox.url, use, api_version=version)

    cannot_be_read = CANNOT_BE_READ.get((version, mode), set())
    for campaign, reply, row, document in zip(drawn, replies, rows, documents, strict=True):
        assert differences(campaign, None, row) == ()
        assert {one.field for one in differences(campaign, None, document)} == cannot_be_read
        assert document.has_document
        assert document.not_expressible == ()
        if (version, mode) != (V1, DialingMode.PREVIEW):  # its answer has an id alone
            assert is_equal(campaign, reply.stored)


def drawn_campaigns(version: ApiVersion, mode: DialingMode, count: int) -> list[Campaign]:
    """Campaigns that this sandbox accepts, the same ones each time."""
    references = {
        "contact_lists": st.sets(st.sampled_from(KNOWN.contact_lists), min_size=1, max_size=10).map(tuple),
        "dnc_list": st.sampled_from(KNOWN.dnc_lists),
        "queue": st.sampled_from(KNOWN.queues),
        "experience_flow": st.sampled_from(KNOWN.flows),
        "caller_id": st.sampled_from(KNOWN.caller_ids),
    }
    drawn: list[Campaign] = []

    @settings(max_examples=count, database=None, derandomize=True, phases=[Phase.generate])
    @given(campaigns(version, mode, references=references))
    def draw(campaign: Campaign) -> None:
        drawn.append(replace(campaign, name=f"{len(drawn)} {campaign.name}"[:48].strip()))

    draw()
    return drawn


def test_one_campaign_is_read_with_its_row_deleted_and_then_missing(tmp_path):
    async def use(client: Client) -> Any:
        created = await client.send(payload("Welcome", DialingMode.AGENTLESS, V2))
        campaign_id = created.campaign_id
        alone = await client.campaign(campaign_id)
        (row,) = await client.campaigns()
        whole = await client.campaign(campaign_id)
        deleted = await client.delete(campaign_id)
        return alone, row, whole, deleted, await client.campaign(campaign_id)

    with embedded(tmp_path) as sandbox:
        alone, row, whole, deleted, gone = using(sandbox.url, use)

    assert (alone.connection, row.connection, whole.connection) == (None, KNOWN.flows[0], KNOWN.flows[0])
    assert whole == replace(alone, connection=KNOWN.flows[0])
    assert not row.has_document
    assert deleted == Created(alone.campaign_id, "Ready", alone)
    assert isinstance(gone, Missing)
    assert "not found" in gone.message


def test_queues_are_read_only_if_all_are_shown_and_scope_allows(tmp_path):
    with embedded(tmp_path) as sandbox:
        assert using(sandbox.url, lambda client: client.queues()) == KNOWN.queues
    many = replace(KNOWN, queues=tuple(f"Queue {number}" for number in range(12)))
    with embedded(tmp_path / "many", fixtures=many) as sandbox:
        assert using(sandbox.url, lambda client: client.queues()) is None
    with embedded(tmp_path / "refused", scopes=["Campaign Management"]) as sandbox:
        assert using(sandbox.url, lambda client: client.queues()) is None


def test_a_reader_reads_the_same_and_has_no_way_to_write(tmp_path):
    async def use(url: str) -> Any:
        async with AccountReader(sandbox_settings(url), clock=InstantClock()) as reader:
            return await reader.campaigns()

    with embedded(tmp_path) as sandbox:
        using(sandbox.url, lambda client: client.send(payload("Welcome", DialingMode.PREVIEW, V2)))
        (found,) = asyncio.run(use(sandbox.url))
    assert found.name == "Welcome"
    assert [name for name in ("send", "delete", "_write") if hasattr(AccountReader, name)] == []


@pytest.mark.parametrize("version", ApiVersion)
@pytest.mark.parametrize("by_post", [True, False])
def test_the_contact_lists_are_found_by_post_or_get(tmp_path, version, by_post):
    with embedded(tmp_path, contact_lists_by_post=by_post) as sandbox:
        lists = using(sandbox.url, lambda client: client.contact_lists(), api_version=version)
    assert sorted(one.name for one in lists) == sorted(KNOWN.contact_lists)
    assert {one.list_type for one in lists} == {"call"}
    assert all(isinstance(one.record_count, int) and one.status for one in lists)


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
    assert (reply.http_status, reply.says_name_exists) == (400, True)


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
STOPPING = STOPS | {"redirect", "login page"}
EXPECTED: dict[str, type] = {
    **dict.fromkeys(STOPPING, Uncertain),
    **dict.fromkeys(["429"], RetryLater),
    **dict.fromkeys(["400", "404", "405", "409", "413", "415", "422", "invalid arguments"], Refused),
    **dict.fromkeys(["not found", "duplicate"], Refused),
    **dict.fromkeys(["408", "425", "500", "502", "503", "504", "gateway 502", "gateway 200"], Uncertain),
    **dict.fromkeys(["no id", "broken JSON", "truncated JSON", "empty body", "failed item"], Uncertain),
}
"""The table of what a lost answer proves, by the sandbox's names of wrong answers."""


def struck(folder: Path, fault: Fault, **changes: Any) -> tuple[Any, int]:
    """What comes of a create that this fault strikes, and how many effects the account's own log holds."""

    async def use(client: Client) -> Any:
        return await client.send(payload("Welcome", DialingMode.PREVIEW, V2))

    with embedded(folder, faults=[fault.to_json()]) as sandbox:
        return using(sandbox.url, use, **changes), len(sandbox.log.effects)


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() - {"wrong content type"}))
def test_a_wrong_answer_before_the_effect_is_what_the_table_says(tmp_path, name):
    found, effects = struck(tmp_path, at(ANSWERS[name], "before", times=None))
    assert isinstance(found, EXPECTED[name])
    assert getattr(found, "stops", False) is (name in STOPPING)
    assert effects == 0


@pytest.mark.parametrize("name", sorted(set(EXPECTED) - {"429"}))
def test_wrong_answer_after_the_effect_never_allows_a_free_retry(tmp_path, name):
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
