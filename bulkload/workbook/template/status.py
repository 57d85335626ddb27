"""The live columns Status and What to fix, as defined names made from the column table.

What to fix is the one judgement; Status and the marks in the cells follow from its words, so they can't say
different things. It reads like this::

    Missing: Queue, Max skips; Caller ID has no + and country code; Check Description: it repeats the name

Advice begins with ``Check`` and stops nothing. The reader skips these columns: it never believes them.

Each piece is a defined name, so a formula of 8,000 characters is in the file once and not in every row. Formulas
that are shared by many cells would do the same, but XlsxWriter has no public way to write them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.columns import (
    CAMPAIGNS_SHEET,
    TimeZone,
)
from bulkload.model import DialingMode
from bulkload.workbook.template.formula_parts import (
    is_empty,
    names_one_of,
    quoted,
    substituted,
    trimmed,
)
from bulkload.workbook.template.formulas import (
    FIX_SIGN,
    READY_SIGN,
    caller_text,
    is_no,
    is_without_value,
    says,
    what_is_wrong,
)
from bulkload.workbook.template.grid import WHAT_TO_FIX
from bulkload.workbook.template.hours_formulas import (
    CALLER_TEXT,
    Helper,
    hours_expressions,
)
from bulkload.workbook.template.row_formulas import (
    ADVICE,
    AFTER_KEYS,
    CAMPAIGN_KEY,
    DNC_KEY,
    across_campaigns,
    across_hours,
    has_dnc_keys,
    no_zone_elsewhere,
    not_in_account,
)
from bulkload.workbook.writer.cell_formats import always_needed, needed_modes, used_modes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bulkload.columns import Column
    from bulkload.workbook.template.grid import Grid

LEFT_OUT_SIGN = "○ Not sent"
"""Status of a row that Send leaves out."""

SHOWS_ERROR = "A cell of this row shows an error, such as #N/A: type the value itself"

STILL_FAULTY = "is as it was: point at the cell to read why it is wrong"

LONGEST_WHAT_TO_FIX = 900
"""Characters; a dozen complaints."""

CAMPAIGN_COMPLAINTS = AFTER_KEYS
MOST_PIECES = 4
"""Helper columns at most in which the complaints of one sheet are put together."""
COMPLAINTS = "complaints"
NOTHING = "."
"""Every helper cell with complaints begins with this: LibreOffice takes an empty result in a file for none, and would
work out ten thousand rows when it opens the file."""
HOURS_COMPLAINTS = CAMPAIGN_COMPLAINTS + MOST_PIECES
FIRST_GIVEN = HOURS_COMPLAINTS + MOST_PIECES
"""Index of the first column for cells as they were given; see ``Given``."""
LONGEST_PIECE = 12_000
"""Characters of the expressions in one helper cell: LibreOffice takes 8,192 words and signs in a formula, with the
names written out."""


@dataclass(frozen=True, slots=True)
class Given:
    """Helper columns with faulty cells as they were: unchanged, they are still faulty.

    A sheet can't judge everything that ``check`` judges. In the results workbook such a cell keeps its row at Fix
    until it is changed.
    """

    first: int
    """Index of the first column: headings and values take turns."""
    most: int = 3
    """Cells of a row that are remembered."""

    def places(self) -> Iterator[tuple[Helper, Helper]]:
        """For each remembered cell: the helper with its column's number in the sheet, the helper with its value."""
        for place in range(self.most):
            column = self.first + 2 * place
            yield Helper(f"given_column_{place + 1}", column), Helper(f"given_value_{place + 1}", column + 1)


