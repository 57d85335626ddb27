"""The account's request budget: how much of it is spent on campaigns, and what the sending costs this machine.

Everything is a whole ``bulkload submit`` over real HTTP; the pretend service runs in a process of its own, and
its log, not ours, says what arrived when.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.goals import Goal, Measured
from benchmarks.processes import BULKLOAD, PYTHON, TESTS, Beside, Used, run, spell, worker

RATE = 60
WINDOW = 6.0
"""The limit of the timed runs: 60 requests in any 6 s."""

LEAST_TIME = Goal(
    "300 rows, 60 requests per 6 s allowed", "the least possible time, looking and verifying included", 1.03
)
REFUSALS = Goal("rate-limit answers in that run", "", 0, "answers")
SHARED = Goal(
    "the same with another client that insists on half of the budget",
    "the least possible time for both",
    1.25,
)
LOST = Goal("rows lost in that run", "", 0, "rows")
REQUESTS = Goal("requests for 500 created and verified campaigns, all included", "500", 1.06)
THROUGHPUT = Goal(
    "rows per second: 2,000 rows, no rate limit, 20 ms server, concurrency 20, durable journal",
    "the same POSTs with httpx alone",
    0.5,
    is_least=True,
)
CPU = Goal("CPU time of a submission at 60 requests a minute", "wall time", 3, "%")


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What a pretend service's log says of one run."""

    created: int
    answered: int
    """Requests that were not refused for the rate."""
    refused: int
    """Requests that were refused for the rate."""
    seconds: float
    """From the first arrival to the last."""

    def least(self, of_others: int = 0) -> float:
        """The least possible time: no request can be let through before the one RATE before it is a window old."""
        return (self.answered + of_others - 1) // RATE * WINDOW


@contextmanager
def service(**settings: object) -> Iterator[tuple[str, Path]]:
    """A pretend Kore.ai in a process of its own: its address, and the file of its account."""
    from support.fakes.sandbox_server import separate

    with tempfile.TemporaryDirectory() as folder:
        account = Path(folder) / "account.sqlite"
        with separate(account, **settings) as process:
            yield process.url, account


def arrivals(account: Path) -> Arrivals:
    """What arrived at an account; read in another process, for the log of 2,000 requests is large."""
    return Arrivals(*json.loads(worker("benchmarks.sending", "arrivals", account)))


def submit(book: Path, url: str, **settings: object) -> Used:
    """One whole submission; every row must be as wanted at its end."""
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xlsx"
        return run(
            [BULKLOAD, "submit", book, "--yes", "--quiet", "--results", results],
            settings=credentials(url)
            | {f"BULKLOAD_{name.upper()}": str(it) for name, it in settings.items()},
        )


def credentials(url: str) -> dict[str, str]:
    from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET

    return {
        "BULKLOAD_HOST": url,
        "BULKLOAD_APP_ID": APP_ID,
        "BULKLOAD_ACCOUNT_ID": ACCOUNT_ID,
        "BULKLOAD_CLIENT_ID": CLIENT_ID,
        "BULKLOAD_CLIENT_SECRET": CLIENT_SECRET,
    }


def paced(books: Path) -> list[Measured]:
    ratios, walls, refused, found = [], [], 0, None
    for _ in range(3):
        with service(rate=RATE, window=WINDOW, ready_after=0.3) as (url, account):
            walls.append(submit(books / "300.xlsx", url, rate=RATE, window=WINDOW).wall)
            found = arrivals(account)
        _assert_all_created(found, 300)
        ratios.append(found.seconds / found.least())
        refused += found.refused
    assert found is not None
    figures = (
        f"{found.seconds:.2f} s from the first request to the last beside {found.least():.0f} s for "
        f"{found.answered} requests; whole process {spell(median(walls))}"
    )
    return [Measured(LEAST_TIME, median(ratios), figures), Measured(REFUSALS, refused, "in three runs")]


def shared(books: Path) -> list[Measured]:
    ratios, lost, found, other = [], 0, None, 0
    for _ in range(3):
        with service(rate=RATE, window=WINDOW, ready_after=0.3) as (url, account):
            with _other_client(url, RATE / 2 / WINDOW):
                submit(books / "300.xlsx", url, rate=RATE, window=WINDOW)
            found = arrivals(account)
            other = int(worker("benchmarks.sending", "other", account))
        lost += 300 - found.created
        ratios.append(found.seconds / found.least(other))
    assert found is not None
    figures = (
        f"{found.seconds:.1f} s beside {found.least(other):.0f} s for {found.answered} requests and the other client's "
        f"{other}; {found.refused} rate-limit answers"
    )
    return [Measured(SHARED, median(ratios), figures), Measured(LOST, lost, "in three runs")]


