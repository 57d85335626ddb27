"""Any order of whatever people, networks, machines and the service do: one campaign a row, and a true report."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from support.fakes.fake_service import Fault, Killed
from support.runs.run_world import World, payload

from bulkload.errors import RunInProgressError
from bulkload.run.context import Limits

FAULTS = st.lists(
    st.sampled_from(
        [
            Fault.NONE, Fault.NONE, Fault.LOST, Fault.LOST_UNDONE, Fault.LATE, Fault.ERROR_500_DONE,
            Fault.LIMITED, Fault.UNSENT, Fault.REFUSED, Fault.CREDENTIALS,
        ]
    ),
    max_size=12,
)  # fmt: skip
MOMENTS = st.none() | st.integers(1, 40)


class Machine(RuleBasedStateMachine):
    """A workbook of a few rows, edited, submitted, killed, resumed."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.world = World(self.folder)
        self.world.limits = Limits(concurrency=3, settle=120.0, ready_timeout=60.0)
        self.rows = {row: payload(row) for row in range(2, 7)}
        self.ids = {}

    def teardown(self):
        """In the end everything that was begun is finished, and every row's report is true."""
        try:
            self.world.time.seconds += 3600  # a listing that is late for longer is one that hides campaigns
            for run in self.unfinished():
                ended = self.world.resume(run=run)
                unknown = [str(one.explanation) for one in ended.outcomes if str(one.status) == "unknown"]
                assert not unknown, (unknown, ended.stopped, ended.plan.decisions)
                self.check(ended)
            assert self.world.twice() == {}
        finally:
            shutil.rmtree(self.folder)

    def unfinished(self):
        with self.world.journal() as journal:
            return [info.run for info in journal.runs() if info.finished is None]

    # --- what a person does ------------------------------------------------------------------------------------

    @rule(faults=FAULTS, moment=MOMENTS, commit=MOMENTS)
    def submit(self, faults, moment, commit):
        payloads = list(self.rows.values())
        self.go(moment, commit, lambda: self.world.submit(payloads, *faults))

    @rule(faults=FAULTS, moment=MOMENTS, commit=MOMENTS)
    def resume(self, faults, moment, commit):
        if self.unfinished():
            self.go(moment, commit, lambda: self.world.resume(*faults))

    @rule(row=st.integers(2, 8), priority=st.sampled_from("12345"))
    def change_a_row(self, row, priority):
        asked = self.rows.get(row, payload(row))
        self.rows[row] = payload(row, asked.name, campaign_id=asked.campaign_id, priority=priority)

    @rule(row=st.integers(2, 6))
    def put_the_id_into_the_row(self, row):
        if row in self.ids:
            asked = self.rows[row]
            self.rows[row] = payload(
                row, asked.name, campaign_id=self.ids[row], priority=asked.body["priority"]
            )

    @rule(row=st.integers(2, 6), number=st.integers(1, 3))
    def rename_a_row(self, row, number):
        self.rows[row] = payload(row, f"Campaign {row} again {number}")
        self.ids.pop(row, None)

    @rule(row=st.integers(2, 8))
    def somebody_creates_a_campaign_of_that_name(self, row):
        self.world.service.add(f" CAMPAIGN {row}")

    # --- what the world does -----------------------------------------------------------------------------------

    @rule(appears=st.sampled_from([0.0, 5.0, 60.0]), ready=st.sampled_from([0.0, 17.0, 300.0]))
    def the_service_changes_its_pace(self, appears, ready):
        self.world.service.appears_after = appears
        self.world.service.ready_after = ready

    @rule(seconds=st.sampled_from([1.0, 90.0, 3600.0]))
    def time_passes(self, seconds):
        self.world.time.seconds += seconds

    @rule(days=st.integers(-400, 400))
    def the_wall_clock_is_set(self, days):
        self.world.time.wall_offset = timedelta(days=days)

    # --- what must hold ----------------------------------------------------------------------------------------

    def go(self, moment, commit, work):
        if moment is not None:
            self.world.kill_at(moment)
        elif commit is not None:
            self.world.kill_at_commit(commit)
        else:
            self.world.service.hook = self.second_process
        with contextlib.suppress(Killed):
            self.check(work())
        self.world.service.hook = lambda _when, _row: None
        self.world.service.faults.clear()
        self.world.forget_kills()

    def second_process(self, _when, _row):
        if not self.world.is_sending:
            return
        with pytest.raises(RunInProgressError, match="Another run on this computer"):
            self.world.journal()

    def check(self, ended):
        assert self.world.contradictions(ended) == []
        for outcome in ended.outcomes:
            if str(outcome.status) in {"created", "already_created"}:
                self.ids[outcome.row] = outcome.campaign_id

    @invariant()
    def no_row_is_there_twice(self):
        assert self.world.twice() == {}


class ThoroughMachine(Machine):
    """The same, ten times as often."""


def often(examples):
    return settings(
        max_examples=examples,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


Machine.TestCase.settings = often(10)
ThoroughMachine.TestCase.settings = often(400)
TestWhateverHappensARowIsCreatedOnceAndItsReportIsTrue = Machine.TestCase
TestTheSameTenTimesAsOften = pytest.mark.slow(ThoroughMachine.TestCase)
