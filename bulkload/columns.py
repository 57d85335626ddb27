"""Every column of the workbook, described once.

The template, the reader, the rules, the messages and the README's table are all made from the entries below:
adding a column is adding one entry here, its field in ``model.Campaign`` and its key in ``api.payload``.
Limits and keys are those of the five documents in ``seeds/`` unless a comment names another source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from bulkload.model import ApiVersion, DialingMode

if TYPE_CHECKING:
    from collections.abc import Iterable

# --- what kind of value a column holds -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Characters on one line."""

    longest: int
    """Characters at most."""


@dataclass(frozen=True, slots=True)
class ListedName:
    """The name of something that exists at Kore.ai; never guessed, never altered."""


@dataclass(frozen=True, slots=True)
class ListedNames:
    """Several such names in one cell, separated by ``;`` or line breaks."""

    most: int


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number within limits, both included."""

    least: int
    most: int | None
    """None: the API documents no upper limit."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words, any case."""

    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Detection:
    """Answering machine detection: other words in v1 than in v2."""

    v1: tuple[str, ...] = ("Yes", "No")
    v2: tuple[str, ...] = ("No", "Detect", "Disconnect")

    def choices(self, version: ApiVersion) -> tuple[str, ...]:
        """The words that the version knows."""
        return self.v1 if version is ApiVersion.V1 else self.v2


@dataclass(frozen=True, slots=True)
class CallerId:
    """The phone number that the person called will see."""


@dataclass(frozen=True, slots=True)
class HoursName:
    """The name of calling hours in the second sheet."""


@dataclass(frozen=True, slots=True)
class TimeZone:
    """An IANA time zone."""


@dataclass(frozen=True, slots=True)
class Days:
    """One day, a list or a range of days."""


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day, to the minute."""

    is_end: bool
    """Whether midnight means the day's end."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """An id given out by Kore.ai: one word."""


@dataclass(frozen=True, slots=True)
class FreeText:
    """Anything: never sent, never judged."""


Kind: TypeAlias = (
    Text
    | ListedName
    | ListedNames
    | WholeNumber
    | Choice
    | Detection
    | CallerId
    | HoursName
    | TimeZone
    | Days
    | TimeOfDay
    | Identifier
    | FreeText
)

# --- for which campaigns a column is needed ------------------------------------------------------------

Cases: TypeAlias = frozenset[tuple[ApiVersion, DialingMode]]


def _cases(
    versions: Iterable[ApiVersion] = tuple(ApiVersion), modes: Iterable[DialingMode] = tuple(DialingMode)
) -> Cases:
    modes = tuple(modes)
    return frozenset((version, mode) for version in versions for mode in modes)


ALWAYS = _cases()
NEVER: Cases = frozenset()
WITH_AGENTS = _cases(modes=(DialingMode.PREVIEW, DialingMode.PROGRESSIVE))


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet."""

    heading: str
    """As the template writes it, without the star."""
    field: str
    """The field of ``Campaign`` (or of a calling-hours row) that the value becomes."""
    key: str | None
    """Where the value goes in the JSON body; None: never sent."""
    kind: Kind
    needed: Cases
    """The cases in which an empty cell is a problem."""
    used: Cases
    """The cases in which a value has a use; elsewhere a value is a problem. Contains ``needed``."""
    help: str
    """One or two sentences for the person who fills it in; at most 255 characters, Excel's limit."""
    example: str
    """A value as one would type it."""
    default: str | None = None
    """What an empty cell means, as one would type it, in the cases in which a value has a use."""
    aliases: tuple[str, ...] = ()
    """Other headings under which people bring this column; compared folded, like the heading itself."""
    width: int = 16
    """Width in the template and the results, in characters."""

    @property
    def always_needed(self) -> bool:
        """Whether the template marks the heading with a star and the sheet can't do without the column."""
        return self.needed == ALWAYS


