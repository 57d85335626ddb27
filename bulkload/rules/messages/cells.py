"""What can be wrong with one cell."""

from bulkload.messages import error, warning

# --- any cell

EXCEL_ERROR = error(
    "excel-error",
    "{heading} shows {value}, an error of Excel.",
    "Correct the formula, or type the value.",
    "Queue",
    "#N/A",
)
NOT_CALCULATED = error(
    "not-calculated",
    "{heading} contains a formula whose result was never saved.",
    "Open the workbook in Excel and save it again, or type the value.",
    "Description",
    "=A2",
)
INVISIBLE = error(
    "invisible-character",
    "{heading} contains an invisible character: {character}, at position {position}{after}.",
    "Clear the cell and type the text by hand.",
    "Campaign name",
    "Loan<U+200B>reminder",
    character="a zero width space",
    position=5,
    after=', after "Loan"',
)
LINE_BREAK = error(
    "line-break",
    "{heading} contains a line break.",
    "Put the text on one line.",
    "Campaign name",
    "Loan↵reminder",
)
NO_BREAK_SPACE = error(
    "no-break-space",
    "{heading} contains {character}{after}, which only looks like a space.",
    "Replace it with an ordinary space.",
    "Queue",
    "Collections\xa0EN",
    character="a no-break space",
    after=', after "Collections"',
)
LOST_CHARACTER = error(
    "lost-character",
    '{heading} contains "\ufffd", the sign for a character that was lost.',
    "Type the right character in its place.",
    "Queue",
    "Caf\ufffd",
)
BULLET = error(
    "bullet",
    '{heading} begins with the bullet "{bullet}".',
    "Delete the bullet.",
    "Contact lists",
    "• Loan holders",
    bullet="•",
)
PLACEHOLDER = error(
    "placeholder",
    '{heading} is "{value}", so the real value is still missing.',
    "{what_to_type}",
    "Queue",
    "TBD",
    what_to_type="Type the name of the agent queue.",
)
DITTO = error(
    "ditto-mark",
    "{heading} is {value}, a mark for the value above.",
    "Type the value itself in every row.",
    "Queue",
    '"',
)
NOT_A_VALUE = error(
    "not-a-value",
    '"{value}" is not a value of {heading}.',
    "Leave the cell empty.",
    "Priority",
    "n/a",
)

# --- texts and names

TOO_LONG = error(
    "too-long",
    "{heading} has {count} characters{counting}; at most {longest} are allowed.",
    "Shorten it to {longest} characters or fewer.",
    "Campaign name",
    "Reminder of the loan payment that is due in Decemb…",
    count=52,
    longest=48,
    counting="",
)
DATE_FOR_TEXT = error(
    "date-for-text",
    "{heading} contains a {what}, because Excel changed what was typed.",
    "Set the cell's format to Text and type it again.",
    "Campaign name",
    "2026-12-01",
    what="date",
)
NUMBER_FOR_TEXT = error(
    "number-for-text",
    "{heading} contains the number {value}; as a number it has no exact spelling.",
    "Set the cell's format to Text and type it again.",
    "Campaign name",
    "1.5",
)
SEVERAL_NAMES = error(
    "several-names",
    "{heading} takes one name, but this cell contains several.",
    "Keep one name.",
    "DNC list",
    "DNC global; DNC local",
)
WORD_AS_NAME = warning(
    "word-for-nothing",
    '{heading} "{name}" is read as the name of something at Kore.ai.',
    "If that is wrong, type the real name.",
    "DNC list",
    "none",
    name="none",
)
COMMA_IN_NAME = warning(
    "comma-in-name",
    '"{name}" is read as one list.',
    "If it is two, separate them with a semicolon: {separated}",
    "Contact lists",
    "Loan holders - Nov, Loan holders - Oct",
    name="Loan holders - Nov, Loan holders - Oct",
    separated="Loan holders - Nov; Loan holders - Oct",
)
SEMICOLON_LOOKALIKE = warning(
    "semicolon-lookalike",
    '{heading} contains "{sign}", which looks like a semicolon; the text is read as one name.',
    "If it is several names, separate them with an ordinary semicolon (;).",
    "Contact lists",
    "Loan holders\uff1b Card holders",
    sign="\uff1b",
)
REPEATED_NAME = error(
    "repeated-name",
    '{heading} contains "{name}" twice.',
    "Keep it once.",
    "Contact lists",
    "Loans; loans",
    name="loans",
)
TOO_MANY_NAMES = error(
    "too-many-names",
    "{heading} contains {count} names; at most {most} are allowed.",
    "Keep at most {most}, or use several campaigns.",
    "Contact lists",
    "A; B; C; D; E; F; G; H; I; J; K",
    count=11,
    most=10,
)
NOT_AN_ID = error(
    "not-an-id",
    '"{value}" is not an ID, which is one word of letters, digits and hyphens.',
    "Copy the ID from Kore.ai or from a results workbook. To create a campaign, clear the cell.",
    "Campaign ID",
    "my campaign",
)

