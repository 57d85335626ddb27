"""Whatever happens, every row is accounted for and the figures add up; and an hour's sleep in mid-run is nothing."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.crash.checker import COUNTED
from support.crash.story_faults import DEFINITE, STOPPING, UNCERTAIN
from support.program.quick_runs import QuickRuns, Watcher
from support.workbooks.story_workbooks import campaign

from bulkload.sandbox.faults import Fault
from bulkload.sandbox.settings import SandboxSettings

ONE_HOUR = 3600.0
IMPATIENT, A_LITTLE_PATIENT = 0.4, 2.0
"""True seconds for one request, where some of them hang: whatever is given up, the claims hold; and where one must
be given up and no other."""

FAULTS = st.builds(
    lambda fault, operation, nth, times: replace(fault, operation=operation, nth=nth, times=times),
    st.sampled_from(
        [strike.fault for strike in (*UNCERTAIN, *DEFINITE)] + [fault for fault, _ in STOPPING.values()]
    ),
    st.sampled_from(["any", "create", "create", "create", "list", "contact_lists"]),
    st.integers(1, 10),
    st.sampled_from([1, 1, 2, 4, None]),
) | st.builds(
    lambda kind, nth, times: Fault(kind, operation="connection", nth=nth, times=times),
    st.sampled_from(["reset", "close", "hang"]),
    st.integers(1, 12),
    st.sampled_from([1, 2, 5]),
)
"""Everything that the table knows, on any request, once or for ever; no service that says no and does it."""

ROWS = st.lists(
    st.sampled_from(
        [{}, {}, {}, {"Priority": 9}, {"Queue": None, "Experience_flow": None}, {"Campaign_ID": "cd-gone"}]
    ),
    min_size=1,
    max_size=8,
)
"""Right ones, ones with a mistake, and one that changes a campaign that does not exist."""


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=ROWS, faults=st.lists(FAULTS, max_size=4), valid_rows_only=st.booleans())
def test_whatever_happens_every_row_is_accounted_for_and_the_figures_add_up(rows, faults, valid_rows_only):
    with tempfile.TemporaryDirectory() as folder:
        cells = [campaign(number, **others) for number, others in enumerate(rows)]
        with QuickRuns(Path(folder), cells, {"visible_after": 0.05}) as runs:
            runs.server.configure(faults=faults)
            first = runs.submit(timeout=IMPATIENT, valid_rows_only=valid_rows_only)

            summary = first.summary
            assert summary["rows"] == len(rows) == sum(summary[name] for name in COUNTED)
            runs.check(first).must_be_clean()

            runs.server.configure(faults=SandboxSettings().faults)
            second = runs.submit(valid_rows_only=valid_rows_only)

            summary = second.summary
            assert summary["rows"] == len(rows) == sum(summary[name] for name in COUNTED)
            if second.sent:
                assert summary["unknown"] == summary["not_sent"] == 0, (
                    "the service is well: nothing is left open"
                )
            runs.check(second).must_be_clean()


def test_an_hour_of_sleep_in_mid_run_loses_nothing_and_doubles_nothing(tmp_path):
    lost = Fault("hang", "after", "create", nth=3).to_json()
    with QuickRuns(tmp_path, [campaign(number) for number in range(10)], {"faults": [lost]}) as runs:
        watcher = Watcher(lambda done: runs.clock.forward(ONE_HOUR) if done == 4 else None)
        report = runs.submit(watcher, timeout=A_LITTLE_PATIENT)

        assert report.summary["created"] == len(report.outcomes)
        assert report.exit_status == 0
        runs.check(report).must_be_clean()
