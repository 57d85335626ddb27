"""Numbers that stand where a name is meant and that Excel shows as something else than their digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import HoursName, ListedName, ListedNames, Text
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.cell_refs import in_words, letter
from bulkload.workbook.reader.number_formats import shown_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from bulkload.columns import Column
    from bulkload.model import Problem
    from bulkload.workbook.reader.headings import Layout
    from bulkload.workbook.reader.scan import Scan

_NAMES = (Text, ListedName, ListedNames, HoursName)
"""Kinds that take a whole number as its digits."""


def formatted_numbers(
    sheet: str, scan: Scan, layout: Layout, frame: pd.DataFrame, columns: Sequence[Column]
) -> Iterator[Problem]:
    """One warning for each column of names and each format in it, at the first cell that has it."""
    by_place = {
        layout.places[column.heading]: column for column in columns if column.heading in layout.places
    }
    for (place, code), rows in sorted(scan.styled.items()):
        column = by_place.get(place)
        if column is None or not isinstance(column.kind, _NAMES):
            continue
        cells = frame[column.heading]
        numbers = {row: cells[row] for row in rows if row in cells.index and _is_whole(cells[row])}
        if numbers:
            first, number = next(iter(numbers.items()))
            yield complaints.FORMATTED_NUMBER.problem(
                sheet=sheet,
                row=first,
                column=letter(place),
                heading=column.heading,
                value=in_words(numbers, letter(place)),
                cell=f"{letter(place)}{first}",
                number=f"{number}",
                shown=shown_in(code, number),
            )


def _is_whole(cell: object) -> bool:
    return isinstance(cell, int) and not isinstance(cell, bool)
