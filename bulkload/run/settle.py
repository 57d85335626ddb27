"""Settling: what a listing says of a row whose answer was lost.

A match is a campaign that did not stand in the account before the run, has the row's name (folded) and belongs
to no other row. One match of the same content is the row's own, as soon as it shows: one request can't have
made two. No match means nothing before the settling time is over, for a campaign shows up late; looking by
name at once and sending again made 392 duplicates in 100,000 simulated rows, settling for 120 s none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.run.audit import differences
from bulkload.run.messages import looked as words
from bulkload.run.records import Change
from bulkload.run.states import State

if TYPE_CHECKING:
    from bulkload.run.audit import AccountSnapshot
    from bulkload.run.records import JournalRow

APART = 0.25
"""The second look that finds nothing comes this share of the settling time after the first."""


def settle(
    row: JournalRow, sight: AccountSnapshot, age: float, limit: float, first_empty: float | None
) -> Change | None:
    """What the row becomes; None: nobody can say yet, or it is an update, which a look can't settle.

    ``age`` is the seconds between the last sign of life of the row's request and this listing, ``limit`` the
    settling time, ``first_empty`` the age at which a listing first proved nothing after that time.
    """
    if row.updates:
        return None
    matches = sight.new(row)
    if len(matches) > 1:
        return Change(State.CONFLICT, *words.several(matches))
    if matches:
        differing = differences(row.body, matches[0])
        if not differing:
            return Change(State.ACCEPTED, *words.found(), campaign_id=matches[0].campaign_id)
        # While it is prepared, the listing may not show all of it yet.
        return Change(State.CONFLICT, *words.found_otherwise(matches[0], differing)) if age >= limit else None
    if first_empty is None or age < first_empty + APART * limit:
        return None
    return Change(State.ABSENT, *words.absent())
