"""An answer's body, read with suspicion: JSON, a gateway's page, plain text, or nothing of use.

The shapes are those of the samples in ``seeds/`` and of errors seen on the same platform. No page documents an
error, so every place in which one has been seen is searched. Whatever a server sends, at most a sentence of
bounded length without control characters reaches a person.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import TYPE_CHECKING, Any

from bulkload.text import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_SENTENCE = 2000
"""Characters of a service's words that reach a person; more is a page, not a message."""
LONGEST_STATUS = 40
"""Characters of a campaign's status that reach a person; the documented ones have at most eleven."""
_MOST_SENTENCES = 50
_DEEPEST = 6
"""Levels of an error body in which sentences are looked for; the deepest seen has three."""
_TOKEN = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]*")
_SANE_ID = re.compile(r"[\x21-\x7e]{1,200}")
_OTHER_ID = re.compile(r"(cl|qu|cf|cid|st)-")
"""Ids of contact lists, queues, flows, runs of a campaign and applications."""
_CAMPAIGN_ID = re.compile(r"\bcd-[0-9a-zA-Z][0-9a-zA-Z-]{3,80}")
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,300})", re.IGNORECASE)
_LOGIN = re.compile(r"type\s?=\s?[\"']?password|\b(log|sign)[\s-]?(in|on)\b|\bsaml", re.IGNORECASE)
_FAILURES = frozenset({"error", "failure", "failed", "fail"})
_SENTENCES = ("msg", "message", "reason", "error", "errors", "detail", "details")


class Kind(Enum):
    """What a body is, as far as one can tell."""

    EMPTY = auto()
    JSON = auto()
    BROKEN_JSON = auto()
    HTML = auto()
    TEXT = auto()
    BINARY = auto()


@dataclass(frozen=True, slots=True)
class Body:
    """A body and what it is."""

    kind: Kind
    text: str
    """As text, whatever its encoding; invalid bytes are replaced."""
    document: Any = None
    """The JSON value, where it is one."""


def read_body(raw: bytes) -> Body:
    """What a body is; never raises, whatever the bytes."""
    # Some gateways put a byte order mark in front.
    text = raw.decode("utf-8-sig", errors="replace").strip()
    if not text:
        return Body(Kind.EMPTY, "")
    try:
        return Body(Kind.JSON, text, json.loads(raw))
    except (ValueError, RecursionError):  # broken, in an unknown encoding, or nested to break us
        return Body(_kind_of(text), text)


def _kind_of(text: str) -> Kind:
    start = text[:200].casefold()
    if start.startswith(("{", "[")):
        return Kind.BROKEN_JSON
    if start.startswith("<"):
        return Kind.HTML
    unreadable = any(
        unicodedata.category(character) == "Cc" for character in text if character not in "\r\n\t"
    )
    return Kind.BINARY if unreadable else Kind.TEXT


def is_login_page(body: Body) -> bool:
    """Whether a page asks a person to sign in: another server on the way answered."""
    return body.kind is Kind.HTML and _LOGIN.search(body.text) is not None


def clean(text: str, most: int = LONGEST_SENTENCE) -> str:
    """A service's words, safe to show: one line, no control characters, no token, at most so many characters."""
    words = " ".join(text[: most * 2].split())
    line = _TOKEN.sub("(token)", sanitize(words))
    return line if len(line) <= most else line[: most - 1] + "…"


def said(body: Body) -> str:
    """What the service said, every sentence of it; empty where it said nothing that a person can read.

    Where a JSON body has words besides its sentences (which field, which value), the whole body follows them.
    """
    sentences = own_sentences(body)
    if body.kind is not Kind.JSON or not sentences:
        return clean("; ".join(sentences))
    known = {"success", *_FAILURES, *(sentence.casefold() for sentence in sentences)}
    has_more = any(clean(text).casefold() not in known for text in strings_in(body.document))
    whole = f" (whole answer: {clean(body.text)})" if has_more else ""
    return clean("; ".join(sentences)) + whole


def own_sentences(body: Body) -> list[str]:
    """The sentences that the body says by itself, each once and cleaned; a page's title, a text as a whole."""
    match body.kind:
        case Kind.JSON:
            found = (clean(sentence) for sentence in islice(_sentences_of(body.document), _MOST_SENTENCES))
        case Kind.HTML:
            found = (clean(title) for title in _TITLE.findall(body.text)[:1])
        case Kind.TEXT:
            found = (clean(text) for text in [body.text])
        case _:
            return []
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def _sentences_of(document: Any) -> Iterator[str]:
    """The sentences of an error body, in the order of ``errors[].msg``, ``message``, a failed item's ``reason``."""
    yield from _sentences(document, _DEEPEST)
    for item in items_of(document):
        if has_failed_status(item):
            yield from _sentences(item, _DEEPEST)


def _sentences(value: Any, deeper: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and deeper:
        for item in value:
            yield from _sentences(item, deeper - 1)
    elif isinstance(value, dict) and deeper:
        for key in _SENTENCES:
            if key in value:
                yield from _sentences(value[key], deeper - 1)


def strings_in(document: Any) -> Iterator[str]:
    """Every text in a JSON value, in no order that matters."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting.extend(value.values())
        elif isinstance(value, list):
            waiting.extend(value)


def items_of(document: Any) -> list[Mapping[str, Any]]:
    """``data`` as a list of objects: it is an object in the samples, and has been seen as a list."""
    data = document.get("data") if isinstance(document, dict) else document
    items = data if isinstance(data, list) else [data]
    return [item for item in items if isinstance(item, dict)]


def has_failed_status(value: Mapping[str, Any]) -> bool:
    """Whether an envelope or an item says of itself that it failed."""
    return str(value.get("status")).casefold() in _FAILURES


def has_failed_envelope(document: Any) -> bool:
    """Whether the body as a whole says that it failed, whatever the HTTP status says."""
    if not isinstance(document, dict):
        return False
    code = document.get("statusCode")
    is_error_code = isinstance(code, int | str) and str(code).isdecimal() and int(code) >= 400
    return (
        has_failed_status(document)
        or document.get("success") is False
        or bool(document.get("errors"))
        or is_error_code
    )


def has_failed(document: Any) -> bool:
    """Whether the body, or an item in it, says that it failed."""
    return has_failed_envelope(document) or any(has_failed_status(item) for item in items_of(document))


def id_in(document: Any) -> str | None:
    """``data.id``, ``data._id``, ``data.campId``, ``id``: the first that is given, if it can be a campaign's id.

    None where there is none, and for what can't be one: a number, control characters, 10 KB, the id of a list or
    a queue.
    """
    places = [(item, key) for item in items_of(document) for key in ("id", "_id", "campId")]
    if isinstance(document, dict):
        places.append((document, "id"))
    # A first place that can't be an id is not replaced by a later one: the shape is then unknown.
    found = next((item[key] for item, key in places if item.get(key) is not None), None)
    is_sane = isinstance(found, str) and _SANE_ID.fullmatch(found) and not _OTHER_ID.match(found)
    return found if is_sane else None


def candidate_in(body: Body) -> str | None:
    """An id that a refusal contains, in an id's place or in its words: it may be the row's own campaign."""
    if found := id_in(body.document):
        return found
    # Only the beginning: a page of megabytes is no message.
    match = _CAMPAIGN_ID.search(body.text[:LONGEST_SENTENCE])
    return match[0] if match else None


def platform_status_in(document: Any) -> str | None:
    """``data.status``: Preparing, Ready ...; None where the answer does not say."""
    for item in items_of(document):
        if isinstance(status := item.get("status"), str):
            return clean(status, LONGEST_STATUS)
    return None
