"""The practice account: a sandbox inside this process, for the command line, the page and Python alike.

It knows every name that the campaigns use, so that people can try their own workbook. Nobody is phoned.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from bulkload.errors import ServiceError, SettingsError
from bulkload.sandbox.database import AccountFileError
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, Fixtures
from bulkload.sandbox.server import EmbeddedSandbox
from bulkload.sandbox.settings import SandboxSettings
from bulkload.settings import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from bulkload.model import Campaign
    from bulkload.settings import Settings

CREDENTIALS: Mapping[str, str] = {
    "app_id": APP_ID,
    "account_id": ACCOUNT_ID,
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
}
"""What the sandbox accepts; nothing here is secret."""


@contextmanager
def practice_account(campaigns: Iterable[Campaign], flags: Mapping[str, Any]) -> Iterator[Settings]:
    """Run a sandbox in this process for as long as the block lasts; give the settings to reach it.

    It allows as many requests as the settings say, so that a slower or faster account can be tried. Raises
    ServiceError where its file can't be used, SettingsError where the state folder can't be written.
    """
    anywhere = load(flags, defaults={"host": "http://127.0.0.1", **CREDENTIALS})
    behaviour = SandboxSettings(rate=anywhere.rate, window=anywhere.window)
    account = practice_account_file(anywhere.state_dir)
    with (
        sandbox_errors_in_words(),
        EmbeddedSandbox(account, settings=behaviour, fixtures=_names_in(campaigns)) as sandbox,
    ):
        yield load(flags, defaults={"host": sandbox.url, **CREDENTIALS})


def practice_account_file(state_dir: Path, name: str = "embedded") -> Path:
    """The file that keeps a sandbox's account between commands; its folder is made where it is missing."""
    path = state_dir / "sandbox" / f"{name}.sqlite3"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            "Nothing can be written in the state folder {folder} ({reason}).",
            "Choose another with {setting:state_dir}.",
            folder=state_dir,
            reason=error.strerror,
        ) from None
    return path


@contextmanager
def sandbox_errors_in_words() -> Iterator[None]:
    """A sandbox whose file can't be used stops the run like a service that can't be reached."""
    try:
        yield
    except AccountFileError as error:
        raise ServiceError("{reason}", reason=str(error)) from None


def _names_in(campaigns: Iterable[Campaign]) -> Fixtures:
    campaigns = tuple(campaigns)
    return Fixtures(
        contact_lists=tuple(name for campaign in campaigns for name in campaign.contact_lists),
        dnc_lists=tuple(campaign.dnc_list for campaign in campaigns if campaign.dnc_list),
        queues=tuple(campaign.queue for campaign in campaigns if campaign.queue),
        flows=tuple(campaign.experience_flow for campaign in campaigns if campaign.experience_flow),
        caller_ids=tuple(campaign.caller_id for campaign in campaigns),
    )
