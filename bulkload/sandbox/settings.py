"""How the pretend service behaves: one frozen value, at the start or live at ``POST /_sandbox/settings``."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from bulkload.sandbox.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping

LimitAnswer = Literal["429", "429 with Retry-After", "400", "200"]
NEW_LIMIT_TEXT = "You've exceeded the per-minute rate limit. Please wait for sometime before retrying."
OLD_LIMIT_TEXT = "Rate limit for this API has been reached. Please try again later"


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """Everything about the service that is a choice, each as the documents have it or a guess said to be one."""

    rate: int = 60
    """Requests allowed in any ``window`` (Kore.ai's rate-limit page); counted as they arrive."""
    window: float = 60.0
    """Seconds. The count is this process's: a sandbox that was started anew begins with an empty window."""
    limit_answer: LimitAnswer = "429"
    """The form of the answer beyond the rate; the documents don't say."""
    limit_text: str = NEW_LIMIT_TEXT
    """Its words (documented); ``OLD_LIMIT_TEXT`` is the older form."""
    count_refused: bool = False
    """Whether requests refused for the rate use up the window too; the documents don't say."""
    delay: float = 0.0
    """Seconds before every request is handled."""
    ready_after: float = 0.3
    """Seconds from a campaign's creation until it is Ready (0.1 to 17 in the samples)."""
    visible_after: float = 0.0
    """Seconds from a campaign's creation until a listing shows it; the documents don't say."""
    duplicate_names: bool = False
    """Whether two campaigns may have one name, whatever its case; the documents don't say."""
    contact_lists_by_post: bool = True
    """False: POST is answered with 405, and only GET gets the contact lists."""
    largest_limit: int = 50
    """Campaigns on one page of a listing at most; the samples use 50."""
    scopes: tuple[str, ...] = ("Campaign Management", "Configuration")
    """What the app's credentials may do; Configuration is for queues."""
    clock_offset: float = 0.0
    """Seconds by which the service's clock is ahead: a wrong clock, or a test that does not want to wait."""
    faults: tuple[Fault, ...] = ()

    def __post_init__(self) -> None:
        if self.limit_answer not in get_args(LimitAnswer):
            raise ValueError(f"limit_answer is {self.limit_answer!r}, not one of {get_args(LimitAnswer)}")
        if self.rate < 1 or self.window <= 0 or self.largest_limit < 1:
            raise ValueError("rate and largest_limit count from 1, and window is more than 0 seconds")
        if min(self.delay, self.ready_after, self.visible_after) < 0:
            raise ValueError("delay, ready_after and visible_after are seconds from 0")

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Settings from JSON, the defaults where a key is missing; raises ValueError for what it can't be."""
        return cls().changed(value)

    def changed(self, value: Mapping[str, Any]) -> Self:
        """These settings with the keys of ``value`` changed; raises ValueError for what it can't be."""
        kinds = {field.name: type(getattr(self, field.name)) for field in fields(self)}
        changes = {}
        for name, new in value.items():
            if name not in kinds:
                raise ValueError(f"there is no setting {name!r}; there are {', '.join(kinds)}")
            changes[name] = _converted(name, new, kinds[name])
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """All settings as JSON."""
        return {
            **asdict(self),
            "scopes": list(self.scopes),
            "faults": [fault.to_json() for fault in self.faults],
        }


def _converted(name: str, value: Any, kind: type) -> Any:
    if name == "faults":
        return tuple(fault if isinstance(fault, Fault) else Fault.from_json(fault) for fault in value)
    if kind is tuple:
        return tuple(value)
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"the setting {name} is {value!r}, which is no {kind.__name__}")
    return value
