"""What reading one cell comes to: a typed value, a trouble, or both where the value is only doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from bulkload.messages import Message, MessageTemplate


NonEmptyCell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta
"""A cell that holds something to read: what is empty, an error or not calculated is answered before."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One cell, read."""

    value: Any = None
    """The typed value; None where the cell is empty or can't be read."""
    finding: Message | None = None
    """Why it can't be read, or a warning beside the value."""
    given: bool = True
    """Whether anything stands in the cell."""


EMPTY = Reading(given=False)
"""An empty cell, or one with nothing but spaces."""


def good(value: object) -> Reading:
    """The cell holds this value."""
    return Reading(value)


def bad(template: MessageTemplate, **values: object) -> Reading:
    """The cell can't be read, and this is why."""
    return Reading(None, template(**values))


def doubtful(value: object, template: MessageTemplate, **values: object) -> Reading:
    """The cell holds this value, and the person should look at it again."""
    return Reading(value, template(**values))
