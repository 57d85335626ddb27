"""The known name that a mistyped one is near to, for "did you mean".

A wrong offer is worse than none, for it is taken with a click: FILO may mean LIFO as well as FIFO, and Team 1
is no slip of Team 2. So short words, other digits and two names that lie equally near have no offer.
Names are filed under every spelling with a letter or two left out (Garbe's symmetric delete), so a look-up
costs the same among ten names and ten thousand; difflib compares with every name, which took minutes on a
sheet of 10,000 mistyped calling hours.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG_ENOUGH_FOR_ONE = 5
"""Letters from which a mistake is forgiven: on, US and FILO are two slips from half of all words."""
LONG_ENOUGH_FOR_TWO = 8
"""Letters from which two mistakes are forgiven."""
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
        """The one nearest known name, or None where none or several are; case, spaces and signs don't count."""
        typed = letters(text)
        if not typed:
            return None
        if len(typed) < LONG_ENOUGH_FOR_ONE:
            return _only(self._filed.get(typed, ()), typed, slips=0)
        found = {name for key in _one_left_out(typed) for name in self._filed.get(key, ())}
        if not found and self._may_hold_two(typed):
            found = {name for key in _two_left_out(typed) for name in self._filed.get(key, ())}
        alike = [name for name in found if _digits(letters(name)) == _digits(typed)]
        if len(alike) <= 1:
            return alike[0] if alike else None
        return _only(alike, typed, slips=min(_slips(typed, letters(name)) for name in alike))

    def _may_hold_two(self, typed: str) -> bool:
        """Whether two mistakes are worth a look: not for what has no name's length, beginning or end."""
        return (
            len(typed) >= LONG_ENOUGH_FOR_TWO
            and not self._lengths.isdisjoint(range(len(typed) - 2, len(typed) + 3))
            and (typed[:2] in self._edges or typed[-2:] in self._edges)
        )

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(len(letters(name)) for name in self._names)

    @cached_property
    def _edges(self) -> frozenset[str]:
        words = [letters(name) for name in self._names]
        return frozenset(edge for word in words for edge in (word[:2], word[-2:]))

    @cached_property
    def _filed(self) -> dict[str, list[str]]:
        filed = defaultdict(list)
        few = len(self._names) <= FEW_ENOUGH_FOR_TWO
        for name in self._names:
            word = letters(name)
            keys = set(_one_left_out(word))
            if few and len(word) >= LONG_ENOUGH_FOR_TWO:
                keys.update(_two_left_out(word))
            for key in keys:
                filed[key].append(name)
        return dict(filed)


def letters(text: str) -> str:
    """The letters and digits alone, whatever their case."""
    return "".join(filter(str.isalnum, text.casefold()))[:LONGEST]


def _digits(word: str) -> str:
    return "".join(filter(str.isdigit, word))


def _one_left_out(word: str) -> Iterator[str]:
    yield word
    for out in range(len(word)):
        yield word[:out] + word[out + 1 :]


def _two_left_out(word: str) -> Iterator[str]:
    for first, second in combinations(range(len(word)), 2):
        yield word[:first] + word[first + 1 : second] + word[second + 1 :]


def _only(names: Iterable[str], typed: str, slips: int) -> str | None:
    """The one name that so many slips lead to; None where there is none, or another one as well."""
    match [name for name in names if _slips(typed, letters(name)) == slips]:
        case [name]:
            return name
        case _:
            return None


def _slips(typed: str, known: str) -> int:
    """How many letters were left out, added, swapped or taken for another (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(known) + 1))
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for column, other in enumerate(known, start=1):
            slips = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == known[column - 2] and typed[row - 2] == other:
                slips = min(slips, before[column - 2] + 1)
            line.append(slips)
        before, above = above, line
    return above[-1]
