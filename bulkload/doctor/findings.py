"""One line of the doctor, and all of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulkload.messages import Marks, Message
    from bulkload.model import AccountIdentity


class Verdict(StrEnum):
    """How a thing is; the values are those of ``--json``."""

    GOOD = "good"
    WARNING = "warning"
    """It works, but will not for long, or not for everything."""
    FAULT = "fault"
    NOT_CHECKED = "not_checked"
    """Something before it failed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    topic: str
    """What it is about: ``Certificate``."""
    verdict: Verdict
    explanation: Message
    """How it is, and what to do."""
    exit_status: int = 0
    """The command's exit status because of it; 0 unless it is a fault."""

    def to_json(self, marks: Marks) -> dict[str, Any]:
        """The object that ``--json`` shows."""
        text, fix = self.explanation.render(marks)
        return {
            "topic": self.topic,
            "verdict": str(self.verdict),
            "code": self.explanation.code,
            "message": text,
            "fix": fix,
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that was looked at, in the order in which one thing depends on another."""

    findings: tuple[Finding, ...]
    account: AccountIdentity | None
    """None where the settings could not be read."""

    @property
    def exit_status(self) -> int:
        """The status of the first fault; 0 where there is none."""
        return next((one.exit_status for one in self.findings if one.exit_status), 0)

    def to_json(self, marks: Marks) -> dict[str, Any]:
        """The document that ``--json`` prints."""
        return {
            "account": self.account.to_json() if self.account else None,
            "checks": [one.to_json(marks) for one in self.findings],
            "exit_status": self.exit_status,
        }


def good(topic: str, explanation: Message) -> Finding:
    """A thing that is as it should be."""
    return Finding(topic, Verdict.GOOD, explanation)


def warning(topic: str, explanation: Message) -> Finding:
    """A thing that works and deserves a look."""
    return Finding(topic, Verdict.WARNING, explanation)


def fault(topic: str, explanation: Message, exit_status: int) -> Finding:
    """A thing that has to be repaired."""
    return Finding(topic, Verdict.FAULT, explanation, exit_status)
