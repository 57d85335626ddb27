"""Column letters, counted from 0: A, Z, AA."""

from __future__ import annotations

from functools import cache


@cache
def column_letter(index: int) -> str:
    """``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
