"""A disk that fills at every moment of a run, by a limit on the size of files: before an intent, after an answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.forks import Forks
from support.stories import Story
from support.story_workbooks import campaign

LIMITS = range(8, 272, 12)
"""Kilobytes: from a journal that can't be made to one that lacks the room for its last line."""


@pytest.fixture(scope="module")
def endings(forks, tmp_path_factory) -> dict[int, tuple[int, str]]:
    """For each limit: how many campaigns the service had created in the end, and what the person was told."""
    folder = tmp_path_factory.mktemp("disks")
    with ThreadPoolExecutor(6) as pool:
        told = {limit: pool.submit(tell, forks, folder / str(limit), limit) for limit in LIMITS}
        return {limit: story.result() for limit, story in told.items()}


def tell(forks: Forks, folder: Path, kilobytes: int) -> tuple[int, str]:
    with Story(
        forks, folder, [campaign(number) for number in range(10)], sandbox={"visible_after": 0.2}
    ) as story:
        done = story.submit(largest_file=kilobytes * 1024)
        created = len(story.log.effects_of("created"))

        (problem,) = done.document["problems"]
        assert done.status == 5
        assert "Traceback" not in done.err
        assert list(done.statuses.values()).count("created") == created, "an answer that came is told"
        story.check(done).must_be_clean()

        again = story.resume() if done.document["run"] else story.submit()
        assert (again.status, set(again.statuses.values())) == (0, {"created"}), again.out + again.err
        story.check(again).must_be_clean()
        return created, problem["message"]


def test_where_the_intent_cannot_be_written_nothing_is_sent(endings):
    nothing = [message for created, message in endings.values() if created == 0]

    assert len(nothing) >= 3
    assert all("Make room on that disk" in message for message in nothing)


def test_where_an_answer_cannot_be_written_its_row_and_id_are_told(endings):
    told = [(created, message) for created, message in endings.values() if " at Kore.ai: note it" in message]

    assert len(told) >= 5
    assert {created for created, _ in told} >= {10}, "up to the last row"
    assert len({created for created, _ in endings.values()}) >= 5, "the disk fills at many moments"
