"""The address of the service: it is normalised, and refused where it would leak credentials or lead nowhere."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from bulkload.errors import SettingsError

_USUAL_PORTS = {"http": 80, "https": 443}
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


def parse_base_url(typed: str, setting: str = "host") -> str:
    """The normalised address of a server.

    Scheme (``https`` where none was typed) and host become lower case. Dropped are the dot at the host's end, the
    usual port and slashes. IPv6 gets its short form, in brackets.

    ``setting`` is how messages name it: ``host``, or ``acme.host`` for an account's own. Raises SettingsError for
    anything but a scheme, a host and perhaps a port, and for http to another computer.
    """
    # The journal and the lock are named after the address. With two spellings, a row could be created twice.
    parts = _server_alone(typed.strip())
    host = _host(parts.hostname or "") if parts else None
    if parts is None or host is None:
        raise _invalid(typed, setting)
    address = f"{parts.scheme}://{host}{_port(parts)}"
    if parts.scheme == "http" and not is_loopback(address):
        raise SettingsError(
            "{setting:{setting_name}} is {typed}, and http would show the credentials to others.",
            "Use https://.",
            setting_name=setting,
            typed=typed.strip(),
        )
    if parts.scheme not in _USUAL_PORTS:
        raise SettingsError(
            "{setting:{setting_name}} is {typed}, which is not an https:// address.",
            "Use https://.",
            setting_name=setting,
            typed=typed.strip(),
        )
    return address


def is_loopback(address: str) -> bool:
    """Whether a server's address leads to this computer itself, so that no network sees what is sent."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _server_alone(text: str) -> SplitResult | None:
    """The parts of an address; None where it contains more than a server."""
    address = text if "://" in text else f"https://{text}"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  (a number beyond 65535 raises only when it is read)
    except ValueError:
        return None
    more = "@" in parts.netloc or parts.query or parts.fragment or parts.path.strip("/")
    spaces = any(character.isspace() for character in address)
    return None if more or spaces else parts


def _host(name: str) -> str | None:
    """A host as written in an address, given in lower case; None for what can't be one."""
    if ":" in name:
        try:
            return f"[{ipaddress.IPv6Address(name)}]"
        except ValueError:
            return None
    name = name.removesuffix(".")
    # ASCII alone: a name with a letter that only looks like the service's would receive the credentials.
    # The registered form of other names begins with xn-- and is accepted.
    return name if _NAME.fullmatch(name) else None


def _port(parts: SplitResult) -> str:
    is_usual = parts.port is None or parts.port == _USUAL_PORTS.get(parts.scheme)
    return "" if is_usual else f":{parts.port}"


def _invalid(typed: str, setting: str) -> SettingsError:
    """The error for what is not an address; one with an @ may contain a password and is not shown."""
    if "@" in typed:
        text = "{setting:{setting_name}} contains more than the address of a server."
    elif not typed.isascii():
        text = "{setting:{setting_name}} is {typed}, with a character that no address of a server has."
    else:
        text = "{setting:{setting_name}} is {typed}, which is not the address of a server."
    return SettingsError(
        text,
        "Give the server alone, such as https://platform.kore.ai.",
        setting_name=setting,
        typed=ascii(typed.strip())[1:-1] or "empty",
    )
