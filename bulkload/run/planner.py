"""Planning: what becomes of each row, by the other runs of this machine and one listing of the account.

A create is sent only where nobody has the name: neither the account's listing, nor an earlier run of this
machine whose campaign a late listing may not show yet, nor one whose answer was lost. Wall time is used for
one thing alone: whether a missing campaign is merely late; either way nothing is created twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bulkload.model import RowReference
from bulkload.run.messages import planned as messages
from bulkload.run.messages.wording import ids_of, local_time
from bulkload.run.plan import Decision
from bulkload.run.records import Change
from bulkload.run.states import SUCCEEDED, UNRESOLVED, State
from bulkload.run.verify import is_ready, listed_differences
from bulkload.text import and_list, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from bulkload.messages import Message
    from bulkload.model import Payload, RemoteCampaign
    from bulkload.run.earlier_runs import History
    from bulkload.run.records import JournalRow


class Planner:
    """Decides row by row, against the other runs of this account and one listing of it."""

    def __init__(
        self,
        history: History,
        listing: Iterable[RemoteCampaign],
        *,
        now: datetime,
        settle: float,
        payloads: Iterable[Payload] = (),
    ) -> None:
        """``payloads``: every row of the run, so that no row changes the campaign of another one."""
        self._history = history
        self._now = now
        self._settle = settle
        self._by_id = {listed.campaign_id: listed for listed in listing}
        self._by_key: dict[str, list[RemoteCampaign]] = {}
        for listed in self._by_id.values():
            self._by_key.setdefault(name_key(listed.name), []).append(listed)
        self._rows: dict[str, int] = {}
        self._rows_by_name = {name_key(payload.name): payload.row for payload in payloads}

    def decide(self, payload: Payload) -> Decision:
        """What will become of this row."""
        first = self._rows.setdefault(name_key(payload.name), payload.row)
        if first != payload.row:
            return Decision(payload, _conflict(messages.NAME_OF_ANOTHER_ROW(row=RowReference((first,)))))
        return Decision(payload, self._update(payload) if payload.updates else self._create(payload))

    def _update(self, payload: Payload) -> Change:
        target_id = payload.campaign_id or ""
        latest, listed = self._history.latest(target_id), self._by_id.get(target_id)
        if said := self._another_campaign(payload, target_id, listed, latest):
            return _conflict(said)
        if (
            latest is not None
            and latest.digest == payload.digest
            and latest.state in SUCCEEDED - {State.MISMATCH}
            # What the listing contradicts, somebody has changed by hand: it is sent again. Calling hours, description,
            # caller ID, attempts and ring time stand in no listing; the words of the row say so.
            and listed is not None
            and not listed_differences(payload.body, listed)
        ):
            said = _or_its_status(messages.SAME_AS_BEFORE(when=local_time(latest.accepted)), listed)
            return Change(State.UNCHANGED, said, platform_status=listed.status)
        return Change(State.PLANNED)

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

    def _create(self, payload: Payload) -> Change:
        key = name_key(payload.name)
        content = payload.digest
        created = self._history.created(content)
        owner = self._history.owner(key)
        doubt = self._history.in_doubt(key)
        taken = self._named(payload)
        if created is not None and created.campaign_id is not None:
            return self._done_before(created, payload)
        if doubt is not None:
            return _conflict(messages.IN_DOUBT_ELSEWHERE(run=doubt.run))
        if owner is not None and owner.digest == content:  # an update has made it what the row asks for
            return self._done_before(owner, payload)
        if owner is not None:
            return self._owned(owner)
        if taken:
            return _conflict(messages.NAME_TAKEN(ids=ids_of(taken)))
        return Change(State.PLANNED)

    def _done_before(self, past: JournalRow, payload: Payload) -> Change:
        """Another run has sent just this content; what came of it, and what stands there now."""
        if past.state not in SUCCEEDED:
            return self._owned(past)
        campaign_id = past.campaign_id or past.target_id or ""
        listed = self._by_id.get(campaign_id)
        if listed is None and self._is_old(past):
            return _conflict(messages.GONE(when=local_time(past.accepted), campaign_id=campaign_id))
        if (
            past.state is State.MISMATCH
            and listed
            and (differing := listed_differences(payload.body, listed))
        ):
            return _conflict(
                messages.STILL_DIFFERS(
                    when=local_time(past.accepted), campaign_id=campaign_id, headings=and_list(differing)
                )
            )
        is_renamed = listed is not None and name_key(listed.name) != name_key(payload.name)
        said = messages.SAME_AS_BEFORE(when=local_time(past.accepted))
        if listed and is_renamed:
            said = messages.SAME_BUT_RENAMED(when=local_time(past.accepted), name=listed.name)
        latest = self._history.latest(campaign_id)
        if latest is not None and latest.digest != past.digest:
            when = local_time(past.accepted)
            said = messages.CHANGED_BY_LATER_RUN(when=when, run=latest.run, campaign_id=campaign_id)
        return Change(
            State.ALREADY_CREATED,
            _or_its_status(said, listed),
            campaign_id=campaign_id,
            platform_status=listed.status if listed else None,
        )

    def _owned(self, owner: JournalRow) -> Change:
        """The name belongs to a row of another run, with other content or an end that nobody can be sure of."""
        campaign_id = owner.campaign_id or owner.target_id or ""
        if owner.state in UNRESOLVED:
            return _conflict(messages.IN_DOUBT_ELSEWHERE(run=owner.run))
        if campaign_id not in self._by_id and self._is_old(owner):
            return _conflict(messages.GONE(when=local_time(owner.accepted), campaign_id=campaign_id))
        if owner.state is State.CONFLICT:  # the id that it was answered with may be somebody else's campaign
            return _conflict(
                messages.CONFLICT_BEFORE(when=local_time(owner.accepted), campaign_id=campaign_id)
            )
        return _conflict(
            messages.SENT_WITH_OTHER_VALUES(when=local_time(owner.accepted), campaign_id=campaign_id)
        )

    def _named(self, payload: Payload) -> list[RemoteCampaign]:
        return self._by_key.get(name_key(payload.name), [])

    def _is_old(self, past: JournalRow) -> bool:
        """Whether a listing must show it by now."""
        return past.accepted is None or (self._now - past.accepted).total_seconds() > self._settle


def _conflict(said: Message) -> Change:
    return Change(State.CONFLICT, said)


def _or_its_status(said: Message, listed: RemoteCampaign | None) -> Message:
    """The same, or that the campaign is not ready to be started, where Kore.ai says so."""
    if said.fix or listed is None or listed.status is None or is_ready(listed):
        return said
    return messages.STATUS_NEEDS_A_LOOK(campaign_id=listed.campaign_id, status=listed.status)
