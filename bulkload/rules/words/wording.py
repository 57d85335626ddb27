"""A problem's wording: a template of what is wrong and one of what would be right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bulkload.model import Level

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
