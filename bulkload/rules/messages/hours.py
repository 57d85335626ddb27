"""What can be wrong with calling hours: times, days, time zones, and rows compared with each other."""

from bulkload.messages import error, warning

# --- times of day

BARE_NUMBER = error(
    "bare-number",
    "{number} may be a number.",
    "Type {suggestion}.",
    "Start",
    "9",
    number="9",
    suggestion="9:00 AM or 9:00 PM",
)
NUMBER_AS_TIME = error(
    "number-shown-as-time",
    "{heading} is the number {number}, which Excel shows as {reading}.",
    "Type {suggestion}.",
    "Start",
    "12:00 AM",
    number="1",
    reading="12:00 AM",
    suggestion="1:00 AM or 1:00 PM",
)
TWO_TIMES = error(
    "two-times",
    '{heading} contains two times: "{value}".',
    "Type the first in Start and the second in End.",
    "Start",
    "9:00-18:00",
)
TIME_ZONE_INSIDE = error(
    "zone-inside",
    '{heading} "{value}" contains a time zone.',
    "Type the time alone, such as 9:00 AM; the zone belongs in Time zone.",
    "Start",
    "9:00 EST",
)
TIME_DATE_INSIDE = error(
    "date-inside",
    '{heading} "{value}" contains a date or a day.',
    "Type the time alone, such as 9:00 AM; days belong in Day.",
    "Start",
    "2026-12-01 9:00 AM",
)
TIME_SECONDS = error(
    "seconds",
    "{heading} {value} has seconds; calling hours have only minutes.",
    "Type it without seconds, such as 9:00 AM.",
    "Start",
    "9:00:30 AM",
)
NO_SUCH_TIME = error(
    "no-such-time",
    "{heading} {value} does not exist on a clock.",
    "Type a time such as 9:00 AM, 12:30 PM or 18:00.",
    "Start",
    "13:75",
)
DAY_IS_OVER = error(
    "day-is-over",
    "{heading} can't be {value}, because the day is over then.",
    "For the beginning of the day, type 0:00.",
    "Start",
    "24:00",
)
NOT_A_TIME = error(
    "not-a-time",
    '{heading} "{value}" is not a time of day.',
    "Type a time such as 9:00 AM, 12:30 PM or 18:00.",
    "Start",
    "morning",
)
DAY_FRACTION = warning(
    "day-fraction",
    "{heading} {value} is a plain number and is read as part of a day: {reading}.",
    "If that is wrong, type the time, such as 9:00 AM.",
    "Start",
    "0.375",
    reading="9:00 AM",
)

# --- days

NOT_A_DAY = error(
    "not-a-day",
    '"{value}" is not a day.{hint}',
    "Type a day (Monday), a list (Mon, Wed), a range (Mon-Fri), Weekdays, Weekend or Every day.",
    "Day",
    "Wensday",
    hint=' Did you mean "Wednesday"?',
)
DATE_FOR_DAY = error(
    "date-for-day",
    "{heading} is the date {value}, a {weekday}.",
    "Type the day of the week: {weekday}.",
    "Day",
    "2026-12-07",
    weekday="Monday",
)
AMBIGUOUS_DAY = error(
    "ambiguous-letter",
    '"{letter}" may mean {first} or {second}.',
    "Type the name of the day.",
    "Day",
    "T",
    letter="T",
    first="Tuesday",
    second="Thursday",
)
DAY_TWICE = error(
    "named-twice",
    '{heading} "{value}" contains {day} twice.',
    "Name {day} once.",
    "Day",
    "Mon-Fri, Wed",
    day="Wednesday",
)
SAME_DAY_RANGE = error(
    "same-day-range",
    '{heading} "{value}" begins and ends on the same day.',
    "For one day type {day}, for all seven type Every day.",
    "Day",
    "Mon-Mon",
    day="Monday",
)

# --- time zones

