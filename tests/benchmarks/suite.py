"""Every benchmark by its name: ``python -m benchmarks.suite FOLDER NAME ...`` measures and keeps what it found.

Run by ``python tests/benchmarks`` in an environment that holds what a person installs and nothing else: beside the
tools for developers pandera, for one, reads a good deal more.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks import checking, growth, newman, sending, writing
from benchmarks.goals import Measured
from benchmarks.page import Findings
from benchmarks.processes import worker

KEPT = Path(__file__).parent / "results"

GOALS: dict[str, Callable[[Path], list[Measured]]] = {
    "help": checking.help_,
    "small": checking.small,
    "large": checking.large,
    "wrong": checking.wrong,
    "results": writing.results,
    "payloads": writing.payloads,
    "paced": sending.paced,
    "shared": sending.shared,
    "requests": sending.requests,
    "throughput": sending.throughput,
    "cpu": sending.cpu,
}
"""The rows of the table of goals, in its order; growth and newman have tables of their own."""
GROWTH, NEWMAN = "growth", "newman"
NAMES = (*GOALS, GROWTH, NEWMAN)


def measure(names: list[str], books: Path) -> None:
    """Measure these and keep what was found; the workbooks are written into the folder first."""
    KEPT.mkdir(exist_ok=True)
    worker("benchmarks.books", books)
    for name in names:
        print(f"... {name}", file=sys.stderr, flush=True)
        (KEPT / f"{name}.json").write_text(json.dumps(_found(name, books), indent=1), "utf-8")


def _found(name: str, books: Path) -> object:
    if name == GROWTH:
        return growth.grow(books)
    if name == NEWMAN:
        return newman.to_json(newman.compare(books))
    return [one.to_json() for one in GOALS[name](books)]


def kept() -> Findings:
    """The latest of each."""
    findings = Findings()
    for name in GOALS:
        findings.goals += [Measured.from_json(one) for one in _load(name)]
    findings.growth = {int(count): stages for count, stages in dict(_load(GROWTH)).items()}
    if findings.growth:
        findings.goals.append(growth.steepest(findings.growth))
    findings.compared = [newman.Compared(**line) for line in _load(NEWMAN)]
    return findings


def _load(name: str) -> list:
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


if __name__ == "__main__":
    measure(sys.argv[2:], Path(sys.argv[1]))
