"""What every page has: the account's chip, the steps, the menu, and the token of the session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers

from bulkload.web import rendering
from bulkload.web.messages.labels import COMMON_WORDS, STEPS
from bulkload.web.messages.wording import MessageText, page_marks
from bulkload.web.security import session_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

    from bulkload.messages import Message
    from bulkload.web.accounts_in_use import AccountInUse
    from bulkload.web.security import Access
    from bulkload.web.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Chip:
    """The account in use, as the top of every page shows it."""

    title: str
    is_practice: bool
    name: str | None = None
    """The name under which it is kept; None for the practice account."""


class PageFrame:
    """Renders pages of one server."""

    def __init__(self, access: Access, chip: Callable[[], Chip]) -> None:
        """``chip`` gives the account in use now."""
        self.access = access
        self.chip = chip
        self.refused: dict[str, Any] | None = None
        """Why the workbook of the command line can't be used; shown once, on the start page."""
        self.menu: list[tuple[str, str]] = []
        """Label and address of the pages that are always one click away."""
        self.has_plans = False
        """Whether a plan can be made: the button that leads there is shown only then."""
        self.has_undo = False
        self.start_values: Callable[[], dict[str, Any]] = lambda: {
            "unfinished": None,
            "last_runs": [],
            "more_links": [],
        }
        """More for the start page: the unfinished run and the last runs."""

    @property
    def base(self) -> str:
        """Where every address of the page begins."""
        return self.access.prefix

    def page(  # noqa: PLR0913  (what every page needs)
        self,
        request: Request,
        template: str,
        said: Message | MessageText,
        *,
        step: int | None = None,
        section: str = "new",
        status: int = 200,
        **values: Any,
    ) -> Response:
        """One page. ``step``: 1 to 5 on the way from a workbook to its results."""
        headline, rest = said.render(page_marks)
        session = session_of(Headers(scope=request.scope), self.access)
        return rendering.page(
            template,
            status,
            base=self.base,
            token=self.access.script_token(session),
            chip=self.chip(),
            step=step,
            steps=STEPS,
            section=section,
            menu=self.menu,
            has_accounts=any(name == "accounts" for name, _ in self.menu),
            has_plans=self.has_plans,
            has_undo=self.has_undo,
            headline=headline,
            rest=rest,
            common=rendering.as_data(COMMON_WORDS),
            **{name: rendering.as_data(value) if name in _DATA else value for name, value in values.items()},
        )


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of one server share."""

    frame: PageFrame
    workspace: Workspace
    account: AccountInUse
    state_dir: Path
    ending: threading.Event
    """Set when the server ends, so that streams of events end too."""


_DATA = frozenset({"words", "refused", "initial"})
"""Values that a script reads from an attribute."""
