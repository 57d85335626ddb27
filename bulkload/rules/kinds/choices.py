"""One of a few words in any case; and yes or no in the words that people and Excel use for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.rules.cells import display_text
from bulkload.rules.parsed_cell import good
from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.rules.parsed_cell import NonEmptyCell, Reading

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def read_choice(cell: NonEmptyCell, choices: Sequence[str]) -> Reading:
    """The choice in its own spelling; any other text as typed, for pandera to refuse.

    Where Yes or No is a choice, y, n, true, false, 1 and 0 mean it too.
    """
    typed = display_text(cell)
    word = name_key(typed)
    answer = "Yes" if word in _YES else "No" if word in _NO else typed
    return good(_spelt(answer if answer in choices else typed, choices))


def _spelt(typed: str, choices: Sequence[str]) -> str:
    spellings = {name_key(choice): choice for choice in choices}
    return spellings.get(name_key(typed), typed)


def either(choices: Sequence[str]) -> str:
    """The choices as one reads them out: A, B or C."""
    *most, last = choices
    return f"{', '.join(most)} or {last}"
