"""Number formats (ECMA-376, 18.8.31): which numbers are dates, and what Excel shows for a value.

A format has up to four sections, for positive and negative numbers, zero and text, or sections with conditions.
Only the codes that people use in such workbooks are shown; for others ``shown`` answers None, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "m/d/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yyyy h:mm",
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
}
"""Excel's own formats by their number, as the American Excel shows them (ECMA-376, 18.8.30)."""
EAST_ASIAN_DATES = frozenset({*range(27, 37), *range(50, 59)})
"""Built-in formats that are dates in the Excels of East Asia; how they show them is not known here."""

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<clock>AM/PM|A/P)|(?P<date>d+|m+|y+|h+|s+|(?<=s)\.0+)|(?P<exponent>E[+-])"
    r"|(?P<digit>[0#?])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
_ELAPSED = re.compile("h+|m+|s+", re.IGNORECASE)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9.]+)")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_COMPARE = {
    "<": float.__lt__,
    ">": float.__gt__,
    "<=": float.__le__,
    ">=": float.__ge__,
    "=": float.__eq__,
    "<>": float.__ne__,
}


@dataclass(frozen=True)
class NumberFormat:
    """One number format, by its code."""

    code: str

    @cached_property
    def is_duration(self) -> bool:
        """Whether numbers are shown as elapsed time: ``[h]:mm``."""
        return any(_is_elapsed(token) for token in self._sections[0])

    @cached_property
    def is_date(self) -> bool:
        """Whether numbers are shown as dates or times of day."""
        return not self.is_duration and any(token["date"] or token["clock"] for token in self._sections[0])

    @cached_property
    def is_plain(self) -> bool:
        """Whether whole numbers are shown as their digits and nothing else."""
        return not (self.is_date or self.is_duration) and all(
            self.shown(number) == str(number) for number in (0, 1, 2, 7, 12, 1000, 1234567)
        )

    def shown(self, value: object) -> str | None:
        """What Excel shows for a number, a date or a time; None where this is not known."""
        if isinstance(value, bool) or not isinstance(value, int | float | datetime | time | timedelta):
            return None
        if isinstance(value, datetime | time):
            return _shown_date(self._sections[0], value) if self.is_date else None
        if isinstance(value, timedelta):
            return _shown_duration(self._sections[0], value) if self.is_duration else None
        section = self._section_for(float(value))
        return (
            None
            if section is None
            else _shown_number(section, float(value), is_first=section is self._sections[0])
        )

    @cached_property
    def _sections(self) -> tuple[tuple[re.Match[str], ...], ...]:
        sections: list[list[re.Match[str]]] = [[]]
        for token in _TOKEN.finditer(self.code):
            if token["other"] == ";":
                sections.append([])
            else:
                sections[-1].append(token)
        return tuple(map(tuple, sections))

    def _section_for(self, number: float) -> tuple[re.Match[str], ...] | None:
        conditions = [_condition(section) for section in self._sections[:3]]
        if any(conditions):
            for section, condition in zip(self._sections, conditions, strict=False):
                if condition is None or _COMPARE[condition[1]](number, float(condition[2])):
                    return section
            return None
        if len(self._sections) > 2 and number == 0:
            return self._sections[2]
        if len(self._sections) > 1 and number < 0:
            return self._sections[1]
        return self._sections[0]


def _is_elapsed(token: re.Match[str]) -> bool:
    return token["bracket"] is not None and _ELAPSED.fullmatch(token["bracket"]) is not None


def _condition(section: tuple[re.Match[str], ...]) -> re.Match[str] | None:
    found = (_CONDITION.fullmatch(token["bracket"]) for token in section if token["bracket"])
    return next((condition for condition in found if condition), None)


def _literal(token: re.Match[str]) -> str | None:
    """The text that a token shows whatever the value; None for a token that shows the value."""
    if token["quoted"] is not None:
        return token["quoted"]
    if token["escaped"] is not None:
        return token["escaped"]
    if token["bracket"] is not None:  # a currency such as [$USD-409]; colours and conditions show nothing
        return token["bracket"][1:].partition("-")[0] if token["bracket"].startswith("$") else ""
    if token[0][:1] in "_*":
        return ""
    return token["other"] if token["other"] and token["other"] not in "@.,%" else None


# --- numbers -------------------------------------------------------------------------------------------


def _shown_number(section: tuple[re.Match[str], ...], number: float, *, is_first: bool) -> str | None:
    """The number as a section of digits, percents and texts shows it."""
    if any(token["exponent"] or token["clock"] or _is_elapsed(token) or token[0] == "/" for token in section):
        return None
    if any(token["date"] for token in section):
        return None
    pattern = "".join(_digits_of(token) for token in section)
    sign = "-" if number < 0 and (is_first or "General" in pattern) else ""
    if not re.search("[0#?G@]", pattern):
        return sign * bool(pattern) + "".join(_literal(token) or "" for token in section)
    if _is_interrupted(section):
        return None
    shown = _filled_in(pattern, abs(number))
    if shown is None:
        return None
    return (sign if re.search("[1-9]", shown) else "") + "".join(_with_number(section, shown))


