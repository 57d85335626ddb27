"""The nouns that pass between rooms: cells, problems, campaigns, payloads, replies, outcomes.

Every one is frozen, so a room can hand a value on without wondering who changes it. At run time this module imports
nothing of ours and no pandas, because ``--help`` reads it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pandas import DataFrame

    from bulkload.messages import Message


class ApiVersion(StrEnum):
    """The two versions of the campaign API; v2 is the default, for only it knows a Do Not Call list."""

    V1 = "v1"
    V2 = "v2"


class DialingMode(StrEnum):
    """How a campaign dials; the values are the API's (seeds, ``dialingMode``)."""

    PREVIEW = "Preview"
    PROGRESSIVE = "Progressive"
    AGENTLESS = "Agentless"


# --- cells ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell in which Excel shows an error."""

    text: str
    """The error's name as Excel writes it: ``#N/A``, ``#REF!``."""


@dataclass(frozen=True, slots=True)
class UncalculatedCell:
    """A formula whose result was never saved, so what the user saw is not known."""

    formula: str
    """The formula without its equals sign, cut to a length that fits a message."""


Cell: TypeAlias = (
    str | int | float | bool | datetime | date | time | timedelta | ErrorCell | UncalculatedCell | None
)
"""The content of a cell, exactly as the file holds it: an empty cell is None, never NaN and never ``""``."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of the user's workbook, its cells untouched."""

    path: Path
    """The file it was read from."""
    sha256: str
    """Hexadecimal digest of the whole file."""
    name: str
    """The sheet's name as the user wrote it."""
    heading_row: int
    """The Excel row of the headings (1 is the first)."""
    frame: DataFrame
    """Cells as objects. The index is the Excel row number; blank rows are absent. The columns are the headings
    of ``columns`` that the sheet has, then the user's own headings in the order of the sheet."""
    letters: Mapping[str, str]
    """Column letter in the file for each column of the frame: ``{"Queue": "G"}``."""
    struck_rows: frozenset[int] = frozenset()
    """Excel rows whose filled cells are all struck through: people cross a row out and do not delete it."""
    totals_rows: frozenset[int] = frozenset()
    """Excel rows in which a table of Excel adds up its columns."""
    hidden_rows: frozenset[int] = frozenset()
    """Excel rows of the frame that are hidden or filtered out. Where hidden rows are refused, they are those with an
    ID that our own results workbook filters out: they may be read, and must not be written."""
    comments: Mapping[tuple[int, str | None], str] = field(default_factory=dict)
    """The comments on cells of these rows, by Excel row and heading; None: a column without one."""
    shown: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What Excel shows, by Excel row and heading, for dates and times whose format is not an ordinary one: a date
    may show as ``Monday``."""
    problems: tuple[Problem, ...] = ()
    """What single cells show otherwise than they store it, and comments as warnings, by row and column."""


class Hidden(StrEnum):
    """What to do with hidden and filtered rows: whether the user means them is not known."""

    REFUSE = "refuse"
    INCLUDE = "include"
    SKIP = "skip"


class Level(StrEnum):
    """How bad a problem is: an error stops the row, a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowReference:
    """Row numbers inside a message, kept apart so that the results workbook can renumber them."""

    rows: tuple[int, ...]
    """The Excel rows that are named."""
    column: str | None = None
    """The letter of their column; None where whole rows are meant."""
    more: int = 0
    """Rows that are counted and not named."""
    sheet: str | None = None
    """Their sheet; None for the problem's own."""

    def __str__(self) -> str:
        """``C5``, or ``C5 and C9``, or ``C5, C6, C7, C8, C9 and 12 more``; without a column the bare numbers."""
        places = [f"{self.column or ''}{row}" for row in self.rows]
        if self.more:
            return f"{', '.join(places)} and {self.more:,} more"
        *most, last = places
        return f"{', '.join(most)} and {last}" if most else last


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what would be right."""

    level: Level
    explanation: Message
    """What is wrong and how to fix it."""
    sheet: str | None = None
    """The sheet's name as the user wrote it; None where the file as a whole is meant."""
    row: int | None = None
    """The Excel row; None where no single row is meant."""
    column: str | None = None
    """The column's letter; None where no single column is meant."""
    heading: str | None = None
    """The column's heading as ``columns`` writes it."""
    value: str | None = None
    """The value as the user sees it in Excel; None for an empty cell."""
    proposals: tuple[str, ...] = ()
    """Values that would be right in this cell, the likeliest first; ``""`` means an empty cell."""

    @property
    def code(self) -> str:
        """Names the kind of problem for programs: ``queue-empty``, or ``no-heading-row`` without a column."""
        return "-".join((*re.findall("[a-z0-9]+", (self.heading or "").lower()), self.explanation.code))

    @property
    def message(self) -> str:
        """What is wrong, in sentences, with plain words for the marks."""
        return self.explanation.text

    @property
    def fix(self) -> str:
        """What to type or do instead, in sentences, with plain words for the marks."""
        return self.explanation.fix

    @property
    def cell(self) -> str | None:
        """``G7``, or None where the problem has no single cell."""
        return f"{self.column}{self.row}" if self.column and self.row else None

    @property
    def is_error(self) -> bool:
        """Whether the row can't be sent as it is."""
        return self.level is Level.ERROR


