"""The layout of a sheet: the heading row is found by its words, never by its position.

Headings are compared folded (case, spaces, stars, line breaks and invisible characters do not count) with the
headings and aliases of ``columns``. What is doubled, missing or nearly right is said all at once.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING

from bulkload.columns import EYE_ONLY_HEADINGS, RESULT_HEADINGS
from bulkload.model import ErrorCell, UncalculatedCell
from bulkload.text import and_list
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.cell_refs import column_letter

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from bulkload.columns import Column
    from bulkload.model import Cell, Problem

ROWS_SEARCHED = 20
"""Rows in which the headings are looked for; instructions may be above them."""

LEAST_HEADINGS = 2
"""A row with a single known word may be a title: ``Calling hours`` is both a sheet's title and a heading."""

CLOSE_AND_MISSING = 0.8
"""Likeness (difflib's ratio) from which an unknown heading is taken for a slip, its column being absent."""

CLOSE_AND_PRESENT = 0.9
"""The same where the sheet has that column too, so that ``Campaign owner`` is accepted next to ``Campaign name``."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a sheet holds what."""

    heading_row: int
    """The Excel row (1 is the first)."""
    places: Mapping[str, int]
    """Index of the column (0 is A) for each column to be kept: known headings first, then the user's own."""
    own: tuple[str, ...]
    """The user's own headings among them."""
    problems: tuple[Problem, ...]
    """Errors and warnings of the headings; with an error among them the sheet can't be read."""
    display_only: frozenset[int] = frozenset()
    """Indexes of the columns that the template or the results workbook adds: skipped, never believed."""
    is_results: bool = False
    """Whether the headings are those of a results workbook of ours."""

    @property
    def row_columns(self) -> tuple[int, ...]:
        """Indexes of the columns in which content makes a row.

        A column Status without What to fix is not one: people delete half of the template's live columns, and the
        other half is then five hundred formulas without a campaign.
        """
        return tuple(index for heading, index in self.places.items() if fold(heading) not in DISPLAY_ONLY)


def fold(text: str) -> str:
    """The same for two headings that differ only in case, spaces, stars, line breaks, invisible characters."""
    if text.isascii():  # as nearly all are: decided in a tenth of the time, with the same result
        return "".join(text.lower().replace("*", "").split())
    compatible = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        character
        for character in compatible
        if character != "*" and not character.isspace() and unicodedata.category(character) != "Cf"
    )


def find_headings(sheet: str, rows: Sequence[Sequence[Cell]], columns: Sequence[Column]) -> Layout | Problem:
    """The layout of a sheet whose first rows these are, or why there is none.

    ``rows`` begin at Excel row 1; more than the first 20 are not looked at.
    """
    names = _names(columns)
    scores = [
        len({names[key] for key in map(fold, _texts(row)) if key in names}) for row in rows[:ROWS_SEARCHED]
    ]
    best = max(scores, default=0)
    if best < LEAST_HEADINGS:
        return messages.NO_HEADING_ROW.problem(
            sheet=sheet, searched=ROWS_SEARCHED, headings=and_list(_needed(columns))
        )
    heading_row = scores.index(best) + 1
    return _Headings(sheet, heading_row, rows[heading_row - 1], columns).layout()


def with_nameless_columns(layout: Layout, columns: Sequence[int]) -> tuple[Layout, Mapping[str, int]]:
    """The layout with a label such as ``Column H`` for each of these columns without a heading; and the labels."""
    labels: dict[str, int] = {}
    for index in columns:
        labels[free(f"Column {column_letter(index)}", {*layout.places, *labels})] = index
    return replace(layout, places={**layout.places, **labels}, own=(*layout.own, *labels)), labels


_OF_HOURS = (EYE_ONLY_HEADINGS[-1], RESULT_HEADINGS[-1])

_SETS = tuple(frozenset(map(fold, headings)) for headings in (EYE_ONLY_HEADINGS, RESULT_HEADINGS, _OF_HOURS))
"""What the template adds to its sheets, and what the results add to each of theirs."""

_RESULTS = _SETS[1]
DISPLAY_ONLY = frozenset().union(*_SETS)
"""All of them, folded."""


