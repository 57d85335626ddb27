"""The one place that turns an answer or a network error into what-next.

========================================================================= ============ ========================
what happened                                                             was it done? reply
========================================================================= ============ ========================
2xx with a campaign ID                                                    yes          Created
429, or the rate limit's sentence as a 4xx's or a failed body's own words no           RetryLater, limited
unknown server, refused, TLS failure, no connection in time               no, unsent   RetryLater
400 404 405 409 412 413 415 422 with an error body that can be read       refused      Refused, attempt kept
401, 403, any 3xx, a page to sign in on, to a request that writes         perhaps      Uncertain, stops the run
anything else: 5xx, 408, 425, 2xx without an ID or with a failure, a      perhaps      Uncertain, with the words
gateway's page, half an answer, a reset, a deadline
========================================================================= ============ ========================

Only the transport's trace proves that a request never left; every other attempt is kept until a look at the
account has settled it. What stops a *read* is raised, because it is nothing to a row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bulkload.errors import CredentialsError, ServiceError
from bulkload.kore import decode, messages
from bulkload.kore.auth import clock_error
from bulkload.kore.decode import Body, Kind
from bulkload.kore.network_errors import explain, reason_of
from bulkload.kore.remote import read_document
from bulkload.kore.wordings import is_rate_limit, says_name_exists
from bulkload.model import ApiVersion, Created, Refused, Reply, RetryLater, StopReason, Uncertain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bulkload.kore.exchange import Answer
    from bulkload.kore.proxies import Proxy
    from bulkload.messages import Message

REFUSALS = frozenset({400, 404, 405, 409, 412, 413, 415, 422})
"""Statuses with which the service itself refuses a request; others may come from a server on the way."""
LONGEST_WAIT = 600.0
"""Seconds of a Retry-After that are believed; the documented limit is counted over a minute."""
NO_ID = "the answer has no campaign ID"
NO_DOCUMENT = "the answer does not have the documented form"
"""Why a read that was answered says nothing."""
LIMITED = "the account's rate limit was reached"
_SCOPE = re.compile(r"\bscope\b", re.IGNORECASE)
_CLOCK = re.compile(r"\biat\b|not yet valid|before .{0,20}valid|\bexpired\b|\bnbf\b", re.IGNORECASE)


class TokenRefusedError(CredentialsError):
    """The service did not accept the token of a read; one fresh token is worth a try."""


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run can't go on: other requests would meet the same."""

    clause: str
    """The cause in a few words, for the row that met it."""
    explanation: Message
    is_access: bool = True
    """Whether settings or rights are the cause, not the network."""

    @property
    def reason(self) -> StopReason:
        """The same for a report."""
        kind = CredentialsError if self.is_access else ServiceError
        return StopReason(kind.exit_status, self.explanation)


def reply_to(
    answer: Answer,
    *,
    version: ApiVersion = ApiVersion.V2,
    own_words: Iterable[str] = (),
    wall: float | None = None,
) -> Reply:
    """What an answer to a create, an update or a delete means; never raises.

    ``own_words`` are the campaign's own texts, which a refusal may quote. ``wall`` is this computer's time in
    seconds since 1970, for a word about its clock.
    """
    body, status = decode.read_body(answer.body), answer.status
    words = decode.said(body)
    # Before anything else: a firewall's page may quote whatever it likes.
    if stop := _stop_of(answer, body, wall):
        return Uncertain(stop.clause, status, words, stops=True, stop_reason=stop.reason)
    if is_rate_limit(status, body, own_words):
        return RetryLater(
            LIMITED, _retry_after(answer.headers), limited=True, campaign_id=decode.candidate_in(body)
        )
    if status in REFUSALS and _is_recognisable(body):
        return Refused(words, status, says_name_exists(body, own_words), decode.candidate_in(body))
    if not 200 <= status < 300:
        return Uncertain(_why(status, body), status, words)
    return _success(status, body, words, version)


def _success(status: int, body: Body, words: str, version: ApiVersion) -> Created | Uncertain:
    campaign_id, has_failed = decode.id_in(body.document), decode.has_failed(body.document)
    if campaign_id is not None and not has_failed:
        stored = next(
            (read_document({"id": campaign_id, **item}, version) for item in decode.items_of(body.document)),
            None,
        )
        return Created(campaign_id, decode.platform_status_in(body.document), stored)
    # Both at once: a gateway may say so after the campaign was created.
    if campaign_id is not None:
        return Uncertain("the answer has a campaign ID, but says that it failed", status, words)
    if has_failed:
        return Uncertain("the answer says that it failed", status, words)
    return Uncertain(_why(status, body, NO_ID), status, words)


