"""Planning: what becomes of each row, by the account, the other runs of this machine, and the row itself.

A create is sent only where nobody has the name: neither the account's listing, nor an earlier run of this
machine whose campaign a late listing may not show yet, nor one whose answer was lost. An update is sent only over
a document that was read: the journal says what we last sent, the account what is there now. Wall time is used for
one thing alone: whether something is too recent for a listing to show it; either way nothing is created twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bulkload.model import (
    Action,
    ApiVersion,
    DifferenceKind,
    Missing,
    RemoteCampaign,
    RowReference,
    SubmitOptions,
    Unreadable,
)
from bulkload.run.compare import contradictions, differences
from bulkload.run.messages import planned as messages
from bulkload.run.messages.wording import ids_of, local_time
from bulkload.run.normalise import names_match_widely
from bulkload.run.plan import Decision
from bulkload.run.records import Change
from bulkload.run.states import SUCCEEDED, UNRESOLVED, State
from bulkload.run.verify import is_ready, listed_differences
from bulkload.run.write_guards import is_active
from bulkload.text import and_list, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from typing import Any

    from bulkload.messages import Message
    from bulkload.model import Difference, Payload
    from bulkload.run.earlier_runs import History
    from bulkload.run.records import JournalRow

SAMPLE = 3
"""Campaigns of ours that a listing lacks, the oldest and the newest: so many of each are asked for by their ids."""


class Planner:
    """Decides row by row, against the other runs of this account, one listing of it, and documents read by ids."""

    def __init__(  # noqa: PLR0913  (everything that a decision rests on)
        self,
        history: History,
        listing: Iterable[RemoteCampaign],
        *,
        now: datetime,
        settle: float,
        payloads: Iterable[Payload] = (),
        options: SubmitOptions | None = None,
        read_body: Callable[[Mapping[str, Any], ApiVersion], RemoteCampaign] | None = None,
        workbook: str = "",
    ) -> None:
        """``payloads``: every row of the run, so that no row changes the campaign of another one."""
        self._history = history
        self._now = now
        self._settle = settle
        self._options = options or SubmitOptions()
        self._read_body = read_body
        self._workbook = workbook
        self._documents: dict[str, RemoteCampaign | Missing | Unreadable] = {}
        self._by_id = {listed.campaign_id: listed for listed in listing}
        self._listed_ids = frozenset(self._by_id)
        self._by_key: dict[str, list[RemoteCampaign]] = {}
        for listed in self._by_id.values():
            self._by_key.setdefault(name_key(listed.name), []).append(listed)
        self._rows: dict[str, int] = {}
        self._rows_by_name = {name_key(payload.name): payload.row for payload in payloads}

    # --- what must be read before deciding -----------------------------------------------------------------

    def ids_to_read(self, payloads: Iterable[Payload]) -> tuple[str, ...]:
        """The campaigns whose documents decide about rows, and a sample of ours that the listing lacks."""
        wanted = dict.fromkeys(
            campaign_id for payload in payloads for campaign_id in self._ids_of_row(payload)
        )
        return tuple(wanted | dict.fromkeys(self._lacking()))

    def _ids_of_row(self, payload: Payload) -> tuple[str, ...]:
        if payload.updates:
            return (payload.campaign_id or "",)
        past = self._history.created(payload.digest) or self._history.owner(name_key(payload.name))
        own = (past.campaign_id or past.target_id) if past else None
        # An update is sent only over a document that was read, so one that is agreed to needs it.
        is_agreed = self._is_agreed(self._options.update, payload, past)
        if own and (own not in self._listed_ids or is_agreed):
            return (own,)
        taken = self._named(payload)
        is_settled = own is not None and past is not None and past.state in SUCCEEDED
        return () if is_settled or len(taken) != 1 else (taken[0].campaign_id,)

    def _lacking(self) -> tuple[str, ...]:
        lacking = [one for one in self._history.given_ids if one not in self._listed_ids]
        return tuple(dict.fromkeys((*lacking[:SAMPLE], *lacking[-SAMPLE:])))

    def use(self, documents: Mapping[str, RemoteCampaign | Missing | Unreadable]) -> str | None:
        """Decide by these documents. The id of a campaign that shows that the listing hides some; None: it does not."""
        self._documents |= documents
        for campaign_id, found in documents.items():
            if isinstance(found, RemoteCampaign) and campaign_id not in self._listed_ids:
                self._by_id[campaign_id] = found
                past = self._history.latest(campaign_id)
                when = past.accepted if past else found.created_at
                if when is None or abs((self._now - when).total_seconds()) > self._settle:
                    return campaign_id
        return None

    # --- deciding --------------------------------------------------------------------------------------------

    def decide(self, payload: Payload) -> Decision:
        """What will become of this row."""
        first = self._rows.setdefault(name_key(payload.name), payload.row)
        if first != payload.row:
            return _conflict(payload, messages.NAME_OF_ANOTHER_ROW(row=RowReference((first,))))
        return self._update(payload) if payload.updates else self._create(payload)

    def decide_again(self, row: JournalRow) -> Decision:
        """What will become of a row of an interrupted run, which a later run may have made obsolete."""
        later = self._history.superseding(row)
        if later is not None:
            return _conflict(row.payload, messages.SUPERSEDED(run=later))
        decision = self.decide(row.payload)
        there = decision.payload.campaign_id
        if there == row.target_id:
            return decision
        # The journal says that the row creates: to send it now would create a second campaign of the name.
        said = messages.NAME_TAKEN(ids=there)
        return _blocked(row.payload, said, decision.changes, there)

    # --- updates -----------------------------------------------------------------------------------------------

    def _update(self, payload: Payload) -> Decision:  # noqa: PLR0911  (a table)
        target_id = payload.campaign_id or ""
        latest, listed = self._history.latest(target_id), self._by_id.get(target_id)
        if said := self._another_campaign(payload, target_id, listed, latest):
            return _conflict(payload, said)
        match self._documents.get(target_id):
            case Missing() if latest is None:
                return _conflict(payload, messages.ID_UNKNOWN(campaign_id=target_id))
            case Missing():
                return _conflict(payload, messages.DELETED(campaign_id=target_id))
            case Unreadable(reason=reason):
                return _conflict(payload, messages.CANNOT_BE_READ(campaign_id=target_id, reason=reason))
            case RemoteCampaign() as found:
                return self._over(payload, found, latest)
        if (
            latest is not None
            and latest.digest == payload.digest
            and latest.state in SUCCEEDED - {State.MISMATCH}
            and listed is not None
            and not listed_differences(payload.body, listed)
        ):
            return self._unchanged(payload, latest, listed)
        return Decision(payload, Change(State.PLANNED))

    def _over(self, payload: Payload, found: RemoteCampaign, latest: JournalRow | None) -> Decision:
        """An update of a campaign whose document was read."""
        if facts := _never_updated(payload, found):
            return _blocked(payload, messages.NEVER_UPDATED(campaign_id=found.campaign_id, facts=facts))
        is_agreed = self._is_agreed(self._options.update, payload, latest)
        if (
            name_key(found.name) != name_key(payload.name)
            and not is_agreed
            and not self._was_ours(payload, found)
        ):
            return _blocked(payload, messages.WOULD_RENAME(campaign_id=found.campaign_id, name=found.name))
        changes = self._changes(payload, found, latest)
        kinds = {one.kind for one in changes} - {DifferenceKind.UNREADABLE}
        if not kinds:
            return self._unchanged(payload, latest, found)
        by_hand = kinds & {DifferenceKind.DRIFT, DifferenceKind.BOTH}
        if by_hand and not self._is_agreed(self._options.overwrite, payload, latest):
            headings = and_list(one.heading for one in changes if one.kind in by_hand)
            return _blocked(payload, messages.CHANGED_AT_KORE(headings=headings), changes)
        needs_consent = DifferenceKind.UNKNOWN_BASE in kinds and not is_agreed
        change = Change(State.PLANNED, before=found.source)
        return Decision(payload, change, changes=changes, needs_consent=needs_consent)

    def _changes(
        self, payload: Payload, found: RemoteCampaign, latest: JournalRow | None
    ) -> tuple[Difference, ...]:
        if self._read_body is None:
            raise AssertionError("documents are compared by a planner that can read bodies")
        base = None
        if latest is not None and latest.state in SUCCEEDED:
            base = self._read_body(latest.body, latest.version)
        return differences(self._read_body(payload.body, payload.version), base, found)

    def _was_ours(self, payload: Payload, found: RemoteCampaign) -> bool:
        """Whether our own earlier run gave the campaign this name, so that the row renames nothing."""
        latest = self._history.latest(found.campaign_id)
        return latest is not None and latest.key == name_key(payload.name)

    def _is_agreed(self, rows: frozenset[int] | None, payload: Payload, latest: JournalRow | None) -> bool:
        """Whether the person chose this row; ``all`` covers only campaigns that a run of ours wrote."""
        return latest is not None if rows is None else payload.row in rows

    def _unchanged(self, payload: Payload, latest: JournalRow | None, there: RemoteCampaign) -> Decision:
        said = messages.ALREADY_THERE(campaign_id=there.campaign_id)
        if latest is not None and latest.digest == payload.digest:
            said = messages.SAME_AS_BEFORE(when=local_time(latest.accepted))
        change = Change(State.UNCHANGED, _or_its_status(said, there), platform_status=there.status)
        return Decision(payload, change)

    def _another_campaign(
        self, payload: Payload, target_id: str, listed: RemoteCampaign | None, latest: JournalRow | None
    ) -> Message | None:
        """Why the row's Campaign ID seems to be that of another campaign than it means; None where it does not."""
        others = [one for one in self._named(payload) if one.campaign_id != target_id]
        its_row = self._rows_by_name.get(name_key(listed.name)) if listed else None
        if listed and its_row not in {None, payload.row}:
            row = RowReference((its_row or 0,))
            return messages.ID_OF_ANOTHER_ROW(campaign_id=target_id, name=listed.name, row=row)
        if not others:
            return None
        if listed is None and latest is None:
            return messages.ID_NOT_LISTED(campaign_id=target_id, ids=ids_of(others))
        return messages.NAME_TAKEN_FROM_UPDATE(ids=ids_of(others))

    # --- creates -----------------------------------------------------------------------------------------------

    def _create(self, payload: Payload) -> Decision:  # noqa: PLR0911  (a table)
        key = name_key(payload.name)
        created = self._history.created(payload.digest)
        owner = self._history.owner(key)
        doubt = self._history.in_doubt(key)
        if created is not None and created.campaign_id is not None:
            return self._done_before(created, payload)
        if doubt is not None:
            return _conflict(payload, messages.IN_DOUBT_ELSEWHERE(run=doubt.run))
        if renamed := self._history.renamed_in_doubt(payload, self._rows_by_name, self._workbook):
            said = messages.RENAMED_IN_DOUBT(name=renamed.name, run=renamed.run)
            return _conflict(payload, said)
        if (
            owner is not None and owner.digest == payload.digest
        ):  # an update has made it what the row asks for
            return self._done_before(owner, payload)
        if owner is not None:
            return self._owned(owner, payload)
        if taken := self._named(payload):
            return self._taken(payload, taken)
        return self._free(payload, self._history.tried(key))

    def _free(self, payload: Payload, tried: JournalRow | None) -> Decision:
        """A name that nobody has; it may have been sent before all the same."""
        if tried is None or tried.state is State.ABSENT:
            return Decision(payload, Change(State.PLANNED))
        near = [one for one in self._by_id.values() if names_match_widely(payload.name, one.name)]
        if unowned := [one for one in near if self._history.latest(one.campaign_id) is None]:
            return _conflict(payload, messages.NAME_TAKEN(ids=ids_of(unowned)))
        if tried.state is State.CONFLICT and (stranger := self._stranger_since(tried)):
            said = messages.MAY_BE_THIS_ROWS(campaign_id=stranger.campaign_id, name=stranger.name)
            return _conflict(payload, said)
        if self._is_recent(tried.sent_at):
            return Decision(payload, Change(State.UNKNOWN, messages.TO_BE_LOOKED_UP()))
        return Decision(payload, Change(State.PLANNED))

    def _stranger_since(self, tried: JournalRow) -> RemoteCampaign | None:
        """A campaign that nobody owns, came up since the row was tried, and may be the row's by its values."""
        if self._read_body is None:
            return None
        seen, desired = self._history.seen_before(tried.run), self._read_body(tried.body, tried.version)
        for one in self._by_id.values():
            is_new = one.campaign_id not in seen and self._history.latest(one.campaign_id) is None
            if is_new and not contradictions(desired, one):
                return one
        return None

    def _taken(self, payload: Payload, taken: list[RemoteCampaign]) -> Decision:
        """The account has campaigns of this name that no run of ours is known to have made."""
        if len(taken) > 1:
            return _conflict(payload, messages.SEVERAL_OF_THIS_NAME(ids=ids_of(taken)))
        match self._documents.get(taken[0].campaign_id):
            case RemoteCampaign() as found:
                return self._adopted(payload, found)
            case Unreadable(reason=reason):
                said = messages.CANNOT_BE_READ(campaign_id=taken[0].campaign_id, reason=reason)
                return _conflict(payload, said)
        return _conflict(payload, messages.NAME_TAKEN(ids=ids_of(taken)))

    def _adopted(self, payload: Payload, found: RemoteCampaign) -> Decision:
        """One campaign of this name is there: whoever made it, it is enough if it is equal."""
        latest = self._history.latest(found.campaign_id)
        changes = self._changes(payload, found, None)
        headings = [one.heading for one in changes if one.kind is not DifferenceKind.UNREADABLE]
        if headings or found.not_expressible:
            if self._is_agreed(self._options.update, payload, latest):
                return self._over(replace(payload, campaign_id=found.campaign_id), found, latest)
            told = and_list((*headings, *found.not_expressible))
            said = messages.DIFFERS_AT_KORE(campaign_id=found.campaign_id, headings=told)
            return _blocked(payload, said, changes, found.campaign_id)
        said = _or_its_status(messages.ALREADY_THERE(campaign_id=found.campaign_id), found)
        change = Change(
            State.ALREADY_CREATED, said, campaign_id=found.campaign_id, platform_status=found.status
        )
        return Decision(payload, change)

    def _done_before(self, past: JournalRow, payload: Payload) -> Decision:
        """Another run has sent just this content; what came of it, and what is there now."""
        if past.state not in SUCCEEDED:
            return self._owned(past, payload)
        campaign_id = past.campaign_id or past.target_id or ""
        listed = self._by_id.get(campaign_id)
        when = local_time(past.accepted)
        if said := self._not_there(past, campaign_id) or self._beside(payload, campaign_id):
            return _conflict(payload, said)
        if (
            past.state is State.MISMATCH
            and listed
            and (differing := listed_differences(payload.body, listed))
        ):
            said = messages.STILL_DIFFERS(when=when, campaign_id=campaign_id, headings=and_list(differing))
            return _conflict(payload, said)
        said = messages.SAME_AS_BEFORE(when=when)
        if listed is not None and name_key(listed.name) != name_key(payload.name):
            said = messages.SAME_BUT_RENAMED(when=when, name=listed.name)
        latest = self._history.latest(campaign_id)
        if latest is not None and latest.digest != past.digest:
            said = messages.CHANGED_BY_LATER_RUN(when=when, run=latest.run, campaign_id=campaign_id)
        status = listed.status if listed else None
        said = _or_its_status(said, listed)
        change = Change(State.ALREADY_CREATED, said, campaign_id=campaign_id, platform_status=status)
        return Decision(payload, change)

    def _owned(self, owner: JournalRow, payload: Payload) -> Decision:  # noqa: PLR0911  (a table)
        """The name belongs to a row of another run, with other content or an end that nobody can be sure of."""
        campaign_id = owner.campaign_id or owner.target_id or ""
        when = local_time(owner.accepted)
        if owner.state in UNRESOLVED:
            return _conflict(payload, messages.IN_DOUBT_ELSEWHERE(run=owner.run))
        taken = self._named(payload)
        if owner.state is State.CONFLICT and len(taken) == 1 and taken[0].campaign_id in self._documents:
            return self._taken(payload, taken)  # a person has dealt with it
        if (
            owner.state is State.CONFLICT
            and not taken
            and isinstance(self._documents.get(campaign_id), Missing)
        ):
            return Decision(payload, Change(State.UNKNOWN, messages.TO_BE_LOOKED_UP()))
        if said := self._not_there(owner, campaign_id) or self._beside(payload, campaign_id):
            return _conflict(payload, said)
        if owner.state is State.CONFLICT:  # the id that it was answered with may be somebody else's campaign
            return _conflict(payload, messages.CONFLICT_BEFORE(when=when, campaign_id=campaign_id))
        found = self._documents.get(campaign_id)
        if self._is_agreed(self._options.update, payload, owner) and isinstance(found, RemoteCampaign):
            return self._over(replace(payload, campaign_id=campaign_id), found, owner)
        said = messages.SENT_WITH_OTHER_VALUES(when=when, campaign_id=campaign_id)
        return _blocked(payload, said, campaign_id=campaign_id)

    def _not_there(self, past: JournalRow, campaign_id: str) -> Message | None:
        """What to say of a campaign of ours that the account does not show; None where it is there."""
        when = local_time(past.accepted)
        match self._documents.get(campaign_id):
            case Missing():
                return messages.GONE(when=when, campaign_id=campaign_id)
            case Unreadable(reason=reason):
                return messages.CANNOT_BE_READ(campaign_id=campaign_id, reason=reason)
        if campaign_id not in self._by_id and self._is_old(past):
            return messages.GONE(when=when, campaign_id=campaign_id)
        return None

    def _beside(self, payload: Payload, campaign_id: str) -> Message | None:
        """What to say where another campaign has the row's name, too."""
        others = [one for one in self._named(payload) if one.campaign_id != campaign_id]
        if not others:
            return None
        own = self._by_id.get(campaign_id)
        return messages.SEVERAL_OF_THIS_NAME(ids=ids_of([*others, own] if own else others))

    # --- what is known -------------------------------------------------------------------------------------------

    def _named(self, payload: Payload) -> list[RemoteCampaign]:
        return self._by_key.get(name_key(payload.name), [])

    def _is_old(self, past: JournalRow) -> bool:
        """Whether a listing must show it by now."""
        return past.accepted is None or (self._now - past.accepted).total_seconds() > self._settle

    def _is_recent(self, when: datetime | None) -> bool:
        """Whether a listing may not show yet what was sent then; a clock that was set back proves nothing."""
        if when is None:
            return False
        age = (self._now - when).total_seconds()
        return age < self._settle


def _conflict(payload: Payload, said: Message) -> Decision:
    return Decision(payload, Change(State.CONFLICT, said))


def _blocked(
    payload: Payload, said: Message, changes: tuple[Difference, ...] = (), campaign_id: str | None = None
) -> Decision:
    """Not sent until the person decides."""
    change = Change(State.CONFLICT, said, campaign_id=None)
    return Decision(payload, change, changes=changes, blocks=Action.BLOCKED, there=campaign_id)


def _never_updated(payload: Payload, found: RemoteCampaign) -> str:
    """What an update would destroy; empty where nothing."""
    facts = list(found.not_expressible)
    if is_active(found):
        facts.append("the status Active")
    if payload.version is ApiVersion.V1 and found.dnc_list:
        facts.append("a DNC list, which version v1 can't send")
    return and_list(facts)


def _or_its_status(said: Message, there: RemoteCampaign | None) -> Message:
    """The same, or that the campaign is not ready to be started, where Kore.ai says so."""
    if said.fix or there is None or there.status is None or is_ready(there):
        return said
    return messages.STATUS_NEEDS_A_LOOK(campaign_id=there.campaign_id, status=there.status)