# --- numbers and choices

NOT_WHOLE = error(
    "not-a-whole-number",
    '{heading} must be a whole number; "{value}" is not one.',
    "Type {limits}, in digits.",
    "Max attempts",
    "1,000",
    limits="a whole number from 1 to 100",
)
NUMBER_AS_DATE = error(
    "number-shown-as-date",
    "{heading} is the number {number}, but the cell's format shows it as the date {value}.",
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
OUT_OF_RANGE = error(
    "out-of-range",
    "{heading} can't be {value}.",
    "Type {limits}.",
    "Max ring time (seconds)",
    "3",
    limits="a whole number from 5 to 120",
)
UNKNOWN_CHOICE = error(
    "unknown",
    '"{value}" is not {noun}.{hint}',
    "Choose {choices}.",
    "Dialing mode",
    "Prevew",
    noun="a dialing mode",
    hint=' Did you mean "Preview"?',
    choices="Preview, Progressive or Agentless",
)
AS_IT_IS_WITHOUT_ID = error(
    "as-it-is-without-id",
    "{heading} can stay as it is only where the row has a Campaign ID.",
    "Choose {choices}.",
    "Answering machine detection",
    "(as it is)",
    choices="No, Detect or Disconnect",
)

# --- caller ID

CALLER_NUMBER_CELL = error(
    "number-cell",
    "{heading} is a number to Excel, so a + or zeros at the beginning may be lost.",
    "Set the cell's format to Text and type it again, such as +14155550123.",
    "Caller ID",
    "14155550123",
)
CALLER_SHORTENED = error(
    "shortened",
    "Excel shortened {heading} to {value}, and the last digits are lost.",
    "Set the cell's format to Text and type the whole number, such as +442079460018.",
    "Caller ID",
    "4.4E+11",
)
CALLER_TRUNK_ZERO = error(
    "trunk-zero",
    "{heading} contains (0), which is dialed only within the country.",
    "Leave out the (0): {without}.",
    "Caller ID",
    "+44 (0)20 7946 0018",
    without="+44 20 7946 0018",
)
CALLER_COUNTRY = error(
    "zero-after-plus",
    "{heading} has a 0 after the +, and country codes never begin with 0.",
    "Type + and the country code, such as +442079460018.",
    "Caller ID",
    "+020 7946 0018",
)
CALLER_LENGTH = error(
    "wrong-length",
    "{heading} has {count} digits; a phone number has {least} to 15.",
    "Type the whole number with its country code, such as +14155550123.",
    "Caller ID",
    "+1415",
    count=4,
    least=7,
)
CALLER_PREFIX = error(
    "prefix-for-plus",
    "{heading} begins with {prefix} instead of +.",
    "Type {number}.",
    "Caller ID",
    "00442079460958",
    prefix="00",
    number="+442079460958",
)
CALLER_NO_PLUS = error(
    "no-plus",
    '{heading} "{value}" has no + and country code.',
    "Start with + and the country code, such as +14155550123. For a registered SIP number, type SIP {digits}.",
    "Caller ID",
    "(415) 555-0123",
    digits="4155550123",
)
CALLER_TWO = error(
    "two-numbers",
    "{heading} contains two numbers: {value}.",
    "Keep one number, such as {first}.",
    "Caller ID",
    "+1 415 555 2671/72",
    first="+14155552671",
)
CALLER_UNREADABLE = error(
    "not-a-phone-number",
    '{heading} "{value}" is not a phone number.',
    "Type one number with + and country code, such as +14155550123, or a sip: address.",
    "Caller ID",
    "+1 415 CALL NOW",
)
