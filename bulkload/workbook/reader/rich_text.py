"""Texts of cells: plain, or in runs that look different. Phonetic guides are left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.workbook.reader.cell_values import Damage
from bulkload.workbook.reader.styles import is_on
from bulkload.workbook.reader.xml_stream import MAIN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_TEXT, _RUN, _PROPERTIES = f"{MAIN}t", f"{MAIN}r", f"{MAIN}rPr"
_PARTS = frozenset({_TEXT, _RUN, f"{MAIN}rPh", f"{MAIN}phoneticPr"})
_RAISED = frozenset({"superscript", "subscript"})
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text of which some characters are raised, lowered or struck through, so that it can be read in two ways."""

    text: str
    """All characters."""
    unmarked: str
    """Those that are neither raised, lowered nor struck through."""
    marked: str
    """The others."""
    is_struck: bool
    """Whether the others are struck through; otherwise they are raised or lowered."""


def read_text(element: Element) -> tuple[str | None, MarkedText | None]:
    """The characters of ``<si>`` or ``<is>``, None for an empty text; and its marks, if any. Raises Damage."""
    if len(element) == 1 and element[0].tag == _TEXT and not len(element[0]):  # nearly all texts
        return unescape(element[0].text), None
    if any(child.tag.startswith(MAIN) and child.tag not in _PARTS for child in element):
        raise Damage("a text has elements among its characters")
    runs = [(_run_text(child), _mark(child)) for child in element if child.tag in {_TEXT, _RUN}]
    text = unescape("".join(characters for characters, _ in runs))
    marks = {mark for characters, mark in runs if mark and characters.strip()}
    if text is None or not marks:
        return text, None
    unmarked = "".join(characters for characters, mark in runs if not mark)
    marked = "".join(characters for characters, mark in runs if mark)
    return text, MarkedText(text, unmarked, marked, is_struck="strike" in marks)


def _run_text(child: Element) -> str:
    texts = [child] if child.tag == _TEXT else [part for part in child if part.tag == _TEXT]
    if any(map(len, texts)):
        raise Damage("a text has elements among its characters")
    return "".join(text.text or "" for text in texts)


def _mark(child: Element) -> str | None:
    """``strike``, ``raised`` or None: what changes the meaning of a run of characters."""
    properties = child.find(_PROPERTIES)
    if properties is None:
        return None
    if is_on(properties.find(f"{MAIN}strike")):
        return "strike"
    position = properties.find(f"{MAIN}vertAlign")
    return "raised" if position is not None and position.get("val") in _RAISED else None


def unescape(text: str | None) -> str | None:
    """The text with ``_x000D_`` as the character that it means (ECMA-376, 22.9.2.19); None where it is empty."""
    if text and "_x" in text:
        text = _ESCAPE.sub(_character, text)
    return text or None


def _character(found: re.Match[str]) -> str:
    """The character; half of one stays as it is written, because no text may contain it."""
    code = int(found[1], 16)
    return found[0] if 0xD800 <= code <= 0xDFFF else chr(code)
