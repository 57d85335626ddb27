"""The operating system's keyring, where the extra ``bulkload[keyring]`` is installed and a keyring works.

An entry belongs to a Client ID at a host. With another host in ``accounts.toml`` the secret is not found, so it
can't reach another server.
"""

from __future__ import annotations

from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SERVICE = "bulkload"


class SecretPlace(StrEnum):
    """Where an account's Client Secret is kept."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    FILE = "file"


def keyring_works() -> bool:
    """Whether secrets can be kept in a keyring here."""
    return _keyring() is not None


def read_secret(values: Mapping[str, Any]) -> str | None:
    """The secret of the account with this host and Client ID; None where the keyring has none."""
    keyring = _keyring()
    if keyring is None:
        return None
    # A keyring that is locked or without a desktop raises errors of its own kinds, documented nowhere.
    with suppress(Exception):
        secret: str | None = keyring.get_password(SERVICE, _entry(values))
        return secret
    return None


def store_secret(values: Mapping[str, Any], secret: str) -> bool:
    """Keep a secret; False where the keyring did not take it."""
    keyring = _keyring()
    if keyring is None:
        return False
    with suppress(Exception):
        keyring.set_password(SERVICE, _entry(values), secret)
        return bool(keyring.get_password(SERVICE, _entry(values)) == secret)
    return False


def forget_secret(values: Mapping[str, Any]) -> None:
    """Remove a secret, if the keyring has it."""
    keyring = _keyring()
    if keyring is not None:
        with suppress(Exception):
            keyring.delete_password(SERVICE, _entry(values))


def _entry(values: Mapping[str, Any]) -> str:
    return f"{values.get('client_id')} at {values.get('host')}"


def _keyring() -> Any:
    """The package, if it is installed and found a keyring that works."""
    try:
        import keyring  # noqa: PLC0415  (an extra, and slow to load)

        return keyring if keyring.get_keyring().priority > 0 else None
    except Exception:  # noqa: BLE001  (not installed, or its search for a keyring failed)
        return None
