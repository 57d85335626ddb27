"""A disk that fills at every moment of a run: before an intent, after an answer."""

from __future__ import annotations

import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from support.program.forks import Forks
from support.program.stories import Story
from support.workbooks.story_workbooks import campaign

MOMENTS = range(1, 24)
"""Writes of the journal, from the one that begins the run to the one that notes its end."""


@pytest.mark.xfail(strict=False, reason="the moments of the new journal are not counted yet")
def test_disk_full_at_any_moment_loses_nothing_and_reports_unsaved_answers(forks, tmp_path):
    with ThreadPoolExecutor(6) as pool:
        stories = [pool.submit(tell, forks, tmp_path / str(moment), moment) for moment in MOMENTS]
        told = [story.result() for story in stories]

    before_an_intent = [message for created, message in told if created == 0]
    after_an_answer = [created for created, message in told if "so note them" in message]
    assert len(before_an_intent) >= 2
    assert all("Make room" in message for message in before_an_intent)
    assert len(after_an_answer) >= 5
    assert len({created for created, _ in told}) >= 5, "the disk fills at many moments"


def tell(forks: Forks, folder: Path, moment: int) -> tuple[int, str]:
    """How many campaigns the service had created when the disk was full, and what the person was told."""
    with Story(
        forks, folder, [campaign(number) for number in range(10)], sandbox={"visible_after": 0.2}
    ) as story:
        points = [("begin", moment, signal.SIGUSR1)]
        done = story.submit(points=points, spoilt=["a_disk_that_fills_on_a_signal"])
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
