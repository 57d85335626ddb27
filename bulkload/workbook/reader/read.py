"""A person's workbook becomes two sheets of untouched cells, or an error that says why it can't be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS
from bulkload.errors import refusal, workbook_refused
from bulkload.model import Hidden, Sheet, Workbook
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.account_row import read_account
from bulkload.workbook.reader.cell_refs import letter
from bulkload.workbook.reader.cells import Unequal, read_cells
from bulkload.workbook.reader.inspect import MOST_CAMPAIGNS, inspect, too_many_campaigns
from bulkload.workbook.reader.table import Table, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    import numpy.typing as npt

    from bulkload.model import Problem
    from bulkload.workbook.reader.file import File
    from bulkload.workbook.reader.inspect import Inspection


def read(path: Path, *, hidden: Hidden = Hidden.REFUSE, content: bytes | None = None) -> Workbook:
    """The two sheets of the workbook, cells untouched, and the warnings about the file.

    ``content`` is the file's content where it is at hand already; ``path`` then only names it.

    Raises WorkbookError, naming everything that is wrong at once, where the file can't be used.
    """
    found = inspect(path, content)
    cells = _cells(found)
    campaigns = table_of(found.names[0], found.campaigns, cells[0], CAMPAIGN_COLUMNS, hidden)
    hours = table_of(found.names[1], found.calling_hours, cells[1], HOURS_COLUMNS, hidden)
    errors = [problem for table in (campaigns, hours) for problem in _problems(table) if problem.is_error]
    if isinstance(campaigns, Table):
        errors += _miscounted(found.names[0], campaigns)
        above = cells[0][: campaigns.layout.heading_row - 1].tolist()
        account, incomplete = read_account(found.names[0], enumerate(above, start=1))
        errors += incomplete
    if errors or not isinstance(campaigns, Table) or not isinstance(hours, Table):
        raise workbook_refused(errors)
    return Workbook(
        campaigns=_sheet(found.file, found.names[0], campaigns),
        calling_hours=_sheet(found.file, found.names[1], hours),
        account=account,
        content=found.file.content,
        problems=(*found.problems, *campaigns.problems, *hours.problems),
    )


def _cells(found: Inspection) -> list[npt.NDArray[Any]]:
    try:
        return read_cells(
            [found.campaigns, found.calling_hours],
            found.strings.elements,
            found.book.styles,
            starts_1904=found.book.starts_1904,
        )
    except Unequal as error:
        raise refusal(
            complaints.DAMAGED,
            value=found.file.path.name,
            what="a cell stands there twice, or refers to a text that is missing",
        ) from error


def _problems(table: Table | tuple[Problem, ...]) -> tuple[Problem, ...]:
    return table.problems if isinstance(table, Table) else table


def _miscounted(sheet: str, campaigns: Table) -> Iterator[Problem]:
    """Too many campaigns, or none."""
    count = len(campaigns.frame)
    if count > MOST_CAMPAIGNS:
        yield too_many_campaigns(sheet, count)
    if count == 0:
        yield complaints.NO_CAMPAIGNS.problem(sheet=sheet, heading_row=campaigns.layout.heading_row)


def _sheet(file: File, name: str, table: Table) -> Sheet:
    letters = {heading: letter(column) for heading, column in table.layout.places.items()}
    return Sheet(file.path, file.sha256, name, table.layout.heading_row, table.frame, letters)
