"""The pretend Kore.ai as the commands use it: embedded for ``--sandbox``, alone for ``bulkload sandbox``."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bulkload.errors import ServiceError, SettingsError, UsageError
from bulkload.sandbox.account_file import AccountFileError
from bulkload.sandbox.fixtures import ACCOUNT_ID, APP_ID, CLIENT_ID, CLIENT_SECRET, KNOWN, Known
from bulkload.sandbox.server import EmbeddedSandbox, PortInUseError, serve
from bulkload.sandbox.settings import SandboxSettings
from bulkload.settings import PREFIX, load, state_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path
    from typing import Any

    from bulkload.model import Campaign
    from bulkload.settings import Settings

_CREDENTIALS = {
    "app_id": APP_ID,
    "account_id": ACCOUNT_ID,
    "client_id": CLIENT_ID,
    "client_secret": CLIENT_SECRET,
}


@contextmanager
def embedded(campaigns: Iterable[Campaign], flags: Mapping[str, Any]) -> Iterator[Settings]:
    """A sandbox in this process that knows every name the campaigns use, and the settings to reach it.

    It allows as many requests as the settings say, so that a slower or faster account can be tried.
    """
    anywhere = load(flags, defaults={"host": "http://127.0.0.1", **_CREDENTIALS})
    behaviour = SandboxSettings(rate=anywhere.rate, window=anywhere.window)
    account = _account(anywhere.state_dir)
    with _in_words(), EmbeddedSandbox(account, settings=behaviour, known=_named_by(campaigns)) as sandbox:
        yield load(flags, defaults={"host": sandbox.url, **_CREDENTIALS})


def run_alone(*, port: int, settings_file: Path | None, fresh: bool) -> None:
    """Serve until Ctrl-C; say first how to reach it and what it knows."""
    account = _account(state_dir({}), "alone")
    if fresh:
        for path in account.parent.glob(f"{account.name}*"):
            path.unlink()
    try:
        with _in_words():
            serve(account, port=port, settings=_behaviour(settings_file), started=_introduce)
    except PortInUseError as error:
        raise UsageError(f"{error} Give another one: bulkload sandbox --port {error.port + 1}.") from None
    except PermissionError:
        raise UsageError(
            f"Port {port} may not be used here. Give one of 1024 or more, such as 8765."
        ) from None


@contextmanager
def _in_words() -> Iterator[None]:
    """A pretend account that can't be used stops the run like a service that can't."""
    try:
        yield
    except AccountFileError as error:
        raise ServiceError(str(error)) from None


def _account(folder: Path, name: str = "embedded") -> Path:
    path = folder / "sandbox" / f"{name}.sqlite3"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise SettingsError(
            f"BULKLOAD_STATE_DIR is {folder}, in which nothing can be written ({error.strerror}). Choose another."
        ) from None
    return path


def _named_by(campaigns: Iterable[Campaign]) -> Known:
    campaigns = tuple(campaigns)
    return Known(
        contact_lists=tuple(name for campaign in campaigns for name in campaign.contact_lists),
        dnc_lists=tuple(campaign.dnc_list for campaign in campaigns if campaign.dnc_list),
        queues=tuple(campaign.queue for campaign in campaigns if campaign.queue),
        flows=tuple(campaign.experience_flow for campaign in campaigns if campaign.experience_flow),
        caller_ids=tuple(campaign.caller_id for campaign in campaigns),
    )


def _behaviour(path: Path | None) -> SandboxSettings:
    if path is None:
        return SandboxSettings()
    try:
        return SandboxSettings.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} can't be used as the sandbox's settings: {error}.") from None


def _introduce(url: str) -> None:
    click.echo(f"A pretend Kore.ai listens at {url} until Ctrl-C. Nobody is phoned.")
    click.echo("\nPut these lines into a file named .env, in the folder where you run bulkload:\n")
    for name, value in {"host": url, **_CREDENTIALS}.items():
        click.echo(f"{PREFIX}{name.upper()}={value}")
    click.echo("\nIt knows these names and refuses all others:\n")
    for kind, names in _KINDS.items():
        click.echo(f"{kind}: {'; '.join(names)}")


_KINDS = {
    "Contact lists": KNOWN.contact_lists,
    "DNC lists": KNOWN.dnc_lists,
    "Queues": KNOWN.queues,
    "Experience flows": KNOWN.flows,
    "Caller IDs": KNOWN.caller_ids,
}
