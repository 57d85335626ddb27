"""XML parts, read by expat as small trees that are taken off as soon as they are complete.

``stream`` builds elements with ElementTree's C parser, which is expat without a call into Python per tag. Only the
children of the containers that the caller names are kept, and only until the next chunk, so a large part takes no
memory.
A document type is refused by expat before the first element, and XML allows none after it. defusedxml refuses the
same, but calls Python for each tag, which takes five times as long; the package is required for openpyxl's sake.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, NoReturn
from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser
from xml.parsers import expat

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

version("defusedxml")  # raises PackageNotFoundError: without it openpyxl would open any XML

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""Begins the tags of SpreadsheetML."""
RELATIONSHIPS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
STRICT = "http://purl.oclc.org/ooxml/"
"""Begins the namespaces of Strict Open XML."""

CHUNK = 1 << 16
"""Bytes parsed at a time. An element takes 4 bytes of XML and up to 100 of memory."""
LONGEST_PROLOG = CHUNK
"""Bytes before the first element; Excel writes 56."""
LONGEST_ELEMENT = 4_000_000
"""Bytes of one child of a container: a row with 100 of the longest texts that Excel allows."""
MOST_CHILDREN = 100_000
"""Children of one element inside a container's child."""
DEEPEST = 64
"""Elements inside one another; a sheet of Excel has about ten."""


class InvalidXml(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The bytes are not well-formed XML."""


class DoctypeFound(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """The part declares a document type or an entity."""


class ElementTooLarge(Exception):  # noqa: N818  (an answer to its caller, who puts it into words)
    """One element is longer than any spreadsheet program writes."""


def stream(chunks: Iterable[bytes], containers: Container[str]) -> Iterator[tuple[str, Sequence[Element]]]:
    """The complete children of each container, in batches with the container's tag.

    A container inside a container gives its own children first, and then comes itself, without them. The document
    is in the container ``""``. Raises InvalidXml, DoctypeFound or ElementTooLarge.
    """
    builder = TreeBuilder()
    document = builder.start(
        "", {}
    )  # the real root becomes its child, and so is at hand before it is complete
    parser = XMLParser(target=builder)  # noqa: S314  (document types are refused below)
    unfinished = 0
    is_first = True
    for chunk in chunks:
        if is_first and declares_doctype(chunk):
            raise DoctypeFound
        is_first = False
        _feed(parser, chunk)
        unfinished += len(chunk)
        _check_size(document, containers, unfinished)
        for batch in _take(document, containers, is_complete=False):
            unfinished = 0
            yield batch
    _close(parser)
    yield from _take(document, containers, is_complete=True)


def _feed(parser: XMLParser, chunk: bytes) -> None:
    try:
        parser.feed(chunk)
    except (ParseError, LookupError, ValueError) as error:  # the latter two: unknown encodings
        raise InvalidXml(str(error)) from error


def _close(parser: XMLParser) -> None:
    try:
        parser.close()
    except (ParseError, AssertionError) as error:  # AssertionError: the builder's, where elements are open
        raise InvalidXml(str(error)) from error


def _take(
    container: Element, containers: Container[str], *, is_complete: bool
) -> Iterator[tuple[str, Sequence[Element]]]:
    """Take the complete children out of a container. Its last child may still grow, unless it is complete itself."""
    children = list(container)
    complete = children if is_complete else children[:-1]
    del container[: len(complete)]
    for child in children:
        if child.tag in containers:
            yield from _take(child, containers, is_complete=is_complete or child is not children[-1])
    if complete:
        yield container.tag, complete


def _check_size(document: Element, containers: Container[str], unfinished: int) -> None:
    """Refuse what would grow without limit: a long element, one of many children, or a deep one."""
    element, depth = document, 0
    while len(element):
        element = element[-1]
        depth += 1
        if depth > DEEPEST or (len(element) > MOST_CHILDREN and element.tag not in containers):
            raise ElementTooLarge
    if unfinished > LONGEST_ELEMENT:
        raise ElementTooLarge


def declares_doctype(beginning: bytes) -> bool:
    """Whether a part that begins so declares a document type; only what precedes the first element counts."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = _stop_at_element
    parser.StartDoctypeDeclHandler = _stop_at_doctype
    parser.EntityDeclHandler = _stop_at_doctype
    try:
        parser.Parse(beginning[:LONGEST_PROLOG], False)
    except DoctypeFound:
        return True
    except (expat.ExpatError, LookupError, ValueError, _ElementFound):
        return False
    return len(beginning) >= LONGEST_PROLOG  # after so much nothing, anything may follow


class _ElementFound(Exception):  # noqa: N818  (not an error)
    pass


def _stop_at_element(*_details: object) -> NoReturn:
    raise _ElementFound


def _stop_at_doctype(*_details: object) -> NoReturn:
    raise DoctypeFound
