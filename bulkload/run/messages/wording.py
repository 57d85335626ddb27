"""Small pieces of sentences: durations, dates, ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.text import and_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bulkload.model import RemoteCampaign


def duration(seconds: float) -> str:
    """``90 s``, ``0.3 s``: no more digits than a person wants to know."""
    return f"{seconds:.0f} s" if seconds >= 10 else f"{max(seconds, 0.1):.1g} s"


def sentence(clause: str) -> str:
    """The clause as a sentence: reasons come as clauses, the service's words with a full stop of their own."""
    whole = clause if clause.endswith((".", "!", "?")) else f"{clause}."
    return f"{whole[:1].upper()}{whole[1:]}"


def local_time(when: datetime | None) -> str:
    """``28 Nov 13:00`` in this machine's zone; ``an unknown date`` where it is not known."""
    return f"{when.astimezone():%-d %b %H:%M}" if when else "an unknown date"


def ids_of(campaigns: Iterable[RemoteCampaign]) -> str:
    """``cd-1 and cd-2``, in alphabetical order."""
    return and_list(sorted(one.campaign_id for one in campaigns))
