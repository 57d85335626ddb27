"""Apply the rules to a typed frame with pandera and return every failing row of every rule.

pandera can skip checks silently in three cases; this module prevents each:
- a check that raises comes back as a failure without a row, which would read as "no row fails". It stops
  everything, and so does a check that answers for only some of its rows.

- ``PANDERA_VALIDATION_ENABLED`` and ``PANDERA_VALIDATION_DEPTH`` in the environment can switch checks off. They
  are switched on for each validation.

- pandera's own table of failures leaves out empty cells, and costs a string per failing one. So it is limited to
  one case, and the rows are read from the check's output.
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
    """A rule could not be applied, so no row may pass as valid: a mistake of the program."""

    def __init__(self, failure: SchemaError) -> None:
        super().__init__(failure)
        self.failure = failure

    def __str__(self) -> str:
        """What pandera reported."""
        return f"The rows could not be checked, so none may pass as valid: {self.failure}"


@dataclass(frozen=True, slots=True)
class Rule:
    """One condition that every row must meet, and the message where it does not."""

    template: MessageTemplate
    field: str
    """The column of the typed frame whose cell is wrong."""
    test: Callable[[Any], pd.Series[bool]]
    """Whether each row meets it: of the column's values without empty and unreadable ones, or of the frame,
    where ``on_frame``."""
    details: Callable[..., Mapping[str, object]] = lambda *_: {}
    """The values of the message, from the failing row's values of ``needs``."""
    needs: tuple[str, ...] = ()
    """Columns of the frame."""
    on_frame: bool = False
    """Whether the test looks at several columns."""
    proposals: Callable[..., tuple[str, ...]] = lambda *_: ()
    """Texts that would be right in the cell, from the same values as ``details``."""

    @property
    def name(self) -> str:
        """The name of the check, unique among the rules of a sheet."""
        return f"{self.field}: {self.template.code}"

    def finding(self, needed: tuple[Any, ...]) -> tuple[Message, tuple[str, ...]]:
        """The message and the proposals for a failing row with these values of ``needs``."""
        return self.template(**self.details(*needed)), self.proposals(*needed)

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
class RuleFailure:
    """A rule, and the rows that fail it."""

    rule: Rule
    rows: NDArray[np.intp]
    """Rows of the frame, counted from 0."""


def make_schema(types: Mapping[str, str], rules: Sequence[Rule], name: str) -> DataFrameSchema:
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


def check_frame(frame: pd.DataFrame, wanted: DataFrameSchema, rules: Sequence[Rule]) -> Iterator[RuleFailure]:
    """Each rule that some rows fail, with those rows; the frame's index counts from 0.

    Raises RuleBrokenError where a rule could not be applied to every row.
    """
    named = {rule.name: rule for rule in rules}
    try:
        with config_context(validation_enabled=True, validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            wanted.validate(frame, lazy=True, inplace=True)
    except SchemaErrors as failures:
        for failure in failures.schema_errors:
            yield _failure(failure, named)


def _failure(failure: SchemaError, named: Mapping[str, Rule]) -> RuleFailure:
    output = failure.check_output
    name = str(getattr(failure.check, "name", None))
    if (
        failure.reason_code is not SchemaErrorReason.DATAFRAME_CHECK
        or name not in named
        or not isinstance(output, pd.Series)
    ):
        raise RuleBrokenError(failure)
    return RuleFailure(named[name], output.index.to_numpy(dtype=np.intp)[~output.to_numpy(dtype=bool)])
