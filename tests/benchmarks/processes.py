"""Whole processes, measured by the operating system, side by side: A B A B and so on.

Each command runs in a folder and with a home of its own, so that nobody's settings or journals take part. This
module imports nothing that is large: a child begins as a copy of its parent, and the parent's memory would be
counted as the child's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TESTS = Path(__file__).parents[1]
PYTHON = sys.executable
BULKLOAD = str(Path(sys.executable).with_name("bulkload"))
"""The command as pip installed it beside this Python."""


@dataclass(frozen=True, slots=True)
class Used:
    """What one process took."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds, in user and system mode together."""
    peak: float
    """MB of memory at the most."""
    out: str
    """What it wrote to standard output, where that was wanted."""


class FailedError(Exception):
    """A command did not end as it should: what failed is not fast."""


def run(
    command: Sequence[str | Path],
    *,
    settings: Mapping[str, str] | None = None,
    status: int = 0,
    wants_output: bool = False,
) -> Used:
    """Run a command to its end and say what it took; raises FailedError for another exit status."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        errors = Path(folder) / "errors"
        output = Path(folder) / "output"
        with errors.open("wb") as error_file, output.open("wb") as output_file:
            began = time.perf_counter()
            child = subprocess.Popen(
                [str(part) for part in command],
                cwd=folder,
                env=_environment(Path(folder)) | dict(settings or {}),
                stdin=subprocess.DEVNULL,
                stdout=output_file,
                stderr=error_file,
            )
            _, ended, usage = os.wait4(child.pid, 0)
            wall = time.perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(ended)
        if child.returncode != status:
            raise FailedError(
                f"{command} ended with {child.returncode}: {errors.read_text()}{output.read_text()[-2000:]}"
            )
        out = output.read_text() if wants_output else ""
        return Used(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out)


def _environment(folder: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("BULKLOAD_")}
    return own | {
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_STATE_HOME": str(folder / "state"),
        "PYTHONPATH": str(TESTS),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


@dataclass(frozen=True, slots=True)
class Beside:
    """Two things measured in turn."""

    ours: tuple[float, ...]
    """Seconds of each run."""
    theirs: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the ratios of neighbours: what slows the whole machine down slows both of a pair."""
        return median(a / b for a, b in zip(self.ours, self.theirs, strict=True))

    @property
    def figures(self) -> str:
        return f"{spell(median(self.ours))} beside {spell(median(self.theirs))}"


def beside(ours: Sequence[str | Path], theirs: Sequence[str | Path], *, runs: int, status: int = 0) -> Beside:
    """The wall times of two commands in turn, after one run of each that only fills the disk cache."""
    run(ours, status=status), run(theirs)
    pairs = [(run(ours, status=status).wall, run(theirs).wall) for _ in range(runs)]
    return Beside(tuple(a for a, _ in pairs), tuple(b for _, b in pairs))


def worker(*arguments: str | Path | int, settings: Mapping[str, str] | None = None) -> str:
    """What the worker of that name prints, run in a fresh Python: ``worker("benchmarks.payloads", path)``."""
    return run([PYTHON, "-m", *map(str, arguments)], settings=settings, wants_output=True).out


def spell(seconds: float) -> str:
    """``0.83 s``, ``12 ms``."""
    if seconds < 0.1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"
