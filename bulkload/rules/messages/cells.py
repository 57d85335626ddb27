"""What can be wrong with one cell of the campaigns sheet."""

from bulkload.messages import error, warning

# --- any cell

ERROR_CELL = error(
    "error-cell",
    "{heading} shows {value}, an error of Excel.",
    "Repair the formula, or type the value itself.",
    "Queue",
    "#N/A",
)
NOT_CALCULATED = error(
    "not-calculated",
    "{heading} holds a formula whose result was never saved.",
    "Open the workbook in Excel, save it and try again; or type the value itself.",
    "Description",
    "=A2",
)
INVISIBLE = error(
    "invisible",
    "{heading} holds an invisible character, {character}, as character {position}{after}.",
    "Delete the cell and type the text by hand instead of pasting it.",
    "Campaign name",
    "Loan<U+200B>reminder",
    character="a zero width space",
    position=5,
    after=', behind "Loan"',
)
LINE_BREAK = error(
    "line-break",
    "{heading} holds a line break, and one line is meant.",
    "Put it on one line.",
    "Campaign name",
    "Loan↵reminder",
)
PLACEHOLDER = error(
    "placeholder",
    '{heading} holds "{value}", which is not a value.',
    "Leave the cell empty.",
    "Priority",
    "n/a",
)

# --- texts and names

TOO_LONG = error(
    "too-long",
    "{heading} is {count} characters long{counting}; at most {longest} are allowed.",
    "Shorten it to at most {longest} characters.",
    "Campaign name",
    "Reminder of the loan payment that is due in Decemb…",
    count=52,
    longest=48,
    counting="",
)
DATE_FOR_TEXT = error(
    "date-for-text",
    "{heading} holds a {what}, because Excel turned what was typed into one.",
    "Set the cell's format to Text and type it again.",
    "Campaign name",
    "2026-12-01",
    what="date",
)
NUMBER_FOR_TEXT = error(
    "number-for-text",
    "{heading} holds the number {value}, and only its text would say how it is written.",
    "Set the cell's format to Text and type it again.",
    "Campaign name",
    "1.5",
)
SEVERAL_NAMES = error(
    "several-names",
    "{heading} takes one name, and several stand here.",
    "Keep one name in the cell.",
    "DNC list",
    "DNC global; DNC local",
)
PLACEHOLDER_NAME = warning(
    "placeholder-as-name",
    '{heading} "{name}" is taken for the name of something that exists at Kore.ai.',
    "If nothing there is called that, type the name that is meant.",
    "DNC list",
    "none",
    name="none",
)
COMMA_IN_NAME = warning(
    "comma-in-name",
    "{heading} holds a comma, and what stands around it is taken for ONE name.",
    "If it is one, nothing is to be done; separate several with a semicolon (;).",
    "Contact lists",
    "Loan holders - Nov, Loan holders - Oct",
)
SEMICOLON_IN_NAME = warning(
    "semicolon-in-name",
    '{heading} holds "{sign}", which looks like a semicolon and separates nothing: what stands around it is taken '
    "for ONE name.",
    "If it is one, nothing is to be done; separate several with a semicolon (;).",
    "Contact lists",
    "Loan holders\uff1b Card holders",
    sign="\uff1b",
)
REPEATED_NAME = error(
    "repeated-name",
    '{heading} names "{name}" twice.',
    'Keep "{name}" once.',
    "Contact lists",
    "Loans; loans",
    name="loans",
)
TOO_MANY_NAMES = error(
    "too-many-names",
    "{heading} holds {count} names; at most {most} are allowed.",
    "Keep at most {most}, or spread them over several campaigns.",
    "Contact lists",
    "A; B; C; D; E; F; G; H; I; J; K",
    count=11,
    most=10,
)
NOT_AN_ID = error(
    "not-an-id",
    '{heading} can\'t be "{value}": an ID is one word of letters, digits and hyphens.',
    "Copy the ID from Kore.ai or from an earlier results workbook, or leave the cell empty to create the "
    "campaign.",
    "Campaign ID",
    "my campaign",
)

# --- numbers and choices

NOT_WHOLE = error(
    "not-whole",
    '{heading} must be a whole number; "{value}" is not one.',
    "Type {limits}, with digits alone.",
    "Max attempts",
    "1,000",
    limits="a whole number from 1 to 100",
)
NUMBER_AS_DATE = error(
    "number-as-date",
    "{heading} holds the number {number}, which shows as the date {value} because the cell's format is a date's.",
    "Set the cell's format to General and type the number again.",
    "Max attempts",
    "1900-01-03",
    number="3",
)
TOO_MANY_DIGITS = error(
    "too-many-digits",
    "{heading} has more than 15 digits, and Excel keeps only 15.",
    "Type {limits}.",
    "Max skips",
    "1E+20",
    limits="a whole number, 0 or more",
)
OUT_OF_LIMITS = error(
    "out-of-limits",
    "{heading} can't be {value}.",
    "Type {limits}.",
    "Max ring time (seconds)",
    "3",
    limits="a whole number from 5 to 120",
)
NOT_A_CHOICE = error(
    "not-a-choice",
    '{heading} can\'t be "{value}".{hint}',
    "Type {choices}.",
    "Dialing mode",
    "Prevew",
    hint=' Did you mean "Preview"?',
    choices="Preview, Progressive or Agentless",
)

# --- caller ID

CALLER_NUMBER = error(
    "caller-number",
    "{heading} is a number to Excel, so a + or zeros at its beginning may be lost.",
    "Set the cell's format to Text and type it again with + and country code, such as +14155550123.",
    "Caller ID",
    "14155550123",
)
CALLER_SHORTENED = error(
    "caller-shortened",
    "{heading} was shortened by Excel to {value}, and its last digits are lost.",
    "Set the cell's format to Text and type the whole number again, such as +442079460018.",
    "Caller ID",
    "4.4E+11",
)
CALLER_ZERO = error(
    "caller-zero",
    "{heading} holds (0), which is dialled only within the country.",
    "Leave the (0) out: {without}.",
    "Caller ID",
    "+44 (0)20 7946 0018",
    without="+44 20 7946 0018",
)
CALLER_COUNTRY = error(
    "caller-country",
    "{heading} has a 0 behind the +, and no country code begins with 0.",
    "Type + and the country code, such as +442079460018.",
    "Caller ID",
    "+020 7946 0018",
)
CALLER_LENGTH = error(
    "caller-length",
    "{heading} has {count} digits; a phone number has {least} to 15.",
    "Type the whole number with + and country code, such as +14155550123.",
    "Caller ID",
    "+1415",
    count=4,
    least=7,
)
CALLER_PLUS = error(
    "caller-plus",
    '{heading} "{value}" has no + and country code, and these are never guessed.',
    "Type + and the country code in front, in place of any 00 or 011, such as +14155550123; a registered SIP number "
    "is typed with its digits alone.",
    "Caller ID",
    "(415) 555-0123",
)
CALLER_UNKNOWN = error(
    "caller-unknown",
    '{heading} can\'t be "{value}".',
    "Type one phone number with + and country code, such as +14155550123, or a sip: address.",
    "Caller ID",
    "+1 415 CALL NOW",
)
CALLER_SIP_DIGITS = warning(
    "caller-sip-digits",
    "{heading} {value} has no +, so it is taken for a registered SIP number and sent as it is.",
    "If it is a phone number, type + and the country code in front, in place of any 00 or 011.",
    "Caller ID",
    "14155550123",
)
