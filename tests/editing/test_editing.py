"""Cells of a checked workbook are changed, judged at once, and written into the person's own file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulkload.checking import check
from bulkload.editing import CAMPAIGNS, HOURS, CellEdit, EditedWorkbook
from bulkload.errors import UsageError
from bulkload.model import ApiVersion

SAMPLES = Path(__file__).parents[2] / "samples"


def edited(name: str = "mistakes.xlsx") -> EditedWorkbook:
    path = SAMPLES / name
    return EditedWorkbook(name, path.read_bytes(), check(path, version=ApiVersion.V2))


def queue(row: int, value: str) -> CellEdit:
    return CellEdit(CAMPAIGNS, row, "Queue", value)


def problems(workbook: EditedWorkbook, row: int) -> list[str]:
    found = workbook.checked.validation.problems
    sheet = workbook.checked.workbook.campaigns.name
    return [problem.code for problem in found if problem.row == row and problem.sheet == sheet]


def checked_again(workbook: EditedWorkbook) -> EditedWorkbook:
    content = workbook.file()
    return EditedWorkbook(
        workbook.name, content, check(Path(workbook.name), version=ApiVersion.V2, content=content)
    )


def test_a_right_value_makes_the_row_ready() -> None:
    workbook = edited()
    assert problems(workbook, 6) == ["queue-excel-error"]
    workbook.edit([queue(6, "Collections EN")])
    assert problems(workbook, 6) == []
    assert 6 in {campaign.row for campaign in workbook.checked.validation.campaigns}


def test_a_wrong_value_stays_and_is_judged() -> None:
    workbook = edited("campaigns.xlsx")
    workbook.edit([CellEdit(CAMPAIGNS, 6, "Priority", "9")])
    assert problems(workbook, 6) != []
    assert workbook.sheet(CAMPAIGNS).frame.at[6, "Priority"] == "9"


def test_calling_hours_are_edited_too_and_judged_with_the_campaigns() -> None:
    workbook = edited("campaigns.xlsx")
    first = workbook.sheet(HOURS).frame.index[0]
    workbook.edit([CellEdit(HOURS, first, "Time zone", "Nowhere/Land")])
    sheets = {problem.sheet for problem in workbook.checked.validation.problems if problem.is_error}
    assert sheets == {"Campaigns", "Calling hours"}


def test_the_file_with_edits_is_judged_as_the_edits_were() -> None:
    workbook = edited()
    workbook.edit(
        [queue(6, "Collections EN"), CellEdit(CAMPAIGNS, 8, "Campaign name", "Loan _x0041_ reminder")]
    )
    again = checked_again(workbook)
    assert again.checked.validation == workbook.checked.validation
    assert again.sheet(CAMPAIGNS).frame.at[8, "Campaign name"] == "Loan _x0041_ reminder"


def test_a_workbook_without_edits_is_the_file_itself() -> None:
    workbook = edited()
    assert workbook.file() is workbook.content


def test_edits_are_taken_back_one_by_one() -> None:
    workbook = edited()
    before = workbook.checked.validation
    workbook.edit([queue(6, "Collections EN")])
    between = workbook.checked.validation
    workbook.edit([queue(6, ""), queue(7, "Other")])
    assert workbook.undo_edit() == (queue(6, ""), queue(7, "Other"))
    assert workbook.checked.validation == between
    assert workbook.undo_edit() == (queue(6, "Collections EN"),)
    assert workbook.checked.validation == before
    assert workbook.undo_edit() == ()
    assert workbook.file() is workbook.content


@pytest.mark.parametrize(
    "edit", [queue(1, "x"), queue(9_999, "x"), CellEdit(CAMPAIGNS, 6, "No such heading", "x")]
)
def test_a_cell_that_is_not_there_is_refused(edit: CellEdit) -> None:
    workbook = edited()
    with pytest.raises(UsageError, match=f"Row {edit.row} has no cell"):
        workbook.edit([queue(6, "Collections EN"), edit])
    assert not workbook.has_edits
