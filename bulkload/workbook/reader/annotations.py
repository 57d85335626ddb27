"""What a sheet has in parts of its own: comments, the older notes and the threads of today, and tables of Excel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.workbook.reader.cell_refs import CellRef, parse_cell_ref, parse_range
from bulkload.workbook.reader.package import related_parts
from bulkload.workbook.reader.rich_text import read_text
from bulkload.workbook.reader.xml_stream import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from bulkload.workbook.reader.parts import Parts
    from bulkload.workbook.reader.shared_strings import MemoryBudget

OUR_AUTHOR = "bulkload"
"""The author of the comments in our results workbook, which repeat what is checked again."""

_COMMENTS = frozenset({"", *(f"{MAIN}{name}" for name in ("comments", "authors", "commentList"))})
_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"
_LEGACY_TEXT = "[Threaded comment]"
"""Begins the comment that Excel adds for older programs; the thread itself has a part of its own."""


def read_comments(parts: Parts, sheet_part: str, budget: MemoryBudget) -> Mapping[CellRef, str]:
    """The comments of a sheet by cell, those of a thread joined, ours left out. Raises WorkbookError or TooMuchText."""
    found: dict[CellRef, list[str]] = {}
    for relation in related_parts(parts, sheet_part):
        if relation.target not in parts:
            continue
        comments = {"comments": _notes, "threadedComment": _threads}.get(relation.type)
        for reference, text in comments(parts, relation.target) if comments else ():
            place = parse_cell_ref(reference)
            if place is not None and text.strip():
                budget.spend(4 * len(text) + 200)
                found.setdefault(place, []).append(text.strip())
    return {place: " / ".join(texts) for place, texts in sorted(found.items())}


def read_totals_rows(parts: Parts, sheet_part: str) -> frozenset[int]:
    """The rows in which tables of Excel add up their columns. Raises WorkbookError."""
    rows: set[int] = set()
    for relation in related_parts(parts, sheet_part):
        if relation.type != "table" or relation.target not in parts:
            continue
        for element in parts.elements(relation.target):
            cells = parse_range(element.get("ref", ""))
            count = element.get("totalsRowCount", "0")
            if cells is not None and count.isdecimal():
                rows.update(range(max(cells.last_row - int(count[:3]) + 1, 1), cells.last_row + 1))
    return frozenset(rows)


def _notes(parts: Parts, part: str) -> Iterator[tuple[str, str]]:
    authors: list[str] = []
    for container, elements in parts.stream(part, _COMMENTS):
        if container == f"{MAIN}authors":
            authors += [element.text or "" for element in elements]
        elif container == f"{MAIN}commentList":
            yield from (_note(element, authors) for element in elements)


def _note(comment: Element, authors: list[str]) -> tuple[str, str]:
    content = comment.find(f"{MAIN}text")
    text = (read_text(content)[0] if content is not None else None) or ""
    author = comment.get("authorId", "")
    name = authors[int(author)] if author.isdecimal() and int(author) < len(authors) else ""
    if name == OUR_AUTHOR or text.startswith(_LEGACY_TEXT):
        return "", ""
    if name and text.startswith(f"{name}:"):  # Excel begins a new comment with its author's name
        text = text.removeprefix(f"{name}:")
    return comment.get("ref", ""), text


def _threads(parts: Parts, part: str) -> Iterator[tuple[str, str]]:
    for container, elements in parts.stream(part, frozenset({"", f"{_THREADED}ThreadedComments"})):
        for element in elements if container else ():
            yield element.get("ref", ""), element.findtext(f"{_THREADED}text", "")
