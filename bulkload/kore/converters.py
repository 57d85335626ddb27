"""One converter for each kind of column: a typed value to the API's JSON, and the API's JSON to a typed value.

Reading is wide where the platform has been seen to write a value in several ways: ``5``, ``5.0`` and ``"5"``;
``9:00 AM`` and ``09:00 AM``; ``11:59:59.999 PM`` as the day's end. A value that no workbook can express is read
as None.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import cache
from typing import TYPE_CHECKING, Any

from bulkload.columns import (
    HOURS_COLUMNS,
    CallerId,
    Choice,
    Detection,
    HoursName,
    Kind,
    ListedName,
    ListedNames,
    Text,
    WholeNumber,
)
from bulkload.model import ApiVersion, Block, CallingHours

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_TIME = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?\s?([AP]M)?", re.IGNORECASE)
_END_OF_DAY = time(23, 59)


@dataclass(frozen=True, slots=True)
class Converter:
    """Both directions for one kind of column."""

    encode: Callable[[Any, Any, ApiVersion], Any]
    """(typed value, kind, version) to JSON."""
    decode: Callable[[Any, Any, ApiVersion], Any]
    """(JSON, kind, version) to the typed value; None for what no workbook can express."""


def encode(value: Any, kind: Kind, version: ApiVersion) -> Any:
    """The JSON value that is sent for a column's typed value."""
    return _CONVERTERS[type(kind)].encode(value, kind, version)


def decode(value: Any, kind: Kind, version: ApiVersion) -> Any:
    """The typed value of a column's JSON value; None for what no workbook can express."""
    return _CONVERTERS[type(kind)].decode(value, kind, version)


def text_of(value: Any) -> str | None:
    """A text exactly as it is, a number as its digits; None for anything else."""
    # In Python a boolean is an int, in JSON it is not.
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    # Halves of characters (lone surrogates) can't be stored or printed anywhere.
    return str(value).encode("utf-8", "replace").decode()


def name_in(value: Any) -> str | None:
    """A name given alone, in an object, or in a list of one."""
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    return text_of(value.get("name")) if isinstance(value, dict) else text_of(value)


def number_of(value: Any) -> int | None:
    """A whole number, also where it is written as text or as ``5.0``."""
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    text = (text_of(value) or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


def time_of(text: Any, *, is_end: bool) -> time | None:
    """A time of day to the minute; the last second of the day is 23:59, as a workbook writes the day's end."""
    found = _TIME.fullmatch(text.strip()) if isinstance(text, str) else None
    if found is None:
        return None
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = (found[4] or "").upper()
    if minute > 59 or hour > 23 or (half and not 1 <= hour <= 12):
        return None
    moment = time(hour % 12 + (12 if half == "PM" else 0) if half else hour, minute)
    # 5:59:59 PM as an end is no minute of a workbook; only the day's end is written so.
    is_whole = second == 0 or (is_end and moment == _END_OF_DAY)
    return moment if is_whole else None


@cache  # a workbook has few different moments, and each block has two
def twelve_hours(moment: time) -> str:
    """``9:00 AM``: no leading zero, whatever the machine's language."""
    half = "AM" if moment.hour < 12 else "PM"
    return f"{moment.hour % 12 or 12}:{moment.minute:02d} {half}"


@cache  # the same few blocks occur in all calling hours; a payload's content is never changed
def _encode_block(block: Block) -> Mapping[str, str]:
    return {"day": block.day, "start": twelve_hours(block.start), "end": twelve_hours(block.end)}


def _encode_hours(hours: CallingHours, _kind: Kind, _version: ApiVersion) -> dict[str, Any]:
    values = {
        "frequency": hours.frequency,
        "timezone": hours.timezone,
        "days": list(map(_encode_block, hours.blocks)),
    }
    return {key: values[key] for key in _HOURS_KEYS}


_HOURS_KEYS = tuple(dict.fromkeys(column.key.split("[]")[0] for column in HOURS_COLUMNS if column.key))
"""``frequency``, ``timezone``, ``days``: the keys of calling hours, in the order of their columns."""


def _decode_hours(value: Any, _kind: Kind, _version: ApiVersion) -> CallingHours | None:
    if not isinstance(value, dict) or not isinstance(value.get("days"), list):
        return None
    frequency, zone = text_of(value.get("frequency")), text_of(value.get("timezone"))
    blocks = [_decode_block(item) for item in value["days"]]
    if not frequency or not zone or not blocks or None in blocks:
        return None
    readable = [block for block in blocks if block]
    # v2 answers days in the order sent, but no page promises it.
    readable.sort(key=lambda block: (DAYS.index(block.day), block.start, block.end))
    return CallingHours("", frequency, zone, tuple(readable))


def _decode_block(item: Any) -> Block | None:
    if not isinstance(item, dict):
        return None
    day = str(item.get("day")).strip().upper()
    start, end = time_of(item.get("start"), is_end=False), time_of(item.get("end"), is_end=True)
    if day not in DAYS or start is None or end is None or start >= end:
        return None  # an overnight window needs two rows in a workbook
    return Block(day, start, end)


def _encode_number(value: int, kind: WholeNumber, _version: ApiVersion) -> int | str:
    return str(value) if kind.sent_as_text else value


def _encode_detection(value: str, _kind: Detection, version: ApiVersion) -> bool | str:
    return {"Yes": True, "No": False}[value] if version is ApiVersion.V1 else value.lower()


def _decode_detection(value: Any, kind: Detection, version: ApiVersion) -> str | None:
    """v1 has a boolean; v2 has a word, and answers ``no`` as false."""
    words = {True: "Yes", False: "No"}
    word = words[value] if isinstance(value, bool) else (text_of(value) or "").strip().capitalize()
    return word if word in kind.choices(version) else None


def _encode_text(value: str, _kind: Kind, _version: ApiVersion) -> str:
    return str(value)  # a choice may be a StrEnum


def _decode_text(value: Any, _kind: Kind, _version: ApiVersion) -> str | None:
    return text_of(value)


def _encode_names(value: tuple[str, ...], _kind: Kind, _version: ApiVersion) -> list[str]:
    return list(value)


def _decode_names(value: Any, _kind: Kind, _version: ApiVersion) -> tuple[str, ...] | None:
    """Names alone or in objects; None where one of them can't be read."""
    names = [name_in(item) for item in value] if isinstance(value, list) else [None]
    # One unreadable name makes the set of lists unknown: leaving it out would look like a change.
    return None if None in names else tuple(name for name in names if name is not None)


_TEXT = Converter(_encode_text, _decode_text)
_CONVERTERS: Mapping[type, Converter] = {
    Text: _TEXT,
    ListedName: _TEXT,
    CallerId: _TEXT,
    Choice: _TEXT,
    ListedNames: Converter(_encode_names, _decode_names),
    WholeNumber: Converter(_encode_number, lambda value, _kind, _version: number_of(value)),
    Detection: Converter(_encode_detection, _decode_detection),
    HoursName: Converter(_encode_hours, _decode_hours),
}
