"""What differs between a row and its campaign in the account, column by column.

One comparison serves the plan, the check after sending, verify and undo. Both sides are normalised first, so that
reading what was just written never shows a difference. Whatever the account does not show is not compared: a
listing row alone has no dialing strategy, and no answer of v2 has answering machine detection.

================= ================= ============ ============================================================
last sent (base)  account (actual)  row (desired)  kind
================= ================= ============ ============================================================
any               = desired                      SAME, which is left out
= actual                            other        CHANGE
not known                           other        UNKNOWN_BASE
= desired         other                          DRIFT
other             other             other        BOTH
any               not readable                   UNREADABLE, or CHANGE where the row differs from what was sent
================= ================= ============ ============================================================
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.model import Difference, DifferenceKind
from bulkload.run.normalise import display, equality_key, wide_key

if TYPE_CHECKING:
    from bulkload.columns import Column
    from bulkload.model import Campaign, RemoteCampaign

    Side: TypeAlias = Campaign | RemoteCampaign

IMPORTANCE = (
    # who is phoned
    "contact_lists",
    "dnc_list",
    # when
    "calling_hours",
    # by whom
    "dialing_mode",
    "queue",
    "experience_flow",
    "caller_id",
    # how
    "max_attempts",
    "retry_period",
    "max_ring_time",
    "max_skips",
    "machine_detection",
    "priority",
    "dialing_order",
    # words
    "name",
    "description",
)
"""Fields, what matters most first: a change of who is phoned comes before a change of a description."""
_RANK = {field: rank for rank, field in enumerate(IMPORTANCE)}
COMPARED_COLUMNS = tuple(
    sorted(
        (column for column in CAMPAIGN_COLUMNS if column.key),
        key=lambda column: _RANK.get(column.field, len(_RANK)),
    )
)
"""Every column that is sent, the most important first."""
_IN_LISTING = frozenset(
    {
        "name",
        "description",
        "dialing_mode",
        "contact_lists",
        "dnc_list",
        "queue",
        "experience_flow",
        "priority",
    }
)
"""Fields that a listing row shows."""
_IDENTIFYING = IMPORTANCE[: IMPORTANCE.index("caller_id") + 1]
"""Fields in which two campaigns of different names can be compared to see whether they are one."""
_NOT_SHOWN = object()


def differences(desired: Side, base: RemoteCampaign | None, actual: RemoteCampaign) -> tuple[Difference, ...]:
    """Every column in which the account has, or may have, something else than ``desired``.

    ``base`` is what was last sent to this campaign, None where that is not known. Where ``actual`` is a listing
    row alone, only the columns of the listing are compared. UNREADABLE is never a reason to send by itself.
    """
    found = (_difference(column, desired, base, actual) for column in COMPARED_COLUMNS)
    return tuple(difference for difference in found if difference)


def is_equal(desired: Side, actual: RemoteCampaign) -> bool:
    """Whether the account has what is desired, in every column that it shows, and nothing besides.

    A schedule, filters and whatever else no workbook can express are part of being equal.
    """
    found = differences(desired, None, actual)
    return not actual.not_expressible and all(one.kind is DifferenceKind.UNREADABLE for one in found)


def contradictions(desired: Side, actual: RemoteCampaign) -> tuple[str, ...]:
    """Headings that show that ``actual`` is not the campaign that was sent, however names may be stored.

    Names are compared by their letters and digits alone, because a service may store them otherwise than sent.
    """
    return tuple(
        column.heading
        for column in COMPARED_COLUMNS
        if column.field in _IDENTIFYING
        and (wanted := getattr(desired, column.field)) is not None
        and (shown := _shown(column, actual)) not in {None, _NOT_SHOWN}
        and wide_key(column, wanted) != wide_key(column, shown)
    )


def _difference(
    column: Column, desired: Side, base: RemoteCampaign | None, actual: RemoteCampaign
) -> Difference | None:
    wanted, shown = getattr(desired, column.field), _shown(column, actual)
    if wanted is None or column.is_left_as_it_is(wanted) or shown is _NOT_SHOWN:
        return None
    # A key that was not sent (an update through v1, detection as it is) leaves its base unknown.
    sent = getattr(base, column.field) if base else None
    kind = _kind(column, wanted, sent, shown, is_readable=_is_readable(column, actual))
    if kind is DifferenceKind.SAME:
        return None
    actual_text, desired_text, sent_text = map(_display, (shown, wanted, sent))
    return Difference(column.field, column.heading, actual_text, desired_text, sent_text, kind)


def _display(value: Any) -> str | None:
    return None if value is None else display(value)


def _shown(column: Column, actual: RemoteCampaign) -> Any:
    """The account's value; ``_NOT_SHOWN`` where a listing row can't show the column."""
    value = getattr(actual, column.field)
    # A row of the listing may leave out what it has; a document does not.
    if value is None and not actual.has_document:
        return _NOT_SHOWN
    return column.default if value is None and column.default else value


def _is_readable(column: Column, actual: RemoteCampaign) -> bool:
    """Whether the account shows the column: a missing DNC list or queue is a fact, other gaps are not."""
    if column.field in {"queue", "experience_flow"}:
        return actual.connection is not None  # with another mode it is the other one's
    return column.field == "dnc_list" or _shown(column, actual) is not None


def _kind(column: Column, wanted: Any, sent: Any, shown: Any, *, is_readable: bool) -> DifferenceKind:
    key = {name: equality_key(column, value) for name, value in (("wanted", wanted), ("sent", sent))}
    actual = equality_key(column, shown)
    if not is_readable:
        is_edited = sent is not None and key["sent"] != key["wanted"]
        return DifferenceKind.CHANGE if is_edited else DifferenceKind.UNREADABLE
    if actual == key["wanted"]:
        return DifferenceKind.SAME
    if sent is None:
        return DifferenceKind.UNKNOWN_BASE
    if key["sent"] == actual:
        return DifferenceKind.CHANGE
    return DifferenceKind.DRIFT if key["sent"] == key["wanted"] else DifferenceKind.BOTH
