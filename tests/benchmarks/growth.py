"""How each stage grows from 10 to 10,000 rows, in one process beside the service that does as little as can be.

The stages are told apart as a person sees them: by what the progress bar says.
"""

from __future__ import annotations

import asyncio
import io
import json
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.books import GROWTH
from benchmarks.goals import Goal, Measured
from benchmarks.processes import worker
from benchmarks.sending import plain_server

LINEAR = Goal("how it grows: the steepest stage from 1,000 to 10,000 rows", "the time for 1,000 rows", 12)

Stages = dict[str, float]
"""Seconds of each stage."""
RUNS = {10: 7, 100: 5, 1_000: 5, 10_000: 3}


def grow(books: Path) -> dict[int, Stages]:
    """The median time of each stage for each number of rows."""
    table = {}
    for count in GROWTH:
        runs = []
        for _ in range(RUNS[count]):
            with plain_server(0.0) as (url, _):
                runs.append(json.loads(worker("benchmarks.growth", books / f"{count}.xlsx", url)))
        table[count] = {stage: median(run[stage] for run in runs) for stage in runs[0]}
    return table


def steepest(table: dict[int, Stages]) -> Measured:
    """The stage that grows most from 1,000 to 10,000 rows."""
    ratios = {stage: table[10_000][stage] / table[1_000][stage] for stage in table[1_000]}
    worst = max(ratios, key=ratios.__getitem__)
    return Measured(LINEAR, ratios[worst], f"{worst}: {', '.join(_each(ratios))}")


def _each(ratios: dict[str, float]) -> list[str]:
    return [f"{stage} {ratio:.1f}" for stage, ratio in ratios.items()]


# --- in the worker -------------------------------------------------------------------------------------


class _Watch:
    """Notes when each stage of a submission began, and when the last row of it was done."""

    def __init__(self) -> None:
        self.began: dict[str, float] = {}
        self.last = 0.0

    def stage(self, name: str, total: int | None = None) -> None:  # noqa: ARG002  (the protocol's)
        self.began[name] = time.perf_counter()

    def advance(self, rows: int = 1) -> None:  # noqa: ARG002  (the protocol's)
        self.last = time.perf_counter()

    def say(self, sentence: str) -> None:
        raise AssertionError(sentence)


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = do()
    return time.perf_counter() - began, done


def _stages(book: Path, url: str) -> Stages:
    from bulkload.checking import check
    from bulkload.cli.console import Console
    from bulkload.model import ApiVersion
    from bulkload.rules.validate import validate
    from bulkload.workbook.reader.read import read
    from bulkload.workbook.results.write import write_results

    with tempfile.TemporaryDirectory() as folder:
        validate(read(book), ApiVersion.V2)  # what the libraries import at their first use is no stage
        reading, workbook = _timed(lambda: read(book))
        judging, _ = _timed(lambda: validate(workbook, ApiVersion.V2))
        payloads, _ = _timed(
            check(book, version=ApiVersion.V2).payloads
        )  # in its turn, before anything is sent
        stages, report = _submission(book, url, Path(folder))
        results, _ = _timed(lambda: write_results(report, workbook, Path(folder) / "again.xlsx"))
        with redirect_stdout(io.StringIO()):
            telling, _ = _timed(lambda: Console(as_json=False, quiet=True).finished(report))
    first = {"reading": reading, "judging": judging, "building payloads": payloads}
    return first | stages | {"results workbook": results, "console": telling}


def _submission(book: Path, url: str, folder: Path) -> tuple[Stages, Any]:
    """Planning, sending and looking of one submission, then planning the same workbook once more."""
    from bulkload import flow as pipeline
    from bulkload.checking import check
    from bulkload.model import ApiVersion
    from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET
    from bulkload.settings import Credentials, Settings

    credentials = Credentials(CLIENT_ID, CLIENT_SECRET)
    settings = Settings(url, APP_ID, ACCOUNT_ID, credentials, folder, rate=100_000, concurrency=20)
    checked = check(book, version=ApiVersion.V2)
    watch = _Watch()
    choices = pipeline.Choices(results=folder / "results.xlsx")
    company = pipeline.Company(lambda _plan: True, watch)
    began = time.perf_counter()
    report = asyncio.run(pipeline.submit(checked, choices, settings, company))
    sending, looking = watch.began["Sending"], watch.began["Checking at Kore.ai"]
    again = pipeline.Choices(dry_run=True)
    planning_again, _ = _timed(lambda: asyncio.run(pipeline.submit(checked, again, settings, company)))
    stages = {
        "planning": sending - began,
        "sending": looking - sending,
        "looking": watch.last - looking,
        "planning again": planning_again,
    }
    assert all(outcome.status == "created" for outcome in report.outcomes)
    return stages, report


if __name__ == "__main__":
    print(json.dumps(_stages(Path(sys.argv[1]), sys.argv[2])))