CAMPAIGN_COLUMNS: tuple[Column, ...] = (
    Column(
        heading="Campaign name",
        field="name",
        key="name",
        kind=Text(longest=48),
        needed=ALWAYS,
        used=ALWAYS,
        help="How the campaign will be called at Kore.ai. At most 48 characters. No two campaigns may have "
        "the same name, whatever its case.",
        example="Loan reminder December",
        aliases=("Name", "Campaign"),
        width=28,
    ),
    Column(
        heading="Description",
        field="description",
        key="description",
        kind=Text(longest=256),
        needed=ALWAYS,
        used=ALWAYS,
        help="What the campaign is for, in a sentence. At most 256 characters.",
        example="Reminds customers of the payment due on 15 December",
        width=36,
    ),
    Column(
        heading="Dialing mode",
        field="dialing_mode",
        key="dialingMode",
        kind=Choice(tuple(DialingMode)),
        needed=ALWAYS,
        used=ALWAYS,
        help="Preview: agents see the contact before the call. Progressive: calls go to free agents. "
        "Agentless: a recorded or automated flow answers.",
        example="Progressive",
        aliases=("Mode", "Dialling mode"),
        width=17,
    ),
    Column(
        heading="Contact lists",
        field="contact_lists",
        key="contactLists",
        kind=ListedNames(most=10),
        needed=ALWAYS,
        used=ALWAYS,
        help="Names of 1 to 10 contact lists that exist at Kore.ai, written exactly as there. "
        "Separate several with a semicolon or a line break.",
        example="Loan holders - Nov",
        aliases=("Contact list", "Lists"),
        width=26,
    ),
    Column(
        heading="DNC list",
        field="dnc_list",
        key="dncLists.name",
        kind=ListedName(),
        needed=_cases(versions=(ApiVersion.V2,)),
        used=_cases(versions=(ApiVersion.V2,)),
        help="The Do Not Call list: people on it are never phoned. Exactly one, written as at Kore.ai. "
        "Version v1 of the service has none: leave it empty there.",
        example="DNC global",
        aliases=("DNC", "DNC lists", "Do not call list"),
        width=18,
    ),
    Column(
        heading="Queue",
        field="queue",
        key="queue_name",
        kind=ListedName(),
        needed=WITH_AGENTS,
        used=WITH_AGENTS,
        help="The agent queue that answered calls go to. For Preview and Progressive; leave it empty for Agentless.",
        example="Collections EN",
        aliases=("Queue name", "Agent queue"),
        width=18,
    ),
    Column(
        heading="Experience flow",
        field="experience_flow",
        key="experienceFlowName",
        kind=ListedName(),
        needed=_cases(modes=(DialingMode.AGENTLESS,)),
        used=_cases(modes=(DialingMode.AGENTLESS,)),
        help="The voice flow that talks to the person called. For Agentless; leave it empty otherwise.",
        example="Payment reminder flow",
        aliases=("Flow", "Experience flow name", "Flow name"),
        width=22,
    ),
    Column(
        heading="Max skips",
        field="max_skips",
        key="maxSkips",
        kind=WholeNumber(least=0, most=None),
        needed=_cases(modes=(DialingMode.PREVIEW,)),
        used=_cases(modes=(DialingMode.PREVIEW,)),
        help="How often agents may skip a contact. A whole number, 0 or more. For Preview only.",
        example="3",
        aliases=("Maximum skips", "Skips"),
        width=11,
    ),
    Column(
        heading="Answering machine detection",
        field="machine_detection",
        key="enableMachineDetect",
        kind=Detection(),
        # v1 documents it for every mode, v2 for Agentless alone.
        needed=_cases(versions=(ApiVersion.V1,)) | {(ApiVersion.V2, DialingMode.AGENTLESS)},
        used=_cases(versions=(ApiVersion.V1,)) | {(ApiVersion.V2, DialingMode.AGENTLESS)},
        help="What happens when a machine answers. For Agentless: No, Detect or Disconnect. "
        "(With version v1 of the service: Yes or No, for every mode.)",
        example="Disconnect",
        aliases=("AMD", "Machine detection", "Answering machine"),
        width=18,
    ),
    Column(
        heading="Caller ID",
        field="caller_id",
        key="dialingStrategy.callerId.phoneNumber",
        kind=CallerId(),
        needed=ALWAYS,
        used=ALWAYS,
        help="The verified number that the person called will see, with + and country code: +14155550123. "
        "Keep the cell's format Text, or Excel may drop the + or a zero.",
        example="+14155550123",
        aliases=("Caller number", "Phone number", "CLI"),
        width=18,
    ),
    Column(
        heading="Calling hours",
        field="calling_hours",
        key="dialingStrategy.callingHours",
        kind=HoursName(),
        needed=ALWAYS,
        used=ALWAYS,
        help="When calls may be made: a name from the sheet Calling hours.",
        example="US office",
        aliases=("Calling hours name", "Hours"),
        width=18,
    ),
    Column(
        heading="Priority",
        field="priority",
        key="priority",
        kind=WholeNumber(least=1, most=5),
        needed=NEVER,
        used=ALWAYS,
        help="1 to 5; 5 is the highest. Empty means 5.",
        example="5",
        default="5",
        width=9,
    ),
    Column(
        heading="Dialing order",
        field="dialing_order",
        key="dialingStrategy.dialingOrder",
        kind=Choice(("FIFO", "LIFO")),
        needed=ALWAYS,
        used=ALWAYS,
        help="FIFO: contacts added first are called first. LIFO: contacts added last are called first.",
        example="FIFO",
        aliases=("Order", "Dialling order"),
        width=10,
    ),
    Column(
        heading="Max attempts",
        field="max_attempts",
        key="dialingStrategy.maxAttemptsPerRecord",
        kind=WholeNumber(least=1, most=100),
        needed=ALWAYS,
        used=ALWAYS,
        help="How often one contact is called at most. A whole number from 1 to 100.",
        example="3",
        aliases=("Maximum attempts", "Attempts", "Max attempts per record"),
        width=11,
    ),
    Column(
        heading="Retry period (minutes)",
        field="retry_period",
        key="dialingStrategy.defaultRetryPeriod",
        kind=WholeNumber(least=1, most=1440),
        needed=ALWAYS,
        used=ALWAYS,
        help="Minutes between two calls to the same contact. A whole number from 1 to 1440 (a day).",
        example="60",
        aliases=("Retry period", "Default retry period", "Retry minutes"),
        width=13,
    ),
    Column(
        heading="Max ring time (seconds)",
        field="max_ring_time",
        key="dialingStrategy.maxRingTime",
        kind=WholeNumber(least=5, most=120),
        needed=ALWAYS,
        used=ALWAYS,
        help="Seconds that the phone rings before the call is given up. A whole number from 5 to 120.",
        example="30",
        aliases=("Max ring time", "Ring time", "Ring seconds"),
        width=13,
    ),
    Column(
        heading="Campaign ID",
        field="campaign_id",
        key=None,
        kind=Identifier(),
        needed=NEVER,
        used=ALWAYS,
        help="Leave it empty to create a campaign. With an ID (cd-...), the row changes that campaign instead.",
        example="",
        aliases=("ID", "Campaign identifier"),
        width=40,
    ),
    Column(
        heading="Notes",
        field="notes",
        key=None,
        kind=FreeText(),
        needed=NEVER,
        used=ALWAYS,
        help="For yourself. Never sent; carried into the results.",
        example="Ask Dana for the script",
        aliases=("Note", "Comment", "Comments", "Remarks"),
        width=26,
    ),
)

