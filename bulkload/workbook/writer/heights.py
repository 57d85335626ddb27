"""How high a row must be for its wrapped texts: LibreOffice does not work it out when it opens a file."""

from __future__ import annotations

LINE = 15.0
"""Points for a line of 11-point type."""
LEAST = 22.0
MOST = 409.0
"""Points; Excel's limit ("Excel specifications and limits")."""


NARROWER = 1.15
"""Letters are narrower than the figure 0, by which Excel measures a column's width."""
CAPITAL = 1.25
SYMBOL = 2.0
"""Breadth of a capital, and of an arrow, a picture or a Chinese letter, compared with a small letter."""

_FIRST_SYMBOL = "\u2000"


def lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column so many characters wide, broken between words."""
    room = width * NARROWER
    if len(text) * (CAPITAL if text.isascii() else SYMBOL) <= room and "\n" not in text:
        return 1
    return sum(_wrapped(line, room) for line in text.split("\n"))


def height(most_lines: int) -> float:
    """Points for a row whose longest text takes so many lines."""
    return min(MOST, max(LEAST, LINE * most_lines + 5))


def _wrapped(line: str, room: float) -> int:
    """Lines that one paragraph takes; a word that is longer than a line is broken where the line ends."""
    breadth = _breadth(line)
    if breadth <= room:
        return 1
    full, used = 0, 0.0
    for word in line.split(" "):
        breadth = _breadth(word)
        if used and used + 1 + breadth > room:
            full, used = full + 1, 0.0
        used += breadth + (1 if used else 0)
        full, used = full + int(used // room), used % room
    return full + 1


def _breadth(text: str) -> float:
    """The breadth in small letters."""
    if text.isascii():
        return len(text) + (CAPITAL - 1) * sum(map(str.isupper, text))
    return sum(
        SYMBOL if character >= _FIRST_SYMBOL else CAPITAL if character.isupper() else 1 for character in text
    )
