"""How the pretend service behaves: one frozen value, at the start or live at ``POST /_sandbox/settings``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from bulkload.sandbox.faults import Fault  # noqa: TC001  (pydantic reads the annotations)
from bulkload.sandbox.validation import sentences

LimitAnswer: TypeAlias = Literal["429", "429 with Retry-After", "400", "200"]
NEW_LIMIT_TEXT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
OLD_LIMIT_TEXT = "Rate limit for this API has been reached. Please try again later"
SWITCHED_OFF_TEXT = "Campaign feature is not enabled for this account"

Count: TypeAlias = Annotated[int, Field(strict=True, ge=1)]
Seconds: TypeAlias = Annotated[float, Field(strict=True, ge=0)]
Switch: TypeAlias = Annotated[bool, Field(strict=True)]


@dataclass(frozen=True, slots=True, kw_only=True, config=ConfigDict(extra="forbid"))
class SandboxSettings:
    """Everything about the service that is a choice: as documented, or a guess that says so."""

    rate: Count = 60
    """Requests allowed in any ``window`` by one account (Kore.ai's rate-limit page); counted as they arrive."""
    window: Annotated[float, Field(strict=True, gt=0)] = 60.0
    """Seconds. The count is of this process: a sandbox that is started anew begins with an empty window."""
    limit_answer: LimitAnswer = "429"
    """The form of the answer beyond the rate; undocumented."""
    limit_text: str = NEW_LIMIT_TEXT
    """Its words (documented); ``OLD_LIMIT_TEXT`` is the older form."""
    count_refused: Switch = False
    """Whether requests refused for the rate use up the window too; undocumented."""
    delay: Seconds = 0.0
    """Seconds before every request is handled."""
    ready_after: Seconds = 0.3
    """Seconds from a campaign's creation until it is Ready (0.1 to 17 in the samples)."""
    visible_after: Seconds = 0.0
    """Seconds from a campaign's creation until a listing shows it; undocumented."""
    duplicate_names: Switch = False
    """Whether two campaigns may have one name, whatever its case; undocumented."""
    matches_names: Literal["exactly", "whatever their case"] = "exactly"
    """How the names of lists, queues and flows in a body are looked up; undocumented."""
    wrong_names: Literal["refused", "failed while preparing"] = "refused"
    """What a create with a name that does not exist comes to; undocumented."""
    prepared_status: str = "Ready"
    """The status after Preparing; no failure is documented, so any word may come."""
    missing_keys: Literal["kept", "cleared"] = "kept"
    """What an update does with a key that it leaves out; undocumented, the samples show both."""
    update_clears_schedule: Switch = True
    """Whether ``isSchedulingEnabled: false`` in an update switches a schedule off; undocumented."""
    updated_at: Literal["always", "not on console edits", "never"] = "always"
    """Which changes move ``updatedAt``; undocumented. Becoming Ready always does (samples)."""
    deletes_active: Switch = False
    """Whether an Active campaign can be deleted; undocumented."""
    echoes_request: Switch = False
    """Whether the answer to a create or update repeats what was sent, where ``Fault("store")`` stored otherwise."""
    contact_lists_by_post: Switch = True
    """False: POST is answered with 405, and only GET gets the contact lists."""
    largest_limit: Count = 50
    """Campaigns on one page of a listing at most; the samples use up to 100."""
    scopes: tuple[str, ...] = ("Campaign Management", "Configuration")
    """What the app's credentials may do; Configuration is for queues."""
    campaigns_enabled: Switch = True
    """False: the feature is off, as it is by default and outside the regions US and Japan (documented)."""
    switched_off_text: str = SWITCHED_OFF_TEXT
    """The words of that refusal; undocumented."""
    enforces_jti: Switch = True
    """Whether every token needs a fresh ``jti`` and an ``exp`` within an hour: an option of the app (documented)."""
    checks_iat: Switch = True
    """Whether a token issued in the future is refused; undocumented."""
    iat_leeway: Seconds = 30.0
    """Seconds by which a token may be issued in the future, because clocks differ."""
    names_token_fault: Switch = False
    """Whether a refused token is answered with the cause (iat, expired), as other services do."""
    clock_offset: Annotated[float, Field(strict=True)] = 0.0
    """Seconds by which the service's clock is ahead: a wrong clock, or a test that does not want to wait."""
    faults: tuple[Fault, ...] = ()

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read settings from JSON, with the defaults where a key is missing.

        Raises ValueError for a key or a value that cannot be.
        """
        return cls().changed(value)

    def changed(self, value: Mapping[str, Any]) -> Self:
        """Return these settings with the keys of ``value`` changed; raises ValueError as ``from_json`` does."""
        if not isinstance(value, Mapping):
            raise ValueError("settings are a JSON object")  # noqa: TRY004  (like every other wrong value)
        present = {one.name: getattr(self, one.name) for one in fields(self)}
        try:
            return TypeAdapter(type(self)).validate_python({**present, **value})
        except ValidationError as error:
            raise ValueError("; ".join(sentences(error))) from None

    def to_json(self) -> dict[str, Any]:
        """All settings as JSON."""
        document: dict[str, Any] = TypeAdapter(type(self)).dump_python(self, mode="json")
        return document
