"""Read a list of any of the kinds that can be converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.errors import refusal
from bulkload.workbook.foreign import messages
from bulkload.workbook.reader import messages as file_messages
from bulkload.workbook.reader.file import MEGABYTE, MOST_MEGABYTES

if TYPE_CHECKING:
    from pathlib import Path

    from bulkload.workbook.foreign.table import ForeignTable

_TEXT = frozenset({".csv", ".tsv", ".txt"})
_EXCEL = frozenset({".xlsx", ".xlsm"})
_ZIP = b"PK\x03\x04"


def read_foreign(path: Path) -> ForeignTable:
    """The table of a .xlsx, .csv, .tsv or .json file. Raises WorkbookError where it can't be used."""
    suffix = path.suffix.lower()
    if suffix in _EXCEL:
        return _excel(path, None)
    if suffix not in _TEXT and suffix != ".json":
        raise refusal(messages.OTHER_ENDING, value=path.name)
    content = _content(path)
    # A workbook renamed to .csv is still a workbook.
    if content.startswith(_ZIP):
        return _excel(path, content)
    from bulkload.workbook.foreign.text_files import read_json, read_separated  # noqa: PLC0415  (pandas is slow)

    return read_json(path, content) if suffix == ".json" else read_separated(path, content)


def _excel(path: Path, content: bytes | None) -> ForeignTable:
    from bulkload.workbook.foreign.excel_files import read_excel  # noqa: PLC0415  (openpyxl is slow to import)

    return read_excel(path, content)


def _content(path: Path) -> bytes:
    if not path.is_file():
        template = file_messages.NOT_A_FILE if path.exists() else file_messages.NO_FILE
        raise refusal(template, value=str(path))
    try:
        size = path.stat().st_size
        if size > MOST_MEGABYTES * MEGABYTE:
            size_words = f"{size / MEGABYTE:,.0f}"
            raise refusal(file_messages.TOO_LARGE, value=path.name, size=size_words, most=MOST_MEGABYTES)
        return path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise refusal(file_messages.UNREADABLE_FILE, value=str(path), reason=reason) from error
