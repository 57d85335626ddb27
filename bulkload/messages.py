"""A problem's wording: a template of what is wrong and one of what would be right, with an example.

``{heading}`` and ``{value}`` are filled for every problem, the rest by whoever finds it. What people typed is only
ever filled in, never read as a template. All wordings of a workbook's problems stand in ``rules.words.CATALOGUE``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from string import Formatter
from typing import TYPE_CHECKING, Any

from bulkload.errors import WorkbookError
from bulkload.model import Level, Problem, RowReference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class MessageTemplate:
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

    def problem(
        self,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        heading: str | None = None,
        value: str | None = None,
        **words: object,
    ) -> Problem:
        """The problem with its words filled in; the templates may name its sheet, too."""
        filled = {**words, "sheet": sheet, "heading": heading, "value": value}
        message, fix = self.message.format_map(filled), self.fix.format_map(filled)
        return Problem(self.level, message, fix, sheet, row, column, heading, value)

    def refusal(self, *, sheet: str | None = None, value: str | None = None, **words: Any) -> WorkbookError:
        """The refusal of the whole file for this reason alone."""
        return refusal([self.problem(sheet=sheet, value=value, **words)])


def refusal(problems: Sequence[Problem]) -> WorkbookError:
    """The refusal of a file for all of these reasons; the message is complete where there is only one."""
    if len(problems) == 1:
        return WorkbookError(f"{problems[0].message} {problems[0].fix}", tuple(problems))
    return WorkbookError(f"{len(problems)} things keep this workbook from being read.", tuple(problems))


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem found, before anybody knows in which cells it stands."""

    wording: MessageTemplate
    details: Mapping[str, object] = field(default_factory=dict)
    """What the templates need beside the heading and the value."""

    def say(self, heading: str, value: str | None) -> tuple[str, str]:
        """The message and the fix, for a cell under this heading that shows this value."""
        filled = {"heading": heading, "value": value, **self.details}
        return self.wording.message.format_map(filled), self.wording.fix.format_map(filled)

    def references(self, heading: str, value: str | None) -> tuple[RowReference, ...]:
        """The rows that the message names, each with its place there: a person's own text may look the same."""
        if not any(isinstance(detail, RowReference) for detail in self.details.values()):
            return ()
        filled = {"heading": heading, "value": value, **self.details}
        said, found = 0, []
        for literal, name, _, _ in Formatter().parse(self.wording.message):
            detail = filled[name] if name else ""
            if isinstance(detail, RowReference):
                found.append(replace(detail, at=said + len(literal)))
            said += len(f"{literal}{detail}")
        return tuple(found)


def _wording(  # noqa: PLR0913, PLR0917  (a table's columns)
    level: Level,
    name: str,
    message: str,
    fix: str,
    heading: str | None = None,
    value: str | None = None,
    /,
    **details: object,
) -> MessageTemplate:
    return MessageTemplate(name, level, message, fix, {"heading": heading, "value": value, **details})


error = partial(_wording, Level.ERROR)
"""A wording that stops the row, or the file; what follows its two templates is its example."""
warning = partial(_wording, Level.WARNING)
"""A wording that is shown and stops nothing; what follows its two templates is its example."""
