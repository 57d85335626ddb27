"""The operating system's keyring, where one works: it keeps the secret, and only for one host."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from support.program.program import bulkload
from support.program.said import refusal_of

from bulkload.settings import config_dir, load

OPTIONS = ("--app-id", "st-1", "--account-id", "a" * 24, "--client-id", "cs-1", "--no-test")


class InMemory(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Locked(InMemory):
    """A keyring that nobody has unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise RuntimeError(f"{username} of {service} is locked")

    set_password = get_password  # type: ignore[assignment]


@pytest.fixture
def store() -> Iterator[InMemory]:
    before, own = keyring.get_keyring(), InMemory()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def add(monkeypatch: pytest.MonkeyPatch, *options: str) -> str:
    """Add an account, its secret given in the environment for this one command."""
    with monkeypatch.context() as here:
        here.setenv("BULKLOAD_ACME_CLIENT_SECRET", "the-secret")
        done = bulkload("accounts", "add", "acme", "--host", "kore.ai", *OPTIONS, *options)
    assert done.status == 0, done.err
    return done.out


def test_the_keyring_keeps_the_secret(store: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch) == "Added acme; its secret is in the keyring. Choose it with --account acme\n"
    assert store.entries == {("bulkload", "cs-1 at https://kore.ai"): "the-secret"}
    assert "the-secret" not in (config_dir() / "accounts.toml").read_text()
    settings = load({"account": "acme"})
    assert settings.credentials.client_secret == "the-secret"
    assert str(settings.sources["client_secret"]) == "the keyring of this computer"
    assert "secret in the keyring" in bulkload("accounts").out
    assert bulkload("accounts", "remove", "acme", "--yes").status == 0
    assert store.entries == {}


def test_a_changed_host_does_not_get_the_secret(store: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    add(monkeypatch)
    path = config_dir() / "accounts.toml"
    path.write_text(path.read_text().replace("kore.ai", "evil.example"))
    assert refusal_of(lambda: load({"account": "acme"})).startswith(
        "The secret of account acme is in none of its places"
    )


def test_a_keyring_that_does_not_work_leaves_the_secret_to_the_file(
    store: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Locked())
    assert add(monkeypatch) == "Added acme; its secret is in the file. Choose it with --account acme\n"
    assert load({"account": "acme"}).credentials.client_secret == "the-secret"


def test_a_keyring_that_was_asked_for_and_does_not_work_is_said(
    store: InMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Locked())
    monkeypatch.setenv("BULKLOAD_ACME_CLIENT_SECRET", "the-secret")
    done = bulkload("accounts", "add", "acme", "--host", "kore.ai", *OPTIONS, "--secret-in", "keyring")
    assert (done.status, done.err) == (
        4,
        "No keyring works here. Install bulkload[keyring], or keep the secret in the file.\n",
    )