CAMPAIGNS_GIVEN = Given(FIRST_GIVEN)
HOURS_GIVEN = Given(FIRST_GIVEN + 6)


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One row of a live sheet, as formulas see it."""

    grid: Grid
    hours: Grid
    """The sheet Calling hours of the same workbook."""
    given: Given | None = None
    """Faulty cells as they were given; None in a template."""
    known: Mapping[str, str] = field(default_factory=dict)
    """By heading, the span of the names that the account has; empty where no account was asked."""

    @property
    def is_campaign(self) -> bool:
        """Whether the row is one of the sheet Campaigns."""
        return self.grid.sheet == CAMPAIGNS_SHEET

    @property
    def status(self) -> str:
        """The formula of Status: a sign and a word, or nothing where the row is empty."""
        fix = self.grid.cell(WHAT_TO_FIX)
        is_fine = f'OR({fix}="",LEFT({fix},{len(ADVICE)})={quoted(ADVICE)})'
        signs = f"IF({is_fine},{quoted(READY_SIGN)},{quoted(FIX_SIGN)})"
        if self.is_left_out:
            signs = f"IF({self.is_left_out},{quoted(LEFT_OUT_SIGN)},{signs})"
        return f'IF({self.is_touched},{signs},"")'

    @property
    def what_to_fix(self) -> str:
        """The formula of What to fix."""
        complaints = self.complaints + "".join(f"&{name}" for name in self._unchanged_names)
        words = f"IFERROR(MID({complaints},3,{LONGEST_WHAT_TO_FIX}),{quoted(SHOWS_ERROR)})"
        if self.is_left_out:
            words = f'IF({self.is_left_out},"",{words})'
        return f'IF({self.is_touched},{words},"")'

    @property
    def complaints(self) -> str:
        """All complaints about the row, each beginning with ``; ``."""
        return "&".join(f"MID({piece.here},{len(NOTHING) + 1},9999)" for piece, _ in self._pieces())

    def helpers(self) -> Iterator[tuple[Helper, str]]:
        """Every helper column of this sheet with its expression."""
        if self.is_campaign:
            key = trimmed(self.grid.cell("Campaign name"))
            yield CAMPAIGN_KEY, f'IF({self.is_left_out},"",{key})' if self.is_left_out else key
            if has_dnc_keys(self.grid):
                # A cell of separators alone names no list.
                dnc_list = substituted(self.grid.cell("DNC list"), (";",), " ")
                yield DNC_KEY, f"LOWER({trimmed(dnc_list)})"
            caller = self.grid.cell("Caller ID")
            yield CALLER_TEXT, f'IF(ISNUMBER({caller}),"",{caller_text(caller)})'
        else:
            yield from hours_expressions(self.hours)
        yield from self._pieces()

    def _pieces(self) -> Iterator[tuple[Helper, str]]:
        """The complaints in helper cells that are short enough."""
        missing = "&".join(self._missing_names)
        # The last name listed brings a comma too many.
        listed = f'IF(LEN({missing})=0,"","; Missing: "&LEFT({missing},LEN({missing})-2))'
        expressions = dict(self._judgements())
        groups, room = (
            [[listed]],
            LONGEST_PIECE - sum(len(text) for name, text in expressions.items() if "_missing_" in name),
        )
        for name in (*self._wrong_names, *self._across_names):
            if room < len(expressions[name]):
                groups.append([])
                room = LONGEST_PIECE
            groups[-1].append(name)
            room -= len(expressions[name])
        first = CAMPAIGN_COMPLAINTS if self.is_campaign else HOURS_COMPLAINTS
        assert len(groups) <= MOST_PIECES, "the helper columns of another sheet are next"
        for number, group in enumerate(groups, start=1):
            yield Helper(f"{COMPLAINTS}_{number}", first + number - 1), "&".join((quoted(NOTHING), *group))

    def _judgements(self) -> Iterator[tuple[str, str]]:
        for column in self.grid.columns:
            yield from self._names_of(column)
        yield from zip(self._across_names, self._across(), strict=True)

    def names(self) -> Iterator[tuple[str, str]]:
        """Every defined name of this sheet with its expression, but those of the helper columns."""
        yield from self._judgements()
        yield from zip(self._unchanged_names, self._unchanged(), strict=True)
        if self.is_left_out:
            yield self.name("left_out"), self.is_left_out
        yield self.name("touched"), self.is_touched
        yield self.name("what_to_fix"), self.what_to_fix
        yield self.name("status"), self.status

    def _names_of(self, column: Column) -> Iterator[tuple[str, str]]:
        if missing := self.is_missing(column):
            yield self.name("missing", column.field), missing
        if unused := self.is_unused(column):
            yield self.name("unused", column.field), unused
        wrong = self._wrong(column)
        if wrong != '""':
            yield self.name("wrong", column.field), wrong
        yield self.name("marked", column.field), self.is_marked(column)

    def name(self, *words: str) -> str:
        """The defined name of something about a row."""
        return self.grid.name(*words)

    @property
    def is_touched(self) -> str:
        """Whether the user has filled in a cell of the row."""
        return f"COUNTA({self.grid.filled_in()})>0"

    @property
    def is_left_out(self) -> str | None:
        """Whether Send leaves the row out; None on a sheet without that column."""
        if "Send" not in self.grid.headings:
            return None
        return is_no(self.grid.cell("Send"))

    def is_missing(self, column: Column) -> str | None:
        """Whether the column is needed and its cell empty; None where it is never needed."""
        empty = is_without_value(column, self.grid.cell(column.heading))
        if isinstance(column.kind, TimeZone):
            return f"AND({empty},{no_zone_elsewhere(self.grid)})"
        if always_needed(column):
            return empty
        modes = needed_modes(column)
        return f"AND({empty},{self._mode_is(modes)})" if modes else None

    def is_unused(self, column: Column) -> str | None:
        """Whether the row's mode has no use for the column; None where every mode has one."""
        unused = [mode for mode in DialingMode if mode not in used_modes(column)]
        return self._mode_is(unused) if unused else None

    def is_marked(self, column: Column) -> str:
        """Whether What to fix complains about the column's cell, or gives advice on it."""
        cell, fix = self.grid.cell(column.heading), self.grid.cell(WHAT_TO_FIX)
        complaint = f'FIND({quoted(f"; {column.heading} ")},"; "&{fix})'
        advice = f"FIND({quoted(f'{ADVICE} {column.heading}:')},{fix})"
        return f"IF(ISERROR({cell}),TRUE,AND(LEN({cell})>0,OR(ISNUMBER({complaint}),ISNUMBER({advice}))))"

    def _mode_is(self, modes: Sequence[DialingMode]) -> str:
        return names_one_of(self.grid.cell("Dialing mode"), modes)

    @property
    def _missing_names(self) -> list[str]:
        return [
            f'IF({self.name("missing", column.field)},{quoted(f"{column.heading}, ")},"")'
            for column in self.grid.columns
            if self.is_missing(column)
        ]

    @property
    def _wrong_names(self) -> list[str]:
        return [
            self.name("wrong", column.field) for column in self.grid.columns if self._wrong(column) != '""'
        ]

    def _wrong(self, column: Column) -> str:
        cell = self.grid.cell(column.heading)
        wrong = what_is_wrong(column, cell, self.hours)
        unused = self.is_unused(column)
        if unused:
            mode = self.grid.cell("Dialing mode")
            words = f'{says(column, "is not used with ")}&PROPER({trimmed(mode)})&": leave it empty"'
            wrong = f"IF({unused},{words},{wrong})"
        return wrong if wrong == '""' else f'IF({is_empty(cell)},"",{wrong})'

    @property
    def _across_names(self) -> list[str]:
        return [self.name("across", str(place)) for place, _ in enumerate(self._across(), start=1)]

    def _across(self) -> list[str]:
        """What cells say together."""
        if not self.is_campaign:
            return across_hours(self.grid)
        return [*across_campaigns(self.grid), *not_in_account(self.grid, self.known)]

    @property
    def _unchanged_names(self) -> list[str]:
        places = self.given.places() if self.given else ()
        return [self.name("unchanged", str(number)) for number, _ in enumerate(places, start=1)]

    def _unchanged(self) -> Iterator[str]:
        """Complaints about cells that are as they were when they were found faulty, and have no other complaint."""
        if self.given is None:
            return
        for column, value in self.given.places():
            number = f"MAX(1,{column.here})"
            cell = f"INDEX({self.grid.row_of_formula()},1,{number})"
            heading = f"INDEX({self.grid.heading_row()},1,{number})"
            equal = f'IFERROR(EXACT({cell}&"",{value.here}&""),FALSE)'
            same = f"IF(ISERROR({value.here}),ISERROR({cell}),{equal})"
            plain = f'SUBSTITUTE({heading}," *","")'
            is_known = f"ISNUMBER(FIND({plain},{self.complaints}))"
            words = f'"; "&{plain}&{quoted(f" {STILL_FAULTY}")}'
            yield f'IF(N({column.here})=0,"",IF(OR({is_known},NOT({same})),"",{words}))'
