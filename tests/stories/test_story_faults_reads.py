"""Every fault of the table on everything but the rows: listings, contact lists, connections, a service that dies."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.crash.story_faults import LIMITS, ONE_TOKEN, REFUSALS, STOPPING, UNCERTAIN, Strike, patience
from support.fakes.wrong_answers import at
from support.program.forks import Forks
from support.workbooks.ten_rows import AS_WANTED, ROWS, begin, by_number, fill_in, in_parallel, ten_rows

from bulkload.sandbox.faults import Fault

# --- reads -----------------------------------------------------------------------------------------------

HARMLESS = (
    *(strike for strike in UNCERTAIN if strike.name.endswith("before")),
    *LIMITS,
    *ONE_TOKEN,
)
"""What a read struck by them once gets over: it is simply asked again."""


@pytest.mark.parametrize("chunk", range(4))
def test_failed_read_is_repeated_and_every_row_ends_as_wanted(forks, tmp_path, chunk):
    strikes = enumerate(HARMLESS[chunk::4])
    in_parallel(struck_reads, [(forks, tmp_path / str(place), strike) for place, strike in strikes])


def struck_reads(forks: Forks, folder: Path, strike: Strike) -> None:
    """The first listing, the contact lists and the first listing after sending."""
    with ten_rows(forks, folder, **patience(strike.fault)) as story:
        struck = (("list", 1), ("contact_lists", 1), ("list", 3))
        done = begin(
            story, *(at(strike.fault, "before", operation, nth).to_json() for operation, nth in struck)
        )

        assert by_number(done) == AS_WANTED, (strike.name, done.out, done.err)
        assert done.status == 0
        assert len([request for request in story.log.requests if request.fault]) == len(struck)
        story.check(done).must_be_clean()


@pytest.mark.parametrize("name", STOPPING)
def test_fault_at_the_first_look_stops_the_run_with_nothing_sent(forks, tmp_path, name):
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
        done = begin(story, at(fault, "before", "list", 4).to_json())

        assert (done.status, by_number(done)) == (status, AS_WANTED)
        story.check(done).must_be_clean()

        story.configure(faults=[])
        resumed = story.resume()
        assert (resumed.status, by_number(resumed)) == (0, AS_WANTED)
        story.check(resumed).must_be_clean()


@pytest.mark.parametrize(
    "strike",
    REFUSALS,
    ids=lambda strike: strike.name,
)
def test_refused_look_stops_the_run_before_sending_and_is_retried_afterwards(forks, tmp_path, strike):
    with ten_rows(forks, tmp_path) as story:
        done = begin(story, at(strike.fault, "before", "list").to_json())
        assert (done.status, set(done.statuses.values())) == (5, {"not_sent"})
        story.check(done).must_be_clean()

        story.configure(
            faults=[
                at(strike.fault, "before", "contact_lists").to_json(),
                at(strike.fault, "before", "list", 4).to_json(),
            ]
        )
        again = story.submit()
        assert (again.status, by_number(again)) == (0, AS_WANTED), again.out + again.err
        story.check(again).must_be_clean()


# --- connections -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["reset", "close", "hang"])
def test_connection_broken_before_any_read_causes_no_second_create(forks, tmp_path, kind):
    in_parallel(struck_connection, [(forks, tmp_path / str(nth), kind, nth) for nth in range(1, ROWS + 4)])


def struck_connection(forks: Forks, folder: Path, kind: str, nth: int) -> None:
    fault = Fault(kind, operation="connection", nth=nth)
    with ten_rows(forks, folder, **patience(fault)) as story:
        done = begin(story, fault.to_json())

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
    """It refuses connections until it is started anew on its port; its first two requests are somebody else's.

    A machine that starts it too late for the program, which waits some seconds, leaves rows in doubt, and says so.
    """
    with ten_rows(forks, folder, sandbox_dies=(moment, nth), BULKLOAD_WINDOW="3") as story:
        fill_in(story)
        running = story.start("submit", story.workbook, "--yes", "--json")
        story.revive()
        done = running.done()

        found = by_number(done)
        waiting = {"not_sent"} if done.status != 5 else {"not_sent", "unknown"}
        assert all(status == AS_WANTED[row] or status in waiting for row, status in found.items()), found
        story.check(done).must_be_clean()

        resumed = story.resume() if done.status else done
        assert (resumed.status, by_number(resumed)) == (0, AS_WANTED), resumed.out + resumed.err
        story.check(resumed).must_be_clean()
