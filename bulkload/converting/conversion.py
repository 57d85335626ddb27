"""What a conversion did: the files, the marked cells, the columns not used, five rows before and after."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bulkload.errors import EVERY_ROW_AS_WANTED, ROWS_NEED_A_PERSON
from bulkload.messages import plain_marks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from bulkload.messages import Marks, Message

CELLS_NAMED = 5
"""Cells of one kind that are named in words; the JSON document has all."""


@dataclass(frozen=True, slots=True)
class MarkedCells:
    """Cells of one column of our workbook that are marked for the same reason."""

    sheet: str
    heading: str
    explanation: Message
    is_empty: bool
    """Whether a person must fill them in; otherwise they were filled in from the map."""
    cells: tuple[str, ...]
    """Cell references in the new workbook."""

    @property
    def cells_in_words(self) -> str:
        """``D5, D6 and 12 more``."""
        named, more = self.cells[:CELLS_NAMED], len(self.cells) - CELLS_NAMED
        return ", ".join(named) + (f" and {more:,} more" if more > 0 else "")


@dataclass(frozen=True, slots=True)
class Sample:
    """One row before and after."""

    row: int
    """Its number in their list."""
    before: Mapping[str, str]
    """Their used values by their heading."""
    after: Mapping[str, str]
    """Our values by our heading."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """The outcome of one conversion."""

    source: Path
    workbook: Path
    """The new workbook."""
    rows: int
    """Campaigns in it."""
    map_file: Path | None = None
    """The map that was used; None for a workbook of ours."""
    is_draft: bool = False
    """Whether the map was drafted now, so that a person must look at it."""
    marked: tuple[MarkedCells, ...] = ()
    unused: tuple[str, ...] = ()
    """Their columns that the map does not use."""
    other_sheets: tuple[str, ...] = ()
    """Visible sheets with content that were not read."""
    left_out: tuple[int, ...] = ()
    """Rows of their list that got Send = No, because they are crossed out or hidden."""
    samples: tuple[Sample, ...] = field(default=(), repr=False)

    @property
    def empty_cells(self) -> int:
        """Cells that a person must fill in."""
        return sum(len(one.cells) for one in self.marked if one.is_empty)

    @property
    def filled_in_cells(self) -> int:
        """Cells whose value is from the map."""
        return sum(len(one.cells) for one in self.marked if not one.is_empty)

    @property
    def exit_status(self) -> int:
        """0: all is filled; 1: some cells are empty and marked."""
        return ROWS_NEED_A_PERSON if self.empty_cells else EVERY_ROW_AS_WANTED

    def to_json(self, marks: Marks = plain_marks) -> dict[str, Any]:
        """The document of ``--json``."""
        return {
            "source": str(self.source),
            "workbook": str(self.workbook),
            "map": str(self.map_file) if self.map_file else None,
            "map_is_draft": self.is_draft,
            "exit_status": self.exit_status,
            "summary": {
                "rows": self.rows,
                "empty_cells": self.empty_cells,
                "filled_in_cells": self.filled_in_cells,
                "left_out": len(self.left_out),
            },
            "marked": [_marked_json(one, marks) for one in self.marked],
            "unused": list(self.unused),
            "other_sheets": list(self.other_sheets),
            "left_out": list(self.left_out),
            "rows": [
                {"row": one.row, "before": dict(one.before), "after": dict(one.after)} for one in self.samples
            ],
        }


def _marked_json(one: MarkedCells, marks: Marks) -> dict[str, Any]:
    message, fix = one.explanation.render(marks)
    return {
        "code": one.explanation.code,
        "sheet": one.sheet,
        "heading": one.heading,
        "is_empty": one.is_empty,
        "cells": list(one.cells),
        "message": message,
        "fix": fix,
    }


def report_lines(conversion: Conversion) -> Iterator[tuple[str, ...]]:
    """The sheet of the new workbook that says how it was made."""
    yield ("Made from", str(conversion.source.name))
    yield ("Rows", str(conversion.rows))
    yield ("Columns not used", ", ".join(conversion.unused) or "none")
    if conversion.other_sheets:
        yield ("Sheets not read", ", ".join(conversion.other_sheets))
    yield ()
    yield ("Marked", "Heading", "Cells", "Why", "What to do")
    for one in conversion.marked:
        text, fix = one.explanation.render(plain_marks)
        yield ("empty" if one.is_empty else "filled in", one.heading, one.cells_in_words, text, fix)
    yield ()
    for sample in conversion.samples:
        yield (f"Row {sample.row} before", *(f"{name}: {value}" for name, value in sample.before.items()))
        yield (f"Row {sample.row} after", *(f"{name}: {value}" for name, value in sample.after.items()))
