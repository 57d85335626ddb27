"""Pandera's verdicts: all of them, for every row, or nothing at all."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from bulkload.rules.messages import cells as messages
from bulkload.rules.pandera_checks import Rule, RuleBrokenError, check_frame, make_schema

TESTS = Path(__file__).parents[1]
FRAME = pd.DataFrame(
    {"max_attempts": pd.array([3, 200, None, 0], dtype="Int64"), "queue": ["A", None, "B", None]},
    dtype=object,
)
FRAME["max_attempts"] = FRAME["max_attempts"].astype("Int64")
TYPES = {"max_attempts": "Int64", "queue": "object"}

WITHIN = Rule(messages.OUT_OF_RANGE, "max_attempts", lambda numbers: numbers.between(1, 100))
FILLED = Rule(messages.LINE_BREAK, "queue", lambda frame: frame["queue"].notna(), on_frame=True)


def raising(_):
    raise ZeroDivisionError("a mistake in the rule")


def verdicts(rules, types=TYPES, frame=FRAME):
    wanted = make_schema(types, rules, "test")
    return {verdict.rule.name: verdict.rows.tolist() for verdict in check_frame(frame, wanted, rules)}


def test_every_rule_comes_back_with_all_its_rows_at_once():
    assert verdicts([WITHIN, FILLED]) == {WITHIN.name: [1, 3], FILLED.name: [1, 3]}


def test_a_frame_without_faults_has_no_verdicts():
    assert verdicts([WITHIN, FILLED], frame=FRAME.iloc[[0]]) == {}


@pytest.mark.parametrize("on_frame", [True, False])
def test_a_rule_that_raises_stops_everything_instead_of_passing_for_good_rows(on_frame):
    broken = Rule(messages.TOO_LONG, "queue", raising, on_frame=on_frame)
    with pytest.raises(RuleBrokenError, match="a mistake in the rule"):
        verdicts([WITHIN, broken])


@pytest.mark.parametrize(
    "answer",
    [lambda _: True, lambda values: values.index > 0, lambda values: values.iloc[1:].notna()],
    ids=["one answer for all", "no series", "some rows only"],
)
def test_a_rule_that_does_not_answer_for_every_row_stops_everything(answer):
    with pytest.raises(RuleBrokenError, match="does not answer for every row"):
        verdicts([Rule(messages.TOO_LONG, "queue", answer)])


def test_a_column_of_another_type_or_a_missing_one_stops_everything():
    with pytest.raises(RuleBrokenError):
        verdicts([WITHIN], types={"max_attempts": "Int64", "queue": "int64"})
    with pytest.raises(RuleBrokenError):
        verdicts([WITHIN], types=TYPES | {"nowhere": "object"})


def test_ten_thousand_faulty_rows_all_come_back():
    frame = pd.DataFrame({"max_attempts": pd.array(np.arange(101, 10_101), dtype="Int64")})
    assert verdicts([WITHIN], {"max_attempts": "Int64"}, frame) == {WITHIN.name: list(range(10_000))}


@pytest.mark.parametrize(
    "switch", [{"PANDERA_VALIDATION_ENABLED": "False"}, {"PANDERA_VALIDATION_DEPTH": "SCHEMA_ONLY"}]
)
def test_pandera_switched_off_in_the_environment_judges_all_the_same(switch):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from support.workbooks.sheets import PREVIEW, changed, make_workbook\n"
        "from bulkload.model import ApiVersion\n"
        "from bulkload.rules.validate import validate\n"
        "print(len(validate(make_workbook([changed(PREVIEW, max_attempts=500)]), ApiVersion.V2).problems))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, TESTS],
        env=os.environ | switch,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "1\n"
