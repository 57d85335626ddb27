"""An account in memory that does to a run what a real one may do: late listings, lost answers, outages.

It implements the protocol ``bulkload.run.service.Service`` and shares nothing with ``bulkload.api``.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from bulkload.errors import CredentialsError, NetworkError, ServiceError
from bulkload.model import Busy, Created, Listed, Payload, Refused, Reply, Uncertain

from support.run_time import RunTime


class Fault(StrEnum):
    """What becomes of one request that writes."""

    NONE = "none"
    LOST = "done, the answer is lost"
    LOST_UNDONE = "not done, the answer is lost"
    LATE = "done a while after the answer was lost"
    ERROR_500_DONE = "done, answered 500"
    LIMITED = "rate limit"
    LIMITED_DONE = "rate limit, and done all the same"
    UNSENT = "never left"
    REFUSED = "refused"
    REFUSED_DONE = "refused, and done all the same"
    CREDENTIALS = "the token is not accepted"
    TWICE = "done twice, as by a proxy that repeats"
    OLD_ID = "answered with the id of a campaign that was there before"


class Killed(BaseException):
    """The process ends here: nothing after it runs."""


@dataclass
class Standing:
    """A campaign in the account."""

    campaign_id: str
    body: dict
    appears: float
    ready: float
    created_for: int | None = None
    """The row whose request created it; None: somebody else did."""


@dataclass
class FakeService:
    """One account. Faults are taken from the front of ``faults``; when it is empty, all goes well."""

    time: RunTime
    faults: deque[Fault] = field(default_factory=deque)
    reads_fail: deque[Exception] = field(default_factory=deque)
    appears_after: float = 0.0
    ready_after: float = 0.0
    takes: float = 0.05
    page: int = 50
    page_takes: float = 0.0
    hook: Callable[[str, int], None] = lambda _when, _row: None
    """Called before and after each effect: the place where a test kills the process."""
    campaigns_there: dict[str, Standing] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    most_at_once: int = 0
    _at_once: int = 0
    _number: int = 0

    # --- the protocol --------------------------------------------------------------------------------------

    async def send(self, payload: Payload, *, leaving: Callable[[], None] = lambda: None) -> Reply:
        self.hook("waiting", payload.row)
        leaving()
        self.hook("leaving", payload.row)
        self.requests.append(f"{'update' if payload.updates else 'create'} {payload.row}")
        fault = self.faults.popleft() if self.faults else Fault.NONE
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            await self.time.sleep(self.takes)
            return await self._meet(fault, payload)
        finally:
            self._at_once -= 1

    async def campaigns(self) -> tuple[Listed, ...]:
        if self.reads_fail:
            self.requests.append("list failed")
            raise self.reads_fail.popleft()
        shown = [
            standing for standing in self.campaigns_there.values() if standing.appears <= self.time.now()
        ]
        for _ in range(max(1, -(-len(shown) // self.page))):
            self.requests.append("list")
            await self.time.sleep(self.page_takes)
        self.hook("listed", 0)
        return tuple(self._listed(standing) for standing in shown)

    async def is_answering(self) -> bool:
        self.requests.append("probe")
        await self.time.sleep(self.takes)
        if self.reads_fail:
            self.reads_fail.popleft()
            return False
        return True

    # --- the account ---------------------------------------------------------------------------------------

    def add(self, name: str, **values) -> str:
        """Somebody else creates a campaign."""
        return self._put({"name": name, **values}, None, 0.0)

    def created_for(self, row: int) -> list[str]:
        return [one.campaign_id for one in self.campaigns_there.values() if one.created_for == row]

    async def _meet(self, fault: Fault, payload: Payload) -> Reply:
        match fault:
            case Fault.NONE:
                return self._done(payload)
            case Fault.LOST | Fault.ERROR_500_DONE:
                self._done(payload)
                status = 500 if fault is Fault.ERROR_500_DONE else None
                return Uncertain("No answer came in 30 s.", status)
            case Fault.LOST_UNDONE:
                return Uncertain("The service answered 503.", 503)
            case Fault.LATE:
                self._done(payload, later=30.0)
                return Uncertain("No answer came in 30 s.")
            case Fault.LIMITED | Fault.LIMITED_DONE:
                if fault is Fault.LIMITED_DONE:
                    self._done(payload)
                await self.time.sleep(60.0)
                return Busy("The account's rate limit is reached.", limited=True)
            case Fault.UNSENT:
                return Busy("The service could not be reached.")
            case Fault.REFUSED | Fault.REFUSED_DONE:
                if fault is Fault.REFUSED_DONE:
                    self._done(payload)
                return Refused("Contact list 'Summer' not found.", 400)
            case Fault.CREDENTIALS:
                raise CredentialsError("The Client Secret is not accepted.")
            case Fault.TWICE:
                self._done(payload)
                return self._done(payload)
            case Fault.OLD_ID:
                return Created(next(iter(self.campaigns_there)))

    def _done(self, payload: Payload, later: float = 0.0) -> Created:
        self.hook("before the effect", payload.row)
        if payload.campaign_id is None:
            campaign_id = self._put(dict(payload.body), payload.row, later)
        else:
            campaign_id = payload.campaign_id
            self.campaigns_there[campaign_id].body |= payload.body
        self.hook("after the effect", payload.row)
        return Created(campaign_id, "Preparing")

    def _put(self, body: dict, row: int | None, later: float) -> str:
        self._number += 1
        campaign_id = f"cd-{self._number:04d}"
        begins = self.time.now() + later
        appears = begins if row is None else begins + self.appears_after
        ready = begins if row is None else begins + self.ready_after
        self.campaigns_there[campaign_id] = Standing(campaign_id, body, appears, ready, row)
        return campaign_id

    def _listed(self, standing: Standing) -> Listed:
        body = standing.body
        return Listed(
            campaign_id=standing.campaign_id,
            name=body["name"],
            status="Ready" if standing.ready <= self.time.now() else "Preparing",
            dialing_mode=body.get("dialingMode"),
            priority=body.get("priority"),
            dnc_list=(body.get("dncLists") or {}).get("name"),
            contact_lists=tuple(body["contactLists"]) if "contactLists" in body else None,
            connection=body.get("queue_name") or body.get("experienceFlowName"),
        )


def no_network() -> NetworkError:
    return NetworkError("The service could not be reached: there is no network.")


def ill() -> ServiceError:
    return ServiceError("The service did not show the list of campaigns: it answered 503.")
