"""Every column of the workbook, described once.

The template, the reader, the rules, the messages and the README's table are all made from the entries below.
To add a column, add one entry here and its field in ``model.Campaign`` and ``model.RemoteCampaign``.
Limits and keys are those of the five documents in ``seeds/`` unless a comment names another source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, TypeAlias

from bulkload.model import ApiVersion, DialingMode
from bulkload.text import or_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# --- what kind of value a column holds -----------------------------------------------------------------


class ColumnKind:
    """What is true of every value of a kind; each kind says where it differs."""

    __slots__ = ()

    is_name: ClassVar[bool] = False
    """Whether a value names something that exists at Kore.ai: a list, a queue, a flow."""
    is_in_account: ClassVar[bool] = False
    """Whether Kore.ai can refuse a value because the account does not have it."""
    is_text: ClassVar[bool] = False
    """Whether a value is kept character for character; a number typed there is taken as its digits."""
    folds_case: ClassVar[bool] = False
    """Whether two values that differ only in case and spaces are the same."""
    has_choices: ClassVar[bool] = False
    """Whether only a few values exist."""
    is_integer: ClassVar[bool] = False
    """Whether the typed value is an int."""
    is_per_name: ClassVar[bool] = False
    """Whether one row of several that belong together is enough to say the value."""
    is_judged: ClassVar[bool] = True
    """Whether anything can be wrong with a value."""


@dataclass(frozen=True, slots=True)
class Text(ColumnKind):
    """Characters on one line."""

    is_text: ClassVar[bool] = True
    folds_case: ClassVar[bool] = True

    longest: int
    """Characters at most."""
    is_prose: bool = False
    """Whether bullets and no-break spaces do no harm: in a sentence, and in a name that never leaves the workbook."""


@dataclass(frozen=True, slots=True)
class ListedName(ColumnKind):
    """The name of something that exists at Kore.ai; never guessed, never altered."""

    is_name: ClassVar[bool] = True
    is_in_account: ClassVar[bool] = True
    is_text: ClassVar[bool] = True
    folds_case: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ListedNames(ColumnKind):
    """Several such names in one cell, separated by ``;`` or line breaks."""

    is_name: ClassVar[bool] = True
    is_in_account: ClassVar[bool] = True
    is_text: ClassVar[bool] = True
    folds_case: ClassVar[bool] = True

    most: int


@dataclass(frozen=True, slots=True)
class WholeNumber(ColumnKind):
    """A whole number within limits, both included."""

    has_choices: ClassVar[bool] = True
    is_integer: ClassVar[bool] = True

    least: int
    most: int | None
    """None: the API documents no upper limit."""
    sent_as_text: bool = False
    """Whether the API wants the number in quotes."""

    @property
    def limits(self) -> str:
        """The limits in words: ``a whole number from 1 to 5``."""
        if self.most is None:
            return f"a whole number, {self.least} or more"
        return f"a whole number from {self.least} to {self.most}"


@dataclass(frozen=True, slots=True)
class Choice(ColumnKind):
    """One of a few words, any case. Where Yes or No is among them, y, n, true, false, 1 and 0 mean it too."""

    has_choices: ClassVar[bool] = True

    choices: tuple[str, ...]
    noun: str = "one of the choices"
    """What a word that is not among them is not: ``"Predictive" is not a dialing mode``."""


@dataclass(frozen=True, slots=True)
class Detection(ColumnKind):
    """Answering machine detection: other words in v1 than in v2."""

    has_choices: ClassVar[bool] = True

    v1: tuple[str, ...] = ("Yes", "No")
    v2: tuple[str, ...] = ("No", "Detect", "Disconnect")

    def choices(self, version: ApiVersion) -> tuple[str, ...]:
        """The words that the version knows."""
        return self.v1 if version is ApiVersion.V1 else self.v2


AS_IT_IS = "(as it is)"
"""Answering machine detection in a row with a Campaign ID: the update leaves it as it is at Kore.ai."""


@dataclass(frozen=True, slots=True)
class CallerId(ColumnKind):
    """The phone number that is shown to the people called."""

    is_in_account: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class HoursName(ColumnKind):
    """The name of calling hours in the second sheet."""

    is_text: ClassVar[bool] = True
    folds_case: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class TimeZone(ColumnKind):
    """An IANA time zone."""

    is_per_name: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class Days(ColumnKind):
    """One day, a list or a range of days."""


@dataclass(frozen=True, slots=True)
class TimeOfDay(ColumnKind):
    """A time of day, to the minute."""

    is_integer: ClassVar[bool] = True

    is_end: bool
    """Whether midnight means the day's end."""


