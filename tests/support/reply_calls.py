"""One answer, given to the one place that reads answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bulkload.errors import BulkloadError
from bulkload.kore.replies import reply_to
from bulkload.model import Reply

RATE_TEXT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
OLDER_RATE_TEXT = "Rate limit for this API has been reached. Please try again later"
GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><hr><center>nginx</center></body></html>"
)
LOGIN = "<!DOCTYPE html><html><title>Sign in</title><form><input type='password'></form></html>"


def reply(
    status: int, body: Any = b"", headers: dict[str, str] | None = None, own: tuple[str, ...] = ()
) -> Reply:
    raw = (
        body
        if isinstance(body, bytes)
        else body.encode()
        if isinstance(body, str)
        else json.dumps(body).encode()
    )
    return reply_to(status, headers or {}, raw, own)


def stopped_by(status: int, body: Any = b"", headers: dict[str, str] | None = None) -> BulkloadError:
    with pytest.raises(BulkloadError) as caught:
        reply(status, body, headers)
    return caught.value
