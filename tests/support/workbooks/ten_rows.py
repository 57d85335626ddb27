"""Ten rows, eight to create and two to update, submitted to a service with faults."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from support.fakes.sandbox_server import body
from support.program.forks import Forks
from support.program.stories import Done, Story
from support.workbooks.story_workbooks import campaign

ROWS = 10
UPDATES = {4: "Progressive", 7: "Progressive"}
"""Campaigns that exist already and are changed, by number, with their mode."""
FIRST_ROW = 2
AT_ONCE = 6
AS_WANTED = {number: "updated" if number in UPDATES else "created" for number in range(ROWS)}


def ten_rows(
    forks: Forks, folder: Path, *, sandbox_dies: tuple[str, int] | None = None, **settings: str
) -> Story:
    """A service that shows new campaigns late, and a program that waits little between two looks."""
    return Story(
        forks,
        folder,
        [],
        sandbox={"visible_after": 0.25, "ready_after": 0.05},
        settings={
            "BULKLOAD_SETTLE": "0.5",
            "BULKLOAD_WINDOW": "0.2",
            **settings,
        },
        sandbox_dies=sandbox_dies,
    )


def fill_in(story: Story) -> None:
    """Two campaigns exist already, and the workbook changes them."""
    ids = {number: story.add(body(mode, name=f"Campaign {number}")) for number, mode in UPDATES.items()}
    story.write(campaign(number, Campaign_ID=ids.get(number)) for number in range(ROWS))


def begin(story: Story, *faults: dict[str, Any]) -> Done:
    """Submit ten rows to a service with these faults."""
    fill_in(story)
    story.configure(faults=list(faults))
    return story.submit()


def by_number(done: Done) -> dict[int, str]:
    """The campaign's number: its status."""
    return {row - FIRST_ROW: status for row, status in done.statuses.items()}


def in_parallel(tell: Callable[..., None], stories: Iterable[tuple[Any, ...]]) -> None:
    """Tell every story, a few at a time; the first that fails is raised."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for told in [pool.submit(tell, *story) for story in stories]:
            told.result()
