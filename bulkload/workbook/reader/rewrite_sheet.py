"""A sheet that is not in plain form, written anew in plain form: its rows, and what stands around them.

Positions that were left out are filled in, and of a cell nothing remains but what counts.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from bulkload.workbook.reader.cell_refs import EXCEL_COLUMNS, EXCEL_ROWS, area_of, letter, place_of
from bulkload.workbook.reader.markup import MAIN
from bulkload.workbook.reader.plain import NUMBER
from bulkload.workbook.reader.rewrite import GUIDE, TEXT, Damage, escaped, text_element

if TYPE_CHECKING:
    from bulkload.workbook.reader.cell_refs import Area

MOST_MERGED = 100_000
"""Merged ranges of a sheet; the most that a sheet of a person holds is a few thousand."""


class SheetMarks:
    """What a sheet says around its cells: hidden columns and merged cells."""

    def __init__(self) -> None:
        self.hidden_columns: list[tuple[int, int]] = []
        """First and last column of each hidden group, 0 being A."""
        self.merged: list[Area] = []
        self.has_rows = False
        """Whether a row was seen among the marks."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element around the cells begins."""
        if name == f"{MAIN}mergeCell":
            area = area_of(attributes.get("ref", ""))
            if area is None or len(self.merged) == MOST_MERGED:
                raise Damage("its merged cells can't be read")
            self.merged.append(area)
        elif name == f"{MAIN}col":
            if _is_hidden(attributes, "width"):
                self.hidden_columns.append((_whole(attributes, "min") - 1, _whole(attributes, "max") - 1))
        elif name == _ROW:
            self.has_rows = True

    def text(self, data: str) -> None:
        """No text around the cells counts."""

    def end(self, name: str) -> None:
        """What ends was seen when it began."""


class CellsRewriter(SheetMarks):
    """A sheet's rows with every position written out, and of the cells nothing but what counts."""

    def __init__(self) -> None:
        super().__init__()
        self._written: list[str] = []
        self._row = 0
        self._row_is_hidden = False
        self._cells: list[str] = []
        self._column = -1
        self._cell: dict[str, str] = {}
        self._pieces: dict[str, list[str]] = {}
        self._reading: str | None = None
        self._in_guide = False

    def take(self) -> str:
        """``<row>`` elements."""
        written = "".join(self._written)
        self._written.clear()
        return written

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element of the sheet begins."""
        if name == _CELL:
            self._start_cell(attributes)
        elif name in (_VALUE, TEXT, _FORMULA):
            self._reading = None if self._in_guide else name
            self._pieces.setdefault(name, [])
            if name == _FORMULA and attributes.get("t") == "shared":
                self._cell["shared"] = attributes.get("si", "")
        elif name == GUIDE:
            self._in_guide = True
        elif name == _ROW:
            self._start_row(attributes)
        else:
            super().start(name, attributes)

    def text(self, data: str) -> None:
        """Characters, of which those of a value, a text or a formula count."""
        if self._reading is not None:
            self._pieces[self._reading].append(data)

    def end(self, name: str) -> None:
        """An element of the sheet ends."""
        if name == _CELL:
            self._end_cell()
        elif name in (_VALUE, TEXT, _FORMULA):
            self._reading = None
        elif name == GUIDE:
            self._in_guide = False
        elif name == _ROW:
            self._end_row()

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._row = _whole(attributes, "r", self._row + 1)
        if not 1 <= self._row <= EXCEL_ROWS:
            raise Damage(f"there is no row {self._row}")
        self._row_is_hidden = _is_hidden(attributes, "ht")
        self._cells.clear()
        self._column = -1

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = dict(attributes)
        self._pieces = {}
        if "r" in attributes:
            place = place_of(attributes["r"])
            if place is None or place[0] != self._row:
                raise Damage(f"there is no cell '{attributes['r'][:20]}' in row {self._row}")
            self._column = place[1]
        else:
            self._column += 1
        if self._column >= EXCEL_COLUMNS:
            raise Damage(f"row {self._row} has too many cells")

    def _end_cell(self) -> None:
        if not self._pieces:
            return
        pieces = {kind: "".join(texts) for kind, texts in self._pieces.items()}
        place = f"{letter(self._column)}{self._row}"
        kind = self._cell.get("t", "n")
        if TEXT in pieces and (kind == "inlineStr" or _VALUE not in pieces):
            kind, value = "inlineStr", f"<is>{text_element(pieces[TEXT])}</is>"
        else:
            kind, value = _value(place, kind, pieces.get(_VALUE))
        formula = ""
        if _FORMULA in pieces:
            shared = f' t="shared" si="{_whole(self._cell, "shared")}"' if "shared" in self._cell else ""
            formula = f"<f{shared}>{escaped(pieces[_FORMULA])}</f>"
        style = _whole(self._cell, "s", 0)
        self._cells.append(f'<c r="{place}" s="{style}" t="{kind}">{formula}{value}</c>')

    def _end_row(self) -> None:
        if self._cells:
            hidden = ' hidden="1"' if self._row_is_hidden else ""
            self._written.append(f'<row r="{self._row}"{hidden}>{"".join(self._cells)}</row>')
            self._cells.clear()


_CELL, _ROW, _VALUE, _FORMULA = f"{MAIN}c", f"{MAIN}row", f"{MAIN}v", f"{MAIN}f"
_PLAIN_NUMBER = re.compile(NUMBER.decode())
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
"""The numbers of XML schema, not-a-number and the infinite left out: no cell of a person holds these."""
_DATE = re.compile(r"[0-9TZ:.+-]+")
_TRUTHS = {"1": "1", "true": "1", "0": "0", "false": "0"}


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, by saying so or by having no size."""
    said = attributes.get("hidden") in ("1", "true", "on")
    return said or (size in attributes and not attributes[size].strip("0."))


def _value(place: str, kind: str, raw: str | None) -> tuple[str, str]:
    """The kind of a cell and its value element, empty where the cell holds no value."""
    if raw is None or (kind not in ("str", "inlineStr") and not raw.strip()):
        return ("n" if kind == "inlineStr" else kind), ""
    if kind == "inlineStr":
        return kind, f"<is>{text_element(raw)}</is>"
    written = escaped(raw) if kind == "str" else _written(kind, raw.strip())
    if written is None:
        raise Damage(f"the cell {place} holds '{raw.strip()[:20]}', which is no value of its kind")
    return kind, f"<v>{written}</v>"


def _written(kind: str, value: str) -> str | None:
    """The value in plain form; None where it is none of its kind."""
    match kind:
        case "s" if value.isascii() and value.isdigit() and len(value) < 10:
            return value
        case "b":
            return _TRUTHS.get(value)
        case "e" if value.startswith("#"):
            return escaped(value)
        case "n" if _NUMBER.fullmatch(value) and math.isfinite(float(value)):
            return value if _PLAIN_NUMBER.fullmatch(value) else repr(float(value))
        case "d" if _DATE.fullmatch(value):
            return value
        case _:
            return None


def _whole(attributes: dict[str, str], name: str, default: int | None = None) -> int:
    text = attributes.get(name)
    if text is None and default is not None:
        return default
    if text is None or not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Damage(f"'{(text or '')[:20]}' is no number of a row, a column or a format")
    return int(text)
