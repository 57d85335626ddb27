"""The workbook's own parts: which sheets there are, whether they are visible, how numbers are shown.

What is found is enough to write the workbook's frame anew (``read_cells``), so that the library that reads
the values sees nothing of the original but what was looked at.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.errors import refusal
from bulkload.workbook.reader import messages as complaints
from bulkload.workbook.reader.markup import MAIN, RELATIONSHIPS, STRICT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.workbook.reader.parts import Parts

MOST_STYLES = 65_536
"""Formats of cells and formats of numbers; Excel's own limit is 65,490."""

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships "
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types "
_OFFICE_DOCUMENT = "/officeDocument"
_TRUE = frozenset({"1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One worksheet, as the workbook lists it."""

    name: str
    """As the person wrote it."""
    part: str
    """The name of the part with its cells."""
    is_hidden: bool
    """Hidden by the person, or by a program so that Excel's menu can't unhide it."""


@dataclass(frozen=True, slots=True)
class Styles:
    """How numbers are shown, which tells a date from a number."""

    codes: Mapping[int, str] = field(default_factory=dict)
    """The workbook's own number formats, by their number."""
    formats: tuple[int, ...] = ()
    """The number format of each cell style, in their order."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the workbook says of itself."""

    entries: tuple[Entry, ...]
    """Its worksheets, in the order of their tabs; charts and macro sheets are left out."""
    starts_1904: bool
    """Whether days are counted from 1904, as old Macs did."""
    has_macros: bool
    strings: str | None
    """The part with the texts that cells share; None where there is none."""
    styles: Styles


def open_book(file_name: str, parts: Parts) -> Book:
    """What the workbook's parts say of its sheets.

    Raises WorkbookError where one can't be read, or where the workbook is Strict Open XML.
    """
    roots = _relations(parts, "_rels/.rels", "") if "_rels/.rels" in parts else {}
    main = next(
        (relation for relation in roots.values() if relation.type.endswith(_OFFICE_DOCUMENT)),
        _Relation("", "xl/workbook.xml"),
    )
    if main.type.startswith(STRICT):
        raise refusal(complaints.STRICT, value=file_name)
    listing = _Listing()
    parts.parse(main.target, listing)
    if listing.is_strict:
        raise refusal(complaints.STRICT, value=file_name)
    if not listing.is_workbook:
        raise parts.damaged(f"the part '{main.target}' is not that of a workbook")
    folder, base = posixpath.split(main.target)
    relations = _relations(parts, f"{folder}/_rels/{base}.rels", folder)
    by_type = {relation.type.rpartition("/")[2]: relation.target for relation in relations.values()}
    strings = by_type.get("sharedStrings")
    return Book(
        entries=_entries(parts, listing, relations),
        starts_1904=listing.starts_1904,
        has_macros=_has_macros(parts),
        strings=strings if strings is not None and strings in parts else None,
        styles=_styles(parts, by_type.get("styles")),
    )


def _entries(parts: Parts, listing: _Listing, relations: Mapping[str, _Relation]) -> tuple[Entry, ...]:
    entries = []
    for name, identifier, is_hidden in listing.sheets:
        relation = relations.get(identifier)
        if relation is None:
            raise parts.damaged(f"the sheet '{name}' has no part")
        if relation.type.endswith("/worksheet"):
            entries.append(Entry(name, relation.target, is_hidden))
    return tuple(entries)


def _has_macros(parts: Parts) -> bool:
    types = _Types()
    if "[Content_Types].xml" in parts:
        parts.parse("[Content_Types].xml", types)
    return types.has_macros


def _styles(parts: Parts, part: str | None) -> Styles:
    if part is None or part not in parts:
        return Styles()
    found = _StyleSheet()
    parts.parse(part, found)
    if len(found.codes) > MOST_STYLES or len(found.formats) > MOST_STYLES:
        raise parts.damaged("it has more formats than Excel allows")
    return Styles(found.codes, tuple(found.formats))


@dataclass(frozen=True, slots=True)
class _Relation:
    type: str
    target: str


def _relations(parts: Parts, part: str, folder: str) -> dict[str, _Relation]:
    found = _Relations()
    parts.parse(part, found)
    return {
        identifier: _Relation(kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
        for identifier, kind, target in found.all
    }


class _Elements:
    """Elements alone matter in these parts, never the text between them."""

    def end(self, name: str) -> None:
        """Their attributes say everything."""

    def text(self, data: str) -> None:
        """They hold no text that counts."""


class _Relations(_Elements):
    def __init__(self) -> None:
        self.all: list[tuple[str, str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_PACKAGE}Relationship" and attributes.get("TargetMode") != "External":
            get = attributes.get
            self.all.append((get("Id", ""), get("Type", ""), get("Target", "").replace("\\", "/")))


class _Types(_Elements):
    def __init__(self) -> None:
        self.has_macros = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.startswith(_CONTENT_TYPES):
            kind = attributes.get("ContentType", "")
            self.has_macros |= "macroEnabled" in kind or "vbaProject" in kind


class _Listing(_Elements):
    """The workbook's list of sheets."""

    def __init__(self) -> None:
        self.is_workbook = False
        self.is_strict = False
        self.starts_1904 = False
        self.sheets: list[tuple[str, str, bool]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{MAIN}workbook":
            self.is_workbook = True
            self.is_strict |= attributes.get("conformance") == "strict"
        elif name.startswith(STRICT):
            self.is_strict = True
        elif name == f"{MAIN}workbookPr":
            self.starts_1904 = attributes.get("date1904", "0") in _TRUE
        elif name == f"{MAIN}sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            identifier = attributes.get(f"{RELATIONSHIPS}id", "")
            self.sheets.append((attributes.get("name", ""), identifier, is_hidden))


class _StyleSheet(_Elements):
    """Number formats, and which of them each cell style uses."""

    def __init__(self) -> None:
        self.codes: dict[int, str] = {}
        self.formats: list[int] = []
        self._in_cell_styles = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{MAIN}numFmt":
            self.codes[_number(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == f"{MAIN}cellXfs":
            self._in_cell_styles = True
        elif name == f"{MAIN}xf" and self._in_cell_styles:
            self.formats.append(_number(attributes.get("numFmtId")))

    def end(self, name: str) -> None:
        if name == f"{MAIN}cellXfs":
            self._in_cell_styles = False


def _number(text: str | None) -> int:
    """The number, or 0 (the general format) where there is none that could be one."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 6 else 0
