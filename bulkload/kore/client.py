"""The service, as the run sees it: send a campaign, list them all, ask for the contact lists, probe.

``send`` tries once, for a create that is sent again by itself may be a second campaign that phones people; only
after a 401, which proves that nothing was done, it tries once more with a fresh token. Reads are safe to repeat
and are, with full jitter. Everything goes through one pace, and a rate-limit answer to
anything closes the gate for everything.
"""

from __future__ import annotations

import json
import random
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, Self, TypeAlias, TypeVar

from bulkload.errors import NetworkError, ServiceError, SettingsError
from bulkload.kore import listing, replies
from bulkload.kore.auth import Signer, clock_note
from bulkload.kore.decode import strings_in
from bulkload.kore.endpoints import Address, Addresses
from bulkload.kore.exchange import LARGEST, LARGEST_LISTING, Answer, Exchange, ExchangeError
from bulkload.kore.network_errors import cause_of
from bulkload.kore.pace import Pace
from bulkload.model import ApiVersion, Payload, Refused, RemoteCampaign, Reply, RetryLater, Uncertain
from bulkload.ports import Clock, MonotonicClock

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Mapping
    from types import TracebackType

    from bulkload.settings import Settings

Document: TypeAlias = "Mapping[str, Any]"

ATTEMPTS = 4
"""Times that a read is tried before the run stops, unless the rate limit is the reason."""
MOST_REFUSALS = 20
"""Rate-limit answers to one read before the run stops: about as many windows."""
FIRST_WAIT = 0.5
"""Seconds before the second attempt at most; each further wait may be twice as long."""

Found = TypeVar("Found")


