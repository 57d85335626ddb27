"""What README and ``docs/`` say in a form that can be run or compared.

``python tests/support/program/documents.py`` renews their tables. They are made from the catalogue of columns and the
list of settings.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path

import click
from pydantic.fields import FieldInfo

from bulkload.cli.main import commands
from bulkload.columns import CAMPAIGN_COLUMNS, HOURS_COLUMNS, Column
from bulkload.model import ApiVersion, DialingMode
from bulkload.report import STATUS_LABELS
from bulkload.settings import IDENTITY, PREFIX, SectionFields, SettingsFields
from bulkload.settings.sources import NOT_IN_DOTENV
from bulkload.workbook.results.messages import STATUS_DESCRIPTIONS

ROOT = Path(__file__).parents[3]
README = ROOT / "README.md"
DOCS = ROOT / "docs"
PAGES = (README, *sorted(DOCS.glob("*.md")), ROOT / "CONTRIBUTING.md")
OPTIONS = {"account", "api_version", "rate", "concurrency"}
"""Settings that are options of the command line too."""


def command(name: str) -> str:
    """The shell command between the README's marks of this name."""
    found = re.search(
        rf"<!-- command: {name} -->\n```sh\n(.+?)\n```\n<!-- end -->", README.read_text("utf-8"), re.DOTALL
    )
    assert found, f"The README has no command {name!r}."
    return found[1]


def with_tables(text: str) -> str:
    """The text of a page with every table made anew."""
    for name, make in TABLES.items():
        text = re.sub(
            rf"(<!-- table: {name} -->\n).*?(<!-- end -->)",
            lambda match, make=make: match[1] + make() + match[2],
            text,
            flags=re.DOTALL,
        )
    return text


# --- commands ------------------------------------------------------------------------------------------


def commands_in(text: str) -> list[str]:
    """Every command of ours in the text's code, without its comment."""
    code = re.findall(r"```sh\n(.*?)```", text, re.DOTALL) + re.findall(r"`([^`\n]+)`", text)
    parts = [
        part.partition("  #")[0] for block in code for line in block.splitlines() for part in line.split("&&")
    ]
    return [
        found[1] for part in parts if (found := re.match(r"(?:\w+=\S+ )?(bulkload(?: .*)?)$", part.strip()))
    ]


def exists(line: str) -> bool:
    """Whether the command line has this command, with these options."""
    group: click.Command = commands
    words = shlex.split(line)[1:]
    while isinstance(group, click.Group) and words and not words[0].startswith("-"):
        command = group.get_command(click.Context(group), words.pop(0))
        if command is None:
            return False
        group = command
    options = {name for parameter in group.params for name in parameter.opts} | {"--version", "--help"}
    return all(word.partition("=")[0] in options for word in words if word.startswith("-"))


# --- columns -------------------------------------------------------------------------------------------


def _columns(columns: tuple[Column, ...]) -> str:
    head = "| heading | needed | what to type | example |\n|---|---|---|---|\n"
    return head + "".join(
        f"| {column.heading} | {_needed(column)} | {column.help} | {_code(column.example)} |\n"
        for column in columns
    )


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


# --- settings ------------------------------------------------------------------------------------------


def _settings() -> str:
    """Every setting of the environment."""
    rows = [
        (_variable(name), f"`--{name.replace('_', '-')}`" if name in OPTIONS else "", field.description or "",
         _allowed(field), _default(name, field), "no" if name in NOT_IN_DOTENV else "yes")
        for name, field in SettingsFields.model_fields.items()
    ]  # fmt: skip
    return _table(("variable", "option", "what it is", "allowed", "if not set", "in `.env`"), rows)


def _account_keys() -> str:
    """Every key of a section of ``accounts.toml``."""
    rows = [
        (f"`{name}`", field.description or "", _allowed(field), _default(name, field))
        for name, field in SectionFields.model_fields.items()
    ]
    return _table(("key", "what it is", "allowed", "if not set"), rows)


def _needed_settings() -> str:
    """The settings that a real account needs."""
    rows = [
        (_variable(name), SettingsFields.model_fields[name].description or "", _example(name))
        for name in IDENTITY
    ]
    return _table(("variable", "what it is", "example"), rows)


def _variable(name: str) -> str:
    return f"`{PREFIX}{name.upper()}`"


def _example(name: str) -> str:
    examples = SettingsFields.model_fields[name].examples
    return f"`{examples[0]}`" if examples else ""


def _allowed(field: FieldInfo) -> str:
    """``v1 or v2``, ``1 to 64``; empty for texts."""
    if field.annotation is ApiVersion:
        return " or ".join(f"`{version}`" for version in ApiVersion)
    if field.annotation is bool:
        return "`true` or `false`"
    bounds = {
        name: getattr(rule, name)
        for rule in field.metadata
        for name in ("ge", "gt", "le")
        if hasattr(rule, name)
    }
    if not bounds:
        return ""
    least = f"more than {bounds['gt']}" if "gt" in bounds else f"{bounds['ge']:,}"
    most = f"{bounds['le']:,}"
    return f"{least}, at most {most}" if "gt" in bounds else f"{least} to {most}"


def _default(name: str, field: FieldInfo) -> str:
    if name in IDENTITY:
        return "needed"
    match field.default:
        case None:
            return {"state_dir": "your state folder", "config_dir": "your configuration folder"}.get(
                name, "none"
            )
        case bool():
            return f"`{str(field.default).lower()}`"
        case float():
            return f"{field.default:g}"
        case default:
            return str(default)


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [f"| {' | '.join(cells)} |\n" for cells in (head, *rows)]
    return "".join([lines[0], "|---" * len(head) + "|\n", *lines[1:]])


def _results() -> str:
    """Every result of a row, and what it means."""
    rows = [
        (f"{label.sign} {label.word}", STATUS_DESCRIPTIONS[status]) for status, label in STATUS_LABELS.items()
    ]
    return _table(("result", "meaning"), rows)


TABLES: Mapping[str, Callable[[], str]] = {
    "campaigns": lambda: _columns(CAMPAIGN_COLUMNS),
    "calling hours": lambda: _columns(HOURS_COLUMNS),
    "results": _results,
    "settings": _settings,
    "account keys": _account_keys,
    "needed settings": _needed_settings,
}
"""What makes each table between marks, by the name in its mark."""


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(with_tables(page.read_text("utf-8")), "utf-8")
