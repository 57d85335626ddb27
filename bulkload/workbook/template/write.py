"""The template: a workbook that helps while one types, made from the column table.

The same bytes every time: the date of creation is fixed, and XlsxWriter fixes the dates inside the file.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from bulkload.workbook.template.account_names import write_account_names
from bulkload.workbook.template.examples import write_examples
from bulkload.workbook.template.grid import PREPARED_ROWS, campaigns_grid, hours_grid
from bulkload.workbook.template.instructions import write_instructions
from bulkload.workbook.template.lists import Lists
from bulkload.workbook.template.sheet import write_sheet
from bulkload.workbook.template.status import LiveRow
from bulkload.workbook.template.validation import add_help
from bulkload.workbook.writer import atomic_write
from bulkload.workbook.writer.styles import Formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bulkload.model import AccountIdentity, Cell
    from bulkload.workbook.template.account_names import NamesInUse

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  (Excel's properties know no zone)
"""The date of creation in the file's properties."""

CAMPAIGNS_HINT = (
    "One row per campaign. * is always needed. Choose the dialing mode first: what it does not use turns grey. "
    "The last column says what to fix."
)
HOURS_HINT = (
    "One row per block of time. A name may have many rows and serve many campaigns. Its time zone is needed on its "
    "first row only."
)


def write_template(
    path: Path,
    *,
    campaigns: Sequence[Mapping[str, Cell]] = (),
    calling_hours: Sequence[Mapping[str, Cell]] = (),
    account: AccountIdentity | None = None,
    names: NamesInUse | None = None,
) -> None:
    """Write the template, its first rows filled with these cells by heading. Replaces a file of that name.

    ``account`` binds the workbook to an account; ``names`` are offered in the dropdowns. More rows are prepared
    than 500 where more are given. Raises OSError where the file can't be written, leaving no half file.
    """
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    properties = {"title": "Campaigns for bulkload", "comments": "Fill in, then check", "created": CREATED}
    workbook.set_properties(properties)
    workbook.set_size(1600, 900)
    formats = Formats(workbook)
    hours = hours_grid(max(PREPARED_ROWS, len(calling_hours)))
    live = [LiveRow(grid, hours) for grid in (campaigns_grid(max(PREPARED_ROWS, len(campaigns))), hours)]
    write_instructions(workbook, formats)
    given = ((CAMPAIGNS_HINT, campaigns), (HOURS_HINT, calling_hours))
    sheets = [
        write_sheet(workbook, formats, row, hint, rows, account)
        for row, (hint, rows) in zip(live, given, strict=True)
    ]
    write_examples(workbook, formats)
    if names:
        write_account_names(workbook, formats, names)
    lists = Lists(workbook, formats)
    lists.write_choices()
    lists.write_hours_choices(hours)
    sources = names.write_sources(lists) if names else {}
    for sheet, row in zip(sheets, live, strict=True):
        lists.write_live(replace(row, known=sources) if row.is_campaign else row)
        add_help(sheet, formats, row, sources if row.is_campaign else {})
    workbook.close()
    atomic_write.replace(path, content.getvalue())
