"""How high a row must be for its wrapped texts: LibreOffice does not work it out when it opens a file."""

from __future__ import annotations

LINE = 15.0
"""Points for a line of 11-point type."""
LEAST = 22.0
MOST = 409.0
"""Points; Excel's limit ("Excel specifications and limits")."""


NARROWER = 1.15
"""Letters are narrower than the figure 0, by which Excel measures a column's width."""


def lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column so many characters wide."""
    if len(text) <= width and "\n" not in text:
        return 1
    room = int(width * NARROWER)
    return sum(max(1, -(-len(line) // room)) for line in text.split("\n"))


def height(most_lines: int) -> float:
    """Points for a row whose longest text takes so many lines."""
    return min(MOST, max(LEAST, LINE * most_lines + 5))