@dataclass(frozen=True, slots=True)
class Workbook:
    """A person's workbook as read: its two sheets and what there is to say of the file itself."""

    campaigns: Sheet
    calling_hours: Sheet
    problems: tuple[Problem, ...] = ()
    """Warnings about the file, its layout and its formulas; what can't be used at all is a WorkbookError."""
    account: AccountBinding | None = None
    """The account that the workbook names above its headings."""
    content: bytes = field(default=b"", repr=False, compare=False)
    """The whole file, so that a run keeps the very bytes that were read."""

    @property
    def path(self) -> Path:
        """The file both sheets were read from."""
        return self.campaigns.path

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the whole file."""
        return self.campaigns.sha256


# --- campaigns -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Block:
    """One block of time in which calls may be made, on one day of the week."""

    day: str
    """MO TU WE TH FR SA SU (seeds, ``days[].day``)."""
    start: time
    """The first minute; 00:00 is the day's beginning."""
    end: time
    """The last minute, later than ``start``; the day's end is 23:59, for the API documents nothing later."""


@dataclass(frozen=True, slots=True)
class CallingHours:
    """When calls may be made, in the user's time zone."""

    name: str
    """The name in the second sheet, as typed there."""
    frequency: str
    """WEEKLY, DAILY or CUSTOM."""
    timezone: str
    """An IANA name."""
    blocks: tuple[Block, ...]
    """At least one; Monday first, each day in the order of their start, never overlapping."""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A row's typed values, its calling hours resolved; a field its mode or version has no use for is None."""

    row: int
    """The Excel row."""
    name: str
    """1 to 48 characters, unique in the workbook whatever its case."""
    description: str
    """1 to 256 characters."""
    dialing_mode: DialingMode
    contact_lists: tuple[str, ...]
    """1 to 10 names, in the order typed."""
    caller_id: str
    """As it will be sent: ``+`` and digits, a ``sip:`` address, or the digits of a registered SIP number."""
    calling_hours: CallingHours
    priority: int
    """1 to 5, 5 highest; 5 where the cell was empty."""
    dialing_order: str
    """FIFO or LIFO."""
    max_attempts: int
    """Calls to one contact at most, 1 to 100."""
    retry_period: int
    """Minutes, 1 to 1440."""
    max_ring_time: int
    """Seconds, 5 to 120."""
    dnc_list: str | None = None
    """The one Do Not Call list (v2 only)."""
    queue: str | None = None
    """Preview and Progressive."""
    experience_flow: str | None = None
    """Agentless."""
    max_skips: int | None = None
    """Preview; 0 or more."""
    machine_detection: str | None = None
    """v1: Yes or No. v2, Agentless only: No, Detect or Disconnect. With an ID also ``columns.AS_IT_IS``, which sends
    nothing."""
    campaign_id: str | None = None
    """Filled: update that campaign; None: create one."""


# --- sending -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payload:
    """What a row asks of the service: pure, total, the same for the same row."""

    row: int
    """The Excel row."""
    name: str
    """The campaign's name, for matching and for messages."""
    version: ApiVersion
    body: Mapping[str, Any]
    """The JSON body."""
    campaign_id: str | None = None
    """None: create; otherwise update the campaign with this id."""
    digest: str = field(default="", compare=False)
    """Hexadecimal sha256 of the body: equal where the same is sent, whether it creates or updates."""
    campaign: Campaign | None = field(default=None, compare=False, repr=False)
    """The typed values that the body was made of; None where only the body was kept."""

    @property
    def updates(self) -> bool:
        """Whether this is an update of a campaign that exists."""
        return self.campaign_id is not None


