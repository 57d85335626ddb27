"""Number formats that show something else than a number's digits: 12 as 0012, 25 as 2500%, 2025 as $2,025.

Where a name is meant, a whole number is taken as its digits, and the person who sees 0012 in Excel must be told.
Formats that show dates are left out, for their cells are no numbers by the time they are read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bulkload.workbook.reader.package import Styles

_PLAIN = frozenset({0, 1, 49})
"""Excel's own formats General, 0 and @ (ECMA-376, 18.8.30)."""
_DATES = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Excel's own formats of dates and times, those of East Asia with them."""
_OWN_CODES = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"}
_NOT_SHOWN = re.compile(r"[_*].|\[(?!\$[^\]-])[^\]]*\]")
"""Gaps, colours, conditions and languages; a currency in brackets is shown."""
_NO_DATE = re.compile(r'"[^"]*"|\\.|[_*].|\[[^\]]*\]')
"""What holds letters that are none of a date's."""
_PLAIN_CODES = frozenset({"general", "0", "#", "@"})
_DATE_LETTERS = re.compile("[dmyhs]", re.IGNORECASE)
_ZEROS = re.compile("0{2,30}")


def telling_formats(styles: Styles) -> dict[int, str]:
    """The code of each cell style in whose cells a number may look like another text; empty for most files."""
    return {
        style: styles.codes.get(number) or _OWN_CODES.get(number, "")
        for style, number in enumerate(styles.formats)
        if number not in _PLAIN and not _is_harmless(styles.codes.get(number), number)
    }


def shown_in(code: str, number: float) -> str:
    """The number as a format of nothing but zeros or of whole percents shows it; "something else" elsewhere."""
    if isinstance(number, int) and number >= 0 and _ZEROS.fullmatch(code):
        return f"{number:0{len(code)}}"
    if isinstance(number, int) and code == "0%":
        return f"{number * 100}%"
    return "something else"


def _is_harmless(code: str | None, number: int) -> bool:
    """Whether a format shows the digits alone, or a date."""
    if code is None:
        return number in _DATES
    of_positive = code.partition(";")[0]
    is_plain = not code or _NOT_SHOWN.sub("", of_positive).lower() in _PLAIN_CODES
    return is_plain or _DATE_LETTERS.search(_NO_DATE.sub("", of_positive)) is not None
