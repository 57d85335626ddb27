"""Windows of time, one for each day of each calling-hours row, Monday first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bulkload.model import Block
from bulkload.rules.kinds.days import CODES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from numpy.typing import NDArray

NO_ROW = -1
"""In place of a row number where there is none."""

_A_DAY_AND_MORE = 2_000
"""Minutes; keeps the windows of different names and days apart on one number line."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Parallel arrays, sorted by name, day and start."""

    groups: NDArray[np.intp]
    """The number of the name."""
    days: NDArray[np.intp]
    """Monday is 0."""
    starts: NDArray[np.intp]
    """Minutes since midnight."""
    ends: NDArray[np.intp]
    rows: NDArray[np.intp]
    """The row of the sheet, counted from 0."""

    def blocks(self, names: int) -> Iterator[tuple[Block, ...]]:
        """The blocks of each name, by its number: Monday first, in the order of their start."""
        blocks = list(map(_block, self.days.tolist(), self.starts.tolist(), self.ends.tolist()))
        bounds = np.searchsorted(self.groups, np.arange(names + 1)).tolist()
        return (tuple(blocks[first:end]) for first, end in pairwise(bounds))

    def by_name(self, names: int) -> list[tuple[tuple[int, int, int], ...]]:
        """Day, start and end of each window of each name, by its number."""
        every = list(zip(self.days.tolist(), self.starts.tolist(), self.ends.tolist(), strict=True))
        bounds = np.searchsorted(self.groups, np.arange(names + 1)).tolist()
        return [tuple(every[first:end]) for first, end in pairwise(bounds)]

    def longest(self, names: int) -> NDArray[np.intp]:
        """Minutes of the longest window of each name, by its number; 0 where a name has none."""
        longest = np.zeros(names, dtype=np.intp)
        np.maximum.at(longest, self.groups, self.ends - self.starts)
        return longest

    def overlaps(self, rows: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """For each row of the sheet, an earlier row whose window it overlaps (or NO_ROW), and the day.

        Windows that touch do not overlap. Of two rows that overlap, the lower one in the sheet is returned.
        """
        others, days = np.full(rows, NO_ROW, dtype=np.intp), np.zeros(rows, dtype=np.intp)
        if not len(self.rows):
            return others, days
        offset = (self.groups * 7 + self.days) * _A_DAY_AND_MORE
        reach = np.maximum.accumulate(offset + self.ends)
        # The window that reaches farthest so far is the one that the next may overlap.
        farthest = np.maximum.accumulate(np.where(offset + self.ends == reach, np.arange(len(reach)), 0))
        late = np.flatnonzero((offset + self.starts)[1:] < reach[:-1]) + 1
        first, second = self.rows[farthest[late - 1]], self.rows[late]
        lower = np.maximum(first, second)
        # Reversed, so that the first overlap of a row is written last.
        others[lower[::-1]] = np.minimum(first, second)[::-1]
        days[lower[::-1]] = self.days[late][::-1]
        return others, days


def windows_of(frame: pd.DataFrame, groups: NDArray[np.intp]) -> Windows:
    """The windows of every row that has a name, days, and an end after its start."""
    whole = frame["days"].notna() & (frame["start"] < frame["end"]).fillna(value=False)
    rows = np.flatnonzero(whole.to_numpy(dtype=bool) & (groups >= 0))
    days = frame["days"].to_numpy()[rows]
    repeated = np.repeat(rows, np.fromiter(map(len, days), np.intp, len(days)))
    day = np.fromiter(chain.from_iterable(days), np.intp, len(repeated))
    start = frame["start"].to_numpy(dtype=np.intp, na_value=0)[repeated]
    end = frame["end"].to_numpy(dtype=np.intp, na_value=0)[repeated]
    group = groups[repeated]
    order = np.lexsort((repeated, start, day, group))
    return Windows(group[order], day[order], start[order], end[order], repeated[order])


@cache
def _block(day: int, start: int, end: int) -> Block:
    return Block(CODES[day], time(*divmod(start, 60)), time(*divmod(end, 60)))
