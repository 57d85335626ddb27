"""Each fault on the way to the service, or of the account, has one line with its fix."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from support.fakes.certificates import certificate
from support.fakes.raw_server import Behaviour, RawServer, answer, nobody
from support.fakes.sandbox_server import embedded
from support.program.said import said_of

from bulkload.doctor import Diagnosis, examine
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
from bulkload.sandbox.server import EmbeddedSandbox

RIGHT = {
    "app_id": APP_ID,
    "account_id": ACCOUNT_ID,
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
}
NO_CAMPAIGNS = {"status": "SUCCESS", "data": [], "totalResults": 0, "hasMore": False}
SCOPE_MISSING = (
    'The app may not manage campaigns ("Permission denied. Scope is incorrect!"). '
    'Add the scope "Campaign Management" to the app at Kore.ai and publish it.'
)
NO_QUEUES = (
    "The app may not read all queues, so their names are checked only when a campaign is sent. "
    'Add the scope "Configuration" to the app at Kore.ai and publish it.'
)
LIMIT_REACHED = (
    "Other programs use all requests of this account's minute. "
    "Wait a minute and try again, or lower BULKLOAD_RATE."
)
REFUSED = "The service does not accept the credentials"
REDIRECTED = "The service redirects to login.example."
NOT_SHOWN = "The service did not show the list of campaigns: "
AFTER_CREDENTIALS = ("Permissions", "Campaigns", "Contact lists", "Queues", "Rate limit")


def examined(host: str, **changes: str) -> Diagnosis:
    return asyncio.run(examine({**RIGHT, "host": host, **changes}))


def faults(diagnosis: Diagnosis) -> dict[str, str]:
    """What is wrong, as the command line prints it, by topic."""
    return {
        one.topic: said_of(one.explanation)
        for one in diagnosis.findings
        if one.verdict in {"fault", "warning"}
    }


def verdicts(diagnosis: Diagnosis) -> dict[str, str]:
    return {one.topic: str(one.verdict) for one in diagnosis.findings}


@pytest.fixture
def service(tmp_path: Path) -> Iterator[EmbeddedSandbox]:
    with embedded(tmp_path) as sandbox:
        yield sandbox


def test_an_account_that_works_has_no_fault_and_costs_three_reads(service: EmbeddedSandbox) -> None:
    diagnosis = examined(service.url)
    assert (faults(diagnosis), diagnosis.exit_status) == ({}, 0)
    assert [request.operation for request in service.log.requests] == ["list", "contact_lists", "queues"]
    shown = {one.topic: said_of(one.explanation) for one in diagnosis.findings}
    assert shown["Campaigns"] == "0 campaigns in this application"
    assert shown["Server"] == f"{service.url} answers"


@pytest.mark.parametrize(
    ("setting", "value"),
    [("app_id", "st-9"), ("account_id", "f" * 24), ("client_id", "cs-9"), ("client_secret", "wrong")],
)
def test_wrong_ids_and_secrets_are_faults_of_the_credentials(
    service: EmbeddedSandbox, setting: str, value: str
) -> None:
    diagnosis = examined(service.url, **{setting: value})
    assert diagnosis.exit_status == 4
    assert faults(diagnosis) == {
        "Credentials": 'The service does not accept the credentials ("Invalid SDK credentials"). Check '
        "BULKLOAD_CLIENT_ID, BULKLOAD_CLIENT_SECRET, BULKLOAD_APP_ID and BULKLOAD_ACCOUNT_ID against the app's page "
        "at Kore.ai."
    }
    assert [one for one, verdict in verdicts(diagnosis).items() if verdict == "not_checked"] == list(
        AFTER_CREDENTIALS
    )


@pytest.mark.parametrize(
    ("behaviour", "topic", "message", "status"),
    [
        ({"scopes": ("Configuration",)}, "Permissions", SCOPE_MISSING, 4),
        ({"scopes": ("Campaign Management",)}, "Queues", NO_QUEUES, 0),
        ({"campaigns_enabled": False}, "Permissions", 'The service refuses campaigns for this account ("', 4),
        ({"rate": 1}, "Rate limit", LIMIT_REACHED, 0),
        ({"clock_offset": -3600.0, "names_token_fault": True}, "Clock", REFUSED, 4),
    ],
)  # fmt: skip
def test_what_the_service_refuses_is_a_fault_of_its_own(
    tmp_path: Path, behaviour: dict[str, Any], topic: str, message: str, status: int
) -> None:
    with embedded(tmp_path, **behaviour) as service:
        diagnosis = examined(service.url)
    found = faults(diagnosis)
    assert list(found) == [topic]
    assert found[topic].startswith(message)
    assert diagnosis.exit_status == status


def test_contact_lists_are_read_by_get_where_post_is_refused(tmp_path: Path) -> None:
    with embedded(tmp_path, contact_lists_by_post=False) as service:
        assert faults(examined(service.url)) == {}
        assert len(service.log.requests) == 4


def answered(*behaviours: Behaviour) -> Diagnosis:
    """The diagnosis of a server that behaves so."""

    async def look() -> Diagnosis:
        async with RawServer(*behaviours) as server:
            return await examine({**RIGHT, "host": server.url})

    return asyncio.run(look())


@pytest.mark.parametrize(
    ("behaviour", "topic", "message"),
    [
        (answer(302, "", {"Location": "https://login.example/"}), "Server", REDIRECTED),
        (answer(404, "<html>Not here</html>", {"Content-Type": "text/html"}), "Server", NOT_SHOWN),
        (answer(401, {"message": "Invalid accountId"}), "Credentials", REFUSED),
    ],
)  # fmt: skip
def test_another_server_than_kores_is_recognised(behaviour: Behaviour, topic: str, message: str) -> None:
    found = faults(answered(behaviour))
    assert list(found) == [topic]
    assert found[topic].startswith(message)


@pytest.mark.parametrize(("hours", "words"), [(2, "120 minutes behind"), (-2, "120 minutes ahead of")])
def test_wrong_clock_is_detected_from_the_time_of_the_service(hours: int, words: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=hours), usegmt=True)
    assert faults(answered(answer(200, NO_CAMPAIGNS, {"Date": date})))["Clock"] == (
        f"This computer's clock is about {words} the service's clock. Set this computer's clock."
    )


def test_a_server_that_does_not_listen_is_named() -> None:
    with nobody() as address:
        found = faults(examined(address))
    assert found == {
        "Server": f"{address} could not be reached: the service refused the connection. Check that this computer is "
        "online and that BULKLOAD_HOST is right, then try again."
    }


def test_a_name_that_no_server_has_is_named() -> None:
    found = faults(examined("https://no-such-server.invalid"))
    assert list(found) == ["Server"]
    assert "the network knows no server of that name" in found["Server"]


def test_a_dead_proxy_is_named_instead_of_the_host(monkeypatch: pytest.MonkeyPatch) -> None:
    with nobody() as address:
        monkeypatch.setenv("HTTPS_PROXY", address.replace("http://", "http://me:s3cret@"))
        diagnosis = examined("https://platform.kore.ai.invalid")
    found = faults(diagnosis)
    assert list(found) == ["Proxy"]
    assert address.removeprefix("http://") in found["Proxy"]
    assert "HTTPS_PROXY" in found["Proxy"]
    assert "s3cret" not in str(diagnosis)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
@pytest.mark.parametrize(
    ("begins", "ends", "name", "is_trusted", "reason"),
    [
        ("20200101", "20910101", "IP:127.0.0.1", False, "the certificate of the service is not trusted"),
        ("20200101", "20210101", "IP:127.0.0.1", True, "the certificate of the service has expired"),
        ("20900101", "20910101", "IP:127.0.0.1", True, "the certificate of the service is not valid yet"),
        ("20200101", "20910101", "IP:127.0.0.2", True, "the certificate belongs to another server"),
    ],
)
def test_a_certificate_that_is_refused_is_a_fault_of_its_own(  # noqa: PLR0913
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    begins: str,
    ends: str,
    name: str,
    *,
    is_trusted: bool,
    reason: str,
) -> None:
    context, made = certificate(tmp_path, name, f"{begins}000000Z", f"{ends}000000Z")
    if is_trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(made))

    async def look() -> Diagnosis:
        async with RawServer(answer(200, NO_CAMPAIGNS), tls=context) as server:
            return await examine({**RIGHT, "host": server.url})

    diagnosis = asyncio.run(look())
    found = faults(diagnosis)
    assert (list(found), diagnosis.exit_status) == (["Certificate"], 5)
    assert f"could not be reached: {reason}." in found["Certificate"]


def test_no_secret_is_in_any_line(service: EmbeddedSandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**RIGHT, "host": service.url}.items():
        monkeypatch.setenv(f"BULKLOAD_{name.upper()}", value)
    diagnosis = asyncio.run(examine({}))
    lines = "\n".join(said_of(one.explanation) for one in diagnosis.findings)
    assert "client_secret is set, from the environment" in lines
    assert CLIENT_SECRET not in lines
    assert CLIENT_ID not in lines
