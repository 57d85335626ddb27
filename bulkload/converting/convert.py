"""Convert: read the list, draft or read the map, make our rows, write the workbook."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.converting import messages
from bulkload.converting.conversion import Conversion, MarkedCells, Sample, report_lines
from bulkload.converting.draft import HELP_LINES, draft_map
from bulkload.converting.hours import HoursReader
from bulkload.converting.hours_book import HoursBook
from bulkload.converting.mapping import COLUMNS, RULES, ListMap, MapLine, parse_map
from bulkload.converting.upgrade import upgrade
from bulkload.converting.values import UNKNOWN_SIGN, Value, as_text, convert_value
from bulkload.model import ApiVersion, DialingMode
from bulkload.workbook.foreign.converted import FIRST_ROW, ConvertedRow, write_converted
from bulkload.workbook.foreign.letters import column_letter
from bulkload.workbook.foreign.map_file import read_map, write_map
from bulkload.workbook.foreign.read import read_foreign
from bulkload.workbook.writer.atomic_write import Existing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from bulkload.columns import Column
    from bulkload.messages import Message
    from bulkload.model import Cell
    from bulkload.workbook.foreign.table import ForeignTable

__all__ = ["convert", "default_map", "default_out", "upgrade"]

SAMPLES = 5
"""Rows that are shown before and after."""
_NOTES, _SEND, _MODE, _HOURS = "Notes", "Send", "Dialing mode", "Calling hours"


def convert(
    path: Path, *, map_file: Path | None = None, out: Path | None = None, force: bool = False
) -> Conversion:
    """Convert a list by a map. Where the list's folder has no map of it, one is drafted first.

    ``out`` is refused where it exists, unless ``force``; without it the next free name is taken. Raises
    WorkbookError where the list or the map can't be used, OSError where a file can't be written.
    """
    table = read_foreign(path)
    known = map_file or default_map(path)
    is_draft = map_file is None and not known.exists()
    if is_draft:
        draft = draft_map(table)
        sheets: Mapping[str, list[tuple[int, tuple[str, ...]]]] = {
            name: list(enumerate(rows, start=2)) for name, rows in draft.items()
        }
    else:
        sheets = read_map(known)
    list_map = parse_map(sheets, table.headings)
    converter = _Converter(table, list_map)
    converter.run()
    result = replace(converter.conversion(out or default_out(path)), map_file=known, is_draft=is_draft)
    if is_draft:
        result = replace(result, map_file=write_map(known, draft, HELP_LINES, RULES))
    written = write_converted(
        result.workbook,
        converter.rows,
        converter.hours.rows,
        list(report_lines(result)),
        existing=how_to_write(out, force=force),
    )
    return replace(result, workbook=written)


def default_map(path: Path) -> Path:
    """Where the map of a list is looked for and drafted: ``list.map.xlsx``."""
    return path.with_name(f"{path.stem}.map.xlsx")


def default_out(path: Path) -> Path:
    """Where the new workbook is written: ``list.campaigns.xlsx``."""
    return path.with_name(f"{path.stem}.campaigns.xlsx")


def how_to_write(out: Path | None, *, force: bool) -> Existing:
    """A name that the user gave is never changed; a file there is replaced only if it was asked for."""
    if force:
        return Existing.REPLACE
    return Existing.NEXT_NAME if out is None else Existing.REFUSE


@dataclass(slots=True)
class _Row:
    """One of our rows while it is made."""

    cells: dict[str, Cell] = field(default_factory=dict)
    empty: dict[str, Message] = field(default_factory=dict)
    filled_in: dict[str, Message] = field(default_factory=dict)
    send_is_no: Message | None = None


class _Converter:
    """Makes our rows of a list."""

    def __init__(self, table: ForeignTable, list_map: ListMap) -> None:
        self._table = table
        self._map = list_map
        self._hours = HoursReader(table, list_map)
        self.hours = HoursBook()
        self.rows: list[ConvertedRow] = []
        self._values: dict[tuple[str, type, Cell], Value] = {}
        self._texts: dict[int, tuple[Message, str]] = {}
        self._marks: dict[tuple[str, str], tuple[str, Message, bool, list[str]]] = {}
        self._left_out: list[int] = []
        # A map names the same columns for every row, so the words about them are made once.
        self._sources = {
            heading: line.theirs
            for heading, line in list_map.columns.items()
            if line.theirs and heading != _NOTES
        }
        hours = tuple(dict.fromkeys(index for line in list_map.hours.values() for index in line.theirs))
        if hours:
            self._sources[_HOURS] = hours

    def run(self) -> None:
        """Convert every row, then collect the marks."""
        for position, number in enumerate(self._table.rows):
            row = self._row(position)
            if row.send_is_no:
                self._left_out.append(number)
            self._collect(row, FIRST_ROW + position)
            row.cells[_NOTES] = self._notes(position, row)
            self.rows.append(ConvertedRow(row.cells, frozenset(row.empty), frozenset(row.filled_in)))
        for position, heading, why in self.hours.explanations:
            is_empty = why.template is not messages.FILLED_IN
            self._mark(
                HOURS_SHEET, _HOURS_PLACES[heading], FIRST_ROW + position, heading, why, is_empty=is_empty
            )

    def conversion(self, out: Path) -> Conversion:
        """What there is to say of the whole list."""
        table = self._table
        unused = [
            heading if table.is_json else f"{heading} ({column_letter(index)})"
            for index, heading in enumerate(table.headings)
            if index not in self._map.used
        ]
        return Conversion(
            source=table.path,
            workbook=out,
            rows=len(self.rows),
            marked=tuple(
                MarkedCells(sheet, heading, why, is_empty, tuple(cells))
                for (sheet, _), (heading, why, is_empty, cells) in self._marks.items()
            ),
            unused=tuple(unused),
            other_sheets=table.other_sheets,
            left_out=tuple(self._left_out),
            samples=tuple(self._samples()),
        )

    # --- one row -----------------------------------------------------------------------------------------

    def _row(self, position: int) -> _Row:
        row = _Row()
        for column in COLUMNS:
            line = self._map.columns.get(column.heading, MapLine())
            self._take(row, column, self._value(position, column, line))
        self._take(row, _HOURS_COLUMN, self._hours.read(position, self.hours))
        number = self._table.rows[position]
        if number in self._table.struck or number in self._table.hidden:
            row.send_is_no = messages.CROSSED_OUT() if number in self._table.struck else messages.HIDDEN_ROW()
            row.cells[_SEND] = "No"
        if row.cells.get(_SEND) == "No":
            row.empty.clear()
        else:
            self._ask_for_needed(row)
        return row

    def _value(self, position: int, column: Column, line: MapLine) -> Value:
        """The value of a column; made once for equal cells, unless a cell has facts of its own."""
        if len(line.theirs) > 1 or self._table.shown:
            return convert_value(self._table, position, column, line, self._map)
        cell = self._table.cells[position][line.theirs[0]] if line.theirs else None
        key = (column.heading, type(cell), cell)
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = convert_value(self._table, position, column, line, self._map)
        return found

    @staticmethod
    def _take(row: _Row, column: Column, value: Value) -> None:
        heading = column.heading
        if value.why:
            row.empty[heading] = value.why
            # Empty would mean Send = Yes, priority 5 or a new campaign, which the list does not say.
            if not column.needed and column.kind.is_judged:
                row.cells[heading] = UNKNOWN_SIGN
        elif value.cell is not None:
            row.cells[heading] = value.cell
            if value.is_filled_in:
                row.filled_in[heading] = _filled_in(heading, as_text(value.cell))

    def _ask_for_needed(self, row: _Row) -> None:
        mode = row.cells.get(_MODE)
        for heading in _needed(mode if isinstance(mode, str) else ""):
            if heading not in row.empty and row.cells.get(heading) is None:
                row.empty[heading] = _missing(heading, has_source=heading in self._sources)

    # --- what is said of it --------------------------------------------------------------------------------

    def _notes(self, position: int, row: _Row) -> str:
        """Their notes, the source cell of each value, and what was left empty or out."""
        number = self._table.rows[position]
        parts = [as_text(row.cells.get(_NOTES))]
        sources = self._sources_in_words.replace(_ROW, "" if self._table.is_json else str(number))
        where = f"{self._table.path.name}, object {number}" if self._table.is_json else self._table.path.name
        parts.append(f"From {where}: {sources}.")
        if row.send_is_no:
            parts.append(row.send_is_no.text)
        parts += dict.fromkeys(map(self._text, row.empty.values()))
        return "\n".join(filter(None, parts))

    @cached_property
    def _sources_in_words(self) -> str:
        """The source cells of a row, with a sign in place of the row's number."""
        place = self._table.headings.__getitem__ if self._table.is_json else column_letter
        return "; ".join(
            f"{heading} {', '.join(f'{place(index)}{_ROW}' for index in indexes)}"
            for heading, indexes in self._sources.items()
        )

    def _text(self, why: Message) -> str:
        """The words of a reason, made once; equal cells share one reason."""
        kept = self._texts.get(id(why))
        if kept is None:
            # The message is kept beside its text: a new one at the same address would have another text.
            kept = self._texts[id(why)] = (why, why.text)
        return kept[1]

    def _collect(self, row: _Row, number: int) -> None:
        for heading, why in row.empty.items():
            self._mark(CAMPAIGNS_SHEET, _PLACES[heading], number, heading, why, is_empty=True)
        for heading, why in row.filled_in.items():
            self._mark(CAMPAIGNS_SHEET, _PLACES[heading], number, heading, why, is_empty=False)

    def _mark(  # noqa: PLR0913  (a mark's place and reason)
        self, sheet: str, letter: str, row: int, heading: str, why: Message, *, is_empty: bool
    ) -> None:
        self._marks.setdefault((sheet, self._text(why)), (heading, why, is_empty, []))[3].append(
            f"{letter}{row}"
        )

    def _samples(self) -> Iterable[Sample]:
        used = sorted(self._map.used)
        for position, row in enumerate(self.rows[:SAMPLES]):
            before = {
                self._table.headings[index]: as_text(self._table.cells[position][index]) for index in used
            }
            after = {name: as_text(cell) for name, cell in row.cells.items() if name != _NOTES}
            yield Sample(self._table.rows[position], before, after)


_ROW = "\0"
"""Takes the place of a row's number; no heading can contain it."""


@cache
def _filled_in(heading: str, value: str) -> Message:
    return messages.FILLED_IN(heading=heading, value=value)


@cache
def _missing(heading: str, *, has_source: bool) -> Message:
    return (messages.NO_VALUE if has_source else messages.NO_SOURCE)(heading=heading)


@cache
def _needed(mode: str) -> tuple[str, ...]:
    """The headings that a campaign of this mode needs in v2; of an unknown mode, those that every mode needs."""
    modes = [DialingMode(mode)] if mode in set(DialingMode) else list(DialingMode)
    return tuple(
        column.heading
        for column in CAMPAIGN_COLUMNS
        if all((ApiVersion.V2, one) in column.needed for one in modes)
    )


_PLACES = {column.heading: column_letter(index) for index, column in enumerate(CAMPAIGN_COLUMNS)}

_HOURS_PLACES = {column.heading: column_letter(index) for index, column in enumerate(HOURS_COLUMNS)}
_HOURS_COLUMN = next(column for column in CAMPAIGN_COLUMNS if column.heading == _HOURS)
