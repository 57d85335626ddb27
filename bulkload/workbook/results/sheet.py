"""One of the user's sheets in the results: every row and column, each row's outcome, the faulty cells marked.

The headings that the results add are in ``columns.RESULT_HEADINGS``, so the reader skips them and the workbook can
be fixed and submitted as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, assert_never

from bulkload.columns import CAMPAIGNS_SHEET, Column
from bulkload.model import Level
from bulkload.workbook.reader.annotations import OUR_AUTHOR
from bulkload.workbook.results.messages import complaint
from bulkload.workbook.results.output_sheet import AddedColumn, heading
from bulkload.workbook.template.grid import HEADING_ROW
from bulkload.workbook.template.sheet import frozen_columns
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
from bulkload.workbook.writer.sheet_parts import print_wide, write_account, write_title
from bulkload.workbook.writer.styles import (
    BODY,
    DOUBTFUL,
    GREY,
    HEADING,
    INK,
    MISSING,
    NEEDED,
    NEEDED_HEIGHT,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from bulkload.columns import Kind
    from bulkload.model import AccountIdentity, Cell, Problem, Sheet
    from bulkload.workbook.results.output_sheet import AnyColumn, Marked, OutputSheet, Row
    from bulkload.workbook.writer.styles import Formats

HINT = (
    "Red frame: must be fixed. Dashed frame: please check. Point at the cell to read why. Fix it here, save, and "
    "submit this workbook."
)

MOST_NOTES = 2_000
"""Cells that get a note: each is a drawing, and Excel takes minutes to open a file with tens of thousands of them.
The other cells are marked all the same, and the sheet Problems explains every one."""

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
"""A solid frame for an error and a dashed one for a warning, so that they differ without colour. Both are thick,
because the thin lines of the neighbouring cells would cover a thin one."""

OWN_WIDTH = 20

PAGES_WIDE = 3
"""Pages side by side for a row of all columns; each shows the row's result and its name."""

MOST_ON_A_PAGE = 12
"""Columns that can be read on one sheet of paper."""

USER = "Your comment"
"""The author of the user's own comments: the reader tells them from ours and reads them again."""

_NOTE_WIDTH = 300
_NOTE_LINE = 46
"""Characters on a line of a note, about."""


def write_person_sheet(  # noqa: PLR0913, PLR0917  (what a sheet is made of)
    workbook: Workbook,
    formats: Formats,
    output: OutputSheet,
    rows: Mapping[int, Row],
    problems: Iterable[Problem],
    account: AccountIdentity | None,
    hint: str = HINT,
) -> list[GivenCell]:
    """Fill the sheet with these rows, by the user's number, and mark the cells that have a problem.

    Returns the faulty cells as they were written.
    """
    sheet = workbook.get_worksheet_by_name(output.sheet)
    _headings(sheet, formats, output, account, hint)
    columns = _Columns.of(formats, output.columns)
    for column in columns.persons:
        sheet.set_column(column.index, column.index, column.width, column.style(None))
    given = _body(sheet, columns, rows, output.marked(problems), output.given)
    grid = output.grid
    sheet.autofilter(HEADING_ROW - 1, 0, grid.last_row - 1, len(output.columns) - 1)
    sheet.freeze_panes(HEADING_ROW, frozen_columns(grid))
    print_wide(sheet, HEADING_ROW)
    if len(output.columns) > MOST_ON_A_PAGE:
        # On one page, it would be too small to read.
        sheet.fit_to_pages(PAGES_WIDE, 0)
        sheet.repeat_columns(0, frozen_columns(grid) - 1)
    return given


def with_gridlines(sheet: Worksheet, formats: Formats) -> None:
    """Leave the lines to the columns' formats: empty cells with formats of their own would cost as much as texts.

    The rows above the headings have none.
    """
    sheet.hide_gridlines(2)
    for row, high in enumerate((32, 20, 24, 18)):
        sheet.set_row(row, high, formats())


def given_rows(given: Sheet) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """Each Excel row of the user's sheet with its cells by heading."""
    headings = [str(heading) for heading in given.frame.columns]
    for row, cells in zip(given.frame.index, given.frame.itertuples(index=False, name=None), strict=True):
        yield int(row), dict(zip(headings, cells, strict=True))


