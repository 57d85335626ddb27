"""The faults of the table of lost answers, and what the table demands of a row that one of them strikes.

``UNCERTAIN`` proves nothing: a create is never sent again by itself, so it is found in the account where it was
done and planned again by a resume where it was not; an update is sent again. ``DEFINITE`` says what became of the
request. ``STOPPING`` ends the run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from support.fakes.wrong_answers import ANSWERS, at

from bulkload.sandbox.faults import Fault
from bulkload.sandbox.settings import NEW_LIMIT_TEXT, OLD_LIMIT_TEXT

TIMEOUT = "4"
"""Seconds for one request in stories where something hangs or drips: it is given up then. Long, for a busy machine
must answer every other request in time, and connect in a third of it; the other stories are not timed at all."""

_LOST = {
    "hang": Fault("hang"),
    "reset": Fault("reset"),
    "close": Fault("close"),
    "half a head": Fault("half_header"),
    "half a body": Fault("half_body"),
    "drip": Fault("drip", seconds=0.2),
    **{
        name: ANSWERS[name]
        for name in (
            *("408", "425", "500", "502", "503", "504", "gateway 502"),
            *("gateway 200", "no id", "broken JSON", "truncated JSON", "empty body", "failed item"),
        )
    },
    "a rate limit in a 503": Fault("answer", status=503, body={"message": NEW_LIMIT_TEXT}),
}


def patience(*faults: Fault) -> dict[str, str]:
    """The program's setting for a story with these faults: what hangs or drips must be given up."""
    return {"BULKLOAD_TIMEOUT": TIMEOUT} if {fault.kind for fault in faults} & {"hang", "drip"} else {}


@dataclass(frozen=True)
class Strike:
    """One fault, and the status that it leads to."""

    name: str
    fault: Fault
    create: str
    """Status of a create that it strikes."""
    update: str

    def on(self, number: int, *, updates: bool) -> dict[str, Any]:
        """The fault as the sandbox takes it, for the campaign of this number."""
        operation = "update" if updates else "create"
        return at(self.fault, self.fault.when, operation, name=f"Campaign {number}").to_json()


UNCERTAIN = tuple(
    Strike(f"{name} {when}", at(fault, when), create, "updated")
    for when, create in (("before", "not_sent"), ("after", "created"))
    for name, fault in _LOST.items()
)

_REFUSALS = (
    *("400", "404", "405", "409", "413", "415", "422"),
    *("invalid arguments", "not found", "duplicate"),
)
_LIMITS = {
    "429": ANSWERS["429"],
    "429 with Retry-After": Fault("answer", status=429, body="slow down", headers={"retry-after": "1"}),
    "a rate limit in a 400": Fault(
        "answer", status=400, body={"errors": [{"msg": OLD_LIMIT_TEXT, "code": 400}]}
    ),
    "a rate limit in a 200": Fault("answer", status=200, body={"status": "error", "message": NEW_LIMIT_TEXT}),
}
LIMITS = tuple(Strike(name, fault, "created", "updated") for name, fault in _LIMITS.items())
REFUSALS = tuple(Strike(name, ANSWERS[name], "refused", "refused") for name in _REFUSALS)
DEFINITE = (
    *REFUSALS,
    *LIMITS,
    Strike("another content type", at(ANSWERS["wrong content type"], "after"), "created", "updated"),
    Strike("a slow answer", Fault("delay", "after", seconds=0.1), "created", "updated"),
)

STOPPING = {
    "token refused again and again": (Fault("answer", status=401, body="Invalid JWT token", times=None), 4),
    "wrong scope": (ANSWERS["wrong scope"], 4),
    "wrong scope, as message": (ANSWERS["wrong scope, as message"], 4),
    "forbidden": (ANSWERS["forbidden"], 4),
    "redirect": (ANSWERS["redirect"], 5),
    "login page": (ANSWERS["login page"], 5),
}
"""Fault, and the exit status of the run that it ends, whatever request it strikes."""
_ONE_TOKEN = ("malformed token", "wrong signature", "replay")
ONE_TOKEN = tuple(Strike(name, ANSWERS[name], "created", "updated") for name in _ONE_TOKEN)
"""One token is refused: a read is repeated with a fresh one."""
STOPPING_WRITES = {**{name: (ANSWERS[name], 4) for name in _ONE_TOKEN}, **STOPPING}
"""The same for a create or update: a write is never sent again after a refused token."""
