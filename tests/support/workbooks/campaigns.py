"""Campaigns as the rules let them through, any of them: for laws about what is sent and read back."""

from __future__ import annotations

from datetime import time
from typing import Any

from hypothesis import strategies as st

from bulkload.model import ApiVersion, Block, CallingHours, Campaign, DialingMode
from bulkload.text import name_key

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("America/New_York", "US/Eastern", "Asia/Kolkata", "Asia/Calcutta", "UTC", "Etc/UTC", "Europe/Oslo")
CHARACTERS = st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp"))
CASES = [(version, mode) for version in ApiVersion for mode in DialingMode]


def one_line(longest: int) -> st.SearchStrategy[str]:
    """Texts without spaces at their edges."""
    texts = st.text(CHARACTERS, min_size=1, max_size=longest)
    return texts.map(str.strip).filter(bool)


@st.composite
def blocks_of_a_day(draw: st.DrawFn, day: str) -> list[Block]:
    """Windows in the order of their start that never overlap, though some touch."""
    bounds = draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=6, unique=True).map(sorted))
    if draw(st.booleans()):
        bounds = [bounds[0], *(bound for bound in bounds[1:-1] for _ in (0, 1)), bounds[-1]]
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return [Block(day, time(*divmod(start, 60)), time(*divmod(end, 60))) for start, end in pairs]


@st.composite
def calling_hours(draw: st.DrawFn) -> CallingHours:
    """Hours with at least one block, Monday first."""
    days = draw(st.sets(st.sampled_from(DAYS), min_size=1))
    blocks = [block for day in DAYS if day in days for block in draw(blocks_of_a_day(day))]
    return CallingHours(
        name="Office",
        frequency=draw(st.sampled_from(["WEEKLY", "DAILY", "CUSTOM"])),
        timezone=draw(st.sampled_from(ZONES)),
        blocks=tuple(blocks),
    )


CALLER_IDS = (
    st.from_regex(r"\+[1-9][0-9]{6,14}", fullmatch=True)
    | st.from_regex(r"[0-9]{3,15}", fullmatch=True)
    | st.from_regex(r"sip:[a-z0-9.]{1,20}@[a-z]{1,9}\.example", fullmatch=True)
)


@st.composite
def campaigns(
    draw: st.DrawFn,
    version: ApiVersion,
    mode: DialingMode,
    *,
    references: dict[str, st.SearchStrategy[Any]] | None = None,
) -> Campaign:
    """A campaign of this version and mode; ``references`` replace the names of lists, queues and flows."""
    names = one_line(60)
    known = {
        "contact_lists": st.lists(names, min_size=1, max_size=10, unique_by=name_key).map(tuple),
        "dnc_list": names,
        "queue": names,
        "experience_flow": names,
        "caller_id": CALLER_IDS,
    } | (references or {})
    detection = ("Yes", "No") if version is ApiVersion.V1 else ("No", "Detect", "Disconnect")
    is_agentless = mode is DialingMode.AGENTLESS
    has_detection = is_agentless or version is ApiVersion.V1
    return Campaign(
        row=draw(st.integers(2, 9999)),
        name=draw(one_line(48)),
        description=draw(one_line(256)),
        dialing_mode=mode,
        contact_lists=draw(known["contact_lists"]),
        caller_id=draw(known["caller_id"]),
        calling_hours=draw(calling_hours()),
        priority=draw(st.integers(1, 5)),
        dialing_order=draw(st.sampled_from(["FIFO", "LIFO"])),
        max_attempts=draw(st.integers(1, 100)),
        retry_period=draw(st.integers(1, 1440)),
        max_ring_time=draw(st.integers(5, 120)),
        dnc_list=draw(known["dnc_list"]) if version is ApiVersion.V2 else None,
        queue=None if is_agentless else draw(known["queue"]),
        experience_flow=draw(known["experience_flow"]) if is_agentless else None,
        max_skips=draw(st.integers(0, 999)) if mode is DialingMode.PREVIEW else None,
        machine_detection=draw(st.sampled_from(detection)) if has_detection else None,
    )
