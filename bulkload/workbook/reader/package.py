"""The workbook's own parts: which sheets there are, whether they are visible, which parts belong to them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.errors import refusal, workbook_refused
from bulkload.model import Problem
from bulkload.text import and_list
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.headings import fold
from bulkload.workbook.reader.xml_stream import MAIN, RELATIONSHIPS, STRICT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from bulkload.workbook.reader.parts import Parts

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_TRUE = frozenset({"1", "true", "on"})
_MACROS = "macroEnabled"
_MACRO_PART = "vbaproject.bin"


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One worksheet, as the workbook lists it."""

    name: str
    """As the user wrote it."""
    part: str
    """The name of the part with its cells."""
    state: str = "visible"
    """``visible``, ``hidden``, or ``veryHidden``: hidden by a program, so that Excel's menu can't unhide it."""

    @property
    def is_hidden(self) -> bool:
        """Whether it has no tab."""
        return self.state != "visible"


@dataclass(frozen=True, slots=True)
class Relation:
    """A part that belongs to another one."""

    type: str
    """The last word of its type: ``worksheet``, ``styles``, ``comments``."""
    target: str
    """The name of the part."""


@dataclass(frozen=True, slots=True)
class Package:
    """What the workbook says of itself."""

    sheets: tuple[SheetEntry, ...]
    """Its worksheets, in the order of their tabs; charts and macro sheets are left out."""
    starts_1904: bool
    """Whether days are counted from 1904, as old Macs did."""
    has_macros: bool
    strings: str | None
    """The part with the texts that cells share; None where there is none."""
    styles: str | None
    """The part with the styles of cells; None where there is none."""


def open_package(file_name: str, parts: Parts) -> Package:
    """What the workbook's parts say of its sheets.

    Raises WorkbookError where one can't be read, or where the workbook is Strict Open XML.
    """
    main = _main_part(file_name, parts)
    listing = _Listing()
    for element in parts.elements(main, f"{MAIN}workbook", f"{MAIN}sheets"):
        listing.add(element)
    if listing.is_strict:
        raise refusal(messages.STRICT, value=file_name)
    if not listing.is_workbook:
        raise parts.damaged(f'the part "{main}" is not that of a workbook')
    folder, base = posixpath.split(main)
    relations = _read_relations(parts, f"{folder}/_rels/{base}.rels", folder)
    by_type = {relation.type: relation.target for relation in relations.values()}
    strings, styles = by_type.get("sharedStrings"), by_type.get("styles")
    return Package(
        sheets=tuple(_worksheets(parts, listing, relations)),
        starts_1904=listing.starts_1904,
        has_macros=_has_macros(parts, main),
        strings=strings if strings is not None and strings in parts else None,
        styles=styles if styles is not None and styles in parts else None,
    )


def related_parts(parts: Parts, part: str) -> tuple[Relation, ...]:
    """The parts that belong to this one, such as a sheet's comments. Raises WorkbookError where the list is damaged."""
    folder, base = posixpath.split(part)
    name = f"{folder}/_rels/{base}.rels"
    return tuple(_read_relations(parts, name, folder).values()) if name in parts else ()


def _main_part(file_name: str, parts: Parts) -> str:
    for element in (
        parts.elements("_rels/.rels", f"{_RELATIONS}Relationships") if "_rels/.rels" in parts else ()
    ):
        kind = element.get("Type", "")
        if element.tag == f"{_RELATIONS}Relationship" and kind.endswith("/officeDocument"):
            if kind.startswith(STRICT):
                raise refusal(messages.STRICT, value=file_name)
            return _resolved("", element.get("Target", ""))
    return "xl/workbook.xml"


def _read_relations(parts: Parts, name: str, folder: str) -> dict[str, Relation]:
    return {
        element.get("Id", ""): Relation(
            element.get("Type", "").rpartition("/")[2], _resolved(folder, element.get("Target", ""))
        )
        for element in parts.elements(name, f"{_RELATIONS}Relationships")
        if element.tag == f"{_RELATIONS}Relationship" and element.get("TargetMode") != "External"
    }


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")


