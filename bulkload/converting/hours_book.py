"""Collect calling hours: the same hours of many rows are one name in our workbook."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from typing import TYPE_CHECKING

from bulkload.converting import mapping, messages
from bulkload.converting.values import UNKNOWN_SIGN, Value, as_text
from bulkload.rules.kinds.days import days_in_words
from bulkload.text import name_key
from bulkload.workbook.foreign.converted import ConvertedRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.messages import Message
    from bulkload.model import Cell

_WINDOW = ("Day", "Start", "End")


@dataclass(frozen=True, slots=True)
class Window:
    """One block of time on some days; or why it is empty."""

    days: tuple[int, ...] = ()
    """Monday is 0; empty: not known."""
    start: int | None = None
    """Minutes since midnight."""
    end: int | None = None
    why: Message | None = None
    """Why start and end, and perhaps the days, are empty."""


@dataclass(slots=True)
class HoursBook:
    """Collects the calling hours of all rows; the same hours are one name."""

    rows: list[ConvertedRow] = field(default_factory=list)
    explanations: list[tuple[int, str, Message]] = field(default_factory=list)
    """Position of the row, heading, and why it is marked."""
    _names: dict[tuple[object, ...], str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def name_for(self, wanted: str, zone: Value, frequency: Value, windows: Sequence[Window]) -> str:
        """The name of these hours, which are added where they are new."""
        key = (wanted, zone.cell, frequency.cell, tuple(windows))
        if key not in self._names:
            self._names[key] = name = self._free(wanted)
            self._add(name, zone, frequency, windows)
        return self._names[key]

    def _free(self, wanted: str) -> str:
        number = 1
        name = wanted or "Hours 1"
        # Two windows under one name would be united, and calls made at hours that neither row has.
        while name_key(name) in self._taken:
            number += 1
            name = f"{wanted} ({number})" if wanted else f"Hours {number}"
        self._taken.add(name_key(name))
        return name

    def _add(self, name: str, zone: Value, frequency: Value, windows: Sequence[Window]) -> None:
        for number, window in enumerate(windows):
            cells: dict[str, Cell] = {"Calling hours": name}
            empty: set[str] = set()
            filled_in: set[str] = set()
            if number == 0:
                self._add_zone(zone, cells, empty, filled_in)
                cells[mapping.FREQUENCY] = frequency.cell
                if frequency.why:
                    # An empty frequency would mean WEEKLY.
                    cells[mapping.FREQUENCY] = UNKNOWN_SIGN
                    empty.add(mapping.FREQUENCY)
                    self.explanations.append((len(self.rows), mapping.FREQUENCY, frequency.why))
            if window.days:
                cells["Day"] = days_in_words(window.days)
            else:
                empty.add("Day")
            if window.why or window.start is None or window.end is None:
                empty |= {"Start", "End"}
                if window.why:
                    self.explanations += [
                        (len(self.rows), heading, window.why) for heading in _WINDOW if heading in empty
                    ]
            else:
                cells["Start"], cells["End"] = _as_time(window.start), _as_time(window.end)
            self.rows.append(ConvertedRow(cells, frozenset(empty), frozenset(filled_in)))

    def _add_zone(self, zone: Value, cells: dict[str, Cell], empty: set[str], filled_in: set[str]) -> None:
        cells["Time zone"] = zone.cell
        if zone.cell is None:
            empty.add("Time zone")
        elif zone.is_filled_in:
            filled_in.add("Time zone")
        why = zone.why or (messages.NO_VALUE(heading="Time zone") if zone.cell is None else None)
        if zone.is_filled_in:
            why = messages.FILLED_IN(heading="Time zone", value=as_text(zone.cell))
        if why:
            self.explanations.append((len(self.rows), "Time zone", why))


def _as_time(minutes: int) -> time:
    return time(*divmod(minutes, 60))
