"""Pandera judges a typed frame; its verdicts come back as rows for each rule, all of them at once.

Three ways in which a validation could pass for more than it is are closed here. A check that itself raises
comes back from pandera as a failure without a row, which would read as "no row fails": it stops everything,
and so does a check that answers for some of its rows only. ``PANDERA_VALIDATION_ENABLED`` and
``PANDERA_VALIDATION_DEPTH`` in somebody's environment would switch the checks off: they are switched on for
each validation. And pandera's own table of failures leaves out empty cells and costs a string for each faulty
one, so it is kept to one case and the rows are read from the check's output.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandera.config import ValidationDepth, config_context
from pandera.errors import SchemaErrorReason, SchemaErrors
from pandera.pandas import Check, Column, DataFrameSchema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray
    from pandera.errors import SchemaError

    from bulkload.messages import Message, MessageTemplate


class RuleBrokenError(RuntimeError):
    """A rule could not be applied, so no row may be taken for a good one: a mistake of the program."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that a row must fulfil, and how it is said when it does not."""

    template: MessageTemplate
    field: str
    """The column of the typed frame whose cell is at fault."""
    test: Callable[[Any], pd.Series[bool]]
    """Whether each row fulfils it: of the column's values, empty and unreadable ones left out; or of the
    frame, where ``on_frame``."""
    details: Callable[..., Mapping[str, object]] = lambda *_: {}
    """What the wording needs, from the faulty row's values of ``needs``."""
    needs: tuple[str, ...] = ()
    """Columns of the frame."""
    on_frame: bool = False
    """Whether the test looks at several columns."""

    @property
    def name(self) -> str:
        """The name of the check, unique among the rules of a sheet."""
        return f"{self.field}: {self.template.code}"

    def finding(self, needed: tuple[Any, ...]) -> Message:
        """How a row with these values of ``needs`` is told of it."""
        return self.template(**self.details(*needed))

    def check(self) -> Check:
        """The rule as pandera takes it."""
        # ignore_na on a frame would look at every cell of it for each check.
        return Check(self._answer, name=self.name, n_failure_cases=1, ignore_na=not self.on_frame)

    def _answer(self, values: pd.Series[Any] | pd.DataFrame) -> pd.Series[bool]:
        answer = self.test(values)
        if not isinstance(answer, pd.Series) or not answer.index.equals(values.index):
            raise TypeError(f"{self.name} does not answer for every row")
        return answer.astype(bool)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule, and the rows that do not fulfil it."""

    rule: Rule
    rows: NDArray[np.intp]
    """Rows of the frame, counted from 0."""


def schema(types: Mapping[str, str], rules: Sequence[Rule], name: str) -> DataFrameSchema:
    """The rules of a sheet as one pandera schema over columns of these types."""
    columns = {
        field: Column(
            dtype,
            [rule.check() for rule in rules if rule.field == field and not rule.on_frame],
            nullable=True,
        )
        for field, dtype in types.items()
    }
    return DataFrameSchema(columns, [rule.check() for rule in rules if rule.on_frame], name=name)


def judge_frame(frame: pd.DataFrame, wanted: DataFrameSchema, rules: Sequence[Rule]) -> Iterator[Verdict]:
    """Each rule that some rows do not fulfil, with those rows; the frame's index counts from 0.

    Raises RuleBrokenError where a rule could not be applied to every row.
    """
    named = {rule.name: rule for rule in rules}
    try:
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            wanted.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as failures:
        for failure in failures.schema_errors:
            yield _verdict(failure, named)


def _verdict(failure: SchemaError, named: Mapping[str, Rule]) -> Verdict:
    output = failure.check_output
    name = str(getattr(failure.check, "name", None))
    if (
        failure.reason_code is not SchemaErrorReason.DATAFRAME_CHECK
        or name not in named
        or not isinstance(output, pd.Series)
    ):
        raise RuleBrokenError(f"The rows could not be judged, so none is taken for a good one: {failure}")
    return Verdict(named[name], output.index.to_numpy(dtype=np.intp)[~output.to_numpy(dtype=bool)])
