"""The type of a file by its content, whatever its name says. Each other type has a message of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bulkload.workbook.reader import messages

if TYPE_CHECKING:
    from collections.abc import Collection

    from bulkload.messages import MessageTemplate

BEGINNING = 4096
"""Bytes that are enough to distinguish types of text."""


ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""First record of a zip archive, the second that of an empty one."""
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The container of the old Office formats, and of every encrypted workbook."""

_OLD_EXCEL_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_LABEL_STREAM = "DRMEncryptedDataSpace".encode("utf-16-le")
_BEFORE_OLE = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08")
"""First record of Excel 2 to 5 files, which had no container."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_MARKUP = re.compile(r"\s*(?:<\?xml|<!doctype|<!--|<)", re.IGNORECASE)


def encryption_of(content: bytes) -> MessageTemplate | None:
    """How a container with an encrypted workbook is protected; None for any other content."""
    if not content.startswith(OLE):
        return None
    if _LABEL_STREAM in content:  # beside an EncryptedPackage
        return messages.SENSITIVITY_LABEL
    return messages.PROTECTED if _ENCRYPTED_STREAM in content else None


def type_of(content: bytes) -> MessageTemplate | None:
    """The refusal of this content; None for a zip archive, whose directory decides."""
    if content.startswith(ZIP):
        return None
    if content.startswith(OLE):
        return (
            messages.OLD_EXCEL if any(stream in content for stream in _OLD_EXCEL_STREAMS) else messages.OFFICE
        )
    if content.startswith(_BEFORE_OLE):
        return messages.OLD_EXCEL
    if content.lstrip().startswith(b"%PDF"):
        return messages.PDF
    if content.startswith(_PICTURES):
        return messages.PICTURE
    return _type_of_text(content[:BEGINNING])


def type_of_archive(names: Collection[str], mimetype: bytes) -> MessageTemplate | None:
    """The refusal of a zip archive with these parts; None where it has the parts of an Excel workbook."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        return messages.OPEN_DOCUMENT
    folders = {name.partition("/")[0] for name in names}
    if "xl/workbook.bin" in names:
        return messages.BINARY_EXCEL
    if "xl/workbook.xml" in names or ("[content_types].xml" in names and not folders & {"word", "ppt"}):
        return None
    if any(name.endswith((".iwa", "index.zip")) for name in names):
        return messages.NUMBERS
    known = {"word": messages.WORD, "ppt": messages.SLIDES}
    return next((template for folder, template in known.items() if folder in folders), messages.ARCHIVE)


def _type_of_text(beginning: bytes) -> MessageTemplate:
    text = _decoded(beginning)
    if text is None:
        return messages.UNKNOWN
    lowered = text.lower()
    if _MARKUP.match(text):
        if "office:document" in lowered:
            return messages.OPEN_DOCUMENT
        if "urn:schemas-microsoft-com:office:spreadsheet" in lowered:
            return messages.XML_EXCEL
        if re.search(r"<(?:!doctype html|html|head|body|table|meta)\b", lowered):
            return messages.HTML
    first_lines = [line for line in text.splitlines() if line.strip()][:2]
    if first_lines and all(re.search(r"[,;\t|]", line) for line in first_lines):
        return messages.VALUES
    return messages.TEXT


def _decoded(beginning: bytes) -> str | None:
    """The text, or None where these bytes are not text."""
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return beginning.decode("utf-16", errors="replace")
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", beginning):
        return None
    return beginning.decode("utf-8-sig", errors="replace")
