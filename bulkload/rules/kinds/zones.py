"""Parse a time zone: an IANA name. What only looks like one is refused with the names that may be meant.

EST, HST and the like are names in the IANA database too, but they never change to daylight saving time. Hardly
anybody in New York means that. An offset such as GMT+5:30 does not say it either. Both would call people at the
wrong hour for half of the year.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from bulkload.rules.messages import hours as messages
from bulkload.rules.parsed_cell import invalid, ok, warning
from bulkload.rules.suggestions import Suggester, letters
from bulkload.text import count_of, did_you_mean, half_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

_NEW_YORK = "America/New_York"
_CHICAGO = "America/Chicago"
_DENVER = "America/Denver"
_LOS_ANGELES = "America/Los_Angeles"
_PARIS = "Europe/Paris, Europe/Berlin or Europe/Madrid"
_ATHENS = "Europe/Athens or Europe/Helsinki"

ADVICE: Mapping[str, str] = {
    "est": f"{_NEW_YORK} (or America/Panama, which has no daylight saving time)",
    "edt": _NEW_YORK,
    "et": _NEW_YORK,
    "cst": f"{_CHICAGO}, or Asia/Shanghai for China",
    "cdt": _CHICAGO,
    "ct": _CHICAGO,
    "mst": f"{_DENVER} (or America/Phoenix, which has no daylight saving time)",
    "mdt": _DENVER,
    "mt": _DENVER,
    "pst": _LOS_ANGELES,
    "pdt": _LOS_ANGELES,
    "pt": _LOS_ANGELES,
    "akst": "America/Anchorage",
    "akdt": "America/Anchorage",
    "hst": "Pacific/Honolulu",
    "ast": "America/Halifax, America/Puerto_Rico or Asia/Riyadh",
    "adt": "America/Halifax",
    "nst": "America/St_Johns",
    "brt": "America/Sao_Paulo",
    "art": "America/Argentina/Buenos_Aires",
    "clt": "America/Santiago",
    "cot": "America/Bogota",
    "gmt": "UTC, or Europe/London for British time",
    "bst": "Europe/London, or Asia/Dhaka for Bangladesh",
    "ist": "Asia/Kolkata for India, Europe/Dublin for Ireland or Asia/Jerusalem for Israel",
    "wet": "Europe/Lisbon",
    "west": "Europe/Lisbon",
    "cet": _PARIS,
    "cest": _PARIS,
    "met": _PARIS,
    "mez": "Europe/Berlin",
    "eet": _ATHENS,
    "eest": _ATHENS,
    "msk": "Europe/Moscow",
    "trt": "Europe/Istanbul",
    "sast": "Africa/Johannesburg",
    "eat": "Africa/Nairobi",
    "wat": "Africa/Lagos",
    "cat": "Africa/Maputo",
    "gst": "Asia/Dubai",
    "pkt": "Asia/Karachi",
    "npt": "Asia/Kathmandu",
    "ict": "Asia/Bangkok",
    "wib": "Asia/Jakarta",
    "sgt": "Asia/Singapore",
    "myt": "Asia/Kuala_Lumpur",
    "hkt": "Asia/Hong_Kong",
    "pht": "Asia/Manila",
    "jst": "Asia/Tokyo",
    "kst": "Asia/Seoul",
    "awst": "Australia/Perth",
    "acst": "Australia/Adelaide or Australia/Darwin",
    "acdt": "Australia/Adelaide",
    "aest": "Australia/Sydney, or Australia/Brisbane, which has no daylight saving time",
    "aedt": "Australia/Sydney",
    "nzst": "Pacific/Auckland",
    "nzdt": "Pacific/Auckland",
    "eastern": _NEW_YORK,
    "central": _CHICAGO,
    "mountain": _DENVER,
    "pacific": _LOS_ANGELES,
    "india": "Asia/Kolkata",
    "indian": "Asia/Kolkata",
    "china": "Asia/Shanghai",
    "germany": "Europe/Berlin",
    "france": "Europe/Paris",
    "tokyo": "Asia/Tokyo",
    "singapore": "Asia/Singapore",
    "greenwichmean": "UTC, or Europe/London for British time",
    "centraleuropean": _PARIS,
    "centraleurope": _PARIS,
    "weurope": "Europe/Berlin",
    "easterneuropean": _ATHENS,
    "british": "Europe/London",
    "arabian": "Asia/Dubai",
}
"""Which IANA names an abbreviation, or the first words of "... Standard Time", may mean."""

BY_OFFSET: Mapping[int, str] = {
    -600: "Pacific/Honolulu",
    -540: "America/Anchorage",
    -480: _LOS_ANGELES,
    -420: f"{_DENVER} or America/Phoenix",
    -360: f"{_CHICAGO} or America/Mexico_City",
    -300: f"{_NEW_YORK} or America/Bogota",
    -240: "America/Halifax or America/Santiago",
    -210: "America/St_Johns",
    -180: "America/Sao_Paulo or America/Argentina/Buenos_Aires",
    0: "UTC, or Europe/London for British time",
    60: f"{_PARIS}, or Africa/Lagos",
    120: f"{_ATHENS}, or Africa/Johannesburg",
    180: "Asia/Riyadh, Europe/Istanbul or Africa/Nairobi",
    210: "Asia/Tehran",
    240: "Asia/Dubai",
    270: "Asia/Kabul",
    300: "Asia/Karachi",
    330: "Asia/Kolkata",
    345: "Asia/Kathmandu",
    360: "Asia/Dhaka",
    390: "Asia/Yangon",
    420: "Asia/Bangkok or Asia/Jakarta",
    480: "Asia/Singapore, Asia/Shanghai or Australia/Perth",
    540: "Asia/Tokyo or Asia/Seoul",
    570: "Australia/Darwin or Australia/Adelaide",
    600: "Australia/Sydney or Australia/Brisbane",
    720: "Pacific/Auckland",
}
"""Names for an offset in minutes east of UTC (tzdata, standard time)."""

_PLACES = frozenset({"singapore"})
"""Names in the table above that are old IANA names of one place."""
_NO_PLACE = frozenset({"factory", "localtime", "gmt+0", "gmt-0", "gmt0"})
"""Names of the database that say no place, or look like an offset."""
# The minus is escaped: between + and the minus sign U+2212 it would mean a range with every digit and letter in it.
_OFFSET = re.compile(r"\(?(?:utc|gmt|z)? ?([+\-−]) ?(\d{1,2})(?:[:.]?(\d\d))?\)?(?: .*)?", re.ASCII)  # noqa: RUF001
_NO_SIGN = re.compile(r"\(?(?:utc|gmt) ?(\d{1,2})(?:[:.]?(\d\d))?\)?(?: .*)?", re.ASCII)
_TIME = re.compile(r"\d{1,2}[:.h]\d\d(?: ?[ap]\.?m\.?)?|\d{1,2} ?[ap]\.?m\.?|noon|midnight", re.ASCII)
_IANA_NAMES = re.compile(r"[A-Z]\w+/[\w/]+|UTC")
_REVERSED = re.compile(r"etc/gmt([+-])([1-9]\d?)", re.ASCII)
_LONG_NAME = re.compile(r"(.+?) ?(?:standard|daylight|summer)? ?time(?: .*)?", re.ASCII)


def parse_zone(cell: NonEmptyCell) -> ParsedCell:
    """The IANA name in its own spelling, or the reason why the cell names no time zone."""
    # Start and Time zone are neighbours, and Excel turns what looks like a time into one.
    if isinstance(cell, time) or (isinstance(cell, datetime) and cell.date() == _DAY_OF_TIMES):
        return invalid(messages.ZONE_IS_TIME)
    if not isinstance(cell, str):
        return invalid(messages.NOT_A_ZONE, hint="")
    typed = " ".join(half_width(cell).split()).lower()
    # Abbreviations first: EST and HST are IANA names too, and would be accepted without a word.
    advice = ADVICE.get(letters(typed)) if "/" not in typed else None
    name = None if advice and typed not in _PLACES else _known().get(typed)
    if name:
        return _with_warning(name)
    if advice := advice or _advice(typed):
        return invalid(messages.ZONE_ABBREVIATION, advice=advice, proposals=_names_in(advice))
    return _refuse(typed)


_DAY_OF_TIMES = date(1899, 12, 30)
"""On which the reader puts a time without a date."""


def _with_warning(name: str) -> ParsedCell:
    found = _REVERSED.fullmatch(name.lower())
    if found:
        sign, hours = found.groups()
        # POSIX counts west of Greenwich as positive, and these names follow it.
        offset = f"{count_of(int(hours), 'hour')} {'behind' if sign == '+' else 'ahead of'}"
        return warning(name, messages.ZONE_REVERSED, offset=offset)
    return warning(name, messages.ZONE_FIXED) if name.startswith("Etc/") else ok(name)


def _advice(typed: str) -> str | None:
    if offset := _OFFSET.fullmatch(typed):
        sign, hours, minutes = offset.groups()
        east = int(hours) * 60 + int(minutes or 0)
        return BY_OFFSET.get(east if sign == "+" else -east, "a name in the form Region/City")
    long_name = _LONG_NAME.fullmatch(typed)
    return ADVICE.get(letters(long_name[1])) if long_name else None


def _names_in(advice: str) -> tuple[str, ...]:
    return tuple(name for name in _IANA_NAMES.findall(advice) if name.lower() in _known())


def _refuse(typed: str) -> ParsedCell:
    if _TIME.fullmatch(typed):
        return invalid(messages.ZONE_IS_TIME)
    if found := _NO_SIGN.fullmatch(typed):
        return _refuse_without_sign(int(found[1]), int(found[2] or 0))
    city = _by_city().get(letters(typed.rpartition("/")[2])) or _suggester().suggest(typed)
    return invalid(messages.NOT_A_ZONE, hint=did_you_mean(city), proposals=(city,) if city else ())


def _refuse_without_sign(hours: int, minutes: int) -> ParsedCell:
    """Both zones are offered: choosing one would call people on the other side of the world at night."""
    east, west = (_names_in(BY_OFFSET.get(sign * (hours * 60 + minutes), "")) for sign in (1, -1))
    offset = f"{hours}:{minutes:02}"
    advice = " or ".join(
        f"{names[0]} for {sign}{offset}" for sign, names in (("+", east), ("-", west)) if names
    )
    return invalid(
        messages.ZONE_NO_SIGN,
        advice=advice or "a name in the form Region/City",
        proposals=(*east[:1], *west[:1]),
    )


@cache
def _known() -> Mapping[str, str]:
    """Every name of the IANA database by its lower-case spelling.

    tzdata's own list, because ``zoneinfo.available_timezones`` opens 600 files to come to the same.
    """
    listed = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    return {name.lower(): name for name in listed if name.lower() not in _NO_PLACE}


@cache
def _suggester() -> Suggester:
    # One edit is forgiven, not two: Asia/Delhi is two edits from Asia/Dili, three and a half hours away.
    return Suggester(name for name in _known().values() if "/" in name)


_LARGE_CITIES: Mapping[str, str] = {
    "delhi": "Asia/Kolkata",
    "newdelhi": "Asia/Kolkata",
    "mumbai": "Asia/Kolkata",
    "bangalore": "Asia/Kolkata",
    "beijing": "Asia/Shanghai",
    "munich": "Europe/Berlin",
    "frankfurt": "Europe/Berlin",
    "hamburg": "Europe/Berlin",
    "sanfrancisco": _LOS_ANGELES,
    "seattle": _LOS_ANGELES,
    "dallas": _CHICAGO,
    "houston": _CHICAGO,
    "atlanta": _NEW_YORK,
    "boston": _NEW_YORK,
    "miami": _NEW_YORK,
    "washington": _NEW_YORK,
}
"""Large cities that are not IANA names, and the zone they are in."""


@cache
def _by_city() -> Mapping[str, str]:
    """Names by their last part; where two regions share it, the first in the list."""
    cities = dict(_LARGE_CITIES)
    for name in _known().values():
        if "/" in name and not name.startswith("Etc/"):
            cities.setdefault(letters(name.rpartition("/")[2]), name)
    return cities
