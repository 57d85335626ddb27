"""What is measured, against what, and what must come of it: the rows of the table of goals."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Goal:
    """One promise about speed."""

    what: str
    against: str
    most: float
    """What is measured may be at most this; at least, where ``is_least``."""
    unit: str = "times"
    is_least: bool = False

    def say(self, value: float) -> str:
        if self.unit == "%":
            return f"{value:.1f} %"
        if self.unit == "MB":
            return f"{value:.0f} MB"
        return f"{value:.3g}"

    @property
    def words(self) -> str:
        """The goal as the table shows it."""
        bound = "at least" if self.is_least else "at most"
        times = " times" if self.unit == "times" else ""
        return f"{bound} {self.say(self.most)}{times}"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run of the benchmarks found for one goal."""

    goal: Goal
    value: float
    figures: str
    """The absolute figures behind the ratio, in words."""

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal.most if self.goal.is_least else self.value <= self.goal.most

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        return cls(Goal(**value["goal"]), value["value"], value["figures"])
