"""The one place that turns an answer or a network error into what-next.

===================================================================== ==================== =================
what happened                                                         was it done?         what comes of it
===================================================================== ==================== =================
2xx with a campaign ID                                                yes                  Created
429, or "rate limit" in any body                                      no                   Busy, limited
refused, unknown name, TLS failure, no connection in time             no, it never left    Busy
400 404 405 409 412 413 415 422 with an error body that can be read,  no                   Refused
2xx whose body tells of a failure
401                                                                   no                   TokenRefusedError
401 that names the scope, 403                                         no                   CredentialsError
any 3xx, a page to sign in on                                         no                   ServiceError
anything else: 5xx, 408, 425, 2xx without an ID, a gateway's page,    perhaps              Uncertain
half an answer, a reset, a deadline
===================================================================== ==================== =================

What stops the run is raised, for no row can do anything about it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bulkload.errors import CredentialsError, ServiceError
from bulkload.kore import decode as answers
from bulkload.kore.decode import Body, Kind
from bulkload.kore.network_errors import cause_of
from bulkload.model import Created, Refused, Reply, RetryLater, Uncertain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

REFUSALS = frozenset({400, 404, 405, 409, 412, 413, 415, 422})
"""Statuses with which the service itself says no to a request; others may come from somebody on the way."""
LONGEST_WAIT = 600.0
"""Seconds of a Retry-After that are believed; the documented limit is counted over a minute."""
NO_DOCUMENT = "the answer does not have the documented form"
"""Why a read that came back says nothing."""
_RATE_LIMIT = re.compile(r"rate[\s_-]*limit", re.IGNORECASE)
_SCOPE = re.compile(r"\bscope\b", re.IGNORECASE)


class TokenRefusedError(CredentialsError):
    """The service did not take the token; one fresh token is worth a try."""


def reply_to(status: int, headers: Mapping[str, str], raw: bytes, own_words: Iterable[str] = ()) -> Reply:
    """What an answer to a create or an update means.

    ``headers`` have lower-case names. ``own_words`` are the campaign's own texts: a campaign may be named
    "Rate limit survey", and a refusal that quotes the name is no rate-limit answer.
    Raises TokenRefusedError, CredentialsError or ServiceError where the run can't go on.
    """
    body = answers.read_body(raw)
    campaign_id = answers.id_in(body.document)
    if 200 <= status < 300 and campaign_id is not None and not answers.has_failed(body.document):
        return Created(campaign_id, answers.platform_status_in(body.document))
    if campaign_id is not None and 200 <= status < 300:
        return Uncertain(f"the answer tells of a failure and of a campaign ID at once{_quoted(body)}", status)
    return _judge(status, headers, body, own_words, "the answer holds no campaign ID that can be one")


def document_of(
    status: int, headers: Mapping[str, str], raw: bytes
) -> Mapping[str, Any] | Refused | RetryLater | Uncertain:
    """What an answer to a read means: its document, or why there is none. Raises as ``reply_to`` does."""
    body = answers.read_body(raw)
    document = body.document
    if 200 <= status < 300 and isinstance(document, dict) and _is_wanted(document):
        return document
    return _judge(status, headers, body, (), NO_DOCUMENT)


def _is_wanted(document: Mapping[str, Any]) -> bool:
    """Whether a document holds what reads are for, and does not say of itself that it failed."""
    content = document.get("data", document.get("results"))
    return isinstance(content, dict | list) and not answers.has_failed_status(document)


def reply_to_failure(error: BaseException | None, *, headers_sent: bool) -> RetryLater | Uncertain:
    """What a request without a whole answer means: only the transport knows whether it can have left."""
    message = cause_of(error, headers_sent=headers_sent).message
    return Uncertain(message) if headers_sent else RetryLater(message)


def _judge(
    status: int, headers: Mapping[str, str], body: Body, own_words: Iterable[str], lacking: str
) -> Refused | RetryLater | Uncertain:
    """Everything but a success."""
    if status == 429 or _is_rate_limit(body, own_words):
        return RetryLater("the account's rate limit was reached", _retry_after(headers), limited=True)
    _stop(status, headers, body)
    is_success = 200 <= status < 300
    if is_success and answers.has_failed(body.document):
        return Refused(answers.said(body) or "The service answered that it failed, without a reason.", status)
    if status in REFUSALS and _is_recognisable(body):
        return Refused(answers.said(body), status)
    return Uncertain(_why(status, body, lacking if is_success else ""), status)


def _is_rate_limit(body: Body, own_words: Iterable[str]) -> bool:
    own = [word.casefold() for word in own_words if _RATE_LIMIT.search(word)]
    texts = answers.strings_in(body.document) if body.kind is Kind.JSON else [body.text]
    return any(_RATE_LIMIT.search(_without(text, own)) for text in texts)


def _without(text: str, own: Iterable[str]) -> str:
    text = text.casefold()
    for word in own:
        text = text.replace(word, " ")
    return text


def _stop(status: int, headers: Mapping[str, str], body: Body) -> None:
    """Raise where sending anything more is of no use to any row."""
    if status == 401 and _SCOPE.search(answers.said(body)):
        raise CredentialsError(
            f"The app may not manage campaigns{_quoted(body)}. "
            'Add the scope "Campaign Management" to the app at Kore.ai and publish it.'
        )
    if status == 401:
        raise TokenRefusedError(
            f"The service does not accept the credentials{_quoted(body)}. Check BULKLOAD_CLIENT_ID, "
            "BULKLOAD_CLIENT_SECRET, BULKLOAD_APP_ID and BULKLOAD_ACCOUNT_ID against the app's page at Kore.ai."
        )
    if status == 403:
        raise CredentialsError(
            f"The service forbids this{_quoted(body)}. Check that BULKLOAD_ACCOUNT_ID and BULKLOAD_APP_ID belong "
            'together, that the app has the published scope "Campaign Management", and that no firewall interferes.'
        )
    if 300 <= status < 400:
        raise ServiceError(
            f"The service redirects to {_target(headers)}. That is not followed, for it would hand the credentials "
            "to another address. Check BULKLOAD_HOST: it must be the address of the service itself."
        )
    if answers.is_login_page(body) and status < 300:
        raise ServiceError(
            f"Instead of the service, a page to sign in on answered{_quoted(body)}. "
            "Check BULKLOAD_HOST, and whether this network asks you to sign in first."
        )


def _target(headers: Mapping[str, str]) -> str:
    try:
        host = urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    return answers.clean(host, 200) if host else "another address"


def _is_recognisable(body: Body) -> bool:
    return body.kind in {Kind.JSON, Kind.TEXT} and answers.said(body) != ""


def _quoted(body: Body) -> str:
    said = answers.said(body)
    return f' ("{said}")' if said else ""


def _why(status: int, body: Body, lacking: str) -> str:
    if body.kind is Kind.BROKEN_JSON:
        return f"the service's answer ({status}) was broken"
    if body.kind is Kind.HTML:
        return f"a web page came instead of an answer ({status}){_quoted(body)}"
    return f"{lacking or f'the service answered {status}'}{_quoted(body)}"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, bounded; None where the header is missing or a date, which our clock may see otherwise."""
    text = headers.get("retry-after", "").strip()
    return min(float(text), LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else None
