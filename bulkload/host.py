"""The address of the service: what a person may type, and whether it leads to this machine itself."""

from __future__ import annotations

import ipaddress
from urllib.parse import SplitResult, urlsplit

from bulkload.errors import SettingsError


def base_address(typed: str) -> str:
    """``https://`` where no scheme was typed, no trailing slash; http only to this machine itself.

    Raises SettingsError for anything else than a scheme, a host and perhaps a port.
    """
    text = typed.strip()
    address = text if "://" in text else f"https://{text}"
    parts = _server_alone(address)
    if parts is None:
        # What has an @ may hold a password, which is not to be shown.
        what = "holds more than" if "@" in typed else f"is {typed!r}, which is not"
        raise SettingsError(
            f"BULKLOAD_HOST {what} an address of a server. "
            "Give the server alone, such as https://platform.kore.ai."
        )
    if parts.scheme == "http" and not is_this_machine(address):
        raise SettingsError(
            f"BULKLOAD_HOST is {typed!r}: http would show the credentials to everyone on the way. Use https://."
        )
    if parts.scheme not in {"http", "https"}:
        raise SettingsError(f"BULKLOAD_HOST is {typed!r}: only https:// addresses can be used.")
    return address.rstrip("/")


def is_this_machine(address: str) -> bool:
    """Whether a server's address leads to this machine itself: what is sent there meets nobody on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _server_alone(address: str) -> SplitResult | None:
    """The address taken apart; None where it is not one of a server, or says more than that."""
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (a number beyond 65535 is told only when it is asked for)
    except ValueError:
        return None
    more = parts.username or parts.query or parts.fragment or parts.path.strip("/")
    spaces = any(character.isspace() for character in address)
    return parts if parts.hostname and not more and not spaces else None
