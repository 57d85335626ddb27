"""One address for one service, however it is typed, and none that would leak or lead nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.program.said import refusal_of

from bulkload.base_url import is_loopback, parse_base_url
from bulkload.model import AccountIdentity
from bulkload.run.storage import journal_path
from bulkload.settings import Settings, load


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("platform.kore.ai", "https://platform.kore.ai"),
        (" https://platform.kore.ai/ ", "https://platform.kore.ai"),
        ("https://eu.kore.ai:8443", "https://eu.kore.ai:8443"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://localhost:8765/", "http://localhost:8765"),
        ("http://[::1]:8765", "http://[::1]:8765"),
        ("https://eu_1.kore-ai.example:0", "https://eu_1.kore-ai.example:0"),
        ("xn--bcher-kva.example", "https://xn--bcher-kva.example"),
    ],
)
def test_an_address_is_taken_with_and_without_scheme_and_slash(typed: str, address: str) -> None:
    assert parse_base_url(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "http://10.0.0.1",
        "http://127.0.0.1.evil.example",
        "https://u:p@kore.ai",
        "",
        "a b",
        "kore.ai:99999",
        "https://[::1",
        "https://:p@kore.ai",
        "https://kore.ai?x",
        "https://kore.ai/path",
        "https://kore..ai",
        "https://.",
        "https://kore%2eai",
        "https://[::g]",
        "https://k\u043ere.ai",
    ],
)
def test_an_address_that_would_leak_or_lead_nowhere_is_refused(typed: str) -> None:
    assert refusal_of(lambda: parse_base_url(typed)).startswith("BULKLOAD_HOST ")


def test_a_letter_that_only_looks_right_is_shown_by_its_code() -> None:
    assert refusal_of(lambda: parse_base_url("https://platform.k\u043ere.ai")) == (
        r"BULKLOAD_HOST is https://platform.k\u043ere.ai, with a character that no address of a server has. "
        "Give the server alone, such as https://platform.kore.ai."
    )


def test_a_password_in_an_address_is_not_repeated() -> None:
    assert refusal_of(lambda: parse_base_url("https://me:s3cret@kore.ai")) == (
        "BULKLOAD_HOST contains more than the address of a server. "
        "Give the server alone, such as https://platform.kore.ai."
    )


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8765", "http://127.0.0.1", "https://127.8.9.10:8443", "http://[::1]:8765"],
)
def test_an_address_of_this_computer_is_recognised(address: str) -> None:
    assert is_loopback(address)


@pytest.mark.parametrize(
    "address",
    ["https://10.0.0.1", "https://[::2]", "https://localhost.example", "https://127.0.0.1.example"],
)
def test_an_address_of_another_computer_is_recognised(address: str) -> None:
    assert not is_loopback(address)


@pytest.mark.parametrize(
    ("address", "spellings"),
    [
        (
            "https://platform.kore.ai",
            (
                "platform.kore.ai",
                "Platform.KORE.ai",
                "HTTPS://platform.kore.ai/",
                "https://platform.kore.ai.",
                "https://platform.kore.ai:",
                "https://platform.kore.ai:443",
                "https://platform.kore.ai.:0443//",
                "platform.kore.ai:443",
                "https://platform.kore.ai/?",
                "https://platform.kore.ai#",
            ),
        ),
        ("https://platform.kore.ai:80", ("platform.kore.ai:80", "https://PLATFORM.kore.ai:080/")),
        ("http://localhost", ("http://LOCALHOST.", "HTTP://localhost:80")),
        (
            "http://[::1]:8765",
            ("http://[::1]:8765", "http://[0:0:0:0:0:0:0:1]:8765/", "http://[0000::0001]:8765"),
        ),
        ("https://[2001:db8::a]", ("[2001:DB8::A]", "https://[2001:db8:0:0::a]:443")),
    ],
)
def test_every_spelling_of_one_host_has_one_label_and_one_journal(
    address: str, spellings: tuple[str, ...], tmp_path: Path
) -> None:
    found = [_settings(tmp_path, host=spelling) for spelling in spellings]
    assert {settings.label for settings in found} == {address}
    assert len({journal_path(one.state_dir, AccountIdentity(one.label, one.app_id)) for one in found}) == 1


def _settings(folder: Path, **found: str) -> Settings:
    needed = {
        "app_id": "st-1",
        "account_id": "67777ce93e25326494e90000",
        "client_id": "cs-1",
        "client_secret": "the-secret",
        "state_dir": str(folder),
    }
    return load({**needed, **found})
