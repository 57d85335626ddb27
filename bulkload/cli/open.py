"""``bulkload open``: the whole job on a page in the browser."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="open", epilog="Example:  bulkload open december.xlsx")
@click.argument("workbook", type=click.Path(path_type=Path, readable=False), required=False)
@click.option("--no-browser", is_flag=True, help="Print the page's address instead of opening a browser.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="The port on 127.0.0.1. Without it: any free one.",
)
def open(workbook: Path | None, *, no_browser: bool, port: int) -> None:  # noqa: A001  (the command's name)
    """Do everything in the browser: check, fix, plan, send, undo.

    The page runs on this computer alone. It ends when you click Quit, or press Ctrl-C. Where it is open already,
    it is joined. With WORKBOOK it shows what is wrong with that file.
    """
    from bulkload.settings import state_dir
    from bulkload.web.server import Opening, open_page

    open_page(
        Opening(state_dir({}), workbook=workbook, port=port, opens_browser=not no_browser, say=click.echo)
    )
