"""``bulkload sandbox``: a pretend Kore.ai, for trying things out and for programs of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulkload.errors import UsageError

if TYPE_CHECKING:
    from bulkload.sandbox.settings import SandboxSettings

DEFAULT_PORT = 8765


@click.command(epilog="Example:  bulkload sandbox --port 8765")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=DEFAULT_PORT, show_default=True, help="0: any free one."
)
@click.option(
    "--settings",
    "settings_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="A JSON file of behaviours (slow, limited, failing ...); GET /_sandbox/settings shows all of them.",
)
@click.option("--fresh", is_flag=True, help="Forget the account of earlier runs first.")
def sandbox(*, port: int, settings_file: Path | None, fresh: bool) -> None:
    """Run a pretend Kore.ai on 127.0.0.1 until Ctrl-C.

    It prints the settings to use and the names it knows. It refuses all other names, as the real service does. Its
    account is kept between runs.
    """
    from bulkload.practice import practice_account_file, sandbox_errors_in_words
    from bulkload.sandbox.server import PortInUseError, serve
    from bulkload.settings import state_dir

    account = practice_account_file(state_dir({}), "alone")
    if fresh:
        for path in account.parent.glob(f"{account.name}*"):
            path.unlink()
    try:
        with sandbox_errors_in_words():
            serve(account, port=port, settings=_behaviour(settings_file), started=_introduce)
    except PortInUseError as error:
        raise UsageError(
            "{reason}",
            "Give another one: {command:sandbox} --port {port}.",
            reason=error,
            port=error.port + 1,
        ) from None
    except PermissionError:
        raise UsageError(
            "Port {port} may not be used here.", "Give one of 1024 or more, such as 8765.", port=port
        ) from None


def _behaviour(path: Path | None) -> SandboxSettings:
    import json

    from bulkload.sandbox.settings import SandboxSettings

    if path is None:
        return SandboxSettings()
    try:
        return SandboxSettings.from_json(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise UsageError(
            "{path} can't be used as the sandbox's settings: {reason}.", path=path, reason=error
        ) from None


def _introduce(url: str) -> None:
    from bulkload.practice import CREDENTIALS
    from bulkload.sandbox.fixtures import KNOWN
    from bulkload.settings import PREFIX

    click.echo(f"A pretend Kore.ai listens at {url} until Ctrl-C. Nobody is phoned.")
    click.echo("\nPut these lines into a file named .env, in the folder where you run bulkload:\n")
    for name, value in {"host": url, **CREDENTIALS}.items():
        click.echo(f"{PREFIX}{name.upper()}={value}")
    click.echo("\nIt knows these names and refuses all others:\n")
    for kind, names in {
        "Contact lists": KNOWN.contact_lists,
        "DNC lists": KNOWN.dnc_lists,
        "Queues": KNOWN.queues,
        "Experience flows": KNOWN.flows,
        "Caller IDs": KNOWN.caller_ids,
    }.items():
        click.echo(f"{kind}: {'; '.join(names)}")
