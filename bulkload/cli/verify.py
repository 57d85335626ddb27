"""``bulkload verify``: does the account still equal the workbook? Reads only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bulkload.cli.options import (
    as_json_option,
    hidden_rows,
    quiet_option,
    reading_options,
    refuse_to_replace,
    results_option,
    sending_options,
    usable_results,
    workbook_argument,
)
from bulkload.errors import UsageError

if TYPE_CHECKING:
    from bulkload.verifying import VerifyReport

SIGNS = {"equal": "=", "differs": "*", "missing": "-", "unreadable": "?"}
_WORDS = {"equal": "equal", "differs": "differ", "missing": "missing", "unreadable": "not readable"}


class PartType(click.ParamType[tuple[int, int]]):
    """``2/7``: the second of seven parts."""

    name = "part"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """The two numbers; fails with a sentence on anything else."""
        if isinstance(value, tuple):
            return value
        number, slash, parts = str(value).partition("/")
        if not (slash and number.isdecimal() and parts.isdecimal() and 1 <= int(number) <= int(parts)):
            self.fail(f"{value!r} is not a part. Write the second seventh as 2/7.", param, ctx)
        return int(number), int(parts)


@click.command(
    short_help="Does the account still equal WORKBOOK? Reads only.",
    epilog="""\b
Examples:
  bulkload verify december.xlsx
  bulkload verify december.xlsx --quiet                for cron: prints nothing when all is equal
  bulkload verify december.xlsx --part 2/7             the second seventh, one each night
  bulkload verify december.xlsx --ignore Description""",
)
@workbook_argument
@click.option("--quick", is_flag=True, help="Compare with the list of campaigns alone: fewest requests.")
@click.option(
    "--full", is_flag=True, help="Read every campaign again, also where nothing seems to have moved."
)
@click.option("--part", type=PartType(), metavar="K/N", help="Read the Kth of N parts of the rows.")
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="HEADINGS",
    help="Headings to leave out, separated by commas.",
)
@click.option(
    "--take-theirs",
    type=click.Path(path_type=Path),
    callback=usable_results,
    metavar="PATH",
    help="Write a copy with Kore.ai's values in the cells that differ, each marked.",
)
@results_option
@click.option("--force", is_flag=True, help="Replace the files that --results and --take-theirs name.")
@reading_options
@sending_options
@as_json_option
@quiet_option
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    workbook: Path,
    *,
    quick: bool,
    full: bool,
    part: tuple[int, int] | None,
    ignored: tuple[str, ...],
    take_theirs: Path | None,
    results_file: Path | None,
    force: bool,
    account: str | None,
    api_version: str | None,
    include_hidden: bool,
    skip_hidden: bool,
    concurrency: int | None,
    rate: int | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Compare every row of WORKBOOK with its campaign in the account, and name what differs.

    Exit status: 0 equal, 1 something differs, 3 the workbook has problems, 5 the account could not be read.
    """
    from bulkload.cli.verify_flow import VerifyCommand, verify_workbook
    from bulkload.verifying import VerifyOptions

    if quick and (full or part):
        raise UsageError("--quick reads no campaign.", "Leave out --quick, or --full and --part.")
    for path in (results_file, take_theirs):
        refuse_to_replace(path, force=force)
    command = VerifyCommand(
        options=VerifyOptions(quick=quick, full=full, part=part, ignore=_headings(ignored)),
        results=results_file,
        take_theirs=take_theirs,
        replace_files=force,
        flags={
            "account": account,
            "api_version": api_version,
            "concurrency": concurrency,
            "rate": rate,
        },
        as_json=as_json,
        quiet=quiet,
    )
    hidden = hidden_rows(include=include_hidden, skip=skip_hidden)
    ctx.exit(verify_workbook(workbook, hidden, command))


def _headings(given: tuple[str, ...]) -> frozenset[str]:
    """The folded headings. Raises UsageError for one that no column has."""
    from bulkload.columns import CAMPAIGN_COLUMNS
    from bulkload.text import and_list, name_key

    known = {name_key(column.heading): column.heading for column in CAMPAIGN_COLUMNS if column.key}
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    unknown = [name for name in names if name_key(name) not in known]
    if unknown:
        raise UsageError(
            "{names} is not a heading that can be compared.",
            "Headings are {known}.",
            names=and_list(unknown),
            known=and_list(known.values()),
        )
    return frozenset(map(name_key, names))


def summary_line(report: VerifyReport) -> str:
    """``= 287 equal, * 9 differ, - 2 missing``."""
    counts = report.summary
    parts = [
        f"{SIGNS[name]} {counts[name]} {word}"
        for name, word in _WORDS.items()
        if counts[name] or name == "equal"
    ]
    return ", ".join(parts)
