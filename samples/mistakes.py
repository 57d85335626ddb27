"""What is wrong with ``mistakes.xlsx``: every kind of problem that a row can have, once.

A kind has the code that it has in ``bulkload.rules.messages``. Some are missing: "not-in-v1" occurs only with
version v1 of the API, "column-missing" only without a column, rows struck through only in Excel. What an account has to
say needs an account, and "number-shown-as-time" a cell as Excel keeps a 1 typed into it, which the template's writer
takes for midnight.
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

NOTHING: Mapping[str, Cell] = dict.fromkeys(("Campaign name", "Description", *PROGRESSIVE))

FORMULA = 'C6&" again"'
ELEVEN_LISTS = "; ".join(f"List {letter}" for letter in "ABCDEFGHIJK")

CAMPAIGN_MISTAKES: tuple[Mistake, ...] = (
    Mistake("excel-error", "Queue", {"Queue": ErrorCell("#N/A")}),
    Mistake("not-calculated", "Description", {"Description": UncalculatedCell(FORMULA)}),
    Mistake("invisible-character", "Campaign name", {"Campaign name": "Loan\u200breminder"}),
    Mistake("line-break", "Description", {"Description": "Reminds customers\nof the payment"}),
    Mistake("not-a-value", "Priority", {"Priority": "n/a"}),
    Mistake(
        "too-long", "Campaign name", {"Campaign name": "Reminder of the loan payment that is due in December"}
    ),
    Mistake("date-for-text", "Campaign name", {"Campaign name": datetime(2026, 12, 1)}),  # noqa: DTZ001  (a cell)
    Mistake("number-for-text", "Description", {"Description": 1.5}),
    Mistake("several-names", "DNC list", {"DNC list": "DNC global; DNC local"}),
    Mistake("word-for-nothing", "DNC list", {"DNC list": "none"}),
    Mistake("comma-in-name", "Contact lists", {"Contact lists": "Loan holders - Nov, Loan holders - Oct"}),
    Mistake(
        "semicolon-lookalike", "Contact lists", {"Contact lists": "Loan holders - Nov\uff1b Card renewals"}
    ),
    Mistake("repeated-name", "Contact lists", {"Contact lists": "Loan holders - Nov; loan holders - nov"}),
    Mistake("too-many-names", "Contact lists", {"Contact lists": ELEVEN_LISTS}),
    Mistake("not-an-id", "Campaign ID", {"Campaign ID": "my campaign"}),
    Mistake("not-a-whole-number", "Max attempts", {"Max attempts": "1,000"}),
    Mistake("number-shown-as-date", "Max attempts", {"Max attempts": datetime(1900, 1, 3)}),  # noqa: DTZ001  (a cell)
    Mistake("too-many-digits", "Max skips", PREVIEW | {"Max skips": 1e20}),
    Mistake("out-of-range", "Max ring time (seconds)", {"Max ring time (seconds)": 3}),
    Mistake("unknown", "Dialing mode", {"Dialing mode": "Progresive"}),
    Mistake("number-cell", "Caller ID", {"Caller ID": 14155550123}),
    Mistake("shortened", "Caller ID", {"Caller ID": "4.4E+11"}),
    Mistake("trunk-zero", "Caller ID", {"Caller ID": "+44 (0)20 7946 0018"}),
    Mistake("zero-after-plus", "Caller ID", {"Caller ID": "+020 7946 0018"}),
    Mistake("wrong-length", "Caller ID", {"Caller ID": "+1415"}),
    Mistake("no-plus", "Caller ID", {"Caller ID": "(415) 555-0123"}),
    Mistake("not-a-phone-number", "Caller ID", {"Caller ID": "+1 415 CALL NOW"}),
    Mistake("prefix-for-plus", "Caller ID", {"Caller ID": "00442079460958"}),
    Mistake("two-numbers", "Caller ID", {"Caller ID": "+1 415 555 0123/24"}),
    Mistake("no-break-space", "Queue", {"Queue": "Collections\xa0EN"}),
    Mistake("lost-character", "Description", {"Description": "Calls guests of the caf\ufffd"}),
    Mistake("bullet", "Contact lists", {"Contact lists": "\u2022 Loan holders - Nov"}),
    Mistake("placeholder", "Queue", {"Queue": "TBD"}),
    Mistake("ditto-mark", "Queue", {"Queue": '"'}),
    Mistake(
        "as-it-is-without-id",
        "Answering machine detection",
        AGENTLESS | {"Answering machine detection": "(as it is)"},
    ),
    Mistake("empty", "Queue", {"Queue": None}),
    Mistake(
        "only-one-cell",
        "Priority",
        NOTHING | {"Priority": "Ask Dana for these"},
    ),
    Mistake("filled-down", "Priority", NOTHING | {"Priority": 5, "Max attempts": 1}),
    Mistake("filled-down", "Priority", NOTHING | {"Priority": 5, "Max attempts": 2}),
    Mistake("filled-down", "Priority", NOTHING | {"Priority": 5, "Max attempts": 3}),
    Mistake("totals-row", "Campaign name", NOTHING | {"Campaign name": "Total", "Max attempts": 150}),
    Mistake(
        "example-row",
        "Campaign name",
        {
            "Campaign name": "Loan reminder January",
            "Description": "Reminds customers of the payment due on 15 January",
        },
    ),
    Mistake("is-a-dnc-list", "Contact lists", {"Contact lists": "Loan holders - Nov; DNC global"}),
    Mistake("nearly-the-same", "Queue", {"Queue": "Colections EN"}),
    Mistake("says-not-to-send", "Notes", {"Notes": "Do not send before the script is ready"}),
    Mistake("longer-than-window", "Retry period (minutes)", {"Retry period (minutes)": 600}),
    Mistake("not-used", "Queue", AGENTLESS | {"Queue": "Collections EN"}),
    Mistake("not-unique", "Campaign name", {"Campaign name": "Card renewals"}),
    Mistake("not-unique", "Campaign name", {"Campaign name": "CARD RENEWALS", "Priority": 4}),
    Mistake("used-twice", "Campaign ID", {"Campaign ID": "cd-b2c1690-0a1b-497c-9326-1bdd22900000"}),
    Mistake(
        "used-twice", "Campaign ID", {"Campaign ID": "cd-b2c1690-0a1b-497c-9326-1bdd22900000", "Priority": 4}
    ),
    Mistake("not-in-hours-sheet", "Calling hours", {"Calling hours": "US ofice"}),
    Mistake("faulty-hours", "Calling hours", {"Calling hours": "Ends too early"}),
    Mistake("repeats-name", "Description", {"Campaign name": "Winter tyres", "Description": "Winter tyres"}),
    Mistake(None, "Campaign name", AGENTLESS | {"Description": "Two rows alike but for the name"}),
    Mistake("row-alike", "Campaign name", AGENTLESS | {"Description": "Two rows alike but for the name"}),
)

GOOD_HOURS: Mapping[str, Cell] = {
    "Time zone": "America/New_York",
    "Day": "Mon-Fri",
    "Start": "9:00 AM",
    "End": "6:00 PM",
}

HOURS_MISTAKES: tuple[Mistake, ...] = (
    Mistake("bare-number", "Start", {"Start": 9}),
    Mistake("two-times", "Start", {"Start": "9:00-18:00"}),
    Mistake("zone-inside", "Start", {"Start": "9:00 EST"}),
    Mistake("date-inside", "Start", {"Start": "2026-12-01 9:00 AM"}),
    Mistake("seconds", "Start", {"Start": time(9, 0, 30)}),
    Mistake("no-such-time", "Start", {"Start": "13:75"}),
    Mistake("day-is-over", "Start", {"Start": "24:00"}),
    Mistake("not-a-time", "Start", {"Start": "morning"}),
    Mistake("day-fraction", "Start", {"Start": 0.375, "End": "5:00 PM"}),
    Mistake("not-a-day", "Day", {"Day": "Wensday"}),
    Mistake("date-for-day", "Day", {"Day": datetime(2026, 12, 7)}),  # noqa: DTZ001  (a cell)
    Mistake("ambiguous-letter", "Day", {"Day": "T"}),
    Mistake("named-twice", "Day", {"Day": "Mon-Fri, Wed"}),
    Mistake("same-day-range", "Day", {"Day": "Mon-Mon"}),
    Mistake("abbreviation", "Time zone", {"Time zone": "EST"}),
    Mistake("not-a-zone", "Time zone", {"Time zone": "America/NewYork"}),
    Mistake("no-sign", "Time zone", {"Time zone": "UTC 08:00"}),
    Mistake("is-a-time", "Time zone", {"Time zone": "9:00 AM"}),
    Mistake("reversed", "Time zone", {"Time zone": "Etc/GMT+5"}),
    Mistake("fixed-offset", "Time zone", {"Time zone": "Etc/UTC"}),
    Mistake("not-after-start", "End", {"Calling hours": "Ends too early", "End": "9:00 AM"}),
    Mistake(None, "Start", {"Calling hours": "Two at once"}),
    Mistake(
        "overlap",
        "Start",
        {"Calling hours": "Two at once", "Day": "Wed", "Start": "5:00 PM", "End": "8:00 PM"},
    ),
    Mistake("missing-for-name", "Time zone", {"Time zone": None}),
    Mistake(None, "Time zone", {"Calling hours": "Two zones"}),
    Mistake(
        "two-zones", "Time zone", {"Calling hours": "Two zones", "Day": "Sat", "Time zone": "America/Chicago"}
    ),
    Mistake(None, "Frequency", {"Calling hours": "Two frequencies", "Frequency": "WEEKLY"}),
    Mistake(
        "two-frequencies",
        "Frequency",
        {"Calling hours": "Two frequencies", "Day": "Sat", "Frequency": "DAILY"},
        also=(("undocumented", "Frequency"),),
    ),
    Mistake("undocumented", "Frequency", {"Frequency": "CUSTOM"}),
    Mistake("unusual-hours", "Start", {"Start": "7:00 AM"}),
    Mistake("ends-next-day", "End", {"Start": "10:00 PM", "End": "2:00 AM"}),
    Mistake("short-window", "End", {"End": "9:10 AM"}),
    Mistake("says-other-hours", "Calling hours", {"Calling hours": "Shop 12pm-9pm", "Start": "11:00 AM"}),
    Mistake("weekday-missing", "Day", {"Day": "Mon, Tue, Thu, Fri"}),
    Mistake("same-hours", "Calling hours", {}),
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
