"""What the README says in a form that can be run or compared; ``python tests/support/readme.py`` renews its tables."""

from __future__ import annotations

import re
from pathlib import Path

from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS, Column
from bulkload.model import ApiVersion, DialingMode

README = Path(__file__).parents[2] / "README.md"
TABLES = {"campaigns": CAMPAIGN_COLUMNS, "calling hours": HOURS_COLUMNS}


def command(name: str) -> str:
    """The shell command that stands between the marks of this name."""
    found = re.search(
        rf"<!-- command: {name} -->\n```sh\n(.+?)\n```\n<!-- end -->", README.read_text("utf-8"), re.DOTALL
    )
    assert found, f"The README has no command {name!r}."
    return found[1]


def table(columns: tuple[Column, ...]) -> str:
    """The columns as the README's table shows them, made from their one description."""
    head = "| heading | needed | what to type | example |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {column.heading} | {_needed(column)} | {column.help} | {_code(column.example)} |\n"
        for column in columns
    )


def with_tables(text: str) -> str:
    """The README's text with every table made anew."""
    for name, columns in TABLES.items():
        text = re.sub(
            rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
            lambda match, columns=columns: match[1] + table(columns) + match[2],
            text,
            flags=re.DOTALL,
        )
    return text


def _needed(column: Column) -> str:
    if column.always_needed:
        return "always"
    modes = [str(mode) for mode in DialingMode if (ApiVersion.V2, mode) in column.needed]
    if len(modes) == len(DialingMode):
        return "with v2"
    if modes:
        return "for " + " and ".join(modes)
    return f"no: empty means {column.default}" if column.default else "no"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


if __name__ == "__main__":
    README.write_text(with_tables(README.read_text("utf-8")), "utf-8")
