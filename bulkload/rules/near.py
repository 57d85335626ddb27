"""The known name that a mistyped one is near to, for "did you mean".

Names are filed under every spelling with a letter or two left out (Garbe's symmetric delete), so a look-up
costs the same among ten names and ten thousand; difflib compares with every name, which took minutes on a
sheet of 10,000 mistyped calling hours.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG_ENOUGH_FOR_TWO = 8
"""Letters from which two mistakes are forgiven: FIFO and LIFO are two different words, not a slip."""
FEW_ENOUGH_FOR_TWO = 1_000
"""Names up to which two mistakes are forgiven; beyond, the files would fill the memory."""
LONGEST = 64
"""Letters of a name that are looked at: enough for every zone and choice, and it bounds the files."""


class Near:
    """Known names, and the one that a mistyped name is near to."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))

    def hint(self, text: str) -> str:
        """A question that names the nearest name and fits behind a message, or nothing."""
        name = self.find(text)
        return "" if name is None else f' Did you mean "{name}"?'

    def find(self, text: str) -> str | None:
        """The nearest known name, or None where none is near; spaces and hyphens make no difference."""
        typed = letters(text)
        if not typed:
            return None
        found = {name for key in self._keys(typed) for name in self._filed.get(key, ())}
        return max(
            sorted(found), key=lambda name: SequenceMatcher(None, typed, letters(name)).ratio(), default=None
        )

    @cached_property
    def _filed(self) -> dict[str, list[str]]:
        filed = defaultdict(list)
        for name in self._names:
            for key in set(self._keys(letters(name))):
                filed[key].append(name)
        return dict(filed)

    def _keys(self, word: str) -> Iterator[str]:
        yield word
        for out in range(len(word)):
            yield word[:out] + word[out + 1 :]
        if len(word) >= LONG_ENOUGH_FOR_TWO and len(self._names) <= FEW_ENOUGH_FOR_TWO:
            for first, second in combinations(range(len(word)), 2):
                yield word[:first] + word[first + 1 : second] + word[second + 1 :]


def letters(text: str) -> str:
    """The letters and digits alone, whatever their case."""
    return "".join(character for character in text.casefold() if character.isalnum())[:LONGEST]
