"""Everything that is read from the account; nothing here can write to it.

Reads are safe to repeat and are repeated, with full jitter. A token that was refused is tried once more with a
fresh one. What can't be read is said, never taken for absent.
"""

from __future__ import annotations

import json
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self, TypeAlias

from bulkload.errors import CredentialsError, NetworkError, ServiceError
from bulkload.kore import listing, messages, replies
from bulkload.kore.auth import clock_error
from bulkload.kore.body import from_body
from bulkload.kore.decode import clean, id_in, read_body, said
from bulkload.kore.endpoints import Addresses
from bulkload.kore.exchange import ExchangeError
from bulkload.kore.network_errors import explain
from bulkload.kore.remote import is_sms, merge, read_document, read_source
from bulkload.kore.requester import Requester
from bulkload.kore.wordings import says_not_found
from bulkload.model import ApiVersion, Missing, Refused, RemoteCampaign, RetryLater, Uncertain, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from bulkload.kore.endpoints import Address
    from bulkload.kore.exchange import Answer
    from bulkload.kore.pace import Pace
    from bulkload.model import ContactList
    from bulkload.ports import Clock
    from bulkload.settings import Settings

Document: TypeAlias = "Mapping[str, Any]"
Found: TypeAlias = "Document | Refused | Uncertain | Missing"

ATTEMPTS = 4
"""Times that a read is tried before it fails, unless the rate limit is the reason."""
MOST_REFUSALS = 20
"""Rate-limit answers to one read before the run stops: about as many windows."""
FIRST_WAIT = 0.5
"""Seconds before the second attempt at most; each further wait may be twice as long."""
NOT_FOUND = frozenset({200, 400, 404, 410, 412, 422})
"""Statuses whose words may say that a campaign does not exist; the platform says it with 400."""
LONGEST_REASON = 200
"""Characters of the service's words about one campaign that could not be read."""
LARGEST_LISTING = 64_000_000
"""Bytes of one listing."""
LONGEST_LISTING = 120.0
"""Seconds that the service takes for one listing; waiting for the rate limit does not count."""


class Effort:
    """Bytes and seconds that one listing has cost so far."""

    def __init__(self) -> None:
        self._bytes = 0
        self._seconds = 0.0

    def add(self, size: int, seconds: float) -> None:
        """Raises ServiceError where a listing goes on for ever."""
        self._bytes += size
        self._seconds += seconds
        if self._bytes > LARGEST_LISTING:
            raise ServiceError(messages.LISTING_ENDLESS(limit=f"{LARGEST_LISTING // 1_000_000} MB"))
        if self._seconds > LONGEST_LISTING:
            raise ServiceError(messages.LISTING_ENDLESS(limit=f"{LONGEST_LISTING:.0f} seconds of it"))


@dataclass(frozen=True, slots=True)
class Question:
    """One read and how its answer is understood."""

    address: Address
    understand: Callable[[Answer], Found | RetryLater]
    content: bytes | None = None
    is_wanted: Callable[[Document], bool] = lambda _: True
    """A document that is not wanted says nothing, like an answer without one."""
    effort: Effort = field(default_factory=Effort)