def document_of(
    answer: Answer, wall: float | None = None, *, statuses: frozenset[int] = frozenset({200, 201})
) -> Mapping[str, Any] | Refused | RetryLater | Uncertain:
    """What an answer to a read means: its document, or why there is none.

    A document with ``errors``, or of a status that is not in ``statuses``, is none: part may be missing. Raises
    TokenRefusedError, CredentialsError or ServiceError where no read can be answered.
    """
    body, status = decode.read_body(answer.body), answer.status
    document = body.document
    if status in statuses and isinstance(document, dict) and _has_content(document):
        return document
    if is_rate_limit(status, body):
        return RetryLater(LIMITED, _retry_after(answer.headers), limited=True)
    if stop := _stop_of(answer, body, wall):
        raise _error_of(stop, status, body)
    words = decode.said(body)
    is_refusal = status in REFUSALS or (200 <= status < 300 and decode.has_failed(document))
    if is_refusal and _is_recognisable(body):
        return Refused(words, status)
    return Uncertain(_why(status, body, NO_DOCUMENT), status, words)


def _has_content(document: Mapping[str, Any]) -> bool:
    """Whether a document has what reads are for, and does not say of itself that it failed."""
    content = document.get("data", document.get("results"))
    return isinstance(content, dict | list) and not decode.has_failed_envelope(document)


def reply_to_failure(
    error: BaseException | None, *, headers_sent: bool, proxy: Proxy | None = None
) -> RetryLater | Uncertain:
    """What a request without a whole answer means: only the transport knows whether it can have left."""
    reason = reason_of(explain(error, headers_sent=headers_sent, proxy=proxy))
    return Uncertain(reason) if headers_sent else RetryLater(reason)


# --- what other rows would meet too --------------------------------------------------------------------


def _stop_of(answer: Answer, body: Body, wall: float | None) -> Stop | None:
    """Why sending anything more would meet the same; None where this answer is about one request alone."""
    status, said = answer.status, _quoted(body)
    if status in {401, 403}:
        return None if is_rate_limit(status, body) else _access_denied(answer, body, wall)
    # 303 after a POST is HTTP's own word for "done, look there".
    if 300 <= status < 400:
        target = _target(answer.headers)
        return Stop(
            f"the service redirected to {target}", messages.REDIRECTED(target=target), is_access=False
        )
    if decode.is_login_page(body) and status < 300:
        clause = "a page to sign in on answered instead of the service"
        return Stop(clause, messages.SIGN_IN_PAGE(said=said), is_access=False)
    return None


def _access_denied(answer: Answer, body: Body, wall: float | None) -> Stop:
    if answer.status == 403:
        return Stop("the service forbade it", messages.FORBIDDEN(said=_quoted(body)))
    if _SCOPE.search(decode.said(body)):
        return Stop("the app may not manage campaigns", messages.SCOPE_MISSING(said=_quoted(body)))
    return Stop("the service did not accept the credentials", _credentials_refused(answer, body, wall))


def _credentials_refused(answer: Answer, body: Body, wall: float | None) -> Message:
    said = _quoted(body)
    wrong = None if wall is None else clock_error(answer.headers.get("date"), wall)
    if wrong is not None:
        return messages.CLOCK_WRONG(said=said, minutes=wrong[0], direction=wrong[1])
    if _CLOCK.search(said):
        return messages.CLOCK_DOUBTFUL(said=said)
    return messages.CREDENTIALS_REFUSED(said=said)


def _error_of(stop: Stop, status: int, body: Body) -> ServiceError | CredentialsError:
    if not stop.is_access:
        return ServiceError(stop.explanation)
    # A fresh token does not add a scope.
    is_token = status == 401 and not _SCOPE.search(decode.said(body))
    return (TokenRefusedError if is_token else CredentialsError)(stop.explanation)


def _target(headers: Mapping[str, str]) -> str:
    try:
        host = urlsplit(headers.get("location", "")).hostname
    except ValueError:
        host = None
    return decode.clean(host, 200) if host else "another address"


# --- words ---------------------------------------------------------------------------------------------


def _is_recognisable(body: Body) -> bool:
    return body.kind in {Kind.JSON, Kind.TEXT} and decode.said(body) != ""


def _quoted(body: Body) -> str:
    said = decode.said(body)
    return f' ("{said}")' if said else ""


def _why(status: int, body: Body, lacking: str = "") -> str:
    if body.kind is Kind.BROKEN_JSON:
        return f"the service's answer ({status}) was broken"
    if body.kind is Kind.HTML:
        return f"a web page came instead of an answer ({status})"
    return lacking if lacking and 200 <= status < 300 else f"the service answered {status}"


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, bounded; None where the header is missing or a date, which our clock may see otherwise."""
    text = headers.get("retry-after", "").strip()
    return min(float(text), LONGEST_WAIT) if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", text) else None