def _headings(
    sheet: Worksheet, formats: Formats, output: OutputSheet, account: AccountIdentity | None, hint: str
) -> None:
    with_gridlines(sheet, formats)
    practice = account is not None and account.practice
    # Beside the columns that every page repeats: in them, each page would repeat it and cut it off.
    beside = frozen_columns(output.grid) if len(output.columns) > MOST_ON_A_PAGE else 0
    write_title(sheet, formats, output.sheet, hint, practice=practice, hint_column=beside)
    # Without its id, an account can't be told from another one.
    if account and account.account_id and output.sheet == CAMPAIGNS_SHEET:
        write_account(sheet, formats, account, frozen_columns(output.grid))
    sheet.set_row(HEADING_ROW - 2, NEEDED_HEIGHT, formats())
    sheet.set_row(HEADING_ROW - 1, 34)
    for index, column in enumerate(output.columns):
        words, text, style = _heading(column)
        sheet.set_column(index, index, _width(column), formats(BODY))
        sheet.write_string(HEADING_ROW - 2, index, in_column(words, _width(column)), formats(NEEDED))
        write_text(sheet, HEADING_ROW - 1, index, text, formats(HEADING, style))
    # Without this, Excel puts a green triangle into every cell with a phone number.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def _heading(column: AnyColumn) -> tuple[str, str, Mapping[str, Any]]:
    """The words above the heading, the heading itself and how it looks."""
    match column:
        case AddedColumn(heading=text):
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
class GivenCell:
    """A faulty cell as it is written: row and column counted from 0."""

    row: int
    column: int
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Person:
    """One of the user's columns, and how its cells look."""

    formats: Formats
    index: int
    heading: str
    kind: Kind | None
    width: int
    made: dict[tuple[type, Level | None, bool], Format] = field(default_factory=dict)
    """The formats by type, worst problem and strike-through, for types that always have the same format."""

    @property
    def wraps(self) -> bool:
        """Whether a text may take several lines."""
        return self.kind is not None and is_long(self.kind)

    def style(self, cell: Cell, worst: Level | None = None, *, struck: bool = False) -> Format:
        """The format of a cell whose worst problem is of this level."""
        # A marked text must be visible as a whole, even if its column is too narrow.
        overflows = worst is not None and isinstance(cell, str) and lines(cell, self.width) > 1
        known = self.made.get((type(cell), worst, struck))
        if known and not overflows:
            return known
        mark = MARKS[worst] if worst else {}
        look = {
            "num_format": number_format(self.kind, cell, worst),
            "text_wrap": self.wraps or overflows,
            "align": "left" if overflows else alignment(self.kind),
            **({"font_strikeout": True} if struck else {}),
        }
        style = self.formats(BODY, look, mark)
        if isinstance(cell, str | int | float | None) and not overflows:
            self.made[type(cell), worst, struck] = style
        return style


@dataclass(frozen=True, slots=True)
class _Columns:
    """What is known about the columns before the first row: a sheet may have a quarter of a million cells."""

    persons: tuple[_Person, ...]
    wrapping: tuple[tuple[str, int], ...]
    """Heading and width of the user's columns in which a text may take several lines."""
    added: Mapping[str, tuple[int, int]]
    """Index and width of each column that the results add."""

    @classmethod
    def of(cls, formats: Formats, columns: Sequence[AnyColumn]) -> _Columns:
        persons = tuple(
            _Person(formats, index, heading(c), c.kind if isinstance(c, Column) else None, _width(c))
            for index, c in enumerate(columns)
            if not isinstance(c, AddedColumn)
        )
        return cls(
            persons=persons,
            wrapping=tuple((column.heading, column.width) for column in persons if column.wraps),
            added={
                c.heading: (index, c.width) for index, c in enumerate(columns) if isinstance(c, AddedColumn)
            },
        )


def _body(
    sheet: Worksheet,
    columns: _Columns,
    rows: Mapping[int, Row],
    marked: Marked,
    user: Sheet,
) -> list[GivenCell]:
    notes: list[tuple[int, int, Sequence[Problem]]] = []
    given: list[GivenCell] = []
    for index, (number, row) in enumerate(rows.items(), start=HEADING_ROW):
        problems = marked.get(number, {})
        # A row that is struck through stays so: without the strike, submitting the results would send it.
        struck = number in user.struck_rows
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
                write_cell(sheet, index, column.index, kept, column.style(kept, worst, struck=struck))
                if worst is Level.ERROR:
                    given.append(GivenCell(index, column.index, kept))
            elif cell is not None:  # else the column's own format is enough
                write_cell(sheet, index, column.index, cell, column.style(cell, struck=struck))
        sheet.set_row(index, height(most_lines))
    commented = _write_comments(sheet, columns, list(rows), user)
    # A cell has room for one note: the user's own stays, and the sheet Problems explains what is wrong.
    _write_notes(sheet, [note for note in notes if note[:2] not in commented])
    return given


def _write_notes(sheet: Worksheet, notes: Sequence[tuple[int, int, Sequence[Problem]]]) -> None:
    """Say at the marked cells what is wrong with them."""
    for row, column, found in notes[:MOST_NOTES]:
        _note(sheet, row, column, complaint(found), OUR_AUTHOR)


def _write_comments(
    sheet: Worksheet, columns: _Columns, numbers: Sequence[int], user: Sheet
) -> set[tuple[int, int]]:
    """Write the comments of the user's cells again, as somebody else's than ours; the cells that have one now."""
    rows = {number: index for index, number in enumerate(numbers, start=HEADING_ROW)}
    places = {column.heading: column.index for column in columns.persons}
    first = columns.persons[0].index
    commented: dict[tuple[int, int], list[str]] = {}
    for (number, text), comment in user.comments.items():
        if number in rows:
            place = (rows[number], places.get(text or "", first))
            commented.setdefault(place, []).append(comment)
    for (row, column), texts in commented.items():
        _note(sheet, row, column, "\n".join(texts), USER)
    return set(commented)


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


def _note(sheet: Worksheet, row: int, column: int, text: str, author: str) -> None:
    text = visible(text)
    high = 24 + 16 * lines(text, _NOTE_LINE)
    options = {"author": author, "color": "#FFFBE6", "width": _NOTE_WIDTH, "height": high, "font_size": 9}
    sheet.write_comment(row, column, text, options)
