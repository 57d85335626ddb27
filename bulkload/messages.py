"""Messages: what is wrong or what happened, and what to do about it.

A message is a template and the values that fill it, and is rendered as late as possible. So its row numbers can
follow the rows into another workbook, and a journal can keep its code and values instead of a sentence. Each front
end names its own commands and buttons.

Templates contain fields, ``{value}``, and marks, ``{resume:{run}}``, ``{setting:host}``, ``{choice:valid_rows}``.
A mark names something that each front end calls otherwise: a command, an option, a setting, a button. What people
or the service wrote is only ever a value: it is never read as a template or as a mark.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from bulkload.model import Level, Problem, RowReference

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Marks(Protocol):
    """How a front end writes a mark: ``("resume", "20261121-104205-7c")`` becomes a command, or a button's name."""

    def __call__(self, kind: str, argument: str) -> str:
        """The words for a mark. ``kind`` is one of ``MARK_KINDS``."""


MARK_KINDS = frozenset({"choice", "command", "resume", "results", "setting"})
"""``choice``: something the user can choose (an option or a button); ``command``: something the user can do;
``resume`` and ``results``: the same for one run; ``setting``: the name of a setting (``host``), of an account's own
(``acme.host``), or several (``host, app_id``)."""


def plain_marks(kind: str, argument: str) -> str:
    """The words for a mark where no front end is at hand: in a test, or in a library's exception."""
    name = argument.replace("_", " ")
    match kind:
        case "resume":
            return f"resume run {argument}" if argument else "resume"
        case "results":
            return f"results of run {argument}"
        case "setting":
            account, dot, key = name.rpartition(".")
            return f"{key} of account {account}" if dot else f"the setting {name}"
        case _:
            return f'"{name}"'


class _Mark:
    """Takes the place of a mark's name while a template is filled; the argument arrives as the format specification."""

    def __init__(self, kind: str, marks: Marks) -> None:
        self._kind = kind
        self._marks = marks

    def __format__(self, argument: str) -> str:
        return self._marks(self._kind, argument)


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """One kind of message. Calling it with its values gives a ``Message``."""

    code: str
    """Names the kind in journals, in ``--json`` and in tests: lower case, words joined by hyphens."""
    text: str
    """Template of what is wrong or what happened, in at most two sentences."""
    fix: str = ""
    """Template of what to do; empty where no action is needed."""
    level: Level = Level.ERROR
    """How bad a problem of this kind is."""
    example: Mapping[str, object] = field(default_factory=dict, hash=False)
    """Values as they might occur, for the tests that read every message."""

    def __call__(self, **values: object) -> Message:
        """The message with these values."""
        return Message(self, values)

    def problem(  # noqa: PLR0913  (a problem's place)
        self,
        *,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        heading: str | None = None,
        value: str | None = None,
        proposals: tuple[str, ...] = (),
        **values: object,
    ) -> Problem:
        """A problem of this kind at a place; the templates may name the sheet, the heading and the value."""
        explanation = self(**values, sheet=sheet, heading=heading, value=value)
        return Problem(self.level, explanation, sheet, row, column, heading, value, proposals)


@dataclass(frozen=True, slots=True)
class Message:
    """A template and the values that fill it."""

    template: MessageTemplate
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def code(self) -> str:
        """The code of the template."""
        return self.template.code

    @property
    def text(self) -> str:
        """What is wrong or what happened, with plain words for the marks."""
        return self.render(plain_marks)[0]

    @property
    def fix(self) -> str:
        """What to do, with plain words for the marks; empty where no action is needed."""
        return self.render(plain_marks)[1]

    def render(self, marks: Marks) -> tuple[str, str]:
        """The text and the fix, with a front end's own words for the marks."""
        values = {name: _joined(value, marks) for name, value in self.values.items()}
        filled = {**values, **{kind: _Mark(kind, marks) for kind in MARK_KINDS}}
        return self.template.text.format_map(filled), self.template.fix.format_map(filled)

    def join(self, marks: Marks = plain_marks) -> str:
        """The text and the fix as one paragraph."""
        return " ".join(part for part in self.render(marks) if part)

    def __str__(self) -> str:
        """The text and the fix as one paragraph, with plain words for the marks."""
        return self.join()

    @property
    def references(self) -> tuple[RowReference, ...]:
        """The other rows that the message names."""
        return tuple(value for value in self.values.values() if isinstance(value, RowReference))

    def with_references(self, relocate: Callable[[RowReference], RowReference]) -> Message:
        """The same message about the same rows, numbered as in another workbook."""
        values = {
            name: relocate(value) if isinstance(value, RowReference) else value
            for name, value in self.values.items()
        }
        return replace(self, values=values)

    def to_json(self) -> dict[str, Any]:
        """The code and the values, as a journal keeps them. The values must be JSON values."""
        return {"code": self.code, "values": dict(self.values)}


def _joined(value: object, marks: Marks) -> object:
    """Messages inside a message, with the same front end's words; anything else unchanged."""
    if isinstance(value, tuple) and value and all(isinstance(part, Message) for part in value):
        return " ".join(part.join(marks) for part in value)
    return value


def message_from_json(stored: Mapping[str, Any], catalogue: Mapping[str, MessageTemplate]) -> Message:
    """The message that ``to_json`` stored. Raises KeyError for a code that the catalogue lacks."""
    return catalogue[stored["code"]](**stored["values"])


QUOTED = MessageTemplate("quoted", "{text}", "{fix}", example={"text": "A sentence.", "fix": "What to do."})
"""Sentences that are complete already: those of an older journal, or of someone else."""


def quoted(text: str, fix: str = "") -> Message:
    """A message made of complete sentences."""
    return QUOTED(text=text, fix=fix)


def _template(  # noqa: PLR0913, PLR0917  (a table's columns)
    level: Level,
    code: str,
    text: str,
    fix: str,
    heading: str | None = None,
    value: str | None = None,
    /,
    **values: object,
) -> MessageTemplate:
    return MessageTemplate(code, text, fix, level, {"heading": heading, "value": value, **values})


error = partial(_template, Level.ERROR)
"""A template of an error: code, text, fix, then an example's heading, value and further values."""
warning = partial(_template, Level.WARNING)
"""A template of a warning, which stops nothing."""
