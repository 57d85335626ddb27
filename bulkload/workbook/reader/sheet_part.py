"""One pass over a sheet's XML: its cells as typed values, and the facts that no value shows.

A cell without content is dropped as it passes, so a sheet that is formatted down to its last row takes no memory.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass, field
from sys import getsizeof
from typing import TYPE_CHECKING

from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.workbook.reader.cell_refs import (
    EXCEL_COLUMNS,
    EXCEL_ROWS,
    CellRange,
    CellRef,
    column_letter,
    parse_cell_ref,
    parse_range,
)
from bulkload.workbook.reader.cell_values import (
    LONGEST_EXCERPT,
    Damage,
    NumberCells,
    parse_error,
    parse_iso_date,
    parse_truth,
    whole_number,
)
from bulkload.workbook.reader.rich_text import read_text, unescape
from bulkload.workbook.reader.styles import GENERAL
from bulkload.workbook.reader.xml_stream import MAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from bulkload.model import Cell
    from bulkload.workbook.reader.number_formats import NumberFormat
    from bulkload.workbook.reader.rich_text import MarkedText
    from bulkload.workbook.reader.shared_strings import MemoryBudget, SharedStrings
    from bulkload.workbook.reader.styles import CellStyle

MOST_TABLE_ROWS = 50_000
"""Rows below the headings at most."""
LAST_HEADING_ROW = 20
LAST_ROW = LAST_HEADING_ROW + MOST_TABLE_ROWS
MOST_TABLE_COLUMNS = 200
"""Columns from A on; Excel's own limit is another one (``cell_refs``)."""
_CELL_BYTES = 40
"""Counted for each cell: it is in a row's list, in the list of its column and in the frame, and takes its time."""
MOST_MERGED = 100_000
"""Merged ranges of a sheet; the most that a sheet of a person holds is a few thousand."""

_SHEET, _ROWS, _COLS, _MERGED = (f"{MAIN}{name}" for name in ("worksheet", "sheetData", "cols", "mergeCells"))
CONTAINERS = frozenset({"", _SHEET, _ROWS, _COLS, _MERGED})
_ROW, _CELL, _VALUE, _FORMULA, _INLINE = (f"{MAIN}{name}" for name in ("row", "c", "v", "f", "is"))
_COLUMNS = {column_letter(column): column for column in range(MOST_TABLE_COLUMNS)}
_TRUE = frozenset({"1", "true", "on"})


@dataclass(slots=True)
class SheetFacts:
    """What one pass over a sheet finds."""

    row_numbers: list[int] = field(default_factory=list)
    """The Excel rows with content, in their order; far ones are left out."""
    rows: list[list[Cell]] = field(default_factory=list)
    """The cells of each of them from column A to the last with content; empty cells are None."""
    formulas: dict[int, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("I")))
    """Rows with a formula and its saved result, for each column."""
    formatted: dict[tuple[int, NumberFormat], array[int]] = field(
        default_factory=lambda: defaultdict(lambda: array("I"))
    )
    """Rows with a value, for each column and each number format that may show it as something else."""
    marked: dict[CellRef, MarkedText] = field(default_factory=dict)
    """Texts with raised, lowered or struck characters."""
    struck: dict[int, array[int]] = field(default_factory=lambda: defaultdict(lambda: array("I")))
    """The columns with struck content, for each row that has any."""
    hidden_rows: set[int] = field(default_factory=set)
    """Rows with content that are hidden or filtered out."""
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[CellRange] = field(default_factory=list)
    filter_range: CellRange | None = None
    """The range of the sheet's own AutoFilter."""
    far: CellRef | None = None
    """The first cell with content beyond row 50,020 or column 200."""
    row_count: int = 0
    """Rows with content, far ones included."""


