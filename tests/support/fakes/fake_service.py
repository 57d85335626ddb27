"""An account in memory that does to a run what a real one may do: late listings, lost answers, outages.

It implements the protocol ``bulkload.run.context.Service`` and shares nothing with ``bulkload.kore``.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from support.fakes.run_time import RunTime

from bulkload.errors import CredentialsError, NetworkError, ServiceError
from bulkload.model import (
    ApiVersion,
    Created,
    Missing,
    Payload,
    Refused,
    RemoteCampaign,
    Reply,
    RetryLater,
    Uncertain,
    Unreadable,
)


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


EFFECTS = {
    Fault.LOST_UNDONE: 0,
    Fault.LIMITED: 0,
    Fault.UNSENT: 0,
    Fault.REFUSED: 0,
    Fault.CREDENTIALS: 0,
    Fault.TWICE: 2,
}
"""How often the service does what was asked; once where nothing is said."""

ANSWERS: dict[Fault, Reply] = {
    Fault.LOST: Uncertain("No answer came in 30 s."),
    Fault.LATE: Uncertain("No answer came in 30 s."),
    Fault.LOST_UNDONE: Uncertain("The service answered 503.", 503),
    Fault.ERROR_500_DONE: Uncertain("The service answered 500.", 500),
    Fault.LIMITED: RetryLater("The account's rate limit is reached.", limited=True),
    Fault.LIMITED_DONE: RetryLater("The account's rate limit is reached.", limited=True),
    Fault.CREDENTIALS: Uncertain("the service answered 401", 401, stops=True),
    Fault.UNSENT: RetryLater("The service could not be reached."),
    Fault.REFUSED: Refused("Contact list 'Summer' not found.", 400),
    Fault.REFUSED_DONE: Refused("Contact list 'Summer' not found.", 400),
}
"""What is answered, where it is not simply what was done."""


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
    changed: int = 0
    """How often it was updated."""
    first_name: str = ""
    """The name it was created with, whatever it is called now."""


@dataclass
class FakeService:
    """One account. Faults are taken from the front of ``faults``; when it is empty, all goes well."""

    time: RunTime
    faults: deque[Fault] = field(default_factory=deque)
    reads_fail: deque[Exception] = field(default_factory=deque)
    appears_after: float = 0.0
    ready_after: float = 0.0
    takes: float = 0.05
    dead: object = None
    """The event loop of the process that was killed last."""
    gate_opens: float = 0.0
    """Nothing leaves before this time on the clock."""
    asks_twice: bool = False
    """Whether each first token is refused, so that the request leaves a second time."""
    probe_refused: Exception | None = None
    unreadable: set[str] = field(default_factory=set)
    """Campaigns that can't be asked for by their ids."""
    lies: Callable[[list[Standing]], list[Standing]] = lambda shown: shown
    """What the listing makes of what it should show."""
    stores: Callable[[dict], dict] = lambda body: body
    """What the service makes of a body that it stores."""
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

    async def send(self, payload: Payload, *, on_send: Callable[[], None] = lambda: None) -> Reply:
        self.hook("waiting", payload.row)
        await self.time.sleep(self.gate_opens - self.time.now())
        self._be_alive()
        for _ in range(1 + self.asks_twice):
            on_send()
        self._be_alive()
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

    async def campaigns(self) -> tuple[RemoteCampaign, ...]:
        self._be_alive()
        if self.reads_fail:
            self.requests.append("list failed")
            raise self.reads_fail.popleft()
        shown = [
            standing for standing in self.campaigns_there.values() if standing.appears <= self.time.now()
        ]
        shown = self.lies(shown)
        for _ in range(max(1, -(-len(shown) // self.page))):
            self.requests.append("list")
            await self.time.sleep(self.page_takes)
        self.hook("listed", 0)
        return tuple(self._listed(standing) for standing in shown)

    async def campaign(self, campaign_id: str) -> RemoteCampaign | Missing | Unreadable:
        self._be_alive()
        self.requests.append(f"get {campaign_id}")
        await self.time.sleep(self.page_takes)
        if campaign_id in self.unreadable:
            return Unreadable("the service answered 503")
        standing = self.campaigns_there.get(campaign_id)
        return Missing("not found") if standing is None else self._document(standing)

    async def delete(self, campaign_id: str, *, on_send: Callable[[], None] = lambda: None) -> Reply:
        self._be_alive()
        on_send()
        self.requests.append(f"delete {campaign_id}")
        gone = self.campaigns_there.pop(campaign_id)
        return Created(campaign_id, "Ready", self._document(gone))

    async def contact_lists(self) -> None:
        return None

    async def queues(self) -> None:
        return None

    def read_body(self, body: dict, _version: ApiVersion) -> RemoteCampaign:
        return self._document(Standing("", dict(body), 0.0, 0.0))

    def read_source(self, source: dict) -> RemoteCampaign:
        return self._document(Standing(source["id"], dict(source["body"]), 0.0, 0.0))

    def listing_requests(self, count: int) -> int:
        return max(1, -(-count // self.page))

    async def is_answering(self) -> bool:
        self.requests.append("probe")
        if self.probe_refused is not None:
            raise self.probe_refused
        await self.time.sleep(self.takes)
        if self.reads_fail:
            self.reads_fail.popleft()
            return False
        return True

    def _be_alive(self) -> None:
        """The dead send nothing; what they sent before still arrives."""
        if asyncio.get_running_loop() is self.dead:
            raise Killed

    # --- the account ---------------------------------------------------------------------------------------

    def add(self, name: str, **values) -> str:
        """Somebody else creates a campaign."""
        return self._put({"name": name, **values}, None, 0.0)

    def created_for(self, row: int) -> list[str]:
        return [one.campaign_id for one in self.campaigns_there.values() if one.created_for == row]

    async def _meet(self, fault: Fault, payload: Payload) -> Reply:
        if fault is Fault.OLD_ID:
            return Created(next(iter(self.campaigns_there)))
        answer = Created("none")
        for _ in range(EFFECTS.get(fault, 1)):
            answer = self._done(payload, later=30.0 if fault is Fault.LATE else 0.0)
        if fault is Fault.CREDENTIALS:
            self.probe_refused = CredentialsError("The Client Secret is not accepted.")
        if fault in {Fault.LIMITED, Fault.LIMITED_DONE}:
            await self.time.sleep(60.0)
        return ANSWERS.get(fault, answer)

    def _done(self, payload: Payload, later: float = 0.0) -> Created:
        self.hook("before the effect", payload.row)
        if payload.campaign_id is None:
            campaign_id = self._put(self.stores(dict(payload.body)), payload.row, later)
        else:
            campaign_id = payload.campaign_id
            self.campaigns_there[campaign_id].body |= self.stores(dict(payload.body))
            self.campaigns_there[campaign_id].changed += 1
        self.hook("after the effect", payload.row)
        return Created(campaign_id, "Preparing")

    def _put(self, body: dict, row: int | None, later: float) -> str:
        self._number += 1
        campaign_id = f"cd-{self._number:04d}"
        begins = self.time.now() + later
        appears = begins if row is None else begins + self.appears_after
        ready = begins if row is None else begins + self.ready_after
        self.campaigns_there[campaign_id] = Standing(
            campaign_id, body, appears, ready, row, first_name=body["name"]
        )
        return campaign_id

    def _document(self, standing: Standing) -> RemoteCampaign:
        """What a GET shows: the listing row and the dialing strategy."""
        strategy = standing.body.get("dialingStrategy") or {}
        return replace(
            self._listed(standing),
            caller_id=(strategy.get("callerId") or {}).get("phoneNumber"),
            max_attempts=strategy.get("maxAttemptsPerRecord"),
            has_document=True,
            source={"id": standing.campaign_id, "body": dict(standing.body)},
        )

    def _listed(self, standing: Standing) -> RemoteCampaign:
        body = standing.body
        return RemoteCampaign(
            campaign_id=standing.campaign_id,
            name=body["name"],
            status="Ready" if standing.ready <= self.time.now() else "Preparing",
            dialing_mode=body.get("dialingMode"),
            priority=int(body["priority"]) if "priority" in body else None,
            dnc_list=(body.get("dncLists") or {}).get("name"),
            contact_lists=tuple(body["contactLists"]) if "contactLists" in body else None,
            description=body.get("description"),
            connection=body.get("queue_name") or body.get("experienceFlowName"),
        )


def no_network() -> NetworkError:
    return NetworkError("The service could not be reached: there is no network.")


def ill() -> ServiceError:
    return ServiceError("The service did not show the list of campaigns: it answered 503.")
