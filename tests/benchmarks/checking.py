"""How long somebody waits for an answer: ``--help`` and ``check``, whole processes."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks.goals import Goal, Measured
from benchmarks.processes import BULKLOAD, PYTHON, Beside, beside, run

TO_FIX = 3
"""The exit status of a check that found mistakes."""

HELP = Goal("`bulkload --help`, whole process", '`python -c "import click"`', 1.5)
SMALL = Goal(
    "`check` of 300 campaigns and 50 calling-hours rows, whole process",
    '`python -c "import pandas, pandera.pandas"`',
    1.25,
)
LARGE = Goal(
    "`check` of 10,000 campaigns and 50,000 calling-hours rows, clean, whole process",
    '`pandas.read_excel(engine="openpyxl")` of the same two sheets, whole process',
    0.5,
)
MEMORY = Goal("peak memory of that check", "", 150, "MB")
WRONG = Goal("the same with every row wrong in three cells", "the clean run", 2)

_READ_EXCEL = """
import sys, pandas
pandas.read_excel(sys.argv[1], sheet_name=["Campaigns", "Calling hours"], engine="openpyxl")
"""


def help_(_books: Path) -> list[Measured]:
    pair = beside([BULKLOAD, "--help"], [PYTHON, "-c", "import click"], runs=15)
    return [Measured(HELP, pair.ratio, pair.figures)]


def small(books: Path) -> list[Measured]:
    ours = [BULKLOAD, "check", books / "300-50.xlsx"]
    pair = beside(ours, [PYTHON, "-c", "import pandas, pandera.pandas"], runs=11)
    return [Measured(SMALL, pair.ratio, pair.figures)]


def large(books: Path) -> list[Measured]:
    book = books / "10000.xlsx"
    pairs = [(run([BULKLOAD, "check", book]), run([PYTHON, "-c", _READ_EXCEL, book])) for _ in range(7)]
    pair = Beside(tuple(ours.wall for ours, _ in pairs), tuple(theirs.wall for _, theirs in pairs))
    peaks = [ours.peak for ours, _ in pairs]
    return [
        Measured(LARGE, pair.ratio, pair.figures),
        Measured(MEMORY, max(peaks), f"median {median(peaks):.0f} MB"),
    ]


def wrong(books: Path) -> list[Measured]:
    """All 180,000 problems are printed, into a file."""
    pairs = []
    for _ in range(5):
        faulty = run([BULKLOAD, "check", books / "wrong.xlsx"], status=TO_FIX)
        pairs.append((faulty, run([BULKLOAD, "check", books / "10000.xlsx"])))
    pair = Beside(tuple(ours.wall for ours, _ in pairs), tuple(theirs.wall for _, theirs in pairs))
    peak = max(ours.peak for ours, _ in pairs)
    figures = f"{pair.figures}; 180,000 problems told, peak {peak:.0f} MB"
    return [Measured(WRONG, pair.ratio, figures)]