def _is_interrupted(section: tuple[re.Match[str], ...]) -> bool:
    """Whether texts are among the digits, as in a format of phone numbers."""
    places = [place for place, token in enumerate(section) if token["digit"]]
    return any(
        _literal(token) for place, token in enumerate(section) if places and places[0] < place < places[-1]
    )


def _digits_of(token: re.Match[str]) -> str:
    """What a token adds to the pattern of digits."""
    if token["general"]:
        return "General"
    return token["digit"] or (token["other"] if token["other"] in {"@", ".", ",", "%"} else "")


def _filled_in(pattern: str, number: float) -> str | None:
    """The digits of a number under a pattern such as ``#,##0.00%``, without the texts around them."""
    if "General" in pattern or "@" in pattern:
        return f"{number:.11g}" if "e" not in f"{number:.11g}" else None
    whole, _, fraction = pattern.replace("%", "").partition(".")
    thousands = len(whole) - len(whole.rstrip(",")) + fraction.count(",")  # a comma behind the digits divides
    fraction = fraction.replace(",", "")
    places = len(fraction)
    scaled = Decimal(repr(number)) * 100 ** pattern.count("%")
    scaled /= 1000**thousands
    digits, _, decimals = f"{scaled.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}".partition(".")
    least = whole.count("0")
    digits = digits.lstrip("0").rjust(least, "0")
    if "," in whole.rstrip(","):
        digits = f"{int(digits or 0):,}" if digits else digits
    optional = len(fraction) - len(fraction.rstrip("#?"))
    decimals = decimals[: places - optional] + decimals[places - optional :].rstrip("0")
    return f"{digits}.{decimals}" if fraction and (decimals or "0" in fraction) else digits


def _with_number(section: tuple[re.Match[str], ...], shown: str) -> Iterator[str]:
    """The texts of the section, with the number in place of its first digit."""
    is_done = False
    for token in section:
        literal = _literal(token)
        if literal is not None:
            yield literal
        elif token[0] == "%":
            yield "%"
        elif not is_done:
            yield shown
            is_done = True


# --- dates and times -----------------------------------------------------------------------------------


def _shown_date(section: tuple[re.Match[str], ...], value: datetime | time) -> str | None:
    """A date or a time of day; a time alone has Excel's day 0."""
    moment = value if isinstance(value, datetime) else datetime.combine(datetime(1899, 12, 31), value)  # noqa: DTZ001
    has_clock = any(token["clock"] for token in section)
    shown = []
    for place, token in enumerate(section):
        literal = _literal(token)
        if literal is not None:
            shown.append(literal)
        elif token["clock"]:
            shown.append(("AM", "PM")[moment.hour >= 12] if len(token[0]) > 3 else "AP"[moment.hour >= 12])
        elif token["date"] and not token["date"].startswith("."):
            shown.append(
                _date_part(token[0].lower(), moment, _is_minute(section, place), has_clock=has_clock)
            )
        else:
            return None
    return "".join(shown)


def _is_minute(section: tuple[re.Match[str], ...], place: int) -> bool:
    """Whether an ``m`` means minutes: it follows hours or precedes seconds."""
    if section[place][0].lower() not in {"m", "mm"}:
        return False
    parts = [
        (index, (token["date"] or token["bracket"] or "").lower()[:1])
        for index, token in enumerate(section)
        if token["date"] or _is_elapsed(token)
    ]
    at = [index for index, _ in parts].index(place)
    before = parts[at - 1][1] if at else ""
    after = parts[at + 1][1] if at + 1 < len(parts) else ""
    return before == "h" or after == "s"


def _date_part(code: str, moment: datetime, is_minute: bool, *, has_clock: bool) -> str:  # noqa: FBT001
    width = len(code)
    match code[0]:
        case "d" if width >= 3:
            name = _DAYS[moment.weekday()]
            return name if width > 3 else name[:3]
        case "m" if not is_minute and width >= 3:
            name = _MONTHS[moment.month - 1]
            return {3: name[:3], 5: name[:1]}.get(width, name)
        case "y":
            return f"{moment.year:04}" if width > 2 else f"{moment.year % 100:02}"
        case "h":
            number = (moment.hour - 1) % 12 + 1 if has_clock else moment.hour
        case "s":
            number = moment.second
        case "m":
            number = moment.minute if is_minute else moment.month
        case _:
            number = moment.day
    return f"{number:0{min(width, 2)}}"


def _shown_duration(section: tuple[re.Match[str], ...], value: timedelta) -> str | None:
    """Elapsed time: ``[h]:mm`` shows 36:00 for a day and a half."""
    seconds = round(abs(value).total_seconds())
    left = {"h": seconds // 3600 % 24, "m": seconds // 60 % 60, "s": seconds % 60}
    total = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}
    shown = ["-"] if value < timedelta() else []
    for token in section:
        if _is_elapsed(token):
            shown.append(f"{total[token['bracket'][0].lower()]:0{len(token['bracket'])}}")
        elif (literal := _literal(token)) is not None:
            shown.append(literal)
        elif token["date"] and token[0][0].lower() in left:
            shown.append(f"{left[token[0][0].lower()]:0{min(len(token[0]), 2)}}")
        else:
            return None
    return "".join(shown)
