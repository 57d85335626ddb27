"""``bulkload sandbox``: a pretend Kore.ai, for trying things out and for the programs of others."""

from __future__ import annotations

from pathlib import Path

import click

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

    It prints the settings to use and the names it knows; it refuses all others, as the real service does. Its
    account is kept between runs.
    """
    from bulkload.cli.embedded_sandbox import run_alone

    run_alone(port=port, settings_file=settings_file, fresh=fresh)
