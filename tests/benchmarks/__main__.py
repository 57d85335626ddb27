"""``python tests/benchmarks``: how fast bulkload is, beside what it is to be compared with.

Prints one table with goals and measured ratios, one beside newman, one of growth. A whole run takes about a
quarter of an hour, for the account's limit is kept to; leave the machine alone meanwhile. What is found is kept in
``tests/benchmarks/results/``, so that a part can be measured again (``--only``) without the rest.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

FOLDER = Path(__file__).parent
sys.path.insert(0, str(FOLDER.parent))

from benchmarks import checking, growth, newman, page, sending, writing  # noqa: E402  (found only now)
from benchmarks.goals import Measured  # noqa: E402
from benchmarks.processes import worker  # noqa: E402

KEPT = FOLDER / "results"

SUITE: dict[str, Callable[[Path], list[Measured]]] = {
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
ALL = (*SUITE, GROWTH, NEWMAN)


def main() -> int:
    """Exit status 1 where a goal is not met."""
    arguments = _arguments()
    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        worker("benchmarks.books", folder)
        for name in arguments.only or ALL:
            print(f"... {name}", file=sys.stderr, flush=True)
            _keep(name, _measure(name, Path(folder)))
    findings = _kept()
    print(page.section(findings))
    if findings.growth:
        _draw(findings)
    if arguments.write_readme:
        page.write_readme(findings)
    return 0 if all(one.is_met for one in findings.goals) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description="How fast bulkload is.")
    parser.add_argument(
        "--only", nargs="+", choices=ALL, metavar="NAME", help=f"only these: {', '.join(ALL)}"
    )
    parser.add_argument("--write-readme", action="store_true", help='renew "How fast" in the README')
    return parser.parse_args()


def _measure(name: str, books: Path) -> object:
    if name == GROWTH:
        return growth.grow(books)
    if name == NEWMAN:
        return newman.to_json(newman.compare(books))
    return [one.to_json() for one in SUITE[name](books)]


def _keep(name: str, found: object) -> None:
    (KEPT / f"{name}.json").write_text(json.dumps(found, indent=1), "utf-8")


def _kept() -> page.Findings:
    """The latest of each."""
    findings = page.Findings()
    for name in SUITE:
        findings.goals += [Measured.from_json(one) for one in _load(name)]
    findings.growth = {int(count): stages for count, stages in dict(_load(GROWTH)).items()}
    if findings.growth:
        findings.goals.append(growth.steepest(findings.growth))
    findings.compared = [newman.Compared(**line) for line in _load(NEWMAN)]
    return findings


def _load(name: str) -> list:
    path = KEPT / f"{name}.json"
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def _draw(findings: page.Findings) -> None:
    from benchmarks import plot

    try:
        plot.draw(findings.growth, page.PICTURE)
    except ImportError:
        print("No picture: pip install -e '.[bench]' brings matplotlib, which draws it.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
