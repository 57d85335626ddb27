"""A person's sheet as it comes back: every row and column, what became of each row, the faulty cells marked.

Headings that the results add stand in ``columns.RESULT_HEADINGS``, so the reader skips them and the workbook
can be mended and submitted as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from bulkload.model import Level
from bulkload.workbook.columns import Column
from bulkload.workbook.forms import alignment, cell_format, heading_style, is_long, needed_words, title
from bulkload.workbook.heights import height
from bulkload.workbook.results_words import complaint
from bulkload.workbook.safe import visible, write_cell, write_text
from bulkload.workbook.styles import (
    BODY,
    DOUBTFUL,
    GREY,
    HEADING,
    INK,
    MISSING,
    NEEDED,
    SUBTITLE,
    TITLE,
)
from bulkload.workbook.template_sheet import print_wide

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.model import Cell, Problem, Sheet
    from bulkload.workbook.columns import Kind
    from bulkload.workbook.styles import Formats

HEADING_ROW = 4
"""The Excel row of the headings; above it stand a title, a hint and the words ``always``, ``for ...``."""

MOST_NOTES = 2_000
"""Cells that get a note: each is a drawing, and Excel opens a file with tens of thousands of them in minutes.
The other cells are marked all the same, and the sheet Problems says of every one what is wrong."""

Marked: TypeAlias = "Mapping[tuple[int, str], list[Problem]]"
"""The problems of a cell, by the person's Excel row and the heading."""

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
        "border": 3,
        "border_color": DOUBTFUL.ink,
    },
}
"""A thick frame for an error and a dashed one for a warning, to be told apart without colour."""

HINT = (
    "A red frame needs you, a dashed one is worth a look: rest the pointer on the cell to read why. Mend it here, "
    "save, and submit this workbook."
)

OWN_WIDTH = 20
_NOTE_WIDTH = 300
_NOTE_LINE = 46
"""Characters on a line of a note, about."""


@dataclass(frozen=True, slots=True)
class Added:
    """A column that the results add."""

    heading: str
    width: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row to be written."""

    cells: Mapping[str, Cell]
    """The person's cells by heading."""
    added: Mapping[str, tuple[str | int, Format]]
    """What the results say, by heading of an added column, and how it looks."""


AnyColumn: TypeAlias = Column | Added | str
"""A column of the template, one that the results add, or (a str) one that only the person knows."""


@dataclass(frozen=True, slots=True)
class Place:
    """A person's sheet as it is to stand in the results workbook."""

    given: Sheet
    sheet: str
    """The sheet's name in the results workbook."""
    columns: tuple[AnyColumn, ...]
    """From left to right."""
    rows: Mapping[int, Row]
    """From top to bottom, by the person's Excel row."""

    def heading_indexes(self) -> Mapping[str, int]:
        """The column's index here (0 is A) for each heading."""
        return {heading(column): index for index, column in enumerate(self.columns)}

    def row_indexes(self) -> Mapping[int, int]:
        """The row's index here (0 is the first) for each Excel row of the person's."""
        return {row: HEADING_ROW + position for position, row in enumerate(self.rows)}


def heading(column: AnyColumn) -> str:
    """The column's heading, without a star."""
    return column if isinstance(column, str) else column.heading


def heading_of(problem: Problem, given: Sheet) -> str | None:
    """The heading of the problem's column; None where it has none."""
    if problem.heading is not None:
        return problem.heading
    return next((heading for heading, letter in given.letters.items() if letter == problem.column), None)


def own_headings(given: Sheet, columns: Sequence[Column]) -> tuple[str, ...]:
    """The headings that only the person knows."""
    known = {column.heading for column in columns}
    return tuple(str(heading) for heading in given.frame.columns if heading not in known)


def write_person_sheet(
    workbook: Workbook, formats: Formats, place: Place, problems: Iterable[Problem]
) -> None:
    """Fill the sheet of this place, and mark the cells that have a problem."""
    sheet = workbook.get_worksheet_by_name(place.sheet)
    _headings(sheet, formats, place)
    _body(sheet, formats, place, _marked(problems, place.given))
    last = HEADING_ROW - 1 + max(1, len(place.rows))
    sheet.autofilter(HEADING_ROW - 1, 0, last, len(place.columns) - 1)
    sheet.freeze_panes(HEADING_ROW, 2)
    print_wide(sheet, HEADING_ROW)
    # Two pages wide, the row's result and name on both: on one, no eye could read it.
    sheet.fit_to_pages(2, 0)
    sheet.repeat_columns(0, 1)


