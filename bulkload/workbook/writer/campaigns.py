"""Campaigns as a workbook: the one writer for exports, samples, tests and benchmarks.

The workbook is the template, filled in: reading it gives the same campaigns again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import CAMPAIGN_COLUMNS, CallerId
from bulkload.model import Campaign
from bulkload.workbook.template.write import write_template

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import time
    from pathlib import Path
    from typing import Any

    from bulkload.columns import Column
    from bulkload.model import AccountIdentity, CallingHours, Cell
    from bulkload.workbook.template.account_names import NamesInUse

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The API's codes of the days, in the order of the week."""
_DAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SHORTEST_RANGE = 3
"""Days in a row from which they are written as a range: Mon-Wed, but Mon, Tue."""


def write_campaigns(
    campaigns: Sequence[Campaign | Mapping[str, Cell]],
    path: Path,
    *,
    calling_hours: Sequence[Mapping[str, Cell]] = (),
    account: AccountIdentity | None = None,
    names: NamesInUse | None = None,
) -> None:
    """Write the campaigns in this order, and their calling hours once each. Replaces a file of that name.

    A campaign is a typed value, or its cells by heading; ``calling_hours`` are further rows of that sheet, as cells
    by heading. See ``write_template`` for the rest. Raises ValueError where two calling hours have one name.
    """
    rows = [campaign_cells(one) if isinstance(one, Campaign) else one for one in campaigns]
    hours = _by_name(one.calling_hours for one in campaigns if isinstance(one, Campaign))
    hours_rows = [row for one in hours for row in hours_cells(one)]
    write_template(
        path, campaigns=rows, calling_hours=[*hours_rows, *calling_hours], account=account, names=names
    )


def campaign_cells(campaign: Campaign) -> Mapping[str, Cell]:
    """The row of a campaign: its cells by heading, as a person would type them."""
    return {
        column.heading: cell
        for column in CAMPAIGN_COLUMNS
        if (cell := _cell(column, getattr(campaign, column.field, None))) is not None
    }


def hours_cells(hours: CallingHours) -> Iterator[Mapping[str, Cell]]:
    """The rows of calling hours, one for each span of time; days that share it are one row, such as Mon-Fri."""
    spans: dict[tuple[time, time], list[int]] = {}
    for block in hours.blocks:
        spans.setdefault((block.start, block.end), []).append(DAYS.index(block.day))
    for (start, end), days in spans.items():
        yield {
            "Calling hours": hours.name,
            "Frequency": hours.frequency,
            "Time zone": hours.timezone,
            "Day": days_in_words(days),
            "Start": start,
            "End": end,
        }


def days_in_words(days: Iterable[int]) -> str:
    """``Mon-Fri``, ``Mon, Tue, Thu-Sat``, ``Every day``; Monday is 0."""
    runs: list[list[int]] = []
    for day in sorted(days):
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    if runs == [list(range(len(DAYS)))]:
        return "Every day"
    return ", ".join(text for run in runs for text in _run_in_words([_DAY_NAMES[day] for day in run]))


def _run_in_words(run: Sequence[str]) -> Sequence[str]:
    return [f"{run[0]}-{run[-1]}"] if len(run) >= _SHORTEST_RANGE else run


def _cell(column: Column, value: Any) -> Cell:  # a field may have any type
    match value:
        case None:
            return None
        case tuple():
            return "; ".join(value)
        case str() if isinstance(column.kind, CallerId) and value.isdigit():
            return f"SIP {value}"  # digits alone would be refused: they may be a phone number without its country
        case str() | int():
            return str(value) if isinstance(value, str) else value
        case _:
            return str(value.name)  # calling hours


def _by_name(hours: Iterable[CallingHours]) -> Sequence[CallingHours]:
    known: dict[str, CallingHours] = {}
    for one in hours:
        if known.setdefault(one.name, one) != one:
            raise ValueError(f"Two different calling hours have the name {one.name!r}.")
    return list(known.values())