class AccountReader:
    """An asynchronous context manager around one account of the service, which only reads."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock | None = None,
        pace: Pace | None = None,
        wall: Callable[[], float] = time.time,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._requester = Requester(settings, clock=clock, pace=pace, wall=wall)
        self._settings = settings
        self._jitter = jitter
        self._addresses = {version: Addresses(settings, version) for version in ApiVersion}
        self._listed: dict[str, RemoteCampaign] = {}
        """The rows of the latest listing."""

    async def __aenter__(self) -> Self:
        await self._requester.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._requester.__aexit__(kind, error, trace)

    # --- the account ---------------------------------------------------------------------------------------

    async def campaigns(self) -> tuple[RemoteCampaign, ...]:
        """Every voice campaign of the application, each once, newest first.

        Raises NetworkError or ServiceError where the listing can't be had as a whole.
        """
        effort = Effort()

        async def ask(body: Document) -> Document:
            content = json.dumps(body).encode()
            question = Question(self._reads.listing(), self._document_of, content, listing.is_page, effort)
            return listing.page_in(await self._read(question))

        campaigns = await listing.read_all(ask, self._version)
        self._listed = {campaign.campaign_id: campaign for campaign in campaigns}
        return campaigns

    def listing_requests(self, count: int) -> int:
        """How many requests a listing of so many campaigns costs."""
        return listing.requests_for(count)

    async def campaign(self, campaign_id: str) -> RemoteCampaign | Missing | Unreadable:
        """One campaign's document, with what the latest listing said besides (its queue or flow).

        Missing only where the service says in recognised words that the campaign does not exist. Raises
        NetworkError, CredentialsError or ServiceError where no campaign can be read.
        """

        def understand(answer: Answer) -> Found | RetryLater:
            body = read_body(answer.body)
            if (
                answer.status in NOT_FOUND
                and id_in(body.document) is None
                and says_not_found(body, campaign_id)
            ):
                return Missing(said(body))
            # 206 is part of a document, and 201 says that something was made.
            return replies.document_of(answer, self._requester.wall(), statuses=frozenset({200}))

        match await self._read(Question(self._reads.get(campaign_id), understand)):
            case Missing() as missing:
                return missing
            case Refused(message=message):
                return Unreadable(f'the service refused to show it ("{clean(message, LONGEST_REASON)}")')
            case Uncertain(reason=reason, words=words, http_status=status):
                # A success that is no campaign's document would only be repeated at length.
                is_success = status is not None and status < 300
                said_too = f' ("{clean(words, LONGEST_REASON)}")' if words and not is_success else ""
                return Unreadable(reason + said_too)
            case document:
                return self._read_campaign(campaign_id, document)

    def _read_campaign(self, campaign_id: str, document: Document) -> RemoteCampaign | Unreadable:
        data = document.get("data")
        if not isinstance(data, dict):
            return Unreadable("the answer is not about one campaign")
        # It exists, so it is not missing; but nothing of it can be compared.
        if is_sms(data):
            return Unreadable("it is an SMS campaign")
        found = read_document(data, self._version)
        if found is None:
            return Unreadable("the answer has no ID, name, caller ID or calling hours")
        if found.campaign_id != campaign_id:
            return Unreadable("the answer is about another campaign")
        # No document has the queue or flow; the listing has.
        row = self._listed.get(campaign_id)
        return merge(row, found, self._version) if row else found

    async def contact_lists(self) -> tuple[ContactList, ...] | None:
        """The account's contact lists; None where the service does not tell them all.

        It is asked by POST, then by GET: the document says one and shows the other. Raises CredentialsError
        alone: a run can do without these names.
        """
        try:
            found = await self._read(Question(self._reads.contact_lists("POST"), self._document_of, b"{}"))
            # Which method the service knows is documented in two ways.
            if isinstance(found, Refused) or (
                isinstance(found, Uncertain) and found.http_status in {404, 405}
            ):
                found = await self._read(Question(self._reads.contact_lists("GET"), self._document_of))
        except ServiceError:
            return None
        return listing.read_contact_lists(found)

    async def queues(self) -> tuple[str, ...] | None:
        """The names of the account's queues; None where the service does not tell them all.

        They need a scope of their own, "Configuration", so a refusal of the credentials means None as well.
        """
        try:
            return listing.read_queues(await self._read(Question(self._reads.queues(), self._document_of)))
        except (ServiceError, CredentialsError):
            return None

    async def total_campaigns(self) -> int | None:
        """How many campaigns the account has, by its first page alone; None where that does not say.

        Raises NetworkError, CredentialsError or ServiceError where the page can't be read.
        """
        content = json.dumps(listing.body_of_page(0, 1)).encode()
        question = Question(self._reads.listing(), self._document_of, content, listing.is_page)
        return listing.read_page(listing.page_in(await self._read(question))).total

    @property
    def clock_error(self) -> tuple[str, str] | None:
        """By how much this computer's clock is wrong, compared with the latest answer's; None where it seems right."""
        return clock_error(self._requester.service_date, self._requester.wall())

    async def is_answering(self) -> bool:
        """Whether the service answers a read, asked once: the run's probe after several failures in a row."""
        content = json.dumps(listing.body_of_page(0, 1)).encode()
        try:
            found = await self._with_fresh_token(Question(self._reads.listing(), self._document_of, content))
        except NetworkError:
            return False
        return not isinstance(found, RetryLater | Uncertain)

    # --- what was kept -------------------------------------------------------------------------------------

    def read_body(self, body: Document, version: ApiVersion) -> RemoteCampaign:
        """What a body that was sent says, as a campaign of the account."""
        return from_body(body, version)

    def read_source(self, source: Document) -> RemoteCampaign | None:
        """The campaign whose ``source`` was kept; None where it can't be read any more."""
        return read_source(source, self._version)

    # --- one read ------------------------------------------------------------------------------------------

    @property
    def _version(self) -> ApiVersion:
        return self._settings.api_version

    @property
    def _reads(self) -> Addresses:
        return self._addresses[self._version]

    def _document_of(self, answer: Answer) -> Document | Refused | RetryLater | Uncertain:
        return replies.document_of(answer, self._requester.wall())

    async def _read(self, question: Question) -> Found:
        """What a read brings, tried again with full jitter where that may help.

        Raises NetworkError where the service can't be reached, ServiceError where it never has time.
        """
        for attempt in range(ATTEMPTS - 1):
            with suppress(NetworkError):
                found = await self._read_in_turn(question)
                if not isinstance(found, Uncertain):
                    return found
            # Full jitter: clients that were cut off together don't come back together.
            await self._requester.clock.sleep(self._jitter() * FIRST_WAIT * 2**attempt)
        return await self._read_in_turn(question)

    async def _read_in_turn(self, question: Question) -> Found:
        """One answer to a read that is not about the rate limit: the pace makes the waiting."""
        for _ in range(MOST_REFUSALS):
            found = await self._with_fresh_token(question)
            if isinstance(found, Refused | Uncertain | Missing):
                return found
            if not isinstance(found, RetryLater):
                return found if question.is_wanted(found) else Uncertain(replies.NO_DOCUMENT)
        raise ServiceError(messages.LIMIT_REACHED(count=MOST_REFUSALS))

    async def _with_fresh_token(self, question: Question) -> Found | RetryLater:
        """A read that was refused for its token may be repeated; a write never is."""
        try:
            return await self._ask_once(question)
        except replies.TokenRefusedError:
            return await self._ask_once(question)

    async def _ask_once(self, question: Question) -> Found | RetryLater:
        clock = self._requester.clock
        begun = 0.0

        def begin() -> None:
            nonlocal begun
            begun = clock.now()  # after the wait for the pace

        def understand(answer: Answer) -> Found | RetryLater:
            question.effort.add(len(answer.body), clock.now() - begun)
            return question.understand(answer)

        try:
            return await self._requester.once(question.address, question.content, understand, begin)
        except ExchangeError as error:
            raise self._unreachable(error) from None

    def _unreachable(self, error: ExchangeError) -> NetworkError:
        requester = self._requester
        return NetworkError(
            explain(
                error.__cause__,
                headers_sent=error.headers_sent,
                host=self._settings.host,
                proxy=requester.proxy,
            )
        )
