"""Cell styles: the formats of numbers, which make some of them dates, and what is struck through."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from bulkload.workbook.reader.number_formats import BUILT_IN, EAST_ASIAN_DATES, NumberFormat
from bulkload.workbook.reader.xml_stream import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from xml.etree.ElementTree import Element

MOST_STYLES = 65_536
"""Formats of cells and formats of numbers; Excel's own limit is 65,490."""
CONTAINERS = frozenset({"", *(f"{MAIN}{name}" for name in ("styleSheet", "numFmts", "fonts", "cellXfs"))})
_TRUE = frozenset({"1", "true", "on"})


class TooManyStyles(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """There are more styles than Excel allows."""


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell looks, as far as it changes what its value means to a person."""

    number_format: NumberFormat
    is_struck: bool = False

    @property
    def is_misleading(self) -> bool:
        """Whether a number may look like something else than its digits. Dates are read as dates."""
        return not (
            self.number_format.is_date or self.number_format.is_duration or self.number_format.is_plain
        )


GENERAL = CellStyle(NumberFormat("General"))
"""The style of a cell that names none, or one that the workbook does not have."""


def read_styles(batches: Iterable[tuple[str, Sequence[Element]]]) -> tuple[CellStyle, ...]:
    """The cell styles in their order, from the batches of ``xml_stream``. Raises TooManyStyles."""
    codes: dict[int, str] = {}
    struck_fonts: list[bool] = []
    styles: list[tuple[int, int]] = []
    for container, elements in batches:
        match container.removeprefix(MAIN):
            case "numFmts":
                codes |= {_number(one.get("numFmtId")): one.get("formatCode", "") for one in elements}
            case "fonts":
                struck_fonts += map(_is_struck, elements)
            case "cellXfs":
                styles += [(_number(one.get("numFmtId")), _number(one.get("fontId"))) for one in elements]
        if max(len(codes), len(struck_fonts), len(styles)) > MOST_STYLES:
            raise TooManyStyles
    number_format = cache(lambda number: NumberFormat(_code(number, codes)))
    return tuple(
        CellStyle(number_format(number), font < len(struck_fonts) and struck_fonts[font])
        for number, font in styles
    )


def is_on(element: Element | None) -> bool:
    """Whether a property of a font is set: ``<strike/>``, but not ``<strike val="0"/>``."""
    return element is not None and element.get("val", "1") in _TRUE


def _is_struck(font: Element) -> bool:
    return is_on(font.find(f"{MAIN}strike"))


def _code(number: int, codes: dict[int, str]) -> str:
    if number in codes:
        return codes[number] or "General"
    return "yyyy-mm-dd" if number in EAST_ASIAN_DATES else BUILT_IN.get(number, "General")


def _number(text: str | None) -> int:
    """The number, or 0 (the general format, the first font) where there is none that could be one."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 0
