"""Standard output and standard error, fit for every command: any alphabet, any text, readers that leave early."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from bulkload.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from _typeshed import ReadableBuffer


@contextmanager
def patient_streams() -> Iterator[None]:
    """Within the block nothing that is printed stops a command, whoever reads it.

    Raises OutputError at the end where standard output could not take all of it, as on a disk that is full.
    """
    out, err = _Pipe(sys.stdout), _Pipe(sys.stderr)
    with redirect_stdout(out.text()), redirect_stderr(err.text()):
        try:
            yield
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    if out.lost:
        raise OutputError(f"What was printed could not be written: {out.lost}. Send it somewhere else.")


def harmless(text: str) -> str:
    """The text with a mark in place of what would speak to the terminal: escape sequences, marks that turn a line."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() or character == "\n" else "\ufffd" for character in text
    )


class _Pipe(io.RawIOBase):
    """What is no terminal: a pipe whose reader may have seen enough (``| head``), a file that may not fit.

    What can't be written is dropped: the run goes on, and its exit status still says what became of the rows.
    """

    def __init__(self, stream: TextIO | None) -> None:
        """``stream`` None: closed by whoever started the command."""
        self._stream = stream
        buffer = getattr(stream, "buffer", None)
        self._raw: io.RawIOBase | None = getattr(
            buffer, "raw", buffer
        )  # with PYTHONUNBUFFERED there is none between
        self.lost: str | None = None
        """Why something could not be written; None where all was, or where its reader had left."""

    def text(self) -> TextIO:
        """The stream to print to."""
        stream = self._stream
        if isinstance(stream, io.TextIOWrapper):
            # What its alphabet lacks becomes a question mark: Windows' own has no tick for a row that is done.
            stream.reconfigure(errors="replace")
        if stream is not None and (self._raw is None or stream.isatty()):
            return stream  # a terminal, or the stream of somebody who calls the commands from Python
        encoding = "utf-8" if stream is None else stream.encoding
        return io.TextIOWrapper(io.BufferedWriter(self), encoding, errors="replace", line_buffering=True)

    def write(self, data: ReadableBuffer) -> int | None:
        """As much as is taken; all of it where nobody takes it any more."""
        if self._raw is not None:
            try:
                return self._raw.write(data)
            except BrokenPipeError:
                self._raw = None
            except OSError as error:
                self._raw, self.lost = None, (error.strerror or str(error)).lower()
        return len(memoryview(data).cast("B"))

    def writable(self) -> bool:
        """It is, whatever becomes of what is written."""
        return True
