"""What is wrong with a sheet as a whole, and what its cells show otherwise than they store it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.columns import Text, WholeNumber
from bulkload.model import Hidden, Problem
from bulkload.text import and_list
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.cell_refs import MOST_LISTED, column_letter, number_ranges
from bulkload.workbook.reader.sheet_part import MOST_TABLE_COLUMNS, MOST_TABLE_ROWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulkload.columns import Column
    from bulkload.messages import MessageTemplate
    from bulkload.workbook.reader.cell_refs import CellRef
    from bulkload.workbook.reader.sheet_part import SheetFacts
    from bulkload.workbook.reader.table import Table

LONGEST_NAME = 60
"""Characters of a heading, a text or a comment in a message."""


def far_cell(sheet: str, place: CellRef) -> Problem:
    """The refusal of a sheet with content so far off."""
    row, column = place
    return messages.FAR_CELL.problem(
        sheet=sheet,
        row=row,
        column=column_letter(column),
        cell=f"{column_letter(column)}{row}",
        rows=f"{MOST_TABLE_ROWS:,}",
        columns=MOST_TABLE_COLUMNS,
    )


@dataclass(frozen=True, slots=True)
class SheetChecks:
    """The problems of one sheet beyond its headings."""

    sheet: str
    facts: SheetFacts
    table: Table
    columns: Sequence[Column]
    """Those of the catalogue that the sheet may have."""
    hidden: Hidden
    comments: Mapping[CellRef, str]
    """Comments by cell, ours left out."""
    totals_rows: frozenset[int] = frozenset()
    """Rows in which tables of Excel add up their columns."""

    def errors(self) -> Iterator[Problem]:
        """What makes the whole sheet unusable."""
        if self.table.far is not None:
            yield far_cell(self.sheet, self.table.far)
        yield from self._merged_cells()
        refused = [row for row in self.table.hidden_rows if row not in self.table.done_rows]
        if refused and self.hidden is Hidden.REFUSE:
            yield messages.HIDDEN_ROWS.problem(sheet=self.sheet, value=number_ranges(refused))

    def warnings(self) -> Iterator[Problem]:
        """What the user should know about the sheet."""
        yield from self._own_columns()
        skipped = [row for row in self.table.hidden_rows if row not in self.table.done_rows]
        if skipped and self.hidden is Hidden.SKIP:
            yield messages.SKIPPED_ROWS.problem(sheet=self.sheet, value=number_ranges(skipped))
        yield from self._hidden_columns()
        yield from self._formulas()

    def cell_problems(self) -> tuple[Problem, ...]:
        """What single cells show otherwise than they store it, by row and column; and their comments."""
        rows = set(self.table.rows)
        found = [*self._marked_texts(), *self._struck_cells(), *self._formatted_numbers(), *self._comments()]
        kept = (problem for problem in found if problem.row in rows)
        order = {column_letter(column): column for column in range(MOST_TABLE_COLUMNS)}
        return tuple(sorted(kept, key=lambda problem: (problem.row or 0, order[problem.column or "A"])))

    def struck_rows(self) -> frozenset[int]:
        """The rows whose filled cells are all struck through; cells that are not judged do not count."""
        judged = [
            self.table.layout.places[column.heading]
            for column in self.columns
            if column.heading in self.table.layout.places
            and column.kind.is_judged
            and column.heading != "Send"
        ]
        struck = set()
        cells = dict(zip(self.facts.row_numbers, self.facts.rows, strict=True)) if self.facts.struck else {}
        for row, columns in self.facts.struck.items():
            filled = {
                column for column in judged if column < len(cells[row]) and cells[row][column] is not None
            }
            if filled and filled <= set(columns):
                struck.add(row)
        return frozenset(struck)

    def shown_dates(self) -> Mapping[tuple[int, str], str]:
        """What Excel shows for a date or a time under a format that is not an ordinary one, by row and heading."""
        shown = {}
        judged = self._judged() if self.facts.formatted else {}
        for (place, number_format), rows in self.facts.formatted.items():
            if place not in judged or not (number_format.is_date or number_format.is_duration):
                continue
            heading = judged[place].heading
            cells = self.table.frame[heading]
            for row in rows:
                text = number_format.shown(cells.get(row))
                if text is not None:
                    shown[row, heading] = text
        return shown

    # --- the sheet -------------------------------------------------------------------------------------

    def _merged_cells(self) -> Iterator[Problem]:
        """Ranges that reach into the rows of the table, wherever they begin."""
        if not self.table.rows or not self.facts.merged:
            return
        columns = set(self.table.layout.places.values())
        merged = sorted(
            area
            for area in self.facts.merged
            if area.last_row > self.table.layout.heading_row
            and area.first_row <= self.table.rows[-1]
            and not columns.isdisjoint(range(area.first_column, area.last_column + 1))
        )
        if merged:
            words = [str(area) for area in merged[:MOST_LISTED]]
            words += [f"{len(merged) - MOST_LISTED:,} more"] if len(merged) > MOST_LISTED else []
            yield messages.MERGED_CELLS.problem(sheet=self.sheet, value=and_list(words))

    def _own_columns(self) -> Iterator[Problem]:
        layout, nameless = self.table.layout, self.table.first_rows
        own = [heading for heading in layout.own if heading not in nameless]
        if own:
            yield messages.OWN_COLUMNS.problem(
                sheet=self.sheet, row=layout.heading_row, value=self._named(own), **messages.columns(len(own))
            )
        if nameless:
            cells = [f"{self._letter(label)}{row}" for label, row in nameless.items()]
            label, row = next(iter(nameless.items()))
            yield messages.NAMELESS_COLUMNS.problem(
                sheet=self.sheet,
                row=row,
                column=self._letter(label),
                value=and_list(cells),
                **messages.columns(len(cells)),
            )

    def _hidden_columns(self) -> Iterator[Problem]:
        places = self.table.layout.places
        names = [name for name, column in places.items() if column in self.facts.hidden_columns]
        if names:
            yield messages.HIDDEN_COLUMNS.problem(
                sheet=self.sheet, value=self._named(names), **messages.columns(len(names), "hidden ")
            )

    def _formulas(self) -> Iterator[Problem]:
        if not self.facts.formulas:
            return
        rows = set(self.table.rows)
        for heading, column in self.table.layout.places.items():
            if heading in self.table.layout.own or column not in self.facts.formulas:
                continue
            formulas = rows.intersection(self.facts.formulas[column])
            if formulas:
                letter = column_letter(column)
                yield messages.FORMULAS.problem(
                    sheet=self.sheet, column=letter, heading=heading, value=number_ranges(formulas, letter)
                )

    def _letter(self, heading: str) -> str:
        return column_letter(self.table.layout.places[heading])

    def _named(self, headings: Sequence[str]) -> str:
        """The headings with their letters, long ones cut: a whole story may be in a cell."""
        return and_list(f"{cut(heading)} ({self._letter(heading)})" for heading in headings)

    # --- single cells ----------------------------------------------------------------------------------

    def _judged(self) -> dict[int, Column]:
        """The columns whose values are used, by their place."""
        places = self.table.layout.places
        return {
            places[column.heading]: column
            for column in self.columns
            if column.heading in places and column.kind.is_judged
        }

    def _marked_texts(self) -> Iterator[Problem]:
        if not self.facts.marked:
            return
        columns = self._judged()
        for (row, column), marked in self.facts.marked.items():
            if column in columns:
                template = messages.STRUCK_TEXT if marked.is_struck else messages.RAISED_TEXT
                yield self._problem(
                    template,
                    row,
                    columns[column],
                    column,
                    value=marked.text,
                    text=cut(marked.text),
                    unmarked=cut(marked.unmarked),
                    proposals=tuple(text for text in (marked.unmarked.strip(),) if text and marked.is_struck),
                )

    def _struck_cells(self) -> Iterator[Problem]:
        if not self.facts.struck:
            return
        columns, whole = self._judged(), self.struck_rows()
        for row, struck in self.facts.struck.items():
            for column in struck if row not in whole else ():
                if column in columns:
                    value = self.table.frame[columns[column].heading].get(row)
                    yield self._problem(messages.STRUCK_CELL, row, columns[column], column, value=f"{value}")

    def _formatted_numbers(self) -> Iterator[Problem]:
        if not self.facts.formatted:
            return
        columns = self._judged()
        for (place, number_format), rows in self.facts.formatted.items():
            if (column := columns.get(place)) is None:
                continue
            cells = self.table.frame[column.heading]
            for row in rows:
                value = cells.get(row)
                if value is None or isinstance(value, bool) or not isinstance(value, int | float):
                    continue
                shown = number_format.shown(value)
                template = compare_shown(column, value, shown)
                if template is not None:
                    yield self._problem(
                        template,
                        row,
                        column,
                        place,
                        value=f"{value}" if shown is None else shown,
                        number=f"{value}",
                        shown="something else" if shown is None else f'"{shown}"',
                    )

    def _comments(self) -> Iterator[Problem]:
        headings = {place: heading for heading, place in self.table.layout.places.items()}
        for (row, column), text in self.comments.items():
            letter = column_letter(column)
            yield messages.COMMENT.problem(
                sheet=self.sheet,
                row=row,
                column=letter,
                heading=headings.get(column),
                cell=f"{letter}{row}",
                text=cut(" ".join(text.split()), 4 * LONGEST_NAME),
            )

    def _problem(
        self, template: MessageTemplate, row: int, column: Column, place: int, *, value: str, **values: object
    ) -> Problem:
        proposals = values.pop("proposals", ())
        assert isinstance(proposals, tuple)
        return template.problem(
            sheet=self.sheet,
            row=row,
            column=column_letter(place),
            heading=column.heading,
            value=value,
            proposals=proposals,
            **values,
        )


def cut(text: str, longest: int = LONGEST_NAME) -> str:
    """The text, or so many of its characters with an ellipsis."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def compare_shown(column: Column, value: float, shown: str | None) -> MessageTemplate | None:
    """What to say of a number that Excel shows like this; None where a person reads the same.

    In a column of numbers, other digits or another unit contradict the value, and so do the words of a name: the
    value that is sent must be the value that is seen. Elsewhere the digits count.
    """
    if not isinstance(column.kind, WholeNumber):
        is_name = column.kind.is_text or isinstance(column.kind, Text)
        return (
            messages.FORMATTED_NUMBER
            if is_name and shown != f"{value}" and float(value).is_integer()
            else None
        )
    if shown is None:
        return messages.FORMATTED_NUMBER
    numbers = [float(number.replace(",", "")) for number in _NUMBERS.findall(shown)]
    words = {word.lower() for word in _WORDS.findall(shown)}
    if numbers and (numbers != [value] or "%" in shown):
        return messages.FORMAT_CONTRADICTS
    if words & _UNITS and not words & _UNITS <= _units_of(column):
        return messages.FORMAT_CONTRADICTS
    return messages.FORMATTED_NUMBER if not numbers or words - _units_of(column) else None


_NUMBERS = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?|-?\.[0-9]+")
_WORDS = re.compile(r"[^\W\d_]+")
_SAME_UNITS = (
    frozenset({"s", "sec", "secs", "second", "seconds"}),
    frozenset({"m", "min", "mins", "minute", "minutes"}),
    frozenset({"h", "hr", "hrs", "hour", "hours"}),
    frozenset({"d", "day", "days"}),
)
_UNITS = frozenset().union(*_SAME_UNITS)


def _units_of(column: Column) -> frozenset[str]:
    """The words that may follow a number in this column: those of its heading, and its unit in other spellings."""
    words = frozenset(word.lower() for word in _WORDS.findall(column.heading))
    return words.union(*(units for units in _SAME_UNITS if units & words))
