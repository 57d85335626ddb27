"""Faults on demand: which request is struck, when in its life, and what happens to it.

A fault says whether the request's effect happens: struck on ``arrival`` (the head read, the body not) or
``before`` it, nothing is done in the account; struck ``after``, it is done and only the answer suffers. A delay
lets the request through in both cases. As JSON::

    {"kind": "reset", "when": "after", "operation": "create", "nth": 3}
    {"kind": "answer", "when": "before", "operation": "any", "status": 503, "times": null}
    {"kind": "half_body", "when": "after", "operation": "create", "name": "Welcome calls"}
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WireKind = Literal["reset", "close", "half_header", "half_body", "drip", "hang"]
"""What can go wrong on the wire."""
Kind = Literal["delay", "answer", WireKind]
When = Literal["arrival", "before", "after"]
Operation = Literal[
    "any", "create", "update", "get", "list", "status", "delete", "contact_lists", "queues", "connection"
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong, perhaps several times."""

    kind: Kind
    """delay: ``seconds`` more. answer: ``status``, ``body``, ``headers`` instead of the true answer. reset: the
    connection is reset (RST). close: it is closed without an answer (FIN). half_header: half a head, then closed.
    half_body: a whole head with its content-length, half a body, then closed. drip: the answer, one byte every
    ``seconds``. hang: no answer, ever."""
    when: When = "before"
    operation: Operation = "any"
    """``connection`` strikes a connection as it is accepted, before a byte is read: reset, close or hang."""
    nth: int = 1
    """The first request to be struck, counted among those that operation and name choose, from when the faults
    were set; requests refused for the rate are not counted."""
    times: int | None = 1
    """How many requests in a row are struck; None: all that follow."""
    name: str | None = None
    """Only requests about the campaign of this name: in the body, or of the campaign in the path."""
    seconds: float = 0.05
    status: int | None = None
    """None: 503 before the effect, the true status after it."""
    body: Any = None
    """Text as it stands, or anything else as JSON. None: the true answer after the effect, an error before it."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Laid over the answer's own: ``{"content-type": "text/html"}``."""

    def __post_init__(self) -> None:
        for name, choices in (("kind", Kind), ("when", When), ("operation", Operation)):
            if getattr(self, name) not in get_args(choices):
                raise ValueError(
                    f"a fault's {name} is {getattr(self, name)!r}, not one of {get_args(choices)}"
                )
        if self.operation == "connection" and (self.kind not in {"reset", "close", "hang"} or self.name):
            raise ValueError("a connection can be reset, closed or left to hang, and no name is known yet")
        if self.when == "arrival" and (self.name or self.kind == "delay"):
            raise ValueError("on arrival no name is known yet; and a delay comes before or after the effect")
        if self.nth < 1 or (self.times is not None and self.times < 1) or self.seconds < 0:
            raise ValueError("a fault's nth and times count from 1, and its seconds from 0")

    @property
    def effect_happens(self) -> bool:
        """Whether the account is changed by a request that this fault strikes."""
        return self.when == "after" or self.kind == "delay"

    def __str__(self) -> str:
        return f"{self.kind} {self.when}"

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """A fault from its JSON; raises ValueError for keys and words it does not know."""
        unknown = value.keys() - {item.name for item in fields(cls)}
        if unknown or "kind" not in value:
            raise ValueError(f"a fault needs a kind, and knows no {', '.join(sorted(unknown)) or 'other'}")
        return cls(**value)

    def to_json(self) -> dict[str, Any]:
        """The JSON it was made from, with all defaults."""
        return asdict(self)


class Schedule:
    """The faults that are set, and how far each has counted."""

    def __init__(self, faults: Sequence[Fault] = ()) -> None:
        self._counters = [_Counter(fault) for fault in faults]

    def strike(self, operation: str, name: str | None, *, arriving: bool) -> Fault | None:
        """The fault that strikes this request, and count it; ``arriving``: the body is not read yet.

        Every request passes here twice, once arriving and once read; a connection once, arriving.
        """
        struck = [
            counter.fault
            for counter in self._counters
            if counter.concerns(operation, name, arriving=arriving) and counter.count()
        ]
        return struck[0] if struck else None


