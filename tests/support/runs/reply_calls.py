"""One answer, given to the one place that reads answers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bulkload.errors import BulkloadError
from bulkload.kore.exchange import Answer
from bulkload.kore.replies import document_of, reply_to
from bulkload.model import Reply, StopReason, Uncertain

RATE_TEXT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
OLDER_RATE_TEXT = "Rate limit for this API has been reached. Please try again later"
GATEWAY = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><hr><center>nginx</center></body></html>"
)
LOGIN = "<!DOCTYPE html><html><title>Sign in</title><form><input type='password'></form></html>"


def answer_of(status: int, body: Any = b"", headers: dict[str, str] | None = None) -> Answer:
    if not isinstance(body, bytes):
        body = (body if isinstance(body, str) else json.dumps(body)).encode()
    return Answer(status, headers or {}, body)


def reply(
    status: int, body: Any = b"", headers: dict[str, str] | None = None, own: tuple[str, ...] = ()
) -> Reply:
    return reply_to(answer_of(status, body, headers), own_words=own)


def in_doubt(status: int, reason: str, words: str = "") -> Uncertain:
    return Uncertain(reason, status, words)


def stopped_by(status: int, body: Any = b"", headers: dict[str, str] | None = None) -> StopReason:
    """Why this answer to a write ends the run; a read that is answered so raises an error with the same reason."""
    found = reply(status, body, headers)
    assert isinstance(found, Uncertain)
    assert found.stops
    assert found.stop_reason is not None
    assert found.http_status == status
    with pytest.raises(BulkloadError) as caught:
        document_of(answer_of(status, body, headers))
    assert caught.value.stop_reason == found.stop_reason
    return found.stop_reason
