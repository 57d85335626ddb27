"""Suggest the known name that a mistyped name is close to: "did you mean".

A wrong suggestion is worse than none, because people accept it with a click. So suggest nothing for short words,
when two names are equally close, or when digits differ: FILO may mean LIFO or FIFO, Team 1 is not Team 2.
Names are indexed under every spelling with a letter or two left out (Garbe's symmetric delete). A look-up costs
the same among ten names and ten thousand; difflib compares with every name, which takes minutes for 10,000.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from itertools import chain, combinations
from os.path import commonprefix
from typing import TYPE_CHECKING

from bulkload.text import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONG_ENOUGH_FOR_ONE = 5
"""Letters from which one edit is forgiven: on, US and FILO are two edits from half of all words."""
LONG_ENOUGH_FOR_TWO = 7
"""Letters from which two edits are forgiven, in a fixed vocabulary alone."""
LONGEST = 64
"""Letters of a name that are compared: enough for every zone and choice, and it limits the index."""


class Suggester:
    """Known names, indexed so that the one closest to a mistyped name is found."""

    def __init__(self, names: Iterable[str], *, fixed_vocabulary: bool = False) -> None:
        """``fixed_vocabulary``: the names are the same for everybody, such as dialing modes.

        Among people's own names Team South is not a typing mistake for Team North, so one edit is forgiven there.
        """
        self._names = tuple(dict.fromkeys(names))
        self._fixed = fixed_vocabulary

    def suggest(self, text: str) -> str | None:
        """The one closest name, or None where none or several are; case, spaces and signs don't count."""
        typed = letters(text)
        if len(typed) < LONG_ENOUGH_FOR_ONE:
            return self._closest(typed, (typed,), forgiven=0)
        name = self._closest(typed, _one_left_out(typed), forgiven=1)
        if name is None and self._may_have_two(typed):
            return self._closest(typed, chain(_one_left_out(typed), _two_left_out(typed)), forgiven=2)
        return name

    def _closest(self, typed: str, keys: Iterable[str], forgiven: int) -> str | None:
        """The one name with fewest edits among those indexed under a key; None for a tie or too many edits."""
        found = {name for key in keys for name in self._index.get(key, ())}
        measure = edits if forgiven > 1 else _one_edit
        counts = {
            # Team 1 and Team 2 are one edit apart, and never a typing mistake.
            name: measure(typed, word)
            for name in found
            if _digits(word := letters(name)) == _digits(typed)
        }
        least = min(counts.values(), default=forgiven + 1)
        closest = [name for name, count in counts.items() if count == least]
        # A tie is no suggestion: FILO is as close to LIFO as to FIFO.
        return closest[0] if least <= forgiven and len(closest) == 1 else None

    def _may_have_two(self, typed: str) -> bool:
        """Whether two edits are worth a look: not for a text without any name's length, start or end."""
        return (
            self._fixed
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
    def _index(self) -> dict[str, list[str]]:
        index = defaultdict(list)
        for name in self._names:
            word = letters(name)
            keys = set(_one_left_out(word))
            if self._fixed and len(word) >= LONG_ENOUGH_FOR_TWO:
                keys.update(_two_left_out(word))
            for key in keys:
                index[key].append(name)
        return dict(index)


def near_duplicates(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs of different names that look like one name typed twice, each pair once.

    They differ in one edit of one word, or only in their signs. Other short words or digits make
    other names: Collections EN and Collections ES, Team A and Team B.
    """
    different = {name_key(name): name for name in names}
    index: defaultdict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    seen: set[tuple[str, str]] = set()
    for key, name in different.items():
        words = key.split()
        if all_letters := "".join(filter(str.isalnum, key)):
            index["", all_letters].append((name, ""))
        for place, word in enumerate(words):
            if len(word) >= LONG_ENOUGH_FOR_ONE:
                rest = (*words[:place], "", *words[place + 1 :])
                for variant in set(_one_left_out(word)):
                    index[*rest, variant].append((name, word))
    for found in index.values():
        for (one, word), (other, other_word) in combinations(found, 2) if len(found) < _MANY_ALIKE else ():
            is_typo = _digits(word) == _digits(other_word) and _one_edit(word, other_word) <= 1
            if is_typo and one != other and (one, other) not in seen:
                seen.add((one, other))
                yield one, other


_MANY_ALIKE = 12
"""Names that differ in the same letter and are this many are a series, such as Route A to Route Z."""


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


def _one_edit(typed: str, known: str) -> int:
    """The number of edits up to one; 2 means two or more. Compares what is left without common start and end."""
    if typed == known:
        return 0
    first = len(commonprefix((typed, known)))  # noqa: RUF071  (of letters, as wanted)
    last = len(commonprefix((typed[first:][::-1], known[first:][::-1])))  # noqa: RUF071  (as above)
    here, there = typed[first : len(typed) - last], known[first : len(known) - last]
    is_swap = len(here) == len(there) == 2 and here == there[::-1]
    return 1 if is_swap or max(len(here), len(there)) == 1 else 2


def edits(typed: str, known: str) -> int:
    """The number of letters left out, added, swapped or replaced (optimal string alignment)."""
    before: list[int] = []
    above = list(range(len(known) + 1))
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for column, other in enumerate(known, start=1):
            count = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != other))
            if row > 1 and column > 1 and letter == known[column - 2] and typed[row - 2] == other:
                count = min(count, before[column - 2] + 1)
            line.append(count)
        before, above = above, line
    return above[-1]
