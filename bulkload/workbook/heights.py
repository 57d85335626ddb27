"""How high a row must be for its wrapped texts: LibreOffice does not work it out when it opens a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = 15.0
"""Points for a line of 11-point type."""
LEAST = 22.0
MOST = 409.0
"""Points; Excel's limit ("Excel specifications and limits")."""


def height(texts: Iterable[tuple[str, int]]) -> float:
    """Points for a row in which each of these texts wraps in a column so many characters wide."""
    lines = max((_lines(text, width) for text, width in texts), default=1)
    return min(MOST, max(LEAST, LINE * lines + 5))


NARROWER = 1.15
"""Letters are narrower than the figure 0, by which Excel measures a column's width."""


def _lines(text: str, width: int) -> int:
    width = int(width * NARROWER)
    if len(text) <= width and "\n" not in text:
        return 1
    return sum(max(1, -(-len(line) // width)) for line in text.split("\n"))
