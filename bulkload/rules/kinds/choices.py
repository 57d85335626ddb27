"""Parse one of a few words, in any case; Yes and No also in the forms that people and Excel use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.columns import AS_IT_IS
from bulkload.rules.cells import display_text
from bulkload.rules.parsed_cell import ok
from bulkload.text import half_width, name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulkload.rules.parsed_cell import NonEmptyCell, ParsedCell

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


def parse_choice(cell: NonEmptyCell, choices: Sequence[str]) -> ParsedCell:
    """The choice in its own spelling; any other text as typed, for pandera to refuse.

    Where Yes or No is a choice, y, n, true, false, 1 and 0 mean it too.
    """
    typed = half_width(display_text(cell))
    word = name_key(typed)
    # "y" never means Detect or Disconnect: where Yes is not a choice, it is refused as typed.
    answer = "Yes" if word in _YES else "No" if word in _NO else typed
    return ok(_in_own_spelling(answer if answer in choices else typed, choices))


def parse_detection(cell: NonEmptyCell, choices: Sequence[str]) -> ParsedCell:
    """A choice, or the words that leave the setting as it is."""
    return parse_choice(cell, (*choices, AS_IT_IS))


def _in_own_spelling(typed: str, choices: Sequence[str]) -> str:
    spellings = {name_key(choice): choice for choice in choices}
    return spellings.get(name_key(typed), typed)
