"""What reading one cell gives: a typed value, a finding, or both where the value is doubtful."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.messages import Message, MessageTemplate


NonEmptyCell: TypeAlias = str | int | float | bool | datetime | date | time | timedelta
"""A cell that a kind's parser is given: empty cells, errors and formulas without a result never reach it."""


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """One cell after parsing."""

    value: Any = None
    """The typed value; None where the cell is empty or can't be read."""
    finding: Message | None = None
    """Why the cell can't be read, or a warning about the value."""
    is_filled: bool = True
    """Whether the cell contains anything."""
    proposals: tuple[str, ...] = ()
    """Texts that would be right in the cell, the likeliest first; an empty text means an empty cell."""

    def proposing(self, whole: Callable[[str], str]) -> ParsedCell:
        """The same with each proposal put into the text of the whole cell."""
        return replace(self, proposals=tuple(map(whole, self.proposals)))


EMPTY = ParsedCell(is_filled=False)
"""An empty cell, or one that contains only spaces."""


def ok(value: object) -> ParsedCell:
    """The cell has this value."""
    return ParsedCell(value)


def invalid(template: MessageTemplate, *, proposals: tuple[str, ...] = (), **values: object) -> ParsedCell:
    """The cell can't be read, for this reason."""
    return ParsedCell(None, template(**values), proposals=proposals)


def warning(
    value: object, template: MessageTemplate, *, proposals: tuple[str, ...] = (), **values: object
) -> ParsedCell:
    """The cell has this value, and people should check it."""
    return ParsedCell(value, template(**values), proposals=proposals)