@dataclass(frozen=True, slots=True)
class _Headings:
    """The cells of the heading row, judged."""

    sheet: str
    row: int
    cells: Sequence[Cell]
    columns: Sequence[Column]

    def layout(self) -> Layout:
        names = _names(self.columns)
        display_only = self._display_only()
        found: dict[str, list[int]] = defaultdict(list)
        own: dict[str, int] = {}
        for index, text in enumerate(_texts(self.cells)):
            key = fold(text)
            if key in names:
                found[names[key]].append(index)
            elif key and index not in display_only:
                own[self._label(text, index, own, names)] = index
        ordered = [column.heading for column in self.columns if column.heading in found]
        places = {heading: found[heading][0] for heading in ordered} | own
        close = tuple(self._close(found, own))
        asked_about = {problem.heading for problem in close}
        missing = [heading for heading in _needed(self.columns) if heading not in {*found, *asked_about}]
        problems = (*self._doubled(found), *self._missing(missing), *close)
        is_results = {fold(_text(self.cells[index])) for index in display_only} >= _RESULTS
        return Layout(self.row, places, tuple(own), problems, display_only, is_results=is_results)

    def _display_only(self) -> frozenset[int]:
        """The columns of each set that is here as a whole; without the others, such a heading is the user's own.

        Of two that are equal the second is the user's, because the results put the user's columns last.
        """
        first: dict[str, int] = {}
        for index, text in enumerate(_texts(self.cells)):
            first.setdefault(fold(text), index)
        whole = [headings for headings in _SETS if headings <= first.keys()]
        return frozenset(first[key] for headings in whole for key in headings)

    def _label(self, text: str, index: int, own: Mapping[str, int], names: Mapping[str, str]) -> str:
        label = " ".join(text.split())
        if label in own or label in names.values():
            return free(f"{label} (column {column_letter(index)})", own)
        return label

    def _doubled(self, found: Mapping[str, list[int]]) -> Iterator[Problem]:
        for heading, indexes in found.items():
            if len(indexes) > 1:
                yield messages.DOUBLED_HEADING.problem(
                    sheet=self.sheet,
                    row=self.row,
                    column=column_letter(indexes[1]),
                    heading=heading,
                    value=_text(self.cells[indexes[1]]),
                    cells=and_list([f"{column_letter(index)}{self.row}" for index in indexes]),
                )

    def _missing(self, missing: Sequence[str]) -> Iterator[Problem]:
        if missing:
            yield messages.MISSING_HEADINGS.problem(
                sheet=self.sheet,
                row=self.row,
                headings=and_list(missing),
                heading_row=self.row,
                **messages.headings(len(missing)),
            )

    def _close(self, found: Mapping[str, list[int]], own: Mapping[str, int]) -> Iterator[Problem]:
        names = _names(self.columns)
        absent = {key: heading for key, heading in names.items() if heading not in found}
        for label, index in own.items():
            text = _text(self.cells[index])
            close = get_close_matches(fold(text), absent, 1, CLOSE_AND_MISSING) or get_close_matches(
                fold(text), names, 1, CLOSE_AND_PRESENT
            )
            if close:
                yield messages.CLOSE_HEADING.problem(
                    sheet=self.sheet,
                    row=self.row,
                    column=column_letter(index),
                    heading=names[close[0]],
                    value=label,
                    known=names[close[0]],
                    proposals=(names[close[0]],),
                )


def _names(columns: Sequence[Column]) -> dict[str, str]:
    """The heading for each folded heading and alias."""
    return {fold(name): column.heading for column in columns for name in (*column.aliases, column.heading)}


def _needed(columns: Sequence[Column]) -> list[str]:
    return [column.heading for column in columns if column.always_needed]


def free(label: str, taken: Container[str]) -> str:
    """The label, with primes behind it while it is taken."""
    while label in taken:
        label += "'"
    return label


def _texts(cells: Sequence[Cell]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, ErrorCell):
        return cell.text
    if isinstance(cell, UncalculatedCell):
        return f"={cell.formula}"
    return str(cell)
