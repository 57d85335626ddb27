"""No token of one account ever reaches the host of another, however the settings are mixed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from support.fakes.two_accounts import Account, Mixture, mixtures, server

from bulkload.errors import SettingsError
from bulkload.kore.client import Client
from bulkload.settings import Settings, config_dir, load

ACME_SECRET, BOLT_SECRET = "acme-secret-" + "a" * 32, "bolt-secret-" + "b" * 32


@pytest.mark.parametrize("secrets", ["file", "environment"])
def test_no_token_of_one_account_reaches_the_other(
    secrets: str, monkeypatch: pytest.MonkeyPatch, record_property: pytest.RecordProperty
) -> None:
    def settings_of(mixture: Mixture) -> Settings | None:
        with monkeypatch.context() as here:
            for name, value in mixture.environment.items():
                here.setenv(name, value)
            Path(".env").write_text("".join(f"{name}={value}\n" for name, value in mixture.dotenv.items()))
            try:
                return load({"account": mixture.chosen})
            except SettingsError:
                return None

    async def attempt(mixture: Mixture) -> bool:
        """Whether the mixture was accepted and one read sent."""
        settings = settings_of(mixture)
        if settings is None:
            return False
        async with Client(settings) as client:
            await client.is_answering()
        return True

    async def every_mixture() -> None:
        async with server() as at_acme, server() as at_bolt:
            acme, bolt = Account("acme", at_acme.url, ACME_SECRET), Account("bolt", at_bolt.url, BOLT_SECRET)
            store(acme, bolt)
            attempts = [await attempt(mixture) for mixture in mixtures(acme, bolt)]
            assert [request for request in at_acme.requests if bolt.owns(request)] == []
            assert [request for request in at_bolt.requests if acme.owns(request)] == []
            assert len(at_acme.requests) + len(at_bolt.requests) == sum(attempts)
            assert min(len(at_acme.requests), len(at_bolt.requests)) > 10
            record_property("mixtures of two accounts tried", len(attempts))
            record_property("mixtures of two accounts accepted", sum(attempts))

    def store(acme: Account, bolt: Account) -> None:
        path = config_dir() / "accounts.toml"
        path.parent.mkdir(parents=True)
        text = acme.section + bolt.section
        if secrets == "environment":
            text = "".join(line for line in text.splitlines(keepends=True) if "client_secret" not in line)
            monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", ACME_SECRET)
            monkeypatch.setenv("BULKLOAD_BOLT_CLIENT_SECRET", BOLT_SECRET)
        path.write_text(text)
        path.chmod(0o600)

    asyncio.run(every_mixture())


def test_the_check_of_tokens_sees_a_token_of_the_wrong_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: where both settings stand in one source, the test above would notice the leak."""

    async def leak() -> None:
        async with server() as at_bolt:
            acme = Account("acme", at_bolt.url, ACME_SECRET)
            for name, value in acme.of("host", "app_id", "account_id", "client_id", "client_secret").items():
                monkeypatch.setenv(name, value)
            async with Client(load({})) as client:
                await client.is_answering()
            assert [acme.owns(request) for request in at_bolt.requests] == [True]

    asyncio.run(leak())