class Client:
    """An asynchronous context manager around one application of the service."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
        wall: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        for name, value in (
            ("BULKLOAD_APP_ID", settings.app_id),
            ("BULKLOAD_ACCOUNT_ID", settings.account_id),
        ):
            if not value.isascii() or not value.isprintable() or " " in value:
                raise SettingsError(
                    f"{name} is {value!r}, which holds characters that no ID has. Copy it again."
                )
        self._settings = settings
        self._clock = clock or MonotonicClock()
        self._pace = pace or Pace(settings.rate, settings.window, self._clock)
        self._wall = wall
        self._jitter = jitter
        self._signer = Signer(settings.credentials, wall)
        self._addresses = {version: Addresses(settings, version) for version in ApiVersion}
        self._exchange = Exchange(settings.host, settings.timeout)

    async def __aenter__(self) -> Self:
        await self._exchange.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._exchange.__aexit__(kind, error, trace)

    async def send(self, payload: Payload, on_send: Callable[[], None] = lambda: None) -> Reply:
        """What the service made of one create or update, tried once.

        ``on_send`` is called after the wait for the pace and before the first byte may leave, once for each
        request; what it raises is passed on, and nothing leaves. Raises CredentialsError or ServiceError where
        no row can be sent; the row itself was then provably not taken. A cancellation before ``on_send`` was
        called proves that nothing left, one after it proves nothing.
        """
        addresses = self._addresses[payload.version]
        campaign_id = payload.campaign_id
        address = addresses.create() if campaign_id is None else addresses.update(campaign_id)
        content = json.dumps(payload.body, allow_nan=False).encode()
        own_words = tuple(strings_in(payload.body))
        return await _twice(lambda: self._send_once(address, content, own_words, on_send))

    async def campaigns(self) -> tuple[RemoteCampaign, ...]:
        """Every campaign of the application, each once, newest first.

        Raises NetworkError or ServiceError where the listing can't be had.
        """

        async def ask(body: Document) -> Document:
            content = json.dumps(body).encode()
            found = await self._read(self._reads.listing(), content, is_wanted=listing.is_page)
            return listing.page_in(found)

        return await listing.read_all(ask)

    def listing_requests(self, count: int) -> int:
        """How many requests a listing of so many campaigns takes."""
        return max(1, -(-count // listing.PAGE))

    async def contact_lists(self) -> tuple[str, ...] | None:
        """The names of the account's contact lists; None where the service does not tell.

        It is asked by POST, then by GET: the document says one and shows the other. Raises CredentialsError
        alone: a run can do without these names.
        """
        try:
            found = await self._read(self._reads.contact_lists("POST"), b"{}")
            if isinstance(found, Refused | Uncertain) and found.http_status in {404, 405}:
                found = await self._read(self._reads.contact_lists("GET"), None)
        except ServiceError:
            return None
        return listing.names_of(found)

    async def is_answering(self) -> bool:
        """Whether the service answers a read, asked once: the run's probe after several failures in a row."""
        content = json.dumps(listing.body_of_page(0, 1)).encode()
        try:
            found = await _twice(lambda: self._read_once(self._reads.listing(), content))
        except NetworkError:
            return False
        return not isinstance(found, RetryLater | Uncertain)

    @property
    def _reads(self) -> Addresses:
        return self._addresses[self._settings.api_version]

    async def _send_once(
        self, address: Address, content: bytes, own_words: tuple[str, ...], on_send: Callable[[], None]
    ) -> Reply:
        async with self._pace.slot():
            on_send()
            try:
                answer = await self._ask(address, content, LARGEST)
            except ExchangeError as error:
                return replies.reply_to_failure(error.__cause__, headers_sent=error.headers_sent)
            with self._clock_noted(answer):
                reply = replies.reply_to(answer.status, answer.headers, answer.body, own_words)
            self._heed(reply)
            return reply

    async def _read_once(
        self, address: Address, content: bytes | None
    ) -> Document | Refused | RetryLater | Uncertain:
        async with self._pace.slot():
            try:
                answer = await self._ask(address, content, LARGEST_LISTING)
            except ExchangeError as error:
                raise self._unreachable(error) from None
            with self._clock_noted(answer):
                found = replies.document_of(answer.status, answer.headers, answer.body)
            self._heed(found)
            return found

    async def _read(
        self,
        address: Address,
        content: bytes | None,
        *,
        is_wanted: Callable[[Document], bool] = lambda _: True,
    ) -> Document | Refused | Uncertain:
        """What a read brings, tried again with full jitter where that may help.

        A document that is not wanted says nothing, like an answer without one.

        Raises NetworkError where the service can't be reached, ServiceError where it never has time.
        """
        for attempt in range(ATTEMPTS - 1):
            with suppress(NetworkError):
                found = await self._read_in_turn(address, content, is_wanted)
                if not isinstance(found, Uncertain):
                    return found
            await self._clock.sleep(self._jitter() * FIRST_WAIT * 2**attempt)
        return await self._read_in_turn(address, content, is_wanted)

    async def _read_in_turn(
        self, address: Address, content: bytes | None, is_wanted: Callable[[Document], bool]
    ) -> Document | Refused | Uncertain:
        """One answer to a read that is none about the rate limit: the gate makes the waiting."""
        for _ in range(MOST_REFUSALS):
            found = await _twice(lambda: self._read_once(address, content))
            if isinstance(found, Refused | Uncertain):
                return found
            if not isinstance(found, RetryLater):
                return found if is_wanted(found) else Uncertain(replies.NO_DOCUMENT)
        raise ServiceError(
            f"The account's rate limit was reached {MOST_REFUSALS} times in a row, although we waited each time. "
            "Other programs seem to use all of it: try again later, or lower BULKLOAD_RATE."
        )

    async def _ask(self, address: Address, content: bytes | None, most: int) -> Answer:
        headers = {
            "auth": self._signer.token(),
            "iid": self._settings.app_id,
            "accountId": self._settings.account_id,
        }
        if content is not None:
            headers["Content-Type"] = "application/json"
        return await self._exchange.send(address, headers, content, most)

    def _heed(self, found: Document | Reply) -> None:
        """Close the gate for everybody where the account's limit was the answer."""
        if isinstance(found, RetryLater) and found.limited:
            self._pace.close_for(found.retry_after)

    @contextmanager
    def _clock_noted(self, answer: Answer) -> Iterator[None]:
        """A refused token gets a word about this computer's clock, where the service's shows another time."""
        try:
            yield
        except replies.TokenRefusedError as error:
            note = clock_note(answer.headers.get("date"), self._wall())
            raise replies.TokenRefusedError(f"{error}{note}") from None

    def _unreachable(self, error: ExchangeError) -> NetworkError:
        cause = cause_of(error.__cause__, headers_sent=error.headers_sent)
        return NetworkError(f"{self._settings.host} could not be reached: {cause.message}. {cause.fix}")


async def _twice(once: Callable[[], Awaitable[Found]]) -> Found:
    """Once more with a fresh token where the first was not taken: a refused token proves that nothing was done."""
    try:
        return await once()
    except replies.TokenRefusedError:
        return await once()
