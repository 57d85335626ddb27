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
from itertools import chain, combinations
from os.path import commonprefix
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG_ENOUGH_FOR_ONE = 5
"""Letters from which a mistake is forgiven: on, US and FILO are two slips from half of all words."""
LONG_ENOUGH_FOR_TWO = 7
"""Letters from which two mistakes are forgiven, among names that nobody here has made up."""
LONGEST = 64
"""Letters of a name that are looked at: enough for every zone and choice, and it bounds the files."""


class Suggester:
    """Known names, and the one that a mistyped name is near to."""

    def __init__(self, names: Iterable[str], *, are_given: bool = False) -> None:
        """``are_given``: names that nobody here has made up, such as dialing modes.

        Among a person's own names Team South is no slip of Team North: there one mistake is forgiven, never two.
        """
        self._names = tuple(dict.fromkeys(names))
        self._are_given = are_given

    def hint(self, text: str) -> str:
        """A question that names the nearest name and fits behind a message, or nothing."""
        name = self.find(text)
        return "" if name is None else f' Did you mean "{name}"?'

    def find(self, text: str) -> str | None:
        """The one nearest known name, or None where none or several are; case, spaces and signs don't count."""
        typed = letters(text)
        if len(typed) < LONG_ENOUGH_FOR_ONE:
            return self._nearest(typed, (typed,), forgiven=0)
        name = self._nearest(typed, _one_left_out(typed), forgiven=1)
        if name is None and self._may_hold_two(typed):
            return self._nearest(typed, chain(_one_left_out(typed), _two_left_out(typed)), forgiven=2)
        return name

    def _nearest(self, typed: str, keys: Iterable[str], forgiven: int) -> str | None:
        """The one name with fewest slips among those filed under a key; None where there are two, or more slips."""
        found = {name for key in keys for name in self._filed.get(key, ())}
        measure = _slips if forgiven > 1 else _one_slip
        slips = {
            name: measure(typed, word) for name in found if _digits(word := letters(name)) == _digits(typed)
        }
        least = min(slips.values(), default=forgiven + 1)
        nearest = [name for name, count in slips.items() if count == least]
        return nearest[0] if least <= forgiven and len(nearest) == 1 else None

    def _may_hold_two(self, typed: str) -> bool:
        """Whether two mistakes are worth a look: not for what has no name's length, beginning or end."""
        return (
            self._are_given
            and len(typed) >= LONG_ENOUGH_FOR_TWO
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
        for name in self._names:
            word = letters(name)
            keys = set(_one_left_out(word))
            if self._are_given and len(word) >= LONG_ENOUGH_FOR_TWO:
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


def _one_slip(typed: str, known: str) -> int:
    """The same up to one; 2 stands for all that is farther. What differs lies between what begins and ends alike."""
    if typed == known:
        return 0
    first = len(commonprefix((typed, known)))  # noqa: RUF071  (of letters, as wanted)
    last = len(commonprefix((typed[first:][::-1], known[first:][::-1])))  # noqa: RUF071  (as above)
    here, there = typed[first : len(typed) - last], known[first : len(known) - last]
    is_swap = len(here) == len(there) == 2 and here == there[::-1]
    return 1 if is_swap or max(len(here), len(there)) == 1 else 2


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
