"""Every wording about a file and its layout, in one place: what is wrong and what to do, each with an example.

The wordings about the meaning of a cell stand in ``rules``. A test walks this catalogue and shows that each
names its place, the value and the remedy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.errors import WorkbookError
from bulkload.model import Level, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Complaint:
    """One wording; the words in braces are filled in where it is raised."""

    message: str
    """What is wrong, with the place and the value as the person sees it."""
    fix: str
    """What to do instead."""
    example: Mapping[str, Any]
    """A value for each word in braces."""
    level: Level = Level.ERROR

    def problem(
        self,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        heading: str | None = None,
        value: str | None = None,
        **words: Any,
    ) -> Problem:
        """The problem with its words filled in; ``sheet`` and ``value`` may be used in the wording too."""
        words |= {"sheet": sheet, "value": value}
        return Problem(
            level=self.level,
            message=self.message.format(**words),
            fix=self.fix.format(**words),
            sheet=sheet,
            row=row,
            column=column,
            heading=heading,
            value=value,
        )

    def error(self, *, sheet: str | None = None, value: str | None = None, **words: Any) -> WorkbookError:
        """The refusal of the whole file for this reason alone."""
        return refusal([self.problem(sheet=sheet, value=value, **words)])


def refusal(problems: Sequence[Problem]) -> WorkbookError:
    """The refusal for all of these reasons; the message is complete where there is only one."""
    if len(problems) == 1:
        return WorkbookError(f"{problems[0].message} {problems[0].fix}", tuple(problems))
    return WorkbookError(f"{len(problems)} things keep this workbook from being read.", tuple(problems))


def listed(names: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


# --- headings ------------------------------------------------------------------------------------------

NO_HEADING_ROW = Complaint(
    "No heading row was found in the first {searched} rows of the sheet '{sheet}'.",
    "Put the headings into one row near the top: {headings}. 'bulkload template' writes a workbook that has them.",
    {"sheet": "Campaigns", "searched": 20, "headings": "Campaign name, Description and Dialing mode"},
)
MISSING_HEADINGS = Complaint(
    "The heading row of the sheet '{sheet}' (row {heading_row}) lacks {headings}.",
    "Add each as a heading in row {heading_row}; 'bulkload template' writes a workbook that has them all.",
    {"sheet": "Campaigns", "heading_row": 4, "headings": "Caller ID and Dialing order"},
)
DOUBLED_HEADING = Complaint(
    "The column '{value}' stands in the sheet '{sheet}' more than once, in {cells}, and nobody can tell which counts.",
    "Keep one of the columns; delete the other or give it another heading.",
    {"sheet": "Campaigns", "value": "Queue", "cells": "G4 and K4"},
)
CLOSE_HEADING = Complaint(
    "The heading '{value}' in the sheet '{sheet}' is not known, but it is close to '{known}'. Did you mean '{known}'?",
    "Change it to '{known}', or to something clearly different if the column is your own.",
    {"sheet": "Campaigns", "value": "Quueue", "known": "Queue"},
)
OWN_COLUMNS = Complaint(
    "The sheet '{sheet}' has columns that bulkload does not know and does not send: {value}.",
    "Nothing needs to be done; they are carried into the results as they are.",
    {"sheet": "Campaigns", "value": "Region (S) and Owner (T)"},
    level=Level.WARNING,
)

# --- sheets --------------------------------------------------------------------------------------------

NO_SHEET = Complaint(
    "The workbook has no sheet named '{wanted}'. Its sheets are: {value}.",
    "Name the sheet '{wanted}'; 'bulkload template' writes a workbook that has both sheets.",
    {"wanted": "Calling hours", "value": "Campaigns and Sheet2"},
)
TWO_SHEETS = Complaint(
    "More than one sheet could be '{wanted}': {value}.",
    "Keep one of them, or give the others another name.",
    {"wanted": "Calling hours", "value": "Calling hours and calling-hours"},
)
NO_CAMPAIGNS = Complaint(
    "The sheet '{sheet}' has no campaigns: nothing stands below its headings in row {heading_row}.",
    "Fill in one row for each campaign, save the workbook and try again.",
    {"sheet": "Campaigns", "heading_row": 4},
)
