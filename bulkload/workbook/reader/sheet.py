"""One sheet's raw bytes, taken bit by bit in plain form, or rewritten into it.

Cells without content are dropped as they pass, so a sheet that is formatted down to its last row costs time
but no memory. The rows that remain are in plain form and near; the library is given them and nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.workbook.reader.markup import Declaration, Markup, NotMarkup
from bulkload.workbook.reader.plain import NotPlain, is_utf8
from bulkload.workbook.reader.rewrite import Damage, rewritten
from bulkload.workbook.reader.rewrite_sheet import CellsRewriter, SheetMarks
from bulkload.workbook.reader.scan import Scan, Scanner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LONGEST_HEAD = 4 << 20
"""Bytes before the rows: columns' widths and views."""
LONGEST_ROW = 16 << 20
"""Bytes of one row: 200 cells of the longest text that Excel allows, in three bytes a character."""


def scan(
    chunks: Callable[[], Iterable[bytes]],
    blank_strings: frozenset[int],
    noted_styles: Mapping[int, str],
) -> Scan:
    """What the sheet says whose part these chunks are; they are asked for again if they are not plain.

    ``blank_strings`` are the shared texts without a character, ``noted_styles`` the formats by the cell styles
    whose numbers are noted. Raises NotMarkup, Declaration, Damage or TooLarge where the part can't be read.
    """
    marks = SheetMarks()
    scanner = Scanner(blank_strings, noted_styles)
    try:
        for rows in _plain_rows(chunks(), marks):
            scanner.take(rows)
    except (NotPlain, NotMarkup, Declaration):
        marks = rewriter = CellsRewriter()
        scanner = Scanner(blank_strings, noted_styles)
        try:
            for rows in rewritten(chunks(), rewriter):
                scanner.take(rows, is_written_here=True)
        except NotPlain as error:
            raise Damage("its rows can't be read") from error
    return scanner.scan(marks)


def _plain_rows(chunks: Iterable[bytes], marks: SheetMarks) -> Iterator[bytes]:
    """The bytes between ``<sheetData>`` and its end, cut between rows; the marks see what stands around them.

    Raises NotPlain where no rows in plain form can stand there, NotMarkup or Declaration where what stands
    around them can't be read.
    """
    markup = Markup(marks)
    chunks = iter(chunks)
    head, buffer = _head(chunks)
    markup.feed(head)
    while (end := buffer.find(_END)) < 0:
        cut = max(buffer.rfind(b"<row "), 0)
        if cut:
            yield buffer[:cut]
        chunk = next(chunks, b"")
        if not chunk or len(buffer) - cut > LONGEST_ROW:
            raise NotPlain
        buffer = buffer[cut:] + chunk
    yield buffer[:end]
    markup.feed(buffer[end:])
    for chunk in chunks:
        markup.feed(chunk)
    markup.feed(b"", last=True)
    if marks.has_rows:  # a second table of rows, after the first
        raise NotPlain


_BEGIN, _END = b"<sheetData>", b"</sheetData>"


def _head(chunks: Iterator[bytes]) -> tuple[bytes, bytes]:
    """What precedes the rows, with the tag that begins them, and what was read of the rows. Raises NotPlain."""
    buffer = b""
    for chunk in chunks:
        buffer += chunk
        head, begins, rest = buffer.partition(_BEGIN)
        if begins and is_utf8(head):
            return head + begins, rest
        if begins or len(buffer) > LONGEST_HEAD:
            break
    raise NotPlain
