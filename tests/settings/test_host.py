"""One address for one service, however it is typed; nothing that would leak or lead nowhere."""

from __future__ import annotations

import pytest

from bulkload.errors import SettingsError
from bulkload.host import base_address, is_this_machine


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("platform.kore.ai", "https://platform.kore.ai"),
        (" https://platform.kore.ai/ ", "https://platform.kore.ai"),
        ("https://eu.kore.ai:8443", "https://eu.kore.ai:8443"),
        ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ("http://localhost:8765/", "http://localhost:8765"),
        ("http://[::1]:8765", "http://[::1]:8765"),
    ],
)
def test_an_address_is_taken_with_and_without_scheme_and_slash(typed: str, address: str) -> None:
    assert base_address(typed) == address


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
    ],
)
def test_an_address_that_would_leak_or_lead_nowhere_is_refused(typed: str) -> None:
    with pytest.raises(SettingsError, match="BULKLOAD_HOST"):
        base_address(typed)


def test_a_password_in_an_address_is_not_repeated() -> None:
    with pytest.raises(SettingsError) as refused:
        base_address("https://me:s3cret@kore.ai")
    assert str(refused.value) == (
        "BULKLOAD_HOST holds more than an address of a server. "
        "Give the server alone, such as https://platform.kore.ai."
    )


@pytest.mark.parametrize(
    "address",
    ["http://localhost:8765", "http://127.0.0.1", "https://127.8.9.10:8443", "http://[::1]:8765"],
)
def test_an_address_of_this_machine_meets_nobody_on_the_way(address: str) -> None:
    assert is_this_machine(address)


@pytest.mark.parametrize(
    "address",
    ["https://10.0.0.1", "https://[::2]", "https://localhost.example", "https://127.0.0.1.example"],
)
def test_an_address_of_another_machine_is_none_of_this_one(address: str) -> None:
    assert not is_this_machine(address)
