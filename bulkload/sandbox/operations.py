"""What the service does with a request: check what it names, change the account, answer.

Where the documents are silent the choice is a setting, or stands here with its reason. That a wrong list, queue
or flow is refused at once (and not while preparing) is such a choice: a loader has more to do with a refusal.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bulkload.sandbox import answers, checks, documents
from bulkload.sandbox.checks import Answer, Refusal, invalid
from bulkload.sandbox.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulkload.sandbox.account import Account, Stored
    from bulkload.sandbox.checks import Call
    from bulkload.sandbox.settings import SandboxSettings


def answer(account: Account, settings: SandboxSettings, call: Call) -> Answer:
    """The answer to a request, its effect done and logged."""
    try:
        body = checks.admit(account, settings.scopes, call)
        speaker = answers.Speaker(account, call.version, call.now)
        return _HANDLERS[call.operation](_Desk(account, settings, call, speaker), body)
    except Refusal as refusal:
        return refusal.answer


@dataclass(frozen=True, slots=True)
class _Desk:
    """One request being handled."""

    account: Account
    settings: SandboxSettings
    call: Call
    say: answers.Speaker

    def create(self, body: Any) -> Answer:
        invalid(documents.problems(body, self.call.version))
        self._check_names(body)
        self._check_unique(body["name"])
        ready = self.call.now + self.settings.ready_after
        stored = self.account.create(self.call.number, body, self.call.now, ready)
        return Answer(200, self.say.created(stored), stored.id)

    def update(self, body: Any) -> Answer:
        stored = self._campaign()
        invalid(documents.problems(body, self.call.version, stored.body))
        if stored.status_at(self.call.now) == "Active":
            raise Refusal(400, f"Campaign {stored.name} is Active and can't be edited")
        self._check_names(body)
        self._check_unique(body.get("name", stored.name), stored.id)
        stored = self.account.update(self.call.number, stored, body, self.call.now)
        return Answer(200, self.say.updated(stored), stored.id)

    def get(self, _body: Any) -> Answer:
        return Answer(200, self.say.found(self._campaign()))

    def status(self, _body: Any) -> Answer:
        return Answer(200, self.say.standing(self._campaign()))

    def delete(self, _body: Any) -> Answer:
        stored = self._campaign()
        self.account.delete(self.call.number, stored, self.call.now)
        return Answer(200, self.say.deleted(stored))

    def list(self, body: Any) -> Answer:
        invalid(documents.list_problems(body))
        listing = Listing.of(
            body,
            now=self.call.now,
            largest=self.settings.largest_limit,
            visible_after=self.settings.visible_after,
        )
        return Answer(200, self.say.listing(listing, *self.account.page(listing)))

    def contact_lists(self, _body: Any) -> Answer:
        if self.call.method == "POST" and not self.settings.contact_lists_by_post:
            raise Refusal(405, "Method Not Allowed")
        return Answer(200, answers.contact_lists(self.account))

    def queues(self, _body: Any) -> Answer:
        given = {"page": "1", "limit": "10", **dict(self.call.query)}
        numbers = {name: int(value) for name, value in given.items() if value.isascii() and value.isdigit()}
        invalid([f"the query {name} must be a number from 1" for name in given if not numbers.get(name)])
        return Answer(200, answers.queues(self.account, page=numbers["page"], limit=numbers["limit"]))

    def _campaign(self) -> Stored:
        stored = self.account.get(self.call.campaign_id)
        if stored is None:
            raise Refusal(400, f"Campaign {self.call.campaign_id} not found")
        return stored

    def _check_names(self, body: Mapping[str, Any]) -> None:
        """Everything that the body names must exist; an unknown object is 400, not 404 (seen)."""
        missing = [
            f"{what} {name} not found"
            for kind, what, name in _named(body)
            if self.account.known_id(kind, name) is None
        ]
        if missing:
            raise Refusal(400, *missing)

    def _check_unique(self, name: str, own_id: str = "") -> None:
        others = [other for other in self.account.named(name) if other != own_id]
        if others and not self.settings.duplicate_names:
            raise Refusal(400, f"Campaign {name} was duplicate")


def _named(body: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """(kind, what a person calls it, name) of everything that a body names; an update may name less."""
    named = [("contact_lists", "Contact list", name) for name in body.get("contactLists", [])]
    if "dncLists" in body:
        named.append(("dnc_lists", "DNC list", body["dncLists"]["name"]))
    if "queue_name" in body:
        named.append(("queues", "Queue", body["queue_name"]))
    if "experienceFlowName" in body:
        named.append(("flows", "Experience flow", body["experienceFlowName"]))
    if "dialingStrategy" in body:
        named.append(("caller_ids", "Caller ID", body["dialingStrategy"]["callerId"]["phoneNumber"]))
    return named


_Handler: TypeAlias = Callable[[_Desk, Any], Answer]
_HANDLERS: Mapping[str, _Handler] = {
    "create": _Desk.create,
    "update": _Desk.update,
    "get": _Desk.get,
    "status": _Desk.status,
    "delete": _Desk.delete,
    "list": _Desk.list,
    "contact_lists": _Desk.contact_lists,
    "queues": _Desk.queues,
}
