"""``python tests/benchmarks``: how fast bulkload is, beside what it is to be compared with.

Prints one table with goals and measured ratios, one beside newman, one of growth. A whole run takes about a
quarter of an hour, for the account's limit is kept to; leave the machine alone meanwhile. What is found is kept in
``tests/benchmarks/results/``, so that a part can be measured again (``--only``) without the rest.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from benchmarks import page, suite  # noqa: E402  (found only now)


def main() -> int:
    """Exit status 1 where a goal is not met."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="benchmarks-") as folder:
        python = _installed(Path(folder) / "venv")
        books = Path(folder) / "books"
        books.mkdir()
        command = [python, "-m", "benchmarks.suite", books, *(arguments.only or suite.NAMES)]
        subprocess.run(command, env=os.environ | {"PYTHONPATH": str(TESTS)}, check=True)
    findings = suite.kept()
    if findings.growth:
        _draw(findings)
    print(page.section(findings))
    if arguments.write_docs:
        page.write_docs(findings)
    return 0 if all(one.is_met for one in findings.goals) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description="How fast bulkload is.")
    names = ", ".join(suite.NAMES)
    parser.add_argument("--only", nargs="+", choices=suite.NAMES, metavar="NAME", help=f"only these: {names}")
    parser.add_argument("--write-docs", action="store_true", help="renew docs/how-fast.md")
    return parser.parse_args()


def _installed(folder: Path) -> Path:
    """This checkout installed as a person installs it; the Python that finds it."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-qq", page.ROOT], check=True)
    return python


def _draw(findings: page.Findings) -> None:
    from benchmarks import plot

    try:
        plot.draw(findings.growth, page.PICTURE)
    except ImportError:
        print("No picture: pip install '.[bench]' brings matplotlib, which draws it.", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
