"""The tables as text, on the console and in docs/how-fast.md."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from benchmarks.goals import Measured
from benchmarks.growth import Stages
from benchmarks.newman import Compared
from benchmarks.processes import spell

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-fast.md"
PICTURE = ROOT / "samples" / "pictures" / "how-fast.png"
BEGIN, END = "<!-- how fast -->\n", "<!-- end -->"


@dataclass(slots=True)
class Findings:
    """Everything that a run of the suite found."""

    goals: list[Measured] = field(default_factory=list)
    compared: list[Compared] = field(default_factory=list)
    growth: dict[int, Stages] = field(default_factory=dict)


INTRODUCTION = """\
Measured on {today} with {machine}, by `python tests/benchmarks --write-docs`. Each row is its latest \
measurement (`--only` renews some), each ratio a median of pairs that ran in turn; what is timed with a service talks \
real HTTP to a process of its own."""

BESIDE_NEWMAN = """\
300 rows under a limit of 60 requests in any 6 s, beside [newman](https://www.npmjs.com/package/newman) with a \
collection and a CSV data file. newman only creates; bulkload also lists the account before, and sees every campaign \
Ready and audits the account after."""


def section(findings: Findings) -> str:
    """The section of the page, without its heading."""
    today = f"{datetime.now().astimezone():%d %B %Y}"
    parts = [INTRODUCTION.format(today=today, machine=machine()), goal_table(findings.goals)]
    if findings.compared:
        parts += [BESIDE_NEWMAN, compared_table(findings.compared)]
    if findings.growth:
        picture = f"![Seconds of each stage from 10 to 10,000 rows](../{PICTURE.relative_to(ROOT)})"
        parts += ["How each stage grows, without a rate limit:", growth_table(findings.growth), picture]
    return "\n\n".join(parts) + "\n"


def goal_table(goals: Sequence[Measured]) -> str:
    rows = [
        (one.goal.what, one.goal.against, one.goal.words, one.goal.say(one.value), _mark(one), one.figures)
        for one in goals
    ]
    return _table(("what", "against", "goal", "measured", "", "figures"), rows)


def _mark(one: Measured) -> str:
    return "✓" if one.is_met else "✗ short"


def compared_table(lines: Sequence[Compared]) -> str:
    rows = [
        (line.tool, f"{line.lost}", f"{line.refused}", f"{line.requests}", f"{line.wall:.1f} s")
        for line in lines
    ]
    return _table(("", "rows lost", "rate-limit answers", "requests", "wall time"), rows)


def growth_table(growth: dict[int, Stages]) -> str:
    counts = list(growth)
    rows = [
        (
            stage,
            *(spell(growth[count][stage]) for count in counts),
            f"{growth[counts[-1]][stage] / growth[counts[-2]][stage]:.1f}",
        )
        for stage in growth[counts[0]]
    ]
    return _table(("stage", *(f"{count:,} rows" for count in counts), "last step"), rows)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def machine() -> str:
    """The machine in words: processor, cores, memory, system, Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores of {_processor()}, {memory:.0f} GB, "
        f"{platform.system()}, Python {platform.python_version()}"
    )


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*: (.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        found = None
    return found[1] if found else platform.processor() or platform.machine()


def write_docs(findings: Findings) -> None:
    """Put the section between its marks; the rest of the page stays as it is."""
    text = PAGE.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise SystemExit(f"{PAGE.name} has no place for it: {BEGIN.strip()} ... {END}")
    PAGE.write_text(before + begin + section(findings) + end + after, "utf-8")
