"""The way to the service and what it says: one thing depends on the one before, so the first fault ends it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from bulkload.doctor import messages
from bulkload.doctor.findings import Finding, Verdict, fault, good, warning
from bulkload.errors import BulkloadError
from bulkload.kore.proxies import proxy_for
from bulkload.kore.reader import AccountReader
from bulkload.ports import MonotonicClock
from bulkload.text import count_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.messages import Message
    from bulkload.settings import Settings

TOPICS = ("Proxy", "Server", "Certificate", "Clock", "Credentials", "Permissions", "Campaigns")
"""What an answer depends on, in this order: where one fails, the later ones can't be checked."""
_TOPIC_BY_CODE = {"listing-not-shown": "Server", "client-secret-unusable": "Credentials"}
_TOPIC_BY_WORD = {
    "proxy": "Proxy",
    "certificate": "Certificate",
    "tls": "Certificate",
    "certificates": "Certificate",
    "clock": "Clock",
    "credentials": "Credentials",
    "id": "Credentials",
    "scope": "Permissions",
    "forbidden": "Permissions",
    "listing": "Campaigns",
}
"""The topic of a message of ``kore``, by the first word of its code; any other is about the server."""
_SWITCHED_OFF = re.compile(r"\b(enabled?|region|subscri\w+|feature|available|switched)\b", re.IGNORECASE)
LONGEST_WAIT = 5.0
"""Seconds that the doctor waits at most; a wait for the rate limit is longer."""


class _RateLimitReachedError(Exception):
    """The reader would wait for the account's rate limit."""


class _ImpatientClock(MonotonicClock):
    """A clock that ends a wait for the rate limit before it begins."""

    async def sleep(self, seconds: float) -> None:
        """Wait for a moment, or raise."""
        if seconds > LONGEST_WAIT:
            raise _RateLimitReachedError
        await super().sleep(seconds)


async def service(settings: Settings) -> list[Finding]:
    """The account as these settings reach it, by one read of campaigns, contact lists and queues each."""
    # A slow rate of the person's own must not look like the account's limit.
    quick = replace(settings, rate=60, window=60.0)
    try:
        async with AccountReader(quick, clock=_ImpatientClock()) as reader:
            campaigns = await reader.total_campaigns()
            found = [*_before("Campaigns", settings, reader.clock_error), _campaigns(campaigns)]
            found += [_contact_lists(await reader.contact_lists()), _queues(await reader.queues())]
    except _RateLimitReachedError:
        return [
            good("Proxy", _proxy(settings)),
            good("Server", messages.REACHED(host=settings.host)),
            _LIMITED,
        ]
    except BulkloadError as error:
        return _failed(settings, error)
    return [*found, good("Rate limit", messages.LIMIT_FREE())]


def _failed(settings: Settings, error: BulkloadError) -> list[Finding]:
    """The fault under its topic; what is before it works, what is after it can't be checked."""
    code = error.explanation.code
    topic = _TOPIC_BY_CODE.get(code) or _TOPIC_BY_WORD.get(code.partition("-")[0], "Server")
    said = str(error.explanation.values.get("said", "")) + str(error.explanation.values.get("words", ""))
    explanation = error.explanation
    if topic in {"Permissions", "Campaigns"} and _SWITCHED_OFF.search(said):
        explanation = messages.SWITCHED_OFF(said=said.strip(" ()"))
    later = [
        Finding(name, Verdict.NOT_CHECKED, messages.NOT_CHECKED())
        for name in (*TOPICS[TOPICS.index(topic) + 1 :], "Contact lists", "Queues", "Rate limit")
    ]
    return [*_before(topic, settings, None), fault(topic, explanation, error.exit_status), *later]


def _before(topic: str, settings: Settings, clock: tuple[str, str] | None) -> list[Finding]:
    """What works, because the service has answered what comes after it."""
    is_plain = settings.host.startswith("http://")
    works: dict[str, Finding] = {
        "Proxy": good("Proxy", _proxy(settings)),
        "Server": good("Server", messages.REACHED(host=settings.host)),
        "Certificate": good("Certificate", messages.NOT_ENCRYPTED() if is_plain else messages.SECURE()),
        "Clock": _clock(clock),
        "Credentials": good("Credentials", messages.ACCEPTED()),
        "Permissions": good("Permissions", messages.ALLOWED()),
    }
    return [works[name] for name in TOPICS[: TOPICS.index(topic)]]


def _proxy(settings: Settings) -> Message:
    proxy = proxy_for(settings.host)
    return messages.NO_PROXY() if proxy is None else messages.PROXY(proxy=proxy.address, source=proxy.source)


def _clock(clock: tuple[str, str] | None) -> Finding:
    if clock is None:
        return good("Clock", messages.CLOCK_RIGHT())
    return warning("Clock", messages.CLOCK_OFF(minutes=clock[0], direction=clock[1]))


def _campaigns(count: int | None) -> Finding:
    shown = "the list can be read" if count is None else f"{count_of(count, 'campaign')} in this application"
    return good("Campaigns", messages.LISTED(count=shown))


def _contact_lists(lists: Sequence[object] | None) -> Finding:
    if lists is None:
        return warning("Contact lists", messages.CONTACT_LISTS_UNREADABLE())
    return good("Contact lists", messages.CONTACT_LISTS(count=count_of(len(lists), "contact list")))


def _queues(queues: Sequence[str] | None) -> Finding:
    if queues is None:
        return warning("Queues", messages.QUEUES_UNREADABLE())
    return good("Queues", messages.QUEUES(count=count_of(len(queues), "queue")))


_LIMITED = warning("Rate limit", messages.LIMIT_REACHED())
