"""Ways in which a service stores something else than was sent: names spelt otherwise, other hours, other attempts.

Each is a function from the body as it was sent to the body as it is stored. None of them is documented; a loader must
survive all of them.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Body: TypeAlias = Mapping[str, Any]
Distortion: TypeAlias = Callable[[Body], Body]

_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'})
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": "-", "\u2014": "-"})
_BYTES_KEPT = 48


def distort(body: Body, ways: tuple[str, ...]) -> Body:
    """Return the body as a service stores it that distorts it in these ways, one after the other."""
    for way in ways:
        body = DISTORTIONS[way](body)
    return body


def _name(change: Callable[[str], str]) -> Distortion:
    """Change the name, unless nothing would be left of it."""
    return lambda body: {**body, "name": change(body["name"]) or body["name"]} if "name" in body else body


def _strategy(change: Callable[[Body], Body]) -> Distortion:
    def distorted(body: Body) -> Body:
        strategy = body.get("dialingStrategy")
        return {**body, "dialingStrategy": {**strategy, **change(strategy)}} if strategy else body

    return distorted


def _hours(change: Callable[[Body], Body]) -> Distortion:
    return _strategy(
        lambda strategy: {"callingHours": {**strategy["callingHours"], **change(strategy["callingHours"])}}
    )


def _cut_bytes(name: str) -> str:
    return name.encode()[:_BYTES_KEPT].decode(errors="ignore")


def _without_accents(name: str) -> str:
    decomposed = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", "".join(one for one in decomposed if not unicodedata.combining(one)))


def _without_emoji(name: str) -> str:
    # So: symbols, which hold the emoji. Cf and the selectors (Mn) join and colour them.
    kept = "".join(one for one in name if unicodedata.category(one) not in {"So", "Cf", "Cs"})
    return kept.replace("\ufe0f", "").strip()


def _ascii(name: str) -> str:
    return name.encode("ascii", "replace").decode()


def _misdecoded(name: str) -> str:
    return name.encode().decode("latin-1")


_OF_NAMES: Mapping[str, Callable[[str], str]] = {
    "html escaped": html.escape,
    "nfkc": lambda name: unicodedata.normalize("NFKC", name),
    "nfd": lambda name: unicodedata.normalize("NFD", name),
    "straight quotes": lambda name: name.translate(_QUOTES),
    "plain dashes": lambda name: name.translate(_DASHES),
    "cut at 48 bytes": _cut_bytes,
    "cut at 32 characters": lambda name: name[:32],
    "without accents": _without_accents,
    "without emoji": _without_emoji,
    "slash as dash": lambda name: name.replace("/", "-"),
    "single spaces": lambda name: re.sub(r"\s+", " ", name),
    "trimmed": str.strip,
    "upper case": str.upper,
    "lower case": str.lower,
    "title case": str.title,
    "without final dot": lambda name: name.rstrip("."),
    "ascii only": _ascii,
    "misdecoded": _misdecoded,
    "underscores": lambda name: re.sub(r"\s+", "_", name),
    "backslashes": lambda name: name.replace("'", "\\'").replace('"', '\\"'),
    "without brackets": lambda name: re.sub(r"[()\[\]{}<>]", "", name),
    "numbered": lambda name: f"{name} (1)",
}
NAME_WAYS = tuple(_OF_NAMES)
"""The ways that change the name alone."""

_OF_VALUES: Mapping[str, Distortion] = {
    "other hours": _hours(lambda hours: {"days": [{**day, "end": "4:45 PM"} for day in hours["days"]]}),
    "fewer days": _hours(lambda hours: {"days": hours["days"][:1]}),
    "other time zone": _hours(lambda _: {"timezone": "America/New_York"}),
    "other attempts": _strategy(
        lambda strategy: {"maxAttemptsPerRecord": strategy["maxAttemptsPerRecord"] + 1}
    ),
    "other retry period": _strategy(lambda _: {"defaultRetryPeriod": 60}),
    "other caller id": _strategy(lambda _: {"callerId": {"phoneNumber": "+14155550199"}}),
    "first contact list": lambda body: (
        {**body, "contactLists": body["contactLists"][:1]} if "contactLists" in body else body
    ),
    "priority 1": lambda body: {**body, "priority": "1"},
    "description cut": lambda body: (
        {**body, "description": body["description"][:10]} if "description" in body else body
    ),
}
VALUE_WAYS = tuple(_OF_VALUES)
"""The ways that change something else than the name."""

DISTORTIONS: Mapping[str, Distortion] = {
    **{way: _name(change) for way, change in _OF_NAMES.items()},
    **_OF_VALUES,
}
