"""Which proxy is on the way to the service, as the environment or the system says.

It is decided here and not by httpx, for two reasons. httpx refuses to start where NO_PROXY has an entry that it
can't parse (``[::1]``, ``fe80::/10``). And an error has to name the proxy and the variable that chose it.
"""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from bulkload.base_url import is_loopback

_SYSTEM = "this computer's network settings"


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy between this computer and the service."""

    url: str
    """As given; it may contain a password, so it is never shown."""
    source: str
    """The variable that names it, or the system's settings."""

    @property
    def address(self) -> str:
        """Host and port alone."""
        return urlsplit(self.url).netloc.rpartition("@")[2] or "of an unknown address"


def proxy_for(base: str) -> Proxy | None:
    """The proxy for a server; None where there is none. This computer itself is never asked through one."""
    parts = urlsplit(base)
    host = parts.hostname or ""
    # A sandbox on this computer would not be found through the office's proxy.
    if is_loopback(base) or _is_excluded(host, parts.port):
        return None
    found = getproxies()
    for scheme in (parts.scheme, "all"):
        if url := found.get(scheme, "").strip():
            # curl and requests accept an address without a scheme, so people write one.
            return Proxy(url if "://" in url else f"http://{url}", _source(scheme))
    return None


def _source(scheme: str) -> str:
    names = (f"{scheme}_proxy", f"{scheme}_proxy".upper())
    return next((name for name in names if os.environ.get(name)), _SYSTEM)


def _is_excluded(host: str, port: int | None) -> bool:
    """Whether NO_PROXY names the host, by itself, by a suffix, or as an address within a network."""
    if proxy_bypass(host if port is None else f"{host}:{port}"):
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in _networks())


def _networks() -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
    entries = (os.environ.get("no_proxy") or os.environ.get("NO_PROXY") or "").split(",")
    networks = []
    for entry in entries:
        try:
            networks.append(ipaddress.ip_network(entry.strip().strip("[]"), strict=False))
        except ValueError:  # a host name, or a mistake that excludes nothing
            continue
    return networks
