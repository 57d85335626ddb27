from __future__ import annotations

import asyncio
import shutil
import ssl
import subprocess
from typing import Any

import pytest
from support.raw_calls import (
    CREATE,
    CREATED,
    sending,
)
from support.raw_server import (
    RawServer,
    answer,
    close,
    settings_for,
    written,
)

from bulkload.errors import SettingsError
from bulkload.kore.client import Client
from bulkload.model import ApiVersion, Created, Payload, RetryLater
from bulkload.settings import Settings


@pytest.mark.parametrize("name", ["app_id", "account_id"])
@pytest.mark.parametrize("value", ["st-\u2011 1", "st\n1", "a b", "st-\x00"])
def test_an_id_that_no_header_can_carry_is_a_wrong_setting(name, value):
    with pytest.raises(SettingsError, match=f"BULKLOAD_{name.upper()} is .* holds characters that no ID has"):
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
    with pytest.raises(SettingsError, match=r"BULKLOAD_HOST is .* not an address of a server"):
        entering(settings_for(host))


@pytest.mark.parametrize("proxy", ["ftp://u:hidden-password@proxy", "socks5://u:hidden-password@proxy:1080"])
def test_a_proxy_that_cannot_be_used_is_a_wrong_setting_and_its_password_is_not_shown(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(SettingsError) as caught:
        entering(settings_for("https://platform.example"))
    assert str(caught.value) == (
        "The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names can't be used. "
        "Give an address such as http://proxy.example.com:8080, or remove the variable."
    )


def test_no_proxy_stands_between_this_machine_and_itself(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert sending(CREATE, CREATED)[1] == Created("cd-1", "Preparing")


@pytest.mark.parametrize(
    ("behaviour", "reply"),
    [
        (answer(407, "who are you?"), RetryLater("the proxy on the way refused the connection")),
        (
            written(b"HTTP/1.1 200 OK\r\n\r\nno TLS here"),
            RetryLater("no secure connection could be agreed on"),
        ),
        (close, RetryLater("no connection could be made")),
    ],
)
def test_the_offices_proxy_is_used_and_asking_it_is_not_yet_the_request(monkeypatch, behaviour, reply):
    async def use() -> Any:
        async with RawServer(behaviour) as proxy:
            monkeypatch.setenv("HTTPS_PROXY", proxy.url)
            async with Client(settings_for("https://platform.example")) as client:
                return await client.send(CREATE), [(ask.method, ask.target) for ask in proxy.requests]

    assert asyncio.run(use()) == (reply, [("CONNECT", "platform.example:443")])


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
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    subprocess.run([*made, "-keyout", key, "-out", certificate, *subject], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    async def use() -> Any:
        async with RawServer(CREATED, tls=context) as server:
            async with Client(server.settings()) as client:
                strange = await client.send(CREATE)
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            async with Client(server.settings()) as client:
                return strange, await client.send(CREATE), len(server.requests)

    assert asyncio.run(use()) == (
        RetryLater("the certificate of the service is not trusted"),
        Created("cd-1", "Preparing"),
        1,
    )