class SheetPart:
    """Reads one sheet."""

    def __init__(
        self, strings: SharedStrings, styles: Sequence[CellStyle], budget: MemoryBudget, *, starts_1904: bool
    ) -> None:
        self._strings = strings.texts
        self._marked = strings.marked
        self._numbers = NumberCells(styles, starts_1904=starts_1904)
        self._budget = budget
        self._noted = _NotedStyles(styles)
        self._shared_formulas: dict[str, str] = {}
        self._facts = SheetFacts()
        self._last_row = 0
        self._tables = 0

    def read(self, batches: Iterable[tuple[str, Sequence[Element]]]) -> SheetFacts:
        """Everything that the sheet's part says, from the batches of ``xml_stream``. Raises Damage or TooMuchText."""
        for container, elements in batches:
            if container == _ROWS:
                self._read_rows(elements)
            elif container == _COLS:
                self._read_columns(elements)
            elif container == _MERGED:
                self._read_merged(elements)
            elif container == _SHEET:
                self._read_marks(elements)
            elif container == "" and elements[0].tag != _SHEET:
                raise Damage("it is not a worksheet")
        return self._facts

    # --- rows ------------------------------------------------------------------------------------------

    def _read_rows(self, elements: Sequence[Element]) -> None:
        facts = self._facts
        kept = len(facts.rows)
        before = None
        for element in elements:
            if element.tag != _ROW:
                _refuse_misplaced(element)
                continue
            if not len(element) and element.get("r") is not None:  # formatted and empty
                before = element
                continue
            if before is not None and element.get("r") is None:
                self._last_row = whole_number(before.get("r"))
            before = None
            number = whole_number(element.get("r"), self._last_row + 1)
            if not self._last_row < number <= EXCEL_ROWS:
                raise Damage(f"row {number} comes after row {self._last_row}")
            self._last_row = number
            cells = self._read_row(element, number)
            if not cells:
                continue
            facts.row_count += 1
            if _is_hidden(element, "ht"):
                facts.hidden_rows.add(number)
            if facts.far is None:
                facts.row_numbers.append(number)
                facts.rows.append(cells)
        if facts.far is None:
            self._budget.spend(_CELL_BYTES * sum(map(len, facts.rows[kept:])))

    def _read_row(  # noqa: C901, PLR0912, PLR0915  (half of the time of a large workbook: each call in it counts)
        self, element: Element, row: int
    ) -> list[Cell]:
        """The cells of a row, an empty list where it has none."""
        strings, numbers, noted, marked = self._strings, self._numbers, self._noted, self._marked
        row_text = str(row)
        cells: list[Cell] = []
        column = -1
        before = None
        for cell in element:
            if cell.tag != _CELL:
                _refuse_misplaced(cell)
                continue
            if not len(cell):  # formatted and empty, as most cells of some sheets are
                if cell.get("r") is None:
                    column, before = _next_column(before, column, row), None
                else:
                    before = cell
                continue
            reference = cell.get("r")
            if reference is None:
                column = _next_column(before, column, row)
            elif (column := _COLUMNS.get(reference.removesuffix(row_text), -1)) < 0:
                column = _far_column(reference, row)
            before = None
            kind, style = cell.get("t"), cell.get("s")
            value: Cell
            try:
                (content,) = cell  # nearly every cell has a value alone
                text = content.text
                if content.tag != _VALUE or len(content):
                    value = self._unusual(cell, row, column)
                elif text is None:
                    continue
                elif kind == "s":
                    value = strings[text]
                    if marked and text in marked:
                        self._facts.marked[row, column] = marked[text]
                elif kind is None or kind == "n":
                    value = numbers[style][text]
                else:
                    value = self._value(kind, style, text)
            except (ValueError, KeyError):  # several children, or the number of no shared text
                value = self._unusual(cell, row, column)
            if value is None:
                continue
            if row > LAST_ROW or column >= MOST_TABLE_COLUMNS:
                self._facts.far = self._facts.far or (row, column)
                return [value]
            missing = column - len(cells)
            if missing == 0:
                cells.append(value)
            elif missing > 0:
                cells += [None] * missing
                cells.append(value)
            elif cells[column] is None:
                cells[column] = value
            else:
                raise Damage(f"the cell {column_letter(column)}{row} is there twice")
            if noted[style] is not None:
                self._note(noted[style], row, column)
        return cells

    def _note(self, style: CellStyle | None, row: int, column: int) -> None:
        assert style is not None
        if style.is_struck:
            self._facts.struck[row].append(column)
        if _may_mislead(style):
            self._facts.formatted[column, style.number_format].append(row)

    # --- cells -----------------------------------------------------------------------------------------

    def _unusual(self, cell: Element, row: int, column: int) -> Cell:
        """The value of a cell with a formula, with a text of its own, or with nothing but a format."""
        parts = _parts_of(cell, row, column)
        kind, is_blank = cell.get("t"), True
        value: Cell = None
        if parts[_INLINE] and (kind == "inlineStr" or not parts[_VALUE]):
            value, marked = read_text(parts[_INLINE][0])
            self._budget.spend(getsizeof(value))
            if marked is not None:
                self._facts.marked[row, column] = marked
        elif parts[_VALUE] and (text := parts[_VALUE][0].text):
            value, is_blank = self._value(kind, cell.get("s"), text), False
        if not parts[_FORMULA]:
            return value
        if value is None and is_blank and not (kind == "str" and parts[_VALUE]):
            return UncalculatedCell(self._formula(parts[_FORMULA][0]))
        self._formula(parts[_FORMULA][0])
        if not isinstance(value, ErrorCell) and row <= LAST_ROW and column < MOST_TABLE_COLUMNS:
            self._facts.formulas[column].append(row)
        return value

    def _formula(self, element: Element) -> str:
        """The formula's text; a cell that shares one says only its number."""
        text = (element.text or "")[:LONGEST_EXCERPT]
        if element.get("t") != "shared":
            return text
        number = element.get("si", "")
        whole_number(number)
        return self._shared_formulas.setdefault(number, text)

    def _value(self, kind: str | None, style: str | None, text: str) -> Cell:
        """The value of a cell of any kind. Raises Damage where the text is none of its kind."""
        if kind in {"str", "inlineStr"}:
            self._budget.spend(getsizeof(text))
            return unescape(text)
        if not text.strip():
            return None
        if kind is None or kind == "n":
            return self._numbers[style][text]
        if kind == "s":
            number = str(whole_number(text.strip()))
            if number not in self._strings:
                raise Damage(f"the shared text {number} is missing")
            return self._strings[number]
        if kind not in _PARSERS:
            raise Damage(f"'{kind[:20]}' is not a kind of cell")
        return _PARSERS[kind](text)

    # --- around the rows -------------------------------------------------------------------------------

    def _read_columns(self, elements: Sequence[Element]) -> None:
        for element in elements:
            if element.tag == f"{MAIN}col" and _is_hidden(element, "width"):
                first, last = whole_number(element.get("min")) - 1, whole_number(element.get("max")) - 1
                self._facts.hidden_columns.update(range(max(first, 0), min(last + 1, MOST_TABLE_COLUMNS)))

    def _read_merged(self, elements: Sequence[Element]) -> None:
        for element in elements:
            if element.tag != f"{MAIN}mergeCell":
                continue
            merged = parse_range(element.get("ref", ""))
            if merged is None or len(self._facts.merged) == MOST_MERGED:
                raise Damage("its merged cells can't be read")
            self._facts.merged.append(merged)

    def _read_marks(self, elements: Sequence[Element]) -> None:
        for element in elements:
            if element.tag == _ROWS:
                self._tables += 1
            elif element.tag == f"{MAIN}autoFilter":
                self._facts.filter_range = parse_range(element.get("ref", ""))
        if self._tables > 1:
            raise Damage("it has two tables of cells")


