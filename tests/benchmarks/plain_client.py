"""The same POSTs with httpx alone: ``python -m benchmarks.plain_client WORKBOOK URL``, as anybody would write it.

Kept connections, twenty workers, a token for each request; no journal, no results, no thought of lost answers.
"""

from __future__ import annotations

import asyncio
import sys
import time
import uuid
from pathlib import Path

import httpx
import jwt

from bulkload.checking import check
from bulkload.model import ApiVersion
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

CONCURRENCY = 20


def _token() -> str:
    now = int(time.time())
    claims = {"sub": "x", "appId": CLIENT_ID, "iat": now, "exp": now + 300, "jti": str(uuid.uuid4())}
    return jwt.encode(claims, CLIENT_SECRET, algorithm="HS256")


async def main(book: Path, url: str) -> None:
    address = f"{url}/campaign/api/v2/public/{APP_ID}/campaign"
    query = {"accountId": ACCOUNT_ID, "campaignType": "voice"}
    bodies = iter([payload.body for payload in check(book, version=ApiVersion.V2).payloads()])
    async with httpx.AsyncClient() as client:

        async def work() -> None:
            for body in bodies:
                headers = {"auth": _token(), "iid": APP_ID, "accountId": ACCOUNT_ID}
                answer = await client.post(address, params=query, json=body, headers=headers)
                answer.raise_for_status()

        await asyncio.gather(*(work() for _ in range(CONCURRENCY)))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
