"""What a file is, by its content: the name says what somebody believed, the first bytes say what it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

BEGINNING = 4096
"""Bytes that tell the kinds of text apart."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is not read."""

    what: str
    """As it reads after "this is"."""
    remedy: str
    """How to get an Excel workbook from it."""


_SAVE_AS = "and use File > Save As > Excel Workbook (*.xlsx); then give that file."
_WITH_EXCEL = f"Open it in Excel {_SAVE_AS}"
_NO_WAY = "Give the Excel workbook (.xlsx) that holds the campaigns; 'bulkload template' writes an empty one."

OLD_EXCEL = Kind("an old Excel workbook (.xls)", _WITH_EXCEL)
BINARY_EXCEL = Kind("an Excel binary workbook (.xlsb)", _WITH_EXCEL)
XML_EXCEL = Kind("an XML spreadsheet of Excel 2003", _WITH_EXCEL)
OPEN_DOCUMENT = Kind("an OpenDocument spreadsheet (.ods)", f"Open it in LibreOffice or Excel {_SAVE_AS}")
NUMBERS = Kind("a Numbers spreadsheet (.numbers)", "Open it in Numbers and use File > Export To > Excel.")
VALUES = Kind(
    "a text file with separated values (.csv)",
    "Open it in Excel, make sure that phone numbers kept their + and zeros, "
    "and use File > Save As > Excel Workbook (*.xlsx).",
)
TEXT = Kind("a text file", _NO_WAY)
HTML = Kind("a web page (.html)", _WITH_EXCEL)
PDF = Kind("a PDF document", _NO_WAY)
PICTURE = Kind("a picture", _NO_WAY)
WORD = Kind("a Word document", _NO_WAY)
SLIDES = Kind("a PowerPoint presentation", _NO_WAY)
OFFICE = Kind("an old Office document", _NO_WAY)
ARCHIVE = Kind("a zip archive without a workbook's parts", "If the workbook is inside, unpack it first.")
UNKNOWN = Kind("something else", _NO_WAY)

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""First record of a zip archive, the second that of an empty one."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the old Office formats, and of every encrypted workbook."""

_OLD_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_BEFORE_OLE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
"""First record of Excel 2 to 5 files, which had no container."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype|<!--|<)", re.IGNORECASE)


def is_encrypted(content: bytes) -> bool:
    """Whether this is a container with an encrypted workbook."""
    return content.startswith(OLE) and _ENCRYPTED_STREAM in content


def kind_of(content: bytes) -> Kind | None:
    """What the content is; None for a zip archive, whose directory must tell."""
    if content.startswith(ZIP):
        return None
    if content.startswith(OLE):
        return OLD_EXCEL if any(stream in content for stream in _OLD_EXCEL_STREAMS) else OFFICE
    if content.startswith(_BEFORE_OLE):
        return OLD_EXCEL
    if content.lstrip().startswith(b"%PDF"):
        return PDF
    if content.startswith(_PICTURES):
        return PICTURE
    return _kind_of_text(content[:BEGINNING])


def kind_of_archive(names: Collection[str], mimetype: bytes) -> Kind | None:
    """What a zip archive with these parts is; None where it has the parts of an Excel workbook."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return OPEN_DOCUMENT
    folders = {name.partition("/")[0] for name in names}
    if "xl/workbook.bin" in names:
        return BINARY_EXCEL
    if "xl/workbook.xml" in names or ("[content_types].xml" in names and not folders & {"word", "ppt"}):
        return None
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        return NUMBERS
    known = {"word": WORD, "ppt": SLIDES}
    return next((kind for folder, kind in known.items() if folder in folders), ARCHIVE)


def _kind_of_text(beginning: bytes) -> Kind:
    text = _decoded(beginning)
    if text is None:
        return UNKNOWN
    lowered = text.lower()
    if _MARKUP.match(text):
        if "office:document" in lowered:
            return OPEN_DOCUMENT
        if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
            return XML_EXCEL
        if re.search(r"<(?:!doctype html|html|head|body|table|meta)\b", lowered):
            return HTML
    first_lines = [line for line in text.splitlines() if line.strip()][:2]
    if first_lines and all(re.search(r"[,;\t|]", line) for line in first_lines):
        return VALUES
    return TEXT


def _decoded(beginning: bytes) -> str | None:
    """The text, or None where these bytes are no text."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return beginning.decode("utf-16", errors="replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", beginning):
        return None
    return beginning.decode("utf-8-sig", errors="replace")
