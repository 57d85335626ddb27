"""A part's XML, read by expat with document types and entities refused.

defusedxml's own parsers are not used for the large parts: they run expat through Python's element trees, ten
times slower than the callbacks used here. What they forbid is forbidden here in the same way (a handler that
raises at the declaration), and defusedxml is required to be there, for openpyxl and others use it of their
own accord.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn, Protocol
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Iterable

version("defusedxml")  # raises PackageNotFoundError: without it openpyxl would open any XML

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
"""Namespace of a workbook's own elements, with the space that parts it from the name in expat's callbacks."""
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships "
STRICT = "http://purl.oclc.org/ooxml/"
"""Where the namespaces of Strict Open XML begin."""

LONGEST_PROLOG = 65_536
"""Bytes before the first element; Excel writes 56."""


class NotMarkup(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The bytes are no well-formed XML."""


class Declaration(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The part declares a document type or an entity."""


class Handler(Protocol):
    """What is done with the elements of a part; names come as ``namespace name``."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, data: str) -> None:
        """Characters stand in the innermost element."""


class Markup:
    """A parser that is fed a part bit by bit."""

    def __init__(self, handler: Handler) -> None:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = handler.start
        parser.EndElementHandler = handler.end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = _declared
        parser.EntityDeclHandler = _declared
        parser.ExternalEntityRefHandler = _declared
        self._parser = parser

    def feed(self, data: bytes, *, last: bool = False) -> None:
        """Go on with these bytes.

        Raises NotMarkup where they are not well-formed, Declaration at a document type or an entity.
        """
        try:
            self._parser.Parse(data, last)
        except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two: unknown encodings
            raise NotMarkup(str(error)) from error


def parse(chunks: Iterable[bytes], handler: Handler) -> None:
    """Have the handler see a whole part."""
    markup = Markup(handler)
    for chunk in chunks:
        markup.feed(chunk)
    markup.feed(b"", last=True)


def declares(beginning: bytes) -> bool:
    """Whether a part that begins so declares a document type; only what precedes the first element counts."""
    markup = Markup(_FirstElement())
    try:
        markup.feed(beginning[:LONGEST_PROLOG])
    except Declaration:
        return True
    except (NotMarkup, _FirstElementSeen):
        return False
    return len(beginning) >= LONGEST_PROLOG  # nobody knows what comes after so much nothing


class _FirstElementSeen(Exception):  # noqa: N818  (not an error)
    pass


class _FirstElement:
    def start(self, _name: str, _attributes: dict[str, str]) -> None:
        raise _FirstElementSeen

    def end(self, _name: str) -> None:
        """Nothing ends before it begins."""

    def text(self, _data: str) -> None:
        """No text stands before the first element."""


def _declared(*_details: object) -> NoReturn:
    raise Declaration