def requests(books: Path) -> list[Measured]:
    """At the documented proportion of rate and window, in a tenth of the time."""
    with service(rate=RATE, window=WINDOW, ready_after=0.3) as (url, account):
        submit(books / "500.xlsx", url, rate=RATE, window=WINDOW)
        found = arrivals(account)
    _assert_all_created(found, 500)
    total = found.answered + found.refused
    return [Measured(REQUESTS, total / 500, f"{total} requests")]


def throughput(books: Path) -> list[Measured]:
    """From the first create's arrival to the last one's answer, both as the server saw them."""
    ours, theirs, walls = [], [], []
    with plain_server(0.02) as (url, ask):
        for _ in range(3):
            used = submit(books / "2000.xlsx", url, rate=100_000, concurrency=20)
            walls.append(used.wall)
            ours.append(_rows_per_second(*ask()))
            run([PYTHON, "-m", "benchmarks.plain_client", books / "2000.xlsx", url])
            theirs.append(_rows_per_second(*ask()))
    pair = Beside(tuple(ours), tuple(theirs))
    figures = (
        f"{median(ours):.0f} beside {median(theirs):.0f} rows per second; "
        f"whole process {spell(median(walls))}, results workbook included"
    )
    return [Measured(THROUGHPUT, pair.ratio, figures)]


def cpu(books: Path) -> list[Measured]:
    """A short stretch of the real pace, 60 in 60 s: three windows; start and results count."""
    with service(rate=RATE, window=60.0, ready_after=0.3) as (url, account):
        used = submit(books / "180.xlsx", url, rate=RATE, window=60.0)
        found = arrivals(account)
    _assert_all_created(found, 180)
    figures = f"{used.cpu:.2f} s of {used.wall:.0f} s for 180 rows, a stretch of three windows"
    return [Measured(CPU, 100 * used.cpu / used.wall, figures)]


def _assert_all_created(found: Arrivals, rows: int) -> None:
    assert found.created == rows, f"{found.created} of {rows} rows were created"


def _rows_per_second(first: float, last: float, count: int) -> float:
    assert count == 2000, f"{count} of 2000 rows arrived"
    return count / (last - first)


@contextmanager
def plain_server(delay: float) -> Iterator[tuple[str, object]]:
    command = [PYTHON, "-m", "benchmarks.plain_server", str(delay)]
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as server:
        assert server.stdin is not None
        assert server.stdout is not None

        def ask() -> list[float]:
            """First create, last answer, number of creates; the server forgets them."""
            assert server.stdin is not None
            assert server.stdout is not None
            server.stdin.write("\n")
            server.stdin.flush()
            return json.loads(server.stdout.readline())

        try:
            yield server.stdout.readline().strip(), ask
        finally:
            server.kill()


@contextmanager
def _other_client(url: str, per_second: float) -> Iterator[None]:
    command = [PYTHON, "-m", "benchmarks.sending", "take", url, str(per_second)]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(TESTS)}) as other:
        try:
            yield
        finally:
            other.kill()


# --- in the worker -------------------------------------------------------------------------------------

OTHERS = "queues"
"""The other client asks for queues, which bulkload never does: so the log tells them apart."""
TOO_MANY = 429
INSISTS = 0.05
"""Seconds until the other client asks again after a refusal."""


def _print_arrivals(account: Path) -> None:
    from support.fakes.service_log import read_log

    log = read_log(account)
    ours = [request for request in log.requests if request.operation != OTHERS]
    refused = sum(request.problem == "the rate limit" for request in ours)
    created = len({effect.name for effect in log.effects_of("created")})
    assert created == len(log.effects_of("created"))
    print(json.dumps([created, len(ours) - refused, refused, ours[-1].time - ours[0].time]))


def _print_other(account: Path) -> None:
    from support.fakes.service_log import read_log

    log = read_log(account)
    ours = [request.time for request in log.requests if request.operation != OTHERS]
    got = [
        request
        for request in log.requests_of(OTHERS)
        if request.problem != "the rate limit" and ours[0] <= request.time <= ours[-1]
    ]
    print(len(got))


def _take(url: str, per_second: float) -> None:
    """Take so many requests a second, evenly, until killed; one that is refused is asked again until it is let in.

    A client that gave way would be crowded out, and then nobody takes half of the budget.
    """
    from support.fakes.sandbox_server import Client

    client = Client(url, "v1")
    due = time.monotonic()
    while True:
        while client.queues().status_code == TOO_MANY:
            time.sleep(INSISTS)
        due = max(due + 1 / per_second, time.monotonic() - WINDOW)
        time.sleep(max(0.0, due - time.monotonic()))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["arrivals", account]:
            _print_arrivals(Path(account))
        case ["other", account]:
            _print_other(Path(account))
        case ["take", url, per_second]:
            _take(url, float(per_second))
