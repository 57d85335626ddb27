"""Edit: cells of a checked workbook are changed, judged again at once, and written into the person's own file.

Nothing is written until somebody asks for the file: an edit changes the sheet as it was read, so that even a sheet
of 10,000 rows is judged again while the person waits.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from bulkload.errors import UsageError, WorkbookError
from bulkload.messages import MessageTemplate
from bulkload.rules.cells import display_text, visible
from bulkload.rules.validate import validate
from bulkload.workbook.patch import SHARED_FORMULA, cells_with_shared_formulas, patch_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    from bulkload.checking import CheckedWorkbook
    from bulkload.model import Cell, Problem, Sheet

CAMPAIGNS, HOURS = "campaigns", "calling_hours"
"""How an edit names the two sheets, whatever the person called them."""

NO_SUCH_CELL = MessageTemplate(
    "edit-no-such-cell",
    "Row {row} has no cell {heading}.",
    "Add the row or the column in Excel, save, and use that file.",
    example={"row": 7, "heading": "Notes"},
)


@dataclass(frozen=True, slots=True)
class CellEdit:
    """One cell and what it is to contain."""

    sheet: str
    """``campaigns`` or ``calling_hours``."""
    row: int
    """The Excel row."""
    heading: str
    value: str
    """As typed; empty: clear the cell."""


@dataclass(frozen=True, slots=True)
class _Applied:
    """One cell as it was before an edit and as it is now."""

    edit: CellEdit
    before: Cell


@dataclass(slots=True)
class EditedWorkbook:
    """A workbook with the edits that were made since it was read, each of which can be taken back."""

    name: str
    """The file's name, for people."""
    content: bytes
    """The file as the person gave it."""
    checked: CheckedWorkbook
    """What is known of the workbook with its edits."""
    _steps: list[tuple[_Applied, ...]] = field(default_factory=list)
    _shared: dict[str, frozenset[str]] = field(default_factory=dict)
    _file: bytes | None = None
    _found_elsewhere: tuple[Problem, ...] = ()

    @property
    def has_edits(self) -> bool:
        """Whether anything differs from the file as the person gave it."""
        return bool(self._steps)

    @property
    def edits(self) -> tuple[CellEdit, ...]:
        """Every edit that was not taken back, the oldest first."""
        return tuple(applied.edit for step in self._steps for applied in step)

    def sheet(self, sheet: str) -> Sheet:
        """One of the two sheets, with its edits."""
        workbook = self.checked.workbook
        return workbook.campaigns if sheet == CAMPAIGNS else workbook.calling_hours

    def edit(self, edits: Iterable[CellEdit]) -> None:
        """Change cells, and judge the workbook again.

        Raises UsageError for a cell that is not in the sheet, and WorkbookError for one whose formula others share.
        """
        wanted = tuple(edits)
        for edit in wanted:
            self._refuse_impossible(edit)
        before = [_Applied(edit, self._cell(edit)) for edit in wanted]
        self._set({_key(edit): edit.value or None for edit in wanted})
        self._steps.append(tuple(before))

    def undo_edit(self) -> tuple[CellEdit, ...]:
        """Take the last edit back; the cells that it had changed, empty where there was nothing to take back."""
        if not self._steps:
            return ()
        last = self._steps.pop()
        self._set({_key(applied.edit): applied.before for applied in reversed(last)})
        return tuple(applied.edit for applied in last)

    def add_problems(self, problems: Iterable[Problem]) -> None:
        """Show problems that the account found: refused rows, missing names. They go with an edit of their row."""
        self._found_elsewhere = tuple(problems)
        self._show_found_elsewhere(frozenset())

    def file(self) -> bytes:
        """The person's own file with the edits in it; every other part is byte for byte as it was."""
        if not self._steps:
            return self.content
        if self._file is None:
            self._file = patch_cells(self.name, self.content, self._texts())
        return self._file

    def _texts(self) -> dict[str, dict[str, str]]:
        """The text of every cell that was changed, by the sheet's own name and the cell's reference."""
        texts: dict[str, dict[str, str]] = {}
        for edit in self.edits:
            sheet = self.sheet(edit.sheet)
            reference = f"{sheet.letters[edit.heading]}{edit.row}"
            texts.setdefault(sheet.name, {})[reference] = edit.value
        return texts

    def _refuse_impossible(self, edit: CellEdit) -> None:
        sheet = self.sheet(edit.sheet)
        if edit.heading not in sheet.letters or edit.row not in sheet.frame.index:
            explanation = NO_SUCH_CELL(row=edit.row, heading=edit.heading)
            raise UsageError(explanation)
        if sheet.name not in self._shared:
            self._shared[sheet.name] = cells_with_shared_formulas(self.name, self.content, sheet.name)
        reference = f"{sheet.letters[edit.heading]}{edit.row}"
        if reference in self._shared[sheet.name]:
            raise WorkbookError(SHARED_FORMULA(cell=reference))

    def _cell(self, edit: CellEdit) -> Cell:
        return cast("Cell", self.sheet(edit.sheet).frame.at[edit.row, edit.heading])

    def _set(self, cells: Mapping[tuple[str, int, str], Cell]) -> None:
        self._file = None
        workbook = self.checked.workbook
        campaigns = _with_cells(workbook.campaigns, CAMPAIGNS, cells)
        hours = _with_cells(workbook.calling_hours, HOURS, cells)
        workbook = replace(workbook, campaigns=campaigns, calling_hours=hours)
        validation = validate(workbook, self.checked.version)
        self.checked = replace(self.checked, workbook=workbook, validation=validation)
        self._show_found_elsewhere({row for sheet, row, _ in cells if sheet == CAMPAIGNS})

    def _show_found_elsewhere(self, edited: AbstractSet[int]) -> None:
        self._found_elsewhere = tuple(one for one in self._found_elsewhere if one.row not in edited)
        if self._found_elsewhere:
            validation = self.checked.validation
            stopped = {problem.row for problem in self._found_elsewhere if problem.is_error}
            validation = replace(
                validation,
                campaigns=tuple(one for one in validation.campaigns if one.row not in stopped),
                problems=(*validation.problems, *self._found_elsewhere),
            )
            self.checked = replace(self.checked, validation=validation)


def cell_text(cell: Cell) -> str:
    """A cell as the person sees it, with a mark in place of every character that can't be seen."""
    return visible(display_text(cell))


def typed_text(cell: Cell) -> str:
    """A cell as one would type it: what an editor begins with."""
    return cell if isinstance(cell, str) else display_text(cell)


def _key(edit: CellEdit) -> tuple[str, int, str]:
    return edit.sheet, edit.row, edit.heading


def _with_cells(sheet: Sheet, name: str, cells: Mapping[tuple[str, int, str], Cell]) -> Sheet:
    own = {(row, heading): cell for (of, row, heading), cell in cells.items() if of == name}
    if not own:
        return sheet
    frame = sheet.frame.copy()
    for (row, heading), cell in own.items():
        frame.at[row, heading] = cast("Any", cell)
    return replace(sheet, frame=frame)
