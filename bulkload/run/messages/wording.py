"""What the sentences of a run are made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bulkload.model import RemoteCampaign


class RowMessage(NamedTuple):
    """What happened, and what the person should do; either may be empty."""

    message: str = ""
    fix: str = ""


def spelled(seconds: float) -> str:
    """``90 s``, ``0.3 s``: no more digits than a person wants to know."""
    return f"{seconds:.0f} s" if seconds >= 10 else f"{max(seconds, 0.1):.1g} s"


def sentence(clause: str) -> str:
    """The clause, ended: reasons come as clauses, words of the service with a full stop of their own."""
    return clause if clause.endswith((".", "!", "?")) else f"{clause}."


def on(when: datetime | None) -> str:
    """`` on 2026-11-21 10:16``; nothing where the time is not known."""
    return f" on {when:%Y-%m-%d %H:%M}" if when else ""


def listed_ids(listed: Iterable[RemoteCampaign]) -> str:
    """``cd-1, cd-2``, in their own order."""
    return ", ".join(sorted(one.campaign_id for one in listed))


def compared(differences: Mapping[str, tuple[str, str]]) -> str:
    """``Priority is '1' instead of '5'``, for each heading with what was sent and what is shown."""
    return "; ".join(
        f"{heading} is {shown!r} instead of {sent!r}" for heading, (sent, shown) in differences.items()
    )
