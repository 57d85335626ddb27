"""When to hold back: after requests that could not leave, and after answers that suggest an ill service.

Requests run in parallel, so one outage fails several. Only failures of requests that started after the last
counted failure are counted; of rate-limit answers, those to requests that left after the last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from bulkload.errors import NetworkError, ServiceError
from bulkload.model import Created, Refused, RetryLater, Uncertain
from bulkload.run.messages import sent as messages
from bulkload.run.messages.wording import sentence

if TYPE_CHECKING:
    from bulkload.errors import BulkloadError
    from bulkload.model import Reply

NETWORK_WAITS = (1 / 60, 2 / 60, 5 / 60, 15 / 60, 30 / 60)
"""Windows to wait after each request in a row that could not leave: 1 s to 30 s; then the run ends."""
PROBE_WAITS = (0.5, 1.0, 2.0)
"""Windows to wait before each look whether the service answers again: 30, 60, 120 s; then the run ends."""
UNCERTAIN_IN_A_ROW = 3
"""Answers in a row that say nothing, after which nothing is created until a probe was answered."""
GATES_IN_A_ROW = 5
"""Times that a rate-limit answer has closed the gate, with nothing done between them, after which the run ends."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing may be sent for so many seconds."""

    seconds: float
    reason: str
    probe: bool
    """Whether the service must then answer a read before anything is sent."""


class CircuitBreaker:
    """Counts what goes wrong in a row. Any definite answer ends the count."""

    def __init__(self, window: float, run: str = "") -> None:
        self._window = window
        self._run = run
        self._unsent = 0
        self._uncertain = 0
        self._probes = 0
        self._gates_in_a_row = 0
        self._gates = 0
        self._pause: Pause | None = None
        self._generation = 0
        self.ending: BulkloadError | None = None
        """What must end the run; None: nothing yet."""

    @property
    def generation(self) -> int:
        """Noted by each sender when it begins, and given back with the reply."""
        return self._generation

    @property
    def rate_limit_closures(self) -> int:
        """Times that the gate was closed; noted when a request leaves, and given back with the reply.

        It is not the ``generation``: whoever waits at the closed gate may leave when it opens, for a row that is held
        back then has spent a request of the budget.
        """
        return self._gates

    @property
    def is_half_open(self) -> bool:
        """Whether the service was ill and nothing definite has come since: one row at a time."""
        return self._probes > 0

    def take_pause(self) -> Pause | None:
        """The pause that is due, once."""
        pause, self._pause = self._pause, None
        return pause

    def note(self, reply: Reply, began: int, gates: int) -> None:
        """Count an answer to what began in that round, and left when the gate had been closed so often."""
        match reply:
            case Created() | Refused():
                self._unsent = self._uncertain = self._probes = self._gates_in_a_row = 0
            case RetryLater(limited=True):
                self._unsent = 0
                if gates == self._gates:
                    self._gate_is_closed()
            case RetryLater():
                if began == self._generation:
                    self._could_not_leave(reply)
            case Uncertain():
                self._unsent = 0
                if began == self._generation:
                    self._uncertain += 1
                    if self._uncertain >= UNCERTAIN_IN_A_ROW or self.is_half_open:
                        self._service_is_ill(reply.message)
            case _:
                assert_never(reply)

    def probe_failed(self, reason: str) -> None:
        """The service did not answer the probe."""
        self._service_is_ill(reason)

    def _gate_is_closed(self) -> None:
        self._gates += 1
        self._gates_in_a_row += 1
        if self._gates_in_a_row == GATES_IN_A_ROW:
            self.ending = ServiceError(messages.RATE_LIMIT_STAYS(times=GATES_IN_A_ROW, run=self._run))

    def _could_not_leave(self, reply: RetryLater) -> None:
        if self._unsent == len(NETWORK_WAITS):
            self.ending = NetworkError(messages.UNREACHABLE(reason=sentence(reply.reason)))
            return
        self._pause = Pause(NETWORK_WAITS[self._unsent] * self._window, reply.reason, probe=False)
        self._unsent += 1
        self._generation += 1

    def _service_is_ill(self, reason: str) -> None:
        self._uncertain = 0
        if self._probes == len(PROBE_WAITS):
            self.ending = ServiceError(messages.NO_DEFINITE_ANSWERS(reason=sentence(reason)))
            return
        self._pause = Pause(PROBE_WAITS[self._probes] * self._window, reason, probe=True)
        self._probes += 1
        self._generation += 1