@dataclass(frozen=True, slots=True)
class Created:
    """The service accepted it: a campaign was created or updated, and this is its id."""

    campaign_id: str
    platform_status: str | None = None
    """``Preparing``, ``Ready`` ...; None where the answer does not say (v1 Preview)."""
    stored: RemoteCampaign | None = None
    """The campaign as the answer shows it; None where the answer has none (v1 Preview)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The service said no. The attempt is kept: the row is looked up before it is ever sent again."""

    message: str
    """What the service said, every sentence of it, as data: it may contain anything."""
    http_status: int
    says_name_exists: bool = False
    """Whether the service says that the name is taken; the campaign that has it may be our own."""
    campaign_id: str | None = None
    """An id in the refusal: a candidate for the row's campaign."""


@dataclass(frozen=True, slots=True)
class RetryLater:
    """Not done: rate limited, or it never left. It may be sent again after a wait."""

    reason: str
    retry_after: float | None = None
    """Seconds that everybody must wait; None: the sender chooses."""
    limited: bool = False
    """Whether the account's rate limit was the reason; otherwise the request never left this machine."""
    campaign_id: str | None = None
    """An id in the answer: a candidate for the row's campaign."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """It may have been done or not: it is never sent again by itself, but looked up in the account."""

    reason: str
    """A clause that can stand alone: ``no answer came in time``."""
    http_status: int | None = None
    """The status where there was one; several 5xx in a row stop the run."""
    words: str = ""
    """What the service said, cleaned and cut, as data; empty where it said nothing."""
    stops: bool = False
    """Whether other rows would meet the same (401, 403, a redirect, a page to sign in on): the run ends."""
    stop_reason: StopReason | None = None
    """What to report if the run ends because of this answer; filled by the client wherever ``stops`` is true."""

    @property
    def message(self) -> str:
        """The reason, and what the service said: ``the service answered 503 ("Service Unavailable")``."""
        return f'{self.reason} ("{self.words}")' if self.words else self.reason


Reply: TypeAlias = Created | Refused | RetryLater | Uncertain
"""Four, because there are four things to do."""


@dataclass(frozen=True, slots=True)
class RemoteCampaign:
    """One campaign as the account shows it: its listing row and, where it was asked for, its document (GET).

    A field is None where nothing readable was shown. A listing row alone has no dialing strategy: no calling
    hours, caller ID, dialing order, attempts, retry period or ring time.
    """

    campaign_id: str
    name: str
    status: str | None = None
    """``Preparing``, ``Ready`` ..., or an unknown word, safe to show."""
    dialing_mode: str | None = None
    """A ``DialingMode``, or what no workbook can express: ``Power``, ``Predictive``."""
    priority: int | None = None
    dnc_list: str | None = None
    contact_lists: tuple[str, ...] | None = None
    connection: str | None = None
    """The queue's or flow's name; the listing alone shows it."""
    description: str | None = None
    max_skips: int | None = None
    machine_detection: str | None = None
    """v1: Yes or No. v2 shows it right after the campaign was created at most."""
    caller_id: str | None = None
    calling_hours: CallingHours | None = None
    """Without a name of their own."""
    dialing_order: str | None = None
    max_attempts: int | None = None
    retry_period: int | None = None
    max_ring_time: int | None = None
    created_at: datetime | None = None
    """With its zone."""
    updated_at: datetime | None = None
    """With its zone."""
    campaign_instance_id: str | None = None
    """Filled: the campaign was started at least once."""
    is_scheduled: bool = False
    has_filters: bool = False
    not_expressible: tuple[str, ...] = ()
    """What no workbook can express, in words: ``a schedule``, ``the dialing mode Power``. Never updated then."""
    has_document: bool = False
    """Whether the dialing strategy is known: the campaign was asked for by its id, or an answer showed it."""
    source: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """The JSON that it was read from, as it is to be kept in a journal."""

    @property
    def queue(self) -> str | None:
        """The queue's name; None for Agentless."""
        return None if self.dialing_mode == DialingMode.AGENTLESS else self.connection

    @property
    def experience_flow(self) -> str | None:
        """The experience flow's name; None for Preview and Progressive."""
        return self.connection if self.dialing_mode == DialingMode.AGENTLESS else None


@dataclass(frozen=True, slots=True)
class Missing:
    """The service says that it has no campaign with this id, in words that are recognised."""

    message: str = ""
    """What the service said."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The campaign could not be read, so that nothing is known about it: not absent, not unchanged."""

    reason: str
    """A clause that can stand alone: ``the answer is about another campaign``."""


