"""The same rows a second time: as they were, changed, mended, and told of again."""

from __future__ import annotations

import zipfile
from pathlib import Path

from support.fakes.sandbox_server import body
from support.fakes.wrong_answers import ANSWERS, at
from support.program.forks import Forks
from support.program.stories import Story
from support.workbooks.story_workbooks import campaign, cells, mend


def five(forks: Forks, folder: Path, **how) -> Story:
    return Story(forks, folder, [campaign(number) for number in range(5)], **how)


def test_the_same_workbook_again_creates_nothing(forks, tmp_path):
    with five(forks, tmp_path) as story:
        first, effects = story.submit(), len(story.log.effects)
        again = story.submit()

        assert (first.status, set(first.statuses.values())) == (0, {"created"})
        assert (again.status, set(again.statuses.values())) == (0, {"already_created"})
        assert len(story.log.effects) == effects
        story.check(again).must_be_clean()


def test_the_same_rows_in_another_file_and_another_order_create_nothing(forks, tmp_path):
    with five(forks, tmp_path) as story:
        story.submit()
        story.write(campaign(number) for number in reversed(range(5)))
        again = story.submit()

        assert (again.status, set(again.statuses.values())) == (0, {"already_created"})
        story.check(again).must_be_clean()


def test_row_changed_after_its_creation_is_an_update_with_its_id(forks, tmp_path):
    with five(forks, tmp_path) as story:
        results = Path(story.submit().document["results"])
        mend(results, **{"Campaign 3": {"Description": "Now another text"}})
        story.workbook = results
        again = story.submit()

        by_name = {row["name"]: row["status"] for row in again.document["rows"]}
        assert by_name == {f"Campaign {n}": "unchanged" for n in range(5)} | {"Campaign 3": "updated"}
        assert again.status == 0
        story.check(again).must_be_clean()
        assert [effect.body["description"] for effect in story.log.effects_of("updated")] == [
            "Now another text"
        ]


def test_row_changed_after_its_creation_is_a_conflict_without_an_id(forks, tmp_path):
    with five(forks, tmp_path) as story:
        first = story.submit()
        story.write(campaign(number, Priority=2) if number == 3 else campaign(number) for number in range(5))
        again = story.submit()

        assert again.statuses == dict.fromkeys(range(2, 7), "already_created") | {5: "conflict"}
        assert again.status == 1
        told = cells(Path(again.document["results"]))
        campaign_id = {row["row"]: row["campaign_id"] for row in first.document["rows"]}[5]
        (fix,) = [row["What to do"] for row in told.values() if row["Row in your file"] == 5]
        assert fix == (
            f"To change it, put {campaign_id} into Campaign ID. To create another one, change the name."
        )
        story.check(again).must_be_clean()


def test_a_results_workbook_with_mended_rows_sends_only_those(forks, tmp_path):
    refused = at(ANSWERS["not found"], "before", "create", name="Campaign 1").to_json()
    rows = [campaign(number) for number in range(4)] + [campaign(4, Priority=9)]
    with Story(forks, tmp_path, rows, sandbox={"faults": [refused]}) as story:
        first = story.submit("--valid-rows-only")
        assert first.statuses == {2: "created", 3: "refused", 4: "created", 5: "created", 6: "invalid"}
        assert first.status == 1
        story.check(first).must_be_clean()

        story.workbook = mend(
            Path(first.document["results"]),
            **{"Campaign 1": {"Description": "Mended"}, "Campaign 4": {"Priority": 4}},
        )
        before = len(story.log.effects)
        again = story.submit()

        by_name = {row["name"]: row["status"] for row in again.document["rows"]}
        assert by_name == {f"Campaign {n}": "unchanged" for n in range(5)} | {
            "Campaign 1": "created",
            "Campaign 4": "created",
        }
        assert again.status == 0
        assert sorted(effect.name for effect in story.log.effects[before:]) == ["Campaign 1", "Campaign 4"]
        story.check(again).must_be_clean()


def test_name_taken_by_another_user_is_a_conflict_without_a_create(forks, tmp_path):
    with five(forks, tmp_path) as story:
        story.add(body(name="CAMPAIGN 2"))
        done = story.submit()

        assert done.statuses == dict.fromkeys(range(2, 7), "created") | {4: "conflict"}
        assert done.status == 1
        story.check(done).must_be_clean()


def test_only_some_rows_first_and_all_of_them_later_create_each_once(forks, tmp_path):
    with five(forks, tmp_path) as story:
        some = story.submit("--only", "3,5-6")
        assert some.statuses == {2: "not_sent", 3: "created", 4: "not_sent", 5: "created", 6: "created"}
        story.check(some).must_be_clean()

        every = story.submit()
        assert sorted(every.statuses.values()) == ["already_created"] * 3 + ["created"] * 2
        assert every.status == 0
        story.check(every).must_be_clean()


def test_dry_run_writes_nothing_and_shows_what_would_be_sent(forks, tmp_path):
    with five(forks, tmp_path) as story:
        done = story.submit("--dry-run")

        assert set(done.statuses.values()) == {"not_sent"}
        assert {request.operation for request in story.log.requests} <= {"list", "contact_lists"}
        payloads = [row["payload"] for row in done.document["rows"]]
        assert story.submit().status == 0
        assert sorted(effect.name for effect in story.log.effects) == [
            payload["name"] for payload in payloads
        ]
        bodies = {effect.name: effect.body for effect in story.log.effects}
        assert [bodies[payload["name"]] for payload in payloads] == payloads


def test_the_results_of_a_run_are_written_again_as_they_were(forks, tmp_path):
    with five(forks, tmp_path) as story:
        first = story.submit()
        again = story.run("results", first.document["run"], "--results", tmp_path / "again.xlsx", "--json")

        story.check(again).must_be_clean()
        assert _parts(tmp_path / "again.xlsx") == _parts(Path(first.document["results"]))
        assert {**again.document, "results": ""} == {**first.document, "results": ""}


def test_the_runs_of_this_machine_are_listed_the_newest_first(forks, tmp_path):
    with five(forks, tmp_path) as story:
        runs = [story.submit().document["run"] for _ in range(2)]
        listed = story.runs()

        assert [run["run"] for run in listed] == runs[::-1]
        assert [run["summary"] for run in listed] == [{"already_created": 5}, {"created": 5}]
        assert all(run["finished"] for run in listed)


def _parts(path: Path) -> dict[str, bytes]:
    """What stands in a workbook, but for the moment at which the file was made."""
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist() if name != "docProps/core.xml"}
