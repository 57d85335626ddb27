"""What can be wrong with a row as a whole, or compared with other rows."""

from bulkload.messages import error, warning

# --- whether the cell should be filled

EMPTY = error(
    "empty",
    "{heading} is empty{why}.",
    "{what_to_type}",
    "Queue",
    None,
    why="; Preview needs one",
    what_to_type="Type the name of the agent queue.",
)
COLUMN_MISSING = error(
    "column-missing",
    'The sheet has no column "{heading}"{why}.',
    "Add a column with this heading and fill it in where it is needed.",
    "Queue",
    None,
    why="; Preview needs one",
)
NOT_USED = error(
    "not-used",
    "{heading} is not used with {case}.",
    "Clear the cell, or check the dialing mode.",
    "Queue",
    "Collections EN",
    case="Agentless",
)
DNC_NOT_IN_V1 = error(
    "not-in-v1",
    "Version v1 of the API has no DNC list, so the people on it would be called.",
    "Choose {choice:api_version} v2, which keeps the list.",
    "DNC list",
    "DNC global",
)

# --- rows that are not campaigns

ONLY_ONE_CELL = error(
    "only-one-cell",
    'Only one cell of this row is filled: "{value}".',
    "If it is a note, delete it or move it above the headings. Otherwise fill in the rest.",
    "Campaign name",
    "Ask Dana for the lists",
)
FILLED_DOWN = error(
    "filled-down",
    "Rows {first} to {last} contain only {headings}.",
    "Delete these rows, or fill in the rest.",
    "Send",
    "FALSE",
    first=6,
    last=203,
    headings="Send and Max attempts",
)
TOTALS_ROW = error(
    "totals-row",
    'This row looks like the totals of the table: "{value}".',
    "Delete the row, or switch off Total Row in Excel's Table Design.",
    "Campaign name",
    "Total",
)
EXAMPLE_ROW = error(
    "example-row",
    "This row is an unchanged example of the template.",
    "Delete the row, or give it your own name and description.",
    "Campaign name",
    "Loan reminder January",
)
ROW_STRUCK = error(
    "struck-through",
    "This row is struck through.",
    "Set Send to No to leave it out, or to Yes to send it.",
    "Send",
    None,
)

# --- across the rows of the campaigns sheet

NAME_CLASH = error(
    "not-unique",
    '{heading} "{value}" is also in {others}.',
    "Give every campaign its own name; case and extra spaces make no difference.",
    "Campaign name",
    "Loans",
    others="B7",
)
ID_CLASH = error(
    "used-twice",
    "{heading} {value} is also in {others}.",
    "Keep it in the row that should change this campaign, and clear it in the others.",
    "Campaign ID",
    "cd-1",
    others="R7",
)
CONTACTS_ARE_DNC = error(
    "is-a-dnc-list",
    '"{name}" is a Do Not Call list in {others}.',
    "Type a contact list. People on a Do Not Call list must never be called.",
    "Contact lists",
    "DNC global",
    name="DNC global",
    others="F7",
)
HOURS_UNKNOWN = error(
    "not-in-hours-sheet",
    'The sheet {sheet} has no "{value}".{hint}',
    "Choose a name from that sheet, or add its rows there.",
    "Calling hours",
    "US ofice",
    hint=' Did you mean "US office"?',
    sheet="Calling hours",
)
HOURS_FAULTY = error(
    "faulty-hours",
    '"{value}" has mistakes in the sheet {sheet}.',
    "Fix {noun} {rows} of {sheet}{rest}.",
    "Calling hours",
    "US office",
    sheet="Calling hours",
    noun="row",
    rows="10",
    rest="; this row itself is right",
)
DESCRIPTION_REPEATS = warning(
    "repeats-name",
    "{heading} only repeats the campaign's name.",
    "Say in a sentence what the campaign is for.",
    "Description",
    "Loans",
)
ROWS_ALIKE = warning(
    "row-alike",
    "This row and row {other} are alike except for the name.",
    "If the same people should not be called twice, remove one of them.",
    "Campaign name",
    "Loans 2",
    other=7,
)
NEARLY_THE_SAME = warning(
    "nearly-the-same",
    '"{name}" is almost the same as "{near}" in {others}.',
    "If they are one, spell them in the same way.",
    "Queue",
    "Colections EN",
    name="Colections EN",
    near="Collections EN",
    others="G7",
)
SAYS_NOT_TO_SEND = warning(
    "says-not-to-send",
    '{heading} says "{value}".',
    "To leave this row out, set Send to No; to send it, set Send to Yes.",
    "Notes",
    "Do not send yet",
)
RETRY_TOO_LONG = warning(
    "longer-than-window",
    "{heading} {value} is longer than the longest calling window, {window} minutes.",
    "Shorten it, or extend the calling hours.",
    "Retry period (minutes)",
    "600",
    window=540,
)