@dataclass(frozen=True, slots=True)
class ContactList:
    """One contact list of the account."""

    name: str
    status: str | None = None
    """Ready, Validated, Validating, Invalid, or an unknown word, safe to show."""
    record_count: int | None = None
    """Contacts in it; None where the service does not say."""
    is_fed_by_api: bool = False
    """Whether contacts arrive through an API, so that an empty list may fill later."""
    list_type: str | None = None
    """``call`` for contact lists; DNC lists have another type."""


@dataclass(frozen=True, slots=True)
class AccountNames:
    """The names that exist in an account or are in use there, for comparing a workbook with them."""

    contact_lists: tuple[ContactList, ...]
    """All of them: a list that is not among them does not exist."""
    queues: tuple[str, ...] | None = None
    """All queues; None where the service listed only some of them."""
    dnc_lists: tuple[str, ...] = ()
    """Those that some campaign uses, as for flows and caller IDs: the service can't be asked for all."""
    experience_flows: tuple[str, ...] = ()
    caller_ids: tuple[str, ...] = ()
    unfinished: tuple[RemoteCampaign, ...] = ()
    """Campaigns that may still call people."""


class DifferenceKind(StrEnum):
    """How desired, actual and last sent value of one column relate; the values are those of ``--json``."""

    SAME = "same"
    """The account has what is wanted."""
    CHANGE = "change"
    """The account has what we last sent; the workbook wants something else."""
    UNKNOWN_BASE = "unknown_base"
    """The account has something else, and nothing is known of what was last sent."""
    DRIFT = "drift"
    """The workbook wants what we last sent; it was changed at Kore.ai since."""
    BOTH = "both"
    """Changed in the workbook and at Kore.ai, to different values."""
    UNREADABLE = "unreadable"
    """The account does not show it; it will be sent."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column in which desired, actual and last sent value are not all equal, as people read the values."""

    field: str
    """The field of ``Campaign``."""
    heading: str
    """The column's heading as ``columns`` writes it."""
    actual: str | None
    """What the account has; None where it shows nothing."""
    desired: str | None
    """What the workbook wants; None where it wants nothing."""
    last_sent: str | None
    """What we last sent; None where that is not known."""
    kind: DifferenceKind

    def to_json(self) -> dict[str, str | None]:
        """The object that ``--json`` shows."""
        values = {"actual": self.actual, "desired": self.desired, "last_sent": self.last_sent}
        return {"heading": self.heading, **values, "kind": str(self.kind)}


class Action(StrEnum):
    """What a plan says about a row; the values are those of ``action`` in ``--json``."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    """The campaign of the row's ID equals the row: nothing is sent."""
    ALREADY_THERE = "already_there"
    """The account has this campaign already: nothing is sent."""
    LEFT_OUT = "left_out"
    """The user left the row out: Send is No, or other rows were chosen."""
    BLOCKED = "blocked"
    """A guard holds the row back until the user decides."""
    CONFLICT = "conflict"
    """Only a person can judge what the account holds."""
    LOOK_UP = "look_up"
    """An answer was lost: the row is looked up before anything is sent."""


class Status(StrEnum):
    """The outcome of a row; the values are the keys of ``summary`` in ``--json``."""

    CREATED = "created"
    UPDATED = "updated"
    ALREADY_CREATED = "already_created"
    UNCHANGED = "unchanged"
    INVALID = "invalid"
    REFUSED = "refused"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one row of the sheet, sent or not."""

    row: int
    """The Excel row."""
    name: str
    """The campaign's name as the user sees it; empty where the cell is."""
    status: Status
    explanation: Message | None = None
    """What happened and what to do; None where the status says it all."""
    campaign_id: str | None = None
    platform_status: str | None = None
    """The campaign's status at Kore.ai when it was last seen there."""
    attempts: int = 0
    """Requests that were sent for this row and could have written."""
    problems: tuple[Problem, ...] = ()
    """Errors and warnings of this row."""
    payload: Payload | None = None
    """What would be sent: in a plan and a dry run alone."""
    action: Action | None = None
    """What the plan says about the row; None where the row has errors or no plan was made."""
    changes: tuple[Difference, ...] = ()
    """What sending the row would change at Kore.ai, the most important first."""
    is_at_work: bool = False
    """Whether the run is still going on: the row may wait, or be on its way, without anybody having to act."""

    @property
    def message(self) -> str:
        """What happened, with plain words for the marks; empty where the status says it all."""
        return self.explanation.text if self.explanation else ""

    @property
    def fix(self) -> str:
        """What the user should do, with plain words for the marks; empty where no action is needed."""
        return self.explanation.fix if self.explanation else ""