ZONE_ABBREVIATION = error(
    "abbreviation",
    '"{value}" does not say which region, nor when its clocks change.',
    "Type {advice}.",
    "Time zone",
    "EST",
    advice="America/New_York (or America/Panama, which has no daylight saving time)",
)
ZONE_NO_SIGN = error(
    "no-sign",
    'The + or - is missing in "{value}".',
    "Type {advice}.",
    "Time zone",
    "UTC 08:00",
    advice="Asia/Singapore for +8:00 or America/Los_Angeles for -8:00",
)
ZONE_IS_TIME = error(
    "is-a-time",
    '"{value}" is a time, not a time zone.',
    "Type a time zone such as America/New_York; times belong in Start and End.",
    "Time zone",
    "9:00 AM",
)
NOT_A_ZONE = error(
    "not-a-zone",
    '"{value}" is not a time zone.{hint}',
    "Type a name in the form Region/City, such as America/New_York or Asia/Kolkata.",
    "Time zone",
    "America/NewYork",
    hint=' Did you mean "America/New_York"?',
)
ZONE_REVERSED = warning(
    "reversed",
    "{value} means {offset} UTC: the names Etc/GMT count in the other direction.",
    "If that is wrong, type a name in the form Region/City.",
    "Time zone",
    "Etc/GMT+5",
    offset="5 hours behind",
)
ZONE_FIXED = warning(
    "fixed-offset",
    "{value} is the same all year, without daylight saving time.",
    "If that is wrong, type a name in the form Region/City.",
    "Time zone",
    "Etc/UTC",
)

# --- across the rows of the calling-hours sheet

NOT_AFTER_START = error(
    "not-after-start",
    "{heading} {end} is not later than Start {start}.",
    "Type a later End.",
    "End",
    "9:00 AM",
    start="9:00 AM",
    end="9:00 AM",
)
ENDS_NEXT_DAY = error(
    "ends-next-day",
    "{heading} {end} is not later than Start {start}.",
    "Use two rows: {days} {start} - midnight and {next_days} 12:00 AM - {end}.",
    "End",
    "2:00 AM",
    days="Fri",
    next_days="Sat",
    start="10:00 PM",
    end="2:00 AM",
)
OVERLAP = error(
    "overlap",
    "{start} to {end} overlaps with row {other} of the same calling hours on {day}.",
    "Begin one after the other ends, or make them one row.",
    "Start",
    "9:00 AM",
    start="9:00 AM",
    end="6:00 PM",
    other=3,
    day="Monday",
)
ZONE_MISSING = error(
    "missing-for-name",
    '"{name}" has no time zone in any row.',
    "Type one in its first row, such as America/New_York.",
    "Time zone",
    None,
    name="US office",
)
TWO_ZONES = error(
    "two-zones",
    '"{name}" has two time zones: {value} here, {other} in row {row}.',
    "Keep one. For hours in another zone use another name.",
    "Time zone",
    "America/Chicago",
    name="US office",
    other="America/New_York",
    row=2,
)
TWO_FREQUENCIES = error(
    "two-frequencies",
    '"{name}" has two frequencies: {here} here{empty}, {other} in row {row}.',
    "Type the same frequency in every row of the name.",
    "Frequency",
    "DAILY",
    name="US office",
    here="DAILY",
    empty="",
    other="WEEKLY",
    row=2,
)
FREQUENCY_UNDOCUMENTED = warning(
    "undocumented",
    "{heading} {value} is sent as it is, but Kore.ai documents only WEEKLY.",
    "Choose WEEKLY, unless you know that your account supports {value}.",
    "Frequency",
    "DAILY",
)
HOURS_ROW_STRUCK = error(
    "hours-struck-through",
    "This row is struck through.",
    "Delete the row, or remove the strikethrough.",
    "Calling hours",
    "US office",
)

# --- what looks unusual

UNUSUAL_HOURS = warning(
    "unusual-hours",
    "Calls from {start} to {end}: many countries forbid calls before 8:00 AM or after 9:00 PM.",
    "If these hours are allowed where your contacts live, no action is needed.",
    "Start",
    "7:00 AM",
    start="7:00 AM",
    end="6:00 PM",
)
SHORT_WINDOW = warning(
    "short-window",
    "{start} to {end} is only {length} long.",
    "Check Start and End.",
    "End",
    "9:10 AM",
    start="9:00 AM",
    end="9:10 AM",
    length="10 minutes",
)
NAME_SAYS_OTHERWISE = warning(
    "says-other-hours",
    'The name says {said}, but no row of "{name}" has these hours.',
    "Check Start and End, or change the name.",
    "Calling hours",
    "Shop 12pm-9pm",
    name="Shop 12pm-9pm",
    said="12pm-9pm",
)
WEEKDAY_MISSING = warning(
    "weekday-missing",
    '"{name}" has every weekday except {day}.',
    "If {day} was forgotten, add it.",
    "Day",
    "Mon, Tue, Thu, Fri",
    name="US office",
    day="Wednesday",
)
SAME_HOURS = warning(
    "same-hours",
    '"{name}" has the same hours as {noun} {others}.',
    "If one of them is wrong, correct it. Otherwise one name is enough.",
    "Calling hours",
    "US office 2",
    name="US office 2",
    noun="row",
    others=2,
)
