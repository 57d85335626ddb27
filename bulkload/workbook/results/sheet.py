"""A person's sheet as it comes back: every row and column, what became of each row, the faulty cells marked.

Headings that the results add stand in ``columns.RESULT_HEADINGS``, so the reader skips them and the workbook
can be mended and submitted as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from bulkload.columns import Choice, Column, Detection, WholeNumber
from bulkload.model import Level
from bulkload.workbook.results.messages import complaint
from bulkload.workbook.results.output_sheet import HEADING_ROW, Added, heading
from bulkload.workbook.template.validation import typing_rule
from bulkload.workbook.writer.cell_formats import (
    alignment,
    heading_style,
    in_column,
    is_long,
    needed_words,
    number_format,
    title,
    to_type_over,
)
from bulkload.workbook.writer.cell_writer import visible, write_cell, write_text
from bulkload.workbook.writer.heights import height, lines
from bulkload.workbook.writer.sheet_parts import print_wide
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    GREY,
    HEADING,
    INK,
    MISSING,
    NEEDED,
    NEEDED_HEIGHT,
    SUBTITLE,
    TITLE,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Kind
    from bulkload.model import Cell, Problem
    from bulkload.workbook.results.output_sheet import AnyColumn, Marked, Place, Row
    from bulkload.workbook.writer.styles import Formats

HINT = (
    "A red frame needs you, a dashed one is worth a look: rest the pointer on the cell to read why. Mend it here, "
    "save, and submit this workbook."
)

MOST_NOTES = 2_000
"""Cells that get a note: each is a drawing, and Excel opens a file with tens of thousands of them in minutes.
The other cells are marked all the same, and the sheet Problems says of every one what is wrong."""

MARKS: Mapping[Level, Mapping[str, Any]] = {
    Level.ERROR: {
        "bg_color": MISSING.fill,
        "font_color": MISSING.ink,
        "border": 2,
        "border_color": MISSING.ink,
    },
    Level.WARNING: {
        "bg_color": DOUBTFUL.fill,
        "font_color": DOUBTFUL.ink,
        "border": 8,
        "border_color": DOUBTFUL.ink,
    },
}
"""A whole frame for an error and a dashed one for a warning, to be told apart without colour. Both are thick, for
the thin lines of the cells beside them would cover a thin one."""

WITH_CHOICES = (Choice, Detection, WholeNumber)
"""Kinds whose dropdown or limits need no other sheet; they help the one who mends a cell."""

OWN_WIDTH = 20

REPEATED = range(2)
"""Columns that every page shows where a row takes two: the row's result and its name."""

MOST_ON_A_PAGE = 12
"""Columns that can be read on one sheet of paper."""

_NOTE_WIDTH = 300
_NOTE_LINE = 46
"""Characters on a line of a note, about."""


def write_person_sheet(
    workbook: Workbook,
    formats: Formats,
    place: Place,
    rows: Mapping[int, Row],
    problems: Iterable[Problem],
) -> None:
    """Fill the sheet of this place with these rows, by the person's number, and mark cells that have a problem."""
    sheet = workbook.get_worksheet_by_name(place.sheet)
    _headings(sheet, formats, place)
    columns = _Columns.of(formats, place.columns)
    for column in columns.persons:
        sheet.set_column(column.index, column.index, column.width, column.style(None))
    _body(sheet, columns, rows, place.marked(problems))
    last = HEADING_ROW - 1 + max(1, len(rows))
    for column in columns.persons:
        if isinstance(column.kind, WITH_CHOICES):
            sheet.data_validation(HEADING_ROW, column.index, last, column.index, typing_rule(column.kind))
    sheet.autofilter(HEADING_ROW - 1, 0, last, len(place.columns) - 1)
    sheet.freeze_panes(HEADING_ROW, 2)
    print_wide(sheet, HEADING_ROW)
    if len(place.columns) > MOST_ON_A_PAGE:
        # Two pages wide, the row's result and name on both: on one, no eye could read it.
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(REPEATED[0], REPEATED[-1])


def with_gridlines(sheet: Worksheet, formats: Formats) -> None:
    """Leave the lines to the columns' formats: empty cells that had their own would cost as much as texts.

    The rows above the headings have none.
    """
    sheet.hide_gridlines(2)
    for row, high in enumerate((32, 20, 18)):
        sheet.set_row(row, high, formats())


def _headings(sheet: Worksheet, formats: Formats, place: Place) -> None:
    with_gridlines(sheet, formats)
    sheet.write_string(0, 0, place.sheet, formats(TITLE))
    # Beside the columns that every page repeats: in them a page would repeat it, cut off in a word.
    beside = len(REPEATED) if len(place.columns) > MOST_ON_A_PAGE else 0
    sheet.write_string(1, beside, HINT, formats(SUBTITLE))
    sheet.set_row(HEADING_ROW - 2, NEEDED_HEIGHT, formats())
    sheet.set_row(HEADING_ROW - 1, 34)
    for index, column in enumerate(place.columns):
        words, text, style = _heading(column)
        sheet.set_column(index, index, _width(column), formats(BODY))
        sheet.write_string(HEADING_ROW - 2, index, in_column(words, _width(column)), formats(NEEDED))
        write_text(sheet, HEADING_ROW - 1, index, text, formats(HEADING, style))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _heading(column: AnyColumn) -> tuple[str, str, Mapping[str, Any]]:
    """The words above the heading, the heading itself and how it looks."""
    match column:
        case Added(heading=text):
            return "from bulkload", text, {"bg_color": INK}
        case str():
            return "your own column", column, {"bg_color": GREY}
        case Column():
            return needed_words(column), title(column), heading_style(column)
        case _:
            assert_never(column)


