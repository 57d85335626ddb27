"""Read .csv, .tsv and .json: decode, find the separator, keep every value as text."""

from __future__ import annotations

import csv
import json
import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pandas as pd

from bulkload.errors import refusal
from bulkload.workbook.foreign import messages
from bulkload.workbook.foreign.table import MOST_COLUMNS, make_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bulkload.model import Cell
    from bulkload.workbook.foreign.table import ForeignTable

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
SEPARATORS = (",", ";", "\t", "|")
"""Those that programs write; the one most frequent in the headings is taken."""
LIST_SEPARATOR = "; "
"""Between the values of a list in JSON."""


def read_separated(path: Path, content: bytes) -> ForeignTable:
    """The table of a text file with separated values. Raises WorkbookError."""
    text = decode(path, content)
    if not text.strip():
        raise refusal(messages.NO_ROWS, value=path.name)
    separator = find_separator(text)
    try:
        width = max(map(len, csv.reader(StringIO(text), delimiter=separator)), default=0)
        if width > MOST_COLUMNS:
            raise refusal(messages.TOO_MANY_COLUMNS, value=path.name, count=f"{width:,}", most=MOST_COLUMNS)
        frame = pd.read_csv(
            StringIO(text),
            sep=separator,
            header=None,
            names=range(width),
            index_col=False,
            dtype=object,
            keep_default_na=False,
            na_filter=False,
            skip_blank_lines=False,
        )
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error) as error:
        raise refusal(messages.NOT_SEPARATED, value=path.name, reason=str(error)) from error
    rows = frame.to_numpy(dtype=object).tolist()
    return make_table(
        path, [(number, [_text(cell) for cell in row]) for number, row in enumerate(rows, start=1)]
    )


def read_json(path: Path, content: bytes) -> ForeignTable:
    """The table of a JSON array of objects; the headings are the dotted paths of the values."""
    try:
        document = json.loads(decode(path, content), object_pairs_hook=_object, parse_constant=_no_constant)
        objects = [dict(_flat(one)) for one in _objects(document)]
    except (ValueError, RecursionError) as error:
        raise refusal(messages.NOT_JSON, value=path.name, reason=str(error)) from error
    headings = list(dict.fromkeys(name for one in objects for name in one))
    rows = [(number, [one.get(name) for name in headings]) for number, one in enumerate(objects, start=1)]
    return make_table(path, [(0, headings), *rows], is_json=True)


def decode(path: Path, content: bytes) -> str:
    """The text, from UTF-8, UTF-16 or Windows-1252. Raises WorkbookError where it is none of these."""
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text):
            return text
    raise refusal(messages.NOT_TEXT, value=path.name)


def _encodings(content: bytes) -> Iterator[str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
        return
    # Without its mark UTF-16 shows by the zeros in every second byte.
    beginning = content[:200]
    if beginning[1::2].count(0) > len(beginning) // 4:
        yield "utf-16-le"
    if beginning[::2].count(0) > len(beginning) // 4:
        yield "utf-16-be"
    yield "utf-8-sig"
    yield "cp1252"


def find_separator(text: str) -> str:
    """The separator that is most frequent in the first line with content, outside quotes."""
    first = next(line for line in text.splitlines() if line.strip())
    # Excel writes this line so that it finds the separator itself.
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    bare = _QUOTED.sub("", first)
    return max(SEPARATORS, key=bare.count)


def _text(cell: Any) -> Cell:
    text = str(cell).strip() if isinstance(cell, str) else ""
    return text or None


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name is there twice in one object")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a value of JSON")


def _objects(document: Any) -> list[dict[str, Any]]:
    if isinstance(document, list) and document and all(isinstance(one, dict) for one in document):
        return document
    raise ValueError("it is not an array of objects")


def _flat(value: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Cell]]:
    for name, part in value.items():
        path = f"{prefix}{name}"
        if isinstance(part, dict):
            yield from _flat(part, f"{path}.")
        elif isinstance(part, list) and part and all(isinstance(one, dict) for one in part):
            yield from _flat_list(part, path)
        elif isinstance(part, list):
            yield path, LIST_SEPARATOR.join(str(_plain(one) or "") for one in part) or None
        else:
            yield path, _plain(part)


def _flat_list(objects: list[dict[str, Any]], path: str) -> Iterator[tuple[str, Cell]]:
    """Each field of the objects as one list, with an empty place where an object lacks it."""
    flat = [dict(_flat(one)) for one in objects]
    for name in dict.fromkeys(name for one in flat for name in one):
        values = ["" if one.get(name) is None else str(one[name]) for one in flat]
        yield f"{path}.{name}", LIST_SEPARATOR.join(values)


def _plain(value: Any) -> Cell:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return value.strip() or None
    raise ValueError("a list contains lists")
