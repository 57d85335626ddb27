"""Standard output and standard error for every command: any alphabet, any text, readers that leave early."""

from __future__ import annotations

import errno
import io
import select
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from _typeshed import ReadableBuffer

_READER_LEFT = {errno.EPIPE, errno.EIO} | ({errno.EINVAL} if sys.platform == "win32" else set())
"""A pipe that nobody reads, a terminal that was closed; Windows has a number of its own for the first."""


class LostOutput(Exception):  # noqa: N818  (what was lost, for the caller to report)
    """Standard output could not take everything. Not one of ``errors``, which ``--help`` does not import."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def tolerant_stdio() -> Iterator[None]:
    """Ignore closed pipes and characters that the streams can't encode, within the block.

    Raises LostOutput at the end where standard output could not take all of it, as on a disk that is full.
    """
    out, err = _TolerantStream(sys.stdout), _TolerantStream(sys.stderr)
    with redirect_stdout(out.text()), redirect_stderr(err.text()):
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    if out.lost:
        raise LostOutput(out.lost)


class _TolerantStream(io.RawIOBase):
    """A pipe whose reader may have seen enough (``| head``), a file that may not fit, a terminal that may be closed.

    What can't be written is dropped: the run goes on, and its exit status still says the outcome of the rows.
    """

    def __init__(self, stream: TextIO | None) -> None:
        """``stream`` None: closed by the program that started the command."""
        self._stream = stream
        buffer = getattr(stream, "buffer", None)
        # With PYTHONUNBUFFERED there is no buffer between the text and the file.
        self._raw: io.RawIOBase | None = getattr(buffer, "raw", buffer)
        self.lost: str | None = None
        """Why something could not be written; None where all was, or where its reader had left."""

    def text(self) -> TextIO:
        """The stream to print to. What its alphabet lacks becomes a question mark: Windows' own has no tick."""
        stream = self._stream
        if stream is not None and self._raw is None:
            return stream  # of somebody who calls the commands from Python
        encoding = "utf-8" if stream is None else stream.encoding
        return io.TextIOWrapper(io.BufferedWriter(self), encoding, errors="replace", line_buffering=True)

    def write(self, data: ReadableBuffer) -> int:
        """As much as is taken; all of it where nobody takes it any more."""
        try:
            return self._written(data)
        except OSError as error:
            self._raw = None
            if error.errno not in _READER_LEFT:
                self.lost = (error.strerror or str(error)).lower()
        return len(memoryview(data).cast("B"))

    def _written(self, data: ReadableBuffer) -> int:
        while self._raw is not None:
            written = self._raw.write(data)
            if written is not None:
                return written
            select.select([], [self._raw], [])  # full, and somebody has made it answer at once
        return len(memoryview(data).cast("B"))

    def writable(self) -> bool:
        """It is, whatever becomes of what is written."""
        return True

    def isatty(self) -> bool:
        """Whether it is a terminal, which gets a bar and colours."""
        return self._stream is not None and self._stream.isatty()

    def fileno(self) -> int:
        """The file behind it, of which a terminal's width is asked."""
        return super().fileno() if self._stream is None else self._stream.fileno()
