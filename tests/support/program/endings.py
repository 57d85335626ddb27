"""Ten campaigns for a slow service, and what is said when their story ends."""

from __future__ import annotations

from pathlib import Path

from support.program.forks import Forks
from support.program.stories import Done, Story
from support.workbooks.story_workbooks import campaign

SLOW = {"delay": 0.15, "visible_after": 0.3}
"""A service that takes its time, so that a signal finds requests on their way."""


def ten(forks: Forks, folder: Path, **how) -> Story:
    """Ten campaigns to create; the service's settings are ``SLOW`` but for those given."""
    return Story(
        forks,
        folder,
        [campaign(number) for number in range(10)],
        sandbox=SLOW | how.pop("sandbox", {}),
        settings={"BULKLOAD_WINDOW": "0.2", **how.pop("settings", {})},
        **how,
    )


def said(done: Done) -> list[str]:
    """What a person is told of the run as a whole."""
    return [problem["message"] for problem in done.document["problems"]]


def all_created(story: Story, done: Done) -> None:
    """The last command of a story that ended well."""
    assert (done.status, set(done.statuses.values())) == (0, {"created"}), done.out + done.err
    story.check(done).must_be_clean()
