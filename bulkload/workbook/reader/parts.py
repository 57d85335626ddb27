"""The workbook's zip directory and its parts, unpacked no further than their limits.

Python's zipfile never gives out more bytes than a part's directory entry declares, and checks their sum at the end.
So a part that gives a wrong size is found damaged and not unpacked.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from bulkload.errors import refusal
from bulkload.workbook.reader import messages
from bulkload.workbook.reader.file import MEGABYTE
from bulkload.workbook.reader.file_types import type_of_archive
from bulkload.workbook.reader.xml_stream import (
    CHUNK,
    LONGEST_ELEMENT,
    LONGEST_PROLOG,
    DoctypeFound,
    ElementTooLarge,
    InvalidXml,
    declares_doctype,
    stream,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from bulkload.errors import WorkbookError

MOST_PARTS = 1_000
MOST_PART_MEGABYTES = 300
MOST_PARSED_MEGABYTES = 50
"""Of a part that is read whole: the list of sheets, the styles. The most that was seen in styles is 15."""

_DIRECTORY_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""What Open Packaging allows; the others exist only in archives that no spreadsheet program wrote."""

_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
"""What zipfile raises on damaged archives, found by changing bytes at random."""


class Parts:
    """The parts of a workbook, by name: case does not matter, folders are parted by slashes."""

    def __init__(self, file_name: str, content: bytes) -> None:
        """Raises WorkbookError where the archive is damaged, beyond a limit or no workbook."""
        self.file_name = file_name
        if content.count(_DIRECTORY_ENTRY) > MOST_PARTS:  # before zipfile makes an object of each
            raise refusal(messages.TOO_MANY_PARTS, value=file_name, most=MOST_PARTS)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise self.damaged("its list of parts can't be read") from error
        self._entries = self._directory()
        self._refuse_other_kinds()
        self._refuse_declarations()

    def damaged(self, what: str) -> WorkbookError:
        """The refusal of a damaged workbook, saying which part of it."""
        return refusal(messages.DAMAGED, value=self.file_name, what=what)

    @property
    def names(self) -> Collection[str]:
        """The names of all parts, in lower case."""
        return self._entries.keys()

    def __contains__(self, name: str) -> bool:
        return _folded(name) in self._entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes, bit by bit. Raises WorkbookError where it is missing or damaged."""
        entry = self._entries.get(_folded(name))
        if entry is None:
            raise self.damaged(f'the part "{name}" is missing')
        try:
            with self._archive.open(entry) as part:
                while chunk := part.read(CHUNK):
                    yield chunk
        except _BROKEN as error:
            raise self.damaged(f'the part "{name}" can\'t be unpacked') from error

    def stream(
        self, name: str, containers: Container[str], what: str | None = None
    ) -> Iterator[tuple[str, Sequence[Element]]]:
        """The batches of ``xml_stream``. ``what`` is wrong where the part is not XML. Raises WorkbookError."""
        try:
            yield from stream(self.chunks(name), containers)
        except InvalidXml as error:
            raise self.damaged(what or f'the part "{name}" can\'t be read') from error
        except DoctypeFound as error:
            raise self.declares(name) from error
        except ElementTooLarge as error:
            raise refusal(
                messages.ELEMENT_TOO_LARGE,
                value=self.file_name,
                part=name,
                most=LONGEST_ELEMENT // MEGABYTE,
            ) from error

    def small_stream(self, name: str, containers: Container[str]) -> Iterator[tuple[str, Sequence[Element]]]:
        """The same of a part that no workbook of two sheets has large. Raises WorkbookError."""
        entry = self._entries.get(_folded(name))
        if entry is not None and entry.file_size > MOST_PARSED_MEGABYTES * MEGABYTE:
            raise self.too_large(name, MOST_PARSED_MEGABYTES)
        yield from self.stream(name, containers)

    def elements(self, name: str, *containers: str) -> Iterator[Element]:
        """The elements of a small part, whatever contains them. Raises WorkbookError."""
        for _, elements in self.small_stream(name, frozenset({"", *containers})):
            yield from elements

    def too_large(self, name: str, most: int) -> WorkbookError:
        """The refusal of a part that has more than so many megabytes."""
        return refusal(messages.PART_TOO_LARGE, value=self.file_name, part=name, most=most)

    def declares(self, name: str) -> WorkbookError:
        """The refusal of a part that declares a document type or entities."""
        return refusal(messages.DECLARATIONS, value=self.file_name, part=name)

    def _directory(self) -> dict[str, zipfile.ZipInfo]:
        entries: dict[str, zipfile.ZipInfo] = {}
        for entry in self._archive.infolist():
            name = _folded(entry.filename)
            if entry.flag_bits & _ENCRYPTED:
                raise refusal(messages.PROTECTED, value=self.file_name)
            if entry.file_size > MOST_PART_MEGABYTES * MEGABYTE:
                raise self.too_large(entry.filename, MOST_PART_MEGABYTES)
            if entry.compress_type not in _METHODS:
                raise self.damaged(f'the part "{entry.filename}" is packed in a way that Excel does not know')
            if name in entries:
                raise self.damaged(f'the part "{entry.filename}" is there twice')
            entries[name] = entry
        return entries

    def _refuse_other_kinds(self) -> None:
        mimetype = next(self.chunks("mimetype"), b"") if "mimetype" in self else b""
        file_type = type_of_archive(self._entries.keys(), mimetype)
        if file_type is not None:
            raise refusal(file_type, value=self.file_name)

    def _refuse_declarations(self) -> None:
        for name, entry in self._entries.items():
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                with self._archive.open(entry) as part:
                    beginning = part.read(LONGEST_PROLOG)
            except _BROKEN as error:
                raise self.damaged(f'the part "{entry.filename}" can\'t be unpacked') from error
            if declares_doctype(beginning):
                raise self.declares(entry.filename)


def _folded(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
