"""A service that does as little as can be, so that what is measured is the client: a create, a listing, no checks.

``python -m benchmarks.plain_server SECONDS`` prints its address and then, for a line on standard input, when the
first create arrived, when the last was answered, and how many there were. Each create is answered SECONDS later.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """What was created, in order, and when."""

    delay: float
    names: list[str] = field(default_factory=list)
    first: float = 0.0
    last: float = 0.0

    def create(self, body: bytes) -> bytes:
        self.names.append(json.loads(body)["name"])
        self.first = self.first or time.monotonic()
        data = {"id": f"cd-{len(self.names)}", "status": "Preparing"}
        return json.dumps({"status": "success", "data": data}).encode()

    def page(self, body: bytes) -> bytes:
        asked = json.loads(body)
        total = len(self.names)
        newest_first = range(total - asked["skip"], max(total - asked["skip"] - asked["limit"], 0), -1)
        rows = [
            {"_id": f"cd-{number}", "name": self.names[number - 1], "status": "Ready"}
            for number in newest_first
        ]
        return json.dumps({"status": "success", "data": {"results": rows, "totalResults": total}}).encode()


class Connection(asyncio.Protocol):
    """HTTP/1.1 as far as a well-behaved client needs it."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._received = b""
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        folded = head.lower()
        _, _, length = folded.partition(b"content-length:")
        if not end or len(body) < int(length.split(b"\r\n")[0] or 0):
            return
        self._received = b""
        closes = b"connection: close" in folded
        address = head.split(b" ", 2)[1]
        if b"getAllCampaignDetails" in address:
            self._answer(b"200 OK", self._account.page(body), closes=closes)
        elif b"contactList" in address:
            self._answer(b"404 Not Found", b'{"errors": [{"msg": "not here"}]}', closes=closes)
        else:
            answer = self._account.create(body)
            loop = asyncio.get_running_loop()
            loop.call_later(self._account.delay, self._created, answer, closes)

    def _created(self, answer: bytes, closes: bool) -> None:  # noqa: FBT001  (call_later knows no names)
        self._account.last = time.monotonic()
        self._answer(b"201 Created", answer, closes=closes)

    def _answer(self, status: bytes, body: bytes, *, closes: bool) -> None:
        head = b"HTTP/1.1 %b\r\ncontent-type: application/json\r\ncontent-length: %d\r\n" % (
            status,
            len(body),
        )
        self._transport.write(head + (b"connection: close\r\n" if closes else b"") + b"\r\n" + body)
        if closes:
            self._transport.close()


async def main(delay: float) -> None:
    account = Account(delay)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(account), "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    while await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps([account.first, account.last, len(account.names)]), flush=True)
        account.names.clear()
        account.first = 0.0


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1])))