def _parts_of(cell: Element, row: int, column: int) -> dict[str, list[Element]]:
    """The value, the formula and the text of a cell, at most one of each. Raises Damage."""
    if column >= EXCEL_COLUMNS:
        raise Damage(f"row {row} has too many cells")
    parts: dict[str, list[Element]] = {_VALUE: [], _FORMULA: [], _INLINE: []}
    for child in cell:
        if child.tag in parts:
            parts[child.tag].append(child)
        else:
            _refuse_misplaced(child)
    if any(len(found) > 1 for found in parts.values()) or any(map(len, parts[_VALUE])):
        raise Damage(f"the cell {column_letter(column)}{row} has more than one value")
    return parts


def _refuse_misplaced(element: Element) -> None:
    """Raise Damage for an element of ours where none may be, because nothing may be left out in silence."""
    if element.tag.startswith(MAIN) and element.tag != f"{MAIN}extLst":
        raise Damage(f"'{element.tag.removeprefix(MAIN)[:20]}' is in the wrong place")


def _next_column(before: Element | None, column: int, row: int) -> int:
    """The column of a cell without a reference: the one after the cell before it, which may be empty."""
    reference = None if before is None else before.get("r")
    return (column if reference is None else _far_column(reference, row)) + 1


def _far_column(reference: str, row: int) -> int:
    """The column of a reference that is not near, or in another form. Raises Damage for that of another row."""
    place = parse_cell_ref(reference)
    if place is None or place[0] != row:
        raise Damage(f"row {row} can't have a cell '{reference[:20]}'")
    return place[1]


class _NotedStyles(dict["str | None", "CellStyle | None"]):
    """The styles that change what a value means, by their number as text; None for all others."""

    def __init__(self, styles: Sequence[CellStyle]) -> None:
        super().__init__()
        self._styles = styles

    def __missing__(self, style: str | None) -> CellStyle | None:
        number = whole_number(style, 0)
        known = self._styles[number] if number < len(self._styles) else GENERAL
        noted = self[style] = known if known.is_struck or _may_mislead(known) else None
        return noted


_PARSERS: Mapping[str, Callable[[str], Cell]] = {"b": parse_truth, "e": parse_error, "d": parse_iso_date}


def _may_mislead(style: CellStyle) -> bool:
    """Whether what Excel shows must be compared with the value: all but plain numbers, and times to the minute."""
    return not style.number_format.is_plain and style.number_format.code not in USUAL_CODES


USUAL_CODES = frozenset(
    {"General", "h:mm", "hh:mm", "h:mm AM/PM", "hh:mm AM/PM", "h:mm:ss", "hh:mm:ss", "[h]:mm"}
)


def _is_hidden(element: Element, size: str) -> bool:
    """Whether a row or a column is hidden, by saying so or by having no size."""
    if element.get("hidden") in _TRUE:
        return True
    height = element.get(size)
    return height is not None and not height.strip("0.")
