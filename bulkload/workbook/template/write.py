"""The template: a workbook that helps while one types, made from the column table.

The same bytes every time: the date of creation is fixed, and XlsxWriter fixes the dates inside the file.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from xlsxwriter import Workbook

from bulkload.workbook.template.examples import write_examples
from bulkload.workbook.template.grid import CAMPAIGNS, HOURS
from bulkload.workbook.template.instructions import write_instructions
from bulkload.workbook.template.lists import write_lists
from bulkload.workbook.template.shared_formulas import SharedFormulaSheet
from bulkload.workbook.template.sheet import set_widths, write_sheet
from bulkload.workbook.writer import atomic_write as durable
from bulkload.workbook.writer.styles import Formats

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bulkload.model import Cell

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  (Excel's properties know no zone)
"""The date of creation that stands in the file's properties."""

CAMPAIGNS_SUBTITLE = (
    "One row a campaign. * is always needed. Choose the dialing mode first: what it does not use turns grey. "
    "How to: sheet Instructions."
)
HOURS_SUBTITLE = (
    "One row a block of time. A name may have many rows and serve many campaigns; its time zone may stand on "
    "its first row alone."
)


def write_template(
    path: Path,
    *,
    campaigns: Sequence[Mapping[str, Cell]] = (),
    calling_hours: Sequence[Mapping[str, Cell]] = (),
) -> None:
    """Write the template, its first rows filled with these cells by heading, in place of what stands there.

    Raises OSError where the file can't be written, leaving no half file, and ValueError for more than 500 rows.
    """
    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True})
    workbook.worksheet_class = SharedFormulaSheet
    workbook.set_properties(
        {
            "title": "Campaigns for bulkload",
            "comments": "Fill in, then: bulkload check",
            "created": CREATED,
        }
    )
    workbook.set_size(1600, 900)
    formats = Formats(workbook)
    for grid, subtitle, rows in (
        (CAMPAIGNS, CAMPAIGNS_SUBTITLE, campaigns),
        (HOURS, HOURS_SUBTITLE, calling_hours),
    ):
        sheet = write_sheet(workbook, formats, grid, subtitle, rows)
        set_widths(sheet, formats, grid.columns)
    write_examples(workbook, formats)
    write_instructions(workbook, formats)
    write_lists(workbook, formats)
    workbook.close()
    durable.replace(path, content.getvalue())
