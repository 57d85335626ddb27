"""The console of the pretend account: what a person does there while a loader works.

Everything is written to the account's file at once, by a connection of its own. So it works on a running sandbox, also
on one in another process::

    with EmbeddedSandbox(path) as sandbox:
        sandbox.console.edit(campaign_id, dialingStrategy={"maxAttemptsPerRecord": 9})
        sandbox.console.start(campaign_id)
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Self

from bulkload.sandbox.campaigns import Campaigns, Prepared, new_instance_id
from bulkload.sandbox.database import Database
from bulkload.sandbox.fixtures import APP_ID, ContactList, Fixtures, identifier

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

    from bulkload.sandbox.campaigns import StoredCampaign


class Console:
    """One application's console, for ``with`` or until ``close``."""

    def __init__(
        self,
        path: Path,
        now: Callable[[], float],
        *,
        app_id: str = APP_ID,
        moves_updated_at: Callable[[], bool] = lambda: True,
    ) -> None:
        """``now`` gives the service's time, in seconds since 1970."""
        self._campaigns = Campaigns(Database(path), app_id)
        self._now = now
        self._moves_updated_at = moves_updated_at

    def close(self) -> None:
        """Close the account's file."""
        self._campaigns.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def campaigns(self) -> tuple[StoredCampaign, ...]:
        """Every campaign, in the order of creation."""
        return self._campaigns.all()

    def find(self, name: str) -> str:
        """The id of the newest campaign of this name, whatever its case; raises KeyError."""
        ids = self._campaigns.ids_named(name)
        if not ids:
            raise KeyError(name)
        return ids[-1]

    # --- one campaign --------------------------------------------------------------------------------------

    def create(self, body: Mapping[str, Any]) -> str:
        """Create a campaign by hand, without any check of its body; return its id."""
        now = self._now()
        return self._campaigns.create(0, body, Prepared(now, now), "created at the console").id

    def edit(self, campaign_id: str, **fields: Any) -> StoredCampaign:
        """Change any field of the body.

        An object is merged, a list or another value replaces the old one, and None removes it (JSON merge patch).
        """
        stored = self._stored(campaign_id)
        return self._write(replace(stored, body=merge_patch(stored.body, fields)), fields)

    def edit_hours(
        self, campaign_id: str, days: Sequence[Mapping[str, str]] | None = None, **hours: Any
    ) -> StoredCampaign:
        """Change the calling hours: their ``days``, ``timezone`` or ``frequency``."""
        changed = {**hours, **({"days": list(days)} if days is not None else {})}
        return self.edit(campaign_id, dialingStrategy={"callingHours": changed})

    def rename(self, campaign_id: str, name: str) -> StoredCampaign:
        """Give a campaign another name, free or taken."""
        return self.edit(campaign_id, name=name)

    def set_mode(self, campaign_id: str, mode: str) -> StoredCampaign:
        """Change the dialing mode, also to Power and Predictive, which no documented body can express."""
        return self.edit(campaign_id, dialingMode=mode)

    def set_status(self, campaign_id: str, status: str | None) -> StoredCampaign:
        """Set any status; None: Preparing or Ready again."""
        return self._write(replace(self._stored(campaign_id), status=status), {"status": status})

    def start(self, campaign_id: str) -> StoredCampaign:
        """Start a campaign: Active, with a new instance at its first start."""
        stored = self._stored(campaign_id)
        instance = stored.instance_id or new_instance_id()
        started = replace(stored, status="Active", instance_id=instance, instance_updated=self._now())
        return self._write(started, {"status": "Active"})

    def stop(self, campaign_id: str) -> StoredCampaign:
        """Stop a campaign."""
        return self.set_status(campaign_id, "Stopped")

    def schedule(self, campaign_id: str, *, is_recurring: bool = False) -> StoredCampaign:
        """Schedule a campaign."""
        stored = self._stored(campaign_id)
        scheduled = replace(stored, status="Scheduled", is_scheduled=True, is_recurring=is_recurring)
        return self._write(scheduled, {"is_scheduled": True})

    def unschedule(self, campaign_id: str) -> StoredCampaign:
        """Take the schedule away."""
        stored = self._stored(campaign_id)
        return self._write(
            replace(stored, status=None, is_scheduled=False, is_recurring=False), {"is_scheduled": False}
        )

    def set_filters(self, campaign_id: str, *, has_filters: bool = True) -> StoredCampaign:
        """Set or remove contact filters."""
        stored = self._stored(campaign_id)
        return self._write(replace(stored, has_filters=has_filters), {"has_filters": has_filters})

    def delete(self, campaign_id: str) -> None:
        """Delete a campaign, whatever its status."""
        self._campaigns.delete(0, self._stored(campaign_id), self._now(), "deleted at the console")

    # --- names ---------------------------------------------------------------------------------------------

    def learn(self, fixtures: Fixtures) -> None:
        """Add lists, queues, flows and caller IDs."""
        self._campaigns.learn([fixtures])

    def set_contact_list(self, name: str, details: ContactList) -> None:
        """Add a contact list, or change its status, size or source."""
        self._campaigns.put_name(
            "contact_lists", name, identifier("contact_lists", name), json.dumps(asdict(details))
        )

    def forget(self, kind: str, name: str) -> None:
        """Remove a name, such as a queue that was renamed."""
        self._campaigns.forget_name(kind, name)

    def _stored(self, campaign_id: str) -> StoredCampaign:
        stored = self._campaigns.get(campaign_id)
        if stored is None:
            raise KeyError(campaign_id)
        return stored

    def _write(self, changed: StoredCampaign, fields: Mapping[str, Any]) -> StoredCampaign:
        now = self._now()
        updated = now if self._moves_updated_at() else changed.updated
        moved = replace(changed, updated=updated)
        return self._campaigns.write(0, moved, now, fields, "edited at the console")


def merge_patch(target: Any, patch: Any) -> Any:
    """Lay one JSON value over another as RFC 7396 says."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        else:
            merged[key] = merge_patch(merged.get(key), value)
    return merged