@dataclass(frozen=True, slots=True)
class Identifier(ColumnKind):
    """An id given out by Kore.ai: one word."""

    is_text: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class FreeText(ColumnKind):
    """Anything: never sent, never judged."""

    is_judged: ClassVar[bool] = False


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
    """One or two sentences for people who fill it in; at most 255 characters, Excel's limit."""
    example: str
    """A value as one would type it."""
    default: str | None = None
    """What an empty cell means, as one would type it, in the cases in which a value has a use."""
    prompt: str = ""
    """What to do about an empty cell, as a sentence; empty: ``what_to_type`` makes one of the kind."""
    aliases: tuple[str, ...] = ()
    """Other headings under which people bring this column; compared folded, like the heading itself."""
    width: int = 16
    """Width in the template and the results, in characters."""

    def is_left_as_it_is(self, value: object) -> bool:
        """Whether the value means that the key is left out: a queue may well be called ``(as it is)``."""
        return isinstance(self.kind, Detection) and value == AS_IT_IS

    @property
    def always_needed(self) -> bool:
        """Whether the template marks the heading with a star and the sheet can't do without the column."""
        return self.needed == ALWAYS

    def what_to_type(self, version: ApiVersion) -> str:
        """A sentence that says what to put into the cell."""
        if self.prompt:
            return self.prompt
        match self.kind:
            case Choice(choices):
                return f"Choose {or_list(choices)}."
            case Detection() as kind:
                return f"Choose {or_list(kind.choices(version))}."
            case WholeNumber() as kind:
                return f"Type {kind.limits}."
            case _:
                return f'Type a value such as "{self.example}".'


