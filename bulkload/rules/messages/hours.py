"""What can be wrong with calling hours: times, days, zones, and rows beside each other."""

from bulkload.messages import error, warning

# --- times of day

TIME_BARE = error(
    "time-bare",
    "{heading} holds the number {number}, and a number alone is never taken for a time.",
    "Type {suggestion}.",
    "Start",
    "9",
    number="9",
    suggestion="9:00 AM or 9:00 PM",
)
TIME_WHOLE_DAY = error(
    "time-whole-day",
    "{heading} holds the number {number}, which Excel shows as {reading}.",
    "Type {suggestion}.",
    "Start",
    "12:00 AM",
    number="1",
    reading="12:00 AM",
    suggestion="1:00 AM or 1:00 PM",
)
TIME_TWO = error(
    "time-two",
    '{heading} holds two times, "{value}".',
    "Put the first into Start and the second into End, each as a time such as 9:00 AM.",
    "Start",
    "9:00-18:00",
)
TIME_ZONE_INSIDE = error(
    "time-zone-inside",
    '{heading} "{value}" holds a time zone.',
    "Type the time alone, such as 9:00 AM; the zone goes into Time zone.",
    "Start",
    "9:00 EST",
)
TIME_DATE_INSIDE = error(
    "time-date-inside",
    '{heading} "{value}" holds a date or a day.',
    "Type the time alone, such as 9:00 AM; the days go into Day.",
    "Start",
    "2026-12-01 9:00 AM",
)
TIME_SECONDS = error(
    "time-seconds",
    "{heading} {value} has seconds, and calling hours go by the minute.",
    "Type it without seconds, such as 9:00 AM.",
    "Start",
    "9:00:30 AM",
)
TIME_NO_SUCH = error(
    "time-no-such",
    "{heading} {value} is not a time that a clock shows.",
    "Type a time such as 9:00 AM, 12:30 PM or 18:00.",
    "Start",
    "13:75",
)
TIME_24_START = error(
    "time-24-start",
    "{heading} can't be {value}: the day is over then.",
    "Type 0:00 for the day's beginning.",
    "Start",
    "24:00",
)
TIME_UNKNOWN = error(
    "time-unknown",
    '{heading} "{value}" is not a time of day.',
    "Type a time such as 9:00 AM, 12:30 PM or 18:00.",
    "Start",
    "morning",
)
TIME_FRACTION = warning(
    "time-fraction",
    "{heading} {value} is a plain number and was read as part of a day: {reading}.",
    "If that is right, nothing is to be done; else type the time, such as 9:00 AM.",
    "Start",
    "0.375",
    reading="9:00 AM",
)

# --- days

DAY_UNKNOWN = error(
    "day-unknown",
    '{heading} can\'t be "{value}".{hint}',
    "Type a day (MO, Mon, Monday), a list (Mon, Wed), a range (Mon-Fri), Weekdays, Weekend or Every day.",
    "Day",
    "Wensday",
    hint=' Did you mean "Wednesday"?',
)
DAY_TWICE = error(
    "day-twice",
    '{heading} "{value}" names {day} twice.',
    "Name {day} once.",
    "Day",
    "Mon-Fri, Wed",
    day="Wednesday",
)
DAY_RANGE = error(
    "day-range",
    '{heading} "{value}" begins and ends on the same day: one day, or all seven?',
    "Type {day} or Every day.",
    "Day",
    "Mon-Mon",
    day="Monday",
)

# --- time zones

ZONE_SHORT = error(
    "zone-short",
    '{heading} "{value}" does not say which region\'s clock is meant, nor when it changes to summer time.',
    "Type {advice}.",
    "Time zone",
    "EST",
    advice="America/New_York (or America/Panama, which has no summer time)",
)
ZONE_UNKNOWN = error(
    "zone-unknown",
    '{heading} "{value}" is not known.{hint}',
    "Type a name in the form Region/City, such as America/New_York or Asia/Kolkata.",
    "Time zone",
    "America/NewYork",
    hint=' Did you mean "America/New_York"?',
)
ZONE_REVERSED = warning(
    "zone-reversed",
    "{heading} {value} means {offset} UTC: the names Etc/GMT count the other way round.",
    "If that is right, nothing is to be done; else type a name in the form Region/City.",
    "Time zone",
    "Etc/GMT+5",
    offset="5 hours behind",
)

# --- across the rows of the calling-hours sheet

END_NOT_AFTER_START = error(
    "end-not-after-start",
    "{heading} {end} is not later than Start {start}.",
    "Type a later End; hours past midnight need a second row for the next day.",
    "End",
    "9:00 AM",
    start="6:00 PM",
    end="9:00 AM",
)
OVERLAP = error(
    "overlap",
    "{start} to {end} overlaps with row {other} of the same calling hours on {day}.",
    "Let one begin when the other has ended, or make them one row.",
    "Start",
    "9:00 AM",
    start="9:00 AM",
    end="6:00 PM",
    other=3,
    day="Monday",
)
NO_ZONE = error(
    "no-zone",
    'No row of "{name}" has a time zone.',
    "Type one on its first row, such as America/New_York.",
    "Time zone",
    None,
    name="US office",
)
TWO_ZONES = error(
    "two-zones",
    '"{name}" has two time zones: {value} here, {other} in row {row}.',
    "Keep one; for hours in another zone use another name.",
    "Time zone",
    "America/Chicago",
    name="US office",
    other="America/New_York",
    row=2,
)
TWO_FREQUENCIES = error(
    "two-frequencies",
    '"{name}" has two frequencies: {here} here{empty}, {other} in row {row}.',
    "Type the same frequency on every row of the name.",
    "Frequency",
    "DAILY",
    name="US office",
    here="DAILY",
    empty="",
    other="WEEKLY",
    row=2,
)
FREQUENCY_UNDOCUMENTED = warning(
    "frequency-undocumented",
    "{heading} {value} is sent as it is, but Kore.ai documents only WEEKLY.",
    "Type WEEKLY or leave the cell empty, unless you know that your account takes {value}.",
    "Frequency",
    "DAILY",
)
UNUSUAL_HOURS = warning(
    "unusual-hours",
    "Calls from {start} to {end}: many countries forbid calls before 8:00 AM or after 9:00 PM.",
    "If these hours are allowed where your contacts live, nothing is to be done.",
    "Start",
    "7:00 AM",
    start="7:00 AM",
    end="6:00 PM",
)
