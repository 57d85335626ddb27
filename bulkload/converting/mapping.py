"""The map: which of their columns becomes which of ours, by which rule; read from a mapping workbook."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.converting import messages
from bulkload.errors import workbook_refused
from bulkload.rules.kinds.days import NAMES
from bulkload.text import name_key, or_list

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulkload.messages import MessageTemplate
    from bulkload.model import Problem


class Rule(StrEnum):
    """What is done with a value; the list is closed: no formulas, no code."""

    AS_IT_IS = "as it is"
    SECONDS_TO_MINUTES = "seconds to minutes"
    ADD_ONE = "add 1"
    HHMM = "HHMM"
    DAY_LIST = "day list"
    PHONE = "phone with country code"
    FIRST_OF_SEVERAL = "first of several"
    JOIN = "join"


RULES = tuple(f"{rule} 1" if rule is Rule.PHONE else str(rule) for rule in Rule)
"""As a dropdown offers them; the country code is an example."""
_SEVERAL = frozenset({Rule.FIRST_OF_SEVERAL, Rule.JOIN, Rule.DAY_LIST})
_PHONE = re.compile(r"phone with country code \+?([1-9]\d{0,2})", re.IGNORECASE)


class HoursForm(StrEnum):
    """How the hours are arranged in their list."""

    ONE_NAME = "one name"
    WINDOW = "start, end and days"
    PER_WEEKDAY = "a pair per weekday"


HOW = "How the hours are arranged"
FREQUENCY = "Frequency"
NAME, ZONE, DAYS, START, END = "Calling hours", "Time zone", "Days", "Start", "End"
DEFAULT_START, DEFAULT_END = "Default start", "Default end"
WEEKDAY_PARTS = tuple((f"{day} start", f"{day} end") for day in NAMES)
PARTS = (
    NAME,
    FREQUENCY,
    ZONE,
    DAYS,
    START,
    END,
    *(part for pair in WEEKDAY_PARTS for part in pair),
    DEFAULT_START,
    DEFAULT_END,
)
"""Parts of calling hours that a map may name."""
COLUMNS = tuple(column for column in CAMPAIGN_COLUMNS if column.heading != NAME)
"""Our columns of the sheet Columns; calling hours are on a sheet of their own."""


@dataclass(frozen=True, slots=True)
class MapLine:
    """One line of a map."""

    theirs: tuple[int, ...] = ()
    """Indexes of their columns."""
    if_empty: str = ""
    rule: Rule | None = Rule.AS_IT_IS
    """None: not decided yet, so the cells are left empty."""
    country_code: str = ""
    """For the rule phone."""


@dataclass(frozen=True, slots=True)
class ListMap:
    """A whole map, for a list with certain columns."""

    columns: Mapping[str, MapLine]
    """By our heading."""
    values: Mapping[tuple[str, str], str]
    """Our value by our heading and their value, folded."""
    hours: Mapping[str, MapLine]
    """By part."""
    form: HoursForm | None

    @property
    def used(self) -> frozenset[int]:
        """Indexes of their columns that the map uses."""
        return frozenset(
            index for line in (*self.columns.values(), *self.hours.values()) for index in line.theirs
        )

    def our_value(self, heading: str, value: str) -> str | None:
        """The value of the sheet Values; None where the sheet has none for it."""
        return self.values.get((heading, name_key(value)))


def parse_map(
    sheets: Mapping[str, Sequence[tuple[int, tuple[str, ...]]]], headings: Sequence[str]
) -> ListMap:
    """The map from the rows of its sheets. Raises WorkbookError, naming everything that is wrong."""
    parser = _Parser(headings)
    columns = parser.lines("Columns", sheets["Columns"], [column.heading for column in COLUMNS])
    form = parser.form(sheets["Hours"])
    rows = [row for row in sheets["Hours"] if name_key(row[1][0]) != name_key(HOW)]
    hours = parser.lines("Hours", rows, PARTS)
    values = parser.values(sheets["Values"], [*(column.heading for column in COLUMNS), ZONE, NAME])
    if parser.problems:
        raise workbook_refused(parser.problems)
    return ListMap(columns, values, hours, form)


@dataclass(slots=True)
class _Parser:
    headings: Sequence[str]
    problems: list[Problem] = field(default_factory=list)

    def lines(
        self, sheet: str, rows: Sequence[tuple[int, tuple[str, ...]]], known: Sequence[str]
    ) -> dict[str, MapLine]:
        ours_by_key = {name_key(name): name for name in known}
        found: dict[str, MapLine] = {}
        for row, (ours, theirs, if_empty, rule) in rows:
            heading = ours_by_key.get(name_key(ours.rstrip("* ")))
            if heading is None:
                self._refuse(messages.UNKNOWN_OURS, sheet, row, ours)
            elif heading in found:
                self._refuse(messages.TWICE, sheet, row, heading)
            else:
                found[heading] = self._line(sheet, row, theirs, if_empty, rule)
        return found

    def _line(self, sheet: str, row: int, theirs: str, if_empty: str, rule: str) -> MapLine:
        indexes = self._indexes(sheet, row, theirs)
        parsed, code = self._rule(sheet, row, rule)
        if len(indexes) > 1 and parsed is not None and parsed not in _SEVERAL:
            self._refuse(messages.ONE_COLUMN, sheet, row, theirs)
        return MapLine(indexes, if_empty, parsed, code)

    def _indexes(self, sheet: str, row: int, theirs: str) -> tuple[int, ...]:
        places = {name_key(heading): index for index, heading in reversed(list(enumerate(self.headings)))}
        found = []
        for name in filter(None, map(str.strip, re.split("[;\n]", theirs))):
            index = places.get(name_key(name))
            if index is None:
                columns = ", ".join(self.headings[:20])
                self._refuse(messages.UNKNOWN_THEIRS, sheet, row, name, columns=columns)
            else:
                found.append(index)
        return tuple(found)

    def _rule(self, sheet: str, row: int, text: str) -> tuple[Rule | None, str]:
        if not text:
            return None, ""
        if found := _PHONE.fullmatch(" ".join(text.split())):
            return Rule.PHONE, found[1]
        for rule in Rule:
            if rule is not Rule.PHONE and name_key(rule) == name_key(text):
                return rule, ""
        self._refuse(messages.UNKNOWN_RULE, sheet, row, text, rules=or_list(RULES))
        return None, ""

    def form(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> HoursForm | None:
        for _row, (part, text, *_rest) in rows:
            if name_key(part) != name_key(HOW) or not text:
                continue
            for form in HoursForm:
                if name_key(form) == name_key(text):
                    return form
            self.problems.append(
                messages.UNKNOWN_FORM.problem(value=text, forms=or_list(f'"{one}"' for one in HoursForm))
            )
        return None

    def values(
        self, rows: Sequence[tuple[int, tuple[str, ...]]], known: Sequence[str]
    ) -> dict[tuple[str, str], str]:
        ours_by_key = {name_key(name): name for name in known}
        found: dict[tuple[str, str], str] = {}
        for row, (ours, theirs, value) in rows:
            heading = ours_by_key.get(name_key(ours.rstrip("* ")))
            if heading is None:
                self._refuse(messages.UNKNOWN_OURS, "Values", row, ours)
            elif (heading, name_key(theirs)) in found:
                self._refuse(messages.TWICE, "Values", row, f"{heading}: {theirs}")
            else:
                found[heading, name_key(theirs)] = value
        return found

    def _refuse(self, template: MessageTemplate, sheet: str, row: int, value: str, **more: object) -> None:
        explanation = template(sheet=sheet, row=row, value=value, **more)
        from bulkload.model import Problem  # noqa: PLC0415

        self.problems.append(Problem(template.level, explanation, sheet=sheet, row=row, value=value))
