"""The address of the service: what a person may type, the one way to write it, and whether it is this machine."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bulkload.errors import SettingsError

_USUAL_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def parse_base_url(typed: str) -> str:
    """The one address of a server, in whichever way it was typed.

    The journal and the lock are named after it, so two spellings would be two journals and two locks, and a row
    could be created twice. Scheme (``https`` where none was typed) and host stand in lower case, the host without
    a dot at its end, IPv6 in its short form and in brackets; the port where it is not the usual one; no slash.

    Raises SettingsError for anything else than a scheme, a host and perhaps a port, and for http to any machine
    but this one.
    """
    parts = _server_alone(typed.strip())
    host = _host(parts.hostname or "") if parts else None
    if parts is None or host is None:
        raise SettingsError(
            f"BULKLOAD_HOST {_what_it_is(typed)}. Give the server alone, such as https://platform.kore.ai."
        )
    address = f"{parts.scheme}://{host}{_port(parts)}"
    if parts.scheme == "http" and not is_loopback(address):
        raise SettingsError(
            f"BULKLOAD_HOST is {typed!r}: http would show the credentials to everyone on the way. Use https://."
        )
    if parts.scheme not in _USUAL_PORTS:
        raise SettingsError(f"BULKLOAD_HOST is {typed!r}: only https:// addresses can be used.")
    return address


def is_loopback(address: str) -> bool:
    """Whether a server's address leads to this machine itself: what is sent there meets nobody on the way."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _server_alone(text: str) -> SplitResult | None:
    """The address taken apart; None where it says more than where a server is."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (a number beyond 65535 is told only when it is asked for)
    except ValueError:
        return None
    more = "@" in parts.netloc or parts.query or parts.fragment or parts.path.strip("/")
    spaces = any(character.isspace() for character in address)
    return None if more or spaces else parts


def _host(name: str) -> str | None:
    """A host as it stands in an address, given in lower case; None for what can't be one.

    A name of other letters than ASCII's is none: its registered form begins with ``xn--``, and what looks like
    the service's name may be another server, which would be handed the credentials.
    """
    if ":" in name:
        try:
            return f"[{ipaddress.IPv6Address(name)}]"
        except ValueError:
            return None
    name = name.removesuffix(".")
    return name if _NAME.fullmatch(name) else None


def _port(parts: SplitResult) -> str:
    is_usual = parts.port is None or parts.port == _USUAL_PORTS.get(parts.scheme)
    return "" if is_usual else f":{parts.port}"


def _what_it_is(typed: str) -> str:
    """What is wrong with it, shown but for one with an @, which may hold a password."""
    if "@" in typed:
        return "holds more than an address of a server"
    if not typed.isascii():
        return f"is {typed!a}, with a character that no address of a server has"
    return f"is {typed!r}, which is not an address of a server"
