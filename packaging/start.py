# noqa: INP001  (a program, no package)
"""The bundle's program: started without arguments and without a terminal, it opens the page."""

from __future__ import annotations

import multiprocessing
import sys

from bulkload.cli import main


def is_double_clicked() -> bool:
    """Whether nobody typed anything: no arguments, and no terminal that could show an answer."""
    return len(sys.argv) == 1 and not (sys.stdin and sys.stdin.isatty())


if __name__ == "__main__":
    multiprocessing.freeze_support()
    main(["open"] if is_double_clicked() else None)
