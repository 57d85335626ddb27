"""What the template writes, and a person fills in, is read: its live columns and example rows are not."""

from __future__ import annotations

import pytest
from support.workbooks.workbook_files import (
    CAMPAIGNS,
    HOURS,
    HOURS_HEADINGS,
    in_order,
    libreoffice_file,
)

from bulkload.columns import CAMPAIGN_COLUMNS
from bulkload.errors import WorkbookError
from bulkload.workbook.reader.read import read
from bulkload.workbook.template.write import write_template

CAMPAIGN_HEADINGS = [column.heading for column in CAMPAIGN_COLUMNS]


@pytest.mark.parametrize("program", ["the template itself", "LibreOffice"])
def test_a_filled_template_is_read_as_it_was_filled_in(tmp_path, program):
    path = tmp_path / "campaigns.xlsx"
    write_template(path, campaigns=CAMPAIGNS, calling_hours=HOURS)
    if program == "LibreOffice":
        path = libreoffice_file(tmp_path / "saved.xlsx", path)

    book = read(path)

    assert book.problems == ()
    assert list(book.campaigns.frame.columns) == CAMPAIGN_HEADINGS
    assert book.campaigns.frame.to_numpy().tolist() == in_order(CAMPAIGN_HEADINGS, CAMPAIGNS)
    assert book.calling_hours.frame.to_numpy().tolist() == in_order(HOURS_HEADINGS, HOURS)


def test_an_empty_template_has_no_campaigns(tmp_path):
    path = tmp_path / "campaigns.xlsx"
    write_template(path)

    with pytest.raises(WorkbookError, match='The sheet "Campaigns" has no campaigns'):
        read(path)
