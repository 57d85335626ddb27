from __future__ import annotations

import asyncio
import shutil
from typing import Any

import pytest
from support.fakes.api_clock import InstantClock
from support.fakes.certificates import certificate
from support.fakes.raw_calls import (
    CREATE,
    CREATED,
    sending,
)
from support.fakes.raw_server import (
    RawServer,
    answer,
    close,
    nobody,
    settings_for,
    written,
)

from bulkload.errors import NetworkError, SettingsError
from bulkload.kore.client import Client
from bulkload.kore.proxies import Proxy, proxy_for
from bulkload.model import ApiVersion, Created, Payload, RetryLater
from bulkload.settings import Settings


@pytest.mark.parametrize("name", ["app_id", "account_id"])
@pytest.mark.parametrize("value", ["st-\u2011 1", "st\n1", "a b", "st-\x00"])
def test_an_id_that_no_header_can_carry_is_a_wrong_setting(name, value):
    with pytest.raises(
        SettingsError, match=f"the setting {name.replace('_', ' ')} is .* contains characters that no ID has"
    ):
        Client(settings_for("http://127.0.0.1:1", **{name: value}))


def entering(settings: Settings) -> None:
    async def use() -> None:
        async with Client(settings):
            pass

    asyncio.run(use())


@pytest.mark.parametrize(
    "host", ["https://host:99999999", "https://xn--a.\u200b", "https://[::1", "https://a\x00b"]
)
def test_an_address_that_is_none_is_a_wrong_setting(host):
    with pytest.raises(SettingsError, match=r"the setting host is .* not an address of a server"):
        entering(settings_for(host))


@pytest.mark.parametrize("proxy", ["ftp://u:hidden-password@proxy", "socks5://u:hidden-password@proxy:1080"])
def test_unusable_proxy_is_a_wrong_setting_and_hides_its_password(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingsError) as caught:
        entering(settings_for("https://platform.example"))
    assert str(caught.value) == (
        "The proxy that HTTPS_PROXY names can't be used. "
        "Give an address such as http://proxy.example.com:8080, or remove the variable."
    )


def test_no_proxy_stands_between_this_machine_and_itself(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert sending(CREATE, CREATED)[1] == Created("cd-1", "Preparing")


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        (answer(407, "who are you?"), "the proxy {proxy} refused the connection"),
        (
            written(b"HTTP/1.1 200 OK\r\n\r\nno TLS here"),
            "no secure connection could be agreed on",
        ),
        (close, "no connection could be made"),
    ],
)
def test_office_proxy_is_used_and_connecting_to_it_sends_no_request(monkeypatch, behaviour, reason):
    async def use() -> Any:
        async with RawServer(behaviour) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            async with Client(settings_for("https://platform.example")) as client:
                reply = await client.send(CREATE)
                address = proxy.url.removeprefix("http://")
                return reply, address, [(ask.method, ask.target) for ask in proxy.requests]

    reply, address, requests = asyncio.run(use())
    assert reply == RetryLater(reason.format(proxy=address))
    assert requests == [("CONNECT", "platform.example:443")]


def test_a_proxy_where_nobody_listens_is_named_and_not_the_service(monkeypatch):
    async def use() -> str:
        with nobody() as address:
            monkeypatch.setenv("ALL_PROXY", address)
            async with Client(settings_for("https://platform.example"), clock=InstantClock()) as client:
                with pytest.raises(NetworkError) as caught:
                    await client.campaigns()
            return str(caught.value).replace(address.removeprefix("http://"), "PROXY")

    assert asyncio.run(use()) == (
        "https://platform.example could not be reached: no connection to the proxy PROXY could be made. "
        "Check ALL_PROXY and whether the proxy is running, or ask your network's administrator."
    )


@pytest.mark.parametrize("no_proxy", ["[::1]", "fe80::/10", "[::1],fe80::/10, platform.example", "::1"])
def test_an_entry_of_no_proxy_that_httpx_cannot_parse_stops_nothing(monkeypatch, no_proxy):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    entering(settings_for("https://platform.example"))
    proxy = proxy_for("https://platform.example")
    assert (proxy is None) is ("platform.example" in no_proxy)


@pytest.mark.parametrize(
    ("base", "is_asked_through_a_proxy"),
    [
        ("https://10.1.2.3", False),
        ("https://11.1.2.3", True),
        ("https://[fe80::1]", False),
        ("https://a.office.example:8443", False),
        ("https://office.example.org", True),
        ("https://127.0.0.1:1", False),
        ("https://localhost", False),
    ],
)
def test_no_proxy_names_hosts_suffixes_and_networks(monkeypatch, base, is_asked_through_a_proxy):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:8080")
    monkeypatch.setenv("NO_PROXY", "10.0.0.0/8, fe80::/10,.office.example")
    expected = Proxy("http://proxy.example:8080", "HTTPS_PROXY") if is_asked_through_a_proxy else None
    assert proxy_for(base) == expected


def test_a_client_that_is_not_open_sends_nothing():
    client = Client(settings_for("http://127.0.0.1:1"))
    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(client.send(CREATE))


def test_json_that_no_service_would_understand_is_never_sent():
    with pytest.raises(ValueError, match="Out of range float"):
        sending(Payload(5, "x", ApiVersion.V2, {"maxSkips": float("nan")}), CREATED)


@pytest.mark.parametrize("content", [None, "no certificate"])
def test_a_file_of_certificates_that_is_none_is_a_wrong_setting(monkeypatch, tmp_path, content):
    if content is not None:
        (tmp_path / "office.pem").write_text(content)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "office.pem"))
    with pytest.raises(SettingsError) as caught:
        entering(settings_for("https://platform.example"))
    assert str(caught.value) == (
        "SSL_CERT_FILE or SSL_CERT_DIR does not lead to certificates that can be read. "
        "Correct the variable, or remove it if your network needs no certificate of its own."
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
def test_a_certificate_is_trusted_only_where_the_office_says_so(tmp_path, monkeypatch):
    context, made = certificate(tmp_path, "IP:127.0.0.1", "20200101000000Z", "20910101000000Z")

    async def use() -> Any:
        async with RawServer(CREATED, tls=context) as server:
            async with Client(server.settings()) as client:
                strange = await client.send(CREATE)
            monkeypatch.setenv("SSL_CERT_FILE", str(made))
            async with Client(server.settings()) as client:
                return strange, await client.send(CREATE), len(server.requests)

    assert asyncio.run(use()) == (
        RetryLater("the certificate of the service is not trusted"),
        Created("cd-1", "Preparing"),
        1,
    )


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the certificate of this test")
@pytest.mark.parametrize(
    ("begins", "ends", "name", "reason"),
    [
        ("20200101000000Z", "20210101000000Z", "IP:127.0.0.1", "the certificate of the service has expired"),
        (
            "20900101000000Z",
            "20910101000000Z",
            "IP:127.0.0.1",
            "the certificate of the service is not valid yet",
        ),
        ("20200101000000Z", "20910101000000Z", "IP:127.0.0.2", "the certificate belongs to another server"),
    ],
)
def test_trusted_certificate_with_wrong_time_or_server_has_its_own_message(  # noqa: PLR0913, PLR0917
    tmp_path, monkeypatch, begins, ends, name, reason
):
    context, made = certificate(tmp_path, name, begins, ends)
    monkeypatch.setenv("SSL_CERT_FILE", str(made))

    async def use() -> Any:
        async with RawServer(CREATED, tls=context) as server, Client(server.settings()) as client:
            return await client.send(CREATE)

    assert asyncio.run(use()) == RetryLater(reason)