DOCUMENTED_FREQUENCY = "WEEKLY"
"""The one frequency whose shape Kore.ai documents."""
FREQUENCIES = (DOCUMENTED_FREQUENCY, "DAILY", "CUSTOM")

HOURS_COLUMNS: tuple[Column, ...] = (
    Column(
        heading="Calling hours",
        field="name",
        key=None,
        kind=Text(longest=100),  # ours: the name never leaves the workbook
        needed=ALWAYS,
        used=ALWAYS,
        help="A name of your own, to be used in the sheet Campaigns. Repeat it on every row that belongs to it.",
        example="US office",
        aliases=("Name", "Calling hours name"),
        width=20,
    ),
    Column(
        heading="Frequency",
        field="frequency",
        key="frequency",
        kind=Choice(FREQUENCIES),
        needed=NEVER,
        used=ALWAYS,
        help="Empty means WEEKLY. Only WEEKLY is documented by Kore.ai; DAILY and CUSTOM are sent as they are.",
        example=DOCUMENTED_FREQUENCY,
        default=DOCUMENTED_FREQUENCY,
        width=12,
    ),
    Column(
        heading="Time zone",
        field="timezone",
        key="timezone",
        kind=TimeZone(),
        needed=ALWAYS,
        used=ALWAYS,
        help="The time zone's name in the form Region/City, such as America/New_York. "
        "It may stand on the first row of a name alone.",
        example="America/New_York",
        aliases=("Timezone", "TZ"),
        width=22,
    ),
    Column(
        heading="Day",
        field="days",
        key="days[].day",
        kind=Days(),
        needed=ALWAYS,
        used=ALWAYS,
        help="MO, Monday, Mon-Fri, a list such as Mon, Wed, or Weekdays, Weekend, Every day.",
        example="Mon-Fri",
        aliases=("Days", "Weekday", "Weekdays"),
        width=18,
    ),
    Column(
        heading="Start",
        field="start",
        key="days[].start",
        kind=TimeOfDay(is_end=False),
        needed=ALWAYS,
        used=ALWAYS,
        help="When calling may begin, in that time zone: 9:00 AM or 09:00.",
        example="9:00 AM",
        aliases=("From", "Start time"),
        width=11,
    ),
    Column(
        heading="End",
        field="end",
        key="days[].end",
        kind=TimeOfDay(is_end=True),
        needed=ALWAYS,
        used=ALWAYS,
        help="When calling must have ended, later than Start: 6:00 PM or 18:00. Midnight means the day's end.",
        example="6:00 PM",
        aliases=("To", "Until", "End time"),
        width=11,
    ),
)

WORDS_FOR_NOTHING: tuple[str, ...] = ("NA", "N/A", "n.a.", "None", "null", "nil", "nan", "-", "–", "—")  # noqa: RUF001
"""What people type where nothing is meant, in any case; as a name where a name is needed, it is a name."""

EARLIEST, LATEST = 8 * 60, 21 * 60
"""Minutes since midnight; many countries forbid calls outside these."""

CAMPAIGNS_SHEET = "Campaigns"
HOURS_SHEET = "Calling hours"

RESULT_HEADINGS: tuple[str, ...] = (
    "Result",
    "Status at Kore.ai",
    "What happened",
    "What to do",
    "Row in your file",
)
"""Headings that the results workbook adds to the template's; skipped when a results workbook is read."""

EYE_ONLY_HEADINGS: tuple[str, ...] = ("Status", "What to fix")
"""The template's live columns: never believed, always checked again."""
