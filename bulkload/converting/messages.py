"""Why a cell is left empty, and what is wrong with a map, each with an example."""

from __future__ import annotations

from bulkload.messages import MessageTemplate, error

# --- why a cell is marked ------------------------------------------------------------------------------

NO_SOURCE = error("no-source", "The map has no column and no value for {heading}.", "", "Queue")
NO_VALUE = error("no-value", "{heading} is empty in the list.", "", "Queue")
NO_RULE = error(
    "no-rule",
    "The map does not say how {heading} is read.",
    "Choose a rule in the map.",
    "Retry period (minutes)",
    "600",
)
NO_MAPPING = error(
    "no-mapping",
    '{heading} can\'t be "{value}".',
    "Add the value to the sheet Values of the map.",
    "Dialing mode",
    "ADAPT_TAPERED",
)
NOT_SECONDS = error(
    "not-seconds", '"{value}" seconds do not make whole minutes.', "", "Retry period (minutes)", "90"
)
NOT_A_COUNT = error(
    "not-a-count", '"{value}" is not a whole number, so adding 1 is not possible.', "", "Max attempts", "many"
)
NOT_HHMM = error("not-hhmm", '"{value}" is not a time in the form HHMM.', "", "Start", "1275")
NOT_TIME = error("not-time", '"{value}" is not read as a time.', "", "Start", "9")
NOT_DAYS = error("not-days", '"{value}" is not read as days.', "", "Day", "1,2,3")
NOT_PHONE = error(
    "not-phone",
    '"{value}" is not one phone number with one possible country code.',
    "Type it with + and the country code.",
    "Caller ID",
    "447 555",
)
NOT_OUR_ID = error(
    "not-our-id",
    '"{value}" is not a campaign ID of Kore.ai.',
    "Clear the cell to create a campaign.",
    "Campaign ID",
    "1001",
)
NO_COUNTRY = error(
    "no-country",
    '"{value}" has no country code.',
    "Type it with +, or use the rule phone with country code.",
    "Caller ID",
    "4155550123",
)
NOT_ALLOWED = error(
    "not-allowed",
    '{heading} can\'t be "{value}".',
    "Type {right}.",
    "Max attempts",
    "0",
    right="a whole number from 1 to 100",
)
NOT_ZONE = error(
    "not-zone",
    '"{value}" is not a time zone such as Region/City.',
    "Add it to the sheet Values of the map.",
    "Time zone",
    "EST",
)
ERROR_CELL = error("error-cell", "{heading} shows the error {value}.", "", "Queue", "#N/A")
UNCALCULATED = error(
    "uncalculated", "{heading} is a formula without a saved result.", "", "Queue", "=VLOOKUP(A1)"
)
SHOWN_OTHERWISE = error(
    "shown-otherwise",
    'The list shows "{shown}" and contains "{value}".',
    "",
    "Max attempts",
    "3",
    shown="0003",
)
DATE_CELL = error(
    "date-cell", '"{value}" is a date, which {heading} can\'t be.', "", "Campaign name", "2026-12-01"
)
FILLED_IN = error(
    "filled-in", '{heading} "{value}" is from the map, not from the list.', "", "Dialing order", "FIFO"
)
CROSSED_OUT = error(
    "crossed-out", "The row is crossed out in the list: it is not to be sent.", "", "Send", "No"
)
HIDDEN_ROW = error("hidden-row", "The row is hidden in the list: it is not to be sent.", "", "Send", "No")
V2_DETECTION = error(
    "v2-detection",
    "Version v2 has no detection for {mode}, so {value} was removed.",
    "",
    "Answering machine detection",
    "Yes",
    mode="Progressive",
)
V2_CHOICE = error(
    "v2-choice",
    'Version v2 has Detect and Disconnect in place of "{value}".',
    "Choose one of them.",
    "Answering machine detection",
    "Yes",
)
V2_DNC = error("v2-dnc", "Version v2 needs a DNC list.", "Type the name of the Do Not Call list.", "DNC list")

# --- hours -----------------------------------------------------------------------------------------------

NO_HOURS = error("no-hours", "The list has no calling hours for this row.", "", "Calling hours")
ALL_CLOSED = error(
    "all-closed",
    "Start and end are equal on every day in the list, which means closed.",
    "Type the hours in which calls are allowed.",
    "Start",
)
ZERO_WITHOUT_DEFAULT = error(
    "zero-without-default",
    "The hours of {day} are 0 and 0, which means a default that the list does not have.",
    "",
    "Start",
    "0",
    day="Monday",
)
HALF_WINDOW = error("half-window", "The hours of {day} have only one end.", "", "Start", "0900", day="Monday")
EQUAL_ENDS = error("equal-ends", "Start and end are both {value}, which means closed.", "", "Start", "1200")
BACKWARD = error(
    "backward", "The hours from {value} to {end} end before they start.", "", "Start", "2200", end="0600"
)
ROUND_THE_CLOCK = error(
    "round-the-clock",
    "The list has every hour of every day, a dialer's default and rarely a choice.",
    "Type the hours that were chosen.",
    "Start",
    "00:00",
)
NAME_DIFFERS = error(
    "name-differs",
    'The name "{value}" says other hours than its columns.',
    "Type the right hours.",
    "Start",
    "12pm-9pm",
)
SAYS_WHEN_NOT = error(
    "says-when-not",
    'The column "{column}" says when not to call.',
    "Type the hours in which calls are allowed.",
    "Start",
    "17:00",
    column="Do not dial from",
)
ONLY_A_NAME = error("only-a-name", "The list has only the name of these hours.", "", "Start")
UNEVEN = error("uneven", "Days, starts and ends of this row differ in number.", "", "Start", "9:00; 10:00")

# --- the map -----------------------------------------------------------------------------------------------

UNKNOWN_OURS = error(
    "map-unknown-ours",
    'Row {row} of the sheet {sheet} of the map names "{value}", which our workbook does not have.',
    "Use a heading of the template.",
    "Our column",
    "Mode of dialing",
    row=4,
    sheet="Columns",
)
UNKNOWN_THEIRS = error(
    "map-unknown-theirs",
    'Row {row} of the sheet {sheet} of the map names "{value}", which the list does not have.',
    "Its columns are: {columns}.",
    "Their column",
    "dial_timout",
    row=4,
    sheet="Columns",
    columns="dial_timeout, campaign_name",
)
UNKNOWN_RULE = error(
    "map-unknown-rule",
    'Row {row} of the sheet {sheet} of the map has the rule "{value}".',
    "Choose {rules}.",
    "Rule",
    "divide by 60",
    row=4,
    sheet="Columns",
    rules="as it is, seconds to minutes or add 1",
)
TWICE = error(
    "map-twice",
    'Row {row} of the sheet {sheet} of the map names "{value}" a second time.',
    "Keep one of the two rows.",
    "Our column",
    "Queue",
    row=4,
    sheet="Columns",
)
ONE_COLUMN = error(
    "map-one-column",
    "Row {row} of the sheet {sheet} of the map names several columns, which needs another rule.",
    "Choose first of several, join or day list.",
    "Their column",
    "a; b",
    row=4,
    sheet="Columns",
)
UNKNOWN_FORM = error(
    "map-unknown-form",
    '"{value}" is not an arrangement of hours.',
    "Choose {forms}.",
    "Their column",
    "monthly",
    forms="one name, start and end and days, a pair per weekday",
)

CATALOGUE: dict[str, MessageTemplate] = {
    template.code: template for template in list(globals().values()) if isinstance(template, MessageTemplate)
}
"""Every message of the room by its code."""