def _headings(sheet: Worksheet, formats: Formats, place: Place) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, place.sheet, formats(TITLE))
    sheet.write_string(1, 0, HINT, formats(SUBTITLE))
    sheet.set_row(HEADING_ROW - 1, 34)
    for index, column in enumerate(place.columns):
        words, text, width, style = _heading(column)
        sheet.set_column(index, index, width)
        sheet.write_string(HEADING_ROW - 2, index, words, formats(NEEDED))
        write_text(sheet, HEADING_ROW - 1, index, text, formats(style))
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _heading(column: AnyColumn) -> tuple[str, str, int, Mapping[str, Any]]:
    """The words above the heading, the heading, the column's width and the heading's looks."""
    match column:
        case Added(heading=text, width=width):
            return "from bulkload", text, width, {**HEADING, "bg_color": INK}
        case str():
            return "your own column", column, OWN_WIDTH, {**HEADING, "bg_color": GREY}
        case Column():
            return needed_words(column), title(column), column.width, heading_style(column)
        case _:
            assert_never(column)


def _body(sheet: Worksheet, formats: Formats, place: Place, marked: Marked) -> None:
    """Every cell; ten thousand rows are a quarter of a million cells, so what can be known before is."""
    indexes = place.heading_indexes()
    widths = {heading(column): _heading(column)[2] for column in place.columns}
    columns = [
        (position, heading(column), column.kind if isinstance(column, Column) else None)
        for position, column in enumerate(place.columns)
        if not isinstance(column, Added)
    ]
    wrapping = [text for _, text, kind in columns if kind is not None and is_long(kind)]
    styles: dict[tuple[Kind | None, str, Level | None], Format] = {}
    notes: list[tuple[int, int, list[Problem]]] = []
    for index, (row, written) in enumerate(place.rows.items(), start=HEADING_ROW):
        sheet.set_row(index, height(_wrapped(written, widths, wrapping)))
        for text, (said, style) in written.added.items():
            _say(sheet, (index, indexes[text]), said, style)
        for position, text, kind in columns:
            cell = written.cells.get(text)
            found = marked.get((row, text))
            key = (kind, cell_format(kind, cell), _level(found))
            style = styles.get(key) or styles.setdefault(key, _style(formats, *key))
            write_cell(sheet, index, position, cell, style)
            if found:
                notes.append((index, position, found))
    for note in notes[:MOST_NOTES]:
        _note(sheet, *note)


def _wrapped(row: Row, widths: Mapping[str, int], wrapping: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The texts of the row that wrap, with the width of their column."""
    for text, (said, _) in row.added.items():
        if isinstance(said, str):
            yield said, widths[text]
    for text in wrapping:
        cell = row.cells.get(text)
        if isinstance(cell, str):
            yield cell, widths[text]


def _marked(problems: Iterable[Problem], given: Sheet) -> Marked:
    marked: dict[tuple[int, str], list[Problem]] = {}
    for problem in problems:
        text = heading_of(problem, given)
        if problem.sheet == given.name and problem.row is not None and text is not None:
            marked.setdefault((problem.row, text), []).append(problem)
    return marked


def _level(problems: Sequence[Problem] | None) -> Level | None:
    """The worst level among them."""
    if not problems:
        return None
    return Level.ERROR if any(problem.is_error for problem in problems) else Level.WARNING


def _style(formats: Formats, kind: Kind | None, number_format: str, level: Level | None) -> Format:
    mark = MARKS[level] if level else {}
    wraps = kind is not None and is_long(kind)
    return formats(BODY, mark, num_format=number_format, text_wrap=wraps, align=alignment(kind))


def _say(sheet: Worksheet, place: tuple[int, int], said: str | int, style: Format) -> None:
    if isinstance(said, int):
        sheet.write_number(*place, said, style)
    else:
        write_text(sheet, *place, visible(said), style)


def _note(sheet: Worksheet, row: int, column: int, problems: Sequence[Problem]) -> None:
    text = visible(complaint(problems))
    lines = sum(1 + len(line) // _NOTE_LINE for line in text.split("\n"))
    size = {"width": _NOTE_WIDTH, "height": 24 + 16 * lines, "font_size": 9}
    sheet.write_comment(row, column, text, {"author": "bulkload", "color": "#FFFBE6", **size})
