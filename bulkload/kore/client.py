"""The service, as a run sees it: everything that is read, and create, update and delete.

A write is tried once, also after a 401. Sent again by itself, a create may become a second campaign that phones
people, and an update may overwrite a change made in between.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bulkload.kore import replies
from bulkload.kore.decode import strings_in
from bulkload.kore.exchange import ExchangeError
from bulkload.kore.reader import AccountReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.kore.endpoints import Address
    from bulkload.kore.exchange import Answer
    from bulkload.model import ApiVersion, Payload, Reply


class Client(AccountReader):
    """An asynchronous context manager around one account of the service, which reads and writes."""

    async def send(self, payload: Payload, on_send: Callable[[], None] = lambda: None) -> Reply:
        """What the service made of one create or update, tried once.

        ``on_send`` is called after the wait for the pace and before the first byte may leave; what it raises is
        passed on, and nothing leaves. A cancellation before ``on_send`` was called proves that nothing left, one
        after it proves nothing.
        """
        addresses = self._addresses[payload.version]
        campaign_id = payload.campaign_id
        address = addresses.create() if campaign_id is None else addresses.update(campaign_id)
        content = json.dumps(payload.body, allow_nan=False).encode()
        return await self._write(address, content, payload.version, tuple(strings_in(payload.body)), on_send)

    async def delete(self, campaign_id: str, on_send: Callable[[], None] = lambda: None) -> Reply:
        """What the service made of one delete, tried once; Created carries the deleted campaign as ``stored``."""
        return await self._write(self._reads.delete(campaign_id), None, self._version, (), on_send)

    async def _write(
        self,
        address: Address,
        content: bytes | None,
        version: ApiVersion,
        own_words: tuple[str, ...],
        on_send: Callable[[], None],
    ) -> Reply:
        def understand(answer: Answer) -> Reply:
            return replies.reply_to(answer, version=version, own_words=own_words, wall=self._requester.wall())

        try:
            return await self._requester.once(address, content, understand, on_send)
        except ExchangeError as error:
            return replies.reply_to_failure(
                error.__cause__, headers_sent=error.headers_sent, proxy=self._requester.proxy
            )
