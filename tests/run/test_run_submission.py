"""Whole submissions against an account in memory, in time that passes by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from support.fakes.fake_service import Fault, Killed, ill, no_network
from support.runs.run_world import ACCOUNT, Heard, World, payload, request, rows

from bulkload.errors import BulkloadError, CredentialsError
from bulkload.run.context import Limits
from bulkload.run.journal import Journal
from bulkload.run.messages.wording import local_time
from bulkload.run.states import State
from bulkload.run.stop import StopSignal
from bulkload.run.submission import Submission


def said(stopped):
    return stopped.exit_status, stopped.message


@pytest.fixture
def world(tmp_path):
    return World(tmp_path, appears_after=40.0, ready_after=45.0)


def test_every_row_becomes_one_campaign_that_was_seen_ready(world):
    ended = world.submit(rows(20))

    assert ended.stopped is None
    assert ended.statuses() == dict.fromkeys(range(2, 22), "created")
    assert {outcome.platform_status for outcome in ended.outcomes} == {"Ready"}
    assert {outcome.fix for outcome in ended.outcomes} == {""}
    assert len(world.service.campaigns_there) == 20
    assert world.contradictions(ended) == []


def test_the_progress_tells_each_row_once_in_each_stage(world):
    world.submit(rows(20), Fault.LOST, Fault.LIMITED, Fault.REFUSED)

    assert world.heard.stages == [("Sending", 20), ("Checking at Kore.ai", 19)]
    assert world.heard.advanced == [20, 19]


def test_no_more_is_in_flight_than_was_allowed(world):
    world.limits = Limits(concurrency=3)

    world.submit(rows(20))

    assert world.service.most_at_once == 3


def test_five_hundred_campaigns_cost_at_most_six_percent_more_requests_than_rows(tmp_path):
    world = World(tmp_path, appears_after=5.0, ready_after=17.0, takes=1.0, page_takes=1.0)
    world.limits = Limits(concurrency=1)

    ended = world.submit(rows(500))

    assert set(ended.statuses().values()) == {"created"}
    assert len(world.service.requests) <= 1.06 * 500


# --- every fault, on every request of a run ------------------------------------------------------------------


CREATES = {
    Fault.LOST: "created",
    Fault.LOST_UNDONE: "not_sent",
    Fault.LATE: "created",
    Fault.ERROR_500_DONE: "created",
    Fault.LIMITED: "created",
    Fault.UNSENT: "created",
    Fault.REFUSED: "refused",
    Fault.REFUSED_DONE: "conflict",
    Fault.LIMITED_DONE: "conflict",
    Fault.TWICE: "conflict",
}


@pytest.mark.parametrize("request_number", range(10))
@pytest.mark.parametrize("fault", CREATES)
def test_each_create_fault_has_its_own_outcome_and_affects_one_row(world, fault, request_number):
    ended = world.submit(rows(10), *[Fault.NONE] * request_number, fault)

    statuses = list(ended.statuses().values())
    assert sorted(statuses) == sorted(["created"] * 9 + [CREATES[fault]])
    assert ended.stopped is None
    assert world.contradictions(ended) == []
    assert bool(world.twice()) is (fault in {Fault.TWICE, Fault.LIMITED_DONE})


@pytest.mark.parametrize(
    "fault", [Fault.LOST, Fault.LOST_UNDONE, Fault.ERROR_500_DONE, Fault.UNSENT, Fault.LIMITED]
)
def test_update_is_sent_again_until_an_answer_confirms_it(world, fault):
    campaign_id = world.service.add("Old name")
    asked = [payload(2, "New name", campaign_id=campaign_id)]

    ended = world.submit(asked, fault)

    assert ended.statuses() == {2: "updated"}
    assert world.contradictions(ended) == []
    is_done = fault in {Fault.LOST, Fault.ERROR_500_DONE}
    assert world.service.requests.count("update 2") == (1 if is_done else 2), "a look comes first"


def test_unanswered_update_is_unknown_and_a_resume_sends_it_again(world):
    campaign_id = world.service.add("Old name")

    ended = world.submit([payload(2, campaign_id=campaign_id)], *[Fault.LOST_UNDONE] * 4)

    assert ended.statuses() == {2: "unknown"}
    assert ended.of(2).fix == f"To look at it and to finish the update: resume run {ended.run}."
    assert world.resume().statuses() == {2: "updated"}


def test_create_answered_with_the_id_of_an_old_campaign_is_conflict(world):
    world.service.add("Somebody's")

    ended = world.submit(rows(1), Fault.OLD_ID)

    assert ended.statuses() == {2: "conflict"}
    assert ended.of(2).message == (
        "Kore.ai answered with cd-0001, which existed before or belongs to another row."
    )


def test_lost_create_that_was_not_done_is_sent_only_by_resume(world):
    ended = world.submit(rows(3), Fault.LOST_UNDONE)
    assert ended.of(2).message == ("It was not created. The service answered 503.")
    assert world.service.requests.count("create 2") == 1

    resumed = world.resume()

    assert resumed.run == ended.run
    assert resumed.statuses() == {2: "created", 3: "created", 4: "created"}
    assert world.twice() == {}


# --- what stops a run ----------------------------------------------------------------------------------------


def test_credentials_that_fail_in_mid_run_stop_it_and_lose_nothing(world):
    world.limits = Limits(concurrency=2)

    ended = world.submit(rows(10), Fault.NONE, Fault.NONE, Fault.CREDENTIALS)

    assert said(ended.stopped) == (4, "The Client Secret is not accepted.")
    assert sorted(ended.statuses().values()) == ["created"] * 3 + ["not_sent"] * 6 + ["unknown"]
    assert world.contradictions(ended) == []
    assert set(world.resume().statuses().values()) == {"created"}
    assert world.twice() == {}


def test_lasting_network_failure_ends_the_run_within_a_minute(world):
    ended = world.submit(rows(10), *[Fault.UNSENT] * 100)

    assert said(ended.stopped) == (5, "Kore.ai can't be reached: The service could not be reached.")
    assert set(ended.statuses().values()) == {"not_sent"}
    assert {outcome.attempts for outcome in ended.outcomes} == {0}
    assert 50 < world.time.now() - 1000 < 60


def test_a_network_that_comes_back_costs_only_the_time(world):
    ended = world.submit(rows(10), *[Fault.UNSENT] * 30)

    assert ended.stopped is None
    assert set(ended.statuses().values()) == {"created"}


def test_repeated_service_failures_end_the_run_and_leave_rows_planned(world):
    world.limits = Limits(concurrency=1)

    ended = world.submit(rows(50), *[Fault.LOST_UNDONE] * 50)

    assert said(ended.stopped) == (
        5,
        "Kore.ai does not give definite answers any more: The service answered 503.",
    )
    assert list(ended.statuses().values()) == ["unknown"] * 6 + ["not_sent"] * 44
    assert world.service.requests == [
        "list", "list", "create 2", "create 3", "create 4", "probe", "create 5", "probe", "create 6", "probe",
        "create 7",
    ]  # fmt: skip
    assert world.time.now() - 1000 == pytest.approx(30 + 60 + 120, abs=1)


def test_a_service_that_does_not_even_answer_probes_ends_the_run(world):
    world.limits = Limits(concurrency=1)
    world.service.hook = lambda when, row: (
        world.service.reads_fail.extend([ill()] * 3) if (when, row) == ("leaving", 4) else None
    )
    ended = world.submit(rows(50), *[Fault.LOST_UNDONE] * 50)

    assert said(ended.stopped) == (
        5,
        "Kore.ai does not give definite answers any more: The service answered 503.",
    )
    assert world.service.requests == [
        "list",
        "list",
        "create 2",
        "create 3",
        "create 4",
        "probe",
        "probe",
        "probe",
    ]


def test_a_probe_that_is_refused_for_its_credentials_ends_the_run(world):
    world.limits = Limits(concurrency=1)
    world.service.probe_refused = CredentialsError("The Client Secret was revoked.")

    ended = world.submit(rows(5), *[Fault.LOST_UNDONE] * 3)

    assert said(ended.stopped) == (4, "The Client Secret was revoked.")
    assert list(ended.statuses().values()) == ["unknown"] * 3 + ["not_sent"] * 2


def test_request_for_a_fresh_token_counts_as_one_attempt(world):
    world.service.asks_twice = True

    ended = world.submit(rows(3))

    assert [(str(one.status), one.attempts) for one in ended.outcomes] == [("created", 1)] * 3


def test_a_service_that_recovers_gets_one_row_alone_and_then_the_others(world):
    ended = world.submit(rows(30), *[Fault.LOST_UNDONE] * 8)

    assert ended.stopped is None
    assert sorted(ended.statuses().values()) == ["created"] * 22 + ["not_sent"] * 8
    assert world.service.requests.count("probe") == 1
    assert (
        world.service.requests.index("probe") == 10
    )  # the listing, and what was in flight with the first three


def test_a_rate_limit_that_never_ends_stops_the_run(world):
    ended = world.submit(rows(3), *[Fault.LIMITED] * 100)

    assert ended.stopped is not None
    assert ended.stopped.message.startswith("The account's rate limit was reached 5 times in a row")
    assert len(world.service.requests) == 2 + 5 * 3
    assert set(ended.statuses().values()) == {"not_sent"}
    assert set(world.resume(*[Fault.NONE] * 3).statuses().values()) <= {"created", "not_sent"}


def test_one_burst_of_rate_limit_answers_never_ends_a_run(world):
    world.limits = Limits(concurrency=64)

    ended = world.submit(rows(64), *[Fault.LIMITED] * 40)

    assert ended.stopped is None
    assert set(ended.statuses().values()) == {"created"}
    assert len(world.heard.said) == 1


def test_a_rate_limit_is_told_once_for_all_rows_that_meet_it(world):
    world.submit(rows(6), *[Fault.LIMITED] * 6)

    told = [sentence for sentence in world.heard.said if "rate limit" in sentence]
    assert told == ["The account's rate limit is reached, because other programs use it too. Waiting 60 s."]


def test_a_rate_limit_answer_is_durable_before_anybody_is_told_of_it(world):
    known = []

    class Reader(Heard):
        def say(self, sentence):
            with Journal.read(world.state_dir, ACCOUNT) as journal:
                (row,) = journal.rows(journal.runs()[0].run)
                known.append((sentence.partition(",")[0], row.state, str(row.explanation)))

    world.heard = Reader()
    world.submit(rows(1), Fault.LIMITED)

    assert known == [
        (
            "The account's rate limit is reached",
            State.PLANNED,
            "It was not sent: The account's rate limit is reached.",
        )
    ]


def test_a_listing_that_fails_before_the_run_leaves_no_trace_of_it(world):
    world.service.reads_fail.append(no_network())

    with pytest.raises(BulkloadError, match="no network"):
        world.submit(rows(3))

    with world.journal() as journal:
        assert journal.runs() == ()


def test_listing_that_fails_after_the_run_is_retried_then_left_to_resume(world):
    world.service.hook = lambda when, row: (
        world.service.reads_fail.extend([ill()] * 4) if (when, row) == ("leaving", 4) else None
    )

    ended = world.submit(rows(3), Fault.LOST)

    assert ended.stopped is not None
    assert ended.stopped.exit_status == 5
    assert ended.statuses() == {2: "unknown", 3: "created", 4: "created"}
    assert ended.of(3).message == "Kore.ai accepted it. It was not looked at since."
    assert world.resume().statuses() == {2: "created", 3: "created", 4: "created"}
    assert world.twice() == {}


# --- the person stops it -------------------------------------------------------------------------------------


def asks_at(world, stop, moment, times=1):
    """The person asks when a row is about to leave."""

    def hook(when, row):
        if (when, row) == moment:
            for _ in range(times):
                stop.request()

    world.service.hook = hook


def test_first_stop_request_completes_rows_in_flight_and_sends_no_others(world):
    stop = StopSignal()
    world.limits = Limits(concurrency=2)
    asks_at(world, stop, ("leaving", 5))

    ended = world.submit(rows(10), stop=stop)

    assert said(ended.stopped) == (130, f"Stopped as you asked. To go on: resume run {ended.run}.")
    assert list(ended.statuses().values()) == ["created"] * 4 + ["not_sent"] * 6
    assert world.contradictions(ended) == []
    assert world.service.requests[-1] == "list"  # one quick look
    assert set(world.resume().statuses().values()) == {"created"}
    assert world.twice() == {}


def test_asked_while_rows_wait_for_the_pace_they_never_leave(world):
    stop = StopSignal()
    world.service.gate_opens = world.time.now() + 3600

    world.service.hook = lambda when, row: (
        asyncio.get_running_loop().call_later(5, stop.request) if (when, row) == ("waiting", 2) else None
    )
    ended = world.submit(rows(10), stop=stop)

    assert ended.stopped is not None
    assert ended.stopped.exit_status == 130
    assert set(ended.statuses().values()) == {"not_sent"}
    assert {outcome.attempts for outcome in ended.outcomes} == {0}
    assert world.time.now() - 1000 < 30


def test_second_stop_request_leaves_at_once_with_rows_in_flight_unknown(world):
    stop = StopSignal()
    world.limits = Limits(concurrency=2)
    world.service.takes = 20.0
    asks_at(world, stop, ("leaving", 5), times=2)

    ended = world.submit(rows(10), stop=stop)

    assert ended.stopped is not None
    assert ended.stopped.exit_status == 130
    assert sorted(ended.statuses().values()) == ["created"] * 2 + ["not_sent"] * 6 + ["unknown"] * 2
    assert world.resume().statuses() == dict.fromkeys(range(2, 12), "created")
    assert world.twice() == {}


def test_asked_when_the_account_cannot_be_listed_either_it_simply_ends(world):
    stop = StopSignal()

    def hook(when, row):
        if (when, row) == ("after the effect", 3):
            stop.request()
            world.service.reads_fail.append(ill())

    world.service.hook = hook
    ended = world.submit(rows(10), stop=stop)

    assert ended.stopped.exit_status == 130
    assert world.service.requests[-1] == "list failed"
    assert world.contradictions(ended) == []


def test_asked_while_the_account_cannot_be_listed_it_ends_as_interrupted(world):
    stop = StopSignal()

    def hook(when, row):
        if (when, row) == ("after the effect", 3):
            world.service.reads_fail.extend([ill()] * 3)
            asyncio.get_running_loop().call_later(10, stop.request)

    world.service.hook = hook
    ended = world.submit(rows(2), stop=stop)

    assert ended.stopped.exit_status == 130
    assert world.heard.said == [
        "The service did not show the list of campaigns: it answered 503. Looking again in 30 s."
    ]
    assert world.resume().statuses() == {2: "created", 3: "created"}


def test_asked_while_an_update_waits_to_be_sent_again_it_stays_unknown(world):
    stop = StopSignal()
    campaign_id = world.service.add("Old name")
    world.service.hook = lambda when, _row: stop.request() if when == "leaving" else None

    ended = world.submit([payload(2, campaign_id=campaign_id)], Fault.LOST_UNDONE, stop=stop)

    assert ended.statuses() == {2: "unknown"}
    assert ended.stopped.exit_status == 130
    assert world.resume().statuses() == {2: "updated"}


def test_asked_while_a_lost_answer_settles_it_ends_at_once(world):
    stop = StopSignal()
    world.service.hook = lambda when, _row: (
        asyncio.get_running_loop().call_later(20, stop.request) if when == "leaving" else None
    )

    ended = world.submit(rows(1), Fault.LOST_UNDONE, stop=stop)

    assert ended.statuses() == {2: "unknown"}
    assert world.time.now() - 1000 < 21


def test_asked_during_the_last_look_the_run_ends_and_a_resume_verifies(world):
    stop = StopSignal()
    world.service.hook = lambda when, _row: (
        stop.request() if when == "listed" and len(world.service.requests) > 5 else None
    )

    ended = world.submit(rows(3), stop=stop)

    assert set(ended.statuses().values()) == {"created"}
    assert {outcome.platform_status for outcome in ended.outcomes} == {"Preparing"}
    assert ended.stopped is not None
    resumed = world.resume()
    assert {outcome.platform_status for outcome in resumed.outcomes} == {"Ready"}
    assert world.service.requests.count("create 2") == 1


def test_asked_when_all_is_done_nothing_was_interrupted(tmp_path):
    world = World(tmp_path)
    stop = StopSignal()
    world.service.hook = lambda when, _row: (
        stop.request() if when == "listed" and len(world.service.requests) > 5 else None
    )

    ended = world.submit(rows(3), stop=stop)

    assert ended.stopped is None
    assert set(ended.statuses().values()) == {"created"}


# --- asleep, and clocks -----------------------------------------------------------------------------------------


def test_an_hour_of_sleep_in_mid_run_changes_nothing(world):
    slept = []

    def hook(when, row):
        if (when, row) == ("after the effect", 5) and not slept:
            slept.append(row)
            world.time.seconds += 3600

    world.service.hook = hook

    ended = world.submit(rows(10), *[Fault.NONE] * 3, Fault.LOST)

    assert set(ended.statuses().values()) == {"created"}
    assert world.twice() == {}


def test_a_wall_clock_that_is_set_back_by_years_changes_nothing(world):
    world.kill_at(15)
    with pytest.raises(Killed):
        world.submit(rows(6))
    world.time.wall_offset -= timedelta(days=3650)

    ended = world.resume()

    assert set(ended.statuses().values()) == {"created"}
    again = world.submit(rows(6))
    assert set(again.statuses().values()) == {"already_created"}
    assert world.twice() == {}


# --- the same workbook, and others ---------------------------------------------------------------------------


def test_the_same_workbook_again_creates_nothing(world):
    first = world.submit(rows(4))
    with world.reading() as journal:
        accepted = journal.rows(first.run)[0].accepted

    again = world.submit(rows(4))

    assert set(again.statuses().values()) == {"already_created"}
    assert [one.campaign_id for one in again.outcomes] == [one.campaign_id for one in first.outcomes]
    assert again.of(2).message == f"Same as on {local_time(accepted)}."
    assert len(world.service.campaigns_there) == 4


def test_a_dry_run_foretells_what_is_decided_already_and_writes_nothing(world):
    world.submit([payload(2)])
    world.service.add("Campaign 3")
    with world.reading() as journal:

        async def foretell():
            submission = Submission.new(
                request([payload(2), payload(3), payload(4)], options={"api_version": "v2"}), ACCOUNT
            )
            plan = await submission.plan(world.service, journal, world.limits, world.time)
            return submission.predicted_outcomes(plan), plan

        predicted_outcomes, plan = world.time.run(foretell)

        assert [(one.row, str(one.status), str(one.action)) for one in predicted_outcomes] == [
            (2, "already_created", "already_there"),
            (3, "conflict", "blocked"),
            (4, "not_sent", "create"),
        ]
        assert [one.payload.row for one in plan.creates] == [4]
        assert len(journal.runs()) == 1


def test_a_plan_that_was_looked_at_for_an_hour_is_made_again(world):
    def an_hour_passes(_plan):
        world.service.add("campaign 3 ")
        world.time.seconds += 3600

    world.between = an_hour_passes

    ended = world.submit(rows(3))

    assert list(ended.statuses().values()) == ["created", "conflict", "created"]


def test_an_interrupted_run_creates_nothing_that_another_run_has_created_since(world):
    stop = StopSignal()
    world.limits = Limits(concurrency=1)
    asks_at(world, stop, ("leaving", 3))
    first = world.submit(rows(5), stop=stop)
    assert list(first.statuses().values()) == ["created"] * 2 + ["not_sent"] * 3
    world.submit([payload(4), payload(5, description="Something else")], workbook=Path("other.xlsx"))

    resumed = world.resume(run=first.run)

    assert resumed.statuses() == {
        2: "created",
        3: "created",
        4: "already_created",
        5: "conflict",
        6: "created",
    }
    assert world.twice() == {}


def test_program_fault_is_raised_and_the_journal_stays_correct(world):
    def hook(when, row):
        if (when, row) == ("after the effect", 4):
            raise ZeroDivisionError

    world.service.hook = hook
    with pytest.raises(ZeroDivisionError):
        world.submit(rows(5))
    world.service.hook = lambda _when, _row: None

    ended = world.resume()

    assert set(ended.statuses().values()) == {"created"}
    assert world.twice() == {}


def test_a_submission_that_was_not_executed_is_no_run(world):
    with world.journal() as journal:
        submission = Submission.new(request(rows(1)), ACCOUNT)
        assert submission.info(journal) is None
        assert not submission.has_begun(journal)
