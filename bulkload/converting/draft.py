"""Draft a map: recognise their headings by name, alias, API key or a near miss; decide nothing that is uncertain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulkload.columns import HOURS_COLUMNS, Choice, Detection
from bulkload.converting import mapping
from bulkload.converting.hours_times import says_when_not
from bulkload.converting.mapping import COLUMNS, RULES, HoursForm, Rule
from bulkload.converting.values import ID_PREFIX, as_text, checked
from bulkload.rules.kinds.days import NAMES
from bulkload.rules.suggestions import Suggester
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from bulkload.columns import Column
    from bulkload.workbook.foreign.table import ForeignTable

_ID = "Campaign ID"
MOST_VALUES = 100
"""Different values of one column that a draft lists."""
_OTHER_ALIASES: Mapping[str, tuple[str, ...]] = {
    "Max attempts": ("max retries", "max retry", "maxretry", "retries", "max call attempts"),
    "Retry period (minutes)": (
        *("retry interval", "interval retry", "intervalretry", "retry delay", "retry after", "retry seconds"),
        *("retry period (seconds)", "retry interval (seconds)", "retry interval (minutes)", "recall delay"),
    ),
    "Max ring time (seconds)": ("ring timeout", "ring timeout (seconds)"),
}
"""Headings of other systems beyond those that our own workbook accepts."""
_RETRIES = re.compile(r"retr(?:y|ies)")
_SECONDS, _MINUTES = re.compile(r"sec|intervalretry"), re.compile(r"min")
_WEEKDAY = re.compile(
    rf"(?:^|.*[ _.])({'|'.join(name.lower() for name in NAMES)}|{'|'.join(name[:3].lower() for name in NAMES)})"
    r"[ _.\-]?(start|from|open|opens|begin|stop|end|to|until|close|closes)(?:[ _]?time)?$"
)
_DEFAULT = re.compile(r"(?:^|.*[ _.])default[ _.\-]?(start|stop|end)$")
_STARTS = frozenset({"start", "from", "open", "opens", "begin"})
_NAMES_OF_HOURS = (
    "calling hours",
    "calling hours name",
    "hours",
    "call time",
    "call time name",
    "local call time",
)
_HHMM = re.compile(r"0|\d{3,4}", re.ASCII)

HELP_LINES = (
    "Columns: for each of our columns, the name of theirs. Several names are separated by a semicolon.",
    "If empty: what is used where their cell is empty. Without a column it is used in every row.",
    f"Rule: {', '.join(RULES)}. Replace the 1 by the country code of your numbers.",
    "A line without a rule is not decided yet: its cells stay empty and are marked.",
    "Values: what each of their words means in ours. Without our value the cell stays empty and is marked.",
    'Type "(empty)" as our value where a cell is to stay empty on purpose.',
    f"Hours: the first line says how their hours are arranged: {'; '.join(HoursForm)}.",
    "For one fixed time zone, type it under If empty and leave Their column empty.",
    "A pair per weekday: 0 and 0 mean the default hours, equal ends mean closed on that day.",
)


def draft_map(table: ForeignTable) -> Mapping[str, list[tuple[str, ...]]]:
    """The rows of each sheet of a map for this list."""
    draft = _Draft(table)
    columns = list(draft.columns())
    return {"Columns": columns, "Hours": list(draft.hours()), "Values": list(draft.values(columns))}


class _Draft:
    def __init__(self, table: ForeignTable) -> None:
        self._table = table
        self._by_key = {_key(heading): heading for heading in reversed(table.headings)}
        self._taken: set[str] = set()

    def columns(self) -> Iterator[tuple[str, ...]]:
        found = {column.heading: self._exact(_names_of(column)) for column in COLUMNS}
        ids = found[_ID]
        if ids and any(text and not text.startswith(ID_PREFIX) for text in self._texts(ids)):
            found[_ID] = ""
        self._taken |= {theirs for theirs in found.values() if theirs}
        for column in COLUMNS:
            theirs = found[column.heading] or ("" if column.heading == _ID else self._near(column))
            yield column.heading, theirs, "", _rule(column, theirs) if theirs else str(Rule.AS_IT_IS)

    def hours(self) -> Iterator[tuple[str, ...]]:
        per_day = {part: theirs for theirs in self._usable() if (part := _weekday_part(theirs))}
        window = {
            part: theirs
            for part, field in ((mapping.DAYS, "days"), (mapping.START, "start"), (mapping.END, "end"))
            if (theirs := self._exact(_names_of(_hours_column(field)), avoid_inverse=True))
        }
        name = self._exact(_NAMES_OF_HOURS)
        ticked = [
            theirs for theirs in self._usable() if theirs.strip().lower() in {day.lower() for day in NAMES}
        ]
        form = _form(per_day, window, name)
        yield mapping.HOW, str(form or ""), "", ""
        yield mapping.NAME, name, "", str(Rule.AS_IT_IS)
        frequency = self._exact(_names_of(_hours_column("frequency")))
        yield mapping.FREQUENCY, frequency, "", str(Rule.AS_IT_IS)
        yield mapping.ZONE, self._exact(_names_of(_hours_column("timezone"))), "", str(Rule.AS_IT_IS)
        if form is HoursForm.PER_WEEKDAY:
            for part in (*(part for pair in mapping.WEEKDAY_PARTS for part in pair), *_DEFAULTS):
                yield part, per_day.get(part, ""), "", self._time_rule([per_day.get(part, "")])
        else:
            days = window.get(mapping.DAYS) or "; ".join(ticked)
            yield mapping.DAYS, days, "", str(Rule.DAY_LIST)
            for part in (mapping.START, mapping.END):
                yield part, window.get(part, ""), "", self._time_rule([window.get(part, "")])

    def values(self, columns: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        """Their words that are none of ours, for the columns with choices and the time zone."""
        by_heading: dict[str, Column] = {column.heading: column for column in COLUMNS}
        for heading, theirs, *_ in columns:
            if theirs and isinstance(by_heading[heading].kind, Choice | Detection):
                yield from self._unknown(by_heading[heading], theirs)
        zone = _hours_column("timezone")
        if theirs := self._exact(_names_of(zone)):
            yield from self._unknown(zone, theirs)

    def _unknown(self, column: Column, theirs: str) -> Iterator[tuple[str, ...]]:
        texts = dict.fromkeys(self._texts(theirs))
        unknown = [text for text in texts if text and checked(text, column).why]
        for text in unknown[:MOST_VALUES]:
            yield column.heading, text, ""

    def _texts(self, theirs: str) -> list[str]:
        index = self._table.headings.index(theirs)
        return [as_text(cells[index]) for cells in self._table.cells]

    def _time_rule(self, headings: Iterable[str]) -> str:
        texts = {text for theirs in headings if theirs for text in self._texts(theirs) if text}
        return str(Rule.HHMM if texts and all(map(_HHMM.fullmatch, texts)) else Rule.AS_IT_IS)

    def _usable(self) -> list[str]:
        return [theirs for theirs in self._table.headings if not says_when_not(theirs)]

    def _exact(self, names: Iterable[str], *, avoid_inverse: bool = False) -> str:
        for name in names:
            theirs = self._by_key.get(_key(name))
            if theirs and not (avoid_inverse and says_when_not(theirs)):
                return theirs
        return ""

    def _near(self, column: Column) -> str:
        """Their one heading that is nearly ours; headings with a meaning of their own are never taken."""
        free = [
            theirs
            for theirs in self._table.headings
            if theirs not in self._taken and not says_when_not(theirs)
        ]
        names = Suggester(_names_of(column), fixed_vocabulary=True)
        close = [theirs for theirs in free if names.suggest(_spaced(theirs))]
        if len(close) != 1:
            return ""
        self._taken.add(close[0])
        return close[0]


_DEFAULTS = (mapping.DEFAULT_START, mapping.DEFAULT_END)


def _form(per_day: Mapping[str, str], window: Mapping[str, str], name: str) -> HoursForm | None:
    if per_day:
        return HoursForm.PER_WEEKDAY
    if mapping.START in window and mapping.END in window:
        return HoursForm.WINDOW
    return HoursForm.ONE_NAME if name else None


def _weekday_part(theirs: str) -> str | None:
    lowered = theirs.lower()
    if found := _WEEKDAY.match(lowered):
        day = next(name for name in NAMES if name.lower().startswith(found[1][:3]))
        return f"{day} {'start' if found[2] in _STARTS else 'end'}"
    if found := _DEFAULT.match(lowered):
        return mapping.DEFAULT_START if found[1] == "start" else mapping.DEFAULT_END
    return None


def _names_of(column: Column) -> list[str]:
    """Under which headings our column may be found, the surest first."""
    names = [column.heading, *column.aliases, *_OTHER_ALIASES.get(column.heading, ())]
    if column.key:
        key = column.key.replace("[]", "")
        # The hours of a campaign are below this path in the API's JSON.
        names += [key, f"dialingStrategy.callingHours.{key}", key.rpartition(".")[2]]
    return [name for name in names if name_key(name) != "name" or column.field == "name"]


def _hours_column(field: str) -> Column:
    return next(column for column in HOURS_COLUMNS if column.field == field)


def _rule(column: Column, theirs: str) -> str:
    """The rule for a recognised column; empty where its unit is not known."""
    key = _key(theirs)
    is_ours = key in {
        _key(column.heading),
        _key(column.key or ""),
        _key((column.key or "").rpartition(".")[2]),
    }
    if is_ours:
        return str(Rule.AS_IT_IS)
    if column.field == "max_attempts" and _RETRIES.search(key):
        # A first call and so many retries: 0 retries are one attempt.
        return str(Rule.ADD_ONE)
    if column.field == "retry_period":
        if _SECONDS.search(key):
            return str(Rule.SECONDS_TO_MINUTES)
        return str(Rule.AS_IT_IS) if _MINUTES.search(key) else ""
    return str(Rule.AS_IT_IS)


def _spaced(heading: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_\-]+", " ", heading)


def _key(heading: str) -> str:
    """The same for headings that differ in case, spaces, stars, underscores and hyphens."""
    return re.sub(r"[\s_*\-?]+", "", name_key(heading))
