"""A problem's wording: a template of what is wrong and one of what would be right."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from string import Formatter
from typing import TYPE_CHECKING

from bulkload.model import Level, Mention

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Wording:
    """How one kind of problem is said."""

    name: str
    """Names the kind in tests and in pandera's checks; never shown to the person."""
    level: Level
    message: str
    """Template of the sentence that says what is wrong."""
    fix: str
    """Template of the sentence that says what would be right."""
    example: Mapping[str, object] = field(hash=False)
    """What the templates are filled with, as it might occur; holds ``heading`` and ``value``."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem found, before anybody knows in which cells it stands."""

    wording: Wording
    details: Mapping[str, object] = field(default_factory=dict)
    """What the templates need beside the heading and the value."""

    def say(self, heading: str, value: str | None) -> tuple[str, str]:
        """The message and the fix, for a cell under this heading that shows this value."""
        filled = {"heading": heading, "value": value, **self.details}
        return self.wording.message.format_map(filled), self.wording.fix.format_map(filled)

    def mentions(self, heading: str, value: str | None) -> tuple[Mention, ...]:
        """The rows that the message names, each with its place there: a person's own text may look the same."""
        if not any(isinstance(detail, Mention) for detail in self.details.values()):
            return ()
        filled = {"heading": heading, "value": value, **self.details}
        said, found = 0, []
        for literal, name, _, _ in Formatter().parse(self.wording.message):
            detail = filled[name] if name else ""
            if isinstance(detail, Mention):
                found.append(replace(detail, at=said + len(literal)))
            said += len(f"{literal}{detail}")
        return tuple(found)


def error(
    name: str, message: str, fix: str, heading: str, value: str | None, /, **details: object
) -> Wording:
    """A wording that stops the row; what follows the templates is its example."""
    return Wording(name, Level.ERROR, message, fix, {"heading": heading, "value": value, **details})


def warning(
    name: str, message: str, fix: str, heading: str, value: str | None, /, **details: object
) -> Wording:
    """A wording that is shown and stops nothing; what follows the templates is its example."""
    return Wording(name, Level.WARNING, message, fix, {"heading": heading, "value": value, **details})
