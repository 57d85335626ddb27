"""What can be wrong with a row as a whole, or beside other rows."""

from bulkload.messages import error, warning

# --- whether anything should stand there

MISSING = error(
    "missing",
    "Nothing stands in {heading}{why}.",
    "{fill_in}",
    "Queue",
    None,
    why=": Preview needs it",
    fill_in='Fill it in, for example "Collections EN".',
)
ONLY_ONE_CELL = error(
    "only-one-cell",
    'Only one cell of this row is filled, with "{value}".',
    "If it is a note, delete it or move it above the headings or into a campaign's Notes; if it is meant as a row, "
    "fill in the rest.",
    "Campaign name",
    "Ask Dana for the lists",
)
UNUSED = error(
    "unused",
    "{heading} is not used with {case}: leave it empty.",
    "Clear the cell, or check that the dialing mode is the right one.",
    "Queue",
    "Collections EN",
    case="Agentless",
)
DNC_WOULD_BE_DROPPED = error(
    "DNC-would-be-dropped",
    "Version v1 of the service has no DNC list: it would be dropped, and the people on it would be phoned.",
    "Use version v2 (--api-version v2), which keeps the list.",
    "DNC list",
    "DNC global",
)

# --- across the rows of the campaigns sheet

NAME_CLASH = error(
    "name-clash",
    '{heading} "{value}" also stands in {others}; case and extra spaces make no difference.',
    "Give every campaign a name of its own.",
    "Campaign name",
    "Loans",
    others="A7",
)
ID_CLASH = error(
    "id-clash",
    "{heading} {value} also stands in {others}.",
    "Keep the row that should change this campaign, and clear the ID or remove the row elsewhere.",
    "Campaign ID",
    "cd-1",
    others="Q7",
)
HOURS_UNKNOWN = error(
    "hours-unknown",
    'The sheet {sheet} has no "{value}".{hint}',
    "Type a name that stands there, or add its rows there.",
    "Calling hours",
    "US ofice",
    hint=' Did you mean "US office"?',
    sheet="Calling hours",
)
HOURS_FAULTY = error(
    "hours-faulty",
    '"{value}" has mistakes in the sheet {sheet}, {noun} {rows}.',
    "Correct them there; this campaign can be sent then.",
    "Calling hours",
    "US office",
    sheet="Calling hours",
    noun="row",
    rows="3",
)
DESCRIPTION_REPEATS = warning(
    "description-repeats",
    "{heading} only repeats the campaign's name.",
    "Say in a sentence what the campaign is for.",
    "Description",
    "Loans",
)
ROWS_ALIKE = warning(
    "rows-alike",
    "This row and row {other} are alike but for the name.",
    "If the same people should not be phoned twice, remove one of them.",
    "Campaign name",
    "Loans 2",
    other=7,
)
