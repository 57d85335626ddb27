"""What the service does with a request: check what it names, change the account, answer.

Where the documents are silent the choice is a setting, or is explained here. A wrong list, queue or flow is refused at
once (and not while preparing), because a loader has more to do with a refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from bulkload.sandbox import answers, documents
from bulkload.sandbox.campaigns import Prepared
from bulkload.sandbox.checks import Answer, Refusal, refuse_invalid
from bulkload.sandbox.distortions import distort
from bulkload.sandbox.lies import DraftAnswer, Reader, apply_lie
from bulkload.sandbox.listing import Listing

if TYPE_CHECKING:
    from bulkload.sandbox.campaigns import Campaigns, StoredCampaign
    from bulkload.sandbox.checks import Call, Gateway
    from bulkload.sandbox.settings import SandboxSettings


def answer(gateway: Gateway, campaigns: Campaigns, settings: SandboxSettings, call: Call) -> Answer:
    """Answer a request, its effect done and logged."""
    try:
        body = gateway.authenticate(campaigns, settings, call)
        builder = answers.ResponseBuilder(campaigns, call.version, call.now)
        return _HANDLERS[call.operation](RequestHandler(campaigns, settings, call, builder), body)
    except Refusal as refusal:
        return refusal.answer


@dataclass(frozen=True, slots=True)
class RequestHandler:
    """Handles one request that was let in."""

    campaigns: Campaigns
    settings: SandboxSettings
    call: Call
    builder: answers.ResponseBuilder

    def create(self, body: Any) -> Answer:
        """Add a campaign."""
        refuse_invalid(documents.create_problems(body, self.call.version))
        unknown = self._unknown_names(body)
        if unknown and self.settings.wrong_names == "refused":
            raise Refusal(400, *unknown)
        distorted = self._distort(body)
        self._check_unique(distorted["name"])
        status = "Failed" if unknown else self.settings.prepared_status
        prepared = Prepared(self.call.now, self.call.now + self.settings.ready_after, status)
        stored = self.campaigns.create(self.call.number, distorted, prepared)
        return Answer(200, self.builder.created(self._answered(stored, body)), stored.id)

    def update(self, body: Any) -> Answer:
        """Change a campaign; a key left out is kept or cleared, as the settings say."""
        stored = self._campaign()
        kept = stored.body if self.settings.missing_keys == "kept" else {}
        refuse_invalid(documents.update_problems(body, self.call.version, kept))
        if stored.status_at(self.call.now) == "Active":
            raise Refusal(400, f"Campaign {stored.name} is Active and can't be edited")
        unknown = self._unknown_names(body)
        if unknown:
            raise Refusal(400, *unknown)
        changed = replace(stored, body={**kept, **self._distort(body)}, updated=self._updated(stored))
        changed = self._scheduled_off(changed, body)
        self._check_unique(changed.name, stored.id)
        self.campaigns.write(self.call.number, changed, self.call.now, body)
        return Answer(200, self.builder.updated(self._answered(changed, body)), stored.id)

    def get(self, _body: Any) -> Answer:
        """Read one campaign."""
        reader = Reader(lambda _: [], self._another)
        return self._lied(self.builder.found(self._campaign()), reader)

    def status(self, _body: Any) -> Answer:
        """Read the status of one campaign."""
        return Answer(200, self.builder.status(self._campaign()))

    def delete(self, _body: Any) -> Answer:
        """Delete one campaign."""
        stored = self._campaign()
        if stored.status_at(self.call.now) == "Active" and not self.settings.deletes_active:
            raise Refusal(400, f"Campaign {stored.name} is Active and can't be deleted")
        self.campaigns.delete(self.call.number, stored, self.call.now)
        return Answer(200, self.builder.deleted(stored))

    def list(self, body: Any) -> Answer:
        """Read one page of the campaigns."""
        refuse_invalid(documents.list_problems(body))
        listing = self._listing(body)
        reader = Reader(
            lambda skip: self.builder.rows(self.campaigns.page(listing.from_row(skip))[0]),
            self._another,
            lambda name: len(self.campaigns.ids_named(name)),
        )
        return self._lied(self.builder.listing(listing, *self.campaigns.page(listing)), reader)

    def contact_lists(self, _body: Any) -> Answer:
        """Read all contact lists."""
        if self.call.method == "POST" and not self.settings.contact_lists_by_post:
            raise Refusal(405, "Method Not Allowed")
        return self._lied(answers.contact_lists(self.campaigns), Reader(lambda _: [], self._another))

    def queues(self, _body: Any) -> Answer:
        """Read the first page of the queues."""
        return self._lied(answers.queues(self.campaigns), Reader(lambda _: [], self._another))

    def _listing(self, body: Any) -> Listing:
        listing = Listing.of(
            body,
            now=self.call.now,
            largest=self.settings.largest_limit,
            visible_after=self.settings.visible_after,
        )
        for lie in self.call.strikes.lies:
            if lie.way == "stale":
                listing = listing.of_stale_replica(lie.value or 0.0)
            elif lie.way == "with deleted":
                listing = listing.with_deleted()
        return listing

    def _lied(self, document: dict[str, Any], reader: Reader) -> Answer:
        draft = DraftAnswer(document)
        for lie in self.call.strikes.lies:
            draft = apply_lie(lie.way, draft, replace(reader, value=lie.value))
        return Answer(draft.status, draft.document)

    def _another(self) -> Mapping[str, Any]:
        others = (stored for stored in self.campaigns.all() if stored.id != self.call.campaign_id)
        other = next(others, None)
        return self.builder.whole(other) if other else {}

    def _distort(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        return distort(body, tuple(fault.way for fault in self.call.strikes.distortions))

    def _answered(self, stored: StoredCampaign, sent: Mapping[str, Any]) -> StoredCampaign:
        return replace(stored, body={**stored.body, **sent}) if self.settings.echoes_request else stored

    def _updated(self, stored: StoredCampaign) -> float:
        return stored.updated if self.settings.updated_at == "never" else self.call.now

    def _scheduled_off(self, changed: StoredCampaign, body: Mapping[str, Any]) -> StoredCampaign:
        """Switch the schedule off where the body says so, unless the settings say that it stays."""
        if "schedule" not in body or not self.settings.update_clears_schedule or not changed.is_scheduled:
            return changed
        status = None if changed.status == "Scheduled" else changed.status
        return replace(changed, is_scheduled=False, is_recurring=False, status=status)

    def _campaign(self) -> StoredCampaign:
        stored = self.campaigns.get(self.call.campaign_id)
        if stored is None:
            raise Refusal(400, f"Campaign {self.call.campaign_id} not found")
        return stored

    def _unknown_names(self, body: Mapping[str, Any]) -> tuple[str, ...]:
        """Say what the body names and the account does not know; such a refusal is 400, not 404 (seen)."""
        folds_case = self.settings.matches_names != "exactly"
        return tuple(
            f"{what} {name} not found"
            for kind, what, name in _named(body)
            if self.campaigns.known_id(kind, name, folds_case=folds_case) is None
        )

    def _check_unique(self, name: str, own_id: str = "") -> None:
        others = [other for other in self.campaigns.ids_named(name) if other != own_id]
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


_Handler: TypeAlias = Callable[[RequestHandler, Any], Answer]
_HANDLERS: Mapping[str, _Handler] = {
    "create": RequestHandler.create,
    "update": RequestHandler.update,
    "get": RequestHandler.get,
    "status": RequestHandler.status,
    "delete": RequestHandler.delete,
    "list": RequestHandler.list,
    "contact_lists": RequestHandler.contact_lists,
    "queues": RequestHandler.queues,
}
