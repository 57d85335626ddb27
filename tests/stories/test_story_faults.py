"""Every fault of the table of lost answers, on every request of a ten-row run.

Every run strikes every second row with an answer that proves nothing and the rows between with definite ones, and
each fault wanders through all rows; three uncertain ones in a row would rightly hold the run back. Eight rows
create, two update. A campaign shows up late, and the service would take two of one name.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from support.forks import Forks
from support.sandbox_server import body
from support.stories import Done, Story
from support.story_faults import (
    DEFINITE,
    LIMITS,
    ONCE_A_TOKEN,
    REFUSALS,
    STOPPING,
    TIMEOUT,
    UNCERTAIN,
    Strike,
)
from support.story_workbooks import campaign

from bulkload.sandbox.faults import Fault, at

ROWS = 10
UPDATES = {4: "Progressive", 7: "Progressive"}
"""Campaigns that exist already and are changed, by number, with their mode."""
FIRST_ROW = 2
AT_ONCE = 6
AS_WANTED = {number: "updated" if number in UPDATES else "created" for number in range(ROWS)}


def ten_rows(
    forks: Forks, folder: Path, *, sandbox_dies: tuple[str, int] | None = None, **settings: str
) -> Story:
    return Story(
        forks,
        folder,
        [],
        sandbox={"visible_after": 0.25, "ready_after": 0.05},
        settings={
            "BULKLOAD_TIMEOUT": TIMEOUT,
            "BULKLOAD_SETTLE": "0.5",
            "BULKLOAD_WINDOW": "0.2",
            **settings,
        },
        sandbox_dies=sandbox_dies,
    )


def begin(story: Story, *faults: dict[str, Any]) -> Done:
    """Submit ten rows to a service with these faults."""
    ids = {number: story.add(body(mode, name=f"Campaign {number}")) for number, mode in UPDATES.items()}
    story.write(campaign(number, Campaign_ID=ids.get(number)) for number in range(ROWS))
    story.configure(faults=list(faults))
    return story.submit()


def by_number(done: Done) -> dict[int, str]:
    return {row - FIRST_ROW: status for row, status in done.statuses.items()}


def in_parallel(tell, stories):
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [told.result() for told in [pool.submit(tell, *story) for story in stories]]


# --- rows ------------------------------------------------------------------------------------------------


def strikes_of(number: int) -> dict[int, Strike]:
    """Which fault strikes which row in the run of this number; 2 * len(UNCERTAIN) runs bring each to each."""
    step, parity = divmod(number, 2)
    return {
        row: UNCERTAIN[(step + 7 * row) % len(UNCERTAIN)]
        if row % 2 == parity
        else DEFINITE[(step + 2 * row) % len(DEFINITE)]
        for row in range(ROWS)
    }


def test_every_fault_strikes_every_row():
    struck = {
        (strike.name, row)
        for number in range(2 * len(UNCERTAIN))
        for row, strike in strikes_of(number).items()
    }

    assert struck == {(strike.name, row) for strike in (*UNCERTAIN, *DEFINITE) for row in range(ROWS)}


@pytest.mark.parametrize("chunk", range(8))
def test_a_row_struck_by_a_fault_ends_as_the_table_demands_and_a_resume_makes_it_good(forks, tmp_path, chunk):
    runs = range(chunk, 2 * len(UNCERTAIN), 8)

    in_parallel(struck_rows, [(forks, tmp_path / str(number), strikes_of(number)) for number in runs])


def struck_rows(forks: Forks, folder: Path, strikes: dict[int, Strike]) -> None:
    with ten_rows(forks, folder, BULKLOAD_CONCURRENCY="1") as story:
        done = begin(story, *(strike.on(row, updates=row in UPDATES) for row, strike in strikes.items()))

        expected = {
            row: strike.update if row in UPDATES else strike.create for row, strike in strikes.items()
        }
        names = {row: strike.name for row, strike in strikes.items()}
        assert by_number(done) == expected, (names, done.out, done.err)
        assert {request.name for request in story.log.requests if request.fault} == {
            f"Campaign {row}" for row in range(ROWS)
        }
        assert done.status == int(expected != AS_WANTED)
        story.check(done).must_be_clean()

        if "not_sent" in expected.values():
            resumed = story.resume()
            refused = {row: status for row, status in expected.items() if status == "refused"}
            assert by_number(resumed) == AS_WANTED | refused, (names, resumed.out, resumed.err)
            story.check(resumed).must_be_clean()


@pytest.mark.parametrize("name", STOPPING)
def test_a_fault_that_stops_the_run_loses_nothing_and_says_what_to_do(forks, tmp_path, name):
    in_parallel(stopped_row, [(forks, tmp_path / str(row), *STOPPING[name], row) for row in range(ROWS)])


def stopped_row(forks: Forks, folder: Path, fault: Fault, status: int, row: int) -> None:
    with ten_rows(forks, folder) as story:
        operation = "update" if row in UPDATES else "create"
        done = begin(story, at(fault, "before", operation, name=f"Campaign {row}").to_json())

        assert done.status == status, done.out + done.err
        found = by_number(done)
        assert found[row] == "not_sent"
        assert {
            other: found[other] for other in found if found[other] != "not_sent"
        }.items() <= AS_WANTED.items()
        assert [problem["message"] for problem in done.document["problems"]] != []
        assert "Traceback" not in done.err
        story.check(done).must_be_clean()

        story.configure(faults=[])
        resumed = story.resume()
        assert by_number(resumed) == AS_WANTED, resumed.out + resumed.err
        assert resumed.status == 0
        story.check(resumed).must_be_clean()


# --- a service that does what it says it did not ------------------------------------------------------------


@pytest.mark.parametrize("strike", [*REFUSALS, *LIMITS], ids=lambda strike: strike.name)
def test_a_create_that_was_done_although_the_service_says_no_is_reported_as_a_conflict(
    forks, tmp_path, strike
):
    with ten_rows(forks, tmp_path) as story:
        done = begin(story, at(strike.fault, "after", "create", name="Campaign 5").to_json())

        assert by_number(done) == AS_WANTED | {5: "conflict"}
        assert done.status == 1
        verdict = story.check(done)
        # Sent again after a rate-limit answer, as the table demands: two stand there, and the audit says so.
        assert verdict.figures == (int(strike in LIMITS), 0, 0)


# --- reads -----------------------------------------------------------------------------------------------

NO_REFUSAL_OF_A_READ = "failed item"
"""A refusal of a create in a 200; for a read it is merely no page of a listing."""
HARMLESS = (
    *(strike for strike in UNCERTAIN if strike.name.endswith("before")),
    *LIMITS,
    *ONCE_A_TOKEN,
    *(strike for strike in REFUSALS if strike.name == NO_REFUSAL_OF_A_READ),
)
"""What a read struck by them once gets over: it is simply asked again."""


@pytest.mark.parametrize("chunk", range(4))
def test_a_read_struck_once_is_asked_again_and_every_row_ends_as_wanted(forks, tmp_path, chunk):
    strikes = enumerate(HARMLESS[chunk::4])
    in_parallel(struck_reads, [(forks, tmp_path / str(place), strike) for place, strike in strikes])


def struck_reads(forks: Forks, folder: Path, strike: Strike) -> None:
    """The first listing, the contact lists and the first listing after sending."""
    with ten_rows(forks, folder) as story:
        struck = (("list", 1), ("contact_lists", 1), ("list", 3))
        done = begin(
            story, *(at(strike.fault, "before", operation, nth).to_json() for operation, nth in struck)
        )

        assert by_number(done) == AS_WANTED, (strike.name, done.out, done.err)
        assert done.status == 0
        assert len([request for request in story.log.requests if request.fault]) == len(struck)
        story.check(done).must_be_clean()


@pytest.mark.parametrize("name", STOPPING)
def test_a_fault_that_stops_the_run_at_its_first_look_has_sent_nothing(forks, tmp_path, name):
    fault, status = STOPPING[name]
    with ten_rows(forks, tmp_path) as story:
        done = begin(story, at(fault, "before", "list").to_json())

        assert (done.status, set(done.statuses.values())) == (status, {"not_sent"})
        assert [effect for effect in story.log.effects if effect.campaign_id not in story.of_others] == []
        story.check(done).must_be_clean()

        story.configure(faults=[])
        again = story.submit()
        assert (again.status, by_number(again)) == (0, AS_WANTED)
        story.check(again).must_be_clean()


@pytest.mark.parametrize("name", [name for name, (_, status) in STOPPING.items() if status == 4])
def test_credentials_refused_while_looking_afterwards_lose_no_campaign(forks, tmp_path, name):
    fault, status = STOPPING[name]
    with ten_rows(forks, tmp_path) as story:
        done = begin(story, at(fault, "before", "list", 2).to_json())

        assert (done.status, by_number(done)) == (status, AS_WANTED)
        story.check(done).must_be_clean()

        story.configure(faults=[])
        resumed = story.resume()
        assert (resumed.status, by_number(resumed)) == (0, AS_WANTED)
        story.check(resumed).must_be_clean()


@pytest.mark.parametrize(
    "strike",
    [strike for strike in REFUSALS if strike.name != NO_REFUSAL_OF_A_READ],
    ids=lambda strike: strike.name,
)
def test_a_refused_look_before_sending_stops_the_run_and_one_afterwards_is_tried_again(
    forks, tmp_path, strike
):
    with ten_rows(forks, tmp_path) as story:
        done = begin(story, at(strike.fault, "before", "list").to_json())
        assert (done.status, set(done.statuses.values())) == (5, {"not_sent"})
        story.check(done).must_be_clean()

        story.configure(
            faults=[
                at(strike.fault, "before", "contact_lists").to_json(),
                at(strike.fault, "before", "list", 2).to_json(),
            ]
        )
        again = story.submit()
        assert (again.status, by_number(again)) == (0, AS_WANTED), again.out + again.err
        story.check(again).must_be_clean()


# --- connections -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["reset", "close", "hang"])
def test_a_connection_that_breaks_before_anything_is_read_is_no_reason_to_create_twice(forks, tmp_path, kind):
    in_parallel(struck_connection, [(forks, tmp_path / str(nth), kind, nth) for nth in range(1, ROWS + 4)])


def struck_connection(forks: Forks, folder: Path, kind: str, nth: int) -> None:
    with ten_rows(forks, folder) as story:
        done = begin(story, Fault(kind, operation="connection", nth=nth).to_json())

        found = by_number(done)
        absent = {row for row in found if found[row] == "not_sent"}
        assert found == AS_WANTED | dict.fromkeys(absent, "not_sent"), done.out + done.err
        assert len(absent) <= 1
        story.check(done).must_be_clean()

        resumed = story.resume() if absent else done
        assert (resumed.status, by_number(resumed)) == (0, AS_WANTED), resumed.out + resumed.err
        story.check(resumed).must_be_clean()


@pytest.mark.parametrize("moment", ["arrived", "answered"])
def test_a_service_that_dies_at_any_request_and_comes_back_loses_nothing(forks, tmp_path, moment):
    in_parallel(service_dies, [(forks, tmp_path / str(nth), moment, nth) for nth in range(3, ROWS + 6)])


def service_dies(forks: Forks, folder: Path, moment: str, nth: int) -> None:
    """It refuses connections until it is started anew on its port; its first two requests are somebody else's."""
    with ten_rows(forks, folder, sandbox_dies=(moment, nth), BULKLOAD_WINDOW="3") as story:
        ids = {number: story.add(body(mode, name=f"Campaign {number}")) for number, mode in UPDATES.items()}
        story.write(campaign(number, Campaign_ID=ids.get(number)) for number in range(ROWS))
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.revive()
        done = running.done()

        found = by_number(done)
        assert found.items() <= {*AS_WANTED.items(), *((row, "not_sent") for row in found)}
        story.check(done).must_be_clean()

        resumed = story.resume() if done.status else done
        assert (resumed.status, by_number(resumed)) == (0, AS_WANTED), resumed.out + resumed.err
        story.check(resumed).must_be_clean()
