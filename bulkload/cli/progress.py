"""Progress on standard error, only on a terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NoReturn, Self

from tqdm import tqdm

from bulkload.ports import NoProgress
from bulkload.text import sanitize

if TYPE_CHECKING:
    from types import TracebackType


class ProgressBar(NoProgress):
    """A bar for each stage, one after the other, on standard error."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._close()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a bar; the one before it is closed and goes away."""
        self._close()
        self._bar = tqdm(total=total, desc=name, unit="row", file=sys.stderr, leave=False, dynamic_ncols=True)

    def advance(self, rows: int = 1) -> None:
        """So many more rows of the stage are done."""
        if self._bar is not None:
            self._bar.update(rows)

    def say(self, sentence: str) -> None:
        """A line above the bar."""
        tqdm.write(sanitize(sentence), file=sys.stderr)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()
            self._bar = None


class PlainProgress(NoProgress):
    """No bar, only what must be known: on something that is not a terminal."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Nothing was opened."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing: a log is no place for a bar."""

    def advance(self, rows: int = 1) -> None:
        """Say nothing."""

    def say(self, sentence: str) -> None:
        """One line on standard error."""
        print(sanitize(sentence), file=sys.stderr, flush=True)  # noqa: T201  (this is the room that speaks)


def make_progress(*, quiet: bool) -> ProgressBar | PlainProgress:
    """A bar on a terminal, lines elsewhere and with ``--quiet``."""
    return ProgressBar() if sys.stderr.isatty() and not quiet else PlainProgress()