def _worksheets(parts: Parts, listing: _Listing, relations: dict[str, Relation]) -> Iterator[SheetEntry]:
    for name, identifier, state in listing.sheets:
        relation = relations.get(identifier)
        if relation is None:
            raise parts.damaged(f'the sheet "{name}" has no part')
        if relation.type == "worksheet":
            yield SheetEntry(name, relation.target, state)


def _has_macros(parts: Parts, main: str) -> bool:
    """Whether there are macros. A default type says nothing: some programs always write one for macros."""
    if any(name.endswith(_MACRO_PART) for name in parts.names):
        return True
    if "[Content_Types].xml" not in parts:
        return False
    return any(
        element.tag == f"{_TYPES}Override"
        and element.get("PartName", "").lstrip("/").casefold() == main.casefold()
        and _MACROS in element.get("ContentType", "")
        for element in parts.elements("[Content_Types].xml", f"{_TYPES}Types")
    )


class _Listing:
    """The workbook's list of sheets."""

    def __init__(self) -> None:
        self.is_workbook = False
        self.is_strict = False
        self.starts_1904 = False
        self.sheets: list[tuple[str, str, str]] = []
        """Name, identifier of the relation, state."""

    def add(self, element: Element) -> None:
        """Take one element of the part."""
        if element.tag == f"{MAIN}workbook":
            self.is_workbook = True
            self.is_strict |= element.get("conformance") == "strict"
        elif element.tag.startswith(f"{{{STRICT}"):
            self.is_strict = True
        elif element.tag == f"{MAIN}workbookPr":
            self.starts_1904 = element.get("date1904", "0") in _TRUE
        elif element.tag == f"{MAIN}sheet":
            identifier = element.get(f"{RELATIONSHIPS}id", "")
            self.sheets.append((element.get("name", ""), identifier, element.get("state", "visible")))


# --- the two sheets that are read ----------------------------------------------------------------------


def find_sheets(package: Package, wanted: Sequence[str]) -> list[SheetEntry]:
    """The sheet for each name. Raises WorkbookError, naming all that are missing or doubled at once."""
    found = [_find_sheet(package, name) for name in wanted]
    problems = [answer for answer in found if isinstance(answer, Problem)]
    if problems:
        raise workbook_refused(problems)
    return [answer for answer in found if not isinstance(answer, Problem)]


def _find_sheet(package: Package, wanted: str) -> SheetEntry | Problem:
    matching = [entry for entry in package.sheets if _folded(entry.name) == _folded(wanted)]
    visible = [entry for entry in matching if not entry.is_hidden]
    if len(visible) == 1:
        return visible[0]
    if visible:
        return messages.TWO_SHEETS.problem(wanted=wanted, value=_quoted(visible))
    if matching:
        is_very = matching[0].state == "veryHidden"
        template = messages.VERY_HIDDEN_SHEET if is_very else messages.HIDDEN_SHEET
        return template.problem(sheet=matching[0].name, value=matching[0].name)
    shown = [entry for entry in package.sheets if not entry.is_hidden]
    return messages.NO_SHEET.problem(wanted=wanted, value=_quoted(shown) or "none")


def _quoted(sheets: Sequence[SheetEntry]) -> str:
    return and_list(f'"{entry.name}"' for entry in sheets)


def unread_sheets(package: Package, read: Sequence[SheetEntry]) -> Iterator[Problem]:
    """A warning for each visible sheet that looks by its name as if its rows belonged into one that is read."""
    for entry in package.sheets:
        for wanted in read:
            is_like = _folded(entry.name).startswith(_folded(wanted.name))
            if is_like and entry not in read and not entry.is_hidden:
                yield messages.EXTRA_SHEET.problem(sheet=wanted.name, value=entry.name)


def _folded(name: str) -> str:
    """The same for sheet names that differ only in what headings may differ in, and in hyphens."""
    return fold(name).translate(_HYPHENS)


_HYPHENS = dict.fromkeys(map(ord, "-_\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"))