def _width(column: AnyColumn) -> int:
    return OWN_WIDTH if isinstance(column, str) else column.width


@dataclass(frozen=True, slots=True)
class _Person:
    """One of the person's columns, and how its cells look."""

    formats: Formats
    index: int
    heading: str
    kind: Kind | None
    width: int
    made: dict[tuple[type, Level | None], Format] = field(default_factory=dict)
    """The formats by type and worst problem, for the types of which the format is always the same."""

    @property
    def wraps(self) -> bool:
        """Whether a text may take several lines."""
        return self.kind is not None and is_long(self.kind)

    def style(self, cell: Cell, worst: Level | None = None) -> Format:
        """The format of a cell whose worst problem is of this level."""
        # A marked text that its column has no room for is to be seen whole.
        overflows = worst is not None and isinstance(cell, str) and lines(cell, self.width) > 1
        known = self.made.get((type(cell), worst))
        if known and not overflows:
            return known
        mark = MARKS[worst] if worst else {}
        look = {
            "num_format": number_format(self.kind, cell, worst),
            "text_wrap": self.wraps or overflows,
            "align": "left" if overflows else alignment(self.kind),
        }
        style = self.formats(BODY, look, mark)
        if isinstance(cell, str | int | float | None) and not overflows:
            self.made[type(cell), worst] = style
        return style


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known of the columns before the first row: a sheet may have a quarter of a million cells."""

    persons: tuple[_Person, ...]
    wrapping: tuple[tuple[str, int], ...]
    """Heading and width of the person's columns in which a text may take several lines."""
    added: Mapping[str, tuple[int, int]]
    """Index and width of each column that the results add."""

    @classmethod
    def of(cls, formats: Formats, columns: Sequence[AnyColumn]) -> _Columns:
        persons = tuple(
            _Person(formats, index, heading(c), c.kind if isinstance(c, Column) else None, _width(c))
            for index, c in enumerate(columns)
            if not isinstance(c, Added)
        )
        return cls(
            persons=persons,
            wrapping=tuple((column.heading, column.width) for column in persons if column.wraps),
            added={c.heading: (index, c.width) for index, c in enumerate(columns) if isinstance(c, Added)},
        )


def _body(sheet: Worksheet, columns: _Columns, rows: Mapping[int, Row], marked: Marked) -> None:
    notes: list[tuple[int, int, Sequence[Problem]]] = []
    for index, (number, row) in enumerate(rows.items(), start=HEADING_ROW):
        problems = marked.get(number, {})
        most_lines = _write_added(sheet, index, row, columns)
        notes += [
            (index, columns.added[text][0], problems[text]) for text in problems.keys() & columns.added.keys()
        ]
        for text, width in columns.wrapping:
            cell = row.cells.get(text)
            if isinstance(cell, str):
                most_lines = max(most_lines, lines(cell, width))
        for column in columns.persons:
            cell, found = row.cells.get(column.heading), problems.get(column.heading, ())
            if found:
                notes.append((index, column.index, found))
                worst = _worst(found)
                kept = to_type_over(column.kind, cell) if worst is Level.ERROR else cell
                if isinstance(kept, str):
                    most_lines = max(most_lines, lines(kept, column.width))
                write_cell(sheet, index, column.index, kept, column.style(kept, worst))
            elif cell is not None:  # else the column's own format is enough
                write_cell(sheet, index, column.index, cell, column.style(cell))
        sheet.set_row(index, height(most_lines))
    for note in notes[:MOST_NOTES]:
        _note(sheet, *note)


def _write_added(sheet: Worksheet, index: int, row: Row, columns: _Columns) -> int:
    """Write what the results say of a row; how many lines the longest of it takes."""
    most_lines = 1
    for text, (said, style) in row.added.items():
        position, width = columns.added[text]
        if isinstance(said, int):
            sheet.write_number(index, position, said, style)
        elif said:
            shown = visible(said)
            write_text(sheet, index, position, shown, style)
            most_lines = max(most_lines, lines(shown, width))
    return most_lines


def _worst(problems: Sequence[Problem]) -> Level:
    return Level.ERROR if any(problem.is_error for problem in problems) else Level.WARNING


def _note(sheet: Worksheet, row: int, column: int, problems: Sequence[Problem]) -> None:
    text = visible(complaint(problems))
    high = 24 + 16 * lines(text, _NOTE_LINE)
    options = {"author": "bulkload", "color": "#FFFBE6", "width": _NOTE_WIDTH, "height": high, "font_size": 9}
    sheet.write_comment(row, column, text, options)
