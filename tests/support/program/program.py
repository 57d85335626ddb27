"""The program as a person runs it, in this process: what it wrote to each side, and its exit status."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from bulkload.cli import main


@dataclass(frozen=True)
class Done:
    """One command that has ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The JSON document on standard output; fails where anything else stands there."""
        return json.loads(self.out)


def bulkload(*arguments: object) -> Done:
    """Run one command; standard input is nobody."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as end:
            status = int(end.code or 0)
    return Done(status, out.getvalue(), err.getvalue())
