"""An answer's body, read with suspicion: JSON, a gateway's page, plain text, or nothing of use.

The shapes are those of the samples in ``seeds/`` and of the errors seen on the same platform; no page documents
an error, so every place in which one has been seen is looked at. A server that means harm gets no further than
a sentence of bounded length without control characters.
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
    """As text, whatever its encoding; characters that are none are replaced."""
    document: Any = None
    """The JSON value, where it is one."""


def read_body(raw: bytes) -> Body:
    """What a body is; never raises, whatever the bytes."""
    text = raw.decode("utf-8-sig", errors="replace").strip()
    if not text:
        return Body(Kind.EMPTY, "")
    try:
        return Body(Kind.JSON, text, json.loads(raw))
    except (ValueError, RecursionError):  # broken, in no known encoding, or nested to break us
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
    """Whether a page asks a person to sign in: something on the way stands before the service."""
    return body.kind is Kind.HTML and _LOGIN.search(body.text) is not None


def clean(text: str, most: int = LONGEST_SENTENCE) -> str:
    """A service's words, safe to show: one line, no control characters, no token, at most so many characters."""
    words = " ".join(text[: most * 2].split())
    line = _TOKEN.sub("(token)", sanitize(words))
    return line if len(line) <= most else line[: most - 1] + "…"


def said(body: Body) -> str:
    """What the service said, every sentence of it; empty where it said nothing that a person can read.

    Where a JSON body holds words beside its sentences (which field, which value), the whole body follows them.
    """
    if body.kind is Kind.JSON:
        return _said_in(body)
    if body.kind is Kind.HTML:
        title = _TITLE.search(body.text)
        return clean(title.group(1)) if title else ""
    return clean(body.text) if body.kind is Kind.TEXT else ""


def _said_in(body: Body) -> str:
    cleaned = (clean(sentence) for sentence in islice(sentences_of(body.document), _MOST_SENTENCES))
    sentences = [sentence for sentence in dict.fromkeys(cleaned) if sentence]
    if not sentences:
        return ""
    known = {"success", *_FAILURES, *(sentence.casefold() for sentence in sentences)}
    has_more = any(clean(text).casefold() not in known for text in strings_in(body.document))
    whole = f" (whole answer: {clean(body.text)})" if has_more else ""
    return clean("; ".join(sentences)) + whole


def sentences_of(document: Any) -> Iterator[str]:
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


def has_failed(document: Any) -> bool:
    """Whether the body tells of a failure, whatever the HTTP status says."""
    envelope = isinstance(document, dict) and (has_failed_status(document) or bool(document.get("errors")))
    return envelope or any(has_failed_status(item) for item in items_of(document))


def id_in(document: Any) -> str | None:
    """``data.id``, ``data._id``, ``data.campId``, ``id``: the first that stands there, if it can be an id.

    None where there is none, and for one that no service would give out (a number, control characters, 10 KB).
    """
    places = [(item, key) for item in items_of(document) for key in ("id", "_id", "campId")]
    if isinstance(document, dict):
        places.append((document, "id"))
    found = next((item[key] for item, key in places if item.get(key) is not None), None)
    return found if isinstance(found, str) and _SANE_ID.fullmatch(found) else None


def platform_status_in(document: Any) -> str | None:
    """``data.status``: Preparing, Ready ...; None where the answer does not say."""
    for item in items_of(document):
        if isinstance(status := item.get("status"), str):
            return clean(status, LONGEST_STATUS)
    return None
