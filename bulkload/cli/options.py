"""Options that several commands share, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bulkload.errors import UsageError
from bulkload.model import ApiVersion

if TYPE_CHECKING:
    from collections.abc import Callable

    from bulkload.model import Hidden

VERSIONS = tuple(map(str, ApiVersion))

Command = TypeVar("Command", bound="Callable[..., Any]")

workbook_argument = click.argument("workbook", type=click.Path(path_type=Path, readable=False))
"""Whether it can be read, the reader says, in the words and with the exit status of every other trouble of a file."""

as_json_option = click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Print one JSON document on standard output and nothing else there.",
)


def usable_results(_context: click.Context, _parameter: click.Parameter, path: Path | None) -> Path | None:
    """Look at the place before anything is sent: afterwards it would be too late to say that it can't be used."""
    if path is None:
        return None
    if path.is_dir():
        raise click.BadParameter(f"{path} is a folder. Name a file in it: {path / 'results.xlsx'}")
    if path.suffix.lower() != ".xlsx":
        raise click.BadParameter(
            f"{path} does not end in .xlsx, and an Excel workbook will be written there."
        )
    if not path.parent.is_dir():
        raise click.BadParameter(f"There is no folder {path.parent}. Make it first, or choose another.")
    return path


results_option = click.option(
    "--results",
    "results_file",
    type=click.Path(path_type=Path),
    callback=usable_results,
    help="Where to write the results workbook.",
)
quiet_option = click.option(
    "--quiet", is_flag=True, help="Print nothing when all is well, else only what needs you."
)
yes_option = click.option("--yes", is_flag=True, help="Don't ask before sending.")
sandbox_option = click.option(
    "--sandbox", "use_sandbox", is_flag=True, help="Use a pretend Kore.ai; no account is needed."
)


def refuse_to_replace(path: Path | None, *, force: bool) -> None:
    """Look before anything is sent. Raises UsageError for a file that exists, unless it may be replaced."""
    if path is not None and path.exists() and not force:
        raise UsageError(
            "{path} exists already.", "Give another name, or {choice:force} to replace it.", path=path
        )


_READING = (
    click.option(
        "--api-version",
        type=click.Choice(VERSIONS),
        help="The version of Kore.ai's campaign service: v2 unless set otherwise. Only v2 knows Do Not Call lists.",
    ),
    click.option("--include-hidden", is_flag=True, help="Use hidden and filtered rows like all others."),
    click.option("--skip-hidden", is_flag=True, help="Leave hidden and filtered rows out."),
)

_SENDING = (
    click.option(
        "--account", metavar="NAME", help="An account of this computer; bulkload accounts lists them."
    ),
    click.option(
        "--concurrency", type=click.IntRange(1, 64), metavar="N", help="Requests under way at once (8)."
    ),
    click.option(
        "--rate",
        type=click.IntRange(1, 100_000),
        metavar="N",
        help="Requests per minute that bulkload may use (60). Lower it if other programs share the account.",
    ),
)


def reading_options(command: Command) -> Command:
    """How a workbook is read and judged."""
    return _with(_READING, command)


def sending_options(command: Command) -> Command:
    """Which account is used, and how fast the requests go out."""
    return _with(_SENDING, command)


def _with(options: tuple[Callable[[Command], Command], ...], command: Command) -> Command:
    for option in reversed(options):
        command = option(command)
    return command


def hidden_rows(*, include: bool, skip: bool) -> Hidden:
    """What the two flags say together. Raises UsageError where they contradict each other."""
    from bulkload.model import Hidden

    if include and skip:
        raise UsageError("--include-hidden and --skip-hidden contradict each other: give one of them.")
    if include:
        return Hidden.INCLUDE
    return Hidden.SKIP if skip else Hidden.REFUSE


class RowsType(click.ParamType[frozenset[int]]):
    """Excel rows: ``7``, ``7,9``, ``7-12``, and mixtures."""

    name = "rows"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[int]:
        """The set of row numbers; fails with a sentence on anything else."""
        if isinstance(value, frozenset):
            return value
        rows: set[int] = set()
        for part in str(value).split(","):
            first, dash, last = (text.strip() for text in part.partition("-"))
            if not first.isdecimal() or (dash and not last.isdecimal()):
                self.fail(f"{value!r} is not a list of Excel rows. Write them as 7,9 or 7-12.", param, ctx)
            start, end = int(first), int(last) if dash else int(first)
            if not 1 <= start <= end <= 1_048_576:
                self.fail(
                    f"{part.strip()!r} is not a range of Excel rows. Write the smaller one first: 7-12.",
                    param,
                    ctx,
                )
            rows.update(range(start, end + 1))
        return frozenset(rows)
