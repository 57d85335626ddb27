"""The account that a workbook names above its headings: ``Account | acme | platform.kore.ai | st-... | 6777...``.

The word may be in any column, because the workbooks that we write freeze their first columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.model import AccountBinding
from bulkload.text import and_list
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.headings import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bulkload.model import Cell, Problem

LABEL = "Account"
_NAMES = ("host", "application", "account id")


def read_account(
    sheet: str, rows: Iterable[tuple[int, Sequence[Cell]]]
) -> tuple[AccountBinding | None, tuple[Problem, ...]]:
    """The account in the first of these rows that names one, by Excel row above the headings.

    An incomplete one is a problem: to ignore it could send the campaigns to another account.
    """
    for row, cells in rows:
        for column, cell in enumerate(cells):
            if not isinstance(cell, str) or fold(cell) != fold(LABEL):
                continue
            name, *rest = (_text(cells, column + offset) for offset in range(1, 5))
            if any(rest):  # otherwise a word of instructions
                return _binding(sheet, row, name, rest)
    return None, ()


def _binding(
    sheet: str, row: int, name: str, rest: Sequence[str]
) -> tuple[AccountBinding | None, tuple[Problem, ...]]:
    missing = [word for word, value in zip(_NAMES, rest, strict=True) if not value]
    if missing:
        problem = messages.INCOMPLETE_ACCOUNT.problem(sheet=sheet, row=row, missing=and_list(missing), at=row)
        return None, (problem,)
    host, application, account_id = rest
    return AccountBinding(name or None, host, application, account_id), ()


def _text(cells: Sequence[Cell], column: int) -> str:
    """The text of a cell; a number is not one, because Excel may have changed it."""
    cell = cells[column] if column < len(cells) else None
    return cell.strip() if isinstance(cell, str) else ""