CAMPAIGN_COLUMNS: tuple[Column, ...] = (
    Column(
        heading="Send",
        field="send",
        key=None,
        kind=Choice(("Yes", "No"), noun="an answer to Send"),
        needed=NEVER,
        used=ALWAYS,
        help="Yes or empty: this row is sent. No: the row is left out, and nothing in it is checked.",
        example="Yes",
        default="Yes",
        aliases=("Send?",),
        width=8,
    ),
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
        prompt="Type a name for the campaign.",
        aliases=("Name", "Campaign"),
        width=28,
    ),
    Column(
        heading="Description",
        field="description",
        key="description",
        kind=Text(longest=256, is_prose=True),
        needed=ALWAYS,
        used=ALWAYS,
        help="What the campaign is for, in a sentence. At most 256 characters.",
        example="Reminds customers of the payment due on 15 December",
        prompt="Say in a sentence what the campaign is for.",
        width=36,
    ),
    Column(
        heading="Dialing mode",
        field="dialing_mode",
        key="dialingMode",
        kind=Choice(tuple(DialingMode), noun="a dialing mode"),
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
        prompt="Type the name of a contact list.",
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
        "Version v1 of the API has none: leave it empty there.",
        example="DNC global",
        prompt="Type the name of the Do Not Call list.",
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
        prompt="Type the name of the agent queue.",
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
        help="The voice flow that talks to the people called. For Agentless; leave it empty otherwise.",
        example="Payment reminder flow",
        prompt="Type the name of the experience flow.",
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
        f"With a Campaign ID also {AS_IT_IS}. (With version v1 of the API: Yes or No, for every mode.)",
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
        help="The verified number that is shown to the people called, with + and country code: +14155550123. "
        "A registered SIP number: SIP 14155550123. Keep the cell's format Text, or Excel may drop the + or a zero.",
        example="+14155550123",
        prompt="Type the number with + and country code, such as +14155550123.",
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
        prompt="Type a name from the sheet Calling hours.",
        aliases=("Calling hours name", "Hours"),
        width=18,
    ),
    Column(
        heading="Priority",
        field="priority",
        key="priority",
        kind=WholeNumber(least=1, most=5, sent_as_text=True),
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
        kind=Choice(("FIFO", "LIFO"), noun="a dialing order"),
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
        kind=Text(longest=100, is_prose=True),  # ours: the name never leaves the workbook
        needed=ALWAYS,
        used=ALWAYS,
        help="A name of your own, to be used in the sheet Campaigns. Repeat it on every row that belongs to it.",
        example="US office",
        prompt="Type a name for these hours, such as US office.",
        aliases=("Name", "Calling hours name"),
        width=20,
    ),
    Column(
        heading="Frequency",
        field="frequency",
        key="frequency",
        kind=Choice(FREQUENCIES, noun="a frequency"),
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
        "The first row of a name is enough.",
        example="America/New_York",
        prompt="Type a time zone, such as America/New_York.",
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
        help="MO, Monday, Mon-Fri, Monday to Friday, a list such as Mon, Wed, or Weekdays, Weekend, Every day.",
        example="Mon-Fri",
        prompt="Type the days, such as Mon-Fri.",
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
        prompt="Type a time, such as 9:00 AM.",
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
        prompt="Type a time, such as 6:00 PM.",
        aliases=("To", "Until", "End time"),
        width=11,
    ),
)

WORDS_FOR_NOTHING: tuple[str, ...] = ("NA", "N/A", "n.a.", "None", "null", "nil", "nan", "-", "–", "—")  # noqa: RUF001
"""What people type for "no value", in any case. The words may be names where a name is needed, the dashes not."""

PLACEHOLDERS: tuple[str, ...] = (
    *(
        "TBD",
        "TBC",
        "TBA",
        "TODO",
        "to do",
        "to be defined",
        "to be decided",
        "to be confirmed",
        "to be announced",
    ),
    *("pending", "fill in", "...", "…", "-", "--", "---", "–", "—", "_", "?", "??", "???", "xxx", "xxxx"),  # noqa: RUF001
)
"""What people type where a value is still missing, in any case; never a value, whatever the column."""

DITTO_MARKS: tuple[str, ...] = (
    '"',
    "''",
    "〃",
    "″",
    "”",
    "“",
    "„",
    "ditto",
    "same",
    "same as above",
    "as above",
)
"""What people type for "the same as above", in any case; never a value."""

EARLIEST, LATEST = 8 * 60, 21 * 60
"""Minutes since midnight; many countries forbid calls outside these."""


@dataclass(frozen=True, slots=True)
class ExampleCampaign:
    """What an example of the template has that no other campaign has."""

    name: str
    description: str
    contact_lists: str


EXAMPLE_CAMPAIGNS: Mapping[DialingMode, ExampleCampaign] = {
    DialingMode.PREVIEW: ExampleCampaign(
        "Card renewals Ireland",
        "Agents call holders of cards that expire in January",
        "Card holders Ireland",
    ),
    DialingMode.PROGRESSIVE: ExampleCampaign(
        "Loan reminder January",
        "Reminds customers of the payment due on 15 January",
        "Loan holders - Nov; Loan holders - Oct",
    ),
    DialingMode.AGENTLESS: ExampleCampaign(
        "Appointment reminder",
        "Reminds patients of the appointment of the next day",
        "Appointments tomorrow",
    ),
}
"""The template's example of each mode; a row with the name and the description of one was copied unchanged."""

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
