"""One life of a submission that is killed, perhaps more than once, and taken up again until it is done."""

from __future__ import annotations

import random
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.crash import checker
from support.crash.kill_points import PROGRAM_MOMENTS, SANDBOX_MOMENTS
from support.fakes.sandbox_server import body
from support.program.forks import Forks
from support.program.stories import LONGEST as LONGEST_LIFE
from support.program.stories import Done, Story
from support.workbooks.story_workbooks import campaign

AT_ONCE = 6
"""Stories told at the same time by one process of the tests: they mostly wait for settling."""
LONGEST = 1.8
"""Seconds after which a run is killed at random at the latest; without a kill it takes about as long."""
SANDBOX = {"visible_after": 0.3, "ready_after": 0.1}
"""A new campaign is late to show, and ready soon."""
UPDATES = {3: "Campaign 3", 9: "Campaign 9", 15: "Campaign 15"}
"""Campaigns of the twenty-row workbook that exist already and are changed."""


@dataclass(frozen=True)
class Crash:
    """When the first process is killed: the n-th time that a moment comes, or after so many seconds."""

    moment: str
    nth: int = 0
    seconds: float = 0.0
    again: float | None = None
    """Seconds after which the process that takes it up is killed too; None: it is left alone."""

    @property
    def points(self) -> list[tuple[str, int, int]]:
        return [(self.moment, self.nth, signal.SIGKILL)]

    def __str__(self) -> str:
        return f"{self.moment} {self.nth or f'{self.seconds:.2f} s'}"


@dataclass
class Tally:
    """What many stories came to."""

    runs: int = 0
    killed: int = 0
    moments: Counter[str] = field(default_factory=Counter)
    verdict: checker.Verdict = field(default_factory=checker.Verdict)

    def add(self, crash: Crash, killed: int, verdict: checker.Verdict) -> None:
        self.runs += 1
        self.killed += killed
        self.moments[crash.moment] += killed
        self.verdict.duplicates += [f"{crash}: {finding}" for finding in verdict.duplicates]
        self.verdict.lost += [f"{crash}: {finding}" for finding in verdict.lost]
        self.verdict.contradictions += [f"{crash}: {finding}" for finding in verdict.contradictions]

    def __str__(self) -> str:
        duplicates, lost, contradictions = self.verdict.figures
        return (
            f"{self.runs} runs, {self.killed} kills ({dict(self.moments)}): {duplicates} duplicates, "
            f"{lost} lost rows, {contradictions} contradictions"
        )


MOMENTS = {"begin": 46, "commit": 46, "connect": 25, "rename": 1, "arrived": 28, "effect": 26, "answered": 28}
"""How often each moment comes in the life of the twenty-row workbook; a test compares it with such a life. (The
sandbox counts what was there before, too.)"""
EVERY_MOMENT = tuple(Crash(moment, nth) for moment, most in MOMENTS.items() for nth in range(1, most + 1))


def moments_of_a_life(forks: Forks, folder: Path) -> Counter[str]:
    """How often each moment comes where nobody is killed."""
    with Story(forks, folder, [], sandbox=SANDBOX, points=[("", 0, 0)]) as story:
        twenty_rows(story)
        assert story.submit(points=[("", 0, 0)]).status == 0
        return Counter((folder / "moments").read_text().split())


def chance_of(seed: int) -> random.Random:
    """The same crashes every time, so that a failure can be told again."""
    return random.Random(seed)  # noqa: S311  (no secret)


def random_crash(chance: random.Random) -> Crash:
    again = chance.uniform(0, LONGEST) if chance.random() < 0.25 else None
    return Crash("random", seconds=chance.uniform(0, LONGEST), again=again)


def tell_all(forks: Forks, folder: Path, crashes: list[Crash], **how: Any) -> Tally:
    """Every crash a story of its own, a few at a time."""
    tally = Tally()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        told = [
            (crash, pool.submit(tell, forks, folder / str(number), crash, **how))
            for number, crash in enumerate(crashes)
        ]
        for crash, story in told:
            tally.add(crash, *story.result())
    return tally


def tell(
    forks: Forks,
    folder: Path,
    crash: Crash,
    *,
    spoilt: tuple[str, ...] = (),
    visible_after: float = SANDBOX["visible_after"],
    **settings: str,
) -> tuple[int, checker.Verdict]:
    """Twenty rows, killed once or twice, taken up until done: how many kills hit, and the checker's verdict.

    ``spoilt`` is only the process that is killed first.
    """
    with Story(
        forks,
        folder,
        [],
        sandbox={**SANDBOX, "visible_after": visible_after},
        settings=settings,
        points=crash.points if crash.moment in SANDBOX_MOMENTS else [],
    ) as story:
        return _live(story, crash, spoilt)


def twenty_rows(story: Story) -> None:
    """Seventeen creates and three updates of campaigns that somebody else has created long ago."""
    ids = {number: story.add(body(*_MODE_OF[number % 3], name=name)) for number, name in UPDATES.items()}
    story.write(campaign(number, Campaign_ID=ids.get(number)) for number in range(20))


def _live(story: Story, crash: Crash, spoilt: tuple[str, ...]) -> tuple[int, checker.Verdict]:
    twenty_rows(story)
    inside = crash.points if crash.moment in PROGRAM_MOMENTS else []
    first = story.start("submit", story.workbook, "--yes", "--json", points=inside, spoilt=spoilt)
    ends = [first.done(LONGEST_LIFE if crash.nth else crash.seconds)]
    if crash.again is not None:
        ends.append(story.start("resume", "--yes", "--json").done(crash.again))
    killed = sum(end.status == -9 for end in ends)
    last = _taken_up(story, ends[-1])
    verdict = story.check(last)
    if last.status != 0:
        verdict.contradictions.append(f"the last command ended with {last.status}: {last.out}{last.err}")
    return killed, verdict


def _taken_up(story: Story, last: Done) -> Done:
    """As a person does it: resume; where nothing was begun, or all was finished, submit again."""
    if last.status == 0 and last.document["rows"]:
        return last
    done = story.resume()
    return done if done.status == 0 and done.document["rows"] else story.submit()


_MODE_OF = {0: ("Preview",), 1: ("Progressive",), 2: ("Agentless",)}
