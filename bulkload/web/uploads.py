"""What a request brings along: files and JSON, both bounded while they arrive."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from bulkload.errors import UsageError
from bulkload.web.messages.door import TOO_LARGE, UNREADABLE_REQUEST

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FILE_BYTES = 50_000_000
"""The largest workbook; the reader has the same limit."""
MOST_JSON_BYTES = 2_000_000

_NOT_IN_A_NAME = re.compile(r'[\x00-\x1f\x7f<>:"|?*\u202a-\u202e\u2066-\u2069]')


class BodyTooLargeError(UsageError):
    """The request has more bytes than its address accepts."""


async def read_body(request: Request, most: int = MOST_FILE_BYTES) -> bytes:
    """The request's body. Raises BodyTooLargeError as soon as it has more bytes than ``most``."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise BodyTooLargeError(TOO_LARGE(most=most // 1_000_000))
    return bytes(body)


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object in the request's body. Raises UsageError where it is something else."""
    try:
        value = json.loads(await read_body(request, MOST_JSON_BYTES) or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise UsageError(UNREADABLE_REQUEST())
    return value


def clean_file_name(name: str) -> str:
    """The last part of what a browser calls a file, without characters that a file system may not know."""
    last = re.split(r"[\\/]", name)[-1]
    cleaned = _NOT_IN_A_NAME.sub("", last).strip(" .")[-120:]
    return cleaned or "workbook.xlsx"
