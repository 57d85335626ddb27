"""The texts that cells share, and how many bytes of cells one workbook may have."""

from __future__ import annotations

from sys import getsizeof
from typing import TYPE_CHECKING

from bulkload.workbook.reader.cell_values import Damage
from bulkload.workbook.reader.rich_text import read_text
from bulkload.workbook.reader.xml_stream import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

    from bulkload.workbook.reader.rich_text import MarkedText

_EXTENSIONS = f"{MAIN}extLst"
CONTAINERS = frozenset({"", f"{MAIN}sst"})
MOST_MEGABYTES = 64
"""Of texts and numbers kept. The largest workbook that is accepted needs 15."""
_ENTRY = 120
"""Bytes of an entry of a dictionary with its key."""


class TooMuchText(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The cells need more memory than a workbook of two sheets does."""


class MemoryBudget:
    """Counts the bytes that are kept, because a few bytes of XML or of zip can become many."""

    def __init__(self) -> None:
        self._left = MOST_MEGABYTES * 1_000_000

    def spend(self, size: int) -> None:
        """Count these bytes. Raises TooMuchText."""
        self._left -= size
        if self._left < 0:
            raise TooMuchText


class SharedStrings:
    """The shared texts by their number, which cells write as text: ``"0"`` is the first."""

    def __init__(self) -> None:
        self.texts: dict[str, str | None] = {}
        """None: a text without a character."""
        self.marked: dict[str, MarkedText] = {}

    def read(self, batches: Iterable[tuple[str, Sequence[Element]]], budget: MemoryBudget) -> None:
        """Take the texts from the batches of ``xml_stream``. Raises TooMuchText or Damage."""
        string, sst = f"{MAIN}si", f"{MAIN}sst"
        for container, elements in batches:
            for element in elements if container == sst else ():
                if element.tag == _EXTENSIONS:
                    continue
                if element.tag != string:
                    raise Damage("there are other elements among the texts")
                text, marked = read_text(element)
                budget.spend(getsizeof(text) + _ENTRY)
                number = str(len(self.texts))
                self.texts[number] = text
                if marked is not None:
                    budget.spend(3 * getsizeof(text))
                    self.marked[number] = marked
