"""Make calling hours from their columns: one name, one window with days, or a pair of times per weekday.

Hours decide when people are phoned, so whatever can be read in two ways is left empty and marked.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from bulkload.columns import HOURS_COLUMNS
from bulkload.converting import mapping, messages
from bulkload.converting.hours_book import HoursBook, Window
from bulkload.converting.hours_times import (
    EVERY_DAY,
    from_hhmm,
    is_round_the_clock,
    is_same,
    is_zero,
    range_in,
    says_when_not,
)
from bulkload.converting.mapping import HoursForm, Rule
from bulkload.converting.values import EMPTY_VALUE, Value, as_text, checked, read_cell
from bulkload.rules.kinds.choices import parse_choice
from bulkload.rules.kinds.days import NAMES, parse_days
from bulkload.rules.kinds.times import parse_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulkload.converting.mapping import ListMap, MapLine
    from bulkload.messages import Message
    from bulkload.model import Cell
    from bulkload.workbook.foreign.table import ForeignTable

_ZONE_COLUMN = next(column for column in HOURS_COLUMNS if column.heading == mapping.ZONE)
_FREQUENCY_COLUMN = next(column for column in HOURS_COLUMNS if column.heading == mapping.FREQUENCY)


@dataclass(frozen=True)
class HoursReader:
    """Reads the hours of each row of a list by its map."""

    table: ForeignTable
    list_map: ListMap
    _known: dict[tuple[object, ...], Value] = field(default_factory=dict)
    """The result for the cells of a row; most rows of a list share their hours with others."""

    def read(self, position: int, book: HoursBook) -> Value:
        """The name of the row's calling hours, or why there is none. New hours are added to the book."""
        cells = self.table.cells[position]
        key = (*((type(cells[index]), cells[index]) for index in self._indexes), self._shown(position))
        if key not in self._known:
            self._known[key] = self._read(position, book)
        return self._known[key]

    @cached_property
    def _indexes(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(index for line in self.list_map.hours.values() for index in line.theirs))

    def _shown(self, position: int) -> tuple[str | None, ...]:
        row = self.table.rows[position]
        return (
            tuple(self.table.shown.get((row, index)) for index in self._indexes) if self.table.shown else ()
        )

    def _read(self, position: int, book: HoursBook) -> Value:
        form = self.list_map.form
        name = self._one(position, mapping.NAME)
        if name.why:
            return name
        wanted = as_text(name.cell)
        if form is None or (form is HoursForm.ONE_NAME and not wanted):
            return Value(why=messages.NO_HOURS())
        if form is HoursForm.ONE_NAME:
            windows: tuple[Window, ...] = (Window(why=messages.ONLY_A_NAME()),)
        else:
            windows = self._checked(tuple(self._windows(position, form)), wanted, form)
        ours = book.name_for(wanted, self._zone(position), self._frequency(position), windows)
        return Value(ours, is_filled_in=name.is_filled_in)

    def _windows(self, position: int, form: HoursForm) -> Iterator[Window]:
        lines = self.list_map.hours
        parts = (part for part in lines if part not in {mapping.NAME, mapping.FREQUENCY, mapping.ZONE})
        for part in parts:
            for index in lines[part].theirs:
                if says_when_not(heading := self.table.headings[index]):
                    yield Window(why=messages.SAYS_WHEN_NOT(column=heading))
                    return
        yield from self._window(position) if form is HoursForm.WINDOW else self._per_weekday(position)

    @staticmethod
    def _checked(windows: tuple[Window, ...], name: str, form: HoursForm) -> tuple[Window, ...]:
        """The windows, emptied where the row as a whole says that they can't be right."""
        if not windows:
            return (
                Window(why=messages.ALL_CLOSED() if form is HoursForm.PER_WEEKDAY else messages.NO_HOURS()),
            )
        known = [window for window in windows if not window.why]
        if is_round_the_clock(known):
            return (Window(EVERY_DAY, why=messages.ROUND_THE_CLOCK()),)
        if known and (said := range_in(name)) and any((one.start, one.end) != said for one in known):
            days = tuple(sorted({day for window in known for day in window.days}))
            return (Window(days, why=messages.NAME_DIFFERS(value=name)),)
        return windows

    # --- start, end and days ---------------------------------------------------------------------------

    def _window(self, position: int) -> Iterator[Window]:
        days, start, end = (
            self._texts(position, part) for part in (mapping.DAYS, mapping.START, mapping.END)
        )
        if bad := next((value for value in (days, start, end) if isinstance(value, Value)), None):
            yield Window(why=bad.why)
            return
        assert isinstance(days, list)
        assert isinstance(start, list)
        assert isinstance(end, list)
        if len(start) != len(end) or (len(start) > 1 and len(days) not in {1, len(start)}):
            yield Window(why=messages.UNEVEN(value="; ".join(map(as_text, start))))
            return
        found: dict[tuple[int | None, int | None, Message | None], list[int]] = defaultdict(list)
        is_paired = len(days) == len(start)
        for number, (first, last) in enumerate(zip(start, end, strict=True)):
            day_cells = [days[number]] if is_paired else days
            numbers, why = self._days(day_cells)
            window = Window((), why=why) if why else self._pair(first, last, "these days", is_alone=True)
            if window is None:
                continue
            key = (window.start, window.end, window.why)
            found[key] += [day for day in numbers if day not in found[key]]
        for (first_minute, last_minute, reason), known in found.items():
            yield Window(tuple(sorted(known)), first_minute, last_minute, reason)

    def _texts(self, position: int, part: str) -> list[Cell] | Value:
        """The cells of a part: one, or the parts of a list."""
        line = self.list_map.hours.get(part)
        if line is None or not (line.theirs or line.if_empty):
            return Value(why=messages.NO_HOURS())
        if len(line.theirs) > 1 and line.rule is Rule.DAY_LIST:
            return self._ticked_days(position, line)
        value = self._one(position, part)
        if value.why:
            return value
        if isinstance(value.cell, str) and ";" in value.cell:
            return [text.strip() or None for text in value.cell.split(";")]
        return [value.cell]

    def _ticked_days(self, position: int, line: MapLine) -> list[Cell] | Value:
        """The days whose column says yes."""
        ticked: list[Cell] = []
        for index in line.theirs:
            heading = self.table.headings[index]
            value = read_cell(self.table, position, index, heading)
            if value.why:
                return value
            answer = parse_choice(as_text(value.cell) or "No", ("Yes", "No")).value
            day = parse_days(heading)
            if answer not in {"Yes", "No"} or day.value is None:
                return Value(why=messages.NOT_DAYS(value=f"{heading}: {as_text(value.cell)}"))
            if answer == "Yes":
                ticked.append(heading)
        return [", ".join(map(str, ticked))] if ticked else Value(why=messages.NO_HOURS())

    @staticmethod
    def _days(cells: Sequence[Cell]) -> tuple[tuple[int, ...], Message | None]:
        text = ", ".join(as_text(cell) for cell in cells if cell is not None)
        if any(isinstance(cell, date) for cell in cells):
            return (), messages.NOT_DAYS(value=text)
        parsed = parse_days(text) if text else None
        if parsed is None or parsed.value is None:
            return (), messages.NOT_DAYS(value=text)
        return parsed.value, None

    # --- a pair per weekday ----------------------------------------------------------------------------

    def _per_weekday(self, position: int) -> Iterator[Window]:
        """Days with the same hours as one window. Both ends 0 mean the default, equal ends mean closed."""
        found: dict[tuple[int | None, int | None, Message | None], list[int]] = defaultdict(list)
        for day, (start_part, end_part) in enumerate(mapping.WEEKDAY_PARTS):
            if start_part not in self.list_map.hours and end_part not in self.list_map.hours:
                continue
            window = self._day(position, start_part, end_part, NAMES[day])
            if window is not None:
                found[window.start, window.end, window.why].append(day)
        for (start, end, why), days in found.items():
            yield Window(tuple(days), start, end, why)

    def _day(self, position: int, start_part: str, end_part: str, day: str) -> Window | None:
        start, end = self._one(position, start_part), self._one(position, end_part)
        if why := start.why or end.why:
            return Window(why=why)
        if not (is_zero(start.cell) and is_zero(end.cell)):
            return self._pair(start.cell, end.cell, day)
        first, last = self._one(position, mapping.DEFAULT_START), self._one(position, mapping.DEFAULT_END)
        if why := first.why or last.why:
            return Window(why=why)
        if first.cell is None or last.cell is None or (is_zero(first.cell) and is_zero(last.cell)):
            return Window(why=messages.ZERO_WITHOUT_DEFAULT(day=day, value="0"))
        return self._pair(first.cell, last.cell, day, is_default=True)

    def _pair(
        self, first: Cell, last: Cell, day: str, *, is_alone: bool = False, is_default: bool = False
    ) -> Window | None:
        """One window; None where there is none that day."""
        if first is None and last is None and not is_alone:
            return None
        if first is None or last is None:
            return Window(why=messages.HALF_WINDOW(value=as_text(first if last is None else last), day=day))
        parts = (mapping.START, mapping.END) if is_alone else mapping.WEEKDAY_PARTS[NAMES.index(day)]
        if is_default:
            parts = (mapping.DEFAULT_START, mapping.DEFAULT_END)
        start = self._minutes(first, parts[0], is_end=False)
        end = self._minutes(last, parts[1], is_end=True)
        # Ends are compared before midnight becomes the day's end: 2400 and 2400 are equal, 0 and 2400 are a day.
        if is_same(first, last):
            return Window(why=messages.EQUAL_ENDS(value=as_text(first))) if is_alone else None
        if why := start.why or end.why:
            return Window(why=why)
        assert isinstance(start.cell, int)
        assert isinstance(end.cell, int)
        if end.cell <= start.cell:
            return Window(why=messages.BACKWARD(value=as_text(first), end=as_text(last)))
        return Window((), start.cell, end.cell)

    def _minutes(self, cell: Cell, part: str, *, is_end: bool) -> Value:
        """Minutes since midnight by the rule of the part."""
        line = self.list_map.hours.get(part)
        text = as_text(cell)
        if line is None or line.rule is None:
            return Value(why=messages.NO_RULE(heading=part, value=text))
        if line.rule is Rule.HHMM and not isinstance(cell, date | time | timedelta):
            return from_hhmm(text, is_end=is_end)
        if not isinstance(cell, str | time | date | timedelta):
            return Value(why=messages.NOT_TIME(value=text))
        parsed = parse_time(cell, is_end=is_end)
        return Value(parsed.value) if parsed.value is not None else Value(why=messages.NOT_TIME(value=text))

    # --- parts -----------------------------------------------------------------------------------------

    def _one(self, position: int, part: str) -> Value:
        """The cell of a part, the first filled of several, or what the map has for an empty one."""
        line = self.list_map.hours.get(part)
        if line is None:
            return Value()
        for index in line.theirs:
            value = read_cell(self.table, position, index, part)
            if value.why or value.cell is not None:
                return value
        return Value(line.if_empty or None, is_filled_in=bool(line.if_empty))

    def _frequency(self, position: int) -> Value:
        value = self._one(position, mapping.FREQUENCY)
        return value if value.why or value.cell is None else checked(value.cell, _FREQUENCY_COLUMN)

    def _zone(self, position: int) -> Value:
        value = self._one(position, mapping.ZONE)
        if value.why or value.cell is None:
            return value
        text = as_text(value.cell)
        ours = self.list_map.our_value(mapping.ZONE, text)
        if ours in {"", EMPTY_VALUE}:
            return Value(why=messages.NOT_ZONE(value=text))
        zone = checked(ours or text, _ZONE_COLUMN)
        return Value(zone.cell, zone.why, is_filled_in=value.is_filled_in and zone.why is None)