@dataclass(slots=True)
class _Counter:
    """A fault, and how many requests it might have struck so far."""

    fault: Fault
    seen: int = 0

    def concerns(self, operation: str, name: str | None, *, arriving: bool) -> bool:
        """Whether the fault chooses such a request at this moment of its life."""
        fault = self.fault
        if "connection" in {operation, fault.operation}:
            return operation == fault.operation
        if (fault.when == "arrival") != arriving:
            return False
        return fault.operation in {"any", operation} and fault.name in {None, name}

    def count(self) -> bool:
        """Count one more; whether it is among those to be struck."""
        self.seen += 1
        beyond = None if self.fault.times is None else self.fault.nth + self.fault.times
        return self.fault.nth <= self.seen and (beyond is None or self.seen < beyond)


# --- answers that are wrong in one way ---------------------------------------------------------------------

_HTML = {"content-type": "text/html"}
_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
_LOGIN = "<!DOCTYPE html><html><body><form action='/login'>User <input name='user'></form></body></html>"


def _errors(message: str, code: int) -> dict[str, Any]:
    return {"errors": [{"msg": message, "code": code}]}


def _refused(status: int, message: str, code: int | None = None) -> Fault:
    return Fault("answer", status=status, body=_errors(message, code or status))


ANSWERS: Mapping[str, Fault] = {
    "malformed token": _refused(401, "Invalid JWT token", 4002),
    "wrong signature": _refused(401, "Invalid SDK credentials", 4002),
    "wrong scope": _refused(401, "Permission denied. Scope is incorrect!", 4002),
    "wrong scope, as message": Fault(
        "answer",
        status=401,
        body={"errors": [{"message": "Permission denied. Scope is incorrect!", "code": 4002}]},
    ),
    "replay": _refused(401, "error verifying the jwt: possibly a replay"),
    "invalid arguments": _refused(412, "Validation errors/ Invalid arguments"),
    "not found": _refused(400, "Contact list not found"),
    "duplicate": _refused(400, "Campaign name was duplicate"),
    "forbidden": _refused(403, "Forbidden"),
    "redirect": Fault("answer", status=302, body="", headers={"location": "https://login.example.com/"}),
    "gateway 502": Fault("answer", status=502, body=_GATEWAY, headers=_HTML),
    "gateway 200": Fault("answer", status=200, body=_GATEWAY, headers=_HTML),
    "login page": Fault("answer", status=200, body=_LOGIN, headers=_HTML),
    "no id": Fault("answer", status=200, body={"status": "success", "message": "done", "data": {}}),
    "failed item": Fault(
        "answer",
        status=200,
        body={"status": "success", "data": [{"status": "failed", "reason": "The campaign can't be made"}]},
    ),
    "broken JSON": Fault("answer", status=200, body='{"status": "success", "data": {"id": cd-}}'),
    "truncated JSON": Fault("answer", status=200, body='{"status": "success", "message": "Campaign'),
    "wrong content type": Fault("answer", headers={"content-type": "text/plain"}),
    "empty body": Fault("answer", status=200, body=""),
    **{
        str(status): _refused(status, f"The service answers {status}")
        for status in (400, 404, 405, 408, 409, 413, 415, 422, 425, 429, 500, 502, 503, 504)
    },
}
"""Wrong answers by name; ``at`` puts one where it is wanted."""


def at(fault: Fault, when: When, operation: Operation = "create", nth: int = 1, **more: Any) -> Fault:
    """The same fault at another moment of another request: ``at(ANSWERS["redirect"], "before", nth=3)``."""
    return replace(fault, when=when, operation=operation, nth=nth, **more)