@dataclass(frozen=True, slots=True)
class StopReason:
    """Why a run ended before its time."""

    exit_status: int
    explanation: Message
    """What stopped it and what to do."""

    @property
    def message(self) -> str:
        """What stopped it and what to do, as one paragraph with plain words for the marks."""
        return self.explanation.join()


PRACTICE_HOST = "sandbox"
"""Takes the place of a host for the embedded sandbox: its port changes with every command."""


@dataclass(frozen=True, slots=True)
class AccountIdentity:
    """The account that a plan, a run or a workbook belongs to."""

    host: str
    """Base address of the service, or ``sandbox``."""
    application: str
    """The application id (iid)."""
    account_id: str | None = None
    """24 hexadecimal digits; None for a run of a journal that did not keep it."""
    name: str | None = None
    """The name the user gave the account; None where the settings alone describe it."""
    title: str | None = None
    """What people call it: "Acme Bank, production"."""

    @property
    def practice(self) -> bool:
        """Whether it is the embedded sandbox: no calls are made, and its IDs are not real."""
        return self.host == PRACTICE_HOST

    @property
    def binding(self) -> AccountBinding | None:
        """The same as a workbook names it; None where the account id is not known."""
        if self.account_id is None:
            return None
        return AccountBinding(self.name, self.host, self.application, self.account_id)

    def to_json(self) -> dict[str, Any]:
        """The object that ``--json`` shows."""
        return {
            "name": self.name,
            "host": self.host,
            "application": self.application,
            "account_id": self.account_id,
            "practice": self.practice,
        }


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """What a plan counts besides its rows."""

    requests: int
    """About how many requests the run takes, the looks at the account included."""
    seconds: float
    """About how long they take at the account's rate limit."""
    campaigns_there: int
    """Campaigns in the account before the run."""
    contact_lists: int = 0
    """Different contact lists that the rows to be sent name."""
    contacts: int | None = None
    """People in them; None where the account did not say."""


@dataclass(frozen=True, slots=True)
class AccountBinding:
    """The account that a workbook names above its headings, as typed there."""

    name: str | None
    """The account's name on the computer that wrote it; it decides nothing, because names differ by computer."""
    host: str
    application: str
    account_id: str

    @property
    def practice(self) -> bool:
        """Whether the sandbox wrote the workbook, so that its IDs are not real."""
        return self.host.strip().lower() == PRACTICE_HOST


@dataclass(frozen=True, slots=True)
class SubmitOptions:
    """What the user chose for one submission."""

    only: frozenset[int] | None = None
    """The Excel rows that are wanted; None: all."""
    valid_rows_only: bool = False
    """Whether the rows without problems are sent although others have some."""
    update: frozenset[int] | None = frozenset()
    """The Excel rows whose update the user has agreed to; None: all."""
    overwrite: frozenset[int] | None = frozenset()
    """The Excel rows that may put their values over a change made at Kore.ai; None: all."""
    as_new: bool = False
    """Whether every Campaign ID of the workbook is ignored."""
    trial: int | None = None
    """How many rows to send before the run waits for the user; None: all."""
    stop_after: int = 5
    """Refused rows since the last accepted one after which the run stops."""
    plan_name: str | None = None
    """The saved plan to carry out; None: plan now."""

    def to_json(self) -> dict[str, Any]:
        """JSON values for the journal."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: sorted(one) if isinstance(one, frozenset) else one for name, one in values.items()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> SubmitOptions:
        """The options that ``to_json`` stored, and those of journals that older versions wrote."""
        if "valid_rows_only" not in stored:  # version 0.1 kept two texts
            only = stored["only"]
            return cls(
                only=None if only == "all" else frozenset(map(int, only.split(","))),
                valid_rows_only=stored["rows"] == "valid rows only",
            )
        values: dict[str, Any] = {one.name: stored[one.name] for one in fields(cls) if one.name in stored}
        rows = {name: frozenset(one) for name, one in values.items() if isinstance(one, list)}
        return cls(**(values | rows))


@dataclass(frozen=True, slots=True)
class RunInfo:
    """One run of this machine, as ``bulkload runs`` lists it and the results workbook's Summary shows it."""

    run: str
    """Its name: ``20261121-104205-7c``."""
    workbook: str
    """Path of the workbook as the user gave it."""
    host: str
    """Base address of the service, or ``sandbox``."""
    application: str
    """The application id (iid)."""
    started: datetime
    """With its zone."""
    finished: datetime | None = None
    """None: interrupted, or still going on."""
    is_at_work: bool = False
    """Whether a process is going on with it now."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Rows by status."""
    stopped: str = ""
    """Why it ended before its time, in sentences; empty where it did not."""
