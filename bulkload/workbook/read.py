"""A person's workbook becomes two sheets of untouched cells, or an error that says why it can't be used."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import pandas as pd

from bulkload.errors import WorkbookError
from bulkload.model import Hidden, Problem, Sheet, Workbook
from bulkload.workbook import complaints
from bulkload.workbook.columns import CAMPAIGN_COLUMNS, CAMPAIGNS_SHEET, HOURS_COLUMNS, HOURS_SHEET
from bulkload.workbook.layout import is_for_the_eye, lay_out, letter, with_content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bulkload.workbook.columns import Column


def read(path: Path, *, hidden: Hidden = Hidden.REFUSE) -> Workbook:
    """The two sheets of the workbook, cells untouched, and the warnings about the file.

    Raises WorkbookError, naming everything that is wrong at once, where the file can't be used.
    """
    _ = hidden
    try:
        content = path.read_bytes()
    except OSError as error:
        raise WorkbookError(f"{path} could not be read: {error.strerror}.") from error
    digest = hashlib.sha256(content).hexdigest()
    frames = pd.read_excel(
        path,
        sheet_name=None,
        engine="calamine",
        header=None,
        dtype=object,
        keep_default_na=False,
        na_filter=False,
    )
    campaigns, problems = _sheet(path, digest, frames, CAMPAIGNS_SHEET, CAMPAIGN_COLUMNS)
    hours, more = _sheet(path, digest, frames, HOURS_SHEET, HOURS_COLUMNS)
    problems = (*problems, *more)
    errors = [problem for problem in problems if problem.is_error]
    if errors or campaigns is None or hours is None:
        raise complaints.refusal(errors)
    if campaigns.frame.empty:
        raise complaints.NO_CAMPAIGNS.error(sheet=campaigns.name, heading_row=campaigns.heading_row)
    return Workbook(campaigns, hours, problems)


def _fold_sheet(name: str) -> str:
    return "".join(name.casefold().replace("-", " ").split())


def _sheet(
    path: Path, digest: str, frames: dict[str, Any], wanted: str, columns: Sequence[Column]
) -> tuple[Sheet | None, tuple[Problem, ...]]:
    names = [name for name in frames if _fold_sheet(name) == _fold_sheet(wanted)]
    if not names:
        return None, (complaints.NO_SHEET.problem(wanted=wanted, value=complaints.listed(list(frames))),)
    if len(names) > 1:
        return None, (complaints.TWO_SHEETS.problem(wanted=wanted, value=complaints.listed(names)),)
    frame = frames[names[0]]
    frame = frame.where(frame != "", None)
    layout = lay_out(names[0], frame.head(20).to_numpy().tolist(), columns)
    if isinstance(layout, Problem):
        return None, (layout,)
    body = frame.iloc[layout.heading_row :]
    headings = frame.iloc[layout.heading_row - 1].tolist()
    filled = [i for i in range(frame.shape[1]) if not is_for_the_eye(headings[i]) and body[i].notna().any()]
    layout = with_content(layout, filled)
    kept = body[list(layout.places.values())].set_axis(list(layout.places), axis=1)
    kept.index = kept.index + 1
    kept = kept.dropna(how="all")
    problems = layout.problems
    if layout.own:
        value = complaints.listed([f"{label} ({letter(layout.places[label])})" for label in layout.own])
        problems = (
            *problems,
            complaints.OWN_COLUMNS.problem(sheet=names[0], row=layout.heading_row, value=value),
        )
    letters = {heading: letter(index) for heading, index in layout.places.items()}
    return Sheet(path, digest, names[0], layout.heading_row, kept, letters), problems
