"""Parts that are not in plain form are read by expat and written anew in plain form: the frame, and the texts.

Prefixes, other encodings, comments, CDATA and indentation vanish; rich text becomes its characters, as Excel's
own cells show them. A part that nobody can read as Excel would is Damage. ``rewrite_sheet`` has the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.sax.saxutils import escape

from bulkload.workbook.reader.file import MEGABYTE
from bulkload.workbook.reader.markup import MAIN, Handler, Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TEXT, GUIDE = f"{MAIN}t", f"{MAIN}rPh"
"""Elements of a text and of its phonetic guide, which is no part of it; in shared texts and in cells."""
_STRING = f"{MAIN}si"

MOST_MEGABYTES = 50
"""Rewriting takes a second for 4 MB; the largest sheets that are read have 25 MB in plain form."""


class Damage(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The part holds what no spreadsheet program means; the argument says what."""


class TooLarge(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The part is longer than a part that is not in plain form may be."""


class Rewriter(Handler, Protocol):
    """A handler that writes what it sees."""

    def take(self) -> str:
        """What was written since the last time."""


def rewritten(chunks: Iterable[bytes], rewriter: Rewriter) -> Iterator[bytes]:
    """The part in plain form, bit by bit. Raises NotMarkup, Declaration, Damage or TooLarge."""
    markup = Markup(rewriter)
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_MEGABYTES * MEGABYTE:
            raise TooLarge
        markup.feed(chunk)
        yield rewriter.take().encode()
    markup.feed(b"", last=True)
    yield rewriter.take().encode()


class StringsRewriter:
    """Shared texts: runs of rich text are joined, phonetic guides left out."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._text: list[str] = []
        self._in_text = False
        self._in_guide = False

    def take(self) -> str:
        """``<si>`` elements."""
        written = "".join(self._written)
        self._written.clear()
        return written

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """A text, a guide or something around them begins."""
        if name == TEXT:
            self._in_text = not self._in_guide
        elif name == GUIDE:
            self._in_guide = True

    def text(self, data: str) -> None:
        """Characters, of which only those of a text count."""
        if self._in_text:
            self._text.append(data)

    def end(self, name: str) -> None:
        """A text, a guide or a whole shared text ends."""
        if name == TEXT:
            self._in_text = False
        elif name == GUIDE:
            self._in_guide = False
        elif name == _STRING:
            self._written.append(f"<si>{text_element(''.join(self._text))}</si>")
            self._text.clear()


def text_element(text: str) -> str:
    """``<t>`` with these characters, none of which a parser may drop."""
    return f'<t xml:space="preserve">{escaped(text)}</t>'


def escaped(text: str) -> str:
    """The text as it stands in XML; a carriage return by its number, for XML reads it as a line feed."""
    return escape(text, {"\r": "&#13;"})
