"""Faults on demand: which request is struck, at which moment, and what happens to it.

A fault says whether the effect of the request happens. Struck on ``arrival`` (the head was read, the body was not) or
``before`` the effect, nothing changes in the account. Struck ``after`` it, the effect happens and the answer alone
suffers. A delay, a lie and a distortion let the request through. As JSON::

    {"kind": "reset", "when": "after", "operation": "create", "nth": 3}
    {"kind": "answer", "when": "before", "operation": "any", "status": 503, "times": null}
    {"kind": "answer", "operation": "create", "contains": "DROP TABLE", "status": 403, "times": null}
    {"kind": "lie", "operation": "list", "way": "empty", "times": null}
    {"kind": "store", "operation": "create", "way": "html escaped", "name": "Welcome calls"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence  # noqa: TC003  (pydantic reads the annotations)
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Self, TypeAlias, get_args

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as validated

from bulkload.sandbox.distortions import DISTORTIONS
from bulkload.sandbox.lies import LIES
from bulkload.sandbox.validation import sentences

WireKind: TypeAlias = Literal["reset", "close", "half_header", "half_body", "drip", "hang"]
"""What can go wrong on the wire."""
Kind: TypeAlias = Literal["delay", "answer", "lie", "store", WireKind]
When: TypeAlias = Literal["arrival", "before", "after"]
Operation: TypeAlias = Literal[
    "any", "create", "update", "get", "list", "status", "delete", "contact_lists", "queues", "connection"
]
_WAYS: Mapping[str, Mapping[str, Any]] = {"lie": LIES, "store": DISTORTIONS}


@validated(frozen=True, slots=True, config=ConfigDict(extra="forbid"))
class Fault:
    """One thing that goes wrong, perhaps several times."""

    kind: Kind
    """delay: ``seconds`` more. answer: ``status``, ``body``, ``headers``, ``padding`` instead of the true answer.
    lie: the true answer with something wrong, see ``lies``. store: the account stores something else than was sent,
    see ``distortions``. reset: the connection is reset (RST). close: it is closed without an answer (FIN).
    half_header: half a head, then closed. half_body: a whole head with its content-length, half a body, then closed.
    drip: the answer, one byte every ``seconds``. hang: no answer, ever."""
    when: When = "before"
    operation: Operation = "any"
    """``connection`` strikes a connection as it is accepted, before a byte is read: reset, close or hang."""
    nth: Annotated[int, Field(ge=1)] = 1
    """The first request to be struck, counted from when the faults were set.

    Only requests that operation, name and words choose are counted, and none that was refused for the rate.
    """
    times: Annotated[int, Field(ge=1)] | None = 1
    """How many requests in a row are struck; None: all that follow."""
    name: str | None = None
    """Only requests about the campaign of this name: in the body, or of the campaign in the path."""
    contains: str | None = None
    """Only requests whose body, or whose campaign's name, contains this text: a firewall."""
    seconds: Annotated[float, Field(ge=0)] = 0.05
    status: int | None = None
    """None: 503 before the effect, the true status after it."""
    body: Any = None
    """Text as it is, or anything else as JSON. None: the true answer after the effect, an error before it.
    ``{id}`` in it becomes the campaign's id: of the effect, else of the campaign of this name, else a made-up one."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Laid over the answer's own: ``{"content-type": "text/html"}``."""
    padding: Annotated[int, Field(ge=0)] = 0
    """Bytes of white space behind the answer: a huge one."""
    way: str = ""
    """Which lie or which distortion."""
    value: Any = None
    """What the lie is about: a number of seconds or rows, or a campaign's name."""

    def __post_init__(self) -> None:
        if self.operation == "connection" and (
            self.kind not in {"reset", "close", "hang"} or self.chooses_by_content
        ):
            raise ValueError("a connection can be reset, closed or left to hang, and no name is known yet")
        if self.when == "arrival" and (self.chooses_by_content or self.kind in {"delay", "lie", "store"}):
            raise ValueError("on arrival no name is known yet, and no delay, lie or distortion is possible")
        if self.kind in _WAYS and self.way not in _WAYS[self.kind]:
            raise ValueError(f"a {self.kind} has one of the ways {', '.join(_WAYS[self.kind])}")

    @property
    def chooses_by_content(self) -> bool:
        """Whether it looks at what a request is about."""
        return self.name is not None or self.contains is not None

    @property
    def effect_happens(self) -> bool:
        """Whether the account is changed by a request that this fault strikes."""
        return self.when == "after" or self.kind in {"delay", "lie", "store"}

    def __str__(self) -> str:
        return f"{self.kind} {self.way or self.when}"

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read a fault from its JSON; raises ValueError for keys and words that it does not know."""
        try:
            return TypeAdapter(cls).validate_python(dict(value))
        except ValidationError as error:
            raise ValueError(f"a fault can not be so: {'; '.join(sentences(error))}") from None

    def to_json(self) -> dict[str, Any]:
        """The JSON it was made from, with all defaults."""
        document: dict[str, Any] = TypeAdapter(type(self)).dump_python(self, mode="json")
        return document


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fault may look at in a request."""

    operation: str
    name: str | None = None
    """The campaign's name in the body, or that of the campaign in the path."""
    text: str = ""
    """The name and the whole body."""
    is_arriving: bool = False
    """Whether the body is not read yet."""


@dataclass(frozen=True, slots=True)
class Strikes:
    """The faults that strike one request."""

    fault: Fault | None = None
    """The first that changes the answer, the wire or the time."""
    lies: tuple[Fault, ...] = ()
    distortions: tuple[Fault, ...] = ()

    def __str__(self) -> str:
        every = [*([self.fault] if self.fault else []), *self.lies, *self.distortions]
        return ", ".join(map(str, every))


class FaultSchedule:
    """The faults that are set, and how far each has counted."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._counters = [_Counter(fault) for fault in faults]
        self.reads_text = any(fault.contains is not None for fault in faults)

    def match(self, subject: Subject) -> Strikes:
        """Find the faults that strike this request, and count it.

        Every request passes here twice, once arriving and once read; a connection once, arriving.
        """
        if not self._counters:
            return _NONE
        struck = [
            counter.fault
            for counter in self._counters
            if counter.concerns(subject) and counter.is_struck_next()
        ]
        others = [fault for fault in struck if fault.kind not in _WAYS]
        return Strikes(
            others[0] if others else None,
            tuple(fault for fault in struck if fault.kind == "lie"),
            tuple(fault for fault in struck if fault.kind == "store"),
        )


_NONE = Strikes()


@dataclass(slots=True)
class _Counter:
    """A fault, and how many requests it might have struck so far."""

    fault: Fault
    seen: int = 0

    def concerns(self, subject: Subject) -> bool:
        """Whether the fault chooses such a request at this moment."""
        fault = self.fault
        if "connection" in {subject.operation, fault.operation}:
            return subject.operation == fault.operation
        if (fault.when == "arrival") != subject.is_arriving:
            return False
        is_chosen = fault.operation in {"any", subject.operation} and fault.name in {None, subject.name}
        return is_chosen and (fault.contains is None or fault.contains in subject.text)

    def is_struck_next(self) -> bool:
        """Count one more; whether it is among those to be struck."""
        self.seen += 1
        beyond = None if self.fault.times is None else self.fault.nth + self.fault.times
        return self.fault.nth <= self.seen and (beyond is None or self.seen < beyond)


OPERATIONS: tuple[str, ...] = get_args(Operation)
