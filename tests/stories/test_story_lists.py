"""A contact list that the account lacks, in a run that is killed: the row waits for a person in every report."""

from __future__ import annotations

import signal
import sqlite3

from support.program.endings import ten
from support.workbooks.story_workbooks import campaign


def test_row_with_a_missing_contact_list_is_still_to_fix_after_crash(forks, tmp_path):
    with ten(forks, tmp_path, points=[("arrived", 8, signal.SIGKILL)]) as story:
        story.write([campaign(0), campaign(1, Contact_lists="Nobody knows it"), *map(campaign, range(2, 10))])
        killed = story.submit("--valid-rows-only")
        done = story.submit("--valid-rows-only")
        again = story.run("results", done.document["run"], "--json")

        assert killed.status == -signal.SIGKILL
        assert "is continued" in done.err
        assert done.statuses == dict.fromkeys(range(2, 12), "created") | {3: "invalid"}
        assert (done.status, again.status) == (1, 1)
        assert again.document["rows"] == done.document["rows"]


def test_created_row_needs_no_fix_after_its_list_was_deleted(forks, tmp_path):
    with ten(forks, tmp_path) as story:
        story.write([campaign(0)])
        assert story.submit().statuses == {2: "created"}
        with sqlite3.connect(story.account) as account:
            account.execute("DELETE FROM names WHERE name = ?", (campaign(0)["Contact lists"],))
        story.write([campaign(0), campaign(1, Contact_lists="Nobody knows it"), campaign(2)])

        refused = story.submit()
        assert (refused.status, refused.statuses) == (3, {2: "not_sent", 3: "invalid", 4: "not_sent"})

        done = story.submit("--valid-rows-only")
        assert (done.status, done.statuses) == (1, {2: "already_created", 3: "invalid", 4: "created"})
        assert story.run("results", done.document["run"], "--json").document["rows"] == done.document["rows"]
        story.check(done).must_be_clean()
