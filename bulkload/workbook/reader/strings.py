"""The texts that cells share, brought into plain form."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bulkload.workbook.reader.plain import BLANK_STRING, are_plain_strings, is_plain_text, is_utf8
from bulkload.workbook.reader.rewrite import StringsRewriter, rewritten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Strings:
    """Shared texts."""

    elements: bytes = b""
    """``<si>`` elements in plain form, one after the other."""
    blank: frozenset[int] = frozenset()
    """Those without a character, by their number from 0."""


def strings_of(chunks: Callable[[], Iterable[bytes]]) -> Strings:
    """The shared texts of the part whose chunks these are; they are asked for again if they are not plain.

    Raises NotMarkup, Declaration, Damage or TooLarge where the part can't be read.
    """
    elements = _plain(b"".join(chunks()))
    if elements is None:
        elements = b"".join(rewritten(chunks(), StringsRewriter()))
    return Strings(elements, _blank(elements))


_TABLE = re.compile(rb'((?:\xef\xbb\xbf)?(?:<\?xml[^<>]*\?>)?\s*)<sst(?: [a-zA-Z0-9:]+="[^"<>&]*")*>')
_MAIN_NAMESPACE = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def _plain(part: bytes) -> bytes | None:
    """The elements of a part in plain form; None where it is not."""
    table = _TABLE.match(part)
    end = part.rfind(b"</sst>")
    if table is None or _MAIN_NAMESPACE not in table[0] or part[end:].rstrip() != b"</sst>":
        return None
    elements = part[table.end() : end]
    is_plain = is_utf8(table[0]) and is_plain_text(elements) and are_plain_strings(elements)
    return elements if is_plain else None


def _blank(elements: bytes) -> frozenset[int]:
    if not BLANK_STRING.search(elements):
        return frozenset()
    strings = elements.split(b"<si>")[1:]
    return frozenset(index for index, string in enumerate(strings) if BLANK_STRING.match(b"<si>" + string))
