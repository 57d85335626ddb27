"""One signed request at the account's pace: the way in and out of everything that is asked or sent."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Self, TypeVar

from bulkload.errors import SettingsError
from bulkload.kore import messages
from bulkload.kore.auth import Signer
from bulkload.kore.exchange import Exchange
from bulkload.kore.pace import Pace, shared_pace
from bulkload.model import RetryLater
from bulkload.ports import MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from bulkload.kore.endpoints import Address
    from bulkload.kore.exchange import Answer
    from bulkload.kore.proxies import Proxy
    from bulkload.ports import Clock
    from bulkload.settings import Settings

Found = TypeVar("Found")


class Requester:
    """An asynchronous context manager around one account of the service."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
        wall: Callable[[], float] = time.time,
    ) -> None:
        """Raises SettingsError for an id or a secret that no request can carry."""
        for name, value in (("app_id", settings.app_id), ("account_id", settings.account_id)):
            if not value.isascii() or not value.isprintable() or " " in value:
                raise SettingsError(messages.ID_UNUSABLE(name=name, typed=repr(value)))
        self.settings = settings
        self.wall = wall
        self.clock = clock or MonotonicClock()
        # A clock of its own has a time of its own, so its requests can't share a budget.
        self._pace = pace or (shared_pace(settings) if clock is None else _own_pace(settings, clock))
        self._signer = Signer(settings.credentials, wall)
        self._exchange = Exchange(settings.host, settings.timeout)
        self.service_date: str | None = None
        """The service's own time, as its latest answer said it."""

    async def __aenter__(self) -> Self:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    @property
    def proxy(self) -> Proxy | None:
        """The proxy on the way, if there is one."""
        return self._exchange.proxy

    async def once(
        self,
        address: Address,
        content: bytes | None,
        understand: Callable[[Answer], Found],
        on_send: Callable[[], None] = lambda: None,
    ) -> Found:
        """What ``understand`` makes of the answer to one request.

        ``on_send`` is called after the wait for the pace and before the first byte may leave; what it raises is
        passed on, and nothing leaves. Raises ExchangeError where no whole answer comes.
        """
        async with self._pace.slot():
            on_send()
            answer = await self._exchange.send(address, self._headers(content), content)
            self.service_date = answer.headers.get("date", self.service_date)
            found = understand(answer)
            # Inside the slot: the pace counts the refused request itself.
            if isinstance(found, RetryLater) and found.limited:
                self._pace.close_for(found.retry_after)
            return found

    def _headers(self, content: bytes | None) -> dict[str, str]:
        headers = {
            "auth": self._signer.token(),
            "iid": self.settings.app_id,
            "accountId": self.settings.account_id,
        }
        return headers if content is None else headers | {"Content-Type": "application/json"}


def _own_pace(settings: Settings, clock: Clock) -> Pace:
    return Pace(settings.rate, settings.window, clock)
