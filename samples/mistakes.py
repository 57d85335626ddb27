"""What is wrong with ``mistakes.xlsx``: every kind of problem that a row can have, once.

A kind bears the name that it has in ``bulkload.rules.messages``. Three are missing: "DNC would be dropped" occurs
with version v1 of the service alone, "not in account" only when an account is looked at, and "time whole day"
in a cell as Excel keeps a 1 typed into it, which the template's writer takes for midnight.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time
from typing import TYPE_CHECKING

from bulkload.model import ErrorCell, UncalculatedCell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.model import Cell


@dataclass(frozen=True, slots=True)
class Mistake:
    """One row and what is wrong with it."""

    kind: str | None
    """None: the row is good, and makes another one wrong."""
    heading: str
    """Where the problem is reported."""
    cells: Mapping[str, Cell]
    """What differs from a good row."""
    also: tuple[tuple[str, str], ...] = field(default=())
    """Further (kind, heading) of the same row, where one mistake can't be without the other."""


PROGRESSIVE: Mapping[str, Cell] = {
    "Dialing mode": "Progressive",
    "Contact lists": "Loan holders - Nov",
    "DNC list": "DNC global",
    "Queue": "Collections EN",
    "Caller ID": "+14155550123",
    "Calling hours": "US office",
    "Dialing order": "FIFO",
    "Max attempts": 3,
    "Retry period (minutes)": 60,
    "Max ring time (seconds)": 30,
}
PREVIEW = PROGRESSIVE | {"Dialing mode": "Preview", "Max skips": 2}
AGENTLESS = PROGRESSIVE | {
    "Dialing mode": "Agentless",
    "Queue": None,
    "Experience flow": "Payment reminder flow",
    "Answering machine detection": "Disconnect",
}

FORMULA = 'C6&" again"'
ELEVEN_LISTS = "; ".join(f"List {letter}" for letter in "ABCDEFGHIJK")

CAMPAIGN_MISTAKES: tuple[Mistake, ...] = (
    Mistake("error cell", "Queue", {"Queue": ErrorCell("#N/A")}),
    Mistake("not calculated", "Description", {"Description": UncalculatedCell(FORMULA)}),
    Mistake("invisible", "Campaign name", {"Campaign name": "Loan\u200breminder"}),
    Mistake("line break", "Description", {"Description": "Reminds customers\nof the payment"}),
    Mistake("placeholder", "Priority", {"Priority": "n/a"}),
    Mistake(
        "too long", "Campaign name", {"Campaign name": "Reminder of the loan payment that is due in December"}
    ),
    Mistake("date for text", "Campaign name", {"Campaign name": datetime(2026, 12, 1)}),  # noqa: DTZ001  (a cell)
    Mistake("number for text", "Description", {"Description": 1.5}),
    Mistake("several names", "DNC list", {"DNC list": "DNC global; DNC local"}),
    Mistake("placeholder as name", "DNC list", {"DNC list": "none"}),
    Mistake("comma in name", "Contact lists", {"Contact lists": "Loan holders - Nov, Loan holders - Oct"}),
    Mistake(
        "semicolon in name", "Contact lists", {"Contact lists": "Loan holders - Nov\uff1b Card renewals"}
    ),
    Mistake("repeated name", "Contact lists", {"Contact lists": "Loan holders - Nov; loan holders - nov"}),
    Mistake("too many names", "Contact lists", {"Contact lists": ELEVEN_LISTS}),
    Mistake("not an id", "Campaign ID", {"Campaign ID": "my campaign"}),
    Mistake("not whole", "Max attempts", {"Max attempts": "1,000"}),
    Mistake("number as date", "Max attempts", {"Max attempts": datetime(1900, 1, 3)}),  # noqa: DTZ001  (a cell)
    Mistake("too many digits", "Max skips", PREVIEW | {"Max skips": 1e20}),
    Mistake("out of limits", "Max ring time (seconds)", {"Max ring time (seconds)": 3}),
    Mistake("not a choice", "Dialing mode", {"Dialing mode": "Progresive"}),
    Mistake("caller number", "Caller ID", {"Caller ID": 14155550123}),
    Mistake("caller shortened", "Caller ID", {"Caller ID": "4.4E+11"}),
    Mistake("caller zero", "Caller ID", {"Caller ID": "+44 (0)20 7946 0018"}),
    Mistake("caller country", "Caller ID", {"Caller ID": "+020 7946 0018"}),
    Mistake("caller length", "Caller ID", {"Caller ID": "+1415"}),
    Mistake("caller plus", "Caller ID", {"Caller ID": "(415) 555-0123"}),
    Mistake("caller unknown", "Caller ID", {"Caller ID": "+1 415 CALL NOW"}),
    Mistake("caller sip digits", "Caller ID", {"Caller ID": "14155550123"}),
    Mistake("missing", "Queue", {"Queue": None}),
    Mistake(
        "only one cell",
        "Priority",
        dict.fromkeys(("Campaign name", "Description", *PROGRESSIVE)) | {"Priority": "Ask Dana for these"},
    ),
    Mistake("unused", "Queue", AGENTLESS | {"Queue": "Collections EN"}),
    Mistake("name clash", "Campaign name", {"Campaign name": "Card renewals"}),
    Mistake("name clash", "Campaign name", {"Campaign name": "CARD RENEWALS", "Priority": 4}),
    Mistake("id clash", "Campaign ID", {"Campaign ID": "cd-b2c1690-0a1b-497c-9326-1bdd22900000"}),
    Mistake(
        "id clash", "Campaign ID", {"Campaign ID": "cd-b2c1690-0a1b-497c-9326-1bdd22900000", "Priority": 4}
    ),
    Mistake("hours unknown", "Calling hours", {"Calling hours": "US ofice"}),
    Mistake("hours faulty", "Calling hours", {"Calling hours": "Ends too early"}),
    Mistake(
        "description repeats", "Description", {"Campaign name": "Winter tyres", "Description": "Winter tyres"}
    ),
    Mistake(None, "Campaign name", AGENTLESS | {"Description": "Two rows alike but for the name"}),
    Mistake("rows alike", "Campaign name", AGENTLESS | {"Description": "Two rows alike but for the name"}),
)

