"""Colours and formats of the sheets that are written; a colour never comes without a word or a sign.

People who see red and green alike can tell the four fills apart. They also differ in a black-and-white print.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bulkload.model import Status

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format


@dataclass(frozen=True, slots=True)
class Colours:
    """A fill and the ink that can be read on it."""

    fill: str
    ink: str


READY = Colours("#CFE8FC", "#0B3C66")
MISSING = Colours("#F8A99A", "#7A0000")
DOUBTFUL = Colours("#FFF0A8", "#5C3A00")
UNUSED = Colours("#C4C4C4", "#333333")
QUIET = Colours("#E4E7EB", "#333333")
PLAIN = Colours("#FFFFFF", "#1F2933")

STATUS_LOOKS: Mapping[Status, Colours] = {
    Status.CREATED: READY,
    Status.UPDATED: READY,
    Status.ALREADY_CREATED: QUIET,
    Status.UNCHANGED: QUIET,
    Status.INVALID: MISSING,
    Status.REFUSED: MISSING,
    Status.NOT_SENT: DOUBTFUL,
    Status.UNKNOWN: DOUBTFUL,
    Status.CONFLICT: MISSING,
}

NAVY = "#1F3864"
BLUE = "#2E75B6"
GREY = "#595959"
INK = "#262626"
LINE = "#D0D5DB"
WHITE = "#FFFFFF"

TITLE: Mapping[str, Any] = {"bold": True, "font_size": 20, "font_color": NAVY, "valign": "vcenter"}
SUBTITLE: Mapping[str, Any] = {"font_size": 11, "font_color": GREY, "valign": "vcenter"}
ACCOUNT: Mapping[str, Any] = {"font_size": 9, "font_color": GREY, "valign": "vcenter", "num_format": "@"}
NEEDED_HEIGHT = 26
"""Points: two lines of the words above a heading, for a column may be narrower than they are."""
NEEDED: Mapping[str, Any] = {
    "italic": True,
    "font_size": 9,
    "font_color": GREY,
    "valign": "bottom",
    "text_wrap": True,
}
HEADING: Mapping[str, Any] = {
    "bold": True,
    "font_color": WHITE,
    "text_wrap": True,
    "valign": "vcenter",
    "border": 1,
    "border_color": WHITE,
}
BODY: Mapping[str, Any] = {"valign": "vcenter", "border": 1, "border_color": LINE}


class Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def __call__(self, *traits: Mapping[str, Any], **more: Any) -> Format:
        """The format with all of these properties; a later one wins."""
        properties: dict[str, Any] = {}
        for trait in (*traits, more):
            properties |= trait
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(properties)
        return self._made[key]

    def filled(self, look: Colours, *traits: Mapping[str, Any], **more: Any) -> Format:
        """The same on this look's fill and in its ink."""
        return self(*traits, {"bg_color": look.fill, "font_color": look.ink}, **more)
