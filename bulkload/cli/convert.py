"""``bulkload convert``: another system's list as our workbook; nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from bulkload.cli.marks import cli_marks, pasteable
from bulkload.cli.options import as_json_option, quiet_option, refuse_to_replace
from bulkload.errors import UsageError
from bulkload.text import and_list, count_of, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bulkload.converting import Conversion
    from bulkload.converting.conversion import MarkedCells, Sample

MOST_LINES = 20
"""Reasons for marked cells that are shown; the sheet Conversion of the new workbook has all."""


@click.command(epilog="Example:  bulkload convert old-list.csv")
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--map", "map_file", type=click.Path(path_type=Path), help="The map to use: a workbook that you edited."
)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write the new workbook.")
@click.option("--v1-to-v2", is_flag=True, help="FILE is our own workbook for v1; make one for v2.")
@click.option("--dnc", metavar="NAME", help="With --v1-to-v2: the Do Not Call list of every row.")
@click.option("--force", is_flag=True, help="Replace the file that --out names.")
@as_json_option
@quiet_option
@click.pass_context
def convert(
    ctx: click.Context,
    file: Path,
    *,
    map_file: Path | None,
    out: Path | None,
    v1_to_v2: bool,
    dnc: str | None,
    force: bool,
    as_json: bool,
    quiet: bool,
) -> None:
    """Turn another system's list into a workbook of ours. Sends nothing.

    FILE is a list as .xlsx, .csv, .tsv or .json.

    The first call drafts a map beside FILE. Edit it, and convert again. What the map does not say stays empty and
    is marked.

    Exit status: 0 all is filled, 1 some cells are empty and marked, 3 FILE or the map can't be used.
    """
    _refuse_contradictions(map_file, out, v1_to_v2=v1_to_v2, dnc=dnc)
    refuse_to_replace(out, force=force)
    from bulkload import converting

    try:
        if v1_to_v2:
            result = converting.upgrade(file, dnc=dnc, out=out, force=force)
        else:
            result = converting.convert(file, map_file=map_file, out=out, force=force)
    except OSError as error:
        raise UsageError(
            "The new workbook or the map could not be written: {reason}.",
            "Choose another place.",
            reason=error.strerror or str(error),
        ) from None
    if as_json:
        from importlib.metadata import version

        from bulkload.cli.console import print_document

        print_document({"version": version("bulkload"), **result.to_json(cli_marks)})
    elif not quiet or result.exit_status:
        click.echo("\n".join(map(sanitize, _lines(result))))
    ctx.exit(result.exit_status)


def _refuse_contradictions(
    map_file: Path | None, out: Path | None, *, v1_to_v2: bool, dnc: str | None
) -> None:
    if v1_to_v2 and map_file:
        raise UsageError("--map and --v1-to-v2 contradict each other: our own workbook needs no map.")
    if dnc and not v1_to_v2:
        raise UsageError(
            "--dnc needs --v1-to-v2.", "For other lists, type the name into the map under If empty."
        )
    if out is not None and out.suffix.lower() != ".xlsx":
        raise UsageError(
            "{path} does not end in .xlsx.", "An Excel workbook is written: give it that ending.", path=out
        )


def _lines(result: Conversion) -> Iterator[str]:
    yield f"Wrote {result.workbook}: {count_of(result.rows, 'campaign')} from {result.source}. Nothing was sent."
    for words, is_empty in (("Empty, to be filled in", True), ("Filled in, please check", False)):
        marked = [one for one in result.marked if one.is_empty is is_empty]
        if marked:
            yield ""
            yield f"{words}: {count_of(sum(len(one.cells) for one in marked), 'cell')}"
            yield from map(_marked_line, marked[:MOST_LINES])
            if len(marked) > MOST_LINES:
                yield f"  and {len(marked) - MOST_LINES:,} more reasons: see its sheet Conversion"
    if result.left_out:
        yield f"Send is No in {count_of(len(result.left_out), 'row')} that are crossed out or hidden."
    if result.unused:
        yield ""
        yield f"Columns not used: {', '.join(result.unused)}"
    if result.other_sheets:
        yield f"Sheets not read: {and_list(result.other_sheets)}"
    for sample in result.samples:
        yield from _sample_lines(sample)
    yield ""
    yield from _next_steps(result)


def _marked_line(one: MarkedCells) -> str:
    sheet = "" if one.sheet == "Campaigns" else f"{one.sheet} "
    return f"  {sheet}{one.cells_in_words}: {one.explanation.join(cli_marks)}"


def _sample_lines(sample: Sample) -> Iterator[str]:
    yield ""
    yield f"Row {sample.row} before: {' | '.join(f'{name}: {value}' for name, value in sample.before.items() if value)}"
    yield f"      after:  {' | '.join(f'{name}: {value}' for name, value in sample.after.items() if value)}"


def _next_steps(result: Conversion) -> Iterator[str]:
    if result.is_draft and result.map_file:
        yield f"This map is a draft: {result.map_file}. Look at each line, edit it, then:"
        yield f"  {pasteable('bulkload', 'convert', str(result.source), '--map', str(result.map_file))}"
    else:
        yield f"Then:  {pasteable('bulkload', 'check', str(result.workbook))}"