GOOD_HOURS: Mapping[str, Cell] = {
    "Time zone": "America/New_York",
    "Day": "Mon-Fri",
    "Start": "9:00 AM",
    "End": "6:00 PM",
}

HOURS_MISTAKES: tuple[Mistake, ...] = (
    Mistake("time bare", "Start", {"Start": 9}),
    Mistake("time two", "Start", {"Start": "9:00-18:00"}),
    Mistake("time zone inside", "Start", {"Start": "9:00 EST"}),
    Mistake("time date inside", "Start", {"Start": "2026-12-01 9:00 AM"}),
    Mistake("time seconds", "Start", {"Start": time(9, 0, 30)}),
    Mistake("time no such", "Start", {"Start": "13:75"}),
    Mistake("time 24 start", "Start", {"Start": "24:00"}),
    Mistake("time unknown", "Start", {"Start": "morning"}),
    Mistake("time fraction", "Start", {"Start": 0.375}),
    Mistake("day unknown", "Day", {"Day": "Wensday"}),
    Mistake("day twice", "Day", {"Day": "Mon-Fri, Wed"}),
    Mistake("day range", "Day", {"Day": "Mon-Mon"}),
    Mistake("zone short", "Time zone", {"Time zone": "EST"}),
    Mistake("zone unknown", "Time zone", {"Time zone": "America/NewYork"}),
    Mistake("zone reversed", "Time zone", {"Time zone": "Etc/GMT+5"}),
    Mistake("end not after start", "End", {"Calling hours": "Ends too early", "End": "9:00 AM"}),
    Mistake(None, "Start", {"Calling hours": "Two at once"}),
    Mistake(
        "overlap",
        "Start",
        {"Calling hours": "Two at once", "Day": "Wed", "Start": "5:00 PM", "End": "8:00 PM"},
    ),
    Mistake("no zone", "Time zone", {"Time zone": None}),
    Mistake(None, "Time zone", {"Calling hours": "Two zones"}),
    Mistake(
        "two zones", "Time zone", {"Calling hours": "Two zones", "Day": "Sat", "Time zone": "America/Chicago"}
    ),
    Mistake(None, "Frequency", {"Calling hours": "Two frequencies", "Frequency": "WEEKLY"}),
    Mistake(
        "two frequencies",
        "Frequency",
        {"Calling hours": "Two frequencies", "Day": "Sat", "Frequency": "DAILY"},
        also=(("frequency undocumented", "Frequency"),),
    ),
    Mistake("frequency undocumented", "Frequency", {"Frequency": "CUSTOM"}),
    Mistake("unusual hours", "Start", {"Start": "7:00 AM"}),
)

NAME_OF_GOOD_HOURS = "US office"


def campaigns() -> list[dict[str, Cell]]:
    """The rows of the sheet Campaigns."""
    return [
        {"Campaign name": _name(mistake, number), "Description": f"Number {number}, good but for one cell"}
        | dict(PROGRESSIVE)
        | dict(mistake.cells)
        for number, mistake in enumerate(CAMPAIGN_MISTAKES, start=1)
    ]


def calling_hours() -> list[dict[str, Cell]]:
    """The rows of the sheet Calling hours; the first is without mistake, for the campaigns to use."""
    return [{"Calling hours": NAME_OF_GOOD_HOURS} | dict(GOOD_HOURS)] + [
        {"Calling hours": _name(mistake, number)} | dict(GOOD_HOURS) | dict(mistake.cells)
        for number, mistake in enumerate(HOURS_MISTAKES, start=1)
    ]


def _name(mistake: Mistake, number: int) -> str:
    return f"{mistake.kind or 'good'} {number}".capitalize()
