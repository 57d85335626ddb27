"""What a service's words mean: the rate limit, a name that is taken, a campaign that is not there.

No page documents these wordings, so they are recognised widely, but only in the body's own sentences. A quoted
name, an address and the row's own texts never count: a campaign may be called "Rate limit survey".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulkload.kore.decode import Body, Kind, has_failed, own_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|«[^»]*»|(?<!\w)'[^']*'(?!\w)|`[^`]*`")
_ADDRESS = re.compile(r"\b\w+://\S+|\S*/\S*rate[\s_-]?limit\S*")
_PLATFORM_LIMIT = re.compile(
    r"exceeded the per-minute rate limit|rate limit for this api has been reached", re.IGNORECASE
)
"""The platform's own two sentences (Kore.ai's page on rate limits, and an older one)."""
_LIMIT = re.compile(r"rate[\s_-]*limit", re.IGNORECASE)
_LIMIT_IS_MET = re.compile(r"exceed|reach|hit|too many|wait|retry|again|limited", re.IGNORECASE)
_NAME_EXISTS = re.compile(
    r"duplicat|\balready\b.{0,60}\b(exist|in use|taken|used|present|there\b)|\b(exists|is taken|in use)\b"
    r"|\b(must|should|needs? to|has to) be unique\b|\bnot unique\b|\bunique (name|constraint)|E11000|重複|既に|すでに",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"\b(does|do|did|is|are|was|were|has|have)(n[o']?t|\s+not|\s+no longer)\s+(\w+\s+)?(exists?|taken|in use|used)\b"
    r"|\b(not|no longer)\s+exists?\b",
    re.IGNORECASE,
)
_NOT_FOUND = re.compile(
    r"not found|not exist|n't exist|no longer exists|no such|could ?n.t find|not find", re.IGNORECASE
)


def is_rate_limit(status: int, body: Body, own_words: Iterable[str] = ()) -> bool:
    """Whether an answer says that the account's rate limit is reached, and nothing was done.

    A word alone proves nothing: a 500 page may link to "rate-limits". Any 5xx may have been done.
    """
    if status == 429:
        return True
    # A proxy in front may answer 5xx after the service has done it.
    if status >= 500 or body.kind not in {Kind.JSON, Kind.TEXT}:
        return False
    sentences = list(_own(body, own_words))
    if any(_PLATFORM_LIMIT.search(sentence) for sentence in sentences):
        return status >= 400 or 200 <= status < 300
    may_count = status >= 400 or (200 <= status < 300 and has_failed(body.document))
    return may_count and any(_LIMIT.search(one) and _LIMIT_IS_MET.search(one) for one in sentences)


def says_name_exists(body: Body, own_words: Iterable[str] = ()) -> bool:
    """Whether a refusal says, in any wording, that the campaign's name is taken."""
    return any(_NAME_EXISTS.search(_NEGATED.sub(" ", sentence)) for sentence in _own(body, own_words))


def says_not_found(body: Body, campaign_id: str) -> bool:
    """Whether an answer says that the campaign does not exist; a gateway's "Not Found" does not count."""
    return any(
        _NOT_FOUND.search(sentence) and ("campaign" in sentence.casefold() or campaign_id in sentence)
        for sentence in own_sentences(body)
    )


def _own(body: Body, own_words: Iterable[str]) -> Iterator[str]:
    """The body's own sentences without addresses, quoted names and the row's own texts."""
    # Short words ("e", "Q") would take letters out of the service's sentence; longest first, for names in names.
    own = sorted({word.casefold() for word in own_words if len(word) > 3}, key=len, reverse=True)
    for sentence in own_sentences(body):
        text = _ADDRESS.sub(" ", sentence.casefold())
        for word in own:
            text = text.replace(word, " ")
        yield _QUOTED.sub(" ", text)
