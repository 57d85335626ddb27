"""A contact list that the account lacks, in a run that is killed: the row waits for a person in every report."""

from __future__ import annotations

import signal

from support.endings import ten
from support.story_workbooks import campaign


def test_a_row_whose_contact_list_is_missing_is_still_to_fix_when_the_workbook_is_submitted_after_a_crash(
    forks, tmp_path
):
    with ten(forks, tmp_path, points=[("arrived", 7, signal.SIGKILL)]) as story:
        story.write([campaign(0), campaign(1, Contact_lists="Nobody knows it"), *map(campaign, range(2, 10))])
        killed = story.submit("--valid-rows-only")
        done = story.submit("--valid-rows-only")
        again = story.run("results", done.document["run"], "--json")

        assert killed.status == -signal.SIGKILL
        assert "is continued" in done.err
        assert done.statuses == dict.fromkeys(range(2, 12), "created") | {3: "invalid"}
        assert (done.status, again.status) == (1, 1)
        assert again.document["rows"] == done.document["rows"]
